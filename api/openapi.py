"""Describes the service as OpenAPI 3.1: reads from their endpoints, commands from their classes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response

from api import covers, linking, meetings, searching, smelling
from api.address import Address
from api.commands import PLACES
from domain.events.base import StreamKind
from domain.rules import COMMANDS
from domain.rules.base import Command
from domain.rules.cover import CaseloadCover
from domain.rules.meeting import TeamMeeting

TITLE = "Samenspoor"
VERSION = "0.1.0"
_ABOUT = """
One shared, append-only story of a person's way to work and of the care around it.

Every change is a command: `POST /api/v1/{streams}/{id}/{command}`. A command sent again with the
same `Idempotency-Key` gives the same answer and adds nothing. Every read is given as this reader
may see it, in Dutch or English; what does not exist and what is not yours answer alike.
"""
_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457, with a sentence in both languages.",
    "required": ["type", "title", "status", "detail", "detail_nl", "detail_en", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "detail_nl": {"type": "string"},
        "detail_en": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "problem", "problem_nl", "problem_en"],
                "properties": {
                    "field": {"type": "string"},
                    "problem": {"type": "string"},
                    "problem_nl": {"type": "string"},
                    "problem_en": {"type": "string"},
                },
            },
        },
        "numbers": {
            "type": "array",
            "description": "With `signal-setback` alone: whom to call, whatever went wrong.",
            "items": {"type": "object"},
        },
    },
}
_RECORDED: dict[str, Any] = {
    "type": "object",
    "required": ["stream", "entries", "position"],
    "properties": {
        "stream": {"type": "string", "format": "uuid"},
        "entries": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        "position": {
            "type": ["string", "null"],
            "description": "Give it back as `Read-After`, and a read shows at least this.",
        },
        "help": {
            "type": "object",
            "description": "With `signal-setback` alone: who reads it and when, whom to call.",
        },
        "watch": {
            "type": "object",
            "description": "With `ask-to-watch` alone: who can keep an eye on it, if anybody can.",
        },
        "offered": {
            "type": "object",
            "description": "With `re-enter` alone: the slots of the state that were told before, "
            "to lead with instead of asking again. Absent when there are none.",
        },
    },
}
_TOLD = {
    "400": "It cannot be read.",
    "401": "Nobody is signed in.",
    "403": "Not yours to record.",
    "404": "Not there, or not yours to see.",
    "406": "The answer is JSON, and that is not accepted.",
    "409": "Still in progress; see Retry-After.",
    "412": "Something changed since (If-Match).",
    "413": "Larger than the limit.",
    "415": "JSON only.",
    "422": "Not possible this way; the errors name the fields.",
    "429": "Asked too often today.",
    "503": "Not reachable for now; see Retry-After.",
}
_PROBLEM_CONTENT = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
_OF_COMMANDS = tuple(each for each in _TOLD if each != "429")
_OF_READS = ("401", "404", "406", "422", "503")


_GOES_ON = {
    "ETag": {
        "description": "To who gave If-Match: the next one to give, without a read.",
        "schema": {"type": "string"},
    }
}
_ID: dict[str, Any] = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}


class OpenApi:
    """The description at its address; made once, when it is first asked for."""

    def __init__(self, app: FastAPI) -> None:
        """Describe an application."""
        self._app = app

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address("/api/v1/openapi.json", self.answer)]

    async def answer(self, _: Request) -> Response:
        """Give the description; it is the same for everybody."""
        headers = {"Cache-Control": "public, max-age=3600"}
        return Response(self._bytes, 200, headers, "application/json")

    @cached_property
    def _bytes(self) -> bytes:
        return orjson.dumps(described(self._app))


def described(app: FastAPI) -> dict[str, Any]:
    """Describe every address but the demo's own."""
    found = get_openapi(
        title=TITLE,
        version=VERSION,
        openapi_version="3.1.0",
        description=_ABOUT.strip(),
        routes=app.routes,
    )
    paths: dict[str, Any] = found.setdefault("paths", {})
    for operations in paths.values():
        _answers_of_a_read(operations["get"])
    bodies: list[type[BaseModel]] = [*COMMANDS, TeamMeeting, CaseloadCover, smelling.Draft]
    bodies += [linking.LinkByCode, searching.Search]
    _, models = models_json_schema([(each, "validation") for each in bodies], ref_template=_REF)
    paths[meetings.PATH] = {
        "post": _post_several("hold-team-meeting", TeamMeeting, StreamKind.PROGRAMME)
    }
    paths[covers.PATH] = {"post": _post_several("cover-caseload", CaseloadCover)}
    paths[searching.PATH] = {"post": _post_search()}
    paths[linking.PATH] = {"post": _post_code()}
    paths[smelling.PATH] = {"post": _post_draft()}
    for command in COMMANDS:
        paths[f"/api/v1/{PLACES[command.STREAM]}/{{id}}/{command.NAME}"] = {"post": _post(command)}
    found["components"] = {
        "responses": {
            each: {"description": text, "content": _PROBLEM_CONTENT} for each, text in _TOLD.items()
        },
        "schemas": {**models["$defs"], "Problem": _PROBLEM, "Recorded": _RECORDED},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    }
    found["security"] = [{"bearer": []}]
    return dict(sorted(found.items()))


def _answers_of_a_read(operation: dict[str, Any]) -> None:
    operation["responses"] = {
        "200": {"description": "As this reader sees it.", "content": _json({"type": "object"})},
        "304": {"description": "Unchanged (If-None-Match)."},
        **_problems(_OF_READS),
    }
    operation.setdefault("parameters", []).extend(
        [
            _header("Read-After", "`position` of your last write: wait until the read shows it."),
            _header("If-None-Match", "The ETag of an earlier answer."),
        ]
    )


def _post(command: type[Command]) -> dict[str, Any]:
    return {
        "operationId": command.NAME,
        "summary": (command.__doc__ or "").strip(),
        "tags": [PLACES[command.STREAM]],
        "parameters": [
            _ID,
            _header("Idempotency-Key", "1 to 255 printable ASCII characters.", 255),
            *([_header("If-Match", "The ETag of the state you saw.")] if command.GUARDS else []),
        ],
        "requestBody": {
            "required": True,
            "content": _json({"$ref": _REF.format(model=command.__name__)}),
        },
        "responses": {
            "200": {"description": "Nothing changed.", "content": _json(_recorded())},
            "201": {
                "description": "Recorded.",
                "content": _json(_recorded()),
                **({"headers": _GOES_ON} if command.GUARDS else {}),
            },
            **_problems(_OF_COMMANDS),
        },
    }


def _post_several(
    name: str, body: type[BaseModel], kind: StreamKind = StreamKind.TRAJECTORY
) -> dict[str, Any]:
    """Describe what is one save and an entry in several streams."""
    content = {**_RECORDED, "required": ["entries", "position"]}
    content["properties"] = {
        name: each
        for name, each in _RECORDED["properties"].items()
        if name not in {"stream", "help"}
    }
    return {
        "operationId": name,
        "summary": (body.__doc__ or "").partition("\n")[0],
        "tags": [PLACES[kind]],
        "parameters": [_header("Idempotency-Key", "1 to 255 printable ASCII characters.", 255)],
        "requestBody": {
            "required": True,
            "content": _json({"$ref": _REF.format(model=body.__name__)}),
        },
        "responses": {
            "200": {"description": "Nothing changed.", "content": _json(content)},
            "201": {"description": "Recorded.", "content": _json(content)},
            **_problems(_OF_COMMANDS),
        },
    }


def _post_draft() -> dict[str, Any]:
    kind = smelling.Draft
    smells = {"type": "array", "items": {"type": "string"}}
    answer = {"type": "object", "required": ["smells"], "properties": {"smells": smells}}
    return {
        "operationId": "smells",
        "summary": (kind.__doc__ or "").strip(),
        "tags": ["smells"],
        "requestBody": {
            "required": True,
            "content": _json({"$ref": _REF.format(model=kind.__name__)}),
        },
        "responses": {
            "200": {"description": "For the writer alone.", "content": _json(answer)},
            **_problems(("400", "401", "403", "404", "413", "415", "422", "503")),
        },
    }


def _post_search() -> dict[str, Any]:
    kind = searching.Search
    answer = {
        "type": "object",
        "required": ["found", "advice"],
        "properties": {
            "found": {"type": "array", "items": {"type": "object"}},
            "advice": {"type": "string"},
        },
    }
    return {
        "operationId": "search",
        "summary": (kind.__doc__ or "").strip(),
        "tags": [PLACES[StreamKind.DIRECTORY]],
        "requestBody": {
            "required": True,
            "content": _json({"$ref": _REF.format(model=kind.__name__)}),
        },
        "responses": {
            "200": {
                "description": "The asker's own people; the same for who is known elsewhere.",
                "content": _json(answer),
            },
            **_problems(("400", "401", "403", "413", "415", "422", "429", "503")),
        },
    }


def _post_code() -> dict[str, Any]:
    described = _post_several("link-by-code", linking.LinkByCode)
    described["parameters"].insert(0, _ID)
    for status in ("200", "201"):
        described["responses"][status]["content"] = _json(_recorded())
    return described


def _recorded() -> dict[str, str]:
    return {"$ref": _REF.format(model="Recorded")}


def _header(name: str, description: str, most: int | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if most is not None:
        schema["maxLength"] = most
    return {"name": name, "in": "header", "description": description, "schema": schema}


def _problems(statuses: Iterable[str]) -> dict[str, Any]:
    return {each: {"$ref": f"#/components/responses/{each}"} for each in statuses}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def text(app: FastAPI) -> str:
    """Write the description as it is kept beside the code."""
    pretty = orjson.dumps(described(app), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    return pretty.decode() + "\n"

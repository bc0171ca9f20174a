"""Reads what a posted form brings, and names by field what is wrong with it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl
from uuid import uuid4

import orjson
from starlette.requests import ClientDisconnect, Request

from api.commands import read_model
from api.complaints import MISSING
from api.problems import INVALID, MALFORMED, TOO_LARGE, FieldProblem, Problem
from api.web.forms.fields import Field, Shown, Typed
from api.web.forms.form import Form
from domain.language import Text
from domain.rules.base import Command

MOST_FIELDS = 200
_FORM = "application/x-www-form-urlencoded"
_KEY = re.compile(r"[0-9a-f-]{36}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def command(form: Form, typed: Typed) -> Command:
    """Read what was typed as the command; raises Problem, naming fields.

    A form may ask what its command leaves free.
    """
    body = form.body(typed)
    found = read_model(form.command, orjson.dumps(body))
    asked = (each.name for each in (*form.asks, *form.more) if each.required)
    if missing := [FieldProblem(name, MISSING) for name in asked if name not in body]:
        raise Problem(INVALID, MISSING, missing)
    return found


def key(typed: Typed) -> str:
    """Give the idempotency key of a form; what is none gets a new one."""
    given = typed.get("key", "")
    return given if _KEY.fullmatch(given) else str(uuid4())


def from_address(form: Form, request: Request) -> dict[str, str]:
    """Take the ids and days that an address names for a form; it holds nothing else of anybody."""
    asked = {each.name: each for each in form.fields}
    return {
        name: value
        for name, value in request.query_params.items()
        if name in asked and (_KEY.fullmatch(value) or _is_day(asked[name], value))
    }


def _is_day(field: Field, value: str) -> bool:
    """Say whether this is a day, for a field that asks one."""
    if field.shown is not Shown.DAY or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


async def typed_in(
    request: Request,
    limit: int,
    several: frozenset[str] = frozenset(),
    most: int = MOST_FIELDS,
) -> dict[str, str]:
    """Read a posted form, never more than the limit, each field once; raises Problem.

    Of `several` all values are kept, each on a line; `most` values together.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise _unreadable()
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > limit:
                raise _too_large()
        pairs = parse_qsl(
            read.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=most,
        )
    except (ClientDisconnect, ValueError) as error:
        raise _unreadable() from error
    typed: dict[str, str] = {}
    for name, raw in pairs:
        value = raw.replace("\r\n", "\n")
        if name not in typed:
            typed[name] = value
        elif name in several:
            typed[name] += f"\n{value}"
        else:
            raise _doubled()
    return typed


def _unreadable() -> Problem:
    text = Text("Dit formulier was niet te lezen.", "This form could not be read.")
    return Problem(MALFORMED, text)


def _doubled() -> Problem:
    text = Text(
        "Een veld stond er twee keer in; er is niets bewaard.",
        "A field was there twice; nothing was saved.",
    )
    return Problem(MALFORMED, text)


def _too_large() -> Problem:
    text = Text("Dit is te veel tekst voor één notitie.", "This is too much text for one note.")
    return Problem(TOO_LARGE, text)

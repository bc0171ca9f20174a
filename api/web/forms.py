"""The two forms: their fields, and how what was typed becomes the very command of the API."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import orjson
from starlette.requests import ClientDisconnect, Request

from api.commands import read_model
from api.problems import MALFORMED, TOO_LARGE, FieldProblem, Problem
from domain.events.base import Category
from domain.events.placement import Approver, Contract
from domain.events.search import Mode
from domain.events.support import SupportType, WithWhom
from domain.language import Choice, Text
from domain.rules.base import Command
from domain.rules.placement import LogPlacement
from domain.rules.support import LogContact
from domain.state.work import PlacementKind

MOST_FIELDS = 60
_FORM = "application/x-www-form-urlencoded"
_KEY = re.compile(r"[0-9a-f-]{36}")
_NUMBER = re.compile(r"\d{1,3}([.,]\d{1,2})?")
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the command it fills in, and what its fields are."""

    name: str
    command: type[Command]
    category: Category
    texts: frozenset[str]
    template: str
    choices: Mapping[str, tuple[type[Choice], tuple[Choice, ...]]] = field(default_factory=dict)
    converted: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)


def _yes(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


def _hours(text: str) -> float | str:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text


CONTACT = Form(
    "contact",
    LogContact,
    Category.SUPPORT,
    frozenset({"with_whom", "mode", "support_type", "location", "text"})
    | {"occurred_on", "late_reason"},
    "contact.html",
    {
        "with_whom": (
            WithWhom,
            (
                WithWhom.CLIENT,
                WithWhom.EMPLOYER,
                WithWhom.BOTH,
                WithWhom.FAMILY,
                WithWhom.COLLEAGUE,
            ),
        ),
        "mode": (
            Mode,
            (
                Mode.ON_SITE,
                Mode.WALK,
                Mode.HOME,
                Mode.OFFICE,
                Mode.PHONE,
                Mode.CHAT,
                Mode.VIDEO,
                Mode.MAIL,
                Mode.ELSEWHERE,
            ),
        ),
        "support_type": (SupportType, tuple(SupportType)),
    },
    {"worked_out": _yes},
)
PLACEMENT = Form(
    "plaatsing",
    LogPlacement,
    Category.JOB,
    frozenset({"kind", "employer", "title", "starts_on", "ends_on", "contract", "approved_by"})
    | {"tasks", "days", "late_reason"},
    "placement.html",
    {
        "kind": (PlacementKind, tuple(PlacementKind)),
        "contract": (Contract, tuple(Contract)),
        "approved_by": (Approver, tuple(Approver)),
    },
    {"hours_per_week": _hours},
)
FORMS: Mapping[str, Form] = {each.name: each for each in (CONTACT, PLACEMENT)}


def command(form: Form, typed: Typed) -> Command:
    """Read what was typed as the command; raises Problem, naming fields."""
    body: dict[str, Any] = {}
    for name in form.texts | form.converted.keys():
        text = typed.get(name, "").strip()
        if text:
            body[name] = form.converted[name](text) if name in form.converted else text
    return read_model(form.command, orjson.dumps(body))


def key(typed: Typed) -> str:
    """Give the idempotency key of a form; what is none gets a new one."""
    given = typed.get("key", "")
    return given if _KEY.fullmatch(given) else str(uuid4())


async def typed_in(request: Request, limit: int) -> dict[str, str]:
    """Read a posted form, never more than the limit, each field once; raises Problem."""
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
            max_num_fields=MOST_FIELDS,
        )
    except (ClientDisconnect, ValueError) as error:
        raise _unreadable() from error
    typed = {name: value.replace("\r\n", "\n") for name, value in pairs}
    if len(typed) < len(pairs):
        raise _doubled()
    return typed


def by_field(problem: Problem) -> dict[str, Text]:
    """Give what is wrong per field; '' for what belongs to none."""
    errors = problem.errors or (FieldProblem("", problem.detail),)
    return {each.field.partition(".")[0]: each.problem for each in errors}


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

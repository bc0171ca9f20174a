"""Every form of a trajectory by its name in the address: those made by hand, and all the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request

from api.reading.working import working
from api.web.forms import client, coach, team
from api.web.forms.fields import fields_of
from api.web.forms.form import Form, plain
from api.web.forms.labels import TITLES
from domain.events.base import StreamKind
from domain.policy import chooses_reader
from domain.roles import Role
from domain.rules import COMMANDS

MADE: tuple[Form, ...] = (*coach.FORMS, *client.FORMS, *team.FORMS)


def leading(role: Role, about: Mapping[str, Any]) -> tuple[Form, ...]:
    """Give the forms that the page of a trajectory leads with; `about` is its state.

    Who works has an employer, to whom something was promised; who looks for work meets many.
    """
    if role is Role.CLIENT:
        return client.NOT_WELL, client.HOW_IT_GOES, client.IN_PEACE
    employer = coach.EMPLOYER_TALK if working(about["standing"]) else coach.EMPLOYER_CONTACT
    return coach.CONTACT, employer, coach.PLACEMENT


def at_hand(role: Role, about: Mapping[str, Any]) -> tuple[Form, ...]:
    """Give the forms that the page with all forms begins with, in their order.

    To who speaks for the client these are their own things; the rest is mostly somebody's work.
    """
    if chooses_reader(role):
        return (*client.OWN, FORMS["state-preferences"], FORMS["log-application"])
    first = leading(role, about)
    return (*first, *(each for each in MADE if each not in first))


def worded(form: Form, role: Role) -> Form:
    """Give a form in the words for who fills it in: what the client says, others note."""
    return form if chooses_reader(role) else replace(form, **form.others)


_MADE = {each.command.NAME for each in MADE}


def _rest() -> Mapping[str, Form]:
    """Make a form of each other command of which everything can be typed or picked."""
    return {
        command.NAME: plain(command)
        for command in COMMANDS
        if command.STREAM is StreamKind.TRAJECTORY
        and command.NAME not in _MADE
        and command.NAME in TITLES
        and all(
            name in fields_of(command)
            for name, info in command.model_fields.items()
            if info.is_required()
        )
    }


FORMS: Mapping[str, Form] = {**_rest(), **{each.name: each for each in MADE}}


def calls_for_help(request: Request) -> bool:
    """Say whether somebody calls for help by this address, or reads what came of it."""
    form = FORMS.get(request.path_params.get("form", ""))
    return form is not None and form.calls

"""Saves what was typed: once, and whatever is not right yet comes back with all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import uuid4

from api.problems import REFUSED, FieldProblem, Problem, not_allowed, not_found
from api.reading.asking import Asking
from api.web.forms.fields import Typed
from domain.language import Text
from domain.policy import recorders
from domain.rules.base import Command, Refused
from eventlog.request import Answer, Busy, KeyReused, NotAllowed, NotFound

SAVED_ALREADY = Text(
    "Dit is al bewaard. Wat hieronder staat is anders; bewaar het als nieuwe notitie.",
    "This was saved already. What stands below differs; save it as a new note.",
)
BUSY = Text(
    "Het was even druk. Bewaar nog eens; het komt er maar één keer in.",
    "It was busy for a moment. Save again; it will be there only once.",
)


class Again(NamedTuple):
    """Nothing was saved: what to show again, and what is wrong by field, '' for none of them."""

    typed: Typed
    wrong: Mapping[str, Text]
    status: int = 422

    def problem(self) -> Problem:
        """Say it where nothing was typed, so that there is nothing to show again."""
        return Problem(REFUSED._replace(status=self.status), next(iter(self.wrong.values())))


def first(name: str) -> str:
    """Give the field of a form that a part of it belongs to."""
    return name.partition(".")[0]


def by_field(problem: Problem, named: Callable[[str], str] = first) -> Mapping[str, Text]:
    """Give what is wrong per field; '' for what belongs to none."""
    errors = problem.errors or (FieldProblem("", problem.detail),)
    return {named(each.field): each.problem for each in errors}


def saved(
    who: Asking,
    command: type[Command],
    typed: Typed,
    save: Callable[[], Answer],
    named: Callable[[str], str] = first,
) -> Answer | Again:
    """Save it under the key of its form; raises Problem for who may not, and where it is not.

    `named` gives the field of the form for a field of the command.
    """
    try:
        return save()
    except Problem as problem:
        return Again(typed, by_field(problem, named))
    except Refused as refused:
        return Again(typed, {named(refused.field or ""): refused.text})
    except KeyReused:
        return Again({**typed, "key": str(uuid4())}, {"": SAVED_ALREADY})
    except Busy:
        return Again(typed, {"": BUSY}, 503)
    except NotAllowed as error:
        raise not_allowed(recorders(command, who.actor.role)) from error
    except NotFound as error:
        raise not_found() from error

"""Says in words, by field, why what was typed could not be saved: nothing typed is lost by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from api.problems import FieldProblem, Problem, not_allowed, not_found
from domain.language import Text
from domain.policy import recorders
from domain.roles import Role
from domain.rules.base import Command, Refused
from eventlog.request import Busy, KeyReused, NotAllowed, NotFound

_SAVED_ALREADY = Text(
    "Dit is al bewaard. Wat hieronder staat is anders; bewaar het als nieuwe notitie.",
    "This was saved already. What stands below differs; save it as a new note.",
)
_BUSY = Text(
    "Het was even druk. Bewaar nog eens; het komt er maar één keer in.",
    "It was busy for a moment. Save again; it will be there only once.",
)


class NotSaved(Exception):
    """It is shown again with what is wrong: by field, and '' for what belongs to none."""

    def __init__(
        self, wrong: Mapping[str, Text], status: int = 422, *, used_key: bool = False
    ) -> None:
        """Keep what is wrong; `used_key`: it is to be saved under another key."""
        super().__init__(*wrong)
        self.wrong = wrong
        self.status = status
        self.used_key = used_key


@contextmanager
def saving(command: type[Command], role: Role) -> Iterator[None]:
    """Raise NotSaved for what can be put right here, and the Problem of what cannot."""
    try:
        yield
    except Problem as problem:
        errors = problem.errors or (FieldProblem("", problem.detail),)
        raise NotSaved({each.field: each.problem for each in errors}) from problem
    except Refused as refused:
        raise NotSaved({refused.field or "": refused.text}) from refused
    except KeyReused as error:
        raise NotSaved({"": _SAVED_ALREADY}, used_key=True) from error
    except Busy as error:
        raise NotSaved({"": _BUSY}, 503) from error
    except NotAllowed as error:
        raise not_allowed(recorders(command, role)) from error
    except NotFound as error:
        raise not_found() from error

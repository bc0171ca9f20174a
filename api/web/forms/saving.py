"""Saves what was typed, or says in words and by field what is not right yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from api.problems import Problem, not_allowed, not_found
from api.reading.asking import Asking
from api.web.forms.form import Form
from api.web.forms.posting import by_field
from domain.language import Text
from domain.policy import recorders
from domain.rules.base import Refused
from eventlog.request import Answer, Busy, KeyReused, NotAllowed, NotFound

_SAVED_ALREADY = Text(
    "Dit is al bewaard. Wat hieronder staat is anders; bewaar het als nieuwe notitie.",
    "This was saved already. What stands below differs; save it as a new note.",
)
_BUSY = Text(
    "Het was even druk. Bewaar nog eens; het komt er maar één keer in.",
    "It was busy for a moment. Save again; it will be there only once.",
)


class Unsaved(NamedTuple):
    """What is wrong, by field, and with which status that is answered."""

    wrong: Mapping[str, Text]
    status: int = 422
    anew: bool = False
    """Saved again it is another note, under a key of its own."""


def saved(form: Form, who: Asking, saves: Callable[[], Answer]) -> Answer | Unsaved:
    """Save it; raises the Problem of what one may not do, or what is not there."""
    try:
        return saves()
    except Problem as problem:
        return Unsaved(by_field(problem))
    except Refused as refused:
        return Unsaved({(refused.field or "").partition(".")[0]: refused.text})
    except KeyReused:
        return Unsaved({"": _SAVED_ALREADY}, anew=True)
    except Busy:
        return Unsaved({"": _BUSY}, 503)
    except NotAllowed as error:
        raise not_allowed(recorders(form.command, who.actor.role)) from error
    except NotFound as error:
        raise not_found() from error

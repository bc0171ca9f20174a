"""Asks a writer, once and before saving, what smells of control in it; nobody else hears of it."""

from __future__ import annotations

from uuid import UUID

from api.problems import Problem
from api.reading.asking import Asking
from api.reading.before_saving import before_saving
from api.web.forms.fields import Typed, written
from api.web.forms.form import Form
from api.web.forms.posting import command
from api.wiring import Services
from domain.events.trust import TrustDecision
from domain.language import Text
from domain.smells import smells_in

_THEIRS = frozenset({"client_want"})
"""The words of the client, of whom nothing is asked by it."""
READ = "gelezen"
"""What a form brings that was read again."""


def questions(
    services: Services, who: Asking, form: Form, trajectory: UUID, typed: Typed
) -> list[Text]:
    """Give the questions to a writer of a choice; none for who read them, or may not write it.

    What is not right yet is told by saving.
    """
    if READ in typed or not any(issubclass(e, TrustDecision) for e in form.command.YIELDS):
        return []
    try:
        found = before_saving(services, who, trajectory, command(form, typed))
    except Problem:
        return []
    said = (
        text for each in form.fields if each.name not in _THEIRS for text in written(each, typed)
    )
    return [*smells_in(said, who.actor.role), *found]

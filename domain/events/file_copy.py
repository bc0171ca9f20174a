"""Events about a copy of the file for the client, and who looked it over first (reference 0.1).

What is in the copy is read from the log when the client asks for it: see `api.reading.file_copy`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Text
from domain.roles import Role


class CopyEvent(Event):
    """What both have."""

    CATEGORY = Category.PERMISSIONS
    CORRECTABLE = False
    """A request is kept as it was made, and so is what was given on it."""

    request: UUID


class CopyRequested(CopyEvent):
    """The client asks for a copy of their file."""

    TYPE: ClassVar[str] = "copy.requested.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.LEGAL_REPRESENTATIVE})
    STANDS = "copy/{request}"
    SENTENCE = Text(
        "Een kopie van het dossier gevraagd; antwoord uiterlijk {answer_by}",
        "Asked for a copy of the file; to be answered by {answer_by}",
    )

    answer_by: date
    """What the team promises."""
    words: Words | None = None


class CopyGiven(CopyEvent):
    """A record holder gave the copy, after somebody had looked over the words of others in it."""

    TYPE: ClassVar[str] = "copy.given.v1"
    RECORDED_BY = frozenset({Role.PRIVACY_OFFICER})
    STANDS = "copy/{request}"
    SENTENCE = Text(
        "Kopie van het dossier gegeven door {organisation}; de woorden van anderen zijn nagekeken "
        "op {checked_on}",
        "Copy of the file given by {organisation}; the words of others were looked over on "
        "{checked_on}",
    )

    organisation: UUID
    checked_by: UUID
    checked_on: date

"""Events about a request to erase, and what each record holder answers (reference 7.3).

Nothing is erased by them: what was granted is carried out by destroying keys, which is not built
yet. The request itself is kept.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Choice, Text
from domain.roles import Role


class Record(Choice):
    """Which record of a holder it is about; each has a term of its own (reference 7.3)."""

    CARE_FILE = "care_file", "zorgdossier", "care file"
    MUNICIPAL = "municipal", "gemeentelijk dossier", "municipal file"
    REINTEGRATION = "reintegration", "re-integratiedossier", "reintegration file"
    FUNDING = "funding", "financiering", "funding papers"
    ACCESS_LOG = "access_log", "wie keek mee", "access log"


class Erasure(Choice):
    """What a record holder decided, and on which ground (reference 7.3)."""

    GRANTED = "granted", "ja, het wordt gewist", "yes, it will be erased"
    KEPT_BY_LAW = (
        *("kept_by_law", "nee, een wet zegt dat het bewaard moet blijven"),
        "no, a law says that it must be kept",
    )
    KEPT_FOR_OTHERS = (
        *("kept_for_others", "nee, een ander heeft er een zwaarwegend belang bij"),
        "no, it matters too much to somebody else",
    )


class ErasureEvent(Event):
    """What both have."""

    CATEGORY = Category.PERMISSIONS
    CORRECTABLE = False
    """A request is kept as it was made; a decision is followed by another."""

    request: UUID


class EraseRequested(ErasureEvent):
    """The client asks to erase some entries, or all of them."""

    TYPE: ClassVar[str] = "erasure.requested.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.LEGAL_REPRESENTATIVE})
    STANDS = "erasure/{request}"
    SENTENCE = Text(
        "Gevraagd om te wissen; antwoord uiterlijk {answer_by}",
        "Asked to erase; to be answered by {answer_by}",
    )

    entries: tuple[UUID, ...] = ()
    everything: bool
    """All of them; told apart, because a reader may not see which ones."""
    answer_by: date
    """What each record holder promises."""
    words: Words | None = None


class EraseDecided(ErasureEvent):
    """A record holder answered for one of its records."""

    TYPE: ClassVar[str] = "erasure.decided.v1"
    RECORDED_BY = frozenset({Role.PRIVACY_OFFICER})
    STANDS = "erasure/{request}/decision/{organisation}/{record}"
    SENTENCE = Text(
        "Antwoord van {organisation} over het wissen ({record}): {outcome}",
        "Answer of {organisation} about erasing ({record}): {outcome}",
    )

    organisation: UUID
    record: Record
    outcome: Erasure
    words: Words | None = None
    checked_by: UUID | None = None
    """Who looked over the words of others before; always given since it is asked."""
    checked_on: date | None = None

"""A command is a request; decide() answers it with events or refuses it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.events.base import Category, Event, StreamKind
from domain.language import Text
from domain.roles import Role
from domain.rules.limits import Day, Story

LATE_AFTER = timedelta(days=30)
"""From then on noting something late asks a reason, and is allowed (reference 4, invariants)."""


class Refused(Exception):
    """A rule forbids this; the sentence says, in both languages, what is possible instead."""

    def __init__(self, nl: str, en: str, field: str | None = None) -> None:
        """Keep the sentence and, when one field is the cause, its name."""
        super().__init__(en)
        self.text = Text(nl, en)
        self.field = field

    @classmethod
    def saying(cls, text: Text, field: str | None = None) -> Self:
        """Refuse in a sentence in which something was filled in."""
        made = cls(*text, field)
        made.text = text
        return made


UNKNOWN_HERE = Text(
    "Dit is hier niet bekend. Kies uit de lijst, of voeg het eerst toe.",
    "This is not known here. Choose from the list, or add it first.",
)
"""Also for what is there and is not for this person: both answer alike."""


NO_SUCH_ENTRY = Text(
    "Die notitie staat er niet. Kies er een uit de tijdlijn.",
    "There is no such entry. Choose one from the timeline.",
)
"""Also for one that is there and not for this person."""


class Unfit(ValueError):
    """A value that cannot be taken, with a sentence for the person who sent it."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence; pydantic hands the error on in the context of its own."""
        super().__init__(en)
        self.text = Text(nl, en)


class Since(NamedTuple):
    """What happened after an entry was recorded."""

    age: timedelta
    looked: bool
    """Somebody else looked at the file."""
    followed: bool
    """A later entry names it, or what it began."""


@dataclass(frozen=True, slots=True)
class Target:
    """The entry that a command points at: its id, class, current body and author."""

    event_id: UUID
    body: Event
    recorded_by: UUID
    role: Role | None = None
    """In which role it was recorded."""
    begins: tuple[UUID, ...] = ()
    """What it is the first to tell of: see `domain.corrections.begins`."""
    since: Since | None = None
    """Told only to a command that asks for it."""


class Held(NamedTuple):
    """A role that somebody holds in an organisation."""

    person: UUID
    role: Role
    organisation: UUID


def _whole(category: Category) -> bool:
    """Hide nothing: so it is where nobody asks by a tie."""
    del category
    return True


class Facts(NamedTuple):
    """What a rule needs to know besides the state; looked up by the handler."""

    today: date
    person: UUID
    role: Role
    known: Mapping[UUID, StreamKind] = MappingProxyType({})
    """Which of the ids that the command refers to exist, and as what."""
    target: Target | None = None
    on_behalf_of: UUID | None = None
    """Whose words these are when somebody else records them: the import does so, marked."""
    organisation: UUID | None = None
    """For which organisation the person acts."""
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """The moment, for the few rules that ask for more than the day."""
    held: frozenset[Held] | None = None
    """The roles held by those whom the command names. None where it is not asked: an import tells
    of teams that worked before anybody had a role here."""
    opened: Mapping[Role, frozenset[Category]] | None = None
    """What a permission can open for each role; None where it is not asked."""
    sendable: Mapping[Role, frozenset[Category]] = MappingProxyType({})
    """To which roles the client can send an entry, and of which categories."""
    sees: Callable[[Category], bool] = _whole
    """Whether who asks sees entries of a category that are not their own."""
    teams: Mapping[UUID, frozenset[UUID]] | None = None
    """For which organisations the teams work of the trajectories that it asks about, and the last
    coach of a file without one. None where it is not asked, as above."""


def not_later(day: date, facts: Facts, field: str = "occurred_on") -> date:
    """Refuse a day that is still to come."""
    if day > facts.today:
        raise Refused(
            "Deze dag moet nog komen. Noteer wat al gebeurd is, of maak er een plan van.",
            "This day is still to come. Note what has happened, or make it a plan.",
            field,
        )
    return day


class Command(BaseModel):
    """What somebody asks to be recorded; the request body, the schema and the form in one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    NAME: ClassVar[str]
    """Its name in the address, kebab-case: 'log-placement'."""
    STREAM: ClassVar[StreamKind] = StreamKind.TRAJECTORY
    YIELDS: ClassVar[tuple[type[Event], ...]]
    """The events it may lead to; the policy asks each of them who may record it."""
    CREATES: ClassVar[bool] = False
    """It may be the first of its stream."""
    GUARDS: ClassVar[bool] = True
    """False for notes, which never conflict with what others wrote meanwhile."""
    ASKS_SINCE: ClassVar[bool] = False
    """It hears what happened since its target was recorded."""

    @abstractmethod
    def decide(self, state: Any, facts: Facts) -> Sequence[Event]:
        """Answer with the events that follow, none when nothing changes, or raise Refused."""

    def said(self, *but: str) -> dict[str, Any]:
        """Give what was asked, field by field, for an event with fields of the same names."""
        values = self.__dict__
        return {name: values[name] for name in _handed_on(type(self), but)}

    def refers(self) -> Mapping[str, tuple[UUID, StreamKind]]:
        """Name the streams that must exist, by the field that names them."""
        return {}

    def rests_on(self) -> Mapping[str, Collection[UUID]]:
        """Name the entries that must be there for who asks, by the field that names them."""
        return {}

    def asks_teams(self) -> Sequence[UUID]:
        """Name the trajectories of which it asks for whom their teams work."""
        return ()

    def along(self, stream: UUID) -> Sequence[tuple[UUID, Command, str | None]]:
        """Name what else is asked in the same save: stream, command, and the field it comes from.

        Without a field it goes along only where who asks may ask it. Raises Refused when it
        cannot go together.
        """
        del stream
        return ()

    def target(self) -> UUID | None:
        """Name the entry it points at, when it does."""
        return None


@cache
def _handed_on(command: type[Command], but: tuple[str, ...]) -> tuple[str, ...]:
    left_out = {"occurred_on", "late_reason", *but}
    return tuple(name for name in command.model_fields if name not in left_out)


def long_ago(day: date, today: date) -> bool:
    """Say whether noting it on this day is late."""
    return today - day > LATE_AFTER


class Dated(Command):
    """A command about something that happened on a day."""

    occurred_on: Day | None = None
    """The day it happened; today when left out, never later than today."""
    late_reason: Story | None = None
    """Asked when that day is more than 30 days ago."""

    def when(self, facts: Facts) -> dict[str, Any]:
        """Check the day and give the fields that every event carries.

        Raises Refused for a day to come, or for one long ago without a reason.
        """
        day = not_later(self.occurred_on or facts.today, facts)
        if long_ago(day, facts.today) and not self.late_reason:
            raise Refused(
                "Dit is langer dan 30 dagen geleden. Dat kan; schrijf er kort bij waarom nu pas.",
                "This is more than 30 days ago. That is fine; add briefly why it comes only now.",
                "late_reason",
            )
        return {"occurred_on": day, "late_reason": self.late_reason}

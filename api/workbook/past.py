"""What an earlier import of the same source left in a stream, read back from the log itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.events import BY_TYPE
from domain.events.base import Event
from domain.events.correction import EntryCorrected
from domain.events.people import RegistrationCorrected
from domain.events.referral import Referred
from domain.events.team import TeamMemberAdded, TeamMemberLeft
from domain.roles import ROLE_OF, Role
from eventlog.entry import Actor, Entry
from eventlog.log import Log

Body = dict[str, Any]


@dataclass(slots=True)
class Imported:
    """The entry that a row became, with the body that was imported last and how often it was."""

    entry: UUID
    type: str
    body: Body
    actor: Actor
    times: int = 1


@dataclass(slots=True)
class Past:
    """What one source brought into one stream, by the place that each entry takes there."""

    by_slot: dict[str, Imported] = field(default_factory=dict)
    team: dict[UUID, Role] = field(default_factory=dict)
    """The members it added and did not take off again."""
    turns: Counter[UUID] = field(default_factory=Counter)
    """How often each of them came or went."""

    def take(self, entry: Entry) -> None:
        """Take one entry of the source in."""
        event = entry.body
        if isinstance(event, EntryCorrected | RegistrationCorrected):
            for imported in self.by_slot.values():
                if imported.entry == event.target:
                    imported.body, imported.times = body_of_stored(event), imported.times + 1
        elif event is not None:
            self._team(event)
            before = self.by_slot.get(slot(event))
            times = before.times + 1 if before else 1
            self.by_slot[slot(event)] = Imported(
                entry.event_id, event.TYPE, body(event), _actor(entry), times
            )

    def _team(self, event: Event) -> None:
        match event:
            case TeamMemberAdded():
                self.team[event.person] = event.role
                self.turns[event.person] += 1
            case TeamMemberLeft():
                self.team.pop(event.person, None)
                self.turns[event.person] += 1
            case Referred(received_by=UUID() as person, received_role=role) if role is not None:
                self.team[person] = role
            case _:
                pass


def _actor(entry: Entry) -> Actor:
    header = entry.header
    return Actor(header.actor, ROLE_OF[header.role], header.organisation, header.on_behalf_of)


def slot(event: Event) -> str:
    """Name the place an event takes in its stream: its own note, or what it is about."""
    fields = dict(event)
    if note := fields.get("note"):
        return slot_of_note(note)
    return (event.STANDS or event.ENDS[0]).format(**fields)


def slot_of_note(note: UUID) -> str:
    """Name the place of what is a note of its own."""
    return f"note/{note}"


def body(event: Event) -> Body:
    """Give the body of an event as it is stored."""
    return event.model_dump(mode="json", exclude_none=True)


def body_of_stored(correction: EntryCorrected | RegistrationCorrected) -> Body:
    """Give the body that a correction puts in place, in the same form."""
    event = BY_TYPE[correction.target_type].model_validate(correction.body)
    return body(event)


def past(log: Log, stream: UUID, origin: str) -> Past:
    """Read back what this source brought into a stream; what people did since is left aside.

    So a row that did not change adds nothing, even when somebody corrected the entry by hand.
    """
    stored = log.entries_recorder.select_events(stream)
    log.keys.load(each.key_id for each in stored)  # type: ignore[attr-defined]  # all are entries
    found = Past()
    for each in stored:
        entry: Entry = log.entry_mapper.to_domain_event(each)
        if entry.header.origin == origin:
            found.take(entry)
    return found

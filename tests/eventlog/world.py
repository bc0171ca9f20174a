"""What the tests of the log share: people, events, units, and looking at what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg

from domain.events.base import Event
from domain.events.people import OrganisationKind
from domain.events.referral import Channel, Referred
from domain.events.search import Mode
from domain.events.support import SupportContact, WithWhom
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.people import GiveRole, RegisterOrganisation, RegisterPerson
from domain.rules.referral import Refer
from domain.rules.support import LogContact
from eventlog.entry import Actor, Draft, Unit, Why
from eventlog.handler import Handler
from eventlog.keys import MasterKey
from eventlog.log import Log
from eventlog.request import Answer, Request

MASTER = MasterKey(b"0123456789abcdef0123456789abcdef")
SOMEBODY = Actor(UUID(int=1), Role.JOB_COACH)
ADMIN = Actor(UUID(int=2), Role.SYSADMIN)
DAY = date(2026, 3, 2)


def referred(client: UUID | None = None) -> Referred:
    return Referred(occurred_on=DAY, client=client or uuid4(), channel=Channel.SELF)


def talked(text: str | None = None) -> SupportContact:
    return SupportContact(
        occurred_on=DAY, note=uuid4(), mode=Mode.PHONE, with_whom=WithWhom.CLIENT, text=text
    )


def sealed(
    log: Log, stream: UUID, base: int, events: Sequence[Event], key: bytes | None = None
) -> Unit:
    """Seal events as the unit that follows a version, without deciding anything."""
    now, why = datetime.now(UTC), Why(uuid4())
    drafts = [
        Draft(stream, version, event, SOMEBODY, why, now)
        for version, event in enumerate(events, base + 1)
    ]
    unit = Unit(stream, base, [log.entry_mapper.to_stored_event(draft) for draft in drafts])
    if key is not None:
        unit.keys[0] = key, b"digest", len(events)
    for event in events:
        unit.grants.extend(event.grants(stream))
    return unit


def column(dsn: str, query: str, *parameters: Any) -> list[Any]:
    """Give the first column of what a role reads."""
    with psycopg.connect(dsn) as connection:
        return [row[0] for row in connection.execute(query, parameters or None)]


def versions(log: Log, stream: UUID) -> list[int]:
    return [entry.version for entry in log.entries(stream)]


@dataclass
class World:
    """A coach at work: what most commands need to be allowed at all."""

    handler: Handler
    organisation: UUID = field(default_factory=uuid4)
    coach: Actor = field(init=False)
    by_coroutines: bool = False
    """Ask as requests over HTTP do, each on an event loop of its own."""

    def __post_init__(self) -> None:
        self.operator(
            self.organisation, RegisterOrganisation(name="GGZ", kind=OrganisationKind.CARE)
        )
        self.coach = self.professional(Role.JOB_COACH)

    def operator(self, stream: UUID, command: Command) -> Answer:
        return self.handler.handle(Request(ADMIN, stream, command, operator=True))

    def person(self, name: str = "Noor") -> UUID:
        person = uuid4()
        self.operator(person, RegisterPerson(given_name=name))
        return person

    def professional(self, role: Role) -> Actor:
        person = self.person("Sam")
        self.operator(person, GiveRole(role=role, organisation=self.organisation))
        return Actor(person, role, self.organisation)

    def ask(self, stream: UUID, command: Command, by: Actor | None = None, **how: Any) -> Answer:
        request = Request(by or self.coach, stream, command, **how)
        if self.by_coroutines:
            return asyncio.run(self.handler.handle_async(request))
        return self.handler.handle(request)

    def trajectory(self, client: UUID | None = None) -> UUID:
        stream = uuid4()
        self.ask(stream, Refer(client=client or self.person(), channel=Channel.SELF))
        return stream

    def note(self, stream: UUID, text: str = "gebeld", **how: Any) -> Answer:
        return self.ask(stream, LogContact(mode=Mode.PHONE, text=text), **how)


def contact(text: str = "gebeld") -> LogContact:
    """Give the same request each time: its fields are those of a body that was sent."""
    return LogContact(mode=Mode.PHONE, text=text, occurred_on=DAY, late_reason="ingehaald")

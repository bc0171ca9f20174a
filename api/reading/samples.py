"""The samples that auditors read: drawn where, for whom, by which seed, and what was judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, admitted, before_hindsight
from api.reading.names import WHOLE_NAME, lookup
from api.reading.objections import CHOICES
from api.reading.opening import opened
from api.reading.sorting import folded
from api.wiring import Services
from domain.events.base import Category, GrantKind
from domain.events.programme import AuditSampleDrawn
from domain.events.trust import TrustDecisionRevised
from domain.outcomes import Period, served
from domain.policy import (
    may_record_outside,
    names_auditors,
    of_organisation,
    roles_at,
    samples_of,
    to_be_judged,
)
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.programme import DrawSample
from eventlog.log import grants
from projections.entries import Row

MOST_AUDITORS = 200
MOST_CHOICES = 5000
_DRAWS: type[Command] = DrawSample


class Drawn(NamedTuple):
    """A sample, as it was drawn."""

    id: UUID
    programme: str
    auditor: str | None
    seed: int
    files: tuple[UUID, ...]
    """In the order in which they were drawn."""
    on: date
    until: date | None


class Place(NamedTuple):
    """A programme where somebody may draw a sample."""

    id: UUID
    name: str


def to_read(services: Services, asking: Asking) -> list[Drawn]:
    """Give the samples drawn for the asker that they may still read, the last first."""
    person = asking.actor.person
    mine = grants(services.log.grants_between(person, person))
    given = samples_of(asking.reader, mine, services.today())
    found = [
        each._replace(files=tuple(file for file in each.files if file in given[programme, each.id]))
        for programme in {programme for programme, _ in given}
        for each in _drawn(services, programme)
        if (programme, each.id) in given
    ]
    return sorted(found, key=lambda each: (each.on, each.id), reverse=True)


def places(services: Services, asking: Asking) -> list[Place]:
    """Name the programmes in which the asker may draw a sample."""
    person, today = asking.actor.person, services.today()
    mine = grants(services.log.grants_between(person, person))
    found = {
        each.stream
        for organisation in roles_at(asking.reader, mine, today)
        if organisation is not None
        for each in grants(services.log.grants_between(organisation, organisation))
        if each.kind is GrantKind.PROGRAMME
        and may_record_outside(
            asking.reader,
            each.stream,
            grants(services.log.grants_between(each.stream, person)),
            today,
            _DRAWS,
        )
    }
    named = lookup(services, found)
    known = [Place(each, named[each].name or "") for each in found if each in named]
    return sorted(known, key=lambda each: (folded(each.name), each.id))


def drawn_in(services: Services, place: Place) -> list[Drawn]:
    """Give the samples drawn in a programme (see `places`), the last first."""
    return list(reversed(list(_drawn(services, place.id))))


def auditors(services: Services, asking: Asking) -> list[tuple[UUID, str]]:
    """Name those for whom a sample can be drawn, to who knows them by name."""
    if not names_auditors(asking.actor.role):
        return []
    ids = services.log.holding(Role.AUDITOR, services.today(), MOST_AUDITORS)
    named = lookup(services, [each for each in ids if each != asking.actor.person])
    found = [(who, name) for who, each in named.items() if (name := each.as_seen(WHOLE_NAME))]
    return sorted(found, key=lambda each: (folded(each[1]), each[0]))


def drawn_from(services: Services, place: Place) -> frozenset[UUID]:
    """Name the files of all who are in a programme today, of the organisation that has it.

    Of who has several files there it is the first.
    """
    today = services.today()
    (owner,) = {
        each.holder
        for each in grants(services.log.grants_between(place.id, place.id))
        if each.kind is GrantKind.PROGRAMME
    }
    people = served(services.views.outcomes.of(place.id), place.id, Period(today, today))
    given = services.log.ties([each.trajectory for each in people], owner)
    rows = [row for file in given.values() for row in grants(file)]
    return of_organisation(rows, owner, today)


def to_judge(services: Services, asking: Asking, files: Collection[UUID]) -> dict[UUID, int | None]:
    """Say of these files how many choices wait for the asker's judgement; None: there is none.

    Only of those in which the asker sees every choice; that they look is written down first.
    """
    tied = admitted(services, asking, sorted(files))
    seen = {file: each for file, each in tied.items() if each.sees_all(Category.TRUST)}
    rows: dict[UUID, list[Row]] = {file: [] for file in seen}
    for row in services.views.timeline.lately(seen, CHOICES, limit=MOST_CHOICES):
        rows[row.stream].append(row)
    return {file: _waiting(services, seen[file], found) for file, found in rows.items()}


def _waiting(services: Services, access: Access, rows: list[Row]) -> int | None:
    if any(each.type == TrustDecisionRevised.TYPE for each in rows):
        access = before_hindsight(services, access)
    shown = list(opened(services, access, rows))
    tie = access.sight.relation
    waiting = sum(to_be_judged(tie, UUID(each.fields["decision"])) for each in shown)
    return waiting if shown else None


def _drawn(services: Services, programme: UUID) -> Iterator[Drawn]:
    entries = services.log.entries(programme)
    bodies = [each.body for each in entries if isinstance(each.body, AuditSampleDrawn)]
    if not bodies:
        return
    named = lookup(services, [programme, *(each.auditor for each in bodies)])
    for each in bodies:
        yield Drawn(
            each.sample,
            (named[programme].name or "") if programme in named else "",
            named[each.auditor].as_seen(WHOLE_NAME) if each.auditor in named else None,
            each.seed,
            each.trajectories,
            each.occurred_on,
            each.until,
        )

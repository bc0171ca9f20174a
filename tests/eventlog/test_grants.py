"""Grants stand and fall with the entries that give them, and are what the log folds to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.events.base import Grant, GrantEnd, GrantKind
from domain.events.permissions import LegalBasis, Purpose, RecipientKind
from domain.events.placement import Contract
from domain.events.programme import ProgrammeFounded
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.employer import AddContactPerson, RegisterEmployer
from domain.rules.people import EndRole
from domain.rules.permissions import GrantPermission, WithdrawPermission
from domain.rules.placement import EndPlacement, LogPlacement
from domain.rules.team import AddTeamMember, RemoveTeamMember
from domain.state.work import PlacementKind
from eventlog.committer import Verdict
from eventlog.entry import Actor, Draft, Unit, Why
from eventlog.grants import refold
from eventlog.log import Given, Log, grants
from tests.eventlog.world import World, column, referred, sealed, talked


def kept(log: Log, stream: UUID) -> dict[str, Grant]:
    given = log.grants_between(stream, uuid4())
    return {grant.key: grant for grant in grants(Given(given.here))}


def folded(log: Log, *streams: UUID) -> dict[tuple[UUID, str], Grant]:
    entries = [entry for stream in streams for entry in log.entries(stream)]
    return refold(sorted(entries, key=lambda entry: entry.position))


def in_table(log: Log, *streams: UUID) -> dict[tuple[UUID, str], Grant]:
    return {(s, key): grant for s in streams for key, grant in kept(log, s).items()}


def test_grants_of_every_field_come_back_as_given(log: Log) -> None:
    stream, day = uuid4(), referred().occurred_on
    given = [
        Grant(stream, "plain", uuid4(), GrantKind.CLIENT),
        Grant(stream, "full", uuid4(), GrantKind.TEAM, "job_coach", uuid4(), "A,B", day),
        Grant(stream, "late", uuid4(), GrantKind.SAMPLE, until=day.replace(year=9999)),
        Grant(stream, "early", uuid4(), GrantKind.SAMPLE, until=day.replace(year=1900)),
        Grant(stream, "é{}\\,\"'", uuid4(), GrantKind.NETWORK, "", None, "é"),
    ]
    unit = sealed(log, stream, 0, [talked()])
    unit.grants = [*given, Grant(stream, "gone", uuid4(), GrantKind.TEAM), GrantEnd(stream, "gone")]
    log.committer.append(unit)
    assert kept(log, stream) == {grant.key: grant for grant in given}


def test_only_a_stored_unit_changes_grants(log: Log) -> None:
    streams, key = [uuid4() for _ in range(4)], uuid4().bytes
    units = [sealed(log, stream, 0, [referred()]) for stream in streams]
    units[1].base = 5
    units[1].entries[0] = sealed(log, streams[1], 5, [referred()]).entries[0]  # too far
    log.committer.append(sealed(log, uuid4(), 0, [talked()], key))
    units[2].keys[0] = key, b"digest", 1  # known
    verdicts = [verdict for verdict, _ in log.committer.append_all(units)]
    assert verdicts == [Verdict.STORED, Verdict.CONFLICT, Verdict.KNOWN, Verdict.STORED]
    assert [set(kept(log, stream)) for stream in streams] == [{"client"}, set(), set(), {"client"}]


def test_grants_and_entries_are_seen_together_or_not_at_all(
    log: Log, migrated: Callable[..., str]
) -> None:
    stream = uuid4()
    with psycopg.connect(migrated()) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1 FROM log.entry LIMIT 1")
        log.committer.append(sealed(log, stream, 0, [referred()]))
        for table, name in (("entry", "originator_id"), ("grants", "stream")):
            query = f"SELECT count(*) FROM log.{table} WHERE {name} = %s"
            assert reader.execute(query, (stream,)).fetchone() == (0,)
    assert set(kept(log, stream)) == {"client"}


def test_a_failing_grant_stores_no_entry(log: Log, migrated: Callable[..., str]) -> None:
    stream = uuid4()
    unit = sealed(log, stream, 0, [talked()])
    unit.grants = [Grant(stream, "nul\0", uuid4(), GrantKind.TEAM)]
    with pytest.raises(psycopg.Error):
        log.committer.append(unit)
    query = "SELECT 1 FROM log.entry WHERE originator_id = %s"
    assert column(migrated(), query, stream) == []


@pytest.fixture
def employer(world: World) -> UUID:
    employer = uuid4()
    world.operator(employer, RegisterEmployer(name="Bakker"))
    world.operator(employer, AddContactPerson(person=world.person("Els")))
    return employer


def work(world: World, stream: UUID, employer: UUID, start: int = -20) -> UUID:
    placement = uuid4()
    command = LogPlacement(
        placement=placement,
        kind=PlacementKind.JOB,
        employer=employer,
        title="bakker",
        starts_on=world.handler.today() + timedelta(days=start),
        contract=next(iter(Contract)),
    )
    world.ask(stream, command)
    return placement


def test_the_table_is_what_the_log_folds_to(world: World, employer: UUID) -> None:
    log, stream = world.handler.log, world.trajectory()
    care = world.professional(Role.CARE_WORKER)
    world.ask(stream, AddTeamMember(person=care.person, role=care.role))
    placement = work(world, stream, employer)
    permission = uuid4()
    world.ask(
        stream,
        GrantPermission(
            permission=permission,
            recipient=world.person("Els"),
            recipient_kind=RecipientKind.PERSON,
            purpose=Purpose.CARE,
            categories=("A", "F"),
            legal_basis=LegalBasis.CONSENT,
            witnessed_by=care.person,
        ),
    )
    streams = (stream, employer, care.person)
    assert len(folded(log, stream)) == 5
    assert in_table(log, *streams) == folded(log, *streams)
    world.ask(stream, WithdrawPermission(permission=permission))
    world.ask(stream, RemoveTeamMember(person=care.person))
    world.ask(stream, EndPlacement(placement=placement))
    world.operator(care.person, EndRole(role=care.role, organisation=world.organisation))
    assert in_table(log, *streams) == folded(log, *streams)
    assert f"permission/{permission}" not in kept(log, stream)


def test_a_corrected_last_day_of_work_ends_the_grant_on_that_day(
    world: World, employer: UUID
) -> None:
    log, stream, today = world.handler.log, world.trajectory(), world.handler.today()
    placement = work(world, stream, employer)
    ended = world.ask(stream, EndPlacement(placement=placement))
    key = f"employer/{placement}"
    assert kept(log, stream)[key].until == today
    (entry,) = [each for each in log.entries(stream) if each.event_id == ended.entries[0]]
    earlier = today - timedelta(days=4)
    body = entry.body.model_dump(mode="json") | {"occurred_on": str(earlier)}  # type: ignore[union-attr]
    world.ask(stream, CorrectEntry(entry=entry.event_id, reason="eerder", body=body))
    assert kept(log, stream)[key].until == earlier
    assert in_table(log, stream) == folded(log, stream)


def test_a_corrected_start_opens_nothing_again(world: World, employer: UUID) -> None:
    log, stream, today = world.handler.log, world.trajectory(), world.handler.today()
    placement = work(world, stream, employer)
    (start,) = log.entries(stream, after=1)
    world.ask(stream, EndPlacement(placement=placement))
    body = start.body.model_dump(mode="json") | {"title": "banketbakker"}  # type: ignore[union-attr]
    world.ask(stream, CorrectEntry(entry=start.event_id, reason="titel", body=body))
    assert kept(log, stream)[f"employer/{placement}"].until == today
    assert in_table(log, stream) == folded(log, stream)


def test_an_older_programme_is_of_the_organisation_of_who_founded_it(world: World) -> None:
    log, programme = world.handler.log, uuid4()
    founded = ProgrammeFounded(occurred_on=world.handler.today(), name="IPS Haren")
    why, lead = Why(uuid4()), Actor(uuid4(), Role.TEAM_LEAD, world.organisation)
    draft = Draft(programme, 1, founded, lead, why, world.handler.now())
    log.committer.append(Unit(programme, 0, [log.entry_mapper.to_stored_event(draft)]))
    (grant,) = folded(log, programme).values()
    assert (grant.kind, grant.holder) == (GrantKind.PROGRAMME, world.organisation)

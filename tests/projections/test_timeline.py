"""given entries, the timeline shows: newest first, as they read by now, text only as ciphertext."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.events.leads import BrokerRequestMade, NetworkLeadOffered
from domain.events.placement import Contract, JobEnded, JobStarted
from domain.events.search import Mode
from domain.events.setback import SetbackSignalled
from domain.events.support import SupportContact, WithWhom
from domain.roles import Role
from projections.entries import Scope
from tests.projections.world import TODAY


def contact(days_ago=0, text="ging goed"):
    return SupportContact(
        occurred_on=TODAY - timedelta(days=days_ago),
        note=uuid4(),
        mode=Mode.PHONE,
        with_whom=WithWhom.CLIENT,
        text=text,
    )


def job(title="tuinder", employer=None, placement=None):
    return JobStarted(
        occurred_on=TODAY,
        placement=placement or uuid4(),
        employer=employer or uuid4(),
        title=title,
        starts_on=TODAY,
        contract=Contract.FIXED,
    )


def shown(world, trajectory, **asked):
    world.projector.catch_up()
    return world.views.timeline.page(trajectory, asked.pop("scope", world.all), **asked)


def test_what_happened_last_comes_first(world):
    trajectory = world.referred(contact(days_ago=3), contact(days_ago=9), contact(days_ago=3))
    rows = shown(world, trajectory)
    assert [(TODAY - row.occurred_on).days for row in rows] == [0, 3, 3, 9]
    assert [row.version for row in rows] == [1, 4, 2, 3]
    assert {(row.actor, row.role, row.organisation) for row in rows} == {
        (world.coach, "job_coach", world.organisation)
    }


def test_pages_follow_each_other_without_gap_or_repeat(world):
    trajectory = world.referred(*(contact(days_ago=number // 2) for number in range(9)))
    whole = shown(world, trajectory)
    pages, before = [], None
    while page := shown(world, trajectory, limit=4, before=before):
        pages += page
        before = page[-1].occurred_on, page[-1].position
    assert pages == whole
    assert len(whole) == 10


def test_text_and_health_are_ciphertext_and_open_with_the_key(world):
    ended = JobEnded(
        occurred_on=TODAY, placement=uuid4(), employer=uuid4(), reason="health", lessons="te druk"
    )
    trajectory = world.referred(contact(text="een geheim"), ended)
    rows = shown(world, trajectory)
    clear = "".join(row.facts for row in rows)
    assert "geheim" not in clear
    assert "health" not in clear
    assert "te druk" not in clear
    bodies = [row.open(world.log.entry_mapper) for row in rows]
    assert {body.get("text") for body in bodies} == {None, "een geheim"}
    assert {body.get("reason") for body in bodies} == {None, "health"}
    with world.reading() as connection:
        dump = connection.execute("SELECT string_agg(e::text, '') FROM timeline.entry e").fetchone()
    assert "geheim" not in dump[0]


def test_a_correction_shows_the_new_body_in_its_old_place(world):
    placement, employer = uuid4(), uuid4()
    trajectory = world.referred()
    target, _ = world.record(trajectory, job("tuinder", employer, placement), contact())
    shown(world, trajectory)
    by = world.corrected(trajectory, target, job("hovenier", employer, placement))
    rows = shown(world, trajectory)
    assert len(rows) == 3
    row = next(row for row in rows if row.event_id == target)
    assert row.corrected_by == by
    assert row.corrected_at == row.recorded_at
    assert "hovenier" in row.facts
    assert row.open(world.log.entry_mapper)["title"] == "hovenier"
    assert row.version == 2
    assert world.views.timeline.entry(trajectory, target, world.all) == row


def test_the_last_of_two_corrections_counts(world):
    placement, employer = uuid4(), uuid4()
    trajectory = world.referred()
    (target,) = world.record(trajectory, job("a", employer, placement))
    world.corrected(trajectory, target, job("b", employer, placement))
    shown(world, trajectory)
    last = world.corrected(trajectory, target, job("c", employer, placement))
    row = shown(world, trajectory)[0]
    assert (row.corrected_by, row.open(world.log.entry_mapper)["title"]) == (last, "c")


def test_only_what_the_scope_holds_fills_the_page(world):
    mine = uuid4()
    setback = SetbackSignalled(occurred_on=TODAY, setback=uuid4(), by="client")
    asked = SetbackSignalled(occurred_on=TODAY, setback=uuid4(), by="client", wants_reader=mine)
    employer = uuid4()
    trajectory = world.referred(
        *(contact() for _ in range(5)), setback, asked, job(), job(employer=employer)
    )
    support = Scope(mine, categories=frozenset("H"))
    assert [r.category for r in shown(world, trajectory, scope=support, limit=4)] == ["H"] * 4
    own = Scope(mine, own=frozenset("J"))
    assert [r.version for r in shown(world, trajectory, scope=own)] == [8]
    by_coach = Scope(world.coach, own=frozenset("J"))
    assert len(shown(world, trajectory, scope=by_coach)) == 2
    jobs = Scope(mine, job=frozenset("F"), employers=frozenset({employer}))
    assert [r.employer for r in shown(world, trajectory, scope=jobs)] == [employer]
    assert shown(world, trajectory, scope=Scope(mine)) == []


def test_it_narrows_to_who_recorded_since_when_and_until_which_day(world):
    trajectory = world.referred(contact(days_ago=20))
    world.record(trajectory, contact(days_ago=1), role=Role.CARE_WORKER)
    rows = shown(world, trajectory)
    care = shown(world, trajectory, by=frozenset({Role.CARE_WORKER}))
    assert [row.version for row in care] == [3]
    late = shown(world, trajectory, happened_until=date(2026, 3, 1))
    assert [row.version for row in late] == [2]
    seen = max(row.position for row in rows)
    assert shown(world, trajectory, since=seen) == []
    world.corrected(trajectory, rows[-1].event_id, contact(days_ago=19))
    assert [row.version for row in shown(world, trajectory, since=seen)] == [2]


@pytest.mark.parametrize("model", ["timeline", "audit_trail"])
def test_a_page_is_one_range_of_the_index_behind_the_wall_too(world, monkeypatch, model):
    trajectory = world.referred(contact())
    shown(world, trajectory)
    read = getattr(world.views, model)
    (plan,) = plans(world, monkeypatch, lambda: read.page(trajectory, world.all, limit=60))
    assert "entry_page" in plan
    assert "Sort" not in plan


def test_what_stands_beside_a_page_is_found_before_the_wall_is_asked(world, monkeypatch):
    trajectory = world.referred(contact())
    beside = world.views.timeline.beside
    (plan,) = plans(world, monkeypatch, lambda: beside(trajectory, [uuid4()], [uuid4()]))
    within = plan.partition("Index Scan using entry_page")[2]
    assert within.index("event_id = ANY") < within.index("CURRENT_USER")


def plans(world, monkeypatch, read):
    """Say how the database would find what is read."""
    asked = []

    def seen(query, parameters, _):
        asked.append((query, parameters))
        return []

    monkeypatch.setattr(world.views.database, "seen", seen)
    read()
    with world.reading() as connection:
        connection.execute("SET enable_seqscan = off")
        connection.execute("SET enable_bitmapscan = off")
        found = [connection.execute(f"EXPLAIN {query}", given) for query, given in asked]
        return ["\n".join(line for (line,) in each.fetchall()) for each in found]


def test_a_broker_finds_what_they_were_asked_and_nothing_else_of_the_search(world):
    broker = uuid4()
    asked = BrokerRequestMade(
        occurred_on=TODAY, request=uuid4(), broker=broker, job_types=("hovenier",)
    )
    of_another = asked.model_copy(update={"request": uuid4(), "broker": uuid4()})
    lead = NetworkLeadOffered(occurred_on=TODAY, lead=uuid4(), place="tuincentrum")
    trajectory = world.referred(asked, of_another, lead)
    rows = shown(world, trajectory, scope=Scope(broker, own=frozenset("E")))
    assert [row.version for row in rows] == [2]

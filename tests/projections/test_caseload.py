"""given entries, the caseload shows per member of the team what a list needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from domain.events.correction import EntryShielded
from domain.events.people import RegistrationCorrected, RoleGiven
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.events.team import TeamMemberAdded, TeamMemberLeft
from domain.roles import Role
from domain.state import Stage, stages
from projections.wall import Asker, asked_by
from tests.projections.test_timeline import contact, job
from tests.projections.world import TODAY


def cases(world, person=None, role=None):
    world.projector.catch_up()
    return world.views.caseload.of(person or world.coach, role)


def name(world, case):
    return case.name.open(world.log.entry_mapper)["given_name"]


def test_it_shows_client_stage_work_and_last_contact(own_world):
    world = own_world
    client = world.registered("Noor", "van den Berg")
    setback = uuid4()
    trajectory = world.referred(
        job(),
        contact(days_ago=4),
        SetbackSignalled(occurred_on=TODAY, setback=setback, by="client"),
        client=client,
    )
    (case,) = cases(world)
    assert (case.trajectory, case.client, case.role) == (trajectory, client, "job_coach")
    assert name(world, case) == "Noor"
    assert Stage.EMPLOYED in stages(case.state, TODAY)
    assert [work.title for work in case.state.work.running(TODAY)] == ["tuinder"]
    assert case.state.support.last_talk_on == TODAY - timedelta(days=4)
    assert [each.open for each in case.state.wellbeing.setbacks] == [True]
    world.record(trajectory, RecoveryNoted(occurred_on=TODAY, setback=setback))
    assert [each.open for each in cases(world)[0].state.wellbeing.setbacks] == [False]


def test_no_name_is_in_the_clear(own_world):
    world = own_world
    world.referred(client=world.registered("Noor", "Vandenberg"))
    cases(world)
    for rows in (rows for tables in world.everything_made().values() for rows in tables.values()):
        assert not any("Noor" in row or "Vandenberg" in row for row in rows)


def test_a_corrected_name_is_the_name(own_world):
    world = own_world
    client = world.registered("Nor", "Bos")
    world.referred(client=client)
    assert [name(world, case) for case in cases(world)] == ["Nor"]
    entry = world.log.entries(client)[0]
    body = entry.body.model_copy(update={"given_name": "Noor"})
    world.record(
        client,
        RegistrationCorrected(
            occurred_on=TODAY,
            target=entry.event_id,
            target_type=body.TYPE,
            reason="typefout",
            body=body.model_dump(mode="json", exclude_none=True),
        ),
    )
    assert [name(world, case) for case in cases(world)] == ["Noor"]


def test_who_joins_has_it_and_who_leaves_has_it_no_more(own_world):
    world = own_world
    other = uuid4()
    trajectory = world.referred(
        TeamMemberAdded(occurred_on=TODAY, person=other, role=Role.CARE_WORKER)
    )
    assert [case.trajectory for case in cases(world, other)] == [trajectory]
    assert cases(world, other, Role.JOB_COACH) == []
    assert len(cases(world, other, Role.CARE_WORKER)) == 1
    world.record(trajectory, TeamMemberLeft(occurred_on=TODAY, person=other))
    assert cases(world, other) == []
    assert len(cases(world)) == 1


def waiting(world):
    world.projector.catch_up()
    return world.rows("caseload")["waiting"]


def test_a_signal_waits_until_it_is_answered_over_or_the_file_is_closed(own_world):
    world, setback, other = own_world, uuid4(), uuid4()
    trajectory = world.referred(
        SetbackSignalled(occurred_on=TODAY, setback=setback, by="client"),
        SetbackSignalled(occurred_on=TODAY, setback=other, by="client"),
    )
    assert len(waiting(world)) == 2
    world.record(trajectory, SetbackAnswered(occurred_on=TODAY, note=uuid4(), setback=setback))
    assert [str(other) in row for row in waiting(world)] == [True]
    world.record(trajectory, RecoveryNoted(occurred_on=TODAY, setback=other))
    assert waiting(world) == []


def unanswered(world, person, role, organisation):
    with asked_by(Asker(person, role.value, organisation, datetime.now(UTC), TODAY)):
        return [each.signalled_on for each in world.views.caseload.unanswered()]


def test_since_when_signals_wait_is_given_to_who_leads_that_team_and_to_nobody_else(own_world):
    world, setback = own_world, uuid4()
    signal = SetbackSignalled(occurred_on=TODAY, setback=setback, by="client")
    trajectory = world.referred(signal)
    assert len(waiting(world)) == 1
    here, elsewhere = world.organisation, uuid4()
    for role in Role:
        person = uuid4()
        assert unanswered(world, person, role, here) == [], "holds no role"
        world.record(person, RoleGiven(occurred_on=TODAY, role=role, organisation=here))
        expected = [TODAY] if role is Role.TEAM_LEAD else []
        assert unanswered(world, person, role, here) == expected
        if expected:
            lead = person
    other = uuid4()
    given = RoleGiven(occurred_on=TODAY, role=Role.TEAM_LEAD, organisation=elsewhere)
    world.record(other, given)
    assert unanswered(world, other, Role.TEAM_LEAD, elsewhere) == []
    entry = world.log.entries(trajectory)[1].event_id
    about = {"target": entry, "target_type": signal.TYPE, "shielded_by": world.coach}
    world.record(trajectory, EntryShielded(occurred_on=TODAY, begins=(setback,), **about))
    assert unanswered(world, lead, Role.TEAM_LEAD, here) == [], "shielded"

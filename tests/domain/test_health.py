"""What tells of health is a fact without a cause, the client's own plan, or a call for care."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.health import BackAtWork, CrisisEscalated, SickNoted, SignalPlanWritten
from domain.policy import ROLES, Reader, Relation, may_record
from domain.roles import Role
from domain.rules.health import EscalateCrisis, NoteBackAtWork, NoteSick, WriteSignalPlan
from domain.state import fold, stages
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TRIAL, YESTERDAY
from tests.domain.test_placement import ENDED
from tests.spec import CLIENT, TODAY, an_id, given

AT_WORK = {"placement": JOB.placement, "employer": COURIERS}
SICK = SickNoted(occurred_on=YESTERDAY, **AT_WORK)
EVERY = (SickNoted, BackAtWork, SignalPlanWritten, CrisisEscalated)


def test_off_sick_is_a_day_and_a_job_and_no_cause():
    asked = NoteSick(placement=JOB.placement)
    given(REFERRED, JOB).when(asked).then(SickNoted(occurred_on=TODAY, **AT_WORK))
    given(REFERRED, JOB, SICK).when(asked).nothing()
    given(REFERRED).when(asked).refused("Noteer het eerst", at="placement")
    given(REFERRED, JOB, ENDED).when(asked).refused("al gestopt", at="placement")
    own = set(SickNoted.model_fields) - {"occurred_on", "late_reason"}
    assert own == {"placement", "employer"}


def test_back_at_work_is_of_the_work_one_was_sick_at():
    asked = NoteBackAtWork(placement=JOB.placement)
    back = BackAtWork(occurred_on=TODAY, **AT_WORK)
    given(REFERRED, JOB, SICK).when(asked).by(Role.CLIENT).then(back)
    given(REFERRED, JOB, SICK, back).when(asked).nothing()
    given(REFERRED, JOB).when(asked).nothing()
    given(REFERRED, SICK).when(asked).refused("Noteer het eerst", at="placement")
    elsewhere = NoteBackAtWork(placement=TRIAL.placement)
    given(REFERRED, JOB, TRIAL, SICK).when(elsewhere).nothing()


def test_one_may_be_sick_again():
    back = BackAtWork(occurred_on=TODAY, **AT_WORK)
    assert given(REFERRED, JOB, SICK, back).when(NoteSick(placement=JOB.placement)).decide()


def test_being_sick_changes_no_stage():
    assert stages(fold([REFERRED, JOB, SICK]), TODAY) == stages(fold([REFERRED, JOB]), TODAY)


def test_the_client_writes_the_own_plan():
    asked = WriteSignalPlan(signs="ik neem de telefoon niet op", helps="samen wandelen")
    plan = SignalPlanWritten(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).by(Role.CLIENT).then(plan)
    given(REFERRED, plan).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).on_behalf_of(CLIENT).then(plan)
    given(REFERRED).when(asked).refused("schrijft de cliënt zelf")
    somebody = given(REFERRED).when(asked).by(Role.CARE_WORKER).on_behalf_of(an_id("else"))
    somebody.refused("samen bespreken")


def test_a_plan_says_something():
    with pytest.raises(ValidationError):
        WriteSignalPlan(signs=" ")


def test_the_care_team_is_called_in_with_few_words_or_none():
    asked = EscalateCrisis(text="belt nu met de crisisdienst")
    called = CrisisEscalated(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).then(called)
    given(REFERRED, called).when(asked).nothing()
    assert given(REFERRED).when(EscalateCrisis()).by(Role.CARE_WORKER).decide()
    given(REFERRED, CLOSED).when(asked).refused("afgerond")
    with pytest.raises(ValidationError):
        EscalateCrisis(text="x" * 201)


@pytest.mark.parametrize(
    ("command", "roles"),
    [
        (NoteSick, {Role.CLIENT, Role.JOB_COACH}),
        (NoteBackAtWork, {Role.CLIENT, Role.JOB_COACH}),
        (WriteSignalPlan, {Role.CLIENT}),
        (EscalateCrisis, {Role.JOB_COACH, Role.CARE_WORKER}),
    ],
)
def test_who_records_it(command, roles):
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in ROLES}
    assert {role for role, tie in tied.items() if may_record(tie, command)} == roles


@pytest.mark.parametrize("event", EVERY)
@pytest.mark.parametrize("role", [Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.EK_COORDINATOR])
def test_others_learn_nothing_of_it_whatever_is_permitted(role, event):
    allowed = people.permission(people.WHO[role], "A,B,D,F,J")
    assert people.sees(role, *people.member(role), allowed).fields(event) == frozenset()


@pytest.mark.parametrize("event", EVERY)
def test_an_employer_is_shown_nothing_of_it(event):
    sight = people.sees(Role.EMPLOYER, *people.EMPLOYED)
    own = {"employer": people.COURIERS, "placement": people.JOB}
    assert sight.fields(event, own=True, **own) == frozenset()


def test_an_auditor_sees_when_care_was_called_in_and_not_who_was_ill():
    sight = people.sees(Role.AUDITOR, people.sample(), people.held(Role.AUDITOR))
    seen = {event: sight.fields(event) for event in EVERY}
    assert seen == {**dict.fromkeys(EVERY, frozenset()), CrisisEscalated: {"occurred_on"}}


def test_the_team_reads_the_plan_and_a_coach_outside_care_by_permission():
    for role in (Role.JOB_COACH, Role.CARE_WORKER):
        assert "signs" in people.sees(role, *people.COACH_INSIDE).fields(SignalPlanWritten)
    outside = people.sees(Role.JOB_COACH, *people.COACH_OUTSIDE)
    assert "signs" not in outside.fields(SignalPlanWritten)
    assert "placement" in outside.fields(SickNoted)
    allowed = people.permission(people.RIA, "J")
    sight = people.sees(Role.JOB_COACH, *people.COACH_OUTSIDE, allowed)
    assert "signs" in sight.fields(SignalPlanWritten)

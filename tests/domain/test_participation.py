"""Taking part: learning, sport, informal care and own care, several at once and never a job."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.participation import (
    ActivityKind,
    EducationCompleted,
    EducationKind,
    EducationStarted,
    EducationStopped,
    InformalCareEnded,
    InformalCareNoted,
    OwnCareTrajectoryEnded,
    OwnCareTrajectoryNoted,
    SportOrCourseEnded,
    SportOrCourseStarted,
)
from domain.policy import ROLES, Reader, Relation, may_record
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.participation import (
    CompleteEducation,
    EndInformalCare,
    EndOwnCare,
    EndSportOrCourse,
    NoteInformalCare,
    NoteOwnCare,
    StartEducation,
    StartSportOrCourse,
    StopEducation,
)
from domain.state import fold, outcome, stages
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, JOB, REFERRED, YESTERDAY
from tests.spec import TODAY, an_id, given

LESSONS = EducationStarted(
    occurred_on=YESTERDAY,
    education=an_id("lessons"),
    kind=EducationKind.LANGUAGE,
    title="Nederlands op dinsdag",
)
SWIMMING = SportOrCourseStarted(
    occurred_on=YESTERDAY, activity=an_id("swimming"), kind=ActivityKind.SPORT, title="zwemmen"
)
CARING = InformalCareNoted(occurred_on=YESTERDAY, hours_per_week=10)
OWN_CARE = OwnCareTrajectoryNoted(occurred_on=YESTERDAY)
ABOUT_LESSONS = {"education": LESSONS.education, "kind": EducationKind.LANGUAGE}


@pytest.mark.parametrize("kind", EducationKind)
def test_learning_of_every_kind_begins(kind):
    asked = StartEducation(kind=kind, title="iets leren")
    started = EducationStarted(
        occurred_on=TODAY, education=asked.education, kind=kind, title="iets leren"
    )
    given(REFERRED).when(asked).then(started)
    given(REFERRED, started).when(asked).nothing()
    given(REFERRED, CLOSED).when(asked).refused("afgerond")


@pytest.mark.parametrize(
    ("command", "event", "other", "told"),
    [
        (CompleteEducation, EducationCompleted, StopEducation, "al afgemaakt"),
        (StopEducation, EducationStopped, CompleteEducation, "al gestopt"),
    ],
)
def test_learning_is_completed_or_stopped_once(command, event, other, told):
    asked = command(education=LESSONS.education)
    ended = event(occurred_on=TODAY, **ABOUT_LESSONS)
    given(REFERRED, LESSONS).when(asked).then(ended)
    given(REFERRED, LESSONS, ended).when(asked).nothing()
    then = other(education=LESSONS.education)
    given(REFERRED, LESSONS, ended).when(then).refused(told, at="education")
    given(REFERRED).when(asked).refused("dat die begonnen is", at="education")
    again = LESSONS.model_copy(update={"occurred_on": TODAY})
    early = asked.model_copy(update={"occurred_on": YESTERDAY})
    given(REFERRED, again).when(early).refused("voor het begin", at="occurred_on")


def test_why_somebody_stopped_is_in_their_own_words():
    asked = StopEducation(education=LESSONS.education, words="de groep was te groot")
    stopped = EducationStopped(occurred_on=TODAY, words="de groep was te groot", **ABOUT_LESSONS)
    given(REFERRED, LESSONS).when(asked).by(Role.CLIENT).then(stopped)


def test_a_sport_is_taken_up_and_given_up():
    asked = StartSportOrCourse(
        activity=SWIMMING.activity, kind=ActivityKind.SPORT, title="zwemmen", occurred_on=YESTERDAY
    )
    given(REFERRED).when(asked).then(SWIMMING)
    given(REFERRED, SWIMMING).when(asked).nothing()
    given().when(asked).refused("Noteer eerst de aanmelding")
    over = EndSportOrCourse(activity=SWIMMING.activity)
    ended = SportOrCourseEnded(
        occurred_on=TODAY, activity=SWIMMING.activity, kind=ActivityKind.SPORT
    )
    given(REFERRED, SWIMMING).when(over).then(ended)
    given(REFERRED, SWIMMING, ended).when(over).nothing()
    given(REFERRED).when(over).refused("dat die begonnen is", at="activity")
    again = SWIMMING.model_copy(update={"occurred_on": TODAY})
    early = over.model_copy(update={"occurred_on": YESTERDAY})
    given(REFERRED, again).when(early).refused("voor het begin", at="occurred_on")


def test_informal_care_is_hours_and_never_about_whom():
    asked = NoteInformalCare(hours_per_week=10)
    noted = InformalCareNoted(occurred_on=TODAY, hours_per_week=10)
    given(REFERRED).when(asked).by(Role.CLIENT).then(noted)
    given(REFERRED, CARING).when(asked).by(Role.CLIENT).nothing()
    more = NoteInformalCare(hours_per_week=12)
    assert given(REFERRED, CARING).when(more).by(Role.CLIENT).decide()
    given(REFERRED, CLOSED).when(asked).by(Role.CLIENT).refused("afgerond")
    own = set(InformalCareNoted.model_fields) - {"occurred_on", "late_reason"}
    assert own == {"hours_per_week"}


@pytest.mark.parametrize("hours", [-1, 81, 1.1])
def test_hours_of_informal_care_are_bounded(hours):
    with pytest.raises(ValidationError):
        NoteInformalCare(hours_per_week=hours)


def test_informal_care_ends():
    ended = InformalCareEnded(occurred_on=TODAY)
    given(REFERRED, CARING).when(EndInformalCare()).by(Role.CLIENT).then(ended)
    given(REFERRED, CARING, ended).when(EndInformalCare()).by(Role.CLIENT).nothing()
    given(REFERRED).when(EndInformalCare()).by(Role.CLIENT).nothing()
    given().when(EndInformalCare()).refused("Noteer eerst de aanmelding")


def test_care_first_is_yes_or_no_and_nothing_else():
    noted = OwnCareTrajectoryNoted(occurred_on=TODAY)
    given(REFERRED).when(NoteOwnCare()).by(Role.CLIENT).then(noted)
    given(REFERRED, noted).when(NoteOwnCare()).by(Role.CARE_WORKER).nothing()
    given(REFERRED, CLOSED).when(NoteOwnCare()).by(Role.CARE_WORKER).refused("afgerond")
    ended = OwnCareTrajectoryEnded(occurred_on=TODAY)
    given(REFERRED, OWN_CARE).when(EndOwnCare()).by(Role.CARE_WORKER).then(ended)
    given(REFERRED, OWN_CARE, ended).when(EndOwnCare()).by(Role.CLIENT).nothing()
    given(REFERRED, OWN_CARE, CLOSED).when(EndOwnCare()).by(Role.CLIENT).refused("afgerond")
    assert set(OwnCareTrajectoryNoted.model_fields) == {"occurred_on", "late_reason"}


def test_care_first_is_taken_back_and_never_corrected_in_words():
    asked = CorrectEntry(entry=an_id("entry"), reason="anders", body={})
    given(REFERRED, OWN_CARE).when(asked).about(OWN_CARE).refused("niet verbeteren", at="entry")


def test_several_go_on_at_once_and_none_is_a_job():
    everything = [REFERRED, LESSONS, SWIMMING, CARING, OWN_CARE]
    found = fold(everything).participation
    assert [each.ended_on for each in (*found.educations, *found.activities)] == [None, None]
    assert found.informal_care is not None
    assert found.care_first_on == YESTERDAY
    for before in ([], [JOB]):
        plain, full = fold([REFERRED, *before]), fold([*everything, *before])
        assert outcome(full, TODAY) == outcome(plain, TODAY)
        assert stages(full, TODAY) == stages(plain, TODAY)


@pytest.mark.parametrize(
    ("commands", "roles"),
    [
        ((StartEducation, CompleteEducation, StopEducation), {Role.CLIENT, Role.JOB_COACH}),
        ((StartSportOrCourse, EndSportOrCourse), {Role.CLIENT, Role.JOB_COACH}),
        ((NoteInformalCare, EndInformalCare), {Role.CLIENT}),
        ((NoteOwnCare, EndOwnCare), {Role.CLIENT, Role.CARE_WORKER}),
    ],
)
def test_who_records_it(commands, roles):
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in ROLES}
    for command in commands:
        assert {role for role, tie in tied.items() if may_record(tie, command)} == roles


@pytest.mark.parametrize("grants", [people.COACH_INSIDE, people.COACH_OUTSIDE])
def test_a_coach_sees_that_care_comes_first_and_a_care_worker_and_client_as_well(grants):
    for event in (OwnCareTrajectoryNoted, OwnCareTrajectoryEnded):
        assert people.sees(Role.JOB_COACH, *grants).fields(event) == {"occurred_on"}
        assert "late_reason" in people.sees(Role.CARE_WORKER, *grants).fields(event)
        assert "late_reason" in people.sees(Role.CLIENT, people.client()).fields(event)


@pytest.mark.parametrize(
    "role",
    [Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.EK_COORDINATOR, Role.NETWORK_MEMBER, Role.AUDITOR],
)
def test_nobody_else_learns_of_care_not_even_with_permission(role):
    letters = people.permission(people.WHO[role], "A,F,K,L")
    tie = {
        Role.NETWORK_MEMBER: (people.network(),),
        Role.AUDITOR: (people.sample(), people.held(Role.AUDITOR)),
    }.get(role, people.member(role))
    assert people.sees(role, *tie, letters).fields(OwnCareTrajectoryNoted) == frozenset()


def test_an_employer_sees_nothing_of_it():
    sight = people.sees(Role.EMPLOYER, *people.EMPLOYED)
    for event in (
        EducationStarted,
        SportOrCourseStarted,
        InformalCareNoted,
        OwnCareTrajectoryNoted,
    ):
        assert sight.fields(event, employer=people.COURIERS, placement=people.JOB) == frozenset()

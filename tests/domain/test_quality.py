"""What a programme notes about its own work: facts of the team, and nothing of a client."""

from __future__ import annotations

from datetime import date
from functools import reduce

import pytest
from pydantic import ValidationError

from domain.events.base import Kind, field_kinds
from domain.events.funding import Funder
from domain.events.programme import ProgrammeFounded
from domain.events.quality import (
    CoachCapacitySet,
    EmployerLogReviewed,
    FidelityReviewHeld,
    FieldMentoringDone,
    FunderContactLogged,
    GroupSupervisionHeld,
    OutcomesReviewed,
    QualityEvent,
    SupervisionHeld,
    TeamMeetingHeld,
    WorkTimeSampleRecorded,
)
from domain.events.search import Mode
from domain.roles import Role
from domain.rules.quality import (
    LogFidelityReview,
    LogFieldMentoring,
    LogFunderContact,
    LogGroupSupervision,
    LogOutcomesReview,
    LogSupervision,
    LogTeamMeeting,
    RecordWorkTimeSample,
    ReviewEmployerLog,
    SetCoachCapacity,
)
from domain.state.programme import Programme, evolve
from tests.spec import COACH, TODAY, an_id, given

FOUNDED = ProgrammeFounded(occurred_on=TODAY, name="Werk en zorg Noord")
LEAD, BAS, JO = an_id("Leonie, team lead"), an_id("Bas, care worker"), an_id("Jo, coach")


def capacity(coach, fte=1.0):
    return CoachCapacitySet(occurred_on=TODAY, coach=coach, fte=fte)


NOTES = [
    (LogSupervision(coach=COACH, supervisor=LEAD), SupervisionHeld),
    (LogGroupSupervision(attendees=(COACH, JO)), GroupSupervisionHeld),
    (LogFieldMentoring(coach=COACH, mentor=JO), FieldMentoringDone),
    (
        RecordWorkTimeSample(coach=COACH, until=TODAY, hours=8, employment=7.5, outside=5),
        WorkTimeSampleRecorded,
    ),
    (LogOutcomesReview(year=2026, quarter=1, goals="meer werkgevers"), OutcomesReviewed),
    (LogFidelityReview(scale="IPS-25, 2008", reviewers="Kennisbureau"), FidelityReviewHeld),
    (LogFunderContact(funder=Funder.UWV, mode=Mode.PHONE), FunderContactLogged),
    (ReviewEmployerLog(), EmployerLogReviewed),
]


@pytest.mark.parametrize(("asked", "event"), NOTES)
def test_a_note_is_kept_once_and_asks_for_a_programme(asked, event):
    noted = event(occurred_on=TODAY, **asked.said())
    given(FOUNDED).when(asked).then(noted)
    given(FOUNDED, noted).when(asked).nothing()
    given().when(asked).refused("Begin het eerst")


def test_a_team_meeting_says_of_how_many_people_and_of_whom_not():
    asked = LogTeamMeeting(attendees=(COACH, BAS), discussed=8)
    held = TeamMeetingHeld(occurred_on=TODAY, note=asked.note, attendees=(COACH, BAS), discussed=8)
    given(FOUNDED).when(asked).then(held)
    given(FOUNDED, held).when(asked).nothing()
    given().when(asked).refused("Begin het eerst")
    assert not {"trajectory", "trajectories", "clients"} & set(TeamMeetingHeld.model_fields)


@pytest.mark.parametrize("command", [LogTeamMeeting, LogGroupSupervision])
def test_who_was_there_notes_it_or_the_team_lead(command):
    without_me = given(FOUNDED).when(command(attendees=(BAS, JO)))
    without_me.refused("Je staat er zelf niet bij", at="attendees")
    assert without_me.by(Role.TEAM_LEAD, LEAD).decide()
    twice = given(FOUNDED).when(command(attendees=(COACH, COACH)))
    twice.refused("twee keer", at="attendees")
    with pytest.raises(ValidationError):
        command(attendees=())


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (LogSupervision(coach=COACH, supervisor=COACH), "supervisor"),
        (LogFieldMentoring(coach=COACH, mentor=COACH), "mentor"),
    ],
)
def test_it_takes_two_to_talk(asked, field):
    given(FOUNDED).when(asked).by(Role.TEAM_LEAD, LEAD).refused("dezelfde persoon", at=field)


def test_a_sample_of_time_is_ones_own_and_adds_up():
    asked = RecordWorkTimeSample(coach=COACH, until=TODAY, hours=36, employment=34.5, outside=24)
    assert given(FOUNDED).when(asked).decide()
    of_jo = given(FOUNDED).when(asked.model_copy(update={"coach": JO}))
    of_jo.refused("noteert de teamleider", at="coach")
    assert of_jo.by(Role.TEAM_LEAD, LEAD).decide()
    for name in ("employment", "outside"):
        more = asked.model_copy(update={name: 36.25})
        given(FOUNDED).when(more).refused("meer dan alle uren", at=name)
    before = asked.model_copy(update={"until": date(2026, 3, 9)})
    given(FOUNDED).when(before).refused("voor de eerste", at="until")


def test_capacity_is_kept_per_coach_until_it_changes():
    asked = SetCoachCapacity(coach=JO, fte=0.6)
    given(FOUNDED).when(asked).then(capacity(JO, 0.6))
    given(FOUNDED, capacity(JO, 0.6)).when(asked).nothing()
    given().when(asked).refused("Begin het eerst")
    happened = [FOUNDED, capacity(JO, 0.6), capacity(COACH), capacity(JO, 0)]
    state = reduce(evolve, happened, Programme())
    assert [each.coach for each in state.capacity] == [COACH]
    stop = SetCoachCapacity(coach=JO, fte=0)
    given(FOUNDED).when(stop).nothing()
    for fte in (-0.1, 1.05, 0.33):
        with pytest.raises(ValidationError):
            SetCoachCapacity(coach=JO, fte=fte)


def test_a_programme_with_one_coach_gets_no_figure():
    asked = LogFidelityReview(scale="IPS-25, 2008", reviewers="Kennisbureau", score=101)
    given(FOUNDED, capacity(COACH)).when(asked).refused("over een mens", at="score")
    given(FOUNDED).when(asked).refused("nog niet bekend wie er coacht", at="score")
    assert given(FOUNDED, capacity(COACH), capacity(JO)).when(asked).decide()
    happened = [FOUNDED, capacity(COACH), capacity(JO), capacity(JO, 0)]
    one_left = reduce(evolve, happened, Programme())
    assert not one_left.may_be_scored
    without = asked.model_copy(update={"score": None})
    assert given(FOUNDED, capacity(COACH)).when(without).decide()
    for score in (24, 126):
        with pytest.raises(ValidationError):
            LogFidelityReview(scale="IPS-25", reviewers="Kennisbureau", score=score)


def test_outcomes_are_of_a_quarter_that_has_begun():
    asked = LogOutcomesReview(year=2026, quarter=2)
    given(FOUNDED).when(asked).refused("nog beginnen", at="quarter")
    assert given(FOUNDED).when(LogOutcomesReview(year=2025, quarter=4)).decide()
    for quarter in (0, 5):
        with pytest.raises(ValidationError):
            LogOutcomesReview(year=2026, quarter=quarter)


def test_nothing_in_it_is_somebodys_words():
    for event in QualityEvent.__subclasses__():
        assert set(field_kinds(event).values()) - {Kind.WORDS} == {Kind.FACT}
        assert [n for n, k in field_kinds(event).items() if k is Kind.WORDS] == ["late_reason"]

"""The last that is still allowed is allowed: the very day, the whole length, all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.events.base import Event
from domain.events.course import ClosingReason
from domain.events.instruments import Subsidy
from domain.events.issues import BlockingIssueRaised, IssueKind
from domain.events.participation import EducationKind, EducationStarted
from domain.events.programme import ProgrammeFounded
from domain.events.team import TeamMemberAdded
from domain.roles import Role
from domain.rules import Command
from domain.rules.base import Refused, Since
from domain.rules.course import CloseTrajectory
from domain.rules.cover import LONGEST, ArrangeCover
from domain.rules.eigen_kracht import AdoptPlan
from domain.rules.instruments import NoteWageSubsidy
from domain.rules.issues import OrderIssues
from domain.rules.limits import Day, Story
from domain.rules.participation import CompleteEducation
from domain.rules.people import RegisterPerson
from domain.rules.placement import EndPlacement, ExtendTrialPlacement
from domain.rules.protection import UNDO_WITHIN, UndoEntry
from domain.rules.quality import LogOutcomesReview, RecordWorkTimeSample
from domain.rules.support import LONGEST_PEACE, LeaveInPeace
from domain.rules.trust import RecordDecision
from tests.domain.histories import JOB, REFERRED, TRIAL
from tests.domain.test_trust import FOUR
from tests.spec import COACH, TODAY, When, an_id, facts, given

RIA = TeamMemberAdded(occurred_on=TODAY, person=COACH, role=Role.JOB_COACH)
FOUNDED = ProgrammeFounded(occurred_on=TODAY, name="Werk en zorg Noord")
LESSONS = EducationStarted(
    occurred_on=TODAY, education=an_id("lessons"), kind=EducationKind.COURSE, title="rekenen"
)


def issue(issue: UUID) -> BlockingIssueRaised:
    return BlockingIssueRaised(occurred_on=TODAY, issue=issue, kind=IssueKind.HOUSING)


FIRST, SECOND = an_id("first"), an_id("second")

ALLOWED: dict[str, tuple[tuple[Event, ...], Command]] = {
    "closing on the day of the referral": (
        (REFERRED,),
        CloseTrajectory(
            reason=ClosingReason.MOVED, occurred_on=REFERRED.occurred_on, late_reason="nagekeken"
        ),
    ),
    "standing in for the whole of three months": (
        (REFERRED, RIA),
        ArrangeCover(person=an_id("Jan"), starts_on=TODAY, ends_on=TODAY + LONGEST),
    ),
    "a wage subsidy of one day": (
        (REFERRED,),
        NoteWageSubsidy(kind=next(iter(Subsidy)), starts_on=TODAY, ends_on=TODAY),
    ),
    "looking back on a choice on its day": (
        (REFERRED,),
        RecordDecision(**{**FOUR, "review_on": TODAY}),
    ),
    "looking back on the day of the plan": (
        (REFERRED,),
        AdoptPlan(text="zonder conferentie", evaluate_on=TODAY),
    ),
    "completing what began today": (
        (REFERRED, LESSONS),
        CompleteEducation(education=LESSONS.education),
    ),
    "born this year": ((), RegisterPerson(given_name="Mo", birth_year=TODAY.year)),
    "a job of one day": (
        (REFERRED, JOB),
        EndPlacement(
            placement=JOB.placement, occurred_on=JOB.starts_on, late_reason="later gehoord"
        ),
    ),
    "a trial of which no end was agreed, until its first day": (
        (REFERRED, TRIAL.model_copy(update={"ends_on": None})),
        ExtendTrialPlacement(placement=TRIAL.placement, ends_on=TRIAL.starts_on),
    ),
    "all hours on one thing": (
        (FOUNDED,),
        RecordWorkTimeSample(coach=COACH, until=TODAY, hours=8, employment=8, outside=8),
    ),
    "left in peace for the whole of three months": (
        (REFERRED,),
        LeaveInPeace(until=TODAY + LONGEST_PEACE),
    ),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_it_is_allowed_up_to_and_including(what: str):
    past, command = ALLOWED[what]
    assert given(*past).when(command).decide()


def test_everything_that_stands_in_the_way_may_be_put_in_order():
    asked = OrderIssues(order=(SECOND, FIRST))
    assert given(REFERRED, issue(FIRST), issue(SECOND)).when(asked).by(Role.CLIENT).decide()


def test_half_a_minute_is_the_whole_of_it():
    asked = given(REFERRED).when(UndoEntry(entry=an_id("entry"))).about(LESSONS)
    assert asked.facts.target is not None

    def after(age: timedelta) -> When:
        since = Since(age, looked=False, followed=False)
        target = replace(asked.facts.target, role=Role.JOB_COACH, since=since)
        return replace(asked, facts=asked.facts._replace(target=target))

    assert after(UNDO_WITHIN).decide()
    after(UNDO_WITHIN + timedelta.resolution).refused("halve minuut", at="entry")


@pytest.mark.parametrize("month", range(1, 13))
def test_a_quarter_is_looked_back_on_from_its_first_day(month: int):
    first = facts(today=date(2026, month, 1))
    begun = (month + 2) // 3
    for quarter in range(1, 5):
        review = given(FOUNDED).when(LogOutcomesReview(year=2026, quarter=quarter))
        asked = replace(review, facts=first)
        if quarter <= begun:
            assert asked.decide()
        else:
            asked.refused("nog beginnen", at="quarter")


def test_a_day_is_between_1900_and_2200():
    day = TypeAdapter(Day)
    for sensible in (date(1900, 1, 1), TODAY, date(2200, 12, 31)):
        assert day.validate_python(sensible) == sensible
    for other in (date(1899, 12, 31), date(2201, 1, 1)):
        with pytest.raises(ValidationError, match="error, should be between 1900 and 2200 "):
            day.validate_python(other)


def test_what_cannot_be_stored_is_refused_and_line_ends_are_kept():
    text = TypeAdapter(Story)
    assert text.validate_python("een\n\ttwee") == "een\n\ttwee"
    with pytest.raises(ValidationError, match="error, contains characters that cannot be stored "):
        text.validate_python("a\x00b")


def test_a_refusal_reads_as_its_english_sentence():
    refused = Refused("Dit kan niet.", "This cannot be.", "field")
    assert (str(refused), refused.text.nl, refused.field) == (
        refused.text.en,
        "Dit kan niet.",
        "field",
    )
    assert refused.text.en == "This cannot be."

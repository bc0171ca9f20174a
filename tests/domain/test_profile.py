"""What somebody can do and would like, and the steps they take that are no job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.events.base import Kind, field_kinds
from domain.events.course import ReEntered
from domain.events.profile import (
    MilestoneReached,
    Pace,
    PreferencesStated,
    VocationalProfileRecorded,
    VocationalProfileUpdated,
)
from domain.events.referral import Channel
from domain.events.search import NextJobSearchStarted
from domain.roles import Role
from domain.rules.profile import NoteMilestone, StatePreferences, WriteProfile
from domain.state import Stage, fold, stages
from domain.wording import word
from tests.domain.histories import CLOSED, JOB, LONG_AGO, REFERRED, YESTERDAY
from tests.spec import TODAY, an_id, given

WRITTEN = VocationalProfileRecorded(
    occurred_on=YESTERDAY, note=an_id("profile"), skills=("heftruck",), strengths="geduldig"
)
PREFERRED = PreferencesStated(
    occurred_on=YESTERDAY, note=an_id("preferences"), job_types=("kok",), pace=Pace.STEP_BY_STEP
)
BACK = ReEntered(occurred_on=TODAY, channel=Channel.SELF)


def test_a_profile_is_written_and_written_anew_after_a_job():
    asked = WriteProfile(skills=("heftruck", "rekenen", "heftruck"), circumstances="slaapt slecht")
    about = {"occurred_on": TODAY, "skills": ("heftruck", "rekenen")}
    about |= asked.said("skills")
    first = VocationalProfileRecorded(**about)
    given(REFERRED).when(asked).then(first)
    given(REFERRED).when(asked).by(Role.CLIENT).then(first)
    given(REFERRED, first).when(asked).nothing()
    after = asked.model_copy(update={"note": an_id("after"), "placement": JOB.placement})
    again = VocationalProfileUpdated(**about | {"note": after.note, "placement": JOB.placement})
    given(REFERRED, JOB, first).when(after).then(again)
    given(REFERRED, first).when(after).refused("Dit werk staat er niet", at="placement")


def test_a_profile_says_something():
    for one in ({"skills": ("rekenen",)}, {"experience": "kok"}, {"strengths": "geduldig"}):
        assert given(REFERRED).when(WriteProfile(**one)).decide()
    given(REFERRED).when(WriteProfile()).refused("ten minste één ding", at="skills")
    given(REFERRED, CLOSED).when(WriteProfile(strengths="geduldig")).refused("afgerond")
    for bad in ({"skills": ("",)}, {"skills": ("x",) * 31}, {"experience": "x" * 10_001}):
        with pytest.raises(ValidationError):
            WriteProfile(**bad)


def test_who_comes_back_finds_the_old_profile_and_is_not_asked_again():
    state = fold([REFERRED, WRITTEN, PREFERRED, CLOSED, BACK])
    assert state.profile == fold([REFERRED, WRITTEN, PREFERRED]).profile
    (event,) = (
        given(REFERRED, WRITTEN, CLOSED, BACK).when(WriteProfile(strengths="rustig")).decide()
    )
    assert isinstance(event, VocationalProfileUpdated)


def test_preferences_are_stated_anew_whole():
    asked = StatePreferences(
        job_types=("kok", "bakker"), hours_per_week=12, pace=Pace.SOON, no_go=("nachtwerk",)
    )
    event = PreferencesStated(occurred_on=TODAY, **asked.said())
    given(REFERRED, PREFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(StatePreferences()).refused("ten minste één ding", at="job_types")
    given().when(asked).refused("Noteer eerst de aanmelding")
    with pytest.raises(ValidationError):
        StatePreferences(hours_per_week=81)


def test_preferences_are_worded_with_what_was_said():
    fields = {"job_types": ["kok", "bakker"], "hours_per_week": 12, "pace": "soon", "no_go": []}
    said = word(PreferencesStated.TYPE, fields, "nl", {})
    assert said == "Voorkeuren: kok, bakker, 12 uur per week, zo snel mogelijk"


def test_what_tells_of_health_is_no_fact():
    for event in (VocationalProfileRecorded, VocationalProfileUpdated):
        facts = {name for name, kind in field_kinds(event).items() if kind is Kind.FACT}
        assert facts == {"occurred_on", "note", "skills", "placement"}


def test_a_step_that_is_no_job_is_told_in_own_words():
    asked = NoteMilestone(words="Vrijdag voelde weer als weekend.")
    event = MilestoneReached(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).nothing()
    given().when(asked).refused("Noteer eerst de aanmelding")
    with pytest.raises(ValidationError):
        NoteMilestone(words=" ")
    assert stages(fold([REFERRED, event]), TODAY) == (Stage.REFERRED,)


@pytest.mark.parametrize("event", [WRITTEN, PREFERRED])
def test_profiling_until_looking_for_work_or_at_work(event):
    assert stages(fold([REFERRED, event]), TODAY) == (Stage.PROFILING,)
    looking = NextJobSearchStarted(occurred_on=TODAY)
    assert stages(fold([REFERRED, event, looking]), TODAY) == (Stage.SEARCHING,)
    before = NextJobSearchStarted(occurred_on=LONG_AGO)
    assert stages(fold([REFERRED, before, event]), TODAY) == (Stage.PROFILING, Stage.SEARCHING)
    assert stages(fold([REFERRED, event, JOB]), TODAY) == (Stage.EMPLOYED,)


def test_the_last_day_of_profiling_counts_in_whatever_order_it_was_noted():
    early = WRITTEN.model_copy(update={"occurred_on": YESTERDAY - timedelta(days=9)})
    assert fold([REFERRED, WRITTEN, early, PREFERRED]).profile == (YESTERDAY, YESTERDAY)

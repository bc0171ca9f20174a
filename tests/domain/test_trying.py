"""A day along: to find out what somebody likes, wherever that is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.events.referral import WordsBy
from domain.events.trying import TryOutArranged, TryOutDone
from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.trying import ArrangeTryOut, LogTryOut
from domain.state import Outcome, Stage, fold, outcome, stages
from domain.wording import word
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, YESTERDAY
from tests.spec import TODAY, an_id, given

ARRANGED = TryOutArranged(
    occurred_on=TODAY,
    tryout=an_id("day along"),
    employer=COURIERS,
    title="bijrijder",
    planned_on=TOMORROW,
)
DONE = TryOutDone(
    occurred_on=TODAY,
    tryout=ARRANGED.tryout,
    employer=COURIERS,
    title="bijrijder",
    verdict="De hele dag buiten: dit is het.",
    words_by=WordsBy.CLIENT,
)


def test_a_day_along_is_arranged():
    asked = ArrangeTryOut(
        tryout=ARRANGED.tryout, employer=COURIERS, title="bijrijder", planned_on=TOMORROW
    )
    given(REFERRED).when(asked).then(ARRANGED)
    given(REFERRED).when(asked).by(Role.CLIENT).then(ARRANGED)
    given(REFERRED, ARRANGED).when(asked).nothing()
    over = asked.model_copy(update={"planned_on": YESTERDAY})
    given(REFERRED).when(over).refused("Noteer dat er is meegelopen", at="planned_on")
    given(REFERRED, CLOSED).when(asked).refused("afgerond")


def test_an_employer_need_not_be_known_here():
    asked = ArrangeTryOut(place="een vrachtwagen door Europa", planned_on=TODAY)
    event = TryOutArranged(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).then(event)
    given(REFERRED).when(ArrangeTryOut(planned_on=TODAY)).refused("Noem de werkgever", at="place")


def test_the_client_says_what_it_was_like():
    asked = LogTryOut(tryout=ARRANGED.tryout, verdict=DONE.verdict)
    given(REFERRED, ARRANGED).when(asked).by(Role.CLIENT).then(DONE)
    noted = DONE.model_copy(update={"words_by": WordsBy.NOTED})
    given(REFERRED, ARRANGED).when(asked).then(noted)
    given(REFERRED, ARRANGED, DONE).when(asked).nothing()
    by_another = asked.model_copy(update={"words_by": WordsBy.NOTED})
    given(REFERRED, ARRANGED).when(by_another).by(Role.CLIENT).then(noted)
    claimed = asked.model_copy(update={"words_by": WordsBy.CLIENT})
    for past in ((ARRANGED,), (ARRANGED, noted)):
        coach = given(REFERRED, *past).when(claimed)
        coach.refused("schrijft de cliënt niet zelf", at="words_by")
    elsewhere = LogTryOut(tryout=ARRANGED.tryout, place="de tuin ernaast", title="hovenier")
    (event,) = given(REFERRED, ARRANGED).when(elsewhere).decide()
    assert (event.employer, event.place, event.title) == (None, "de tuin ernaast", "hovenier")


def test_a_day_along_need_not_have_been_arranged():
    asked = LogTryOut(place="bij de buren in de kas")
    event = TryOutDone(occurred_on=TODAY, **asked.said("words_by"), words_by=WordsBy.NOTED)
    given(REFERRED).when(asked).then(event)
    at_work = LogTryOut(employer=COURIERS)
    told = TryOutDone(occurred_on=TODAY, **at_work.said("words_by"), words_by=WordsBy.NOTED)
    given(REFERRED).when(at_work).then(told)
    given(REFERRED).when(LogTryOut()).refused("Noem de werkgever", at="place")
    given().when(asked).refused("Noteer eerst de aanmelding")


@pytest.mark.parametrize("event", [ARRANGED, DONE])
def test_it_is_no_job_and_counts_as_none(event):
    state = fold([REFERRED, event])
    assert not state.employed(TODAY)
    assert state.work.placements == ()
    assert state.search.first_in_person_on is None
    assert outcome(state, TODAY) is Outcome.STILL_GUIDED


def test_nobody_is_tested():
    names = {name for command in (ArrangeTryOut, LogTryOut) for name in command.model_fields}
    assert names.isdisjoint({"result", "score", "fit", "passed", "assessment", "purpose"})
    assert {"arrange-try-out", "log-try-out"} <= {command.NAME for command in COMMANDS}


def test_trying_out_until_the_day_is_over():
    assert stages(fold([REFERRED, ARRANGED]), TODAY) == (Stage.TRYING_OUT,)
    assert stages(fold([REFERRED, ARRANGED]), TOMORROW) == (Stage.TRYING_OUT,)
    assert Stage.TRYING_OUT not in stages(fold([REFERRED, ARRANGED]), TOMORROW + timedelta(days=1))
    assert Stage.TRYING_OUT in stages(fold([REFERRED, ARRANGED, DONE]), TODAY)
    assert Stage.TRYING_OUT not in stages(fold([REFERRED, ARRANGED, DONE]), TOMORROW)
    assert stages(fold([REFERRED, JOB, ARRANGED]), TODAY) == (Stage.TRYING_OUT, Stage.EMPLOYED)


def test_it_is_worded_as_a_plan_and_as_what_was():
    fields = {"planned_on": "2026-03-11", "title": "bijrijder", "place": "een vrachtwagen"}
    said = word(TryOutArranged.TYPE, fields, "nl", {})
    assert said == "Meeloopdag afgesproken op 11 maart 2026, bijrijder, een vrachtwagen"
    assert word(TryOutDone.TYPE, {}, "en", {}) == "Went along for a day"

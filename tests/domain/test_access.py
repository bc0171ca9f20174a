"""That somebody looked may surprise the client, who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.events.access import AccessAnswered, AccessQuestioned
from domain.roles import Role
from domain.rules.access import AnswerAccessQuestion, QuestionAccess, through_eyes
from domain.rules.base import Refused
from domain.state import fold
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import CLIENT, TODAY, an_id, given


def test_the_client_asks_and_nobody_else_does():
    asked = QuestionAccess(day=date(2026, 3, 9), role=Role.AUDITOR, words="wie was dit?")
    event = AccessQuestioned(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).refused("Dit vraagt de cliënt zelf")
    given(REFERRED).when(asked).on_behalf_of(CLIENT).then(event)
    given().when(asked).by(Role.CLIENT).refused("Noteer eerst de aanmelding")
    later = asked.model_copy(update={"day": date(2026, 3, 11)})
    given(REFERRED).when(later).by(Role.CLIENT).refused("moet nog komen", at="day")


NOTE, CARE, TOWN = an_id("question"), an_id("care"), an_id("town")
ASKED = AccessQuestioned(occurred_on=TODAY, note=NOTE, day=date(2026, 3, 9))
ANSWER = AnswerAccessQuestion(question=NOTE, words="Een collega viel in.")
ANSWERED = AccessAnswered(
    occurred_on=TODAY, question=NOTE, day=ASKED.day, organisation=CARE, words=ANSWER.words
)


def answering(*past, asks=ANSWER, by=CARE):
    asked = given(*past).when(asks)
    return replace(asked, facts=asked.facts._replace(organisation=by))


def test_given_a_question_when_it_is_answered_then_it_is_known_of_which_day_and_by_whom():
    answering(REFERRED, ASKED).then(ANSWERED)


def test_given_no_such_question_then_nothing_is_answered():
    answering(REFERRED).refused("Deze vraag staat er niet", at="question")
    other = ANSWER.model_copy(update={"question": an_id("other")})
    answering(REFERRED, ASKED, asks=other).refused("Deze vraag staat er niet", at="question")


def test_given_nobody_to_answer_for_then_it_is_refused():
    given(REFERRED, ASKED).when(ANSWER).refused("Je antwoordt namens een organisatie")


def test_given_an_answer_then_the_same_adds_nothing_and_another_one_is_a_correction():
    answering(REFERRED, ASKED, ANSWERED).nothing()
    other = ANSWER.model_copy(update={"words": "Ik weet het niet."})
    answering(REFERRED, ASKED, ANSWERED, asks=other).refused("Dit is al genoteerd")


def test_given_an_answer_of_one_organisation_then_another_answers_for_itself():
    elsewhere = ANSWERED.model_copy(update={"organisation": TOWN})
    answering(REFERRED, ASKED, ANSWERED, by=TOWN).then(elsewhere)


def test_given_a_closed_file_then_a_question_is_still_answered():
    answering(REFERRED, ASKED, CLOSED).then(ANSWERED)


def test_what_is_asked_and_answered_changes_nothing_else_that_is_decided_on():
    before, after = fold([REFERRED]), fold([REFERRED, ASKED, ANSWERED])
    bare = after._replace(notes=(), protection=before.protection)
    assert bare == before._replace(notes=())
    (question,) = after.protection.questions
    assert (question.id, question.day) == (NOTE, ASKED.day)
    assert question.answer(CARE)
    assert question.answer(TOWN) is None


def test_nobody_is_looked_through_but_those_whom_somebody_may():
    ways = frozenset({Role.EMPLOYER, Role.CARE_WORKER})
    assert {through_eyes(each.value, ways) for each in ways} == ways
    for role in (Role.AUDITOR.value, "wizard", ""):
        with pytest.raises(Refused) as refused:
            through_eyes(role, ways)
        assert refused.value.text.to("nl") == "Kies uit: care_worker, employer."
        assert refused.value.field == "role"

"""Choices made on trust, looking back on them, and other views."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.events.referral import WordsBy
from domain.events.trust import (
    Agreement,
    ClientStatementAdded,
    DissentRecorded,
    Participant,
    ReviewOutcome,
    TookPart,
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from domain.rules.trust import (
    AddClientStatement,
    RecordDecision,
    RecordDissent,
    ReviewDecision,
    ReviseDecision,
    WayItCouldGo,
    WhoTookPart,
)
from domain.state import fold
from domain.state.trust import DecisionState
from tests.domain.histories import REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, TODAY, an_id, given

FOUR = {
    "question": "Eerst de schulden, of meteen zoeken?",
    "client_want": "Eerst rust in mijn hoofd",
    "choice": "Drie maanden eerst de schulden",
    "rationale": "Zo kan zij daarna echt beginnen",
    "review_on": TODAY + timedelta(days=90),
}
DECIDED = TrustDecisionRecorded(
    occurred_on=TODAY, decision=an_id("decision"), client_words_by=WordsBy.NOTED, **FOUR
)


def test_four_things_are_asked_and_no_more():
    asked = RecordDecision(decision=DECIDED.decision, **FOUR)
    given(REFERRED).when(asked).then(DECIDED)
    given(REFERRED, DECIDED).when(asked).nothing()


@pytest.mark.parametrize("field", sorted(FOUR))
def test_each_of_them_is_asked(field):
    with pytest.raises(ValidationError):
        RecordDecision(**{name: value for name, value in FOUR.items() if name != field})


def test_a_disagreement_blocks_nothing_and_stays():
    other = WhoTookPart(
        role=Role.CLIENT,
        took_part=TookPart.PRESENT,
        agreement=Agreement.DISAGREE,
        words="liever meteen",
    )
    (event,) = given(REFERRED).when(RecordDecision(**FOUR, participants=(other,))).decide()
    assert event.participants[0].agreement is Agreement.DISAGREE
    assert event.participants[0].words == "liever meteen"


def test_each_way_it_could_go_may_say_who_put_it_forward():
    way = WayItCouldGo(what="Eerst de schulden", by=Role.NETWORK_MEMBER)
    (event,) = given(REFERRED).when(RecordDecision(**FOUR, options=(way,))).decide()
    (option,) = event.options
    assert (option.what, option.by) == (way.what, Role.NETWORK_MEMBER)


def test_looking_back_comes_after_the_choice():
    asked = RecordDecision(**{**FOUR, "review_on": YESTERDAY})
    given(REFERRED).when(asked).refused("Kies een latere dag", at="review_on")


def test_a_choice_is_looked_back_on_when_it_is_time():
    def state(*events):
        return fold([REFERRED, DECIDED, *events]).trust.decisions[0].state(FOUR["review_on"])

    assert fold([REFERRED, DECIDED]).trust.decisions[0].state(TODAY) is DecisionState.RECORDED
    assert state() is DecisionState.DUE
    asked = ReviewDecision(decision=DECIDED.decision, outcome=ReviewOutcome.KEPT, learned="rust")
    event = TrustDecisionReviewed(occurred_on=TODAY, **asked.said())
    given(REFERRED, DECIDED).when(asked).then(event)
    given(REFERRED, DECIDED, event).when(asked).nothing()
    assert state(event) is DecisionState.REVIEWED


def test_whose_pen_it_was_follows_from_who_records_it():
    (own,) = given(REFERRED).when(RecordDecision(**FOUR)).by(Role.CLIENT).decide()
    assert own.client_words_by is WordsBy.CLIENT
    (noted,) = given(REFERRED).when(RecordDecision(**FOUR)).decide()
    assert noted.client_words_by is WordsBy.NOTED
    claimed = RecordDecision(**FOUR, client_words_by=WordsBy.CLIENT)
    for role in (Role.JOB_COACH, Role.CARE_WORKER, Role.LEGAL_REPRESENTATIVE):
        other = given(REFERRED).when(claimed).by(role)
        other.refused("schrijft de cliënt niet zelf", at="client_words_by")
    (told,) = given(REFERRED).when(claimed).on_behalf_of(CLIENT).decide()
    assert told.client_words_by is WordsBy.CLIENT
    read_out = RecordDecision(**FOUR, client_words_by=WordsBy.NOTED)
    (kept,) = given(REFERRED).when(read_out).by(Role.CLIENT).decide()
    assert kept.client_words_by is WordsBy.NOTED


def test_looking_back_needs_a_choice_and_a_day_to_come():
    asked = ReviewDecision(decision=DECIDED.decision, outcome=ReviewOutcome.ENDED)
    given(REFERRED).when(asked).refused("Leg de keuze eerst vast", at="decision")
    over = asked.model_copy(update={"review_on": YESTERDAY})
    given(REFERRED, DECIDED).when(over).refused("al voorbij", at="review_on")


def test_a_choice_is_revised_by_another():
    asked = ReviseDecision(decision=an_id("newer"), revises=DECIDED.decision, **FOUR)
    event = TrustDecisionRevised(
        occurred_on=TODAY,
        decision=an_id("newer"),
        revises=DECIDED.decision,
        client_words_by=WordsBy.NOTED,
        **FOUR,
    )
    given(REFERRED, DECIDED).when(asked).then(event)
    given(REFERRED, DECIDED, event).when(asked).nothing()
    another = asked.model_copy(update={"decision": an_id("newest")})
    given(REFERRED, DECIDED, event).when(another).refused("Herzie de nieuwste", at="revises")
    given(REFERRED).when(asked).refused("Leg de keuze eerst vast", at="revises")


def test_another_view_stays_beside_the_choice():
    asked = RecordDissent(decision=DECIDED.decision, text="Ik had liever gewacht")
    event = DissentRecorded(occurred_on=TODAY, by=Role.CARE_WORKER, **asked.said("by"))
    given(REFERRED, DECIDED).when(asked).by(Role.CARE_WORKER).then(event)
    given(REFERRED, DECIDED, event).when(asked).by(Role.CARE_WORKER).nothing()
    given(REFERRED).when(asked).refused("Leg de keuze eerst vast", at="decision")


def test_a_view_noted_for_somebody_stays_theirs():
    asked = RecordDissent(decision=DECIDED.decision, text="liever niet", by=Role.CLIENT)
    event = DissentRecorded(occurred_on=TODAY, **asked.said())
    at = given(REFERRED, DECIDED).when(asked)
    at.then(event)
    at.by(Role.CLIENT).then(event)
    plain = RecordDissent(decision=DECIDED.decision, text="liever niet", note=asked.note)
    given(REFERRED, DECIDED).when(plain).on_behalf_of(CLIENT).then(event)
    (theirs,) = given(REFERRED, DECIDED).when(plain).by(Role.LEGAL_REPRESENTATIVE).decide()
    assert theirs.by is Role.LEGAL_REPRESENTATIVE, "who speaks for the client is not the client"
    for role in (Role.TEAM_LEAD, Role.LEGAL_REPRESENTATIVE):
        other = RecordDissent(decision=DECIDED.decision, text="nee", by=Role.JOB_COACH)
        given(REFERRED, DECIDED).when(other).by(role).refused("zegt dat zelf", at="by")
    auditor = RecordDissent(decision=DECIDED.decision, text="nee", by=Role.AUDITOR)
    given(REFERRED, DECIDED).when(auditor).refused("die over keuzes meepraat", at="by")


def test_a_choice_somebody_took_no_part_in_is_not_there_for_them():
    nephew = an_id("nephew")
    asked = RecordDissent(decision=DECIDED.decision, text="nee")
    part = {"role": Role.NETWORK_MEMBER, "person": nephew}
    for took_part in (TookPart.PRESENT, TookPart.CONSULTED):
        there = (Participant(**part, took_part=took_part),)
        made = DECIDED.model_copy(update={"participants": there})
        assert given(REFERRED, made).when(asked).by(Role.NETWORK_MEMBER, nephew).decide()
    away = (Participant(**part, took_part=TookPart.NOT_ASKED),)
    for participants in (away, ()):
        made = DECIDED.model_copy(update={"participants": participants})
        for role in (Role.NETWORK_MEMBER, Role.CLIENT_MANAGER):
            other = given(REFERRED, made).when(asked).by(role, nephew)
            other.refused("Deze keuze staat er niet", at="decision")


def test_the_client_may_put_a_statement_anywhere():
    whole = AddClientStatement(text="Zo zie ik het")
    event = ClientStatementAdded(occurred_on=TODAY, **whole.said())
    given(REFERRED).when(whole).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(whole).by(Role.CLIENT).nothing()
    beside = AddClientStatement(text="Zo zie ik het", about=an_id("entry"))
    assert given(REFERRED).when(beside).by(Role.CLIENT).about(DECIDED).decide()
    given(REFERRED).when(beside).by(Role.CLIENT).refused("Kies er een", at="about")


def test_what_is_late_is_late_for_the_team_only():
    asked = RecordDecision(**{**FOUR, "review_on": TOMORROW})
    assert given(REFERRED).when(asked).decide()


@pytest.mark.parametrize("kind", [RecordDecision, ReviseDecision])
def test_what_it_rests_on_and_covers_is_asked_for_under_its_own_field(kind):
    more = {"revises": DECIDED.decision} if kind is ReviseDecision else {}
    told, done = (an_id("told"),), (an_id("done"),)
    asked = kind(decision=an_id("next"), based_on=told, covers=done, **FOUR, **more)
    assert asked.rests_on() == {"based_on": told, "covers": done}
    assert RecordDissent(decision=DECIDED.decision, text="liever niet").rests_on() == {}

"""What smells of control is met with a question, in the language of the writer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.events.base import Event
from domain.events.placement import Contract, TrialPlacementStarted
from domain.events.referral import WordsBy
from domain.events.search import Mode
from domain.events.setback import SetbackSignalled, SignalledBy
from domain.events.support import (
    ContactRhythmAgreed,
    OutreachAttempted,
    RhythmChoice,
    SupportContact,
    Towards,
    WithWhom,
)
from domain.events.trust import Participant, TookPart, TrustDecisionRecorded
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.placement import ExtendTrialPlacement, LogPlacement
from domain.rules.support import AgreeRhythm, LogContact
from domain.rules.trust import RecordDecision, ReviseDecision, WhoTookPart
from domain.smells import smells, smells_in, smells_of
from domain.state.work import PlacementKind
from tests.domain.histories import JOB, REFERRED
from tests.spec import TODAY, an_id, given

LATE = "herkent de cliënt het nog zo?"


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("Cliënt heeft niet  meegewerkt.", "“niet meegewerkt”", "What did the client want"),
        ("AFSPRAAK NIET NAGEKOMEN", "Wie beloofde wat", "Who promised what"),
        ("de afspraak is niet nagekomen", "“afspraak is niet nagekomen”", "Who promised what"),
        ("Hij kwam zijn afspraken niet na.", "“kwam zijn afspraken niet na”", "Who promised"),
        ("zij komt de gemaakte afspraken niet na", "Wie beloofde wat", "Who promised what"),
        ("de afspraken zijn weer niet nagekomen", "Wie beloofde wat", "Who promised what"),
        ("He was a no-show again", "Wie beloofde wat", "Who promised what"),
        ("Lijkt ongemotiveerd", "Wat zou de cliënt wel willen", "What would the client like"),
        ("er dreigt een sanctiebesluit", "“sanctiebesluit”", "not for punishment"),
        ("she is not ready for work", "mag beginnen", "may begin"),
    ],
)
def test_a_smell_is_met_with_a_question(text, nl, en):
    (found,) = smells(text)
    assert nl in found.nl
    assert en in found.en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Noor wil eerst haar schulden op orde; wij zoeken over drie maanden.",
        "Wij kwamen onze afspraak niet na om te bellen.",
        "We zagen elkaar niet; ik bel morgen.",
        "Een afspraak over het loon. Die is nog niet nagekomen door de werkgever.",
        "{found} {0}",
    ],
)
def test_plain_words_are_left_alone(text):
    assert smells(text) == []


def test_each_kind_is_asked_about_once():
    assert len(smells("niet meegewerkt, werkt niet mee, niet verschenen")) == 2


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def talk(days: int, with_whom: WithWhom = WithWhom.CLIENT) -> SupportContact:
    return SupportContact(
        occurred_on=ago(days), note=an_id(f"talk {days}"), mode=Mode.PHONE, with_whom=with_whom
    )


def miss(days: int, towards: Towards = Towards.CLIENT) -> OutreachAttempted:
    return OutreachAttempted(
        occurred_on=ago(days), note=an_id(f"miss {days}"), towards=towards, mode=Mode.PHONE
    )


def asked(command: Command, *history: Event, role: Role = Role.JOB_COACH) -> str:
    """Give what the writer hears of it, in Dutch."""
    return " ".join(each.nl for each in smells_of(command, [REFERRED, *history], role, TODAY))


CALL = LogContact(mode=Mode.PHONE)
WEEKLY = AgreeRhythm(per_month=4)
WEEKLY_LATE = WEEKLY.model_copy(update={"occurred_on": ago(40)})


def test_what_happened_long_ago_is_asked_about_whatever_it_is():
    def on(day: date) -> LogContact:
        return CALL.model_copy(update={"occurred_on": day, "late_reason": "vergeten"})

    assert LATE in asked(on(ago(31)))
    assert LATE in asked(WEEKLY.model_copy(update={"occurred_on": ago(31)}))
    assert asked(on(ago(30))) == asked(CALL) == ""
    assert asked(on(ago(31)), role=Role.CLIENT) == ""
    (late, more) = smells_of(WEEKLY_LATE, [REFERRED, talk(60), miss(45)], Role.JOB_COACH, TODAY)
    assert LATE in late.nl
    assert "geen gehoor" in more.nl


def test_more_contact_after_a_miss_than_before_it_is_asked_about():
    often = [talk(40), talk(25), miss(9), miss(6), talk(3)]
    assert "geen gehoor" in asked(CALL, *often)
    assert "geen gehoor" in asked(CALL.model_copy(update={"worked_out": False}), *often)
    assert asked(CALL, *often, role=Role.CLIENT) == ""
    family = CALL.model_copy(update={"with_whom": WithWhom.FAMILY})
    assert asked(family, *often) == ""
    earlier = CALL.model_copy(update={"occurred_on": ago(10)})
    assert asked(earlier, *often) == "", "that day nobody had been missed yet"


@pytest.mark.parametrize(
    "history",
    [
        [talk(9), talk(6), talk(3)],
        [miss(9), miss(6)],
        [talk(30), talk(24), talk(18), miss(9), miss(6), talk(3)],
        [talk(39), talk(24), talk(18), miss(9), miss(6), talk(3)],
        [miss(9, Towards.FAMILY), miss(6, Towards.FAMILY), talk(3)],
        [miss(9), talk(6, WithWhom.EMPLOYER), talk(3)],
        [miss(31), talk(6), talk(3)],
    ],
)
def test_two_more_attempts_and_as_much_as_before_are_no_smell(history):
    assert asked(CALL, *history) == ""


def test_what_was_before_counts_for_thirty_days():
    since = [miss(9), miss(6), talk(3)]
    assert asked(CALL, talk(39), talk(38), talk(37), *since) == ""
    assert asked(CALL, talk(40), talk(38), talk(37), *since)


def test_more_contact_that_was_promised_or_asked_for_is_no_smell():
    often = [miss(9), miss(6), talk(3)]
    agreed = ContactRhythmAgreed(occurred_on=ago(50), per_month=3, choice=RhythmChoice.TOGETHER)
    signal = SetbackSignalled(occurred_on=ago(4), setback=an_id("s"), by=SignalledBy.CLIENT)
    job = JOB.model_copy(update={"occurred_on": ago(20)})
    for reason in (agreed, signal, job):
        assert asked(CALL, reason, *often) == ""
    assert asked(CALL, JOB, *often), "a job of last year asks for nothing more"


def test_a_faster_rhythm_right_after_a_miss_is_asked_about():
    assert "geen gehoor" in asked(WEEKLY, miss(2))
    assert asked(WEEKLY) == ""
    assert asked(WEEKLY, miss(31)) == ""
    assert asked(AgreeRhythm(per_month=2), miss(2)) == ""
    assert asked(AgreeRhythm(per_month=4, choice=RhythmChoice.CLIENT), miss(2)) == ""
    assert asked(WEEKLY, miss(2), role=Role.CLIENT) == ""


SAID = {"question": "?", "client_want": "rust", "choice": "wachten", "rationale": "zo wil zij"}


def chose(name: str, *part: Participant, **more: object) -> TrustDecisionRecorded:
    body = {"client_words_by": WordsBy.NOTED, "review_on": TODAY, "participants": part, **more}
    return TrustDecisionRecorded(occurred_on=ago(5), decision=an_id(name), **SAID, **body)


def choosing(*part: WhoTookPart, **more: object) -> RecordDecision:
    return RecordDecision(**SAID, review_on=TODAY, participants=part, **more)


def test_a_second_choice_without_the_client_is_asked_about():
    away = WhoTookPart(role=Role.CLIENT, took_part=TookPart.NOT_ASKED, words="ziek")
    there = WhoTookPart(role=Role.CLIENT, took_part=TookPart.CONSULTED)
    coach = WhoTookPart(role=Role.JOB_COACH, took_part=TookPart.PRESENT)
    before = chose("before")
    claimed = choosing(client_words_by=WordsBy.CLIENT)
    for command in (choosing(), choosing(away), choosing(coach), claimed):
        assert "vorige keuze" in asked(command, before)
        assert asked(command) == ""
        assert asked(command, before, role=Role.CLIENT) == ""
    assert asked(choosing(there), before) == ""
    same = choosing(decision=before.decision)
    assert asked(same, before) == "", "sent again it is the same choice"


def test_a_round_with_the_client_in_between_begins_anew():
    here = Participant(role=Role.CLIENT, took_part=TookPart.PRESENT)
    assert asked(choosing(), chose("first"), chose("second", here)) == ""
    assert asked(choosing(), chose("first"), chose("s", client_words_by=WordsBy.CLIENT)) == ""
    assert asked(choosing(), chose("first", here), chose("second"))


def test_a_choice_made_anew_is_held_beside_the_one_it_revises():
    here = Participant(role=Role.CLIENT, took_part=TookPart.PRESENT)
    history = chose("without"), chose("with", here)

    def revising(name: str) -> ReviseDecision:
        return ReviseDecision(**SAID, review_on=TODAY, revises=an_id(name))

    assert "vorige keuze" in asked(revising("without"), *history)
    assert asked(revising("with"), *history) == ""
    assert asked(revising("not there"), *history) == ""


def trial(starts_on: date, ends_on: date | None, kind: PlacementKind = PlacementKind.TRIAL):
    paid = {"contract": Contract.FIXED} if kind is PlacementKind.JOB else {}
    return LogPlacement(
        **{"kind": kind, "employer": an_id("bakery"), "title": "bakker", **paid},
        starts_on=starts_on,
        ends_on=ends_on,
    )


def test_a_trial_placement_of_more_than_half_a_year_is_asked_about_and_goes_ahead():
    begin, half, more = date(2026, 3, 2), date(2026, 9, 1), date(2026, 9, 2)
    assert asked(trial(begin, half)) == asked(trial(begin, None)) == ""
    assert "langer dan zes maanden" in asked(trial(begin, more))
    assert asked(trial(begin, more, PlacementKind.JOB)) == ""
    started = TrialPlacementStarted(
        occurred_on=begin,
        placement=an_id("trial"),
        employer=an_id("bakery"),
        title="bakker",
        starts_on=begin,
        ends_on=half,
    )
    longer = ExtendTrialPlacement(placement=started.placement, ends_on=more)
    assert "langer dan zes maanden" in asked(longer, started)
    assert asked(longer) == ""
    assert given(REFERRED, started).when(longer).decide(), "a question is no refusal"


def test_of_several_texts_each_question_is_asked_once_and_nothing_of_the_client():
    texts = ["Zij werkt niet mee.", "Rustig aan.", "Hij werkt niet mee."]
    assert len(smells_in(texts, Role.JOB_COACH)) == 1
    assert smells_in(["Rustig aan."], Role.JOB_COACH) == []
    assert smells_in(texts, Role.CLIENT) == []

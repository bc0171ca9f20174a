"""What a machine checks for an auditor, each check with the entries that prove it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.checked import BY_FORM, CheckName, Entered
from domain.checks import checks
from domain.events.base import Category
from domain.events.referral import WordsBy
from domain.events.trust import (
    Agreement,
    DissentRecorded,
    Option,
    Participant,
    ReviewOutcome,
    TookPart,
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from tests.domain.checking import found, holds, one, talk
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import TODAY, an_id

CHOSE_ON = date(2026, 1, 5)


def choice(**more: object) -> TrustDecisionRecorded:
    said = {"question": "?", "client_want": "rust", "choice": "wachten", "rationale": "zo wil zij"}
    body = {"client_words_by": WordsBy.NOTED, "review_on": date(2026, 2, 2), **said, **more}
    return TrustDecisionRecorded(occurred_on=CHOSE_ON, decision=an_id("choice"), **body)


def reviewed(day: date, again: date | None = None) -> TrustDecisionReviewed:
    return TrustDecisionReviewed(
        occurred_on=day, decision=an_id("choice"), outcome=ReviewOutcome.KEPT, review_on=again
    )


def who(role: Role, **said: object) -> Participant:
    return Participant(role=role, **{"took_part": TookPart.PRESENT, **said})


def test_a_bare_choice_shows_what_is_not_there():
    bare = {each.name: each.holds for each in found(choice(), today=CHOSE_ON)}
    assert bare == {
        CheckName.CLIENT_WORDS: True,
        CheckName.OPTIONS: False,
        CheckName.CLIENT_PART: False,
        CheckName.AGREEMENT: False,
        CheckName.CLIENT_AGREES: None,
        CheckName.DISSENT_WORDS: None,
        CheckName.BASED_ON: None,
        CheckName.CHOSEN_FIRST: None,
        CheckName.REVIEW_SET: True,
        CheckName.REVIEW_HELD: None,
        CheckName.REVIEW_IN_TIME: None,
    }
    assert {each.category for each in found(choice())} == {Category.TRUST}


def test_doing_nothing_is_one_of_two_ways():
    two = (Option(what="wachten"), Option(what="niets doen"))
    assert holds(CheckName.OPTIONS, choice(options=two)) is True
    assert holds(CheckName.OPTIONS, choice(options=two[:1])) is False


def test_the_client_took_part_or_it_says_why_not():
    away = who(Role.CLIENT, took_part=TookPart.NOT_ASKED)
    for part in (who(Role.CLIENT), away.model_copy(update={"words": "wilde er niet bij zijn"})):
        assert holds(CheckName.CLIENT_PART, choice(participants=(part,))) is True
    assert holds(CheckName.CLIENT_PART, choice(participants=(away,))) is False


@pytest.mark.parametrize("by", Role)
@pytest.mark.parametrize("words_by", WordsBy)
def test_words_of_their_own_show_a_part_only_where_the_client_wrote_them_down(by, words_by):
    entry = Entered(an_id("0"), choice(client_words_by=words_by), CHOSE_ON, by=by)
    (found,) = (e for e in checks([entry], CHOSE_ON) if e.name is CheckName.CLIENT_PART)
    assert found.holds is (by is Role.CLIENT and words_by is WordsBy.CLIENT)


def test_what_the_form_asks_for_holds_of_the_barest_entry():
    bare = found(REFERRED, choice(), CLOSED, today=CHOSE_ON)
    assert {each.name for each in bare if each.holds} == BY_FORM


def test_where_each_participant_stands():
    agrees = who(Role.CLIENT, agreement=Agreement.AGREE)
    silent = who(Role.CARE_WORKER)
    elsewhere = who(Role.CLIENT_MANAGER, took_part=TookPart.NOT_ASKED)
    assert holds(CheckName.AGREEMENT, choice(participants=(agrees, elsewhere))) is True
    assert holds(CheckName.AGREEMENT, choice(participants=(agrees, silent))) is False


def test_who_disagrees_does_so_in_words_there_or_beside_it():
    against = who(Role.CARE_WORKER, agreement=Agreement.DISAGREE)
    made = choice(participants=(against,))
    view = DissentRecorded(
        occurred_on=CHOSE_ON,
        note=an_id("view"),
        decision=made.decision,
        by=Role.CARE_WORKER,
        text="liever meteen",
    )
    assert holds(CheckName.DISSENT_WORDS, made) is False
    assert one(CheckName.DISSENT_WORDS, made, view) == (True, {an_id("0"), an_id("1")})
    spoken = against.model_copy(update={"words": "liever meteen"})
    assert holds(CheckName.DISSENT_WORDS, choice(participants=(spoken,))) is True


def test_where_the_client_disagrees_is_for_the_auditor_to_look_at_first():
    agrees = who(Role.CLIENT, agreement=Agreement.RESERVATION)
    against = who(Role.CLIENT, agreement=Agreement.DISAGREE, words="liever meteen")
    other = who(Role.CARE_WORKER, agreement=Agreement.DISAGREE)
    assert holds(CheckName.CLIENT_AGREES, choice(participants=(other,))) is None
    assert holds(CheckName.CLIENT_AGREES, choice(participants=(agrees, other))) is True
    assert one(CheckName.CLIENT_AGREES, choice(participants=(against,))) == (False, {an_id("0")})
    made = choice(participants=(agrees,))
    given = {"occurred_on": CHOSE_ON, "decision": made.decision, "text": "toch niet"}
    view = DissentRecorded(**given, note=an_id("view"), by=Role.CLIENT)
    assert one(CheckName.CLIENT_AGREES, made, view) == (False, {an_id("0"), an_id("1")})
    theirs = view.model_copy(update={"by": Role.CARE_WORKER})
    assert holds(CheckName.CLIENT_AGREES, made, theirs) is True


def test_a_choice_rests_on_what_was_there_already():
    assert one(CheckName.BASED_ON, REFERRED, choice(based_on=(an_id("0"),))) == (
        True,
        {an_id("0"), an_id("1")},
    )
    later = choice(based_on=(an_id("1"),))
    assert holds(CheckName.BASED_ON, later, REFERRED) is False


def test_a_choice_comes_before_what_was_done_on_it():
    done = talk(CHOSE_ON)
    late = talk(CHOSE_ON - timedelta(days=1))
    made = choice(covers=(an_id("0"),))
    assert one(CheckName.CHOSEN_FIRST, done, made) == (True, {an_id("0"), an_id("1")})
    assert one(CheckName.CHOSEN_FIRST, late, made) == (False, {an_id("0"), an_id("1")})
    both = choice(covers=(an_id("0"), an_id("1")))
    assert holds(CheckName.CHOSEN_FIRST, done, late, both) is False
    nowhere = choice(covers=(an_id("not there"),))
    assert one(CheckName.CHOSEN_FIRST, late, nowhere) == (None, {an_id("1")})
    assert holds(CheckName.CHOSEN_FIRST, late, choice(based_on=(an_id("0"),))) is None


def test_each_closing_is_named_with_its_entry():
    (check,) = (e for e in found(REFERRED, CLOSED) if e.name is CheckName.CLOSED_AS_LISTED)
    assert (check.holds, check.entries) == (True, (an_id("1"),))
    assert check.category is Category.REFERRAL
    assert CheckName.CLOSED_AS_LISTED not in {each.name for each in found(REFERRED)}
    odd = CLOSED.model_copy(update={"reason": "time_is_up"})
    assert holds(CheckName.CLOSED_AS_LISTED, REFERRED, odd) is False


def test_looking_back_is_due_after_its_day_and_may_take_thirty_more():
    planned = choice().review_on
    for days, held, in_time in ((0, None, None), (1, False, None), (30, False, None)):
        day = planned + timedelta(days=days)
        assert holds(CheckName.REVIEW_HELD, choice(), today=day) is held
        assert holds(CheckName.REVIEW_IN_TIME, choice(), today=day) is in_time
    assert holds(CheckName.REVIEW_IN_TIME, choice(), today=planned + timedelta(days=31)) is False
    for days, in_time in ((-20, True), (30, True), (31, False)):
        back = reviewed(planned + timedelta(days=days))
        assert holds(CheckName.REVIEW_HELD, choice(), back) is True
        assert holds(CheckName.REVIEW_IN_TIME, choice(), back) is in_time


def test_each_next_moment_counts_and_choosing_anew_is_looking_back():
    again = reviewed(choice().review_on, TODAY - timedelta(days=3))
    assert holds(CheckName.REVIEW_HELD, choice(), again) is False
    assert holds(CheckName.REVIEW_HELD, choice(), again, reviewed(TODAY)) is True
    anew = TrustDecisionRevised(
        **{
            **dict(choice()),
            "occurred_on": TODAY,
            "decision": an_id("anew"),
            "revises": an_id("choice"),
            "review_on": TODAY,
        }
    )
    held = [each.holds for each in found(choice(), anew) if each.name is CheckName.REVIEW_HELD]
    assert held == [True, None]


def test_that_something_was_noted_late_is_checked_by_nobody():
    late = found(REFERRED, choice(), recorded={1: CHOSE_ON + timedelta(days=31)})
    assert late == found(REFERRED, choice())


def test_nothing_is_checked_of_an_empty_file():
    assert found() == []

"""When the next contact is due: the team's promises, and why, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.events.course import DoorLeftOpen, Paused, ReEntered, TrajectoryClosed, Wish
from domain.events.placement import EndReason, JobEnded, JobEndLearned
from domain.events.referral import Channel, Referred
from domain.events.search import Mode
from domain.events.setback import SetbackAnswered, SetbackSignalled, SignalledBy
from domain.events.support import (
    ContactRhythmAgreed,
    ContactWelcomeAgain,
    LeftInPeace,
    OutreachAttempted,
    RhythmChoice,
    SupportContact,
    Towards,
    WithWhom,
)
from domain.events.trust import (
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.rhythm import (
    Due,
    answer_due,
    in_peace,
    next_contact,
    next_employer_contact,
    next_review,
    quiet,
    reviews,
    silence_days,
    talks_in,
)
from domain.state import fold
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TODAY
from tests.spec import CLIENT, an_id


def on(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


def talk(day: date, with_whom=WithWhom.CLIENT, employer=None) -> SupportContact:
    return SupportContact(
        occurred_on=day,
        note=an_id(str(day)),
        mode=Mode.WALK,
        with_whom=with_whom,
        employer=employer,
    )


def attempt(day: date, towards=Towards.CLIENT, employer=None) -> OutreachAttempted:
    return OutreachAttempted(
        occurred_on=day, note=an_id(str(day)), towards=towards, mode=Mode.PHONE, employer=employer
    )


def agreed(per_month: int, choice: RhythmChoice = RhythmChoice.CLIENT) -> ContactRhythmAgreed:
    return ContactRhythmAgreed(occurred_on=on("01-01"), per_month=per_month, choice=choice)


def due(*events, today: date = TODAY) -> Due:
    found = next_contact(fold([REFERRED, *events]), today)
    assert found is not None
    return found


SIGNAL = SetbackSignalled(occurred_on=on("03-06"), setback=an_id("setback"), by=SignalledBy.CLIENT)


@pytest.mark.parametrize(
    ("talks", "expected"),
    [
        (["03-02"], "03-31"),  # one of two: the second by the end of the month
        (["03-02", "03-05"], "04-15"),  # both: the first of the next month halfway
        (["02-03"], "02-28"),  # the second of February was owed: late
        (["02-03", "02-20"], "03-15"),
    ],
)
def test_two_talks_a_month_spread_over_it(talks, expected):
    found = due(*(talk(on(day)) for day in talks))
    assert found.on == on(expected)
    assert found.why == ("Wij beloofden twee gesprekken per maand", "We promised two talks a month")


def test_who_just_came_in_is_spoken_to_within_half_a_month():
    came_in = Referred(occurred_on=on("03-08"), client=CLIENT, channel=Channel.SELF)
    found = next_contact(fold([came_in]), TODAY)
    assert found is not None
    assert found.on == on("03-23")


def test_an_agreed_rhythm_takes_the_place_of_the_default():
    found = due(agreed(1), talk(on("03-02")))
    assert found.on == on("04-30")
    assert found.why.nl == "Wij spraken één gesprek per maand af (eigen keuze)"


def test_an_unanswered_signal_goes_first_even_when_left_in_peace():
    peace = LeftInPeace(occurred_on=TODAY, until=on("06-01"))
    found = due(SIGNAL, peace, talk(on("03-02")))
    assert found.on == on("03-09")
    assert "einde van de volgende werkdag" in found.why.nl
    answered = SetbackAnswered(occurred_on=TODAY, note=an_id("a"), setback=SIGNAL.setback)
    assert next_contact(fold([REFERRED, SIGNAL, peace, answered]), TODAY) is None


@pytest.mark.parametrize(
    ("signalled", "expected"),
    [("03-05", "03-06"), ("03-06", "03-09"), ("03-07", "03-09"), ("04-03", "04-07")],
)
def test_an_answer_is_promised_for_the_next_working_day(signalled, expected):
    easter_monday = {on("04-06")}
    assert answer_due(on(signalled), easter_monday) == on(expected)


def test_left_in_peace_means_nothing_is_due_until_then():
    peace = LeftInPeace(occurred_on=TODAY, until=on("03-20"))
    state = fold([REFERRED, JOB, talk(on("01-02")), peace])
    assert next_contact(state, on("03-19")) is None
    assert next_employer_contact(state, on("03-19")) is None
    assert not quiet(state, on("03-19"))
    assert next_contact(state, on("03-20")) is not None


def test_what_is_still_in_another_file_is_still_here_as_long_as_the_longest():
    state = fold([REFERRED, JOB, talk(on("01-02"))])
    still = in_peace(state, [on("03-20"), None, on("03-15")])
    assert next_contact(still, on("03-19")) is None
    assert next_employer_contact(still, on("03-19")) is None
    assert not quiet(still, on("03-19"))
    assert next_contact(still, on("03-20")) == next_contact(state, on("03-20"))
    assert in_peace(state, [None]) == state
    asked = fold([REFERRED, LeftInPeace(occurred_on=TODAY, until=on("03-25"))])
    assert in_peace(asked, [on("03-20")]) == asked


def test_nothing_is_due_before_a_referral_or_after_a_closing():
    assert next_contact(fold([]), TODAY) is None
    assert next_contact(fold([REFERRED, CLOSED]), TODAY) is None
    assert next_employer_contact(fold([REFERRED, JOB, CLOSED]), TODAY) is None
    assert silence_days(fold([]), TODAY) is None


def test_after_a_failed_attempt_at_most_two_more_and_then_a_question_to_the_team():
    once = due(talk(on("02-03")), attempt(on("03-02")))
    assert (once.on, once.question) == (on("03-05"), False)
    assert once.why.nl.endswith("Geen gehoor: nog hoogstens twee keer proberen")
    thrice = due(talk(on("02-03")), *(attempt(on(day)) for day in ("03-02", "03-05", "03-09")))
    assert thrice.question
    assert thrice.why.nl == (
        "Wij beloofden twee gesprekken per maand. Na drie pogingen is dit een vraag aan het team"
    )


def test_who_paused_without_a_talk_is_not_tried_again():
    pause = Paused(occurred_on=on("03-01"), wish=Wish.CLIENT, per_month=0)
    missed = attempt(on("03-02"))
    for history in ([pause, missed], [missed, pause]):
        assert next_contact(fold([REFERRED, talk(on("02-03")), *history]), TODAY) is None


def test_a_failed_attempt_asks_no_more_than_the_agreed_rhythm():
    held = talk(on("03-03"))
    once = due(agreed(1), held, attempt(on("03-06")))
    assert once.on == on("04-30") == due(agreed(1), held).on
    assert once.why.nl.startswith("Wij spraken één gesprek per maand af (eigen keuze). Geen gehoor")
    assert due(agreed(1), held, attempt(on("04-30"))).on == on("05-03")
    weekly = due(job(on("03-02")), talk(on("03-03")), attempt(on("03-10")))
    assert weekly.on == on("03-15"), "in the week that was tried, and not in the one after"
    later = due(job(on("03-02")), talk(on("03-03")), attempt(on("03-10")), today=on("03-20"))
    assert later.on == weekly.on, "what was tried stays due"


@pytest.mark.parametrize(
    "otherwise",
    [
        ContactRhythmAgreed(occurred_on=on("03-07"), per_month=1, choice=RhythmChoice.CLIENT),
        Paused(occurred_on=on("03-07"), wish=Wish.CLIENT, per_month=1),
    ],
)
def test_what_was_agreed_since_takes_the_place_of_trying(otherwise):
    tried = [talk(on("02-03")), *(attempt(on(day)) for day in ("03-01", "03-04", "03-07"))]
    assert due(*tried).question
    found = due(*tried, otherwise)
    assert not found.question
    assert "Geen gehoor" not in found.why.nl
    noted_late = otherwise.model_copy(update={"occurred_on": on("03-06")})
    assert fold([REFERRED, *tried, noted_late]).support.attempts == 3


def test_the_door_stays_open_with_one_offer_a_quarter():
    opened = DoorLeftOpen(occurred_on=on("01-31"))
    assert due(opened).on == on("04-30")
    assert due(opened, attempt(on("03-01"))).on == on("06-01")


def test_a_pause_has_a_rhythm_of_its_own():
    def paused(per_month):
        return Paused(occurred_on=on("03-01"), wish=Wish.CLIENT, per_month=per_month)

    assert next_contact(fold([REFERRED, talk(on("03-02")), paused(0)]), TODAY) is None
    assert due(talk(on("03-02")), paused(None)).on == on("04-30")
    assert due(talk(on("03-02")), paused(2)).on == on("03-31")


def job(starts_on: date):
    return JOB.model_copy(update={"occurred_on": starts_on, "starts_on": starts_on})


def test_around_the_start_of_a_job():
    talked = (talk(on("03-01")), talk(on("03-02")))
    before = due(*talked, job(on("03-16")))
    assert (before.on, before.why.nl) == (
        on("03-15"),
        "Begint binnenkort met werken: in de week ervoor contact",
    )
    first = due(*talked, job(on("03-09")))
    assert (first.on, first.why) == (on("03-12"), ("Eerste werkweek", "First week at work"))
    assert first.placement == JOB.placement


def test_each_week_of_the_first_month_unless_the_client_chose_otherwise():
    weekly = due(job(on("03-02")), talk(on("03-03")), talk(on("03-05")))
    assert (weekly.on, weekly.why.nl) == (
        on("03-15"),
        "Eerste maand aan het werk: elke week contact",
    )
    own = agreed(1).model_copy(update={"occurred_on": on("03-03")})
    assert due(job(on("03-02")), talk(on("03-03")), own).on == on("04-30")


def test_after_the_end_of_a_job_within_three_days_of_hearing_of_it():
    ended = JobEnded(
        occurred_on=on("03-01"),
        placement=JOB.placement,
        employer=COURIERS,
        reason=EndReason.CONTRACT_ENDED,
    )
    heard = JobEndLearned(occurred_on=on("03-08"), placement=JOB.placement, employer=COURIERS)
    talked = (talk(on("02-27")), talk(on("02-28")))
    assert due(JOB, *talked, ended).on == on("03-04")
    found = due(JOB, *talked, ended, heard)
    assert (found.on, found.why.nl) == (
        on("03-11"),
        "Na het einde van het werk: binnen drie dagen contact",
    )
    assert due(JOB, *talked, ended, heard, talk(on("03-09"))).on != on("03-11")


def test_the_employer_is_contacted_by_a_rhythm_of_its_own():
    def employer_due(*events, today=TODAY):
        found = next_employer_contact(fold([REFERRED, *events]), today)
        assert found is not None
        assert (found.employer, found.placement) == (COURIERS, JOB.placement)
        return found

    assert employer_due(job(on("03-09"))).on == on("03-16")
    spoken = talk(on("03-10"), WithWhom.EMPLOYER, COURIERS)
    assert employer_due(job(on("03-09")), spoken).on == on("04-10")
    later = on("03-10") + timedelta(days=365)
    assert employer_due(job(on("03-09")), spoken, today=later).on == on("06-10")
    missed = attempt(on("03-12"), Towards.EMPLOYER, COURIERS)
    assert employer_due(job(on("03-09")), missed).on == on("03-15")
    assert next_employer_contact(fold([REFERRED]), TODAY) is None


def test_silence_is_counted_and_is_a_signal_only_after_a_month():
    state = fold([REFERRED, talk(on("02-01"))])
    assert silence_days(state, TODAY) == (TODAY - on("02-01")).days
    assert quiet(state, TODAY)
    assert not quiet(state, on("03-03"))


def test_who_has_the_door_open_is_not_called_silent():
    spoken = [REFERRED, talk(on("02-01"))]
    assert quiet(fold(spoken), TODAY)
    assert not quiet(fold([*spoken, DoorLeftOpen(occurred_on=on("03-05"))]), TODAY)


def choice(name, review_on, **more):
    kind = TrustDecisionRevised if "revises" in more else TrustDecisionRecorded
    return kind(
        occurred_on=on("02-02"),
        decision=an_id(name),
        question="Wachten we?",
        client_want="rust",
        client_words_by="client",
        choice="ja",
        rationale="zij kiest",
        review_on=review_on,
        **more,
    )


def test_a_choice_to_look_back_on_is_the_teams_promise():
    first, second = choice("first", on("03-09")), choice("second", on("03-02"))
    found = reviews(fold([REFERRED, first, second]), TODAY)
    assert [(each.decision, each.on) for each in found] == [
        (an_id("second"), on("03-02")),
        (an_id("first"), on("03-09")),
    ]
    assert found[0].why.nl == "Wij beloofden op 2 maart 2026 samen terug te kijken op een keuze"
    again = choice("third", on("06-01"), revises=first.decision)
    kept = {"occurred_on": on("03-03"), "decision": second.decision, "outcome": "kept"}
    done = fold([REFERRED, first, second, again, TrustDecisionReviewed(**kept)])
    assert [each.decision for each in reviews(done, TODAY)] == [an_id("third")]
    assert next_review(done, TODAY).on == on("06-01")
    assert next_review(fold([REFERRED]), TODAY) is None


def test_looking_back_is_stilled_by_being_left_alone_and_ends_with_the_trajectory():
    first = choice("first", on("03-09"))
    alone = fold([REFERRED, first, LeftInPeace(occurred_on=on("03-09"), until=on("03-16"))])
    assert reviews(alone, TODAY) == []
    assert len(reviews(alone, on("03-16"))) == 1
    closed = TrajectoryClosed(occurred_on=on("03-09"), reason="client_wish")
    assert reviews(fold([REFERRED, first, closed]), TODAY) == []


def test_ninety_nine_of_a_hundred_names_the_one_missing():
    states = [fold([REFERRED, talk(on("03-02")), talk(on("03-09"))]) for _ in range(49)]
    states.append(fold([REFERRED, talk(on("03-02"))]))
    had = [talks_in(state, 2026, 3) for state in states]
    assert sum(had) == 99
    assert [at for at, count in enumerate(had) if count < 2] == [49]


def test_who_lets_us_hear_from_them_is_no_longer_silent():
    tried = [REFERRED, *(attempt(on(f"03-0{day}")) for day in (1, 4, 7))]
    silent = next_contact(fold(tried), TODAY)
    assert silent is not None
    assert silent.question
    for heard in (
        ContactWelcomeAgain(occurred_on=TODAY),
        ReEntered(occurred_on=TODAY, channel=Channel.SELF),
    ):
        due = next_contact(fold([*tried, heard]), TODAY)
        assert due is not None
        assert not due.question


def test_an_end_that_was_heard_of_asks_a_contact_before_anybody_noted_the_end():
    about = {"placement": JOB.placement, "employer": COURIERS}
    heard = JobEndLearned(occurred_on=on("03-09"), **about)
    due = next_contact(fold([REFERRED, JOB, talk(on("03-05")), heard]), TODAY)
    assert due is not None
    assert due.on == on("03-12")
    assert "Na het einde van het werk" in due.why.nl

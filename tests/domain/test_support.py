"""Support: contacts, attempts, the agreed rhythm, being left in peace."""

from __future__ import annotations

from datetime import timedelta

from domain.events.base import Category
from domain.events.placement import EndReason, JobEnded
from domain.events.search import Mode
from domain.events.support import (
    ContactRhythmAgreed,
    ContactWelcomeAgain,
    EmployerAskedCall,
    EmployerSupported,
    LeftInPeace,
    OutreachAttempted,
    RhythmChoice,
    SupportContact,
    SupportType,
    Towards,
    WithWhom,
)
from domain.rhythm import TRIES, TRY_AGAIN_AFTER, answer_due, next_employer_contact
from domain.roles import Role
from domain.rules.support import (
    AgreeRhythm,
    AskCall,
    LeaveInPeace,
    LogContact,
    SupportEmployer,
    WelcomeContact,
)
from domain.state import fold
from domain.state.support import KEPT, Support, evolve_support
from domain.wording import word
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, YESTERDAY
from tests.spec import TODAY, an_id, given


def attempt(day, towards=Towards.CLIENT, employer=None):
    return OutreachAttempted(
        occurred_on=day, note=an_id(str(day)), towards=towards, mode=Mode.PHONE, employer=employer
    )


def talk(day, with_whom=WithWhom.CLIENT, employer=None):
    return SupportContact(
        occurred_on=day,
        note=an_id(str(day)),
        mode=Mode.WALK,
        with_whom=with_whom,
        employer=employer,
    )


def test_a_contact_that_worked_out():
    asked = LogContact(mode=Mode.WALK, support_type=SupportType.CONVERSATION, text="Goed gesprek")
    event = SupportContact(
        occurred_on=TODAY,
        note=asked.note,
        mode=Mode.WALK,
        with_whom=WithWhom.CLIENT,
        support_type=SupportType.CONVERSATION,
        text="Goed gesprek",
    )
    given(REFERRED).when(asked).then(event)
    given(REFERRED, event).when(asked).nothing()


def test_a_contact_without_an_answer_is_an_attempt_of_ours():
    asked = LogContact(mode=Mode.PHONE, worked_out=False, joint=True)
    event = OutreachAttempted(
        occurred_on=TODAY, note=asked.note, towards=Towards.CLIENT, mode=Mode.PHONE, joint=True
    )
    given(REFERRED).when(asked).then(event)
    given(REFERRED, event).when(asked).nothing()


def test_an_attempt_keeps_all_that_was_said_of_it():
    asked = LogContact(
        mode=Mode.HOME,
        with_whom=WithWhom.BOTH,
        worked_out=False,
        support_type=SupportType.TRAVEL,
        location="dorpshuis",
        minutes=20,
    )
    (event,) = given(REFERRED).when(asked).decide()
    assert (event.support_type, event.location, event.minutes) == (
        SupportType.TRAVEL,
        "dorpshuis",
        20,
    )
    assert (event.towards, event.with_whom) == (Towards.CLIENT, WithWhom.BOTH)
    kept = {"worked_out", *OutreachAttempted.model_fields}
    assert set(LogContact.model_fields) <= kept, "no field of the form is dropped"
    fields = event.model_dump(mode="json", exclude_none=True)
    assert word(event.TYPE, fields, "nl", {}) == (
        "Contact gezocht met cliënt, thuis, dorpshuis (voor: reizen): geen gehoor"
    )


def test_a_contact_keeps_with_whom_of_the_team_and_by_way_of_whom_it_was():
    asked = LogContact(mode=Mode.HOME, joint=True, network=True)
    (event,) = given(REFERRED).when(asked).decide()
    assert (event.joint, event.network) == (True, True)
    assert set(LogContact.model_fields) <= {"worked_out", *SupportContact.model_fields}


def test_an_attempt_keeps_at_which_work_and_how_it_was_tried():
    asked = LogContact(
        mode=Mode.ON_SITE,
        with_whom=WithWhom.EMPLOYER,
        worked_out=False,
        network=True,
        placement=JOB.placement,
        text="de deur was dicht",
    )
    (event,) = given(REFERRED, JOB).when(asked).decide()
    assert (event.placement, event.employer) == (JOB.placement, COURIERS)
    assert event.network
    assert event.text == "de deur was dicht"


def test_a_contact_about_work_is_with_the_employer_of_that_work():
    asked = LogContact(mode=Mode.ON_SITE, with_whom=WithWhom.BOTH, placement=JOB.placement)
    (event,) = given(REFERRED, JOB).when(asked).decide()
    assert event.employer == COURIERS
    given(REFERRED).when(asked).refused("staat niet in dit traject", at="placement")
    wrong = asked.model_copy(update={"employer": an_id("another employer")})
    given(REFERRED, JOB).when(wrong).refused("staat niet in dit traject", at="placement")


def test_attempts_count_until_somebody_was_really_spoken_to():
    tried = [attempt(YESTERDAY - timedelta(days=1)), attempt(YESTERDAY)]
    assert fold([REFERRED, *tried]).support.attempts == 2
    assert fold([REFERRED, *tried, talk(TODAY)]).support.attempts == 0
    noted_late = talk(YESTERDAY - timedelta(days=5))
    assert fold([REFERRED, *tried, noted_late]).support.attempts == 2


def test_the_employer_is_counted_apart_from_the_client():
    state = fold(
        [
            REFERRED,
            JOB,
            talk(YESTERDAY, WithWhom.EMPLOYER, COURIERS),
            attempt(TODAY, Towards.EMPLOYER, COURIERS),
        ]
    )
    assert state.support.last_talk_on is None
    assert state.support.attempts == 0
    assert state.support.touch(COURIERS)[1:4] == (YESTERDAY, 1, TODAY)


def test_contacts_noted_in_any_order_end_in_the_same_last_talk():
    assert fold([REFERRED, talk(TODAY), talk(YESTERDAY)]).support.last_talk_on == TODAY


def test_the_latest_talks_are_kept_in_the_order_of_their_days():
    days = [TODAY - timedelta(days=n * 7 % (KEPT + 9)) for n in range(KEPT + 9)]
    kept = fold([REFERRED, *map(talk, days)]).support
    assert [each.on for each in kept.talks] == sorted(days)[-KEPT:]
    assert kept.contacts == len(days)


def test_a_contact_leaves_the_rest_as_it_was():
    before = Support(*(object() for _ in Support._fields))._replace(  # type: ignore[arg-type]
        talks=(), contacts=1, attempts=0, attempted_on=None
    )
    after = evolve_support(before, talk(TODAY))
    assert after == before._replace(talks=after.talks, contacts=2)
    assert [each.on for each in after.talks] == [TODAY]


def test_an_employer_is_helped_when_it_asks():
    asked = SupportEmployer(employer=COURIERS, placement=JOB.placement, mode=Mode.PHONE)
    event = EmployerSupported(occurred_on=TODAY, **asked.said())
    given(REFERRED, JOB).when(asked).then(event)
    given(REFERRED, JOB, event).when(asked).nothing()
    given().when(asked).refused("Noteer eerst de aanmelding")


def test_a_rhythm_is_shown_as_whose_choice_it_is():
    asked = AgreeRhythm(per_month=1, mode=Mode.WALK, place="dorpshuis")
    event = ContactRhythmAgreed(
        occurred_on=TODAY,
        per_month=1,
        mode=Mode.WALK,
        place="dorpshuis",
        choice=RhythmChoice.CLIENT,
    )
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    together = event.model_copy(update={"choice": RhythmChoice.TOGETHER})
    given(REFERRED).when(asked).then(together)
    told = asked.model_copy(update={"choice": RhythmChoice.CLIENT})
    given(REFERRED).when(told).then(event)
    given().when(asked).refused("Noteer eerst de aanmelding")


def test_somebody_is_left_in_peace_until_contact_is_welcome_again():
    asked = LeaveInPeace(until=TOMORROW)
    event = LeftInPeace(occurred_on=TODAY, until=TOMORROW)
    given(REFERRED).when(asked).then(event)
    given(REFERRED, event).when(asked).nothing()
    given(REFERRED).when(LeaveInPeace(until=YESTERDAY)).refused("al voorbij", at="until")
    long = LeaveInPeace(until=TODAY + timedelta(days=93))
    given(REFERRED).when(long).refused("langer dan drie maanden", at="until")
    by_herself = LeftInPeace(occurred_on=TODAY, until=long.until)
    given(REFERRED).when(long).by(Role.CLIENT).then(by_herself)
    welcome = ContactWelcomeAgain(occurred_on=TODAY)
    given(REFERRED, event).when(WelcomeContact()).then(welcome)
    given(REFERRED, event, welcome).when(WelcomeContact()).nothing()
    given().when(WelcomeContact()).refused("Noteer eerst de aanmelding")


def test_notes_sent_again_together_add_nothing():
    """A telephone that was without a connection may send its notes once more."""
    first, second = LogContact(mode=Mode.PHONE), LogContact(mode=Mode.WALK)
    past = [REFERRED, *given(REFERRED).when(first).decide()]
    past += given(*past).when(second).decide()
    given(*past).when(first).nothing()
    given(*past).when(second).nothing()


def test_an_employer_is_helped_about_its_own_work():
    about = SupportEmployer(employer=COURIERS, placement=JOB.placement)
    assert given(REFERRED, JOB).when(about).decide()
    elsewhere = SupportEmployer(employer=an_id("bakery"), placement=JOB.placement)
    given(REFERRED, JOB).when(elsewhere).refused("Noteer het eerst", at="placement")


def test_an_employer_asks_to_be_called():
    asked = AskCall(employer=COURIERS, placement=JOB.placement, words="over het rooster")
    event = EmployerAskedCall(occurred_on=TODAY, **asked.said())
    past = given(REFERRED, JOB)
    past.when(asked).by(Role.EMPLOYER).then(event)
    given(REFERRED, JOB, event).when(asked).by(Role.EMPLOYER).nothing()
    elsewhere = AskCall(employer=an_id("bakery"), placement=JOB.placement)
    past.when(elsewhere).by(Role.EMPLOYER).refused("staat niet in dit traject", at="placement")
    ended = given(REFERRED, JOB, CLOSED).when(asked).by(Role.EMPLOYER)
    ended.not_seeing(Category.REFERRAL).refused("bespreek het met de jobcoach")


def test_who_asked_to_be_called_waits_until_somebody_spoke_to_them():
    asked = EmployerAskedCall(
        occurred_on=TODAY, note=an_id("call"), employer=COURIERS, placement=JOB.placement
    )
    waiting = fold([REFERRED, JOB, asked])
    due = next_employer_contact(waiting, TODAY)
    assert due.on == answer_due(TODAY)
    assert "vraagt om te bellen" in due.why.nl
    helped = EmployerSupported(occurred_on=TODAY, note=an_id("helped"), employer=COURIERS)
    assert fold([REFERRED, JOB, asked, helped]).support.touch(COURIERS).asked_on is None
    before = helped.model_copy(update={"occurred_on": YESTERDAY})
    still = fold([REFERRED, JOB, asked, before])
    assert next_employer_contact(still, TODAY).on == due.on
    peace = LeftInPeace(occurred_on=TODAY, until=TOMORROW)
    assert next_employer_contact(fold([REFERRED, JOB, asked, peace]), TODAY) is None


def test_who_asks_to_be_called_before_the_first_day_is_called_too():
    coming = JOB.model_copy(update={"starts_on": TODAY + timedelta(days=30)})
    asked = EmployerAskedCall(
        occurred_on=TODAY, note=an_id("call"), employer=COURIERS, placement=JOB.placement
    )
    assert next_employer_contact(fold([REFERRED, coming]), TODAY) is None
    due = next_employer_contact(fold([REFERRED, coming, asked]), TODAY)
    assert (due.on, due.placement) == (answer_due(TODAY), JOB.placement)
    off = JobEnded(
        occurred_on=TODAY,
        placement=JOB.placement,
        employer=COURIERS,
        reason=EndReason.OWN_CHOICE,
    )
    assert next_employer_contact(fold([REFERRED, coming, asked, off]), TODAY) is None


def test_a_call_that_is_asked_for_is_not_put_off_by_what_was_tried_before():
    asked = EmployerAskedCall(
        occurred_on=TODAY, note=an_id("call"), employer=COURIERS, placement=JOB.placement
    )
    before, since = (attempt(day, Towards.EMPLOYER, COURIERS) for day in (YESTERDAY, TODAY))
    due = next_employer_contact(fold([REFERRED, JOB, *(before,) * TRIES, asked]), TODAY)
    assert (due.on, due.question) == (answer_due(TODAY), False)
    again = next_employer_contact(fold([REFERRED, JOB, asked, since]), TODAY)
    assert again.on == TODAY + TRY_AGAIN_AFTER
    spoke = talk(TODAY, WithWhom.EMPLOYER, COURIERS)
    late = asked.model_copy(update={"occurred_on": YESTERDAY})
    assert fold([REFERRED, JOB, spoke, late]).support.touch(COURIERS).asked_on is None

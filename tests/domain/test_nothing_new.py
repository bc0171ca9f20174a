"""Asked for what stands, nothing is added; asked for more, it is stored, or refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import settings

from domain.events.course import ClosingReason
from domain.events.eigen_kracht import EkActionAdded, EkPlanAdopted
from domain.events.participation import EducationKind, EducationStarted
from domain.events.referral import Channel
from domain.events.search import ApplicationMade
from domain.events.setback import SetbackSignalled, SignalledBy
from domain.events.support import RhythmChoice
from domain.events.team import NetworkShare, Relation
from domain.events.trust import ReviewOutcome
from domain.roles import Role
from domain.rules import COMMANDS, Refused
from domain.rules.course import (
    CloseTrajectory,
    LeaveDoorOpen,
    NoteMove,
    Pause,
    Resume,
    StepDown,
    StepUp,
    Transfer,
    Wish,
)
from domain.rules.eigen_kracht import AppointCoordinator, DropAction, FinishAction
from domain.rules.participation import NoteInformalCare, NoteOwnCare, StopEducation
from domain.rules.referral import Refer
from domain.rules.search import DeclineOffer, LogOffer
from domain.rules.setback import NoteRecovery
from domain.rules.shared import Note
from domain.rules.support import AgreeRhythm
from domain.rules.team import AddTeamMember, InviteNetworkMember
from domain.rules.trust import RecordDecision, ReviewDecision
from domain.rules.trying import LogTryOut
from domain.state import fold
from tests.domain.histories import CLOSED, REFERRED, TOMORROW, YESTERDAY
from tests.domain.strategies import commands
from tests.spec import CLIENT, TODAY, an_id, facts, given

TOWN, RIA, BAS = an_id("town"), an_id("Ria"), an_id("Bas")
SETBACK, CHOICE, JOB, DAY, LESSON, ACTION, PLAN = map(
    an_id, ("setback", "choice", "job", "day", "lesson", "action", "plan")
)
SIGNAL = SetbackSignalled(occurred_on=TODAY, setback=SETBACK, by=SignalledBy.CLIENT)
DECIDE = RecordDecision(
    decision=CHOICE,
    question="Wanneer beginnen?",
    client_want="Zo snel mogelijk.",
    choice="Maandag.",
    rationale="Dan is er tijd.",
    review_on=TOMORROW,
)
APPLIED = ApplicationMade(occurred_on=TODAY, application=JOB, title="bakker")
LEARNING = EducationStarted(occurred_on=YESTERDAY, education=LESSON, kind=EducationKind.LANGUAGE)
PLANNED = EkPlanAdopted(occurred_on=TODAY, plan=PLAN)
TAKEN_ON = EkActionAdded(occurred_on=TODAY, action=ACTION, plan=PLAN, person=CLIENT, what="bellen")


def after(*asked):
    """Give what stands once these were asked one after the other."""
    past = [REFERRED, SIGNAL, APPLIED, LEARNING, PLANNED, TAKEN_ON]
    for command in asked:
        past += given(*past).when(command).by(Role.CLIENT).decide()
    return given(*past)


STORED = [
    (Pause(), Pause(per_month=1)),
    (Pause(per_month=2, words="even rust"), Pause(words="tot na de zomer")),
    (Pause(), Pause(wish=Wish.TOGETHER)),
    (StepDown(), StepDown(words="het gaat vanzelf")),
    (StepDown(), StepDown(wish=Wish.TOGETHER)),
    (StepUp(words="weer wat meer"), StepUp(words="elke week graag")),
    (StepUp(words="even meer"), StepUp(words="even meer", wish=Wish.TOGETHER)),
    (NoteMove(), NoteMove(place="Assen")),
    (NoteMove(place="Assen"), NoteMove(handover_wanted=True)),
    (NoteInformalCare(hours_per_week=8), NoteInformalCare(hours_per_week=12)),
    (Transfer(organisation=TOWN, person=RIA), Transfer(organisation=TOWN, person=BAS)),
    (NoteRecovery(setback=SETBACK), NoteRecovery(setback=SETBACK, words="slaap weer goed")),
    (AgreeRhythm(per_month=2), AgreeRhythm(per_month=2, words="liefst wandelend")),
    (LogOffer(application=JOB), LogOffer(application=JOB, hours_per_week=16)),
    (LogTryOut(tryout=DAY, place="Haren"), LogTryOut(tryout=DAY, verdict="mooi werk")),
]


@pytest.mark.parametrize(("first", "more"), STORED, ids=lambda each: each.NAME)
def test_what_is_asked_beside_what_stands_is_stored(first, more):
    (event,) = after(first).when(more).by(Role.CLIENT).decide()
    asked = more.model_dump(exclude_none=True, exclude={"occurred_on", "late_reason"})
    told = event.model_dump()
    assert {name: told[name] for name in asked} == asked
    after(first, more).when(more).by(Role.CLIENT).nothing()
    after(first).when(first).by(Role.CLIENT).nothing()


def test_a_choice_looked_back_on_twice_that_day_keeps_what_was_learned_the_second_time():
    kept = ReviewDecision(decision=CHOICE, outcome=ReviewOutcome.KEPT)
    learned = kept.model_copy(update={"learned": "Eerder vragen."})
    (event,) = after(DECIDE, kept).when(learned).decide()
    assert event.learned == "Eerder vragen."
    after(DECIDE, kept, learned).when(learned).nothing()
    after(DECIDE, kept, learned).when(kept).nothing()


def test_what_is_left_out_stays_as_it_stands():
    (event,) = after(Pause(per_month=2, wish=Wish.TOGETHER)).when(Pause(words="tot mei")).decide()
    assert (event.per_month, event.wish) == (2, Wish.TOGETHER)
    (event,) = after(NoteMove(place="Assen")).when(NoteMove(handover_wanted=False)).decide()
    assert (event.place, event.handover_wanted) == ("Assen", False)
    wanted = NoteMove(place="Assen", handover_wanted=True)
    (event,) = after(wanted).when(NoteMove(place="Haren")).decide()
    assert (event.place, event.handover_wanted) == ("Haren", True)
    after(NoteInformalCare(hours_per_week=8)).when(NoteInformalCare()).nothing()
    agreed = AgreeRhythm(per_month=2, choice=RhythmChoice.CLIENT)
    assert after(agreed).when(agreed.model_copy(update={"words": "op vrijdag"})).decide()


REMEMBERED = [
    (Pause(words="even rust"), Pause(per_month=1)),
    (StepDown(words="het gaat vanzelf"), StepDown(wish=Wish.TOGETHER)),
    (StepUp(words="weer wat meer"), StepUp(wish=Wish.TOGETHER)),
]


@pytest.mark.parametrize(("first", "more"), REMEMBERED, ids=lambda each: each.NAME)
def test_words_that_stand_are_known_again_after_something_else_was_added(first, more):
    after(first, more).when(type(more)(words=first.words)).by(Role.CLIENT).nothing()


def test_words_of_an_earlier_pause_or_step_are_new_ones_now():
    rest, less, extra = Pause(words="rust"), StepDown(words="minder"), StepUp(words="meer")
    assert after(rest, Resume(), Pause()).when(rest).decide()
    assert after(less, StepUp(), StepDown()).when(less).decide()
    assert after(StepDown(), extra, StepDown(), StepUp()).when(extra).decide()


@pytest.mark.parametrize("step", [StepDown, StepUp])
def test_whose_wish_a_step_was_stays_when_words_are_added(step):
    (event,) = after(step(wish=Wish.EMPLOYER)).when(step(words="graag")).decide()
    assert event.wish is Wish.EMPLOYER


def test_what_is_added_to_a_move_leaves_its_day_and_another_place_is_another_move():
    moved, added = NoteMove(occurred_on=YESTERDAY), NoteMove(place="Assen")
    (event,) = after(moved).when(added).decide()
    assert event.occurred_on == YESTERDAY
    (event,) = after(moved, added).when(NoteMove(handover_wanted=True)).decide()
    assert event.occurred_on == YESTERDAY
    (event,) = after(moved, added).when(NoteMove(place="Haren")).decide()
    assert event.occurred_on == TODAY
    later = NoteMove(place="Assen", occurred_on=TODAY)
    (event,) = after(moved).when(later).decide()
    assert event.occurred_on == TODAY


def test_a_pause_after_a_pause_is_a_new_one():
    again = after(Pause(per_month=2, words="rust"), Resume()).when(Pause())
    (event,) = again.by(Role.CLIENT).decide()
    assert (event.per_month, event.words, event.wish) == (None, None, Wish.CLIENT)


CLOSING = CloseTrajectory(reason=ClosingReason.CLIENT_WISH)
REFUSED = [
    (Pause(), Pause(occurred_on=YESTERDAY)),
    (StepDown(), StepDown(occurred_on=YESTERDAY)),
    (LeaveDoorOpen(), LeaveDoorOpen(occurred_on=YESTERDAY)),
    (NoteOwnCare(), NoteOwnCare(occurred_on=YESTERDAY)),
    (NoteInformalCare(), NoteInformalCare(occurred_on=YESTERDAY)),
    (NoteRecovery(setback=SETBACK), NoteRecovery(setback=SETBACK, occurred_on=YESTERDAY)),
    (CLOSING, CLOSING.model_copy(update={"words": "dag!"})),
    (CLOSING, CLOSING.model_copy(update={"occurred_on": YESTERDAY})),
    (LogTryOut(tryout=DAY, place="Haren"), LogTryOut(tryout=DAY, occurred_on=YESTERDAY)),
    (LogTryOut(tryout=DAY, place="Haren"), LogTryOut(tryout=DAY, place="Assen")),
    (LogTryOut(tryout=DAY, place="Haren"), LogTryOut(tryout=DAY, title="hovenier")),
    (StopEducation(education=LESSON), StopEducation(education=LESSON, words="te ver")),
    (StopEducation(education=LESSON), StopEducation(education=LESSON, occurred_on=YESTERDAY)),
    (FinishAction(action=ACTION), FinishAction(action=ACTION, words="gebeld")),
    (DropAction(action=ACTION), DropAction(action=ACTION, words="niet meer nodig")),
    (FinishAction(action=ACTION), FinishAction(action=ACTION, occurred_on=YESTERDAY)),
    (DropAction(action=ACTION), DropAction(action=ACTION, occurred_on=YESTERDAY)),
]


@pytest.mark.parametrize(("first", "more"), REFUSED, ids=lambda each: each.NAME)
def test_another_day_or_other_words_are_refused_where_there_is_one_end(first, more):
    after(first).when(more).by(Role.CLIENT).refused("Wie het noteerde kan het verbeteren")
    after(first).when(first).by(Role.CLIENT).nothing()


def test_why_an_offer_was_declined_can_be_told_later():
    offered = LogOffer(application=JOB)
    why = DeclineOffer(application=JOB, reason="te ver")
    assert after(offered, DeclineOffer(application=JOB)).when(why).decide()
    after(offered, why).when(why).nothing()
    after(offered, why).when(DeclineOffer(application=JOB)).nothing()


REFER = Refer(client=CLIENT, channel=Channel.CARE, location="Haaren", received_by=RIA)
SECOND = [
    ({"channel": Channel.UWV}, "Wie het noteerde kan het verbeteren", None),
    ({"location": "Vught"}, "Wie het noteerde kan het verbeteren", None),
    ({"occurred_on": YESTERDAY}, "Wie het noteerde kan het verbeteren", None),
    ({"received_by": BAS}, "Zet de persoon in het team", "received_by"),
    ({"received_role": Role.CARE_WORKER}, "Zet de persoon in het team", "received_by"),
    ({"organisation": TOWN}, "Zet de persoon in het team", "received_by"),
]


@pytest.mark.parametrize(("more", "sentence", "at"), SECOND, ids=str)
def test_a_file_that_is_there_is_not_begun_anew_in_another_way(more, sentence, at):
    (came,) = given().when(REFER).decide()
    given(came).when(REFER).nothing()
    given(came).when(Refer(client=CLIENT, channel=Channel.CARE)).nothing()
    given(came).when(REFER.model_copy(update=more)).refused(sentence, at=at)


def test_who_is_on_the_team_by_now_need_not_take_them_in():
    (came,) = given().when(REFER).decide()
    (joins,) = given(came).when(AddTeamMember(person=BAS, role=Role.JOB_COACH)).decide()
    given(came, joins).when(REFER.model_copy(update={"received_by": BAS})).nothing()


def test_a_coordinator_of_another_organisation_is_noted_anew_and_stays():
    asked = AppointCoordinator(person=RIA)
    there = asked.model_copy(update={"organisation": TOWN})
    (event,) = after(asked).when(there).by(Role.CLIENT).decide()
    assert (event.person, event.organisation) == (RIA, TOWN)
    for again in (asked, there):
        after(asked, there).when(again).by(Role.CLIENT).nothing()
    elsewhere = after(asked).when(there).by(Role.CLIENT)
    elsewhere.knowing((RIA, Role.EK_COORDINATOR, BAS)).refused("werkt daar niet", at="person")


def test_inviting_anew_does_not_seem_to_change_what_is_shared():
    asked = InviteNetworkMember(person=BAS, relation=Relation.FAMILY)
    narrower = asked.model_copy(update={"share": NetworkShare.OWN_ACTIONS})
    after(asked).when(narrower).by(Role.CLIENT).refused("Kies apart hoeveel", at="share")
    friend = InviteNetworkMember(person=BAS, relation=Relation.FRIEND)
    after(asked).when(friend).by(Role.CLIENT).refused("nodig dan opnieuw uit", at="relation")
    as_it_is = asked.model_copy(update={"share": NetworkShare.MAY_NOTE})
    after(asked).when(as_it_is).by(Role.CLIENT).nothing()
    after(narrower).when(narrower).by(Role.CLIENT).nothing()


NOTES = [each for each in COMMANDS if issubclass(each, Note) and not each.AFTER_CLOSING]


@pytest.mark.parametrize("command", NOTES, ids=lambda each: each.NAME)
def test_after_a_closing_a_note_that_stands_is_refused_as_any_other(command):
    """Whether it is the same note again is asked after whether anything can be noted here."""

    @examples(commands(command))
    @settings(max_examples=5)
    def law(asked):
        closed = fold([REFERRED, CLOSED])._replace(notes=(asked.note.int,))
        with pytest.raises(Refused):
            asked.decide(closed, facts())

    law()

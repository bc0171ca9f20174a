"""The course: every step may follow every other, and coming back is always possible."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from pydantic import ValidationError

from docs.generate_refusals import printed
from domain.events.course import (
    ClosingReason,
    DoorLeftOpen,
    HandoverReceived,
    MovedAway,
    Paused,
    ReEntered,
    Resumed,
    SteppedDown,
    SteppedUp,
    TrajectoryClosed,
    TransferredTo,
    Wish,
)
from domain.events.cover import CoverArranged
from domain.events.placement import EndReason, JobEnded
from domain.events.referral import Channel
from domain.events.search import Mode, NextJobSearchStarted
from domain.events.support import SupportContact, WithWhom
from domain.roles import Role
from domain.rules import COMMANDS, Unfit
from domain.rules.course import (
    CloseTrajectory,
    LeaveDoorOpen,
    NoteMove,
    Pause,
    ReceiveHandover,
    ReEnter,
    Resume,
    StepDown,
    StepUp,
    Transfer,
)
from domain.rules.placement import LogPlacement
from domain.rules.referral import EnterProgramme
from domain.rules.search import LogEmployerContact, StartNextSearch
from domain.rules.support import LogContact, SupportEmployer
from domain.state import Outcome, Stage, Trajectory, evolve, fold, outcome, stages
from domain.state.work import PlacementKind
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, TRIAL, YESTERDAY
from tests.spec import COACH, TODAY, an_id, facts, given, refusing

MOVED = MovedAway(occurred_on=TODAY)
CARE = an_id("care organisation")


@pytest.mark.parametrize("role", Role)
def test_only_who_notes_a_return_is_asked_to_note_it(role):
    """Others hear who does; that is for the client and the coach, and who speaks for a client."""
    asked = given(REFERRED, CLOSED).when(SupportEmployer(employer=COURIERS)).by(role)
    match role:
        case Role.CLIENT:
            asked.refused("kunt altijd terugkomen: noteer dat eerst")
        case Role.JOB_COACH | Role.LEGAL_REPRESENTATIVE:
            asked.refused("Noteer eerst dat de cliënt terug is")
        case _:
            asked.refused("dan noteert de cliënt of de jobcoach dat")


def test_a_pause_is_taken_and_ended():
    paused = Paused(occurred_on=TODAY, wish=Wish.CLIENT, per_month=1)
    given(REFERRED).when(Pause(per_month=1)).by(Role.CLIENT).then(paused)
    given(REFERRED, paused).when(Pause()).nothing()
    given().when(Pause()).refused("Noteer eerst de aanmelding")
    resumed = Resumed(occurred_on=TODAY)
    given(REFERRED, paused).when(Resume()).then(resumed)
    given(REFERRED, paused, resumed).when(Resume()).nothing()
    own = resumed.model_copy(update={"wish": Wish.CLIENT})
    given(REFERRED, paused).when(Resume(wish=Wish.CLIENT)).then(own)
    given(REFERRED, paused).when(Resume()).by(Role.CLIENT).then(own)
    given().when(Resume()).refused("Noteer eerst de aanmelding")


def test_support_steps_down_and_up_again():
    down = SteppedDown(occurred_on=TODAY, wish=Wish.TOGETHER)
    given(REFERRED).when(StepDown()).then(down)
    given(REFERRED, down).when(StepDown()).nothing()
    given(REFERRED, CLOSED).when(StepDown()).refused("afgerond")
    up = SteppedUp(occurred_on=TODAY, wish=Wish.TOGETHER)
    given(REFERRED, down).when(StepUp()).then(up)
    given(REFERRED, down, up).when(StepUp()).nothing()
    given(REFERRED, CLOSED).when(StepUp()).refused("afgerond")


def test_moving_and_handing_over():
    given(REFERRED).when(NoteMove()).then(MOVED)
    there = NoteMove(place="Assen", handover_wanted=True)
    given(REFERRED).when(there).then(MovedAway(occurred_on=TODAY, **there.said()))
    given(REFERRED, MOVED).when(NoteMove()).nothing()
    given().when(NoteMove()).refused("Noteer eerst de aanmelding")
    transferred = TransferredTo(occurred_on=TODAY, organisation=CARE)
    given(REFERRED).when(Transfer(organisation=CARE)).then(transferred)
    given(REFERRED, transferred).when(Transfer(organisation=CARE)).nothing()
    given().when(Transfer(organisation=CARE)).refused("Noteer eerst de aanmelding")


@pytest.mark.parametrize("reason", list(ClosingReason))
def test_it_closes_for_a_reason_of_the_list(reason):
    closed = TrajectoryClosed(occurred_on=TODAY, reason=reason)
    given(REFERRED).when(CloseTrajectory(reason=reason)).then(closed)
    given(REFERRED, closed).when(CloseTrajectory(reason=reason)).nothing()
    given().when(CloseTrajectory(reason=reason)).refused("Noteer eerst de aanmelding")


def test_a_closing_for_another_reason_is_a_correction_of_the_first():
    other = CloseTrajectory(reason=ClosingReason.MOVED)
    given(REFERRED, CLOSED).when(other).refused("Noteer eerst dat de cliënt terug is")


@pytest.mark.parametrize("by", Wish)
def test_whose_wish_it_was_is_kept_as_it_was_said(by):
    down = SteppedDown(occurred_on=TODAY, wish=by, words="het gaat goed")
    given(REFERRED).when(StepDown(wish=by, words=down.words)).then(down)
    up = SteppedUp(occurred_on=TODAY, wish=by, words="even meer")
    given(REFERRED, down).when(StepUp(wish=by, words=up.words)).then(up)
    paused = Paused(occurred_on=TODAY, wish=by)
    given(REFERRED).when(Pause(wish=by)).then(paused)


def test_it_does_not_close_before_it_began():
    early = CloseTrajectory(
        reason=ClosingReason.MOVED, occurred_on=REFERRED.occurred_on - timedelta(days=1),
        late_reason="nagekeken",
    )  # fmt: skip
    given(REFERRED).when(early).refused("vóór de aanmelding", "occurred_on")


@pytest.mark.parametrize("reason", ["no_show", "time_is_up", "", None, 7, ["moved"]])
def test_a_missed_appointment_or_time_is_no_reason(reason):
    with pytest.raises(ValidationError) as refusal:
        CloseTrajectory(reason=reason)
    (error,) = refusal.value.errors()
    assert error["loc"] == ("reason",)
    sentence = error["ctx"]["error"]
    assert isinstance(sentence, Unfit)
    assert "laat dan de deur openstaan" in sentence.text.nl
    assert printed(*sentence.text)
    assert str(sentence) == sentence.text.en


def test_the_door_stays_open_for_who_no_longer_answers():
    opened = DoorLeftOpen(occurred_on=TODAY)
    given(REFERRED).when(LeaveDoorOpen()).then(opened)
    given(REFERRED, opened).when(LeaveDoorOpen()).nothing()
    given(REFERRED, CLOSED).when(LeaveDoorOpen()).refused("afgerond")
    assert Stage.DOOR_OPEN in stages(fold([REFERRED, opened]), TODAY)
    assert not fold([REFERRED, opened]).course.closed


def test_somebody_comes_back_without_a_new_intake():
    asked = ReEnter(channel=Channel.SELF)
    event = ReEntered(occurred_on=TODAY, channel=Channel.SELF)
    given(REFERRED, CLOSED).when(asked).then(event)
    given(REFERRED, CLOSED, event).when(asked).nothing()
    given().when(asked).refused("Noteer eerst de aanmelding")
    contact = LogContact(mode=Mode.WALK, with_whom=WithWhom.CLIENT)
    given(REFERRED, CLOSED).when(contact).refused("Noteer eerst dat de cliënt terug is")
    assert given(REFERRED, CLOSED, event).when(contact).decide()


def test_every_step_may_follow_every_other():
    steps = (
        EnterProgramme(),
        LogEmployerContact(employer=COURIERS, mode=Mode.ON_SITE),
        StartNextSearch(),
        LogPlacement(kind=PlacementKind.TRIAL, employer=COURIERS, title="kok", starts_on=TODAY),
        Pause(),
        StepDown(),
        LeaveDoorOpen(),
        NoteMove(),
    )
    for first, second in permutations(steps, 2):
        state: Trajectory = fold([REFERRED])
        for step in (first, second):
            decided = step.decide(state, facts())
            assert decided, (first.NAME, second.NAME)
            for event in decided:
                state = evolve(state, event)


def test_there_is_no_sanction_and_no_readiness():
    names = " ".join(command.NAME for command in COMMANDS)
    for word in ("sanction", "penalty", "readiness", "assess", "comply"):
        assert word not in names


def test_stages_may_overlap():
    paused = Paused(occurred_on=TODAY, wish=Wish.CLIENT)
    assert stages(fold([]), TODAY) == ()
    assert stages(fold([REFERRED]), TODAY) == (Stage.REFERRED,)
    assert stages(fold([REFERRED, JOB, TRIAL, paused]), TODAY) == (
        Stage.TRYING_OUT,
        Stage.EMPLOYED,
        Stage.PAUSED,
    )
    assert stages(fold([REFERRED, JOB, CLOSED]), TODAY) == (Stage.CLOSED,)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], Outcome.STILL_GUIDED),
        ([TRIAL], Outcome.STILL_GUIDED),
        ([MOVED], Outcome.MOVED),
        ([TrajectoryClosed(occurred_on=TODAY, reason=ClosingReason.MOVED)], Outcome.MOVED),
        ([CLOSED], Outcome.STILL_GUIDED),
        ([JOB, MOVED], Outcome.PAID_WORK),
        ([JOB.model_copy(update={"starts_on": TOMORROW})], Outcome.STILL_GUIDED),
    ],
)
def test_each_trajectory_counts_once(events, expected):
    assert outcome(fold([REFERRED, *events]), TODAY) is expected


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.NAME)
def test_days_are_never_given_in_the_future(command):
    if "occurred_on" not in command.model_fields:
        assert command.NAME in {
            *("correct-entry", "correct-registration", "correct-group-entry"),
            *("correct-programme-entry", "correct-employer-entry", "correct-funding-entry"),
            *("shield-entry", "unshield-entry", "undo-entry"),
            *("open-emergency-access", "review-emergency-access"),  # of the moment it is asked
        }
        return
    asked = command.model_construct(occurred_on=TOMORROW, late_reason=None)
    with refusing("Deze dag moet nog komen", at="occurred_on"):
        asked.when(facts())
    assert command.model_construct(occurred_on=YESTERDAY, late_reason=None).when(facts())


def test_who_stopped_working_is_not_employed_from_that_day_on():
    ended = JobEnded(
        occurred_on=TODAY, placement=JOB.placement, employer=COURIERS, reason=EndReason.OTHER
    )
    state = fold([REFERRED, JOB, ended])
    assert state.employed(YESTERDAY)
    assert not state.employed(TODAY)
    assert Stage.EMPLOYED not in stages(state, TODAY)


def test_searching_stops_with_a_job_and_goes_on_beside_it():
    before = NextJobSearchStarted(occurred_on=REFERRED.occurred_on)
    beside = NextJobSearchStarted(occurred_on=YESTERDAY)
    assert Stage.SEARCHING in stages(fold([REFERRED, before]), TODAY)
    assert Stage.SEARCHING not in stages(fold([REFERRED, before, JOB]), TODAY)
    assert Stage.SEARCHING in stages(fold([REFERRED, before, JOB, beside]), TODAY)


def test_support_is_what_follows_the_start_of_a_job():
    def talk(day):
        return SupportContact(
            occurred_on=day, note=an_id(str(day)), mode=Mode.WALK, with_whom=WithWhom.CLIENT
        )

    assert Stage.SUPPORTED not in stages(fold([REFERRED, talk(REFERRED.occurred_on), JOB]), TODAY)
    assert Stage.SUPPORTED in stages(fold([REFERRED, JOB, talk(YESTERDAY)]), TODAY)


def test_who_goes_on_says_that_the_handover_was_read():
    asked = ReceiveHandover(giver=an_id("Jo, coach"), words="gelezen, ik bel Tom maandag")
    event = HandoverReceived(occurred_on=TODAY, **asked.said())
    handed = TransferredTo(occurred_on=TODAY, organisation=CARE)
    given(REFERRED, handed).when(asked).then(event)
    given(REFERRED, handed).when(asked).by(Role.CARE_WORKER).then(event)
    given(REFERRED, handed, event).when(asked).nothing()
    assert fold([REFERRED, handed, event]).course == fold([REFERRED, handed]).course
    own = asked.model_copy(update={"giver": COACH})
    given(REFERRED, handed).when(own).refused("Je draagt niet aan jezelf over", at="giver")
    given().when(asked).refused("Noteer eerst de aanmelding")


def test_nobody_receives_what_was_not_handed_over_to_them():
    """By a transfer, to them or to nobody in particular, or by standing in for who is away."""
    asked, jo = ReceiveHandover(), an_id("Jo, coach")
    given(REFERRED).when(asked).refused("Hier wacht geen overdracht")
    handed = TransferredTo(occurred_on=TODAY, organisation=CARE, person=jo)
    given(REFERRED, handed).when(asked).refused("Hier wacht geen overdracht")
    assert given(REFERRED, handed).when(asked).by(Role.JOB_COACH, jo).decide()
    back = ReEntered(occurred_on=TODAY, channel=Channel.SELF)
    taken_back = given(REFERRED, handed, back).when(asked).by(Role.JOB_COACH, jo)
    taken_back.refused("Hier wacht geen overdracht")
    days = {"starts_on": TODAY, "ends_on": TOMORROW}
    covered = CoverArranged(occurred_on=TODAY, cover=CARE, coach=COACH, person=jo, **days)
    for person in (jo, COACH):
        assert given(REFERRED, covered).when(asked).by(Role.JOB_COACH, person).decide()
    other = given(REFERRED, covered).when(asked).by(Role.JOB_COACH, an_id("Bas"))
    other.refused("Hier wacht geen overdracht")

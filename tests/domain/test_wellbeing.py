"""How somebody is doing is theirs to say, and whether we ask is theirs to choose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from docs.generate_refusals import printed
from domain.events.base import Category
from domain.events.course import TrajectoryClosed
from domain.events.cover import CoverArranged
from domain.events.permissions import LegalBasis, MandateKind, MandateNoted
from domain.events.setback import (
    RecoveryNoted,
    SetbackAnswered,
    SetbackSignalled,
    SignalledBy,
    Urgency,
)
from domain.events.support import LeftInPeace
from domain.events.team import (
    NetworkMemberInvited,
    NetworkMemberJoined,
    TeamMemberAdded,
    TeamMemberLeft,
)
from domain.events.wellbeing import (
    WatchAsked,
    WatchStopped,
    WellbeingQuestionStopped,
    WellbeingRhythmChosen,
    WellbeingScored,
)
from domain.policy import Reader, Relation, sight
from domain.question import next_question_on
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.setback import AnswerSetback, NoteRecovery, SignalSetback
from domain.rules.team import NOT_ON_A_TEAM
from domain.rules.wellbeing import (
    NO_LINE,
    AskToWatch,
    ChooseWellbeingRhythm,
    ScoreWellbeing,
    StopWatching,
    StopWellbeingQuestion,
    line,
)
from domain.state import fold, stages
from tests.domain.histories import CLOSED, JOB, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given

SIGNAL = SetbackSignalled(occurred_on=TODAY, setback=an_id("setback"), by=SignalledBy.CLIENT)


def test_the_client_gives_a_figure():
    asked = ScoreWellbeing(score=7, words="beter geslapen")
    event = WellbeingScored(occurred_on=TODAY, note=asked.note, score=7, words="beter geslapen")
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CARE_WORKER, Role.NETWORK_MEMBER])
def test_nobody_gives_it_for_them(role):
    asked = given(REFERRED).when(ScoreWellbeing(score=7)).by(role)
    asked.refused("zegt de cliënt zelf")
    asked.on_behalf_of(an_id("somebody else")).refused("Je kunt wel een contact noteren")


def test_it_can_be_recorded_in_their_name():
    asked = ScoreWellbeing(score=7)
    event = WellbeingScored(occurred_on=TODAY, note=asked.note, score=7)
    given(REFERRED).when(asked).on_behalf_of(CLIENT).then(event)


@pytest.mark.parametrize("score", [0, 11, 7.5])
def test_a_figure_is_from_one_to_ten(score):
    with pytest.raises(ValidationError):
        ScoreWellbeing(score=score)


def test_the_client_chooses_how_often_we_ask_and_whether():
    every = WellbeingRhythmChosen(occurred_on=TODAY, every_weeks=4)
    choose = given(REFERRED).when(ChooseWellbeingRhythm(every_weeks=4))
    choose.by(Role.CLIENT).then(every)
    choose.refused("zegt de cliënt zelf")
    again = given(REFERRED, every).when(ChooseWellbeingRhythm(every_weeks=4))
    again.by(Role.CLIENT).nothing()
    stopped = WellbeingQuestionStopped(occurred_on=TODAY)
    stop = given(REFERRED, every).when(StopWellbeingQuestion())
    stop.by(Role.CLIENT).then(stopped)
    stop.refused("zegt de cliënt zelf")
    given(REFERRED, stopped).when(StopWellbeingQuestion()).by(Role.CLIENT).nothing()


def test_we_ask_from_the_day_they_chose_and_not_after_they_stopped():
    asked_on = date(2026, 3, 2)
    every = WellbeingRhythmChosen(occurred_on=asked_on, every_weeks=4)
    before = WellbeingScored(occurred_on=date(2026, 2, 23), note=an_id("b"), score=5)
    since = before.model_copy(update={"occurred_on": date(2026, 3, 4)})
    old = before.model_copy(update={"occurred_on": date(2026, 1, 5)})
    alone = LeftInPeace(occurred_on=asked_on, until=date(2026, 5, 1))
    stopped = WellbeingQuestionStopped(occurred_on=asked_on)
    for past, expected in (
        ([], None),
        ([before], None),
        ([every], asked_on),
        ([old, every], asked_on),
        ([before, every], date(2026, 3, 23)),
        ([every, since], date(2026, 4, 1)),
        ([every, since, alone], date(2026, 5, 1)),
        ([every, since, stopped], None),
        ([every, since, stopped, every], date(2026, 4, 1)),
        ([every, CLOSED], None),
    ):
        assert next_question_on(fold([REFERRED, *past])) == expected, past


def test_the_trend_is_watched_only_when_asked_for():
    asked = WatchAsked(occurred_on=TODAY)
    watch = given(REFERRED).when(AskToWatch())
    watch.by(Role.CLIENT).then(asked)
    watch.refused("zegt de cliënt zelf")
    given(REFERRED, asked).when(AskToWatch()).by(Role.CLIENT).nothing()
    stop = given(REFERRED, asked).when(StopWatching())
    stop.by(Role.CLIENT).then(WatchStopped(occurred_on=TODAY))
    stop.refused("zegt de cliënt zelf")
    given(REFERRED).when(StopWatching()).by(Role.CLIENT).nothing()


def test_a_line_is_told_only_for_as_long_as_the_client_asks_to_watch_it():
    asked, stopped = WatchAsked(occurred_on=TODAY), WatchStopped(occurred_on=TODAY)
    scores = [4, 5, 5, 6, 7]
    for past, expected in (
        ((), None),
        ((asked,), 0.7),
        ((asked, stopped), None),
        ((asked, stopped, asked), 0.7),
    ):
        assert line(fold([REFERRED, *past]).wellbeing, scores) == expected
    assert line(fold([REFERRED, asked]).wellbeing, scores[:2]) is None
    assert printed(*NO_LINE)


@pytest.mark.parametrize(
    ("role", "by"),
    [
        (Role.CLIENT, SignalledBy.CLIENT),
        (Role.NETWORK_MEMBER, SignalledBy.NETWORK),
        (Role.EMPLOYER, SignalledBy.EMPLOYER),
        (Role.CARE_WORKER, SignalledBy.CARE_WORKER),
        (Role.PEER_WORKER, SignalledBy.TEAM),
    ],
)
def test_anyone_near_may_say_that_it_is_not_going_well(role, by):
    asked = SignalSetback(setback=SIGNAL.setback, urgency=Urgency.SOON)
    event = SIGNAL.model_copy(update={"by": by, "urgency": Urgency.SOON})
    given(REFERRED).when(asked).by(role).then(event)
    given(REFERRED, event).when(asked).by(role).nothing()


DAAN, BAS = an_id("Daan"), an_id("Bas")
AROUND = (
    REFERRED,
    NetworkMemberInvited(occurred_on=TODAY, person=DAAN),
    TeamMemberAdded(occurred_on=TODAY, person=BAS, role=Role.CARE_WORKER),
)


def test_the_client_chooses_who_reads_it_among_who_could():
    joined = NetworkMemberJoined(occurred_on=TODAY, person=DAAN)
    for person, past in ((BAS, AROUND), (DAAN, (*AROUND, joined))):
        asked = SignalSetback(setback=SIGNAL.setback, wants_reader=person)
        own = SIGNAL.model_copy(update={"wants_reader": person})
        given(*past).when(asked).by(Role.CLIENT).then(own)
        given(*past).when(asked).on_behalf_of(CLIENT).then(own)
        for role in (Role.JOB_COACH, Role.EMPLOYER, Role.NETWORK_MEMBER):
            other = given(*past).when(asked).by(role)
            other.refused("Alleen de cliënt kiest wie dit leest", at="wants_reader")
    asked = SignalSetback(wants_reader=DAAN)
    given(*AROUND).when(asked).by(Role.CLIENT).refused("een naaste die meedoet", at="wants_reader")


STANDS_IN = CoverArranged(
    occurred_on=YESTERDAY,
    cover=an_id("cover"),
    coach=COACH,
    person=DAAN,
    starts_on=YESTERDAY,
    ends_on=TODAY,
)
SPEAKS = MandateNoted(
    occurred_on=YESTERDAY,
    mandate=an_id("mandate"),
    person=DAAN,
    kind=MandateKind.POWER_OF_ATTORNEY,
    categories=(Category.SETBACK,),
    until=TODAY,
    legal_basis=LegalBasis.CONSENT,
)


@pytest.mark.parametrize("near", [STANDS_IN, SPEAKS], ids=["stands in", "speaks for the client"])
def test_who_stands_in_or_speaks_for_the_client_is_chosen_until_their_last_day(near):
    asked = given(REFERRED, near).when(SignalSetback(wants_reader=DAAN)).by(Role.CLIENT)
    assert asked.decide()
    over = replace(asked, facts=asked.facts._replace(today=TOMORROW))
    over.refused("Deze persoon leest dit niet", at="wants_reader")
    other = given(REFERRED, near).when(SignalSetback(wants_reader=BAS)).by(Role.CLIENT)
    other.refused("Deze persoon leest dit niet", at="wants_reader")


def test_the_words_of_a_signal_are_put_right_also_when_who_was_chosen_has_left():
    chosen = SIGNAL.model_copy(update={"wants_reader": BAS})
    left = TeamMemberLeft(occurred_on=TODAY, person=BAS)
    fields = chosen.model_dump(mode="json", exclude_none=True)
    better = CorrectEntry(entry=an_id("entry"), reason="zo", body={**fields, "words": "moe"})
    asked = given(*AROUND, chosen, left).when(better).about(chosen, CLIENT).by(Role.CLIENT)
    assert asked.decide()


def test_another_reader_is_chosen_among_who_could_read_it_as_well():
    body = SIGNAL.model_dump(mode="json", exclude_none=True)
    for person, joined in ((BAS, True), (DAAN, False)):
        chosen = CorrectEntry(
            entry=an_id("entry"), reason="toch", body={**body, "wants_reader": str(person)}
        )
        asked = given(*AROUND, SIGNAL).when(chosen).about(SIGNAL, CLIENT).by(Role.CLIENT)
        if joined:
            assert asked.decide()
        else:
            asked.refused("Deze persoon leest dit niet", at="body.wants_reader")


@pytest.mark.parametrize("role", sorted(set(Role) - NOT_ON_A_TEAM))
def test_whom_the_client_may_choose_could_read_it(role):
    """The rule and the policy agree: whoever may be chosen of a team sees the words of it."""
    on_team = TeamMemberAdded(occurred_on=TODAY, person=BAS, role=role)
    asked = given(REFERRED, on_team).when(SignalSetback(wants_reader=BAS)).by(Role.CLIENT)
    tie = Relation(Reader(BAS, role), an_id("trajectory"), outside=True)
    if "words" in sight(tie).fields(SetbackSignalled, own=True):
        assert asked.decide()
    else:
        asked.refused("Deze persoon leest dit niet", at="wants_reader")


def test_on_a_closed_file_a_call_for_help_is_answered_in_words_of_its_own():
    closed = TrajectoryClosed(occurred_on=TODAY, reason="client_wish")
    signal = given(REFERRED, closed).when(SignalSetback())
    signal.by(Role.CLIENT).refused("Bel een van de nummers hieronder")
    signal.refused("Dit traject is afgerond")


def test_a_signal_in_the_clients_name_is_the_clients():
    asked = given(REFERRED).when(SignalSetback(words="te veel"))
    (own,) = asked.on_behalf_of(CLIENT).decide()
    assert own.by is SignalledBy.CLIENT
    (other,) = asked.on_behalf_of(an_id("somebody else")).decide()
    assert other.by is SignalledBy.JOB_COACH


def test_a_signal_changes_no_status():
    assert stages(fold([REFERRED, JOB, SIGNAL]), TODAY) == stages(fold([REFERRED, JOB]), TODAY)
    given().when(SignalSetback()).refused("Noteer eerst de aanmelding")


def test_the_team_answers_and_may_answer_more_than_once():
    asked = AnswerSetback(setback=SIGNAL.setback, agreed_help="morgen samen lopen")
    event = SetbackAnswered(occurred_on=TODAY, **asked.said())
    given(REFERRED, SIGNAL).when(asked).then(event)
    given(REFERRED, SIGNAL, event).when(asked).nothing()
    assert given(REFERRED, SIGNAL, event).when(AnswerSetback(setback=SIGNAL.setback)).decide()
    given(REFERRED).when(asked).refused("Kies er een uit de lijst", at="setback")


def test_better_again_closes_the_signal_without_an_answer():
    asked = NoteRecovery(setback=SIGNAL.setback)
    event = RecoveryNoted(occurred_on=TODAY, setback=SIGNAL.setback)
    given(REFERRED, SIGNAL).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, SIGNAL, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).refused("Kies er een uit de lijst", at="setback")
    assert fold([REFERRED, SIGNAL]).wellbeing.unanswered
    assert not fold([REFERRED, SIGNAL, event]).wellbeing.unanswered

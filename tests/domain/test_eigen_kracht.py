"""Eigen Kracht: the client's own conference, the circle's own plan, a coordinator who leaves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.events.base import Category, Grant, GrantEnd, GrantKind, Kind, field_kinds
from domain.events.eigen_kracht import (
    EkActionAdded,
    EkActionDone,
    EkActionDropped,
    EkConferenceHeld,
    EkCoordinatorAppointed,
    EkCoordinatorLeft,
    EkEvaluated,
    EkEvent,
    EkFourWeekCall,
    EkMainQuestionSet,
    EkPlanAdopted,
    EkRequested,
    EkSubQuestionSet,
)
from domain.events.team import NetworkMemberInvited, NetworkMemberLeft, TeamMemberAdded
from domain.policy import ROLES, Reader, Relation, may_append, may_record, relation, sight
from domain.roles import Role
from domain.rules.eigen_kracht import (
    AddAction,
    AdoptPlan,
    AppointCoordinator,
    DropAction,
    EvaluatePlan,
    FinishAction,
    LogConference,
    LogFourWeekCall,
    RemoveCoordinator,
    RequestEigenKracht,
    SetMainQuestion,
    SetSubQuestion,
)
from domain.rules.limits import Day
from domain.rules.team import AddTeamMember
from domain.state import fold
from domain.state.eigen_kracht import Action, Plan, completion
from tests.domain.histories import CLOSED, LONG_AGO, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, TODAY, an_id, given

TRACK, MO, NEPHEW, NIECE = (an_id(name) for name in ("track", "Mo", "nephew", "niece"))
APPOINTED = EkCoordinatorAppointed(occurred_on=TODAY, person=MO)
CALLED = EkFourWeekCall(occurred_on=TODAY, person=MO)
LEFT = EkCoordinatorLeft(occurred_on=TODAY, person=MO)
HELD = EkConferenceHeld(occurred_on=TODAY, conference=an_id("conference"))
PLAN = EkPlanAdopted(occurred_on=TODAY, plan=an_id("plan"), conference=HELD.conference)
INVITED = NetworkMemberInvited(occurred_on=TODAY, person=NEPHEW)
ACTION = EkActionAdded(
    occurred_on=TODAY,
    action=an_id("action"),
    plan=PLAN.plan,
    person=NEPHEW,
    what="samen de post openen",
)
DONE = EkActionDone(occurred_on=TODAY, action=ACTION.action, plan=PLAN.plan, person=NEPHEW)
DROPPED = EkActionDropped(occurred_on=TODAY, action=ACTION.action, plan=PLAN.plan, person=NEPHEW)
AGREED = (REFERRED, INVITED, APPOINTED, HELD, PLAN, ACTION)
TIED = Grant(TRACK, f"network/{NEPHEW}", NEPHEW, GrantKind.NETWORK, Role.NETWORK_MEMBER.value)


def test_the_client_asks_for_it_or_says_yes():
    asked = RequestEigenKracht(proposed_by=Role.LABOUR_EXPERT)
    event = EkRequested(occurred_on=TODAY, note=asked.note, proposed_by=Role.LABOUR_EXPERT)
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED, CLOSED).when(asked).by(Role.CLIENT).refused("kunt altijd terugkomen")


def test_the_client_chooses_a_coordinator_who_stands_outside():
    asked = AppointCoordinator(person=MO)
    given(REFERRED).when(asked).by(Role.CLIENT).then(APPOINTED)
    given(REFERRED, APPOINTED).when(asked).by(Role.CLIENT).nothing()
    coach = TeamMemberAdded(occurred_on=TODAY, person=MO, role=Role.JOB_COACH)
    close = INVITED.model_copy(update={"person": MO})
    for inside in (coach, close):
        given(REFERRED, inside).when(asked).by(Role.CLIENT).refused("staat los van", at="person")
    own = AppointCoordinator(person=CLIENT)
    given(REFERRED).when(own).by(Role.CLIENT).refused("staat los van de kring", at="person")


def test_nobody_is_appointed_who_is_no_coordinator():
    asked = given(REFERRED).when(AppointCoordinator(person=MO)).by(Role.CLIENT)
    asked.knowing((MO, Role.EK_COORDINATOR, an_id("circle"))).then(APPOINTED)
    asked.knowing((MO, Role.JOB_COACH, an_id("circle"))).refused("deze rol", at="person")
    asked.knowing().refused("deze rol", at="person")


def test_nobody_becomes_coordinator_by_way_of_the_team():
    member = AddTeamMember(person=MO, role=Role.EK_COORDINATOR)
    given(REFERRED).when(member).refused("kiest een Eigen Kracht-coördinator", at="role")
    coach = AddTeamMember(person=MO, role=Role.JOB_COACH)
    given(REFERRED, APPOINTED).when(coach).refused("staat los van het team", at="person")


def test_the_call_ends_the_work_of_the_coordinator():
    asked = LogFourWeekCall(words="Het gaat zoals gepland")
    event = CALLED.model_copy(update={"words": "Het gaat zoals gepland"})
    given(*AGREED).when(asked).by(Role.EK_COORDINATOR, MO).then(event)
    given(*AGREED, event).when(asked).by(Role.CLIENT).nothing()
    other = given(*AGREED, event).when(LogFourWeekCall(words="Het gaat anders")).by(Role.CLIENT)
    other.refused("Wie het noteerde kan het verbeteren")
    earlier = asked.model_copy(update={"occurred_on": YESTERDAY})
    other = given(*AGREED, event).when(earlier).by(Role.CLIENT)
    other.refused("Wie het noteerde kan het verbeteren")
    given(REFERRED).when(asked).by(Role.CLIENT).refused("De cliënt kan er een kiezen")
    given(REFERRED, APPOINTED, LEFT).when(asked).by(Role.CLIENT).refused("geen Eigen Kracht")


def test_a_coordinator_can_stop_and_be_stopped_at_any_time_also_after_a_closing():
    asked = RemoveCoordinator()
    given(REFERRED, APPOINTED).when(asked).by(Role.EK_COORDINATOR, MO).then(LEFT)
    given(REFERRED, APPOINTED, CLOSED).when(asked).by(Role.CLIENT).then(LEFT)
    given(REFERRED, APPOINTED, LEFT).when(asked).by(Role.CLIENT).nothing()
    given().when(asked).by(Role.CLIENT).refused("Noteer eerst de aanmelding")


def coordinating(*events: EkEvent) -> Relation | None:
    """Give the tie of the coordinator after these events, from the rights they give and end."""
    rows: dict[str, Grant] = {}
    for right in (right for event in events for right in event.grants(TRACK)):
        if isinstance(right, GrantEnd):
            rows.pop(right.key, None)
        else:
            rows[right.key] = right
    role = Role.EK_COORDINATOR
    held = Grant(MO, "role", MO, GrantKind.ROLE, role.value)
    assert relation(Reader(MO, role), TRACK, rows.values(), TODAY) is None, "appointed, and no more"
    return relation(Reader(MO, role), TRACK, [*rows.values(), held], TODAY)


@pytest.mark.parametrize(
    "end", [CALLED, LEFT, EkCoordinatorAppointed(occurred_on=TODAY, person=an_id("another"))]
)
def test_the_coordinator_reads_and_records_the_plan_until_the_end_and_nothing_after(end):
    tie = coordinating(APPOINTED)
    assert tie is not None
    assert may_append(tie, [CALLED])
    seen = sight(tie)
    assert "what" in seen.fields(EkActionAdded)
    assert seen.categories() == {Category.EK_PLAN}
    assert coordinating(APPOINTED, end) is None
    assert not may_append(coordinating(APPOINTED, end), [HELD])


def test_nothing_of_a_right_is_corrected():
    assert not any(each.CORRECTABLE for each in (APPOINTED, CALLED, LEFT))


def test_the_questions_are_the_clients_in_the_clients_order():
    main = SetMainQuestion(question="Hoe kom ik weer aan het werk?")
    asked = EkMainQuestionSet(occurred_on=TODAY, **main.said())
    given(REFERRED).when(main).by(Role.CLIENT).then(asked)
    given(REFERRED, asked).when(main).by(Role.CLIENT).nothing()
    given().when(main).by(Role.CLIENT).refused("Noteer eerst de aanmelding")
    for place, question in enumerate(("schulden", "contact", "vrije tijd", "werk"), 1):
        sub = SetSubQuestion(place=place, question=question)
        event = EkSubQuestionSet(occurred_on=TODAY, **sub.said())
        given(REFERRED).when(sub).by(Role.CLIENT).then(event)
        given(REFERRED, event).when(sub).by(Role.CLIENT).nothing()
    given(REFERRED, CLOSED).when(sub).by(Role.CLIENT).refused("kunt altijd terugkomen")


@pytest.mark.parametrize("place", [0, 51, 1.5])
def test_a_place_in_the_order_is_a_small_number(place):
    with pytest.raises(ValidationError):
        SetSubQuestion(place=place, question="schulden")


def test_a_conference_is_a_day_and_nothing_else():
    asked = LogConference(conference=HELD.conference)
    given(REFERRED).when(asked).by(Role.CLIENT).then(HELD)
    given(REFERRED, HELD).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED, CLOSED).when(asked).by(Role.CLIENT).refused("kunt altijd terugkomen")
    given().when(asked).by(Role.CLIENT).refused("Noteer eerst de aanmelding")
    to_come = LogConference(conference=HELD.conference, occurred_on=TOMORROW)
    given(REFERRED).when(to_come).by(Role.CLIENT).refused("moet nog komen", at="occurred_on")
    earlier = LogConference(conference=HELD.conference, occurred_on=LONG_AGO)
    long_ago = HELD.model_copy(update={"occurred_on": LONG_AGO})
    given(REFERRED).when(earlier).by(Role.CLIENT).then(long_ago)


def test_no_field_could_hold_what_was_said_in_private_time():
    types = {name: field.annotation for name, field in EkConferenceHeld.model_fields.items()}
    assert types == {"occurred_on": date, "conference": UUID, "late_reason": type(None)}
    types = {name: field.annotation for name, field in LogConference.model_fields.items()}
    assert types == {"occurred_on": Day | None, "conference": UUID}
    said = {"occurred_on": TODAY, "conference": HELD.conference, "late_reason": "ruzie om geld"}
    with pytest.raises(ValidationError):
        EkConferenceHeld.model_validate(said)


def test_a_coordinator_is_appointed_for_where_they_work():
    asked, works = AppointCoordinator(person=MO, organisation=TRACK), (MO, Role.EK_COORDINATOR)
    when = given(REFERRED).when(asked).by(Role.CLIENT)
    assert when.knowing((*works, TRACK)).decide()
    when.knowing((*works, NIECE)).refused("werkt daar niet", at="person")


def test_a_plan_is_adopted_with_a_moment_to_look_back():
    asked = AdoptPlan(
        plan=PLAN.plan, conference=HELD.conference, evaluate_on=TOMORROW, if_otherwise="bel Sem"
    )
    event = EkPlanAdopted(occurred_on=TODAY, **asked.said())
    given(REFERRED, HELD).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, HELD, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).by(Role.CLIENT).refused("staat er niet", at="conference")
    past = asked.model_copy(update={"evaluate_on": YESTERDAY})
    given(REFERRED, HELD).when(past).by(Role.CLIENT).refused("vóór het plan", at="evaluate_on")
    assert given(REFERRED).when(AdoptPlan(text="zonder conferentie")).by(Role.CLIENT).decide()


def test_an_action_is_of_the_client_or_of_somebody_in_the_circle():
    asked = AddAction(
        action=ACTION.action, plan=PLAN.plan, person=NEPHEW, what="samen de post openen"
    )
    given(*AGREED[:-1]).when(asked).by(Role.EK_COORDINATOR, MO).then(ACTION)
    given(*AGREED).when(asked).by(Role.EK_COORDINATOR, MO).nothing()
    own = asked.model_copy(update={"person": CLIENT})
    assert given(REFERRED, PLAN).when(own).by(Role.CLIENT).decide()
    given(REFERRED, PLAN).when(asked).by(Role.CLIENT).refused("kan deze persoon", at="person")
    given(REFERRED, INVITED).when(asked).by(Role.CLIENT).refused("Dit plan", at="plan")
    past = asked.model_copy(update={"by_when": YESTERDAY})
    given(*AGREED[:-1]).when(past).by(Role.CLIENT).refused("latere dag", at="by_when")


def test_the_owner_marks_the_own_action_done_and_no_other():
    asked = FinishAction(action=ACTION.action)
    given(*AGREED).when(asked).by(Role.NETWORK_MEMBER, NEPHEW).then(DONE)
    given(*AGREED).when(asked).by(Role.EK_COORDINATOR, MO).then(DONE)
    given(*AGREED, DONE).when(asked).by(Role.NETWORK_MEMBER, NEPHEW).nothing()
    given(*AGREED, DROPPED).when(asked).by(Role.CLIENT).then(DONE)
    another = given(*AGREED).when(asked).by(Role.NETWORK_MEMBER, NIECE)
    another.refused("Deze actie staat er niet", at="action")
    given(REFERRED).when(asked).by(Role.CLIENT).refused("Deze actie staat er niet", at="action")


def test_an_action_can_be_dropped_until_it_is_done():
    asked = DropAction(action=ACTION.action)
    given(*AGREED).when(asked).by(Role.CLIENT).then(DROPPED)
    given(*AGREED, DROPPED).when(asked).by(Role.CLIENT).nothing()
    given(*AGREED, DONE).when(asked).by(Role.CLIENT).refused("al gedaan", at="action")
    given(REFERRED).when(asked).by(Role.CLIENT).refused("Deze actie staat er niet", at="action")


def test_somebody_close_sees_the_own_actions_and_nothing_else_of_the_plan():
    tie = relation(Reader(NEPHEW, Role.NETWORK_MEMBER), TRACK, [TIED], TODAY)
    assert tie is not None
    for event in (EkActionAdded, EkActionDone, EkActionDropped):
        assert sight(tie).fields(event, own=True) == event.model_fields.keys()
    for event in (EkActionAdded, EkPlanAdopted, EkMainQuestionSet, EkSubQuestionSet):
        assert sight(tie).fields(event) == frozenset()
    shared = Grant(TRACK, "permission/n", NEPHEW, GrantKind.PERMISSION, categories="N")
    tie = relation(Reader(NEPHEW, Role.NETWORK_MEMBER), TRACK, [TIED, shared], TODAY)
    assert tie is not None
    assert "text" in sight(tie).fields(EkPlanAdopted)


def test_who_left_the_circle_no_longer_has_a_tie_and_the_action_still_counts():
    left = NetworkMemberLeft(occurred_on=TODAY, person=NEPHEW)
    keys = (TIED.key, f"{TIED.key}/share", f"{TIED.key}/joined")
    assert left.grants(TRACK) == tuple(GrantEnd(TRACK, each) for each in keys)
    (plan,) = fold([*AGREED, left]).eigen_kracht.plans
    assert completion(plan) == (0, 1)


@pytest.mark.parametrize(
    ("event", "roles"),
    [
        (EkRequested, {Role.CLIENT, Role.EK_COORDINATOR}),
        (EkCoordinatorAppointed, {Role.CLIENT}),
        (EkCoordinatorLeft, {Role.CLIENT, Role.EK_COORDINATOR}),
        (EkFourWeekCall, {Role.CLIENT, Role.EK_COORDINATOR}),
        (EkConferenceHeld, {Role.CLIENT, Role.EK_COORDINATOR}),
        (EkActionAdded, {Role.CLIENT, Role.EK_COORDINATOR}),
        (
            EkActionDone,
            {Role.CLIENT, Role.EK_COORDINATOR, Role.NETWORK_MEMBER, Role.PEER_WORKER},
        ),
        (EkActionDropped, {Role.CLIENT, Role.EK_COORDINATOR}),
    ],
)
def test_who_may_record_this(event, roles):
    class Asked(AddAction):
        YIELDS = (event,)

    tied = {role: Relation(Reader(MO, role), TRACK) for role in ROLES - {Role.EMPLOYER}}
    assert {role for role, tie in tied.items() if may_record(tie, Asked)} == roles


def test_the_plan_is_looked_back_on_and_a_new_conference_may_be_called():
    asked = EvaluatePlan(plan=PLAN.plan, words="Bijna alles lukte", new_conference=True)
    event = EkEvaluated(occurred_on=TODAY, **asked.said())
    given(*AGREED, CALLED).when(asked).by(Role.CLIENT).then(event)
    given(*AGREED, CALLED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).by(Role.CLIENT).refused("Dit plan staat er niet", at="plan")
    again = LogConference()
    assert given(*AGREED, CALLED, event).when(again).by(Role.CLIENT).decide()


@pytest.mark.parametrize(("done", "of", "percentage"), [(39, 50, 78.0), (7, 9, 77.8)])
def test_completion_counts_all_that_were_ever_added(done, of, percentage):
    def action(at: int) -> Action:
        return Action(an_id(f"action {at}"), NEPHEW, done=at < done, dropped=at == done)

    found = completion(Plan(PLAN.plan, tuple(action(at) for at in range(of))))
    assert found == (done, of)
    assert round(100 * found[0] / found[1], 1) == percentage


def test_dropping_makes_the_completion_neither_less_nor_more():
    second = ACTION.model_copy(update={"action": an_id("second")})
    (before,) = fold([*AGREED, second, DONE]).eigen_kracht.plans
    dropped = DROPPED.model_copy(update={"action": second.action})
    (after,) = fold([*AGREED, second, DONE, dropped]).eigen_kracht.plans
    assert completion(before) == completion(after) == (1, 2)
    assert completion(Plan(PLAN.plan)) == (0, 0)


def test_what_people_say_is_words_and_what_is_structure_is_not():
    worded = {
        name
        for event in (EkRequested, EkPlanAdopted, EkActionAdded, EkActionDone, EkFourWeekCall)
        for name, kind in field_kinds(event).items()
        if kind is Kind.WORDS
    }
    assert worded == {"late_reason", "words", "text", "if_otherwise", "what"}

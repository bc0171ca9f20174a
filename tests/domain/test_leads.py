"""Ways to an employer that others open: a job broker who is asked, tips of people close."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.base import Kind, field_kinds
from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.search import EmployerContactMade, Mode
from domain.events.team import NetworkMemberInvited, Relation, TeamMemberAdded
from domain.roles import Role
from domain.rules.leads import AnswerBrokerRequest, AskBroker, OfferLead
from domain.rules.search import LogEmployerContact
from domain.state import Stage, fold, stages
from tests.domain.histories import CLOSED, COURIERS, REFERRED
from tests.spec import CLIENT, TODAY, an_id, given

BROKER, SISTER = an_id("Jo, broker"), an_id("Els, sister")
ON_TEAM = TeamMemberAdded(occurred_on=TODAY, person=BROKER, role=Role.JOB_BROKER)
INVITED = NetworkMemberInvited(occurred_on=TODAY, person=SISTER)
ASKED = BrokerRequestMade(
    occurred_on=TODAY, request=an_id("request"), broker=BROKER, job_types=("kok",)
)
LEAD = NetworkLeadOffered(
    occurred_on=TODAY, lead=an_id("lead"), offered_by=SISTER, place="bakkerij om de hoek"
)


def test_a_broker_of_the_team_is_asked_in_words_of_work():
    asked = AskBroker(
        request=ASKED.request, broker=BROKER, job_types=("kok", "kok"), wishes=("overdag",)
    )
    event = ASKED.model_copy(update={"wishes": ("overdag",)})
    given(REFERRED, ON_TEAM).when(asked).then(event)
    given(REFERRED, ON_TEAM, event).when(asked).nothing()
    given(REFERRED).when(asked).refused("Voeg die eerst toe aan het team", at="broker")
    coach = ON_TEAM.model_copy(update={"role": Role.JOB_COACH})
    given(REFERRED, coach).when(asked).refused("Voeg die eerst toe", at="broker")
    given(REFERRED, ON_TEAM, CLOSED).when(asked).refused("afgerond")
    with pytest.raises(ValidationError):
        AskBroker(broker=BROKER, job_types=())


def test_what_a_broker_is_asked_has_no_place_for_a_story():
    kinds = field_kinds(BrokerRequestMade)
    assert {name for name, kind in kinds.items() if kind is not Kind.FACT} == {"late_reason"}


def test_the_broker_who_was_asked_answers_and_may_answer_more_than_once():
    asked = AnswerBrokerRequest(request=ASKED.request, employer=COURIERS)
    event = BrokerRequestAnswered(occurred_on=TODAY, **asked.said())
    past = (REFERRED, ON_TEAM, ASKED)
    given(*past).when(asked).by(Role.JOB_BROKER, BROKER).then(event)
    given(*past, event).when(asked).by(Role.JOB_BROKER, BROKER).nothing()
    more = AnswerBrokerRequest(request=ASKED.request, words="volgende week weer")
    assert given(*past, event).when(more).by(Role.JOB_BROKER, BROKER).decide()
    somebody_else = given(*past).when(asked).by(Role.JOB_BROKER, an_id("another broker"))
    somebody_else.refused("niet aan jou gesteld", at="request")
    unknown = given(REFERRED, ON_TEAM).when(asked).by(Role.JOB_BROKER, BROKER)
    unknown.refused("niet aan jou gesteld", at="request")
    empty = AnswerBrokerRequest(request=ASKED.request)
    given(*past).when(empty).by(Role.JOB_BROKER, BROKER).refused("Noem een werkgever", at="words")


def test_asking_a_broker_is_looking_for_work_and_a_tip_is_not_yet():
    assert Stage.SEARCHING in stages(fold([REFERRED, ASKED]), TODAY)
    assert Stage.SEARCHING not in stages(fold([REFERRED, LEAD]), TODAY)


def test_somebody_close_offers_a_lead_of_their_own():
    asked = OfferLead(lead=LEAD.lead, place=LEAD.place)
    past = (REFERRED, INVITED)
    given(*past).when(asked).by(Role.NETWORK_MEMBER, SISTER).then(LEAD)
    given(*past, LEAD).when(asked).by(Role.NETWORK_MEMBER, SISTER).nothing()
    of_another = asked.model_copy(update={"offered_by": CLIENT})
    refused = given(*past).when(of_another).by(Role.NETWORK_MEMBER, SISTER)
    refused.refused("een tip van jezelf", at="offered_by")
    nowhere = given(*past).when(OfferLead()).by(Role.NETWORK_MEMBER, SISTER)
    nowhere.refused("Noem de werkgever", at="place")


def test_the_coach_notes_by_whom_when_invited_and_else_what_they_are_to_the_client():
    asked = OfferLead(lead=LEAD.lead, place=LEAD.place, offered_by=SISTER)
    given(REFERRED, INVITED).when(asked).then(LEAD)
    given(REFERRED).when(asked).refused("hier niet uitgenodigd", at="offered_by")
    neighbour = OfferLead(lead=LEAD.lead, employer=COURIERS, relation=Relation.NEIGHBOUR)
    event = NetworkLeadOffered(occurred_on=TODAY, **neighbour.said())
    given(REFERRED).when(neighbour).then(event)


def test_whom_to_ask_for_is_told_in_confidence():
    assert field_kinds(NetworkLeadOffered)["ask_for"] is Kind.THIRD


def test_an_employer_contact_names_the_lead_it_followed():
    asked = LogEmployerContact(employer=COURIERS, mode=Mode.ON_SITE, lead=LEAD.lead)
    event = EmployerContactMade(occurred_on=TODAY, **asked.said())
    given(REFERRED, LEAD).when(asked).then(event)
    given(REFERRED, LEAD, event).when(asked).nothing()
    given(REFERRED).when(asked).refused("Deze tip staat er niet", at="lead")

"""Permission to read along, and what an employer may be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.events.base import Category, GrantEnd, GrantKind
from domain.events.benefit import Benefit, BenefitEnded, BenefitSituationNoted
from domain.events.eigen_kracht import EkCoordinatorAppointed
from domain.events.permissions import (
    DisclosureAgreed,
    DisclosureDiscussed,
    DisclosureRevoked,
    DisclosureTopic,
    LegalBasis,
    MandateEnded,
    MandateKind,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
    ToldBy,
    ToldTopic,
)
from domain.events.team import NetworkMemberInvited, TeamMemberAdded
from domain.policy import OPENED
from domain.roles import Role
from domain.rules.base import Refused
from domain.rules.benefit import EndBenefit, NoteBenefits
from domain.rules.permissions import (
    AgreeDisclosure,
    DiscussDisclosure,
    EndMandate,
    GrantPermission,
    NoteMandate,
    RevokeDisclosure,
    WithdrawPermission,
)
from domain.rules.team import AddTeamMember
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given

TRACK, CARE, TOWN = an_id("track"), an_id("care"), an_id("town")
ASKED = GrantPermission(
    permission=an_id("permission"),
    recipient=an_id("Bas"),
    recipient_kind=RecipientKind.PERSON,
    purpose=Purpose.CARE,
    categories=(Category.WELLBEING, Category.SUPPORT),
    legal_basis=LegalBasis.CONSENT,
    until=TOMORROW,
)
WITNESS = an_id("Jo")
JO_ADDED = TeamMemberAdded(occurred_on=TODAY, person=WITNESS, role=Role.JOB_BROKER)
GRANTED = PermissionGranted(occurred_on=TODAY, **ASKED.said("witnessed_by"), witnessed_by=WITNESS)
AGREED = DisclosureAgreed(
    occurred_on=TODAY,
    disclosure=an_id("disclosure"),
    employer=COURIERS,
    told_by=ToldBy.CLIENT,
    wording="Ik werk het best met een rustig begin.",
    purpose=Purpose.FIND_WORK,
    legal_basis=LegalBasis.CONSENT,
)
TOLD = {"occurred_on", "late_reason", "purpose", "legal_basis"}


def test_the_client_gives_permission():
    asked = given(REFERRED).when(ASKED).by(Role.CLIENT)
    (event,) = asked.decide()
    (grant,) = event.grants(TRACK)
    assert (grant.kind, grant.categories, grant.until) == (GrantKind.PERMISSION, "H,I", TOMORROW)


def test_what_is_given_for_an_audit_is_read_by_an_auditor_alone():
    asked = given(REFERRED).when(ASKED.model_copy(update={"purpose": Purpose.AUDIT}))
    (event,) = asked.by(Role.CLIENT).decide()
    (grant,) = event.grants(TRACK)
    assert (grant.kind, grant.role) == (GrantKind.PERMISSION, Role.AUDITOR.value)


def test_a_permission_to_a_professional_is_for_where_they_work():
    asked, bas = given(REFERRED).when(ASKED).by(Role.CLIENT), ASKED.recipient

    def noted_for(*held):
        (event,) = asked.knowing(*held).decide()
        (grant,) = event.grants(TRACK)
        assert grant.organisation == event.organisation
        return event.organisation

    care, town = (bas, Role.CARE_WORKER, CARE), (bas, Role.JOB_COACH, TOWN)
    assert noted_for(care) == CARE
    assert noted_for() is None, "who works nowhere"
    asked.knowing(care, town).refused("voor welke organisatie", at="organisation")
    there = ASKED.model_copy(update={"organisation": TOWN})
    chosen = given(REFERRED).when(there).by(Role.CLIENT)
    assert [each.organisation for each in chosen.knowing(care, town).decide()] == [TOWN]
    chosen.knowing(care).refused("werkt daar niet", at="organisation")
    on_team = TeamMemberAdded(
        occurred_on=TODAY, person=bas, role=Role.CARE_WORKER, organisation=CARE
    )
    (event,) = given(REFERRED, on_team).when(ASKED).by(Role.CLIENT).knowing(care, town).decide()
    assert event.organisation == CARE
    close = NetworkMemberInvited(occurred_on=TODAY, person=bas)
    (event,) = given(REFERRED, close).when(ASKED).by(Role.CLIENT).knowing(care).decide()
    assert event.organisation is None, "as somebody close, not for work"


def test_a_permission_to_an_organisation_is_not_for_a_place_of_work():
    asked = ASKED.model_copy(update={"recipient_kind": RecipientKind.ORGANISATION})
    when = given(REFERRED).when(asked).by(Role.CLIENT)
    (event,) = when.knowing((ASKED.recipient, Role.CARE_WORKER, CARE)).decide()
    assert event.organisation is None


def test_no_employer_reads_by_a_permission():
    asked = ASKED.model_copy(update={"recipient_kind": RecipientKind.EMPLOYER})
    asking = given(REFERRED).when(asked).by(Role.CLIENT)
    asking.refused("Spreek af wat de werkgever mag horen", at="recipient_kind")


def opening(*categories, to=RecipientKind.PERSON):
    """Ask to open these for the client manager, in a service that knows what can be opened."""
    asked = ASKED.model_copy(update={"categories": categories, "recipient_kind": to})
    ank = TeamMemberAdded(
        occurred_on=TODAY, person=ASKED.recipient, role=Role.CLIENT_MANAGER, organisation=TOWN
    )
    asking = given(REFERRED, ank).when(asked).by(Role.CLIENT)
    return replace(asking, facts=asking.facts._replace(opened=OPENED))


def test_to_look_back_is_for_auditors_and_for_nothing_else():
    def asking(role, purpose):
        asked = ASKED.model_copy(update={"categories": (Category.PROFILE,), "purpose": purpose})
        who = given(REFERRED).when(asked).by(Role.CLIENT).knowing((ASKED.recipient, role, TOWN))
        return replace(who, facts=who.facts._replace(opened=OPENED))

    assert asking(Role.AUDITOR, Purpose.AUDIT).decide()
    assert asking(Role.CARE_WORKER, Purpose.CARE).decide()
    asking(Role.CARE_WORKER, Purpose.AUDIT).refused("Kies een ander doel", at="purpose")
    asking(Role.AUDITOR, Purpose.CARE).refused("alleen mee om terug te kijken", at="purpose")


@pytest.mark.parametrize("closed", [Category.SEARCH, Category.SUPPORT, Category.SETBACK])
def test_nothing_is_opened_for_the_paymaster_that_stays_closed_all_the_same(closed):
    asking = opening(Category.JOB, closed)
    asking.refused(f"In deze rol leest niemand mee over: {closed.label.nl}. Ook", at="categories")
    assert Category.JOB.label.nl not in _sentence(asking).nl
    assert opening(Category.JOB, Category.BENEFITS).decide()


def test_all_that_stays_closed_is_named_in_the_readers_language():
    search, support = Category.SEARCH.label, Category.SUPPORT.label
    told = _sentence(opening(Category.SEARCH, Category.JOB, Category.SUPPORT))
    assert f"over: {search.nl}, {support.nl}. Ook" in told.nl
    assert f"about: {search.en}, {support.en}. Also" in told.en


def test_for_somebody_with_another_role_too_what_that_role_reads_can_be_opened():
    care = (ASKED.recipient, Role.CARE_WORKER, CARE)
    asking = opening(Category.JOB, Category.SUPPORT)
    assert asking.knowing(care, (ASKED.recipient, Role.CLIENT_MANAGER, TOWN)).decide()


def test_for_an_organisation_it_counts_who_of_the_team_works_there():
    asking = opening(Category.SUPPORT, to=RecipientKind.ORGANISATION)
    there = ASKED.model_copy(update={**asking.command.__dict__, "recipient": TOWN})
    replace(asking, command=there).refused("Ook niet met een toestemming", at="categories")
    elsewhere = ASKED.model_copy(update={**asking.command.__dict__, "recipient": CARE})
    assert replace(asking, command=elsewhere).decide()


def test_who_is_close_or_calls_the_circle_together_reads_what_those_read():
    asked = ASKED.model_copy(update={"categories": (Category.EK_PLAN, Category.BENEFITS)})
    close = NetworkMemberInvited(occurred_on=TODAY, person=ASKED.recipient)
    mo = EkCoordinatorAppointed(occurred_on=TODAY, person=ASKED.recipient)
    for past, opens in ((close, True), (mo, False)):
        asking = given(REFERRED, past).when(asked).by(Role.CLIENT)
        asking = replace(asking, facts=asking.facts._replace(opened=OPENED))
        if opens:
            assert asking.decide()
        else:
            asking.refused("niemand mee over: inkomen.", at="categories")
        care = asked.model_copy(update={"categories": (Category.CLINICAL,)})
        replace(asking, command=care).refused("Ook niet met een toestemming", at="categories")


def _sentence(asking):
    with pytest.raises(Refused) as refusal:
        asking.decide()
    return refusal.value.text


def test_a_coach_records_it_with_a_witness():
    witnessed = ASKED.model_copy(update={"witnessed_by": WITNESS})
    given(REFERRED, JO_ADDED).when(witnessed).then(GRANTED)
    assert given(REFERRED).when(ASKED).on_behalf_of(CLIENT).decide()


@pytest.mark.parametrize("witness", [None, COACH, ASKED.recipient, CLIENT])
def test_a_witness_is_not_who_notes_it_nor_who_gains_by_it(witness):
    team = [TeamMemberAdded(occurred_on=TODAY, person=witness or WITNESS, role=Role.JOB_BROKER)]
    asked = ASKED.model_copy(update={"witnessed_by": witness})
    given(REFERRED, *team).when(asked).refused("Noteer wie", at="witnessed_by")


def test_a_witness_is_somebody_around_the_client():
    stranger = ASKED.model_copy(update={"witnessed_by": WITNESS})
    given(REFERRED).when(stranger).refused("zit in het team", at="witnessed_by")
    invited = NetworkMemberInvited(occurred_on=TODAY, person=WITNESS)
    given(REFERRED, invited).when(stranger).then(GRANTED)


def test_nobody_notes_a_permission_for_themselves():
    asked = ASKED.model_copy(update={"recipient": COACH, "witnessed_by": WITNESS})
    given(REFERRED, JO_ADDED).when(asked).refused("De cliënt kan die zelf geven", at="recipient")
    given(REFERRED).when(asked).by(Role.CLIENT).decide()


def test_a_right_to_read_is_taken_back_after_a_closing_too():
    """Withdrawing is as easy as giving, and waits for nothing."""
    withdraw = WithdrawPermission(permission=GRANTED.permission)
    assert given(REFERRED, GRANTED, CLOSED).when(withdraw).by(Role.CLIENT).decide()
    revoke = RevokeDisclosure(disclosure=AGREED.disclosure)
    assert given(REFERRED, AGREED, CLOSED).when(revoke).by(Role.CLIENT).decide()
    given(REFERRED, CLOSED).when(ASKED).by(Role.CLIENT).refused("Je kunt altijd terugkomen")


def test_a_permission_does_not_end_before_it_begins():
    over = ASKED.model_copy(update={"until": YESTERDAY})
    given(REFERRED).when(over).by(Role.CLIENT).refused("al voorbij", at="until")


def test_the_same_permission_again_adds_nothing():
    given(REFERRED, GRANTED).when(ASKED).nothing()


def test_withdrawing_works_once_and_at_once():
    asked = WithdrawPermission(permission=GRANTED.permission)
    withdrawn = PermissionWithdrawn(occurred_on=TODAY, permission=GRANTED.permission)
    given(REFERRED, GRANTED).when(asked).then(withdrawn)
    given(REFERRED, GRANTED, withdrawn).when(asked).nothing()
    given(REFERRED).when(asked).refused("Kies er een uit de lijst", at="permission")
    assert withdrawn.grants(TRACK) == (GrantEnd(TRACK, f"permission/{GRANTED.permission}"),)


def test_openness_is_talked_through_and_nothing_need_be_told():
    asked = DiscussDisclosure(employer=COURIERS, topics=(DisclosureTopic.PROS_AND_CONS,))
    given(REFERRED).when(asked).then(DisclosureDiscussed(occurred_on=TODAY, **asked.said()))
    given().when(asked).refused("Noteer eerst de aanmelding")


def test_what_may_be_told_is_agreed_and_taken_back():
    asked = AgreeDisclosure(**AGREED.model_dump(exclude=TOLD))
    given(REFERRED).when(asked).then(AGREED)
    at_work = AGREED.model_copy(update={"purpose": Purpose.KEEP_WORK})
    given(REFERRED, JOB).when(asked).then(at_work)
    given(REFERRED, AGREED).when(asked).nothing()
    topics = (ToldTopic.JOB_COACH, ToldTopic.HEALTH, ToldTopic.JOB_COACH)
    (told,) = given(REFERRED).when(asked.model_copy(update={"topics": topics})).decide()
    assert told.topics == topics[:2], "each once"
    over = asked.model_copy(update={"until": YESTERDAY})
    given(REFERRED).when(over).refused("al voorbij", at="until")
    revoke = RevokeDisclosure(disclosure=AGREED.disclosure)
    revoked = DisclosureRevoked(occurred_on=TODAY, disclosure=AGREED.disclosure)
    given(REFERRED, AGREED).when(revoke).then(revoked)
    given(REFERRED, AGREED, revoked).when(revoke).nothing()
    given(REFERRED).when(revoke).refused("Kies er een", at="disclosure")


def test_income_is_what_the_client_tells():
    asked = NoteBenefits(benefits=(Benefit.WW, Benefit.BIJSTAND, Benefit.WW))
    given(REFERRED).when(asked).then(
        BenefitSituationNoted(
            occurred_on=TODAY, note=asked.note, benefits=(Benefit.WW, Benefit.BIJSTAND)
        )
    )
    both = NoteBenefits(benefits=(Benefit.NONE, Benefit.WW))
    given(REFERRED).when(both).refused("gaan niet samen", at="benefits")


def test_a_benefit_ends_beside_a_job_not_by_it():
    asked = EndBenefit(benefit=Benefit.BIJSTAND, wholly=False)
    ended = BenefitEnded(occurred_on=TODAY, note=asked.note, benefit=Benefit.BIJSTAND, wholly=False)
    given(REFERRED).when(asked).then(ended)
    given(REFERRED, ended).when(asked).nothing()
    none = EndBenefit(benefit=Benefit.NONE)
    given(REFERRED).when(none).refused("Noteer dan de nieuwe situatie", at="benefit")


TRUUS = an_id("Truus")
MANDATE = NoteMandate(
    mandate=an_id("mandate"),
    person=TRUUS,
    kind=MandateKind.MENTORSHIP,
    categories=(Category.CLINICAL, Category.BENEFITS),
    decided_on=YESTERDAY,
    until=TOMORROW,
)
NOTED = MandateNoted(occurred_on=TODAY, **MANDATE.said(), legal_basis=LegalBasis.LEGAL_DUTY)
POWER = MANDATE.model_copy(update={"kind": MandateKind.POWER_OF_ATTORNEY, "decided_on": None})
GIVEN = NOTED.model_copy(
    update={"kind": POWER.kind, "decided_on": None, "legal_basis": LegalBasis.CONSENT}
)


def test_who_represents_the_client_is_noted_with_what_the_mandate_names():
    given(REFERRED).when(MANDATE).then(NOTED)
    given(REFERRED, NOTED).when(MANDATE).nothing()
    (grant,) = NOTED.grants(TRACK)
    assert (grant.kind, grant.holder, grant.categories) == (GrantKind.MANDATE, TRUUS, "K,M")
    assert (grant.role, grant.until) == (Role.LEGAL_REPRESENTATIVE.value, TOMORROW)
    over = MANDATE.model_copy(update={"until": YESTERDAY})
    given(REFERRED).when(over).refused("al voorbij", at="until")


def test_a_power_of_attorney_is_given_by_the_client_and_a_decision_has_a_day():
    given(REFERRED).when(POWER).by(Role.CLIENT).then(GIVEN)
    given(REFERRED).when(POWER).refused("geeft de cliënt zelf", at="kind")
    undated = MANDATE.model_copy(update={"decided_on": None})
    given(REFERRED).when(undated).refused("staat op het papier", at="decided_on")
    to_come = MANDATE.model_copy(update={"decided_on": TOMORROW})
    given(REFERRED).when(to_come).refused("moet nog komen", at="decided_on")


@pytest.mark.parametrize("person", [COACH, CLIENT, WITNESS])
def test_nobody_of_the_team_represents_the_client(person):
    asked = MANDATE.model_copy(update={"person": person})
    given(REFERRED, JO_ADDED).when(asked).refused("Kies iemand anders", at="person")


def test_who_represents_the_client_does_not_join_the_team_meanwhile():
    join = AddTeamMember(person=TRUUS, role=Role.JOB_BROKER)
    given(REFERRED, NOTED).when(join).refused("vertegenwoordigt de cliënt", at="person")
    ended = MandateEnded(occurred_on=TODAY, mandate=NOTED.mandate)
    assert given(REFERRED, NOTED, ended).when(join).decide()


def test_a_mandate_ends_at_once_and_a_courts_only_on_paper():
    end = EndMandate(mandate=NOTED.mandate)
    ended = MandateEnded(occurred_on=TODAY, mandate=NOTED.mandate)
    given(REFERRED, NOTED).when(end).then(ended)
    given(REFERRED, NOTED, ended).when(end).nothing()
    given(REFERRED, NOTED).when(end).by(Role.CLIENT).refused("elders besloten", at="mandate")
    given(REFERRED, GIVEN, CLOSED).when(end).by(Role.CLIENT).then(ended)
    given(REFERRED).when(end).refused("Kies er een", at="mandate")
    assert ended.grants(TRACK) == (GrantEnd(TRACK, f"mandate/{NOTED.mandate}"),)


def test_who_represents_the_client_permits_for_them_and_never_to_themselves():
    asked = ASKED.model_copy(update={"recipient": an_id("Jo")})
    assert given(REFERRED, NOTED).when(asked).by(Role.LEGAL_REPRESENTATIVE, TRUUS).decide()
    own = ASKED.model_copy(update={"recipient": TRUUS})
    refused = given(REFERRED, NOTED).when(own).by(Role.LEGAL_REPRESENTATIVE, TRUUS)
    refused.refused("Toestemming voor jezelf", at="recipient")

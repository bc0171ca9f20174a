"""The team, and the people whom the client invites."""

from __future__ import annotations

from domain.events.base import GrantEnd, GrantKind
from domain.events.permissions import LegalBasis, Purpose
from domain.events.referral import Channel
from domain.events.team import (
    NetworkMemberInvited,
    NetworkMemberJoined,
    NetworkMemberLeft,
    NetworkShare,
    NetworkShareChosen,
    Relation,
    TeamFormed,
    TeamMemberAdded,
    TeamMemberLeft,
)
from domain.roles import Role
from domain.rules.referral import Refer
from domain.rules.team import (
    AddTeamMember,
    ChooseNetworkShare,
    FormTeam,
    InviteNetworkMember,
    JoinNetwork,
    RemoveNetworkMember,
    RemoveTeamMember,
)
from domain.state.circle import Circle, Member
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import CLIENT, COACH, TODAY, an_id, given

BAS, NEPHEW, CARE = an_id("Bas"), an_id("nephew"), an_id("care organisation")
TRACK = an_id("track")
BAS_ADDED = TeamMemberAdded(occurred_on=TODAY, person=BAS, role=Role.CARE_WORKER, organisation=CARE)
INVITED = NetworkMemberInvited(occurred_on=TODAY, person=NEPHEW, relation=Relation.FAMILY)


def test_a_team_is_formed_once():
    asked = FormTeam(organisations=(CARE,))
    formed = TeamFormed(occurred_on=TODAY, organisations=(CARE,))
    given(REFERRED).when(asked).then(formed)
    given(REFERRED, formed).when(asked).nothing()
    given(REFERRED, CLOSED).when(asked).refused("Noteer eerst dat de cliënt terug is")


def test_a_member_reads_along_from_then_on():
    asked = AddTeamMember(person=BAS, role=Role.CARE_WORKER, organisation=CARE)
    given(REFERRED).when(asked).then(BAS_ADDED)
    (grant,) = BAS_ADDED.grants(TRACK)
    assert (grant.kind, grant.holder, grant.role) == (GrantKind.TEAM, BAS, "care_worker")


def test_a_place_on_the_team_is_for_who_holds_the_role_there():
    asked = given(REFERRED).when(
        AddTeamMember(person=BAS, role=Role.CARE_WORKER, organisation=CARE)
    )
    works = BAS, Role.CARE_WORKER, CARE
    asked.knowing(works).then(BAS_ADDED)
    asked.knowing().refused("vraag de beheerder", at="person")
    asked.knowing((BAS, Role.JOB_COACH, CARE)).refused("niet in deze rol", at="person")
    asked.knowing((BAS, Role.CARE_WORKER, an_id("town"))).refused("daar niet", at="person")
    asked.knowing((NEPHEW, *works[1:])).refused("niet in deze rol", at="person")
    anywhere = given(REFERRED).when(AddTeamMember(person=BAS, role=Role.CARE_WORKER))
    assert anywhere.knowing(works).decide()


def test_who_takes_somebody_in_holds_the_role_there():
    asked = Refer(client=CLIENT, channel=Channel.SELF, organisation=CARE)
    assert given().when(asked).knowing((COACH, Role.JOB_COACH, CARE)).decide()
    elsewhere = given().when(asked).knowing((COACH, Role.JOB_COACH, an_id("town")))
    elsewhere.refused("daar niet", at="received_by")
    other = given().when(asked.model_copy(update={"received_by": BAS}))
    other.knowing((COACH, Role.JOB_COACH, CARE)).refused("deze rol", at="received_by")


def test_the_same_member_again_adds_nothing_and_another_role_does():
    asked = AddTeamMember(person=BAS, role=Role.CARE_WORKER, organisation=CARE)
    given(REFERRED, BAS_ADDED).when(asked).nothing()
    other = AddTeamMember(person=BAS, role=Role.PEER_WORKER)
    given(REFERRED, BAS_ADDED).when(other).then(
        TeamMemberAdded(occurred_on=TODAY, person=BAS, role=Role.PEER_WORKER)
    )


def test_nobody_gives_themselves_another_place_on_the_team():
    ria = TeamMemberAdded(occurred_on=TODAY, person=COACH, role=Role.JOB_COACH)
    care = AddTeamMember(person=COACH, role=Role.CARE_WORKER, organisation=CARE)
    given(REFERRED, ria).when(care).refused("Vraag het aan een collega", at="person")
    inside = AddTeamMember(person=COACH, role=Role.JOB_COACH, organisation=CARE)
    given(REFERRED, ria).when(inside).refused("Vraag het aan een collega", at="person")
    given(REFERRED, ria).when(inside).by(Role.JOB_COACH, BAS).decide()


def test_after_a_closing_people_can_still_be_taken_off():
    left = TeamMemberLeft(occurred_on=TODAY, person=BAS)
    given(REFERRED, BAS_ADDED, CLOSED).when(RemoveTeamMember(person=BAS)).then(left)
    gone = NetworkMemberLeft(occurred_on=TODAY, person=NEPHEW)
    remove = RemoveNetworkMember(person=NEPHEW)
    given(REFERRED, INVITED, CLOSED).when(remove).by(Role.CLIENT).then(gone)
    add = AddTeamMember(person=BAS, role=Role.CARE_WORKER)
    given(REFERRED, CLOSED).when(add).refused("Noteer eerst dat de cliënt terug is")


def test_neither_relatives_nor_employers_nor_the_client_are_on_the_team():
    relative = AddTeamMember(person=NEPHEW, role=Role.NETWORK_MEMBER)
    given(REFERRED).when(relative).refused("nodigt zelf naasten uit", at="role")
    auditor = AddTeamMember(person=NEPHEW, role=Role.AUDITOR)
    given(REFERRED).when(auditor).refused("een auditor door een steekproef", at="role")
    client = AddTeamMember(person=CLIENT, role=Role.JOB_COACH)
    given(REFERRED).when(client).refused("hoeft niet in het team", at="person")


def test_who_leaves_reads_no_more():
    left = TeamMemberLeft(occurred_on=TODAY, person=BAS)
    given(REFERRED, BAS_ADDED).when(RemoveTeamMember(person=BAS)).then(left)
    given(REFERRED, BAS_ADDED, left).when(RemoveTeamMember(person=BAS)).nothing()
    assert left.grants(TRACK) == (GrantEnd(TRACK, f"team/{BAS}"),)
    given().when(RemoveTeamMember(person=BAS)).refused("Noteer eerst de aanmelding")


def test_the_client_invites_and_the_invited_joins():
    asked = InviteNetworkMember(person=NEPHEW, relation=Relation.FAMILY)
    on = {"purpose": Purpose.CLOSE_BY, "legal_basis": LegalBasis.CONSENT}
    given(REFERRED).when(asked).by(Role.CLIENT).then(INVITED.model_copy(update=on))
    given(REFERRED, INVITED).when(asked).nothing()
    joined = NetworkMemberJoined(occurred_on=TODAY, person=NEPHEW)
    join = JoinNetwork(person=NEPHEW)
    given(REFERRED, INVITED).when(join).by(Role.NETWORK_MEMBER, NEPHEW).then(joined)
    given(REFERRED, INVITED, joined).when(join).by(Role.NETWORK_MEMBER, NEPHEW).nothing()
    (grant,) = joined.grants(TRACK)
    assert (grant.kind, grant.holder) == (GrantKind.JOINED, NEPHEW)
    left = NetworkMemberLeft(occurred_on=TODAY, person=NEPHEW)
    assert GrantEnd(TRACK, grant.key) in left.grants(TRACK)


def test_a_colleague_may_be_close_and_the_coordinator_stands_apart():
    for role, may in ((Role.EK_COORDINATOR, False), (Role.CARE_WORKER, True)):
        member = TeamMemberAdded(occurred_on=TODAY, person=NEPHEW, role=role)
        when = given(REFERRED, member).when(InviteNetworkMember(person=NEPHEW)).by(Role.CLIENT)
        if may:
            assert when.decide()
        else:
            when.refused("hoort er niet zelf bij", at="person")


def test_nobody_invites_the_client():
    asked = InviteNetworkMember(person=CLIENT)
    given(REFERRED).when(asked).refused("Nodig iemand anders uit", at="person")


def test_only_the_invited_join_and_only_for_themselves():
    given(REFERRED).when(JoinNetwork(person=NEPHEW)).refused("niet uitgenodigd", at="person")
    other = given(REFERRED, INVITED).when(JoinNetwork(person=NEPHEW))
    other.by(Role.NETWORK_MEMBER, an_id("neighbour")).refused("voor jezelf", at="person")


def test_a_relative_is_removed_in_silence():
    asked = given(REFERRED, INVITED).when(RemoveNetworkMember(person=NEPHEW))
    left = NetworkMemberLeft(occurred_on=TODAY, person=NEPHEW)
    asked.by(Role.CLIENT).then(left)
    given(REFERRED, INVITED, left).when(RemoveNetworkMember(person=NEPHEW)).nothing()
    asked.by(Role.NETWORK_MEMBER, an_id("neighbour")).refused("Over de ander", at="person")


def test_the_client_chooses_how_much_somebody_close_sees_and_notes():
    asked = InviteNetworkMember(person=NEPHEW, share=NetworkShare.OWN_ACTIONS)
    (invited,) = given(REFERRED).when(asked).by(Role.CLIENT).decide()
    tie, share = invited.grants(TRACK)
    assert (tie.kind, share.kind, share.role) == ("network", "share", "own_actions")
    choose = ChooseNetworkShare(person=NEPHEW, share=NetworkShare.READS_ALONG)
    chosen = NetworkShareChosen(occurred_on=TODAY, **choose.said())
    joined = NetworkMemberJoined(occurred_on=TODAY, person=NEPHEW)
    for past in ((invited,), (INVITED,), (invited, joined)):
        given(REFERRED, *past).when(choose).by(Role.CLIENT).then(chosen)
        given(REFERRED, *past, chosen).when(choose).by(Role.CLIENT).nothing()
    assert chosen.grants(TRACK) == (share._replace(role="reads_along"),)
    given(REFERRED).when(choose).refused("Nodig die eerst uit", at="person")


def test_who_was_invited_before_there_was_a_choice_stays_as_they_were():
    (tie,) = INVITED.grants(TRACK)
    assert tie.kind is GrantKind.NETWORK
    old = {"occurred_on": "2026-03-01", "person": str(NEPHEW)}
    assert NetworkMemberInvited.model_validate(old).share is None
    again = ChooseNetworkShare(person=NEPHEW, share=NetworkShare.MAY_NOTE)
    left = NetworkMemberLeft(occurred_on=TODAY, person=NEPHEW)
    given(REFERRED, INVITED, left).when(again).refused("niet uitgenodigd", at="person")
    assert {each.key for each in left.grants(TRACK)} >= {f"network/{NEPHEW}/share"}


def test_a_file_is_left_by_its_coaches_when_none_of_them_coaches_there_any_more():
    here, there = an_id("here"), an_id("there")
    anne, bert, carer = an_id("Anne"), an_id("Bert"), an_id("carer")

    def left(*coaching, team=((anne, Role.JOB_COACH, here), (carer, Role.CARE_WORKER, here))):
        circle = Circle(team=tuple(Member(*each) for each in team))
        return circle.left_by_coaches(frozenset(coaching))

    assert left()
    assert left((anne, there)), "at another organisation"
    assert left((bert, here)), "who is not on the team"
    assert not left((anne, here))
    assert not left((anne, there), team=((anne, Role.JOB_COACH, None),))
    assert not left((bert, here), team=((anne, Role.JOB_COACH, here), (bert, Role.JOB_COACH, here)))
    assert not left(team=((carer, Role.CARE_WORKER, here),)), "there never was one"

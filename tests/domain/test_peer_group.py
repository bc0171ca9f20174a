"""A peer group: people who learn from each other, and whose group opens nobody's file."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from domain.events.base import Event, Grant, GrantEnd, GrantKind, Kind, StreamKind
from domain.events.group_correction import PeerGroupCorrected
from domain.events.peer_group import (
    PeerGroupStarted,
    PeerInvited,
    PeerJoined,
    PeerLeft,
    PeerNeedsSurveyed,
    PeerSessionHeld,
    PeerTrainingGiven,
)
from domain.policy import Reader, may_append_outside, may_record_outside, relation, seen_outside
from domain.roles import Role
from domain.rules.corrections import CorrectGroupEntry
from domain.rules.peer_group import (
    InvitePeer,
    JoinPeerGroup,
    LogSession,
    LogTraining,
    RemovePeer,
    StartPeerGroup,
    SurveyNeeds,
)
from domain.state.peer_group import PeerGroup, evolve
from tests.domain.histories import TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given

if TYPE_CHECKING:
    from uuid import UUID

GROUP, OTHER, TRACK = an_id("group"), an_id("other group"), an_id("track")
FIRM, TOWN, SAMIR, ELS = (an_id(name) for name in ("firm", "town", "Samir", "Els"))
STARTED = PeerGroupStarted(occurred_on=TODAY, name="Maandaggroep", organisation=FIRM)
INVITED = PeerInvited(occurred_on=TODAY, person=SAMIR)
JOINED = PeerJoined(occurred_on=TODAY, person=SAMIR)
LEFT = PeerLeft(occurred_on=TODAY, person=SAMIR)


def test_a_group_is_started_once():
    asked = StartPeerGroup(name="Maandaggroep", organisation=FIRM)
    given().when(asked).then(STARTED)
    given(STARTED).when(asked).nothing()
    given(STARTED).when(StartPeerGroup(name="Anders")).refused("Begin een nieuwe groep")
    alone = StartPeerGroup(name="Maandaggroep")
    given().when(alone).refused("bij welke organisatie", at="organisation")


def test_a_client_who_starts_one_is_its_first_member():
    asked = StartPeerGroup(name="Maandaggroep")
    event = PeerGroupStarted(occurred_on=TODAY, name="Maandaggroep", person=CLIENT)
    given().when(asked).by(Role.CLIENT).then(event)
    (grant,) = event.grants(GROUP)
    assert (grant.kind, grant.holder) == (GrantKind.PEER, CLIENT)
    assert evolve(PeerGroup(), event).member(CLIENT)


def test_who_is_invited_says_yes_or_no_themselves():
    ask, join = InvitePeer(person=SAMIR), JoinPeerGroup(person=SAMIR)
    given(STARTED).when(ask).by(Role.PEER, ELS).then(INVITED)
    given(STARTED, INVITED).when(ask).nothing()
    given(STARTED, JOINED).when(ask).nothing()
    given().when(ask).refused("Begin de groep eerst")
    given(STARTED).when(InvitePeer(person=COACH)).refused("door een ander", at="person")
    for role in (Role.PEER, Role.CLIENT):
        given(STARTED, INVITED).when(join).by(role, SAMIR).then(JOINED)
    given(STARTED, INVITED, JOINED).when(join).by(Role.PEER, SAMIR).nothing()
    given(STARTED).when(join).by(Role.PEER, SAMIR).refused("nog niet uitgenodigd", at="person")
    given().when(join).refused("Begin de groep eerst")
    no = RemovePeer(person=SAMIR)
    given(STARTED, INVITED).when(no).by(Role.CLIENT, SAMIR).then(LEFT)
    given(STARTED, INVITED, LEFT).when(join).by(Role.PEER, SAMIR).refused(
        "nog niet uitgenodigd", at="person"
    )
    assert reduce(evolve, [STARTED, INVITED, LEFT], PeerGroup()).peer(SAMIR) is None
    (grant,) = rights(STARTED, INVITED)[1:]
    assert (grant.kind, grant.holder) == (GrantKind.INVITED, SAMIR)
    assert [each.kind for each in rights(INVITED, JOINED)] == [GrantKind.PEER]


def test_somebody_joins_leaves_and_comes_back():
    add, remove = JoinPeerGroup(person=SAMIR, said_yes_on=TODAY), RemovePeer(person=SAMIR)
    noted = PeerJoined(occurred_on=TODAY, person=SAMIR, said_yes_on=TODAY)
    given(STARTED).when(add).then(noted)
    given(STARTED, JOINED).when(add).nothing()
    given().when(add).refused("Begin de groep eerst")
    given(STARTED).when(add).by(Role.PEER, ELS).refused("Nodig de persoon uit", at="person")
    given(STARTED).when(JoinPeerGroup(person=SAMIR)).refused("welke dag", at="said_yes_on")
    later = JoinPeerGroup(person=SAMIR, said_yes_on=TOMORROW)
    given(STARTED).when(later).refused("moet nog komen", at="said_yes_on")
    given(STARTED, JOINED).when(remove).then(LEFT)
    given(STARTED, JOINED, LEFT).when(remove).nothing()
    given().when(remove).refused("Begin de groep eerst")
    given(STARTED, JOINED, LEFT).when(add).then(noted)
    back = given(STARTED, JOINED, LEFT).when(InvitePeer(person=SAMIR))
    back.then(INVITED)
    back.by(Role.PEER, ELS).refused("zegt dat tegen een coach", at="person")
    own = given(STARTED).when(JoinPeerGroup(person=COACH, said_yes_on=TODAY))
    own.refused("wordt door een ander uitgenodigd", at="person")
    (grant,) = JOINED.grants(GROUP)
    assert LEFT.grants(GROUP) == (grant._replace(kind=GrantKind.WAS_PEER),)


@pytest.mark.parametrize("role", [Role.PEER, Role.CLIENT])
def test_a_member_stops_only_for_themselves(role):
    remove = given(STARTED, JOINED).when(RemovePeer(person=SAMIR))
    remove.by(role, SAMIR).then(LEFT)
    remove.by(role, ELS).refused("alleen voor jezelf", at="person")


def test_a_survey_says_what_somebody_wants_to_learn_and_can_give():
    asked = SurveyNeeds(
        person=SAMIR, needs=("solliciteren", "netwerken", "netwerken"), offers=("hr-kennis",)
    )
    event = PeerNeedsSurveyed(
        occurred_on=TODAY,
        person=SAMIR,
        needs=("solliciteren", "netwerken"),
        offers=("hr-kennis",),
    )
    given(STARTED, JOINED).when(asked).by(Role.PEER, ELS).then(event)
    given(STARTED, JOINED, event).when(asked).by(Role.PEER, ELS).nothing()
    given(STARTED).when(asked).refused("zit niet in de groep", at="person")
    given(STARTED, JOINED, LEFT).when(asked).refused("zit niet in de groep", at="person")
    given(STARTED, JOINED).when(asked).by(Role.CLIENT).refused("alleen voor jezelf", at="person")
    given(STARTED, JOINED).when(asked).by(Role.CLIENT, SAMIR).then(event)
    given(STARTED, JOINED).when(SurveyNeeds(person=SAMIR)).nothing()


def test_the_group_meets_and_says_who_came():
    asked = LogSession(topic="dagritme", came=(SAMIR, SAMIR))
    event = PeerSessionHeld(
        occurred_on=TODAY, session=asked.session, topic="dagritme", came=(SAMIR,)
    )
    given(STARTED, JOINED).when(asked).by(Role.PEER, SAMIR).then(event)
    given(STARTED, JOINED, event).when(asked).nothing()
    given().when(asked).refused("Begin de groep eerst")
    earlier = asked.model_copy(update={"occurred_on": YESTERDAY})
    assert given(STARTED, JOINED, LEFT).when(earlier).decide()
    given(STARTED).when(asked).refused("zit niet in de groep", at="came.0")
    to_come = LogSession(occurred_on=TOMORROW)
    given(STARTED).when(to_come).refused("moet nog komen", at="occurred_on")


def test_the_trainer_is_a_member():
    asked = LogTraining(person=SAMIR, topic="sollicitatiegesprek")
    event = PeerTrainingGiven(occurred_on=TODAY, **asked.said())
    given(STARTED, JOINED).when(asked).by(Role.PEER, SAMIR).then(event)
    given(STARTED, JOINED, event).when(asked).nothing()
    given(STARTED).when(asked).refused("zit niet in de groep", at="person")


def test_who_was_trained_is_in_the_group():
    ann = JOINED.model_copy(update={"person": ELS})
    asked = LogTraining(person=SAMIR, topic="sollicitatiegesprek", came=(ELS, ELS))
    (event,) = given(STARTED, JOINED, ann).when(asked).decide()
    assert event.came == (ELS,)
    given(STARTED, JOINED).when(asked).refused("zit niet in de groep", at="came.0")
    body = event.model_dump(mode="json", exclude_none=True) | {"came": [str(an_id("nobody"))]}
    wrong = CorrectGroupEntry(entry=an_id("entry"), reason="typefout", body=body)
    spec = given(STARTED, JOINED, ann, event).when(wrong).about(event)
    spec.refused("zit niet in de groep", at="body.came.0")


@pytest.mark.parametrize(
    "asked",
    [
        (StartPeerGroup, {"name": "x" * 201}),
        (StartPeerGroup, {"name": " "}),
        (SurveyNeeds, {"person": SAMIR, "needs": ["x"] * 31}),
        (SurveyNeeds, {"person": SAMIR, "offers": ["x" * 201]}),
        (LogSession, {"came": [SAMIR] * 201}),
    ],
)
def test_what_is_sent_has_bounds(asked: tuple[Any, dict[str, Any]]):
    command, body = asked
    with pytest.raises(ValidationError):
        command(**body)


def rights(*events: Event) -> list[Grant]:
    """Give the rows of the group after these events."""
    rows: dict[str, Grant] = {}
    for right in (right for event in events for right in event.grants(GROUP)):
        if isinstance(right, GrantEnd):
            rows.pop(right.key, None)
        else:
            rows[right.key] = right
    return list(rows.values())


def held(person: UUID, organisation: UUID, role: Role = Role.JOB_COACH) -> Grant:
    return Grant(person, "role", person, GrantKind.ROLE, role.value, organisation)


def records(
    role: Role, person: UUID, command: Any, *grants: Grant, organisation: UUID | None = None
) -> bool:
    return may_record_outside(Reader(person, role, organisation), GROUP, grants, TODAY, command)


OF_THE_CLIENT = Grant(TRACK, "client", SAMIR, GrantKind.CLIENT, Role.CLIENT.value)
OF_MEMBERS = (InvitePeer, RemovePeer, SurveyNeeds, LogSession, LogTraining)


@pytest.mark.parametrize("command", OF_MEMBERS)
def test_members_record_and_coaches_where_the_group_belongs(command):
    rows = rights(STARTED, JOINED)
    assert records(Role.PEER, SAMIR, command, *rows)
    assert not records(Role.PEER, ELS, command, *rows)
    assert not records(Role.PEER, SAMIR, command, *rights(STARTED, JOINED, LEFT))
    assert records(Role.JOB_COACH, COACH, command, *rows, held(COACH, FIRM))
    assert not records(Role.JOB_COACH, COACH, command, *rows, held(COACH, TOWN))
    assert not records(Role.JOB_COACH, COACH, command, *rows)
    elsewhere = (*rows, held(COACH, FIRM), held(COACH, TOWN))
    assert not records(Role.JOB_COACH, COACH, command, *elsewhere, organisation=TOWN)
    own = command in {RemovePeer, SurveyNeeds}
    assert records(Role.PEER, SAMIR, command, *rights(STARTED, INVITED)) == (command is RemovePeer)
    assert records(Role.CLIENT, SAMIR, command, *rows, OF_THE_CLIENT) == own


def test_who_is_invited_answers_and_reads_nothing_yet():
    rows = (*rights(STARTED, INVITED), OF_THE_CLIENT)
    for role in (Role.PEER, Role.CLIENT):
        assert records(role, SAMIR, JoinPeerGroup, *rows)
        assert records(role, SAMIR, RemovePeer, *rows)
        assert not records(role, ELS, JoinPeerGroup, *rows)
        assert sees(role, SAMIR, *rows) == frozenset()


def test_a_coach_lets_in_whom_they_coach():
    def lets_in(*grants: Grant) -> bool:
        coach, rows = Reader(COACH, Role.JOB_COACH), (*rights(STARTED), held(COACH, FIRM), *grants)
        return may_record_outside(coach, GROUP, rows, TODAY, JoinPeerGroup, person=SAMIR)

    on_team = Grant(TRACK, "team", COACH, GrantKind.TEAM, Role.JOB_COACH.value, FIRM)
    assert lets_in(OF_THE_CLIENT, on_team)
    assert not lets_in(OF_THE_CLIENT)
    assert not lets_in(on_team)


def test_a_client_and_a_coach_start_a_group_and_a_group_that_is_there_is_not_theirs():
    assert records(Role.CLIENT, SAMIR, StartPeerGroup, OF_THE_CLIENT)
    assert not records(Role.CLIENT, SAMIR, StartPeerGroup)
    assert records(Role.JOB_COACH, COACH, StartPeerGroup, held(COACH, FIRM))
    assert not records(Role.JOB_COACH, COACH, StartPeerGroup)
    rows = rights(STARTED)
    assert not records(Role.CLIENT, SAMIR, StartPeerGroup, OF_THE_CLIENT, *rows)
    assert not records(Role.JOB_COACH, COACH, StartPeerGroup, held(COACH, TOWN), *rows)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PEER, Role.CLIENT, Role.JOB_COACH}))
def test_no_other_role_records_in_a_group(role):
    grants = (*rights(STARTED, JOINED), held(SAMIR, FIRM, Role(role)))
    for command in (StartPeerGroup, *OF_MEMBERS):
        assert not records(Role(role), SAMIR, command, *grants)
    assert not may_append_outside(Role(role), [JOINED])


def sees(role: Role, person: UUID, *grants: Grant, stream: UUID = GROUP) -> Any:
    reader = Reader(person, role)
    return seen_outside(reader, StreamKind.PEER_GROUP, stream, grants, TODAY)


def test_a_member_reads_the_own_group_alone_and_no_longer_than_they_are_in_it():
    rows = rights(STARTED, JOINED)
    assert sees(Role.PEER, SAMIR, *rows) == {Kind.FACT}
    assert sees(Role.PEER, SAMIR, *rows, stream=OTHER) == frozenset()
    assert sees(Role.PEER, ELS, *rows) == frozenset()
    assert sees(Role.PEER, SAMIR, *rights(STARTED, JOINED, LEFT)) == frozenset()


def test_coaches_read_the_groups_of_their_organisation_and_others_read_none():
    rows = rights(STARTED, JOINED)
    assert sees(Role.JOB_COACH, COACH, *rows, held(COACH, FIRM)) == {Kind.FACT}
    assert sees(Role.JOB_COACH, COACH, *rows, held(COACH, TOWN)) == frozenset()
    for role in set(Role) - {Role.PEER, Role.JOB_COACH}:
        assert sees(role, SAMIR, *rows, OF_THE_CLIENT, held(SAMIR, FIRM, role)) == frozenset()


def test_of_each_other_members_know_the_given_name_and_nothing_more():
    def person(role: Role, whose: UUID, *grants: Grant) -> Any:
        return seen_outside(Reader(SAMIR, role), StreamKind.DIRECTORY, whose, grants, TODAY)

    els = PeerJoined(occurred_on=TODAY, person=ELS)
    rows = rights(STARTED, JOINED, els)
    assert person(Role.PEER, ELS, *rows) == {Kind.GIVEN}
    assert person(Role.CLIENT, ELS, *rows, OF_THE_CLIENT) == frozenset()
    assert person(Role.PEER, ELS, *rights(STARTED, els)) == frozenset()
    invited = rights(STARTED, JOINED, PeerInvited(occurred_on=TODAY, person=ELS))
    assert person(Role.PEER, ELS, *invited) == frozenset(), "before they said yes"
    apart = Grant(OTHER, "peer", ELS, GrantKind.PEER, Role.PEER.value)
    assert person(Role.PEER, ELS, *rights(STARTED, JOINED), apart) == frozenset()


def test_a_group_opens_no_trajectory_of_its_members():
    rows = [*rights(STARTED, JOINED), OF_THE_CLIENT, held(COACH, FIRM)]
    for reader in (Reader(ELS, Role.PEER), Reader(SAMIR, Role.PEER), Reader(COACH, Role.JOB_COACH)):
        assert relation(reader, TRACK, rows, TODAY) is None


ENTRY = an_id("the entry")
HELD = PeerSessionHeld(occurred_on=TODAY, session=an_id("s"), topic="dagritme", came=(SAMIR,))


def better(event: Event = HELD, **fields: Any) -> CorrectGroupEntry:
    body = event.model_dump(mode="json", exclude_none=True) | fields
    return CorrectGroupEntry(entry=ENTRY, reason="typefout", body=body)


def test_who_wrote_of_a_group_corrects_it():
    asked = better(topic="weekend")
    right = HELD.model_copy(update={"topic": "weekend"})
    written = PeerGroupCorrected(
        occurred_on=TODAY, target=ENTRY, target_type=HELD.TYPE, reason="typefout",
        body=right.model_dump(mode="json", exclude_none=True),
    )  # fmt: skip
    given(STARTED, JOINED, HELD).when(asked).about(HELD).then(written)
    given(STARTED, JOINED, HELD).when(better()).about(HELD).nothing()
    given(STARTED, JOINED, right, written).when(asked).about(right).nothing()


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.PEER, Role.CLIENT])
def test_nobody_else_corrects_it_a_client_neither(role):
    asked = given(STARTED, JOINED, HELD).when(better(topic="weekend")).by(role)
    asked.about(HELD, ELS).refused("Wie dit schreef", at="entry")


def test_a_correction_of_a_group_stays_within_the_group_and_moves_nobody():
    held = given(STARTED, JOINED, HELD)
    outside = better(came=[str(SAMIR), str(ELS)])
    held.when(outside).about(HELD).refused("zit niet in de groep", at="body.came.1")
    moved = better(session=str(an_id("another")))
    held.when(moved).about(HELD).refused("staat vast", at="body.session")
    ahead = better(occurred_on=TOMORROW.isoformat())
    held.when(ahead).about(HELD).refused("moet nog komen", at="body.occurred_on")
    held.when(better()).refused("staat er niet", at="entry")
    asked = given(STARTED, JOINED).when(better(JOINED))
    asked.about(JOINED).refused("Dit kun je niet verbeteren", at="entry")


def test_in_a_group_is_recorded_about_whoever_is_in_it():
    rows = (*rights(STARTED, JOINED), held(COACH, FIRM))
    for role, person, command in (
        (Role.PEER, SAMIR, JoinPeerGroup),
        (Role.JOB_COACH, COACH, RemovePeer),
        (Role.JOB_COACH, COACH, LogSession),
    ):
        reader = Reader(person, role)
        assert may_record_outside(reader, GROUP, rows, TODAY, command, person=ELS)


def test_an_invitation_to_one_group_is_none_to_another():
    elsewhere = [right._replace(stream=OTHER) for right in rights(STARTED, INVITED)]
    rows = [*rights(STARTED), *elsewhere]
    assert not records(Role.PEER, SAMIR, JoinPeerGroup, *rows)
    asked = rights(STARTED)[0]._replace(holder=SAMIR)
    assert not records(Role.PEER, SAMIR, JoinPeerGroup, asked), "another row of the group"

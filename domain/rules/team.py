"""Rules for the team and for the people whom the client invites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event
from domain.events.permissions import LegalBasis, Purpose
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
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.cover import not_covered, stands_in
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, stands, works_as
from domain.state import Trajectory
from domain.state.circle import Circle, Member

NOT_ON_A_TEAM = frozenset(
    {
        Role.CLIENT,
        Role.NETWORK_MEMBER,
        Role.EMPLOYER,
        Role.EK_COORDINATOR,
        Role.PEER,
        Role.AUDITOR,
        Role.PRIVACY_OFFICER,
        Role.LEGAL_REPRESENTATIVE,
        Role.SYSADMIN,
    }
)


class FormTeam(OnTrajectory):
    """Note that the people around the client work as one team."""

    NAME = "form-team"
    YIELDS = (TeamFormed,)

    organisations: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        circle = state.circle
        if (circle.formed_on, circle.organisations) == (about["occurred_on"], self.organisations):
            return []
        return [TeamFormed(**about, organisations=self.organisations)]

    def refers(self) -> Mapping[str, Reference]:
        return references.each(self.organisations, "organisations")


class AddTeamMember(OnTrajectory):
    """Let somebody join the team and read along."""

    NAME = "add-team-member"
    YIELDS = (TeamMemberAdded, TeamMemberLeft)

    person: UUID
    role: Role
    organisation: UUID | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        self._may_join(state, facts)
        now = state.circle.member(self.person)
        if now == Member(self.person, self.role, self.organisation):
            return []
        if facts.person == self.person and (now or stands_in(state.circle, self.person)):
            raise Refused(
                "Je verandert je eigen plek in het team niet zelf. Vraag het aan een collega.",
                "You do not change your own place on the team. Ask a colleague to do so.",
                "person",
            )
        if self.role is not Role.JOB_COACH:
            not_covered(state.circle, self.person, facts)
        works_as(self.person, self.role, self.organisation, facts)
        added = TeamMemberAdded(**about, **self.said())
        to = None if self.role is Role.JOB_COACH else _leaves_to(state.circle, self.person, facts)
        if to is None:
            return [added]
        return [TeamMemberLeft(**about, person=self.person, leaves_to=to), added]

    def _may_join(self, state: Trajectory, facts: Facts) -> None:
        """Refuse a role that comes in another way, and who is around the client otherwise."""
        if self.role in NOT_ON_A_TEAM:
            raise Refused(
                "Met deze rol zit niemand in het team. De cliënt nodigt zelf naasten uit en kiest "
                "een Eigen Kracht-coördinator. Een werkgever leest mee door een plaatsing, een "
                "auditor door een steekproef.",
                "Nobody is on the team in this role. The client invites people close to them and "
                "chooses an Eigen Kracht coordinator, an employer reads along by a placement, an "
                "auditor by a sample.",
                "role",
            )
        if self.person == state.client:
            raise Refused(
                "De cliënt is er altijd bij en hoeft niet in het team. Kies iemand anders.",
                "The client is always part of it and need not be on the team. Choose somebody "
                "else.",
                "person",
            )
        if self.person == state.eigen_kracht.coordinator:
            raise Refused(
                "Deze persoon is de Eigen Kracht-coördinator en staat los van het team. Kies "
                "iemand anders.",
                "This person is the Eigen Kracht coordinator and stands outside the team. Choose "
                "somebody else.",
                "person",
            )
        if state.circle.represented_by(self.person, facts.today):
            raise Refused(
                "Deze persoon vertegenwoordigt de cliënt. Kies iemand anders voor het team.",
                "This person represents the client. Choose somebody else for the team.",
                "person",
            )

    def refers(self) -> Mapping[str, Reference]:
        return {
            **references.person(self.person),
            **references.organisation(self.organisation),
        }


class RemoveTeamMember(OnTrajectory):
    """Take somebody off the team."""

    NAME = "remove-team-member"
    YIELDS = (TeamMemberLeft,)
    AFTER_CLOSING = True

    person: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.circle.member(self.person) is None:
            return []
        not_covered(state.circle, self.person, facts)
        to = _leaves_to(state.circle, self.person, facts)
        return [TeamMemberLeft(**about, person=self.person, leaves_to=to)]


def _leaves_to(circle: Circle, person: UUID, facts: Facts) -> UUID | None:
    """Find the organisation of the last coach, when this is who leaves; None when it is unknown."""
    if [each.person for each in circle.coaches] != [person]:
        return None
    (coach,) = circle.coaches
    works_at = {
        each.organisation
        for each in facts.held or ()
        if each.person == person and each.role is Role.JOB_COACH
    }
    return coach.organisation or (next(iter(works_at)) if len(works_at) == 1 else None)


class InviteNetworkMember(OnTrajectory):
    """Ask somebody close to read along with what the client shares with them."""

    NAME = "invite-network-member"
    YIELDS = (NetworkMemberInvited,)

    person: UUID
    relation: Relation | None = None
    share: NetworkShare | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.person == state.client:
            raise Refused(
                "De cliënt leest zelf alles al. Nodig iemand anders uit.",
                "The client reads everything already. Invite somebody else.",
                "person",
            )
        if (close := state.circle.close(self.person)) is not None:
            if not stands((self.relation, close.relation)):
                raise Refused(
                    "Deze persoon is al uitgenodigd, met een andere band met de cliënt. Stop die "
                    "uitnodiging eerst, en nodig dan opnieuw uit.",
                    "This person was invited already, as another relation of the client. End that "
                    "invitation first, and then invite again.",
                    "relation",
                )
            if not stands((self.share, close.share or NetworkShare.MAY_NOTE)):
                raise Refused(
                    "Deze persoon is al uitgenodigd. Kies apart hoeveel die mag zien en noteren.",
                    "This person was invited already. Choose apart how much they may see and note.",
                    "share",
                )
            return []
        if (member := state.circle.member(self.person)) and member.role is Role.EK_COORDINATOR:
            raise Refused(
                "Deze persoon is de coördinator. Wie de kring bijeenroept, hoort er niet zelf bij.",
                "This person is the coordinator. Who calls the circle together is not part of it.",
                "person",
            )
        return [
            NetworkMemberInvited(
                **about,
                **self.said(),
                purpose=Purpose.CLOSE_BY,
                legal_basis=LegalBasis.CONSENT,
            )
        ]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class ChooseNetworkShare(OnTrajectory):
    """Choose how much somebody close may see and note; they get no message about it."""

    NAME = "choose-network-share"
    YIELDS = (NetworkShareChosen,)

    person: UUID
    share: NetworkShare

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        close = state.circle.close(self.person)
        if close is None:
            raise Refused(
                "Deze persoon is niet uitgenodigd. Nodig die eerst uit.",
                "This person was not invited. Invite them first.",
                "person",
            )
        if close.share is self.share:
            return []
        return [NetworkShareChosen(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class JoinNetwork(OnTrajectory):
    """Take an invitation up."""

    NAME = "join-network"
    YIELDS = (NetworkMemberJoined,)

    person: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        close = state.circle.close(self.person)
        if close is None:
            raise Refused(
                "Deze persoon is niet uitgenodigd. De cliënt kan dat doen.",
                "This person was not invited. The client can do that.",
                "person",
            )
        if facts.role is Role.NETWORK_MEMBER and facts.person != self.person:
            raise Refused(
                "Je kunt alleen voor jezelf meedoen. De ander kan dat zelf doen.",
                "You can join only for yourself. The other person can do so as well.",
                "person",
            )
        return [] if close.joined else [NetworkMemberJoined(**about, person=self.person)]


class RemoveNetworkMember(OnTrajectory):
    """Stop somebody close from reading along; they get no message about it."""

    NAME = "remove-network-member"
    YIELDS = (NetworkMemberLeft,)
    AFTER_CLOSING = True

    person: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if facts.role is Role.NETWORK_MEMBER and facts.person != self.person:
            raise Refused(
                "Je kunt alleen voor jezelf stoppen. Over de ander gaat de cliënt.",
                "You can stop only for yourself. The client decides about others.",
                "person",
            )
        if state.circle.close(self.person) is None:
            return []
        return [NetworkMemberLeft(**about, person=self.person)]

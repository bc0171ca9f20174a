"""The state of one peer group: who is in it, what they ask and offer, what was held."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import PeerGroupEvent
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


class Peer(NamedTuple):
    """Somebody who is in the group, or was."""

    person: UUID
    left: bool = False
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class PeerGroup(NamedTuple):
    """A group, or nothing yet."""

    name: str | None = None
    organisation: UUID | None = None
    peers: tuple[Peer, ...] = ()
    held: tuple[UUID, ...] = ()
    """Sessions and trainings."""
    invited: tuple[UUID, ...] = ()
    """Those who did not answer yet."""

    def peer(self, person: UUID) -> Peer | None:
        """Find somebody who is in the group, or was."""
        return next((each for each in self.peers if each.person == person), None)

    def member(self, person: UUID) -> Peer | None:
        """Find somebody who is in the group now."""
        found = self.peer(person)
        return None if found is None or found.left else found


def evolve(state: PeerGroup, event: PeerGroupEvent) -> PeerGroup:
    """Take one event in; never raises."""
    match event:
        case PeerGroupStarted():
            started = state._replace(name=event.name, organisation=event.organisation)
            return started if event.person is None else _with(started, Peer(event.person))
        case PeerInvited():
            return state._replace(invited=(*state.invited, event.person))
        case PeerJoined():
            return _with(state, Peer(event.person))
        case PeerLeft() if state.peer(event.person) is None and event.person in state.invited:
            return _answered(state, event.person)
        case PeerLeft():
            return _with(state, Peer(event.person, left=True))
        case PeerNeedsSurveyed():
            peer = state.peer(event.person)
            if peer is None:
                return state
            return _with(state, peer._replace(needs=event.needs, offers=event.offers))
        case PeerSessionHeld():
            return state._replace(held=(*state.held, event.session))
        case PeerTrainingGiven():
            return state._replace(held=(*state.held, event.training))
        case PeerGroupCorrected():
            return state
        case _:
            assert_never(event)


def _with(state: PeerGroup, peer: Peer) -> PeerGroup:
    others = tuple(each for each in state.peers if each.person != peer.person)
    return _answered(state, peer.person)._replace(peers=(*others, peer))


def _answered(state: PeerGroup, person: UUID) -> PeerGroup:
    return state._replace(invited=tuple(each for each in state.invited if each != person))

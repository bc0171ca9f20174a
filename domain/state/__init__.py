"""What decisions are made on: per kind of stream the state at the start and how it evolves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from domain.events.base import StreamKind
from domain.state import directory, employer, funding, peer_group, programme
from domain.state.stages import Outcome, Stage, outcome, stages
from domain.state.trajectory import Trajectory, evolve, fold


class Decider(NamedTuple):
    """The state before anything happened, and what an event makes of it."""

    initial: Any
    evolve: Callable[[Any, Any], Any]


STATES: dict[StreamKind, Decider] = {
    StreamKind.TRAJECTORY: Decider(Trajectory(), evolve),
    StreamKind.DIRECTORY: Decider(directory.Directory(), directory.evolve),
    StreamKind.EMPLOYER: Decider(employer.Employer(), employer.evolve),
    StreamKind.PROGRAMME: Decider(programme.Programme(), programme.evolve),
    StreamKind.PEER_GROUP: Decider(peer_group.PeerGroup(), peer_group.evolve),
    StreamKind.FUNDING: Decider(funding.Funding(), funding.evolve),
}

__all__ = [
    "STATES",
    "Decider",
    "Outcome",
    "Stage",
    "Trajectory",
    "evolve",
    "fold",
    "outcome",
    "stages",
]

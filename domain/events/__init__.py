"""The published language: every event the log may hold, by the name it is stored under."""

from __future__ import annotations

from itertools import chain
from typing import get_args

from domain.events import employer, peer_group, people, programme
from domain.events.base import Category, Event, Kind, StreamKind, field_kinds
from domain.events.correction import EntryCorrected
from domain.events.topics import (
    BenefitTopic,
    CourseTopic,
    EigenKrachtTopic,
    PermissionTopic,
    PlacementTopic,
    ReferralTopic,
    SearchTopic,
    SetbackTopic,
    SupportTopic,
    TeamTopic,
    TrustTopic,
    WellbeingTopic,
)

TrajectoryEvent = (
    ReferralTopic
    | TeamTopic
    | BenefitTopic
    | PermissionTopic
    | SearchTopic
    | PlacementTopic
    | SupportTopic
    | WellbeingTopic
    | SetbackTopic
    | TrustTopic
    | CourseTopic
    | EigenKrachtTopic
    | EntryCorrected
)
DirectoryEvent = (
    people.PersonRegistered
    | people.ContactDetailsChanged
    | people.RoleGiven
    | people.RoleEnded
    | people.OrganisationRegistered
    | people.RegistrationCorrected
)
EmployerEvent = (
    employer.EmployerRegistered
    | employer.EmployerDetailsChanged
    | employer.EmployerContactPersonAdded
    | employer.EmployerContactPersonLeft
)
ProgrammeEvent = programme.ProgrammeFounded | programme.AuditSampleDrawn
PeerGroupEvent = (
    peer_group.PeerGroupStarted
    | peer_group.PeerJoined
    | peer_group.PeerLeft
    | peer_group.PeerNeedsSurveyed
    | peer_group.PeerSessionHeld
    | peer_group.PeerTrainingGiven
)

BY_TYPE: dict[str, type[Event]] = {
    event.TYPE: event
    for event in chain.from_iterable(
        map(
            get_args,
            (TrajectoryEvent, DirectoryEvent, EmployerEvent, ProgrammeEvent, PeerGroupEvent),
        )
    )
}

__all__ = [
    "BY_TYPE",
    "Category",
    "DirectoryEvent",
    "EmployerEvent",
    "Event",
    "Kind",
    "PeerGroupEvent",
    "ProgrammeEvent",
    "StreamKind",
    "TrajectoryEvent",
    "field_kinds",
]

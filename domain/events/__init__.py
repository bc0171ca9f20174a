"""The published language: every event the log may hold, by the name it is stored under."""

from __future__ import annotations

from itertools import chain
from typing import get_args

from domain.events import (
    employer,
    funding,
    group_correction,
    peer_group,
    people,
    programme,
    quality,
)
from domain.events.base import Category, Event, Kind, StreamKind, field_kinds
from domain.events.correction import (
    EntryCorrected,
    EntryShielded,
    EntryUndone,
    EntryUnshielded,
)
from domain.events.topics import (
    AccessTopic,
    AppointmentTopic,
    AuditTopic,
    BenefitTopic,
    CopyTopic,
    CourseTopic,
    CoverTopic,
    EigenKrachtTopic,
    EmergencyTopic,
    ErasureTopic,
    HealthTopic,
    InstrumentTopic,
    IssueTopic,
    LinkTopic,
    ParticipationTopic,
    PermissionTopic,
    PlacementTopic,
    ProfileTopic,
    ReferralTopic,
    SearchTopic,
    SetbackTopic,
    SupportTopic,
    TeamTopic,
    TrustTopic,
    TryOutTopic,
    WellbeingTopic,
)

TrajectoryEvent = (
    ReferralTopic
    | TeamTopic
    | CoverTopic
    | LinkTopic
    | ProfileTopic
    | BenefitTopic
    | PermissionTopic
    | SearchTopic
    | TryOutTopic
    | PlacementTopic
    | AppointmentTopic
    | ParticipationTopic
    | InstrumentTopic
    | IssueTopic
    | SupportTopic
    | WellbeingTopic
    | SetbackTopic
    | HealthTopic
    | TrustTopic
    | AuditTopic
    | AccessTopic
    | EmergencyTopic
    | CourseTopic
    | EigenKrachtTopic
    | ErasureTopic
    | CopyTopic
    | EntryCorrected
    | EntryShielded
    | EntryUnshielded
    | EntryUndone
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
    | group_correction.EmployerCorrected
)
QualityTopic = (
    quality.TeamMeetingHeld
    | quality.SupervisionHeld
    | quality.GroupSupervisionHeld
    | quality.FieldMentoringDone
    | quality.WorkTimeSampleRecorded
    | quality.CoachCapacitySet
    | quality.OutcomesReviewed
    | quality.FidelityReviewHeld
    | quality.FunderContactLogged
    | quality.EmployerLogReviewed
)
ProgrammeEvent = (
    programme.ProgrammeFounded
    | programme.AuditSampleDrawn
    | QualityTopic
    | group_correction.ProgrammeCorrected
)
PeerGroupEvent = (
    peer_group.PeerGroupStarted
    | peer_group.PeerInvited
    | peer_group.PeerJoined
    | peer_group.PeerLeft
    | peer_group.PeerNeedsSurveyed
    | peer_group.PeerSessionHeld
    | peer_group.PeerTrainingGiven
    | group_correction.PeerGroupCorrected
)
FundingEvent = (
    funding.FundingApproved
    | funding.FundingExtended
    | funding.FundingEnded
    | funding.FundingDocumentNoted
    | group_correction.FundingCorrected
)

BY_TYPE: dict[str, type[Event]] = {
    event.TYPE: event
    for event in chain.from_iterable(
        map(
            get_args,
            (
                *(TrajectoryEvent, DirectoryEvent, EmployerEvent),
                *(ProgrammeEvent, PeerGroupEvent, FundingEvent),
            ),
        )
    )
}

__all__ = [
    "BY_TYPE",
    "Category",
    "DirectoryEvent",
    "EmployerEvent",
    "Event",
    "FundingEvent",
    "Kind",
    "PeerGroupEvent",
    "ProgrammeEvent",
    "StreamKind",
    "TrajectoryEvent",
    "field_kinds",
]

"""The topics of a trajectory: which events belong together, for the state and for the catalogue.

The rest of the catalogue (profile, instruments, funding) joins here, each as a
topic of its own.
"""

from __future__ import annotations

from itertools import chain
from typing import get_args

from domain.events import (
    benefit,
    course,
    eigen_kracht,
    permissions,
    placement,
    referral,
    search,
    setback,
    support,
    team,
    trust,
    wellbeing,
)
from domain.events.base import Event

TeamTopic = (
    team.TeamFormed
    | team.TeamMemberAdded
    | team.TeamMemberLeft
    | team.NetworkMemberInvited
    | team.NetworkMemberJoined
    | team.NetworkMemberLeft
)
ReferralTopic = referral.Referred | referral.WorkWishExpressed | referral.ProgrammeEntered
BenefitTopic = benefit.BenefitSituationNoted | benefit.BenefitEnded
PermissionTopic = (
    permissions.PermissionGranted
    | permissions.PermissionWithdrawn
    | permissions.DisclosureDiscussed
    | permissions.DisclosureAgreed
    | permissions.DisclosureRevoked
)
SearchTopic = (
    search.EmployerContactMade
    | search.ApplicationMade
    | search.InterviewHeld
    | search.OfferMade
    | search.OfferDeclined
    | search.NextJobSearchStarted
)
PlacementTopic = (
    placement.JobStarted
    | placement.JobEnded
    | placement.JobEndLearned
    | placement.HoursChanged
    | placement.TrialPlacementStarted
    | placement.TrialPlacementExtended
    | placement.TrialPlacementEnded
    | placement.VolunteeringStarted
    | placement.VolunteeringEnded
    | placement.ShelteredWorkStarted
    | placement.ShelteredWorkEnded
    | placement.AccommodationAgreed
    | placement.AccommodationChanged
)
SupportTopic = (
    support.SupportContact
    | support.OutreachAttempted
    | support.EmployerSupported
    | support.ContactRhythmAgreed
    | support.LeftInPeace
    | support.ContactWelcomeAgain
)
WellbeingTopic = (
    wellbeing.WellbeingScored
    | wellbeing.WellbeingRhythmChosen
    | wellbeing.WellbeingQuestionStopped
    | wellbeing.WatchAsked
    | wellbeing.WatchStopped
)
SetbackTopic = setback.SetbackSignalled | setback.SetbackAnswered | setback.RecoveryNoted
TrustTopic = (
    trust.TrustDecisionRecorded
    | trust.TrustDecisionRevised
    | trust.TrustDecisionReviewed
    | trust.DissentRecorded
    | trust.ClientStatementAdded
)
CourseTopic = (
    course.Paused
    | course.Resumed
    | course.SteppedDown
    | course.SteppedUp
    | course.MovedAway
    | course.TransferredTo
    | course.TrajectoryClosed
    | course.DoorLeftOpen
    | course.ReEntered
)
EigenKrachtTopic = (
    eigen_kracht.EkRequested
    | eigen_kracht.EkCoordinatorAppointed
    | eigen_kracht.EkCoordinatorLeft
    | eigen_kracht.EkMainQuestionSet
    | eigen_kracht.EkSubQuestionSet
    | eigen_kracht.EkConferenceHeld
    | eigen_kracht.EkPlanAdopted
    | eigen_kracht.EkActionAdded
    | eigen_kracht.EkActionDone
    | eigen_kracht.EkActionDropped
    | eigen_kracht.EkFourWeekCall
    | eigen_kracht.EkEvaluated
)


TOPICS = (
    ReferralTopic,
    TeamTopic,
    BenefitTopic,
    PermissionTopic,
    SearchTopic,
    PlacementTopic,
    SupportTopic,
    WellbeingTopic,
    SetbackTopic,
    TrustTopic,
    CourseTopic,
    EigenKrachtTopic,
)

CORRECTABLE_TYPES: dict[str, type[Event]] = {
    event.TYPE: event for event in chain.from_iterable(map(get_args, TOPICS))
}
"""Every event of a trajectory but corrections themselves."""

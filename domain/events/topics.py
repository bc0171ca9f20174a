"""The topics of a trajectory: which events belong together, for the state and for the catalogue."""

from __future__ import annotations

from itertools import chain
from typing import get_args

from domain.events import (
    access,
    appointments,
    audit,
    benefit,
    course,
    cover,
    eigen_kracht,
    emergency,
    erasure,
    experience,
    file_copy,
    health,
    instruments,
    issues,
    leads,
    linking,
    participation,
    permissions,
    placement,
    profile,
    referral,
    search,
    search_plan,
    setback,
    support,
    team,
    trust,
    trying,
    wellbeing,
)
from domain.events.base import Event

TeamTopic = (
    team.TeamFormed
    | team.TeamMemberAdded
    | team.TeamMemberLeft
    | team.NetworkMemberInvited
    | team.NetworkShareChosen
    | team.NetworkMemberJoined
    | team.NetworkMemberLeft
)
CoverTopic = cover.CoverArranged | cover.CoverEnded
LinkTopic = linking.FilesLinked | linking.FilesUnlinked
ReferralTopic = referral.Referred | referral.WorkWishExpressed | referral.ProgrammeEntered
BenefitTopic = (
    benefit.BenefitSituationNoted | benefit.BenefitEnded | benefit.BenefitsCounsellingGiven
)
ProfileTopic = (
    profile.VocationalProfileRecorded
    | profile.VocationalProfileUpdated
    | profile.PreferencesStated
    | profile.MilestoneReached
)
PermissionTopic = (
    permissions.PermissionGranted
    | permissions.PermissionWithdrawn
    | permissions.DisclosureDiscussed
    | permissions.DisclosureAgreed
    | permissions.DisclosureRevoked
    | permissions.MandateNoted
    | permissions.MandateEnded
    | permissions.EntrySent
    | permissions.EntrySendingStopped
)
SearchTopic = (
    search_plan.SearchPlanAgreed
    | search_plan.SearchPlanRevised
    | leads.BrokerRequestMade
    | leads.BrokerRequestAnswered
    | leads.NetworkLeadOffered
    | search.EmployerContactMade
    | search.ApplicationMade
    | search.InterviewHeld
    | search.OfferMade
    | search.OfferDeclined
    | search.NextJobSearchStarted
)
TryOutTopic = trying.TryOutArranged | trying.TryOutDone
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
AppointmentTopic = (
    appointments.WorkAppointmentMade
    | appointments.WorkAppointmentMoved
    | appointments.WorkAppointmentCancelled
)
ParticipationTopic = (
    participation.EducationStarted
    | participation.EducationCompleted
    | participation.EducationStopped
    | participation.SportOrCourseStarted
    | participation.SportOrCourseEnded
    | participation.InformalCareNoted
    | participation.InformalCareEnded
    | participation.OwnCareTrajectoryNoted
    | participation.OwnCareTrajectoryEnded
)
IssueTopic = (
    issues.BlockingIssueRaised
    | issues.BlockingIssuePlanMade
    | issues.BlockingIssueResolved
    | issues.BlockingIssuesOrdered
)
InstrumentTopic = (
    instruments.WageSubsidyGranted
    | instruments.NoRiskCoverNoted
    | instruments.JobCoachGrantNoted
    | instruments.JobCarved
    | instruments.JobsRegisterNoted
)
SupportTopic = (
    support.SupportContact
    | support.OutreachAttempted
    | support.EmployerSupported
    | support.EmployerAskedCall
    | support.TeamDiscussed
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
    | experience.ExperienceGiven
)
SetbackTopic = setback.SetbackSignalled | setback.SetbackAnswered | setback.RecoveryNoted
HealthTopic = (
    health.SickNoted | health.BackAtWork | health.SignalPlanWritten | health.CrisisEscalated
)
TrustTopic = (
    trust.TrustDecisionRecorded
    | trust.TrustDecisionRevised
    | trust.TrustDecisionReviewed
    | trust.DissentRecorded
    | trust.ClientStatementAdded
)
AuditTopic = audit.JudgementWritten | audit.AuditFinding | audit.FindingReplied
AccessTopic = access.AccessQuestioned | access.AccessAnswered
ErasureTopic = erasure.EraseRequested | erasure.EraseDecided
CopyTopic = file_copy.CopyRequested | file_copy.CopyGiven
EmergencyTopic = emergency.EmergencyAccessOpened | emergency.EmergencyAccessReviewed
CourseTopic = (
    course.Paused
    | course.Resumed
    | course.SteppedDown
    | course.SteppedUp
    | course.MovedAway
    | course.TransferredTo
    | course.HandoverReceived
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
    CoverTopic,
    LinkTopic,
    ProfileTopic,
    BenefitTopic,
    PermissionTopic,
    SearchTopic,
    TryOutTopic,
    PlacementTopic,
    AppointmentTopic,
    ParticipationTopic,
    InstrumentTopic,
    IssueTopic,
    SupportTopic,
    WellbeingTopic,
    SetbackTopic,
    HealthTopic,
    TrustTopic,
    AuditTopic,
    AccessTopic,
    ErasureTopic,
    CopyTopic,
    EmergencyTopic,
    CourseTopic,
    EigenKrachtTopic,
)

CORRECTABLE_TYPES: dict[str, type[Event]] = {
    event.TYPE: event for event in chain.from_iterable(get_args(t) or (t,) for t in TOPICS)
}
"""Every event of a trajectory but corrections themselves."""

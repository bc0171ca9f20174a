"""Every command the service accepts, by the name in its address."""

from __future__ import annotations

from domain.rules.access import AnswerAccessQuestion, QuestionAccess
from domain.rules.appointments import (
    CancelWorkAppointment,
    MakeWorkAppointment,
    MoveWorkAppointment,
)
from domain.rules.audit import RecordFinding, ReplyToFinding, WriteJudgement
from domain.rules.base import Command, Dated, Facts, Refused, Target, Unfit
from domain.rules.benefit import (
    EndBenefit,
    NoteBenefits,
    NoteCounselling,
)
from domain.rules.corrections import (
    CorrectEmployerEntry,
    CorrectEntry,
    CorrectFundingEntry,
    CorrectGroupEntry,
    CorrectProgrammeEntry,
    CorrectRegistration,
)
from domain.rules.course import (
    CloseTrajectory,
    LeaveDoorOpen,
    NoteMove,
    Pause,
    ReceiveHandover,
    ReEnter,
    Resume,
    StepDown,
    StepUp,
    Transfer,
)
from domain.rules.cover import ArrangeCover, EndCover
from domain.rules.eigen_kracht import (
    AddAction,
    AdoptPlan,
    AppointCoordinator,
    DropAction,
    EvaluatePlan,
    FinishAction,
    LogConference,
    LogFourWeekCall,
    RemoveCoordinator,
    RequestEigenKracht,
    SetMainQuestion,
    SetSubQuestion,
)
from domain.rules.emergency import OpenEmergencyAccess, ReviewEmergencyAccess
from domain.rules.employer import (
    AddContactPerson,
    ChangeEmployerDetails,
    RegisterEmployer,
    RemoveContactPerson,
)
from domain.rules.erasure import DecideErasure, RequestErasure
from domain.rules.experience import (
    GiveExperience,
)
from domain.rules.file_copy import GiveCopy, RequestCopy
from domain.rules.funding import (
    ApproveFunding,
    EndFunding,
    ExtendFunding,
    NoteFundingDocument,
)
from domain.rules.health import (
    EscalateCrisis,
    NoteBackAtWork,
    NoteSick,
    WriteSignalPlan,
)
from domain.rules.instruments import (
    CarveJob,
    NoteJobCoachGrant,
    NoteJobsRegister,
    NoteNoRiskCover,
    NoteWageSubsidy,
)
from domain.rules.issues import (
    OrderIssues,
    PlanIssue,
    RaiseIssue,
    ResolveIssue,
)
from domain.rules.leads import (
    AnswerBrokerRequest,
    AskBroker,
    OfferLead,
)
from domain.rules.linking import LinkFiles, UnlinkFiles
from domain.rules.meeting import NoteTeamDiscussion
from domain.rules.participation import (
    CompleteEducation,
    EndInformalCare,
    EndOwnCare,
    EndSportOrCourse,
    NoteInformalCare,
    NoteOwnCare,
    StartEducation,
    StartSportOrCourse,
    StopEducation,
)
from domain.rules.peer_group import (
    InvitePeer,
    JoinPeerGroup,
    LogSession,
    LogTraining,
    RemovePeer,
    StartPeerGroup,
    SurveyNeeds,
)
from domain.rules.people import (
    ChangeContactDetails,
    EndRole,
    GiveRole,
    RegisterOrganisation,
    RegisterPerson,
)
from domain.rules.permissions import (
    AgreeDisclosure,
    DiscussDisclosure,
    EndMandate,
    GrantPermission,
    NoteMandate,
    RevokeDisclosure,
    WithdrawPermission,
)
from domain.rules.placement import (
    AgreeAccommodation,
    ChangeAccommodation,
    ChangeHours,
    EndPlacement,
    ExtendTrialPlacement,
    LearnJobEnd,
    LogPlacement,
)
from domain.rules.profile import (
    NoteMilestone,
    StatePreferences,
    WriteProfile,
)
from domain.rules.programme import (
    DrawSample,
    FoundProgramme,
)
from domain.rules.protection import ShieldEntry, UndoEntry, UnshieldEntry
from domain.rules.quality import (
    LogFidelityReview,
    LogFieldMentoring,
    LogFunderContact,
    LogGroupSupervision,
    LogOutcomesReview,
    LogSupervision,
    LogTeamMeeting,
    RecordWorkTimeSample,
    ReviewEmployerLog,
    SetCoachCapacity,
)
from domain.rules.referral import (
    EnterProgramme,
    ExpressWorkWish,
    Refer,
)
from domain.rules.search import (
    DeclineOffer,
    LogApplication,
    LogEmployerContact,
    LogInterview,
    LogOffer,
    StartNextSearch,
)
from domain.rules.search_plan import (
    AgreeSearchPlan,
)
from domain.rules.sending import SendEntry, StopSendingEntry
from domain.rules.setback import (
    AnswerSetback,
    NoteRecovery,
    SignalSetback,
)
from domain.rules.support import (
    AgreeRhythm,
    AskCall,
    LeaveInPeace,
    LogContact,
    SupportEmployer,
    WelcomeContact,
)
from domain.rules.team import (
    AddTeamMember,
    ChooseNetworkShare,
    FormTeam,
    InviteNetworkMember,
    JoinNetwork,
    RemoveNetworkMember,
    RemoveTeamMember,
)
from domain.rules.trust import (
    AddClientStatement,
    RecordDecision,
    RecordDissent,
    ReviewDecision,
    ReviseDecision,
)
from domain.rules.trying import (
    ArrangeTryOut,
    LogTryOut,
)
from domain.rules.wellbeing import (
    AskToWatch,
    ChooseWellbeingRhythm,
    ScoreWellbeing,
    StopWatching,
    StopWellbeingQuestion,
)

COMMANDS: tuple[type[Command], ...] = (
    Refer,
    ExpressWorkWish,
    EnterProgramme,
    FormTeam,
    AddTeamMember,
    RemoveTeamMember,
    ArrangeCover,
    EndCover,
    LinkFiles,
    UnlinkFiles,
    InviteNetworkMember,
    ChooseNetworkShare,
    JoinNetwork,
    RemoveNetworkMember,
    WriteProfile,
    StatePreferences,
    NoteMilestone,
    NoteBenefits,
    EndBenefit,
    NoteCounselling,
    GrantPermission,
    WithdrawPermission,
    SendEntry,
    StopSendingEntry,
    DiscussDisclosure,
    AgreeDisclosure,
    RevokeDisclosure,
    NoteMandate,
    EndMandate,
    AgreeSearchPlan,
    AskBroker,
    AnswerBrokerRequest,
    OfferLead,
    LogEmployerContact,
    LogApplication,
    LogInterview,
    LogOffer,
    DeclineOffer,
    StartNextSearch,
    ArrangeTryOut,
    LogTryOut,
    LogPlacement,
    EndPlacement,
    LearnJobEnd,
    ChangeHours,
    ExtendTrialPlacement,
    AgreeAccommodation,
    ChangeAccommodation,
    MakeWorkAppointment,
    MoveWorkAppointment,
    CancelWorkAppointment,
    StartEducation,
    CompleteEducation,
    StopEducation,
    StartSportOrCourse,
    EndSportOrCourse,
    NoteInformalCare,
    EndInformalCare,
    NoteOwnCare,
    EndOwnCare,
    NoteWageSubsidy,
    NoteNoRiskCover,
    NoteJobCoachGrant,
    CarveJob,
    NoteJobsRegister,
    RaiseIssue,
    PlanIssue,
    ResolveIssue,
    OrderIssues,
    LogContact,
    SupportEmployer,
    AskCall,
    NoteTeamDiscussion,
    AgreeRhythm,
    LeaveInPeace,
    WelcomeContact,
    ScoreWellbeing,
    ChooseWellbeingRhythm,
    StopWellbeingQuestion,
    AskToWatch,
    StopWatching,
    GiveExperience,
    SignalSetback,
    AnswerSetback,
    NoteRecovery,
    NoteSick,
    NoteBackAtWork,
    WriteSignalPlan,
    EscalateCrisis,
    RecordDecision,
    ReviseDecision,
    ReviewDecision,
    RecordDissent,
    AddClientStatement,
    WriteJudgement,
    RecordFinding,
    ReplyToFinding,
    QuestionAccess,
    AnswerAccessQuestion,
    OpenEmergencyAccess,
    ReviewEmergencyAccess,
    Pause,
    Resume,
    StepDown,
    StepUp,
    NoteMove,
    Transfer,
    ReceiveHandover,
    CloseTrajectory,
    LeaveDoorOpen,
    ReEnter,
    RequestEigenKracht,
    AppointCoordinator,
    RemoveCoordinator,
    SetMainQuestion,
    SetSubQuestion,
    LogConference,
    AdoptPlan,
    AddAction,
    FinishAction,
    DropAction,
    LogFourWeekCall,
    EvaluatePlan,
    CorrectEntry,
    ShieldEntry,
    UnshieldEntry,
    UndoEntry,
    RequestErasure,
    DecideErasure,
    RequestCopy,
    GiveCopy,
    CorrectGroupEntry,
    CorrectProgrammeEntry,
    CorrectEmployerEntry,
    CorrectFundingEntry,
    CorrectRegistration,
    RegisterPerson,
    ChangeContactDetails,
    GiveRole,
    EndRole,
    RegisterOrganisation,
    RegisterEmployer,
    ChangeEmployerDetails,
    AddContactPerson,
    RemoveContactPerson,
    FoundProgramme,
    DrawSample,
    LogTeamMeeting,
    LogSupervision,
    LogGroupSupervision,
    LogFieldMentoring,
    RecordWorkTimeSample,
    SetCoachCapacity,
    LogOutcomesReview,
    LogFidelityReview,
    LogFunderContact,
    ReviewEmployerLog,
    StartPeerGroup,
    InvitePeer,
    JoinPeerGroup,
    RemovePeer,
    SurveyNeeds,
    LogSession,
    LogTraining,
    ApproveFunding,
    ExtendFunding,
    EndFunding,
    NoteFundingDocument,
)

BY_NAME: dict[str, type[Command]] = {command.NAME: command for command in COMMANDS}

__all__ = ["BY_NAME", "COMMANDS", "Command", "Dated", "Facts", "Refused", "Target", "Unfit"]

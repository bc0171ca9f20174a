"""The state of one trajectory, folded from its events: ids, dates, kinds and counts, no words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import TrajectoryEvent
from domain.events.access import AccessEvent
from domain.events.appointments import AppointmentEvent
from domain.events.audit import AuditEvent
from domain.events.benefit import BenefitEvent
from domain.events.correction import EntryCorrected, EntryShielded, EntryUndone, EntryUnshielded
from domain.events.course import CourseEvent, Paused, ReEntered
from domain.events.cover import CoverEvent
from domain.events.eigen_kracht import EkEvent
from domain.events.emergency import EmergencyEvent
from domain.events.erasure import ErasureEvent
from domain.events.file_copy import CopyEvent
from domain.events.health import HealthEvent
from domain.events.instruments import InstrumentEvent
from domain.events.issues import IssueEvent
from domain.events.linking import FilesLinked, LinkEvent
from domain.events.participation import ParticipationEvent
from domain.events.permissions import PermissionEvent
from domain.events.placement import PlacementEvent
from domain.events.profile import ProfileEvent
from domain.events.referral import ReferralEvent, Referred
from domain.events.search import EmployerContactMade, SearchEvent
from domain.events.setback import SetbackEvent
from domain.events.support import SupportEvent
from domain.events.team import TeamEvent
from domain.events.topics import CourseTopic, LinkTopic, ReferralTopic, SearchTopic
from domain.events.trust import TrustEvent
from domain.events.trying import TryOutEvent
from domain.events.wellbeing import WellbeingEvent
from domain.state.appointments import evolve_appointments
from domain.state.audit import Audit, evolve_audit
from domain.state.circle import Circle, Member, evolve_cover, evolve_permissions, evolve_team
from domain.state.course import Course, evolve_course, evolve_referral
from domain.state.eigen_kracht import EigenKracht, evolve_eigen_kracht
from domain.state.emergency import Emergency, evolve_emergencies
from domain.state.health import Health, evolve_health
from domain.state.issues import Issues, evolve_issues
from domain.state.notes import remembered
from domain.state.participation import Participation, evolve_participation
from domain.state.profile import Profile, evolve_profile
from domain.state.protection import (
    Protection,
    evolve_copies,
    evolve_erasure,
    evolve_questions,
    evolve_shields,
)
from domain.state.said import Mark, mark
from domain.state.search import Search, evolve_search
from domain.state.support import Support, evolve_employer_contact, evolve_support
from domain.state.trust import Trust, evolve_trust
from domain.state.trying import Trying, evolve_trying
from domain.state.wellbeing import Wellbeing, evolve_setbacks, evolve_wellbeing
from domain.state.work import PlacementKind, Work, evolve_work


class Trajectory(NamedTuple):
    """One part per topic; a named tuple, because replacing one field of it is cheap."""

    course: Course = Course()
    circle: Circle = Circle()
    work: Work = Work()
    search: Search = Search()
    support: Support = Support()
    wellbeing: Wellbeing = Wellbeing()
    trust: Trust = Trust()
    eigen_kracht: EigenKracht = EigenKracht()
    notes: tuple[int, ...] = ()
    """The last notes' own ids, oldest first: see notes.py."""
    participation: Participation = Participation()
    health: Health = Health()
    issues: Issues = Issues()
    profile: Profile = Profile()
    trying: Trying = Trying()
    audit: Audit = Audit()
    protection: Protection = Protection()
    emergencies: tuple[Emergency, ...] = ()
    files: tuple[UUID, ...] = ()
    """Other files of the same person that this one is linked with."""
    linked_as: tuple[tuple[UUID, Mark], ...] = ()
    """Of each file that was linked or unlinked the mark of why, the last time."""

    @property
    def client(self) -> UUID | None:
        """Whose trajectory it is; None as long as there is none."""
        return self.course.client

    def employed(self, day: date) -> bool:
        """Whether there was a paid job that day."""
        return any(each.kind is PlacementKind.JOB for each in self.work.running(day))


def evolve(state: Trajectory, event: TrajectoryEvent) -> Trajectory:
    """Take one event in; never raises."""
    # Not getattr: asking a pydantic model for a field it lacks costs more than all the rest.
    note: UUID | None = event.__dict__.get("note")
    notes = state.notes if note is None else remembered(state.notes, note)
    match event:
        case SupportEvent():
            return state._replace(support=evolve_support(state.support, event), notes=notes)
        case AppointmentEvent():
            held = evolve_appointments(state.work.appointments, event)
            return state._replace(work=state.work._replace(appointments=held))
        case PlacementEvent():
            return state._replace(work=evolve_work(state.work, event), notes=notes)
        case ReferralEvent():
            return _after_referral(state, event)._replace(notes=notes)
        case TeamEvent():
            return state._replace(circle=evolve_team(state.circle, event))
        case CoverEvent():
            return state._replace(circle=evolve_cover(state.circle, event))
        case LinkEvent():
            return _after_link(state, event)
        case PermissionEvent():
            return state._replace(circle=evolve_permissions(state.circle, event), notes=notes)
        case SearchEvent():
            return _after_search(state, event)._replace(notes=notes)
        case ProfileEvent():
            return state._replace(profile=evolve_profile(state.profile, event), notes=notes)
        case TryOutEvent():
            return state._replace(trying=evolve_trying(state.trying, event), notes=notes)
        case WellbeingEvent():
            return state._replace(wellbeing=evolve_wellbeing(state.wellbeing, event), notes=notes)
        case SetbackEvent():
            return state._replace(wellbeing=evolve_setbacks(state.wellbeing, event), notes=notes)
        case TrustEvent():
            return state._replace(trust=evolve_trust(state.trust, event), notes=notes)
        case AuditEvent():
            return state._replace(audit=evolve_audit(state.audit, event), notes=notes)
        case EmergencyEvent():
            return state._replace(emergencies=evolve_emergencies(state.emergencies, event))
        case CourseEvent():
            return _after_course(state, event)._replace(notes=notes)
        case EkEvent():
            eigen_kracht = evolve_eigen_kracht(state.eigen_kracht, event)
            return state._replace(eigen_kracht=eigen_kracht, notes=notes)
        case HealthEvent():
            return state._replace(health=evolve_health(state.health, event), notes=notes)
        case IssueEvent():
            return state._replace(issues=evolve_issues(state.issues, event), notes=notes)
        case ParticipationEvent():
            participation = evolve_participation(state.participation, event)
            return state._replace(participation=participation, notes=notes)
        case EntryShielded() | EntryUnshielded():
            return state._replace(protection=evolve_shields(state.protection, event))
        case ErasureEvent():
            return state._replace(protection=evolve_erasure(state.protection, event))
        case CopyEvent():
            return state._replace(protection=evolve_copies(state.protection, event))
        case AccessEvent():
            protection = evolve_questions(state.protection, event)
            return state._replace(protection=protection, notes=notes)
        case BenefitEvent() | InstrumentEvent() | EntryCorrected() | EntryUndone():
            # Income and instruments reveal health and are kept nowhere in the clear; corrections
            # and what was taken back are resolved into their targets before folding.
            return state._replace(notes=notes)
        case _:
            assert_never(event)


def _after_referral(state: Trajectory, event: ReferralTopic) -> Trajectory:
    course = evolve_referral(state.course, event)
    if not isinstance(event, Referred) or not (event.received_by and event.received_role):
        return state._replace(course=course)
    member = Member(event.received_by, event.received_role, event.organisation)
    return state._replace(course=course, circle=state.circle.with_member(member))


def _after_link(state: Trajectory, event: LinkTopic) -> Trajectory:
    others = tuple(each for each in state.files if each != event.other)
    files = (*others, event.other) if isinstance(event, FilesLinked) else others
    told = (each for each in state.linked_as if each[0] != event.other)
    return state._replace(files=files, linked_as=(*told, (event.other, mark(event.reason))))


def _after_course(state: Trajectory, event: CourseTopic) -> Trajectory:
    course = evolve_course(state.course, event)
    match event:
        case ReEntered():
            return state._replace(course=course, support=state.support.reached())
        case Paused():
            support = state.support.otherwise(event.occurred_on)
            return state._replace(course=course, support=support)
        case _:
            return state._replace(course=course)


def _after_search(state: Trajectory, event: SearchTopic) -> Trajectory:
    search = evolve_search(state.search, event)
    if not isinstance(event, EmployerContactMade):
        return state._replace(search=search)
    return state._replace(search=search, support=evolve_employer_contact(state.support, event))


def fold(events: Iterable[TrajectoryEvent]) -> Trajectory:
    """Give the state after these events, of which corrections were resolved."""
    state = Trajectory()
    for event in events:
        state = evolve(state, event)
    return state

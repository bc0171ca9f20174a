"""Who may record what: the plus in the matrix, the event's own recorders, and a tie in force."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import pytest

from domain.events import BY_TYPE
from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.base import Event, Grant, GrantKind, StreamKind
from domain.events.correction import EntryCorrected
from domain.events.employer import EmployerContactPersonAdded, EmployerRegistered
from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.people import (
    ContactDetailsChanged,
    PersonRegistered,
    RoleEnded,
    RoleGiven,
)
from domain.events.placement import HoursChanged, JobStarted, TrialPlacementStarted
from domain.events.profile import MilestoneReached, PreferencesStated, VocationalProfileUpdated
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.events.quality import CoachCapacitySet, TeamMeetingHeld
from domain.events.referral import Referred
from domain.events.search_plan import SearchPlanAgreed
from domain.events.setback import SetbackAnswered, SetbackSignalled, SignalledBy
from domain.events.support import LeftInPeace, OutreachAttempted, SupportContact
from domain.events.team import NetworkMemberInvited, NetworkMemberLeft, TeamMemberAdded
from domain.events.trust import DissentRecorded
from domain.events.trying import TryOutDone
from domain.events.wellbeing import WellbeingScored
from domain.policy import (
    ROLES,
    Reader,
    Relation,
    may_append,
    may_begin,
    may_record,
    may_record_outside,
)
from domain.policy.recording import ALSO
from domain.roles import Role
from tests.domain.policy_people import (
    BAKERY,
    CARE,
    COURIERS,
    ELS,
    JOB,
    NOOR,
    OLD_JOB,
    RIA,
    TODAY,
    TOWN,
    TRACK,
    WHO,
    YESTERDAY,
    client,
    contact,
    held,
    job,
    joined,
    network,
    some_id,
    team,
    tie,
)


class Ask:
    """What the policy looks at in a command."""

    STREAM: ClassVar[StreamKind] = StreamKind.TRAJECTORY
    YIELDS: ClassVar[tuple[type[Event], ...]] = ()
    CREATES: ClassVar[bool] = False


def asking(*events: type[Event], creates: bool = False) -> type[Ask]:
    body = {"YIELDS": events, "STREAM": events[0].STREAM, "CREATES": creates}
    return type("Asked", (Ask,), body)


def tied(role: Role) -> Relation:
    return Relation(Reader(WHO.get(role, some_id(role)), role), TRACK)


EMPLOYER = tie(Role.EMPLOYER, contact(), job())


def hours(employer: UUID, placement: UUID) -> HoursChanged:
    return HoursChanged(
        occurred_on=TODAY,
        placement=placement,
        employer=employer,
        hours_per_week=16,
        starts_on=TODAY,
    )


@pytest.mark.parametrize(
    ("event", "roles"),
    [
        (WellbeingScored, {Role.CLIENT}),
        (FindingReplied, {Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER}),
        (JobStarted, {Role.CLIENT, Role.JOB_COACH}),
        (PreferencesStated, {Role.CLIENT}),
        (TryOutDone, {Role.CLIENT, Role.JOB_COACH}),
        (SearchPlanAgreed, {Role.CLIENT, Role.JOB_COACH}),
        (BrokerRequestMade, {Role.JOB_COACH}),
        (BrokerRequestAnswered, {Role.JOB_BROKER}),
        (NetworkLeadOffered, {Role.NETWORK_MEMBER, Role.JOB_COACH}),
        (VocationalProfileUpdated, {Role.CLIENT, Role.JOB_COACH}),
        (MilestoneReached, {Role.CLIENT, Role.JOB_COACH}),
        (SupportContact, {Role.JOB_COACH, Role.CARE_WORKER}),
        (OutreachAttempted, {Role.JOB_COACH, Role.CARE_WORKER}),
        (LeftInPeace, {Role.CLIENT, Role.JOB_COACH}),
        (TeamMemberAdded, {Role.JOB_COACH}),
        (NetworkMemberInvited, {Role.CLIENT}),
        (NetworkMemberLeft, {Role.CLIENT, Role.NETWORK_MEMBER}),
        (SetbackAnswered, {Role.JOB_COACH, Role.CARE_WORKER}),
        (
            DissentRecorded,
            {
                Role.CLIENT,
                Role.JOB_COACH,
                Role.CARE_WORKER,
                Role.NETWORK_MEMBER,
                Role.CLIENT_MANAGER,
            },
        ),
    ],
)
def test_who_may_record_this(event: type[Event], roles: set[Role]):
    found = {role for role in ROLES - {Role.EMPLOYER} if may_record(tied(role), asking(event))}
    assert found == roles


def test_a_worry_comes_from_everybody_close_without_thereby_reading():
    signal = asking(SetbackSignalled)
    assert may_record(EMPLOYER, signal)
    assert may_record(tied(Role.NETWORK_MEMBER), signal)
    assert not may_record(EMPLOYER, asking(SetbackAnswered))


def test_without_a_tie_nothing_is_recorded():
    assert not may_record(None, asking(JobStarted))
    assert not may_append(None, [])


@pytest.mark.parametrize("role", [*sorted(set(Role) - ROLES), Role.SYSADMIN])
def test_some_roles_never_write_in_a_trajectory(role: str):
    assert not any(may_record(tied(Role(role)), asking(event)) for event in BY_TYPE.values())


def test_an_auditor_judges_and_says_what_was_found_and_writes_nothing_else():
    auditor = tied(Role.AUDITOR)
    found = {event for event in BY_TYPE.values() if may_record(auditor, asking(event))}
    assert found == {JudgementWritten, AuditFinding}
    judged = JudgementWritten(
        occurred_on=TODAY, auditor=RIA, note=JOB, decision=OLD_JOB, words="zorgvuldig"
    )
    assert may_append(auditor, [judged])
    for role in ROLES - {Role.AUDITOR}:
        assert not may_append(tied(role), [judged])


def test_a_command_may_be_asked_when_one_of_its_events_may_and_each_event_is_asked_again():
    place = asking(JobStarted, TrialPlacementStarted)
    begun = {
        "occurred_on": TODAY,
        "placement": JOB,
        "employer": COURIERS,
        "title": "fietskoerier",
        "starts_on": TODAY,
    }
    trial = TrialPlacementStarted.model_validate(begun)
    paid = JobStarted.model_validate({**begun, "contract": "fixed"})
    assert may_record(tied(Role.JOB_COACH), place)
    assert may_append(tied(Role.JOB_COACH), [paid, trial])
    assert may_append(tied(Role.CLIENT), [paid])
    assert not may_append(tied(Role.CARE_WORKER), [paid])
    assert not may_append(tied(Role.CARE_WORKER), [trial, paid])


def test_an_employer_writes_about_the_own_running_job_only():
    assert may_append(EMPLOYER, [hours(COURIERS, JOB)])
    assert not may_append(EMPLOYER, [hours(BAKERY, JOB)])
    assert not may_append(EMPLOYER, [hours(COURIERS, OLD_JOB)])
    both = tie(Role.EMPLOYER, contact(), job(), job(placement=OLD_JOB, until=YESTERDAY))
    assert not may_append(both, [hours(COURIERS, OLD_JOB)])


def test_an_employer_whose_job_is_over_writes_no_more():
    over = tie(Role.EMPLOYER, contact(), job(until=YESTERDAY))
    worry = SetbackSignalled(occurred_on=TODAY, setback=JOB, by=SignalledBy.EMPLOYER)
    assert may_append(EMPLOYER, [worry])
    assert not may_append(over, [worry])
    assert not may_record(over, asking(SetbackSignalled))


def correction(event: str, **body: str) -> EntryCorrected:
    return EntryCorrected(
        occurred_on=TODAY, target=JOB, target_type=event, reason="typefout", body=body
    )


def test_a_correction_needs_what_its_target_needed():
    assert may_record(tied(Role.CARE_WORKER), asking(EntryCorrected))
    assert not may_record(tied(Role.AUDITOR), asking(EntryCorrected))
    assert may_append(tied(Role.CARE_WORKER), [correction("setback.answered.v1")])
    assert not may_append(tied(Role.CARE_WORKER), [correction("wellbeing.scored.v1")])
    assert not may_append(tied(Role.JOB_COACH), [correction("no.such.v1")])


def test_an_employer_corrects_about_the_own_job_only():
    def corrected(employer: UUID) -> EntryCorrected:
        return correction("hours.changed.v1", employer=str(employer), placement=str(JOB))

    assert may_append(EMPLOYER, [corrected(COURIERS)])
    assert not may_append(EMPLOYER, [corrected(BAKERY)])


REFER = asking(Referred, creates=True)


def test_a_trajectory_begins_by_the_client_or_by_a_professional_who_holds_the_role():
    for role in (Role.JOB_COACH, Role.CARE_WORKER):
        assert may_begin(Reader(WHO[role], role), NOOR, [held(role)], TODAY, REFER)
        assert not may_begin(Reader(WHO[role], role), NOOR, [], TODAY, REFER)
        elsewhere = Reader(WHO[role], role, CARE)
        assert not may_begin(elsewhere, NOOR, [held(role)], TODAY, REFER)
    assert may_begin(Reader(NOOR, Role.CLIENT), NOOR, [], TODAY, REFER)


def test_nobody_begins_a_trajectory_as_client_for_somebody_else():
    assert not may_begin(Reader(ELS, Role.CLIENT), NOOR, [client(ELS)], TODAY, REFER)


@pytest.mark.parametrize("role", sorted(set(Role) - {"client", "job_coach", "care_worker"}))
def test_no_other_role_begins_a_trajectory(role: str):
    reader = Reader(RIA, Role(role))
    assert not may_begin(reader, NOOR, [held(Role(role), person=RIA)], TODAY, REFER)
    assert not may_begin(reader, RIA, [held(Role(role), person=RIA)], TODAY, REFER)


def test_knowing_the_id_of_somebody_known_in_another_way_begins_nothing():
    reader, mine = Reader(RIA, Role.JOB_COACH), held(Role.JOB_COACH, person=RIA)
    for known_as in (client(), joined(NOOR), held(Role.CARE_WORKER, person=NOOR)):
        assert not may_begin(reader, NOOR, [mine, known_as], TODAY, REFER)
    assert may_begin(reader, NOOR, [mine, client(), team(Role.JOB_COACH)], TODAY, REFER)
    assert may_begin(Reader(NOOR, Role.CLIENT), NOOR, [client()], TODAY, REFER)


def test_who_speaks_for_an_employer_is_said_by_a_team_with_a_job_there():
    add, mine = asking(EmployerContactPersonAdded), held(Role.JOB_COACH)
    assert outside(Role.JOB_COACH, add, mine, stream=COURIERS)
    assert not outside(Role.JOB_COACH, add, mine, job(), stream=COURIERS)
    assert outside(Role.JOB_COACH, add, mine, job(), team(Role.JOB_COACH), stream=COURIERS)
    assert not outside(Role.JOB_COACH, add, mine, job(), team(Role.CARE_WORKER), stream=COURIERS)


def test_what_others_bring_about_keeps_nobody_from_beginning():
    """Zero exclusion: a group or an appointment that somebody else noted is no other file."""
    reader, mine = Reader(RIA, Role.JOB_COACH), held(Role.JOB_COACH, person=RIA)
    peer = Grant(some_id("group"), f"peer/{NOOR}", NOOR, GrantKind.PEER)
    appointed = team(Role.EK_COORDINATOR)._replace(holder=NOOR)
    for brought in (peer, appointed, network(NOOR)):
        assert may_begin(reader, NOOR, [mine, brought], TODAY, REFER)


def test_only_a_command_that_begins_a_trajectory_begins_one():
    reader = Reader(RIA, Role.JOB_COACH)
    grants = [held(Role.JOB_COACH)]
    assert not may_begin(reader, NOOR, grants, TODAY, asking(Referred))
    assert not may_begin(reader, NOOR, grants, TODAY, asking(WellbeingScored, creates=True))


def outside(role: Role, command: type[Ask], *grants: Grant, stream: UUID = NOOR) -> bool:
    return may_record_outside(Reader(WHO.get(role, RIA), role), stream, grants, TODAY, command)


PROGRAMME = some_id("programme")
OF_CARE = Grant(PROGRAMME, "organisation", CARE, GrantKind.PROGRAMME)
REGISTER = asking(PersonRegistered, creates=True)
CHANGE = asking(ContactDetailsChanged)


def test_a_person_is_registered_by_who_holds_a_role_that_takes_people_in():
    assert outside(Role.JOB_COACH, REGISTER, held(Role.JOB_COACH))
    assert not outside(Role.JOB_COACH, REGISTER)
    assert not outside(Role.AUDITOR, REGISTER, held(Role.AUDITOR))
    assert not outside(Role.EMPLOYER, REGISTER, contact())
    assert not outside(Role.JOB_BROKER, REGISTER, held(Role.JOB_BROKER))


def test_details_are_changed_by_oneself_and_the_own_team():
    here = (team(Role.JOB_COACH), held(Role.JOB_COACH))
    assert outside(Role.JOB_COACH, CHANGE, *here, client())
    assert not outside(Role.JOB_COACH, CHANGE, *here)
    assert not outside(Role.JOB_COACH, CHANGE, held(Role.JOB_COACH), client())
    assert outside(Role.CLIENT, CHANGE, client())
    assert not outside(Role.CLIENT, CHANGE, client(), stream=ELS)


def test_a_client_registers_whom_they_invite_and_where_they_found_work():
    assert outside(Role.CLIENT, REGISTER, client(), stream=ELS)
    assert not outside(Role.CLIENT, REGISTER, stream=ELS)
    register = asking(EmployerRegistered, creates=True)
    assert outside(Role.CLIENT, register, client(), stream=BAKERY)
    assert not outside(Role.CLIENT, asking(EmployerContactPersonAdded), client(), stream=BAKERY)


def test_roles_are_given_by_the_administrator_alone():
    give = asking(RoleGiven)
    admin = Grant(RIA, "role", RIA, GrantKind.ROLE, Role.SYSADMIN.value, CARE)
    assert outside(Role.SYSADMIN, give, admin)
    for role in set(Role) - {Role.SYSADMIN}:
        grants = (held(role, person=WHO.get(role, RIA)), team(Role.JOB_COACH), client())
        assert not outside(role, give, *grants)


def test_an_administrator_gives_themselves_no_role():
    admin = held(Role.SYSADMIN, CARE, person=RIA)
    for event in (RoleGiven, RoleEnded):
        assert outside(Role.SYSADMIN, asking(event), admin, stream=ELS)
        assert not outside(Role.SYSADMIN, asking(event), admin, stream=RIA)


def test_the_administrator_and_the_auditor_draw_no_sample():
    draw = asking(AuditSampleDrawn)
    for role in (Role.SYSADMIN, Role.AUDITOR, Role.JOB_COACH):
        mine = held(role, CARE, WHO.get(role, RIA))
        assert not outside(role, draw, mine, OF_CARE, stream=PROGRAMME)
    lead = held(Role.TEAM_LEAD, CARE, RIA)
    assert outside(Role.TEAM_LEAD, draw, lead, OF_CARE, stream=PROGRAMME)


@pytest.mark.parametrize("event", [AuditSampleDrawn, CoachCapacitySet, TeamMeetingHeld])
def test_in_a_programme_records_who_works_for_its_organisation(event: type[Event]):
    def may(*grants: Grant, acts_for: UUID | None = None) -> bool:
        lead = Reader(RIA, Role.TEAM_LEAD, acts_for)
        return may_record_outside(lead, PROGRAMME, grants, TODAY, asking(event))

    here, there = (held(Role.TEAM_LEAD, at, RIA) for at in (CARE, TOWN))
    assert may(OF_CARE, here)
    assert may(OF_CARE, here, there, acts_for=CARE)
    assert not may(OF_CARE, here, there, acts_for=TOWN)
    assert not may(OF_CARE, there)
    assert not may(OF_CARE)
    assert not may(here), "an older one of nobody"


def test_a_programme_is_founded_for_the_own_organisation():
    found = asking(ProgrammeFounded, creates=True)

    def may(role: Role, at: UUID | None, *grants: Grant) -> bool:
        reader = Reader(RIA, role)
        return may_record_outside(reader, PROGRAMME, grants, TODAY, found, organisation=at)

    assert may(Role.TEAM_LEAD, CARE, held(Role.TEAM_LEAD, CARE, RIA))
    assert not may(Role.TEAM_LEAD, CARE, held(Role.TEAM_LEAD, TOWN, RIA))
    assert not may(Role.TEAM_LEAD, None, held(Role.TEAM_LEAD, CARE, RIA))
    assert may(Role.SYSADMIN, CARE, held(Role.SYSADMIN, TOWN, RIA))
    assert not may(Role.SYSADMIN, CARE)


def test_every_exception_names_an_event_that_this_role_records():
    for role, names in ALSO.items():
        assert all(role in BY_TYPE[name].RECORDED_BY for name in names)

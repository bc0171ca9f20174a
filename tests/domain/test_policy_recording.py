"""Who may record what: the plus in the matrix, the event's own recorders, and a tie in force."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.events import BY_TYPE
from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.base import Category, Event, StreamKind
from domain.events.correction import EntryCorrected
from domain.events.cover import CoverArranged, CoverEnded
from domain.events.eigen_kracht import EkActionDone
from domain.events.emergency import EmergencyAccessReviewed
from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.linking import FilesLinked, FilesUnlinked
from domain.events.permissions import MandateEnded, MandateNoted, PermissionGranted
from domain.events.placement import HoursChanged, JobStarted, TrialPlacementStarted
from domain.events.profile import MilestoneReached, PreferencesStated, VocationalProfileUpdated
from domain.events.search_plan import SearchPlanAgreed
from domain.events.setback import SetbackAnswered, SetbackSignalled, SignalledBy
from domain.events.support import LeftInPeace, OutreachAttempted, SupportContact
from domain.events.team import (
    NetworkMemberInvited,
    NetworkMemberLeft,
    NetworkShare,
    TeamMemberAdded,
)
from domain.events.trust import DissentRecorded
from domain.events.trying import TryOutDone
from domain.events.wellbeing import WellbeingScored
from domain.policy import (
    ROLES,
    Reader,
    Relation,
    may_append,
    may_record,
    recorded_by,
    recorders,
)
from domain.policy.recording import ALSO, AS
from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.audit import WriteJudgement
from domain.rules.funding import ApproveFunding
from domain.rules.peer_group import StartPeerGroup
from domain.rules.people import GiveRole
from domain.rules.support import LogContact
from tests.domain.policy_people import (
    BAKERY,
    COURIERS,
    ELS,
    JOB,
    OLD_JOB,
    RIA,
    TODAY,
    TRACK,
    WHO,
    YESTERDAY,
    asking,
    contact,
    job,
    network,
    shared,
    some_id,
    tie,
)


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
        (SupportContact, {Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER}),
        (OutreachAttempted, {Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER}),
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
                Role.LABOUR_EXPERT,
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


BY_OFFICE = {
    Role.TEAM_LEAD: {CoverArranged, CoverEnded},
    Role.PRIVACY_OFFICER: {FilesLinked, FilesUnlinked},
}
"""What is asked of an office and not of a place on the team."""


@pytest.mark.parametrize("role", [*sorted(set(Role) - ROLES), Role.SYSADMIN])
def test_some_roles_never_write_in_a_trajectory(role: str):
    found = {event for event in BY_TYPE.values() if may_record(tied(Role(role)), asking(event))}
    assert found == BY_OFFICE.get(Role(role), set()) | (
        {EmergencyAccessReviewed} if role in {Role.TEAM_LEAD, Role.PRIVACY_OFFICER} else set()
    )


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


@pytest.mark.parametrize("event", BY_TYPE.values())
def test_an_event_names_nobody_as_its_recorder_whom_the_policy_refuses(event: type[Event]):
    found = recorded_by(event)
    assert found >= event.RECORDED_BY
    corrects = event.STREAM is StreamKind.TRAJECTORY and "target_type" in event.model_fields
    assert corrects or found - event.RECORDED_BY <= AS.keys()


def test_every_exception_names_an_event_that_this_role_records():
    for role, names in ALSO.items():
        for name in names:
            assert not BY_TYPE[name].RECORDED_BY.isdisjoint({role, AS.get(role, role)})


def mandated(*categories: Category) -> Relation:
    return Relation(Reader(ELS, Role.LEGAL_REPRESENTATIVE), TRACK, frozenset(categories))


def test_who_represents_the_client_records_what_the_client_may_in_what_the_mandate_names():
    own = {event for event in BY_TYPE.values() if may_record(tied(Role.CLIENT), asking(event))}
    found = {
        event: {c for c in Category if may_record(mandated(c), asking(event))}
        for event in BY_TYPE.values()
        if "target_type" not in event.model_fields  # that follows what it is about
    }
    recorded = {event for event, on in found.items() if on}
    assert recorded < own
    assert all(found[event] == {event.CATEGORY} for event in recorded)
    assert {PreferencesStated, JobStarted, PermissionGranted, NetworkMemberInvited} <= recorded
    for never in (WellbeingScored, MandateNoted, MandateEnded):
        assert not found[never]


def test_a_mandate_corrects_within_what_it_names_only():
    assert may_append(mandated(Category.JOB), [correction("job.started.v1")])
    assert not may_append(mandated(Category.JOB), [correction("preferences.stated.v1")])


def test_somebody_close_records_as_much_as_the_client_shares():
    def close(share: NetworkShare) -> Relation:
        found = tie(Role.NETWORK_MEMBER, network(), shared(share))
        assert found is not None
        return found

    for share, worry, action in (
        (NetworkShare.OWN_ACTIONS, False, True),
        (NetworkShare.READS_ALONG, False, True),
        (NetworkShare.MAY_NOTE, True, True),
    ):
        assert may_record(close(share), asking(SetbackSignalled)) == worry
        assert may_record(close(share), asking(EkActionDone)) == action
        assert may_record(close(share), asking(NetworkMemberLeft))
    assert may_record(tie(Role.NETWORK_MEMBER, network()), asking(SetbackSignalled))


def test_who_records_little_may_ask_to_correct_that_little():
    """What it is about is asked when the rule has decided: see `may_append`."""
    close = tie(Role.NETWORK_MEMBER, network(), shared(NetworkShare.OWN_ACTIONS))
    assert may_record(close, asking(EntryCorrected))
    assert may_record(mandated(Category.JOB), asking(EntryCorrected))


def test_who_may_not_record_is_told_who_does_as_they_know_them():
    assert recorders(WriteJudgement, Role.JOB_COACH) == (Role.AUDITOR,)
    assert recorders(LogContact, Role.EMPLOYER) == (Role.JOB_COACH,)
    assert Role.CARE_WORKER in recorders(LogContact, Role.CLIENT)
    assert recorders(StartPeerGroup, Role.AUDITOR) == (Role.CLIENT, Role.JOB_COACH)
    assert recorders(GiveRole, Role.JOB_COACH) == (Role.SYSADMIN,)
    assert recorders(ApproveFunding, Role.AUDITOR) == (
        *(Role.JOB_COACH, Role.CLIENT_MANAGER, Role.TEAM_LEAD),
    )
    for command in COMMANDS:
        for role in Role:
            assert role is Role.EMPLOYER or role not in recorders(command, role)

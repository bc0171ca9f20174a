"""Who is told of what they did not go and read, and whether it can wait."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.events import BY_TYPE
from domain.events.access import AccessAnswered, AccessQuestioned
from domain.events.appointments import WorkAppointmentMoved
from domain.events.cover import CoverArranged
from domain.events.emergency import EmergencyAccessOpened
from domain.events.erasure import EraseRequested
from domain.events.permissions import EntrySent
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.events.support import SupportContact
from domain.policy import TOLD, Reader, Weight, names_colleagues, notice
from domain.policy.relation import Relation
from domain.roles import Role
from tests.domain.policy_people import RIA, TODAY, TOWN, TRACK, WHO, YESTERDAY, held, some_id

NOW, LATER = Weight.NOW, Weight.LATER


def tie(role: Role) -> Relation:
    return Relation(Reader(WHO[role], role), TRACK)


@pytest.mark.parametrize(
    ("event", "role", "weight"),
    [
        (SetbackSignalled, Role.JOB_COACH, NOW),
        (SetbackSignalled, Role.CARE_WORKER, NOW),
        (SetbackSignalled, Role.CLIENT, None),
        (SetbackSignalled, Role.EMPLOYER, None),
        (SetbackSignalled, Role.NETWORK_MEMBER, None),
        (SetbackSignalled, Role.TEAM_LEAD, None),
        (RecoveryNoted, Role.JOB_COACH, LATER),
        (SetbackAnswered, Role.CLIENT, LATER),
        (SetbackAnswered, Role.JOB_COACH, None),
        (WorkAppointmentMoved, Role.EMPLOYER, NOW),
        (WorkAppointmentMoved, Role.CLIENT, NOW),
        (EmergencyAccessOpened, Role.CLIENT, NOW),
        (EmergencyAccessOpened, Role.JOB_COACH, None),
        (AccessQuestioned, Role.PRIVACY_OFFICER, LATER),
        (AccessQuestioned, Role.JOB_COACH, None),
        (AccessQuestioned, Role.AUDITOR, None),
        (AccessAnswered, Role.CLIENT, LATER),
        (AccessAnswered, Role.PRIVACY_OFFICER, None),
        (EraseRequested, Role.PRIVACY_OFFICER, NOW),
        (EraseRequested, Role.JOB_COACH, None),
        (CoverArranged, Role.CLIENT, LATER),
        (CoverArranged, Role.CARE_WORKER, None),
        (SupportContact, Role.JOB_COACH, None),
        (SupportContact, Role.CLIENT, None),
    ],
)
def test_who_can_answer_and_whom_it_is_about_are_told(event, role, weight):
    assert notice(tie(role), event, {}) is weight


@pytest.mark.parametrize(("person", "weight"), [(RIA, NOW), (some_id("somebody"), None)])
def test_who_is_named_is_told(person: UUID, weight: Weight | None):
    assert notice(tie(Role.JOB_COACH), CoverArranged, {"person": str(person)}) is weight


def test_the_client_is_told_at_once_what_was_sent_in_their_name_and_its_reader_later():
    told = {"reader": str(WHO[Role.CLIENT_MANAGER])}
    assert notice(tie(Role.CLIENT), EntrySent, told) is NOW
    assert notice(tie(Role.CLIENT_MANAGER), EntrySent, told) is LATER
    assert notice(tie(Role.JOB_COACH), EntrySent, told) is None
    assert notice(tie(Role.CARE_WORKER), EntrySent, told) is None


def test_only_entries_of_a_file_are_told_of():
    assert TOLD
    assert {BY_TYPE[name].STREAM.value for name in TOLD} == {"trajectory"}


@pytest.mark.parametrize(
    ("role", "grants", "knows"),
    [
        (Role.JOB_COACH, [held(Role.JOB_COACH)], True),
        (Role.TEAM_LEAD, [held(Role.TEAM_LEAD)], True),
        (Role.JOB_COACH, [], False),
        (Role.JOB_COACH, [held(Role.JOB_COACH)._replace(until=YESTERDAY)], False),
        (Role.CLIENT, [], False),
        (Role.EMPLOYER, [held(Role.EMPLOYER)], False),
    ],
)
def test_who_works_somewhere_knows_who_else_does(role, grants, knows):
    reader = Reader(WHO[role], role, TOWN)
    assert names_colleagues(reader, grants, TODAY) is knows

"""What an emergency gives, to whom, until when; and who may look back at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import BY_TYPE
from domain.events.base import Grant
from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.policy import (
    Reader,
    Relation,
    audits_looks,
    carries_number,
    in_emergency,
    may_append,
    may_enter,
    may_record,
    may_review,
    reads_looks,
    relation,
    reviews,
    sight,
)
from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.emergency import OpenEmergencyAccess, ReviewEmergencyAccess
from tests.domain.policy_people import (
    CARE,
    NOOR,
    OTHER_TRACK,
    SOCIAL_FIRM,
    TODAY,
    TOWN,
    TRACK,
    held,
    permission,
    sample,
    some_id,
    team,
)

FAY, GIJS = some_id("Fay"), some_id("Gijs")
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
OPENED = EmergencyAccessOpened(
    occurred_on=TODAY,
    emergency=some_id("night"),
    reader=FAY,
    organisation=CARE,
    until=NOW + timedelta(hours=24),
    reason="nood",
)
REVIEWED = EmergencyAccessReviewed(
    occurred_on=TODAY,
    emergency=OPENED.emergency,
    organisation=CARE,
    verdict=Verdict.RIGHT,
    words="goed",
)
(GRANT,), (CLOSED,) = OPENED.grants(TRACK), REVIEWED.grants(TRACK)
FAY_WORKS = held(Role.CARE_WORKER, CARE, FAY)
READER = Reader(FAY, Role.CARE_WORKER, CARE)
COACH = team(Role.JOB_COACH, CARE)


def entered(*grants: Grant, reader: Reader = READER, now: datetime = NOW):
    return in_emergency(reader, TRACK, grants, now, TODAY)


def test_it_lasts_until_its_moment_and_not_a_minute_longer():
    assert entered(GRANT, FAY_WORKS).emergency == OPENED.emergency
    assert entered(GRANT, FAY_WORKS, now=OPENED.until - timedelta(microseconds=1)) is not None
    assert entered(GRANT, FAY_WORKS, now=OPENED.until) is None
    assert relation(READER, TRACK, [GRANT, FAY_WORKS], TODAY) is None, "nothing else ties"


def test_it_ends_when_somebody_looked_back_at_it_or_the_role_ended():
    assert entered(GRANT, FAY_WORKS, CLOSED) is None
    assert entered(GRANT) is None
    assert entered(GRANT, held(Role.CARE_WORKER, TOWN, FAY)) is None


@pytest.mark.parametrize(
    "reader",
    [
        Reader(GIJS, Role.CARE_WORKER, CARE),
        Reader(FAY, Role.JOB_COACH, CARE),
        Reader(FAY, Role.CARE_WORKER, TOWN),
        Reader(FAY, Role.CARE_WORKER),
    ],
)
def test_it_is_of_one_person_in_one_role_at_one_organisation(reader: Reader):
    rows = [GRANT]
    rows += [held(reader.role, each, reader.person) for each in (CARE, TOWN)]
    assert entered(*rows, reader=reader) is None
    assert in_emergency(READER, OTHER_TRACK, [GRANT, FAY_WORKS], NOW, TODAY) is None


@pytest.mark.parametrize("coach", [COACH, team(Role.JOB_COACH, SOCIAL_FIRM)])
@pytest.mark.parametrize("shared", [[], [permission(CARE, "I,H")]])
def test_it_shows_what_a_care_worker_of_the_team_would_see(coach, shared):
    on_team = team(Role.CARE_WORKER, CARE)._replace(holder=FAY)
    theirs = sight(relation(READER, TRACK, [coach, FAY_WORKS, on_team, *shared], TODAY))
    seen = sight(entered(GRANT, FAY_WORKS, coach, *shared))
    assert seen.categories() == theirs.categories()
    for event in BY_TYPE.values():
        assert seen.fields(event) == theirs.fields(event)


def test_it_records_nothing():
    tie = entered(GRANT, FAY_WORKS, COACH)
    assert [each for each in COMMANDS if may_record(tie, each)] == [OpenEmergencyAccess]
    assert not may_append(tie, [OPENED, REVIEWED])
    assert not may_append(tie, [])


def test_a_row_says_the_same_when_it_is_made_again_from_the_log():
    for event in (OPENED, REVIEWED):
        read = BY_TYPE[event.TYPE].model_validate_json(event.model_dump_json())
        assert read.grants(TRACK) == event.grants(TRACK)


def test_who_read_in_an_emergency_does_not_audit_the_file():
    rows = [sample(FAY), held(Role.AUDITOR, CARE, FAY)]
    auditor = Reader(FAY, Role.AUDITOR, CARE)
    assert relation(auditor, TRACK, rows, TODAY) is not None
    assert relation(auditor, TRACK, [*rows, GRANT, CLOSED], TODAY) is None


@pytest.mark.parametrize("role", list(Role))
def test_only_a_care_worker_who_holds_that_role_opens_it(role: Role):
    rows = [held(role, CARE, FAY)]
    may = may_enter(Reader(FAY, role, CARE), TRACK, rows, TODAY, OpenEmergencyAccess)
    assert may == (role is Role.CARE_WORKER)
    for reader, given in (
        (Reader(FAY, role, CARE), []),
        (Reader(FAY, role, TOWN), rows),
        (Reader(FAY, role), rows),
        (Reader(GIJS, role, CARE), rows),
    ):
        assert not may_enter(reader, TRACK, given, TODAY, OpenEmergencyAccess)


@pytest.mark.parametrize("role", list(Role))
def test_who_oversees_that_organisation_looks_back(role: Role):
    works, elsewhere = held(role, CARE, GIJS), held(role, TOWN, GIJS)
    reader = Reader(GIJS, role, CARE)
    rows = [GRANT, CLOSED, works]
    may = role in {Role.TEAM_LEAD, Role.PRIVACY_OFFICER}
    assert may_review(reader, TRACK, rows, TODAY) == may
    assert may_enter(reader, TRACK, rows, TODAY, ReviewEmergencyAccess) == may
    assert not may_review(reader, TRACK, [works], TODAY)
    assert not may_review(reader, TRACK, [GRANT], TODAY)
    assert not may_review(reader, OTHER_TRACK, rows, TODAY)
    assert not may_review(Reader(GIJS, role, TOWN), TRACK, [GRANT, elsewhere], TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_the_privacy_officer_of_the_team_reads_who_looked(role: Role):
    works = held(role, CARE, GIJS)
    reader, may = Reader(GIJS, role, CARE), role is Role.PRIVACY_OFFICER
    assert reads_looks(reader, TRACK, [COACH, works], TODAY) == may
    assert reads_looks(reader, TRACK, [GRANT, works], TODAY) == may
    strange = team(Role.JOB_COACH, SOCIAL_FIRM)
    assert not reads_looks(reader, TRACK, [strange, works], TODAY)
    assert not reads_looks(reader, TRACK, [COACH], TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_an_auditor_reads_the_looks_of_an_organisation_they_audit_for(role: Role):
    works = held(role, CARE, GIJS)
    assert audits_looks(Reader(GIJS, role, CARE), [works], TODAY) == (role is Role.AUDITOR)
    for reader in (Reader(GIJS, role, TOWN), Reader(GIJS, role), Reader(FAY, role, CARE)):
        assert not audits_looks(reader, [works], TODAY)


def test_a_permission_by_which_more_is_seen_is_named():
    given = permission(CARE, "I")._replace(key=f"permission/{NOOR}")
    ended = permission(CARE, "H", until=TODAY - timedelta(days=1))
    tie = relation(
        READER,
        TRACK,
        [FAY_WORKS, team(Role.CARE_WORKER, CARE)._replace(holder=FAY), given, ended],
        TODAY,
    )
    assert tie.permissions == {NOOR}


def test_it_says_until_when_and_which_commands_look_back():
    tie = entered(GRANT, FAY_WORKS)
    assert tie is not None
    assert tie.until == OPENED.until
    assert reviews(ReviewEmergencyAccess)
    assert not reviews(OpenEmergencyAccess)


@pytest.mark.parametrize("role", Role)
def test_given_a_tie_then_the_number_for_an_emergency_is_carried_by_the_client_and_the_team(role):
    """The client and who speaks for them have it with them; a coach and a care worker give it."""
    carries = {
        *(Role.CLIENT, Role.LEGAL_REPRESENTATIVE),
        *(Role.JOB_COACH, Role.CARE_WORKER),
    }
    tie = Relation(Reader(NOOR, role), TRACK)
    assert carries_number(tie) is (role in carries)
    assert not carries_number(replace(tie, emergency=OPENED.emergency)), "who reads in one has it"

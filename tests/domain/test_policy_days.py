"""A right works until its last day and not a day longer, whichever question is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.events.base import Grant, GrantKind, Kind, StreamKind
from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed
from domain.events.employer import EmployerContactPersonAdded, EmployerContactPersonLeft
from domain.events.funding import FundingApproved
from domain.events.peer_group import PeerJoined, PeerSessionHeld
from domain.events.people import ContactDetailsChanged, PersonRegistered
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.events.referral import Referred
from domain.policy import (
    Reader,
    audits_looks,
    coached,
    in_emergency,
    may_begin,
    may_enter,
    may_record_outside,
    may_review,
    may_search,
    reads_looks,
    relation,
    seen_outside,
)
from domain.roles import Role
from tests.domain.policy_people import (
    BAS,
    CARE,
    COURIERS,
    NOOR,
    RIA,
    TODAY,
    TRACK,
    YESTERDAY,
    Ask,
    asking,
    client,
    held,
    job,
    sample,
    some_id,
    team,
)

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
GROUP, PROGRAMME, FUNDING = map(some_id, ("group", "programme", "funding"))
(OPENED,) = EmergencyAccessOpened(
    occurred_on=TODAY,
    emergency=some_id("night"),
    reader=RIA,
    organisation=CARE,
    until=NOW + timedelta(hours=24),
    reason="nood",
).grants(TRACK)
HERS = client()
COACHED = team(Role.JOB_COACH, CARE)._replace(holder=BAS)
OF_CARE = Grant(PROGRAMME, "organisation", CARE, GrantKind.PROGRAMME)
GROUP_OF_CARE = Grant(GROUP, "organisation", CARE, GrantKind.GROUP)
PEER = Grant(GROUP, "peer", RIA, GrantKind.PEER, Role.PEER.value)
STANDS_IN = Grant(
    *(TRACK, f"cover/{YESTERDAY.isoformat()}/{some_id('cover')}", RIA, GrantKind.COVER),
    *(Role.JOB_COACH.value, CARE),
)


def works(role: Role) -> Grant:
    return held(role, CARE, RIA)


def on_team(role: Role) -> Grant:
    return team(role, CARE)._replace(holder=RIA)


def sees(role: Role, kind: StreamKind, stream: UUID, *rows: Grant) -> bool:
    return bool(seen_outside(Reader(RIA, role), kind, stream, rows, TODAY))


def records(role: Role, stream: UUID, command: type[Ask], *rows: Grant, **named: UUID) -> bool:
    return may_record_outside(Reader(RIA, role), stream, rows, TODAY, command, **named)


def reader(role: Role) -> Reader:
    return Reader(RIA, role, CARE)


CARE_WORKER, COACH, LEAD = Role.CARE_WORKER, Role.JOB_COACH, Role.TEAM_LEAD
GUARD, AUDITOR = Role.PRIVACY_OFFICER, Role.AUDITOR
REGISTER, CHANGE = asking(PersonRegistered, creates=True), asking(ContactDetailsChanged)
OPEN, REVIEW = asking(EmergencyAccessOpened), asking(EmergencyAccessReviewed)
DIRECTORY = StreamKind.DIRECTORY

# By what is asked: the right that ends, and the question with that right and its last day.
ASKED: dict[str, tuple[Grant, Callable[[Grant], object]]] = {
    "an emergency asks the role still": (
        works(CARE_WORKER),
        lambda right: in_emergency(reader(CARE_WORKER), TRACK, [OPENED, right], NOW, TODAY),
    ),
    "to open one as well": (
        works(CARE_WORKER),
        lambda right: may_enter(reader(CARE_WORKER), TRACK, [right], TODAY, OPEN),
    ),
    "and to come and look back at it": (
        works(LEAD),
        lambda right: may_enter(reader(LEAD), TRACK, [OPENED, right], TODAY, REVIEW),
    ),
    "and to look back": (
        works(LEAD),
        lambda right: may_review(reader(LEAD), TRACK, [OPENED, right], TODAY),
    ),
    "a privacy officer reads who looked": (
        works(GUARD),
        lambda right: reads_looks(reader(GUARD), TRACK, [COACHED, right], TODAY),
    ),
    "an auditor reads who looked": (
        works(AUDITOR),
        lambda right: audits_looks(reader(AUDITOR), [right], TODAY),
    ),
    "a team lead is tied by the role": (
        works(LEAD),
        lambda right: relation(reader(LEAD), TRACK, [COACHED, right], TODAY),
    ),
    "a privacy officer is tied by the role": (
        works(GUARD),
        lambda right: relation(reader(GUARD), TRACK, [COACHED, right], TODAY),
    ),
    "an auditor is tied by the sample": (
        sample(RIA),
        lambda right: relation(reader(AUDITOR), TRACK, [works(AUDITOR), right], TODAY),
    ),
    "a colleague is found by the own role": (
        works(COACH),
        lambda right: sees(COACH, DIRECTORY, BAS, held(CARE_WORKER, CARE, BAS), right),
    ),
    "a colleague is found while they work": (
        held(CARE_WORKER, CARE, BAS),
        lambda right: sees(COACH, DIRECTORY, BAS, works(COACH), right),
    ),
    "a client is read by the team": (
        on_team(COACH),
        lambda right: sees(COACH, DIRECTORY, NOOR, works(COACH), HERS, right),
    ),
    "the team reads by the role": (
        works(COACH),
        lambda right: relation(reader(COACH), TRACK, [on_team(COACH), right], TODAY),
    ),
    "and so a client": (
        works(COACH),
        lambda right: sees(COACH, DIRECTORY, NOOR, on_team(COACH), HERS, right),
    ),
    "a client is read by who stands in": (
        STANDS_IN,
        lambda right: sees(LEAD, DIRECTORY, NOOR, HERS, right),
    ),
    "an employer is read by the role": (
        works(COACH),
        lambda right: sees(COACH, StreamKind.EMPLOYER, COURIERS, right),
    ),
    "a programme is read by the role": (
        works(COACH),
        lambda right: sees(COACH, StreamKind.PROGRAMME, PROGRAMME, OF_CARE, right),
    ),
    "a programme is read where it belongs": (
        OF_CARE,
        lambda right: sees(COACH, StreamKind.PROGRAMME, PROGRAMME, works(COACH), right),
    ),
    "a group is read by its members": (
        PEER,
        lambda right: sees(Role.PEER, StreamKind.PEER_GROUP, GROUP, right),
    ),
    "a group is read by a coach where it belongs": (
        works(COACH),
        lambda right: sees(COACH, StreamKind.PEER_GROUP, GROUP, GROUP_OF_CARE, right),
    ),
    "a file is begun by the role": (
        works(COACH),
        lambda right: may_begin(
            Reader(RIA, COACH), NOOR, [right], TODAY, asking(Referred, creates=True)
        ),
    ),
    "a file of whom the team knows is begun by the team": (
        on_team(COACH),
        lambda right: may_begin(
            Reader(RIA, COACH),
            NOOR,
            [works(COACH), HERS, right],
            TODAY,
            asking(Referred, creates=True),
        ),
    ),
    "a person is looked for by the role": (
        works(COACH),
        lambda right: may_search(Reader(RIA, COACH), [right], TODAY),
    ),
    "a person is registered by the role": (
        works(COACH),
        lambda right: records(COACH, NOOR, REGISTER, right),
    ),
    "details are changed by the team": (
        on_team(COACH),
        lambda right: records(COACH, NOOR, CHANGE, works(COACH), HERS, right),
    ),
    "details are changed by who stands in": (
        STANDS_IN,
        lambda right: records(COACH, NOOR, CHANGE, works(COACH), HERS, right),
    ),
    "a contact person is named by a team with a job there": (
        on_team(COACH),
        lambda right: records(
            COACH, COURIERS, asking(EmployerContactPersonAdded), works(COACH), job(), right
        ),
    ),
    "a contact person is taken off by a team with a job there": (
        on_team(COACH),
        lambda right: records(
            COACH, COURIERS, asking(EmployerContactPersonLeft), works(COACH), job(), right
        ),
    ),
    "a group is recorded by its members": (
        PEER,
        lambda right: records(Role.PEER, GROUP, asking(PeerSessionHeld), right),
    ),
    "a coach lets in whom they coach": (
        on_team(COACH),
        lambda right: records(
            COACH,
            GROUP,
            asking(PeerJoined),
            *(works(COACH), GROUP_OF_CARE, HERS, right),
            person=NOOR,
        ),
    ),
    "a programme is recorded by the role": (
        works(LEAD),
        lambda right: records(LEAD, PROGRAMME, asking(AuditSampleDrawn), OF_CARE, right),
    ),
    "a programme is founded by the role": (
        works(LEAD),
        lambda right: records(
            LEAD, PROGRAMME, asking(ProgrammeFounded, creates=True), right, organisation=CARE
        ),
    ),
    "a funding is recorded by the team": (
        on_team(COACH),
        lambda right: records(
            COACH,
            FUNDING,
            asking(FundingApproved, creates=True),
            *(works(COACH), right),
            trajectory=TRACK,
        ),
    ),
}


def ending(right: Grant, day: date | None) -> Grant:
    return right._replace(until=day)


@pytest.mark.parametrize("asked", ASKED)
def test_a_right_works_until_its_last_day(asked: str):
    right, question = ASKED[asked]
    assert question(ending(right, None))
    assert question(ending(right, TODAY))
    assert not question(ending(right, YESTERDAY))


def test_who_stands_in_for_a_coach_reads_of_the_client_what_the_coach_reads():
    row = ending(STANDS_IN, TODAY)
    for role in (COACH, LEAD):
        seen = seen_outside(Reader(RIA, role), DIRECTORY, NOOR, [HERS, row], TODAY)
        assert Kind.CONTACT in seen
    for other in (row._replace(holder=BAS), row._replace(kind=GrantKind.JOINED)):
        assert not sees(LEAD, DIRECTORY, NOOR, HERS, other)
    assert not sees(Role.SYSADMIN, DIRECTORY, NOOR, HERS, row)
    assert not sees(CARE_WORKER, DIRECTORY, NOOR, HERS, row)


def test_a_coachs_own_are_those_on_whose_team_they_are_still_the_coach():
    mine, other = on_team(Role.JOB_COACH), some_id("other track")
    rows = [
        mine,
        mine._replace(stream=other, role=Role.JOB_BROKER.value),
        mine._replace(stream=other, until=YESTERDAY),
        mine._replace(stream=other, holder=BAS),
        mine._replace(stream=other, kind=GrantKind.ROLE),
    ]
    assert coached(RIA, rows, TODAY) == [TRACK]
    assert coached(RIA, [mine._replace(until=TODAY)], TODAY) == [TRACK]

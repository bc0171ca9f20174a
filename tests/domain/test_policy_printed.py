"""What is printed of the policy is what the gate answers, asked for every role and every event."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache

import pytest

from docs.generate_policy import FILE, corrects
from domain.events import BY_TYPE
from domain.events.base import Category, Event, Grant, GrantKind, StreamKind
from domain.policy import (
    Reader,
    Relation,
    audits_looks,
    may_begin,
    may_record,
    may_record_outside,
    seen_outside,
)
from domain.roles import Role
from domain.rules import COMMANDS
from tests.domain.policy_people import (
    CARE,
    ELS,
    NOOR,
    TODAY,
    TRACK,
    WHO,
    asking,
    client,
    contact,
    held,
    job,
    mandate,
    network,
    sample,
    some_id,
    team,
    tie,
)
from tests.tools.catalogue import REFERENCE

LABELS = {role.label.en: role for role in Role}
EVERYTHING = ",".join(category.value for category in Category)
COACH = team(Role.JOB_COACH)
TIED: dict[Role, tuple[Grant, ...]] = {
    Role.CLIENT: (client(),),
    Role.NETWORK_MEMBER: (network(),),
    Role.LEGAL_REPRESENTATIVE: (mandate(EVERYTHING),),
    Role.EMPLOYER: (contact(), job()),
    Role.AUDITOR: (sample(),),
    Role.TEAM_LEAD: (COACH,),
    Role.PRIVACY_OFFICER: (COACH,),
}
"""What ties a role to a file; all others are on its team."""

GROUP = some_id("group")


def person(role: Role):
    return WHO.get(role, some_id(role))


@cache
def tied(role: Role) -> Relation | None:
    mine = held(role, CARE, person(role))
    if role not in WHO:
        return None
    return tie(role, mine, *(TIED[role] if role in TIED else (team(role),)))


def may(role: Role, event: type[Event]) -> bool:
    """Ask the gate whether somebody in this role, tied as well as can be, records this."""
    return any(
        may_record(tied(role), asking(event))
        or _begins(role, asking(event, creates=creates))
        or _outside(role, asking(event, creates=creates))
        for creates in {command.CREATES for command in COMMANDS if event in command.YIELDS}
    )


def _begins(role: Role, command) -> bool:
    who = NOOR if role is Role.CLIENT else ELS
    reader, mine = Reader(person(role), role), held(role, CARE, person(role))
    return may_begin(reader, who, [mine], TODAY, command)


def _outside(role: Role, command) -> bool:
    if command.STREAM is StreamKind.TRAJECTORY:
        return False
    me = person(role)
    reader = Reader(me, role)
    mine = [held(role, CARE, me), *TIED.get(role, ())]
    on_team = Grant(TRACK, "team/me", me, GrantKind.TEAM, role.value, CARE)
    streams = {me, ELS, GROUP}
    return any(
        may_record_outside(
            *(reader, stream, [*mine, on_team, *_of(stream, me)], TODAY, command),
            trajectory=TRACK,
            organisation=CARE,
        )
        for stream in streams
    )


def _of(stream, me) -> Iterator[Grant]:
    """Give what belongs to a stream of each kind."""
    yield Grant(TRACK, "network/joined", stream, GrantKind.JOINED)
    if stream == GROUP:
        yield Grant(stream, f"peer/{me}", me, GrantKind.PEER)
        yield Grant(stream, "organisation", CARE, GrantKind.GROUP)
        yield Grant(stream, "programme", CARE, GrantKind.PROGRAMME)
        yield Grant(stream, "trajectory", TRACK, GrantKind.FUNDING)


def printed() -> dict[str, set[Role]]:
    """Read the recorders of each event from events.md."""
    parts = re.findall(
        r"stored as \[`([\w.]+)`\].*?recorded by ([^\n]+)",
        (REFERENCE / "events.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    return {name: {LABELS[each] for each in who.split(", ")} for name, who in parts}


PRINTED = printed()


def test_every_event_is_printed_with_who_records_it():
    assert PRINTED.keys() == BY_TYPE.keys()


@pytest.mark.parametrize("event", BY_TYPE.values(), ids=lambda event: event.TYPE)
def test_the_catalogue_names_who_the_gate_lets_record_and_nobody_else(event: type[Event]):
    assert PRINTED[event.TYPE] == {role for role in Role if may(role, event)}


with FILE.open(encoding="utf-8") as _file:
    LINES = list(csv.DictReader(_file))


@pytest.mark.parametrize("category", Category)
def test_a_cell_says_that_one_records_where_something_of_that_row_may_be(category: Category):
    events = [e for e in BY_TYPE.values() if e.CATEGORY is category and not corrects(e)]
    for line in LINES:
        if line["category"] == category:
            role = Role(line["role"])
            found = {event.STREAM for event in events if may(role, event)}
            assert (line["records"] == "yes") == bool(found), role
            assert line["records_in"] == " or ".join(k.value for k in StreamKind if k in found)


def test_the_access_log_is_printed_for_the_auditor_who_reads_it():
    for line in LINES:
        if line["category"] == Category.ACCESS:
            role = Role(line["role"])
            reads = audits_looks(
                Reader(WHO[Role.AUDITOR], role, CARE), [held(role, CARE, WHO[Role.AUDITOR])], TODAY
            )
            assert ("own organisation" in line["limit"]) == reads
            if reads:
                assert (line["fact"], line["pseudonymous"]) == ("always", "yes")


def test_a_group_is_printed_for_who_reads_it_by_their_own():
    rows = [line for line in LINES if line["category"] == Category.PEER_GROUP]
    for line in rows:
        role = Role(line["role"])
        me = person(role)
        grants = [held(role, CARE, me), *_of(GROUP, me)]
        seen = seen_outside(Reader(me, role), StreamKind.PEER_GROUP, GROUP, grants, TODAY)
        assert (line["fact"] == "always") == bool(seen), role
        assert bool(line["tied_by"]) == (line["fact"] != "never" or line["counted"] == "yes")
    assert {line["role"] for line in rows if "own group" in line["tied_by"]} == {"client", "peer"}


def test_a_coordinator_is_printed_as_there_until_the_call():
    until = {line["role"] for line in LINES if "until the four-week call" in line["tied_by"]}
    assert until == {Role.EK_COORDINATOR}

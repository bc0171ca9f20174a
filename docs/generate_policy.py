"""Print who sees and records what to docs/reference/policy.csv: python -m docs.generate_policy."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

from domain.events import BY_TYPE
from domain.events.base import Category, Event, Grant, GrantKind, Kind, StreamKind
from domain.events.eigen_kracht import EkCoordinatorAppointed, EkFourWeekCall
from domain.policy import (
    ROLES,
    Ground,
    Reader,
    audits_looks,
    cell,
    in_emergency,
    recorded_by,
    relation,
)
from domain.policy.relation import in_group
from domain.roles import Role

FILE = Path(__file__).parent / "reference" / "policy.csv"

HEADER = (
    "category",
    "about",
    "role",
    "coach",
    *(kind.value for kind in Kind),
    "limit",
    "counted",
    "pseudonymous",
    "tied_by",
    "records",
    "records_in",
)

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
READER, OTHER, FILED, EMPLOYER, WORKPLACE, JOB = map(UUID, map("{:032x}".format, range(1, 7)))
_COACH = Role.JOB_COACH.value

WAYS: Mapping[str, tuple[Grant, ...]] = {
    "own file": (Grant(FILED, "client", READER, GrantKind.CLIENT),),
    "invitation": (Grant(FILED, f"network/{READER}", READER, GrantKind.NETWORK),),
    "mandate": (Grant(FILED, f"mandate/{READER}", READER, GrantKind.MANDATE, categories="A"),),
    "team": (Grant(FILED, f"team/{READER}", READER, GrantKind.TEAM, "", WORKPLACE),),
    "standing in for the coach": (
        Grant(FILED, f"cover/{TODAY}", READER, GrantKind.COVER, _COACH, WORKPLACE, until=TODAY),
    ),
    "permission": (Grant(FILED, "permission", READER, GrantKind.PERMISSION, categories="A"),),
    "own job": (
        Grant(FILED, f"employer/{JOB}", EMPLOYER, GrantKind.EMPLOYER),
        Grant(EMPLOYER, f"contact/{READER}", READER, GrantKind.CONTACT),
    ),
    "sample": (Grant(FILED, "sample", READER, GrantKind.SAMPLE, Role.AUDITOR.value),),
    "organisation of the coach": (
        Grant(FILED, f"team/{OTHER}", OTHER, GrantKind.TEAM, _COACH, WORKPLACE),
    ),
    "organisation of another on the team": (
        Grant(FILED, f"team/{OTHER}", OTHER, GrantKind.TEAM, Role.CARE_WORKER.value, WORKPLACE),
    ),
    "organisation of the coach who left last": (
        Grant(FILED, "left", WORKPLACE, GrantKind.LEFT, _COACH, WORKPLACE),
    ),
    "emergency": (
        Grant(
            FILED,
            f"emergency/{JOB}/{(NOW + timedelta(hours=1)).isoformat()}",
            READER,
            GrantKind.EMERGENCY,
            Role.CARE_WORKER.value,
            WORKPLACE,
        ),
    ),
}
"""What can tie somebody to a file."""

GROUPS = {
    "own group": Grant(FILED, f"peer/{READER}", READER, GrantKind.PEER),
    "group of the organisation": Grant(FILED, "organisation", WORKPLACE, GrantKind.GROUP),
}
"""What can tie somebody to a peer group."""


def lines() -> Iterator[tuple[str, ...]]:
    """Give a line for each cell, and a second one where the coach's employer changes it."""
    for category in Category:
        for role in Role:
            if role in ROLES:
                inside = _line(category, role, outside=False)
                yield (*inside[:3], "any", *inside[3:])
                outside = _line(category, role, outside=True)
                if outside != inside:
                    yield (*outside[:3], "outside the care organisation", *outside[3:])


def text() -> str:
    """Give the whole file."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((HEADER, *lines()))
    return out.getvalue()


def recorded(category: Category, role: Role) -> frozenset[StreamKind]:
    """Say in which streams a role records anything of a row.

    A correction falls under the row of what it corrects, and adds nothing to these.
    """
    return frozenset(
        event.STREAM
        for event in BY_TYPE.values()
        if event.CATEGORY is category and not corrects(event) and role in recorded_by(event)
    )


def corrects(event: type[Event]) -> bool:
    """Say whether an event is about an earlier entry, and so falls under the row of that."""
    return "target_type" in event.model_fields


def tied_by(category: Category, role: Role) -> tuple[str, ...]:
    """Name what ties a role to what this row is about, as the policy answers when asked."""
    of_groups = all(
        event.STREAM is StreamKind.PEER_GROUP
        for event in BY_TYPE.values()
        if event.CATEGORY is category
    )
    if role is Role.PEER or (of_groups and not cell(role, category).counted):
        return tuple(name for name, given in GROUPS.items() if _in_group(role, given))
    return tuple(_named(name, role) for name, given in WAYS.items() if _tied(role, given))


def _held(role: Role) -> Grant:
    return Grant(READER, f"role/{role}", READER, GrantKind.ROLE, role.value, WORKPLACE)


def _tied(role: Role, given: tuple[Grant, ...]) -> bool:
    """Say whether these grants tie somebody who holds this role, and in no other one."""
    reader = Reader(READER, role, WORKPLACE)
    rows = [_held(role), *(_for(each, role) for each in given)]
    tie = relation(reader, FILED, rows, TODAY) or in_emergency(reader, FILED, rows, NOW, TODAY)
    return tie is not None and tie.role is role


def _for(grant: Grant, role: Role) -> Grant:
    """Note somebody on a team in the role that is asked about."""
    own = grant.kind is GrantKind.TEAM and grant.holder == READER
    return grant._replace(role=role.value) if own else grant


def _in_group(role: Role, given: Grant) -> bool:
    return in_group(Reader(READER, role, WORKPLACE), FILED, [_held(role), given], TODAY)


def _named(name: str, role: Role) -> str:
    """Say until when, where an event of the domain ends what the role was given by another."""
    begun = EkCoordinatorAppointed(occurred_on=TODAY, person=READER).grants(FILED)
    ended = {end.key for end in EkFourWeekCall(occurred_on=TODAY, person=READER).grants(FILED)}
    mine = [each for each in begun if each.role == role.value and each.key in ended]
    return f"{name} until the four-week call" if mine else name


def _line(category: Category, role: Role, *, outside: bool) -> tuple[str, ...]:
    found, tied = cell(role, category, outside=outside), tied_by(category, role)
    streams = recorded(category, role)
    grounds = {kind: found.grounds(kind) if tied else frozenset() for kind in Kind}
    limit, pseudonymous = found.limit and found.limit.value, found.pseudonymous and bool(tied)
    if category is Category.ACCESS and audits_looks(
        Reader(READER, role, WORKPLACE), [_held(role)], TODAY
    ):  # no entry of this row is theirs to see: it is the access log itself, see emergency.py
        grounds |= dict.fromkeys((Kind.FACT, Kind.WORDS), frozenset({Ground.ALWAYS}))
        limit, pseudonymous = "access log of the own organisation", True
    return (
        category.value,
        category.label.en,
        role.value,
        *(_words(grounds[kind]) for kind in Kind),
        limit or "",
        "yes" if found.counted else "",
        "yes" if pseudonymous else "",
        " or ".join(tied),
        "yes" if streams else "",
        " or ".join(kind.value for kind in StreamKind if kind in streams),
    )


def _words(grounds: frozenset[Ground]) -> str:
    return " or ".join(ground.value for ground in Ground if ground in grounds) or "never"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")

"""A small invented world for the specs of the policy: people, organisations, jobs, grants."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from domain.events.base import Event, Grant, GrantKind, StreamKind
from domain.events.team import NetworkShare
from domain.policy import Reader, Relation, Sight, relation, sight
from domain.roles import Role

_SPACE = UUID("6f1c1a52-5f0e-4d0e-9a3b-5a0d8c1f7b11")
TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)


def some_id(name: str) -> UUID:
    """Give the same id for the same name."""
    return uuid5(_SPACE, name)


NOOR, RIA, BAS, JO, ANK, MO, KIM, ELS = map(
    some_id, ("Noor", "Ria", "Bas", "Jo", "Ank", "Mo", "Kim", "Els")
)
TRACK, OTHER_TRACK = some_id("trajectory"), some_id("other trajectory")
CARE, SOCIAL_FIRM, TOWN = map(some_id, ("care", "social firm", "town"))
COURIERS, BAKERY = some_id("couriers"), some_id("bakery")
JOB, OLD_JOB = some_id("job"), some_id("old job")

WHO: dict[Role, UUID] = {
    Role.CLIENT: NOOR,
    Role.JOB_COACH: RIA,
    Role.CARE_WORKER: BAS,
    Role.JOB_BROKER: JO,
    Role.CLIENT_MANAGER: ANK,
    Role.EK_COORDINATOR: MO,
    Role.AUDITOR: KIM,
    Role.NETWORK_MEMBER: ELS,
    Role.EMPLOYER: some_id("Piet"),
    Role.TEAM_LEAD: some_id("Leonie"),
    Role.PRIVACY_OFFICER: some_id("Guus"),
    Role.PEER_WORKER: some_id("Floor"),
    Role.LEGAL_REPRESENTATIVE: some_id("Truus"),
    Role.BENEFITS_ADVISER: some_id("Bram"),
    Role.LABOUR_EXPERT: some_id("Wil"),
}


def client(person: UUID = NOOR) -> Grant:
    return Grant(TRACK, "client", person, GrantKind.CLIENT, Role.CLIENT.value)


def network(person: UUID = ELS) -> Grant:
    return Grant(TRACK, f"network/{person}", person, GrantKind.NETWORK, Role.NETWORK_MEMBER.value)


def shared(share: NetworkShare, person: UUID = ELS) -> Grant:
    return Grant(TRACK, f"network/{person}/share", person, GrantKind.SHARE, share.value)


def mandate(categories: str, until: date | None = None, person: UUID | None = None) -> Grant:
    holder = person or WHO[Role.LEGAL_REPRESENTATIVE]
    role = Role.LEGAL_REPRESENTATIVE.value
    key = f"mandate/{holder}"
    return Grant(TRACK, key, holder, GrantKind.MANDATE, role, categories=categories, until=until)


def joined(person: UUID = ELS) -> Grant:
    key = f"network/{person}/joined"
    return Grant(TRACK, key, person, GrantKind.JOINED, Role.NETWORK_MEMBER.value)


def team(role: Role, organisation: UUID | None = CARE, until: date | None = None) -> Grant:
    person = WHO[role]
    return Grant(
        TRACK, f"team/{person}", person, GrantKind.TEAM, role.value, organisation, until=until
    )


def held(role: Role, organisation: UUID = TOWN, person: UUID | None = None) -> Grant:
    holder = person or WHO[role]
    key = f"role/{role}/{organisation}"
    return Grant(holder, key, holder, GrantKind.ROLE, role.value, organisation)


def member(role: Role, organisation: UUID = CARE) -> tuple[Grant, Grant]:
    """Give a place on the team, and the role with which it was given and lasts."""
    return team(role, organisation), held(role, organisation)


def permission(
    holder: UUID, categories: str, until: date | None = None, name: str = "", role: str = ""
) -> Grant:
    return Grant(
        TRACK,
        f"permission/{holder}{name}",
        holder,
        GrantKind.PERMISSION,
        role,
        categories=categories,
        until=until,
    )


def job(employer: UUID = COURIERS, placement: UUID = JOB, until: date | None = None) -> Grant:
    return Grant(TRACK, f"employer/{placement}", employer, GrantKind.EMPLOYER, until=until)


def contact(employer: UUID = COURIERS, until: date | None = None) -> Grant:
    person = WHO[Role.EMPLOYER]
    return Grant(employer, f"contact/{person}", person, GrantKind.CONTACT, until=until)


def sample(person: UUID = KIM, until: date | None = None) -> Grant:
    return Grant(TRACK, f"sample/{person}", person, GrantKind.SAMPLE, "auditor", until=until)


def tie(role: Role, *grants: Grant, organisation: UUID | None = None) -> Relation | None:
    return relation(Reader(WHO[role], role, organisation), TRACK, grants, TODAY)


def sees(role: Role, *grants: Grant) -> Sight:
    """Give what somebody with these grants sees; the grants must tie them."""
    found = tie(role, *grants)
    assert found is not None
    return sight(found)


CARER = member(Role.CARE_WORKER)
COACH_INSIDE = (*member(Role.JOB_COACH), *CARER)
COACH_OUTSIDE = (*member(Role.JOB_COACH, SOCIAL_FIRM), *CARER)
EMPLOYED = (contact(), job())


class Ask:
    """What the policy looks at in a command."""

    STREAM: ClassVar[StreamKind] = StreamKind.TRAJECTORY
    YIELDS: ClassVar[tuple[type[Event], ...]] = ()
    CREATES: ClassVar[bool] = False


def asking(*events: type[Event], creates: bool = False) -> type[Ask]:
    body = {"YIELDS": events, "STREAM": events[0].STREAM, "CREATES": creates}
    return type("Asked", (Ask,), body)

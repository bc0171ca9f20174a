"""Who may see what of a file, for what and until when, in plain sentences, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading import sharing_words as words
from api.reading.asking import Asking
from api.reading.gate import Access, given_all, noted, tie_to, tied
from api.reading.moment import NOW
from api.reading.names import Names, names, organisation_kinds
from api.reading.opening import Shown
from api.reading.sharing_words import Said
from api.reading.state import stand_for
from api.wiring import Services
from domain.events.base import Category, Grant, GrantKind, Kind
from domain.events.cover import begins_on
from domain.events.people import OrganisationKind
from domain.events.permissions import (
    LegalBasis,
    MandateKind,
    Purpose,
    ToldBy,
    ToldTopic,
)
from domain.events.team import NetworkShare, Relation
from domain.language import Choice, Text
from domain.policy import (
    OPENED,
    chooses_reader,
    hears_of_all,
    in_force,
    overseen_from,
    read_in,
    sight,
)
from domain.policy.relation import BY_ORGANISATION, ON_TEAM
from domain.roles import ROLE_OF, Role
from domain.sharing import Why, why
from domain.wording import day
from eventlog.log import grants


class Line(NamedTuple):
    """One sharing: who it is with, what it lets them see, and what stops it."""

    kind: GrantKind
    who: UUID | None
    told: Said
    fields: Mapping[str, Any] = {}
    since: date | None = None
    stop: Said = words.NOTHING
    command: str | None = None
    body: Mapping[str, Any] = {}
    role: Role | None = None
    organisation: UUID | None = None
    """For which they see it: its sort decides on which ground."""
    with_it: Mapping[str, Choice] = {}
    """What else stands in the sentence, by its name there."""
    told_to: UUID | None = None
    """To whom the client said yes to it, when that was noted for them."""


_BY_TIE = frozenset({GrantKind.TEAM, GrantKind.COVER, GrantKind.NETWORK})
_CLOSED = Text(
    "Dicht blijft: {}. In deze rol leest niemand daarover mee, ook niet met een toestemming.",
    "Closed stays: {}. In this role nobody reads about that, also not with a permission.",
)
_OVERSEEN = {Role.TEAM_LEAD: words.LED, Role.PRIVACY_OFFICER: words.GUARDED}


def sharing(services: Services, asking: Asking, trajectory: UUID) -> tuple[Access, dict[str, Any]]:
    """List who may see what, for the client and for who sees all of team and permissions."""
    access = tied(services, asking, trajectory)
    open_ = given_all(services, [access], Category.IDENTITY, Category.PERMISSIONS)
    if not open_ or access.sight.pseudonymous:
        raise not_found()
    noted(services, access)
    given = services.log.ties([trajectory], access.person)[trajectory]
    rows = [
        each for each in grants(given) if each.stream == trajectory and in_force(each, access.today)
    ]
    stand = stand_for(services, access, NOW)
    lines = [
        *_read_now(services, access, _stored(stand.slots, rows, access.today)),
        *_team(services, access, stand.slots, rows),
        *_by_role(rows),
    ]
    about = {who for each in lines for who in (each.who, each.told_to) if who is not None}
    called = names(services, access, about)
    sorts = organisation_kinds(services, {each.organisation for each in lines if each.organisation})
    return access, {
        "trajectory": trajectory,
        "sharing": [
            _worded(services, access, called, each, _why(access, each, sorts)) for each in lines
        ],
    }


def _stored(slots: Iterable[tuple[str, Shown]], rows: list[Grant], today: date) -> Iterator[Line]:
    """Find what was recorded as a sharing and still works, in the order of its kinds."""
    standing = dict(slots)
    employers = {row.holder for row in rows if row.kind is GrantKind.EMPLOYER}
    for slot, shown in standing.items():
        kind, _, rest = slot.partition("/")
        fields = {**standing[f"{slot}/share"].fields} if f"{slot}/share" in standing else {}
        fields = {**shown.fields, **fields, "occurred_on": shown.fields["occurred_on"]}
        if kind in _WAYS and "/" not in rest:
            until = fields.get("until")
            if until is not None and date.fromisoformat(until) < today:
                continue
            line = _WAYS[kind](fields)._replace(since=date.fromisoformat(fields["occurred_on"]))
            yield line if line.told is not words.YES else line._replace(told_to=shown.row.actor)
        elif shown.row.employer in employers and "starts_on" in fields and "title" in fields:
            yield Line(
                GrantKind.EMPLOYER,
                shown.row.employer,
                words.OF_WORK,
                {"title": shown.fields["title"]},
                since=date.fromisoformat(fields["starts_on"]),
                stop=words.WORK,
            )


def _read_now(services: Services, access: Access, lines: Iterable[Line]) -> Iterator[Line]:
    """Say of what was sent whether it is read now: that alone ties nobody to a file.

    What the client sent in person is theirs to stop.
    """
    for each in lines:
        if each.kind is not GrantKind.SENT or each.who is None or each.role is None:
            yield each
            continue
        sent = each
        if sent.told is words.SENT and not chooses_reader(access.role):
            sent = sent._replace(command=None, body={})
        if tie_to(services, access.trajectory, each.who, each.role) is None:
            sent = sent._replace(told=words.SENT_AWAY)
        yield sent


def _team(
    services: Services, access: Access, slots: Iterable[tuple[str, Shown]], rows: list[Grant]
) -> Iterator[Line]:
    """Find the team; who took the client in is on it by the referral."""
    since = {slot: shown.row.occurred_on for slot, shown in slots}
    for row in rows:
        if row.kind is GrantKind.TEAM and row.role in ROLE_OF:
            first = since.get(f"team/{row.holder}", since.get("referral"))
            role = ROLE_OF[row.role]
            tie = tie_to(services, access.trajectory, row.holder, role)
            told = words.STOPPED if role in ON_TEAM and tie is None else words.TEAM
            line = Line(GrantKind.TEAM, row.holder, told, since=first, stop=words.TALK, role=role)
            yield line._replace(organisation=row.organisation)
        elif row.kind is GrantKind.COVER:
            fields = {} if row.until is None else {"until": row.until.isoformat()}
            since_then, coach = begins_on(row), Role.JOB_COACH
            line = Line(
                GrantKind.COVER, row.holder, words.COVER, fields, since_then, words.TALK, role=coach
            )
            yield line._replace(organisation=row.organisation)


def _by_role(rows: list[Grant]) -> Iterator[Line]:
    """Find who comes in by what they do: the organisations of the team, and a sample."""
    for role in sorted(BY_ORGANISATION, reverse=True):
        for each in sorted(overseen_from(role, rows), key=str):
            line = Line(GrantKind.ROLE, each, _OVERSEEN[role], stop=words.TALK, role=role)
            yield line._replace(organisation=each)
    if any(row.kind is GrantKind.SAMPLE for row in rows):
        yield Line(GrantKind.SAMPLE, None, words.SAMPLE, stop=words.TALK, role=Role.AUDITOR)


def _network(fields: Mapping[str, Any]) -> Line:
    share = _member(NetworkShare, fields.get("share") or NetworkShare.MAY_NOTE)
    body = {"person": fields["person"]}
    who, role = UUID(fields["person"]), Role.NETWORK_MEMBER
    command = "remove-network-member"
    line = Line(GrantKind.NETWORK, who, words.INVITED, fields, stop=words.SILENT, role=role)
    return line._replace(command=command, body=body, with_it={"share": share})


def _permission(fields: Mapping[str, Any]) -> Line:
    who, body = UUID(fields["recipient"]), {"permission": fields["permission"]}
    command = "withdraw-permission"
    line = Line(GrantKind.PERMISSION, who, words.PERMITTED, fields, stop=words.ANY_TIME)
    return line._replace(command=command, body=body)


def _disclosure(fields: Mapping[str, Any]) -> Line:
    by = _member(ToldBy, fields["told_by"])
    who, body = UUID(fields["employer"]), {"disclosure": fields["disclosure"]}
    line = Line(GrantKind.DISCLOSURE, who, words.TOLD, fields, stop=words.STAYS_TOLD)
    return line._replace(command="revoke-disclosure", body=body, with_it={"by": by})


def _mandate(fields: Mapping[str, Any]) -> Line:
    kind = _member(MandateKind, fields["kind"])
    own = kind is MandateKind.POWER_OF_ATTORNEY
    who, role = UUID(fields["person"]), Role.LEGAL_REPRESENTATIVE
    line = Line(GrantKind.MANDATE, who, words.REPRESENTED, fields, stop=words.DECIDED, role=role)
    line = line._replace(with_it={"kind": kind})
    if not own:
        return line
    return line._replace(
        stop=words.ANY_TIME, command="end-mandate", body={"mandate": fields["mandate"]}
    )


def _sent(fields: Mapping[str, Any]) -> Line:
    who, role = UUID(fields["reader"]), ROLE_OF[fields["role"]]
    command, body = "stop-sending-entry", {"sending": fields["sending"]}
    told = words.YES if "said_yes_on" in fields else words.SENT
    return Line(GrantKind.SENT, who, told, fields, None, words.SENT_STOPS, command, body, role)


_WAYS: Mapping[str, Callable[[Mapping[str, Any]], Line]] = {
    "network": _network,
    "mandate": _mandate,
    "permission": _permission,
    "disclosure": _disclosure,
    "sent": _sent,
}


def _worded(
    services: Services, access: Access, called: Names, line: Line, for_what: Why
) -> dict[str, Any]:
    language, fields = access.asking.language, line.fields
    who = None if line.who is None else called.of(line.who, line.role)
    until = date.fromisoformat(fields["until"]) if fields.get("until") else None
    purpose, basis = (each.to(language) for each in for_what)
    named, closed = _named(services, access, line)
    sees = named if named or closed else _sees(services, access, line)
    about = sees or _told_of(fields, access)
    with_it = {
        name: (each.to_client if access.own else each.label).to(language)
        for name, each in line.with_it.items()
    }
    if line.told_to is not None:
        with_it["by"] = called.of(line.told_to, Role.JOB_COACH)
        with_it["on"] = day(date.fromisoformat(fields["said_yes_on"]), language)
    stop = line.stop.to(client=access.own).to(language).format(who=who)
    lead = _joined(
        line.told.to(client=access.own).to(language).format(who=who, **with_it),
        _part(Text("Het werk: {}.", "The work: {}."), line.fields.get("title"), access),
    )
    relation = fields.get("relation")
    parts = (
        lead,
        _part(Text("Het gaat over: {}.", "It is about: {}."), ", ".join(about), access),
        _part(_CLOSED, ", ".join(closed), access),
        _part(Text("Doel: {}.", "Purpose: {}."), purpose, access),
        _part(Text("Grond: {}.", "Ground: {}."), basis, access),
        _part(Text("Vanaf {}.", "From {}."), line.since and day(line.since, language), access),
        _part(Text("Tot en met {}.", "Until {}."), until and day(until, language), access),
    )
    return {
        "kind": line.kind,
        "who": who,
        "person": line.who,
        "role": line.role,
        "relation": relation and _label(Relation, relation).to(language),
        "sentence": _joined(*parts),
        "lead": lead,
        "sees": sees,
        "about": about,
        "closed": closed,
        "purpose": purpose,
        "legal_basis": basis,
        "since": line.since,
        "until": until,
        "entry": line.fields.get("entry") if hears_of_all(access.role) else None,
        "stop": {"told": stop, "command": line.command, "body": line.body or None},
    }


def _why(access: Access, line: Line, sorts: Mapping[UUID, OrganisationKind]) -> Why:
    """Give purpose and ground in law: those that were agreed, or those that follow."""
    at = None if line.organisation is None else sorts.get(line.organisation)
    follows = why(line.kind, line.role, at, to_client=access.own)
    purpose, basis = line.fields.get("purpose"), line.fields.get("legal_basis")
    return Why(
        _label(Purpose, purpose) if purpose else follows.purpose,
        _label(LegalBasis, basis) if basis else follows.basis,
    )


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))


def _part(text: Text, value: str | date | None, access: Access) -> str | None:
    return text.to(access.asking.language).format(value) if value else None


def _member(choice: type[Choice], value: str) -> Choice:
    return next(each for each in choice if each == value)


def _label(choice: type[Choice], value: str) -> Text:
    return _member(choice, value).label


def _named(services: Services, access: Access, line: Line) -> tuple[list[str], list[str]]:
    """Word the categories that a permission or a mandate names: what it opens, and what not."""
    letters = [each for each in Category if each in (line.fields.get("categories") or ())]
    roles = _roles(services, access, line) if letters else frozenset()
    opened = frozenset(letters if not roles else ()).union(*(OPENED[role] for role in roles))
    language = access.asking.language
    return (
        [each.label.to(language) for each in letters if each in opened],
        [each.label.to(language) for each in letters if each not in opened],
    )


def _roles(services: Services, access: Access, line: Line) -> frozenset[Role]:
    """Name the roles in which a sharing is read by; none: that is not known yet."""
    if line.role is not None or line.who is None:
        return frozenset(filter(None, (line.role,)))
    rows = grants(services.log.ties([access.trajectory], line.who)[access.trajectory])
    live = [row for row in rows if in_force(row, access.today)]
    return read_in(line.who, line.fields.get("recipient_kind"), live)


def _told_of(fields: Mapping[str, Any], access: Access) -> list[str]:
    """Word what an employer may be told of, which is not what is read here."""
    topics = fields.get("topics") or ()
    return [_label(ToldTopic, each).to(access.asking.language) for each in topics]


def _sees(services: Services, access: Access, line: Line) -> list[str]:
    """Ask the gate what somebody of the team, or close by, sees today."""
    if line.who is None or line.kind not in _BY_TIE:
        return []
    tie = tie_to(services, access.trajectory, line.who, line.role or Role.NETWORK_MEMBER)
    if tie is None:
        return []
    seen = sight(tie)
    whole = (each for each in Category if Kind.FACT in seen.kinds(each))
    return [each.label.to(access.asking.language) for each in whole]

"""Who may see what of a file, for what and until when, in plain sentences, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, given_all, noted, tie_to, tied
from api.reading.moment import NOW
from api.reading.names import Names, names, organisation_kinds
from api.reading.opening import Shown
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
from domain.events.team import NetworkShare
from domain.language import Choice, Text
from domain.policy import OPENED, hears_of_all, in_force, overseen_from, read_in, sight
from domain.policy.relation import BY_ORGANISATION, ON_TEAM
from domain.roles import ROLE_OF, Role
from domain.sharing import Why, why
from domain.wording import day
from eventlog.log import grants


class Line(NamedTuple):
    """One sharing: who it is with, what it lets them see, and what stops it."""

    kind: GrantKind
    who: UUID | None
    told: Text
    fields: Mapping[str, Any] = {}
    since: date | None = None
    stop: Text = Text("", "")
    command: str | None = None
    body: Mapping[str, Any] = {}
    role: Role | None = None
    organisation: UUID | None = None
    """For which they see it: its sort decides on which ground."""


_TEAM = Text("{who} hoort bij je team.", "{who} is on your team.")
_STOPPED = Text(
    "{who} staat nog bij je team, maar werkt daar nu niet en ziet niets.",
    "{who} is still noted on your team, but does not work there now and sees nothing.",
)
_SENT = Text(
    "Je stuurde {who} één notitie. Die ziet {who}, en verder niets van die soort.",
    "You sent {who} one entry. {who} sees that one, and nothing else of its kind.",
)
_SENT_STOPS = Text(
    "Je kunt dit elke dag stoppen. Dan ziet {who} de notitie meteen niet meer, en krijgt daar geen "
    "bericht van.",
    "You can stop this any day. Then {who} no longer sees the entry, and gets no message about it.",
)
_SENT_AWAY = Text(
    "Je stuurde {who} één notitie. {who} heeft nu niets met je dossier te maken en ziet die niet.",
    "You sent {who} one entry. {who} has nothing to do with your file now and does not see it.",
)
_BY_TIE = frozenset({GrantKind.TEAM, GrantKind.COVER, GrantKind.NETWORK})
_COVER = Text("{who} vervangt je jobcoach.", "{who} stands in for your job coach.")
_TALK = Text(
    "Wil je dit niet meer? Bespreek het met je jobcoach.",
    "Do you no longer want this? Talk it over with your job coach.",
)
_ANY_TIME = Text(
    "Je kunt dit elke dag stoppen. Dan ziet {who} meteen niets meer, ook niet wat al gedeeld was.",
    "You can stop this any day. Then {who} sees nothing any more, also not what was shared before.",
)
_SILENT = Text(
    "Je kunt dit elke dag stoppen of veranderen. {who} krijgt daar geen bericht van.",
    "You can stop or change this any day. {who} gets no message about it.",
)
_DECIDED = Text(
    "Dit is elders besloten. Je jobcoach noteert het als het voorbij is.",
    "This was decided elsewhere. Your job coach notes it when it is over.",
)
_WORK = Text(
    "Dit hoort bij het werk. Stopt het werk, dan ziet {who} alleen nog dat het stopte.",
    "This belongs to the work. When the work ends, {who} sees only that it ended.",
)
_OF_WORK = Text(
    "{who} ziet van je werk daar wat er is afgesproken, en niets over je gezondheid.",
    "{who} sees what was agreed about your work there, and nothing about your health.",
)
_SAMPLE = Text(
    "Een auditor leest je dossier in een steekproef, zonder je naam. Wat over je steun is "
    "opgeschreven, leest die alleen als jij dat goedvindt.",
    "An auditor reads your file in a sample, without your name. What was written about your "
    "support they read only if you allow it.",
)
# Whoever it is about is filled in where the line is worded.
_TAKES_PART = Text(
    "Je vroeg {who} om mee te doen: {share}.", "You asked {who} to take part: {share}."
)
_MAY_HEAR = Text(
    "{who} mag horen wat jullie afspraken. Wie vertelt het: {by}. Het staat niet in wat de "
    "werkgever hier leest.",
    "{who} may hear what was agreed. Who tells it: {by}. It is not in what the employer reads "
    "here.",
)
_REPRESENTS = Text("{who} vertegenwoordigt je ({kind}).", "{who} represents you ({kind}).")
_CLOSED = Text(
    "Dicht blijft: {}. In deze rol leest niemand daarover mee, ook niet met een toestemming.",
    "Closed stays: {}. In this role nobody reads about that, also not with a permission.",
)
_LED = Text(
    "De teamleider van {who} ziet een korte samenvatting, zonder wat je zelf schreef.",
    "The team lead of {who} sees a short summary, without what you wrote yourself.",
)
_GUARDED = Text(
    "De privacyfunctionaris van {who} ziet wie wat mag lezen. De rest ziet die zonder namen.",
    "The privacy officer of {who} sees who may read what, and all else without names.",
)
_OVERSEEN = {Role.TEAM_LEAD: _LED, Role.PRIVACY_OFFICER: _GUARDED}


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
    about = {each.who for each in lines if each.who is not None}
    called = names(services, access, about)
    sorts = organisation_kinds(services, {each.organisation for each in lines if each.organisation})
    return access, {
        "trajectory": trajectory,
        "sharing": [_worded(services, access, called, each, _why(each, sorts)) for each in lines],
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
            yield _WAYS[kind](fields)._replace(since=date.fromisoformat(fields["occurred_on"]))
        elif shown.row.employer in employers and "starts_on" in fields and "title" in fields:
            yield Line(
                GrantKind.EMPLOYER,
                shown.row.employer,
                _OF_WORK,
                since=date.fromisoformat(fields["starts_on"]),
                stop=_WORK,
            )


def _read_now(services: Services, access: Access, lines: Iterable[Line]) -> Iterator[Line]:
    """Say of what was sent whether it is read now: that alone ties nobody to a file."""
    for each in lines:
        if each.kind is not GrantKind.SENT or each.who is None or each.role is None:
            yield each
        elif tie_to(services, access.trajectory, each.who, each.role) is None:
            yield each._replace(told=_SENT_AWAY)
        else:
            yield each


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
            told = _STOPPED if role in ON_TEAM and tie is None else _TEAM
            line = Line(GrantKind.TEAM, row.holder, told, since=first, stop=_TALK, role=role)
            yield line._replace(organisation=row.organisation)
        elif row.kind is GrantKind.COVER:
            fields = {} if row.until is None else {"until": row.until.isoformat()}
            since_then, coach = begins_on(row), Role.JOB_COACH
            line = Line(GrantKind.COVER, row.holder, _COVER, fields, since_then, _TALK, role=coach)
            yield line._replace(organisation=row.organisation)


def _by_role(rows: list[Grant]) -> Iterator[Line]:
    """Find who comes in by what they do: the organisations of the team, and a sample."""
    for role in sorted(BY_ORGANISATION, reverse=True):
        for each in sorted(overseen_from(role, rows), key=str):
            line = Line(GrantKind.ROLE, each, _OVERSEEN[role], stop=_TALK, role=role)
            yield line._replace(organisation=each)
    if any(row.kind is GrantKind.SAMPLE for row in rows):
        yield Line(GrantKind.SAMPLE, None, _SAMPLE, stop=_TALK, role=Role.AUDITOR)


def _network(fields: Mapping[str, Any]) -> Line:
    share = _label(NetworkShare, fields.get("share") or NetworkShare.MAY_NOTE)
    told = _TAKES_PART.filled(who="{who}", share=share)
    body = {"person": fields["person"]}
    who, role = UUID(fields["person"]), Role.NETWORK_MEMBER
    command = "remove-network-member"
    return Line(GrantKind.NETWORK, who, told, fields, None, _SILENT, command, body, role)


def _permission(fields: Mapping[str, Any]) -> Line:
    told = Text("Je geeft {who} toestemming.", "You give {who} permission.")
    who, body = UUID(fields["recipient"]), {"permission": fields["permission"]}
    command = "withdraw-permission"
    return Line(GrantKind.PERMISSION, who, told, fields, None, _ANY_TIME, command, body)


def _disclosure(fields: Mapping[str, Any]) -> Line:
    by = _label(ToldBy, fields["told_by"])
    told = _MAY_HEAR.filled(who="{who}", by=by)
    who, body = UUID(fields["employer"]), {"disclosure": fields["disclosure"]}
    stop = Text(
        "Je kunt dit elke dag stoppen. Wat al verteld is, blijft verteld.",
        "You can stop this any day. What was told stays told.",
    )
    return Line(GrantKind.DISCLOSURE, who, told, fields, None, stop, "revoke-disclosure", body)


def _mandate(fields: Mapping[str, Any]) -> Line:
    kind = _label(MandateKind, fields["kind"])
    told = _REPRESENTS.filled(who="{who}", kind=kind)
    own = fields["kind"] == MandateKind.POWER_OF_ATTORNEY
    line = Line(GrantKind.MANDATE, UUID(fields["person"]), told, fields, stop=_DECIDED)
    line = line._replace(role=Role.LEGAL_REPRESENTATIVE)
    if not own:
        return line
    return line._replace(stop=_ANY_TIME, command="end-mandate", body={"mandate": fields["mandate"]})


def _sent(fields: Mapping[str, Any]) -> Line:
    who, role = UUID(fields["reader"]), ROLE_OF[fields["role"]]
    command, body = "stop-sending-entry", {"sending": fields["sending"]}
    return Line(GrantKind.SENT, who, _SENT, fields, None, _SENT_STOPS, command, body, role)


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
    until = fields.get("until")
    purpose, basis = (each.to(language) for each in for_what)
    named, closed = _named(services, access, line)
    sees = named if named or closed else _sees(services, access, line)
    about = sees or _told_of(fields, access)
    stop = line.stop.to(language).format(who=who)
    parts = (
        line.told.to(language).format(who=who),
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
        "sentence": " ".join(filter(None, parts)),
        "sees": sees,
        "purpose": purpose,
        "legal_basis": basis,
        "since": line.since,
        "until": until,
        "entry": line.fields.get("entry") if hears_of_all(access.role) else None,
        "stop": {"told": stop, "command": line.command, "body": line.body or None},
    }


def _why(line: Line, sorts: Mapping[UUID, OrganisationKind]) -> Why:
    """Give purpose and ground in law: those that were agreed, or those that follow."""
    at = None if line.organisation is None else sorts.get(line.organisation)
    follows = why(line.kind, line.role, at)
    purpose, basis = line.fields.get("purpose"), line.fields.get("legal_basis")
    return Why(
        _label(Purpose, purpose) if purpose else follows.purpose,
        _label(LegalBasis, basis) if basis else follows.basis,
    )


def _part(text: Text, value: str | date | None, access: Access) -> str | None:
    return text.to(access.asking.language).format(value) if value else None


def _label(choice: type[Choice], value: str) -> Text:
    return next(each.label for each in choice if each == value)


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

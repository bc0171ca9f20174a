"""Who may record what: the `+` of the matrix, the events' own recorders, and a tie in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import ClassVar, Protocol
from uuid import UUID

from domain.events import BY_TYPE
from domain.events.base import Category, Event, Grant, GrantKind, StreamKind
from domain.events.correction import PRIVATE, EntryCorrected
from domain.events.emergency import EmergencyAccessOpened
from domain.events.employer import EmployerContactPersonAdded, EmployerContactPersonLeft
from domain.events.peer_group import PeerJoined, PeerLeft
from domain.events.people import RoleEnded, RoleGiven
from domain.events.team import NetworkShare
from domain.policy.permitted import within_mandate
from domain.policy.relation import (
    Reader,
    Relation,
    holds_role,
    in_group,
    on_teams,
    stood_in,
    works_where,
)
from domain.policy.table import MATRIX
from domain.roles import Role

AS: Mapping[Role, Role] = {
    Role.PEER_WORKER: Role.NETWORK_MEMBER,
    Role.LABOUR_EXPERT: Role.CLIENT_MANAGER,
    Role.LEGAL_REPRESENTATIVE: Role.CLIENT,
}
"""Who records what another role does, where the own column has the `+` (reference 0.1)."""

# An early-signs plan is the client's own, nobody widens or ends an own mandate, and before there is
# a file there is no mandate.
NOT_FOR_ANOTHER = frozenset(
    {"signal_plan.written.v1", "mandate.noted.v1", "mandate.ended.v1", "referral.made.v1"}
)
"""What the client records and nobody on the ground of a mandate."""

ALSO: Mapping[Role, frozenset[str]] = {
    # The own say over contact (0.1), the rhythm that the client agrees to, who looked, and that
    # their care comes first.
    Role.CLIENT: frozenset(
        {
            *("peace.asked.v1", "peace.ended.v1", "rhythm.agreed.v1", "access.questioned.v1"),
            *("own_care.noted.v1", "own_care.ended.v1"),
        }
    ),
    # Taking an invitation up and leaving again; a lead at an employer; another opinion.
    Role.NETWORK_MEMBER: frozenset(
        {
            *("network.joined.v1", "network.left.v1", "lead.offered.v1"),
            *("employer.contacted.v1", "dissent.recorded.v1"),
        }
    ),
    # Support and outreach are the whole team's work, each noting their own.
    Role.CARE_WORKER: frozenset(
        {
            *("support.contact.v1", "outreach.attempted.v1", "team.discussed.v1"),
            "emergency.opened.v1",  # only whom nothing ties; see emergency.py
        }
    ),
    Role.PEER_WORKER: frozenset({"support.contact.v1", "outreach.attempted.v1"}),
    Role.CLIENT_MANAGER: frozenset({"dissent.recorded.v1"}),
    # Says as well whether an Eigen Kracht plan was heard, understood and of help (0.1).
    Role.LABOUR_EXPERT: frozenset({"dissent.recorded.v1", "experience.given.v1"}),
    # Judges before seeing the outcome, and says what was found (0.1 and 6.3); nothing else.
    Role.AUDITOR: frozenset({"judgement.written.v1", "finding.recorded.v1"}),
    # Both look back at what somebody of their organisation read in an emergency. A lead arranges
    # who stands in when a coach falls away (0.1: the lead covers too); a privacy officer guards
    # what is kept of people: two files of one person, what a client asked to erase or to have a
    # copy of (7.3), and why somebody looked (7.4).
    Role.TEAM_LEAD: frozenset({"emergency.reviewed.v1", "cover.arranged.v1", "cover.ended.v1"}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            *("emergency.reviewed.v1", "erasure.decided.v1", "copy.given.v1"),
            "access.answered.v1",
            *("file.linked.v1", "file.unlinked.v1"),
        }
    ),
}
"""Where the cell has no `+`, but 0.1 or the catalogue (section 4) names this role as recorder."""

COMING_AND_GOING = frozenset({"network.joined.v1", "network.left.v1"})
"""What everybody who was invited may always do: take part, and stop again."""

BEGINS = frozenset({"referral.made.v1"})
"""What a trajectory begins with: any professional may (section 4), whatever else they record."""

ANSWERS = frozenset({PeerJoined, PeerLeft})
"""What somebody records who was asked into a peer group: yes or no."""

GIVES_ROLES = frozenset({RoleGiven, RoleEnded})
"""Nobody gives or ends a role of their own: another administrator does."""

GIVES_A_SAY = frozenset({EmployerContactPersonAdded, EmployerContactPersonLeft})
"""Who speaks for an employer reads of every job there, until they no longer do."""


_UNASKED = frozenset(
    {GrantKind.PEER, GrantKind.WAS_PEER, GrantKind.INVITED, GrantKind.NETWORK, GrantKind.SHARE},
)
"""What anybody can bring about who has somebody's id."""


class Yielding(Protocol):
    """What the policy asks of a command class."""

    STREAM: ClassVar[StreamKind]
    YIELDS: ClassVar[tuple[type[Event], ...]]
    CREATES: ClassVar[bool]


def may_record(tie: Relation | None, command: type[Yielding]) -> bool:
    """Say whether somebody with this tie may ask for this: at least one of its events.

    What the rule then decides is asked again, event by event: see `may_append`.
    """
    if tie is None or command.STREAM is not StreamKind.TRAJECTORY:
        return False
    return _works_on(tie, command.YIELDS) and any(
        _within(tie, event) for event in _asked(tie.role, command)
    )


@cache
def _asked(role: Role, command: type[Yielding]) -> tuple[type[Event], ...]:
    return _asks(role, command)


def _asks(role: Role, command: type[Yielding]) -> tuple[type[Event], ...]:
    """Name what a role might record by this command where a file is there already."""
    return tuple(
        event
        for event in command.YIELDS
        if might_record(role, event) and not _only_begins(role, event)
    )


def may_append(tie: Relation | None, events: Sequence[Event]) -> bool:
    """Say whether somebody with this tie may record exactly these events."""
    return (
        tie is not None
        and _works_on(tie, map(type, events))
        and all(
            event.TYPE in PRIVATE
            or (
                _records(tie.role, about := _about(event))
                and _within(tie, about)
                and _own_job(tie, event)
            )
            for event in events
        )
    )


def may_begin(
    reader: Reader, client: UUID, grants: Iterable[Grant], today: date, command: type[Yielding]
) -> bool:
    """Say whether somebody may begin a trajectory for this client: for oneself, or by profession.

    `grants` are all rows whose holder is the reader or the client. A person who is known in
    another way already (a colleague, somebody's relative, another team's client) begins it, or
    the own team does: knowing somebody's id gives nobody a right to read them.
    """
    rows = list(grants)
    if not begins(reader.role, command):
        return False
    if reader.role is Role.CLIENT:
        return reader.person == client
    if not holds_role(reader, rows, today):
        return False
    # What they were not asked about must not keep that person from beginning.
    known = [
        grant
        for grant in _of(client, rows)
        if grant.kind not in _UNASKED
        and not (grant.kind is GrantKind.TEAM and grant.role == Role.EK_COORDINATOR.value)
    ]
    return not known or _knows(reader, client, rows, today)


def begins(role: Role, command: type[Yielding]) -> bool:
    """Say whether people in this role begin a trajectory by this, whoever it is for."""
    return command.CREATES and any(
        event.TYPE in BEGINS and _records(role, event) for event in command.YIELDS
    )


def refers(role: Role) -> bool:
    """Say whether people in this role begin a file for somebody else."""
    return role is not Role.CLIENT and any(_records(role, BY_TYPE[name]) for name in BEGINS)


def may_search(reader: Reader, grants: Iterable[Grant], today: date) -> bool:
    """Say whether somebody may look for a person before beginning a file: who begins them."""
    return refers(reader.role) and holds_role(reader, grants, today)


def may_record_outside(  # noqa: PLR0913 - who asks, about which stream, and what is known of both
    reader: Reader,
    stream: UUID,
    grants: Iterable[Grant],
    today: date,
    command: type[Yielding],
    *,
    trajectory: UUID | None = None,
    organisation: UUID | None = None,
    person: UUID | None = None,
) -> bool:
    """Say whether somebody may record this in a stream that is no trajectory.

    `grants` are all rows whose holder is the reader, or the person or employer whose stream it is,
    or `person`, and all rows of the stream. In a peer group its members record, and coaches where
    it belongs, who let somebody in whom they coach; who is invited only answers.
    Of a person already known only that person, the own team and the administrator record. Who
    speaks for an employer reads of the jobs there: that is said by a team with a job there.
    A funding is recorded by the team of its trajectory, a programme by who works for its
    organisation; `trajectory`, `organisation` and `person` are those that a command names.
    """
    rows = list(grants)
    recorded_by = frozenset[Role]().union(*(event.RECORDED_BY for event in command.YIELDS))
    if command.STREAM is StreamKind.TRAJECTORY or reader.role not in recorded_by:
        return False
    begun = any(grant.stream == stream for grant in rows)
    if command.STREAM is StreamKind.PEER_GROUP and (begun or not command.CREATES):
        return _in_group(reader, stream, rows, today, command, person)
    if command.STREAM is StreamKind.FUNDING:
        funded = (each for each in rows if each.kind is GrantKind.FUNDING and each.stream == stream)
        paid = {each.holder for each in funded} if begun else {trajectory}
        return not paid.isdisjoint(_teams(reader, rows, today))
    if reader.role is Role.CLIENT:
        itself = command.STREAM is StreamKind.DIRECTORY and reader.person == stream
        tied = any(grant.kind is GrantKind.CLIENT for grant in _of(reader.person, rows))
        # An own slip is put right by the rule; to be refused tells nothing, as they read employers.
        slip = command.STREAM is StreamKind.EMPLOYER and all(map(_corrects, command.YIELDS))
        return itself or (tied and (command.CREATES or slip))
    if not holds_role(reader, rows, today):
        return False
    if command.STREAM is StreamKind.PROGRAMME and reader.role is not Role.SYSADMIN:
        if not begun:
            return command.CREATES and _works_for(reader, organisation, rows, today)
        return works_where(reader, stream, GrantKind.PROGRAMME, rows, today)
    return _by_profession(reader, stream, rows, today, command)


def _in_group(  # noqa: PLR0913, PLR0917 - who asks, and what is known of both
    reader: Reader,
    group: UUID,
    rows: list[Grant],
    today: date,
    command: type[Yielding],
    person: UUID | None,
) -> bool:
    if in_group(reader, group, rows, today):
        lets_in = reader.role is Role.JOB_COACH and PeerJoined in command.YIELDS
        return not lets_in or person is None or _knows(reader, person, rows, today)
    invited = any(
        grant.stream == group and grant.kind is GrantKind.INVITED
        for grant in _of(reader.person, rows)
    )
    answers = ANSWERS.issuperset(command.YIELDS) and reader.role in {Role.PEER, Role.CLIENT}
    return invited and answers


def _by_profession(
    reader: Reader, stream: UUID, rows: list[Grant], today: date, command: type[Yielding]
) -> bool:
    """Say whether who holds their role records this about a person or an employer."""
    itself = command.STREAM is StreamKind.DIRECTORY and reader.person == stream
    if itself and GIVES_ROLES.intersection(command.YIELDS):
        return False
    if command.STREAM is StreamKind.EMPLOYER and GIVES_A_SAY.intersection(command.YIELDS):
        return reader.role is Role.TEAM_LEAD or _works_with(reader, stream, rows, today)
    anybody = command.STREAM is not StreamKind.DIRECTORY or command.CREATES
    known = itself or reader.role is Role.SYSADMIN
    return anybody or known or _knows(reader, stream, rows, today)


def may_append_outside(role: Role, events: Iterable[Event]) -> bool:
    """Say whether a role may record exactly these events outside trajectories."""
    about = [_about(event) for event in events]
    return all(each is not None and role in each.RECORDED_BY for each in about)


@cache
def _records(role: Role, event: type[Event] | None) -> bool:
    return _is_recorder(role, event)


def _is_recorder(role: Role, event: type[Event] | None) -> bool:
    if event is None or event.RECORDED_BY.isdisjoint({role, AS.get(role)}):
        return False
    if role is Role.LEGAL_REPRESENTATIVE and event.TYPE in NOT_FOR_ANOTHER:
        return False
    plus = MATRIX[role, event.CATEGORY].record
    return plus or event.TYPE in BEGINS | ALSO.get(role, frozenset())


def _only_begins(role: Role, event: type[Event]) -> bool:
    """Say whether they refer and record no more in that row: a file that is there tells nothing."""
    return event.TYPE in BEGINS and not MATRIX[role, event.CATEGORY].record


def _within(tie: Relation, event: type[Event] | None) -> bool:
    """Say whether it is within what a mandate names, or what somebody close may do.

    That the own action of a plan is done, everybody who took one on may say.
    """
    if event is None or _corrects(event):
        return True
    if tie.reader.role is Role.LEGAL_REPRESENTATIVE:
        return within_mandate(tie.permitted, event)
    if tie.share in {None, NetworkShare.MAY_NOTE} or event.TYPE in COMING_AND_GOING:
        return True
    return event.CATEGORY is Category.EK_PLAN


def might_record(role: Role, event: type[Event]) -> bool:
    """Say whether the role records this; a correction: whether it records anything there at all.

    So is what shields an entry or takes it back: for the client and the author, says the rule.
    """
    if _corrects(event):
        same = (each for each in BY_TYPE.values() if each.STREAM is event.STREAM)
        return any(_records(role, each) for each in same if each.CORRECTABLE)
    return _records(role, event)


def _about(event: Event) -> type[Event] | None:
    """Give the class whose rules count: of a correction that of its target."""
    if _corrects(type(event)):
        return BY_TYPE.get(vars(event)["target_type"])
    return type(event)


@cache
def _corrects(event: type[Event]) -> bool:
    return "target_type" in event.model_fields


def _works_on(tie: Relation, events: Iterable[type[Event]]) -> bool:
    """An employer whose job is over writes no more; in an emergency one only reads."""
    if tie.emergency is not None:
        return set(events) == {EmergencyAccessOpened}  # asked again, which adds nothing
    return tie.reader.role is not Role.EMPLOYER or any(not job.ended for job in tie.jobs)


def _own_job(tie: Relation, event: Event) -> bool:
    """An employer writes about the own job only; what names no job is about the person."""
    if tie.reader.role is not Role.EMPLOYER:
        return True
    body = event.body if isinstance(event, EntryCorrected) else event.model_dump(mode="json")
    employer, placement = body.get("employer"), body.get("placement")
    return any(
        employer in {None, str(job.employer)} and placement in {None, str(job.placement)}
        for job in tie.jobs
        if not job.ended
    )


def _of(person: UUID, rows: list[Grant]) -> list[Grant]:
    return [grant for grant in rows if grant.holder == person]


def _knows(reader: Reader, person: UUID, rows: list[Grant], today: date) -> bool:
    """Say whether the reader is on the team of a trajectory in which the person takes part."""
    theirs = {
        grant.stream
        for grant in _of(person, rows)
        if grant.kind in {GrantKind.CLIENT, GrantKind.JOINED}
    }
    return bool(_teams(reader, rows, today) & theirs)


def _works_for(reader: Reader, organisation: UUID | None, rows: list[Grant], today: date) -> bool:
    """Say whether the reader holds their role at this organisation and acts for no other."""
    return (
        organisation is not None
        and reader.organisation in {None, organisation}
        and holds_role(reader._replace(organisation=organisation), rows, today)
    )


def _works_with(reader: Reader, employer: UUID, rows: list[Grant], today: date) -> bool:
    """Say whether the reader is on a team with a job at this employer, or nobody is yet."""
    jobs = {grant.stream for grant in _of(employer, rows) if grant.kind is GrantKind.EMPLOYER}
    return not jobs or bool(_teams(reader, rows, today) & jobs)


def _teams(reader: Reader, rows: list[Grant], today: date) -> frozenset[UUID]:
    return on_teams(reader, rows, today) | stood_in(reader, rows, today)

"""A region of our own for a run: coaches and trajectories of so many entries, interleaved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from benchmarks.workload import NOTES, day, stream
from domain.events.people import OrganisationKind
from domain.events.referral import Channel
from domain.events.search import Mode
from domain.events.support import SupportContact, WithWhom
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.people import GiveRole, RegisterOrganisation, RegisterPerson
from domain.rules.referral import Refer
from domain.rules.support import LogContact
from eventlog.committer import Verdict
from eventlog.entry import Actor, Draft, Unit, Why
from eventlog.keys import MasterKey
from eventlog.log import Log
from eventlog.request import Request

SECRET = b"for measuring only, not a secret"
MASTER = MasterKey(SECRET)
CASELOAD = 25
"""Trajectories of one coach."""
LATE = "Overgezet uit het oude systeem"
MODES = list(Mode)
_NAMESPACE = UUID("8a4f1a2e-7f5c-4a37-9d0e-0c5f6f3f6b11")


def open_log(dsn: str, *, pool: int = 24) -> Log:
    """Open the log of a run as the service."""
    return Log(dsn, MASTER, pool=pool)


def coach(number: int) -> Actor:
    """Give the coach of a trajectory."""
    team = number // CASELOAD
    return Actor(_id(f"coach-{team}"), Role.JOB_COACH, _id("organisation"))


def contact(number: int, k: int) -> LogContact:
    """Give contact k of a trajectory as a command: about as many bytes as the peers' event."""
    return LogContact(
        occurred_on=day(k),
        late_reason=LATE,
        mode=MODES[k % len(MODES)],
        minutes=k % 60,
        location="dorpshuis",
        text=NOTES[(number * 61 + k) % len(NOTES)] * 2,
    )


def unit(log: Log, trajectory: UUID, by: Actor, k: int, why: Why, now: datetime) -> Unit:  # noqa: PLR0913, PLR0917 - one row
    """Seal one contact as the next entry of its trajectory, without folding what came before."""
    event = SupportContact(
        occurred_on=day(k),
        late_reason=LATE,
        note=uuid4(),
        mode=MODES[k % len(MODES)],
        with_whom=WithWhom.CLIENT,
        minutes=k % 60,
        location="dorpshuis",
        text=NOTES[k % len(NOTES)] * 2,
    )
    draft = Draft(trajectory, k + 2, event, by, why, now)
    return Unit(trajectory, k + 1, [log.entry_mapper.to_stored_event(draft)])


def store(log: Log, units: Sequence[Unit]) -> None:
    verdicts = log.committer.append_all(units)
    assert all(verdict is Verdict.STORED for verdict, _ in verdicts)  # noqa: S101


def people(trajectories: int) -> Iterator[Request]:
    """Register the organisation, coaches and clients, and take everybody in."""
    organisation = _id("organisation")
    admin = Actor(_id("operator"), Role.SYSADMIN)

    def ask(on: UUID, command: Command, actor: Actor = admin) -> Request:
        return Request(actor, on, command, operator=True)

    yield ask(organisation, RegisterOrganisation(name="GGZ Meetveld", kind=OrganisationKind.CARE))
    for number in range(0, trajectories, CASELOAD):
        person = coach(number).person
        yield ask(person, RegisterPerson(given_name="Coach", family_name=f"Nummer {number}"))
        yield ask(person, GiveRole(role=Role.JOB_COACH, organisation=organisation))
    for number in range(trajectories):
        client = _id(f"client-{number}")
        yield ask(client, RegisterPerson(given_name="Deelnemer", family_name=f"Nummer {number}"))
        yield referral(number)


def referral(number: int, client: int | None = None) -> Request:
    """Give the request that begins a trajectory, of the client with the same number or another."""
    command = Refer(
        client=_id(f"client-{number if client is None else client}"),
        channel=Channel.SELF,
        occurred_on=day(0),
        late_reason=LATE,
        organisation=_id("organisation"),
    )
    return Request(coach(number), stream(number), command, operator=True)


def _id(name: str) -> UUID:
    return uuid5(_NAMESPACE, name)

"""A trajectory with every type of entry in it, and everybody who may look at it.

Around it a funding, a peer group, an employer and a programme, each with what it may hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.events.appointments import AppointmentEvent
from domain.events.base import Category, Event
from domain.events.cover import CoverArranged
from domain.events.emergency import EmergencyAccessOpened
from domain.events.funding import (
    FundingApproved,
    FundingDocumentNoted,
    FundingEnded,
    FundingExtended,
)
from domain.events.peer_group import (
    PeerGroupStarted,
    PeerNeedsSurveyed,
    PeerSessionHeld,
    PeerTrainingGiven,
)
from domain.events.permissions import (
    EntrySendingStopped,
    EntrySent,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
)
from domain.events.placement import JobStarted
from domain.events.team import NetworkMemberInvited, NetworkShare, TeamMemberAdded
from domain.events.trust import ClientStatementAdded, TrustDecisionRecorded
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor, Draft, Entry, Unit, Why
from tests.api.marked import COMING, DAY, TYPES, marked

MANDATED = frozenset("DHJ")
FULL = frozenset(Category)


@dataclass
class Eyes:
    """Somebody who reads, and in whose column."""

    actor: Actor
    column: Role
    permitted: frozenset[str] = frozenset()
    knows: bool = True
    """A permission to them counts."""
    outside: bool = False
    """A care worker of another organisation than the coach, also where the team is of one."""
    sent: frozenset[UUID] = frozenset()
    """The entries that the client sent them, and those that say so."""


class Scene:
    """A trajectory that holds every type of entry, and everybody who may look at it."""

    def __init__(self, region: Any, *, outside: bool) -> None:
        self.region, self.outside = region, outside
        region.renew()
        self.trajectory = region.trajectory
        self.funding, self.group = uuid4(), uuid4()
        self._entries: list[Entry] = []
        self.job, self.over, self.about = uuid4(), uuid4(), uuid4()
        self.eyes: dict[str, Eyes] = {}
        self.permissions: list[UUID] = []
        self.sendings: list[tuple[str, EntrySent]] = []
        self.turning: frozenset[str] = frozenset()
        self._people()
        self._record(region.coach, *self._jobs())
        self.stated = region.services.log.entries(self.trajectory)[-1].event_id
        decision = marked(TrustDecisionRecorded)
        self.decision = decision.decision
        self._record(region.coach, decision, *self._all())
        for name, behalf in (("friend", "manager"), ("broker", "expert"), ("floor", "boss")):
            own = replaced(self.eyes[name].actor, self.eyes[behalf].actor.person)
            self._record(own, *self._all())
        self._record(region.coach, *self._paid(), stream=self.funding)
        self._record(region.coach, *self._peers(), stream=self.group)
        region.projector.catch_up()

    def _people(self) -> None:
        region, at = self.region, self.region.world.organisation
        if self.outside:
            at = uuid4()
            region.world.operator(at, RegisterOrganisation(name="GGZ Zuid", kind="care"))
            region.carer = Actor(region.carer.person, Role.CARE_WORKER, at)
            region.world.operator(
                region.carer.person, GiveRole(role=Role.CARE_WORKER, organisation=at)
            )
            self._record(region.coach, self._added(region.carer))
        team = {
            "broker": Role.JOB_BROKER,
            "manager": Role.CLIENT_MANAGER,
            "ek": Role.EK_COORDINATOR,
            "floor": Role.PEER_WORKER,
            "adviser": Role.BENEFITS_ADVISER,
            "expert": Role.LABOUR_EXPERT,
        }
        found = {name: region.somebody("Jo", "Aarts", role) for name, role in team.items()}
        for who in found.values():
            self._record(region.coach, self._added(who))
        lead, stands_in, officer, admin = (
            region.somebody("Jo", "Aarts", role)
            for role in (Role.TEAM_LEAD, Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.SYSADMIN)
        )
        away = {"coach": region.coach.person, "person": stands_in.person}
        away["organisation"] = stands_in.organisation
        days = {"starts_on": date(2020, 1, 1), "ends_on": date(2099, 12, 31)}
        self._record(region.coach, marked(CoverArranged, **away, **days))
        onlooker = Actor(region.person("Ab", "Smit"), Role.NETWORK_MEMBER)
        truus = Actor(region.person("Truus", "Smit"), Role.LEGAL_REPRESENTATIVE)
        share = {"person": onlooker.person, "share": NetworkShare.OWN_ACTIONS}
        categories = tuple(Category(each) for each in sorted(MANDATED))
        self._record(
            region.client,
            marked(NetworkMemberInvited, **share),
            marked(MandateNoted, person=truus.person, categories=categories, until=None),
        )
        doctor = self._in_emergency()
        self.programme = region.sampled(region.trajectory)
        plain = {
            **found,
            "client": region.client,
            "coach": region.coach,
            "carer": region.carer,
            "friend": region.friend,
            "boss": region.boss,
            "auditor": region.auditor,
            "lead": lead,
            "officer": officer,
            "admin": admin,
            "peer": Actor(region.client.person, Role.PEER),
            "stranger": region.stranger,
        }
        self.eyes = {name: Eyes(who, who.role) for name, who in plain.items()}
        self.eyes["stands in"] = Eyes(stands_in, Role.JOB_COACH)
        self.eyes["doctor"] = Eyes(doctor, Role.CARE_WORKER, outside=True)
        self.eyes["onlooker"] = Eyes(onlooker, Role.NETWORK_MEMBER, knows=False)
        self.eyes["truus"] = Eyes(truus, truus.role, MANDATED, knows=False)
        self.untied = {"admin", "peer", "stranger"}

    def _in_emergency(self) -> Actor:
        """Let a doctor of a crisis service open the file."""
        region, at = self.region, uuid4()
        region.world.operator(at, RegisterOrganisation(name="Crisisdienst Noord", kind="care"))
        who = Actor(region.person("Fay", "Blom"), Role.CARE_WORKER, at)
        region.world.operator(who.person, GiveRole(role=who.role, organisation=at))
        until = region.services.now() + timedelta(hours=24)
        given = {"reader": who.person, "organisation": at, "until": until}
        self._record(who, marked(EmergencyAccessOpened, **given))
        return who

    @staticmethod
    def _added(who: Actor, role: Role | None = None) -> TeamMemberAdded:
        return TeamMemberAdded(
            occurred_on=DAY,
            person=who.person,
            role=role or who.role,
            organisation=who.organisation,
        )

    def _jobs(self) -> Iterator[Event]:
        for placement in (self.job, self.over):
            yield marked(JobStarted, employer=self.region.bakery, placement=placement)

    def _all(self) -> Iterator[Event]:
        """Make an event of each type; what ends does so to the job that is over."""
        for kind in TYPES:
            given: dict[str, Any] = {}
            if "employer" in kind.model_fields:
                given["employer"] = self.region.bakery
            if "placement" in kind.model_fields:
                given["placement"] = self.over if ".ended" in kind.TYPE else self.job
            if kind is ClientStatementAdded:
                given["about"] = self.stated
            if kind is EntrySent:
                given["entry"] = self.stated
            if "target_type" in kind.model_fields:  # shielded and shown again; see test_protection
                given |= {"target": self.about, "target_type": JobStarted.TYPE, "begins": ()}
            if "client" in kind.model_fields:
                given["client"] = self.region.client.person
            yield marked(kind, **given)
            if issubclass(kind, AppointmentEvent):  # that one is over, as every marked day is
                yield marked(kind, **given, planned_on=COMING)

    def _paid(self) -> Iterator[Event]:
        """Make what is recorded of a funding."""
        for kind in (FundingApproved, FundingExtended, FundingEnded, FundingDocumentNoted):
            yield marked(kind, trajectory=self.trajectory)

    def _peers(self) -> Iterator[Event]:
        """Make what is recorded of a group that the client is in."""
        at = self.region.world.organisation
        for kind in (PeerGroupStarted, PeerNeedsSurveyed, PeerSessionHeld, PeerTrainingGiven):
            given = {"organisation": at, "person": self.region.client.person}
            yield marked(kind, **{k: v for k, v in given.items() if k in kind.model_fields})

    def _record(self, actor: Actor, *events: Event, stream: UUID | None = None) -> None:
        stream = stream or self.trajectory
        log = self.region.services.log
        base = log.before(stream, actor.person, [], None, []).version
        drafts = [
            Draft(stream, at, event, actor, Why(uuid4()), self.region.services.now())
            for at, event in enumerate(events, base + 1)
        ]
        sealed = [log.entry_mapper.to_stored_event(draft) for draft in drafts]
        rights = [right for event in events for right in event.grants(stream)]
        log.committer.append(Unit(stream, base, sealed, grants=rights))
        self.region.services.handler.states.forget(stream)
        self._entries = []

    def entries(self) -> list[Entry]:
        """Give all that was recorded of the trajectory, the funding and the group."""
        if not self._entries:
            streams = (self.trajectory, self.funding, self.group)
            log = self.region.services.log
            self._entries = [entry for each in streams for entry in log.entries(each)]
        return self._entries

    def permit(self) -> None:
        """Let the client permit everything to everybody, to an auditor for an audit."""
        for eyes in self.eyes.values():
            audits = eyes.column is Role.AUDITOR
            given = marked(
                PermissionGranted,
                recipient=eyes.actor.person,
                organisation=eyes.actor.organisation,
                purpose=Purpose.AUDIT if audits else Purpose.FIND_WORK,
                categories=tuple(Category),
                until=None,
            )
            self.permissions.append(given.permission)
            self._record(self.region.client, given)
            eyes.permitted = FULL if eyes.knows else eyes.permitted
        self.region.projector.catch_up()

    def withdraw(self) -> None:
        """Let the client take all of it back; no read model hears of it before `follow`."""
        heard = self.entries()
        ended = [PermissionWithdrawn(occurred_on=DAY, permission=each) for each in self.permissions]
        self._record(self.region.client, *ended)
        for eyes in self.eyes.values():
            eyes.permitted = frozenset() if eyes.knows else eyes.permitted
        of = (PermissionGranted, PermissionWithdrawn)  # some reads ask the log, others a model
        told = (each for each in self.entries() if isinstance(each.body, of))
        self.turning = frozenset(
            str(e.event_id) for e in told if e.body.permission in self.permissions
        )
        self._entries = heard

    def follow(self) -> None:
        """Let the read models hear of all that was recorded."""
        self.region.projector.catch_up()
        self._entries, self.turning = [], frozenset()

    def send(self, name: str, *types: str) -> None:
        """Let the client send somebody an entry of each of these types."""
        eyes = self.eyes[name]
        for kind in types:
            entry = next(each.event_id for each in self.entries() if each.type == kind)
            told = marked(EntrySent, entry=entry, reader=eyes.actor.person, role=eyes.actor.role)
            self._record(self.region.client, told)
            self.sendings.append((name, told))
            (said,) = (each for each in self.entries() if each.body == told)
            eyes.sent |= {entry, said.event_id}
        self.region.projector.catch_up()

    def stop(self) -> None:
        """Let the client take all of that back."""
        for name, told in self.sendings:
            ended = EntrySendingStopped(occurred_on=DAY, sending=told.sending, entry=told.entry)
            self._record(self.region.client, ended)
            self.eyes[name].sent = frozenset()
        self.region.projector.catch_up()


def replaced(actor: Actor, behalf: UUID) -> Actor:
    return Actor(actor.person, actor.role, actor.organisation, behalf)

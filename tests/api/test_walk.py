"""Walks every role, category, field, ground and read: what is seen is what the reference says.

The expectation is read from the words of the reference (see matrix.py), not from the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.app import create_app
from api.openapi import described
from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.base import Category, Event, Kind, field_kinds
from domain.events.permissions import MandateNoted, PermissionGranted, PermissionWithdrawn
from domain.events.placement import JobStarted
from domain.events.team import NetworkMemberInvited, NetworkShare, TeamMemberAdded
from domain.events.trust import (
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor, Draft, Unit, Why
from tests.api.marked import DAY, TYPES, marked
from tests.api.matrix import ENDED, OF_THE_JOB, cell

NAMED = ("wants_reader", "recipient", "person", "broker", "auditor")
"""The fields that say to whom an entry is addressed, or whom it is about."""
OF_ONE_AUDITOR = (JudgementWritten.TYPE, AuditFinding.TYPE, FindingReplied.TYPE)
UNTIL_JUDGED = (TrustDecisionReviewed.TYPE, TrustDecisionRevised.TYPE)
MANDATED = frozenset("DHJ")
FULL = frozenset(Category)
THIRD_FOR = frozenset(
    {
        *(Role.JOB_COACH, Role.CARE_WORKER, Role.JOB_BROKER, Role.CLIENT_MANAGER),
        *(Role.EK_COORDINATOR, Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT),
    }
)
"""Who works for an organisation reads words of third parties, where they read words in full."""
_MARK = re.compile(r"merk\d+x")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Eyes:
    """Somebody who reads, and in whose column."""

    actor: Actor
    column: Role
    permitted: frozenset[str] = frozenset()
    knows: bool = True
    """A permission to them counts."""


@dataclass
class Walked:
    """How far the walk came."""

    cells: set[Any] = field(default_factory=set)
    fields: int = 0
    reads: int = 0
    marks: int = 0
    leaks: set[tuple[str, ...]] = field(default_factory=set)


class Scene:
    """A trajectory that holds every type of entry, and everybody who may look at it."""

    def __init__(self, region: Any, *, outside: bool) -> None:
        self.region, self.outside = region, outside
        region.renew()
        self.trajectory = region.trajectory
        self.job, self.over = uuid4(), uuid4()
        self.eyes: dict[str, Eyes] = {}
        self.permissions: list[UUID] = []
        self._people()
        self._record(region.coach, *self._jobs())
        decision = marked(TrustDecisionRecorded)
        self.decision = decision.decision
        self._record(region.coach, decision, *self._all())
        for name, behalf in (("friend", "manager"), ("broker", "expert"), ("floor", "boss")):
            own = replaced(self.eyes[name].actor, self.eyes[behalf].actor.person)
            self._record(own, *self._all())
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
        self._record(region.coach, self._added(stands_in, Role.JOB_COACH))
        onlooker = Actor(region.person("Ab", "Smit"), Role.NETWORK_MEMBER)
        truus = Actor(region.person("Truus", "Smit"), Role.LEGAL_REPRESENTATIVE)
        share = {"person": onlooker.person, "share": NetworkShare.OWN_ACTIONS}
        categories = tuple(Category(each) for each in sorted(MANDATED))
        self._record(
            region.client,
            marked(NetworkMemberInvited, **share),
            marked(MandateNoted, person=truus.person, categories=categories, until=None),
        )
        region.sampled(region.trajectory)
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
        self.eyes["onlooker"] = Eyes(onlooker, Role.NETWORK_MEMBER, knows=False)
        self.eyes["truus"] = Eyes(truus, truus.role, MANDATED, knows=False)
        self.untied = {"admin", "peer", "stranger"}

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
            if "client" in kind.model_fields:
                given["client"] = self.region.client.person
            yield marked(kind, **given)

    def _record(self, actor: Actor, *events: Event) -> None:
        log = self.region.services.log
        base = log.before(self.trajectory, [actor.person], None, []).version
        drafts = [
            Draft(self.trajectory, at, event, actor, Why(uuid4()), self.region.services.now())
            for at, event in enumerate(events, base + 1)
        ]
        sealed = [log.entry_mapper.to_stored_event(draft) for draft in drafts]
        rights = [right for event in events for right in event.grants(self.trajectory)]
        log.committer.append(Unit(self.trajectory, base, sealed, grants=rights))
        self.region.services.handler.states.forget(self.trajectory)

    def permit(self) -> None:
        """Let the client permit everything to everybody."""
        for eyes in self.eyes.values():
            given = marked(
                PermissionGranted,
                recipient=eyes.actor.person,
                categories=tuple(Category),
                until=None,
            )
            self.permissions.append(given.permission)
            self._record(self.region.client, given)
            eyes.permitted = FULL if eyes.knows else eyes.permitted
        self.region.projector.catch_up()

    def withdraw(self) -> None:
        """Let the client take all of it back."""
        ended = [PermissionWithdrawn(occurred_on=DAY, permission=each) for each in self.permissions]
        self._record(self.region.client, *ended)
        for eyes in self.eyes.values():
            eyes.permitted = frozenset() if eyes.knows else eyes.permitted
        self.region.projector.catch_up()


def replaced(actor: Actor, behalf: UUID) -> Actor:
    return Actor(actor.person, actor.role, actor.organisation, behalf)


def expected(scene: Scene, eyes: Eyes, entry: Any) -> frozenset[str]:
    """Say by the words of the reference which fields of an entry are seen."""
    event, column = entry.body, eyes.column
    held = event.model_dump(mode="json", exclude_none=True)
    person = str(eyes.actor.person)
    own = person in {str(entry.header.actor), str(entry.header.on_behalf_of)}
    own |= next((held[name] for name in NAMED if held.get(name)), None) == person
    if column is Role.AUDITOR and entry.type in OF_ONE_AUDITOR and not own:
        return frozenset()
    if column is Role.AUDITOR and entry.type in UNTIL_JUDGED:
        return frozenset()
    found = cell(column, event.category, outside=scene.outside)
    permitted = event.category in eyes.permitted
    if found.limit == "job":
        return _of_the_job(scene, entry.type, held)
    if not found.sees(Kind.FACT, own=own, permitted=permitted):
        return frozenset()
    limits = {"timing": {"occurred_on"}, "flag": {"occurred_on"}, "kind": {"occurred_on", "kind"}}
    if found.limit:
        return frozenset(held) & limits[found.limit]
    kinds = field_kinds(type(event))
    return frozenset(
        name
        for name in held
        if (kinds[name] is not Kind.THIRD and found.sees(kinds[name], own=own, permitted=permitted))
        or (kinds[name] is Kind.THIRD and found.words == "all" and column in THIRD_FOR)
    )


def _of_the_job(scene: Scene, kind: str, held: dict[str, Any]) -> frozenset[str]:
    running = held.get("placement") == str(scene.job) and "employer" in held
    ended = kind.partition(".")[2] == "ended.v1" and "employer" in held
    if held.get("placement") == str(scene.over):
        return frozenset(held) & ENDED if ended else frozenset()
    kinds = field_kinds(type_of(kind))
    facts = {name for name in held if kinds[name] is Kind.FACT}
    return frozenset(facts & OF_THE_JOB) if running else frozenset()


def type_of(kind: str) -> type[Event]:
    return next(each for each in TYPES if kind == each.TYPE)


LIMITED = ("job", "timing", "flag", "kind")


def check_entries(scene: Scene, eyes: Eyes, shown: dict[str, set[str]], walked: Walked) -> None:
    """Compare what a list of entries showed with what the reference says, field by field."""
    for entry in scene.region.services.log.entries(scene.trajectory):
        may = expected(scene, eyes, entry)
        got = shown.get(str(entry.event_id), set())
        category = entry.body.category
        limited = cell(eyes.column, category, outside=scene.outside).limit in LIMITED
        about = (eyes.actor.role, entry.type, sorted(eyes.permitted), scene.outside)
        assert got <= may if limited else got == may, (about, got ^ may)
        walked.cells.add((eyes.actor.role, category, bool(eyes.permitted), scene.outside))
        walked.fields += len(type(entry.body).model_fields)


def paged(scene: Scene, eyes: Eyes, what: str, walked: Walked) -> dict[str, set[str]]:
    """Read a whole list of entries: the fields shown, by entry."""
    shown: dict[str, set[str]] = {}
    after: dict[str, str] = {}
    while True:
        answer = scene.region.get(
            eyes.actor, f"trajectories/{scene.trajectory}/{what}", limit=100, **after
        )
        assert answer.status_code == 200, (eyes, what, answer.text)
        walked.reads += 1
        content = answer.json()
        for each in content["entries"]:
            shown[each["id"]] = {*each["text"], *each["fields"]}
        if content["next"] is None:
            return shown
        after = {"cursor": content["next"]}


def marks(scene: Scene) -> dict[str, list[tuple[Any, str]]]:
    """Say of which field each mark is, and of which entry each id."""
    found: dict[str, list[tuple[Any, str]]] = {}
    for entry in scene.region.services.log.entries(scene.trajectory):
        found.setdefault(str(entry.event_id), []).append((entry, "occurred_on"))
        for name, value in entry.body.model_dump(mode="json", exclude_none=True).items():
            text = str(value)
            for each in {*_MARK.findall(text), *_ID.findall(text)}:
                found.setdefault(each, []).append((entry, name))
    return found


def told(scene: Scene, eyes: Eyes, entry: Any, name: str) -> bool:
    """Say whether a field is seen, or tells no more than what is.

    The id of a note names the entry itself, in its slot; who received the client is on the team.
    """
    seen = expected(scene, eyes, entry)
    if name == "received_by":
        team = cell(eyes.column, Category.IDENTITY, outside=scene.outside)
        seen |= (
            {name} if team.sees(Kind.FACT, own=False, permitted="A" in eyes.permitted) else set()
        )
    return name in seen or (name == "note" and bool(seen))


def leaks(
    scene: Scene, eyes: Eyes, text: str, of: dict[str, list[tuple[Any, str]]], walked: Walked
) -> set[tuple[str, str]]:
    """Name the fields of which a mark or an id came out and that this reader does not see."""
    around = {str(each.actor.person) for each in scene.eyes.values()}
    around |= {str(each.actor.organisation) for each in scene.eyes.values()}
    around |= {str(scene.trajectory), str(scene.region.bakery)}
    found = set()
    for each in {*_MARK.findall(text), *_ID.findall(text)} - around:
        where = of.get(each, [])
        walked.marks += bool(where)
        if where and not any(told(scene, eyes, *place) for place in where):
            found |= {(entry.type, name) for entry, name in where[:1]}
    return found


def reads(scene: Scene) -> list[tuple[str, dict[str, str]]]:
    """Give every GET of the API with what it asks for."""
    paths = described(create_app(scene.region.services))["paths"]
    friend = scene.eyes["friend"].actor
    ids = {"id": str(scene.trajectory), "decision": str(scene.decision)}
    found = []
    for path, operations in sorted(paths.items()):
        if "get" not in operations or not path.startswith("/api/v1/") or "openapi" in path:
            continue
        held = {"id": str(scene.region.client.person)} if "/directory/" in path else ids
        asked = {"person": str(friend.person), "role": "network_member"}
        params = asked if path.endswith("/see-as") else {}
        found.append((path.removeprefix("/api/v1/").format(**held), params))
    return found


def walk(scene: Scene, walked: Walked, names: frozenset[str]) -> None:
    """Let each of these read everything."""
    of, every = marks(scene), reads(scene)
    for name in sorted(names):
        eyes = scene.eyes[name]
        if name not in scene.untied:
            shown = paged(scene, eyes, "timeline", walked)
            check_entries(scene, eyes, shown, walked)
            assert paged(scene, eyes, "audit-trail", walked) == shown
        for path, params in every:
            answer = scene.region.get(eyes.actor, path, **params)
            walked.reads += 1
            assert answer.status_code in {200, 404, 422}, (name, path, answer.text)
            if name in scene.untied and path.startswith("trajectories/"):
                assert answer.status_code == 404, (name, path)
                gone = path.replace(str(scene.trajectory), str(uuid4()))
                nothing = scene.region.get(eyes.actor, gone, **params)
                assert nothing.content == answer.content
                assert nothing.headers.keys() == answer.headers.keys()
            seen = leaks(scene, eyes, answer.text, of, walked)
            if path.endswith("/see-as"):
                seen |= leaks(scene, scene.eyes["friend"], answer.text, of, walked)
            what = path.rpartition("/")[2]
            walked.leaks |= {(eyes.actor.role.value, what, *each) for each in seen}
    assert not walked.leaks, sorted(walked.leaks)


@pytest.fixture(scope="module")
def walked() -> Iterator[Walked]:
    found = Walked()
    yield found
    print(  # noqa: T201 - the walk says how far it came
        f"\nwalked {len(found.cells)} cells, {found.fields} fields, {found.reads} reads;"
        f" {found.marks} marks came out, each of a field that its reader sees"
    )


@pytest.mark.timeout(400)
def test_everybody_sees_what_the_reference_says_before_and_after_a_permission(region, walked):
    scene = Scene(region, outside=False)
    tied = frozenset(scene.eyes) - scene.untied
    walk(scene, walked, frozenset(scene.eyes))
    scene.permit()
    walk(scene, walked, tied)
    scene.withdraw()
    walk(scene, walked, tied)
    assert {each.value for _, each, *_ in walked.cells} >= {*"ABCDEFGHIJKLMNQ"}
    assert {role for role, *_ in walked.cells} == set(Role) - {Role.SYSADMIN, Role.PEER}


def test_a_coach_outside_the_care_organisation_narrows_as_the_footnote_says(region, walked):
    scene = Scene(region, outside=True)
    both = frozenset({"coach", "carer", "stands in"})
    walk(scene, walked, both)
    scene.permit()
    walk(scene, walked, both)


def test_the_walk_finds_what_leaks(region):
    scene = Scene(region, outside=False)
    lead, eyes = scene.eyes["lead"], scene.eyes["coach"]
    shown = paged(scene, eyes, "timeline", Walked())
    with pytest.raises(AssertionError):
        check_entries(scene, lead, shown, Walked())
    text = region.get(eyes.actor, f"trajectories/{scene.trajectory}/timeline", limit=100).text
    assert leaks(scene, lead, text, marks(scene), Walked())

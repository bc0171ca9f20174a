"""Walks every role, category, field, ground and read: what is seen is what the reference says.

The expectation is read from the words of the reference (see matrix.py), not from the policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from api.app import create_app
from api.openapi import described
from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.base import Category, Event, Kind, field_kinds
from domain.events.correction import EntryShielded, EntryUndone, EntryUnshielded
from domain.events.placement import JobStarted
from domain.events.trust import (
    ClientStatementAdded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from tests.api.marked import TYPES
from tests.api.matrix import ENDED, OF_THE_JOB, cell
from tests.api.scene import Eyes, Scene

NAMED = ("wants_reader", "recipient", "person", "broker", "auditor")
"""The fields that say to whom an entry is addressed, or whom it is about."""
OF_ONE_AUDITOR = (JudgementWritten.TYPE, AuditFinding.TYPE, FindingReplied.TYPE)
UNTIL_JUDGED = (TrustDecisionReviewed.TYPE, TrustDecisionRevised.TYPE)
BETWEEN_TWO = (EntryShielded.TYPE, EntryUnshielded.TYPE, EntryUndone.TYPE)
"""Of the client and who recorded them: to others they would tell of what is hidden."""
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
class Walked:
    """How far the walk came."""

    cells: set[Any] = field(default_factory=set)
    fields: int = 0
    reads: int = 0
    marks: int = 0
    leaks: set[tuple[str, ...]] = field(default_factory=set)


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
    wrote = (entry.header.actor, entry.header.role) == (eyes.actor.person, eyes.actor.role)
    wrote |= entry.header.on_behalf_of == eyes.actor.person
    if entry.type in BETWEEN_TWO and not (wrote or column is Role.CLIENT):
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
    if entry.type == ClientStatementAdded.TYPE and not _stated(scene, eyes):
        del held["about"]
    kinds = field_kinds(type(event))
    return frozenset(
        name
        for name in held
        if (kinds[name] is not Kind.THIRD and found.sees(kinds[name], own=own, permitted=permitted))
        or (kinds[name] is Kind.THIRD and found.words == "all" and column in THIRD_FOR)
    )


def _stated(scene: Scene, eyes: Eyes) -> bool:
    """Say whether somebody sees the entry that the statements are about."""
    entries = scene.region.services.log.entries(scene.trajectory)
    (about,) = (each for each in entries if each.event_id == scene.stated)
    return bool(expected(scene, eyes, about))


def _reads(scene: Scene, eyes: Eyes) -> bool:
    """Say whether somebody reads the words of the entry that the statements are about: of work."""
    found = cell(eyes.column, JobStarted.CATEGORY, outside=scene.outside)
    permitted = JobStarted.CATEGORY in eyes.permitted
    return not found.limit and found.sees(Kind.WORDS, own=False, permitted=permitted)


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
    What the client says about an entry stands beside it, for who reads its words.
    """
    seen = expected(scene, eyes, entry)
    if name == "received_by":
        team = cell(eyes.column, Category.IDENTITY, outside=scene.outside)
        seen |= (
            {name} if team.sees(Kind.FACT, own=False, permitted="A" in eyes.permitted) else set()
        )
    beside = entry.type == ClientStatementAdded.TYPE and name in {"text", "occurred_on"}
    return name in seen or (name == "note" and bool(seen)) or (beside and _reads(scene, eyes))


def leaks(  # noqa: PLR0917 - what came out, and how it is judged
    scene: Scene,
    eyes: Eyes,
    text: str,
    of: dict[str, list[tuple[Any, str]]],
    walked: Walked,
    may: Callable[[Scene, Eyes, Any, str], bool] = told,
) -> set[tuple[str, str]]:
    """Name the fields of which a mark or an id came out and that this reader may not be given."""
    around = {str(each.actor.person) for each in scene.eyes.values()}
    around |= {str(each.actor.organisation) for each in scene.eyes.values()}
    around |= {str(scene.trajectory), str(scene.region.bakery)}
    found = set()
    for each in {*_MARK.findall(text), *_ID.findall(text)} - around:
        where = of.get(each, [])
        walked.marks += bool(where)
        if where and not any(may(scene, eyes, *place) for place in where):
            found |= {(entry.type, name) for entry, name in where[:1]}
    return found


def reads(scene: Scene) -> list[tuple[str, dict[str, str]]]:
    """Give every GET of the API with what it asks for."""
    paths = described(create_app(scene.region.services))["paths"]
    friend = scene.eyes["friend"].actor
    entry = next(
        each
        for each in scene.region.services.log.entries(scene.trajectory)
        if each.type == JobStarted.TYPE
    )
    ids = {"id": str(scene.trajectory), "decision": str(scene.decision)}
    ids["entry"] = str(entry.event_id)
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

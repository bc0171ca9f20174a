"""Judges what came out of the service by the words of the reference, not by the policy.

See matrix.py for those words, and scene.py for what there is to see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.base import Category, Kind, field_kinds
from domain.events.correction import EntryShielded, EntryUndone, EntryUnshielded
from domain.events.cover import CoverArranged
from domain.events.file_copy import CopyGiven
from domain.events.permissions import EntrySent
from domain.events.placement import JobStarted
from domain.events.trust import (
    ClientStatementAdded,
    DissentRecorded,
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from projections.standing import standing
from tests.api.marked import COMING
from tests.api.matrix import LISTED, cell
from tests.api.scene import Eyes, Scene

NAMED = ("wants_reader", "recipient", "person", "broker", "auditor")
"""The fields that say to whom an entry is addressed, or whom it is about."""
OF_ONE_AUDITOR = (JudgementWritten.TYPE, AuditFinding.TYPE, FindingReplied.TYPE)
UNTIL_JUDGED = (TrustDecisionReviewed.TYPE, TrustDecisionRevised.TYPE, DissentRecorded.TYPE)
APPOINTMENTS = tuple(f"appointment.{each}.v1" for each in ("made", "moved", "cancelled"))
BETWEEN_TWO = (EntryShielded.TYPE, EntryUnshielded.TYPE, EntryUndone.TYPE)
"""Of the client and who recorded them: to others they would tell of what is hidden."""
THIRD_FOR = frozenset(
    {
        *(Role.JOB_COACH, Role.CARE_WORKER, Role.JOB_BROKER, Role.CLIENT_MANAGER),
        *(Role.EK_COORDINATOR, Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT),
    }
)
"""Who works for an organisation reads words of third parties, where they read words in full."""
LANES = {"care": {Role.CARE_WORKER, Role.PEER_WORKER}}
"""By who recorded it; an employer knows of nobody but the job coach. The other lanes are alike."""
CHOICES = (TrustDecisionRecorded.TYPE, TrustDecisionRevised.TYPE)
MARKS = re.compile(
    r"merk\d+x"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\b(?:19[5-9]|20[01])\d-\d\d-\d\d\b"
    r"|(?<![\w.-])\d+\.\d{4}(?!\d)"
    r"|(?<![\w.-])(?<!\d,)1[0-4]\d\d(?![\w.:-])"
)
"""Words, ids, days and numbers as marked.py makes them."""


@dataclass
class Walked:
    """How far the walk came."""

    cells: set[Any] = field(default_factory=set)
    entries: int = 0
    fields: int = 0
    reads: int = 0
    marks: int = 0
    pages: int = 0
    asked_in_body: int = 0
    nothings: int = 0
    """The answers that were compared with those about nothing at all."""
    where: set[str] = field(default_factory=set)
    """The answers in which entries were compared."""
    asked: set[str] = field(default_factory=set)
    """By what answers were narrowed."""
    leaks: set[tuple[str, ...]] = field(default_factory=set)

    def told(self) -> dict[str, int]:
        """Say how far, in numbers."""
        names = ("entries", "fields", "reads", "marks", "pages", "asked_in_body", "nothings")
        return {"cells": len(self.cells), **{name: getattr(self, name) for name in names}}


def expected(scene: Scene, eyes: Eyes, entry: Any) -> frozenset[str]:
    """Say by the words of the reference which fields of an entry are seen."""
    event, column = entry.body, eyes.column
    held = event.model_dump(mode="json", exclude_none=True)
    own = _own(eyes, entry, held)
    if kept_back(eyes, entry):
        return frozenset()
    found = cell(column, event.category, outside=scene.outside or eyes.outside)
    permitted = event.category in eyes.permitted
    if entry.event_id in eyes.sent:
        return _sent(entry, held)
    if found.limit == "job":
        return _of_the_job(scene, entry.type, held)
    if not found.sees(Kind.FACT, own=own, permitted=permitted):
        return frozenset()
    if found.limit:
        return _listed(found.limit, entry.type, held)
    if entry.type == ClientStatementAdded.TYPE and not _stated(scene, eyes):
        del held["about"]
    if entry.type == EntrySent.TYPE and not _there(scene, eyes, entry.body.entry):
        del held["entry"]
    kinds = field_kinds(type(event))
    if entry.stream == scene.group:  # references and facts, no words
        held = {name: each for name, each in held.items() if kinds[name] is Kind.FACT}
    return frozenset(
        name
        for name in held
        if (kinds[name] is not Kind.THIRD and found.sees(kinds[name], own=own, permitted=permitted))
        or (kinds[name] is Kind.THIRD and found.words == "all" and column in THIRD_FOR)
    )


def kept_back(eyes: Eyes, entry: Any) -> bool:
    """Say whether an entry does not exist for a reader, whatever the matrix says of it."""
    column = eyes.column
    if column is Role.AUDITOR and entry.type in UNTIL_JUDGED:
        return True
    if column is Role.AUDITOR and entry.type in OF_ONE_AUDITOR:
        return not _own(eyes, entry, entry.body.model_dump(mode="json", exclude_none=True))
    if column is Role.EMPLOYER and entry.type in APPOINTMENTS:
        return entry.body.planned_on < COMING
    wrote = (entry.header.actor, entry.header.role) == (eyes.actor.person, eyes.actor.role)
    wrote |= entry.header.on_behalf_of == eyes.actor.person
    return entry.type in BETWEEN_TWO and not (wrote or column is Role.CLIENT)


def _own(eyes: Eyes, entry: Any, held: dict[str, Any]) -> bool:
    person = str(eyes.actor.person)
    own = person in {str(entry.header.actor), str(entry.header.on_behalf_of)}
    return own or next((held[name] for name in NAMED if held.get(name)), None) == person


def _stated(scene: Scene, eyes: Eyes) -> bool:
    """Say whether somebody sees the entry that the statements are about."""
    return _there(scene, eyes, scene.stated)


def _there(scene: Scene, eyes: Eyes, entry: UUID) -> bool:
    """Say whether an entry exists for somebody; the client and who guards the file hear of all."""
    if eyes.column in {Role.CLIENT, Role.PRIVACY_OFFICER}:
        return True
    return any(expected(scene, eyes, each) for each in scene.entries() if each.event_id == entry)


def _sent(entry: Any, held: dict[str, Any]) -> frozenset[str]:
    """Say what is seen of what the client sent: facts and words, not what is confidential."""
    kinds = field_kinds(type(entry.body))
    return frozenset(name for name in held if kinds[name] in {Kind.FACT, Kind.WORDS})


def _reads(scene: Scene, eyes: Eyes) -> bool:
    """Say whether somebody reads the words of the entry that the statements are about: of work."""
    found = cell(eyes.column, JobStarted.CATEGORY, outside=scene.outside or eyes.outside)
    permitted = JobStarted.CATEGORY in eyes.permitted
    return not found.limit and found.sees(Kind.WORDS, own=False, permitted=permitted)


def _of_the_job(scene: Scene, kind: str, held: dict[str, Any]) -> frozenset[str]:
    if "employer" not in held:
        return frozenset()
    jobs = {str(scene.job): "job", str(scene.over): "over"}
    limit = jobs.get(held.get("placement", ""))
    return _listed(limit, kind, held) if limit else frozenset()


def _listed(limit: str, kind: str, held: dict[str, Any]) -> frozenset[str]:
    return frozenset(held).intersection(LISTED[limit].get(kind, "").split())


def asked_for(eyes: Eyes, entry: Any, asked: Mapping[str, str]) -> bool:
    """Say whether an entry is one of those that an address asks for."""
    known, until = asked.get("known_at"), asked.get("happened_until")
    letters, lane = asked.get("categories"), asked.get("lane")
    role = Role.JOB_COACH if eyes.column is Role.EMPLOYER else entry.header.role
    return (
        (known is None or entry.recorded_at <= datetime.fromisoformat(known))
        and (until is None or entry.body.occurred_on <= date.fromisoformat(until))
        and (letters is None or entry.body.category.value in letters.split(","))
        and (lane is None or role in LANES[lane])
    )


def stands(scene: Scene, eyes: Eyes, asked: Mapping[str, str]) -> set[str]:
    """Name the entries that stand, or stood then, of those that somebody sees."""
    here = (
        e for e in scene.entries() if e.stream == scene.trajectory and asked_for(eyes, e, asked)
    )
    there = [each for each in here if not kept_back(eyes, each)]
    held = (e for e in standing(there).values() if not gone_by(e))
    return {str(e.event_id) for e in held if expected(scene, eyes, e)}


def gone_by(entry: Any) -> bool:
    """Say whether it is an appointment or a cover of which the day is over: it stands no more."""
    if entry.type == CoverArranged.TYPE:
        return bool(entry.body.ends_on < COMING)
    return entry.type in APPOINTMENTS and entry.body.planned_on < COMING


def of_types(scene: Scene, eyes: Eyes, asked: Mapping[str, str], *types: str) -> set[str]:
    """Name the entries of these types that somebody sees."""
    found = (e for e in scene.entries() if e.type in types and asked_for(eyes, e, asked))
    return {str(each.event_id) for each in found if expected(scene, eyes, each)}


def of_trajectory(scene: Scene, eyes: Eyes, asked: Mapping[str, str]) -> set[str]:
    """Name the entries of the trajectory that somebody sees, of those that are asked for."""
    here = (each for each in scene.entries() if each.stream == scene.trajectory)
    there = (each for each in here if asked_for(eyes, each, asked))
    return {str(each.event_id) for each in there if expected(scene, eyes, each)}


def copied(scene: Scene, eyes: Eyes) -> set[str]:
    """Name the entries of the trajectory that somebody sees until the copy was given."""
    here = [each for each in scene.entries() if each.stream == scene.trajectory]
    last = max(each.version for each in here if each.type == CopyGiven.TYPE)
    there = (each for each in here if each.version <= last)
    return {str(each.event_id) for each in there if expected(scene, eyes, each)}


def entries_in(content: Any) -> Iterator[dict[str, Any]]:
    """Find every entry in an answer, however deep."""
    if isinstance(content, list):
        for each in content:
            yield from entries_in(each)
    if isinstance(content, dict):
        if {"id", "type", "fields"} <= content.keys():
            yield content
        for each in content.values():
            yield from entries_in(each)


def check_answer(  # noqa: PLR0917 - what came out, and how it is judged
    scene: Scene,
    eyes: Eyes,
    what: str,
    content: Any,
    walked: Walked,
    through: Eyes | None = None,
) -> None:
    """Compare every entry in an answer with what the reference says, field by field.

    Who looks `through` the eyes of another sees what both do.
    """
    known = {str(each.event_id): each for each in scene.entries()}
    for told in entries_in(content):
        entry = known.get(told["id"])
        if entry is None:  # of the directory
            continue
        may = expected(scene, eyes, entry)
        may &= expected(scene, through, entry) if through else may
        got = {*told.get("text", ()), *told["fields"]}
        assert got == may, (eyes.actor.role, entry.type, got ^ may)
        walked.fields += len(got)
        walked.entries += 1
        walked.where.add(what)


def check_whole(
    scene: Scene, eyes: Eyes, what: str, content: Any, asked: Mapping[str, str]
) -> None:
    """Check that a list of entries leaves none out, and has none that was not asked for."""
    if what == str(scene.trajectory):
        found, wanted = content["standing"], stands(scene, eyes, asked)
        # Whom to call is told to an employer alone: who coaches or stands in, and nobody else.
        called = {each["name"] for each in content.get("contact", ())}
        coaches = {"Sam de Wit", "Jo Aarts"} if eyes.actor.role is Role.EMPLOYER else set()
        assert called == coaches, (eyes.actor.role, called)
    elif what == "trust-decisions":
        found, wanted = content["decisions"], of_types(scene, eyes, asked, *CHOICES)
    elif what == "timeline" and asked:
        found, wanted = content["entries"], of_trajectory(scene, eyes, asked)
        if content["next"] is not None:
            wanted &= {each["id"] for each in found}
            assert len(found) == int(asked["limit"]), "a page is full"
    elif what == "copy":
        found, wanted = content["entries"], copied(scene, eyes)
        assert content["given"] == found[-1]
    elif what == str(scene.group):
        theirs = (each for each in scene.entries() if each.stream == scene.group)
        wanted = {str(each.event_id) for each in theirs if expected(scene, eyes, each)}
        found = content["standing"]
    elif what == "fundings":
        paid = (each for each in scene.entries() if each.stream == scene.funding)
        wanted = {str(each.event_id) for each in paid if expected(scene, eyes, each)}
        found = list(entries_in(content))
    else:
        return
    differ = {each["id"] for each in found} ^ wanted
    assert not differ - scene.turning, (eyes.actor.role, what, asked)


def marks(scene: Scene) -> dict[str, list[tuple[Any, str]]]:
    """Say of which field each mark is, and of which entry each id."""
    found: dict[str, list[tuple[Any, str]]] = {}
    for entry in scene.entries():
        found.setdefault(str(entry.event_id), []).append((entry, "occurred_on"))
        for name, value in entry.body.model_dump(mode="json", exclude_none=True).items():
            for each in () if name == "occurred_on" else {*MARKS.findall(str(value))}:
                found.setdefault(each, []).append((entry, name))
    return found


def told(scene: Scene, eyes: Eyes, entry: Any, name: str) -> bool:
    """Say whether a field is seen, or tells no more than what is.

    The id of a note names the entry itself, in its slot; who received the client is on the team.
    What the client says about an entry stands beside it, for who reads its words.
    """
    seen = expected(scene, eyes, entry)
    if name == "received_by":
        team = cell(eyes.column, Category.IDENTITY, outside=scene.outside or eyes.outside)
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
    for each in {*MARKS.findall(text)} - around:
        where = of.get(each, [])
        walked.marks += bool(where)
        if where and not any(may(scene, eyes, *place) for place in where):
            found |= {(entry.type, name) for entry, name in where[:1]}
    return found

"""What is taken back is gone with its commit, along every way in, before any read model follows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.events.trust import TrustDecisionRecorded
from domain.roles import Role
from tests.api.addresses import reads
from tests.api.other_ways import page, pages
from tests.api.region import Region
from tests.api.scene import Eyes

CLOSE_BY = ("B", "D", "E", "F", "H", "I", "J", "L", "N")
TELLS_WHAT_IS_SHARED = ("/checks", "/sharing")
Ways = dict[tuple[str, str], tuple[int, str]]
_MARK = re.compile(r"merk-\w+")
_SEED = re.compile(r'name="seed"[^>]*')
"""Another one is proposed at each visit."""
_KEY = re.compile(r'name="key" value="[^"]*"')
"""Of a form: another each time that it is shown."""


@dataclass
class Small:
    """A file with one of each of what hangs together, to ask every address about."""

    region: Region
    trajectory: UUID
    programme: UUID
    group: UUID
    decision: UUID
    eyes: dict[str, Eyes]

    def entries(self) -> list[Any]:
        """Give all that was recorded of it."""
        found: list[Any] = self.region.services.log.entries(self.trajectory)
        return found


@pytest.fixture
def small(own_region):
    region = own_region
    programme = region.sampled(region.trajectory)
    lead = region.somebody("Jo", "Aarts", Role.TEAM_LEAD)
    manager = region.somebody("Ank", "Bos", Role.CLIENT_MANAGER)
    note(region, "a")
    people = {
        "client": region.client,
        "coach": region.coach,
        "carer": region.carer,
        "friend": region.friend,
        "boss": region.boss,
        "auditor": region.auditor,
        "lead": lead,
        "manager": manager,
    }
    decisions = [
        each.body.decision
        for each in region.services.log.entries(region.trajectory)
        if isinstance(each.body, TrustDecisionRecorded)
    ]
    eyes = {name: Eyes(who, who.role) for name, who in people.items()}
    return Small(region, region.trajectory, programme, uuid4(), decisions[0], eyes)


def note(region: Region, mark: str, *which: str) -> list[str]:
    """Note work, a choice, a setback, a contact and how it goes, or these; gives the entries.

    Each has a word that stands nowhere else.
    """
    work = {
        "placement": uuid4(),
        "kind": "job",
        "employer": region.bakery,
        "title": f"merk-work-{mark}",
        "starts_on": "2026-03-02",
        "hours_per_week": 16 + len(mark),
        "contract": "fixed",
    }
    choice = {
        "question": f"merk-question-{mark}",
        "client_want": "eerst mijn schulden",
        "choice": "ja",
        "rationale": "zo kan het",
        "review_on": "2026-06-01",
    }
    setback = {"words": f"merk-setback-{mark}"}
    contact = {"mode": "phone", "text": f"merk-contact-{mark}"}
    scored = {"score": 4 + len(mark) % 3, "words": f"merk-score-{mark}"}
    said = (
        (region.coach, "log-placement", work),
        (region.coach, "record-decision", choice),
        (region.coach, "log-contact", contact),
        (region.client, "signal-setback", setback),
        (region.client, "score-wellbeing", scored),
    )
    answers = (
        region.said(who, region.trajectory, command, **body)
        for who, command, body in said
        if command in which or not which
    )
    return [each for answer in answers for each in answer["entries"]]


def permit(small: Small, name: str) -> UUID:
    """Let the client permit somebody what they may be permitted."""
    region, permission = small.region, uuid4()
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=small.eyes[name].actor.person,
        recipient_kind="person",
        purpose="care" if name == "carer" else "close_by",
        categories=("B", "F") if name == "manager" else CLOSE_BY,
        legal_basis="consent",
    )
    return permission


def every_way(small: Small, name: str, asked: list[tuple[str, dict[str, str]]]) -> Ways:
    """Give what somebody is told along each way that there is, but for who looked: that grows."""
    eyes, told = small.eyes[name], {}
    for path, params in asked:
        if not path.endswith("/access"):
            answer = small.region.get(eyes.actor, path, **params)
            told[path, str(params)] = answer.status_code, answer.text
    for path in pages(small):
        if path.endswith("/wie-keek"):
            continue
        answer = page(small, eyes, path)
        told[path, "page"] = answer.status_code, _KEY.sub("", _SEED.sub("", answer.text))
    return told


def differ(one: Ways, other: Ways) -> set[tuple[str, str]]:
    """Name the ways along which something else is told."""
    return {way for way in one if one[way] != other[way]}


def words(told: Ways) -> set[str]:
    """Find the words that stand in one entry alone."""
    return {each for _, text in told.values() for each in _MARK.findall(text)}


def but_permissions(told: Ways) -> Ways:
    """Leave out that something was permitted: of that, who was permitted keeps the entry."""
    return {
        way: (status, json.dumps(_stripped(json.loads(text))))
        for way, (status, text) in told.items()
        if way[1] != "page" and not way[0].endswith(TELLS_WHAT_IS_SHARED)
    }


def _stripped(content: Any) -> Any:
    if isinstance(content, list):
        kept = (each for each in content if not _of_permission(each))
        return [_stripped(each) for each in kept]
    if isinstance(content, dict):
        return {name: _stripped(each) for name, each in content.items()}
    return content


def _of_permission(each: Any) -> bool:
    return isinstance(each, dict) and str(each.get("type", "")).startswith("permission.")


def straight(region: Region, who: Any, command: str, **body: Any) -> None:
    """Record something; no read model hears of it."""
    answer = region.http.post(
        f"/api/v1/trajectories/{region.trajectory}/{command}",
        json={name: str(value) for name, value in body.items()},
        headers=region.headers(who),
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("name", ["friend", "carer", "manager"])
def test_a_withdrawn_permission_is_gone_from_every_way_in_with_its_commit(small, name):
    region, asked = small.region, reads(small)
    before = every_way(small, name, asked)
    permission = permit(small, name)
    given = every_way(small, name, asked)
    straight(region, region.client, "withdraw-permission", permission=permission)
    after = every_way(small, name, asked)
    assert len(differ(before, given)) > 10
    assert words(given) > words(before)
    assert words(after) == words(before)
    assert {way: told[0] for way, told in after.items()} == {w: t[0] for w, t in before.items()}
    assert but_permissions(after) == but_permissions(before)
    if name == "manager":  # who is told of nothing that was permitted
        assert after == before


@pytest.mark.parametrize("name", ["friend", "carer", "lead", "auditor"])
def test_a_shielded_entry_is_gone_from_every_way_in_with_its_commit(small, name):
    region, asked = small.region, reads(small)
    if name in {"friend", "carer"}:
        permit(small, name)
    page(small, small.eyes[name], f"/traject/{small.trajectory}")  # what was new there no longer is
    before = every_way(small, name, asked)
    noted = note(region, "b", "record-decision", "log-contact", "score-wellbeing")
    own = [(f"trajectories/{small.trajectory}/entries/{each}/consequences", {}) for each in noted]
    seen = every_way(small, name, [*asked, *own])
    assert len(differ(before, seen)) > 3
    assert any(seen[path, "{}"][0] == 200 for path, _ in own)
    for entry in noted:
        straight(region, region.client, "shield-entry", entry=entry)
    after = every_way(small, name, [*asked, *own])
    assert not differ(before, after)
    nothing = region.get(
        small.eyes[name].actor, f"trajectories/{small.trajectory}/entries/{uuid4()}/consequences"
    )
    assert {after[path, "{}"] for path, _ in own} == {(404, nothing.text)}

"""Walks every role, category, field, ground and read: what is seen is what the reference says.

The expectation is read from the words of the reference (see walking.py and matrix.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, SimpleNamespace

import pytest

from api.web import choosing, pages
from domain.events.base import Category
from domain.roles import ROLE_OF, Role
from tests.api.addresses import SEEN_AS, reads, then
from tests.api.elsewhere import check_looks, copies, looks, outside, totals
from tests.api.other_ways import as_nothing, walk_bodies, walk_pages
from tests.api.scene import Eyes, Scene
from tests.api.walking import (
    Walked,
    asked_for,
    check_answer,
    check_whole,
    expected,
    leaks,
    marks,
)
from tests.tools import walks


def check_entries(
    scene: Scene,
    eyes: Eyes,
    shown: dict[str, set[str]],
    walked: Walked,
    asked: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Compare what a list of entries showed with what the reference says, field by field."""
    for entry in (each for each in scene.entries() if each.stream == scene.trajectory):
        may = expected(scene, eyes, entry) if asked_for(eyes, entry, asked) else frozenset()
        got = shown.get(str(entry.event_id), set())
        category, outside_care = entry.body.category, scene.outside or eyes.outside
        about = (eyes.actor.role, entry.type, sorted(eyes.permitted), outside_care, asked)
        assert got == may, (about, got ^ may)
        walked.cells.add((eyes.actor.role, category, bool(eyes.permitted), outside_care))
        walked.entries += 1
        walked.fields += len(type(entry.body).model_fields)


def paged(scene: Scene, eyes: Eyes, what: str, walked: Walked, **asked: str) -> dict[str, set[str]]:
    """Read a whole list of entries: the fields shown, by entry."""
    shown: dict[str, set[str]] = {}
    after: dict[str, str] = {}
    while True:
        answer = scene.region.get(
            eyes.actor, f"trajectories/{scene.trajectory}/{what}", limit=100, **asked, **after
        )
        assert answer.status_code == 200, (eyes, what, answer.text)
        walked.reads += 1
        content = answer.json()
        for each in content["entries"]:
            shown[each["id"]] = {*each["text"], *each["fields"]}
        if content["next"] is None:
            return shown
        after = {"cursor": content["next"]}


def walk(
    scene: Scene, walked: Walked, names: frozenset[str], on_pages: frozenset[str] | None = None
) -> None:
    """Let each of these read everything, and those on pages too; all of them if none is named."""
    of, every = marks(scene), reads(scene)
    for name in sorted(names):
        eyes = scene.eyes[name]
        if name not in scene.untied:
            shown = paged(scene, eyes, "timeline", walked)
            check_entries(scene, eyes, shown, walked)
            assert paged(scene, eyes, "audit-trail", walked) == shown
        for path, params in every:
            role, what = params.get("role"), path.rpartition("/")[2]
            through = scene.eyes[SEEN_AS[ROLE_OF[role]]] if role else None
            text = read(scene, name, (path, params), through, walked)
            seen = leaks(scene, eyes, text, of, walked)
            if through:
                seen |= leaks(scene, through, text, of, walked)
            walked.leaks |= {(eyes.actor.role.value, what, *each) for each in seen}
        looks_on = on_pages is None or name in on_pages
        shown_there = walk_pages(scene, name, walked) if looks_on else ()
        for what, text in (*shown_there, *walk_bodies(scene, name, walked)):
            seen = leaks(scene, eyes, text, of, walked)
            walked.leaks |= {(eyes.actor.role.value, what, *each) for each in seen}
    assert not walked.leaks, sorted(walked.leaks)


def read(
    scene: Scene,
    name: str,
    asked: tuple[str, dict[str, str]],
    through: Eyes | None,
    walked: Walked,
) -> str:
    """Read one address and judge what is there, or that nothing is; gives what was said."""
    (path, params), eyes = asked, scene.eyes[name]
    answer = scene.region.get(eyes.actor, path, **params)
    walked.reads += 1
    walked.asked |= params.keys()
    assert answer.status_code in {200, 404, 422}, (name, path, answer.text)
    check_there(scene, name, path, there=answer.status_code == 200, walked=walked)
    if answer.status_code == 404:
        walked.nothings += as_nothing(scene, eyes, path, params, answer)
    if through and name == "client":  # who may look through the eyes of everybody
        assert answer.status_code == 200, (params, answer.text)
    if answer.status_code == 200:
        what = path.rpartition("/")[2]
        check_answer(scene, eyes, what, answer.json(), walked, through)
        check_whole(scene, eyes, what, answer.json(), params)
        if what == "access":
            check_looks(eyes, answer.json())
    return str(answer.text)


def check_there(scene: Scene, name: str, path: str, *, there: bool, walked: Walked) -> None:
    """Check that something is there for whom it is, and for nobody else."""
    beside = {} if scene.outside else outside(scene) | totals(scene) | copies(scene) | looks(scene)
    if path in beside:
        assert there == (name in beside[path]), (name, path)
    if path == f"directory/{scene.group}":
        role = scene.eyes[name].actor.role
        walked.cells.add((role, Category.PEER_GROUP, False, scene.outside))
    if name in scene.untied and path.startswith("trajectories/"):
        assert not there, (name, path)


def enough(walked: Walked, **least: int) -> None:
    """Check that a walk came this far: a walk that stops short finds nothing."""
    told = walked.told()
    assert all(told[name] >= number for name, number in least.items()), told


@pytest.fixture
def walked(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walked]:
    monkeypatch.setattr(pages, "PAGE", 1000)  # all that is told stands on the first
    monkeypatch.setattr(choosing, "BEFORE", 1000)
    found = Walked()
    yield found
    record_property(walks.NAME, found.told())


@pytest.mark.timeout(600)
def test_everybody_sees_what_the_reference_says_before_and_after_a_permission(region, walked):
    scene = Scene(region, outside=False)
    tied = frozenset(scene.eyes) - scene.untied
    walk(scene, walked, frozenset(scene.eyes))
    scene.permit()
    walk(scene, walked, tied)
    scene.withdraw()
    # What was permitted is gone, and no read model knows of it yet; pages read by the same ways.
    walk(scene, walked, tied, frozenset({"carer", "friend", "manager", "boss", "auditor"}))
    scene.follow()
    walk(scene, walked, frozenset({"friend", "manager"}))
    assert {each.value for _, each, *_ in walked.cells} == {*"ABCDEFGHIJKLMNPQR"}
    assert {role for role, *_ in walked.cells} == set(Role)
    assert walked.where == {
        *(str(scene.trajectory), str(scene.group), "timeline", "audit-trail", "handover"),
        *("fundings", "eigen-kracht", "trust-decisions", "context", "see-as", "consequences"),
        "copy",
    }
    assert walked.asked == {
        *("known_at", "happened_until", "lane", "categories", "limit", "person", "role"),
    }
    enough(walked, cells=500, entries=60_000, fields=400_000, reads=2_800, marks=90_000)
    enough(walked, pages=380, asked_in_body=160, nothings=1_200)


@pytest.mark.timeout(600)
def test_a_coach_outside_the_care_organisation_narrows_as_the_footnote_says(region, walked):
    scene = Scene(region, outside=True)
    narrowed = frozenset({"coach", "carer", "doctor", "stands in"})
    walk(scene, walked, narrowed)
    scene.permit()
    walk(scene, walked, frozenset(scene.eyes) - scene.untied, narrowed)
    assert {role for role, *_ in walked.cells} == set(Role) - {Role.SYSADMIN, Role.PEER}
    enough(walked, pages=140, cells=288, entries=20_000, fields=150_000, reads=1_000)


def test_what_the_client_sends_is_seen_by_one_and_by_nobody_when_it_stops(region, walked):
    scene = Scene(region, outside=False)
    payers = frozenset({"manager", "expert", "adviser"})
    for name in payers:  # each another one, so that each is a stranger to that of the others
        eyes = scene.eyes[name]
        walk(scene, walked, frozenset({name}))
        types = {"manager": "support.contact.v1", "expert": "lead.offered.v1"}
        scene.send(name, types.get(name, "application.made.v1"), "outreach.attempted.v1")
        assert len(eyes.sent) == 4
    walk(scene, walked, payers | {"broker", "carer"})
    scene.stop()
    walk(scene, walked, payers)
    assert {*"CEH"} <= {category.value for _, category, *_ in walked.cells}
    enough(walked, cells=60, entries=6_000, fields=40_000, reads=250)


def test_the_walk_finds_what_leaks(region):
    scene = Scene(region, outside=False)
    lead, eyes = scene.eyes["lead"], scene.eyes["coach"]
    shown = paged(scene, eyes, "timeline", Walked())
    with pytest.raises(AssertionError):
        check_entries(scene, lead, shown, Walked())
    for name in ("boss", "auditor", "coach"):  # who sees some in part, and is shown nothing
        with pytest.raises(AssertionError):
            check_entries(scene, scene.eyes[name], {}, Walked())
    of_job = {
        str(each.event_id): set(expected(scene, scene.eyes["boss"], each))
        for each in scene.entries()
    }
    check_entries(scene, scene.eyes["boss"], of_job, Walked())
    asked = {"known_at": then(scene)}
    early = paged(scene, eyes, "timeline", Walked(), **asked)
    check_entries(scene, eyes, early, Walked(), asked)
    for found, ask in ((early, {}), (shown, asked), (shown, {"lane": "care"})):
        with pytest.raises(AssertionError):
            check_entries(scene, eyes, found, Walked(), ask)
    del of_job[next(each for each, fields in of_job.items() if "hours_per_week" in fields)]
    with pytest.raises(AssertionError):
        check_entries(scene, scene.eyes["boss"], of_job, Walked())
    answer = region.get(eyes.actor, f"trajectories/{scene.trajectory}")
    with pytest.raises(AssertionError):
        check_answer(scene, lead, "", answer.json(), Walked())
    less = {"standing": answer.json()["standing"][1:]}
    with pytest.raises(AssertionError):
        check_whole(scene, eyes, str(scene.trajectory), less, {})
    text = region.get(eyes.actor, f"trajectories/{scene.trajectory}/timeline", limit=100).text
    found = leaks(scene, lead, text, marks(scene), Walked())
    assert found >= {
        ("informal_care.noted.v1", "hours_per_week"),
        ("trust.decided.v1", "review_on"),
    }


def test_what_was_walked_is_told_once_for_all_workers():
    told = {"cells": 3, "entries": 2, "fields": 5, "reads": 4, "marks": 1}
    told |= {"pages": 6, "asked_in_body": 7, "nothings": 8}

    def report(when: str) -> SimpleNamespace:
        return SimpleNamespace(when=when, user_properties=[(walks.NAME, told), ("other", "x")])

    found = walks.summed([report("call"), report("teardown"), report("teardown"), "a warning"])
    assert found is not None
    assert found.startswith("walked 6 cells of the matrix and 10 fields of 4 entries in 8 reads,")
    assert " 12 pages and 14 questions in a body; 2 marks came out" in found
    assert walks.summed([SimpleNamespace(when="teardown", user_properties=[])]) is None

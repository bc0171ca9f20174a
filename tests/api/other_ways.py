"""The ways in that are no GET of the API: the pages, and what is asked in a body.

And what is not to be told apart along any of them: what is hidden, and what never was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from api.reading.looking import VIEWS
from api.web.forms.fields import Shown
from api.web.forms.registry import FORMS, MADE
from domain.events.access import AccessQuestioned
from domain.events.base import Category
from domain.events.emergency import EmergencyAccessOpened
from domain.roles import Role
from tests.api.scene import Eyes, Scene
from tests.api.walking import Walked

NOTES_SUPPORT = frozenset({"coach", "carer", "stands in", "floor"})
"""Who has a `+` in H (7.5); who stands in for a coach has the coach's, and a peer worker on the
team notes their own contacts."""
REFERS = frozenset(
    {
        *(Role.JOB_COACH, Role.CARE_WORKER, Role.CLIENT_MANAGER, Role.JOB_BROKER, Role.TEAM_LEAD),
        *(Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT, Role.PEER_WORKER),
    }
)
"""Who begins a file for somebody else, and so looks first whether they are known."""
_FOR_SOME = re.compile(
    r"/(?:thuis|gehoord|gehoord/terug|mensen|noodkaart|uitnodiging|regel/.*|voor-het-dossier.*)$"
)
"""Pages of the client, of who was invited, of one entry, for one's own file: to others nothing."""
_OPENED = (Category.SUPPORT, Category.SETBACK, Category.TRUST)
"""An entry of each of these is opened: for the team, for who may read a signal, for who judges."""
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_CALLED, _NOBODY = ({"family_name": each, "birth_year": 1990} for each in ("Berg", "Nergensbekend"))


def pages(scene: Scene) -> list[str]:
    """Give every page that shows something of a file, with each form that shows something else.

    A form shows who it is about and what can be picked: so those with words of their own, and of
    the others one for each thing to pick.
    """
    kept = [each for each in scene.region.services.log.entries(scene.trajectory) if each.body]
    first = {type(each.body).CATEGORY: each.event_id for each in reversed(kept)}
    entries = [first[each] for each in _OPENED if each in first]
    opened = [each.body for each in kept if isinstance(each.body, EmergencyAccessOpened)]
    asked = [each.body for each in kept if isinstance(each.body, AccessQuestioned)]
    at = {
        "id": scene.trajectory,
        "choice": scene.decision,
        "coach": scene.region.coach.person,
        "emergency": opened[0].emergency if opened else scene.decision,
        "question": asked[0].note if asked else scene.decision,
    }
    found = [path for path in VIEWS if not path.startswith("/api/")]
    picking = {
        field.name: name
        for name, form in FORMS.items()
        for field in form.fields
        if field.shown is Shown.PICK
    }
    forms = {form.name for form in MADE} | set(picking.values())
    return list(
        dict.fromkeys(
            path.format(form=form, entry=entry, **at)
            for path in found
            for form in (sorted(forms) if "{form}" in path else [""])
            for entry in (entries if "{entry}" in path else [""])
        )
    )


def page(scene: Scene, eyes: Eyes, path: str) -> Any:
    """Ask for a page, and not for the one that it may send on to."""
    region = scene.region
    return region.http.get(path, headers=region.headers(eyes.actor), follow_redirects=False)


def walk_pages(scene: Scene, name: str, walked: Walked) -> Iterator[tuple[str, str]]:
    """Look at every page; gives what each of them says."""
    eyes = scene.eyes[name]
    for path in pages(scene):
        answer = page(scene, eyes, path)
        of_file = path.startswith("/traject/")
        walked.pages += 1
        assert answer.status_code in {200, 303, 403, 404}, (name, path, answer.text)
        if answer.status_code == 303:
            sent = {f"/traject/{scene.trajectory}", f"/traject/{scene.trajectory}/thuis"}
            assert path == "/overzicht", name
            assert answer.headers["location"] in sent, name
        if of_file:
            there = name not in scene.untied and _told_by_api(scene, eyes, path)
            some = there and _FOR_SOME.search(path)
            assert some or (answer.status_code != 404) == there, (name, path)
        if answer.status_code == 404:
            nothing = page(scene, eyes, path.replace(str(scene.trajectory), str(uuid4())))
            assert alike(nothing, answer), (name, path)
        yield _ID.sub("", path), answer.text


def _told_by_api(scene: Scene, eyes: Eyes, path: str) -> bool:
    """Say whether the API tells what a page shows, of the pages that are not for all of a file."""
    reads = {
        "nagaan": "checks",
        "overdracht": "handover",
        "hoe-het-gaat": "wellbeing",
        str(scene.decision): f"trust-decisions/{scene.decision}/context",
    }
    read = reads.get(path.rpartition("/")[2])
    return read is None or (
        scene.region.get(eyes.actor, f"trajectories/{scene.trajectory}/{read}").status_code == 200
    )


def walk_bodies(scene: Scene, name: str, walked: Walked) -> Iterator[tuple[str, str]]:
    """Search for the client, and ask what smells in a note about them; gives what was said."""
    eyes = scene.eyes[name]
    called, nobody = (_ask(scene, eyes, "directory/search", each) for each in (_CALLED, _NOBODY))
    walked.asked_in_body += 2
    assert called.status_code == (200 if eyes.actor.role in REFERS else 403), name
    found = called.json().get("found", ())
    assert alike(called, nobody) or found, name
    client = str(scene.region.client.person)
    assert {each["person"] for each in found} <= {client}, name
    if name in {"coach", "carer"} or name in scene.untied:
        assert bool(found) == (name not in scene.untied), name
    yield "search", called.text
    note = {"command": "log-contact", "body": {"mode": "phone", "text": "hij weigert"}}
    told, nothing = (
        _ask(scene, eyes, "smells", {"trajectory": str(each), **note})
        for each in (scene.trajectory, uuid4())
    )
    walked.asked_in_body += 1
    assert alike(told, nothing) == (name in scene.untied), name
    assert nothing.status_code == 404, name
    if name not in scene.untied:
        assert told.status_code == (200 if name in NOTES_SUPPORT else 403), name
    yield "smells", told.text


def _ask(scene: Scene, eyes: Eyes, path: str, body: dict[str, Any]) -> Any:
    headers = scene.region.headers(eyes.actor)
    return scene.region.http.post(f"/api/v1/{path}", json=body, headers=headers)


def as_nothing(scene: Scene, eyes: Eyes, path: str, params: dict[str, str], answer: Any) -> int:
    """Check that an answer is that to an id of nothing at all, for each id that was asked by.

    Gives how many there were.
    """
    ids = _ID.findall(path)
    asked = [(path.replace(each, str(uuid4())), params) for each in ids]
    if "person" in params:
        asked.append((path, {**params, "person": str(uuid4())}))
    for at, by in asked:
        nothing = scene.region.get(eyes.actor, at, **by)
        assert alike(nothing, answer), (eyes.actor.role, path, params, nothing.text, answer.text)
    return len(asked)


def alike(one: Any, other: Any) -> bool:
    """Say whether two answers are the same to the byte, but for the id of each request."""
    told = [
        (
            each.status_code,
            each.content,
            {n: v for n, v in each.headers.items() if n != "request-id"},
        )
        for each in (one, other)
    ]
    return told[0] == told[1]

"""The main job, told whole: noted once, seen by each as theirs, and the same after a rebuild."""

from __future__ import annotations

from uuid import uuid4

from projections.models import NAMES
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.projections.waiting import beside, until

WORDS = "Zij vertelde over haar medicatie"


def told(region):
    """A job, a contact with words, and a permission given and withdrawn again."""
    region.sampled(region.trajectory)
    job, permission = uuid4(), uuid4()
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        placement=job,
        kind="job",
        employer=region.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text=WORDS)
    given = {
        "permission": permission,
        "recipient": region.friend.person,
        "recipient_kind": "person",
        "purpose": "close_by",
        "categories": ["F", "H"],
        "legal_basis": "consent",
    }
    region.said(region.client, region.trajectory, "grant-permission", **given)
    assert "job.started.v1" in region.see(region.friend, "/timeline").text
    region.said(region.client, region.trajectory, "withdraw-permission", permission=permission)


def seen(region):
    """What each of them reads, word for word, with the tags of the answers."""
    readers = (region.client, region.coach, region.carer, region.boss, region.auditor)
    return {
        (reader.role, what): (answer.status_code, answer.headers.get("etag"), answer.text)
        for reader in (*readers, region.friend)
        for what in ("", "/timeline", "/audit-trail", "/support")
        for answer in [region.see(reader, what)]
    }


def test_each_sees_the_same_after_a_rebuild_under_constant_writing(own_region):
    region = own_region
    told(region)
    before = seen(region)
    assert WORDS in before[region.coach.role, "/timeline"][2]
    assert WORDS not in before[region.carer.role, "/timeline"][2]
    assert "job.started.v1" in before[region.carer.role, "/timeline"][2]
    assert "job.started.v1" in before[region.boss.role, "/timeline"][2]
    assert "job.started.v1" in before[region.auditor.role, "/audit-trail"][2]
    assert "job.started.v1" not in before[region.friend.role, "/timeline"][2]

    elsewhere = [region.another() for _ in range(3)]
    written, wrong = [], []

    def write(stop):
        while not stop.is_set():
            trajectory = elsewhere[len(written) % len(elsewhere)]
            answer = region.http.post(
                f"/api/v1/trajectories/{trajectory}/log-contact",
                json={"mode": "walk", "text": "Gelopen en gepraat."},
                headers=region.headers(region.coach),
            )
            assert answer.status_code == 201, answer.text
            written.append(trajectory)

    def read(stop):
        while not stop.is_set():
            for key, answer in seen(region).items():
                if answer != before[key]:
                    wrong.append(key)

    with (
        Projector(region.database("samenspoor_projector"), region.services.log.master) as live,
        beside(live.run),
        beside(write),
        beside(read),
    ):
        until(lambda: len(written) > 5)
        for name in NAMES:
            rebuild(region.database("samenspoor_projector"), region.services.log.master, name)
        enough = len(written) + 5
        until(lambda: len(written) > enough)
    region.projector.catch_up()
    assert wrong == []
    assert seen(region) == before
    for trajectory in elsewhere:
        path = f"trajectories/{trajectory}/timeline"
        entries, cursor = [], None
        while cursor is not None or not entries:
            more = {"cursor": cursor} if cursor else {}
            page = region.get(region.coach, path, limit=100, **more).json()
            entries += [each for each in page["entries"] if each["type"] == "support.contact.v1"]
            cursor = page["next"]
        assert len(entries) == written.count(trajectory)

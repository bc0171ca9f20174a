"""given entries, the audit trail shows each as it was recorded, corrections beside it."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import orjson

from projections.entries import Scope
from tests.projections.test_timeline import contact, job


def trail(world, stream, **asked):
    world.projector.catch_up()
    return world.views.audit_trail.page(stream, asked.pop("scope", world.all), **asked)


def test_original_and_correction_both_stand(world):
    placement, employer = uuid4(), uuid4()
    trajectory = world.referred()
    (target,) = world.record(trajectory, job("tuinder", employer, placement))
    trail(world, trajectory)
    by = world.corrected(trajectory, target, job("hovenier", employer, placement))
    correction, original, first = trail(world, trajectory)
    assert (correction.event_id, correction.corrects) == (by, target)
    assert (original.event_id, original.corrected_by) == (target, by)
    assert "tuinder" in original.facts
    assert original.open(world.log.entry_mapper)["title"] == "tuinder"
    assert correction.open(world.log.entry_mapper)["body"]["title"] == "hovenier"
    assert (first.corrects, first.corrected_by) == (None, None)
    assert "typefout" not in correction.facts


def test_what_is_shown_is_what_is_hashed(world):
    trajectory = world.referred(contact())
    for entry in trail(world, trajectory):
        envelope = orjson.loads(entry.envelope)
        assert envelope["event"] == str(entry.event_id)
        assert envelope["payload"] == sha256(entry.sealed).hexdigest()


def test_it_pages_backwards_through_the_log(world):
    trajectory = world.referred(*(contact() for _ in range(5)))
    whole = trail(world, trajectory)
    first = trail(world, trajectory, limit=4)
    rest = trail(world, trajectory, limit=4, before=first[-1].position)
    assert first + rest == whole
    assert [entry.version for entry in whole] == [6, 5, 4, 3, 2, 1]


def test_every_kind_of_stream_has_a_trail(world):
    person = world.registered("Noor", "Bos")
    (entry,) = trail(world, person)
    assert entry.type == "person.registered.v1"
    assert "Noor" not in entry.facts


def test_only_what_the_scope_holds(world):
    trajectory = world.referred(contact())
    scope = Scope(uuid4(), categories=frozenset("H"))
    assert [entry.category for entry in trail(world, trajectory, scope=scope)] == ["H"]

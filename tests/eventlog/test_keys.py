"""Keys: one per person and retention, whoever makes it first; the master key in a file."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest

from eventlog.handler import Handler
from eventlog.keys import KeyProblem, KeyRing, MasterKey
from eventlog.log import Log
from tests.eventlog.world import MASTER, World, column, referred, sealed, talked, versions


def test_keys_made_at_once_by_two_processes_are_one(log: Log, second_log: Log) -> None:
    subjects = [(uuid4(), "reintegration") for _ in range(50)]
    rings = [KeyRing(MASTER, each.entries_recorder) for each in (log, second_log) * 4]
    together = Barrier(len(rings))

    def make(number: int) -> list[object]:
        together.wait()
        order = subjects if number % 2 else subjects[::-1]
        for subject, retention in order:
            rings[number].sealing(subject, retention)
        return [rings[number].sealing(*each)[0] for each in subjects]

    with ThreadPoolExecutor(len(rings)) as pool:
        made = list(pool.map(make, range(len(rings))))
    assert all(each == made[0] for each in made)
    assert len(set(made[0])) == len(subjects)


def test_each_retention_has_a_key_of_its_own(log: Log) -> None:
    subject = uuid4()
    kept = {log.keys.sealing(subject, each)[0] for each in ("care_file", "reintegration")}
    assert len(kept) == 2


def test_another_master_key_opens_nothing_and_says_so(
    log: Log, migrated: Callable[..., str]
) -> None:
    stream = uuid4()
    log.committer.append(sealed(log, stream, 0, [referred()]))
    stranger = Log(migrated(), MasterKey(os.urandom(32)))
    with pytest.raises(KeyProblem, match="does not open"):
        stranger.entries(stream)
    with pytest.raises(KeyProblem):
        stranger.keys.sealing(stream, "reintegration")
    stranger.close()


def test_a_destroyed_key_leaves_the_rest_readable(
    migrated: Callable[..., str], world: World, second_log: Log
) -> None:
    erased, kept = world.trajectory(), world.trajectory()
    world.note(erased, "weg")
    world.note(kept, "blijft")
    with psycopg.connect(migrated("samenspoor_owner")) as owner:
        owner.execute("DELETE FROM keys.data_key WHERE subject = %s", (erased,))
    gone = second_log.entries(erased)
    assert [each.body for each in gone] == [None, None]
    assert [each.version for each in gone] == [1, 2]
    assert gone[1].header.actor == world.coach.person
    assert second_log.entries(kept)[1].body.text == "blijft"  # type: ignore[union-attr]
    # Nothing is decided anew on what is left of an erased stream but what may always be.
    version, state = Handler(second_log).state(erased, gone_kind())
    assert (version, state.course.client) == (2, None)


def gone_kind():
    from domain.events.base import StreamKind  # noqa: PLC0415

    return StreamKind.TRAJECTORY


def test_a_key_that_is_gone_is_asked_for_once(log: Log) -> None:
    asked = []
    load = log.entries_recorder.load
    ring = KeyRing(MASTER, log.entries_recorder)
    log.entries_recorder.load = lambda ids: asked.append(ids) or load(ids)  # type: ignore[method-assign,func-returns-value]
    gone = uuid4()
    assert [ring.opening(gone) for _ in range(3)] == [None, None, None]
    ring.load([gone, gone])
    assert len(asked) == 1


def test_more_keys_than_are_held(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventlog.keys.CACHED", 5)
    streams = [uuid4() for _ in range(12)]
    log.keys.prepare((each, "reintegration") for each in streams)
    for stream in streams:
        log.committer.append(sealed(log, stream, 0, [referred(), talked()]))
    assert [versions(log, each) for each in streams] == [[1, 2]] * 12
    assert len(log.keys._opened) == 5


def test_the_database_holds_keys_only_wrapped(log: Log, migrated: Callable[..., str]) -> None:
    subject = uuid4()
    log.keys.sealing(subject, "reintegration")
    (wrapped,) = column(migrated(), "SELECT wrapped FROM keys.data_key WHERE subject = %s", subject)
    assert len(wrapped) == 12 + 32 + 16  # nonce, key, tag
    bound = [b"", os.urandom(44)]
    for wrong in bound:
        with pytest.raises(KeyProblem):
            MASTER.unwrap(wrapped, wrong)


MAKE = """
import sys
from pathlib import Path
from eventlog.keys import MasterKey
print(MasterKey.from_file(Path(sys.argv[1]), create=True).derive("test").hex())
"""


def test_processes_and_threads_that_make_the_key_file_at_once_share_one(tmp_path: Path) -> None:
    path = tmp_path / "master-key"
    command = [sys.executable, "-c", MAKE, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    others = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(3)
    ]
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _: MasterKey.from_file(path, create=True), range(8))
        derived = {each.derive("test").hex() for each in made}
    for other in others:
        derived.add(other.communicate()[0].strip())
        assert other.returncode == 0
    assert len(derived) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["master-key"]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_only_its_owner_reads_the_key_file(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        MasterKey.from_file(tmp_path / "k", create=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600


def test_a_key_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "k"
    path.write_bytes(base64.b64encode(b"k" * 32))
    assert MasterKey.from_file(path, create=True).derive("x") == MasterKey(b"k" * 32).derive("x")
    path.write_bytes(b"")
    with pytest.raises(KeyProblem):
        MasterKey.from_file(path, create=True)
    assert path.read_bytes() == b""


@pytest.mark.parametrize("text", ["", "short", "a" * 44, "é" * 44, "\0", "AAAA" * 10 + "===="])
def test_what_is_no_key_is_a_key_problem_that_does_not_quote_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(KeyProblem) as caught:
        MasterKey.from_text(text)
    assert caught.value.__cause__ is None
    path = tmp_path / "k"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KeyProblem):
        MasterKey.from_file(path)
    for nowhere in (tmp_path, tmp_path / "no" / "k"):
        with pytest.raises(KeyProblem):
            MasterKey.from_file(nowhere, create=True)

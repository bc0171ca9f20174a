"""An append: whole or not at all, in order, and told apart from its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from eventlog.committer import Verdict
from eventlog.entry import Unit
from eventlog.log import Log
from eventlog.migrate import migrate
from tests.eventlog.world import MASTER, column, referred, sealed, talked, versions
from tests.projections.waiting import until

STORED, CONFLICT, KNOWN = Verdict.STORED, Verdict.CONFLICT, Verdict.KNOWN


def test_versions_follow_each_other_and_positions_the_order_of_commit(log: Log) -> None:
    stream, last = uuid4(), 0
    for base, events in ((0, [referred()]), (1, [talked(), talked()]), (3, [talked()])):
        verdict, position = log.committer.append(sealed(log, stream, base, events))
        assert verdict is STORED
        assert position > last
        last = position + len(events) - 1
    assert versions(log, stream) == [1, 2, 3, 4]
    positions = [entry.position for entry in log.entries(stream)]
    assert positions == list(range(positions[0], positions[0] + 4))
    assert log.position() == last


@pytest.mark.parametrize("base", [0, 1, 3, 7])
def test_another_version_by_now_is_a_conflict_that_stores_nothing(log: Log, base: int) -> None:
    stream = uuid4()
    log.committer.append(sealed(log, stream, 0, [referred(), talked()]))
    assert log.committer.append(sealed(log, stream, base, [talked()])) == (CONFLICT, 0)
    assert log.committer.append(sealed(log, stream, base, [talked(), talked()]))[0] is CONFLICT
    assert versions(log, stream) == [1, 2]


def test_a_batch_tells_each_unit_its_own_verdict(log: Log) -> None:
    old, key = uuid4(), uuid4().bytes
    log.committer.append(sealed(log, old, 0, [referred()], key))
    before = log.position()
    units = [
        sealed(log, uuid4(), 0, [referred(), talked()]),
        sealed(log, old, 0, [talked()]),  # the stream has moved on
        sealed(log, uuid4(), 0, [referred()], key),  # the key is in the log
        sealed(log, uuid4(), 3, [talked()]),  # there is no such stream yet
        sealed(log, uuid4(), 0, [referred(), talked(), talked()], uuid4().bytes),
    ]
    answers = log.committer.append_all(units)
    assert [verdict for verdict, _ in answers] == [STORED, CONFLICT, KNOWN, CONFLICT, STORED]
    assert answers[0][1] == before + 1
    assert answers[4][1] == before + 3
    written = log.read(before, 100)
    assert [(e.originator_id, e.originator_version) for e in written] == [
        (units[0].stream, 1),
        (units[0].stream, 2),
        (units[4].stream, 1),
        (units[4].stream, 2),
        (units[4].stream, 3),
    ]
    assert [e.id for e in written] == list(range(before + 1, before + 6))


def test_entries_that_stand_by_themselves_are_each_told_their_own_verdict(log: Log) -> None:
    old, key = uuid4(), uuid4().bytes
    log.committer.append(sealed(log, old, 0, [referred()], key))
    before = log.position()
    first, last = (sealed(log, uuid4(), 0, [referred()], uuid4().bytes) for _ in range(2))
    units = [
        sealed(log, old, 0, [talked()]),  # the stream has moved on
        first,
        sealed(log, uuid4(), 0, [referred()], key),  # the key is in the log
        sealed(log, uuid4(), 3, [talked()]),  # there is no such stream yet
        last,
    ]
    assert log.committer.append_all(units) == [
        *((CONFLICT, 0), (STORED, before + 1), (KNOWN, 0), (CONFLICT, 0), (STORED, before + 2)),
    ]
    assert [e.originator_id for e in log.read(before, 9)] == [first.stream, last.stream]
    last.keys.clear()
    after = sealed(log, old, 1, [talked()])
    assert log.committer.append_all([last, after, first]) == [  # what stands is not told as new
        *((CONFLICT, 0), (STORED, before + 3), (KNOWN, 0)),
    ]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_known_key_anywhere_in_a_unit_makes_it_known(log: Log, at: int) -> None:
    key, stream = uuid4().bytes, uuid4()
    log.committer.append(sealed(log, uuid4(), 0, [referred()], key))
    unit = sealed(log, stream, 0, [referred(), talked(), talked()])
    unit.keys[at] = key, b"digest", 1
    assert log.committer.append(unit)[0] is KNOWN
    assert versions(log, stream) == []


def test_units_of_one_stream_or_key_go_in_different_batches(log: Log) -> None:
    stream, key = uuid4(), uuid4().bytes
    units = [
        sealed(log, stream, 0, [referred()], key),
        sealed(log, stream, 1, [talked()]),
        sealed(log, uuid4(), 0, [referred()], key),
        sealed(log, stream, 2, [talked()]),
    ]
    verdicts = [verdict for verdict, _ in log.committer.append_all(units)]
    assert verdicts == [STORED, STORED, KNOWN, STORED]


def test_more_units_than_one_transaction_takes(log: Log) -> None:
    units = [sealed(log, uuid4(), 0, [referred()]) for _ in range(600)]
    positions = [position for _, position in log.committer.append_all(units)]
    assert positions == sorted(set(positions))


def test_a_bad_unit_does_not_fail_its_neighbours(log: Log) -> None:
    good = [sealed(log, uuid4(), 0, [referred()]) for _ in range(3)]
    bad = sealed(log, uuid4(), 0, [referred()])
    bad.keys[0] = uuid4().bytes, b"digest", 40_000  # no smallint
    with pytest.raises(Exception, match="format"):
        log.committer.append_all([good[0], bad, *good[1:]])
    for unit in good:
        assert versions(log, unit.stream) == [1]
    assert versions(log, bad.stream) == []


@pytest.mark.parametrize("others", [0, 2])
@pytest.mark.parametrize("size", [1, 2])
def test_what_rests_on_a_stream_that_moved_on_is_a_conflict(
    log: Log, others: int, size: int
) -> None:
    """In each of the three functions: one entry, entries of their own, and units of several."""
    person, stream = uuid4(), uuid4()
    log.committer.append(sealed(log, person, 0, [talked()]))
    for at, verdict in ((1, STORED), (0, CONFLICT), (1, STORED)):
        unit = sealed(log, stream, len(versions(log, stream)), [talked()] * size)
        unit.rests = person, at
        beside = [sealed(log, uuid4(), 0, [talked()]) for _ in range(others)]
        told = [each for each, _ in log.committer.append_all([unit, *beside])]
        assert told == [verdict, *[STORED] * others]
    assert versions(log, stream) == list(range(1, 2 * size + 1))


def test_a_unit_without_entries_is_refused_before_it_meets_others(log: Log) -> None:
    with pytest.raises(ValueError, match="without entries"):
        log.committer.append(Unit(uuid4(), 0, []))


ROW = "ROW({},'{}',{},'t','','{}','{}',now(),'','',NULL,NULL,NULL,NULL,NULL)::log.new_entry"


@pytest.mark.parametrize(
    ("places"),
    [
        [(1, "a", 1), (1, "a", 3)],  # a gap
        [(1, "a", 1), (1, "b", 2)],  # two streams in one unit
        [(1, "a", 1), (3, "b", 1)],  # no second unit
        [(0, "a", 1), (2, "b", 1)],
        [(2, "a", 1)],
        [],
    ],
)
def test_the_function_refuses_units_that_are_not_sound(
    migrated: Callable[..., str], places: list[tuple[int, str, int]]
) -> None:
    streams = {"a": uuid4(), "b": uuid4()}
    rows = [ROW.format(unit, streams[s], v, uuid4(), uuid4()) for unit, s, v in places]
    grant = f"ROW(9,'{uuid4()}','k','{uuid4()}','team','','{uuid4()}','',NULL)::log.new_grant"
    call = (
        f"SELECT * FROM log.append(ARRAY[{','.join(rows)}]::log.new_entry[], ARRAY[{grant}], true)"
    )
    with (
        psycopg.connect(migrated()) as connection,
        pytest.raises(psycopg.errors.InvalidParameterValue),
    ):
        connection.execute(call)
    stored = column(
        migrated(), "SELECT 1 FROM log.entry WHERE originator_id = ANY(%s)", list(streams.values())
    )
    assert stored == []


@pytest.mark.parametrize("call", ["append_one", "append_each", "append"])
@pytest.mark.parametrize("lacking", ["key", "digest", "size"])
def test_the_functions_refuse_half_a_key(
    migrated: Callable[..., str], call: str, lacking: str
) -> None:
    stream, given = uuid4(), {"key": "'\\x00'", "digest": "'\\x01'", "size": "1", lacking: "NULL"}
    row = (
        f"'{stream}',1,'t','','{uuid4()}','{uuid4()}',now(),'','',"
        f"{given['key']}::bytea,{given['digest']}::bytea,{given['size']}::smallint,NULL::uuid,NULL::integer"
    )
    entries = f"ARRAY[ROW(1,{row})]::log.new_entry[], ARRAY[]::log.new_grant[]"
    asked = row if call == "append_one" else entries
    with (
        psycopg.connect(migrated()) as connection,
        pytest.raises(psycopg.errors.InvalidParameterValue, match="whole keys"),
    ):
        connection.execute(f"SELECT log.{call}({asked}, false)")
    assert column(migrated(), "SELECT 1 FROM log.entry WHERE originator_id = %s", stream) == []


@pytest.mark.parametrize("entries", [0, 3])
def test_versions_and_keys_are_looked_up_by_index_whatever_the_statistics_say(
    database: Callable[..., str], entries: int
) -> None:
    """An empty log, or a short one, makes reading it whole look cheap; the plan outlives that."""
    owner = database("samenspoor_owner")
    migrate(owner)
    earlier = Log(database(), MASTER)
    for _ in range(entries):
        earlier.committer.append(sealed(earlier, uuid4(), 0, [referred()], uuid4().bytes))
    earlier.close()
    if entries:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE log.entry, keys.data_key")
    before = scans(owner)
    log = Log(database(), MASTER)  # it makes its plans by these statistics
    streams = [uuid4() for _ in range(4)]
    for base, some, events in ((0, streams[:1], 1), (0, streams[1:], 1), (1, streams, 2)):
        batch = [sealed(log, each, base, [talked()] * events, uuid4().bytes) for each in some]
        assert {verdict for verdict, _ in log.committer.append_all(batch)} == {STORED}
    log.close()
    after = scans(owner)
    assert after[0] == before[0]
    assert after[1] >= before[1] + 2 * (1 + 3 + 4)  # a version and a key for each unit


def scans(owner: str) -> tuple[int, int]:
    """How often the log and the keys were read whole, and by an index."""
    query = (
        "SELECT pg_stat_clear_snapshot(), sum(seq_scan)::int, sum(idx_scan)::int"
        " FROM pg_stat_user_tables WHERE relname IN ('entry', 'data_key')"
    )
    with psycopg.connect(owner, autocommit=True) as connection:
        until(
            lambda: (
                connection.execute(
                    "SELECT count(*) = 0 FROM pg_stat_activity WHERE usename = 'samenspoor_service'"
                    " AND datname = current_database()"
                ).fetchone()
                == (True,)
            )
        )  # they tell what they read when they leave
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[1], row[2]


def test_a_grant_of_no_unit_is_not_kept(migrated: Callable[..., str]) -> None:
    row = ROW.format(1, uuid4(), 1, uuid4(), uuid4())
    holder = uuid4()
    grant = f"ROW(2,'{uuid4()}','k','{holder}','team','','{uuid4()}','',NULL)::log.new_grant"
    with psycopg.connect(migrated()) as connection:
        connection.execute(f"SELECT log.append(ARRAY[{row}], ARRAY[{grant}], false)")
    assert column(migrated(), "SELECT 1 FROM log.grants WHERE holder = %s", holder) == []


def test_an_append_wakes_who_listens_and_a_refused_one_does_not(
    log: Log, migrated: Callable[..., str]
) -> None:
    stream = uuid4()
    with psycopg.connect(migrated("samenspoor_projector"), autocommit=True) as listener:
        listener.execute("LISTEN samenspoor_log")
        log.committer.append(sealed(log, stream, 5, [talked()]))
        log.committer.append(sealed(log, stream, 0, [referred()]))
        heard = list(listener.notifies(timeout=5, stop_after=1))
        assert len(heard) == 1
        assert column(migrated(), "SELECT 1 FROM log.entry WHERE originator_id = %s", stream)
        assert list(listener.notifies(timeout=0)) == []

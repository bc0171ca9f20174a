"""The log is read by stream at a price that does not grow with the log."""

from __future__ import annotations

from uuid import uuid4

import psycopg

from eventlog.connection import connect
from eventlog.keys import KeyRing
from eventlog.mapper import EntryMapper
from projections.keystore import Keys
from projections.reading import LogReader
from tests.projections.test_timeline import contact

STREAMS, EACH = 30, 800

MANY = """
INSERT INTO log.entry
SELECT nextval('log.position'), md5(stream::text)::uuid, version, 'filler', '', gen_random_uuid(),
       gen_random_uuid(), now(), '', '', NULL, NULL, NULL
  FROM generate_series(1, %s) AS version, generate_series(1, %s) AS stream"""


def test_a_single_stream_is_found_by_its_own_index_whatever_was_asked_before(own_world):
    world = own_world
    trajectory = world.referred(contact())
    with psycopg.connect(world.dsn("samenspoor_owner"), autocommit=True) as owner:
        owner.execute(MANY, (EACH, STREAMS))
        owner.execute("VACUUM ANALYZE log.entry")
    with connect(world.dsn("samenspoor_projector")) as connection, connection.transaction():
        # The plan that is made after questions about thousands of streams.
        connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        reader = LogReader(EntryMapper(KeyRing(world.master, Keys(lambda: connection))))
        opened = reader.histories(connection, [trajectory, uuid4()], world.log.position())
        walked = connection.execute(
            "SELECT pg_stat_get_xact_numscans('log.entry_position'::regclass)"
        ).fetchone()
    assert [item.version for item in opened.items] == [1, 2]
    assert walked == (0,)

"""What is packed by hand is what the database would have read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections import packing
from projections.arrays import Field, Texts, Uuids, fields, register
from projections.packing import Table

ALL = Table(
    "packed",
    a=packing.bigint,
    b=packing.integer,
    c=packing.text,
    d=packing.uuid,
    e=packing.blob,
    f=packing.day,
    g=packing.moment,
    h=packing.boolean,
)
VALUES = (
    (2**62, -7, "Öztürk 🌱", uuid4(), b"\0\xff", date(1999, 12, 31), datetime.now(UTC), True),
    (0, 0, "", uuid4(), b"", date(2028, 2, 29), datetime(1970, 1, 1, tzinfo=UTC), False),
    (None, None, None, None, None, None, None, True),
)


@pytest.fixture(scope="module")
def connection(module_database):
    with psycopg.connect(module_database("samenspoor_owner"), autocommit=True) as made:
        register(made)
        made.execute("SET timezone TO UTC")
        made.execute(
            "CREATE TABLE packed (a bigint, b integer, c text, d uuid, e bytea, f date,"
            " g timestamptz, h boolean)"
        )
        yield made


@pytest.fixture
def empty(connection):
    connection.execute("TRUNCATE packed")
    return connection


def test_copied_rows_come_back_as_they_were(empty):
    with empty.cursor().copy("COPY packed FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(ALL.stream([ALL.row(*values) for values in VALUES]))
    assert set(empty.execute("SELECT * FROM packed").fetchall()) == set(VALUES)


def test_inserted_rows_come_back_as_they_were(empty):
    for values in VALUES:
        marks = ", ".join(["%b"] * len(values))
        empty.execute(f"INSERT INTO packed VALUES ({marks})", fields(ALL.row(*values)))
    assert set(empty.execute("SELECT * FROM packed").fetchall()) == set(VALUES)


def test_columns_come_back_as_they_were(connection):
    ids, texts = [uuid4(), uuid4()], ["Öztürk", ""]
    assert connection.execute("SELECT %b, %b", (Uuids(ids), Texts(texts))).fetchone() == (
        ids,
        texts,
    )
    assert connection.execute("SELECT %b, %b", (Uuids([]), Texts([]))).fetchone() == ([], [])


def test_a_character_that_the_database_has_no_place_for_is_left_out(empty):
    empty.execute("INSERT INTO packed (c) VALUES (%b)", fields(packing.text("a\0b")))
    assert empty.execute("SELECT c FROM packed").fetchone() == ("ab",)


@given(st.lists(st.none() | st.binary(max_size=40)))
def test_a_packed_row_comes_apart_into_its_fields(values):
    row = b"".join(map(packing.blob, values))
    assert [each.data if isinstance(each, Field) else None for each in fields(row)] == values

"""One connection on which nothing but appends go, spoken to through libpq.

An append by a cursor of psycopg costs the client twice the time, and by an asynchronous one thrice.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import psycopg
from psycopg.adapt import PyFormat
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

from eventlog.packing import ALONE, Entries, Grants, register

PATIENCE = 8.0
"""Seconds that a loop waits for an answer; longer than an append waits for its turn."""

_NAME = b"append"
_QUERY = b"SELECT log.append($1, $2, $3)"  # FROM would cost 20 us more
# Most batches hold single entries.
_NAME_EACH = b"append_each"
_QUERY_EACH = b"SELECT log.append_each($1, $2, $3)"
# The one entry that most batches of a lone writer hold goes as plain parameters.
_NAME_ALONE = b"append_one"
_QUERY_ALONE = b"SELECT log.append_one(%b)" % b", ".join(
    b"$%d" % number for number in range(1, len(ALONE) + 2)
)
_BOOL = 16
_FALSE, _TRUE = b"\0", b"\1"
_BINARY = 1
# In a binary record each value follows its type and length; in a binary smallint[] 20 bytes come
# before the first element, and each has six: its length and itself.
_FIRST_LENGTH, _ARRAY = slice(8, 12), 12
_FIRST_VERDICT, _EACH = _ARRAY + 25, 6

Said = tuple[list[int], int | None]
"""A verdict per unit, and the first position that was written."""


class Wire:
    """A prepared append on a connection that belongs to it.

    Used by one thread at a time, or by one event loop: whose batches follow each other.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Prepare; raises what psycopg raises, and closes the connection then."""
        self._connection = connection
        self._pg = connection.pgconn
        self._loop: asyncio.AbstractEventLoop | None = None
        self._socket = -1
        self._answer: asyncio.Future[PGresult] | None = None
        self._result: PGresult | None = None
        self._free: asyncio.Future[None] | None = None
        try:
            register(connection)
            dumpers = [
                connection.adapters.get_dumper(of, PyFormat.BINARY) for of in (Entries, Grants)
            ]
            self._entries, self._grants = (of(of) for of in dumpers)
            types = [self._entries.oid, self._grants.oid, _BOOL]
            _checked(self._pg.prepare(_NAME, _QUERY, types))
            _checked(self._pg.prepare(_NAME_EACH, _QUERY_EACH, types))
            _checked(self._pg.prepare(_NAME_ALONE, _QUERY_ALONE, [*ALONE, _BOOL]))
        except BaseException:
            connection.close()
            raise

    def append(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch and wait; raises psycopg's errors."""
        name, sent = self._packed(entries, grants, wake)
        return _read(name, self._pg.exec_prepared(name, sent, [_BINARY] * len(sent), _BINARY))

    async def append_async(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch while the loop goes on; raises psycopg's errors, also for no answer."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._attach(loop)
        name, sent = self._packed(entries, grants, wake)
        self._pg.send_query_prepared(name, sent, [_BINARY] * len(sent), _BINARY)
        self._result, self._answer = None, loop.create_future()
        answer, late = self._answer, loop.call_later(PATIENCE, self._late)
        try:
            while not answer.done() and self._pg.flush():
                await self._writable(loop)
            return _read(name, await answer)
        finally:
            late.cancel()

    def close(self) -> None:
        """Close the connection."""
        self._detach()
        self._connection.close()

    def _packed(
        self,
        entries: Entries,
        grants: Grants,
        wake: bool,  # noqa: FBT001
    ) -> tuple[bytes, list[Any]]:
        flag = _TRUE if wake else _FALSE
        if not grants.rows and (alone := entries.alone):
            return _NAME_ALONE, [*alone, flag]
        name = _NAME_EACH if entries.single else _NAME
        return name, [self._entries.dump(entries), self._grants.dump(grants), flag]

    def _attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._detach()
        self._pg.nonblocking = 1
        # One of our own: libpq closes its own when the connection is lost, while a loop watches it.
        self._socket = os.dup(self._pg.socket)
        loop.add_reader(self._socket, self._readable)
        self._loop = loop

    def _detach(self) -> None:
        if self._loop is None:
            return
        if not self._loop.is_closed():
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
        os.close(self._socket)
        self._loop = None

    def _readable(self) -> None:
        """Take what the server sent, without ever waiting for more.

        It tells the verdict before it commits, so only its last word counts. What is no answer to
        anything is the end of the connection.
        """
        try:
            self._pg.consume_input()
            while not self._pg.is_busy():
                result = self._pg.get_result()
                if result is None:  # that was all
                    self._told()
                    return
                self._result = result
        except psycopg.Error as error:
            self._lost(error)

    def _told(self) -> None:
        answer, self._answer = self._answer, None
        if answer is None or answer.done():
            return
        if self._result is None:
            answer.set_exception(psycopg.OperationalError("the server gave no answer"))
        else:
            answer.set_result(self._result)

    def _late(self) -> None:
        self._lost(psycopg.OperationalError("the server did not answer in time"))

    def _lost(self, error: psycopg.Error) -> None:
        self._detach()
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(error)
        if self._free is not None:
            _done(self._free)

    async def _writable(self, loop: asyncio.AbstractEventLoop) -> None:
        self._free = loop.create_future()
        loop.add_writer(self._socket, _done, self._free)
        try:
            await self._free
        finally:
            self._free = None
            if self._loop is not None:
                loop.remove_writer(self._socket)


def _read(name: bytes, result: PGresult) -> Said:
    _checked(result)
    told = result.get_value(0, 0)
    assert told is not None  # noqa: S101 - each unit has a verdict
    if name is _NAME_ALONE:
        position = int.from_bytes(told, signed=True)
        return ([0], position) if position > 0 else ([-position], None)
    end = _ARRAY + int.from_bytes(told[_FIRST_LENGTH])
    first = told[end + _ARRAY - 4 :]  # nothing when nothing was written
    return list(told[_FIRST_VERDICT:end:_EACH]), int.from_bytes(first) if first else None


def _done(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


def _checked(result: PGresult) -> None:
    """Raise what the database complains of, as psycopg would."""
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return
    state = result.error_field(DiagnosticField.SQLSTATE)
    if state is None:  # libpq's own: the connection is gone
        raise psycopg.OperationalError("the connection was lost")
    message = result.error_field(DiagnosticField.MESSAGE_PRIMARY) or b""
    raise psycopg.errors.lookup(state.decode())(message.decode(errors="replace"))

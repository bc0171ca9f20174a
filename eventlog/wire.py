"""One connection on which nothing but appends go, spoken to through libpq.

An append by a cursor of psycopg costs the client twice the time, and by an asynchronous one thrice.
"""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
from psycopg.adapt import PyFormat
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

from eventlog.packing import ALONE, Entries, Grants, register

_NAME = b"append"
_QUERY = b"SELECT log.append($1, $2, $3)"  # FROM would cost 20 us more
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
        self._socket = self._pg.socket  # libpq forgets it when the connection is lost
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answer: asyncio.Future[PGresult] | None = None
        try:
            register(connection)
            dumpers = [
                connection.adapters.get_dumper(of, PyFormat.BINARY) for of in (Entries, Grants)
            ]
            self._entries, self._grants = (of(of) for of in dumpers)
            types = [self._entries.oid, self._grants.oid, _BOOL]
            _checked(self._pg.prepare(_NAME, _QUERY, types))
            _checked(self._pg.prepare(_NAME_ALONE, _QUERY_ALONE, [*ALONE, _BOOL]))
        except BaseException:
            connection.close()
            raise

    def append(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch and wait; raises psycopg's errors."""
        name, sent = self._packed(entries, grants, wake)
        return _read(name, self._pg.exec_prepared(name, sent, [_BINARY] * len(sent), _BINARY))

    async def append_async(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch while the loop goes on; raises psycopg's errors."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._attach(loop)
        self._answer = loop.create_future()
        name, sent = self._packed(entries, grants, wake)
        self._pg.send_query_prepared(name, sent, [_BINARY] * len(sent), _BINARY)
        while self._pg.flush():
            await self._writable(loop)
        return _read(name, await self._answer)

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
        return _NAME, [self._entries.dump(entries), self._grants.dump(grants), flag]

    def _attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._detach()
        self._pg.nonblocking = 1
        loop.add_reader(self._socket, self._readable)
        self._loop = loop

    def _detach(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._socket)
        self._loop = None

    def _readable(self) -> None:
        """Take what the server sent; what is no answer to anything is the end of the connection."""
        answer, self._answer = self._answer, None
        try:
            self._pg.consume_input()
            if answer is not None and self._pg.is_busy():
                self._answer = answer
                return
            result = self._pg.get_result()
            while self._pg.get_result() is not None:
                pass
        except psycopg.Error as error:
            self._detach()
            if answer is not None and not answer.done():
                answer.set_exception(error)
            return
        if answer is None or answer.done():
            return
        if result is None:
            answer.set_exception(psycopg.OperationalError("the server gave no answer"))
        else:
            answer.set_result(result)

    async def _writable(self, loop: asyncio.AbstractEventLoop) -> None:
        free: asyncio.Future[None] = loop.create_future()
        loop.add_writer(self._socket, _done, free)
        try:
            await free
        finally:
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

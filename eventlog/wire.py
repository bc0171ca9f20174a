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

from eventlog.packing import Entries, Grants, register

_NAME = b"append"
_QUERY = b"SELECT verdicts, first_position FROM log.append($1, $2, $3)"
_BOOL = 16
_FALSE, _TRUE = b"\0", b"\1"
_BINARY = 1
# A binary smallint[] has 20 bytes before its first element, and six to each: length and value.
_FIRST_VERDICT, _EACH = 25, 6

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
        except BaseException:
            connection.close()
            raise

    def append(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch and wait; raises psycopg's errors."""
        sent = self._packed(entries, grants, wake)
        return _read(self._pg.exec_prepared(_NAME, sent, [_BINARY] * 3, _BINARY))

    async def append_async(self, entries: Entries, grants: Grants, *, wake: bool) -> Said:
        """Send a batch while the loop goes on; raises psycopg's errors."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._attach(loop)
        self._answer = loop.create_future()
        sent = self._packed(entries, grants, wake)
        self._pg.send_query_prepared(_NAME, sent, [_BINARY] * 3, _BINARY)
        while self._pg.flush():
            await self._writable(loop)
        return _read(await self._answer)

    def close(self) -> None:
        """Close the connection."""
        self._detach()
        self._connection.close()

    def _packed(self, entries: Entries, grants: Grants, wake: bool) -> list[Any]:  # noqa: FBT001
        return [self._entries.dump(entries), self._grants.dump(grants), _TRUE if wake else _FALSE]

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


def _read(result: PGresult) -> Said:
    _checked(result)
    verdicts, position = result.get_value(0, 0), result.get_value(0, 1)
    assert verdicts is not None  # noqa: S101 - each unit has one
    first = None if position is None else int.from_bytes(position)
    return list(verdicts[_FIRST_VERDICT::_EACH]), first


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

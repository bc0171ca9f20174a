"""One JSON line per request, without personal data, and an answer even when we break."""

from __future__ import annotations

import logging
import sys
from asyncio import get_running_loop
from time import perf_counter
from traceback import extract_tb
from typing import Any, BinaryIO, cast

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.signin import ASKED, Asked

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
_POLICY = b"content-security-policy"
_STRICT = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_CACHE = b"cache-control"
_PRIVATE = b"private, no-store"

logger = structlog.get_logger()


def configure_logging(to: BinaryIO | None = None) -> None:
    """Write JSON lines to standard output or elsewhere; for who serves, never at import."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(
            to or cast("BinaryIO", Soon(sys.stdout.buffer))
        ),
        cache_logger_on_first_use=to is None,
    )
    logging.getLogger().addHandler(_LIBRARIES)


class Soon:
    """A file, to which what one turn of the loop writes goes in one call: a call costs 18 µs."""

    def __init__(self, file: BinaryIO) -> None:
        """Write to this file, which has a buffer."""
        self.write = file.write
        self._file = file
        self._coming = False

    def flush(self) -> None:
        """Let what was written go out: at the end of this turn, or now when there is no loop."""
        try:
            loop = get_running_loop()
        except RuntimeError:
            self._file.flush()
            return
        if not self._coming:
            self._coming = True
            loop.call_soon(self._out)

    def _out(self) -> None:
        self._coming = False
        self._file.flush()


class _Libraries(logging.Handler):
    """Writes what libraries log as lines like ours, without what they were given.

    What is no HTTP at all is answered by the server itself, in plain text; this is its only line.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line: where it comes from, and words only of the server, before any value."""
        if record.funcName in _SAYS_NOTHING:
            return
        served = record.name.startswith("uvicorn")
        logger.log(
            record.levelno,
            "library",
            library=record.name,
            where=f"{record.filename}:{record.lineno} {record.funcName}",
            said=str(record.msg).partition("\n")[0] if served else None,
            error=record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None,
        )


_LIBRARIES = _Libraries(logging.WARNING)
_SAYS_NOTHING = frozenset({"_unsupported_upgrade_warning"})
"""The server has no websockets, and answers without one: that request has a line of ours."""


def _json(value: Any, **_: Any) -> bytes:
    return orjson.dumps(value, default=str)


class Observing:
    """Middleware: security headers on every answer, a line in the log, no stack trace outside."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_missing(message, scope)]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the last place that can answer
            broke(error, scope)
            if not status:
                asked: Asked = scope[ASKED]
                response = problems.internal().response(asked.language)
                await response(scope, receive, sending)
        finally:
            _note(scope, status, perf_counter() - began)


def broke(error: Exception, scope: Scope) -> None:
    """Log where it broke; never the message of the error, which may quote what people wrote."""
    logger.error(
        "broke",
        request=str(scope[ASKED].request),
        error=type(error).__name__,
        where=[f"{f.filename}:{f.lineno} {f.name}" for f in extract_tb(error.__traceback__)[-8:]],
    )


def _missing(message: Message, scope: Scope) -> list[tuple[bytes, bytes]]:
    """Give the headers that every answer has, but for those that it chose itself."""
    chosen = {name.lower() for name, _ in message.get("headers", ())}
    asked: Asked = scope[ASKED]
    added = [*_HEADERS, (b"request-id", str(asked.request).encode())]
    if _POLICY not in chosen:
        added.append((_POLICY, _STRICT))
    if _CACHE not in chosen:
        added.append((_CACHE, _PRIVATE))
    return added


def _note(scope: Scope, status: int, seconds: float) -> None:
    """Write the line; the template of the address, because the address itself names people."""
    route = scope.get("route")
    logger.info(
        "request",
        method=scope["method"] if scope["method"] in _METHODS else "other",
        route=getattr(route, "path", None),
        status=status,
        ms=round(seconds * 1000, 1),
        request=str(scope[ASKED].request),
    )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

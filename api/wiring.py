"""Puts the parts together, once per process: log, handler, read models, tokens and clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from api.settings import Settings
from api.signin import Persona
from api.streams import Streams
from api.tokens import Tokens
from eventlog.access import AccessLog
from eventlog.aside import Aside
from eventlog.desk import Desk
from eventlog.embedded import start
from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.searches import Searches
from projections.views import Views

SERVICE = "samenspoor_service"
ASIDE = "looks-aside.jsonl"
"""In the data folder: who looked in an emergency while the database could not take it."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the ways in use; `close()` when done."""

    settings: Settings
    log: Log
    handler: Handler
    views: Views
    accesses: AccessLog
    searches: Searches
    desk: Desk
    tokens: Tokens
    streams: Streams
    personas: Mapping[str, Persona] = field(default_factory=dict)
    """Who can be signed in as without a password; used in demo mode alone."""
    _closing: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        return self.handler.now

    def today(self) -> date:
        """Give the day it is where the people are."""
        return self.handler.today()

    def close(self) -> None:
        """Close connections, and leave the embedded server if this process shares it."""
        self._closing.close()


def wire(
    settings: Settings,
    *,
    personas: Mapping[str, Persona] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Services:
    """Connect everything as the service role; raises what the database and the settings raise.

    Migrations have run before: a service changes no schema.
    """
    with ExitStack() as opening:
        if settings.database_url is None:
            server = start(settings.folder)
            opening.callback(server.release)
            dsn = server.dsn(SERVICE)
        else:
            dsn = settings.database_url
        master = settings.key()
        log = Log(dsn, master, pool=settings.pool)
        opening.callback(log.close)
        views = Views(dsn)
        opening.callback(views.close)
        return Services(
            settings=settings,
            log=log,
            handler=Handler(log, now),
            views=views,
            accesses=AccessLog(views.database, Aside(settings.folder / ASIDE)),
            searches=Searches(views.database),
            desk=Desk(views.database, log.keys, master),
            tokens=Tokens(master),
            streams=Streams(views.wakeups, most=settings.streams, each=settings.streams_each),
            personas={} if personas is None else personas,
            _closing=opening.pop_all(),
        )

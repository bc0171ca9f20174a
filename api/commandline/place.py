"""Where the data is: the embedded database of a folder, or the one in DATABASE_URL."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.commandline.telling import UNREACHABLE, Stop
from api.settings import Settings
from eventlog.checkup import Checkup
from eventlog.embedded import Server, holds_database, start
from eventlog.grants import bring_up
from eventlog.log import Log
from eventlog.wall import fits

OWNER, SERVICE = "samenspoor_owner", "samenspoor_service"
PROJECTOR = "samenspoor_projector"


@dataclass(frozen=True, slots=True)
class Place:
    """A database that can be reached while this is held."""

    settings: Settings
    server: Server | None = None

    def dsn(self, role: str) -> str:
        """Word how to connect; a database of your own is reached as who its address names."""
        if self.server is not None:
            return self.server.dsn(role)
        return self.settings.database_url or ""


@contextmanager
def reach(data: Path | None, *, there: bool = False) -> Iterator[Place]:
    """Find the database, starting the embedded one when that is meant.

    With `there`, for who only looks or adds to what is there, a database that is not is told about
    instead of made, and no key is made either. Without it one is, but only for a database in which
    nothing is encrypted yet: no other key than its own opens what is there.
    """
    settings = Settings.from_environment(os.environ, data=data)
    embedded = settings.database_url is None and not settings.folder.is_file()  # told by start
    if there and embedded and not holds_database(settings.folder):
        raise Stop(
            f"Er zijn nog geen gegevens in {settings.folder}. "
            "Begin met samenspoor migrate, of kijk rond met samenspoor demo.",
            f"There is no data in {settings.folder} yet. "
            "Begin with samenspoor migrate, or look around with samenspoor demo.",
            UNREACHABLE,
        )
    if settings.database_url is not None:
        yield Place(settings)
        return
    with start(settings.folder) as server:
        place = Place(settings, server)
        if not there and settings.lacks_key and not _encrypted(place):
            settings.make_key()
        yield place


@contextmanager
def open_log(place: Place) -> Iterator[Log]:
    """Open the log for use: with the key that fits, and its rights as this version gives them.

    Raises KeyProblem, TooNew, Unavailable, and Stop for a wall of another version.
    """
    log = Log(place.dsn(SERVICE), place.settings.key())
    try:
        log.check_key()  # what one key wrote, another never opens
        bring_up(log)
        if not fits(log):
            raise Stop(
                "De database hoort bij een andere versie. Draai eerst samenspoor migrate.",
                "The database goes with another version. Run samenspoor migrate first.",
            )
        yield log
    finally:
        log.close()


def _encrypted(place: Place) -> bool:
    checkup = Checkup(place.dsn(SERVICE))
    try:
        return checkup.encrypted()
    finally:
        checkup.close()


def pass_on(settings: Settings, environ: MutableMapping[str, str]) -> None:
    """Tell processes that we start where the data is."""
    if settings.database_url is None:
        environ.pop("DATABASE_URL", None)
        environ["SAMENSPOOR_DATA"] = str(settings.folder.absolute())

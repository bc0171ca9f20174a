"""The demo: a region with its own database, ready to look around in, gone with Ctrl-C."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

from api.commandline.children import Children
from api.commandline.place import OWNER, SERVICE, Place, open_log, pass_on, reach
from api.commandline.serving import address, listen
from api.commandline.stopping import stopping
from api.commandline.telling import DONE, Stop, language, progress, say
from api.demo.loading import Mark, NotTheDemo, begin, load, prepare
from api.demo.people import EVERYBODY
from domain.language import Text
from eventlog.migrate import migrate
from projections.database import Database
from projections.status import status

MARK, LOG = "demo.json", "demo.log"
WORKERS = 2
_PATIENCE = 120.0
_LOOK = 0.1


def demo(port: int, data: Path | None) -> int:
    """Run the demo until Ctrl-C."""
    stop = stopping()
    with listen("127.0.0.1", port) as listening:
        say(Text("De demo start…", "Starting the demo…"))
        with reach(data or _folder()) as place:
            migrate(place.dsn(OWNER))
            _fill(place)
            environ = {**os.environ, "SAMENSPOOR_DEMO": "1"}
            pass_on(place.settings, environ)
            with (
                (place.settings.folder / LOG).open("ab") as log,
                Children(environ, log, (listening.fileno(),)) as children,
            ):
                children.start("project")
                for _ in range(WORKERS):
                    children.start("answer", str(listening.fileno()))
                if _ready(place, children, address(listening), stop):
                    _welcome(address(listening), place.settings.folder)
                    children.watch(stop)
            say(Text("De demo stopt; de gegevens blijven staan.",
                     "Stopping the demo; its data stays."))  # fmt: skip
    return DONE


def _folder() -> Path | None:
    """Never take the database of DATABASE_URL: the demo brings its own."""
    os.environ.pop("DATABASE_URL", None)
    return None


def _fill(place: Place) -> None:
    """Load the region, once; a start that was broken off is gone on with."""
    path, master = place.settings.folder / MARK, place.settings.key()
    try:
        with open_log(place) as log:
            mark = begin(path, log)
    except NotTheDemo as error:
        folder = place.settings.folder
        raise Stop(
            f"In {folder} staan al gegevens van iets anders. Kies met --data een lege map.",
            f"{folder} already holds data of something else. Choose an empty folder with --data.",
        ) from error
    if mark.loaded:
        return
    loading = prepare(mark.day)
    with progress(Text("Een jaar in de regio", "A year in the region"), loading.size) as told:
        load(place.dsn(SERVICE), master, loading, told)
    Mark(mark.day, loaded=True).write(path)


def _ready(place: Place, children: Children, at: str, stop: Event) -> bool:
    """Wait until the read models are there and the pages answer; False when told to stop."""
    database = Database(place.dsn(SERVICE), pool=2)
    deadline = monotonic() + _PATIENCE
    try:
        while not (_caught_up(database) and _answers(at)):
            children.look_after()
            if stop.wait(_LOOK):
                return False
            if monotonic() > deadline:
                raise Stop(
                    f"De demo komt niet op gang; zie {place.settings.folder / LOG}.",
                    f"The demo does not get going; see {place.settings.folder / LOG}.",
                )
    finally:
        database.close()
    return True


def _caught_up(database: Database) -> bool:
    return all(each.made and not each.behind for each in status(database))


def _answers(at: str) -> bool:
    try:
        with urlopen(f"{at}/livez", timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004 - all is well
    except (URLError, OSError):
        return False


def _welcome(at: str, folder: Path) -> None:
    speaks = language()
    widest = max(len(each.name) for each in EVERYBODY)
    people = "\n".join(
        f"  {each.name:<{widest}}  {at}/demo/{each.key:<6}  {each.does.to(speaks)}"
        for each in EVERYBODY
    )
    say(
        Text(
            f"\nDe demo loopt op {at}\n\nKies wie je bent:\n{people}\n\n"
            f"Gegevens in {folder}. Stoppen met Ctrl-C.",
            f"\nThe demo runs at {at}\n\nChoose who to be:\n{people}\n\n"
            f"Data in {folder}. Stop with Ctrl-C.",
        )
    )
    sys.stdout.flush()

"""Looks at how things are: the read models, the log, and all that the service needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.commandline.place import OWNER, SERVICE, Place, reach
from api.commandline.telling import DONE, FINDINGS, language, progress, say
from api.settings import SettingsProblem
from domain.language import Text
from eventlog.checkup import Checkup
from eventlog.log import Log
from eventlog.verify import verify as check
from projections.database import Database
from projections.status import Status
from projections.status import status as read_models

_CLOCK = 2.0
_BEHIND = 30.0
_SPACE = 1024**3


def status(data: Path | None) -> int:
    """Show how far each read model is."""
    with reach(data, there=True) as place:
        found = _read_models(place)
    speaks = language()
    table = Table(box=None, padding=(0, 3, 0, 0))
    for heading in _HEADINGS:
        table.add_column(heading.to(speaks))
    for each in found:
        table.add_row(
            each.name,
            str(each.position) if each.made else _NOT_MADE.to(speaks),
            f"{each.behind} ({each.behind_seconds:.1f} s)",
            str(len(each.parked)),
            each.error or "-",
        )
    Console(highlight=False).print(table)
    parked = [(each.name, park) for each in found for park in each.parked]
    for name, park in parked:
        where = f"{name}: {park.stream} @ {park.position}"
        say(Text(f"geparkeerd {where}: {park.reason}", f"parked {where}: {park.reason}"))
    return DONE if all(_well(each) for each in found) else FINDINGS


def verify(data: Path | None) -> int:
    """Check the log against its own hashes."""
    with reach(data, there=True) as place:
        log = Log(place.dsn(SERVICE), place.settings.key(), pool=4)
        try:
            size = log.position()
            with progress(Text("Nakijken", "Checking"), size) as told:
                findings = list(check(log, told))
        finally:
            log.close()
    for each in findings:
        where = f"{each.stream} @ {each.version}"
        say(Text(f"{where}: {each.what.nl}", f"{where}: {each.what.en}"))
    if findings:
        return FINDINGS
    say(Text("Het log klopt: elke regel is zoals die is vastgelegd, en er ontbreekt er geen.",
             "The log is sound: every entry is as recorded, none is missing."))  # fmt: skip
    return DONE


class _Check(NamedTuple):
    what: Text
    well: bool
    detail: str = ""


def doctor(data: Path | None) -> int:
    """Look at everything that the service needs, and say what is not right."""
    with reach(data, there=True) as place:
        checks = list(_checks(place))
    speaks = language()
    console = Console(highlight=False, soft_wrap=True)
    well, wrong = ("ok", "NO") if console.options.ascii_only else ("✓", "✗")
    for each in checks:
        mark = f"[green]{well}[/green]" if each.well else f"[red]{wrong}[/red]"
        console.print(f"{mark} {each.what.to(speaks)}", escape(each.detail))
    return DONE if all(each.well for each in checks) else FINDINGS


def _checks(place: Place) -> Iterator[_Check]:
    checkup = Checkup(place.dsn(OWNER if place.server else SERVICE))
    try:
        version, new_enough = checkup.server()
        detail = f"{version} ({place.settings.folder})" if place.server else version
        yield _Check(Text("PostgreSQL bereikbaar", "PostgreSQL reached"), new_enough, detail)
        migrated = checkup.migrated()
        yield _Check(Text("database ingericht", "database set up"), migrated is not False)
        if migrated is False:
            return
        if place.server is not None:  # the owner may not read keys
            checkup.close()
            checkup = Checkup(place.dsn(SERVICE))
        yield _key(checkup, place)
        apart = checkup.clock_apart()
        yield _Check(Text("klok gelijk", "clocks agree"), apart < _CLOCK, f"{apart:.1f} s")
    finally:
        checkup.close()
    for each in _read_models(place):
        yield _Check(
            Text(f"leesmodel {each.name} bij", f"read model {each.name} up to date"),
            _well(each) and each.behind_seconds < _BEHIND,
            f"{each.behind}" if each.behind else "",
        )
    if place.settings.database_url is None:
        free = shutil.disk_usage(place.settings.folder).free
        detail = f"{free / _SPACE:.1f} GB"
        yield _Check(Text("ruimte op de schijf", "room on the disk"), free > _SPACE, detail)


def _key(checkup: Checkup, place: Place) -> _Check:
    what = Text("sleutel opent de gegevens", "the key opens the data")
    if place.settings.lacks_key and not checkup.encrypted():
        return _Check(what, well=True)  # made with the first start that writes
    try:
        opened, tried = checkup.key_opens(place.settings.key())
    except SettingsProblem as problem:
        return _Check(what, well=False, detail=problem.text.to(language()))
    return _Check(what, opened == tried, f"{opened} / {tried}" if opened < tried else "")


def _read_models(place: Place) -> list[Status]:
    database = Database(place.dsn(SERVICE), pool=2)
    try:
        return read_models(database)
    finally:
        database.close()


def _well(each: Status) -> bool:
    return each.made and not each.parked and each.error is None


_HEADINGS = (
    Text("leesmodel", "read model"),
    Text("stand", "position"),
    Text("achter", "behind"),
    Text("geparkeerd", "parked"),
    Text("laatste fout", "last error"),
)
_NOT_MADE = Text("nog niet gemaakt", "not made yet")

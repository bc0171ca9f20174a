"""Making the cluster, once, so that it is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

from eventlog.embedded import files, processes
from eventlog.embedded.errors import ServerUnavailable
from eventlog.embedded.passwords import ADMIN, passwords

if TYPE_CHECKING:
    from pathlib import Path

    from eventlog.embedded.binaries import Binaries
    from eventlog.embedded.places import Account, Place

FIRST_WITH_BUILTIN_LOCALE = 17


def ensure(place: Place, binaries: Binaries) -> None:
    """Make the cluster if it is not there; the caller holds the mutex."""
    for leftover in place.home.glob("cluster.*.part"):
        processes.end_initialisation(leftover)
        # Its bootstrap process may still be writing for a moment.
        processes.until(partial(_removed, leftover), 10.0)
    if place.cluster.is_dir():
        _check_version(place, binaries)
        return
    unfinished = place.home / f"cluster.{secrets.token_hex(4)}.part"
    unfinished.mkdir(mode=0o700)
    if place.account:
        os.chown(unfinished, place.account.uid, place.account.gid)
    (place.home / "prepared").unlink(missing_ok=True)
    _initialise(place, binaries, unfinished)
    unfinished.rename(place.cluster)
    files.sync(place.home)


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _check_version(place: Place, binaries: Binaries) -> None:
    major = (place.cluster / "PG_VERSION").read_text("ascii").strip()
    if major != str(binaries.major):
        raise ServerUnavailable(
            f"De database in {place.home} is van PostgreSQL {major}, maar gevonden is versie "
            f"{binaries.major}. Wijs met SAMENSPOOR_POSTGRES_BIN versie {major} aan.",
            f"The database in {place.home} was made by PostgreSQL {major}, but version "
            f"{binaries.major} was found. Name version {major} with SAMENSPOOR_POSTGRES_BIN.",
        )


def _initialise(place: Place, binaries: Binaries, folder: Path) -> None:
    command = [
        str(binaries.folder / "initdb"),
        f"--pgdata={folder}",
        f"--username={ADMIN}",
        "--auth=scram-sha-256",
        "--data-checksums",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
    ]
    if binaries.major >= FIRST_WITH_BUILTIN_LOCALE:
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    # A file without a name: nothing with a password in it is left when this process is killed.
    with tempfile.TemporaryFile(dir=place.home) as secret:
        secret.write(passwords(place.home)[ADMIN].encode())
        secret.flush()
        if place.account:
            os.fchown(secret.fileno(), place.account.uid, place.account.gid)
        done = subprocess.run(  # noqa: S603
            [*command, f"--pwfile=/dev/fd/{secret.fileno()}"],
            pass_fds=[secret.fileno()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            cwd="/",
            env=environment(),
            start_new_session=True,  # Ctrl-C is for us, who may end in order
            **as_user(place.account),
        )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        reason = done.stderr.strip()
        raise ServerUnavailable(
            f"De database kon niet worden gemaakt in {place.home}: {reason}",
            f"The database could not be made in {place.home}: {reason}",
        )


def environment() -> dict[str, str]:
    """Hand PostgreSQL none of the PG* variables that were meant for clients."""
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    return kept | {"PATH": os.defpath, "LC_ALL": "C"}


def as_user(account: Account | None) -> dict[str, Any]:
    """Arguments for a child process under the server's user."""
    if account is None:
        return {"umask": 0o077}
    return {"user": account.uid, "group": account.gid, "extra_groups": [], "umask": 0o077}

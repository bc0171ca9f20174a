"""Where the server keeps its files, and under which user of the machine it runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from eventlog.embedded import files
from eventlog.embedded.errors import ServerUnavailable

# The address of a Unix socket holds 107 bytes; the name of the socket takes 14 of them.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
# A comma would split the path into two folders, and a quote would need escaping twice.
PLAIN_PATH = re.compile(r"[\w./+-]+", re.ASCII)
# PostgreSQL refuses to run as root. These users exist already; none is ever added.
STAND_INS = ("postgres", "nobody")


def system_folder() -> Path:
    """Root's own folder, which every user may pass through."""
    return Path(os.environ.get("SAMENSPOOR_SYSTEM_FOLDER", "/var/lib/samenspoor"))


def default_data_folder() -> Path:
    """The data folder when none is chosen."""
    if os.geteuid() == 0:
        return system_folder()
    return Path(platformdirs.user_data_dir("samenspoor", appauthor=False))


def holds_database(data: Path) -> bool:
    """Whether a data folder has a database, in itself or elsewhere; makes nothing."""
    data = data.expanduser()
    return (data / "cluster").is_dir() or (data / "elsewhere").exists()


@dataclass(frozen=True)
class Account:
    """The user that the server runs as, when that is not the user that starts it."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """Everything that belongs to one server."""

    home: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        """The cluster itself, complete from the moment that it has this name."""
        return self.home / "cluster"

    @property
    def mutex(self) -> Path:
        """Held by who starts, joins or leaves."""
        return self.home / "mutex.lock"

    @property
    def lease(self) -> Path:
        """Held shared by everyone who uses the server; who holds it alone may stop it."""
        return self.home / "lease.lock"

    @property
    def keeper(self) -> Path:
        """Held by the keeper as long as it lives."""
        return self.home / "keeper.lock"

    @property
    def start_log(self) -> Path:
        """What keeper and server say before the server's own log is open."""
        return self.home / "start.log"

    @property
    def name(self) -> str:
        """The server's name in the process list; a copy of the folder gets another one."""
        text = f"{self.home}:{self.home.stat().st_ino}"
        return "samenspoor-" + hashlib.sha256(text.encode()).hexdigest()[:10]


def settle(data: Path) -> Place:
    """Find or choose the place of the server that belongs to a data folder."""
    data = _own_folder(data.expanduser().absolute()).resolve()
    if os.geteuid() != 0:
        return Place(data, None)
    account = _account(data)
    # Two first starts at once must choose the same place, so the folder itself is the lock.
    descriptor = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        home = _home(data, account)
    finally:
        os.close(descriptor)
    return Place(home, _account(home))


def _own_folder(folder: Path) -> Path:
    """Make a folder of ours; under root the server passes through it, and nobody reads it."""
    if folder.is_dir():
        return folder
    mode = 0o711 if os.geteuid() == 0 else 0o700
    # With its mode from the start: another start at this moment judges by it.
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) != mode:
        folder.chmod(mode)
    return folder


def _account(home: Path) -> Account:
    """The owner of the cluster that is there, else a user fit to own a new one."""
    try:
        owner = (home / "cluster").stat()
    except FileNotFoundError:
        pass
    else:
        return Account(owner.st_uid, owner.st_gid)
    for name in STAND_INS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(user.pw_uid, user.pw_gid)
    raise ServerUnavailable(
        "PostgreSQL draait niet als root, en deze machine kent geen gebruiker 'postgres' of "
        "'nobody'. Start Samenspoor als gewone gebruiker.",
        "PostgreSQL does not run as root, and this machine has no user 'postgres' or 'nobody'. "
        "Start Samenspoor as an ordinary user.",
    )


def _home(data: Path, account: Account) -> Path:
    """The data folder, or the place recorded in it because the server cannot reach it."""
    record = data / "elsewhere"
    if record.exists():
        home = Path(record.read_text("utf-8").strip())
        if not home.is_dir():
            raise ServerUnavailable(
                f"De database van {data} stond in {home}, maar die map is weg. Zet haar terug, "
                f"of verwijder {record} om leeg te beginnen.",
                f"The database of {data} was in {home}, but that folder is gone. Put it back, "
                f"or delete {record} to begin empty.",
            )
        return home
    if reachable(data, account):
        return data
    home = _elsewhere(account)
    # For whoever finds it: a data folder that is deleted leaves its database there.
    files.write(home / "belongs-to", f"{data}\n")
    files.write(record, f"{home}\n")
    return home


def _elsewhere(account: Account) -> Path:
    base = _own_folder(system_folder()).resolve()
    home = _own_folder(base / "clusters") / secrets.token_hex(8)
    home = _own_folder(home)
    if not reachable(home, account):
        home.rmdir()
        raise ServerUnavailable(
            f"De database kan niet als root draaien en een andere gebruiker kan niet bij {base}. "
            "Kies met --data een map waar iedereen doorheen mag.",
            f"The database cannot run as root and another user cannot reach {base}. "
            "Choose with --data a folder that everyone may pass through.",
        )
    return home


def reachable(path: Path, account: Account | None) -> bool:
    """Whether the server's user may pass through every folder down to this one."""
    if account is None:
        return True
    return all(_may_pass(folder.stat(), account) for folder in (path, *path.parents))


def _may_pass(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def socket_folder(place: Place) -> Path:
    """The private folder of the socket of the server that runs, or ran last."""
    record = place.home / "socket-folder"
    if record.exists():
        return Path(record.read_text("utf-8").strip())
    return place.home / "socket"


def make_socket_folder(place: Place) -> Path:
    """Make the private folder for the socket of a server that is about to start."""
    record = place.home / "socket-folder"
    folder = place.home / "socket"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(folder)):
        record.unlink(missing_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    else:
        # Not the temporary folder of the environment, which may be as long as the path it saves.
        folder = Path(tempfile.mkdtemp(prefix="samenspoor-", dir="/tmp"))
        files.write(record, f"{folder}\n")
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)
    return folder

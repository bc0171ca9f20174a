"""Starting or joining the embedded server, and leaving it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from eventlog.embedded import binaries, cluster, files, keeper, locks, processes, settings
from eventlog.embedded.errors import ServerUnavailable
from eventlog.embedded.passwords import ADMIN, ROLES, passwords
from eventlog.embedded.places import (
    default_data_folder,
    make_socket_folder,
    settle,
    socket_folder,
)

if TYPE_CHECKING:
    from pathlib import Path

    from eventlog.embedded.binaries import Binaries
    from eventlog.embedded.places import Place

# Recovery after a crash reads at most max_wal_size, which a slow disk does well within this.
PATIENCE = 120.0


def start(data: Path | None = None) -> Server:
    """Start or join the server of a data folder, and hold a lease on it for this process."""
    data = data or default_data_folder()
    try:
        found = binaries.find()  # First, so that nothing is made where nothing can run.
        place = settle(data)
        programs = binaries.bring_near(found, place)
        with locks.alone(place.mutex):
            lease = locks.take(place.lease, locks.SHARED)
            try:
                cluster.ensure(place, programs)
                _ensure_running(place, programs)
                server = Server(place, programs, lease)
                _ensure_roles(place, server)
            except BaseException:
                os.close(lease)
                raise
            return server
    except (FileExistsError, NotADirectoryError) as error:
        raise ServerUnavailable(
            f"{data} kan geen map zijn: daar staat een bestand. Kies met --data een andere map.",
            f"{data} cannot be a folder: a file stands there. Choose another folder with --data.",
        ) from error
    except OSError as error:
        raise ServerUnavailable(
            f"De database kan niet starten in {data}: {error}. Kies met --data een andere map.",
            f"The database cannot start in {data}: {error}. Choose another folder with --data.",
        ) from error


def _ensure_running(place: Place, programs: Binaries) -> None:
    lock = locks.take_now(place.keeper, locks.EXCLUSIVE)
    if lock is not None:
        try:
            _launch_keeper(place, programs, lock)
        finally:
            os.close(lock)
    _wait_until_ready(place)


def _launch_keeper(place: Place, programs: Binaries, lock: int) -> None:
    if processes.postmaster(place.cluster) is None:
        processes.remove_socket(socket_folder(place))
        make_socket_folder(place)
    socket = socket_folder(place)
    configuration = place.home / "postgresql.conf"
    files.write(configuration, settings.configuration(place.name, socket), mode=0o644)
    duty = keeper.Duty(
        cluster=str(place.cluster),
        name=place.name,
        postgres=str(programs.folder / "postgres"),
        configuration=str(configuration),
        socket=str(socket),
        lease=str(place.lease),
        uid=place.account.uid if place.account else None,
        gid=place.account.gid if place.account else None,
    )
    keeper.launch(duty, lock, place.start_log)


def _wait_until_ready(place: Place) -> None:
    def settled() -> bool:
        return processes.is_ready(place.cluster) or locks.is_free(place.keeper, locks.SHARED)

    processes.until(settled, PATIENCE)
    if processes.is_ready(place.cluster):
        return
    said = place.start_log.read_text("utf-8", "replace").strip().splitlines()
    reason = next((line for line in said if "FATAL" in line), said[-1] if said else "-")
    raise ServerUnavailable(
        f"De database in {place.home} start niet: {reason} (zie {place.start_log}).",
        f"The database in {place.home} does not start: {reason} (see {place.start_log}).",
    )


def _ensure_roles(place: Place, server: Server) -> None:
    """Create the roles once; a newer release with another list does it again."""
    record = place.home / "prepared"
    mark = " ".join(ROLES)
    if record.exists() and record.read_text("utf-8") == mark:
        return
    # The keeper imports this module too, and must not pay for a database driver it never uses.
    from eventlog.embedded.roles import prepare  # noqa: PLC0415

    prepare(server.admin_dsn(), passwords(place.home))
    files.write(record, mark)


class Server:
    """A lease on a running server; the server stops with the last lease."""

    def __init__(self, place: Place, programs: Binaries, lease: int) -> None:
        """Wrap a lease that `start` took."""
        self._place = place
        self._programs = programs
        self._lease: int | None = lease
        self._process = os.getpid()
        self._socket = socket_folder(place)
        self._passwords = passwords(place.home)

    def dsn(self, role: str = "samenspoor_service", dbname: str = "samenspoor") -> str:
        """Word how to connect as a role; carries the password, so never log it."""
        secret = self._passwords[role]
        return f"host={self._socket} port=5432 user={role} password={secret} dbname={dbname}"

    def admin_dsn(self, dbname: str = "postgres") -> str:
        """Word how to connect as superuser: for making databases, and for tests."""
        return self.dsn(ADMIN, dbname)

    def bin(self, name: str) -> Path:
        """Locate a program of PostgreSQL, such as psql or pgbench."""
        return self._programs.folder / name

    def release(self) -> None:
        """Give up the lease; when it was the last one, return only after the server stopped."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        if self._process != os.getpid():
            os.close(lease)  # A forked child: the lease stays with the parent.
            return
        with locks.alone(self._place.mutex):
            os.close(lease)
            if self._someone_else_is_left():
                return
            # Nobody can join before the mutex is free, so the keeper is certain to stop it.
            processes.until(lambda: locks.is_free(self._place.keeper, locks.SHARED), PATIENCE)
            self._stop_without_keeper()

    def _someone_else_is_left(self) -> bool:
        """Whether another lease is held, and not the keeper that is stopping the server."""
        path = self._place.lease
        return not locks.is_free(path, locks.EXCLUSIVE) and locks.is_free(path, locks.SHARED)

    def _stop_without_keeper(self) -> None:
        """Do the keeper's work if it was killed before us."""
        if not (self._place.cluster / "postmaster.pid").exists():
            return
        alone = locks.take_now(self._place.lease, locks.EXCLUSIVE)
        if alone is None:
            return
        try:
            processes.stop(self._place.cluster, self._place.name)
            processes.remove_socket(self._socket)
        finally:
            os.close(alone)

    def __enter__(self) -> Self:
        """Use the server within a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give up the lease at the end of the block."""
        self.release()

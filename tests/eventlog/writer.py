"""A process of its own that writes to the log, for the tests of concurrent writers."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from eventlog.committer import Verdict
from eventlog.log import Log
from tests.eventlog.world import MASTER, sealed, talked

THREADS = 6


def main(dsn: str, count: str, shared: str, own: str) -> None:
    """Append `count` notes per thread to a stream of its own and to a shared one."""
    log = Log(dsn, MASTER)
    streams = [UUID(each) for each in own.split(",")]

    def work(number: int) -> None:
        for version in range(int(count)):
            unit = sealed(log, streams[number], version, [talked(f"{number}-{version}")])
            assert log.committer.append(unit)[0] is Verdict.STORED  # nobody else writes here
            insist(log, UUID(shared), f"{streams[number]}/{version}")

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    log.close()


def insist(log: Log, stream: UUID, text: str) -> None:
    """Append to a stream that others write too: after a conflict look again, as a handler does."""
    while True:
        base = log.entries_recorder.rows(
            "SELECT coalesce(max(originator_version), 0) FROM log.entry WHERE originator_id = %s",
            (stream,),
        )[0][0]
        if log.committer.append(sealed(log, stream, base, [talked(text)]))[0] is Verdict.STORED:
            return


if __name__ == "__main__":
    sys.stdin.read(1)  # begin together
    main(*sys.argv[1:])

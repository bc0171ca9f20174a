"""A process of its own that writes to the log, for the tests of concurrent writers."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from eventlog.committer import Verdict
from eventlog.log import Log
from tests.eventlog.world import MASTER, sealed, talked

WRITERS = 6


async def main(dsn: str, count: str, shared: str, own: str) -> None:
    """Append `count` notes per writer to a stream of its own and to a shared one."""
    log = Log(dsn, MASTER)
    streams = [UUID(each) for each in own.split(",")]

    async def work(number: int) -> None:
        for version in range(int(count)):
            note = talked(f"{number}-{version}")
            unit = await asyncio.to_thread(sealed, log, streams[number], version, [note])
            verdict, _ = await log.async_committer.append(unit)
            assert verdict is Verdict.STORED  # nobody else writes here
            await insist(log, UUID(shared), f"{streams[number]}/{version}")

    await asyncio.gather(*(work(number) for number in range(WRITERS)))
    log.close()


async def insist(log: Log, stream: UUID, text: str) -> None:
    """Append to a stream that others write too: after a conflict look again, as a handler does."""

    def look() -> int:
        rows = log.entries_recorder.rows(
            "SELECT coalesce(max(originator_version), 0) FROM log.entry WHERE originator_id = %s",
            (stream,),
        )
        return int(rows[0][0])

    while True:
        base = await asyncio.to_thread(look)
        unit = await asyncio.to_thread(sealed, log, stream, base, [talked(text)])
        if (await log.async_committer.append(unit))[0] is Verdict.STORED:
            return


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read(1)  # begin together
    asyncio.run(main(*sys.argv[1:]))

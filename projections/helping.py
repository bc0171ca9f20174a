"""A process that helps with a rebuild: Python does its work on one core, the machine has more."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import IO, Any

from eventlog.connection import connect
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from projections.keystore import Keys
from projections.models import BY_NAME
from projections.reading import LogReader
from projections.replaying import Slice, replay

WORTH_IT = 30_000
"""Entries from which on it pays to start a process for it."""
SLICES = 16
"""Into how many parts the streams are divided, to be handed out one by one."""
_MOST = 3
_NO_MORE = "-"
_MAIN = "import gc; gc.disable(); from projections.helping import main; main()"
"""Nothing that is imported is ever garbage: looking for some there takes a tenth of the start."""
_PATIENCE = 10.0


class HelpFailed(Exception):
    """A process that helped has stopped before its work was done."""


def helpers() -> int:
    """Say how many may help: one per core but our own, and not very many for one database."""
    return max(0, min(_MOST, (os.cpu_count() or 1) - 1))


@contextmanager
def helped(  # noqa: PLR0913 - what the helpers are to know
    dsn: str,
    master: MasterKey,
    shadows: Mapping[str, str],
    end: int,
    told: Callable[[int], None],
    *,
    count: int,
) -> Iterator[Iterator[Slice]]:
    """Give the slices that are left to us, while so many processes replay the others.

    `shadows` names the read model of each schema. Returns when every helper is done; raises
    HelpFailed when one of them is not. None outlives the block, nor this process: what they read
    their slices from ends with it.
    """
    left: SimpleQueue[int] = SimpleQueue()
    for number in range(SLICES):
        left.put(number)
    job = {"dsn": dsn, "key": master.text(), "shadows": dict(shadows), "end": end}
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(count or 1, thread_name_prefix="helped"))
        started = [stack.enter_context(_process(json.dumps(job))) for _ in range(count)]
        answering = [pool.submit(_answer, each, left, told) for each in started]
        yield (Slice(number, SLICES) for number in _taken(left))
        for each in answering:
            each.result()


@contextmanager
def _process(job: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-P", "-c", _MAIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for us: it ends when we do
    )
    try:
        _say(process.stdin, job)
        yield process
    finally:
        _close(process.stdin)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _close(process.stdout)


def _answer(
    process: subprocess.Popen[str], left: SimpleQueue[int], told: Callable[[int], None]
) -> None:
    """Hear how many entries a helper took in, and give it a slice when it says none."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    for line in process.stdout:
        if taken := int(line):
            told(taken)
        else:
            _say(process.stdin, str(next(_taken(left), _NO_MORE)))
    if process.wait() != 0:
        msg = f"A process that helped with a rebuild has stopped ({process.returncode})."
        raise HelpFailed(msg)


def _taken(left: SimpleQueue[int]) -> Iterator[int]:
    while True:
        try:
            yield left.get_nowait()
        except Empty:
            return


def _say(stream: IO[str] | None, line: str) -> None:
    assert stream is not None  # noqa: S101 - it was asked for
    with suppress(BrokenPipeError):  # it has stopped, which its exit code tells
        stream.write(f"{line}\n")
        stream.flush()


def _close(stream: IO[str] | None) -> None:
    assert stream is not None  # noqa: S101 - it was asked for
    with suppress(BrokenPipeError):  # see above
        stream.close()


def main() -> None:
    """Be the process that helps."""
    gc.freeze()
    gc.enable()
    try:
        _help(json.loads(sys.stdin.readline()))
    except Exception as error:  # noqa: BLE001 - its text may quote what somebody wrote
        sys.exit(f"A process that helped with a rebuild stops: {type(error).__name__}")


def _help(job: Mapping[str, Any]) -> None:
    shadows = {schema: BY_NAME[name] for schema, name in job["shadows"].items()}
    with connect(job["dsn"]) as keys:
        ring = KeyRing(MasterKey.from_text(job["key"]), Keys(lambda: keys))
        reader = LogReader(EntryMapper(ring))
        replay(job["dsn"], reader, shadows, job["end"], _given(), told=_tell)


def _given() -> Iterator[Slice]:
    """Ask for slices until there are no more; nobody there to answer means to give up."""
    while True:
        _tell(0)
        line = sys.stdin.readline().strip()
        if not line:
            raise EOFError
        if line == _NO_MORE:
            return
        yield Slice(int(line), SLICES)


def _tell(count: int) -> None:
    os.write(sys.stdout.fileno(), f"{count}\n".encode())  # whole, whichever thread it is

"""Clients that send a command again, under the same key, until it is acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Condition, Event, Lock, Thread
from typing import Any
from uuid import UUID

from eventlog.entry import Actor

ROOT = Path(__file__).resolve().parents[2]
TRY_AGAIN = {"Unavailable", "Busy"}
"""What a way in answers with 503 and 409, and a client takes for: later."""


class Service:
    """One life of the service."""

    def __init__(self, dsn: str) -> None:
        self._waiting: dict[str, list[Any]] = {}
        self._lock = Lock()
        self._over = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.service", dsn],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._reader = Thread(target=self._read)
        self._reader.start()

    def ask(self, request: dict[str, str]) -> dict[str, Any] | None:
        """Send a request; None when the service died before it answered."""
        done = Event()
        slot: list[Any] = [done]
        with self._lock:
            if self._over:
                return None
            self._waiting[request["key"]] = slot
            assert self.process.stdin
            with suppress(BrokenPipeError):
                self.process.stdin.write(json.dumps(request).encode() + b"\n")
                self.process.stdin.flush()
        assert done.wait(60), "no answer, and still alive"
        return slot[1] if len(slot) > 1 else None

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            answer = json.loads(line)
            with self._lock:
                slot = self._waiting.pop(answer["key"])
            slot.append(answer)
            slot[0].set()
        with self._lock:
            self._over = True
            for slot in self._waiting.values():
                slot[0].set()

    def end(self) -> None:
        """Let it go, in whatever state it is; returns when nothing is left of it."""
        with suppress(BrokenPipeError):
            self.process.communicate()
        self._reader.join()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdin
        assert self.process.stdout
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()


class Clients:
    """Everybody at work, on whichever service lives."""

    def __init__(self, service: Service, coach: Actor) -> None:
        self.service = service
        self.coach = coach
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.streams: dict[str, UUID] = {}
        self.wrong: list[dict[str, Any]] = []
        self.retried = 0
        self.changed = Condition()
        self.over = Event()

    def send(self, name: str, number: int, *, times: bool = True) -> dict[str, Any]:
        """Send one command until it is answered."""
        kind = "note" if name.startswith("note") else ("peace", "welcome")[number % 2]
        request = {
            "key": f"{name}-{number}",
            "kind": kind,
            "stream": str(self.streams[name]),
            "actor": str(self.coach.person),
            "organisation": str(self.coach.organisation),
        }
        while True:
            service = self.service
            answer = service.ask(request)
            if answer is not None and answer.get("error") not in TRY_AGAIN:
                return answer
            with self.changed:
                self.retried += times
                if answer is None:  # until there is another one
                    self.changed.wait_for(lambda old=service: self.service is not old, 60)

    def work(self, name: str) -> None:
        number = 0
        while not self.over.is_set():
            answer = self.send(name, number)
            with self.changed:
                if len(answer.get("entries", ())) != 1:  # refused, or taken for done already
                    self.wrong.append(answer)
                    return
                self.acknowledged[answer["key"]] = answer
                self.changed.notify_all()
            number += 1

    def wait_for_more(self, answers: int) -> None:
        """Let so many more commands be acknowledged."""
        with self.changed:
            wanted = len(self.acknowledged) + answers
            assert self.changed.wait_for(
                lambda: self.wrong or len(self.acknowledged) >= wanted, 60
            ), "no progress"

    def replace(self, service: Service) -> None:
        with self.changed:
            self.service = service
            self.changed.notify_all()

"""A service to kill: takes commands as lines of JSON and answers each when it is stored."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from domain.roles import Role
from domain.rules.base import Command
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from eventlog.entry import Actor
from eventlog.handler import Handler, Request
from eventlog.log import Log
from tests.eventlog.world import MASTER


def command(handler: Handler, kind: str, text: str) -> Command:
    if kind == "note":
        return LogContact(mode="phone", text=text)
    if kind == "peace":
        return LeaveInPeace(until=handler.today() + timedelta(days=30))
    return WelcomeContact()


def answer(handler: Handler, line: str, out: int) -> None:
    asked = json.loads(line)
    actor = Actor(UUID(asked["actor"]), Role.JOB_COACH, UUID(asked["organisation"]))
    key, what = asked["key"], command(handler, asked["kind"], asked["key"])
    try:
        got = handler.handle(Request(actor, UUID(asked["stream"]), what, key=key))
    except Exception as error:  # noqa: BLE001 - the client is told, as over HTTP
        told = {"key": key, "error": type(error).__name__}
    else:
        told = {
            "key": key,
            "entries": [str(entry) for entry in got.entries],
            "version": got.version,
            "position": got.position,
        }
    os.write(out, json.dumps(told).encode() + b"\n")  # in one piece, or not at all


def main(dsn: str) -> None:
    out = os.dup(1)
    os.dup2(2, 1)  # what it logs goes elsewhere
    handler = Handler(Log(dsn, MASTER))
    with ThreadPoolExecutor(12) as pool:
        for line in sys.stdin:
            pool.submit(answer, handler, line, out)


if __name__ == "__main__":
    main(sys.argv[1])

"""A service to kill: takes commands as lines of JSON and answers each when it is stored."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import timedelta
from uuid import UUID

from domain.roles import Role
from domain.rules.base import Command
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from eventlog.entry import Actor
from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.request import Request
from tests.eventlog.world import MASTER


def command(handler: Handler, kind: str, text: str) -> Command:
    if kind == "note":
        return LogContact(mode="phone", text=text)
    if kind == "peace":
        return LeaveInPeace(until=handler.today() + timedelta(days=30))
    return WelcomeContact()


async def answer(handler: Handler, line: str, out: int) -> None:
    asked = json.loads(line)
    actor = Actor(UUID(asked["actor"]), Role.JOB_COACH, UUID(asked["organisation"]))
    key, what = asked["key"], command(handler, asked["kind"], asked["key"])
    try:
        got = await handler.handle_async(Request(actor, UUID(asked["stream"]), what, key=key))
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


async def main(dsn: str) -> None:
    out = os.dup(1)
    os.dup2(2, 1)  # what it logs goes elsewhere
    handler = Handler(Log(dsn, MASTER))
    async with asyncio.TaskGroup() as answering:
        while line := await asyncio.to_thread(sys.stdin.readline):
            answering.create_task(answer(handler, line, out))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

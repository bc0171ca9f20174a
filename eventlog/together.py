"""Handles commands on several streams that are asked as one: all decided before any is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from anyio import to_thread

from domain.rules.base import Refused
from eventlog.handler import Handler
from eventlog.request import Answer, NotAllowed, NotFound, Request


class PartRefused(Exception):
    """One of several commands is not possible, and so nothing was stored."""

    def __init__(self, number: int, cause: Refused | NotFound | NotAllowed) -> None:
        """Keep which of them, from 0, and why."""
        super().__init__(f"part {number}")
        self.number = number
        self.cause = cause


async def handle_together(handler: Handler, requests: Sequence[Request]) -> list[Answer]:
    """Handle commands on different streams, each answered at its own place.

    What is not possible is found before anything is stored, and raises PartRefused. After that
    each is stored as any other: what fails then (Unavailable, Busy, a right that ended meanwhile)
    leaves the others stored, and the same requests sent again, with keys, add what was missing.
    """
    for number, request in enumerate(requests):
        try:
            await to_thread.run_sync(handler.foresee, request)
        except (Refused, NotFound, NotAllowed) as refused:
            raise PartRefused(number, refused) from None
    return list(await asyncio.gather(*map(handler.handle_async, requests)))


def part_key(key: str | None, stream: UUID) -> str | None:
    """Give a key for one stream of what is asked under one key."""
    return None if key is None else f"part:{uuid5(NAMESPACE_OID, f'{stream}/{key}')}"

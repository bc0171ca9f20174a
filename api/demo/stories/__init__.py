"""The stories of the demo region, one file a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from api.demo.people import CLIENTS
from api.demo.stories import bram, els, femke, ivo, noor, north, samir, tom
from api.demo.telling import Step, Story

_TELLERS: tuple[Callable[[Story], None], ...] = (
    noor.tell,
    samir.tell,
    els.tell,
    tom.tell,
    ivo.tell,
    femke.tell,
    bram.tell,
)


def all_steps(today: date) -> list[Step]:
    """Give everything that happened, in the order in which it was recorded."""
    steps: list[Step] = []
    for client, tell in zip(CLIENTS, _TELLERS, strict=True):
        story = Story(client, today)
        tell(story)
        steps += story.told()
    for story in north.stories(today):
        steps += story.told()
    return sorted(steps, key=lambda step: (step.day, step.hour))

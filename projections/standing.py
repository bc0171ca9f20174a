"""What stands now: each slot holds the latest entry that took it, until an entry ends the slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain.events.base import Event


class Bodied(Protocol):
    """Anything with an event in it: an entry of the log, an item of the projector."""

    @property
    def body(self) -> Event | None:
        """The event, with corrections resolved; None when its key was destroyed."""


E = TypeVar("E", bound=Bodied)


def standing(entries: Iterable[E]) -> dict[str, E]:
    """Reduce the entries of one stream, in order and resolved, to what stands after them."""
    slots: Slots[E] = Slots()
    for entry in entries:
        slots.take(entry)
    return slots.held


class Streamed(Bodied, Protocol):
    """One that says which stream it belongs to."""

    @property
    def stream(self) -> UUID:
        """The stream."""


S = TypeVar("S", bound=Streamed)


def by_stream(entries: Iterable[S]) -> dict[UUID, Slots[S]]:
    """Reduce the entries of many streams to what they change."""
    found: dict[UUID, Slots[S]] = {}
    for entry in entries:
        slots = found.get(entry.stream)
        if slots is None:
            slots = found[entry.stream] = Slots()
        slots.take(entry)
    return found


class Slots(Generic[E]):
    """What some entries change: the slots they ended (with all below), and those held after."""

    __slots__ = ("ended", "held")

    def __init__(self) -> None:
        """Start with no change."""
        self.ended: set[str] = set()
        self.held: dict[str, E] = {}

    def take(self, entry: E) -> None:
        """Take the next entry in."""
        body = entry.body
        if body is None:
            return
        kind = type(body)
        for template in kind.ENDS:
            self._end(_filled(template, body))
        if kind.STANDS is not None:
            self.held[_filled(kind.STANDS, body)] = entry

    def _end(self, slot: str) -> None:
        self.ended.add(slot)
        for each in [s for s in self.held if s == slot or s.startswith(f"{slot}/")]:
            del self.held[each]


def _filled(template: str, body: Event) -> str:
    names = _names(template)
    if not names:
        return template
    return template.format_map({name: getattr(body, name) for name in names})


@cache
def _names(template: str) -> tuple[str, ...]:
    return tuple(_fields(template))


def _fields(template: str) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(template):
        if name is not None:
            yield name

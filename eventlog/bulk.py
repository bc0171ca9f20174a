"""Handles many commands at once for imports: decided by stream, stored in large transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from uuid import UUID

from domain.events.base import Event, StreamKind
from domain.rules.base import Refused
from domain.state import STATES
from eventlog.committer import Verdict
from eventlog.entry import Unit
from eventlog.handler import Handler
from eventlog.log import Stored
from eventlog.mapper import subjects
from eventlog.request import Answer, KeyReused, NotFound, Request
from eventlog.states import evolved

REQUESTS_AT_ONCE = 2_000

Outcome = Answer | Refused | KeyReused | NotFound


@dataclass(slots=True)
class _Part:
    """The requests for one stream, and what they become."""

    unit: Unit
    requests: list[tuple[int, Request]] = field(default_factory=list)
    decided: list[tuple[int, Request, Sequence[Event]]] = field(default_factory=list)
    repeats: list[tuple[int, Request, int]] = field(default_factory=list)
    """Requests that stand in the list twice, with the number of the first."""


def handle_many(handler: Handler, requests: Sequence[Request]) -> list[Outcome]:
    """Handle an operator's requests; each has its outcome at the same place.

    The requests for one stream are decided in the order given and stored in one transaction,
    streams in the order in which they first appear. What is in the log already is found again by
    its key; a refused request leaves the others as they are. Raises Unavailable, and Busy when
    others kept writing: what is stored by then stays so, and is found again by its key. Raises
    ValueError for a request that is no operator's, since no tie is asked here.
    """
    if not all(request.operator for request in requests):
        msg = "only an operator's requests are handled in bulk"
        raise ValueError(msg)
    outcomes: dict[int, Outcome] = {}
    known = handler.log.kinds([s for r in requests for s, _ in r.command.refers().values()])
    for chunk in _chunks(requests):
        _Chunk(handler, known, outcomes).store(chunk)
    return [outcomes[number] for number in range(len(requests))]


def _chunks(requests: Sequence[Request]) -> Iterator[list[_Part]]:
    """Group by stream, and streams into chunks of bounded size."""
    parts: dict[UUID, _Part] = {}
    for number, request in enumerate(requests):
        part = parts.setdefault(request.stream, _Part(Unit(request.stream, 0, [])))
        part.requests.append((number, request))
    chunk: list[_Part] = []
    size = 0
    for part in parts.values():
        chunk.append(part)
        size += len(part.requests)
        if size >= REQUESTS_AT_ONCE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Chunk:
    """Stores the requests of some streams."""

    def __init__(
        self, handler: Handler, known: dict[UUID, StreamKind], outcomes: dict[int, Outcome]
    ) -> None:
        self._handler = handler
        self._known = known
        self._outcomes = outcomes
        self._names: dict[int, tuple[bytes | None, bytes | None]] = {}
        self._answered: dict[bytes, Stored] = {}
        self._begun: dict[UUID, StreamKind] = {}

    def store(self, parts: list[_Part]) -> None:
        handler = self._handler
        self._names = {n: handler.named(r) for p in parts for n, r in p.requests}
        self._answered = handler.log.answered([k for k, _ in self._names.values() if k])
        self._begun = handler.log.kinds([part.unit.stream for part in parts])
        for part in parts:
            self._decide(part)
        handler.log.keys.prepare(
            chain.from_iterable(
                subjects((p.unit.stream, e) for _, _, es in p.decided for e in es) for p in parts
            )
        )
        for part in parts:
            self._seal(part)
        written = [part for part in parts if part.unit.entries]
        verdicts = handler.log.committer.append_all([part.unit for part in written])
        positions = {part.unit.stream: 0 for part in parts if not part.unit.entries}
        for part, (verdict, position) in zip(written, verdicts, strict=True):
            handler.states.forget(part.unit.stream)
            if verdict is Verdict.STORED:
                positions[part.unit.stream] = position
        for part in parts:
            if part.unit.stream in positions:
                self._report(part, positions[part.unit.stream])
            else:  # somebody wrote meanwhile: one by one, as anybody else
                self._one_by_one(part)

    def _one_by_one(self, part: _Part) -> None:
        again = [(number, request) for number, request, _ in (*part.decided, *part.repeats)]
        for number, request in sorted(again, key=itemgetter(0)):
            try:
                self._outcomes[number] = self._handler.handle(request)
            except (Refused, NotFound, KeyReused) as refused:
                self._outcomes[number] = refused

    def _decide(self, part: _Part) -> None:
        handler, stream = self._handler, part.unit.stream
        kind = part.requests[0][1].command.STREAM
        # Most streams of an import are new; if one is not after all, its append is a conflict.
        part.unit.base, state = (
            handler.state(stream, kind) if stream in self._begun else (0, STATES[kind][0])
        )
        begun = part.unit.base > 0
        first: dict[bytes, int] = {}
        for number, request in part.requests:
            key, digest = self._names[number]
            stored = self._answered.get(key) if key else None
            try:
                if stored is not None:
                    self._outcomes[number] = handler.again(stored, digest)
                    continue
                if key in first:
                    if digest != self._names[first[key]][1]:
                        raise KeyReused  # noqa: TRY301 - an outcome like those deciding raises
                    part.repeats.append((number, request, first[key]))
                    continue
                if request.command.STREAM is not kind or not (begun or request.command.CREATES):
                    raise NotFound  # noqa: TRY301
                events = handler.decide(request, state, self._known, handler.now())
            except (Refused, NotFound, KeyReused) as refused:
                self._outcomes[number] = refused
                continue
            if events:
                begun = True
                self._known[stream] = kind
                if key is not None:
                    first[key] = number
            state = evolved(kind, state, events)
            part.decided.append((number, request, events))

    def _seal(self, part: _Part) -> None:
        now = self._handler.now()
        for number, request, events in part.decided:
            key, digest = self._names[number]
            if key is not None and digest is not None and events:
                part.unit.keys[len(part.unit.entries)] = key, digest, len(events)
            self._handler.extend(part.unit, request, events, now)

    def _report(self, part: _Part, position: int) -> None:
        at = 0
        for number, _, events in part.decided:
            entries = part.unit.entries[at : at + len(events)]
            at += len(events)
            self._outcomes[number] = Answer(
                part.unit.stream,
                part.unit.base + at,
                tuple(e.event_id for e in entries),
                position + at - 1 if events else 0,
            )
        for number, _, first in part.repeats:
            self._outcomes[number] = self._outcomes[first]._replace(replayed=True)  # type: ignore[union-attr]

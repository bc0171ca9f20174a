"""Handles a command: known already? allowed? then decide, and append what follows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domain import policy
from domain.corrections import Correction
from domain.events import BY_TYPE
from domain.events.base import Event, StreamKind
from domain.rules.base import Command, Facts, Refused, Target
from domain.state import STATES
from eventlog.committer import Verdict
from eventlog.entry import Actor, Draft, Entry, Unit, Why
from eventlog.grants import rights
from eventlog.log import Before, Given, Log, Stored, grants

HOME = ZoneInfo("Europe/Amsterdam")
"""Where a day begins and ends for the people of this service."""
TRIES = 6
"""The first and at most five more when somebody else wrote meanwhile."""
IN_FLIGHT = 5.0
"""Seconds to wait for a command on the same stream, or with the same key, that is under way."""
STATES_KEPT = 50_000
_STRIPES = 4096


class NotFound(Exception):
    """There is no such stream, or none for this person: both answer alike."""


class NotAllowed(Exception):
    """The person sees the trajectory but may not record such a thing."""


class Busy(Exception):
    """The same stream or key is still being written, or others kept writing: try again."""


class KeyReused(Exception):
    """The idempotency key was used for another request."""


class Changed(Exception):
    """Somebody else wrote since the version that was named (If-Match)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command, for a stream, by somebody."""

    actor: Actor
    stream: UUID
    command: Command
    key: str | None = None
    """Idempotency key, 1 to 255 characters: of this person alone."""
    if_match: Callable[[int], bool] | None = None
    """Says whether the stream's version is still the one that the person saw."""
    origin: str = ""
    correlation: UUID = field(default_factory=uuid4)
    operator: bool = False
    """An import or the demo, from the command line of who holds the database's password: no tie
    is asked, because the original authors record through it. Never set for a request over HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command led to."""

    stream: UUID
    version: int
    """The version of the stream after it."""
    entries: tuple[UUID, ...] = ()
    position: int = 0
    """Of the last entry; 0 when nothing changed."""
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class _Last:
    """What this process last knew of a stream."""

    version: int
    kind: StreamKind
    state: Any
    given: str | None = None
    """The grants of the stream at that version, when they were read."""


class Handler:
    """Decides commands on the current state and appends their events."""

    def __init__(self, log: Log, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the log and the clock."""
        self.log = log
        self.now = now
        self._fingerprint = log.master.fingerprint("idempotency")
        self._states: OrderedDict[UUID, _Last] = OrderedDict()
        self._states_lock = Lock()
        self._stripes = [Lock() for _ in range(_STRIPES)]

    def today(self) -> date:
        """Give the day it is where the people are."""
        return self.now().astimezone(HOME).date()

    def handle(self, request: Request) -> Answer:
        """Handle one command.

        Raises Refused (a rule), NotFound, NotAllowed, KeyReused, Changed, Busy, and Unavailable
        when the database stays away, or the stream cannot be read whole (then it is Unreadable).
        """
        with self._alone(request.stream):
            answer = self._at_once(request)
            for _ in range(TRIES):
                if answer is not None:
                    return answer
                answer = self._attempt(request, self._look_up(request))
        if answer is None:
            raise Busy
        return answer

    def state(self, stream: UUID, kind: StreamKind) -> tuple[int, Any]:
        """Fold a stream of a kind; version 0 when there is none of that kind."""
        return self._folded(stream, kind, None)

    def _at_once(self, request: Request) -> Answer | None:
        """Decide on what this process knows of the trajectory; the append confirms it.

        The version confirms the state and with it the tie, since team, network and permissions
        are entries of this stream; the key is looked up by the append. Whatever is not a plain
        yes is looked up afresh.
        """
        last = self._states.get(request.stream)
        if last is None or last.given is None or not _plain(request):
            return None
        before = Before(Given(last.given), last.version, {}, None)
        try:
            answer = self._attempt(request, before)
        except (Refused, NotAllowed, NotFound):
            return None
        return answer if answer is not None and answer.entries else None

    def _look_up(self, request: Request) -> Before:
        key, _ = self.named(request)
        refers = [stream for stream, _ in request.command.refers().values()]
        client = getattr(request.command, "client", None)
        holders = [request.actor.person, *([] if client is None else [client])]
        return self.log.before(request.stream, holders, key, refers)

    def _attempt(self, request: Request, before: Before) -> Answer | None:
        """Decide and append; None when somebody else wrote, or the key is known, by now."""
        key, digest = self.named(request)
        if before.answered is not None:
            return self.again(before.answered, digest)
        tie = self._admit(request, before)
        self._check_precondition(request, before)
        version, state = self._folded(request.stream, request.command.STREAM, before.version)
        if version == 0 and (before.version or not request.command.CREATES):
            raise NotFound  # there is none, or one of another kind
        if version != before.version:
            return None  # written since the grants were read, which may have changed with it
        events = self.decide(request, state, before.known)
        if not events:
            return Answer(request.stream, version)
        if not request.operator and not _may_append(request, tie, events):
            raise NotAllowed
        unit = self._seal(request, version, events, key, digest)
        verdict, position = self.log.committer.append(unit)
        if verdict is not Verdict.STORED:
            return None
        given = None if unit.grants else before.grants.here
        last = _Last(version, request.command.STREAM, state, given)
        self._advance(request.stream, last, events)
        return Answer(
            request.stream,
            version + len(events),
            tuple(e.event_id for e in unit.entries),
            position + len(events) - 1,
        )

    def named(self, request: Request) -> tuple[bytes | None, bytes | None]:
        """Fingerprint the request, and its key with the person: it never finds another's answer."""
        if request.key is None:
            return None, None
        body = request.command.model_dump_json(exclude_unset=True).encode()
        return (
            self._fingerprint(request.actor.person.bytes + request.key.encode()),
            self._fingerprint(request.stream.bytes + request.command.NAME.encode() + body),
        )

    def again(self, answered: Stored, digest: bytes | None) -> Answer:
        """Give the answer that a key stands for; raises KeyReused when another thing was asked."""
        if answered.digest != digest:
            raise KeyReused
        stored = self.log.stored_entries(answered.stream, answered.version, answered.size)
        return Answer(
            answered.stream,
            answered.version + answered.size - 1,
            tuple(e.event_id for e in stored),
            stored[-1].id,
            replayed=True,
        )

    def _admit(self, request: Request, before: Before) -> policy.Relation | None:
        """Pass the gate, or raise NotFound or NotAllowed."""
        command, actor, given = request.command, request.actor, before.grants
        if request.operator:
            return None
        reader = policy.Reader(actor.person, actor.role, actor.organisation)
        today = self.today()
        if command.STREAM is not StreamKind.TRAJECTORY:
            if not policy.may_record_outside(
                reader, request.stream, grants(given), today, type(command)
            ):
                raise NotFound
            return None
        tie = tie_of(reader, request.stream, given, today)
        if tie is not None:
            if not policy.may_record(tie, type(command)):
                raise NotAllowed
            return tie
        client = getattr(command, "client", None)
        if (
            before.version
            or client is None
            or not policy.may_begin(reader, client, grants(given), today, type(command))
        ):
            raise NotFound
        return policy.Relation(reader, request.stream)

    @staticmethod
    def _check_precondition(request: Request, before: Before) -> None:
        if request.if_match is not None and not request.if_match(before.version):
            raise Changed

    def decide(
        self, request: Request, state: Any, known: dict[UUID, StreamKind]
    ) -> Sequence[Event]:
        """Decide on a state, knowing which streams exist; raises Refused."""
        for name, (stream, kind) in request.command.refers().items():
            if known.get(stream) is not kind:
                raise Refused(
                    "Dit is hier niet bekend. Kies uit de lijst, of voeg het eerst toe.",
                    "This is not known here. Choose from the list, or add it first.",
                    name,
                )
        facts = Facts(
            today=self.today(),
            person=request.actor.person,
            role=request.actor.role,
            known=known,
            target=self._target(request),
            on_behalf_of=request.actor.on_behalf_of,
        )
        return request.command.decide(state, facts)

    def _target(self, request: Request) -> Target | None:
        wanted = request.command.target()
        if wanted is None:
            return None
        for entry in self.log.entries(request.stream):
            if entry.event_id == wanted and entry.body is not None:
                return Target(entry.event_id, entry.body, entry.header.actor)
        return None

    def _seal(
        self,
        request: Request,
        version: int,
        events: Sequence[Event],
        key: bytes | None,
        digest: bytes | None,
    ) -> Unit:
        unit = Unit(request.stream, version, [])
        if key is not None and digest is not None:
            unit.keys[0] = key, digest, len(events)
        self.extend(unit, request, events)
        return unit

    def extend(self, unit: Unit, request: Request, events: Sequence[Event]) -> None:
        """Seal events as the next entries of a unit."""
        why, now = Why(request.correlation, origin=request.origin), self.now()
        for event in events:
            draft = Draft(
                request.stream,
                unit.base + len(unit.entries) + 1,
                event,
                request.actor,
                why,
                now,
            )
            unit.entries.append(self.log.entry_mapper.to_stored_event(draft))
            unit.grants.extend(
                rights(event, request.stream, lambda: self.log.entries(request.stream))
            )

    def _folded(self, stream: UUID, kind: StreamKind, version: int | None) -> tuple[int, Any]:
        """Fold the stream, starting from what this process knows of it.

        `version` is the one it has now, when that was looked up already.
        """
        last = self._states.get(stream) or _Last(0, kind, STATES[kind][0])
        at, state = last.version, last.state
        if last.kind is not kind:
            return 0, STATES[kind][0]
        if version is not None and at == version:
            return at, state
        entries = self.log.entries(stream, after=at)
        if at and any(isinstance(e.body, Correction) for e in entries):
            at, state = 0, STATES[kind][0]
            entries = self.log.entries(stream)
        if not entries:
            return at, state
        if at == 0 and not belongs(entries[0], kind):
            return 0, state
        state = self.evolved(kind, state, (e.body for e in entries if e.body is not None))
        at = entries[-1].version
        self._keep(stream, _Last(at, kind, state))
        return at, state

    def _advance(self, stream: UUID, last: _Last, events: Sequence[Event]) -> None:
        """Remember the state after an append; a correction changes what went before, so forget."""
        if any(isinstance(event, Correction) for event in events):
            self.forget(stream)
            return
        after = self.evolved(last.kind, last.state, events)
        self._keep(stream, _Last(last.version + len(events), last.kind, after, last.given))

    @staticmethod
    def evolved(kind: StreamKind, state: Any, events: Iterable[Event]) -> Any:
        """Give the state after more events."""
        evolve = STATES[kind][1]
        for event in events:
            state = evolve(state, event)
        return state

    def forget(self, stream: UUID) -> None:
        """Fold a stream anew next time."""
        with self._states_lock:
            self._states.pop(stream, None)

    def _keep(self, stream: UUID, last: _Last) -> None:
        with self._states_lock:
            self._states[stream] = last
            self._states.move_to_end(stream)
            if len(self._states) > STATES_KEPT:
                self._states.popitem(last=False)

    @contextmanager
    def _alone(self, stream: UUID) -> Iterator[None]:
        """Let commands of this process on one stream pass one by one: no conflicts at home."""
        stripe = self._stripes[hash(stream) % _STRIPES]
        if not stripe.acquire(timeout=IN_FLIGHT):
            raise Busy
        try:
            yield
        finally:
            stripe.release()


def belongs(first: Entry, kind: StreamKind) -> bool:
    """Say whether a stream that begins with this entry is of a kind."""
    return first.type in BY_TYPE and BY_TYPE[first.type].STREAM is kind


def _may_append(request: Request, tie: policy.Relation | None, events: Sequence[Event]) -> bool:
    """Ask the gate again, now that it is known what exactly would be recorded."""
    if request.command.STREAM is StreamKind.TRAJECTORY:
        return policy.may_append(tie, events)
    return policy.may_append_outside(request.actor.role, events)


def _plain(request: Request) -> bool:
    """Say whether a command needs nothing but its own trajectory."""
    command = request.command
    return (
        command.STREAM is StreamKind.TRAJECTORY
        and request.if_match is None
        and command.target() is None
        and not command.refers()
    )


@lru_cache(maxsize=16_384)
def tie_of(
    reader: policy.Reader, trajectory: UUID, given: Given, today: date
) -> policy.Relation | None:
    """Find the tie between a reader and a trajectory; equal grants give an equal tie."""
    return policy.relation(reader, trajectory, grants(given), today)

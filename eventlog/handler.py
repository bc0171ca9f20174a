"""Handles a command: known already? allowed? then decide, and append what follows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from random import uniform
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

from domain import policy
from domain.events.base import Category, Event, Kind, StreamKind
from domain.rules.base import UNKNOWN_HERE, Facts, Held, Refused
from eventlog.committer import Verdict
from eventlog.entry import Draft, Unit, Why
from eventlog.grants import rights
from eventlog.log import Before, Given, Log, Stored, grants
from eventlog.naming import held, named_by, plain, teams
from eventlog.problems import WouldBlock
from eventlog.request import Answer, Busy, Changed, KeyReused, NotAllowed, NotFound, Request
from eventlog.states import Known, States, evolved
from eventlog.steps import Blocking, Pause, Step, run, run_async
from eventlog.targets import check_rests_on, target, unknowing
from eventlog.ties import HOME, day_of, tie_of
from eventlog.turns import PATIENCE, Turns

__all__ = ["HOME", "Handler"]

INSISTING = 5.0
"""Seconds to decide anew, and anew, when others keep writing to the same stream first."""
AT_ONCE = 5
"""Times to decide anew without a pause."""
_PAUSE = 0.01
"""Seconds at most between later tries, at random: or two would meet each other every time."""
_STRIPES = 4096


Named = tuple[bytes | None, bytes | None]
"""Fingerprints of the idempotency key and of what is asked; both None without a key."""


@dataclass(slots=True)
class _Ready:
    """A command that was decided and sealed on what was known of its stream."""

    unit: Unit
    events: Sequence[Event]
    kind: StreamKind
    state: Any
    given: str | None
    """The grants of the stream, unless this changes them."""
    after: Known | None = None
    """What is known of the stream once this is stored."""

    def look_ahead(self) -> Known:
        if self.after is None:
            version = self.unit.base + len(self.events)
            after = evolved(self.kind, self.state, self.events)
            self.after = Known(version, self.kind, after, self.given)
        return self.after


class _Store(NamedTuple):
    """The append, by the committer that serves who waits."""

    log: Log
    ready: _Ready

    def now(self) -> tuple[Verdict, int]:
        return self.log.committer.append(self.ready.unit)

    async def soon(self) -> tuple[Verdict, int]:
        return await self.log.async_committer.append(self.ready.unit, self.ready.look_ahead)


class Handler:
    """Decides commands on the current state and appends their events."""

    def __init__(self, log: Log, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the log and the clock."""
        self.log = log
        self.now = now
        self._fingerprint = log.master.fingerprint("idempotency")
        self.states = States(log)
        self._stripes = [Lock() for _ in range(_STRIPES)]
        self._turns = Turns()

    def today(self) -> date:
        """Give the day it is where the people are."""
        return day_of(self.now())

    def handle(self, request: Request) -> Answer:
        """Handle one command.

        Raises Refused (a rule), NotFound, NotAllowed, KeyReused, Changed, Busy, and Unavailable
        when the database stays away, or the stream cannot be read whole (then it is Unreadable).
        """
        with self._alone(request.stream):
            named = self.named(request)
            return run(self._steps(request, named, self._at_once(request, named)))

    async def handle_async(self, request: Request) -> Answer:
        """Handle one command for a coroutine; many share a transaction. Raises what `handle` does.

        Commands on one stream pass one by one, as among threads.
        """
        stream = request.stream.int
        ahead, mine = self._turns.queue(stream)
        try:
            if ahead is not None:
                await self._turns.wait(ahead)
            named = self.named(request)
            ready = self._at_once(request, named)
            if ready is not None:  # nearly always: without the steps it takes a twentieth less
                committer = self.log.async_committer
                verdict, position = await committer.append(ready.unit, ready.look_ahead)
                if verdict is Verdict.STORED:
                    return self._stored(ready, position)
            return await run_async(self._steps(request, named, None))
        finally:
            self._turns.leave(stream, ahead, mine)

    def foresee(self, request: Request) -> bool:
        """Decide a command and store nothing: would it add anything? Raises what `handle` would."""
        return not isinstance(self._look_up(request, self.named(request)), Answer)

    def state(self, stream: UUID, kind: StreamKind) -> tuple[int, Any]:
        """Fold a stream of a kind; version 0 when there is none of that kind."""
        return self.states.folded(stream, kind, None)

    def _steps(
        self, request: Request, named: Named, ready: Answer | _Ready | None
    ) -> Generator[Step, Any, Answer]:
        """Decide and append, anew when somebody else wrote meanwhile."""
        lost, deadline = 0, monotonic() + INSISTING
        while True:
            if ready is None:
                ready = yield Blocking(partial(self._look_up, request, named))
            if isinstance(ready, Answer):
                return ready
            if ready is not None:
                verdict, position = yield _Store(self.log, ready)
                if verdict is Verdict.STORED:
                    return self._stored(ready, position)
            ready = None
            lost += 1
            if monotonic() > deadline:
                raise Busy
            if lost > AT_ONCE:
                yield Pause(uniform(0, _PAUSE))  # noqa: S311 - no secret

    def _at_once(self, request: Request, named: Named) -> _Ready | None:
        """Decide on what this process knows of the trajectory; the append confirms it.

        The version confirms the state and with it the tie, since team, network and permissions
        are entries of this stream; that of the stream of who asks confirms their roles; the key is
        looked up by the append. Whatever is not a plain yes, or asks the database, is looked up
        afresh.
        """
        last, roles = self.states.known(request.stream), self.states.roles(request.actor.person)
        if last is None or last.given is None or roles is None or not plain(request):
            return None
        before = Before(Given(last.given, roles.rows), last.version, roles, {}, None)
        try:
            ready = self._prepare(request, named, before, by_itself=True)
        except (Refused, NotAllowed, NotFound, WouldBlock):
            return None
        return ready if isinstance(ready, _Ready) else None

    def _look_up(self, request: Request, named: Named) -> Answer | _Ready | None:
        command, person = request.command, request.actor.person
        refers = [stream for stream, _ in command.refers().values()]
        before = self.log.before(request.stream, person, named_by(command), named[0], refers)
        self.states.learn(person, before.roles)
        return self._prepare(request, named, before)

    def _prepare(
        self, request: Request, named: Named, before: Before, *, by_itself: bool = False
    ) -> Answer | _Ready | None:
        """Decide and seal; None when somebody else wrote by now. `by_itself` as in `decide`."""
        if before.answered is not None:
            return self.again(before.answered, named[1])
        now = self.now()
        tie = self._admit(request, before, now)
        self._check_precondition(request, before)
        kind = request.command.STREAM
        version, state = self.states.folded(request.stream, kind, before.version)
        if version == 0 and (before.version or not request.command.CREATES):
            raise NotFound  # there is none, or one of another kind
        if version != before.version:
            return None  # written since the grants were read, which may have changed with it
        roles = frozenset() if by_itself else held(request, before.grants, day_of(now))
        events = self.decide(request, state, before.known, now, tie, roles, by_itself=by_itself)
        if not events:
            return Answer(request.stream, version)
        if not request.operator and not _may_append(request, tie, events):
            raise NotAllowed
        unit = self._seal(request, version, events, now, named)
        if not request.operator:
            unit.rests = request.actor.person, before.roles.version
        given = None if unit.grants else before.grants.here
        return _Ready(unit, events, kind, state, given)

    def _stored(self, ready: _Ready, position: int) -> Answer:
        unit, events = ready.unit, ready.events
        self.states.advance(unit.stream, ready.look_ahead(), events)
        return Answer(
            unit.stream,
            unit.base + len(events),
            tuple([e.event_id for e in unit.entries]),
            position + len(events) - 1,
        )

    def named(self, request: Request) -> Named:
        """Fingerprint the request, and its key with the person: it never finds another's answer."""
        if request.key is None:
            return None, None
        command = request.command  # asked directly, as `model_dump_json` does
        body = command.__pydantic_serializer__.to_json(command, exclude_unset=True)
        return (
            self._fingerprint(request.actor.person.bytes + request.key.encode()),
            self._fingerprint(request.stream.bytes + command.NAME.encode() + body),
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

    @staticmethod
    def _admit(request: Request, before: Before, now: datetime) -> policy.Relation | None:
        """Pass the gate, or raise NotFound or NotAllowed."""
        command, actor, given = request.command, request.actor, before.grants
        if request.operator:
            return None
        reader, today = policy.Reader(actor.person, actor.role, actor.organisation), day_of(now)
        if command.STREAM is not StreamKind.TRAJECTORY:
            if not policy.may_record_outside(
                reader,
                request.stream,
                grants(given),
                today,
                type(command),
                trajectory=getattr(command, "trajectory", None),
                organisation=getattr(command, "organisation", None),
                person=getattr(command, "person", None),
            ):
                raise NotFound
            return None
        tie = tie_of(reader, request.stream, given, now)
        kind = type(command)
        if tie is not None:
            if not policy.may_record(tie, kind):
                raise NotAllowed
            # Being tied in another way gives no say in an emergency that was none of theirs. Only
            # for these few are the grants read: it is dear.
            if policy.reviews(kind) and not policy.may_review(
                reader, request.stream, grants(given), today
            ):
                raise NotAllowed
            return tie
        client, rows = command.__dict__.get("client"), grants(given)
        begins = (
            client is not None
            and not before.version
            and policy.may_begin(reader, client, rows, today, kind)
        )
        if not begins and not policy.may_enter(reader, request.stream, rows, today, kind):
            if command.CREATES and not policy.begins(actor.role, kind):
                raise NotAllowed  # whoever it is for and whatever is there: nothing is told of it
            raise NotFound
        return policy.Relation(reader, request.stream)

    @staticmethod
    def _check_precondition(request: Request, before: Before) -> None:
        if request.if_match is not None and not request.if_match(before.version):
            raise Changed

    def decide(  # noqa: PLR0913, PLR0917 - what a rule asks for beside the request
        self,
        request: Request,
        state: Any,
        known: Mapping[UUID, StreamKind],
        now: datetime,
        tie: policy.Relation | None = None,
        roles: frozenset[Held] | None = None,
        *,
        by_itself: bool = False,
    ) -> Sequence[Event]:
        """Decide on a state, knowing which streams exist; raises Refused.

        To who asks by a tie an entry that they do not see is one that is not there. `by_itself`
        says that the command names nothing beside its own trajectory: see `plain`.
        """
        request = unknowing(self.log, request, tie)
        if not by_itself:
            check_rests_on(self.log, request, tie)
            for name, (stream, kind) in request.command.refers().items():
                if known.get(stream) is not kind:
                    raise Refused(*UNKNOWN_HERE, name)
        facts = Facts(
            today=day_of(now),
            person=request.actor.person,
            role=request.actor.role,
            known=known,
            target=None if by_itself else target(self.log, request, tie, self.now),
            on_behalf_of=request.actor.on_behalf_of,
            organisation=request.actor.organisation,
            now=now,
            held=roles,
            opened=policy.OPENED,
            sendable=policy.SENDABLE,
            sees=partial(_sees, tie),
            teams={} if by_itself else teams(self.log, request, day_of(now)),
        )
        return request.command.decide(state, facts)

    def _seal(
        self,
        request: Request,
        version: int,
        events: Sequence[Event],
        now: datetime,
        named: Named,
    ) -> Unit:
        unit, (key, digest) = Unit(request.stream, version, []), named
        if key is not None and digest is not None:
            unit.keys[0] = key, digest, len(events)
        self.extend(unit, request, events, now)
        return unit

    def extend(self, unit: Unit, request: Request, events: Sequence[Event], now: datetime) -> None:
        """Seal events as the next entries of a unit."""
        why = Why(request.correlation, origin=request.origin)
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

    @contextmanager
    def _alone(self, stream: UUID) -> Iterator[None]:
        """Let commands of this process on one stream pass one by one: no conflicts at home."""
        stripe = self._stripes[stream.int % _STRIPES]
        if not stripe.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            stripe.release()


def _sees(tie: policy.Relation | None, category: Category) -> bool:
    """Say whether entries of a category are seen that are not one's own; by an import all are."""
    return tie is None or Kind.FACT in policy.sight(tie).kinds(category)


def _may_append(request: Request, tie: policy.Relation | None, events: Sequence[Event]) -> bool:
    """Ask the gate again, now that it is known what exactly would be recorded."""
    if request.command.STREAM is StreamKind.TRAJECTORY:
        return policy.may_append(tie, events)
    return policy.may_append_outside(request.actor.role, events)

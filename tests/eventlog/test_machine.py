"""Any sequence of appends, commands, repeats, corrections, cuts and reads: the log is a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from domain.events.base import StreamKind
from domain.events.search import Mode
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from domain.rules.team import AddTeamMember
from domain.state import STATES
from eventlog.bulk import handle_many
from eventlog.committer import Verdict
from eventlog.grants import refold
from eventlog.handler import Handler
from eventlog.log import Given, Log, grants
from eventlog.request import Answer, Request
from tests.eventlog.test_committer import cut
from tests.eventlog.world import ADMIN, MASTER, World, sealed, talked

HERE = st.integers(0, 1)
Key = tuple[str, UUID, LogContact, Answer]


class LogMachine(RuleBasedStateMachine):
    """Two processes on one log, against a dictionary of streams."""

    connection: Callable[..., str]
    streams = Bundle("streams")
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.logs = [Log(self.connection(), MASTER) for _ in range(2)]
        self.handlers = [Handler(log) for log in self.logs]
        self.world = World(self.handlers[0])
        self.model: dict[UUID, list[str | None]] = {}
        self.members: dict[UUID, int] = {}
        self.start = self.logs[0].position()
        self.order: list[tuple[UUID, int]] = []
        self.seen = self.start

    def add(self, stream: UUID, text: str | None) -> None:
        self.model[stream].append(text)
        self.order.append((stream, len(self.model[stream])))

    def ask(self, here: int, stream: UUID, command, key: str | None = None) -> Answer:
        request = Request(self.world.coach, stream, command, key)
        return self.handlers[here].handle(request)

    @rule(target=streams)
    def begin(self) -> UUID:
        person = self.world.person()
        self.model[person] = []
        self.add(person, None)
        stream = self.world.trajectory(person)
        self.model[stream] = []
        self.add(stream, None)
        return stream

    @rule(target=keys, here=HERE, stream=streams, text=st.text("aé🙂\n", min_size=1, max_size=9))
    def note(self, here: int, stream: UUID, text: str) -> Key:
        command, key = LogContact(mode=Mode.PHONE, text=f"t{text}t"), uuid4().hex
        answer = self.ask(here, stream, command, key)
        self.add(stream, command.text)
        assert answer.version == len(self.model[stream])
        return key, stream, command, answer

    @rule(here=HERE, known=keys)
    def again(self, here: int, known: Key) -> None:
        key, stream, command, first = known
        answer = self.ask(here, stream, command, key)
        assert (answer.entries, answer.version, answer.position) == (
            first.entries, first.version, first.position,
        )  # fmt: skip

    @rule(here=HERE, stream=streams, days=st.integers(1, 3))
    def peace(self, here: int, stream: UUID, days: int) -> None:
        """Twice the same adds nothing, whoever said it first."""
        until = self.handlers[0].today() + timedelta(days=days)
        for each, expected in ((here, None), (1 - here, 0)):
            answer = self.ask(each, stream, LeaveInPeace(until=until))
            assert expected is None or len(answer.entries) == expected
            if answer.entries:
                self.add(stream, None)

    @rule(here=HERE, stream=streams)
    def welcome(self, here: int, stream: UUID) -> None:
        if self.ask(here, stream, WelcomeContact()).entries:
            self.add(stream, None)

    @rule(here=HERE, stream=streams)
    def join(self, here: int, stream: UUID) -> None:
        person = self.world.professional(Role.CARE_WORKER).person
        self.model[person] = []
        self.add(person, None)
        self.add(person, None)
        assert self.ask(here, stream, AddTeamMember(person=person, role=Role.CARE_WORKER)).entries
        self.add(stream, None)

    @rule(here=HERE, known=consumes(keys), target=keys)
    def correct(self, here: int, known: Key) -> Key:
        _, stream, command, first = known
        (entry,) = [e for e in self.logs[here].entries(stream) if e.event_id == first.entries[0]]
        assert entry.body is not None
        body = entry.body.model_dump(mode="json", exclude_none=True) | {"text": uuid4().hex}
        command = CorrectEntry(entry=entry.event_id, reason="anders", body=body)
        assert self.ask(here, stream, command).entries
        self.model[stream][first.version - 1] = body["text"]
        self.add(stream, None)
        return known

    @rule(here=HERE, stream=streams, behind=st.integers(-2, 2), size=st.integers(1, 3))
    def append(self, here: int, stream: UUID, behind: int, size: int) -> None:
        """An append by who does not look first."""
        log, base = self.logs[here], max(0, len(self.model[stream]) - behind)
        right = base == len(self.model[stream])
        texts = [uuid4().hex for _ in range(size)]
        unit = sealed(log, stream, base, [talked(text) for text in texts])
        verdict, _ = log.committer.append(unit)
        assert verdict is (Verdict.STORED if right else Verdict.CONFLICT)
        for text in texts if right else ():
            self.add(stream, text)

    @rule(here=HERE, data=st.lists(st.tuples(streams, st.text("xyz", min_size=1)), max_size=6))
    def bulk(self, here: int, data: list[tuple[UUID, str]]) -> None:
        requests = [
            Request(ADMIN, s, LogContact(mode=Mode.PHONE, text=t), operator=True) for s, t in data
        ]
        outcomes = handle_many(self.handlers[here], requests)
        assert all(isinstance(outcome, Answer) for outcome in outcomes)
        for stream in dict.fromkeys(stream for stream, _ in data):
            for _, text in (each for each in data if each[0] == stream):
                self.add(stream, text)

    @rule()
    def cut(self) -> None:
        cut(self.connection)

    @rule(here=HERE)
    def restart(self, here: int) -> None:
        self.logs[here].close()
        self.logs[here] = Log(self.connection(), MASTER)
        self.handlers[here] = Handler(self.logs[here])
        self.world.handler = self.handlers[0]

    @rule(here=HERE, stream=streams, part=st.floats(0, 1))
    def read(self, here: int, stream: UUID, part: float) -> None:
        log, texts = self.logs[here], self.model[stream]
        entries = log.entries(stream)
        assert [entry.version for entry in entries] == list(range(1, len(texts) + 1))
        assert [getattr(e.body, "text", None) for e in entries] == texts
        upto = round(part * len(texts))
        assert len(log.entries(stream, upto=upto)) == upto
        version, state = self.handlers[here].state(stream, StreamKind.TRAJECTORY)
        initial, evolve = STATES[StreamKind.TRAJECTORY]
        for entry in entries:
            initial = evolve(initial, entry.body)
        assert (version, state) == (len(texts), initial)
        rows = grants(Given(log.grants_between(stream, uuid4()).here))
        assert {(g.stream, g.key): g for g in rows} == refold(entries)

    @invariant()
    def tail(self) -> None:
        """Whoever follows the log has seen each entry once, in the order of commit."""
        while page := self.logs[0].read(self.seen, 5):
            self.seen = page[-1].id
            for each in page:
                if each.originator_id in self.model:
                    assert self.order.pop(0) == (each.originator_id, each.originator_version)
        assert self.order == []

    def teardown(self) -> None:
        for log in self.logs:
            log.close()


def test_the_log_is_a_list(migrated: Callable[..., str]) -> None:
    LogMachine.connection = staticmethod(migrated)
    run_state_machine_as_test(
        LogMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )

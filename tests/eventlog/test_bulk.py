"""Bulk: what handle() would have said of each request, in a few transactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.events.base import StreamKind
from domain.events.referral import Channel
from domain.events.search import Mode
from domain.rules.base import Refused
from domain.rules.employer import RegisterEmployer
from domain.rules.people import RegisterPerson
from domain.rules.referral import Refer
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from eventlog import bulk
from eventlog.bulk import Outcome, handle_many
from eventlog.entry import Actor
from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.request import Answer, KeyReused, NotFound, Request
from tests.eventlog.world import ADMIN, SOMEBODY, World, versions


def ask(stream: UUID, command, key: str | None = None, by: Actor = SOMEBODY) -> Request:
    return Request(by, stream, command, key, operator=True, origin="import:boek")


def note(stream: UUID, text: str, key: str | None = None) -> Request:
    return ask(stream, LogContact(mode=Mode.PHONE, text=text), key)


def book(people: int, notes: int) -> list[Request]:
    """Requests of a whole book, each with a key, the notes of all interleaved."""
    streams = [(uuid4(), uuid4()) for _ in range(people)]
    requests = []
    for number, (person, trajectory) in enumerate(streams):
        requests.append(ask(person, RegisterPerson(given_name="Noor"), f"{person}"))
        refer = Refer(client=person, channel=Channel.SELF)
        requests.append(ask(trajectory, refer, f"{trajectory}-{number}"))
    for number in range(notes):
        requests += [note(t, f"{number}", f"{t}-note-{number}") for _, t in streams]
    return requests


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


@pytest.mark.parametrize("at_once", [1, 7, 2_000])
def test_a_book_is_stored_and_a_second_run_adds_nothing(
    handler: Handler, second_log: Log, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(bulk, "REQUESTS_AT_ONCE", at_once)
    requests = book(people=5, notes=6)
    before = handler.log.position()
    first = handle_many(handler, requests)
    assert set(kinds(first)) == {"Answer"}
    stored = handler.log.read(before, 1_000)
    assert len(stored) == len(requests)
    assert [each for each in first if isinstance(each, Answer) and each.replayed] == []
    for answer, request in zip(first, requests, strict=True):
        assert isinstance(answer, Answer)
        (entry,) = handler.log.stored_entries(request.stream, answer.version, 1)
        assert (answer.entries, answer.position) == ((entry.event_id,), entry.id)
    for again in (handler, Handler(second_log)):
        second = handle_many(again, requests)
        assert [a.entries for a in second] == [a.entries for a in first]  # type: ignore[union-attr]
        assert [a.position for a in second] == [a.position for a in first]  # type: ignore[union-attr]
        assert all(a.replayed for a in second)  # type: ignore[union-attr]
    assert handler.log.position() == stored[-1].id
    header = handler.log.entries(requests[1].stream)[0].header
    assert (header.origin, header.actor) == ("import:boek", SOMEBODY.person)


def test_streams_are_stored_in_the_order_in_which_they_appear(handler: Handler) -> None:
    requests = book(people=4, notes=2)
    before = handler.log.position()
    handle_many(handler, requests)
    order = dict.fromkeys(each.originator_id for each in handler.log.read(before, 100))
    assert list(order) == list(dict.fromkeys(each.stream for each in requests))


def test_new_streams_are_not_folded_one_by_one(
    handler: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, folded = handler.state, []

    def counted(stream: UUID, kind: StreamKind) -> object:
        folded.append(stream)
        return state(stream, kind)

    monkeypatch.setattr(handler, "state", counted)
    requests = book(people=3, notes=1)
    handle_many(handler, requests)
    assert folded == []
    handle_many(handler, [note(requests[1].stream, "later")])
    assert folded == [requests[1].stream]


def test_what_is_refused_leaves_the_others(handler: Handler) -> None:
    requests = book(people=2, notes=1)
    stream, nobody = requests[1].stream, uuid4()
    tomorrow = LogContact(mode=Mode.PHONE, occurred_on=date(2199, 1, 1))
    requests[3:3] = [
        ask(stream, tomorrow, "late"),
        note(nobody, "zonder aanmelding"),
        note(stream, "met"),
        ask(stream, RegisterEmployer(name="Bakker")),  # of another kind than its stream
        ask(requests[0].stream, LogContact(mode=Mode.PHONE)),
        ask(uuid4(), Refer(client=uuid4(), channel=Channel.SELF)),  # of nobody known
    ]
    outcomes = handle_many(handler, requests)
    assert kinds(outcomes[3:9]) == [
        "Refused", "NotFound", "Answer", "NotFound", "NotFound", "Refused",
    ]  # fmt: skip
    assert set(kinds(outcomes[:3] + outcomes[9:])) == {"Answer"}
    assert versions(handler.log, stream) == [1, 2, 3]
    assert versions(handler.log, nobody) == []


def test_what_changes_nothing_is_answered_too(handler: Handler) -> None:
    stream = book(1, 0)
    handle_many(handler, stream)
    trajectory = stream[1].stream
    day = handler.today() + timedelta(days=30)
    requests = [
        ask(trajectory, WelcomeContact()),
        ask(trajectory, LeaveInPeace(until=day)),
        ask(trajectory, LeaveInPeace(until=day)),
    ]
    outcomes = handle_many(handler, requests)
    assert [len(each.entries) for each in outcomes] == [0, 1, 0]  # type: ignore[union-attr]
    assert [each.version for each in outcomes] == [1, 2, 2]  # type: ignore[union-attr]
    again = handle_many(handler, requests[2:])  # and when nothing else is left to do
    assert [(each.version, each.entries) for each in again] == [(2, ())]  # type: ignore[union-attr]


def test_the_same_key_twice_in_one_list(handler: Handler) -> None:
    requests = book(2, 0)
    one, two = requests[1].stream, requests[3].stream
    requests += [
        note(one, "a", "k"),
        note(one, "a", "k"),
        note(one, "iets anders", "k"),
        note(two, "a", "k"),
        note(one, "b"),
    ]
    outcomes = handle_many(handler, requests)[4:]
    assert kinds(outcomes) == ["Answer", "Answer", "KeyReused", "KeyReused", "Answer"]
    assert outcomes[0].entries == outcomes[1].entries  # type: ignore[union-attr]
    assert [a.replayed for a in outcomes[:2]] == [False, True]  # type: ignore[union-attr]
    assert versions(handler.log, one) == [1, 2, 3]
    assert versions(handler.log, two) == [1]


def test_a_stream_that_others_write_meanwhile_is_handled_one_by_one(
    handler: Handler, second_log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = book(3, 1)
    handle_many(handler, requests)
    streams = [each.stream for each in requests[1::2][:3]]
    tomorrow = LogContact(mode=Mode.PHONE, occurred_on=date(2199, 1, 1))
    more = [note(s, "nog een", f"{s}-more") for s in streams]
    more[1:1] = [ask(streams[0], tomorrow), ask(streams[0], WelcomeContact())]
    append_all = handler.log.committer.append_all

    def meanwhile(units):
        rival = Handler(second_log)
        rival.handle(note(streams[0], "van een ander"))
        rival.handle(more[-1])  # the very same, imported by somebody else
        return append_all(units)

    monkeypatch.setattr(handler.log.committer, "append_all", meanwhile)
    outcomes = handle_many(handler, more)
    assert kinds(outcomes) == ["Answer", "Refused", "Answer", "Answer", "Answer"]
    assert outcomes[4].replayed  # type: ignore[union-attr]
    assert [versions(handler.log, s)[-1] for s in streams] == [4, 3, 3]


def test_a_refusal_after_a_conflict_is_an_outcome(
    handler: Handler, second_log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = uuid4()
    requests = [ask(person, RegisterPerson(given_name="Noor")), *book(1, 1)]
    append_all = handler.log.committer.append_all

    def meanwhile(units):
        Handler(second_log).handle(ask(person, RegisterPerson(given_name="Nora")))
        return append_all(units)

    monkeypatch.setattr(handler.log.committer, "append_all", meanwhile)
    outcomes = handle_many(handler, requests)
    assert isinstance(outcomes[0], Refused)
    assert set(kinds(outcomes[1:])) == {"Answer"}


def test_only_an_operator_writes_in_bulk(handler: Handler, world: World) -> None:
    stream = world.trajectory()
    request = Request(ADMIN, stream, LogContact(mode=Mode.PHONE))
    with pytest.raises(ValueError, match="operator"):
        handle_many(handler, [note(stream, "a"), request])
    assert versions(handler.log, stream) == [1]


def test_nothing_asked_is_nothing_done(handler: Handler) -> None:
    assert handle_many(handler, []) == []


def test_outcomes_are_those_of_one_by_one(handler: Handler, second_log: Log) -> None:
    requests = book(2, 2)
    requests.insert(3, note(uuid4(), "zonder aanmelding"))
    requests.append(requests[4])
    single = Handler(second_log)
    outcomes = handle_many(handler, requests)
    for request, outcome in zip(requests, outcomes, strict=True):
        try:
            alone: Outcome = single.handle(request)
        except (Refused, NotFound, KeyReused) as refused:
            alone = refused
        assert type(alone) is type(outcome)
        if isinstance(alone, Answer) and isinstance(outcome, Answer):
            assert (alone.entries, alone.version) == (outcome.entries, outcome.version)

"""Laws that hold for every event and every command, tried on random ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from docs.generate_refusals import printed
from domain import rhythm
from domain.corrections import resolve
from domain.events import (
    BY_TYPE,
    DirectoryEvent,
    EmployerEvent,
    FundingEvent,
    PeerGroupEvent,
    ProgrammeEvent,
    TrajectoryEvent,
)
from domain.events.base import Event, Kind, StreamKind, field_kinds
from domain.events.benefit import Benefit
from domain.events.correction import EntryCorrected
from domain.events.course import ReEntered
from domain.events.group_correction import (
    EmployerCorrected,
    FundingCorrected,
    PeerGroupCorrected,
    ProgrammeCorrected,
)
from domain.events.people import RegistrationCorrected
from domain.events.referral import Channel, Referred
from domain.events.team import TeamMemberLeft
from domain.policy import LISTED, Limit
from domain.rules import BY_NAME, COMMANDS, Command, Facts, Refused, Target
from domain.rules.corrections import Correct, CorrectEntry
from domain.rules.course import ReEnter
from domain.rules.protection import ShieldEntry, UndoEntry, UnshieldEntry
from domain.state import STATES, Trajectory, fold, outcome, said, stages
from domain.wording import labels, word
from tests.domain.histories import CLOSED
from tests.domain.strategies import PRIVATE, commands, events
from tests.spec import CLIENT, TODAY, facts

UNIONS: dict[StreamKind, Any] = {
    StreamKind.TRAJECTORY: TrajectoryEvent,
    StreamKind.DIRECTORY: DirectoryEvent,
    StreamKind.EMPLOYER: EmployerEvent,
    StreamKind.PROGRAMME: ProgrammeEvent,
    StreamKind.PEER_GROUP: PeerGroupEvent,
    StreamKind.FUNDING: FundingEvent,
}
KINDS = {kind: get_args(union) for kind, union in UNIONS.items()}
ANY_EVENT = st.sampled_from(sorted(BY_TYPE)).flatmap(lambda kind: events(BY_TYPE[kind]))
NOT_KEPT = {"body", "location"}
"""What a correction replaces is checked by itself; an attempt without an answer was nowhere."""
REFERRED = Referred(occurred_on=TODAY, client=CLIENT, channel=Channel.SELF)


def past(kind: StreamKind) -> st.SearchStrategy[list[Event]]:
    return st.lists(st.sampled_from(KINDS[kind]).flatmap(events), max_size=12)


@pytest.mark.parametrize("kind", list(StreamKind))
def test_a_fold_never_raises(kind):
    initial, evolve = STATES[kind]

    @given(past(kind))
    @settings(max_examples=60)
    def law(happened):
        reduce(evolve, happened, initial)

    law()


@given(past(StreamKind.TRAJECTORY))
@settings(max_examples=100)
def test_what_follows_from_a_state_never_raises(happened):
    state = fold([REFERRED, *happened])
    stages(state, TODAY)
    outcome(state, TODAY)
    rhythm.silence_days(state, TODAY)
    rhythm.quiet(state, TODAY)
    for due in (rhythm.next_contact(state, TODAY), rhythm.next_employer_contact(state, TODAY)):
        assert due is None or (due.why.nl and due.why.en)


@given(past(StreamKind.TRAJECTORY))
@settings(max_examples=60)
def test_a_state_holds_no_words_and_no_health(happened):
    """What a read model may keep in the clear must be safe to keep in the clear."""
    assert not set(PRIVATE) & set(_leaves(fold(happened)))
    assert Benefit not in {type(each) for each in _leaves(fold(happened))}


def test_a_mark_of_words_stays_in_the_process_that_made_it(monkeypatch):
    """It differs from process to process: a read model built anew would not be the same."""
    token, met, stored = 7_531_864_209, Counter(), TypeAdapter(Trajectory)
    monkeypatch.setattr(said, "hash", lambda _: token, raising=False)

    @given(past(StreamKind.TRAJECTORY))
    @settings(max_examples=100)
    def law(happened):
        state = fold([REFERRED, *happened])
        met[token in _leaves(state)] += 1
        assert str(token).encode() not in stored.dump_json(state)

    law()
    assert met[True]


def _leaves(value: object) -> list[object]:
    if isinstance(value, tuple):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.NAME)
def test_a_command_sent_twice_adds_nothing(command):
    initial, evolve = STATES[command.STREAM]

    @given(past(command.STREAM), commands(command), st.data())
    @settings(max_examples=20)
    def law(happened, asked, data):
        if command.STREAM is StreamKind.TRAJECTORY and not command.CREATES:
            happened = [REFERRED, *happened]
        asked, known = _with_target(asked, data)
        state = reduce(evolve, happened, initial)
        decided = _decided(asked, state, known)
        assert {type(each) for each in decided} <= set(command.YIELDS)
        for each in decided:
            assert BY_TYPE[each.TYPE].model_validate_json(each.model_dump_json()) == each
        kept = _typed([each.model_dump() for each in decided])
        typed = _typed(asked.model_dump(exclude=NOT_KEPT))
        assert not decided or typed <= kept
        if isinstance(asked, Correct) and known.target is not None:
            body = type(known.target.body).model_validate(asked.body)
            known = known._replace(target=replace(known.target, body=body))
        assert _decided(asked, reduce(evolve, decided, state), known) == []

    law()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.NAME)
def test_what_is_written_is_kept_stands_already_or_is_refused(command):
    """Also where what is asked stands: only with an id of its own it is a repeat."""
    initial, evolve = STATES[command.STREAM]

    @given(past(command.STREAM), commands(command), commands(command), st.data())
    @settings(max_examples=10)
    def law(happened, first, other, data):
        if command.STREAM is StreamKind.TRAJECTORY and not command.CREATES:
            happened = [REFERRED, *happened]
        ids = {
            name: uuid4() if command.model_fields[name].default_factory else value
            for name, value in first
            if isinstance(value, UUID)
        }
        if data.draw(st.booleans(), "the same in other words"):
            words = {name: value for name, value in other if type(value) is str}
            other = first.model_copy(update=words)
        other = other.model_copy(update=ids)
        first, known = _with_target(first, data)
        state = reduce(evolve, happened, initial)
        decided = _decided(first, state, known)
        try:
            after = other.decide(reduce(evolve, decided, state), known)
        except Refused:
            return
        there = _typed([each.model_dump() for each in (*happened, *decided, *after)])
        assert _typed(other.model_dump(exclude={*NOT_KEPT, "late_reason"})) <= there

    law()


def _typed(value: object) -> set[str]:
    """Collect what somebody typed: nothing of it is ever lost."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(_typed, value))
    return {value} if type(value) is str else set()


def _decided(asked: Command, state: object, known: Facts) -> list[Event]:
    """Give what follows; a refusal adds nothing either, and says so in both languages."""
    try:
        return list(asked.decide(state, known))
    except Refused as refused:
        refusal = refused
    assert printed(*refusal.text)
    return []


def _with_target(asked: Command, data: Any) -> tuple[Command, Facts]:
    """Point the command at an entry that is there, and correct it into another of its kind."""
    role = data.draw(st.sampled_from(["job_coach", "client"]))
    known = facts(role=type(facts().role)(role), on_behalf_of=CLIENT)
    if asked.target() is None:
        return asked, known
    kinds = KINDS[asked.STREAM]
    kind = data.draw(st.sampled_from([each for each in kinds if each.CORRECTABLE]))
    old, new = data.draw(events(kind)), data.draw(events(kind))
    if isinstance(asked, Correct):
        asked = asked.model_copy(update={"body": new.model_dump(mode="json")})
    return asked, known._replace(target=Target(uuid4(), old, known.person))


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_wording_never_raises_whatever_may_be_seen(kind):
    @given(events(BY_TYPE[kind]), st.data())
    @settings(max_examples=8)
    def law(event, data):
        stored = json.loads(event.model_dump_json(exclude_none=True))
        seen = data.draw(st.sets(st.sampled_from(sorted(stored))))
        fields = {name: stored[name] for name in seen}
        for language in ("nl", "en"):
            said = word(kind, fields, language, {})
            assert said
            assert not set("{}[]") & set(said)

    law()


@given(ANY_EVENT)
@settings(max_examples=100)
def test_what_is_stored_reads_back_the_same(event):
    stored = event.model_dump_json(exclude_none=True).encode()
    assert type(event).__pydantic_validator__.validate_json(stored) == event


@dataclass(frozen=True)
class Entry:
    """An entry as the log gives it, for the laws of corrections."""

    event_id: UUID
    body: Event | None

    def with_body(self, body: Event) -> Entry:
        return replace(self, body=body)


def _correction(target: Entry, body: Event) -> Entry:
    assert target.body is not None
    return Entry(
        uuid4(),
        EntryCorrected(
            occurred_on=TODAY,
            target=target.event_id,
            target_type=target.body.TYPE,
            reason="beter zo",
            body=json.loads(body.model_dump_json(exclude_none=True)),
        ),
    )


@given(st.sampled_from([k for k in KINDS[StreamKind.TRAJECTORY] if k.CORRECTABLE]), st.data())
@settings(max_examples=60)
def test_the_last_correction_wins_and_every_entry_keeps_its_place(kind, data):
    first, second, third = (data.draw(events(kind)) for _ in range(3))
    other = Entry(uuid4(), data.draw(events(kind)))
    entry = Entry(uuid4(), first)
    log = [entry, other, _correction(entry, second), _correction(entry, third)]
    resolved = resolve(log)
    assert [each.event_id for each in resolved] == [each.event_id for each in log]
    assert resolved[0].body == third
    assert resolved[1:] == log[1:]
    assert resolve(resolved) == resolved


@given(past(StreamKind.TRAJECTORY))
@settings(max_examples=30)
def test_without_corrections_nothing_is_resolved(happened):
    log = [Entry(uuid4(), each) for each in happened]
    assert resolve(log) == log


def test_a_correction_of_what_is_gone_or_not_to_be_corrected_changes_nothing():
    entry = Entry(uuid4(), REFERRED)
    erased = Entry(entry.event_id, None)
    correction = _correction(entry, REFERRED.model_copy(update={"channel": Channel.CARE}))
    assert resolve([erased, correction]) == [erased, correction]
    assert resolve([correction]) == [correction]


def test_each_event_is_reached_by_exactly_one_command():
    """The last coach who goes on in another role leaves as coach as well: the only second way."""
    reached = Counter(event.TYPE for command in COMMANDS for event in command.YIELDS)
    assert reached == {kind: 1 + (kind == TeamMemberLeft.TYPE) for kind in BY_TYPE}


def test_commands_and_events_agree_on_their_stream():
    for command in COMMANDS:
        assert {event.STREAM for event in command.YIELDS} == {command.STREAM}
    assert len(BY_NAME) == len(COMMANDS)


def test_a_correction_is_sealed_with_the_key_of_what_it_corrects():
    """Otherwise erasing the one would leave the words of the other readable."""
    for kind, correction in (
        (StreamKind.TRAJECTORY, EntryCorrected),
        (StreamKind.DIRECTORY, RegistrationCorrected),
        (StreamKind.PEER_GROUP, PeerGroupCorrected),
        (StreamKind.PROGRAMME, ProgrammeCorrected),
        (StreamKind.EMPLOYER, EmployerCorrected),
        (StreamKind.FUNDING, FundingCorrected),
    ):
        for event in KINDS[kind]:
            if event.CORRECTABLE:
                whose = "trajectory" if kind is StreamKind.FUNDING else None  # which stays
                assert (whose, correction.RETENTION) == (event.SUBJECT, event.RETENTION)


def test_every_choice_has_both_languages():
    for kind in BY_TYPE:
        for field, values in labels(kind).items():
            assert all(text.nl and text.en for text in values.values()), (kind, field)


def test_group_streams_hold_nobodys_words():
    for kind in (StreamKind.EMPLOYER, StreamKind.PROGRAMME, StreamKind.PEER_GROUP):
        for event in KINDS[kind]:
            worded = {n for n, k in field_kinds(event).items() if k is not Kind.FACT}
            assert worded <= {"late_reason"}
        for command in COMMANDS:
            if command.STREAM is kind:
                assert "late_reason" not in command.model_fields


def test_what_an_employer_may_read_gives_nothing_away():
    telling = "ggz|ips|behandel|zorg|cliënt|traject|ziek|gezond|niet goed|care|client|ill|setback"
    for kind, fields in LISTED[Limit.JOB].items():
        chosen = [text for name in fields for text in labels(kind).get(name, {}).values()]
        for text in (BY_TYPE[kind].SENTENCE, *chosen):
            said = re.sub(r"\{\w+\}", "", " ".join(text).lower())
            assert not re.search(rf"\b({telling})", said), (kind, said)


ABOUT_ENTRIES = {CorrectEntry, ShieldEntry, UnshieldEntry, UndoEntry}
"""Nothing happens by them: they are about what was noted."""
ON_TRAJECTORY = [each for each in COMMANDS if each.STREAM is StreamKind.TRAJECTORY]


@pytest.mark.parametrize("command", ON_TRAJECTORY, ids=lambda each: each.NAME)
def test_nothing_happens_before_a_referral_and_after_a_closing_only_a_return(command):
    @given(commands(command), past(StreamKind.TRAJECTORY), st.data())
    @settings(max_examples=10)
    def law(asked, happened, data):
        asked, known = _with_target(asked, data)
        if not command.CREATES:
            assert _decided(asked, fold([]), known) == []
        if command not in ABOUT_ENTRIES | {ReEnter} and not getattr(
            command, "AFTER_CLOSING", False
        ):
            stays = [each for each in happened if not isinstance(each, ReEntered)]
            closed = fold([REFERRED, *stays, CLOSED])
            decided = _decided(asked, closed, known)
            assert decided == []

    law()


def test_after_a_closing_only_rights_are_taken_back_and_the_client_still_has_a_say():
    """Reference 4, widened by 7.1 and 7.3: withdrawing and a statement wait for nothing."""
    after = {each.NAME for each in ON_TRAJECTORY if getattr(each, "AFTER_CLOSING", False)}
    assert after == {
        "withdraw-permission",
        "stop-sending-entry",
        "revoke-disclosure",
        "end-mandate",
        "remove-network-member",
        "remove-team-member",
        "remove-coordinator",
        "add-client-statement",
        *("question-access", "answer-access-question"),
        "end-cover",  # takes a right back
        *("link-files", "unlink-files"),  # a file that was closed is a file of this person
        *("request-erasure", "decide-erasure"),
        *("request-copy", "give-copy"),
        *("write-judgement", "record-finding", "reply-to-finding"),  # an audit looks back
    }

"""Sealing: what is stored opens only where it was sealed, and its envelope is canonical."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import orjson
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import BY_TYPE
from domain.events.base import Retention
from domain.events.correction import EntryCorrected
from domain.events.funding import Funder, FundingApproved, TargetGroup
from domain.events.group_correction import FundingCorrected
from domain.events.setback import SetbackSignalled, SignalledBy
from domain.roles import Role
from eventlog.entry import Actor, Draft, Entry, Header, StoredEntry, Why
from eventlog.keys import KeyRing, WrappedKey
from eventlog.mapper import EntryMapper, Unreadable, canonical, decode, sealed_for
from tests.eventlog.world import DAY, MASTER, SOMEBODY, referred, talked


class Keep:
    """Wrapped keys in memory: sealing itself needs no database."""

    def __init__(self) -> None:
        self.kept: dict[UUID, WrappedKey] = {}

    def ensure(self, offered):
        held = {(key[1], key[2]): key for key in self.kept.values()}
        kept = [held.get((key[1], key[2]), key) for key in offered]
        self.kept |= {key[0]: key for key in kept}
        return kept

    def load(self, key_ids):
        return [self.kept[key] for key in key_ids if key in self.kept]


@pytest.fixture
def keep() -> Keep:
    return Keep()


@pytest.fixture
def mapper(keep: Keep) -> EntryMapper:
    return EntryMapper(KeyRing(MASTER, keep))


def draft(event=None, stream: UUID | None = None, **how) -> Draft:
    given = {"actor": SOMEBODY, "why": Why(uuid4()), "recorded_at": datetime.now(UTC)} | how
    return Draft(stream or uuid4(), 1, event or talked("gebeld"), **given)


def test_what_is_sealed_opens_again(mapper: EntryMapper) -> None:
    event = talked("€ 5, «quotes», 'n emoji 🙂 en \u2028")
    assert mapper.to_domain_event(mapper.to_stored_event(draft(event))).body == event


@pytest.mark.parametrize("what", ["state", "event_id", "originator_id", "key_id"])
def test_any_flipped_bit_is_noticed(mapper: EntryMapper, what: str) -> None:
    entry = mapper.to_stored_event(draft(talked("kort")))
    value = getattr(entry, what)
    raw = value if isinstance(value, bytes) else value.bytes
    # Another key with the same secret: its id alone must be noticed.
    for at in range(len(raw)):
        flipped = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        changed = flipped if isinstance(value, bytes) else UUID(bytes=flipped)
        if what == "key_id":
            mapper.keys._opened[changed] = mapper.keys._opened[entry.key_id]
        with pytest.raises(Unreadable):
            mapper.to_domain_event(dataclasses.replace(entry, **{what: changed}))


@pytest.mark.parametrize("size", [0, 5, 12, 20])
def test_a_cut_state_is_noticed(mapper: EntryMapper, size: int) -> None:
    entry = mapper.to_stored_event(draft())
    with pytest.raises(Unreadable):
        mapper.to_domain_event(dataclasses.replace(entry, state=entry.state[:size]))


def test_the_stored_bytes_hold_no_word(mapper: EntryMapper) -> None:
    entry = mapper.to_stored_event(draft(talked("vertrouwelijk")))
    assert b"vertrouwelijk" not in entry.state + entry.header + entry.envelope


def test_the_same_fact_twice_looks_different_everywhere(mapper: EntryMapper) -> None:
    same = draft(talked("gebeld"))
    one, two = mapper.to_stored_event(same), mapper.to_stored_event(same)
    for what in ("state", "event_id", "header", "envelope"):
        assert getattr(one, what) != getattr(two, what)
    salts = {orjson.loads(each.header).pop("salt") for each in (one, two)}
    assert len(salts) == 2


def test_the_envelope_vouches_for_header_and_payload(mapper: EntryMapper) -> None:
    clock = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    actor = Actor(uuid4(), Role.JOB_COACH, uuid4(), uuid4())
    entry = mapper.to_stored_event(
        draft(actor=actor, why=Why(uuid4(), uuid4(), "import:boek"), recorded_at=clock)
    )
    assert orjson.loads(entry.envelope) == {
        "event": str(entry.event_id),
        "recorded_at": "2026-07-01T10:00:00.000000+00:00",  # as the database gives it back
        "header": sha256(entry.header).hexdigest(),
        "payload": sha256(entry.state).hexdigest(),
    }
    header = orjson.loads(entry.header)
    assert header["stream"] == str(entry.originator_id)
    assert (header["version"], header["type"]) == (1, "support.contact.v1")
    opened = mapper.to_domain_event(entry).header
    assert (opened.actor, opened.role) == (actor.person, "job_coach")
    assert (opened.organisation, opened.on_behalf_of) == (actor.organisation, actor.on_behalf_of)
    assert opened.origin == "import:boek"
    assert opened.causation is not None


CLOCKS = [UTC, ZoneInfo("Europe/Amsterdam"), timezone(timedelta(hours=-9, minutes=-30))]
IDS = st.integers(0, 2**128 - 1).map(lambda n: UUID(int=n) if n % 4 else None)


@settings(max_examples=3_000, database=None)
@given(
    st.builds(
        lambda role, organisation, on_behalf_of, origin, version, at: (
            draft(
                actor=Actor(uuid4(), role, organisation, on_behalf_of),
                why=Why(uuid4(), on_behalf_of, origin),
                recorded_at=at,
            ),
            version,
        ),
        st.sampled_from(Role),
        IDS,
        IDS,
        st.text(st.characters(codec="utf-8"), max_size=40),
        st.integers(1, 2**31 - 1),
        st.integers(0, 2**51).map(lambda n: datetime.fromtimestamp(n / 1e6, CLOCKS[n % 3])),
    )
)
def test_canonical_json_is_that_of_rfc_8785(made: tuple[Draft, int]) -> None:
    given_draft, version = made
    mapper = EntryMapper(KeyRing(MASTER, Keep()))
    entry = mapper.to_stored_event(given_draft._replace(version=version))
    for raw in (entry.header, entry.envelope):
        assert raw == rfc8785.dumps(orjson.loads(raw)) == canonical(orjson.loads(raw))
    worded = orjson.loads(entry.envelope)["recorded_at"]
    assert worded == entry.recorded_at.isoformat(timespec="microseconds")
    assert orjson.loads(entry.envelope)["event"] == str(entry.event_id)
    opened, actor, why = Entry(entry, None).header, given_draft.actor, given_draft.why
    assert opened == Header(
        *(actor.person, actor.role.value, actor.organisation, actor.on_behalf_of),
        *(why.correlation, why.causation, why.origin),
    )


def test_an_unknown_type_is_unreadable_and_says_nothing_of_its_contents(
    mapper: EntryMapper,
) -> None:
    entry = mapper.to_stored_event(draft(talked("geheim")))
    with pytest.raises(Unreadable, match=r"vogel\.geland\.v1") as caught:
        mapper.to_domain_event(dataclasses.replace(entry, topic="vogel.geland.v1"))
    assert "geheim" not in repr(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"occurred_on":"31-02-2019"}'])
def test_a_body_of_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decode("support.contact.v1", body)


def test_a_correction_that_does_not_fit_is_unreadable(mapper: EntryMapper) -> None:
    stream = uuid4()
    first = mapper.to_stored_event(draft(talked(), stream))
    wrong = EntryCorrected(
        occurred_on=DAY,
        target=first.event_id,
        target_type="support.contact.v1",
        reason="typefout",
        body={"occurred_on": "geheim"},
    )
    with pytest.raises(Unreadable) as caught:
        mapper.entries([first, mapper.to_stored_event(draft(wrong, stream))])
    assert "geheim" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_a_destroyed_key_takes_the_body_and_nothing_else(mapper: EntryMapper, keep: Keep) -> None:
    stream = uuid4()
    erased = mapper.to_stored_event(draft(talked("weg"), stream))
    kept = mapper.to_stored_event(draft(referred()))
    del keep.kept[erased.key_id]
    fresh = EntryMapper(KeyRing(MASTER, keep))
    opened = fresh.entries([erased, kept, erased])
    assert [each.body is None for each in opened] == [True, False, True]
    assert opened[0].header.actor == SOMEBODY.person
    assert (opened[0].stream, opened[0].version) == (stream, 1)


def test_a_correction_is_sealed_as_what_it_corrects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SetbackSignalled, "RETENTION", Retention.CARE_FILE)
    stream = uuid4()
    signal = SetbackSignalled(occurred_on=DAY, setback=uuid4(), by=SignalledBy.CLIENT, words="bang")
    better = EntryCorrected(
        occurred_on=DAY,
        target=uuid4(),
        target_type=signal.TYPE,
        reason="verkeerd begrepen",
        body=signal.model_dump(mode="json"),
    )
    assert sealed_for(stream, signal) == (stream, Retention.CARE_FILE)
    assert sealed_for(stream, better) == (stream, Retention.CARE_FILE)


def test_a_correction_of_a_funding_goes_with_the_trajectory_that_it_pays_for() -> None:
    trajectory = uuid4()
    approved = FundingApproved(
        occurred_on=DAY,
        trajectory=trajectory,
        funder=Funder.UWV,
        months=24,
        target_group=TargetGroup.EPA,
    )
    better = FundingCorrected(
        occurred_on=DAY,
        target=uuid4(),
        target_type=approved.TYPE,
        reason="typefout",
        body=approved.model_dump(mode="json"),
    )
    assert sealed_for(uuid4(), approved) == (trajectory, Retention.FUNDING)
    assert sealed_for(uuid4(), better) == (trajectory, Retention.FUNDING)


@pytest.mark.parametrize("kind", BY_TYPE.values(), ids=BY_TYPE)
def test_every_event_names_whose_key_it_needs(kind) -> None:
    if kind.SUBJECT is not None:
        field = kind.model_fields[kind.SUBJECT]
        assert field.annotation is UUID
        assert field.is_required()


def test_a_stored_entry_is_bytes_and_ids_only(mapper: EntryMapper) -> None:
    entry = mapper.to_stored_event(draft())
    assert isinstance(entry, StoredEntry)
    names: Callable[[object], set[str]] = lambda each: {f.name for f in dataclasses.fields(each)}  # type: ignore[arg-type]  # noqa: E731
    assert names(entry) == {
        "originator_id", "originator_version", "topic", "state",
        "event_id", "key_id", "recorded_at", "header", "envelope",
    }  # fmt: skip

"""What ties somebody to a trajectory at a moment, and which of its entries exist for them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from domain import policy, wording
from domain.events.base import Event, GrantKind
from eventlog.entry import Entry, Header
from eventlog.log import Given, grants

HOME = wording.HOME
_AN_EMERGENCY = f'"{GrantKind.EMERGENCY.value}"'


@lru_cache(maxsize=64)  # asked several times of the moment of one request
def day_of(now: datetime) -> date:
    """Give the day it is where the people are."""
    return now.astimezone(HOME).date()


def tie_of(
    reader: policy.Reader, trajectory: UUID, given: Given, now: datetime
) -> policy.Relation | None:
    """Find the tie between a reader and a trajectory at this moment."""
    today = day_of(now)
    tie = _tie(reader, trajectory, given, today)
    if tie is None and _AN_EMERGENCY in given.here:  # ends within a day, so it is never remembered
        return policy.in_emergency(reader, trajectory, grants(given), now, today)
    return tie


@lru_cache(maxsize=16_384)
def _tie(
    reader: policy.Reader, trajectory: UUID, given: Given, today: date
) -> policy.Relation | None:
    """Find what ties by the day; equal grants give an equal tie."""
    return policy.relation(reader, trajectory, grants(given), today)


def wrote(tie: policy.Relation, by: Header) -> bool:
    """Say whether somebody recorded an entry in the role they act in, or it was in their name."""
    reader = tie.reader
    return (by.actor, by.role) == (reader.person, reader.role) or by.on_behalf_of == reader.person


def sees(tie: policy.Relation, entry: Entry, body: Event) -> bool:
    """Say whether an entry exists for somebody with this tie."""
    about, person, by = body.__dict__, tie.reader.person, entry.header
    own = person in {by.actor, by.on_behalf_of, *policy.addressed(about)}
    if policy.withheld(tie, entry.event_id, entry.type, about, own=own, wrote=wrote(tie, by)):
        return False
    job = {name: about.get(name) for name in ("employer", "placement")}
    sent = policy.is_sent(tie.sent, entry.event_id, entry.type, about)
    seen = policy.sight(tie).fields(type(body), body.category, own=own, sent=sent, **job)
    return bool(seen)

"""Time travel: which facts were known at a moment, and which had happened by a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from api.problems import Problem, invalid
from api.reading.gate import Access, linked
from api.reading.opening import Shown, from_log, unmarked, visible
from api.wiring import Services
from domain.corrections import Correction, undone
from domain.events import BY_TYPE
from domain.events.base import Category, Kind, field_kinds
from domain.events.correction import EntryCorrected
from domain.language import Text
from domain.rules.base import Refused
from domain.state import Trajectory, fold
from eventlog.entry import Entry
from eventlog.handler import HOME

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """From when to look back; both None: as it is now."""

    known_at: datetime | None = None
    happened_until: date | None = None

    def travels(self, now: datetime) -> bool:
        """Say whether it asks for another state of knowledge than that of now."""
        return self.known_at is not None and self.known_at < now

    def stays(self, now: datetime) -> bool:
        """Say whether it asks for what is known now, all of it."""
        return self.happened_until is None and not self.travels(now)


NOW = Moment()


def moment(known_at: str | None, happened_until: str | None) -> Moment:
    """Read both from an address; raises Problem for what is no moment or no day."""
    at = None
    if known_at is not None:
        at = _moment(known_at)
        if at is None:
            raise invalid("known_at", _A_MOMENT)
    return Moment(at, day_in("happened_until", happened_until))


def day_in(field: str, given: str | None) -> date | None:
    """Read a day from an address; raises Problem for what is none."""
    if given is None:
        return None
    day = _day(given)
    if day is None:
        raise invalid(field, _A_DAY)
    return day


def on_the_day(services: Services, at: Moment) -> date:
    """Give the day that was 'today' then: what was due on it is told as it was due."""
    days = [services.today()]
    if at.known_at is not None:
        days.append(at.known_at.astimezone(HOME).date())
    if at.happened_until is not None:
        days.append(at.happened_until)
    return min(days)


def known(services: Services, trajectory: UUID, at: Moment) -> list[Entry]:
    """Give the entries of a trajectory as they were known then, corrections of then resolved."""
    return let_through(services, trajectory, recorded(services, trajectory, at))


def recorded(services: Services, trajectory: UUID, at: Moment) -> list[Entry]:
    """Give the same as the log holds it, also what the wall keeps from who asks: to judge by."""
    upto = None
    if at.known_at is not None:
        upto = services.log.version_at(trajectory, at.known_at)
    entries = services.log.entries(trajectory, upto=upto)
    until = at.happened_until
    return [
        each
        for each in entries
        if each.body is not None and (until is None or each.body.occurred_on <= until)
    ]


def walled(services: Services, trajectory: UUID, *, upto: int | None = None) -> list[Entry]:
    """Give the entries of a trajectory that the wall gives whoever asks, with no more words."""
    return let_through(services, trajectory, services.log.entries(trajectory, upto=upto))


def let_through(services: Services, trajectory: UUID, entries: Iterable[Entry]) -> list[Entry]:
    """Leave of these what the wall gives.

    The log itself has no wall, as commands are decided by all that it holds.
    """
    found = services.views.audit_trail.let_through(trajectory)
    return [
        entry if with_words else _without_words(entry)
        for entry in entries
        if (with_words := found.get(entry.event_id)) is not None
    ]


def _without_words(entry: Entry) -> Entry:
    if entry.body is None:
        return entry
    kinds = field_kinds(type(entry.body))
    left: dict[str, object] = {n: None for n, kind in kinds.items() if kind is not Kind.FACT}
    if isinstance(entry.body, Correction):
        left["body"] = {}
    return entry.with_body(entry.body.model_copy(update=left))


def read_with(
    services: Services, access: Access, at: Moment, *categories: Category
) -> list[Access]:
    """Give the other files of this person that are read together with this one.

    Only those in which all of these categories are seen, and of then only those that were known
    then to be linked. Raises Unavailable.
    """
    if not access.linked:
        return []
    others = access.linked
    if at.travels(services.now()):
        others &= set(then(known(services, access.trajectory, at)).files)
    return linked(services, access, others, *categories)


def then(entries: Iterable[Entry]) -> Trajectory:
    """Fold entries of a trajectory into how it stood."""
    return fold(each.body for each in entries if each.body is not None)  # type: ignore[misc]  # a trajectory's own


def seen(services: Services, access: Access, entries: list[Entry]) -> Iterator[Shown]:
    """Leave of these entries what the asker sees, but for the corrections themselves."""
    by = corrections(entries)
    for each in entries:
        if isinstance(each.body, EntryCorrected) or undone(each.type, each.body):
            continue
        found = visible(access, *from_log(each, by.get(each.event_id)))
        if found is not None:
            yield unmarked(services, access, found)


def corrections(entries: Collection[Entry]) -> dict[UUID, Entry]:
    """Say by which entry each corrected entry was corrected last."""
    kinds = {each.event_id: each.type for each in entries}
    return {
        each.body.target: each
        for each in entries
        if isinstance(each.body, Correction)
        and kinds.get(each.body.target) == each.body.target_type
        and BY_TYPE[each.body.target_type].CORRECTABLE
    }


_A_MOMENT = Text(
    "Moet een tijdstip met tijdzone zijn: 2026-03-31T12:00:00+02:00 (schrijf + als %2B).",
    "Should be a moment with a time zone: 2026-03-31T12:00:00+02:00 (write + as %2B).",
)
_A_DAY = Text("Moet een datum zijn: 2026-03-31.", "Should be a date: 2026-03-31.")


def _moment(text: str) -> datetime | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
        at.astimezone(HOME)  # the last hours of the calendar are no day here
    except (ValueError, OverflowError):
        return None
    return at


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def refused(error: Refused) -> Problem:
    """Word what a rule says of one part of an address."""
    return invalid(error.field or "", error.text)


def refuse(field: str, nl: str, en: str) -> Problem:
    """Word what is wrong with one part of an address."""
    return invalid(field, Text(nl, en))

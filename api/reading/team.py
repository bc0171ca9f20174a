"""What a team lead sees of the team: caseloads, who stands in, and where somebody is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access
from api.reading.names import lookup
from api.reading.outcomes import last_month
from api.reading.programmes import programmes
from api.reading.sorting import family_key
from api.reading.state import told_state
from api.reading.support import Told, counts, led_at, told_cases
from api.reading.unanswered import unanswered
from api.wiring import Services
from domain import caseload
from domain.events.base import Category
from domain.roles import Role
from domain.state.circle import Circle, Cover


class _Seen(NamedTuple):
    """One file as the lead is told of it."""

    told: Told
    circle: Circle

    @property
    def line(self) -> Mapping[str, Any]:
        return self.told.line


class _Arranged(NamedTuple):
    """One arrangement, which has an entry on each file."""

    coach: UUID
    person: UUID
    starts_on: date
    ends_on: date


def _arranged(cover: Cover) -> _Arranged:
    return _Arranged(cover.coach, cover.person, cover.starts_on, cover.ends_on)


class _Called:
    """What colleagues are called, each by a file on which they stand."""

    def __init__(self, services: Services, asking: Asking, seen: Sequence[_Seen]) -> None:
        self._asking, self._on = asking, dict[UUID, Access]()
        for each in seen:
            access, circle = each.told.access, each.circle
            around = {each.person for each in circle.coaches}
            around |= {who for each in circle.covers for who in (each.coach, each.person)}
            for who in around:
                self._on.setdefault(who, access)
        files = list({each.trajectory for each in self._on.values()})
        self._known = lookup(services, {*self._on, asking.actor.person}, files)

    def key(self, who: UUID) -> tuple[str, str]:
        """Sort somebody by their family name."""
        known = self._known.get(who)
        return ("", "") if known is None else family_key(known.given, known.family)

    def of(self, who: UUID) -> str:
        """Say what somebody is called."""
        access, known = self._on.get(who), self._known.get(who)
        role = Role.JOB_COACH
        found = None if access is None or known is None else known.as_seen(access.sight.names(role))
        return found or role.label.to(self._asking.language)


def must_lead(services: Services, asking: Asking) -> None:
    """Raise the Problem of what is not there for who leads no team."""
    if not led_at(services, asking.reader):
        raise not_found()


def team(services: Services, asking: Asking) -> dict[str, Any]:
    """Give it; raises Problem as `must_lead` does."""
    must_lead(services, asking)
    seen = _seen(services, asking)
    called = _Called(services, asking, seen)
    theirs, guided = programmes(services, asking), _guided(seen)
    people = sum(counts(each.line) for each in seen)
    return {
        "day": services.today(),
        "people": people,
        "note": caseload.NOTE.to(asking.language),
        "coaches": _coaches(asking, called, guided, _hours(theirs)),
        "unanswered": unanswered(services, asking, people, guided),
        "covers": list(_covers(services, called, seen)),
        "needed": [each.line for each in seen if "needs_somebody" in each.line],
        "setbacks": sorted(_setbacks(services, seen), key=lambda each: each["on"]),
        "due": list(_due(services, seen)),
        "promises": list(_promises(services, asking, theirs, seen)),
    }


def coached_by(services: Services, asking: Asking, coach: UUID) -> dict[str, Any]:
    """Give whom one coach guides; raises Problem when that is nobody of the own team."""
    must_lead(services, asking)
    seen = [each for each in _seen(services, asking) if coach in _coaching(each)]
    if not seen:
        raise not_found()
    called = _Called(services, asking, seen)
    return {"coach": coach, "name": called.of(coach), "cases": [each.line for each in seen]}


def _seen(services: Services, asking: Asking) -> list[_Seen]:
    """Give the files of which the lead sees who is on the team."""
    return [
        _Seen(each, told_state(services, each.access, each.case.state).circle)
        for each in told_cases(services, asking)
        if each.access.sees_all(Category.IDENTITY)
    ]


def _coaching(each: _Seen) -> set[UUID]:
    """Name the coaches of a file that is still open to them."""
    return {coach.person for coach in each.circle.coaches}


def _hours(theirs: Collection[Mapping[str, Any]]) -> Mapping[UUID, float]:
    """Add up how much of a week each coach has for the programmes of the organisation."""
    found: defaultdict[UUID, float] = defaultdict(float)
    for programme in theirs:
        for each in programme["coaches"]:
            found[each.coach] += each.fte
    return found


def _guided(seen: Sequence[_Seen]) -> Mapping[UUID, int]:
    """Count whom each coach guides."""
    found: defaultdict[UUID, int] = defaultdict(int)
    for each in seen:
        for coach in _coaching(each):
            found[coach] += counts(each.line)
    return found


def _coaches(
    asking: Asking, called: _Called, guided: Mapping[UUID, int], hours: Mapping[UUID, float]
) -> list[dict[str, Any]]:
    """Give each coach by name: by family name, for there is nobody to be first or last."""
    return [
        {
            "coach": coach,
            "name": called.of(coach),
            "people": guided[coach],
            "fte": hours.get(coach),
            "told": told and told.to(asking.language),
        }
        for coach in sorted(guided, key=lambda who: (called.key(who), who))
        for told in [caseload.told(guided[coach], hours.get(coach, 0))]
    ]


def _covers(services: Services, called: _Called, seen: Sequence[_Seen]) -> Iterator[dict[str, Any]]:
    """Give who stands in, and who will: once, however many files it is for."""
    today = services.today()
    found: defaultdict[_Arranged, int] = defaultdict(int)
    for each in seen:
        for cover in each.circle.covers:
            if not cover.ended and today <= cover.ends_on:
                found[_arranged(cover)] += 1
    for told in sorted(found, key=lambda each: (each.starts_on, each.ends_on, each.coach)):
        yield {
            **told._asdict(),
            "coach_name": called.of(told.coach),
            "name": called.of(told.person),
            "running": told.starts_on <= today,
            "people": found[told],
        }


def _setbacks(services: Services, seen: Sequence[_Seen]) -> Iterator[dict[str, Any]]:
    """Give what waits for an answer where the lead sees it: while standing in (reference 0.1)."""
    for each in seen:
        access = each.told.access
        if not access.sees_all(Category.SETBACK):
            continue
        state = told_state(services, access, each.told.case.state)
        for setback in state.wellbeing.setbacks:
            if setback.open and setback.answered_on is None:
                yield {
                    "trajectory": access.trajectory,
                    "name": each.line["name"],
                    "on": setback.signalled_on,
                    "setback": setback.id,
                }


def _due(services: Services, seen: Sequence[_Seen]) -> Iterator[dict[str, Any]]:
    """Give which contacts are due where the lead stands in, with why."""
    today = services.today()
    for each in seen:
        due = each.line.get("next")
        if due is not None and due["on"] < today:
            line = each.line
            yield {"trajectory": line["trajectory"], "name": line["name"], **due}


def _promises(
    services: Services,
    asking: Asking,
    theirs: Collection[Mapping[str, Any]],
    seen: Sequence[_Seen],
) -> Iterator[dict[str, Any]]:
    """Give the talks of last month by programme; whom no coach here guides has no name."""
    called = {each.told.access.trajectory: each.line["name"] for each in seen}
    for each in theirs:
        told = last_month(services, asking, each["programme"])
        if told is not None:
            named = [{**one, "name": called.get(one["trajectory"])} for one in told["named"]]
            yield {"programme": each["programme"], "name": each["name"], **told, "named": named}

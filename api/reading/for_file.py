"""What the care team takes over into the own clinic's file: a few weeks, or one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.entry import one
from api.reading.gate import Access, noted, tied
from api.reading.moment import Moment, refuse
from api.reading.timeline import through
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Kind, field_kinds
from domain.policy import keeps_own_file

USUAL = timedelta(weeks=4)
"""How far back it goes when nothing is asked."""
_PAGES = 5
"""What does not fit is for a shorter period."""


def for_file(  # noqa: PLR0913 - who asks, about which file, and what of it
    services: Services,
    asking: Asking,
    trajectory: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
    entry: UUID | None = None,
) -> tuple[Access, dict[str, Any]]:
    """Give the entries of a period, the first first, or one; raises Problem.

    What was told in confidence about or by somebody else stays behind: it is not for another file.
    """
    access = tied(services, asking, trajectory)
    if not keeps_own_file(access.role):
        raise not_found()
    last = until or access.today
    first = since or last - USUAL
    if first > last:
        raise refuse(
            "since",
            "De eerste dag ligt na de laatste. Draai ze om.",
            "The first day is after the last. Turn them round.",
        )
    if entry is not None:
        access, found = one(services, asking, trajectory, entry)
        entries: Iterable[Mapping[str, Any]] = [found.entry]
    else:
        noted(services, access)
        entries = list(_between(services, access, first, last))[::-1]
    return access, {
        "trajectory": trajectory,
        "since": first,
        "until": last,
        "entries": [_but_confidence(each) for each in entries],
    }


def _between(
    services: Services, access: Access, first: date, last: date
) -> Iterator[Mapping[str, Any]]:
    pages = through(services, access, at=Moment(happened_until=last))
    for page in islice(pages, _PAGES):
        for each in page["entries"]:
            if each["occurred_on"] < first:
                return
            yield each
    more = next(pages, {"entries": ()})["entries"]
    if any(each["occurred_on"] >= first for each in more):
        raise refuse(
            "since",
            "Dit is te veel voor één keer. Kies een kortere periode.",
            "This is too much for once. Choose a shorter period.",
        )


def _but_confidence(entry: Mapping[str, Any]) -> dict[str, Any]:
    kinds = field_kinds(BY_TYPE[entry["type"]])
    text = {name: said for name, said in entry["text"].items() if kinds[name] is not Kind.THIRD}
    return {**entry, "text": text}

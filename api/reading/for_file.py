"""What the care team takes over into the own clinic's file: a few weeks, or one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.entry import one
from api.reading.gate import Access, noted, tied
from api.reading.moment import Moment, refused
from api.reading.timeline import through
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Kind, field_kinds
from domain.policy import keeps_own_file
from domain.rules.base import Refused
from domain.rules.period import taken_over


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
    try:
        first, last = taken_over(access.today, since, until)
    except Refused as error:
        raise refused(error) from error
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
    for page in through(services, access, at=Moment(happened_until=last)):
        for each in page["entries"]:
            if each["occurred_on"] < first:
                return
            yield each


def _but_confidence(entry: Mapping[str, Any]) -> dict[str, Any]:
    kinds = field_kinds(BY_TYPE[entry["type"]])
    text = {name: said for name, said in entry["text"].items() if kinds[name] is not Kind.THIRD}
    return {**entry, "text": text}

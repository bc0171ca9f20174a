"""The work that did not end, laid out of what stands for its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from api.reading.gate import Access
from api.reading.moment import then, walled
from api.reading.opening import hidden
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.placement import Begun, Ended, PlacementEvent
from domain.state.work import Work


class Working(NamedTuple):
    """Work that goes on, or is still to start."""

    placement: str
    """As its reader is told it."""
    begun: Mapping[str, Any]
    more: tuple[Mapping[str, Any], ...]
    """What stands about it beside: other hours, adjustments, appointments."""


def working(standing: Iterable[Mapping[str, Any]]) -> list[Working]:
    """Give it in the order in which it stands; `standing` as `state` gives it."""
    stands = list(standing)
    gone = over(stands)
    begun = {
        str(each["fields"]["placement"]): each
        for each in stands
        if issubclass(BY_TYPE[each["type"]], Begun) and not of_work(each, gone)
    }
    return [
        Working(
            placement,
            one,
            tuple(each for each in stands if each is not one and of_work(each, {placement})),
        )
        for placement, one in begun.items()
    ]


def held(services: Services, access: Access) -> Work:
    """Fold the work of which the wall gives its reader: all that was noted, not what stands alone.

    The read model of a whole state is for who is given all of it.
    """
    entries = walled(services, access.trajectory)
    return then(each for each in entries if not hidden(access, each)).work


def over(standing: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Name the work that ended."""
    return frozenset(
        str(each["fields"]["placement"])
        for each in standing
        if issubclass(BY_TYPE[each["type"]], Ended)
    )


def of_work(entry: Mapping[str, Any], placements: Iterable[str]) -> bool:
    """Say whether an entry is about work among these."""
    about = issubclass(BY_TYPE[entry["type"]], PlacementEvent)
    return about and str(entry["fields"]["placement"]) in placements

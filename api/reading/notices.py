"""What somebody would like to know of without looking for it, out of what stands in the log.

Nothing is stored: what they saw on a timeline (`newness`) is told no more, nor what was answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, before_hindsight
from api.reading.names import look_up_for, names
from api.reading.opening import Shown, opened
from api.reading.people import ties
from api.reading.showing import named_in, sentences
from api.wiring import Services
from domain.events.cover import CoverArranged, CoverEnded
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.policy import TOLD, Weight, notice
from domain.roles import Role
from eventlog.handler import HOME
from projections.entries import Row

_BACK = timedelta(days=30)
_MOST = 200
_FOR_SEVERAL = frozenset({CoverArranged, CoverEnded})
_ANSWERS = frozenset({SetbackAnswered, RecoveryNoted})


class About(NamedTuple):
    """Whom it is about, as the reader knows them."""

    trajectory: UUID
    name: str


class Notice(NamedTuple):
    """What somebody is told of: an entry, or what was arranged for several files at once."""

    weight: Weight
    about: tuple[About, ...]
    sentence: str
    on: date
    position: int
    several: bool = False
    """Said of several files in the same words, it is one notice."""


def notices(services: Services, asking: Asking) -> list[Notice]:
    """Give what is to be told, the last first.

    Who looks into a file in an emergency is told nothing of what comes after.
    """
    files = {each.trajectory: each for each in _files(services, asking)}
    seen = services.desk.all_seen(asking.actor.person, asking.actor.role.value)
    since = services.today() - _BACK
    rows = services.views.timeline.lately(files, TOLD, since, limit=_MOST)
    by_file = groupby(sorted(rows, key=attrgetter("stream")), key=attrgetter("stream"))
    weighed = {
        file: list(_weighed(services, files[file], list(of), seen.get(file, 0)))
        for file, of in by_file
    }
    told = [files[file] for file, entries in weighed.items() if entries]
    around = {who for of in weighed.values() for who in named_in(each for each, _ in of)}
    around |= {each.client for each in told if each.client is not None}
    look_up_for(services, told, around)
    found = [each for file in told for each in _worded(services, file, weighed[file.trajectory])]
    return sorted(_together(found), key=attrgetter("position"), reverse=True)


def _together(found: list[Notice]) -> Iterator[Notice]:
    """Tell once what was arranged for several files at once."""
    alike: dict[tuple[str, date], Notice] = {}
    for each in found:
        if not each.several:
            yield each
            continue
        first = alike.setdefault((each.sentence, each.on), each)
        if first is not each:
            both = first._replace(about=(*first.about, *each.about))
            alike[each.sentence, each.on] = both
    yield from alike.values()


def _files(services: Services, asking: Asking) -> Iterator[Access]:
    for each in ties(services, asking):
        if each.sight.relation.emergency is None:
            yield before_hindsight(services, each) if each.sight.pseudonymous else each


def _weighed(
    services: Services, access: Access, rows: list[Row], seen: int
) -> Iterator[tuple[Shown, Weight]]:
    """Give what others recorded in a file since it was seen, as far as it still waits."""
    shown = list(opened(services, access, rows))
    answered = {each.fields.get("setback") for each in shown if each.event in _ANSWERS}
    for each in shown:
        if (
            each.row.position > seen
            and each.row.actor != access.person
            and not (each.event is SetbackSignalled and each.fields.get("setback") in answered)
            and (weight := notice(access.sight.relation, each.event, each.fields)) is not None
        ):
            yield each, weight


def _worded(
    services: Services, access: Access, weighed: Sequence[tuple[Shown, Weight]]
) -> Iterator[Notice]:
    """Say it, with whom it is about."""
    client = access.client
    if client is None:
        name = Role.CLIENT.label.to(access.asking.language)
    else:
        name = names(services, access, [client]).of(client, Role.CLIENT)
    said = sentences(services, access, [each for each, _ in weighed])
    for (each, weight), sentence in zip(weighed, said, strict=True):
        yield Notice(
            weight,
            (About(access.trajectory, name),),
            sentence,
            each.row.recorded_at.astimezone(HOME).date(),
            each.row.position,
            each.event in _FOR_SEVERAL,
        )


def count(found: list[Notice], *, quiet: bool) -> int:
    """Count them for the page somebody begins on; to who wants it quiet, what cannot wait."""
    return sum(not quiet or each.weight is Weight.NOW for each in found)

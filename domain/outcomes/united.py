"""Several files of one person as one: for figures, which count people and not files.

What runs in one of the files runs, and a day is never counted twice: work at one employer on the
same days is one job, however often it was told. Only files that entered the same programme are
put together, so that its figures hold nothing of a team elsewhere. A file that was never told of
an end keeps a job running: its team corrects that there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from domain.outcomes.counted import Competition, Counted
from domain.outcomes.track import Span, Track

_DAY = timedelta(days=1)
Days = tuple[date, date]
"""From a day up to a day that is no part of it; up to the last date there is: it goes on."""


def one_person(files: Mapping[UUID, Collection[UUID]]) -> list[tuple[UUID, ...]]:
    """Put the files of one person together, by what each is linked with.

    A link counts when both files say so. Files that are not among these are left out; the order is
    that of the files.
    """
    place = {file: at for at, file in enumerate(files)}
    groups: list[tuple[UUID, ...]] = []
    seen: set[UUID] = set()
    for first in files:
        if first in seen:
            continue
        group, wanted = set[UUID](), [first]
        while wanted:
            file = wanted.pop()
            if file not in group:
                group.add(file)
                wanted += [
                    other for other in files[file] if other in files and file in files[other]
                ]
        seen |= group
        groups.append(tuple(sorted(group, key=place.__getitem__)))
    return groups


def union(days: Iterable[Days]) -> list[Days]:
    """Give the days that are in any of these, in order, none of them twice."""
    found: list[Days] = []
    for since, end in sorted(days):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif since < end:
            found.append((since, end))
    return found


def less(days: Iterable[Days], taken: Iterable[Days]) -> list[Days]:
    """Give the days of the first that are in none of the second."""
    left = union(days)
    for since, end in union(taken):
        left = [
            part
            for a, b in left
            for part in ((a, min(b, since)), (max(a, end), b))
            if part[0] < part[1]
        ]
    return left


def united(files: Sequence[tuple[Track, Sequence[Days]]]) -> Track:
    """Make one track of these, each with the days on which it was in the programme.

    Closed is who is closed in every file of them that was there.
    """
    tracks = [track for track, _ in files]
    there = union(each for _, days in files for each in days)
    open_ = union(
        part for track, days in files for part in less(days, map(_closed, track.closings))
    )
    said: dict[object, tuple[date, str]] = {}
    for track in tracks:
        for question, answer in track.said.items():
            said[question] = max(answer, said.get(question, answer))
    return Track(
        entries=sorted((e for t in tracks for e in t.entries), key=lambda e: (e[0], str(e[1]))),
        closings=[Span(since, _until(end)) for since, end in less(there, open_)],
        spans=_spans([track.spans for track in tracks]),
        benefits=_benefits([track.benefits for track in tracks]),
        met_employer=sorted({day for track in tracks for day in track.met_employer}),
        promises=[],  # each team kept its own: see `promises`
        watched=any(track.watched for track in tracks),
        said=said,  # type: ignore[arg-type]  # by question
    )


class _Told(NamedTuple):
    """A span, and which file told it."""

    file: int
    span: Span


def _spans(files: Sequence[Sequence[Span]]) -> list[Span]:
    """Take what several files tell of the same days at the same employer as one."""
    told = [_Told(n, span) for n, spans in enumerate(files) for span in spans]
    groups: list[list[_Told]] = []
    for each in sorted(told, key=_order):
        same = next((group for group in groups if _goes_with(group, each)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return [_one([each.span for each in group]) for group in groups]


def _order(told: _Told) -> tuple[object, ...]:
    """Sort by what was told, and by neither file nor id: what is alike goes together."""
    span = told.span
    hours = span.hours or 0
    return span.since, span.until or date.max, hours, str(span.changes), str(span.thing)


def _goes_with(group: Sequence[_Told], told: _Told) -> bool:
    """Say whether another file tells of it as well; two jobs that one file tells of are two."""
    first, span = group[0].span, told.span
    overlapping = [each.file for each in group if _overlap(each.span, span)]
    return (
        (first.rung, first.employer) == (span.rung, span.employer)
        and bool(overlapping)
        and told.file not in overlapping
    )


def _overlap(one: Span, other: Span) -> bool:
    (a, b), (c, d) = _days(one), _days(other)
    return max(a, c) < min(b, d)


def _one(spans: Sequence[Span]) -> Span:
    """Make one of them, the first to begin first: hours are those told last, never added up."""
    first, *others = spans
    if not others:
        return first
    changes = [
        *first.changes,
        *((each.since, each.hours) for each in others if each.hours is not None),
        *(change for each in others for change in each.changes),
    ]
    last = max(each.until or date.max for each in spans)
    return first._replace(
        until=_until(last),
        competition=_competition([each.competition for each in spans]),
        changes=tuple(sorted(changes, key=lambda change: (change[0], change[1] or 0))),
    )


def _competition(verdicts: Iterable[Competition | None]) -> Competition | None:
    """Take what was told over what was assumed; told in two ways it is for an auditor to judge."""
    known = {each for each in verdicts if each is not None}
    told = known - {Competition.ASSUMED} or known
    return Competition.NEEDS_JUDGEMENT if len(told) > 1 else next(iter(told), None)


def _benefits(files: Sequence[Sequence[tuple[date, Counted]]]) -> list[tuple[date, Counted]]:
    """Take what several files tell alike of the same day once."""
    days: dict[date, set[tuple[Counted, ...]]] = {}
    for told in files:
        for day, own in groupby(told, itemgetter(0)):
            days.setdefault(day, set()).add(tuple(each for _, each in own))
    return [
        (day, each) for day in sorted(days) for own in sorted(days[day], key=str) for each in own
    ]


def _days(span: Span) -> Days:
    """Give the days on which something ran: one day when it ended on the day that it began."""
    if span.until is None:
        return span.since, date.max
    called_off = span.until < span.since
    return span.since, span.until if called_off else max(span.until, span.since + _DAY)


def _closed(span: Span) -> Days:
    return span.since, span.until or date.max


def _until(end: date) -> date | None:
    return None if end == date.max else end

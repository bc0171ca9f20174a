"""The IPS ladder: competitive paid work and nothing else, as reference 2.1 defines it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from domain.outcomes.counted import Competition
from domain.outcomes.period import Person
from domain.outcomes.track import COUNTS_FOR_IPS, Span

_DAY = timedelta(days=1)
NEW_JOB_AFTER = timedelta(days=14)
"""Back at the same employer within this time is the same job (reference 2.1, P)."""
SUSTAINED_WEEKS = (13, 26, 52)


class Days(NamedTuple):
    """The median of days to something, and for how many it has not come."""

    median: float | None
    without: int


class Sustained(NamedTuple):
    """Of the jobs old enough to tell, how many lasted so many weeks."""

    weeks: int
    jobs: int
    lasted: int


class Ips(NamedTuple):
    """The measures of reference 2.1 for one period."""

    served: int
    jobs: int
    """That ran for a day or more of the period."""
    working: int
    """With a day or more in a competitive job; two jobs are one person."""
    assumed: int
    """Of these, only by a job of which none of the facts of 3.3 was told."""
    needs_judgement: int
    """Only with a job that an auditor is to judge; not counted as working."""
    ever: int
    """With a competitive job since they came in."""
    job_starts: int
    job_ends: int
    days_to_first_job: Days
    days_to_first_employer_contact: Days
    tenure_days: float | None
    """The median; of a job that runs, up to the last day of the period."""
    tenure_running: int
    hours_per_week: float | None
    """The mean over jobs, each over its days with known hours."""
    hours_unknown: int
    sustained: tuple[Sustained, ...]


def ips(people: Sequence[Person]) -> Ips:
    """Count competitive work."""
    every = [(job, p) for p in people for job in joined(p.track.competitive)]
    jobs = [(job, p) for job, p in every if job.touches(p.first, p.last)]
    within = [[j for j in p.track.competitive if j.touches(p.first, p.last)] for p in people]
    hours = [_hours(job, person) for job, person in jobs]
    known = [each for each in hours if each is not None]
    tenures = [(min(j.until or date.max, p.last + _DAY) - j.since).days for j, p in jobs]
    return Ips(
        served=len(people),
        jobs=len(jobs),
        working=sum(map(bool, within)),
        assumed=sum(bool(own) and all(map(_assumed, own)) for own in within),
        needs_judgement=sum(
            not own and _awaits(person) for person, own in zip(people, within, strict=True)
        ),
        ever=sum(any(j.touches(p.entered_on, p.last) for j in p.track.competitive) for p in people),
        job_starts=sum(p.first <= job.since <= p.last for job, p in jobs),
        job_ends=sum(_ended(job, p) for job, p in every),
        days_to_first_job=_days((p, [j.since for j in p.track.competitive]) for p in people),
        days_to_first_employer_contact=_days((p, p.track.met_employer) for p in people),
        tenure_days=median(tenures) if tenures else None,
        tenure_running=sum(job.until is None or job.until > p.last for job, p in jobs),
        hours_per_week=round(fmean(known), 1) if known else None,
        hours_unknown=len(hours) - len(known),
        sustained=tuple(_sustained(weeks, jobs) for weeks in SUSTAINED_WEEKS),
    )


def joined(jobs: Iterable[Span]) -> list[Span]:
    """Take what goes on at the same employer after a short gap as one job."""
    found: list[Span] = []
    for job in sorted(jobs, key=lambda each: (each.since, each.until or date.max)):
        at = next((n for n, each in enumerate(found) if _goes_on(each, job)), None)
        if at is None:
            found.append(job)
        else:
            before = found[at]
            changes = (*before.changes, (job.since, job.hours), *job.changes)
            found[at] = before._replace(until=job.until, changes=changes)
    return found


def _goes_on(before: Span, job: Span) -> bool:
    return (
        before.employer == job.employer
        and before.until is not None
        and before.until <= job.since <= before.until + NEW_JOB_AFTER
    )


def _ended(job: Span, person: Person) -> bool:
    return (
        job.until is not None
        and job.since <= job.until
        and (person.first <= job.until <= person.last)
    )


def _assumed(job: Span) -> bool:
    return job.competition is Competition.ASSUMED


def _awaits(person: Person) -> bool:
    return any(
        each.competition is Competition.NEEDS_JUDGEMENT and each.touches(person.first, person.last)
        for each in person.track.spans
    )


def _days(told: Iterable[tuple[Person, Iterable[date]]]) -> Days:
    found = [
        min((day - p.entered_on for day in days if p.entered_on <= day <= p.last), default=None)
        for p, days in told
    ]
    known = [each.days for each in found if each is not None]
    return Days(median(known) if known else None, len(found) - len(known))


def _hours(job: Span, person: Person) -> float | None:
    """Weigh the hours of a job by the days of the period on which they held."""
    first, end = max(job.since, person.first), min(job.until or date.max, person.last + _DAY)
    turns = [first, *(on for on, _ in job.changes if first < on < end), end]
    parts = [((b - a).days, job.hours_on(a)) for a, b in pairwise(turns)]
    known = [(days, hours) for days, hours in parts if hours is not None and days > 0]
    total = sum(days for days, _ in known)
    return sum(days * hours for days, hours in known) / total if total else None


def _sustained(weeks: int, jobs: Sequence[tuple[Span, Person]]) -> Sustained:
    span = timedelta(weeks=weeks)
    old = [(job, p) for job, p in jobs if p.entered_on <= job.since <= p.last + _DAY - span]
    lasted = sum(min(job.until or date.max, p.last + _DAY) - job.since >= span for job, p in old)
    return Sustained(weeks, len(old), lasted)


__all__ = ["COUNTS_FOR_IPS", "Days", "Ips", "Sustained", "ips", "joined"]

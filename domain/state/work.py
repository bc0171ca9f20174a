"""The work of a trajectory: jobs, trial placements, volunteering, sheltered work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.placement import (
    AccommodationAgreed,
    AccommodationChanged,
    HoursChanged,
    JobEnded,
    JobEndLearned,
    JobStarted,
    ShelteredWorkEnded,
    ShelteredWorkStarted,
    TrialPlacementEnded,
    TrialPlacementExtended,
    TrialPlacementStarted,
    VolunteeringEnded,
    VolunteeringStarted,
)
from domain.events.topics import PlacementTopic
from domain.language import Choice
from domain.state.appointments import Appointment, Appointments


class PlacementKind(Choice):
    """What sort of work it is; only the first is a job (reference, decisions 5 and 6)."""

    JOB = "job", "betaalde baan", "paid job"
    TRIAL = "trial", "proefplaatsing", "trial placement"
    VOLUNTEERING = "volunteering", "vrijwilligerswerk", "volunteering"
    SHELTERED = "sheltered", "beschut werk", "sheltered work"


class HoursFrom(NamedTuple):
    """Hours a week from a day on."""

    starts_on: date
    hours_per_week: float


class Placement(NamedTuple):
    """One job, trial, volunteering or sheltered work, without any reason why it ended."""

    id: UUID
    kind: PlacementKind
    employer: UUID
    title: str
    starts_on: date
    hours_per_week: float | None = None
    """At the start; see `hours`."""
    ends_on: date | None = None
    ended_on: date | None = None
    end_learned_on: date | None = None
    accommodations: tuple[UUID, ...] = ()
    changes: tuple[HoursFrom, ...] = ()
    """Other hours, in the order of the days from which they count."""

    def hours(self, day: date) -> float | None:
        """Give the hours a week on a day: what is planned counts from its own day on.

        None is not known, which is never the same as none.
        """
        counting = [each.hours_per_week for each in self.changes if each.starts_on <= day]
        return counting[-1] if counting else self.hours_per_week

    def coming(self, day: date) -> HoursFrom | None:
        """Give the first hours other than those of a day that are planned for after it."""
        now = self.hours(day)
        later = (each for each in self.changes if day < each.starts_on)
        return next((each for each in later if each.hours_per_week != now), None)

    def begun(self, day: date) -> bool:
        """Whether it had really begun by then: work called off before its start never did."""
        called_off = self.ended_on is not None and self.ended_on < self.starts_on
        return self.starts_on <= day and not called_off

    def running(self, day: date) -> bool:
        """Whether this work was going on that day."""
        return self.starts_on <= day and (self.ended_on is None or day < self.ended_on)


class Gap(NamedTuple):
    """A time without a paid job, from its first day up to the day of the next one."""

    since: date
    until: date | None = None
    """None as long as it lasts."""

    def years(self, today: date) -> int:
        """Give how many whole years it lasted."""
        until = self.until or today
        before = (until.month, until.day) < (self.since.month, self.since.day)
        return until.year - self.since.year - before


class Work(NamedTuple):
    """All work there was, in the order it was noted."""

    placements: tuple[Placement, ...] = ()
    appointments: Appointments = ()
    """Those at work, those that were cancelled too; the last that changed comes last."""

    def find(self, placement: UUID) -> Placement | None:
        """Find one by its id."""
        return next((each for each in self.placements if each.id == placement), None)

    def running(self, day: date) -> Iterator[Placement]:
        """Give what was going on that day."""
        return (each for each in self.placements if each.running(day))

    def open(self) -> Iterator[Placement]:
        """Give what has not ended, also what is still to start."""
        return (each for each in self.placements if each.ended_on is None)

    def is_open(self, placement: UUID) -> bool:
        """Whether it is here and has not ended."""
        return any(each.id == placement for each in self.open())

    def appointment(self, wanted: UUID) -> Appointment | None:
        """Find an appointment by its id."""
        return next((each for each in self.appointments if each.id == wanted), None)

    def coming(self, today: date) -> list[Appointment]:
        """Give the appointments of today and later, the first one first; none of ended work."""
        coming = (
            each
            for each in self.appointments
            if not each.cancelled and today <= each.planned_on and self.is_open(each.placement)
        )
        return sorted(coming, key=lambda each: (each.planned_on, each.at, each.id))

    def ever(self, kind: PlacementKind, today: date) -> bool:
        """Whether there was ever work of this kind by then."""
        return any(each.kind is kind and each.begun(today) for each in self.placements)

    def gaps(self, since: date | None, today: date) -> tuple[Gap, ...]:
        """Give the times without a paid job, from that day or the first job on; oldest first."""
        begun = (each for each in self.placements if each.begun(today))
        jobs = [(each.starts_on, each.ended_on) for each in begun if each.kind is PlacementKind.JOB]
        found, free = [], since
        for starts_on, ended_on in sorted(jobs, key=lambda job: job[0]):
            if free is not None and free < starts_on:
                found.append(Gap(free, starts_on))
            free = max(free or starts_on, ended_on or date.max)
        return (*found, Gap(free)) if free is not None and free <= today else tuple(found)


_KINDS = {
    JobStarted: PlacementKind.JOB,
    TrialPlacementStarted: PlacementKind.TRIAL,
    VolunteeringStarted: PlacementKind.VOLUNTEERING,
    ShelteredWorkStarted: PlacementKind.SHELTERED,
}


def evolve_work(work: Work, event: PlacementTopic) -> Work:
    match event:
        case (
            JobStarted() | TrialPlacementStarted() | VolunteeringStarted() | ShelteredWorkStarted()
        ):
            return work._replace(placements=(*work.placements, _begun(event)))
        case JobEnded() | TrialPlacementEnded() | VolunteeringEnded() | ShelteredWorkEnded():
            return _changed(
                work, event.placement, lambda each: each._replace(ended_on=event.occurred_on)
            )
        case JobEndLearned():
            return _changed(
                work, event.placement, lambda each: each._replace(end_learned_on=event.occurred_on)
            )
        case HoursChanged():
            new_hours = HoursFrom(event.starts_on, event.hours_per_week)
            return _changed(work, event.placement, lambda each: _with_hours(each, new_hours))
        case TrialPlacementExtended():
            return _changed(
                work, event.placement, lambda each: each._replace(ends_on=event.ends_on)
            )
        case AccommodationAgreed():
            new = event.accommodation
            return _changed(
                work,
                event.placement,
                lambda each: each._replace(accommodations=(*each.accommodations, new)),
            )
        case AccommodationChanged():
            return work
        case _:
            assert_never(event)


def _begun(
    event: JobStarted | TrialPlacementStarted | VolunteeringStarted | ShelteredWorkStarted,
) -> Placement:
    return Placement(
        event.placement,
        _KINDS[type(event)],
        event.employer,
        event.title,
        event.starts_on,
        event.hours_per_week,
        event.ends_on,
    )


def _with_hours(placement: Placement, new: HoursFrom) -> Placement:
    others = (each for each in placement.changes if each.starts_on != new.starts_on)
    return placement._replace(changes=tuple(sorted((*others, new))))


def _changed(work: Work, placement: UUID, change: Callable[[Placement], Placement]) -> Work:
    changed = (change(each) if each.id == placement else each for each in work.placements)
    return work._replace(placements=tuple(changed))

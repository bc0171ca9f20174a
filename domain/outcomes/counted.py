"""What of an event is counted: days, kinds and counts; no words, and not which benefit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from domain.events.base import Event
from domain.events.benefit import Benefit, BenefitEnded, BenefitSituationNoted
from domain.events.course import (
    ClosingReason,
    DoorLeftOpen,
    MovedAway,
    Paused,
    ReEntered,
    Resumed,
    TrajectoryClosed,
)
from domain.events.experience import About, ExperienceGiven
from domain.events.linking import FilesLinked, FilesUnlinked
from domain.events.participation import (
    EducationCompleted,
    EducationKind,
    EducationStarted,
    EducationStopped,
    InformalCareEnded,
    InformalCareNoted,
    OwnCareTrajectoryEnded,
    OwnCareTrajectoryNoted,
    SportOrCourseEnded,
    SportOrCourseStarted,
)
from domain.events.placement import (
    EmployerOfRecord,
    HoursChanged,
    JobEnded,
    JobStarted,
    ShelteredWorkEnded,
    ShelteredWorkStarted,
    VolunteeringEnded,
    VolunteeringStarted,
)
from domain.events.referral import ProgrammeEntered
from domain.events.search import ContactResult, EmployerContactMade
from domain.events.support import ContactRhythmAgreed, ContactWelcomeAgain, LeftInPeace
from domain.events.wellbeing import WatchAsked, WatchStopped
from domain.language import Choice


class Rung(Choice):
    """A rung of the ladder of taking part; one person may stand on several (decision 5)."""

    PAID = "paid", "betaald werk", "paid work"
    SHELTERED = "sheltered", "beschut werk", "sheltered work"
    VOLUNTEERING = "volunteering", "vrijwilligerswerk", "volunteering"
    INFORMAL_CARE = "informal_care", "mantelzorg", "informal care"
    EDUCATION = "education", "opleiding of cursus", "education or a course"
    LANGUAGE = "language", "taalles", "language lessons"
    ACTIVITY = "activity", "sport of een cursus voor zichzelf", "sport, or a course for themselves"
    OWN_CARE = "own_care", "eigen zorgtraject", "care of their own first"
    MOVED = "moved", "verhuisd", "moved away"


class Competition(StrEnum):
    """Whether a job counts for IPS; where nothing was told it is assumed, and said to be."""

    YES = "yes"
    ASSUMED = "assumed"
    NEEDS_JUDGEMENT = "needs_judgement"
    NO = "no"


class Question(Choice):
    """What people are asked about how it was (reference 2.1, words of Haaren)."""

    HEARD = "heard", "gehoord", "heard"
    UNDERSTOOD = "understood", "begrepen", "understood"
    HELPED = "helped", "geholpen", "helped"


class Turn(StrEnum):
    """What changed with an event."""

    ENTERED = "entered"
    CLOSED = "closed"
    BACK = "back"
    BEGAN = "began"
    ENDED = "ended"
    HOURS = "hours"
    BENEFITS = "benefits"
    BENEFIT_ENDED = "benefit_ended"
    MET_EMPLOYER = "met_employer"
    RHYTHM = "rhythm"
    PAUSED = "paused"
    RESUMED = "resumed"
    PEACE = "peace"
    PEACE_OVER = "peace_over"
    DOOR_OPEN = "door_open"
    WATCHED = "watched"
    UNWATCHED = "unwatched"
    SAID = "said"
    LINKED = "linked"
    UNLINKED = "unlinked"


class Counted(NamedTuple):
    """One thing that is counted of an event."""

    turn: Turn
    on: date
    thing: UUID | None = None
    """The programme that was entered, what began, ended or changed its hours, or another file."""
    employer: UUID | None = None
    kind: str | None = None
    """The rung, or the question."""
    value: str | None = None
    """Whether a job is competitive, or the answer."""
    amount: float | None = None
    """Hours a week, how many benefits, or how many talks a month; None is not known."""
    until: date | None = None


def competition(job: JobStarted) -> Competition:
    """Say whether a job is competitive, by the facts that were told (reference 3.3, P).

    A post that was set aside, or one at a social firm, is for an auditor to judge; it is not
    counted meanwhile.
    """
    if job.pay_at_least_minimum is False or job.artificial_time_limit:
        return Competition.NO
    social = job.employer_of_record is EmployerOfRecord.SOCIAL_FIRM
    if job.set_aside_for_target_group or job.open_to_anyone is False or social:
        return Competition.NEEDS_JUDGEMENT
    told = (job.pay_at_least_minimum, job.open_to_anyone, job.set_aside_for_target_group)
    return Competition.ASSUMED if told == (None, None, None) else Competition.YES


def counted(event: Event) -> tuple[Counted, ...]:
    """Give what is counted of an event; nothing for most of them."""
    made = _MADE.get(type(event))
    return () if made is None else made(event)


Made = tuple[Counted, ...]


def _entered(event: ProgrammeEntered) -> Made:
    return (Counted(Turn.ENTERED, event.occurred_on, event.programme),)


def _closed(event: TrajectoryClosed) -> Made:
    closed = Counted(Turn.CLOSED, event.occurred_on)
    if event.reason is not ClosingReason.MOVED:
        return (closed,)
    return (Counted(Turn.BEGAN, event.occurred_on, kind=Rung.MOVED), closed)


def _back(event: ReEntered) -> Made:
    day = event.occurred_on
    return (Counted(Turn.ENDED, day, kind=Rung.MOVED), Counted(Turn.BACK, day))


def _job(event: JobStarted) -> Made:
    return (_work(event, Rung.PAID, competition(event)),)


def _work(
    event: JobStarted | VolunteeringStarted | ShelteredWorkStarted,
    rung: Rung,
    value: str | None = None,
) -> Counted:
    return Counted(
        Turn.BEGAN,
        event.starts_on,
        event.placement,
        event.employer,
        rung,
        value,
        event.hours_per_week,
    )


def _work_over(event: JobEnded | VolunteeringEnded | ShelteredWorkEnded) -> Made:
    return (Counted(Turn.ENDED, event.occurred_on, event.placement),)


def _hours(event: HoursChanged) -> Made:
    changed = Counted(Turn.HOURS, event.starts_on, event.placement, amount=event.hours_per_week)
    return (changed,)


def _learning(event: EducationStarted) -> Made:
    language = event.kind is EducationKind.LANGUAGE
    rung = Rung.LANGUAGE if language else Rung.EDUCATION
    return (Counted(Turn.BEGAN, event.occurred_on, event.education, kind=rung),)


def _benefits(event: BenefitSituationNoted) -> Made:
    known = None if Benefit.UNKNOWN in event.benefits else len({*event.benefits} - {Benefit.NONE})
    return (Counted(Turn.BENEFITS, event.occurred_on, amount=known),)


def _benefit_over(event: BenefitEnded) -> Made:
    return (Counted(Turn.BENEFIT_ENDED, event.occurred_on),) if event.wholly else ()


def _met(event: EmployerContactMade) -> Made:
    if not event.mode.in_person or event.result is not ContactResult.SPOKE:
        return ()
    return (Counted(Turn.MET_EMPLOYER, event.occurred_on),)


def _said(event: ExperienceGiven) -> Made:
    if event.about is not About.TRAJECTORY:
        return ()
    answers = zip(Question, (event.heard, event.understood, event.helped), strict=True)
    return tuple(
        Counted(Turn.SAID, event.occurred_on, kind=question, value=answer)
        for question, answer in answers
        if answer is not None
    )


def _just(turn: Turn, kind: Rung | None = None) -> Callable[[Any], Made]:
    return lambda event: (Counted(turn, event.occurred_on, kind=kind),)


def _per_month(turn: Turn) -> Callable[[Any], Made]:
    return lambda event: (Counted(turn, event.occurred_on, amount=event.per_month),)


_MADE: Mapping[type[Event], Callable[[Any], Made]] = {
    ProgrammeEntered: _entered,
    TrajectoryClosed: _closed,
    ReEntered: _back,
    MovedAway: _just(Turn.BEGAN, Rung.MOVED),
    JobStarted: _job,
    VolunteeringStarted: lambda event: (_work(event, Rung.VOLUNTEERING),),
    ShelteredWorkStarted: lambda event: (_work(event, Rung.SHELTERED),),
    JobEnded: _work_over,
    VolunteeringEnded: _work_over,
    ShelteredWorkEnded: _work_over,
    HoursChanged: _hours,
    EducationStarted: _learning,
    EducationCompleted: lambda event: (Counted(Turn.ENDED, event.occurred_on, event.education),),
    EducationStopped: lambda event: (Counted(Turn.ENDED, event.occurred_on, event.education),),
    SportOrCourseStarted: lambda event: (
        Counted(Turn.BEGAN, event.occurred_on, event.activity, kind=Rung.ACTIVITY),
    ),
    SportOrCourseEnded: lambda event: (Counted(Turn.ENDED, event.occurred_on, event.activity),),
    InformalCareNoted: _just(Turn.BEGAN, Rung.INFORMAL_CARE),
    InformalCareEnded: _just(Turn.ENDED, Rung.INFORMAL_CARE),
    OwnCareTrajectoryNoted: _just(Turn.BEGAN, Rung.OWN_CARE),
    OwnCareTrajectoryEnded: _just(Turn.ENDED, Rung.OWN_CARE),
    BenefitSituationNoted: _benefits,
    BenefitEnded: _benefit_over,
    EmployerContactMade: _met,
    ContactRhythmAgreed: _per_month(Turn.RHYTHM),
    Paused: _per_month(Turn.PAUSED),
    Resumed: _just(Turn.RESUMED),
    LeftInPeace: lambda event: (Counted(Turn.PEACE, event.occurred_on, until=event.until),),
    ContactWelcomeAgain: _just(Turn.PEACE_OVER),
    DoorLeftOpen: _just(Turn.DOOR_OPEN),
    WatchAsked: _just(Turn.WATCHED),
    WatchStopped: _just(Turn.UNWATCHED),
    ExperienceGiven: _said,
    FilesLinked: lambda event: (Counted(Turn.LINKED, event.occurred_on, event.other),),
    FilesUnlinked: lambda event: (Counted(Turn.UNLINKED, event.occurred_on, event.other),),
}
TYPES = frozenset(event.TYPE for event in _MADE)
"""The TYPEs of which something may be counted."""

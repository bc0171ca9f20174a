"""When the next contact is due and why, in words: the team's promises, never a client's duty."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.events.support import RhythmChoice
from domain.holidays import DUTCH
from domain.language import Text, verbatim
from domain.state import Trajectory
from domain.state.work import Placement, PlacementKind
from domain.wording import dated

# Reference 1.5 and fidelity item 23 (U): to be checked by a domain expert, each of these.
DEFAULT_PER_MONTH = 2
PAUSED_PER_MONTH = 1
BEFORE_START = timedelta(days=7)
AFTER_START = timedelta(days=3)
WEEKS_AFTER_START = 4
AFTER_END = timedelta(days=3)
QUIET_AFTER_DAYS = 30
MONTHS_DOOR_OPEN = 3
TRIES = 3
"""The first attempt and at most two more; then silence is a question to the team (0.1)."""
TRY_AGAIN_AFTER = timedelta(days=3)
EMPLOYER_FIRST = timedelta(days=7)
EMPLOYER_MONTHS_FIRST_YEAR = 1
EMPLOYER_MONTHS_LATER = 3

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_MONDAY_TO_FRIDAY = range(5)
_MONTHS_A_YEAR = 12
_LOOK_BACK = Text(
    "Wij beloofden op {on} samen terug te kijken op een keuze",
    "We promised to look back on a choice together on {on}",
)
_ASK_TEAM = Text(
    "{promise}. Na {attempts} pogingen is dit een vraag aan het team",
    "{promise}. After {attempts} attempts this is a question to the team",
)
_TRY_MORE = Text(
    "{promise}. Geen gehoor: nog hoogstens {left} keer proberen",
    "{promise}. No answer: at most {left} more to try",
)
_TALKS = (
    Text("{count} gesprek per maand", "{count} talk a month"),
    Text("{count} gesprekken per maand", "{count} talks a month"),
)
_AGREED = Text("Wij spraken {talks} af ({choice})", "We agreed on {talks} ({choice})")
_PROMISED = Text("Wij beloofden {talks}", "We promised {talks}")
_NUMBERS = (
    Text("nul", "zero"),
    Text("één", "one"),
    Text("twee", "two"),
    Text("drie", "three"),
    Text("vier", "four"),
    Text("vijf", "five"),
    Text("zes", "six"),
    Text("zeven", "seven"),
    Text("acht", "eight"),
)


class Due(NamedTuple):
    """The next contact: on which day at the latest, and why."""

    on: date
    why: Text
    question: bool = False
    """No contact to make but a question to the team: we tried, and it stays silent."""
    employer: UUID | None = None
    placement: UUID | None = None
    decision: UUID | None = None
    """The choice to look back on."""


def in_peace(state: Trajectory, elsewhere: Iterable[date | None]) -> Trajectory:
    """Still reminders as long as the same person asked for it in one of their other files.

    Only for who reads those files too: to anybody else a file that falls silent for no reason in
    it would tell of the other.
    """
    until = max(filter(None, (state.support.peace_until, *elsewhere)), default=None)
    return state._replace(support=state.support._replace(peace_until=until))


def next_contact(state: Trajectory, today: date, holidays: Container[date] = DUTCH) -> Due | None:
    """Say when the client is to be contacted next; None when nothing was promised.

    An unanswered signal goes first, even when the client asked to be left alone: an answer was
    promised (docs/adr/0016). Otherwise being left alone stills everything.
    """
    course, support = state.course, state.support
    if course.client is None or course.closed:
        return None
    if (answer := next_answer(state, holidays)) is not None:
        return answer
    if support.left_alone(today):
        return None
    if course.door_open_on is not None:
        return _door_open(state, course.door_open_on)
    if promised_per_month(state) == 0:
        return None
    if support.attempts:
        return _once_more(state, support.attempted_on or today)
    return _owed(state, today)


def _owed(state: Trajectory, today: date) -> Due | None:
    due = (*_around_jobs(state, today), *_by_rhythm(state))
    return min(due, default=None, key=lambda each: each.on)


def _once_more(state: Trajectory, attempted_on: date) -> Due:
    """Try again, no sooner than what was owed when we last tried (0.1: within the rhythm)."""
    again = _try_again(state.support.attempts, attempted_on, _promise(state))
    owed = _owed(state, attempted_on)
    if again.question or owed is None:
        return again
    return again._replace(on=max(again.on, owed.on))


def next_answer(state: Trajectory, holidays: Container[date] = DUTCH) -> Due | None:
    """Say by when a signal is to be answered; None when none waits."""
    waiting = state.wellbeing.unanswered
    if not waiting or state.course.client is None or state.course.closed:
        return None
    return _answer(min(each.signalled_on for each in waiting), holidays)


def next_review(state: Trajectory, today: date) -> Due | None:
    """Say when a choice is to be looked back on: what is late is the team's (reference 6.2)."""
    return next(iter(reviews(state, today)), None)


def reviews(state: Trajectory, today: date) -> list[Due]:
    """Give the choices to be looked back on, the first first; being left alone stills them."""
    if state.course.closed or state.support.left_alone(today):
        return []
    open_ = (each for each in state.trust.decisions if each.revised_by is None)
    found = [_review(each.id, each.review_on) for each in open_ if each.review_on is not None]
    return sorted(found, key=lambda each: each.on)


def _review(decision: UUID, on: date) -> Due:
    return Due(on, _LOOK_BACK.filled(on=dated(on)), decision=decision)


def next_employer_contact(state: Trajectory, today: date) -> Due | None:
    """Say which employer is to be contacted next, and when; None when nobody works anywhere.

    Who asks to be called waits for that, also before the first working day.
    """
    if state.course.closed or state.course.client is None:
        return None
    if state.support.left_alone(today):
        return None
    asked = (each for each in state.work.open() if state.support.touch(each.employer).asked_on)
    waiting = {each.id: each for each in (*state.work.running(today), *asked)}
    due = (_employer(state, each, today) for each in waiting.values())
    return min(due, default=None, key=lambda each: each.on)


def silence_days(state: Trajectory, today: date) -> int | None:
    """Count the days since the client was last spoken to, or came in; None without a referral."""
    last = state.support.last_talk_on or state.course.referred_on
    return None if last is None else max((today - last).days, 0)


def quiet(state: Trajectory, today: date) -> bool:
    """Say whether it has been quiet for long ('stil'): a signal to the team, no status.

    Not where the door stays open: who does not answer any more is offered contact each quarter.
    """
    course = state.course
    if course.closed or course.door_open_on is not None or state.support.left_alone(today):
        return False
    return (silence_days(state, today) or 0) > QUIET_AFTER_DAYS


def answer_due(signalled_on: date, holidays: Container[date] = DUTCH) -> date:
    """Give the day by whose end a signal is answered: the next working day."""
    day = signalled_on + _DAY
    while day.weekday() not in _MONDAY_TO_FRIDAY or day in holidays:
        day += _DAY
    return day


def door_due(last: date) -> date:
    """Give the day by whose end contact is offered where the door stays open: each quarter."""
    return months_later(last, MONTHS_DOOR_OPEN)


def promised_per_month(state: Trajectory) -> int:
    """Say how many talks a month we owe: as agreed, or else the default."""
    course, rhythm = state.course, state.support.rhythm
    if course.paused_on is not None:
        return PAUSED_PER_MONTH if course.pause_per_month is None else course.pause_per_month
    return rhythm.per_month if rhythm else DEFAULT_PER_MONTH


def talks_in(state: Trajectory, year: int, month: int) -> int:
    """Count the talks with the client in a calendar month (of the latest that the state keeps)."""
    return sum((each.on.year, each.on.month) == (year, month) for each in state.support.talks)


def _answer(signalled_on: date, holidays: Container[date]) -> Due:
    why = Text(
        "Even niet goed: wij beloofden een reactie voor het einde van de volgende werkdag",
        "A bad patch: we promised an answer before the end of the next working day",
    )
    return Due(answer_due(signalled_on, holidays), why)


def _door_open(state: Trajectory, since: date) -> Due:
    last = max(filter(None, (since, state.support.last_talk_on, state.support.attempted_on)))
    why = Text(
        "De deur staat open: elk kwartaal bieden wij één keer contact aan",
        "The door stays open: each quarter we offer one contact",
    )
    return Due(door_due(last), why)


def _try_again(attempts: int, attempted_on: date, promise: Text) -> Due:
    if attempts >= TRIES:
        why = _ASK_TEAM.filled(promise=promise, attempts=_number(attempts))
        return Due(attempted_on, why, question=True)
    why = _TRY_MORE.filled(promise=promise, left=_number(TRIES - attempts))
    return Due(attempted_on + TRY_AGAIN_AFTER, why)


def _around_jobs(state: Trajectory, today: date) -> Iterator[Due]:
    """Give what a job asks for: before the start, in the first weeks, and after the end."""
    for job in state.work.placements:
        if job.kind is not PlacementKind.JOB:
            continue
        over_on = job.ended_on or job.end_learned_on
        if over_on is not None:
            yield from _after_end(state, job, over_on)
        elif job.starts_on > today:
            yield from _before_start(state, job)
        elif not _replaced(state, job):
            yield from _first_weeks(state, job, today)


def _before_start(state: Trajectory, job: Placement) -> Iterator[Due]:
    if not _talked(state, job.starts_on - BEFORE_START, job.starts_on - _DAY):
        why = Text(
            "Begint binnenkort met werken: in de week ervoor contact",
            "Starts work soon: a contact in the week before",
        )
        yield Due(job.starts_on - _DAY, why, placement=job.id)


def _first_weeks(state: Trajectory, job: Placement, today: date) -> Iterator[Due]:
    if not _talked(state, job.starts_on, date.max):
        why = Text("Eerste werkweek", "First week at work")
        yield Due(job.starts_on + AFTER_START, why, placement=job.id)
        return
    for week in range(1, WEEKS_AFTER_START):
        begin = job.starts_on + week * _WEEK
        end = begin + _WEEK - _DAY
        if end >= today and not _talked(state, begin, end):
            why = Text(
                "Eerste maand aan het werk: elke week contact",
                "First month at work: a contact each week",
            )
            yield Due(end, why, placement=job.id)
            return


def _after_end(state: Trajectory, job: Placement, ended_on: date) -> Iterator[Due]:
    heard_on = job.end_learned_on or ended_on
    if not _talked(state, heard_on, date.max):
        why = Text(
            "Na het einde van het werk: binnen drie dagen contact",
            "After the end of the job: a contact within three days",
        )
        yield Due(heard_on + AFTER_END, why, placement=job.id)


def _replaced(state: Trajectory, job: Placement) -> bool:
    """Say whether the client chose another rhythm since this job: that is the client's to say."""
    rhythm = state.support.rhythm
    return (
        rhythm is not None
        and rhythm.choice is RhythmChoice.CLIENT
        and rhythm.agreed_on >= job.starts_on
    )


def _by_rhythm(state: Trajectory) -> Iterator[Due]:
    """Give the first talk that is owed since the last one: so many in each calendar month."""
    per_month = promised_per_month(state)
    begun = state.course.reentered_on or state.course.referred_on
    if per_month == 0 or begun is None:
        return
    last = state.support.last_talk_on
    if last is None or last < begun:
        yield Due(begun + timedelta(days=30 // per_month), _promise(state))
        return
    had = talks_in(state, last.year, last.month)
    on = _slot(last.year, last.month, had + 1, per_month) if had < per_month else last
    if on <= last:
        following = months_later(last.replace(day=1), 1)
        on = _slot(following.year, following.month, 1, per_month)
    yield Due(on, _promise(state))


def _slot(year: int, month: int, nth: int, per_month: int) -> date:
    """Give the day by which the nth talk of a month is owed, spread evenly."""
    days = monthrange(year, month)[1]
    return date(year, month, max(days * nth // per_month, 1))


def _promise(state: Trajectory) -> Text:
    per_month = promised_per_month(state)
    talks = _TALKS[per_month != 1].filled(count=_number(per_month))
    rhythm = state.support.rhythm
    if rhythm is not None and state.course.paused_on is None:
        return _AGREED.filled(talks=talks, choice=rhythm.choice.label)
    return _PROMISED.filled(talks=talks)


def _employer(state: Trajectory, placement: Placement, today: date) -> Due:
    touch = state.support.touch(placement.employer)
    months = EMPLOYER_MONTHS_FIRST_YEAR
    why = Text(
        "Wij beloofden de werkgever het eerste jaar elke maand contact",
        "We promised the employer a contact each month in the first year",
    )
    if today >= months_later(placement.starts_on, _MONTHS_A_YEAR):
        months = EMPLOYER_MONTHS_LATER
        why = Text(
            "Wij beloofden de werkgever elk kwartaal contact",
            "We promised the employer a contact each quarter",
        )
    if touch.asked_on is not None:
        why = Text(
            "De werkgever vraagt om te bellen: wij doen dat voor het einde van de volgende werkdag",
            "The employer asks to be called: we do so before the end of the next working day",
        )
    if touch.attempts and touch.attempted_on is not None:
        due = _try_again(touch.attempts, touch.attempted_on, why)
    elif touch.asked_on is not None:
        due = Due(answer_due(touch.asked_on), why)
    elif touch.last_on is None or touch.last_on < placement.starts_on:
        first = Text("Eerste werkweek bij deze werkgever", "First week at this employer")
        due = Due(placement.starts_on + EMPLOYER_FIRST, first)
    else:
        due = Due(months_later(touch.last_on, months), why)
    return due._replace(employer=placement.employer, placement=placement.id)


def _talked(state: Trajectory, begin: date, end: date) -> bool:
    return any(begin <= each.on <= end for each in state.support.talks)


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(count: int) -> Text:
    return _NUMBERS[count] if count < len(_NUMBERS) else verbatim(str(count))

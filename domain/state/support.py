"""Support as it stands: the agreed rhythm, the last contacts that worked out, failed attempts."""

from __future__ import annotations

from bisect import insort
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.search import ContactResult, EmployerContactMade, Mode
from domain.events.support import (
    ContactRhythmAgreed,
    ContactWelcomeAgain,
    EmployerAskedCall,
    EmployerSupported,
    LeftInPeace,
    OutreachAttempted,
    RhythmChoice,
    SupportContact,
    TeamDiscussed,
    Towards,
)
from domain.events.topics import SupportTopic
from domain.state.said import Mark, mark

KEPT = 31
"""How many of the latest talks are kept: enough for any rhythm up to one a day."""


class Rhythm(NamedTuple):
    """How often we agreed to be in touch."""

    per_month: int
    agreed_on: date
    choice: RhythmChoice
    mode: Mode | None = None
    place: str | None = None
    words: Mark = None
    """The mark of what was written with it."""


class Talk(NamedTuple):
    """A contact with the client that worked out."""

    on: date
    in_person: bool


class Touch(NamedTuple):
    """How it stands with one employer."""

    employer: UUID
    last_on: date | None = None
    attempts: int = 0
    """Failed since the last contact that worked out."""
    attempted_on: date | None = None
    asked_on: date | None = None
    """When they first asked to be called, since they were spoken to."""


class Support(NamedTuple):
    """What the rhythm needs to know."""

    rhythm: Rhythm | None = None
    peace_until: date | None = None
    talks: tuple[Talk, ...] = ()
    """The latest talks with the client, oldest first."""
    contacts: int = 0
    attempts: int = 0
    """Towards the client, failed since the last talk."""
    attempted_on: date | None = None
    employers: tuple[Touch, ...] = ()

    @property
    def last_talk_on(self) -> date | None:
        """The last day the client was really spoken to."""
        return self.talks[-1].on if self.talks else None

    def reached(self) -> Support:
        """Forget the failed attempts: the client let us hear from them."""
        return self._replace(attempts=0, attempted_on=None)

    def left_alone(self, day: date) -> bool:
        """Whether the client asked to be left alone on this day."""
        return self.peace_until is not None and day < self.peace_until

    def otherwise(self, day: date) -> Support:
        """Forget those until a day on which something else was agreed: that is what counts now."""
        later = self.attempted_on is not None and day < self.attempted_on
        return self if later else self.reached()

    def touch(self, employer: UUID) -> Touch:
        """Give how it stands with one employer."""
        return next((each for each in self.employers if each.employer == employer), Touch(employer))


def evolve_support(support: Support, event: SupportTopic) -> Support:
    match event:
        case SupportContact():
            return _after_contact(support, event)
        case OutreachAttempted():
            return _after_attempt(support, event)
        case EmployerSupported():
            return _spoke(support, event.employer, event.occurred_on)
        case EmployerAskedCall():
            return _asked(support, event.employer, event.occurred_on)
        case TeamDiscussed():
            return support  # talking about somebody is no contact with them
        case ContactRhythmAgreed():
            rhythm = Rhythm(
                *(event.per_month, event.occurred_on, event.choice, event.mode, event.place),
                mark(event.words),
            )
            return support.otherwise(event.occurred_on)._replace(rhythm=rhythm)
        case LeftInPeace():
            return support._replace(peace_until=event.until)
        case ContactWelcomeAgain():
            return support.reached()._replace(peace_until=None)
        case _:
            assert_never(event)


def evolve_employer_contact(support: Support, event: EmployerContactMade) -> Support:
    """Count a contact of the search as well, for an employer where the client works."""
    if event.result is ContactResult.SPOKE:
        return _spoke(support, event.employer, event.occurred_on)
    return _missed(support, event.employer, event.occurred_on)


def _after_contact(support: Support, event: SupportContact) -> Support:
    day = event.occurred_on
    if event.employer is not None and event.with_whom.has_employer:
        support = _spoke(support, event.employer, day)
    if not event.with_whom.has_client:
        return support._replace(contacts=support.contacts + 1)
    talks = [*support.talks]
    insort(talks, Talk(day, event.mode.in_person))
    attempts, attempted_on = support.attempts, support.attempted_on
    if attempted_on is not None and day >= attempted_on:
        attempts, attempted_on = 0, None
    return Support(  # every field: `_replace` takes twice as long, and no event is as common
        support.rhythm,
        support.peace_until,
        tuple(talks[-KEPT:]),
        support.contacts + 1,
        attempts,
        attempted_on,
        support.employers,
    )


def _after_attempt(support: Support, event: OutreachAttempted) -> Support:
    day = event.occurred_on
    if event.towards is Towards.EMPLOYER and event.employer is not None:
        return _missed(support, event.employer, day)
    last = support.last_talk_on
    if event.towards is not Towards.CLIENT or (last is not None and day < last):
        return support
    return support._replace(
        attempts=support.attempts + 1, attempted_on=max(support.attempted_on or day, day)
    )


def _spoke(support: Support, employer: UUID, day: date) -> Support:
    touch = support.touch(employer)
    last_on = max(touch.last_on or day, day)
    asked_on = touch.asked_on if touch.asked_on is not None and day < touch.asked_on else None
    if touch.attempted_on is not None and day < touch.attempted_on:
        return _with(support, touch._replace(last_on=last_on, asked_on=asked_on))
    return _with(support, Touch(employer, last_on, asked_on=asked_on))


def _asked(support: Support, employer: UUID, day: date) -> Support:
    touch = support.touch(employer)
    if touch.last_on is not None and day < touch.last_on:
        return support  # noted late: they were spoken to since
    if touch.attempted_on is not None and touch.attempted_on <= day:
        touch = Touch(employer, touch.last_on, asked_on=touch.asked_on)  # they let us hear
    return _with(support, touch._replace(asked_on=min(touch.asked_on or day, day)))


def _missed(support: Support, employer: UUID, day: date) -> Support:
    touch = support.touch(employer)
    if touch.last_on is not None and day < touch.last_on:
        return support
    attempted_on = max(touch.attempted_on or day, day)
    return _with(support, touch._replace(attempts=touch.attempts + 1, attempted_on=attempted_on))


def _with(support: Support, touch: Touch) -> Support:
    others = tuple(each for each in support.employers if each.employer != touch.employer)
    return support._replace(employers=(*others, touch))

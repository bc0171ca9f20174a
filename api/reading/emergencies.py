"""Reading along in an emergency, as it is told to the client and to who looks back at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.looking import LABELS, look_by_role
from api.reading.names import WHOLE_NAME, lookup
from api.reading.people import ties
from api.wiring import Services
from domain.events.base import Category, GrantKind
from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed
from domain.language import Language
from domain.policy import may_review
from domain.review import review_due
from domain.roles import Role
from eventlog.access import Used
from eventlog.entry import Entry
from eventlog.handler import HOME
from eventlog.log import grants

MOST = 100
"""How many are given at once: what is looked back at makes room for the next."""
_UNUSED = Used(0, [])


class Told(NamedTuple):
    """One emergency, from its entries and from who looked."""

    opened: EmergencyAccessOpened
    opened_at: datetime
    reviewed: EmergencyAccessReviewed | None
    used: Used

    def between(self, first: date, last: date) -> bool:
        """Say whether it gave anything on these days."""
        begun, ended = (
            each.astimezone(HOME).date() for each in (self.opened_at, self.opened.until)
        )
        return begun <= last and first <= ended

    def worded(self, language: Language, called: Callable[[UUID], str | None]) -> dict[str, Any]:
        """Word it for its reader."""
        opened, reviewed = self.opened, self.reviewed
        return {
            "emergency": opened.emergency,
            "who": called(opened.reader),
            "role": Role.CARE_WORKER,
            "label": Role.CARE_WORKER.label.to(language),
            "organisation": called(opened.organisation),
            "reason": opened.reason,
            "opened_at": self.opened_at,
            "until": opened.until,
            "times": self.used.times,
            "views": [LABELS[each].to(language) for each in self.used.views],
            "review": reviewed
            and {
                "on": reviewed.occurred_on,
                "verdict": reviewed.verdict,
                "label": reviewed.verdict.label.to(language),
                "words": reviewed.words,
            },
        }


def told(services: Services, trajectory: UUID, entries: Iterable[Entry]) -> Iterator[Told]:
    """Find the emergencies among entries of a file, the last first."""
    bodies = [
        (each.body, each.recorded_at)
        for each in entries
        if isinstance(each.body, EmergencyAccessOpened | EmergencyAccessReviewed)
    ]
    reviews = {
        body.emergency: body for body, _ in bodies if isinstance(body, EmergencyAccessReviewed)
    }
    used = services.accesses.used(trajectory) if bodies else {}
    for body, at in reversed(bodies):
        if isinstance(body, EmergencyAccessOpened):
            yield Told(body, at, reviews.get(body.emergency), used.get(body.emergency, _UNUSED))


def had_any(services: Services, trajectory: UUID) -> bool:
    """Say whether a file was ever opened in an emergency, without reading it."""
    given = services.log.grants_between(trajectory, trajectory)
    return any(grant.kind is GrantKind.EMERGENCY for grant in grants(given))


def running(services: Services, asking: Asking) -> list[tuple[UUID, datetime]]:
    """Name the files that the asker reads in an emergency now, and until when."""
    ties_now = (each.sight.relation for each in ties(services, replace(asking, view=None)))
    return [(tie.trajectory, tie.until) for tie in ties_now if tie.until is not None]


def to_review(services: Services, asking: Asking) -> dict[str, Any]:
    """Give the emergencies of the asker's organisation that nobody looked back at, oldest first.

    Nobody's file is shown: not who the client is, only why it was opened and what was looked at.
    """
    organisation, person = asking.actor.organisation, asking.actor.person
    found = [] if organisation is None else services.log.emergencies(organisation, MOST)
    given = services.log.ties([stream for stream, _ in found], person) if found else {}
    mine = [
        (stream, emergency)
        for stream, emergency in found
        if may_review(asking.reader, stream, grants(given[stream]), services.today())
    ]
    now, streams = services.now(), dict.fromkeys(stream for stream, _ in mine)
    services.accesses.note(
        [look_by_role(asking, stream, Category.ACCESS, now) for stream in streams]
    )
    by_id = {
        each.opened.emergency: each
        for stream in streams
        for each in told(services, stream, services.log.entries(stream))
    }
    shown = [(stream, by_id[each]) for stream, each in mine if each in by_id]
    called = names_in_full(
        services,
        {who for _, each in shown for who in (each.opened.reader, each.opened.organisation)},
        list(streams),
    )
    return {
        "emergencies": [
            {
                "trajectory": stream,
                "own": each.opened.reader == person,
                **each.worded(asking.language, called),
                "due": _due(services, asking, each),
            }
            for stream, each in shown
        ]
    }


def _due(services: Services, asking: Asking, each: Told) -> dict[str, Any]:
    """Say by when it was promised; to the reviewers alone, it is no task of anybody else."""
    opened_on, days = each.opened_at.astimezone(HOME).date(), services.settings.review_days
    review = review_due(opened_on, days, services.today())
    return {
        "on": review.on,
        "overdue": review.overdue,
        "sentence": review.told.to(asking.language),
    }


def names_in_full(
    services: Services, ids: set[UUID], files: Sequence[UUID]
) -> Callable[[UUID], str | None]:
    """Look up what colleagues and organisations are called, for who oversees who looked there."""
    known = lookup(services, ids, files)
    return lambda who: known[who].as_seen(WHOLE_NAME) if who in known else None

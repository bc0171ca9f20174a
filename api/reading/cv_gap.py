"""The years without a paid job, and what somebody did in them: their own, to tell as they like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.moment import NOW, known, seen
from api.reading.opening import Shown, from_log
from api.reading.showing import rendered
from api.reading.state import stand_in
from api.wiring import Services
from domain.events.base import Category, Event, GrantKind, Kind
from domain.events.benefit import Benefit, BenefitSituationNoted
from domain.events.participation import EducationCompleted, EducationStarted, SportOrCourseStarted
from domain.events.peer_group import PeerSessionHeld, PeerTrainingGiven
from domain.events.placement import TrialPlacementStarted, VolunteeringStarted
from domain.events.profile import MilestoneReached
from domain.events.trying import TryOutDone
from domain.policy import show
from domain.state.work import Gap
from eventlog.log import grants

_DONE = frozenset(
    {
        *(MilestoneReached, EducationStarted, EducationCompleted, SportOrCourseStarted),
        *(VolunteeringStarted, TrialPlacementStarted, TryOutDone),
    }
)
_IN_GROUP = frozenset({GrantKind.PEER, GrantKind.WAS_PEER})
_NO_BENEFIT = frozenset({Benefit.NONE, Benefit.UNKNOWN})


def cv_gap(services: Services, asking: Asking, trajectory: UUID) -> tuple[Access, dict[str, Any]]:
    """Give each time without a paid job, since the first job or benefit that was told of.

    Raises the Problem of what does not exist for who does not see all work and all of income.
    """
    access = admit(services, asking, trajectory)
    if not (
        access.sees_all(Category.JOB)
        and Kind.HEALTH in access.sight.kinds(Category.BENEFITS)
        and not access.sight.pseudonymous
    ):
        raise not_found()
    entries = known(services, trajectory, NOW)
    shown = list(seen(services, access, entries))
    state = stand_in(services, access, entries).state
    done = [each for each in shown if each.event in _DONE]
    if access.person == state.client:
        done += _in_groups(services, access)
    done.sort(key=lambda each: (each.row.occurred_on, each.row.recorded_at))
    gaps = state.work.gaps(_since(shown), access.today)
    return access, {
        "trajectory": trajectory,
        "gaps": [_worded(services, access, gap, done) for gap in gaps],
    }


def _worded(services: Services, access: Access, gap: Gap, done: Iterable[Shown]) -> dict[str, Any]:
    until = gap.until or access.today
    within = [
        each
        for each in done
        if gap.since <= each.row.occurred_on and (each.row.occurred_on < until or gap.until is None)
    ]
    return {
        "since": gap.since,
        "until": gap.until,
        "years": gap.years(access.today),
        "done": rendered(services, access, within),
    }


def _since(shown: Iterable[Shown]) -> date | None:
    """Find the first day of a benefit that was told of."""
    days = (
        each.row.occurred_on
        for each in shown
        if each.event is BenefitSituationNoted
        and not _NO_BENEFIT.issuperset(each.fields.get("benefits", ()))
    )
    return min(days, default=None)


def _in_groups(services: Services, access: Access) -> Iterator[Shown]:
    """Give the trainings and sessions that the reader gave or came to; of others nothing.

    Also of a group that they left: with a job, as it is meant to be.
    """
    person = access.person
    own = access.sight.kinds(Category.PEER_GROUP, own=True)
    for grant in grants(services.log.grants_between(person, person)):
        if grant.kind not in _IN_GROUP or grant.holder != person:
            continue
        for entry in services.log.entries(grant.stream):
            if entry.body is not None and _took_part(entry.body, person):
                row, body = from_log(entry)
                fields = show(type(entry.body), body, own)
                fields.pop("came", None)
                if fields.get("person") != str(person):
                    fields.pop("person", None)
                yield Shown(row, type(entry.body), fields)


def _took_part(event: Event, person: UUID) -> bool:
    match event:
        case PeerTrainingGiven():
            return person in {event.person, *event.came}
        case PeerSessionHeld():
            return person in event.came
        case _:
            return False

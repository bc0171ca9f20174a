"""Where a trajectory stands for one reader: what holds now, who is around, in which stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import Problem
from api.reading.appointments import gone_by
from api.reading.arranging import arranged
from api.reading.asking import Asking
from api.reading.calling import whom_to_call
from api.reading.covering import cover_over
from api.reading.gate import Access, admit, given_all
from api.reading.moment import Moment, let_through, on_the_day, recorded, seen, then, walled
from api.reading.names import names
from api.reading.offered import offered
from api.reading.opening import Shown, hidden, opened
from api.reading.people import part_at
from api.reading.showing import rendered
from api.wiring import Services
from domain.arranging import READS_ALONG
from domain.events.base import Category, StreamKind
from domain.events.placement import JobEnded, JobStarted
from domain.language import Language
from domain.policy import hears_outcomes, told_of_sample
from domain.roles import Role
from domain.state import Trajectory, stages
from domain.subsidies import SUBSIDIES, Subsidy, goes_with, kind_of
from eventlog.entry import Entry
from eventlog.problems import Unavailable
from projections.standing import standing

STAGED = (
    *(Category.REFERRAL, Category.PROFILE, Category.SEARCH),
    *(Category.JOB, Category.SUPPORT),
)
"""Who sees the facts of all of these sees what follows from them: the stages."""


class Stand(NamedTuple):
    """What stands for one reader, by slot."""

    access: Access
    slots: list[tuple[str, Shown]]
    state: Trajectory
    known: list[Entry] | None = None
    """All that was known then, when it is not of now."""


def stand(services: Services, asking: Asking, trajectory: UUID, at: Moment) -> Stand:
    """Find what stands, now or as it was known; raises Problem."""
    return stand_for(services, admit(services, asking, trajectory), at)


def stand_for(services: Services, access: Access, at: Moment) -> Stand:
    """Find what stands for who was let in, now or as it was known.

    In which stages it is, is told of that day; rights are those of now.
    """
    access = replace(access, today=on_the_day(services, at))
    trajectory = access.trajectory
    if (
        at.stays(services.now())
        and hears_outcomes(access.sight.relation)
        and not access.sight.relation.shields
    ):
        views = services.views.current_state
        found = views.standing(trajectory, access.scope)
        slots = {each.entry.event_id: each.slot for each in found}
        shown = opened(services, access, [each.entry for each in found])
        held = views.trajectory(trajectory)
        return Stand(
            access,
            [(slots[each.row.event_id], each) for each in shown],
            Trajectory() if held is None else held,
        )
    entries = recorded(services, trajectory, at)
    return stand_in(services, access, entries, let_through(services, trajectory, entries))


def state(services: Services, found: Stand) -> dict[str, Any]:
    """Word what stands for its reader."""
    access = found.access
    answer: dict[str, Any] = {
        "trajectory": access.trajectory,
        "role": access.role,
        **_around(services, found),
        "standing": _standing(services, found),
        **offered(access, found.slots),
    }
    if access.sight.may_call(Role.JOB_COACH):
        answer |= _to_employer(services, found)
    if access.sight.relation.until is not None:
        answer["emergency"] = {"until": access.sight.relation.until}
    if told_of_sample(access.role):
        answer["in_sample"] = access.in_sample
    if access.sees_all(*STAGED):
        language = access.asking.language
        answer["stages"] = [
            {"stage": each, "label": each.label.to(language)}
            for each in stages(found.state, access.today)
        ]
    return answer


def _to_employer(services: Services, found: Stand) -> dict[str, Any]:
    """Say whom to call, what to arrange by when, and who reads along with what they write."""
    access, language = found.access, found.access.asking.language
    return {
        "contact": whom_to_call(services, access),
        "to_arrange": arranged((each for _, each in found.slots), access.today, language),
        "reads_along": READS_ALONG.to(language),
    }


def state_in(services: Services, access: Access, at: Moment) -> dict[str, Any]:
    """Word what stands in another file to who was let in there."""
    return {"standing": _standing(services, stand_for(services, access, at))}


def _standing(services: Services, found: Stand) -> list[dict[str, Any]]:
    access = found.access
    named = dict(found.slots)
    held = [
        (slot, shown)
        for slot, shown in found.slots
        if not (gone_by(slot, shown, named, access.today) or cover_over(shown, access.today))
    ]
    entries = rendered(services, access, [shown for _, shown in held], found.known)
    called = names(services, access, ())
    subsidies = _subsidies(found)
    return [
        {**entry, "slot": called.slot(slot), **subsidies.get(slot, {})}
        for (slot, _), entry in zip(held, entries, strict=True)
    ]


def _subsidies(found: Stand) -> dict[str, dict[str, Any]]:
    """Say of each job which subsidies go with it, to who sees all of jobs and of instruments."""
    if not found.access.sees_all(Category.JOB, Category.INSTRUMENTS):
        return {}
    given = [_told(each) for _, each in found.slots if each.event in SUBSIDIES]
    ends = {slot: each.row.occurred_on for slot, each in found.slots if each.event is JobEnded}
    language = found.access.asking.language
    return {
        slot: {
            "subsidies": [
                _worded(each, language)
                for each in given
                if goes_with(each, _told(job), ends.get(f"{slot}/end"))
            ]
        }
        for slot, job in found.slots
        if job.event is JobStarted
    }


def _told(shown: Shown) -> Any:
    """Read an entry of which every fact is seen as the event it is."""
    return shown.event.model_validate(shown.fields)


def _worded(subsidy: Subsidy, language: Language) -> dict[str, Any]:
    kind, label = kind_of(subsidy)
    return {
        "note": subsidy.note,
        "kind": kind,
        "label": label.to(language),
        "starts_on": subsidy.starts_on,
        "ends_on": subsidy.ends_on,
    }


def state_part(services: Services, found: Stand) -> str:
    """Fingerprint what stands for its reader, alike in each language and on each day."""
    text = "|".join(f"{slot}:{shown.row.sealed_by.hex}" for slot, shown in found.slots)
    person = found.access.person.bytes
    return services.tokens.tag(b"state", person, found.access.role.encode(), text.encode())[1:-1]


def state_matches(
    services: Services, asking: Asking, kind: StreamKind, stream: UUID, given: str
) -> Callable[[int], bool]:
    """Say how to check If-Match: does the stream still stand as its writer saw it."""
    wanted = {each.strip()[1:-1].partition(".")[0] for each in given.split(",")}

    def matches(version: int) -> bool:
        if given.strip() == "*":
            return version > 0
        if kind is StreamKind.TRAJECTORY and version == 0:
            return False
        return _part(services, asking, kind, stream, version) in wanted

    return matches


def tag_after(
    services: Services, asking: Asking, kind: StreamKind, stream: UUID, version: int
) -> str | None:
    """Give by what to write on after this version, without a read; None to who sees nothing there.

    It is of how it stood right then: what others wrote since still stops a writer.
    """
    try:
        return f'"{_part(services, asking, kind, stream, version)}"'
    except (Problem, Unavailable):  # it was written, and may have been the way out of the file
        return None


def offered_after(
    services: Services, asking: Asking, trajectory: UUID, version: int
) -> dict[str, Any]:
    """Give what is offered to who came back, at once; nothing to who sees nothing there."""
    try:
        access = admit(services, asking, trajectory)
        entries = services.log.entries(trajectory, upto=version)
        return offered(access, stand_in(services, access, entries).slots)
    except (Problem, Unavailable):  # they are back, whatever is away
        return {}


def _part(services: Services, asking: Asking, kind: StreamKind, stream: UUID, version: int) -> str:
    entries = services.log.entries(stream, upto=version)
    if kind is StreamKind.TRAJECTORY:
        access = admit(services, asking, stream)
        return state_part(services, stand_in(services, access, entries))
    return part_at(services, asking, stream, entries)


def stand_in(
    services: Services, access: Access, entries: list[Entry], given: list[Entry] | None = None
) -> Stand:
    """Find what stands after these entries of a trajectory; `given`: those the wall gives of them.

    What the reader is not given ended what stood before all the same. What is withheld, so that
    it does not exist for them, ends nothing either: a choice that was revised would be missing.
    """
    told = [each for each in entries if not hidden(access, each)]
    held = {entry.event_id: slot for slot, entry in standing(told).items()}
    there = told if given is None else [each for each in given if not hidden(access, each)]
    shown = [
        (held[each.row.event_id], each)
        for each in seen(services, access, there)
        if each.row.event_id in held
    ]
    return Stand(access, sorted(shown, key=lambda each: each[0]), then(there), given)


def told_state(services: Services, access: Access, held: Trajectory) -> Trajectory:
    """Give what follows from the entries that exist for the reader; `held` from all of them.

    What was shielded from them counts in no date, count or reminder that they are told.
    """
    if not access.sight.relation.shields:
        return held
    entries = walled(services, access.trajectory)
    return then([each for each in entries if not hidden(access, each)])


def _around(services: Services, found: Stand) -> dict[str, Any]:
    """Name the client, and the team to whoever sees it."""
    access, circle = found.access, found.state.circle
    client = access.client
    full = bool(given_all(services, [access], Category.IDENTITY))
    team = [(each.person, each.role) for each in circle.team] if full else []
    called = names(services, access, {*([client] if client else ()), *(who for who, _ in team)})
    with_ids = full and not access.sight.pseudonymous
    return {
        "client": client
        and {
            "id": client if with_ids else None,
            "name": called.of(client, Role.CLIENT),
        },
        "team": [
            {
                "id": who if with_ids else None,
                "name": called.of(who, role),
                "role": role,
                "label": role.label.to(access.asking.language),
            }
            for who, role in team
        ],
    }

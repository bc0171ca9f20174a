"""One entry as its reader sees it: how it reads, how it read before, and as somebody else would."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tie_to, tied
from api.reading.opening import Shown, opened, sees_fields, visible
from api.reading.showing import rendered
from api.reading.timeline import versions
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.correction import EntryCorrected
from domain.policy import may_append, sight
from domain.roles import Role
from domain.rules.corrections import may_correct
from eventlog.entry import Actor
from projections.entries import Row


class Before(NamedTuple):
    """How an entry read until it was corrected, and that correction."""

    entry: Mapping[str, Any]
    correction: Mapping[str, Any]


class One(NamedTuple):
    """An entry, and what its reader may know of it."""

    shown: Shown
    entry: Mapping[str, Any]
    """As the timeline words it."""
    before: list[Before]
    """The first wording first; none to who sees no corrections."""
    correctable: bool
    """It is for its reader to say how it should read."""
    sees: frozenset[str]
    """The fields that its reader sees, filled in or not."""


def one(services: Services, asking: Asking, trajectory: UUID, entry: UUID) -> tuple[Access, One]:
    """Give one entry; raises the Problem of what does not exist for this reader."""
    access = tied(services, asking, trajectory)
    row = services.views.timeline.entry(trajectory, entry, access.scope)
    shown = next(opened(services, access, [] if row is None else [row]), None)
    if shown is None:
        raise not_found()
    noted(services, access)
    (told,) = rendered(services, access, [shown])
    before = [] if shown.row.corrected_by is None else _before(services, access, shown)
    return access, One(
        shown, told, before, _correctable(access, shown.row), sees_fields(access, shown.row)
    )


def as_read(
    services: Services, access: Access, entries: Collection[UUID]
) -> dict[UUID, Mapping[str, Any]]:
    """Word these entries as they read now, those that their reader can open by themselves."""
    rows = services.views.timeline.beside(access.trajectory, entries, ()) if entries else ()
    shown = opened(services, access, [row for row in rows if row.event_id in entries])
    return {each["id"]: each for each in rendered(services, access, list(shown))}


def correctable(access: Access, entries: Iterable[Shown]) -> frozenset[UUID]:
    """Name those of these entries that the reader wrote, and says anew how they should read."""
    return frozenset(
        row.event_id
        for row, _, _ in entries
        if row.stream == access.trajectory
        and row.actor == access.person
        and _correctable(access, row)
    )


def better(
    services: Services, access: Access, found: One, asked: Collection[str], said: Mapping[str, Any]
) -> dict[str, Any]:
    """Give how an entry should read: what the reader was `asked` as they said it, and the rest.

    What they do not see of the entry stays as it is, and is shown nowhere. Raises Problem when it
    is there no more.
    """
    wanted = found.shown.row.event_id
    entries = services.log.entries(access.trajectory)
    stands = next((each.body for each in entries if each.event_id == wanted), None)
    if stands is None:
        raise not_found()
    theirs = found.sees.intersection(asked)
    whole = stands.model_dump(mode="json", exclude_none=True)
    kept = {name: value for name, value in whole.items() if name not in theirs}
    return {**kept, **{name: value for name, value in said.items() if name in theirs}}


def preview(
    services: Services, access: Access, found: One, person: UUID, role: Role
) -> Mapping[str, Any] | None:
    """Word an entry as this person would read it once it was sent to them; None when not at all.

    Never more than the asker sees themselves.
    """
    tie = tie_to(services, access.trajectory, person, role)
    if tie is None:
        return None
    row, _, fields = found.shown
    asking = replace(access.asking, actor=Actor(person, role), view=None, looked=set())
    sent = sight(replace(tie, sent=tie.sent | {row.event_id}))
    other = replace(access, asking=asking, sight=sent, within=access)
    seen = visible(other, row, fields)
    return None if seen is None else rendered(services, other, [seen])[0]


def _correctable(access: Access, row: Row) -> bool:
    """Ask rule and policy; that it can be so, the rule says when it is asked."""
    own = row.actor == access.person
    about = {"employer": row.employer, "placement": row.placement}
    correction = EntryCorrected(
        occurred_on=access.today,
        target=row.event_id,
        target_type=row.type,
        reason="",
        body={name: value and str(value) for name, value in about.items()},
    )
    return may_correct(BY_TYPE[row.type], access.role, own=own) and may_append(
        access.sight.relation, [correction]
    )


def _before(services: Services, access: Access, now: Shown) -> list[Before]:
    """Word how it read, each time until it was corrected, as far as its reader sees that."""
    found = [shown for _, shown in versions(services, access, now)]
    read = list(_read(found))
    corrections = [each for each in found if each.event is EntryCorrected]
    worded = rendered(services, access, read)
    by = rendered(services, access, corrections)
    return [Before(*each) for each in zip(worded, by, strict=False)]


def _read(found: Iterable[Shown]) -> Iterator[Shown]:
    """Give the entry as first recorded, and as each correction made it read."""
    first: Shown | None = None
    for each in found:
        if first is None:
            first = each
            yield each
        elif "body" in each.fields:
            yield Shown(first.row, first.event, each.fields["body"])

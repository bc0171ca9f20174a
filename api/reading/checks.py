"""What a machine can check of a file, as far as its reader sees what it is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.moment import seen, walled
from api.reading.opening import hidden
from api.reading.showing import rendered
from api.wiring import Services
from domain.checked import AFTER_THE_CHOICE, BY_FORM, Entered, Shared
from domain.checks import begins_sharing, checks
from domain.events.base import Category, Kind
from domain.events.trust import TrustDecision
from domain.policy import to_be_judged
from domain.roles import ROLE_OF
from eventlog.entry import Entry
from eventlog.handler import HOME

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


def checked(services: Services, asking: Asking, trajectory: UUID) -> tuple[Access, dict[str, Any]]:
    """Give the checks of a trajectory; raises Problem for who sees no choices of everybody.

    A check of what the reader does not see is left out, and so is each entry that does not exist
    for them.
    """
    access = admit(services, asking, trajectory)
    if not may_check(access):
        raise not_found()
    # Judged by all that was written; told of is only what the reader is given.
    entries = [each for each in services.log.entries(trajectory) if not hidden(access, each)]
    given = walled(services, trajectory)
    there = {each.row.event_id for each in seen(services, access, given)}
    if not there:
        raise not_found()
    unjudged = _unjudged(access, entries)
    language = asking.language
    return access, {
        "trajectory": trajectory,
        "checks": [
            {
                "name": each.name,
                "label": each.name.label.to(language),
                "category": each.category,
                "holds": each.holds,
                "by_form": each.name in BY_FORM,
                "entries": [entry for entry in each.entries if entry in there],
                "month": each.month,
            }
            for each in checks(
                _entered(entries), access.today, _shared(services, trajectory, entries)
            )
            if Kind.FACT in access.sight.kinds(each.category)
            and (not each.entries or each.entries[0] in there)
            and not (each.name in AFTER_THE_CHOICE and each.entries[0] in unjudged)
        ],
    }


def may_check(access: Access) -> bool:
    """Say whether somebody is told of checks at all: who sees the choices of everybody."""
    return access.sees_all(Category.TRUST)


def proofs(services: Services, access: Access, ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Give the entries that prove a check in words, by their id."""
    there = seen(services, access, walled(services, access.trajectory))
    found = [each for each in there if each.row.event_id in ids]
    return {each["id"]: each for each in rendered(services, access, found)}


def _unjudged(access: Access, entries: list[Entry]) -> set[UUID]:
    """Name the choices that an auditor has still to judge: how they turned out is not told."""
    tie = access.sight.relation
    return {
        each.event_id
        for each in entries
        if isinstance(each.body, TrustDecision) and to_be_judged(tie, each.body.decision)
    }


def _shared(services: Services, trajectory: UUID, entries: list[Entry]) -> list[Shared]:
    """Give the days on which somebody read by a sharing, of the looks that the reader may see.

    A sharing of which they may see no look is one of which nothing is to be checked: so an auditor
    checks what their own organisation read (reference 7.5, row R), and no more is told of others.
    """
    if not any(each.body is not None and begins_sharing(each.body) for each in entries):
        return []
    return [
        Shared(sharing, each.day)
        for each in services.accesses.by_day(trajectory, _EVER, services.now(), HOME.key)
        for sharing in each.permissions
    ]


def _entered(entries: list[Entry]) -> list[Entered]:
    return [
        Entered(
            each.event_id,
            each.body,
            each.recorded_at.astimezone(HOME).date(),
            ROLE_OF.get(each.header.role),
        )
        for each in entries
        if each.body is not None
    ]

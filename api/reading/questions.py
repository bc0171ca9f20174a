"""What a client asked about who looked, each with what was answered, for who was let in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.reading.gate import Access
from api.reading.names import names
from api.reading.opening import opened
from api.reading.showing import rendered
from api.wiring import Services
from domain.events.access import AccessAnswered, AccessQuestioned
from domain.events.base import Category
from projections.entries import Row

QUESTIONS = frozenset({AccessQuestioned.TYPE, AccessAnswered.TYPE})
MOST = 40


def questions(
    services: Services, access: Access, rows: Sequence[Row] | None = None
) -> list[dict[str, Any]]:
    """Give the questions of a file as entries, the last first, each with its `answers`.

    `rows`: the entries of these kinds where they were read already.
    """
    if rows is None:
        rows = services.views.timeline.lately([access.trajectory], QUESTIONS, limit=MOST)
    shown = list(opened(services, access, rows))
    entries = rendered(services, access, shown)
    by = {UUID(each.fields["organisation"]) for each in shown if each.event is AccessAnswered}
    called = names(services, access, by, within=Category.ACCESS)
    answers = defaultdict[str, list[dict[str, Any]]](list)
    for each in reversed(shown):
        if each.event is AccessAnswered:
            told = {
                "on": each.row.occurred_on,
                "organisation": called.of(UUID(each.fields["organisation"])),
                "words": each.fields.get("words"),
            }
            answers[each.fields["question"]].append(told)
    return [
        {**entry, "answers": answers[each.fields["note"]]}
        for each, entry in zip(shown, entries, strict=True)
        if each.event is AccessQuestioned
    ]

"""What was said of a choice made on trust since it was made, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from api.reading.gate import Access
from api.reading.moment import Moment, known, seen
from api.reading.objections import SPOKEN
from api.reading.opening import Shown
from api.reading.showing import rendered
from api.wiring import Services
from domain.events.audit import FindingReplied


def came_of(services: Services, access: Access, decision: UUID) -> list[dict[str, Any]]:
    """Give the looks back, judgements, findings and replies about a choice, as they were recorded.

    Who disagrees stands before the choice itself. Of a choice that an auditor has still to judge
    there is nothing here for them, as in every read.
    """
    there = seen(services, access, known(services, access.trajectory, Moment()))
    return rendered(services, access, list(_about(there, str(decision))))


def _about(there: Iterator[Shown], decision: str) -> Iterator[Shown]:
    findings: set[object] = set()
    for each in there:
        about = each.row.type not in SPOKEN and each.fields.get("decision") == decision
        reply = each.row.type == FindingReplied.TYPE and each.fields.get("finding") in findings
        if about and "finding" in each.fields:
            findings.add(each.fields["finding"])
        if about or reply:
            yield each

"""What pays for a trajectory and until when, for those who see its instruments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.opening import Shown, opened
from api.reading.showing import rendered
from api.wiring import Services
from domain.events.funding import FundingApproved, FundingEnded, FundingExtended
from domain.funding import ends_on, notice


def fundings(services: Services, asking: Asking, trajectory: UUID) -> tuple[Access, dict[str, Any]]:
    """Give the fundings of a trajectory as far as the asker sees them; raises Problem."""
    access = admit(services, asking, trajectory)
    rows = services.views.directory.fundings(trajectory)
    held = Counter(row.stream for row in rows)
    seen: dict[UUID, list[Shown]] = {}
    for each in opened(services, access, rows):
        seen.setdefault(each.row.stream, []).append(each)
    return access, {
        "trajectory": trajectory,
        "fundings": [
            {
                "funding": stream,
                # Of a part that is seen no day follows: it would tell of the rest.
                **(_term(access, shown) if len(shown) == held[stream] else {}),
                "entries": rendered(services, access, shown),
            }
            for stream, shown in seen.items()
        ],
    }


def _term(access: Access, shown: Sequence[Shown]) -> dict[str, Any]:
    """Say until when it pays, and, while that is near, that the support goes on."""
    of = {each.event: each.fields for each in shown}
    approved = of.get(FundingApproved)
    if approved is None:
        return {}
    more = sum(each.fields["months"] for each in shown if each.event is FundingExtended)
    last = ends_on(date.fromisoformat(approved["occurred_on"]), approved["months"] + more)
    told = None if FundingEnded in of else notice(last, access.today)
    return {"ends_on": last, "notice": told and told.to(access.asking.language)}

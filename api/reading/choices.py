"""A choice made on trust beside what the team knew when it was made, as one reader sees it now."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tied
from api.reading.moment import seen
from api.reading.opening import Shown
from api.reading.showing import rendered
from api.reading.state import stand_in, state
from api.reading.timeline import order
from api.wiring import Services
from domain.events.trust import TrustDecisionRecorded, TrustDecisionRevised
from eventlog.entry import Entry

CHOICES = frozenset({TrustDecisionRecorded.TYPE, TrustDecisionRevised.TYPE})


def context(
    services: Services, asking: Asking, trajectory: UUID, decision: UUID, *, limit: int
) -> tuple[Access, dict[str, Any]]:
    """Give a choice, with state and timeline as they were known at its place in the log.

    Facts are those of then, without what was corrected or told since; rights are those of now.
    Raises the Problem of what does not exist for a choice that is not there for this reader.
    """
    access = tied(services, asking, trajectory)
    made = _made(services, access, services.log.entries(trajectory), decision)
    noted(services, access)
    then = services.log.entries(trajectory, upto=made.row.version - 1)
    known = sorted(seen(services, access, then), key=order, reverse=True)
    ids = {each.row.event_id for each in known}
    rests_on = [each for each in made.fields.get("based_on", ()) if UUID(each) in ids]
    fields = {**made.fields, "based_on": rests_on}  # nobody hears of an entry that is not theirs
    (choice,) = rendered(services, access, [made._replace(fields=fields)])
    on = replace(access, today=made.row.occurred_on)
    return access, {
        "trajectory": trajectory,
        "decision": choice,
        "based_on": rests_on,
        "state": state(services, stand_in(services, on, then)),
        "timeline": rendered(services, access, list(islice(known, limit))),
        "more": len(known) > limit,
    }


def _made(services: Services, access: Access, entries: list[Entry], decision: UUID) -> Shown:
    """Find the choice among the entries that exist for the reader."""
    for each in seen(services, access, entries):
        if each.row.type in CHOICES and each.fields.get("decision") == str(decision):
            return each
    raise not_found()

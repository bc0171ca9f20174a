"""The copy of the file that was given to the client: all they see of it, as it was recorded."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from api.problems import NOT_FOUND, Problem, not_found
from api.reading.asking import Asking
from api.reading.fundings import fundings
from api.reading.gate import Access, noted, tied
from api.reading.opening import Shown
from api.reading.timeline import MOST, as_recorded, trail
from api.wiring import Services
from domain.events.file_copy import CopyGiven, CopyRequested
from domain.policy import has_a_copy
from domain.rules.file_copy import not_given


def file_copy(
    services: Services, asking: Asking, trajectory: UUID
) -> tuple[Access, dict[str, Any]]:
    """Give the copy that was given last, its oldest entry first; raises Problem.

    What was added since is not in it, as nobody looked that over: the client asks for another.
    What others said in confidence is left out as everywhere. What pays is told as it stands now.
    """
    access = tied(services, asking, trajectory)
    if not has_a_copy(access.role):
        raise not_found()
    found, asked = trail(services, access, MOST), None
    for given in found:
        if given[1].event is CopyGiven:
            break
        if asked is None and given[1].event is CopyRequested:
            asked = given[1]
    else:
        raise _not_yet(asked)
    noted(services, access)
    told = as_recorded(services, access, [*chain([given], found)][::-1])
    return access, {
        "trajectory": trajectory,
        "given": told[-1],
        "entries": told,
        "fundings": fundings(services, asking, trajectory)[1]["fundings"],
    }


def _not_yet(asked: Shown | None) -> Problem:
    """Say how to ask, or by when what was asked is answered."""
    by = None if asked is None else date.fromisoformat(asked.fields["answer_by"])
    return Problem(NOT_FOUND, not_given(by))

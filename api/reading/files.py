"""The other files of one person beside the own one, for who may read both."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from api.problems import Problem
from api.reading.gate import Access
from api.reading.moment import Moment, read_with
from api.wiring import Services
from domain.events.base import Category


def files(
    services: Services,
    access: Access,
    at: Moment,
    told: Callable[[Services, Access, Moment], dict[str, Any]],
    *categories: Category,
) -> dict[str, Any]:
    """Tell the other files in which all of these categories are seen; no word when none is."""
    found = []
    for each in read_with(services, access, at, *categories):
        with suppress(Problem):  # a read model has it not yet: no reason to refuse the own file
            found.append({"trajectory": each.trajectory, **told(services, each, at)})
    return {"files": found} if found else {}

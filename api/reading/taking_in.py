"""Who can take in somebody whom a reader refers: whoever of them the reader knows by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.colleagues import Colleague, around, colleagues
from api.reading.people import ties
from api.wiring import Services
from domain.rules.referral import TAKES_IN


class Taker(NamedTuple):
    """Somebody who can take a person in, and for which organisation where that is known."""

    who: Colleague
    organisation: UUID | None


def takers(services: Services, asking: Asking) -> Mapping[UUID, Taker]:
    """Give them by person: from where the asker works, and from the teams that they are on."""
    own = asking.actor.organisation
    beside = [Taker(each, own) for each in colleagues(services, asking, TAKES_IN)]
    files = ties(services, replace(asking, view=None))
    further = [
        Taker(each, None) for each in around(services, asking, files) if each.role in TAKES_IN
    ]
    return {each.who.person: each for each in (*further, *beside)}

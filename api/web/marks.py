"""The marks that a client gives, drawn when they asked to keep an eye on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.gate import tied
from api.reading.wellbeing import wellbeing
from api.web.forms.client import HOW_IT_GOES, LESS_OFTEN, PERMIT, STOP_ASKING
from api.web.forms.registry import FORMS
from api.web.section import Gives, Section
from domain.policy import may_record
from domain.rules.wellbeing import AskToWatch, StopWatching

WATCH, UNWATCH = (FORMS[each.NAME] for each in (AskToWatch, StopWatching))
_DRAWN = 24
"""So many marks are drawn, the last ones; the table has them all."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 620, 20, 180
_LOW, _HIGH = 1, 10
_LINES = (1, 4, 7, 10)


class Point(NamedTuple):
    """One mark in the drawing."""

    x: int
    y: int
    on: date
    score: int


class Marks(Section):
    """The page of the marks."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address("/traject/{id}/hoe-het-gaat", get(self.show))]

    def show(self, request: Request) -> Response:
        """Show them to who may read them; raises Problem to everybody else."""
        who, trajectory = self.asked(request)
        _, found = wellbeing(self.services, who, trajectory)
        tie = tied(self.services, who, trajectory).sight.relation
        stop = [STOP_ASKING] if found.get("next_question_on") else []
        offers = [HOW_IT_GOES, LESS_OFTEN, *stop, UNWATCH if found["watched"] else WATCH, PERMIT]
        return self.page(
            request,
            who,
            "marks.html",
            trajectory=trajectory,
            found=found,
            points=drawn(found["scores"]) if found["watched"] else (),
            lines=[(each, _height(each)) for each in _LINES],
            offers=[form for form in offers if may_record(tie, form.command)],
        )


def drawn(scores: Sequence[dict[str, Any]]) -> list[Point]:
    """Place the last marks beside each other, the oldest on the left."""
    last = scores[-_DRAWN:]
    step = (_RIGHT - _LEFT) / max(1, len(last) - 1)
    return [
        Point(round(_LEFT + at * step), _height(each["score"]), each["on"], each["score"])
        for at, each in enumerate(last)
    ]


def _height(score: int) -> int:
    return round(_BOTTOM - (score - _LOW) * (_BOTTOM - _TOP) / (_HIGH - _LOW))

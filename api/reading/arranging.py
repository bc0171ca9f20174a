"""What an employer has to arrange by when, from nothing but the entries that they see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from api.reading.opening import Shown
from domain.arranging import Trial, WageHelp, to_arrange
from domain.events.instruments import Subsidy, WageSubsidyGranted
from domain.events.placement import TrialPlacementExtended, TrialPlacementStarted
from domain.language import Language

_TRIALS = frozenset({TrialPlacementStarted, TrialPlacementExtended})
_KINDS = {each.value: each for each in Subsidy}


def arranged(standing: Iterable[Shown], today: date, language: Language) -> list[dict[str, Any]]:
    """Word it, from what stands for this employer."""
    shown = sorted(standing, key=lambda each: each.event is TrialPlacementExtended)
    trials = {
        each.fields["placement"]: _day(each.fields.get("ends_on"))
        for each in shown
        if each.event in _TRIALS
    }
    helps = (each.fields for each in shown if each.event is WageSubsidyGranted)
    found = to_arrange(
        (Trial(UUID(placement), ends_on) for placement, ends_on in trials.items()),
        (
            WageHelp(
                placement=UUID(each["placement"]) if each.get("placement") else None,
                kind=_KINDS[each["kind"]],
                starts_on=date.fromisoformat(each["starts_on"]),
                ends_on=_day(each.get("ends_on")),
            )
            for each in helps
        ),
        today,
    )
    return [
        {"by": each.by, "what": each.what.to(language), "placement": each.placement}
        for each in found
    ]


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)

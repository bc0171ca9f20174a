"""When a funding ends, and what the team is told before: the support has no end date."""

from __future__ import annotations

from datetime import date, timedelta

from domain.language import Text
from domain.rhythm import months_later
from domain.wording import day

TOLD_BEFORE = timedelta(days=90)
"""How long before its end the team hears of it (reference 3.2, a product choice)."""


def ends_on(approved_on: date, months: int) -> date:
    """Give the day on which a funding of so many months ends, counted from the written approval.

    Whether that day itself still counts is to be checked by a domain expert.
    """
    return months_later(approved_on, months)


def notice(ending: date, today: date) -> Text | None:
    """Tell the team that a funding ends and the support does not; None when it is far off."""
    if today < ending - TOLD_BEFORE:
        return None
    if ending < today:
        return Text(
            f"De financiering liep tot {day(ending, 'nl')}; de steun loopt door",
            f"The funding ran until {day(ending, 'en')}; the support goes on",
        )
    return Text(
        f"De financiering eindigt op {day(ending, 'nl')}; de steun loopt door",
        f"The funding ends on {day(ending, 'en')}; the support goes on",
    )

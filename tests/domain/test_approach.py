"""How it stands with an employer follows from the last contact that worked out, and the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.approach import QUIET_AFTER, Approach, approach

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("last_on", "how"),
    [
        (None, Approach.NONE),
        (TODAY, Approach.RECENT),
        (TODAY - QUIET_AFTER, Approach.RECENT),
        (TODAY - QUIET_AFTER - timedelta(days=1), Approach.QUIET),
    ],
)
def test_thirty_days_after_a_contact_another_bothers_nobody(
    last_on: date | None, how: Approach
) -> None:
    assert approach(last_on, TODAY) is how

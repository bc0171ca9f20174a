"""Events that specs start from."""

from __future__ import annotations

from datetime import date, timedelta

from domain.events.course import ClosingReason, TrajectoryClosed
from domain.events.placement import Contract, JobStarted, TrialPlacementStarted
from domain.events.referral import Channel, Referred
from tests.spec import CLIENT, TODAY, an_id

YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=31)
COURIERS = an_id("Fietskoeriers Noord")

REFERRED = Referred(occurred_on=date(2025, 9, 1), client=CLIENT, channel=Channel.WALK_IN)
CLOSED = TrajectoryClosed(occurred_on=YESTERDAY, reason=ClosingReason.CLIENT_WISH)
JOB = JobStarted(
    occurred_on=date(2025, 11, 3),
    placement=an_id("job"),
    employer=COURIERS,
    title="fietskoerier",
    starts_on=date(2025, 11, 3),
    hours_per_week=16,
    contract=Contract.FIXED,
)
TRIAL = TrialPlacementStarted(
    occurred_on=date(2026, 2, 2),
    placement=an_id("trial"),
    employer=COURIERS,
    title="magazijn",
    starts_on=date(2026, 2, 2),
    ends_on=date(2026, 4, 1),
)

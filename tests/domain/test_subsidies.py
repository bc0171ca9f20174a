"""Which subsidies go with a job: from the instruments noted, by what they are for and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.events.instruments import NoRiskCoverNoted, Subsidy, WageSubsidyGranted
from domain.subsidies import goes_with, kind_of
from tests.domain.histories import COURIERS, JOB
from tests.spec import an_id

DAY = timedelta(days=1)
BEGIN = JOB.starts_on
GIVEN = WageSubsidyGranted(
    occurred_on=BEGIN, note=an_id("subsidy"), kind=Subsidy.WAGE_COSTS, starts_on=BEGIN
)


@pytest.mark.parametrize(
    ("about", "goes"),
    [
        ({"placement": JOB.placement, "employer": COURIERS}, True),
        ({"placement": an_id("another job"), "employer": COURIERS}, False),
        ({"employer": COURIERS}, True),
        ({"employer": an_id("another employer")}, False),
        ({}, True),
    ],
)
def test_it_is_for_the_job_for_its_employer_or_goes_with_the_client(about, goes):
    assert goes_with(GIVEN.model_copy(update=about), JOB, None) is goes


@pytest.mark.parametrize(
    ("starts", "ends", "ended", "goes"),
    [
        (-10, -1, None, False),
        (-10, 0, None, True),
        (5, None, 4, False),
        (5, None, 5, True),
        (5, None, None, True),
    ],
)
def test_it_is_for_a_job_of_its_own_time(starts, ends, ended, goes):
    def day(after):
        return None if after is None else BEGIN + after * DAY

    given = GIVEN.model_copy(update={"starts_on": day(starts), "ends_on": day(ends)})
    assert goes_with(given, JOB, day(ended)) is goes


def test_each_is_named_by_its_kind():
    cover = NoRiskCoverNoted(occurred_on=BEGIN, note=an_id("cover"), starts_on=BEGIN)
    assert [kind_of(each)[0] for each in (GIVEN, cover)] == ["wage_costs", "no_risk"]
    assert [kind_of(each)[1].nl for each in (GIVEN, cover)] == [
        "loonkostensubsidie",
        "no-riskpolis",
    ]

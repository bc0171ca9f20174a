"""The times without a paid job, as somebody would tell them on a CV."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from domain.state.work import Gap, Placement, PlacementKind, Work

TODAY = date(2026, 3, 10)
WAO = date(2021, 3, 1)


def job(starts_on, ended_on=None, kind=PlacementKind.JOB):
    return Placement(uuid4(), kind, uuid4(), "bakker", starts_on, None, None, ended_on)


def gaps(*placements, since=None):
    return Work(placements).gaps(since, TODAY)


def test_nothing_told_of_is_no_gap():
    assert gaps() == ()
    assert gaps(job(date(2020, 1, 1))) == ()


def test_a_benefit_begins_one_and_a_job_ends_it():
    assert gaps(since=WAO) == (Gap(WAO),)
    (gap,) = gaps(job(date(2026, 3, 1)), since=WAO)
    assert (gap, gap.years(TODAY)) == (Gap(WAO, date(2026, 3, 1)), 5)
    assert Gap(WAO, date(2026, 2, 28)).years(TODAY) == 4
    assert Gap(date(2025, 6, 1)).years(TODAY) == 0


def test_jobs_beside_each_other_and_a_benefit_beside_a_job_leave_none():
    first, second = job(date(2019, 1, 1), date(2022, 1, 1)), job(date(2021, 6, 1))
    assert gaps(first, second, since=WAO) == ()
    assert gaps(second, first) == ()


def test_the_end_of_a_job_begins_one():
    early, late = job(date(2010, 1, 1), date(2015, 1, 1)), job(date(2018, 1, 1), TODAY)
    assert gaps(late, early) == (Gap(date(2015, 1, 1), date(2018, 1, 1)), Gap(TODAY))


def test_what_is_no_paid_job_or_never_began_ends_none():
    volunteering = job(date(2024, 1, 1), kind=PlacementKind.VOLUNTEERING)
    ahead = job(date(2026, 4, 1))
    called_off = job(date(2025, 1, 1), date(2024, 12, 1))
    assert gaps(volunteering, ahead, called_off, since=WAO) == (Gap(WAO),)

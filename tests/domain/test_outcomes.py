"""given what happened, what is counted of it: two ladders, income, promises, small numbers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.base import Event, Grant, GrantKind
from domain.events.benefit import Benefit, BenefitEnded, BenefitSituationNoted
from domain.events.course import (
    ClosingReason,
    DoorLeftOpen,
    MovedAway,
    Paused,
    ReEntered,
    TrajectoryClosed,
    Wish,
)
from domain.events.participation import (
    EducationKind,
    EducationStarted,
    InformalCareEnded,
    InformalCareNoted,
)
from domain.events.placement import (
    Contract,
    EndReason,
    HoursChanged,
    JobEnded,
    JobStarted,
    TrialPlacementStarted,
)
from domain.events.referral import Channel, ProgrammeEntered
from domain.events.search import ContactResult, EmployerContactMade, Mode
from domain.events.support import ContactRhythmAgreed, LeftInPeace, RhythmChoice
from domain.outcomes import (
    Competition,
    Period,
    Result,
    Rung,
    counted,
    income,
    ips,
    kept,
    masked,
    months,
    once,
    part,
    participation,
    served,
    slope,
    track,
)
from domain.outcomes.counted import competition
from domain.policy import Reader, Totals, totals
from domain.roles import Role
from tests.spec import an_id

HERE, THERE = an_id("programme"), an_id("another programme")
Q1 = Period(date(2026, 1, 1), date(2026, 3, 31))
ENTERED = ProgrammeEntered(occurred_on="2026-01-05", programme=HERE)
EMPLOYER = an_id("bakery")
A_JOB = {"employer": EMPLOYER, "title": "bakker", "contract": Contract.FIXED}


def job(since: str, name: str = "job", **more: object) -> JobStarted:
    body = {**A_JOB, "starts_on": since, "hours_per_week": 16, **more}
    return JobStarted(occurred_on="2026-01-05", placement=an_id(name), **body)


def ended(on: str, name: str = "job") -> JobEnded:
    return JobEnded(
        occurred_on=on, placement=an_id(name), employer=EMPLOYER, reason=EndReason.HEALTH
    )


def people(*stories: list[Event], period: Period = Q1):
    tracks = {
        an_id(str(n)): track(each for event in story for each in counted(event))
        for n, story in enumerate(stories)
    }
    return served(tracks, HERE, period)


def rungs(*events: Event, period: Period = Q1) -> set[Rung]:
    found = participation(people([ENTERED, *events], period=period))
    return {rung for rung, count in found.rungs.items() if count}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Competition.ASSUMED),
        ({"pay_at_least_minimum": True, "open_to_anyone": True}, Competition.YES),
        ({"set_aside_for_target_group": False}, Competition.YES),
        ({"set_aside_for_target_group": True}, Competition.NEEDS_JUDGEMENT),
        ({"open_to_anyone": False}, Competition.NEEDS_JUDGEMENT),
        ({"pay_at_least_minimum": False, "open_to_anyone": True}, Competition.NO),
        ({"artificial_time_limit": True}, Competition.NO),
        ({"employer_of_record": "social_firm"}, Competition.NEEDS_JUDGEMENT),
        ({"employer_of_record": "agency"}, Competition.ASSUMED),
        ({"employer_of_record": "ordinary", "open_to_anyone": True}, Competition.YES),
    ],
)
def test_whether_a_job_counts_for_ips_follows_from_what_was_told(facts, expected):
    assert competition(job("2026-02-02", **facts)) is expected


def test_who_has_two_jobs_is_one_person_and_a_post_set_aside_awaits_judgement():
    two = [ENTERED, job("2026-02-02"), job("2026-02-09", "second")]
    aside = [ENTERED, job("2026-02-02", set_aside_for_target_group=True)]
    found = ips(people(two, aside, [ENTERED]))
    assert (found.served, found.working, found.needs_judgement) == (3, 1, 1)
    assert (found.jobs, found.job_starts, found.ever) == (2, 2, 1)


def test_a_job_that_spans_quarters_counts_in_each_and_starts_in_one():
    story = [ENTERED, job("2026-02-02"), ended("2026-04-01")]
    second = Period(date(2026, 4, 1), date(2026, 6, 30))
    first, then = ips(people(story)), ips(people(story, period=second))
    assert (first.working, first.job_starts, first.job_ends) == (1, 1, 0)
    assert (then.working, then.job_starts, then.job_ends) == (0, 0, 1)
    assert (then.ever, first.tenure_days, first.tenure_running) == (1, 58, 1)


def test_a_trial_a_job_called_off_and_one_to_come_are_no_jobs():
    trial = TrialPlacementStarted(
        occurred_on="2026-01-05", placement=uuid4(), employer=EMPLOYER, title="x",
        starts_on="2026-01-12",
    )  # fmt: skip
    for events in ([trial], [job("2026-02-02"), ended("2026-01-30")], [job("2026-05-01")]):
        assert rungs(*events) == set()
    assert rungs(job("2026-02-02"), ended("2026-02-02")) == {Rung.PAID}, "one day is a day"


def test_back_within_two_weeks_at_the_same_employer_is_the_same_job():
    first = [job("2026-01-10"), ended("2026-02-01")]
    again, later = job("2026-02-15", "again"), job("2026-02-16", "again")
    assert ips(people([ENTERED, *first, again])).jobs == 1
    assert ips(people([ENTERED, *first, later])).jobs == 2


def test_days_to_the_first_job_and_employer_count_from_the_entry():
    met = EmployerContactMade(
        occurred_on="2026-01-20", note=uuid4(), employer=EMPLOYER, mode=Mode.ON_SITE
    )
    phoned = met.model_copy(update={"mode": Mode.PHONE, "occurred_on": date(2026, 1, 6)})
    nobody_there = met.model_copy(
        update={"result": ContactResult.NO_ANSWER, "occurred_on": date(2026, 1, 7)}
    )
    found = ips(people([ENTERED, phoned, nobody_there, met, job("2026-02-04")], [ENTERED]))
    assert found.days_to_first_job == (30, 1)
    assert found.days_to_first_employer_contact == (15, 1)


def test_hours_are_weighed_by_days_and_not_known_is_never_none():
    more = HoursChanged(
        occurred_on="2026-03-01", placement=an_id("job"), employer=EMPLOYER, hours_per_week=24,
        starts_on="2026-03-02",
    )  # fmt: skip
    found = ips(people([ENTERED, job("2026-01-31"), more]))
    assert found.hours_per_week == 20
    unknown = ips(people([ENTERED, job("2026-01-31", hours_per_week=0)]))
    assert (unknown.hours_per_week, unknown.hours_unknown) == (None, 1)


def test_only_jobs_old_enough_can_have_lasted():
    year = Period(None, date(2026, 12, 31))
    short = [ENTERED, job("2026-02-02"), ended("2026-04-01")]
    long = [ENTERED, job("2026-02-02")]
    young = [ENTERED, job("2026-12-01")]
    found = {each.weeks: each for each in ips(people(short, long, young, period=year)).sustained}
    assert [(found[weeks].jobs, found[weeks].lasted) for weeks in (13, 26, 52)] == [
        (2, 1), (2, 1), (0, 0),
    ]  # fmt: skip


def test_somebody_stands_on_several_rungs_and_is_counted_once_in_one_result():
    language = EducationStarted(
        occurred_on="2026-02-02", education=uuid4(), kind=EducationKind.LANGUAGE
    )
    care = InformalCareNoted(occurred_on="2026-02-02", hours_per_week=8)
    busy = [ENTERED, job("2026-02-02"), language, care, MovedAway(occurred_on="2026-03-30")]
    found = people(busy, [ENTERED])
    both = participation(found)
    assert (both.several, both.none) == (1, 1)
    assert once(found)[Result.PAID_WORK] == 1
    assert once(found)[Result.STILL_GUIDED] == 1


def test_whose_door_stays_open_is_not_told_to_be_still_guided():
    opened = DoorLeftOpen(occurred_on="2026-02-01")
    back = ReEntered(occurred_on="2026-03-02", channel=Channel.SELF)
    closed = TrajectoryClosed(occurred_on="2026-03-02", reason=ClosingReason.CLIENT_WISH)
    worked = [job("2026-01-12"), ended("2026-01-30")]
    found = once(
        people([ENTERED, opened], [ENTERED, opened, back], [ENTERED, opened, closed],
               [ENTERED, *worked, opened], [ENTERED])
    )  # fmt: skip
    assert found == {
        Result.PAID_WORK: 1,
        Result.VOLUNTEERING: 0,
        Result.MOVED: 0,
        Result.STILL_GUIDED: 2,
        Result.DOOR_OPEN: 1,
        Result.CLOSED: 1,
    }
    earlier = Period(None, date(2026, 1, 31))
    assert once(people([ENTERED, opened], period=earlier))[Result.STILL_GUIDED] == 1


def test_what_is_over_before_the_period_is_not_counted_in_it():
    care = InformalCareNoted(occurred_on="2026-01-10", hours_per_week=8)
    over = InformalCareEnded(occurred_on="2026-04-01")
    second = Period(date(2026, 4, 1), date(2026, 6, 30))
    assert rungs(care, care, over) == {Rung.INFORMAL_CARE}
    assert rungs(care, care, over, period=second) == set()


def test_moved_away_is_over_when_somebody_is_back():
    moved = [
        MovedAway(occurred_on="2026-02-01"),
        TrajectoryClosed(occurred_on="2026-02-01", reason=ClosingReason.MOVED),
    ]
    back = ReEntered(occurred_on="2026-04-10", channel=Channel.SELF)
    assert rungs(*moved) == {Rung.MOVED}
    third = Period(date(2026, 7, 1), date(2026, 9, 30))
    assert rungs(*moved, back, period=third) == set()
    assert people([ENTERED, *moved], period=third) == [], "closed all of it"
    assert len(people([ENTERED, *moved, back], period=third)) == 1


def test_closed_for_another_reason_is_told_as_such():
    closed = TrajectoryClosed(occurred_on="2026-02-01", reason=ClosingReason.CLIENT_WISH)
    assert once(people([ENTERED, closed]))[Result.CLOSED] == 1


def test_who_goes_to_another_programme_is_counted_there_from_then_on():
    over = ProgrammeEntered(occurred_on="2026-02-01", programme=THERE)
    assert rungs(over, job("2026-02-10")) == set()
    assert rungs(over, job("2026-01-20")) == {Rung.PAID}
    assert people([over, ENTERED], period=Period(date(2026, 2, 1), date(2026, 3, 31))) == []
    assert people([ProgrammeEntered(occurred_on="2026-01-05")]) == []


def test_off_benefit_is_when_the_last_one_ended():
    two = BenefitSituationNoted(
        occurred_on="2026-01-06", note=uuid4(), benefits=(Benefit.WW, Benefit.WAO)
    )
    none = BenefitSituationNoted(occurred_on="2026-03-01", note=uuid4(), benefits=(Benefit.NONE,))
    stop = BenefitEnded(occurred_on="2026-02-01", note=uuid4(), benefit=Benefit.WW, wholly=True)
    in_part = stop.model_copy(update={"wholly": False})

    def off(*events: Event) -> int:
        return income(people([ENTERED, *events])).off_benefit

    assert off(stop) == 1, "what came before was never told"
    assert off(two, stop) == 0, "another is left"
    assert off(two, stop, stop) == 1
    assert off(in_part) == 0
    assert off(two, none) == 1
    assert off(none) == 0, "who never had one is not off it"
    assert off(stop, two.model_copy(update={"occurred_on": date(2026, 3, 1)})) == 0


def test_part_time_adds_up_the_jobs_of_the_last_day_worked():
    def found(*events: Event):
        return income(people([ENTERED, *events]))

    assert found(job("2026-02-02")).part_time == 1
    assert found(job("2026-02-02"), job("2026-02-02", "second", hours_per_week=19)).part_time == 0
    unknown = found(job("2026-02-02", hours_per_week=None))
    assert (unknown.part_time, unknown.hours_unknown, unknown.neither) == (0, 1, 1)


MARCH = date(2026, 3, 1)


def promised(*events: Event, talks: int = 0) -> tuple[int, int]:
    early = ProgrammeEntered(occurred_on="2026-01-05", programme=HERE)
    month = kept(people([early, *events]), MARCH, {an_id("0"): talks})
    return month.promised, len(month.missing)


def test_two_talks_a_month_are_promised_or_what_was_agreed():
    agreed = ContactRhythmAgreed(occurred_on="2026-02-01", per_month=1, choice=RhythmChoice.CLIENT)
    assert promised() == (2, 1)
    assert promised(talks=2) == (2, 0)
    assert promised(agreed, talks=1) == (1, 0)
    changed = agreed.model_copy(update={"occurred_on": date(2026, 3, 20), "per_month": 4})
    assert promised(changed, talks=2) == (2, 0), "not what was agreed half-way"


def test_nothing_is_promised_to_who_rests_left_or_asked_to_be_left_alone():
    still = [
        LeftInPeace(occurred_on="2026-03-20", until="2026-05-01"),
        DoorLeftOpen(occurred_on="2026-02-20"),
        Paused(occurred_on="2026-02-20", wish=Wish.CLIENT, per_month=0),
        TrajectoryClosed(occurred_on="2026-03-20", reason=ClosingReason.CLIENT_WISH),
    ]
    for each in still:
        assert promised(each) == (0, 0), each.TYPE
    assert promised(Paused(occurred_on="2026-02-20", wish=Wish.CLIENT)) == (1, 1)
    within = LeftInPeace(occurred_on="2026-03-05", until="2026-03-20")
    assert promised(within) == (0, 0), "of no whole month"


def test_only_whole_months_that_are_over_are_told():
    assert months(Period(None, date(2026, 3, 30)), date(2026, 1, 20)) == [
        date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip
    assert months(Period(date(2026, 2, 2), date(2026, 3, 31)), None) == [MARCH]
    assert months(Period(None, date(2026, 3, 31)), None) == []
    assert len(months(Period(None, date(2026, 3, 31)), date(2020, 1, 1))) == 12
    entered_in_march = [ProgrammeEntered(occurred_on="2026-03-02", programme=HERE)]
    assert kept(people(entered_in_march), MARCH, {}).promised == 0


def test_the_line_through_scores_is_their_mean_step():
    assert slope([4, 5, 5, 6, 7]) == 0.7
    assert slope([7, 6, 5]) == -1
    assert slope([5, 5, 5]) == 0
    assert slope([4, 7]) is None


def test_small_numbers_are_left_out_and_do_not_follow_from_the_rest():
    assert masked({"a": 23, "b": 5, "c": 2, "d": 20}) == {"a": 23, "b": None, "c": None, "d": 20}
    assert masked({"a": 4, "b": 3, "c": 9}) == {"a": None, "b": None, "c": 9}
    assert masked({"a": 9, "b": 0}) == {"a": 9, "b": 0}
    assert (part(5, 20), part(4, 20), part(17, 20), part(20, 20), part(0, 20)) == (
        5, None, None, 20, 0,
    )  # fmt: skip


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 40), min_size=2))
def test_no_small_number_follows_from_a_total(counts):
    given = masked(counts)
    hidden = {key for key, count in given.items() if count is None}
    assert not any(0 < count < 5 for count in given.values() if count is not None)
    assert len(hidden) != 1
    assert all(given[key] == counts[key] for key in counts.keys() - hidden)


TODAY = date(2026, 3, 10)
GGZ, OTHER = an_id("ggz"), an_id("another organisation")
SOMEBODY = an_id("somebody")


def a_role(role: Role, organisation=GGZ, until: date | None = None) -> Grant:
    key = f"role/{role}"
    return Grant(SOMEBODY, key, SOMEBODY, GrantKind.ROLE, role.value, organisation, until=until)


def a_sample(programme=HERE) -> Grant:
    key = f"sample/{programme}/{an_id('sample')}"
    return Grant(an_id("track"), key, SOMEBODY, GrantKind.SAMPLE, Role.AUDITOR.value)


@pytest.mark.parametrize(
    ("role", "grants", "expected"),
    [
        (Role.JOB_COACH, [a_role(Role.JOB_COACH)], Totals.WHOLE),
        (Role.TEAM_LEAD, [a_role(Role.TEAM_LEAD)], Totals.WHOLE),
        (Role.JOB_COACH, [a_role(Role.JOB_COACH, OTHER)], Totals.NONE),
        (Role.JOB_COACH, [a_role(Role.TEAM_LEAD)], Totals.NONE),
        (Role.JOB_COACH, [a_role(Role.JOB_COACH, until=TODAY - timedelta(1))], Totals.NONE),
        (Role.JOB_COACH, [], Totals.NONE),
        (Role.CARE_WORKER, [a_role(Role.CARE_WORKER)], Totals.NONE),
        (Role.CLIENT_MANAGER, [a_role(Role.CLIENT_MANAGER)], Totals.NONE),
        (Role.SYSADMIN, [a_role(Role.SYSADMIN)], Totals.NONE),
        (Role.AUDITOR, [a_role(Role.AUDITOR), a_sample()], Totals.WITHOUT_SMALL),
        (Role.AUDITOR, [a_role(Role.AUDITOR), a_sample(THERE)], Totals.NONE),
        (Role.AUDITOR, [a_sample()], Totals.NONE),
        (Role.AUDITOR, [a_role(Role.AUDITOR)], Totals.NONE),
    ],
)
def test_who_reads_the_totals_of_a_programme(role, grants, expected):
    reader = Reader(SOMEBODY, role, GGZ)
    if grants and grants[0].organisation == OTHER:
        reader = reader._replace(organisation=OTHER)
    assert totals(reader, HERE, GGZ, grants, TODAY) is expected
    assert totals(reader, HERE, None, grants, TODAY) is not Totals.WHOLE
    assert totals(reader._replace(person=an_id("else")), HERE, GGZ, grants, TODAY) is Totals.NONE


def test_totals_are_read_for_the_organisation_that_one_acts_for():
    grants = [a_role(Role.JOB_COACH), a_role(Role.JOB_COACH, OTHER)]
    for acts_for, expected in (
        (None, Totals.WHOLE),
        (GGZ, Totals.WHOLE),
        (OTHER, Totals.NONE),
    ):
        reader = Reader(SOMEBODY, Role.JOB_COACH, acts_for)
        assert totals(reader, HERE, GGZ, grants, TODAY) is expected

"""given two files of one person, figures count the person once and no day twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.base import Event
from domain.events.benefit import Benefit, BenefitEnded, BenefitSituationNoted
from domain.events.course import ClosingReason, DoorLeftOpen, TrajectoryClosed
from domain.events.experience import About, Answer, ExperienceGiven
from domain.events.linking import FilesLinked, FilesUnlinked
from domain.events.participation import InformalCareNoted
from domain.events.placement import Contract, EndReason, HoursChanged, JobEnded, JobStarted
from domain.events.referral import ProgrammeEntered
from domain.events.support import (
    ContactRhythmAgreed,
    ContactWelcomeAgain,
    LeftInPeace,
    RhythmChoice,
)
from domain.events.wellbeing import WatchAsked
from domain.outcomes import (
    Competition,
    Counted,
    Period,
    Question,
    Rung,
    Track,
    Turn,
    counted,
    income,
    ips,
    kept,
    once,
    participation,
    served,
    track,
)
from domain.outcomes.united import less, one_person, union, united
from tests.spec import an_id

HERE, THERE = an_id("programme"), an_id("another programme")
ONE, TWO, THIRD = an_id("0"), an_id("1"), an_id("2")
FILES = (ONE, TWO, THIRD)
Q1 = Period(date(2026, 1, 1), date(2026, 3, 31))
ENTERED = ProgrammeEntered(occurred_on="2026-01-05", programme=HERE)
BAKERY, GARAGE = an_id("bakery"), an_id("garage")
MARCH = date(2026, 3, 1)


def job(since: str, name: str = "job", employer: UUID = BAKERY, **more: object) -> JobStarted:
    body = {"employer": employer, "title": "bakker", "contract": Contract.FIXED, **more}
    return JobStarted(
        **{"occurred_on": "2026-01-05", "placement": an_id(name), "starts_on": since,
           "hours_per_week": 16, **body}
    )  # fmt: skip


def ended(on: str, name: str = "job") -> JobEnded:
    return JobEnded(occurred_on=on, placement=an_id(name), employer=BAKERY, reason=EndReason.HEALTH)


def linked_with(*others: UUID) -> list[FilesLinked]:
    return [
        FilesLinked(occurred_on="2026-03-01", other=each, reason="dubbel aangemeld")
        for each in others
    ]


def told(*events: Event) -> Track:
    return track(each for event in events for each in counted(event))


def people(*stories: list[Event], period: Period = Q1, apart: bool = False):
    """Each story is a file; all of them are of one person, unless they stand apart."""
    files = FILES[: len(stories)]
    tracks = {
        file: told(
            ENTERED, *story, *(() if apart else linked_with(*(f for f in files if f != file)))
        )
        for file, story in zip(files, stories, strict=True)
    }
    return served(tracks, HERE, period)


def test_a_link_counts_when_both_files_say_so_and_no_longer_once_one_takes_it_back():
    there, back = linked_with(TWO), linked_with(ONE)
    unlinked = FilesUnlinked(occurred_on="2026-03-02", other=TWO, reason="toch een ander")

    def groups(*events: Event):
        tracks = {ONE: told(*events), TWO: told(*back), THIRD: told(*back)}
        return one_person({file: each.linked for file, each in tracks.items()})

    assert groups(*there) == [(ONE, TWO), (THIRD,)]
    assert groups(*there, unlinked) == [(ONE,), (TWO,), (THIRD,)]
    assert groups() == [(ONE,), (TWO,), (THIRD,)]


def test_one_person_with_a_job_in_each_file_is_one_and_works_once():
    found = people([job("2026-02-02")], [job("2026-02-09", "second", GARAGE)])
    assert [each.trajectory for each in found] == [ONE]
    assert set(found[0].files) == {ONE, TWO}
    figures = ips(found)
    assert (figures.served, figures.working, figures.jobs, figures.ever) == (1, 1, 2, 1)
    assert sum(once(found).values()) == 1
    assert len(people([], [], apart=True)) == 2


def test_a_job_that_both_files_tell_of_is_one_and_its_hours_are_not_added_up():
    both = people([job("2026-02-02", hours_per_week=20)], [job("2026-02-09", "told again")])
    figures, money = ips(both), income(both)
    assert (figures.jobs, figures.job_starts, figures.needs_judgement) == (1, 1, 0)
    assert (money.part_time, money.hours_unknown) == (1, 0)
    (span,) = both[0].track.spans
    assert (span.since, span.hours_on(date(2026, 2, 8)), span.hours_on(MARCH)) == (
        *(date(2026, 2, 2), 20, 16),
    )


def test_two_jobs_that_one_file_tells_of_are_two_whatever_the_other_says():
    two = [job("2026-02-02"), job("2026-02-02", "second")]
    assert ips(people(two, [])).jobs == 2
    again = [job("2026-02-03", "a"), job("2026-02-03", "b")]
    assert ips(people(two, again)).jobs == 2
    assert ips(people(two, again[:1])).jobs == 2


def test_work_runs_as_long_as_one_file_says_so():
    over = [job("2026-01-10"), ended("2026-02-01")]
    goes_on = [job("2026-01-20", "other")]
    for stories in ((over, goes_on), (goes_on, over)):
        (span,) = people(*stories)[0].track.spans
        assert (span.since, span.until) == (date(2026, 1, 10), None)
    later = [job("2026-02-16", "later")]
    assert ips(people(over, later)).jobs == 2, "a gap of more than two weeks stays a gap"
    called_off = [job("2026-03-02", "off"), ended("2026-01-30", "off")]
    (first, second) = people([job("2026-01-10")], called_off)[0].track.spans
    assert {first.until, second.until} == {None, date(2026, 1, 30)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {"pay_at_least_minimum": True}, Competition.YES),
        ({}, {"pay_at_least_minimum": False}, Competition.NO),
        ({"pay_at_least_minimum": True}, {"artificial_time_limit": True},
         Competition.NEEDS_JUDGEMENT),
        ({}, {}, Competition.ASSUMED),
    ],
)  # fmt: skip
def test_what_was_told_of_a_job_goes_before_what_was_assumed(one, other, expected):
    for first, second in ((one, other), (other, one)):
        found = people([job("2026-02-02", **first)], [job("2026-02-02", "again", **second)])
        assert [each.competition for each in found[0].track.spans] == [expected]


def test_hours_that_one_file_knows_are_known():
    found = people([job("2026-02-02", hours_per_week=None)], [job("2026-02-02", "again")])
    assert income(found).hours_unknown == 0
    changed = HoursChanged(
        occurred_on="2026-03-02", placement=an_id("again"), employer=BAKERY, starts_on="2026-03-02",
        hours_per_week=36, wish="client",
    )  # fmt: skip
    found = people([job("2026-02-02")], [job("2026-02-02", "again"), changed])
    assert income(found).part_time == 0


def test_who_is_closed_in_one_file_and_goes_on_in_the_other_is_still_guided():
    closed = TrajectoryClosed(occurred_on="2026-02-01", reason=ClosingReason.HANDED_OVER)
    assert not people([closed], [])[0].closed()
    assert people([closed], [closed])[0].closed()
    second = Period(date(2026, 4, 1), date(2026, 6, 30))
    assert people([closed], [closed], period=second) == []
    assert len(people([closed], [], period=second)) == 1


def test_the_door_stays_open_only_where_no_other_file_goes_on():
    opened = DoorLeftOpen(occurred_on="2026-02-01")
    closed = TrajectoryClosed(occurred_on="2026-02-01", reason=ClosingReason.HANDED_OVER)
    assert people([opened], [closed])[0].door_open()
    assert not people([opened], [])[0].door_open()
    assert not people([closed], [closed])[0].door_open()


def test_between_a_file_that_was_closed_and_one_that_began_later_nobody_was_guided():
    closed = TrajectoryClosed(occurred_on="2025-03-01", reason=ClosingReason.MOVED)
    early = ProgrammeEntered(occurred_on="2025-01-06", programme=HERE)
    tracks = {
        ONE: told(early, closed, *linked_with(TWO)),
        TWO: told(ENTERED, *linked_with(ONE)),
    }
    between = Period(date(2025, 7, 1), date(2025, 9, 30))
    assert served(tracks, HERE, between) == []
    (found,) = served(tracks, HERE, Q1)
    assert (found.entered_on, found.first) == (date(2025, 1, 6), date(2026, 1, 1))


def test_only_files_of_this_programme_are_put_together():
    elsewhere = ProgrammeEntered(occurred_on="2026-01-05", programme=THERE)
    tracks = {
        ONE: told(ENTERED, *linked_with(TWO)),
        TWO: told(elsewhere, job("2026-02-02"), *linked_with(ONE)),
    }
    here = {ONE: tracks[ONE]}  # the read model gives those who ever entered it
    assert ips(served(here, HERE, Q1)).working == 0
    moved = tracks | {
        TWO: told(
            ENTERED, ProgrammeEntered(occurred_on="2026-02-01", programme=THERE), *linked_with(ONE)
        )
    }
    (still,) = served(moved, HERE, Q1)
    assert still.last == date(2026, 3, 31), "one file is still here"


def test_the_end_of_one_benefit_told_in_both_files_is_one_end():
    two = BenefitSituationNoted(
        occurred_on="2026-01-05", note=an_id("n"), benefits=(Benefit.WW, Benefit.BIJSTAND)
    )
    stop = BenefitEnded(occurred_on="2026-02-01", note=an_id("e"), benefit=Benefit.WW, wholly=True)
    assert income(people([two, stop], [stop])).off_benefit == 0
    assert income(people([stop], [stop])).off_benefit == 1
    assert income(people([two, stop, stop], [])).off_benefit == 1


def test_talks_are_promised_once_to_a_person_and_held_by_both_files():
    more = ContactRhythmAgreed(occurred_on="2026-02-01", per_month=3, choice=RhythmChoice.CLIENT)
    less_ = more.model_copy(update={"per_month": 1})
    month = kept(people([more], [less_]), MARCH, {ONE: 2})
    assert (month.people, month.promised, month.held) == (1, 3, 2)
    (missing,) = month.missing
    assert (missing.trajectory, missing.files) == (ONE, (ONE, TWO))
    closed = TrajectoryClosed(occurred_on="2026-02-01", reason=ClosingReason.HANDED_OVER)
    assert kept(people([more, closed], [less_]), MARCH, {}).promised == 1
    peace = LeftInPeace(occurred_on="2026-02-20", until="2026-05-01")
    assert kept(people([peace], [peace]), MARCH, {}).promised == 0
    assert kept(people([peace], [more]), MARCH, {}).promised == 0, "it was the person who asked"
    over = ContactWelcomeAgain(occurred_on="2026-02-25")
    assert kept(people([peace, over], [more]), MARCH, {}).promised == 3


def test_the_last_answer_counts_and_asking_to_watch_in_one_file_is_asking():
    def said(day: str, answer: Answer) -> ExperienceGiven:
        return ExperienceGiven(
            occurred_on=day, note=an_id(day), about=About.TRAJECTORY, heard=answer
        )

    watch = WatchAsked(occurred_on="2026-02-02")
    first, last = said("2026-02-02", Answer.NO), said("2026-03-02", Answer.YES)
    for stories in (([first, watch], [last]), ([last], [first, watch])):
        (found,) = people(*stories)
        assert found.track.said == {Question.HEARD: (date(2026, 3, 2), Answer.YES)}
        assert found.track.watched


class Told(NamedTuple):
    """What a file tells, in days since the first of January."""

    begins: int
    lasts: int | None
    employer: UUID
    hours: float | None


DAY = timedelta(days=1)
NEW_YEAR = date(2026, 1, 1)
WORK = st.builds(
    Told,
    st.integers(0, 80),
    st.none() | st.integers(-2, 40),
    st.sampled_from([BAKERY, GARAGE]),
    st.none() | st.sampled_from([8.0, 16.0]),
)
FILE = st.lists(WORK, max_size=4)
DAYS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
        lambda two: (NEW_YEAR + two[0] * DAY, NEW_YEAR + two[1] * DAY)
    ),
    max_size=5,
)


def way(file: int, works: list[Told]) -> Track:
    """Word what a file tells as it is counted."""
    turns = [Counted(Turn.ENTERED, NEW_YEAR, HERE), *linked(file)]
    for number, each in enumerate(works):
        thing, since = an_id(f"{file}/{number}"), NEW_YEAR + each.begins * DAY
        turns.append(
            Counted(Turn.BEGAN, since, thing, each.employer, Rung.PAID, "assumed", each.hours)
        )
        if each.lasts is not None:
            turns.append(Counted(Turn.ENDED, since + each.lasts * DAY, thing))
    return track(turns)


def linked(file: int) -> list[Counted]:
    others = (each for each in FILES[:2] if each != FILES[file])
    return [Counted(Turn.LINKED, NEW_YEAR, each) for each in others]


def figures(*files: Track):
    found = served(dict(zip(FILES, files, strict=False)), HERE, Q1)
    return ips(found), participation(found), once(found), income(found)


def works_on(found: Track, day: date) -> set[UUID | None]:
    return {each.employer for each in found.spans if each.touches(day, day)}


@given(FILE, FILE)
def test_a_day_is_worked_when_one_of_the_files_says_so(one, other):
    files = [way(0, one), way(1, other)]
    whole = united([(each, [(NEW_YEAR, date.max)]) for each in files])
    for day in (NEW_YEAR + n * DAY for n in range(130)):
        assert works_on(whole, day) == works_on(files[0], day) | works_on(files[1], day)
    assert len(whole.spans) <= sum(len(each.spans) for each in files)


@given(FILE, FILE)
def test_the_order_of_the_files_makes_no_difference(one, other):
    assert figures(way(0, one), way(1, other)) == figures(way(0, other), way(1, one))


@given(FILE)
def test_a_file_beside_its_own_copy_or_an_empty_one_gives_the_figures_of_one(works):
    alone = figures(way(0, works))
    assert figures(way(0, works), way(1, works)) == alone
    assert figures(way(0, works), way(1, [])) == alone


@given(DAYS, DAYS)
def test_days_are_added_and_taken_away_as_sets_are(some, others):
    def every(days):
        return {a + n * DAY for a, b in days for n in range(max((b - a).days, 0))}

    assert every(union([*some, *others])) == every(some) | every(others)
    assert every(less(some, others)) == every(some) - every(others)
    both = union([*some, *others])
    assert all(a[1] < b[0] for a, b in pairwise(both)), "none of them twice"


def test_care_for_somebody_told_in_both_files_is_one_rung():
    care = InformalCareNoted(occurred_on="2026-02-02")
    found = participation(people([care], [care]))
    assert (found.rungs[Rung.INFORMAL_CARE], found.several, found.none) == (1, 0, 0)

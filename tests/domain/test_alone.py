"""How one file counts in its programme: as it does among all others there."""

from __future__ import annotations

from datetime import date

from domain.events.benefit import BenefitSituationNoted
from domain.events.course import MovedAway
from domain.events.placement import VolunteeringStarted
from domain.events.referral import ProgrammeEntered
from domain.events.search import Mode
from domain.events.support import SupportContact, WithWhom
from domain.outcomes import Alone, Result, Rung, alone
from tests.spec import an_id

FILE, HERE, ELSEWHERE = an_id("file"), an_id("here"), an_id("elsewhere")
TODAY = date(2026, 3, 10)
ENTERED = ProgrammeEntered(occurred_on=date(2026, 1, 5), programme=HERE)


def talk(day, whom=WithWhom.CLIENT):
    return SupportContact(
        occurred_on=day, note=an_id(f"{day}{whom}"), mode=Mode.PHONE, with_whom=whom
    )


def counted(*events, today=TODAY):
    return alone(FILE, events, HERE, today)


def test_who_never_entered_or_went_elsewhere_counts_for_nothing():
    began = VolunteeringStarted(
        occurred_on=TODAY,
        placement=an_id("work"),
        employer=an_id("shop"),
        title="koffie",
        starts_on=TODAY,
    )
    assert counted(began) == Alone()
    assert counted(ENTERED.model_copy(update={"programme": ELSEWHERE}), began) == Alone()
    assert counted(ENTERED, began) == Alone(
        Result.VOLUNTEERING, (Rung.VOLUNTEERING,), promised=2, held=0
    )


def test_once_and_on_every_rung():
    moved = MovedAway(occurred_on=TODAY)
    assert counted(ENTERED).result is Result.STILL_GUIDED
    assert counted(ENTERED, moved)[:2] == (Result.MOVED, (Rung.MOVED,))


def test_the_talks_with_the_client_in_whole_months_and_no_others():
    talks = [
        talk(date(2026, 1, 31)),
        talk(date(2026, 2, 1)),
        talk(date(2026, 2, 28)),
        talk(date(2026, 2, 12), WithWhom.EMPLOYER),
        talk(date(2026, 3, 1)),
    ]
    assert counted(ENTERED, *talks)[2:] == (2, 2), "of January not all days were there"
    assert counted(ENTERED, *talks, today=date(2026, 3, 31))[2:] == (4, 3)


def test_what_counts_in_other_figures_is_not_looked_into():
    without_words = BenefitSituationNoted.model_construct(occurred_on=TODAY, benefits=None)
    assert counted(ENTERED, without_words) == counted(ENTERED)

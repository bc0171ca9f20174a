"""What an employer arranges by when: from the end of a trial and the help with wages alone."""

from __future__ import annotations

from datetime import timedelta

from domain.arranging import Trial, WageHelp, to_arrange
from domain.events.instruments import Subsidy
from tests.domain.histories import TOMORROW, YESTERDAY
from tests.spec import TODAY, an_id

NEXT_YEAR = TODAY + timedelta(days=365)
BAKING, COOKING = an_id("baking"), an_id("cooking")


def told(*, trials=(), helps=()):
    return [(each.by, each.placement) for each in to_arrange(trials, helps, TODAY)]


def test_a_trial_is_to_be_followed_by_its_last_day():
    running = Trial(BAKING, TODAY)
    assert told(trials=[running]) == [(TODAY, BAKING)]
    assert told(trials=[Trial(BAKING, YESTERDAY), Trial(COOKING, None)]) == []


def test_help_with_wages_begins_and_ends_and_the_first_day_comes_first():
    help_ = WageHelp(COOKING, Subsidy.TAX_BENEFIT, TOMORROW, NEXT_YEAR)
    trial = Trial(BAKING, TOMORROW + timedelta(days=1))
    days = [TOMORROW, trial.ends_on, NEXT_YEAR]
    assert told(trials=[trial], helps=[help_]) == list(
        zip(days, [COOKING, BAKING, COOKING], strict=True)
    )
    begun = help_._replace(starts_on=YESTERDAY)
    assert told(helps=[begun]) == [(NEXT_YEAR, COOKING)]
    assert told(helps=[begun._replace(ends_on=None)]) == []


def test_it_says_what_and_in_both_languages():
    (line,) = to_arrange([], [WageHelp(None, Subsidy.WAGE_COSTS, TOMORROW, None)], TODAY)
    assert line.what.nl.startswith("Loonkostensubsidie: zet dit klaar")
    assert line.what.en.startswith("Wage cost subsidy: have this ready")

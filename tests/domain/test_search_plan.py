"""The search plan: set by the client, revised as often as it takes."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.search_plan import SearchPlanAgreed, SearchPlanRevised
from domain.events.support import RhythmChoice
from domain.roles import Role
from domain.rules.search_plan import AgreeSearchPlan
from domain.state import Stage, fold, stages
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import TODAY, an_id, given


def test_a_plan_is_shown_as_whose_choice_it_is():
    asked = AgreeSearchPlan(goals="werk in de buurt", steps="bij drie bakkers langs", per_month=4)
    said = asked.said("choice")
    own = SearchPlanAgreed(occurred_on=TODAY, **said, choice=RhythmChoice.CLIENT)
    given(REFERRED).when(asked).by(Role.CLIENT).then(own)
    together = SearchPlanAgreed(occurred_on=TODAY, **said, choice=RhythmChoice.TOGETHER)
    given(REFERRED).when(asked).then(together)
    given(REFERRED, own).when(asked).by(Role.CLIENT).nothing()
    given().when(asked).refused("Noteer eerst de aanmelding")
    given(REFERRED, CLOSED).when(asked).refused("afgerond")
    assert stages(fold([REFERRED, own]), TODAY) == (Stage.SEARCHING,)


def test_a_later_plan_takes_the_place_of_the_first():
    first = AgreeSearchPlan(goals="werk in de buurt")
    agreed = given(REFERRED).when(first).decide()
    later = AgreeSearchPlan(note=an_id("later"), goals="liever binnen", choice=RhythmChoice.CLIENT)
    revised = SearchPlanRevised(occurred_on=TODAY, **later.said())
    given(REFERRED, *agreed).when(later).then(revised)
    given(REFERRED, *agreed, revised).when(later).nothing()


@pytest.mark.parametrize("per_month", [0, 32, 1.5])
def test_a_month_has_room_for_so_much(per_month):
    with pytest.raises(ValidationError):
        AgreeSearchPlan(goals="werk", per_month=per_month)

"""That somebody looked may surprise the client, who says so."""

from __future__ import annotations

from datetime import date

import pytest

from domain.events.access import AccessQuestioned
from domain.roles import Role
from domain.rules.access import QuestionAccess, through_eyes
from domain.rules.base import Refused
from domain.state import fold
from tests.domain.histories import REFERRED
from tests.spec import CLIENT, TODAY, given


def test_the_client_asks_and_nobody_else_does():
    asked = QuestionAccess(day=date(2026, 3, 9), role=Role.AUDITOR, words="wie was dit?")
    event = AccessQuestioned(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).refused("Dit vraagt de cliënt zelf")
    given(REFERRED).when(asked).on_behalf_of(CLIENT).then(event)
    given().when(asked).by(Role.CLIENT).refused("Noteer eerst de aanmelding")
    later = asked.model_copy(update={"day": date(2026, 3, 11)})
    given(REFERRED).when(later).by(Role.CLIENT).refused("moet nog komen", at="day")


def test_it_changes_nothing_that_is_decided_on():
    event = AccessQuestioned(occurred_on=TODAY, note=QuestionAccess(day=TODAY).note, day=TODAY)
    before, after = fold([REFERRED]), fold([REFERRED, event])
    assert after._replace(notes=()) == before._replace(notes=())


def test_nobody_is_looked_through_but_those_whom_somebody_may():
    ways = frozenset({Role.EMPLOYER, Role.CARE_WORKER})
    assert {through_eyes(each.value, ways) for each in ways} == ways
    for role in (Role.AUDITOR.value, "wizard", ""):
        with pytest.raises(Refused) as refused:
            through_eyes(role, ways)
        assert refused.value.text.to("nl") == "Kies uit: care_worker, employer."
        assert refused.value.field == "role"

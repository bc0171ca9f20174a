"""Income as the client tells it, and the advice about what work does to it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.benefit import (
    Benefit,
    BenefitEnded,
    BenefitsCounsellingGiven,
    BenefitSituationNoted,
    Counsellor,
)
from domain.policy import Reader, Relation, may_record
from domain.roles import Role
from domain.rules.benefit import EndBenefit, NoteBenefits, NoteCounselling
from domain.wording import word
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import TODAY, given


def test_income_is_noted_each_benefit_once():
    asked = NoteBenefits(benefits=(Benefit.WW, Benefit.WAO, Benefit.WW))
    noted = BenefitSituationNoted(
        occurred_on=TODAY, note=asked.note, benefits=(Benefit.WW, Benefit.WAO)
    )
    given(REFERRED).when(asked).then(noted)
    given(REFERRED, noted).when(asked).nothing()
    told = NoteBenefits(benefits=(Benefit.WW,), words="tot juni")
    (event,) = given(REFERRED).when(told).decide()
    assert event.words == "tot juni"
    both = NoteBenefits(benefits=(Benefit.NONE, Benefit.WW))
    given(REFERRED).when(both).refused("Kies een van beide", at="benefits")


def test_a_benefit_ends():
    asked = EndBenefit(benefit=Benefit.WW)
    ended = BenefitEnded(occurred_on=TODAY, note=asked.note, benefit=Benefit.WW, wholly=True)
    given(REFERRED).when(asked).then(ended)
    given(REFERRED, ended).when(asked).nothing()
    none = EndBenefit(benefit=Benefit.NONE)
    given(REFERRED).when(none).refused("Zonder uitkering", at="benefit")


def test_advice_is_noted_with_who_gave_it_and_before_which_choice():
    asked = NoteCounselling(
        given_by=Counsellor.ADVISER, qualified=True, before="16 uur in plaats van 12"
    )
    advised = BenefitsCounsellingGiven(
        occurred_on=TODAY,
        note=asked.note,
        given_by=Counsellor.ADVISER,
        qualified=True,
        before="16 uur in plaats van 12",
    )
    given(REFERRED).when(asked).then(advised)
    given(REFERRED, advised).when(asked).nothing()
    given(REFERRED, CLOSED).when(asked).refused("afgerond")
    said = word(advised.TYPE, advised.model_dump(mode="json"), "nl", {})
    assert said == (
        "Inkomensadvies gekregen van een inkomensadviseur, voor de keuze: 16 uur in plaats van 12"
    )


def test_whether_who_gave_it_is_trained_for_it_is_always_said():
    with pytest.raises(ValidationError):
        NoteCounselling(given_by=Counsellor.JOB_COACH)


def test_the_coach_and_the_adviser_record_advice():
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in Role}
    found = {role for role, tie in tied.items() if may_record(tie, NoteCounselling)}
    assert found == {Role.JOB_COACH, Role.BENEFITS_ADVISER}


def test_a_client_manager_sees_that_there_was_advice_by_permission_and_no_words():
    on_team = people.member(Role.CLIENT_MANAGER)
    event = BenefitsCounsellingGiven
    assert people.sees(Role.CLIENT_MANAGER, *on_team).fields(event) == frozenset()
    allowed = people.sees(Role.CLIENT_MANAGER, *on_team, people.permission(people.ANK, "M"))
    assert "qualified" in allowed.fields(event)
    assert "words" not in allowed.fields(event)

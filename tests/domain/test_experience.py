"""How it was for somebody is theirs to say, and read only when they allow it."""

from __future__ import annotations

import pytest

from domain.events.experience import About, Answer, ExperienceGiven
from domain.policy import Reader, Relation, may_record
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.experience import GiveExperience
from domain.wording import word
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import CLIENT, TODAY, an_id, given

EXPERT = an_id("labour expert")


def test_the_client_answers_what_they_like():
    asked = GiveExperience(heard=Answer.YES, helped=Answer.PARTLY)
    event = ExperienceGiven(occurred_on=TODAY, **asked.said())
    assert event.about is About.TRAJECTORY
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).on_behalf_of(CLIENT).then(event)
    given(REFERRED, CLOSED).when(asked).by(Role.CLIENT).refused("afgerond")
    said = word(event.TYPE, event.model_dump(mode="json"), "nl", {})
    assert said == "Vertelde hoe het was (de begeleiding); gehoord: ja; geholpen: een beetje"


def test_own_words_alone_are_enough_and_nothing_at_all_is_not():
    words = GiveExperience(words="er werd echt geluisterd")
    assert given(REFERRED).when(words).by(Role.CLIENT).decide()
    given(REFERRED).when(GiveExperience()).by(Role.CLIENT).refused("Beantwoord één vraag")


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CARE_WORKER, Role.CLIENT_MANAGER])
def test_nobody_answers_for_them(role):
    given(REFERRED).when(GiveExperience(heard=Answer.YES)).by(role).refused("zegt de cliënt zelf")


def test_a_labour_expert_says_it_of_an_eigen_kracht_plan_only():
    plan = GiveExperience(about=About.EK_PLAN, helped=Answer.YES)
    event = ExperienceGiven(occurred_on=TODAY, **plan.said())
    given(REFERRED).when(plan).by(Role.LABOUR_EXPERT).then(event)
    support = GiveExperience(helped=Answer.YES)
    given(REFERRED).when(support).by(Role.LABOUR_EXPERT).refused("alleen over een Eigen Kracht")


def test_who_said_it_changes_it_and_nobody_else():
    event = ExperienceGiven(occurred_on=TODAY, note=an_id("said"), about=About.EK_PLAN)
    better = event.model_copy(update={"helped": Answer.NO}).model_dump(mode="json")
    asked = CorrectEntry(entry=an_id("entry"), reason="anders", body=better)
    of_expert = given(REFERRED, event).when(asked).about(event, EXPERT)
    of_expert.by(Role.CLIENT).refused("Dit zei iemand anders", at="entry")
    assert of_expert.by(Role.LABOUR_EXPERT, EXPERT).decide()


def test_it_names_no_coach():
    own = set(ExperienceGiven.model_fields) - {"occurred_on", "late_reason"}
    assert own == {"note", "about", "heard", "understood", "helped", "words"}


def test_the_client_and_the_labour_expert_record_it():
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in Role}
    found = {role for role, tie in tied.items() if may_record(tie, GiveExperience)}
    assert found == {Role.CLIENT, Role.LABOUR_EXPERT}


def test_who_helped_reads_it_only_when_the_client_allows():
    for role in (Role.JOB_COACH, Role.CARE_WORKER):
        before = people.sees(role, *people.COACH_INSIDE)
        assert before.fields(ExperienceGiven) == frozenset()
        allowed = people.permission(people.WHO[role], "I")
        after = people.sees(role, *people.COACH_INSIDE, allowed)
        assert "heard" in after.fields(ExperienceGiven)
    auditor = people.sees(Role.AUDITOR, people.sample(), people.held(Role.AUDITOR))
    assert auditor.fields(ExperienceGiven) == frozenset()

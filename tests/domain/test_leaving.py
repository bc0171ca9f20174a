"""A file that its last coach left is that of their organisation, until another coach comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.events.base import Grant, GrantEnd, GrantKind
from domain.events.cover import CoverArranged
from domain.events.team import TeamMemberAdded, TeamMemberLeft
from domain.policy import overseen_from
from domain.roles import Role
from domain.rules.cover import ArrangeCover
from domain.rules.team import AddTeamMember, RemoveTeamMember
from domain.state import fold
from domain.state.circle import Member, coaching
from tests.domain import policy_people as people
from tests.domain.histories import REFERRED
from tests.spec import TODAY, an_id, given

ANNE, BERT, LEAD = an_id("Anne"), an_id("Bert"), an_id("lead")
CARE, TOWN, TRACK = an_id("care"), an_id("town"), an_id("track")
COACH = Role.JOB_COACH


def coach(person, organisation=CARE):
    return TeamMemberAdded(occurred_on=TODAY, person=person, role=COACH, organisation=organisation)


def gone(person, leaves_to=None):
    return TeamMemberLeft(occurred_on=TODAY, person=person, leaves_to=leaves_to)


ALONE = (REFERRED, coach(ANNE))


def test_the_last_coach_leaves_the_file_to_their_organisation():
    given(*ALONE).when(RemoveTeamMember(person=ANNE)).then(gone(ANNE, CARE))
    two = (*ALONE, coach(BERT, TOWN))
    given(*two).when(RemoveTeamMember(person=ANNE)).then(gone(ANNE))
    given(*two, gone(ANNE)).when(RemoveTeamMember(person=BERT)).then(gone(BERT, TOWN))
    given(*ALONE, gone(ANNE, CARE)).when(RemoveTeamMember(person=ANNE)).nothing()


def test_where_no_organisation_was_noted_it_is_where_they_coach_if_that_is_one_place():
    noted = (ALONE[0], coach(ANNE, None))
    asked = given(*noted).when(RemoveTeamMember(person=ANNE))
    asked.knowing((ANNE, COACH, CARE), (ANNE, Role.CARE_WORKER, TOWN)).then(gone(ANNE, CARE))
    asked.knowing((ANNE, COACH, CARE), (ANNE, COACH, TOWN)).then(gone(ANNE))
    asked.knowing().then(gone(ANNE))


def test_who_goes_on_in_another_role_leaves_as_a_coach_first():
    other = AddTeamMember(person=ANNE, role=Role.CARE_WORKER, organisation=CARE)
    added = TeamMemberAdded(
        occurred_on=TODAY, person=ANNE, role=Role.CARE_WORKER, organisation=CARE
    )
    given(*ALONE).when(other).then(gone(ANNE, CARE), added)
    given(*ALONE, coach(BERT)).when(other).then(added)
    elsewhere = AddTeamMember(person=ANNE, role=COACH, organisation=TOWN)
    given(*ALONE).when(elsewhere).then(coach(ANNE, TOWN))


def test_the_right_lasts_until_another_coach_comes():
    end, left = gone(ANNE, CARE).grants(TRACK)
    assert end == GrantEnd(TRACK, f"team/{ANNE}")
    assert left == Grant(TRACK, "left", CARE, GrantKind.LEFT, COACH.value, CARE)
    assert GrantEnd(TRACK, left.key) in coach(BERT).grants(TRACK)
    carer = TeamMemberAdded(occurred_on=TODAY, person=BERT, role=Role.CARE_WORKER)
    assert len(carer.grants(TRACK)) == len(gone(ANNE).grants(TRACK)) == 1


def test_the_state_tells_who_left_last_as_long_as_no_other_came():
    def left(*events):
        return fold([*ALONE, *events]).circle.left

    assert left() is None
    assert left(gone(ANNE, CARE)) == Member(ANNE, COACH, CARE)
    assert left(gone(ANNE)) == Member(ANNE, COACH, CARE), "as older entries have it"
    assert left(coach(BERT), gone(ANNE)) is None
    assert left(gone(ANNE, CARE), coach(BERT, TOWN)) is None
    carer = TeamMemberAdded(occurred_on=TODAY, person=BERT, role=Role.CARE_WORKER)
    assert left(carer, gone(BERT)) is None
    assert left(gone(ANNE, CARE), carer) == Member(ANNE, COACH, CARE)
    assert fold([*ALONE, gone(ANNE, CARE)]).circle.left_by_coaches(frozenset())
    assert not fold([*ALONE, gone(ANNE, CARE), coach(BERT)]).circle.left_by_coaches({(BERT, CARE)})


def test_a_team_lead_lets_a_colleague_stand_in_for_the_coach_who_left():
    asked = ArrangeCover(cover=an_id("cover"), person=BERT, ends_on=TODAY + timedelta(days=7))
    found = given(*ALONE, gone(ANNE, CARE)).when(asked).by(Role.TEAM_LEAD, LEAD)
    found.then(
        CoverArranged(
            occurred_on=TODAY,
            cover=asked.cover,
            coach=ANNE,
            person=BERT,
            starts_on=TODAY,
            ends_on=asked.ends_on,
            organisation=CARE,
        )
    )
    other = asked.model_copy(update={"coach": BERT})
    given(*ALONE, gone(ANNE, CARE)).when(other).by(Role.TEAM_LEAD, LEAD).refused(
        "Kies een jobcoach", at="coach"
    )


LEFT = Grant(people.TRACK, "left", people.CARE, GrantKind.LEFT, COACH.value, people.CARE)


@pytest.mark.parametrize("role", sorted(Role))
def test_a_team_lead_there_and_no_other_is_tied_to_what_the_last_coach_left(role: Role):
    if role in people.WHO:
        works = people.held(role, people.CARE)
        assert (people.tie(role, works, LEFT) is not None) == (role is Role.TEAM_LEAD)
        assert people.tie(role, people.held(role, people.TOWN), LEFT) is None
        assert people.tie(role, LEFT) is None


def test_of_a_file_with_a_coach_the_team_lead_of_who_left_before_knows_nothing():
    works = people.held(Role.TEAM_LEAD, people.CARE)
    there = people.team(COACH, people.SOCIAL_FIRM)
    assert people.tie(Role.TEAM_LEAD, works, LEFT, there) is None
    assert people.tie(Role.TEAM_LEAD, works, LEFT._replace(until=people.YESTERDAY)) is None


@pytest.mark.parametrize("role", sorted(Role))
def test_a_file_is_overseen_from_where_its_coaches_are_or_its_team(role: Role):
    coached = people.team(COACH, people.SOCIAL_FIRM)
    cared = people.team(Role.CARE_WORKER, people.TOWN)
    nowhere = people.team(Role.JOB_BROKER, None)
    for rows, led in (
        ([LEFT, cared, nowhere], {people.CARE}),
        ([LEFT, cared, nowhere, coached], {people.SOCIAL_FIRM}),
        ([LEFT, cared, coached._replace(organisation=None)], set()),
    ):
        works = {row.organisation for row in rows if row.kind is GrantKind.TEAM} - {None}
        by = {Role.TEAM_LEAD: led, Role.PRIVACY_OFFICER: works}
        assert overseen_from(role, iter(rows)) == by.get(role, set())


def test_who_still_coaches_is_who_holds_that_role_and_where():
    held = [(ANNE, COACH.value, CARE), (ANNE, Role.TEAM_LEAD.value, TOWN), (BERT, "peer", CARE)]
    assert coaching(held) == {(ANNE, CARE)}
    assert coaching([(BERT, COACH.value, None)]) == {(BERT, None)}

"""A place on the team ties for as long as it could be given."""

from __future__ import annotations

import pytest

from domain.policy.relation import ON_TEAM
from domain.roles import Role
from tests.domain.policy_people import CARE, NOOR, TOWN, YESTERDAY, held, team, tie


@pytest.mark.parametrize("role", sorted(ON_TEAM))
def test_a_place_on_the_team_lasts_as_long_as_the_role_there(role: Role):
    assert tie(role, team(role)) is None
    assert tie(role, team(role), held(role, TOWN)) is None
    assert tie(role, team(role), held(role, CARE)._replace(until=YESTERDAY)) is None
    assert tie(role, team(role), held(role, CARE, person=NOOR)) is None
    other = next(each for each in sorted(ON_TEAM) if each is not role)
    assert tie(role, team(role), held(role, CARE)._replace(role=other.value)) is None
    assert tie(role, team(role), held(role, TOWN), held(role, CARE)) is not None
    assert tie(role, team(role, None), held(role, TOWN)) is not None, "noted for no organisation"
    assert tie(role, team(role, None)) is None

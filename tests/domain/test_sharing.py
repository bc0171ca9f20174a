"""For what and on which ground in law somebody may see something of a file."""

from __future__ import annotations

import pytest

from domain.events.base import GrantKind
from domain.events.people import OrganisationKind
from domain.policy.relation import BY_ORGANISATION, ON_TEAM
from domain.roles import Role
from domain.sharing import why

CARE, TOWN, OTHER = OrganisationKind.CARE, OrganisationKind.MUNICIPALITY, OrganisationKind.OTHER


@pytest.mark.parametrize("role", sorted(ON_TEAM | BY_ORGANISATION))
def test_each_role_has_a_purpose_of_its_own_and_a_ground_at_every_organisation(role):
    found = [why(GrantKind.TEAM, role, at) for at in (None, *OrganisationKind)]
    assert {each.purpose for each in found} == {found[0].purpose}
    assert all(each.purpose.nl and each.purpose.en and each.basis.nl for each in found)
    as_coach = why(GrantKind.TEAM, Role.JOB_COACH, CARE).purpose
    assert role is Role.JOB_COACH or found[0].purpose != as_coach


@pytest.mark.parametrize(
    ("kind", "role", "at", "basis"),
    [
        (
            GrantKind.TEAM,
            Role.JOB_COACH,
            CARE,
            "het hoort bij de behandeling (behandelovereenkomst)",
        ),
        (GrantKind.TEAM, Role.JOB_COACH, TOWN, "een taak die in de wet staat (publieke taak)"),
        (GrantKind.COVER, Role.JOB_COACH, TOWN, "een taak die in de wet staat (publieke taak)"),
        (GrantKind.TEAM, Role.EK_COORDINATOR, OTHER, "toestemming"),
        (
            GrantKind.ROLE,
            Role.TEAM_LEAD,
            CARE,
            "het hoort bij de behandeling (behandelovereenkomst)",
        ),
        (GrantKind.ROLE, Role.PRIVACY_OFFICER, CARE, "het moet van de wet (wettelijke plicht)"),
        (GrantKind.SAMPLE, Role.AUDITOR, CARE, "het moet van de wet (wettelijke plicht)"),
        (
            GrantKind.TEAM,
            Role.CARE_WORKER,
            None,
            "het hoort bij de behandeling (behandelovereenkomst)",
        ),
        (GrantKind.TEAM, Role.PEER_WORKER, None, "toestemming"),
        (GrantKind.TEAM, Role.JOB_COACH, None, "een taak die in de wet staat (publieke taak)"),
        (GrantKind.EMPLOYER, None, None, "het hoort bij wat is afgesproken (overeenkomst)"),
        (GrantKind.DISCLOSURE, None, None, "toestemming"),
        (GrantKind.NETWORK, Role.NETWORK_MEMBER, None, "toestemming"),
    ],
)
def test_the_ground_goes_by_tie_and_organisation_and_not_by_permission(kind, role, at, basis):
    assert why(kind, role, at).basis.nl == basis


def test_whom_the_client_tells_or_gives_leave_is_never_on_the_ground_of_an_organisation():
    for kind in (GrantKind.NETWORK, GrantKind.PERMISSION, GrantKind.DISCLOSURE):
        for at in (None, *OrganisationKind):
            assert why(kind, None, at).basis.nl == "toestemming"

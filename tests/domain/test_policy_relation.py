"""A tie with a trajectory comes from the grants, never from a token."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.events.base import Category, Grant, GrantKind
from domain.events.team import NetworkShare
from domain.policy import ROLES, Job, Reader, Relation, relation
from domain.roles import Role
from tests.domain.policy_people import (
    ANK,
    BAKERY,
    CARE,
    CARER,
    COACH_INSIDE,
    COACH_OUTSIDE,
    COURIERS,
    ELS,
    JO,
    JOB,
    KIM,
    NOOR,
    OLD_JOB,
    OTHER_TRACK,
    RIA,
    SOCIAL_FIRM,
    TODAY,
    TOWN,
    TRACK,
    WHO,
    YESTERDAY,
    client,
    contact,
    held,
    job,
    mandate,
    member,
    network,
    permission,
    sample,
    shared,
    some_id,
    team,
    tie,
)

TEAM_ROLES = (
    Role.JOB_COACH,
    Role.CARE_WORKER,
    Role.JOB_BROKER,
    Role.CLIENT_MANAGER,
    Role.EK_COORDINATOR,
    Role.BENEFITS_ADVISER,
    Role.LABOUR_EXPERT,
    Role.PEER_WORKER,
)
COACHED = team(Role.JOB_COACH, TOWN)
TIES = {
    Role.CLIENT: [client()],
    Role.NETWORK_MEMBER: [network()],
    Role.EMPLOYER: [contact(), job()],
    Role.AUDITOR: [sample(), held(Role.AUDITOR)],
    **{role: [*member(role)] for role in TEAM_ROLES},
    Role.LEGAL_REPRESENTATIVE: [mandate("B,F")],
    Role.TEAM_LEAD: [COACHED, held(Role.TEAM_LEAD)],
    Role.PRIVACY_OFFICER: [COACHED, held(Role.PRIVACY_OFFICER)],
}


@pytest.mark.parametrize("role", TIES)
def test_the_right_grants_tie(role: Role):
    assert tie(role, *TIES[role]) is not None


@pytest.mark.parametrize("role", TIES)
def test_each_of_the_grants_is_needed(role: Role):
    for left_out in TIES[role]:
        assert tie(role, *(grant for grant in TIES[role] if grant is not left_out)) is None


@pytest.mark.parametrize("role", TIES)
def test_somebody_else_with_these_grants_around_has_no_tie(role: Role):
    assert relation(Reader(some_id("stranger"), role), TRACK, TIES[role], TODAY) is None


@pytest.mark.parametrize("role", TIES)
def test_the_grants_of_one_trajectory_do_not_open_another(role: Role):
    assert relation(Reader(WHO[role], role), OTHER_TRACK, TIES[role], TODAY) is None


@pytest.mark.parametrize("role", TIES)
def test_acting_in_another_role_than_the_tie_is_no_tie(role: Role):
    for other in set(Role) - {role}:
        assert relation(Reader(WHO[role], other), TRACK, TIES[role], TODAY) is None


@pytest.mark.parametrize("role", TIES)
def test_a_role_that_is_held_is_not_enough(role: Role):
    assert tie(role, held(role)) is None


@pytest.mark.parametrize("role", sorted(set(Role) - ROLES | {Role.SYSADMIN, Role.PEER}))
def test_a_role_without_a_way_in_has_no_tie_whatever_it_is_granted(role: Role):
    person = some_id("somebody")
    rows = [Grant(TRACK, kind, person, kind, role.value, CARE) for kind in GrantKind]
    rows += [Grant(person, "role", person, GrantKind.ROLE, role.value, CARE)]
    assert relation(Reader(person, role), TRACK, rows, TODAY) is None


BY_PERMISSION = [Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT]


@pytest.mark.parametrize("role", BY_PERMISSION)
def test_a_permission_to_the_organisation_ties_who_holds_the_role_there(role: Role):
    allowed = permission(TOWN, "B,F")
    found = tie(role, held(role, TOWN), allowed)
    assert found is not None
    assert found.permitted == {Category.REFERRAL, Category.JOB}
    assert tie(role, held(role, CARE), allowed) is None
    assert tie(role, allowed) is None


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CARE_WORKER, Role.EK_COORDINATOR])
def test_a_permission_does_not_replace_the_team(role: Role):
    assert tie(role, held(role), permission(WHO[role], "A,B,F")) is None


def test_a_permission_counts_for_the_organisation_one_acts_for_only():
    grants = (held(Role.JOB_BROKER, TOWN), held(Role.JOB_BROKER, CARE), permission(TOWN, "B"))
    assert tie(Role.JOB_BROKER, *grants, organisation=TOWN) is not None
    assert tie(Role.JOB_BROKER, *grants, organisation=CARE) is None


def test_a_permission_for_another_role_does_not_count():
    allowed = permission(JO, "B")._replace(role=Role.CLIENT_MANAGER.value)
    assert tie(Role.JOB_BROKER, held(Role.JOB_BROKER), allowed) is None


def test_a_permission_for_work_ends_with_the_place_there():
    allowed = permission(ANK, "B,F")._replace(organisation=TOWN)
    found = tie(Role.CLIENT_MANAGER, held(Role.CLIENT_MANAGER, TOWN), allowed)
    assert found is not None
    assert found.permitted == {Category.REFERRAL, Category.JOB}
    assert tie(Role.CLIENT_MANAGER, held(Role.CLIENT_MANAGER, CARE), allowed) is None
    both = held(Role.CLIENT_MANAGER, CARE), held(Role.CLIENT_MANAGER, TOWN)
    assert tie(Role.CLIENT_MANAGER, *both, allowed, organisation=CARE) is None
    on_team = tie(Role.CLIENT_MANAGER, *member(Role.CLIENT_MANAGER, CARE), allowed)
    assert on_team is not None
    assert on_team.permitted == frozenset(), "on the team for where they work, and not there"


def test_a_permission_to_an_organisation_is_for_who_holds_a_role_there():
    allowed, on_team = permission(TOWN, "B"), member(Role.CLIENT_MANAGER)
    found = tie(Role.CLIENT_MANAGER, *on_team, allowed)
    assert found is not None
    assert found.permitted == frozenset()
    works = tie(Role.CLIENT_MANAGER, *on_team, held(Role.CLIENT_MANAGER, TOWN), allowed)
    assert works is not None
    assert works.permitted == {Category.REFERRAL}


def test_what_is_no_category_is_no_permission():
    found = tie(Role.CLIENT_MANAGER, *member(Role.CLIENT_MANAGER), permission(ANK, ",B,O,X,all, F"))
    assert found is not None
    assert found.permitted == {Category.REFERRAL}


@pytest.mark.parametrize("until", [TODAY, TODAY + timedelta(days=1), None])
def test_a_grant_works_until_its_last_day(until):
    works = held(Role.JOB_COACH, CARE)
    assert tie(Role.JOB_COACH, team(Role.JOB_COACH, until=until), works) is not None
    assert tie(Role.JOB_COACH, team(Role.JOB_COACH), works._replace(until=until)) is not None
    assert tie(Role.AUDITOR, sample(until=until), held(Role.AUDITOR)) is not None


def test_a_grant_works_no_longer_the_day_after():
    works = held(Role.JOB_COACH, CARE)
    assert tie(Role.JOB_COACH, team(Role.JOB_COACH, until=YESTERDAY), works) is None
    assert tie(Role.AUDITOR, sample(until=YESTERDAY), held(Role.AUDITOR)) is None
    assert tie(Role.EMPLOYER, contact(until=YESTERDAY), job()) is None
    assert tie(Role.JOB_BROKER, held(Role.JOB_BROKER), permission(JO, "B", YESTERDAY)) is None


def test_an_employer_is_tied_by_the_own_jobs_only():
    found = tie(Role.EMPLOYER, contact(), job(), job(BAKERY, some_id("other job")))
    assert found is not None
    assert found.jobs == {Job(COURIERS, JOB)}


def test_a_job_that_is_over_is_known_as_such():
    found = tie(Role.EMPLOYER, contact(), job(), job(placement=OLD_JOB, until=YESTERDAY))
    assert found is not None
    assert found.jobs == {Job(COURIERS, JOB), Job(COURIERS, OLD_JOB, ended=True)}


@pytest.mark.parametrize("role", TIES)
def test_only_to_an_employer_it_matters_which_day_it_is(role: Role):
    day = found(role, *TIES[role]).day
    assert day == (TODAY if role is Role.EMPLOYER else None)


def test_a_permission_does_not_make_an_employer():
    assert tie(Role.EMPLOYER, contact(), permission(COURIERS, "A,F,H,J")) is None


def test_coach_and_care_worker_of_one_organisation_work_inside():
    for role in (Role.JOB_COACH, Role.CARE_WORKER):
        found = tie(role, *COACH_INSIDE)
        assert found is not None
        assert not found.outside


@pytest.mark.parametrize(
    "grants",
    [
        COACH_OUTSIDE,
        (team(Role.JOB_COACH, None), team(Role.CARE_WORKER, None), held(Role.CARE_WORKER, CARE)),
        (team(Role.JOB_COACH), team(Role.CARE_WORKER, None), held(Role.CARE_WORKER, CARE)),
        (team(Role.JOB_COACH, None), *CARER),
        (team(Role.JOB_COACH, until=YESTERDAY), *CARER),
    ],
)
def test_another_an_unknown_or_a_former_organisation_is_outside(grants):
    found = tie(Role.CARE_WORKER, *grants)
    assert found is not None
    assert found.outside


def test_a_coach_who_only_says_so_is_not_of_the_care_organisation():
    """Whoever takes somebody in says for which organisation: that alone opens nothing."""
    works = held(Role.JOB_COACH, SOCIAL_FIRM)
    assert tie(Role.JOB_COACH, team(Role.JOB_COACH), works, *CARER) is None


@pytest.mark.parametrize("other", [client(KIM), network(KIM)])
def test_who_stands_around_the_client_does_not_audit(other: Grant):
    assert tie(Role.AUDITOR, sample(), held(Role.AUDITOR), other) is None
    coach = Grant(TRACK, f"team/{KIM}", KIM, GrantKind.TEAM, Role.JOB_COACH.value)
    assert tie(Role.AUDITOR, sample(), held(Role.AUDITOR), coach) is None


def test_a_second_care_organisation_does_not_profit_from_the_coach_of_the_first():
    second = Grant(
        TRACK,
        "team/second",
        some_id("second"),
        GrantKind.TEAM,
        Role.CARE_WORKER.value,
        SOCIAL_FIRM,
    )
    reader = Reader(some_id("second"), Role.CARE_WORKER)
    works = held(Role.CARE_WORKER, SOCIAL_FIRM, person=some_id("second"))
    found = relation(reader, TRACK, [*COACH_INSIDE, second, works], TODAY)
    assert found is not None
    assert found.outside


def test_the_same_person_is_tied_in_the_role_they_act_in():
    grants = [client(RIA), *member(Role.JOB_COACH)]
    for role in (Role.CLIENT, Role.JOB_COACH):
        found = relation(Reader(RIA, role), TRACK, grants, TODAY)
        assert found is not None
        assert found.role is role
    assert relation(Reader(RIA, Role.CARE_WORKER), TRACK, grants, TODAY) is None


def test_an_auditor_needs_the_role_still():
    assert tie(Role.AUDITOR, sample(), held(Role.AUDITOR, person=NOOR)) is None
    assert tie(Role.AUDITOR, sample(ELS), held(Role.AUDITOR, person=KIM)) is None


@pytest.mark.parametrize("role", BY_PERMISSION)
def test_a_permission_in_person_asks_the_role_still(role: Role):
    allowed = permission(WHO[role], "B")
    assert tie(role, allowed, held(role)) is not None
    assert tie(role, allowed) is None


def test_a_permission_for_one_trajectory_is_none_for_another():
    elsewhere = permission(ANK, "B,F")._replace(stream=OTHER_TRACK)
    found = tie(Role.CLIENT_MANAGER, *member(Role.CLIENT_MANAGER), elsewhere)
    assert found is not None
    assert found.permitted == frozenset()


def found(role: Role, *grants: Grant, organisation: UUID | None = None) -> Relation:
    tied = tie(role, *grants, organisation=organisation)
    assert tied is not None
    return tied


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.PRIVACY_OFFICER])
def test_who_leads_or_guards_elsewhere_has_no_tie(role: Role):
    assert tie(role, COACHED, held(role, CARE)) is None
    assert tie(role, COACHED._replace(organisation=None), held(role, TOWN)) is None
    assert tie(role, COACHED._replace(until=YESTERDAY), held(role, TOWN)) is None
    both = held(role, TOWN), held(role, CARE)
    assert tie(role, COACHED, *both, organisation=CARE) is None


def test_a_team_lead_has_to_do_with_coaches_and_a_privacy_officer_with_all_who_work_there():
    carer = team(Role.CARE_WORKER, TOWN)
    assert tie(Role.TEAM_LEAD, carer, held(Role.TEAM_LEAD)) is None
    assert tie(Role.PRIVACY_OFFICER, carer, held(Role.PRIVACY_OFFICER)) is not None


@pytest.mark.parametrize("kind", [GrantKind.CLIENT, GrantKind.NETWORK, GrantKind.MANDATE])
def test_a_privacy_officer_who_stands_around_the_client_is_none_here(kind: GrantKind):
    around = Grant(TRACK, "x", WHO[Role.PRIVACY_OFFICER], kind)
    assert tie(Role.PRIVACY_OFFICER, COACHED, held(Role.PRIVACY_OFFICER), around) is None


def test_a_team_lead_who_stands_in_for_a_coach_has_the_rights_of_one_until_it_is_over():
    lead = WHO[Role.TEAM_LEAD]
    stands_in = cover(lead, YESTERDAY, organisation=TOWN)
    grants = COACHED, held(Role.TEAM_LEAD)
    assert found(Role.TEAM_LEAD, *grants).role is Role.TEAM_LEAD
    assert found(Role.TEAM_LEAD, *grants, stands_in).role is Role.JOB_COACH
    over = stands_in._replace(until=YESTERDAY)
    assert found(Role.TEAM_LEAD, *grants, over).role is Role.TEAM_LEAD
    assert tie(Role.TEAM_LEAD, stands_in) is None


def test_a_mandate_names_what_is_read_and_a_permission_adds_nothing():
    who = WHO[Role.LEGAL_REPRESENTATIVE]
    tied = found(Role.LEGAL_REPRESENTATIVE, mandate("B,F"), permission(who, "I"))
    assert tied.permitted == {Category.REFERRAL, Category.JOB}
    assert tie(Role.LEGAL_REPRESENTATIVE, mandate("B,F", YESTERDAY)) is None
    assert tie(Role.LEGAL_REPRESENTATIVE, permission(who, "I")) is None


def test_who_knows_only_the_own_actions_has_no_permission():
    allowed = network(), permission(ELS, "B,I")
    for share, categories in (
        (NetworkShare.OWN_ACTIONS, set()),
        (NetworkShare.READS_ALONG, {"B", "I"}),
        (NetworkShare.MAY_NOTE, {"B", "I"}),
    ):
        assert found(Role.NETWORK_MEMBER, *allowed, shared(share)).permitted == categories
    assert found(Role.NETWORK_MEMBER, *allowed).share is NetworkShare.MAY_NOTE
    of_another = shared(NetworkShare.OWN_ACTIONS, NOOR)
    assert found(Role.NETWORK_MEMBER, *allowed, of_another).permitted == {"B", "I"}


def cover(
    person: UUID, begins: date = TODAY, until: date = TODAY, organisation: UUID = CARE
) -> Grant:
    key = f"cover/{begins.isoformat()}/{some_id('cover')}"
    return Grant(
        TRACK, key, person, GrantKind.COVER, Role.JOB_COACH.value, organisation, until=until
    )


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.TEAM_LEAD])
def test_who_stands_in_has_the_coachs_rights_between_the_days(role: Role):
    reader, tomorrow = Reader(ELS, role), TODAY + timedelta(days=1)
    mine = held(role, CARE, person=ELS)
    found = relation(reader, TRACK, [mine, cover(ELS)], TODAY)
    assert found is not None
    assert found.role is Role.JOB_COACH
    for none in (
        [mine, cover(ELS, begins=tomorrow, until=tomorrow)],
        [mine, cover(ELS, begins=YESTERDAY, until=YESTERDAY)],
        [mine, cover(RIA)],
        [cover(ELS)],
    ):
        assert relation(reader, TRACK, none, TODAY) is None
    assert relation(Reader(ELS, Role.CARE_WORKER), TRACK, [mine, cover(ELS)], TODAY) is None


def test_who_stands_in_from_outside_the_care_organisation_is_outside():
    reader, mine = Reader(ELS, Role.JOB_COACH), held(Role.JOB_COACH, SOCIAL_FIRM, person=ELS)
    there = relation(reader, TRACK, [*COACH_INSIDE, mine, cover(ELS)], TODAY)
    assert there is not None
    assert there.outside, "noted under the care organisation, but with no role there"
    inside = held(Role.JOB_COACH, CARE, person=ELS)
    here = relation(reader, TRACK, [*COACH_INSIDE, inside, cover(ELS)], TODAY)
    assert here is not None
    assert not here.outside


def test_who_stands_in_elsewhere_in_the_team_makes_nobody_else_inside():
    rows = (*COACH_OUTSIDE, cover(ELS, organisation=CARE))
    carer = relation(Reader(WHO[Role.CARE_WORKER], Role.CARE_WORKER), TRACK, rows, TODAY)
    assert carer is not None
    assert carer.outside


def test_who_acts_for_an_organisation_has_its_permissions_with_a_role_there_alone():
    on_team, elsewhere = member(Role.CLIENT_MANAGER)
    for allowed in (permission(TOWN, "B"), permission(ANK, "B")._replace(organisation=TOWN)):
        found = tie(Role.CLIENT_MANAGER, on_team, elsewhere, allowed, organisation=TOWN)
        assert found is not None
        assert found.trajectory == TRACK
        assert found.permitted == frozenset()

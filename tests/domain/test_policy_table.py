"""The matrix says, cell by cell, what the reference says (7.5, as changed by 0.1)."""

from __future__ import annotations

import pytest

from docs.generate_policy import FILE, text
from domain.events.base import Category, Kind
from domain.policy import MATRIX, OPENED, ROLES, SENDABLE, Ground, Limit, cell
from domain.policy.table import PROFESSIONALS, TABLE, _cell, _parse
from domain.roles import Role

LETTER = {
    frozenset(): "-",
    frozenset({Ground.ALWAYS}): "A",
    frozenset({Ground.PERMISSION}): "P",
    frozenset({Ground.OWN}): "O",
    frozenset({Ground.OWN_JOB}): "J",
    frozenset({Ground.PERMISSION, Ground.OWN}): "M",
    frozenset({Ground.SENT}): "S",
    frozenset({Ground.SENT, Ground.OWN}): "X",
}

# Facts and words per row, in the order A B C D E F G H I J K L M N P Q R.
SEEN = {
    Role.CLIENT: "AA AA AA AA AA AA AA AA AA AA AA AA AA AA OO AA AA",
    Role.NETWORK_MEMBER: "OO PP OO PP PP PP -- P- PP MM -- PP PP MM -- OO OO",
    Role.JOB_COACH: "AA AA AA AA AA AA AA AA PP AA A- AA AA PP AA AA --",
    Role.CARE_WORKER: "AA AA AA AA AA AA A- AP PP AA AA P- -- PP -- AA --",
    Role.EMPLOYER: "-- -- -- -- O- J- J- -- -- -- -- -- -- -- -- -- --",
    Role.JOB_BROKER: "P- P- -- P- OO A- A- -- -- -- -- -- -- -- -- -- --",
    Role.CLIENT_MANAGER: "A- A- XS -- SS P- OO SS -- -- -- P- P- -- -- OO --",
    Role.EK_COORDINATOR: "P- -- -- PP -- -- -- -- -- -- -- PP -- AA -- -- --",
    Role.PEER: "-- -- -- -- -- -- -- -- -- -- -- -- -- -- AA -- --",
    Role.AUDITOR: "A- A- AA A- A- A- A- AP -- A- -- A- A- -- -- AA --",
    Role.SYSADMIN: "-- -- -- -- -- -- -- -- -- -- -- -- -- -- -- -- --",
    Role.TEAM_LEAD: "A- A- -- A- A- A- A- A- -- -- -- -- -- -- -- -- --",
    Role.PRIVACY_OFFICER: "A- A- AA A- A- A- A- A- A- A- A- A- A- A- A- A- AA",
    Role.PEER_WORKER: "OO PP OO PP PP PP -- PP PP MM -- PP PP MM -- OO OO",
    Role.LEGAL_REPRESENTATIVE: "MM PP MM PP PP PP PP PP PP MM PP PP PP PP -- PP PP",
    Role.BENEFITS_ADVISER: "P- A- SS -- SS -- -- SS -- -- -- -- AA -- -- -- --",
    Role.LABOUR_EXPERT: "A- A- XS -- SS P- OO SS -- -- -- P- P- -- -- OO --",
}
RECORDS = {
    Role.CLIENT: "ABCDEFIJLMNPQ",
    Role.NETWORK_MEMBER: "JN",
    Role.JOB_COACH: "ABCDEFGHJLMPQ",
    Role.CARE_WORKER: "BDJKQ",
    Role.EMPLOYER: "FJ",
    Role.JOB_BROKER: "E",
    Role.CLIENT_MANAGER: "G",
    Role.EK_COORDINATOR: "N",
    Role.PEER: "P",
    Role.AUDITOR: "",
    Role.SYSADMIN: "",
    Role.TEAM_LEAD: "",
    Role.PRIVACY_OFFICER: "",
    Role.PEER_WORKER: "JN",
    Role.LEGAL_REPRESENTATIVE: "ABCDEFJLMNQ",
    Role.BENEFITS_ADVISER: "M",
    Role.LABOUR_EXPERT: "G",
}


def test_every_role_has_a_column():
    assert set(SEEN) == ROLES == set(Role)
    assert len(MATRIX) == len(ROLES) * len(Category)


@pytest.mark.parametrize("role", SEEN)
def test_facts_and_words_are_seen_as_the_reference_says(role: Role):
    cells = (cell(role, category) for category in Category)
    found = " ".join(
        LETTER[each.grounds(Kind.FACT)] + LETTER[each.grounds(Kind.WORDS)] for each in cells
    )
    assert found == SEEN[role]


@pytest.mark.parametrize("role", RECORDS)
def test_who_records_is_as_the_reference_says(role: Role):
    found = "".join(category for category in Category if cell(role, category).record)
    assert found == RECORDS[role]


@pytest.mark.parametrize(("role", "category"), MATRIX)
def test_health_and_contact_details_go_with_the_words(role: Role, category: Category):
    found = MATRIX[role, category]
    assert found.grounds(Kind.HEALTH) == found.grounds(Kind.WORDS) - {Ground.SENT}
    assert found.grounds(Kind.CONTACT) in (found.grounds(Kind.WORDS), frozenset())


@pytest.mark.parametrize("category", Category)
def test_confidential_words_of_others_are_never_for_client_or_relatives(category: Category):
    for role in ROLES:
        third = MATRIX[role, category].grounds(Kind.THIRD)
        if role in PROFESSIONALS:
            always = MATRIX[role, category].grounds(Kind.WORDS) == {Ground.ALWAYS}
            assert bool(third) == always
        else:
            assert not third


@pytest.mark.parametrize("category", Category)
def test_an_auditor_gets_no_name_and_no_telephone(category: Category):
    found = MATRIX[Role.AUDITOR, category]
    assert not found.access.keys() & {Kind.GIVEN, Kind.FAMILY, Kind.CONTACT, Kind.THIRD}
    assert found.pseudonymous == bool(found.access)


def test_counts_alone_are_no_entries():
    """An auditor has them of I, N and P; a team lead of what waits for an answer (ADR 0021)."""
    counted = {each for each in MATRIX if MATRIX[each].counted}
    auditor = {(Role.AUDITOR, Category(letter)) for letter in "INP"}
    assert counted == {*auditor, (Role.TEAM_LEAD, Category.SETBACK)}
    for role, category in counted:
        for outside in (False, True):
            assert not cell(role, category, outside=outside).access


def test_of_a_setback_an_auditor_gets_the_timing_only():
    assert MATRIX[Role.AUDITOR, Category.SETBACK].limit is Limit.TIMING


def test_an_employer_knows_the_name_and_a_peer_the_given_name():
    employer, peer = (
        MATRIX[role, Category.IDENTITY].access.keys() for role in (Role.EMPLOYER, Role.PEER)
    )
    assert employer == {Kind.GIVEN, Kind.FAMILY}
    assert peer == {Kind.GIVEN}


@pytest.mark.parametrize("category", Category)
def test_every_entry_that_an_employer_sees_is_limited_to_a_list(category: Category):
    found = MATRIX[Role.EMPLOYER, category]
    assert (found.limit is Limit.JOB) == (Kind.FACT in found.access)


@pytest.mark.parametrize("category", Category)
def test_a_coach_outside_the_care_organisation_narrows_and_never_widens(category: Category):
    for role in Role:
        before, after = cell(role, category), cell(role, category, outside=True)
        changes = (role is Role.CARE_WORKER and category in "DEFGH") or (
            role is Role.JOB_COACH and category is Category.SETBACK
        )
        assert (before != after) == changes
        assert after.access.keys() <= before.access.keys()
        assert after.record == before.record


def marked(role: Role, letters: str) -> set[Category]:
    """Give the categories of which facts are seen in one of these ways."""
    row = zip(Category, SEEN[role].split(), strict=True)
    return {category for category, (facts, _) in row if facts in letters}


@pytest.mark.parametrize("role", SEEN)
def test_a_permission_opens_what_is_seen_by_one_or_always(role: Role):
    assert OPENED[role] == marked(role, "APM")
    for category in OPENED[role]:  # also where a coach outside narrows it
        narrowed = cell(role, category, outside=True).grounds(Kind.FACT)
        assert narrowed & {Ground.ALWAYS, Ground.PERMISSION}


@pytest.mark.parametrize("role", SEEN)
def test_the_client_sends_what_the_reference_says_and_not_the_sending_itself(role: Role):
    assert SENDABLE.get(role, frozenset()) == marked(role, "SX") - {Category.PERMISSIONS}


def test_outside_a_care_worker_needs_permission_for_all_from_wish_to_support():
    for category in "DEFGH":
        found = cell(Role.CARE_WORKER, Category(category), outside=True)
        assert set(found.access.values()) == {frozenset({Ground.PERMISSION})}


def test_a_privacy_officer_reads_permissions_and_looks_by_name_and_all_else_without():
    for category in Category:
        found = MATRIX[Role.PRIVACY_OFFICER, category]
        by_name = category in "CR"
        assert found.pseudonymous != by_name
        assert (Kind.FAMILY in found.access) == by_name


def test_a_labour_expert_sees_what_a_client_manager_sees():
    for category in Category:
        assert MATRIX[Role.LABOUR_EXPERT, category] == MATRIX[Role.CLIENT_MANAGER, category]


def test_a_peer_worker_sees_what_somebody_close_sees_and_support_by_permission():
    for category in Category:
        same = MATRIX[Role.PEER_WORKER, category] == MATRIX[Role.NETWORK_MEMBER, category]
        assert same == (category is not Category.SUPPORT)


def test_nobody_sees_more_by_a_mandate_than_the_client():
    for category in Category:
        own, client = (MATRIX[r, category] for r in (Role.LEGAL_REPRESENTATIVE, Role.CLIENT))
        assert own.access.keys() <= client.access.keys()
        assert client.record or not own.record


def test_the_printed_matrix_is_the_one_in_force():
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m docs.generate_policy"


def test_the_notation_means_the_same_each_time_it_is_read():
    assert dict(_parse(TABLE)) == dict(MATRIX)
    (found,) = _parse("auditor\nJ t/-+").items()
    assert found == ((Role.AUDITOR, Category.SETBACK), _cell(Role.AUDITOR, "t/-+"))
    for uneven in ("client auditor\nA F+", "client\nA F+ p"):
        with pytest.raises(ValueError, match="zip"):
            _parse(uneven)

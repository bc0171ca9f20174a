"""What an auditor reads: words of support by permission."""

from __future__ import annotations

import pytest

from domain.events.base import Category, Kind
from domain.events.support import SupportContact
from domain.roles import Role
from tests.domain.policy_people import (
    CARE,
    CARER,
    KIM,
    TOWN,
    WHO,
    YESTERDAY,
    held,
    permission,
    sample,
    sees,
)

AUDITED = (sample(), held(Role.AUDITOR, TOWN))
FACTS = {Kind.FACT}
WORDS = {Kind.FACT, Kind.WORDS, Kind.HEALTH}


def support(*grants):
    return sees(Role.AUDITOR, *AUDITED, *grants).kinds(Category.SUPPORT)


def for_an_audit(holder, categories, until=None):
    return permission(holder, categories, until, role=Role.AUDITOR.value)


@pytest.mark.parametrize("to", [KIM, TOWN])
def test_an_auditor_reads_words_of_support_with_a_permission_for_an_audit(to):
    assert support() == FACTS
    assert support(for_an_audit(to, "H")) == WORDS
    seen = sees(Role.AUDITOR, *AUDITED, for_an_audit(to, "H"))
    assert seen.pseudonymous
    assert "text" in seen.fields(SupportContact)


@pytest.mark.parametrize(
    "given",
    [
        permission(KIM, "H"),
        permission(TOWN, "H"),
        for_an_audit(CARE, "H"),
        for_an_audit(KIM, "I,Q"),
        for_an_audit(KIM, "H", YESTERDAY),
    ],
    ids=["for work", "for work there", "for others", "of something else", "no more"],
)
def test_with_any_other_permission_an_auditor_reads_no_words_of_support(given):
    assert support(given) == FACTS


def test_a_permission_for_an_audit_opens_no_more_than_words_of_support():
    everything = for_an_audit(KIM, ",".join(Category))
    before, after = sees(Role.AUDITOR, *AUDITED), sees(Role.AUDITOR, *AUDITED, everything)
    for category in set(Category) - {Category.SUPPORT}:
        assert before.kinds(category, own=True) == after.kinds(category, own=True)


def test_what_is_given_for_an_audit_is_read_by_no_other():
    given = for_an_audit(WHO[Role.CARE_WORKER], "H")
    assert sees(Role.CARE_WORKER, *CARER, given).kinds(Category.SUPPORT) == sees(
        Role.CARE_WORKER, *CARER
    ).kinds(Category.SUPPORT)

"""An auditor sees how a choice turned out once they have judged it, and no other's audit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.events.base import Grant, GrantKind
from domain.policy import (
    ROLES,
    Reader,
    Relation,
    hears_outcomes,
    sight,
    to_be_judged,
    withheld,
    withholds,
)
from domain.roles import Role
from tests.domain.policy_people import KIM, TRACK, WHO, held, sample, some_id, tie

ENTRY = some_id("entry")
CHOICE, OTHER = some_id("choice"), some_id("other choice")
OUTCOMES = [
    ("trust.reviewed.v1", {"decision": str(CHOICE)}),
    ("trust.revised.v1", {"revises": str(CHOICE), "decision": str(OTHER)}),
    ("dissent.recorded.v1", {"decision": str(CHOICE), "by": "client"}),
]
AUDITS = ["judgement.written.v1", "finding.recorded.v1", "finding.replied.v1"]


def judged(decision, who=KIM) -> Grant:
    return Grant(TRACK, f"judged/{who}/{decision}", who, GrantKind.JUDGED, "auditor")


def auditor(*grants: Grant) -> Relation:
    found = tie(Role.AUDITOR, sample(), held(Role.AUDITOR), *grants)
    assert found is not None
    return found


def hides(reader, kind, body, *, own=False) -> bool:
    return withheld(reader, ENTRY, kind, body, own=own, wrote=own)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_to_auditors_alone_outcomes_are_not_told_at_once(role: Role):
    reader = Relation(Reader(WHO.get(role, KIM), role), TRACK)
    assert hears_outcomes(reader) == (role is not Role.AUDITOR)
    assert withholds(reader) == (role in {Role.AUDITOR, Role.EMPLOYER})
    assert withholds(replace(reader, hidden=frozenset({ENTRY})))


@pytest.mark.parametrize(("kind", "body"), OUTCOMES)
def test_an_outcome_is_withheld_until_the_own_judgement_of_that_choice(kind, body):
    correction = {"target_type": kind, "body": body}
    for reader, expected in (
        (auditor(), True),
        (auditor(judged(OTHER)), True),
        (auditor(judged(CHOICE, some_id("another auditor"))), True),
        (auditor(judged(CHOICE)), False),
    ):
        assert hides(reader, kind, body) is expected
        assert hides(reader, "entry.corrected.v1", correction) is expected


def test_a_choice_is_to_be_judged_by_an_auditor_until_they_did_and_by_nobody_else():
    assert to_be_judged(auditor(), CHOICE)
    assert to_be_judged(auditor(judged(OTHER)), CHOICE)
    assert not to_be_judged(auditor(judged(CHOICE)), CHOICE)
    for role in ROLES - {Role.AUDITOR}:
        assert not to_be_judged(Relation(Reader(WHO.get(role, KIM), role), TRACK), CHOICE)


@pytest.mark.parametrize("kind", AUDITS)
def test_an_auditor_reads_no_audit_of_another(kind):
    assert hides(auditor(), kind, {})
    assert not hides(auditor(), kind, {}, own=True)


@pytest.mark.parametrize("role", sorted(ROLES - {Role.AUDITOR}))
def test_from_others_nothing_is_withheld(role):
    reader = Relation(Reader(WHO.get(role, some_id(role)), role), TRACK)
    for kind, body in (*OUTCOMES, *((each, {}) for each in AUDITS)):
        assert not hides(reader, kind, body)


def test_the_choice_itself_is_there():
    assert not hides(auditor(), "trust.decided.v1", {"decision": str(CHOICE)})


def test_a_view_on_another_choice_that_was_judged_is_there_and_on_none_that_was_not():
    views = [{"decision": str(each)} for each in (CHOICE, OTHER)]
    found = [hides(auditor(judged(OTHER)), "dissent.recorded.v1", each) for each in views]
    assert found == [True, False]


def test_a_judgement_ties_nobody_and_changes_the_tag_of_an_answer():
    assert tie(Role.AUDITOR, held(Role.AUDITOR), judged(CHOICE)) is None
    before, after = sight(auditor()), sight(auditor(judged(CHOICE)))
    assert before.fingerprint != after.fingerprint


def test_what_tells_of_an_outcome_and_not_of_which_choice_is_withheld():
    told = {"target": str(ENTRY), "target_type": "trust.reviewed.v1"}
    assert hides(auditor(judged(CHOICE)), "entry.shielded.v1", told, own=True)
    other = {**told, "target_type": "support.contact.v1"}
    assert not hides(auditor(), "entry.shielded.v1", other, own=True)


def test_what_is_hidden_hides_nothing_else():
    hidden = replace(
        Relation(Reader(WHO[Role.JOB_COACH], Role.JOB_COACH), TRACK), hidden=frozenset({CHOICE})
    )
    body = {"words": "Een gesprek.", "about": str(OTHER), "hours": 3}
    assert not hides(hidden, "support.contact.v1", body)
    assert hides(hidden, "support.contact.v1", {**body, "about": str(CHOICE)})

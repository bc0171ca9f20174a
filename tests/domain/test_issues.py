"""What stands in the way is tackled in the client's own order, and nothing waits for it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.issues import (
    BlockingIssuePlanMade,
    BlockingIssueRaised,
    BlockingIssueResolved,
    BlockingIssuesOrdered,
    IssueKind,
)
from domain.events.participation import InformalCareNoted
from domain.policy import ROLES, Reader, Relation, may_record
from domain.roles import Role
from domain.rules.issues import OrderIssues, PlanIssue, RaiseIssue, ResolveIssue
from domain.state import fold
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, REFERRED, YESTERDAY
from tests.spec import CLIENT, TODAY, an_id, given


def raised(kind: IssueKind) -> BlockingIssueRaised:
    return BlockingIssueRaised(occurred_on=YESTERDAY, issue=an_id(kind), kind=kind)


HOUSING, DEBT, HEALTH = map(raised, (IssueKind.HOUSING, IssueKind.DEBT, IssueKind.HEALTH))
RAISED = (REFERRED, HOUSING, DEBT, HEALTH)
ABOUT_DEBT = {"occurred_on": TODAY, "issue": DEBT.issue, "kind": IssueKind.DEBT}
SOLVED = BlockingIssueResolved(**ABOUT_DEBT)


@pytest.mark.parametrize("kind", IssueKind)
def test_anything_may_stand_in_the_way(kind):
    asked = RaiseIssue(kind=kind, words="dit eerst")
    event = BlockingIssueRaised(occurred_on=TODAY, issue=asked.issue, kind=kind, words="dit eerst")
    given(REFERRED).when(asked).by(Role.CLIENT).then(event)
    given(REFERRED, event).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED, CLOSED).when(asked).refused("afgerond")


def test_there_is_a_plan_for_it_and_a_later_one():
    asked = PlanIssue(issue=DEBT.issue, plan="samen naar de schuldhulp")
    made = BlockingIssuePlanMade(**ABOUT_DEBT, note=asked.note, plan="samen naar de schuldhulp")
    given(*RAISED).when(asked).then(made)
    given(*RAISED, made).when(asked).nothing()
    assert given(*RAISED, made).when(PlanIssue(issue=DEBT.issue, plan="toch anders")).decide()
    given(REFERRED).when(asked).refused("Noteer eerst wat in de weg staat", at="issue")
    given(*RAISED, SOLVED).when(asked).refused("Noteer het opnieuw", at="issue")


def test_it_no_longer_stands_in_the_way():
    asked = ResolveIssue(issue=DEBT.issue)
    given(*RAISED).when(asked).by(Role.CLIENT).then(SOLVED)
    given(*RAISED, SOLVED).when(asked).by(Role.CLIENT).nothing()
    given(REFERRED).when(asked).refused("Noteer eerst wat in de weg staat", at="issue")


def test_the_client_puts_debts_first():
    asked = OrderIssues(order=(DEBT.issue,))
    whole = (DEBT.issue, HOUSING.issue, HEALTH.issue)
    ordered = BlockingIssuesOrdered(occurred_on=TODAY, order=whole)
    given(*RAISED).when(asked).by(Role.CLIENT).then(ordered)
    given(*RAISED).when(asked).on_behalf_of(CLIENT).then(ordered)
    given(*RAISED, ordered).when(asked).by(Role.CLIENT).nothing()
    given(*RAISED).when(asked).refused("kiest de cliënt zelf")
    assert fold([*RAISED, ordered]).issues.order == whole


def test_only_what_stands_in_the_way_has_a_place():
    for order in ((an_id("no such"),), (HOUSING.issue, DEBT.issue)):
        asked = given(*RAISED, SOLVED).when(OrderIssues(order=order)).by(Role.CLIENT)
        asked.refused("Kies uit wat er nu staat", at="order")
    for order in ((), tuple(an_id(str(each)) for each in range(101))):
        with pytest.raises(ValidationError):
            OrderIssues(order=order)


def test_what_is_new_comes_last_and_what_is_solved_keeps_no_place():
    ordered = BlockingIssuesOrdered(occurred_on=TODAY, order=(DEBT.issue, HOUSING.issue))
    found = fold([REFERRED, HOUSING, DEBT, ordered, HEALTH, SOLVED]).issues
    assert found.order == (HOUSING.issue, HEALTH.issue)


@pytest.mark.parametrize(
    ("command", "roles"),
    [
        (RaiseIssue, {Role.CLIENT, Role.JOB_COACH}),
        (PlanIssue, {Role.CLIENT, Role.JOB_COACH}),
        (ResolveIssue, {Role.CLIENT, Role.JOB_COACH}),
        (OrderIssues, {Role.CLIENT}),
    ],
)
def test_who_records_it(command, roles):
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in ROLES}
    assert {role for role, tie in tied.items() if may_record(tie, command)} == roles


def test_an_auditor_sees_the_kind_only():
    sight = people.sees(Role.AUDITOR, people.sample(), people.held(Role.AUDITOR))
    for event in (BlockingIssueRaised, BlockingIssuePlanMade, BlockingIssueResolved):
        assert sight.fields(event) == {"occurred_on", "kind"}
    for event in (BlockingIssuesOrdered, InformalCareNoted):
        assert sight.fields(event) == frozenset()


@pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.CLIENT_MANAGER])
def test_care_worker_and_client_manager_see_kinds_by_permission_and_never_words(role):
    assert people.sees(role, *people.member(role)).fields(BlockingIssueRaised) == frozenset()
    allowed = people.sees(role, *people.member(role), people.permission(people.WHO[role], "L"))
    assert allowed.fields(BlockingIssueRaised) == {"occurred_on", "issue", "kind"}
    assert "plan" not in allowed.fields(BlockingIssuePlanMade)


def test_somebody_close_reads_of_it_only_when_the_client_allows():
    before = people.sees(Role.NETWORK_MEMBER, people.network())
    assert before.fields(BlockingIssueRaised) == frozenset()
    allowed = people.permission(people.ELS, "L")
    after = people.sees(Role.NETWORK_MEMBER, people.network(), allowed)
    assert "words" in after.fields(BlockingIssueRaised)

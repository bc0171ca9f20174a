"""What pays for a trajectory: a clock of its own, kept by its team; it never ends the support."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any

import pytest
from pydantic import ValidationError

from domain.events.base import Category, Grant, GrantKind, Kind, Retention, field_kinds
from domain.events.funding import (
    Funder,
    FundingApproved,
    FundingDocument,
    FundingDocumentNoted,
    FundingEnd,
    FundingEnded,
    FundingExtended,
    TargetGroup,
)
from domain.funding import ends_on, notice
from domain.policy import Reader, cell, may_append_outside, may_record_outside, relation
from domain.policy.outside import seen_outside
from domain.roles import Role
from domain.rules import CorrectFundingEntry
from domain.rules.base import Command
from domain.rules.funding import (
    MONTHS,
    MONTHS_EPA,
    ApproveFunding,
    EndFunding,
    ExtendFunding,
    NoteFundingDocument,
)
from domain.state.funding import Funding, evolve
from tests.domain.histories import TOMORROW, YESTERDAY
from tests.spec import COACH, TODAY, an_id, given

FUNDING, TRACK, OTHER = an_id("funding"), an_id("track"), an_id("other track")
ASKED = ApproveFunding(trajectory=TRACK, funder=Funder.MUNICIPALITY, scheme="IPS-regeling 2023")
APPROVED = FundingApproved(
    occurred_on=TODAY,
    trajectory=TRACK,
    funder=Funder.MUNICIPALITY,
    scheme="IPS-regeling 2023",
    months=MONTHS,
)
ENDED = FundingEnded(
    occurred_on=TODAY, trajectory=TRACK, reason=FundingEnd.COMPLETED, started_on=YESTERDAY
)
OF_THE_TEAM = (Role.JOB_COACH, Role.CLIENT_MANAGER, Role.TEAM_LEAD)
ON_A_FUNDING = (ExtendFunding, EndFunding, NoteFundingDocument)


def test_an_end_noted_again_keeps_its_day_when_no_other_is_given():
    earlier = ENDED.model_copy(update={"occurred_on": YESTERDAY})
    asked = EndFunding(reason=FundingEnd.OTHER, started_on=YESTERDAY)
    (again,) = given(APPROVED, earlier).when(asked).decide()
    assert again.occurred_on == YESTERDAY
    (moved,) = (
        given(APPROVED, earlier).when(asked.model_copy(update={"occurred_on": TODAY})).decide()
    )
    assert moved.occurred_on == TODAY


@pytest.mark.parametrize("role", OF_THE_TEAM)
def test_a_funding_is_approved_once(role):
    given().when(ASKED).by(role).then(APPROVED)
    given(APPROVED).when(ASKED).by(role).nothing()
    elsewhere = ASKED.model_copy(update={"trajectory": OTHER})
    given(APPROVED).when(elsewhere).refused("Noteer een nieuwe financiering", at="trajectory")
    to_come = ASKED.model_copy(update={"occurred_on": TOMORROW})
    given().when(to_come).refused("moet nog komen", at="occurred_on")


def test_an_approval_that_was_noted_wrong_is_noted_again():
    letter = ASKED.model_copy(update={"occurred_on": YESTERDAY, "months": 30})
    right = APPROVED.model_copy(update={"occurred_on": YESTERDAY, "months": 30})
    given(APPROVED).when(letter).then(right)
    given(APPROVED, right).when(letter).nothing()
    undated = letter.model_copy(update={"occurred_on": None})
    given(APPROVED, right).when(undated).nothing()


@pytest.mark.parametrize(
    ("group", "months"),
    [(None, MONTHS), (TargetGroup.CMD, MONTHS), (TargetGroup.EPA, MONTHS_EPA)],
)
def test_it_lasts_as_long_as_is_usual_for_whom_it_is_for(group, months):
    asked = ApproveFunding(trajectory=TRACK, funder=Funder.UWV, target_group=group)
    (event,) = given().when(asked).decide()
    assert isinstance(event, FundingApproved)
    assert (event.months, event.target_group) == (months, group)


def test_it_is_extended_each_time_the_funder_adds_months():
    asked = ExtendFunding(months=12)
    event = FundingExtended(
        occurred_on=TODAY, trajectory=TRACK, extension=asked.extension, months=12
    )
    given(APPROVED).when(asked).then(event)
    given(APPROVED, event).when(asked).nothing()
    assert given(APPROVED, event).when(ExtendFunding(months=12)).decide()
    given().when(asked).refused("Noteer eerst de goedkeuring")
    given(APPROVED, ENDED).when(asked).refused("als een nieuwe financiering")


PAPER = FundingDocumentNoted(
    occurred_on=TODAY,
    trajectory=TRACK,
    document=an_id("paper"),
    kind=FundingDocument.CLOSING_REPORT,
    kept_at="map 12, kast B",
)


def test_of_a_paper_it_is_noted_that_it_is_there_and_where_it_is_kept():
    asked = NoteFundingDocument(
        document=PAPER.document, kind=FundingDocument.CLOSING_REPORT, kept_at="map 12, kast B"
    )
    given(APPROVED).when(asked).then(PAPER)
    given(APPROVED, ENDED).when(asked).then(PAPER)
    given(APPROVED, PAPER).when(asked).nothing()
    given(APPROVED, PAPER).when(asked.model_copy(update={"kept_at": None})).nothing()
    for other in (
        {"kind": FundingDocument.STOP_NOTICE},
        {"kept_at": "elders"},
        {"occurred_on": YESTERDAY},
    ):
        again = given(APPROVED, PAPER).when(asked.model_copy(update=other))
        again.refused("Dit is al genoteerd")
    given().when(asked).refused("Noteer eerst de goedkeuring")
    to_come = asked.model_copy(update={"occurred_on": TOMORROW})
    given(APPROVED).when(to_come).refused("moet nog komen", at="occurred_on")
    names = {*NoteFundingDocument.model_fields, *FundingDocumentNoted.model_fields}
    assert names.isdisjoint({"content", "file", "attachment", "body"})
    for kind in ("application", "approval", "stop_notice", "closing_report", "final_settlement"):
        assert NoteFundingDocument(kind=kind).kept_at is None


def test_where_a_paper_is_kept_is_corrected_by_who_noted_it():
    body = PAPER.model_copy(update={"kept_at": "map 13"}).model_dump(mode="json", exclude_none=True)
    asked = CorrectFundingEntry(entry=an_id("entry"), reason="verhuisd", body=body)
    (event,) = given(APPROVED, PAPER).when(asked).about(PAPER).decide()
    assert event.body["kept_at"] == "map 13"
    other = given(APPROVED, PAPER).when(asked).about(PAPER, recorded_by=an_id("other"))
    other.refused("Wie dit schreef", at="entry")


def test_it_ends_with_the_dates_of_the_end_report():
    asked = EndFunding(reason=FundingEnd.COMPLETED, started_on=YESTERDAY)
    given(APPROVED).when(asked).then(ENDED)
    given(APPROVED, ENDED).when(asked).nothing()
    given().when(asked).refused("Noteer eerst de goedkeuring")
    whole = asked.model_copy(update={"resumed_work_on": YESTERDAY, "placed_on": YESTERDAY})
    again = ENDED.model_copy(update={"resumed_work_on": YESTERDAY, "placed_on": YESTERDAY})
    given(APPROVED, ENDED).when(whole).then(again)
    given(APPROVED, ENDED, again).when(whole).nothing()


@pytest.mark.parametrize("field", ["occurred_on", "started_on", "resumed_work_on", "placed_on"])
def test_an_end_report_says_what_happened(field):
    asked = EndFunding(reason=FundingEnd.OTHER).model_copy(update={field: TOMORROW})
    given(APPROVED).when(asked).refused("moet nog komen", at=field)


@pytest.mark.parametrize(
    "asked",
    [
        (ApproveFunding, {"trajectory": TRACK, "funder": "uwv", "months": 0}),
        (ApproveFunding, {"trajectory": TRACK, "funder": "uwv", "months": 121}),
        (ApproveFunding, {"trajectory": TRACK, "funder": "uwv", "scheme": "x" * 201}),
        (ApproveFunding, {"trajectory": TRACK, "funder": "bank"}),
        (ExtendFunding, {"months": 0}),
        (EndFunding, {"reason": "no_show"}),
    ],
)
def test_what_is_sent_has_bounds(asked: tuple[Any, dict[str, Any]]):
    command, body = asked
    with pytest.raises(ValidationError):
        command(**body)


@pytest.mark.parametrize(
    ("approved_on", "months", "ending"),
    [
        (date(2026, 3, 10), 24, date(2028, 3, 10)),
        (date(2026, 3, 10), 36, date(2029, 3, 10)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
    ],
)
def test_its_months_count_from_the_approval(approved_on, months, ending):
    assert ends_on(approved_on, months) == ending


def test_the_team_hears_ninety_days_before_that_the_funding_ends_and_the_support_does_not():
    ending = date(2026, 6, 8)
    assert notice(ending, date(2026, 3, 9)) is None
    for today, words in (
        (date(2026, 3, 10), "eindigt op 8 juni 2026"),
        (ending, "eindigt op 8 juni 2026"),
        (date(2026, 6, 9), "liep tot 8 juni 2026"),
    ):
        told = notice(ending, today)
        assert told is not None
        assert told.nl == f"De financiering {words}; de steun loopt door"
        assert told.en.endswith("the support goes on")


@pytest.mark.parametrize(
    "event", [FundingApproved, FundingExtended, FundingEnded, FundingDocumentNoted]
)
def test_it_is_sealed_with_the_key_of_the_trajectory_and_kept_as_funding_papers(event):
    assert (event.SUBJECT, event.RETENTION) == ("trajectory", Retention.FUNDING)
    assert event.CATEGORY is Category.INSTRUMENTS


def test_for_whom_the_scheme_is_says_something_about_health():
    assert field_kinds(FundingApproved)["target_group"] is Kind.HEALTH
    for event in (FundingExtended, FundingEnded, FundingDocumentNoted):
        assert set(field_kinds(event).values()) == {Kind.FACT, Kind.WORDS}, "late_reason alone"


def test_its_end_takes_nothing_from_anybody():
    assert ENDED.grants(FUNDING) == ()
    assert reduce(evolve, [APPROVED, ENDED], Funding()).trajectory == TRACK


def on_team(role: Role, trajectory=TRACK, until: date | None = None) -> Grant:
    return Grant(trajectory, f"team/{COACH}", COACH, GrantKind.TEAM, role.value, until=until)


def works(role: Role) -> Grant:
    return Grant(COACH, "role", COACH, GrantKind.ROLE, role.value)


def records(role: Role, command: type[Command], *grants: Grant, trajectory=None) -> bool:
    reader = Reader(COACH, role)
    return may_record_outside(reader, FUNDING, grants, TODAY, command, trajectory=trajectory)


@pytest.mark.parametrize("role", OF_THE_TEAM)
def test_the_team_of_the_trajectory_records_it_and_nobody_else(role):
    mine, held = on_team(role), works(role)
    assert records(role, ApproveFunding, held, mine, trajectory=TRACK)
    assert not records(role, ApproveFunding, held, mine, trajectory=OTHER)
    assert not records(role, ApproveFunding, mine, trajectory=TRACK), "the role ended"
    assert not records(role, ApproveFunding, held, on_team(role, until=YESTERDAY), trajectory=TRACK)
    assert not records(role, ApproveFunding, held, trajectory=TRACK), "in the role, not on the team"
    (paid,) = APPROVED.grants(FUNDING)
    for command in ON_A_FUNDING:
        assert records(role, command, held, mine, paid)
        assert not records(role, command, held, mine), "there is none"
        assert not records(role, command, held, paid, on_team(role, OTHER))


def test_who_is_on_another_team_does_not_take_a_funding_over():
    (paid,) = APPROVED.grants(FUNDING)
    mine = on_team(Role.JOB_COACH, OTHER), works(Role.JOB_COACH)
    assert not records(Role.JOB_COACH, ApproveFunding, *mine, paid, trajectory=OTHER)


def test_a_tie_in_one_role_does_not_count_in_another():
    mine = on_team(Role.CARE_WORKER), works(Role.CARE_WORKER), works(Role.JOB_COACH)
    assert not records(Role.JOB_COACH, ApproveFunding, *mine, trajectory=TRACK)


@pytest.mark.parametrize("role", sorted(set(Role) - set(OF_THE_TEAM)))
def test_no_other_role_records_a_funding(role):
    (paid,) = APPROVED.grants(FUNDING)
    for command in (ApproveFunding, *ON_A_FUNDING):
        mine = on_team(Role(role)), works(Role(role))
        assert not records(Role(role), command, *mine, paid, trajectory=TRACK)
    assert not may_append_outside(Role(role), [APPROVED])


def test_a_funding_opens_no_trajectory_and_is_read_with_it_alone():
    (paid,) = APPROVED.grants(FUNDING)
    reader = Reader(COACH, Role.JOB_COACH)
    assert relation(reader, TRACK, [paid], TODAY) is None
    rows = [paid, on_team(Role.JOB_COACH), works(Role.JOB_COACH)]
    assert seen_outside(reader, APPROVED.STREAM, FUNDING, rows, TODAY) == frozenset()


def test_who_reads_instruments_reads_it_and_health_only_who_reads_that():
    assert Kind.HEALTH in cell(Role.CLIENT, Category.INSTRUMENTS).access
    assert Kind.HEALTH in cell(Role.JOB_COACH, Category.INSTRUMENTS).access
    assert Kind.HEALTH not in cell(Role.CARE_WORKER, Category.INSTRUMENTS).access

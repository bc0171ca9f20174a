"""What is wrong in a programme, at an employer or in a funding is corrected by who noted it."""

from __future__ import annotations

import pytest

from domain.events.base import Event, Grant, GrantKind, Kind, StreamKind, field_kinds
from domain.events.employer import EmployerContactPersonAdded, EmployerRegistered
from domain.events.funding import Funder, FundingApproved, FundingEnd, FundingEnded, FundingExtended
from domain.events.group_correction import (
    EmployerCorrected,
    FundingCorrected,
    GroupCorrected,
    ProgrammeCorrected,
)
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.events.quality import CoachCapacitySet, FidelityReviewHeld, WorkTimeSampleRecorded
from domain.policy import Reader, may_append_outside, may_record_outside
from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.corrections import (
    Correct,
    CorrectEmployerEntry,
    CorrectFundingEntry,
    CorrectProgrammeEntry,
)
from domain.rules.employer import ChangeEmployerDetails
from tests.domain.histories import TOMORROW
from tests.domain.test_laws import KINDS
from tests.spec import CLIENT, COACH, TODAY, When, an_id, given

ENTRY, FIRM, OTHER = an_id("the entry"), an_id("firm"), an_id("another")
PROGRAMME, EMPLOYER, TRACK = an_id("programme"), an_id("employer"), an_id("track")
FOUNDED = ProgrammeFounded(occurred_on=TODAY, name="Werk en zorg", organisation=FIRM)
TWO = tuple(CoachCapacitySet(occurred_on=TODAY, coach=each, fte=1) for each in (COACH, OTHER))
REVIEW = FidelityReviewHeld(
    occurred_on=TODAY, note=an_id("review"), scale="IPS-25", reviewers="Kennisbureau", score=121
)
SAMPLE = WorkTimeSampleRecorded(
    occurred_on=TODAY,
    note=an_id("time"),
    coach=COACH,
    until=TODAY,
    hours=8,
    employment=7.5,
    outside=5,
)
REGISTERED = EmployerRegistered(occurred_on=TODAY, name="Fietskoeriers Nord")
APPROVED = FundingApproved(occurred_on=TODAY, trajectory=TRACK, funder=Funder.UWV, months=24)
EXTENDED = FundingExtended(occurred_on=TODAY, trajectory=TRACK, extension=an_id("more"), months=21)
ENDED = FundingEnded(occurred_on=TODAY, trajectory=TRACK, reason=FundingEnd.MOVED)

BEFORE: dict[StreamKind, tuple[Event, ...]] = {
    StreamKind.PROGRAMME: (FOUNDED, *TWO),
    StreamKind.EMPLOYER: (REGISTERED,),
    StreamKind.FUNDING: (APPROVED, EXTENDED, ENDED),
}
IN: dict[StreamKind, tuple[type[Correct], type[GroupCorrected]]] = {
    StreamKind.PROGRAMME: (CorrectProgrammeEntry, ProgrammeCorrected),
    StreamKind.EMPLOYER: (CorrectEmployerEntry, EmployerCorrected),
    StreamKind.FUNDING: (CorrectFundingEntry, FundingCorrected),
}
BETTER = [
    (FOUNDED, {"name": "Werk en zorg Noord"}),
    (REVIEW, {"score": 112}),
    (SAMPLE, {"employment": 6.5}),
    (TWO[1], {"fte": 0.8}),
    (REGISTERED, {"name": "Fietskoeriers Noord"}),
    (APPROVED, {"months": 36, "target_group": "epa"}),
    (EXTENDED, {"months": 12}),
    (ENDED, {"reason": "completed"}),
]


def better(event: Event, **fields: object) -> When:
    """Ask for a better version of an entry that the coach recorded."""
    body = event.model_dump(mode="json", exclude_none=True) | fields
    asked = IN[event.STREAM][0](entry=ENTRY, reason="typefout", body=body)
    return given(*BEFORE[event.STREAM], event).when(asked).about(event)


@pytest.mark.parametrize(("event", "fields"), BETTER)
def test_who_recorded_it_corrects_it_and_nobody_else(event, fields):
    right = type(event).model_validate(event.model_dump() | fields)
    asked = better(event, **fields)
    asked.then(
        IN[event.STREAM][1](
            occurred_on=TODAY,
            target=ENTRY,
            target_type=event.TYPE,
            reason="typefout",
            body=right.model_dump(mode="json", exclude_none=True),
        )
    )
    better(event).nothing()
    for role in (Role.JOB_COACH, Role.TEAM_LEAD, Role.CLIENT):
        asked.about(event, OTHER).by(role).refused("Wie dit schreef", at="entry")


def test_what_is_not_there_is_not_corrected():
    asked = {"entry": ENTRY, "reason": "typefout", "body": {}}
    given(FOUNDED).when(CorrectProgrammeEntry(**asked)).refused("staat er niet", at="entry")
    given(REGISTERED).when(CorrectEmployerEntry(**asked)).refused("staat er niet", at="entry")
    given(APPROVED).when(CorrectFundingEntry(**asked)).refused("staat er niet", at="entry")


def test_what_gives_rights_is_not_corrected():
    drawn = AuditSampleDrawn(
        occurred_on=TODAY, sample=OTHER, auditor=OTHER, seed=1, trajectories=(TRACK,)
    )
    better(drawn, seed=2).refused("Dit kun je niet verbeteren", at="entry")
    contact = EmployerContactPersonAdded(occurred_on=TODAY, person=OTHER)
    better(contact, function="directeur").refused("Dit kun je niet verbeteren", at="entry")


def test_what_it_is_about_stays():
    elsewhere = str(OTHER)
    better(REVIEW, note=elsewhere).refused("staat vast", at="body.note")
    better(TWO[0], coach=elsewhere).refused("staat vast", at="body.coach")
    better(FOUNDED, organisation=elsewhere).refused("staat vast", at="body.organisation")
    better(EXTENDED, trajectory=elsewhere).refused("staat vast", at="body.trajectory")
    better(EXTENDED, extension=elsewhere).refused("staat vast", at="body.extension")
    better(APPROVED, trajectory=elsewhere).refused("staat vast", at="body.trajectory")


def test_a_better_version_is_held_to_what_the_first_was():
    better(SAMPLE, employment=9).refused("meer dan alle uren", at="body.employment")
    better(SAMPLE, coach=str(OTHER)).refused("eigen uren", at="body.coach")
    better(SAMPLE, hours=-1).refused("Dit kan hier zo niet staan", at="body.hours")
    better(EXTENDED, months=-5).refused("Dit kan hier zo niet staan", at="body.months")
    better(APPROVED, months=9000).refused("Dit kan hier zo niet staan", at="body.months")
    better(REVIEW, score=12).refused("Dit kan hier zo niet staan", at="body.score")
    better(REVIEW, occurred_on=str(TOMORROW)).refused("moet nog komen", at="body.occurred_on")
    better(ENDED, placed_on=str(TOMORROW)).refused("moet nog komen", at="body.placed_on")
    better(REGISTERED, name=" ").refused("Dit kan hier zo niet staan", at="body.name")


def test_no_figure_comes_in_by_a_correction_while_there_is_one_coach():
    bare = REVIEW.model_copy(update={"score": None})
    asked = better(bare, score=112)
    given(FOUNDED, TWO[0], bare).when(asked.command).about(bare).refused(
        "over een mens", at="body.score"
    )
    assert asked.decide()


@pytest.mark.parametrize("command", [c for c in COMMANDS if issubclass(c, Correct)])
def test_all_that_can_be_corrected_is_held_to_what_asked_it(command):
    if hasattr(command, "ASKED"):
        asked = {event for each in command.ASKED for event in each.YIELDS}
        assert asked == {each for each in KINDS[command.STREAM] if each.CORRECTABLE}


def test_for_whom_a_scheme_is_stays_health_in_a_correction():
    assert field_kinds(FundingCorrected)["body"] is Kind.HEALTH


def records(role: Role, command: type, *rows) -> bool:
    return may_record_outside(Reader(CLIENT, role), EMPLOYER, rows, TODAY, command)


def test_a_client_corrects_an_employer_and_changes_none_of_others():
    own = Grant(TRACK, "client", CLIENT, GrantKind.CLIENT)
    assert records(Role.CLIENT, CorrectEmployerEntry, own)
    assert not records(Role.CLIENT, CorrectEmployerEntry)
    assert not records(Role.CLIENT, ChangeEmployerDetails, own)


def test_a_correction_is_recorded_by_who_records_what_it_corrects():
    (fixed,) = better(REVIEW, score=112).decide()
    assert may_append_outside(Role.TEAM_LEAD, [fixed])
    assert not may_append_outside(Role.JOB_COACH, [fixed]), "a review is noted by the lead"

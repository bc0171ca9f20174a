"""Appointments at work: made for a day to come, moved, cancelled; nobody's fault."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.events.appointments import (
    Comes,
    WorkAppointmentCancelled,
    WorkAppointmentMade,
    WorkAppointmentMoved,
)
from domain.events.base import Category, Grant, GrantKind, Kind, field_kinds
from domain.events.placement import EndReason, JobEnded
from domain.policy import Reader, may_append, may_record, relation, sight, withheld
from domain.roles import Role
from domain.rules import COMMANDS, CorrectEntry
from domain.rules.appointments import (
    CancelWorkAppointment,
    MakeWorkAppointment,
    MoveWorkAppointment,
)
from domain.state import fold
from domain.wording import word
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, TRIAL, YESTERDAY
from tests.spec import COACH, TODAY, an_id, given

TRACK, BOSS = an_id("track"), an_id("boss")
MADE = WorkAppointmentMade(
    occurred_on=TODAY,
    placement=JOB.placement,
    employer=COURIERS,
    appointment=an_id("appointment"),
    planned_on=TOMORROW,
    at=time(14, 30),
    minutes=45,
    place="kantine",
    comes=Comes.BOTH,
    about="het nieuwe rooster",
)
ASKED = MakeWorkAppointment(
    placement=JOB.placement,
    appointment=MADE.appointment,
    planned_on=TOMORROW,
    at=time(14, 30),
    minutes=45,
    place="kantine",
    comes=Comes.BOTH,
    about="het nieuwe rooster",
)
LATER = TOMORROW + timedelta(days=2)
MOVED = WorkAppointmentMoved(**{**dict(MADE), "planned_on": LATER, "about": None})
CANCELLED = WorkAppointmentCancelled(
    **{name: getattr(MADE, name) for name in WorkAppointmentCancelled.model_fields}
)
ENDED = JobEnded(
    occurred_on=TODAY, placement=JOB.placement, employer=COURIERS, reason=EndReason.OTHER
)


def changed(command: Any, **but: Any) -> Any:
    return command.model_copy(update=but)


def test_an_appointment_is_made_for_today_or_a_day_to_come():
    given(REFERRED, JOB).when(ASKED).then(MADE)
    given(REFERRED, JOB).when(ASKED).by(Role.CLIENT).then(MADE)
    today = changed(ASKED, planned_on=TODAY)
    given(REFERRED, JOB).when(today).then(changed(MADE, planned_on=TODAY))
    over = changed(ASKED, planned_on=YESTERDAY)
    given(REFERRED, JOB).when(over).refused("Deze dag is al voorbij", at="planned_on")


def test_one_that_was_made_before_is_noted_afterwards():
    asked = changed(ASKED, occurred_on=YESTERDAY - timedelta(days=1), planned_on=YESTERDAY)
    (event,) = given(REFERRED, JOB).when(asked).decide()
    assert (event.occurred_on, event.planned_on) == (asked.occurred_on, YESTERDAY)


def test_the_same_appointment_twice_adds_nothing_and_another_with_its_id_is_refused():
    given(REFERRED, JOB, MADE).when(ASKED).nothing()
    given(REFERRED, JOB, MADE).when(changed(ASKED, about=None, place=None)).nothing()
    for other in (
        {"planned_on": LATER},
        {"at": time(9)},
        {"comes": Comes.COACH},
        {"minutes": 30},
        {"place": "magazijn"},
        {"about": "iets anders"},
    ):
        again = given(REFERRED, JOB, MADE).when(changed(ASKED, **other))
        again.refused("Verzet die, of maak een nieuwe", at="appointment")
    gone = given(REFERRED, JOB, MADE, CANCELLED).when(ASKED)
    gone.refused("Verzet die, of maak een nieuwe", at="appointment")


def test_it_is_at_work_that_runs_or_is_agreed():
    given(REFERRED).when(ASKED).refused("Noteer het eerst", at="placement")
    given(REFERRED, JOB, ENDED).when(ASKED).refused("al gestopt", at="placement")
    given(REFERRED, JOB, CLOSED).when(ASKED).refused("afgerond")
    agreed = changed(JOB, starts_on=LATER)
    given(REFERRED, agreed).when(ASKED).then(MADE)
    trial = changed(ASKED, placement=TRIAL.placement)
    given(REFERRED, TRIAL).when(trial).then(changed(MADE, placement=TRIAL.placement))


def test_it_moves_and_what_is_left_out_stays():
    asked = MoveWorkAppointment(appointment=MADE.appointment, planned_on=LATER)
    given(REFERRED, JOB, MADE).when(asked).then(MOVED)
    given(REFERRED, JOB, MADE).when(asked).by(Role.CLIENT).then(MOVED)
    given(REFERRED, JOB, MADE, MOVED).when(asked).nothing()
    for same in ({"place": "kantine"}, {"about": "het nieuwe rooster"}, {"at": time(14, 30)}):
        again = MoveWorkAppointment(appointment=MADE.appointment, **same)
        given(REFERRED, JOB, MADE, MOVED).when(again).nothing()
    at = MoveWorkAppointment(appointment=MADE.appointment, at=time(0), comes=Comes.COACH)
    (event,) = given(REFERRED, JOB, MADE).when(at).decide()
    assert (event.planned_on, event.at, event.comes) == (TOMORROW, time(0), Comes.COACH)


def test_how_long_where_and_what_about_change_with_a_move():
    more = {"minutes": 30, "place": "magazijn", "about": "de proefles"}
    asked = MoveWorkAppointment(appointment=MADE.appointment, **more)
    given(REFERRED, JOB, MADE).when(asked).then(changed(MOVED, planned_on=TOMORROW, **more))


def test_what_was_moved_is_noted_afterwards_as_well():
    asked = MoveWorkAppointment(appointment=MADE.appointment, planned_on=YESTERDAY)
    (event,) = given(REFERRED, JOB, MADE).when(asked).decide()
    assert event.planned_on == YESTERDAY


def test_only_what_takes_place_is_moved():
    asked = MoveWorkAppointment(appointment=MADE.appointment, planned_on=LATER)
    given(REFERRED, JOB).when(asked).refused("Maak die eerst", at="appointment")
    for over in (CANCELLED, ENDED):
        moved = given(REFERRED, JOB, MADE, over).when(asked)
        moved.refused("gaat niet meer door", at="appointment")


def test_it_is_cancelled_and_nobody_is_asked_why():
    asked = CancelWorkAppointment(appointment=MADE.appointment)
    given(REFERRED, JOB, MADE).when(asked).then(CANCELLED)
    given(REFERRED, JOB, MADE, MOVED).when(asked).then(changed(CANCELLED, planned_on=LATER))
    given(REFERRED, JOB, MADE, CANCELLED).when(asked).nothing()
    given(REFERRED, JOB, MADE, ENDED).when(asked).then(CANCELLED)
    given(REFERRED, JOB).when(asked).refused("Maak die eerst", at="appointment")
    names = {*CancelWorkAppointment.model_fields, *WorkAppointmentCancelled.model_fields}
    assert names.isdisjoint({"reason", "by", "who", "attended", "fault", "words"})
    assert {each.NAME for each in COMMANDS} >= {ASKED.NAME, asked.NAME, MoveWorkAppointment.NAME}


def test_coming_are_those_of_today_and_later_of_work_that_goes_on():
    def coming(*events: Any, on: date = TODAY) -> list[Any]:
        return [each.planned_on for each in fold([REFERRED, JOB, *events]).work.coming(on)]

    assert coming(MADE) == [TOMORROW]
    assert coming(MADE, on=TOMORROW) == [TOMORROW]
    assert coming(MADE, on=LATER) == []
    assert coming(MADE, MOVED) == [LATER]
    assert coming(MADE, CANCELLED) == []
    assert coming(MADE, ENDED) == []
    first = changed(MADE, appointment=an_id("earlier"), at=time(9))
    found = fold([REFERRED, JOB, MADE, first]).work.coming(TODAY)
    assert [each.at for each in found] == [time(9), time(14, 30)]
    hours = fold([REFERRED, JOB, MADE, TRIAL, ENDED]).work
    assert len(hours.appointments) == 1, "other facts about work leave it"


def test_it_is_no_contact_and_promises_nothing():
    before, after = fold([REFERRED, JOB]), fold([REFERRED, JOB, MADE, CANCELLED])
    assert after._replace(work=before.work) == before
    assert after.work.placements == before.work.placements


def test_a_time_is_of_the_clock_at_work():
    read = MakeWorkAppointment.model_validate_json
    body = ASKED.model_dump(mode="json")
    assert read(changed(ASKED, at=time(9, 5)).model_dump_json()).at == time(9, 5)
    for seconds in ("14:30:59", "14:30:59.5"):
        assert MakeWorkAppointment.model_validate({**body, "at": seconds}).at == time(14, 30)
    for wrong in ("25:00", "half drie"):
        with pytest.raises(ValidationError):
            MakeWorkAppointment.model_validate({**body, "at": wrong})
    for zoned in ("14:30Z", "14:30+01:00"):
        with pytest.raises(ValidationError, match="Value error, should be a time without a zone"):
            MakeWorkAppointment.model_validate({**body, "at": zoned})
    with pytest.raises(ValidationError):
        WorkAppointmentMade.model_validate({**MADE.model_dump(mode="json"), "at": "14:30Z"})


def test_it_is_corrected_as_any_entry():
    body = changed(MADE, at=time(15)).model_dump(mode="json", exclude_none=True)
    asked = CorrectEntry(entry=an_id("entry"), reason="typefout", body=body)
    (event,) = given(REFERRED, JOB, MADE).when(asked).about(MADE).decide()
    assert event.body["at"] == "15:00:00"
    zoned = CorrectEntry(entry=an_id("entry"), reason="typefout", body={**body, "at": "14:30Z"})
    given(REFERRED, JOB, MADE).when(zoned).about(MADE).refused("kan hier zo niet", at="body.at")
    elsewhere = {**body, "appointment": str(an_id("another"))}
    other = CorrectEntry(entry=an_id("entry"), reason="typefout", body=elsewhere)
    moved = given(REFERRED, JOB, MADE).when(other).about(MADE)
    moved.refused("staat vast", at="body.appointment")


def test_it_is_worded_as_people_say_it():
    fields = {"planned_on": "2026-03-11", "at": "14:30:00", "place": "kantine", "comes": "both"}
    said = word(WorkAppointmentMade.TYPE, fields, "nl", {})
    assert said == ("Afspraak op het werk: 11 maart 2026 om 14:30, kantine, samen met de jobcoach")
    gone = word(WorkAppointmentCancelled.TYPE, fields, "nl", {})
    assert gone == "Afspraak op het werk van 11 maart 2026 om 14:30 gaat niet door"


GIVES = Grant(TRACK, f"employer/{JOB.placement}", COURIERS, GrantKind.EMPLOYER)
SPEAKS = Grant(COURIERS, f"contact/{BOSS}", BOSS, GrantKind.CONTACT, Role.EMPLOYER.value)


def boss(until: date | None = None) -> Any:
    tie = relation(Reader(BOSS, Role.EMPLOYER), TRACK, [GIVES._replace(until=until), SPEAKS], TODAY)
    assert tie is not None
    return tie


@pytest.mark.parametrize("event", [MADE, MOVED, CANCELLED])
def test_an_employer_reads_when_where_and_who_of_a_running_job_and_never_what_about(event):
    job = {"employer": COURIERS, "placement": JOB.placement}
    fields = sight(boss()).fields(type(event), **job)
    assert {"planned_on", "at"} <= fields
    assert fields.isdisjoint({"about", "late_reason"})
    assert not sight(boss(until=YESTERDAY)).fields(type(event), **job)
    elsewhere = {"employer": an_id("bakery"), "placement": an_id("other")}
    assert not sight(boss()).fields(type(event), **elsewhere)
    assert event.CATEGORY is Category.JOB
    if "about" in type(event).model_fields:
        assert field_kinds(type(event))["about"] is Kind.WORDS


@pytest.mark.parametrize("event", [MADE, MOVED, CANCELLED])
def test_to_an_employer_only_what_is_coming_exists(event):
    def gone(tie: Any, day: date | None) -> bool:
        body = {**event.model_dump(mode="json"), "planned_on": day and day.isoformat()}
        return withheld(tie, an_id("entry"), event.TYPE, body, own=False, wrote=False)

    assert not gone(boss(), TODAY)
    assert not gone(boss(), TOMORROW)
    assert gone(boss(), YESTERDAY)
    assert gone(boss(), None)
    team = [
        Grant(TRACK, f"team/{COACH}", COACH, GrantKind.TEAM, Role.JOB_COACH.value),
        Grant(COACH, "role", COACH, GrantKind.ROLE, Role.JOB_COACH.value),
    ]
    tie = relation(Reader(COACH, Role.JOB_COACH), TRACK, team, TODAY)
    assert not gone(tie, YESTERDAY), "the team keeps what was"


@pytest.mark.parametrize(
    "command", [MakeWorkAppointment, MoveWorkAppointment, CancelWorkAppointment]
)
def test_an_employer_makes_none_and_moves_none(command):
    assert not may_record(boss(), command)
    assert not may_append(boss(), [MADE])

"""Events about appointments at work: when the coach comes by, or who meets there (0.1 and 7.5)."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator

from domain.events.base import Label, Words
from domain.events.placement import PlacementEvent
from domain.events.support import Minutes
from domain.language import Choice, Text


def _of_the_clock(at: time) -> time:
    if at.tzinfo is not None:
        msg = "should be a time on the clock, without a zone"
        raise ValueError(msg)
    return at


ClockTime = Annotated[time, AfterValidator(_of_the_clock)]
"""As the clock at work says it; the zone is that of the days, Europe/Amsterdam."""


class Comes(Choice):
    """Who comes to the employer."""

    COACH = "coach", "alleen de jobcoach", "the job coach only"
    CLIENT = "client", "zonder de jobcoach", "without the job coach"
    BOTH = "both", "samen met de jobcoach", "together with the job coach"


class AppointmentEvent(PlacementEvent):
    """What every event about an appointment at work has: of which day and time it tells."""

    appointment: UUID
    planned_on: date
    at: ClockTime


class _Planned(AppointmentEvent):
    STANDS = "work/{placement}/appointment/{appointment}"

    minutes: Minutes | None = None
    place: Label | None = None
    """Where at work, as 'kantine, ingang B': the employer reads it."""
    comes: Comes
    about: Words | None = None
    """What it is about, short and in words of work, nothing about health.

    The employer is not given it: nobody can say beforehand what somebody writes there.
    """


class WorkAppointmentMade(_Planned):
    """Client, coach and employer agreed on a moment at work; no promise that anything counts."""

    TYPE: ClassVar[str] = "appointment.made.v1"
    SENTENCE = Text(
        "Afspraak op het werk[ bij {employer}]: {planned_on} om {at}[, {place}][, {comes}]",
        "Appointment at work[ at {employer}]: {planned_on} at {at}[, {place}][, {comes}]",
    )


class WorkAppointmentMoved(_Planned):
    """It is at another moment or place, or other people come: told as it is from now on.

    What it is about is told only when that changed as well; left out, it stays as it was said.
    """

    TYPE: ClassVar[str] = "appointment.moved.v1"
    SENTENCE = Text(
        "Afspraak op het werk[ bij {employer}] is nu: {planned_on} om {at}[, {place}][, {comes}]",
        "Appointment at work[ at {employer}] is now: {planned_on} at {at}[, {place}][, {comes}]",
    )


class WorkAppointmentCancelled(AppointmentEvent):
    """It does not take place; nobody's fault, and nobody is asked why."""

    TYPE: ClassVar[str] = "appointment.cancelled.v1"
    ENDS = ("work/{placement}/appointment/{appointment}",)
    SENTENCE = Text(
        "Afspraak op het werk[ bij {employer}] van {planned_on} om {at} gaat niet door",
        "Appointment at work[ at {employer}] of {planned_on} at {at} does not take place",
    )

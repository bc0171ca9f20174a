"""Rules for appointments at work: made for a day to come, moved and cancelled without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.appointments import (
    Comes,
    WorkAppointmentCancelled,
    WorkAppointmentMade,
    WorkAppointmentMoved,
)
from domain.events.base import Event
from domain.events.support import Minutes
from domain.rules.base import Facts, Refused
from domain.rules.limits import ClockTime, Day, ShortText
from domain.rules.placement import OnPlacement
from domain.rules.shared import OnTrajectory, stands
from domain.state import Trajectory
from domain.state.appointments import Appointment
from domain.state.said import mark


class MakeWorkAppointment(OnPlacement):
    """Note an appointment at work; the employer reads when, where and who comes."""

    NAME = "make-work-appointment"
    YIELDS = (WorkAppointmentMade,)

    appointment: UUID = Field(default_factory=uuid4)
    planned_on: Day
    at: ClockTime
    """The time on the clock there, as 14:30."""
    comes: Comes
    minutes: Minutes | None = None
    """How long it takes, when that is known."""
    place: ShortText | None = None
    """Where at work: the employer reads it."""
    about: ShortText | None = None
    """In short and in words of work, nothing about health; the employer does not read it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        _, about = self.find(state, facts)
        made = state.work.appointment(self.appointment)
        if made is not None:
            return self._again(made)
        if self.planned_on < about["occurred_on"]:
            raise Refused(
                "Deze dag is al voorbij. Kies vandaag of een dag die nog komt, of noteer het "
                "contact dat er was.",
                "This day is over. Choose today or a day to come, or note the contact that there "
                "was.",
                "planned_on",
            )
        return [WorkAppointmentMade(**about, **self.said("placement"))]

    def _again(self, made: Appointment) -> Sequence[Event]:
        same = (made.placement, made.planned_on, made.at, made.comes) == (
            *(self.placement, self.planned_on, self.at, self.comes),
        )
        if same and not made.cancelled and _adds_nothing(self, made):
            return []
        raise Refused(
            "Deze afspraak staat er al, en nu anders. Verzet die, of maak een nieuwe afspraak.",
            "This appointment is there already, and differs now. Move it, or make a new one.",
            "appointment",
        )


class _OnAppointment(OnTrajectory):
    appointment: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Appointment, dict[str, Any]]:
        """Give the appointment and the fields that its events carry; refuse when there is none."""
        about = self.begin(state, facts)
        made = state.work.appointment(self.appointment)
        if made is None:
            raise Refused(
                "Deze afspraak staat er niet. Maak die eerst.",
                "There is no such appointment. Make it first.",
                "appointment",
            )
        ids = {"appointment": made.id, "placement": made.placement, "employer": made.employer}
        return made, {**about, **ids}


class MoveWorkAppointment(_OnAppointment):
    """Note that an appointment at work is at another moment or place; what is left out stays."""

    NAME = "move-work-appointment"
    YIELDS = (WorkAppointmentMoved,)

    planned_on: Day | None = None
    """It may be over: then it was moved, and is noted now."""
    at: ClockTime | None = None
    comes: Comes | None = None
    minutes: Minutes | None = None
    place: ShortText | None = None
    about: ShortText | None = None
    """In short and in words of work, nothing about health; the employer does not read it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        made, about = self.find(state, facts)
        if made.cancelled or not state.work.is_open(made.placement):
            raise Refused(
                "Deze afspraak gaat niet meer door. Maak een nieuwe bij het werk van nu.",
                "This appointment does not take place any more. Make a new one at the work of now.",
                "appointment",
            )
        asked = (self.planned_on, made.planned_on), (self.at, made.at), (self.comes, made.comes)
        if stands(*asked) and _adds_nothing(self, made):
            return []
        return [
            WorkAppointmentMoved(
                **about,
                planned_on=self.planned_on or made.planned_on,
                at=made.at if self.at is None else self.at,
                comes=self.comes or made.comes,
                minutes=made.minutes if self.minutes is None else self.minutes,
                place=self.place or made.place,
                about=self.about,
            )
        ]


class CancelWorkAppointment(_OnAppointment):
    """Note that an appointment at work does not take place; nobody is asked why."""

    NAME = "cancel-work-appointment"
    YIELDS = (WorkAppointmentCancelled,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        made, about = self.find(state, facts)
        if made.cancelled:
            return []
        return [WorkAppointmentCancelled(**about, planned_on=made.planned_on, at=made.at)]


def _adds_nothing(asked: MakeWorkAppointment | MoveWorkAppointment, made: Appointment) -> bool:
    return stands(
        (asked.minutes, made.minutes), (asked.place, made.place), (mark(asked.about), made.about)
    )

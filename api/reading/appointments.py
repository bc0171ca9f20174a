"""The appointments at work that are coming; of those gone by the timeline tells."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from api.reading.gate import Access
from api.reading.opening import Shown
from domain.events.appointments import WorkAppointmentMade, WorkAppointmentMoved
from domain.events.base import Event
from domain.state.appointments import Appointment
from domain.wording import word

PLANNED: frozenset[type[Event]] = frozenset({WorkAppointmentMade, WorkAppointmentMoved})
"""What stands of an appointment that takes place."""


def gone_by(slot: str, shown: Shown, slots: Collection[str], today: date) -> bool:
    """Say whether it is an appointment that stood, and stands no more: its day or its work is over.

    Nothing is noted when a day goes by, so it is told from the day.
    """
    if shown.event not in PLANNED:
        return False
    over = date.fromisoformat(shown.fields["planned_on"]) < today
    return over or f"{slot.partition('/appointment/')[0]}/end" in slots


def worded_appointment(access: Access, each: Appointment, employer: str | None) -> dict[str, Any]:
    """Say when and where it is, with whom, and who comes."""
    language = access.asking.language
    said = {
        "employer": employer,
        "planned_on": each.planned_on.isoformat(),
        "at": each.at.isoformat(),
        "place": each.place,
        "comes": each.comes.value,
    }
    return {
        "appointment": each.id,
        "placement": each.placement,
        "employer": each.employer,
        "employer_name": employer,
        "planned_on": each.planned_on,
        "at": each.at,
        "minutes": each.minutes,
        "place": each.place,
        "comes": each.comes,
        "label": each.comes.label.to(language),
        "sentence": word(WorkAppointmentMade.TYPE, said, language, {}),
    }

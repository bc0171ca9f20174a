"""What follows from one entry: reminders, figures and checks with and without it, and choices.

For who thinks of correcting it. It tells what rests on the entry, never who read it (0.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.checks import checked
from api.reading.gate import Access, noted, tied
from api.reading.moment import seen, then, walled
from api.reading.objections import CHOICES
from api.reading.opening import Shown, hidden
from api.reading.showing import rendered
from api.reading.state import STAGED
from api.reading.support import PROMISED, worded_due
from api.wiring import Services
from domain.corrections import names
from domain.events.base import Category, Event
from domain.events.course import HandoverReceived
from domain.language import Text
from domain.outcomes import Alone, alone
from domain.rhythm import (
    next_contact,
    next_employer_contact,
    promised_per_month,
    silence_days,
)
from domain.state import Trajectory, outcome, stages
from eventlog.entry import Entry


class Figure(NamedTuple):
    """A figure that follows from a trajectory, and what one must see in full to be told it."""

    name: str
    label: Text
    needs: tuple[Category, ...]
    of: Callable[[Trajectory, date], Any]


FIGURES = (
    Figure("stages", Text("fasen", "stages"), STAGED, stages),
    Figure("outcome", Text("waar het nu staat", "where it stands"), STAGED, outcome),
    Figure(
        "contacts",
        Text("gesprekken met de cliënt", "talks with the client"),
        (Category.SUPPORT,),
        lambda state, _: state.support.contacts,
    ),
    Figure(
        "last_contact_on",
        Text("laatst gesproken", "last spoken"),
        (Category.SUPPORT,),
        lambda state, _: state.support.last_talk_on,
    ),
    Figure(
        "promised_per_month",
        Text("gesprekken per maand die wij beloofden", "talks a month that we promised"),
        PROMISED,
        lambda state, _: promised_per_month(state),
    ),
    Figure(
        "silence_days", Text("dagen stil", "days of silence"), (Category.SUPPORT,), silence_days
    ),
    Figure(
        "hours_per_week",
        Text("uren werk per week", "hours of work a week"),
        (Category.JOB,),
        lambda state, day: sum(each.hours(day) or 0 for each in state.work.running(day)),
    ),
    Figure(
        "scores",
        Text("antwoorden op hoe het gaat", "answers to how it is going"),
        (Category.WELLBEING,),
        lambda state, _: state.wellbeing.scores,
    ),
    Figure(
        "open_setbacks",
        Text("signalen die nog lopen", "signals still going on"),
        (Category.SETBACK,),
        lambda state, _: sum(each.open for each in state.wellbeing.setbacks),
    ),
    Figure(
        "decisions",
        Text("keuzes uit vertrouwen", "choices made on trust"),
        (Category.TRUST,),
        lambda state, _: len(state.trust.decisions),
    ),
)
"""What can change by one entry; what does not, is not told."""
IN_PROGRAMME = (
    ("result", Text("één keer geteld bij het programma", "counted once in the programme"), STAGED),
    ("rungs", Text("geteld bij meedoen", "counted under taking part"), STAGED),
    (
        "promised",
        Text("gesprekken beloofd, per hele maand geteld", "talks promised in whole months"),
        PROMISED,
    ),
    (
        "held",
        Text("gesprekken gehouden, per hele maand geteld", "talks held in whole months"),
        PROMISED,
    ),
)
"""What of a file counts in the figures of its programme, and who is told so."""


def consequences(
    services: Services, asking: Asking, trajectory: UUID, entry: UUID
) -> tuple[Access, dict[str, Any]]:
    """Fold with and without an entry; raises the Problem of what does not exist for this reader."""
    access = tied(services, asking, trajectory)
    entries = [each for each in walled(services, trajectory) if not hidden(access, each)]
    shown = list(seen(services, access, entries))
    about = next((each for each in shown if each.row.event_id == entry), None)
    if about is None:
        raise not_found()
    noted(services, access)
    held = then(entries)
    bare = then([each for each in entries if each.event_id != entry])
    later = [each for each in shown if each.row.position > about.row.position]
    return access, {
        "trajectory": trajectory,
        "entry": rendered(services, access, [about])[0],
        "reminders": list(_reminders(access, held, bare)),
        "figures": [
            *_figures(access, held, bare),
            *_in_programme(access, held, entries, shown, about),
        ],
        "checks": _checks(services, access, entry),
        "decisions": _decisions(services, access, later, entry),
        "handovers": rendered(services, access, [e for e in later if e.event is HandoverReceived]),
    }


def _reminders(access: Access, held: Trajectory, bare: Trajectory) -> Iterator[dict[str, Any]]:
    """Say which contact is due next, where that would be another without the entry."""
    if not access.sees_all(*PROMISED):
        return
    for name, due in (("next", next_contact), ("next_employer", next_employer_contact)):
        found, other = due(held, access.today), due(bare, access.today)
        if found != other:
            yield {
                "name": name,
                "with": worded_due(access, found),
                "without": worded_due(access, other),
            }


def _figures(access: Access, held: Trajectory, bare: Trajectory) -> Iterator[dict[str, Any]]:
    for each in FIGURES:
        found, other = each.of(held, access.today), each.of(bare, access.today)
        if found != other and access.sees_all(*each.needs):
            yield _figure(access, each.name, each.label, found, other)


def _in_programme(
    access: Access, held: Trajectory, entries: list[Entry], shown: list[Shown], about: Shown
) -> Iterator[dict[str, Any]]:
    """Say how this file counts in its programme, where that would be otherwise without the entry.

    By the entries that the reader sees; what was shielded counts there for nobody.
    """
    programme, hidden_ids = held.course.programme, held.protection.hidden
    if programme is None:
        return
    seen_ids = {each.row.event_id for each in shown} - set(hidden_ids)
    counting = {
        each.event_id: each.body
        for each in entries
        if each.event_id in seen_ids and each.body is not None
        if not names(each.body, hidden_ids)
    }

    def told(bodies: Mapping[UUID, Event]) -> Alone:
        return alone(access.trajectory, bodies.values(), programme, access.today)

    without = {id_: body for id_, body in counting.items() if id_ != about.row.event_id}
    found, other = told(counting), told(without)
    for name, label, needs in IN_PROGRAMME:
        values = getattr(found, name), getattr(other, name)
        if values[0] != values[1] and access.sees_all(*needs):
            yield _figure(access, f"programme_{name}", label, *values)


def _figure(access: Access, name: str, label: Text, found: Any, other: Any) -> dict[str, Any]:
    label_ = label.to(access.asking.language)
    return {"name": name, "label": label_, "with": found, "without": other}


def _checks(services: Services, access: Access, entry: UUID) -> list[dict[str, Any]]:
    """Give the checks that the entry is a proof of."""
    if not access.sees_all(Category.TRUST):
        return []
    _, found = checked(services, access.asking, access.trajectory)
    return [each for each in found["checks"] if entry in each["entries"]]


def _decisions(
    services: Services, access: Access, later: list[Shown], entry: UUID
) -> list[dict[str, Any]]:
    """Give the choices made since: those who chose knew it as it read then."""
    made = [each for each in later if each.row.type in CHOICES]
    return [
        {**told, "names_it": str(entry) in each.fields.get("based_on", ())}
        for each, told in zip(made, rendered(services, access, made), strict=True)
    ]

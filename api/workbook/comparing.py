"""Sets what a book says of a stream beside what an earlier import left there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from api.workbook.fields import Problem
from api.workbook.layout import CONTACTS
from api.workbook.past import Body, Imported, Past, body, slot
from api.workbook.steps import Place, Step, Story
from api.workbook.telling import LATE
from domain.events.base import Event, StreamKind
from domain.events.benefit import BenefitSituationNoted
from domain.events.employer import EmployerDetailsChanged, EmployerRegistered
from domain.events.people import PersonRegistered
from domain.events.referral import Referred
from domain.language import Text
from domain.rules.base import Command, Refused
from domain.rules.corrections import CorrectEntry, CorrectRegistration
from domain.rules.employer import ChangeEmployerDetails
from domain.rules.team import RemoveTeamMember
from domain.state import STATES
from eventlog.entry import Actor
from eventlog.handler import Handler
from eventlog.request import Request
from eventlog.states import evolved

CHANGED: Final = "Gewijzigd in het werkboek."
"""Why an entry is corrected."""
_KEPT: Final = {
    # The day of the import or of the referral: these rows have no day of their own.
    PersonRegistered.TYPE: {"occurred_on"},
    BenefitSituationNoted.TYPE: {"occurred_on"},
    EmployerRegistered.TYPE: {"occurred_on"},
    EmployerDetailsChanged.TYPE: {"occurred_on"},
    # The team changes by entries of its own.
    Referred.TYPE: {"received_by", "received_role"},
}
"""What of an imported entry stays as it was, whatever the book says now."""
_EMPLOYER: Final = {EmployerRegistered.TYPE, EmployerDetailsChanged.TYPE}


class Asked(NamedTuple):
    """A command to be handled, and the row that asks for it."""

    place: Place
    request: Request


@dataclass(slots=True)
class Comparison:
    """Finds, for one stream, what the book adds or changes."""

    handler: Handler
    origin: str
    as_of: date
    story: Story
    past: Past
    problems: list[Problem] = field(default_factory=list)

    def asked(self) -> Iterator[Asked]:
        """Give what is to be asked, in order; what cannot be changed becomes a problem."""
        for slot_, place in self.story.empty.items():
            if slot_ in self.past.by_slot:
                self._problem(
                    place,
                    "Dit was bij een eerdere import ingevuld. Weghalen kan alleen in het dossier.",
                    "Filled in at an earlier import. It can be taken away in Samenspoor only.",
                )
        for step, event in self._told():
            imported = self.past.by_slot.get(slot(event))
            if imported is None:
                yield self._ask(step, slot(event), 1)
            else:
                yield from self._changed(step, event, imported)
            if isinstance(event, Referred):
                yield from self._team(event, imported)

    def _told(self) -> Iterator[tuple[Step, Event]]:
        """Decide the steps as if nothing had happened yet, to see what each would have become."""
        state: Any = STATES[self.story.kind].initial
        for step in self.story.steps:
            known = dict(step.command.refers().values())
            try:
                asked = self._request(step.actor, step.command)
                events = self.handler.decide(asked, state, known, self.handler.now())
            except Refused as refused:
                self._problem(step.place, *refused.text)
                continue
            state = evolved(self.story.kind, state, events)
            for event in events:
                yield step, event

    def _changed(self, step: Step, event: Event, imported: Imported) -> Iterator[Asked]:
        if imported.type != event.TYPE and not {imported.type, event.TYPE} <= _EMPLOYER:
            self._problem(
                step.place,
                "Dit is bij een eerdere import iets anders geworden. Verbeter het in het dossier.",
                "At an earlier import this became something else. Correct it in Samenspoor.",
            )
        elif step.place.sheet == CONTACTS and imported.actor.person != step.actor.person:
            self._problem(
                step.place._replace(column="Door"),
                "Wie een contact noteerde, staat vast na een eerdere import.",
                "Who noted a contact is fixed after an earlier import.",
            )
        elif (wanted := _kept(body(event), imported)) != imported.body:
            command = self._correction(step.command, imported, wanted)
            correction = Step(step.place, imported.actor, command)
            yield self._ask(correction, slot(event), imported.times + 1)

    def _correction(self, command: Command, imported: Imported, wanted: Body) -> Command:
        if self.story.kind is StreamKind.EMPLOYER:
            said = command.model_dump(include={"name", "place", "branch"})
            return ChangeEmployerDetails(occurred_on=self.as_of, **said)
        directory = self.story.kind is StreamKind.DIRECTORY
        kind = CorrectRegistration if directory else CorrectEntry
        return kind(entry=imported.entry, reason=CHANGED, body=wanted)

    def _team(self, referred: Referred, imported: Imported | None) -> Iterator[Asked]:
        """Let those join whom the book names, and those leave whom only an earlier one named."""
        present = set(self.past.team)
        if imported is None and referred.received_by:
            present.add(referred.received_by)
        for person, step in self.story.team.items():
            if person not in present:
                day = {} if imported is None else {"occurred_on": self.as_of}
                joined = step.command.model_copy(update=day)
                yield self._turn(step._replace(command=joined), person)
        for person in sorted(present - self.story.team.keys()):
            left = RemoveTeamMember(person=person, occurred_on=self.as_of, late_reason=LATE)
            of_its_row = next(iter(self.story.team.values()))
            yield self._turn(of_its_row._replace(command=left), person)

    def _turn(self, step: Step, person: UUID) -> Asked:
        """Count how often somebody came or went, because they may do so again."""
        return self._ask(step, f"team/{person}", self.past.turns[person] + 1)

    def _ask(self, step: Step, slot_: str, times: int) -> Asked:
        key = f"import/{uuid5(self.story.stream, f'{slot_}/{times}')}"
        return Asked(step.place, self._request(step.actor, step.command, key))

    def _request(self, actor: Actor, command: Command, key: str | None = None) -> Request:
        return Request(
            actor, self.story.stream, command, key=key, origin=self.origin, operator=True
        )

    def _problem(self, place: Place, nl: str, en: str) -> None:
        self.problems.append(Problem(place.sheet, place.row, place.column, Text(nl, en)))


def _kept(wanted: Body, imported: Imported) -> Body:
    """Give the wanted body with what stays as it was."""
    kept = _KEPT.get(imported.type, set())
    said = {name: value for name, value in wanted.items() if name not in kept}
    return said | {name: value for name, value in imported.body.items() if name in kept}

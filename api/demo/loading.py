"""Loads the demo region into an empty log, under a clock that walks through the past year."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from api.demo import book
from api.demo.asking import asked
from api.demo.auditing import ending
from api.demo.crowd import Wave, waves
from api.demo.people import (
    CLOSE,
    COURIERS,
    EVERYBODY,
    ORGANISATIONS,
    PROGRAMMES,
    RIA,
    SAMIR,
    SOURCE,
    VILLAGE,
    WIM,
    WORKERS,
    named,
)
from api.demo.stories import all_steps
from api.demo.stories.north import COMERS
from api.demo.telling import Step
from api.workbook.plan import Plan, make
from api.workbook.reading import read
from api.workbook.writing import write
from domain.rules.employer import AddContactPerson, RegisterEmployer
from domain.rules.people import (
    ChangeContactDetails,
    GiveRole,
    RegisterOrganisation,
    RegisterPerson,
)
from domain.rules.programme import FoundProgramme
from eventlog.bulk import handle_many
from eventlog.handler import HOME, Handler
from eventlog.keys import MasterKey
from eventlog.log import Log
from eventlog.request import Request

Progress = Callable[[int], None]
_NOON = 12


class NotTheDemo(Exception):
    """The log holds something else; nothing was added to it."""


@dataclass(slots=True)
class Clock:
    """A clock that can stand at a moment in the past; otherwise it tells the time."""

    moment: datetime | None = None

    def __call__(self) -> datetime:
        """Give the time."""
        return self.moment or datetime.now(UTC)

    def stand(self, day: date, hour: int) -> None:
        """Stand at an hour of a day where the people are, never later than now."""
        wanted = datetime.combine(day, time(hour), HOME).astimezone(UTC)
        self.moment = min(wanted, datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a data folder says about its demo: the day it was loaded for, and whether wholly."""

    day: date
    loaded: bool

    @classmethod
    def read(cls, path: Path) -> Mark | None:
        """Read it; None when no demo was begun there."""
        if not path.exists():
            return None
        found = json.loads(path.read_text("utf-8"))
        return cls(date.fromisoformat(found["day"]), found["loaded"])

    def write(self, path: Path) -> None:
        """Write it whole or not at all."""
        fresh = path.with_suffix(".new")
        content = {"day": self.day.isoformat(), "loaded": self.loaded}
        fresh.write_text(json.dumps(content), "utf-8")
        fresh.replace(path)


@dataclass(frozen=True, slots=True)
class Loading:
    """All that is still to be loaded."""

    grounds: list[Request]
    plan: Plan
    setting_up: list[Request]
    crowd: list[Wave]
    steps: list[Step]
    ending: list[Request]

    @property
    def size(self) -> int:
        """How many entries and commands it has, for a progress bar."""
        parts: tuple[Sized, ...] = (self.grounds, self.setting_up, self.steps, self.ending)
        crowd = sum(len(wave.requests) for wave in self.crowd)
        return self.plan.entries + crowd + sum(len(each) for each in parts)


def begin(path: Path, log: Log) -> Mark:
    """Say for which day to load, or that all is there; raises NotTheDemo."""
    mark = Mark.read(path)
    if mark is None:
        if log.position():
            raise NotTheDemo
        mark = Mark(datetime.now(HOME).date(), loaded=False)
        mark.write(path)
    return mark


def prepare(day: date) -> Loading:
    """Read the book and tell the stories, without writing anything."""
    with TemporaryDirectory() as folder:
        plan = make(read(book.moved(day, Path(folder))), SOURCE, day, VILLAGE)
    steps, end = all_steps(day), list(ending())
    return Loading(list(_grounds()), plan, list(_setting_up()), waves(day), steps, end)


def load(dsn: str, master: MasterKey, loading: Loading, progress: Progress) -> None:
    """Write everything; what is there already is found again by its key."""
    clock = Clock()
    log = Log(dsn, master)
    try:
        handler = Handler(log, clock)
        _operate(handler, loading.grounds)
        progress(len(loading.grounds))
        write(handler, loading.plan.stories, loading.plan.source, loading.plan.as_of, progress)
        _operate(handler, loading.setting_up)
        progress(len(loading.setting_up))
        for wave in loading.crowd:
            clock.stand(wave.day, _NOON)
            _operate(handler, wave.requests)
            progress(len(wave.requests))
        _tell(handler, clock, loading.steps, progress)
        clock.moment = None
        _operate(handler, loading.ending)
        progress(len(loading.ending))
    finally:
        log.close()


def _tell(handler: Handler, clock: Clock, steps: Iterable[Step], progress: Progress) -> None:
    """Let everybody record what they did, with the rights that they had on that day."""
    made: dict[str, UUID] = {}
    for step in steps:
        clock.stand(step.day, step.hour)
        command = step.command(made)
        answer = handler.handle(Request(step.actor, step.stream, command, key=step.key))
        if step.label:
            made[step.label] = answer.entries[0]
        progress(1)


def _operate(handler: Handler, requests: list[Request]) -> None:
    for outcome in handle_many(handler, requests):
        if isinstance(outcome, Exception):
            raise outcome


def _grounds() -> Iterator[Request]:
    """Organisations and their programmes, to which the book refers."""
    for each in ORGANISATIONS:
        yield asked(each.id, RegisterOrganisation(name=each.name, kind=each.kind))
    for programme, (name, organisation) in PROGRAMMES.items():
        yield asked(programme, FoundProgramme(name=name, organisation=organisation.id))


def _setting_up() -> Iterator[Request]:
    """People, roles and employers; the book has registered coach and care worker before."""
    for person in (*EVERYBODY, *CLOSE, *(each.who for each in COMERS)):
        if not person.in_book:
            known = RegisterPerson(
                given_name=person.given,
                family_name=person.family,
                birth_year=person.birth_year,
                phone=person.phone,
            )
            yield asked(person.actor.person, known)
        else:
            phone = ChangeContactDetails(note=named("phone", person.key), phone=person.phone)
            yield asked(person.actor.person, phone)
    for worker in WORKERS:
        organisation = worker.actor.organisation
        if organisation is not None:
            given = GiveRole(role=worker.actor.role, organisation=organisation)
            yield asked(worker.actor.person, given)
    contact = AddContactPerson(person=WIM.actor.person, function="planner")
    yield asked(COURIERS, contact, RIA.actor)
    library = RegisterEmployer(name="Bibliotheek Helvoirt", place="Helvoirt", branch="cultuur")
    yield asked(named(SAMIR.key, "library-employer"), library, RIA.actor)

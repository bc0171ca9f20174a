"""Laborijn's way: 726 people, and what they took up when asked instead of checked (source S4).

83 are off benefit, three of them without a job; 150 others work part-time. Told in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, islice
from typing import NamedTuple
from uuid import UUID

from api.demo.asking import asked
from api.demo.people import BRAM, EAST, FENNA, TRUST, named, trajectory_of
from api.demo.telling import ago
from domain.events.benefit import Benefit
from domain.events.participation import ActivityKind, EducationKind
from domain.events.placement import Contract
from domain.events.referral import Channel, Want
from domain.events.search import Mode
from domain.events.support import RhythmChoice
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.benefit import EndBenefit, NoteBenefits
from domain.rules.employer import RegisterEmployer
from domain.rules.participation import (
    NoteInformalCare,
    NoteOwnCare,
    StartEducation,
    StartSportOrCourse,
)
from domain.rules.people import GiveRole, RegisterPerson
from domain.rules.placement import LogPlacement
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.support import AgreeRhythm, LogContact, SupportEmployer
from domain.state.work import PlacementKind
from eventlog.entry import Actor
from eventlog.request import Request

PEOPLE, OFF_BENEFIT, PART_TIME = 726, 83, 150
_COACHES = 24
_BRAM = 243
"""Whom one can be: he is of Fenna's, and volunteers."""
_WAVES, _CAME, _APART = 8, 108, 3
"""They came in some waves, so many days ago and so many days apart."""
_CALLED, _CALLS = 28, 3
"""Called once in so many days, there is a talk in every month that it was promised in."""
_LATER, _ASKED = 45, 12
"""So many days ago they took it up, and their employers were asked how it goes."""
_GIVEN = (
    *("Aicha", "Anton", "Bea", "Bilal", "Carla", "Chris", "Dewi", "Dirk", "Elif", "Erik"),
    *("Fatma", "Frans", "Gerda", "Hasan", "Hilde", "Ilse", "Jamal", "Janna", "Kees"),
    *("Lena", "Lucia", "Mark", "Meryem", "Nico", "Olga", "Piet", "Rania", "Rob", "Sjaak"),
    *("Tineke", "Umut", "Vera", "Yara"),
)
_FAMILY = (
    *("Aalbers", "Bekker", "Celik", "Derksen", "Essers", "Faber", "Gerrits", "Hendriks"),
    *("Jansen", "Kaplan", "Lammers", "Mulder", "Nijland", "Otten", "Peters", "Rietveld"),
    *("Schut", "Teunissen", "Uijen", "Vermeer", "Wessels", "Yilmaz", "Zweers", "Bouwman"),
    *("Dijkman", "Geurts", "Hoekstra", "Kuiper", "Lubbers"),
)
_EMPLOYERS = ("Kwekerij De Hof", "Wasserij Schoon", "Groothandel Oost", "Zorghuis De Es")


class Wave(NamedTuple):
    """What was recorded on one day."""

    day: date
    requests: list[Request]


class _One(NamedTuple):
    client: Actor
    trajectory: UUID
    coach: Actor

    def told(self, *commands: Command, nth: str = "") -> Iterator[Request]:
        return (asked(self.trajectory, each, self.coach, nth) for each in commands)

    def tells(self, *commands: Command) -> Iterator[Request]:
        return (asked(self.trajectory, each, self.client) for each in commands)


def waves(today: date) -> list[Wave]:
    """Give what was recorded, day by day."""
    coaches = [FENNA.actor, *(_coach(number) for number in range(1, _COACHES))]
    people = [_one(number, coaches[(number - _BRAM) % _COACHES]) for number in range(PEOPLE)]
    found = [Wave(ago(today, _CAME), list(_grounds(coaches[1:])))]
    for wave in range(_WAVES):
        some, came = range(wave, PEOPLE, _WAVES), _CAME - wave * _APART
        asked_in = [each for number in some for each in _coming_in(number, people[number])]
        found.append(Wave(ago(today, came), asked_in))
        for nth in range(1, _CALLS + 1):
            called = LogContact(mode=Mode.PHONE)
            talks = [each for number in some for each in people[number].told(called, nth=f"{nth}")]
            found.append(Wave(ago(today, came - nth * _CALLED), talks))
    took_up = list(_took_up(people, ago(today, _LATER)))
    found.append(Wave(ago(today, _LATER), took_up))
    found.append(Wave(ago(today, _ASKED), list(_how_it_goes(took_up))))
    return sorted(found, key=lambda wave: wave.day)


def _coach(number: int) -> Actor:
    return Actor(named("person", "crowd-coach", str(number)), Role.JOB_COACH, EAST.id)


def _one(number: int, coach: Actor) -> _One:
    if number == _BRAM:
        return _One(BRAM.actor, trajectory_of(BRAM), coach)
    client = Actor(named("person", "crowd", str(number)), Role.CLIENT)
    return _One(client, named("trajectory", "crowd", str(number)), coach)


def _grounds(coaches: Sequence[Actor]) -> Iterator[Request]:
    for number, each in enumerate(coaches):
        known = RegisterPerson(given_name=_GIVEN[-number - 1], family_name=_FAMILY[number])
        yield asked(each.person, known)
        yield asked(each.person, GiveRole(role=each.role, organisation=EAST.id))
    for name in _EMPLOYERS:
        yield asked(_employer(name), RegisterEmployer(name=name, place="Doesburg"), FENNA.actor)


def _employer(name: str) -> UUID:
    return named("crowd-employer", name)


def _coming_in(number: int, who: _One) -> Iterator[Request]:
    """Let somebody in on the wish; so many names and surnames that no two are called alike."""
    if number != _BRAM:
        given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
        known = RegisterPerson(given_name=given, family_name=family)
        yield asked(who.client.person, known, who.coach)
    channel = Channel.MUNICIPALITY
    yield from who.told(Refer(client=who.client.person, channel=channel, organisation=EAST.id))
    yield from who.told(EnterProgramme(programme=TRUST))
    yield from who.tells(
        ExpressWorkWish(wants=(Want.PAID,)), NoteBenefits(benefits=(Benefit.BIJSTAND,))
    )
    rhythm = AgreeRhythm(per_month=1, mode=Mode.PHONE, choice=RhythmChoice.TOGETHER)
    yield from who.told(rhythm)


def _took_up(people: Sequence[_One], on: date) -> Iterator[Request]:
    """Tell what became of it; who stands in two places is counted in both, and never added up."""
    off, others = people[:OFF_BENEFIT], people[OFF_BENEFIT:]
    part_time, rest = others[:PART_TIME], others[PART_TIME:]
    for each in off:
        yield from each.tells(EndBenefit(benefit=Benefit.BIJSTAND))
    yield from _work(off[3:], on, PlacementKind.JOB, 36)
    yield from _work(part_time, on, PlacementKind.JOB, 20)
    yield from _work(rest[:60], on, PlacementKind.VOLUNTEERING, 6)
    yield from _work(rest[145:148], on, PlacementKind.SHELTERED, 24)
    for each in [*rest[50:90], *part_time[:2]]:
        yield from each.tells(NoteInformalCare(hours_per_week=8))
    for each in rest[90:110]:
        yield from each.tells(NoteOwnCare())
    sport, language = "fit naar werk", "Nederlands op de werkvloer"
    for each in rest[110:140]:
        activity = named("crowd-sport", str(each.trajectory))
        began = StartSportOrCourse(activity=activity, kind=ActivityKind.SPORT, title=sport)
        yield from each.told(began)
    for each in rest[130:145]:
        lessons = named("crowd-language", str(each.trajectory))
        learns = StartEducation(education=lessons, kind=EducationKind.LANGUAGE, title=language)
        yield from each.told(learns)


def _how_it_goes(took_up: Sequence[Request]) -> Iterator[Request]:
    for each in took_up:
        if isinstance(each.command, LogPlacement):
            asked_of = SupportEmployer(
                employer=each.command.employer,
                placement=each.command.placement,
                mode=Mode.PHONE,
            )
            yield asked(each.stream, asked_of, each.actor)


def _work(people: Sequence[_One], on: date, kind: PlacementKind, hours: float) -> Iterator[Request]:
    job = kind is PlacementKind.JOB
    for each, employer in zip(people, islice(cycle(_EMPLOYERS), len(people)), strict=True):
        work = LogPlacement(
            placement=named("crowd-work", str(each.trajectory)),
            kind=kind,
            employer=_employer(employer),
            title="medewerker" if job else "gastvrouw of gastheer",
            starts_on=on,
            hours_per_week=hours,
            contract=Contract.FIXED if job else None,
        )
        yield from each.told(work)

"""Looks for a person before a new file is begun, without telling who is known elsewhere.

Only the asker's own files are looked through. There is no index of everybody: somebody who is known
elsewhere and somebody who is not take the same way through the same code, to the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_allowed, too_often
from api.reading.asking import Asking
from api.reading.gate import Access, admitted
from api.reading.names import Known, lookup
from api.reading.people import ties
from api.reading.sorting import family_key, folded
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.events.people import RegistrationCorrected
from domain.language import Text
from domain.policy import may_search
from domain.roles import Role
from domain.rules.people import SEARCHED_ENOUGH, SEARCHES_A_DAY, RegisterPerson, may_be
from domain.rules.referral import Refer
from eventlog.log import grants

ADVICE = Text(
    "Staat de persoon er niet bij? Of iemand elders bekend is, vertellen we niet. Vraag het de "
    "persoon zelf. Is er al een dossier, dan kan de persoon of het eigen team een code geven, en "
    "koppel je daarmee beide. Een nieuw dossier kan altijd meteen.",
    "Is the person not among these? Whether somebody is known elsewhere is not told. Ask the "
    "person. If there is a file already, the person or their own team can give a code, with which "
    "you link both. A new file can always be begun at once.",
)


def search(services: Services, asking: Asking, family_name: str, birth_year: int) -> dict[str, Any]:
    """Give those of the asker's own people who have this name and year; raises Problem."""
    person, today = asking.actor.person, services.today()
    if not may_look(services, asking):
        raise not_allowed()
    if not services.searches.count(person, today, SEARCHES_A_DAY):
        raise too_often(SEARCHED_ENOUGH)
    lines = [
        line
        for line, _ in _called(services, asking, family_name)
        if may_be(line["birth_year"], birth_year, same_given_name=False)
    ]
    admitted(services, asking, [file for line in lines for file in line["trajectories"]])
    lines.sort(key=lambda line: (line["name"], line["person"]))
    return {"found": lines, "advice": ADVICE.to(asking.language)}


def may_look(services: Services, asking: Asking) -> bool:
    """Say whether the asker may look for a person, and begin a file for them."""
    mine = grants(services.log.grants_between(asking.actor.person, asking.actor.person))
    return may_search(asking.reader, mine, services.today())


class Sought(NamedTuple):
    """By what somebody is told apart from one's own people."""

    given: str | None
    family: str | None
    birth_year: int | None


def alike(
    services: Services, asking: Asking, person: UUID, begins: RegisterPerson | Refer
) -> list[UUID]:
    """Give those of the asker's own people who may be the person that something begins with.

    As a search would: without a year of birth the given name tells them apart. The person
    themselves is among them where a file of theirs is one of the asker's. Of their files nothing
    is shown, and to who may not search there is nobody.
    """
    if not may_look(services, asking):
        return []
    if isinstance(begins, RegisterPerson):
        sought = Sought(begins.given_name, begins.family_name, begins.birth_year)
    else:
        sought = _registered(services, person)
    if sought.family is None:
        return []
    given = folded(sought.given or "")
    return [
        line["person"]
        for line, known in _called(services, asking, sought.family)
        if line["person"] == person
        or may_be(
            line["birth_year"],
            sought.birth_year,
            same_given_name=folded(known.given or "") == given,
        )
    ]


def _registered(services: Services, person: UUID) -> Sought:
    """Give what was registered of somebody; they may have come in a moment ago."""
    said: dict[str, Any] = {}
    for each in services.log.entries(person):
        if each.body is not None:
            body = each.body
            told = body.body if isinstance(body, RegistrationCorrected) else body.__dict__
            said |= {name: value for name, value in told.items() if value is not None}
    return Sought(said.get("given_name"), said.get("family_name"), said.get("birth_year"))


def _called(
    services: Services, asking: Asking, family_name: str
) -> Iterator[tuple[dict[str, Any], Known]]:
    """Find the clients of the asker's own files who go by a family name, however it is spelled."""
    found: dict[UUID, list[Access]] = {}
    for access in ties(services, replace(asking, view=None)):
        client = access.client
        if client is not None and Kind.FAMILY in access.sight.names(Role.CLIENT):
            found.setdefault(client, []).append(access)
    wanted = family_key(None, family_name)[0]
    for who, known in lookup(services, found.keys()).items():
        if family_key(None, known.family)[0] == wanted:
            line = _line(services, who, known, found[who])
            if line is not None:
                yield line, known


def _line(
    services: Services, who: UUID, known: Known, files: list[Access]
) -> dict[str, Any] | None:
    seen = files[0].sight
    name = known.as_seen(seen.names(Role.CLIENT))
    told = Kind.CONTACT in seen.kinds(Category.IDENTITY)
    if not name:
        return None
    return {
        "person": who,
        "name": name,
        "birth_year": _birth_year(services, who) if told else None,
        "trajectories": [each.trajectory for each in files],
    }


def _birth_year(services: Services, who: UUID) -> int | None:
    mapper = services.log.entry_mapper
    slots = dict(services.views.directory.one(who))
    mapper.keys.load({row.key_id for row in slots.values()})
    for slot in ("contact", "person"):
        body: Mapping[str, Any] | None = slots[slot].open(mapper) if slot in slots else None
        if body and body.get("birth_year") is not None:
            return int(body["birth_year"])
    return None

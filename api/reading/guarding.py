"""Who looked at the files of an organisation, and what clients were surprised by; for its guard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.accesses import between, moments, told_look
from api.reading.asking import Asking
from api.reading.emergencies import names_in_full
from api.reading.gate import admitted
from api.reading.looking import look_by_role
from api.reading.moment import refuse
from api.reading.questions import QUESTIONS, questions
from api.wiring import Services
from domain.events.base import Category, GrantKind
from domain.policy import guards, reads_looks, roles_at
from domain.roles import ROLE_OF, Role
from eventlog.access import Narrowed, Overseen, Place
from eventlog.handler import HOME
from eventlog.log import Given, grants

MOST = 40
"""So many lines at once: of one list that somebody opened, all files stand in one."""
_MOST_LOOKS = 400
"""So many files at once, in as many lines as they make."""
MOST_SURPRISES = 40
_MOST_LOOKERS = 500
_PURPOSE = "who-looked"


class Asked(NamedTuple):
    """By what the log is asked; None: by nothing."""

    since: date | None = None
    until: date | None = None
    person: UUID | None = None
    role: Role | None = None
    organisation: UUID | None = None
    file: UUID | None = None
    own: bool = False
    """With the asker's own looks, which else stand in between all others."""


def looks(
    services: Services, asking: Asking, by: Asked, cursor: str | None = None
) -> dict[str, Any]:
    """Give who looked at the files that the asker guards, by day, the last first.

    Whoever acts for an organisation is called by name; whose file it is, is told by pseudonym. That
    this is read is written down for each file that is shown, before it is. Raises Problem.
    """
    files = _guarded(services, asking)
    if by.file is not None and by.file not in files:
        raise not_found()
    person, period = asking.actor.person, between(services.today(), by.since, by.until)
    since, until = moments(period)
    all_of_it = Narrowed(list(files), since, until, HOME.key)
    narrowed = all_of_it._replace(
        files=list(files) if by.file is None else [by.file],
        person=by.person,
        role=by.role and by.role.value,
        organisation=by.organisation,
        but=None if by.own else person,
    )
    found = services.accesses.overseen(narrowed, _MOST_LOOKS + 1, _place(services, person, cursor))
    lines = _lines(found[:_MOST_LOOKS])
    shown = [each for line in lines for each in line]
    noted = dict.fromkeys(each.trajectory for each in shown)
    now = services.now()
    services.accesses.note([look_by_role(asking, each, Category.ACCESS, now) for each in noted])
    lookers = services.accesses.lookers(all_of_it, _MOST_LOOKERS)
    around = {who for one, _, where in lookers if where for who in (one, where)}
    called = names_in_full(services, around, list(files))
    known = {one: called(one) for one, _, where in lookers if where}
    return {
        "since": period[0],
        "until": period[1],
        "lines": [
            {
                "files": [
                    (each.trajectory, _about(services, asking, files[each.trajectory]))
                    for each in line
                ],
                "person": line[0].looked.person if line[0].looked.organisation else None,
                "day": line[0].looked.day,
                **told_look(
                    asking.language, line[0].looked, known.get(line[0].looked.person), called
                ),
            }
            for line in lines
        ],
        "people": sorted((name, one) for one, name in known.items() if name),
        "roles": sorted({ROLE_OF[role] for _, role, _ in lookers}),
        "organisations": sorted(
            (name, each) for each in {w for _, _, w in lookers if w} if (name := called(each))
        ),
        "next": _sealed(services, person, shown[-1]) if len(found) > len(shown) else None,
    }


def _lines(found: Sequence[Overseen]) -> list[list[Overseen]]:
    """Put together what one person looked at in one minute in one way; not more than a page."""
    return [list(line) for _, line in islice(groupby(found, key=_glance), MOST)]


def _glance(each: Overseen) -> tuple[object, ...]:
    looked = each.looked
    minute = looked.last_at.replace(second=0, microsecond=0)
    return minute, *looked._replace(last_at=minute)


def surprises(services: Services, asking: Asking) -> list[dict[str, Any]]:
    """Give what clients lately were surprised by, the last first, with the answers; or Problem.

    What waits for an answer comes before what has one.
    """
    files = _guarded(services, asking)
    rows = services.views.timeline.lately(files, QUESTIONS, limit=MOST_SURPRISES)
    access = admitted(services, asking, sorted({each.stream for each in rows}))
    found = [
        {**each, "file": file, "about": _about(services, asking, files[file])}
        for file, tie in access.items()
        for each in questions(services, tie, [row for row in rows if row.stream == file])
    ]
    found.sort(key=itemgetter("recorded_at"), reverse=True)
    return sorted(found, key=lambda each: bool(each["answers"]))


def _guarded(services: Services, asking: Asking) -> dict[UUID, Given]:
    """Give the files of which the asker guards who looked, each with its grants; or Problem."""
    person, today = asking.actor.person, services.today()
    mine = grants(services.log.grants_between(person, person))
    where = roles_at(asking.reader, mine, today) - {None}
    if not guards(asking.actor.role) or not where:
        raise not_found()
    files = services.log.files_of([each for each in where if each is not None])
    return {
        file: given
        for file, given in services.log.ties(files, person).items()
        if reads_looks(asking.reader, file, grants(given), today)
    }


def _about(services: Services, asking: Asking, given: Given) -> str:
    """Call whose file it is as everywhere else: by pseudonym."""
    label = Role.CLIENT.label.to(asking.language)
    client = next((g.holder for g in grants(given) if g.kind is GrantKind.CLIENT), None)
    if client is None:
        return label
    return f"{label} {services.tokens.pseudonym(asking.actor.person, client)}"


def _sealed(services: Services, person: UUID, last: Overseen) -> str:
    place = [last.looked.last_at.isoformat(), str(last.trajectory), str(last.looked.person)]
    return services.tokens.sealed(_PURPOSE, person, place)


def _place(services: Services, person: UUID, cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    found = services.tokens.opened(_PURPOSE, person, cursor)
    if found is None:
        raise refuse("cursor", "Begin opnieuw zonder cursor.", "Begin again without a cursor.")
    at, file, by = found
    return datetime.fromisoformat(at), UUID(file), UUID(by)

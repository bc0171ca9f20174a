"""Who looked at a file, day by day and in plain words, for the one whom it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.emergencies import Told, had_any, names_in_full, told
from api.reading.gate import Access, noted, tied
from api.reading.looking import GROUNDS, LABELS, look_by_role
from api.reading.moment import refused, walled
from api.reading.names import names
from api.reading.queried import as_of
from api.reading.questions import questions
from api.wiring import Services
from domain.events.base import Category, GrantKind, Kind
from domain.language import Language, Text, spoken
from domain.policy import audits, audits_looks, guards, looked_by_name, reads_looks
from domain.roles import ROLE_OF, Role
from domain.rules.base import Refused
from domain.rules.period import looked_in
from domain.wording import dated
from eventlog.access import Looked
from eventlog.entry import Entry
from eventlog.handler import HOME
from eventlog.log import grants

_WHO = Text(
    "Wil je weten wie die anderen waren? Vraag het aan de privacyfunctionaris.",
    "Would you like to know who the others were? Ask the privacy officer.",
)
_IN_EMERGENCY = Text("In een noodgeval: {times}.", "In an emergency: {times}.")
_OWN_TEAM = Text("Je eigen team: {times}.", "Your own team: {times}.")
_OTHERS = Text("Anderen: {times}", "Others: {times}")
_NOBODY_ELSE = Text("Niemand anders", "Nobody else")
_OF_ALL = Text("{others}.", "{others}.")
_WITHIN = Text(
    "{others}, van {first} tot en met {last}. Ook op andere dagen is er gekeken; kies die dagen om "
    "dat te zien.",
    "{others}, from {first} until {last}. On other days somebody looked as well; choose those days "
    "to see it.",
)
_ONCE, _TIMES = Text("1 keer", "1 time"), Text("{number} keer", "{number} times")

Read = Callable[[Services, UUID], list[Entry]]
"""Gives the entries of a file, or of them what the wall lets through."""


def accesses(
    services: Services,
    asking: Asking,
    trajectory: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
) -> tuple[bytes, dict[str, Any]]:
    """Say who looked between two days, both included; raises Problem.

    The client hears of everybody, and so does the privacy officer, with names (reference 0.1); who
    was invited of their own looks, an auditor of those of the own organisation, without names.
    What was read in an emergency comes first. What was asked about a look stands by itself.
    """
    if guards(asking.actor.role):
        return b"", _for_privacy_officer(services, asking, trajectory, since, until)
    access = tied(services, asking, trajectory)
    if audits(access.role):
        return access.ground(), _for_auditor(services, access, since, until)
    all_of_it = Kind.FACT in access.sight.kinds(Category.ACCESS)
    if not all_of_it and Kind.FACT not in access.sight.kinds(Category.ACCESS, own=True):
        raise not_found()
    period = between(access.today, since, until)
    noted(services, access)
    found = _found(services, trajectory, period, None if all_of_it else access.person)
    others = [each for each in found if not all_of_it or each.person != access.person]
    emergencies = _emergencies(services, trajectory, period, walled) if all_of_it else []
    around = {each.person for each in others} | {
        each.organisation for each in others if each.organisation is not None
    }
    for each in emergencies:
        around |= {each.opened.reader, each.opened.organisation}
    called = names(
        services, access, around, {e.opened.reader: Role.CARE_WORKER for e in emergencies}
    )

    def who(each: Looked) -> str | None:
        named = looked_by_name(each.basis) or each.person == access.person
        return called.of(each.person, ROLE_OF[each.role]) if named else None

    summary = _summary(services, access, others, period) if all_of_it else None
    told_of = [each.worded(asking.language, called.of) for each in emergencies]
    days = _days(asking.language, others, who, called.of)
    asked = _questions(services, access, period) if all_of_it else []
    answer = _answer(trajectory, period, summary, told_of, days)
    return access.ground(), answer | {"questions": asked}


def _questions(
    services: Services, access: Access, period: tuple[date, date]
) -> list[dict[str, Any]]:
    """Give what was asked about these days, and answered."""
    first, last = period
    return [
        {"day": day, "words": each["text"].get("words"), "answers": each["answers"]}
        for each in questions(services, access)
        if first <= (day := date.fromisoformat(each["fields"]["day"])) <= last
    ]


def looked_since(services: Services, access: Access, since: datetime) -> list[str]:
    """Name who looked since a moment, to who hears of everybody: to a coach nobody (reference 0.1).

    Others than the own team go by their role and organisation.
    """
    if access.within is not None or Kind.FACT not in access.sight.kinds(Category.ACCESS):
        return []
    found = services.accesses.by_day(access.trajectory, since, services.now(), HOME.key)
    others = [each for each in found if each.person != access.person]
    around = {who for each in others for who in (each.person, each.organisation) if who}
    called = names(services, access, around)

    def word(each: Looked) -> str:
        role = ROLE_OF[each.role]
        label = role.label.to(access.asking.language)
        if looked_by_name(each.basis):
            return called.of(each.person, role)
        return label if each.organisation is None else f"{label}, {called.of(each.organisation)}"

    return list(dict.fromkeys(map(word, others)))


def _for_privacy_officer(
    services: Services, asking: Asking, trajectory: UUID, since: date | None, until: date | None
) -> dict[str, Any]:
    """Give all of it, by name whoever acts for an organisation; not whose file it is."""
    given = services.log.grants_between(trajectory, asking.actor.person)
    if not reads_looks(asking.reader, trajectory, grants(given), services.today()):
        raise not_found()
    period = between(services.today(), since, until)
    services.accesses.note([look_by_role(asking, trajectory, Category.ACCESS, services.now())])
    found = _found(services, trajectory, period)
    emergencies = _emergencies(services, trajectory, period, _all)
    around = {
        who for each in found if each.organisation for who in (each.person, each.organisation)
    }
    for each in emergencies:
        around |= {each.opened.reader, each.opened.organisation}
    called = names_in_full(services, around, [trajectory])
    told_of = [each.worded(asking.language, called) for each in emergencies]
    days = _days(asking.language, found, lambda each: called(each.person), called, exactly=True)
    return _answer(trajectory, period, None, told_of, days)


def _for_auditor(
    services: Services, access: Access, since: date | None, until: date | None
) -> dict[str, Any]:
    """Give the looks of the auditor's own organisation, without names; their own are among them."""
    asking, trajectory = access.asking, access.trajectory
    given = services.log.grants_between(trajectory, access.person)
    if not audits_looks(asking.reader, grants(given), access.today):
        raise not_found()
    period, own = between(access.today, since, until), asking.actor.organisation
    noted(services, access)
    found = [each for each in _found(services, trajectory, period) if each.organisation == own]
    emergencies = [
        each
        for each in _emergencies(services, trajectory, period, _all)
        if each.opened.organisation == own
    ]
    called = names(services, access, (), {e.opened.reader: Role.CARE_WORKER for e in emergencies})
    told_of = [dict(called.said(each.worded(asking.language, called.of))) for each in emergencies]
    days = _days(
        asking.language,
        found,
        lambda each: called.of(each.person, ROLE_OF[each.role]),
        called.of,
    )
    return _answer(trajectory, period, None, told_of, days)


def _found(
    services: Services, trajectory: UUID, period: tuple[date, date], person: UUID | None = None
) -> list[Looked]:
    return services.accesses.by_day(trajectory, *moments(period), HOME.key, person)


def _emergencies(
    services: Services, trajectory: UUID, period: tuple[date, date], read: Read
) -> list[Told]:
    if not had_any(services, trajectory):
        return []
    found = told(services, trajectory, read(services, trajectory))
    return [each for each in found if each.between(*period)]


def _all(services: Services, trajectory: UUID) -> list[Entry]:
    """Read for who oversees: of the emergencies, not of the file."""
    return services.log.entries(trajectory)


def _answer(
    trajectory: UUID,
    period: tuple[date, date],
    summary: str | None,
    emergencies: list[dict[str, Any]],
    days: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "trajectory": trajectory,
        "since": period[0],
        "until": period[1],
        "summary": summary,
        "emergencies": emergencies,
        "days": days,
        "questions": [],
    }


def between(today: date, since: date | None, until: date | None) -> tuple[date, date]:
    """Give the first and last day of which to tell who looked; raises Problem."""
    try:
        return looked_in(today, since, until)
    except Refused as error:
        raise refused(error) from error


def moments(period: tuple[date, date]) -> tuple[datetime, datetime]:
    """Give the moments at which these days begin and are over, where the people are."""
    first, last = period
    begin, end = (datetime.combine(day, time(), HOME) for day in (first, last + timedelta(days=1)))
    return begin, end


def _summary(
    services: Services, access: Access, looks: Iterable[Looked], period: tuple[date, date]
) -> str:
    """Open with what most people want to know: was it only the own team.

    The days stand there when on others somebody looked as well: what was is not denied.
    """
    more = services.accesses.outside(access.trajectory, *moments(period), but=access.person)
    return _worded(looks, period if more else None).to(access.asking.language)


def _worded(looks: Iterable[Looked], within: tuple[date, date] | None) -> Text:
    """Word how often somebody looked, an emergency first; `within` are days that are not all."""
    team = other = emergency = 0
    for each in looks:
        if each.reason is not None:
            emergency += each.times
        elif each.basis == GrantKind.TEAM:
            team += each.times
        else:
            other += each.times
    others = _OTHERS.filled(times=_times(other)) if other else _NOBODY_ELSE
    said = [
        *([_IN_EMERGENCY.filled(times=_times(emergency))] if emergency else ()),
        _OWN_TEAM.filled(times=_times(team)),
        _OF_ALL.filled(others=others) if within is None else _only(others, *within),
        *([_WHO] if other else ()),
    ]
    return spoken(lambda language: " ".join(each.to(language) for each in said))


def _only(others: Text, first: date, last: date) -> Text:
    """Name the days, and say that on others somebody looked as well."""
    return _WITHIN.filled(others=others, first=dated(first), last=dated(last))


def _times(number: int) -> Text:
    return _ONCE if number == 1 else _TIMES.filled(number=str(number))


def _days(
    language: Language,
    found: list[Looked],
    who: Callable[[Looked], str | None],
    called: Callable[[UUID], str | None],
    *,
    exactly: bool = False,
) -> list[dict[str, Any]]:
    """Word the looks by day, those in an emergency before the others.

    `exactly`: with all that was asked by, for who oversees the looking itself.
    """
    return [
        {
            "day": day,
            "looks": [
                told_look(language, each, who(each), called) | (_asked(each) if exactly else {})
                for each in sorted(looks, key=lambda each: each.reason is None)
            ],
        }
        for day, looks in groupby(found, attrgetter("day"))
    ]


def told_look(
    language: Language, found: Looked, who: str | None, called: Callable[[UUID], str | None]
) -> dict[str, Any]:
    """Word how often somebody looked on a day, at what and why they might."""
    role, organisation = ROLE_OF[found.role], found.organisation
    return {
        "who": who,
        "role": role,
        "label": role.label.to(language),
        "organisation": None if organisation is None else called(organisation),
        "own_team": found.basis == GrantKind.TEAM,
        "basis": found.basis,
        "ground": GROUNDS[GrantKind(found.basis)].to(language),
        "permissions": found.permissions,
        "emergency": found.reason,
        "views": list(
            dict.fromkeys(
                f"{LABELS[view].to(language)}{as_of(query, found.day, language)}"
                for view, query in found.shown
            )
        ),
        "times": found.times,
        "last_at": found.last_at,
    }


def _asked(found: Looked) -> dict[str, Any]:
    """Give by what was asked, where a view was asked by more than its address."""
    return {"asked": [{"view": view, **query} for view, query in found.shown if query]}

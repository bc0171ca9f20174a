"""The outcomes of a programme: two ladders beside each other, income, talks and how it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.grouped import peer_groups
from api.reading.moment import refused
from api.reading.programmes import founded, level_of
from api.reading.promised import talks
from api.wiring import Services
from domain.events.base import Category
from domain.events.experience import Answer
from domain.language import Text
from domain.outcomes import (
    Person,
    Question,
    income,
    ips,
    many,
    masked,
    once,
    participation,
    served,
    slope,
    watched,
)
from domain.outcomes.ips import Days
from domain.outcomes.period import Period
from domain.policy import Totals, told_of
from domain.rules.base import Refused
from domain.rules.period import counted_in
from domain.state.programme import Programme

_NOTES = {
    "ips": Text(
        "Hier telt alleen betaald werk dat voor iedereen openstaat (IPS).",
        "Only paid work that is open to anyone counts here (IPS).",
    ),
    "participation": Text(
        "Tel deze getallen niet bij elkaar op, en niet bij die van IPS:"
        " één mens kan op meer plekken staan. Wie nergens staat, is apart geteld.",
        "Do not add these numbers up, nor to those of IPS: one person may stand in several"
        " places. Who stands nowhere is counted separately.",
    ),
    "once": Text(
        "Hier telt ieder één keer mee, met het eerste dat past. Wie daarnaast taalles volgt,"
        " staat ook bij meedoen.",
        "Here everybody counts once, with the first that fits. Who also takes language lessons"
        " stands under taking part as well.",
    ),
    "income": Text(
        "Uit de uitkering is wat mensen zelf vertelden; het is iets anders dan een baan die begon.",
        "Off benefit is what people told themselves; it is something else than a job that began.",
    ),
    "talks": Text(
        "Twee gesprekken per maand, of wat samen is afgesproken, is een belofte van het team.",
        "Two talks a month, or what was agreed together, is a promise of the team.",
    ),
    "wellbeing": Text(
        "Alleen van wie vroeg om mee te kijken; het gemiddelde van ieders eigen lijn.",
        "Only of those who asked us to watch; the mean of everybody's own line.",
    ),
    "peer_groups": Text(
        "Alle groepen van de organisatie samen. Er staat niet bij wie meedeed.",
        "All groups of the organisation together. Who took part is not told.",
    ),
}
_FEW = Text(
    "Aantallen van 1 tot en met 4 staan er niet bij, en wat die zou verraden ook niet.",
    "Numbers from 1 to 4 are left out, and so is what would give them away.",
)


def outcomes(
    services: Services, asking: Asking, programme: UUID, since: date | None, until: date | None
) -> dict[str, Any]:
    """Count the people of a programme in a period; raises Problem."""
    known, level = _open(services, asking, programme)
    told = _Told(asking, level)
    try:
        period = counted_in(services.today(), since, until, whole=level.whole)
    except Refused as error:
        raise refused(error) from error
    people = served(services.views.outcomes.of(programme), programme, period)
    count = len(people)
    content: dict[str, Any] = {
        "programme": programme,
        "name": known.name,
        "since": period.since,
        "until": period.until,
        "people": told.part(count, count),
        "few": None if level.whole else _FEW.to(asking.language),
    }
    if not level.tells_more_of(count):
        return content
    return content | {
        "ips": _ips(told, people),
        "participation": _participation(told, people),
        "once": _once(told, people),
        "income": _income(told, people),
        "talks": talks(services, asking, people, period, level) | {"note": told.note("talks")},
        "wellbeing": _wellbeing(services, told, people, period.until),
        "experience": _experience(told, people),
        **_peer_groups(services, told, programme, period),
    }


def last_month(services: Services, asking: Asking, programme: UUID) -> dict[str, Any] | None:
    """Say of the last whole month where we held fewer talks than we promised; None without one.

    Raises Problem to who reads no totals of the programme.
    """
    _, level = _open(services, asking, programme)
    until = services.today().replace(day=1) - timedelta(days=1)
    period = Period(until.replace(day=1), until)
    people = served(services.views.outcomes.of(programme), programme, period)
    found = talks(services, asking, people, period, level)
    return {**found["months"][-1], "named": found["missing"]} if found["months"] else None


def _open(services: Services, asking: Asking, stream: UUID) -> tuple[Programme, Totals]:
    """Find a programme of which somebody reads totals; raises Problem."""
    known = founded(services, stream)
    given = level_of(services, asking, stream, known)
    if known.name is None or given is Totals.NONE:
        raise not_found()
    return known, given


@dataclass(frozen=True, slots=True)
class _Told:
    """How numbers are given to one reader."""

    asking: Asking
    level: Totals

    def part(self, count: int, total: int) -> int | None:
        """Give how many of a total."""
        return self.level.part(count, total)

    def share(self, count: int, total: int) -> dict[str, Any]:
        """Give how many of a total, and which part of it that is."""
        given = self.part(count, total)
        return {"people": given, "percent": _percent(given, total)}

    def of(self, value: float | None, known: int) -> float | None:
        """Give a mean or a median of so many."""
        return self.level.of(value, known)

    def note(self, name: str) -> str:
        """Give what is to be known of these numbers."""
        return _NOTES[name].to(self.asking.language)


def _percent(count: int | None, total: int) -> float | None:
    return None if count is None or not total else round(100 * count / total, 1)


def _peer_groups(
    services: Services, told: _Told, programme: UUID, period: Period
) -> dict[str, Any]:
    """Count what there was of peer groups, to whom that is told."""
    if not told_of(told.asking.reader.role, Category.PEER_GROUP):
        return {}
    counts = peer_groups(services, programme, period, told.level)
    return {"peer_groups": {"note": told.note("peer_groups"), **counts}}


def _ips(told: _Told, people: Sequence[Person]) -> dict[str, Any]:
    found, count = ips(people), len(people)
    jobs = found.jobs

    def days(of: Days) -> dict[str, Any]:
        known = count - of.without
        return {"median": told.of(of.median, known), "without": told.part(of.without, count)}

    return {
        "note": told.note("ips"),
        "working": told.share(found.working, count),
        "assumed": told.part(found.assumed, count),
        "needs_judgement": told.part(found.needs_judgement, count),
        "ever": told.share(found.ever, count),
        "job_starts": told.part(found.job_starts, max(found.job_starts, count)),
        "job_ends": told.part(found.job_ends, max(found.job_ends, count)),
        "days_to_first_job": days(found.days_to_first_job),
        "days_to_first_employer_contact": days(found.days_to_first_employer_contact),
        "tenure_days": told.of(found.tenure_days, jobs),
        "tenure_running": told.part(found.tenure_running, jobs),
        "hours_per_week": told.of(found.hours_per_week, jobs - found.hours_unknown),
        "hours_unknown": told.part(found.hours_unknown, jobs),
        "sustained": [
            {
                "weeks": each.weeks,
                "jobs": told.part(each.jobs, each.jobs),
                "lasted": told.part(each.lasted, each.jobs),
                "percent": _percent(told.part(each.lasted, each.jobs), each.jobs),
            }
            for each in found.sustained
        ],
    }


def _participation(told: _Told, people: Sequence[Person]) -> dict[str, Any]:
    found, count = participation(people), len(people)
    return {
        "note": told.note("participation"),
        "rungs": [
            {
                "rung": rung,
                "label": rung.label.to(told.asking.language),
                **told.share(number, count),
            }
            for rung, number in found.rungs.items()
        ],
        "several": told.share(found.several, count),
        "none": told.share(found.none, count),
    }


def _once(told: _Told, people: Sequence[Person]) -> dict[str, Any]:
    found = once(people)
    given = told.level.cells(found)
    return {
        "note": told.note("once"),
        "results": [
            {
                "result": result,
                "label": result.label.to(told.asking.language),
                "people": number,
                "percent": _percent(number, len(people)),
            }
            for result, number in given.items()
        ],
    }


def _income(told: _Told, people: Sequence[Person]) -> dict[str, Any]:
    found, count = income(people), len(people)
    off, part_time = found.off_benefit, found.part_time
    cells = {
        "off": off - found.both,
        "part": part_time - found.both,
        "both": found.both,
        "neither": found.neither,
    }
    open_cells = told.level.cells(cells)

    def share(number: int, *of: str) -> dict[str, Any]:
        given = None if any(open_cells[each] is None for each in of) else number
        return {"people": given, "percent": _percent(given, count)}

    return {
        "note": told.note("income"),
        "off_benefit": share(off, "off", "both"),
        "part_time": share(part_time, "part", "both"),
        "both": share(found.both, "both"),
        "neither": share(found.neither, "neither"),
        "hours_unknown": told.part(found.hours_unknown, count),
    }


def _wellbeing(
    services: Services, told: _Told, people: Sequence[Person], until: date
) -> dict[str, Any]:
    """Give one line of many: nobody allowed anybody to read their own here, so never of a few."""
    mapper = services.log.entry_mapper
    scores = services.views.outcomes.scores(watched(people), until, mapper)
    slopes = [found for own in scores.values() if (found := slope(own)) is not None]
    enough = many(len(slopes))
    return {
        "note": told.note("wellbeing"),
        "people": len(slopes) if enough else None,
        "slope": round(fmean(slopes), 1) if enough else None,
    }


def _experience(told: _Told, people: Sequence[Person]) -> list[dict[str, Any]]:
    """Give how people said it was: totals alone, never per coach, and never of a few."""
    found = []
    for question in Question:
        said = [each.track.said.get(question) for each in people]
        answers = Counter(answer for _, answer in filter(None, said))
        counts = {each.value: answers[each.value] for each in Answer}
        enough = many(sum(counts.values()))
        found.append(
            {
                "question": question,
                "label": question.label.to(told.asking.language),
                "people": sum(counts.values()) if enough else None,
                "answers": masked(counts) if enough else dict.fromkeys(counts),
            }
        )
    return found

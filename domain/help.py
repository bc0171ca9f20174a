"""What is told at once to who says that it is not going well (reference 0.1, setback)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.holidays import DUTCH
from domain.language import Language, Text
from domain.rhythm import answer_due
from domain.roles import Role
from domain.wording import day as worded

# (P), to be checked with each team: when somebody reads.
OPENS, CLOSES = 9, 17
READ_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
"""Who of the team reads a signal that names no reader."""
_MONDAY_TO_FRIDAY = range(5)
_WEEKDAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_AND = Text(" en ", " and ")
_TEAM = Text("je team", "your team")


class Number(NamedTuple):
    """Whom to call, and when."""

    name: Text
    number: str | None
    """None: the one nearby, which we do not know."""
    when: Text


def numbers(gp_post: str | None = None) -> tuple[Number, ...]:
    """Give whom one can always call; the number of the huisartsenpost differs per region."""
    return (
        Number(
            Text("112", "112"),
            "112",
            Text("als er nu gevaar is", "when there is danger now"),
        ),
        Number(
            Text("Huisartsenpost", "Out-of-hours doctor (huisartsenpost)"),
            gp_post,
            Text(
                "'s avonds, 's nachts en in het weekend; overdag je eigen huisarts",
                "in the evening, at night and at weekends; by day your own doctor",
            ),
        ),
        Number(
            Text("113 Zelfmoordpreventie", "113 Suicide Prevention"),
            "0800-0113",
            Text("als je denkt aan doodgaan; dag en nacht, gratis", "when you think of dying"),
        ),
    )


def read_on(moment: datetime, holidays: Container[date] = DUTCH) -> date:
    """Give the day on which somebody reads what is sent at a moment, by the clock of the place."""
    day = moment.date()
    if moment.hour < CLOSES and day.weekday() in _MONDAY_TO_FRIDAY and day not in holidays:
        return day
    return answer_due(day, holidays)


def told(moment: datetime, readers: Sequence[str], holidays: Container[date] = DUTCH) -> Text:
    """Say who reads this and when, when the answer comes, and that nobody reads at night."""
    return Text(
        *(
            _told(moment, list(readers), holidays, language)
            for language in ("nl", "en")  # in the order of Text
        )
    )


def _told(
    moment: datetime, readers: list[str], holidays: Container[date], language: Language
) -> str:
    who = _listed(readers, language) or _TEAM.to(language)
    reads, answers = read_on(moment, holidays), answer_due(moment.date(), holidays)
    when = _when(moment, reads, language)
    by = f"{_WEEKDAYS[language][answers.weekday()]} {worded(answers, language)}"
    if language == "nl":
        read = "lezen" if len(readers) > 1 else "leest"
        return (
            f"{_capital(who)} {read} dit {when}. Je hoort uiterlijk {by} iets van ons. "
            "'s Avonds, 's nachts en in het weekend leest niemand mee."
        )
    read = "read" if len(readers) > 1 else "reads"
    return (
        f"{_capital(who)} {read} this {when}. You hear from us by {by}. "
        "Nobody reads in the evening, at night and at weekends."
    )


def _when(moment: datetime, reads: date, language: Language) -> str:
    if reads == moment.date():
        return {"nl": "vandaag", "en": "today"}[language]
    tomorrow = reads == moment.date() + timedelta(days=1)
    name = _WEEKDAYS[language][reads.weekday()]
    if language == "nl":
        return f"{'morgen' if tomorrow else f'{name} {worded(reads, language)}'}, vanaf {OPENS} uur"
    return f"{'tomorrow' if tomorrow else f'on {name} {worded(reads, language)}'}, from {OPENS}:00"


def _listed(names: list[str], language: Language) -> str:
    *others, last = names or [""]
    return f"{', '.join(others)}{_AND.to(language)}{last}" if others else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What templates say things by: days, amounts, names, and what the domain has a word for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from api.web.dialling import dialled
from api.web.texts import N_, gettext, ngettext, speaks_to_client, spoken
from domain.language import Choice, Text, capital
from domain.wording import amount as worded_amount
from domain.wording import day as worded_day
from domain.wording import month as worded_month
from domain.wording import short_month as worded_short_month
from domain.wording import weekday as worded_weekday
from eventlog.handler import HOME

_MARKS = re.compile(r"<(title|textarea|option)\b.*?</\1>|<[^>]*>|[\u2066\u2068\u2069]", re.DOTALL)
"""Where something may be set apart in a page, and where nothing can be named."""
SHORT = {
    "UWV": N_("the office for benefits and work"),
    "WW": N_("benefit after losing a job"),
    "WIA": N_("benefit during a long illness"),
    "WAO": N_("benefit during a long illness, from before 2006"),
    "IOAW": N_("benefit for older people without a job"),
}
"""Names that are abbreviations, and what they stand for."""
_ABBREVIATED = re.compile(rf"\b({'|'.join(SHORT)})\b(?! \()")


def day(value: date | datetime) -> str:
    """Write a day as people say it."""
    if isinstance(value, datetime):
        value = value.astimezone(HOME).date()
    return worded_day(value, spoken().code)


def weekday(value: date) -> str:
    """Write a day by which people plan."""
    return worded_weekday(value, spoken().code)


def month(value: date | str) -> str:
    """Write a month as people say it; also one given as 2026-03."""
    return worded_month(_month(value), spoken().code)


def short_month(value: date | str) -> str:
    """Write a month where there is little room."""
    return worded_short_month(_month(value), spoken().code)


def _month(value: date | str) -> date:
    return date.fromisoformat(f"{value}-01") if isinstance(value, str) else value


def moment(value: datetime) -> str:
    """Write a day with the hour, as people say it."""
    return f"{day(value)}, {value.astimezone(HOME):%H:%M}"


def ago(days: int | None) -> str:
    """Say how long ago somebody was spoken to."""
    if days is None:
        return gettext("not spoken yet")
    near = {0: N_("today"), 1: N_("yesterday")}.get(days)
    if near:
        return gettext(near)
    return ngettext("%(num)s day ago", "%(num)s days ago", days) % {"num": days}


def said(what: Text | Choice) -> str:
    """Give what the domain says: a text, or what is chosen as its reader is told of it."""
    if isinstance(what, Choice):
        what = what.to_client if speaks_to_client() else what.label
    return what.to(spoken().code)


def explained(said: str) -> str:
    """Say what an abbreviation stands for, where it is not said beside it."""
    whole = Markup("{}").format(said)
    return Markup(_ABBREVIATED.sub(_meaning, whole))  # noqa: S704 - of what was escaped


def _meaning(found: re.Match[str]) -> str:
    return Markup('<abbr title="{}">{}</abbr>').format(gettext(SHORT[found[0]]), found[0])


def capitalised(text: str) -> str:
    """Begin it with a capital."""
    return capital(text, spoken().code)


def marked(html: str) -> str:
    """Name the language of Dutch that stands among another, so that it is read out right.

    Inside a tag, a title or an option nothing can be named: there the marks keep its direction.
    """
    dutch: list[bool] = []

    def told(found: re.Match[str]) -> str:
        match found[0]:
            case "\u2066":
                dutch.append(True)
                return '<span lang="nl" dir="ltr">'
            case "\u2068":
                dutch.append(False)
            case "\u2069":
                return "</span>" if dutch and dutch.pop() else found[0]
            case tag:
                open_ = sum(dutch)
                dutch.clear()
                return "</span>" * open_ + tag
        return found[0]

    return _MARKS.sub(told, html)


def amount(number: float) -> str:
    """Write a number as people write it here."""
    return worded_amount(number, spoken().code)


def initials(name: str) -> str:
    """Give the first letters of a name, for its circle."""
    words = [word for word in name.replace("'t ", "").split() if word[:1].isalpha()]
    letters = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in letters).upper() or "·"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "initials": initials,
    "day": day,
    "weekday": weekday,
    "moment": moment,
    "month": month,
    "short_month": short_month,
    "ago": ago,
    "said": said,
    "amount": amount,
    "explained": explained,
    "capital": capitalised,
    "dialled": dialled,
}
"""By the names that templates know them by."""

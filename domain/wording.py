"""Words an entry in the reader's language, from its sentence and the fields they may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any, NamedTuple, get_args
from zoneinfo import ZoneInfo

from domain.events import BY_TYPE
from domain.language import Choice, ClientWord, Language, Text, capital, client_word, spoken

HOME = ZoneInfo("Europe/Amsterdam")
"""Where a day begins and ends for the people of this service."""
_MONTHS: Mapping[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",  # noqa: RUF001
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
}
_ALONE: Mapping[Language, str] = {
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad"
    " grudzień",
}
"""Months without a day before them, where they are called otherwise then."""
_SHORT: Mapping[Language, str] = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "ar": _MONTHS["ar"],
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
}
_WEEKDAYS: Mapping[Language, Sequence[str]] = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "tr": ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"],  # noqa: RUF001
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "pl": ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
}
_AND = Text("{others} en {last}", "{others} and {last}")
_AT = Text("{day} om {time} uur", "{day} at {time}")
_YES, _NO = Text("ja", "yes"), Text("nee", "no")
_HOLE = re.compile(r"\{(\w+)\}")
_PARTS = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")


class _Part(NamedTuple):
    optional: bool
    pieces: tuple[str, ...]  # text, field, text, field, ..., text


def listed(names: Sequence[str], language: Language) -> str:
    """Word some names as people say them: 'Ria, Bas en Daan'."""
    *others, last = names or [""]
    return _AND.to(language).format(others=", ".join(others), last=last) if others else last


def day(value: str | date, language: Language) -> str:
    """Write a date as people say it: '3 maart 2026'."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def weekday(value: date, language: Language) -> str:
    """Write a date by which somebody plans: 'dinsdag 3 maart 2026'."""
    return f"{_WEEKDAYS[language][value.weekday()]} {day(value, language)}"


def month(value: date, language: Language) -> str:
    """Write a month as people say it: 'maart 2026'."""
    return f"{_ALONE.get(language, _MONTHS[language]).split()[value.month - 1]} {value.year}"


def short_month(value: date, language: Language) -> str:
    """Write a month where there is little room: 'mrt'."""
    return _SHORT[language].split()[value.month - 1]


def amount(value: float, language: Language) -> str:
    """Write a number as people write it."""
    return figure(f"{value:g}", language)


def moment(value: str, language: Language) -> str:
    """Write a moment as people say it: '3 maart 2026 om 14:05 uur'."""
    at = datetime.fromisoformat(value).astimezone(HOME)
    return _AT.to(language).format(day=day(at, language), time=f"{at:%H:%M}")


def dated(value: str | date) -> Text:
    """Give a day to stand in a text."""
    return spoken(partial(day, value))


def figure(value: str, language: Language) -> str:
    """Write a number with the sign that a language has before its decimals."""
    return value if language in {"en", "ar"} else value.replace(".", ",")


def _clock(value: str, language: Language) -> str:
    """Write a time of the day as the clock says it: '14:05'."""
    del language
    return value[:5]


_SAID: Mapping[type, Callable[[str, Language], str]] = {
    date: day,
    datetime: moment,
    time: _clock,
}


def word(
    kind: str,
    fields: Mapping[str, Any],
    language: Language,
    names: Mapping[str, str],
    *,
    to_client: bool = False,
) -> str:
    """Word one entry, to the client or to others.

    `fields` holds the visible fields as stored (JSON values), `names` what to call the ids in
    them. A part in brackets goes when a field in it is absent; an absent field elsewhere leaves
    an ellipsis, so that a reader with fewer rights never gets an error.
    """
    said: list[str] = []
    for part in _parts(kind, language, client_word(), to_client):
        filled = [
            piece
            if at % 2 == 0
            else worded(kind, piece, fields.get(piece), language, names, to_client=to_client)
            for at, piece in enumerate(part.pieces)
        ]
        if part.optional and not all(filled[1::2]):
            continue
        said.extend(piece or ("…" if at % 2 else "") for at, piece in enumerate(filled))
    return capital("".join(said), language)  # also where it begins with "cliënt"


@cache
def _parts(
    kind: str,
    language: Language,
    called: ClientWord,
    to_client: bool,  # noqa: FBT001 - what is remembered is found by it
) -> tuple[_Part, ...]:
    del called  # it is in the sentence, and so in what is remembered
    sentence = BY_TYPE[kind].sentence(to_client=to_client).to(language)
    return tuple(
        _Part(found[1] is not None, tuple(_HOLE.split(found[1] or found[2])))
        for found in _PARTS.finditer(sentence)
    )


def worded(  # noqa: PLR0913 - a value, and to whom it is said
    kind: str,
    field: str,
    value: object,
    language: Language,
    names: Mapping[str, str],
    *,
    to_client: bool = False,
) -> str:
    """Word the value of one field of an entry; '' for what is not there."""
    if value is None or value in ([], ""):
        return ""
    if isinstance(value, list):
        return ", ".join(
            worded(kind, field, each, language, names, to_client=to_client) for each in value
        )
    if isinstance(value, bool):
        return (_YES if value else _NO).to(language)
    if isinstance(value, int | float):
        return amount(value, language)
    text = str(value)
    choices = labels(kind, to_client=to_client).get(field)
    if choices is not None and text in choices:
        return choices[text].to(language)
    said = next((how for what, how in _SAID.items() if field in _of_type(kind, what)), None)
    return names.get(text, text) if said is None else said(text, language)


@cache
def labels(kind: str, *, to_client: bool = False) -> dict[str, dict[str, Text]]:
    """Name, per field that is a choice, the label of each value: {field: {value: Text}}."""
    return {
        name: {m.value: m.to_client if to_client else m.label for m in choice}
        for name, field in BY_TYPE[kind].model_fields.items()
        if (choice := _choice(field.annotation)) is not None
    }


@cache
def _of_type(kind: str, wanted: type) -> frozenset[str]:
    """Name the fields that are dates, or moments, by their type: not all of them end in _on."""
    fields = BY_TYPE[kind].model_fields
    return frozenset(
        name
        for name, field in fields.items()
        if wanted in {field.annotation, *get_args(field.annotation)}
    )


def _choice(annotation: object) -> type[Choice] | None:
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        return annotation
    return next((found for each in get_args(annotation) if (found := _choice(each))), None)

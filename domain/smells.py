"""Words that smell of control (reference 6.3), said to the writer alone before saving."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.language import Text


class _Smell(NamedTuple):
    words: tuple[str, ...]
    """An asterisk stands for the rest of a word."""
    instead: Text


SMELLS: tuple[_Smell, ...] = (
    _Smell(
        (
            *("niet meegewerkt", "werkt niet mee", "werkte niet mee", "medewerking weiger*"),
            *("weigert medewerking", "weigerde medewerking", "onwillig*", "weerstand"),
            *("not cooperat*", "did not cooperate", "does not cooperate", "uncooperative"),
            *("refused to cooperate", "refuses to cooperate", "non-compliant", "noncompliant"),
        ),
        Text(
            "U schrijft “{found}”. Wat wilde de cliënt zelf, en wat hebben wij gedaan of gelaten?",
            "You write “{found}”. What did the client want, and what did we do or not do?",
        ),
    ),
    _Smell(
        (
            *("afspraak niet nagekomen", "afspraken niet nagekomen", "niet verschenen"),
            *("komt afspraken niet na", "kwam de afspraak niet na", "niet komen opdagen"),
            *("kwam niet opdagen", "no-show", "no show", "did not show up", "did not turn up"),
            *("missed the appointment", "missed appointments", "failed to attend"),
            "did not keep the appointment",
        ),
        Text(
            "U schrijft “{found}”. Wie beloofde wat, en hoe kunnen wij het makkelijker maken om "
            "elkaar te zien?",
            "You write “{found}”. Who promised what, and how can we make it easier to meet?",
        ),
    ),
    _Smell(
        (
            *("niet gemotiveerd", "ongemotiveerd", "geen motivatie", "gebrek aan motivatie"),
            *("unmotivated", "not motivated", "lack of motivation", "lacks motivation"),
        ),
        Text(
            "U schrijft “{found}”. Wat zou de cliënt wel willen? Dat helpt wie dit later leest.",
            "You write “{found}”. What would the client like? That helps whoever reads this later.",
        ),
    ),
    _Smell(
        (
            *("sanctie*", "maatregel opleggen", "maatregel opgelegd", "korting op de uitkering"),
            *("gekort op de uitkering", "verwijtbaar", "sanction*", "benefit cut", "penalised"),
        ),
        Text(
            "U schrijft “{found}”. Dit dossier is er niet voor straf of toezicht; wat is hier "
            "nodig?",
            "You write “{found}”. This file is not for punishment or control; what is needed here?",
        ),
    ),
    _Smell(
        (
            *("nog niet klaar voor werk", "niet werkfit", "niet bemiddelbaar", "niet toe aan werk"),
            *("not ready for work", "not job ready", "not job-ready", "unemployable"),
        ),
        Text(
            "U schrijft “{found}”. Wie wil werken, mag beginnen; wat is er nodig om dat te kunnen?",
            "You write “{found}”. Whoever wants to work may begin; what would make that possible?",
        ),
    ),
)
"""(P) Own lists, to be checked by a domain expert: signs to think again, never a verdict."""


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    found = "|".join(map(re.escape, words)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


_FOUND = tuple((_pattern(smell.words), smell.instead) for smell in SMELLS)


def smells(text: str) -> list[Text]:
    """Give a question for the writer about each kind of control that these words smell of."""
    return [
        Text(*(each.format(found=" ".join(found[0].split())) for each in instead))
        for pattern, instead in _FOUND
        if (found := pattern.search(text))
    ]

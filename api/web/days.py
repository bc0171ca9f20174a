"""Lays entries out for a page: by day, with an icon, and with their words in a sensible order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from api.reading.appointments import PLANNED
from api.reading.working import of_work, over
from api.web.texts import N_
from domain.events import BY_TYPE
from domain.events.placement import HoursChanged
from eventlog.handler import HOME

_LATER = timedelta(days=1)
_ICONS = {"work": "briefcase", "care": "heart-pulse", "network": "users", "self": "user-round"}
_OF_TYPE = {
    "trust": "handshake",
    "dissent": "message-circle",
    "setback": "footprints",
    "recovery": "sun",
    "wellbeing": "sun",
    "job": "sparkles",
    "trial": "sparkles",
    "milestone": "sparkles",
    "tryout": "sparkles",
    "appointment": "calendar-check",
    "permission": "shield-check",
    "disclosure": "shield-check",
    "emergency": "shield-check",
}
_PLAIN = ("what", "text", "words", "reason", "about")
_LED = {
    "question": N_("The question"),
    "client_want": N_("Own wish"),
    "choice": N_("The choice"),
    "rationale": N_("Why"),
    "desired_effect": N_("Desired effect"),
    "signs": N_("What shows it"),
    "helps": N_("What helps then"),
    "plan": N_("The plan"),
    "safety_net": N_("If it goes otherwise"),
    "if_otherwise": N_("If it goes otherwise"),
    "risk_accepted": N_("Risk we take together"),
    "legal_check": N_("Looked up in the law"),
    "formal_decision_ref": N_("Formal decision"),
    "consequences_short": N_("Consequence, short term"),
    "consequences_long": N_("Consequence, long term"),
    "wording": N_("Agreed words"),
    "would_help": N_("What would help"),
    "agreed_help": N_("Help agreed"),
    "help_given": N_("What we did"),
    "lessons": N_("Learned"),
    "learned": N_("Learned"),
    "experience": N_("Experience"),
    "strengths": N_("Strengths"),
    "circumstances": N_("To reckon with"),
    "goals": N_("What it is about"),
    "steps": N_("Steps"),
    "ask_for": N_("Whom to ask for"),
    "in_confidence": N_("Told in confidence"),
    "talk": N_("The talk about it"),
    "wants_to_know": N_("To find out"),
    "verdict": N_("What it was like"),
}
"""Words that have a heading, in the order in which they are read."""
_STANDS = {
    "worry": "footprints",
    "work": "briefcase",
    "pause": "sun",
    "door": "sun",
    "peace": "sun",
    "cover": "users",
    "rhythm": "calendar-check",
    "search_plan": "calendar-check",
    "decision": "handshake",
    "wish": "sparkles",
    "preferences": "sparkles",
    "profile": "sparkles",
}
"""What stands now and how it is drawn, the most telling first."""
_ORDER = tuple(_STANDS)
_OF_WORK = {HoursChanged, *PLANNED}
"""What tells of work how it is now, beside that it began."""


class Told(NamedTuple):
    """An entry as the timeline shows it."""

    entry: Mapping[str, Any]
    icon: str
    plain: tuple[str, ...]
    led: tuple[tuple[str, str], ...]
    """Words that have a heading: that, yet to translate, and the words."""
    later: bool
    """Recorded more than a day after it happened."""
    key: bool
    """A choice made on trust stands out."""


def told(
    entries: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]] = ()
) -> list[tuple[date, list[Told]]]:
    """Group entries by the day they happened on.

    `now` is what stands: an entry that an action was done says by it what the action was.
    """
    actions = {
        each["fields"]["action"]: each["text"]["what"] for each in now if "what" in each["text"]
    }
    return [
        (day, [_told(each, actions.get(each["fields"].get("action"))) for each in found])
        for day, found in groupby(entries, key=itemgetter("occurred_on"))
    ]


class Standing(NamedTuple):
    """An entry that says how it is now."""

    entry: Mapping[str, Any]
    icon: str


def standing(entries: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """Choose what belongs in the block that says how it is now, the most telling first."""
    slots, gone = {each["slot"] for each in entries}, over(entries)
    found = [
        each for each in entries if _tells(each["slot"], slots, each) and not of_work(each, gone)
    ]
    latest = sorted(found, key=itemgetter("occurred_on"), reverse=True)
    ordered = sorted(latest, key=lambda each: _ORDER.index(_first(each["slot"])))
    return [Standing(each, _STANDS[_first(each["slot"])]) for each in ordered]


def _first(slot: str) -> str:
    return slot.partition("/")[0]


def _tells(slot: str, slots: set[str], entry: Mapping[str, Any]) -> bool:
    """Leave out what belongs to something else, and a choice that was looked back on."""
    first, _, rest = slot.partition("/")
    if first not in _STANDS or f"{slot}/review" in slots:
        return False
    return "/" not in rest or BY_TYPE[entry["type"]] in _OF_WORK


def _told(entry: Mapping[str, Any], action: str | None) -> Told:
    text: Mapping[str, Any] = ({} if action is None else {"what": action}) | entry["text"]
    first = entry["type"].partition(".")[0]
    recorded: date = entry["recorded_at"].astimezone(HOME).date()
    occurred: date = entry["occurred_on"]
    return Told(
        entry,
        _OF_TYPE.get(first, _ICONS[entry["lane"]]),
        tuple(_words(text, _PLAIN)),
        tuple(
            (heading, value)
            for name, heading in _LED.items()
            if isinstance(value := text.get(name), str)
        ),
        recorded - occurred > _LATER and not entry["imported"],
        first == "trust",
    )


def _words(text: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = text.get(name)
        if isinstance(value, str):
            yield value

"""Lays entries out for a page: by day, with an icon, and with their words in a sensible order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

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
    "permission": "shield-check",
    "disclosure": "shield-check",
}
_PLAIN = ("text", "words", "reason")
_LED = (
    "question",
    "client_want",
    "choice",
    "rationale",
    "desired_effect",
    "safety_net",
    "consequences_short",
    "consequences_long",
    "wording",
    "would_help",
    "agreed_help",
    "help_given",
    "lessons",
    "learned",
)
_STANDS = (
    "work",
    "pause",
    "door",
    "peace",
    "rhythm",
    "worry",
    "decision",
    "wish",
    "network",
    "permission",
    "disclosure",
)


class Told(NamedTuple):
    """An entry as the timeline shows it."""

    entry: Mapping[str, Any]
    icon: str
    plain: tuple[str, ...]
    led: tuple[tuple[str, str], ...]
    """Words that have a heading: its key in the catalogue, and the words."""
    later: bool
    """Recorded more than a day after it happened."""
    key: bool
    """A choice made on trust stands out."""


def told(entries: Sequence[Mapping[str, Any]]) -> list[tuple[date, list[Told]]]:
    """Group entries by the day they happened on."""
    return [
        (day, [_told(each) for each in found])
        for day, found in groupby(entries, key=itemgetter("occurred_on"))
    ]


def standing(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Choose what belongs in the block that says how it is now, the most telling first."""
    found = [each for each in entries if _rank(each) < len(_STANDS)]
    latest = sorted(found, key=itemgetter("occurred_on"), reverse=True)
    return sorted(latest, key=_rank)


def _rank(entry: Mapping[str, Any]) -> int:
    slot: str = entry["slot"]
    first, _, rest = slot.partition("/")
    if first not in _STANDS or (first in {"decision", "network", "worry"} and "/" in rest):
        return len(_STANDS)
    return _STANDS.index(first)


def _told(entry: Mapping[str, Any]) -> Told:
    text: Mapping[str, Any] = entry["text"]
    first = entry["type"].partition(".")[0]
    recorded: date = entry["recorded_at"].astimezone(HOME).date()
    occurred: date = entry["occurred_on"]
    return Told(
        entry,
        _OF_TYPE.get(first, _ICONS[entry["lane"]]),
        tuple(_words(text, _PLAIN)),
        tuple((f"f_{name}", value) for name in _LED if isinstance(value := text.get(name), str)),
        recorded - occurred > _LATER and not entry["imported"],
        first == "trust",
    )


def _words(text: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = text.get(name)
        if isinstance(value, str):
            yield value

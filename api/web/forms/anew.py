"""Asks of an entry how it should read: its own fields, filled in, and what was not right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from api.web.forms.fields import Field, Shown, Typed, fields_of
from api.web.forms.form import Form, label
from api.web.texts import N_
from domain.events import BY_TYPE
from domain.events.base import Event
from domain.language import Language
from domain.rules.corrections import CorrectEntry
from domain.wording import worded

WHY = "why"
"""What was wrong; not `reason`, which some entries have themselves."""
_FIXED = frozenset({"by"})
"""Who said it is not said anew."""


class Change(NamedTuple):
    """What of an entry was put right: an id in the catalogue, and how it read before and after."""

    label: str
    before: str
    after: str


def anew(event: type[Event], sees: Collection[str]) -> Form:
    """Make the form: what its reader sees of it, and what was wrong."""
    why = fields_of(CorrectEntry)["reason"].but(
        name=WHY, shown=Shown.LINE, label=N_("What was not right?")
    )
    asks = tuple(each for each in asked_of(event) if each.name in sees)
    return Form(
        "verbeter", CorrectEntry, (*asks, why), icon="pencil", save=N_("Save how it should read")
    )


@cache
def asked_of(event: type[Event]) -> tuple[Field, ...]:
    """Give what can be asked anew of an entry: not what it is about, nor who said it."""
    return tuple(
        each
        for each in fields_of(event).values()
        if each.shown is not Shown.PICK and each.name not in _FIXED
    )


@cache
def several() -> frozenset[str]:
    """Name the fields of any entry of which several values can be sent."""
    ticks = (field for each in BY_TYPE.values() for field in asked_of(each))
    return frozenset(field.name for field in ticks if field.shown is Shown.TICKS)


def filled_in(form: Form, fields: Mapping[str, Any]) -> Typed:
    """Give what stands in an entry as somebody would have typed it; what is not there is empty."""
    return {each.name: _typed(each, fields.get(each.name)) for each in form.asks}


def answered(form: Form, typed: Typed) -> frozenset[str]:
    """Name what was asked anew and came back: of what did not come, nothing changes.

    Where nothing is ticked, nothing comes.
    """
    return frozenset(
        each.name for each in form.asks if each.name in typed or each.shown is Shown.TICKS
    )


def changes(
    event: type[Event], before: Mapping[str, Any], after: Mapping[str, Any], language: Language
) -> Iterator[Change]:
    """Say what was put right between two entries as their reader is given them."""
    old, new = ({**each["fields"], **each["text"]} for each in (before, after))
    for each in asked_of(event):
        was, reads = old.get(each.name), new.get(each.name)
        if was != reads:
            yield Change(
                label(each),
                *(
                    "" if value is None else worded(event.TYPE, each.name, value, language, {})
                    for value in (was, reads)
                ),
            )


def _typed(field: Field, value: object) -> str:
    if value is None:
        return ""
    if field.shown is Shown.YES_NO:
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)

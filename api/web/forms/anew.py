"""Asks of an entry how it should read: its own fields, filled in, and what was not right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from api.web.forms.fields import Field, Shown, Typed, fields_of, sent_rows, typed_as
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
    return {
        name: text
        for each in form.asks
        for name, text in typed_as(each, fields.get(each.name)).items()
    }


def answered(form: Form, typed: Typed) -> frozenset[str]:
    """Name what was asked anew and came back: of what did not come, nothing changes.

    Where nothing is ticked, nothing comes.
    """
    return frozenset(
        each.name
        for each in form.asks
        if each.name in typed or each.shown is Shown.TICKS or sent_rows(each.name, typed)
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
                *(_said(event, each, value, language) for value in (was, reads)),
            )


def _said(event: type[Event], field: Field, held: Any, language: Language) -> str:
    """Word what stood in a field; of rows, what was asked in each."""
    if field.shown is not Shown.ROWS:
        return "" if held is None else worded(event.TYPE, field.name, held, language, {})
    labels = {e.value: e.label.to(language) for part in field.parts for e in part.offers}
    asked = [each.name for each in field.parts if each.shown is not Shown.PICK]
    rows = ([row[name] for name in asked if name in row] for row in held or ())
    return "; ".join(", ".join(labels.get(each, each) for each in row) for row in rows)

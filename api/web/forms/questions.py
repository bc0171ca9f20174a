"""Lays a form out for a page: each question with what stands in it, what to pick, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.web.forms.fields import WORDS, Field, Shown, Typed, filled_rows, sent_rows
from api.web.forms.form import LATE, Form, label
from api.web.forms.labels import ROWS
from api.web.forms.picks import Option
from domain.language import Text

_NAMING = frozenset({"employer", "family_name"})
"""After these comes what a form asks in addition."""
_FEW, _LONG = 4, 40
_ROWS = 3
"""So many rows are there to fill in at least, where they are typed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a question that is asked several times."""

    tick: str
    """The name of the input by which it is ticked; '' where it is typed."""
    title: str
    value: str
    ticked: bool
    kept: Mapping[str, str]
    """What goes along unasked, by the name of its input."""
    asks: Sequence[Question]


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page asks it."""

    field: Field
    label: str
    """An id in the catalogue."""
    value: str
    wrong: Text | None
    options: Sequence[Option] = ()
    kept: bool = False
    """It came with the address and is not asked again."""
    rows: Sequence[Row] = ()
    filled: bool = False
    """Something was filled in."""

    @property
    def spread(self) -> bool:
        """A few whole sentences to pick from are read side by side: a list would cut them off.

        An employer can be typed instead, and stays in a list.
        """
        long = any(len(each.label) > _LONG for each in self.options)
        few = self.field.required and len(self.options) <= _FEW
        return long and few and self.field.name != "employer"

    @property
    def empty(self) -> bool:
        """There is nothing to pick, and nothing has to be."""
        nothing = not self.options and not self.value and self.wrong is None
        return self.field.shown is Shown.PICK and nothing and not self.field.required

    @property
    def marks(self) -> dict[str, str | None]:
        """Give the attributes by which a screen reader knows that it is asked, or is not right."""
        bad = self.wrong is not None
        return {
            "aria-required": "true" if self.field.required else None,
            "aria-invalid": "true" if bad else None,
            "aria-describedby": f"wrong-{self.field.name}" if bad else None,
        }

    @property
    def values(self) -> frozenset[str]:
        """What stands in it, when there can be several."""
        return frozenset(self.value.splitlines())


@dataclass(frozen=True, slots=True)
class Asked:
    """A form as the page shows it."""

    first: list[Question]
    more: list[Question]
    unfold: bool
    """Something behind "more" needs attention, or was filled in."""
    other: Mapping[str, Text]
    """What is wrong that belongs to no question on the page."""

    @property
    def worth_keeping(self) -> bool:
        """There is something to write, which may take longer than one sitting."""
        return any(each.field.shown in WORDS for each in self.first)

    @property
    def wrong(self) -> list[Question]:
        """The questions that need attention, in their order."""
        return [each for each in (*self.first, *self.more) if each.wrong is not None]


def lay_out(
    form: Form,
    typed: Typed,
    wrong: Mapping[str, Text],
    options: Mapping[str, Sequence[Option]],
    today: date,
) -> Asked:
    """Lay out a form with what was typed, or with what it begins with."""
    made = {
        each.name: _question(each, typed, wrong, options.get(each.name, ()), today)
        for each in form.fields
        if each.name != LATE or LATE in wrong or typed.get(LATE)
    }
    for name in [name for name, each in made.items() if each.empty]:
        del made[name]
    first = [made[each.name] for each in form.asks if each.name in made]
    _beside(first, [made[name] for name in form.extra])
    more = [made[each.name] for each in form.more if each.name in made]
    unfold = any(each.wrong is not None or each.filled for each in more)
    other = {name: said for name, said in wrong.items() if name not in made}
    return Asked(first, more, unfold, other)


def _beside(first: list[Question], extra: list[Question]) -> None:
    """Put what is asked in addition right after the employer or a name, or at the beginning."""
    after = [at for at, each in enumerate(first, 1) if each.field.name in _NAMING]
    at = max(after, default=0)
    first[at:at] = extra


def _question(
    field: Field,
    typed: Typed,
    wrong: Mapping[str, Text],
    options: Sequence[Option],
    today: date,
) -> Question:
    bad = wrong.get(field.name)
    if field.shown is Shown.ROWS:
        rows = _picked(field, typed, options) if field.ticked else _typed(field, typed)
        return Question(
            field, label(field), "", bad, rows=list(rows), filled=bool(filled_rows(field, typed))
        )
    value = typed.get(field.name, _begins_with(field, options, today))
    kept = field.shown is Shown.PICK and bool(value) and not options
    filled = bool(typed.get(field.name))
    return Question(field, label(field), value, bad, options, kept, filled=filled)


def _typed(field: Field, typed: Typed) -> Iterator[Row]:
    """Give the rows that were filled in, and as many as there are to fill in at least."""
    rows = filled_rows(field, typed)
    free = (name for name in map(str, range(_ROWS)) if name not in rows)
    for name in [*rows, *free][: max(_ROWS, len(rows))]:
        yield _row(field, name, rows.get(name, {}))


def _picked(field: Field, typed: Typed, options: Sequence[Option]) -> Iterator[Row]:
    """Give whom one can tick, and in a row of their own who was there and is not among them."""
    rows, there = sent_rows(field.name, typed), filled_rows(field, typed)
    by_person = {row.get("person"): name for name, row in rows.items()}
    for each in options:
        role, _, person = each.value.partition("/")
        name = by_person.get(person, person)
        known = {**rows.get(name, {}), field.ticked: role, "person": person}
        yield _row(field, name, known, each.label, ticked=name in there)
        there.pop(name, None)
    for name, row in there.items():
        yield _row(field, name, row)


def _row(field: Field, name: str, known: Typed, title: str = "", *, ticked: bool = False) -> Row:
    """Lay out one row; who is not among those who can be ticked is chosen by the part itself."""
    asked = [each for each in field.parts if each.name == field.ticked and not title]
    asked += field.in_row
    called = f"{field.name}.{name}"
    asks = [
        Question(
            each.but(
                name=f"{called}.{each.name}",
                shown=Shown.CHOICE if each.shown is Shown.TILES else each.shown,
                label=ROWS[field.name, each.name],
            ),
            ROWS[field.name, each.name],
            known.get(each.name, _first_in_row(each)),
            None,
        )
        for each in asked
    ]
    unasked = {each.name for each in field.parts}.difference(e.name for e in asked)
    kept = {f"{called}.{part}": known[part] for part in unasked if known.get(part)}
    if title:
        kept.pop(tick := f"{called}.{field.ticked}")
    return Row(tick if title else "", title, known.get(field.ticked, ""), ticked, kept, asks)


def _first_in_row(field: Field) -> str:
    """Begin a choice that has to be made with the first that is offered: a tick is enough."""
    return field.offers[0].value if field.required and field.offers else field.first


def _begins_with(field: Field, options: Sequence[Option], today: date) -> str:
    if field.name in {"occurred_on", "starts_on"}:
        return today.isoformat()
    if field.required and len(options) == 1:
        return options[0].value
    return field.first

"""Words what is wrong with a field, in both languages and without quoting what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from api.bodies import plain
from api.problems import INVALID, FieldProblem, Problem, at_field
from domain.language import Choice, Text, spoken, verbatim
from domain.rules.base import Unfit

MOST = 20
"""Problems named in one answer."""

MISSING = Text("Dit ontbreekt.", "This is missing.")
_TEXTS: Mapping[str, Text] = {
    "missing": MISSING,
    "extra_forbidden": Text("Dit veld bestaat hier niet.", "There is no such field here."),
    "string_type": Text("Moet tekst zijn.", "Should be text."),
    "string_too_short": Text("Mag niet leeg zijn.", "Should not be empty."),
    "string_too_long": Text("Hoogstens {max_length} tekens.", "At most {max_length} characters."),
    "int_type": Text("Moet een geheel getal zijn.", "Should be a whole number."),
    "int_from_float": Text("Moet een geheel getal zijn.", "Should be a whole number."),
    "float_type": Text("Moet een getal zijn.", "Should be a number."),
    "finite_number": Text("Moet een gewoon getal zijn.", "Should be an ordinary number."),
    "bool_type": Text("Moet true of false zijn.", "Should be true or false."),
    "uuid_type": Text("Moet een id (UUID) zijn.", "Should be an id (UUID)."),
    "uuid_parsing": Text("Moet een id (UUID) zijn.", "Should be an id (UUID)."),
    "date_type": Text("Moet een datum zijn: 2026-03-31.", "Should be a date: 2026-03-31."),
    "date_parsing": Text("Moet een datum zijn: 2026-03-31.", "Should be a date: 2026-03-31."),
    "date_from_datetime_parsing": Text(
        "Moet een datum zijn die bestaat: 2026-03-31.", "Should be a date that exists: 2026-03-31."
    ),
    "datetime_parsing": Text(
        "Moet een tijdstip zijn: 2026-03-31T12:00:00+02:00.",
        "Should be a moment: 2026-03-31T12:00:00+02:00.",
    ),
    "timezone_aware": Text(
        "Zet de tijdzone erbij: 2026-03-31T12:00:00+02:00.",
        "Add the time zone: 2026-03-31T12:00:00+02:00.",
    ),
    "greater_than_equal": Text("Minstens {ge}.", "At least {ge}."),
    "greater_than": Text("Groter dan {gt}.", "Greater than {gt}."),
    "less_than_equal": Text("Hoogstens {le}.", "At most {le}."),
    "less_than": Text("Kleiner dan {lt}.", "Less than {lt}."),
    "multiple_of": Text("Een veelvoud van {multiple_of}.", "A multiple of {multiple_of}."),
    "enum": Text("Kies een van: {expected}.", "Choose one of: {expected}."),
    "literal_error": Text("Kies een van: {expected}.", "Choose one of: {expected}."),
    "tuple_type": Text("Moet een lijst zijn.", "Should be a list."),
    "list_type": Text("Moet een lijst zijn.", "Should be a list."),
    "too_short": Text("Minstens {min_length} in de lijst.", "At least {min_length} in the list."),
    "too_long": Text("Hoogstens {max_length} in de lijst.", "At most {max_length} in the list."),
    "dict_type": Text("Moet een object zijn.", "Should be an object."),
    "model_type": Text("Moet een object zijn.", "Should be an object."),
}
_OUR_OWN = {
    "contains characters that cannot be stored": Text(
        "Bevat tekens die niet bewaard kunnen worden.",
        "Contains characters that cannot be stored.",
    ),
    "should be between 1900 and 2200": Text(
        "Moet tussen 1900 en 2200 liggen.", "Should be between 1900 and 2200."
    ),
}
_VALUE = re.compile(r"'([^']*)'")
_OR = Text("{others} of {last}", "{others} or {last}")
_ELSE = Text("Dit klopt nog niet.", "This is not right yet.")


def complaint(error: ValidationError) -> Problem:
    """Turn what pydantic found into a problem."""
    return worded(error.errors(include_url=False, include_input=False))


def worded(found: Iterable[Mapping[str, Any]], *, skip: int = 0) -> Problem:
    """Word errors as pydantic lists them; `skip` leaves the first names of their places out."""
    errors = [FieldProblem(_place(each["loc"][skip:]), _text(each)) for each in list(found)[:MOST]]
    first = errors[0]
    return Problem(INVALID, at_field(*first), errors)


def _place(location: Iterable[str | int]) -> str:
    return ".".join(plain(str(step)) for step in location)


def _text(error: Mapping[str, Any]) -> Text:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        cause = context.get("error")
        return cause.text if isinstance(cause, Unfit) else _OUR_OWN.get(str(cause), _ELSE)
    text = _TEXTS.get(error["type"], _ELSE)
    bounds: dict[str, str | Text] = {name: str(value) for name, value in context.items()}
    if "expected" in bounds:
        bounds["expected"] = _choices(str(context["expected"]))
    try:
        return text.filled(**bounds)
    except KeyError:
        return _ELSE


def _choices(expected: str) -> Text:
    """Word a list of values as pydantic lists them: by their labels, where they have labels."""
    values = tuple(_VALUE.findall(expected))
    *others, last = _labels().get(values) or [verbatim(each) for each in values or (expected,)]
    if not others:
        return last
    first = spoken(lambda language: ", ".join(each.to(language) for each in others))
    return _OR.filled(others=first, last=last)


@cache
def _labels() -> Mapping[tuple[str, ...], list[Text]]:
    """Give the labels of every list of choices, by its stored values."""
    found: dict[tuple[str, ...], list[Text]] = {}
    kinds = Choice.__subclasses__()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found[tuple(each.value for each in kind)] = [each.label for each in kind]
    return found

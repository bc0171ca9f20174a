"""The short number by which a file is named in an emergency: nobody can count from it to another.

It is a keyed tag of the file's id, in Crockford's letters (no I, L, O or U), with a last one that
follows from the others. It is kept nowhere: to find a file, those of all files are made anew.
"""

from __future__ import annotations

import re
from uuid import UUID

from api.problems import too_often
from api.reading.asking import Asking
from api.reading.gate import Access
from api.wiring import Services
from domain.language import Text
from domain.policy import carries_number

TRIES_A_DAY = 30
"""Numbers that could be one and are tried by one person, searches by name counted in."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-.]+")
_LENGTH = 9
_HALF = 5
_CHECK = 31
"""The largest prime below 32: another letter (but 0 for Z) or two that changed places show."""
_ENOUGH = Text(
    "Vandaag zijn er al veel nummers geprobeerd. Bel het team van deze persoon.",
    "Many numbers were tried today already. Call the team of this person.",
)


def number_for(services: Services, access: Access) -> str | None:
    """Give the number of a file to who may carry it; None to everybody else."""
    if not carries_number(access.sight.relation):
        return None
    return number_of(services, access.trajectory)


def file_by(services: Services, asking: Asking, typed: str) -> UUID | None:
    """Find the file of a number as somebody typed it; None where it is of none.

    What is no number is not looked up. Raises Problem for who tried too many.
    """
    wanted = spelled(typed)
    if wanted is None:
        return None
    if not services.searches.count(asking.actor.person, services.today(), TRIES_A_DAY):
        raise too_often(_ENOUGH)
    files = services.log.files()
    return next((each for each in files if number_of(services, each) == wanted), None)


def number_of(services: Services, file: UUID) -> str:
    """Give the number of a file, in two halves."""
    mark = services.tokens.number(file)
    letters = [(mark >> (5 * at)) % 32 for at in range(_LENGTH)]
    return _written([*letters, _check(letters)])


def spelled(typed: str) -> str | None:
    """Read a number as it is written; None for what can be none."""
    text = _BETWEEN.sub("", typed).upper().translate(_READ_AS)
    letters = [_LETTERS.find(each) for each in text]
    if len(letters) != _LENGTH + 1 or -1 in letters or _check(letters[:-1]) != letters[-1]:
        return None
    return _written(letters)


def _check(letters: list[int]) -> int:
    return sum(at * each for at, each in enumerate(letters, 1)) % _CHECK


def _written(letters: list[int]) -> str:
    text = "".join(_LETTERS[each] for each in letters)
    return f"{text[:_HALF]}-{text[_HALF:]}"

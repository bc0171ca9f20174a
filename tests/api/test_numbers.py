"""The short number of a file: how it is written and read, and what is no number."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from api.reading.numbers import number_of, spelled
from api.tokens import Tokens
from eventlog.keys import MasterKey

FILE = UUID("9f1c1a52-5f0e-4d0e-9a3b-5a0d8c1f7b11")
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def services(key: int = 1):
    return SimpleNamespace(tokens=Tokens(MasterKey(bytes([key]) * 32)))


def test_a_number_is_short_and_always_the_same_and_of_this_key():
    number = number_of(services(), FILE)
    assert len(number) == 11
    assert number[5] == "-"
    assert set(number) - {"-"} <= set(LETTERS)
    assert number == number_of(services(), FILE)
    assert number != number_of(services(2), FILE)
    assert len({number_of(services(), uuid4()) for _ in range(2000)}) == 2000


def test_it_is_read_as_people_write_it():
    for _ in range(200):
        number = number_of(services(), uuid4())
        plain = number.replace("-", "")
        mistaken = plain.lower().replace("1", "l").replace("0", "o")
        spaced = " ".join(plain[at : at + 2] for at in range(0, 10, 2))
        for written in (number, plain, plain.lower(), mistaken, f"  {spaced} ", number.lower()):
            assert spelled(written) == number


def test_another_letter_or_two_that_changed_places_are_no_number():
    plain = number_of(services(), FILE).replace("-", "")
    alike = {frozenset("0Z")}
    for at, letter in enumerate(plain):
        for other in set(LETTERS) - {letter}:
            if at == 9 or frozenset({letter, other}) not in alike:
                assert spelled(plain[:at] + other + plain[at + 1 :]) is None
    for at in range(8):
        turned = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        if turned != plain and frozenset(plain[at : at + 2]) not in alike:
            assert spelled(turned) is None


@pytest.mark.parametrize("text", ["", "-", "ABCDE", "U" * 10, "é" * 10, "0" * 9, "1" * 11])
def test_what_is_no_number_is_none(text: str):
    assert spelled(text) is None

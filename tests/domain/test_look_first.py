"""Who is among one's own people is not begun a second time without a word."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.rules.people import look_first, may_be
from tests.spec import refusing


def test_somebody_of_the_same_name_is_looked_up_first():
    with refusing("Bij jouw mensen is al iemand met deze naam. Zoek eerst", at="somebody_else"):
        look_first([uuid4()], uuid4(), somebody_else=False)


@pytest.mark.parametrize(("alike", "somebody_else"), [([], False), ([uuid4()], True), ([], True)])
def test_another_person_or_a_name_of_nobody_is_begun(alike, somebody_else):
    look_first(alike, uuid4(), somebody_else=somebody_else)


@pytest.mark.parametrize("somebody_else", [True, False])
def test_nobody_gets_a_second_file_where_they_have_one(somebody_else):
    person = uuid4()
    with refusing("Deze persoon heeft al een dossier bij jou", at="client"):
        look_first([uuid4(), person], person, somebody_else=somebody_else)


@pytest.mark.parametrize(
    ("known", "sought", "alike"),
    [(1980, 1980, True), (1981, 1980, False), (None, 1980, True)],
)
def test_of_one_family_name_the_year_of_birth_tells_people_apart(known, sought, alike):
    assert may_be(known, sought, same_given_name=False) is alike
    assert may_be(known, sought, same_given_name=True) is alike


@pytest.mark.parametrize("known", [1980, None])
def test_without_a_year_the_given_name_does(known):
    assert may_be(known, None, same_given_name=True)
    assert not may_be(known, None, same_given_name=False)

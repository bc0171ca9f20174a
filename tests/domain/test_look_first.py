"""Who is among one's own people is not begun a second time without a word."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.rules.people import look_first
from tests.spec import refusing


def test_somebody_of_the_same_name_is_looked_up_first():
    with refusing("Bij jouw mensen is al iemand met deze naam. Zoek eerst", at="somebody_else"):
        look_first([uuid4()], somebody_else=False)


@pytest.mark.parametrize(("alike", "somebody_else"), [([], False), ([uuid4()], True), ([], True)])
def test_another_person_or_a_name_of_nobody_is_begun(alike, somebody_else):
    look_first(alike, somebody_else=somebody_else)

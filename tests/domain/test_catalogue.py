"""The published language is guarded: what is committed is what the classes say."""

from __future__ import annotations

import pytest

from domain.events import BY_TYPE
from tests.tools.catalogue import REFERENCE, documents

DOCUMENTS = documents()


@pytest.mark.parametrize("path", sorted(DOCUMENTS))
def test_the_committed_reference_is_what_the_classes_say(path):
    """Changed on purpose and not yet published? Run `python -m tests.tools.catalogue`."""
    assert (REFERENCE / path).read_text(encoding="utf-8") == DOCUMENTS[path]


def test_no_schema_is_left_of_an_event_that_is_gone():
    assert {found.stem for found in (REFERENCE / "events").glob("*.json")} == set(BY_TYPE)

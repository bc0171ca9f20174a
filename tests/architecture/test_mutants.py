"""Changing the rules by machine tells a change of words from a change of what is decided."""

from __future__ import annotations

import tomllib

import pytest

from tests.architecture.tree import ROOT
from tests.tools.mutants import only_words

SENTENCE = '-            "Dit kan niet. Kies een ander.",\n'


@pytest.mark.parametrize(
    ("diff", "words"),
    [
        (SENTENCE + '+            "XXDit kan niet. Kies een ander.XX",\n', True),
        (SENTENCE + "+            None,\n", True),
        ('-    "Dit "\n-    "kan niet.",\n+    None,\n', True),
        (SENTENCE + '-            "person",\n+            None,\n', False),
        ('-            "person",\n+            "PERSON",\n', False),
        ("-    if day > today:\n+    if day >= today:\n", False),
        ('-    if day > today: "Al voorbij."\n+    if day >= today: "Al voorbij."\n', False),
    ],
)
def test_a_change_of_words_is_told_from_a_change_of_what_is_decided(diff: str, *, words: bool):
    assert only_words("--- domain/rules/x.py\n+++ domain/rules/x.py\n" + diff) == words


def test_what_is_changed_and_with_what_it_is_tried_are_there():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    places = (
        asked["source_paths"] + asked["also_copy"] + asked["pytest_add_cli_args_test_selection"]
    )
    assert [each for each in places if not (ROOT / each).is_dir()] == []

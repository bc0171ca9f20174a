"""What the rules say when they refuse, printed for whoever looks after the words."""

from __future__ import annotations

import ast

from docs.generate_refusals import FILE, printed, refusals, text
from tests.architecture.tree import modules


def test_the_printed_refusals_are_those_of_the_rules():
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m docs.generate_refusals"


def test_every_refusal_speaks_both_languages_in_whole_sentences():
    said = list(refusals())
    assert len(said) > 100
    assert [each for each in said if not (each.nl[-1] in ".?" and each.en[-1] in ".?")] == []
    assert [each for each in said if each.nl == each.en] == []


def test_a_printed_sentence_is_known_by_every_word_of_it():
    assert printed(
        "Dit programma is er al. Begin een nieuw programma.",
        "This programme exists already. Start a new one.",
    )
    assert printed(
        "Er zijn al 9 dossiers gekoppeld. Maak er eerst een los.",
        "9 files are linked already. Unlink one of them first.",
    )
    assert not printed(
        "Dit programma is er al. Begin een nieuw programma!",
        "This programme exists already. Start a new one.",
    )


def own_words(tree: ast.Module) -> list[int]:
    """Find where a refusal is given a sentence on the spot; to hand one on it is unpacked."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Refused", "Unfit"}
        and not any(isinstance(each, ast.Starred) for each in node.args)
    ]


def test_nothing_above_the_domain_refuses_in_words_of_its_own():
    above = modules("api", "eventlog", "projections")
    assert above
    assert [(name, line) for name, tree in above for line in own_words(tree)] == []
    assert own_words(ast.parse('raise Refused("Nee.", "No.")')) == [1]
    assert own_words(ast.parse('raise Refused(*cause.text, "other")')) == []

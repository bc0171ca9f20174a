"""Words that smell of control are met with a question, in the language of the writer."""

from __future__ import annotations

import pytest

from domain.smells import smells


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("Cliënt heeft niet  meegewerkt.", "“niet meegewerkt”", "What did the client want"),
        ("AFSPRAAK NIET NAGEKOMEN", "Wie beloofde wat", "Who promised what"),
        ("He was a no-show again", "Wie beloofde wat", "Who promised what"),
        ("Lijkt ongemotiveerd", "Wat zou de cliënt wel willen", "What would the client like"),
        ("er dreigt een sanctiebesluit", "“sanctiebesluit”", "not for punishment"),
        ("she is not ready for work", "mag beginnen", "may begin"),
    ],
)
def test_a_smell_is_met_with_a_question(text, nl, en):
    (found,) = smells(text)
    assert nl in found.nl
    assert en in found.en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Noor wil eerst haar schulden op orde; wij zoeken over drie maanden.",
        "Wij kwamen onze afspraak niet na om te bellen.",
        "We zagen elkaar niet; ik bel morgen.",
        "{found} {0}",
    ],
)
def test_plain_words_are_left_alone(text):
    assert smells(text) == []


def test_each_kind_is_asked_about_once():
    assert len(smells("niet meegewerkt, werkt niet mee, niet verschenen")) == 2

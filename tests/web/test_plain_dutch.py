"""Pages for clients and who is close to them are plain: short sentences, no riddles of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import pytest

from api.demo.people import PERSONAS
from api.web import texts
from api.web.filters import SHORT
from domain.policy import no_professional
from tests.browser.walking import round_of
from tests.demo.region import DemoRegion
from tests.tools.texts import heard_in_dutch, heard_on_pages

WORDS = 20
"""Longer sentences are hard to read at B1 (reading aids for Dutch say 15, and never over 20)."""
NAMES = frozenset({"AA", "JSON"})
"""What is not explained: the name of a level, and a word that only programs are told."""
_OWN = {"bdi", "textarea", "select", "script", "style", "title"}
_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "legend", "label", "td", "th", "div"}
_ENDS = re.compile(r"(?<=[.?!:;])\s+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
HARD = re.compile(
    r"\b(behandelovereenkomst|(publieke|wettelijke) (taak|plicht)|rechtsgrond|grondslag|kwesties?"
    r"|instrument(en)?|verwerking|betrokkene|disclosure|jobcarving|detachering|indicatie)\b",
    re.IGNORECASE,
)
"""Words of the law and of offices: in brackets only, after what they mean."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_EXPLAINED = re.compile(r"\b([A-Z]{2,})\b \(|\(([A-Z]{2,})\)")


class _Said(HTMLParser):
    """Reads what a page says itself: not names, nor what people wrote (bdi, said, entry)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.explained: set[str] = set()
        self._closed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag == "abbr" and given.get("title"):
            self._closed.append(tag)
        elif self._closed or tag in _OWN or {"said", "entry", "avatar"} & {*classes}:
            if tag not in {"input", "br", "img", "use"}:
                self._closed.append(tag)
        elif tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._closed:
            while self._closed.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._closed:
            self.blocks[-1] += data


def too_long(blocks: Iterable[str]) -> Iterator[str]:
    """Find sentences that are too long."""
    for block in blocks:
        for sentence in _ENDS.split(" ".join(block.split())):
            if len(sentence.split()) > WORDS:
                yield sentence


def riddles(blocks: Iterable[str]) -> set[str]:
    """Find abbreviations that are explained nowhere among these."""
    whole = " ".join(blocks)
    explained = {one or other for one, other in _EXPLAINED.findall(whole)}
    return {*_ABBREVIATION.findall(whole)} - explained - NAMES


def hard(blocks: Iterable[str]) -> Iterator[str]:
    """Find words that are hard to read, and stand there without their meaning before them."""
    for block in blocks:
        if found := HARD.search(_IN_BRACKETS.sub("", block)):
            yield found[0]


def said_on(page: str) -> list[str]:
    return _Said(page[page.index("<main") :]).blocks


CLOSE = [name for name, each in PERSONAS.items() if no_professional(each.actor.role)]


@pytest.mark.parametrize("persona", [None, *CLOSE])
def test_every_page_that_they_meet_is_plain(region: DemoRegion, persona: str | None) -> None:
    browser, read = region.browser(persona), 0
    found: list[tuple[str, str]] = []
    for each in round_of(region, persona):
        blocks = said_on(browser.get(each.path).text)
        read += sum(len(block.split()) for block in blocks)
        found += [
            (each.kind, fault)
            for fault in (*too_long(blocks), *sorted(riddles(blocks)), *hard(blocks))
        ]
    assert read > 300
    assert found == []


def test_all_that_they_could_be_told_is_plain() -> None:
    dutch, wanted = texts.catalogue("nl"), heard_on_pages()
    pages = [
        form
        for each in dutch
        if each.id and (each.id if isinstance(each.id, str) else each.id[0]) in wanted
        for form in ([each.string] if isinstance(each.string, str) else each.string)
    ]
    domain = heard_in_dutch()
    assert len(pages) > 400
    assert len(domain) > 700
    assert [*too_long(pages), *too_long(domain)] == []
    assert [*hard(pages), *hard(domain)] == []
    assert {each for each in domain if riddles([each]) - {*SHORT}} == set()


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ("<main><p>Kort en klaar.</p></main>", 0),
        (f"<main><p>{'woord ' * 21}</p></main>", 1),
        (f"<main><p>{'woord ' * 11}.</p><p>{'woord ' * 11}</p></main>", 0),
        (f"<main><p class='said'>{'woord ' * 21}</p><p><bdi>ABC</bdi></p></main>", 0),
        ("<main><p>Vraag het het UWV.</p></main>", 1),
        ("<main><p>Vraag het het UWV (voor uitkeringen). Het UWV weet het.</p></main>", 0),
        ("<main><p>Vraag het het <abbr title='voor uitkeringen'>UWV</abbr>.</p></main>", 0),
        ("<main><p>Het is een publieke taak.</p></main>", 1),
        ("<main><p>Het staat in de wet (publieke taak).</p></main>", 0),
        ("<main><p>Over: kwesties.</p></main>", 1),
        (
            "<main><div class='entry'>Bij het UWV<p>x</p></div><p>IPS</p></main>",
            1,
        ),
    ],
)
def test_what_is_not_plain_is_found(page: str, faults: int) -> None:
    blocks = said_on(page)
    assert len([*too_long(blocks), *riddles(blocks), *hard(blocks)]) == faults

"""A file speaks to whom it is about: nothing on their pages is said of "the client"."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from api.demo.people import PERSONAS
from domain.roles import Role
from tests.browser.walking import round_of
from tests.demo.region import DemoRegion

CLIENTS = [name for name, each in PERSONAS.items() if each.actor.role is Role.CLIENT]
OF_THEM = re.compile(r"\b(cliënt|zichzelf)\b", re.IGNORECASE)
AS_OTHERS = "/zoals"
"""There a client reads what somebody else reads, in the words in which they read it."""
_EMPTY = {"input", "br", "img", "use", "path"}


class _Lines(HTMLParser):
    """Reads how entries are titled, and all that the page of home says of its own."""

    def __init__(self, page: str, *, whole: bool) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._whole = whole
        self._in: list[str] = []
        self.feed(page[page.index("<main") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self._in and tag not in _EMPTY:
            self._in.append(tag)
        elif not self._in and (self._whole or "entry" in classes):
            self._in.append(tag)
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._in and tag == self._in[-1]:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in:
            self.lines[-1] += data


def spoken_of(page: str, *, whole: bool = False) -> list[str]:
    """Find what is said about the client."""
    return [line for line in _Lines(page, whole=whole).lines if OF_THEM.search(line)]


@pytest.mark.parametrize("client", CLIENTS)
def test_no_entry_and_no_line_at_home_is_about_the_client(region: DemoRegion, client: str) -> None:
    browser, read = region.browser(client), 0
    for each in round_of(region, client):
        if AS_OTHERS in each.kind:
            continue
        page, whole = browser.get(each.path).text, each.kind.endswith("/thuis")
        read += len(_Lines(page, whole=whole).lines)
        assert spoken_of(page, whole=whole) == [], each.kind
    assert read > 30


def test_others_read_of_the_client(region: DemoRegion) -> None:
    found = [
        line
        for each in round_of(region, "ria")
        for line in spoken_of(region.browser("ria").get(each.path).text)
    ]
    assert any("Contact met cliënt" in line for line in found)


@pytest.mark.parametrize(
    ("path", "to_you", "of_you"),
    [
        ("delen", "Wie vertelt het: jij", "Wie vertelt het: de cliënt"),
        ("keuzes", "Eigen wens", "Wat de cliënt wil"),
    ],
)
def test_beside_entries_too_it_is_you(
    region: DemoRegion, path: str, to_you: str, of_you: str
) -> None:
    told = ""
    for client in CLIENTS:
        browser = region.browser(client)
        at = browser.get("/", follow_redirects=True).url.path.removesuffix("/thuis")
        told += browser.get(f"{at}/{path}").text
    assert to_you in told
    assert of_you not in told

"""Reads pages as a browser would, and sends their forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from uuid import uuid4

from starlette.testclient import TestClient

from api.demo.people import PERSONAS
from api.web.whose import device_of
from tests.demo.region import DemoRegion


@dataclass
class Sent:
    """What a form sends, and where to."""

    action: str
    values: dict[str, str | list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Sent] = []
        self._in: str | None = None  # a box, or a list to pick from
        self._words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.forms.append(Sent(given["action"] or ""))
        name = given.get("name")
        if tag == "input" and name is not None:
            self._input(name, given)
        elif tag in {"textarea", "select"}:
            self._in, self._words = name, ""
            if tag == "select":
                self._keep(name, "")
        elif tag == "option" and "selected" in given:
            self._keep(self._in, given.get("value") or "")

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._keep(self._in, self._words.removeprefix("\n"))  # as a browser does

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind, value = given.get("type", "text"), given.get("value") or ""
        if kind == "checkbox" and "checked" in given:
            self._keep(name, value, several=True)
        elif kind not in {"checkbox", "radio"} or "checked" in given:
            self._keep(name, value)

    def _keep(self, name: str | None, value: str, *, several: bool = False) -> None:
        if name is None or not self.forms:
            return
        values = self.forms[-1].values
        if several:
            before = values.setdefault(name, [])
            assert isinstance(before, list)
            before.append(value)
        else:
            values[name] = value


def forms(page: str, action: str = "") -> list[Sent]:
    """Give the forms of a page that go to an address with this in it."""
    return [each for each in _Forms(page).forms if action in each.action]


def mark_of(region: DemoRegion, persona: str) -> str:
    """Give the mark by which a page says whose it is."""
    return device_of(region.services, PERSONAS[persona].actor)


def page(who: TestClient, path: str, status: int = 200) -> str:
    """Give a page as words, once it answered as it should."""
    found = who.get(path)
    assert found.status_code == status, found.text
    return unescape(found.text)


def send(region: DemoRegion, who: TestClient, path: str, **typed: object) -> int:
    """Send a form, let the read models follow, and give the status."""
    answer = who.post(path, data={"key": str(uuid4()), **typed}, follow_redirects=False)
    region.projector.catch_up()
    return answer.status_code

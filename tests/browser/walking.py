"""Walks the pages breadth first, as every persona, and keeps one of each kind per role."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from api.demo.people import PERSONAS
from tests.demo.region import DemoRegion

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHOICES = {"baan"}
"""What is asked in an address with a word of ours: each of its answers is a state."""
NOBODY = ("/demo", "/demo/ria", "/vandaag")
EVERYBODY = ("/", "/nergens")
_LEADS_ON = ("/static/", "/api/", "/demo")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a kind, as one persona meets it."""

    persona: str | None
    role: str
    kind: str
    path: str
    status: int
    size: int


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (href := given.get("href")):
            self.found.append(href)


def kind_of(path: str) -> str:
    """Name the kind of page and state that an address leads to, without ids and cursors."""
    address = urlsplit(path)
    asked = parse_qs(address.query, keep_blank_values=True)
    told = [f"{k}={v[0]}" if k in _CHOICES else k for k, v in sorted(asked.items())]
    return _ID.sub("{id}", address.path) + (f"?{'&'.join(told)}" if told else "")


def walk(region: DemoRegion) -> tuple[list[Found], int]:
    """Walk as everybody; give the fullest page of each kind per role, and how many were read."""
    pages = [page for each in (None, *PERSONAS) for page in _walk(region, each)]
    fullest: dict[tuple[str, str], Found] = {}
    for page in pages:
        key = page.role, page.kind
        if key not in fullest or page.size > fullest[key].size:
            fullest[key] = page
    return sorted(fullest.values(), key=lambda each: -each.size), len(pages)


def _walk(region: DemoRegion, persona: str | None) -> list[Found]:
    browser = region.browser(persona)
    role = str(PERSONAS[persona].actor.role) if persona else "nobody"
    ahead, seen, found = deque(EVERYBODY if persona else NOBODY), set[str](), list[Found]()
    while ahead:
        path = ahead.popleft()
        kind = kind_of(path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = browser.get(path)
        found.append(Found(persona, role, kind, path, answer.status_code, len(answer.content)))
        links = _Links()
        links.feed(answer.text)
        reached = (urljoin(str(answer.url), href) for href in links.found)
        ahead.extend(_next(each) for each in reached if _leads_on(each))
    return found


def _leads_on(url: str) -> bool:
    address = urlsplit(url)
    return not address.path.startswith(_LEADS_ON) and "lang" not in parse_qs(address.query)


def _next(url: str) -> str:
    address = urlsplit(url)
    return address.path + (f"?{address.query}" if address.query else "")

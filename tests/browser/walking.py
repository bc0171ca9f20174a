"""Walks the pages breadth first, as every persona, and keeps one of each kind per role."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from api.demo.people import PERSONAS
from api.web.forms.registry import FORMS, MADE
from tests.demo.region import DemoRegion

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHOICES = {"baan"}
"""What is asked in an address with a word of ours: each of its answers is a state."""
NOBODY = ("/demo", "/demo/ria", "/vandaag", "/help")
EVERYBODY = ("/", "/nergens")
_LEADS_ON = ("/static/", "/api/", "/demo")
_FILES = (".txt",)
"""What is taken along and is no page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a kind, as one persona meets it."""

    persona: str | None
    role: str
    kind: str
    path: str
    status: int
    parts: int
    """Of how many different parts it is made."""


class _Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: set[tuple[str, str | None]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.parts.add((tag, given.get("class")))
        if tag == "a" and (href := given.get("href")):
            self.links.append(href)


def kind_of(path: str) -> str:
    """Name the kind of page and state that an address leads to, without ids and cursors."""
    address = urlsplit(path)
    asked = parse_qs(address.query, keep_blank_values=True)
    told = [f"{k}={v[0]}" if k in _CHOICES else k for k, v in sorted(asked.items())]
    page = _ID.sub("{id}", address.path)
    if (name := _form(page)) and FORMS[name] not in MADE:
        page = page.replace(name, "{form}")  # all of these are drawn alike
    return page + (f"?{'&'.join(told)}" if told else "")


def _form(page: str) -> str | None:
    """Name the form that a page shows, when it shows one."""
    name = page.removeprefix("/traject/{id}/").partition("?")[0]
    return name if name in {*FORMS, "{form}"} else None


def walk(region: DemoRegion) -> tuple[list[Found], int]:
    """Walk as everybody; give the richest page of each kind per role, and how many were read."""
    pages = [page for each in (None, *PERSONAS) for page in round_of(region, each)]
    richest: dict[tuple[str, str], Found] = {}
    for page in pages:
        # A form is the same for every role that may fill it in.
        key = "anybody" if _form(page.kind) else page.role, page.kind
        if key not in richest or page.parts > richest[key].parts:
            richest[key] = page
    return sorted(richest.values(), key=lambda each: -each.parts), len(pages)


def round_of(region: DemoRegion, persona: str | None) -> list[Found]:
    """Walk as one persona, or as nobody: one page of each kind that they meet."""
    browser = region.browser(persona)
    role = str(PERSONAS[persona].actor.role) if persona else "nobody"
    ahead, seen, found = deque(EVERYBODY if persona else NOBODY), set[str](), list[Found]()
    while ahead:
        path = ahead.popleft()
        if kind_of(path) in seen:
            continue
        answer = browser.get(path)
        kind = kind_of(_path(str(answer.url)))
        before = kind in seen
        seen |= {kind_of(path), kind}
        if before:
            continue  # another way to what was met already
        page = _Read(answer.text)
        found.append(Found(persona, role, kind, path, answer.status_code, len(page.parts)))
        reached = (urljoin(str(answer.url), href) for href in page.links)
        ahead.extend(_path(each) for each in reached if _leads_on(each))
    return found


def _leads_on(url: str) -> bool:
    address = urlsplit(url)
    page = not address.path.startswith(_LEADS_ON) and not address.path.endswith(_FILES)
    here = address.scheme.startswith("http") and page
    return here and "lang" not in parse_qs(address.query)


def _path(url: str) -> str:
    address = urlsplit(url)
    return address.path + (f"?{address.query}" if address.query else "")

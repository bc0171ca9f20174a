"""Somebody at a browser: what they tap is counted, and whatever goes wrong there is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

HEIGHTS = {1280: 900, 390: 844, 320: 700}
_SAID_BY_ANSWER = "Failed to load resource"
SAVED = "Bewaard. Het staat in de tijdlijn."


@dataclass
class Person:
    """A page in a browser of one's own, with a count of pointer actions."""

    page: Page
    site: str
    actions: int = 0
    """Taps, ticks and choices in a list; typing and moving by keyboard are none."""
    wrong: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep what goes wrong from the first page on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def sign_in(self, persona: str) -> None:
        """Become somebody of the demo, before anything is counted."""
        given = {"sec-fetch-site": "same-origin"}
        answer = self.page.request.post(
            f"{self.site}/demo/{persona}", headers=given, form={"back": ""}, max_redirects=0
        )
        assert answer.status == 303, answer.text()

    def go(self, path: str) -> Response:
        """Open an address of the service."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer

    def tap(self, what: Locator) -> None:
        """Click it: one action."""
        what.click()
        self.actions += 1

    def link(self, name: str) -> None:
        """Follow a link by its name: one action."""
        self.tap(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """Press a button: one action."""
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def tile(self, question: str, answer: str) -> None:
        """Tap one of the answers to a question: one action."""
        group = self.page.get_by_role("group", name=question)
        self.tap(group.get_by_role("radio", name=answer, exact=True))

    def choose(self, label: str, option: str) -> None:
        """Choose in a list of the browser: one action."""
        self.page.get_by_label(label).select_option(label=option)
        self.actions += 1

    def type(self, label: str, text: str) -> None:
        """Move to a field by keyboard and type there: no action."""
        self.page.get_by_label(label).fill(text)

    def expects(self, wrong: str) -> None:
        """Say of something that goes wrong that it is meant to, as it is worded here."""
        self.expected.append(wrong)

    def leave(self) -> None:
        """Close the page; fails on what went wrong without being expected."""
        self.page.title()  # whatever the browser still had to tell has been told after this
        self.page.context.close()
        assert self.wrong == self.expected

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_SAID_BY_ANSWER):
            csp = "Content Security Policy" in message.text
            self.wrong.append(f"{'policy' if csp else 'console'}: {message.text}")

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and not request.url.startswith(f"{self.site}/"):
            self.wrong.append(f"elsewhere: {asked.hostname}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            path = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}", response.url)
            self.wrong.append(f"{response.status} {path.removeprefix(self.site)}")


def arrive(
    browser: Browser,
    site: str,
    persona: str | None = None,
    *,
    width: int = 1280,
    dark: bool = False,
    scripts: bool = True,
) -> Person:
    """Open a browser of its own for somebody, signed in when they are named."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(30_000)
    person = Person(context.new_page(), site)
    if persona is not None:
        person.sign_in(persona)
    return person


def saved(person: Person, words: str) -> None:
    """See that it was saved, and that it stands in the timeline."""
    person.page.get_by_text(SAVED).wait_for()
    person.page.get_by_text(words).first.wait_for()

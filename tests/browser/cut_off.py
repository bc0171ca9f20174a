"""A browser whose network is taken away: what it keeps, and how it is looked into."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from api.demo.people import ELS, EVERYBODY, trajectory_of
from tests.browser.person import Person

Comes = Callable[..., Person]
ELSES = f"/traject/{trajectory_of(ELS)}"
FORM = f"{ELSES}/contact"
_KEPT = Path(__file__).with_name("kept.js").read_text("utf-8")
WORKING = """() => navigator.serviceWorker.controller ? true : new Promise((resolve) =>
  navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true)))"""
WAITS = "Bewaard op dit toestel. Het gaat mee zodra er bereik is."
NOTHING_WAITS = "Hier wacht niets. Alles wat je bewaarde, is aangekomen."


def ready(person: Person, path: str = FORM) -> Page:
    """Open a page, and wait until the worker stands behind it."""
    person.go(path)
    assert person.page.evaluate(WORKING)
    return person.page


def cut(person: Person, away: bool = True) -> None:
    """Take the network away, or give it back and see the page for without it make way."""
    person.page.context.set_offline(away)
    if not away:  # or the page that is opened anew is in the way of where one goes next
        person.page.locator("#device[data-cut-off]").wait_for(state="detached")
        person.page.wait_for_load_state("load")


def note(person: Person, words: str, mode: str | None = "Per telefoon") -> None:
    """Fill in the form that is open, and save it."""
    if mode:
        person.tile("Hoe?", mode)
    person.type("Kort verslag", words)
    person.button("Bewaar")


def kept(person: Person) -> dict[str, list[str]]:
    """Read what the browser keeps, behind its own back."""
    found: dict[str, list[str]] = person.page.evaluate(_KEPT)
    return found


def times(person: Person, words: str) -> int:
    """Count how often these words stand in the timeline."""
    person.go(ELSES)
    return person.page.locator("article .said").filter(has_text=words).count()


def told_of_nobody(found: dict[str, list[str]], *words: str) -> None:
    """See that none of these words, no name and no number can be read."""
    everything = "\n".join(line for lines in found.values() for line in lines)
    names = [name for each in EVERYBODY for name in (each.family, each.phone) if name]
    assert names
    assert [
        each for each in (*names, *words) if re.search(rf"\b{re.escape(each)}\b", everything)
    ] == []

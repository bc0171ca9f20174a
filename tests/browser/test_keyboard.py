"""By keyboard alone: the focus is led to what is needed, and keys do the rest."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.person import Person

_FOCUSED = """() => {
  const it = document.activeElement;
  const named = it.labels?.length ? it.labels[0].innerText : it.innerText;
  return (it.getAttribute("aria-label") ?? named ?? "").replace(/\\s+/g, " ").trim();
}"""
_MOST = 120
"""So often Tab is pressed at most: no page has more to come by."""


def comes_to(who: Person, name: str, key: str = "Tab") -> None:
    """Press a key until the focus is on what is called so; fails when it never is."""
    passed: list[str] = []
    for _ in range(_MOST):
        who.page.keyboard.press(key)
        passed.append(who.page.evaluate(_FOCUSED))
        if re.match(name, passed[-1]):
            return
    raise AssertionError((name, passed))


def presses(who: Person, name: str) -> None:
    """Go to it and press Enter."""
    comes_to(who, name)
    who.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_contact_is_noted(person: Callable[..., Person], width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/vandaag")
    presses(ria, "Naar de inhoud")
    presses(ria, "Noteer een contact: ")
    ria.page.get_by_role("heading", name="Noteer een contact").wait_for()
    presses(ria, "Naar de inhoud")
    comes_to(ria, "Op de werkplek")
    comes_to(ria, "Per telefoon", "ArrowRight")
    assert ria.page.get_by_role("radio", name="Per telefoon").is_checked()
    comes_to(ria, "Kort verslag")
    ria.page.keyboard.type(f"Zonder muis, op {width}.")
    presses(ria, "Vertel meer")
    comes_to(ria, "Hoeveel minuten")
    ria.page.keyboard.type("20")
    presses(ria, "Bewaar$")
    ria.page.get_by_text("Bewaard. Het staat in de tijdlijn.").wait_for()
    ria.page.get_by_text(f"Zonder muis, op {width}.").first.wait_for()
    assert ria.actions == 0


def test_that_it_is_not_going_well_is_said(person: Callable[..., Person]) -> None:
    samir = person("samir", width=390)
    samir.go("/")
    presses(samir, "Naar de inhoud")
    presses(samir, "Het gaat even niet goed")
    samir.page.get_by_role("heading", name="Het is aangekomen").wait_for()
    samir.page.get_by_text("0800-0113").wait_for()
    assert samir.actions == 0

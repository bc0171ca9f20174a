"""Another language is one tap away, and Arabic is laid out from right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.demo.people import TOM, trajectory_of
from tests.browser.looking import axe, hard_to_use
from tests.browser.person import HEIGHTS, Person

Comes = Callable[..., Person]
HOME = f"/traject/{trajectory_of(TOM)}"
PAGES = (HOME, f"{HOME}/even-niet-goed", f"{HOME}/delen", "/mijn", "/help")
_BESIDE = "() => document.querySelector('.rail').getBoundingClientRect().x"
_TURNED = "() => getComputedStyle(document.querySelector('.rail .mirrors')).transform"
_FALLS = "() => getComputedStyle(document.querySelector('.tl .who bdi')).unicodeBidi"


def test_a_language_is_one_tap_away_and_so_is_the_way_back(person: Comes) -> None:
    tom = person("tom")
    tom.go(HOME)
    left, plain = tom.page.evaluate(_BESIDE), tom.page.evaluate(_TURNED)
    tom.link("العربية")
    html = tom.page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert tom.page.get_by_role("link", name="مساري", exact=True).first.is_visible()
    assert tom.page.evaluate(_BESIDE) > left, "the menu stands on the other side"
    assert (plain, tom.page.evaluate(_TURNED)) == ("none", "matrix(-1, 0, 0, 1, 0, 0)")
    assert tom.page.evaluate(_FALLS) == "isolate", "a name does not turn the words around it"
    tom.go(f"{HOME}/even-niet-goed")
    assert html.get_attribute("dir") == "rtl", "it stays"
    tom.link("Nederlands")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("nl", "ltr")
    assert tom.page.evaluate(_BESIDE) == left
    assert tom.actions == 2


@pytest.mark.timeout(300)
@pytest.mark.parametrize("code", ["ar", "pl"])
def test_pages_in_another_language_are_as_usable(person: Comes, code: str) -> None:
    tom = person("tom")
    tom.go(f"/help?lang={code}")
    for path in PAGES:
        tom.page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
        tom.go(path)
        if code == "ar":
            assert axe(tom.page) == [], path
        tom.page.set_viewport_size({"width": 320, "height": HEIGHTS[320]})
        assert hard_to_use(tom.page) == [], path

"""Every kind of page of every role keeps to WCAG 2.0 to 2.2 A and AA, on screens of all sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import axe, hard_to_use, reached
from tests.browser.person import Person, arrive
from tests.browser.touring import VIEWS, tour
from tests.browser.walking import walk
from tests.demo.region import DemoRegion
from tests.tools import walks

Comes = Callable[..., Person]
WAITING: set[tuple[str, str]] = set()
"""Rules that a template does not keep yet, and where."""


@pytest.mark.timeout(900)
def test_every_kind_of_page(
    region: DemoRegion, site: str, browser: Browser, record_property: Any
) -> None:
    """One test, so that one process alone goes round."""
    toured = tour(*walk(region), lambda persona: arrive(browser, site, persona))
    record_property(walks.SCREENS, toured.told)
    assert toured.told["shown"] >= 60
    assert toured.told["states"] == toured.told["shown"] * len(VIEWS)
    assert len(toured.keyed) >= 12
    broken = {(each.rule, each.where) for view in VIEWS for each in toured.broken(view)}
    found = {
        "guidelines": broken - WAITING,
        "kept by now, so to be taken off the list": WAITING - broken,
        "hard to use": [each for view in VIEWS for each in toured.hard(view)],
        "not reached by Tab": [(kind, each) for kind, each in toured.keyed.items() if each],
        "went wrong on the way": toured.wrong,
    }
    assert {what: told for what, told in found.items() if told} == {}


PLANTED = """() => {
  const add = (html, place, css) => {
    const made = document.createElement("div");
    made.innerHTML = html;
    Object.assign(made.firstChild.style, css);
    document.querySelector(place).prepend(made.firstChild);
  };
  add("<a href='/'>x</a>", "main", {});
  add("<img>", "main", {});
  add("<div>breed</div>", "main", { width: "2000px" });
  add("<button>onzichtbaar</button>", "main", { outline: "none", minHeight: "50px" });
  add("<button tabindex='-1'>niet met Tab</button>", "main", { minHeight: "50px" });
  add("<div>balk</div>", "body", { position: "fixed", inset: "0 0 40% 0", zIndex: 9 });
}"""


def test_what_is_planted_is_found(person: Comes) -> None:
    tom = person("tom")
    tom.go("/")
    assert hard_to_use(tom.page) == []
    assert reached(tom.page) == []
    tom.page.evaluate(PLANTED)
    told = "\n".join(hard_to_use(tom.page))
    for said in ("scrolls sideways", 'small: a. "x"', "focus is not seen: button", "hidden under"):
        assert said in told
    assert "image-alt" in {each.rule for each in axe(tom.page)}
    assert [each for each in reached(tom.page) if "niet met Tab" in each]

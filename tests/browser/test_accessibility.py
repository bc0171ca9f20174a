"""Every kind of page of every role keeps to WCAG 2.0 to 2.2 A and AA, on screens of all sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import axe, hard_to_use, reached
from tests.browser.person import Person, arrive
from tests.browser.touring import VIEWS, Tour, tour
from tests.browser.walking import walk
from tests.demo.region import DemoRegion
from tests.tools import walks

pytestmark = pytest.mark.timeout(300)
Comes = Callable[..., Person]
WAITING = {
    # The last link of the bar below is empty where a page does not know who looks.
    "link-name",
    # What scrolls sideways within a page takes no focus by keyboard.
    "scrollable-region-focusable",
}
"""Rules that a template does not keep yet."""


@pytest.fixture(scope="module")
def toured(region: DemoRegion, site: str, browser: Browser) -> Tour:
    """Every kind of page of every role, looked at in every view."""
    return tour(*walk(region), lambda persona: arrive(browser, site, persona))


def test_the_walk_says_how_far_it_came(toured: Tour, record_property: Any) -> None:
    assert toured.told["shown"] >= 60
    assert toured.told["states"] == toured.told["shown"] * len(VIEWS)
    record_property(walks.SCREENS, toured.told)


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_breaks_the_guidelines(toured: Tour, view: str) -> None:
    assert [each for each in toured.broken(view) if each.rule not in WAITING] == []


@pytest.mark.xfail(strict=True, reason="templates that are still being written")
@pytest.mark.parametrize("rule", sorted(WAITING))
def test_what_a_template_does_not_keep_yet(toured: Tour, rule: str) -> None:
    assert [each for view in VIEWS for each in toured.broken(view) if each.rule == rule] == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_is_hard_to_use(toured: Tour, view: str) -> None:
    assert toured.hard(view) == []


def test_every_link_and_field_is_reached_by_keyboard(toured: Tour) -> None:
    assert len(toured.keyed) >= 12
    assert {kind: missed for kind, missed in toured.keyed.items() if missed} == {}


def test_nothing_else_went_wrong_on_the_way(toured: Tour) -> None:
    assert toured.wrong == []


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

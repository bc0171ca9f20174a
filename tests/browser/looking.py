"""Looks at one page as the guidelines do: axe, and what axe does not measure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

_HERE = Path(__file__).parent
_AXE = (_HERE / "vendor" / "axe-core" / "axe.min.js").read_text("utf-8")
_PAGE = (_HERE / "page.js").read_text("utf-8")
_SKELETON = (_HERE / "skeleton.js").read_text("utf-8")
_RUN = """async (tags) => {
  const found = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, any, all, none }) =>
      [id, target.join(" "), [...any, ...all, ...none].map((each) => each.message)[0] ?? ""]));
}"""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_LISTEN = """() => {
  window.reached = new Set();
  document.addEventListener("focusin", ({ target }) => window.reached.add(target));
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  return [...document.querySelectorAll("a[href],button,input,select,textarea,summary")].length;
}"""
_MISSED = """() => {
  const all = [...document.querySelectorAll(
    "a[href],button,input:not([type=hidden]),select,textarea,summary")];
  const met = (el) => window.reached.has(el) || (el.type === "radio" &&
    [...window.reached].some((each) => each.type === "radio" && each.name === el.name));
  return all.filter((el) => el.checkVisibility({ visibilityProperty: true }) && !met(el))
    .map((el) => `${el.tagName} "${(el.innerText || el.name).trim()}"`);
}"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule of the guidelines that something on a page does not keep."""

    rule: str
    where: str
    why: str


def made_of(page: Page) -> set[str]:
    """Give what the page is made of."""
    return set(page.evaluate(_SKELETON))


def axe(page: Page) -> list[Broken]:
    """Give what breaks the guidelines; put in from outside, under the page's own policy."""
    page.evaluate(_AXE)
    return [Broken(*each) for each in page.evaluate(_RUN, list(TAGS))]


def hard_to_use(page: Page) -> list[str]:
    """Give what scrolls sideways, is small, or loses or hides the focus."""
    found: list[str] = page.evaluate(_PAGE)
    return found


def reached(page: Page) -> list[str]:
    """Press Tab from the top to the end; give what it did not come to."""
    for _ in range(page.evaluate(_LISTEN) + 5):
        page.keyboard.press("Tab")
    missed: list[str] = page.evaluate(_MISSED)
    return missed

"""What browsers show of one another, where each role begins, and what comes out on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.demo.people import PERSONAS, TOM, trajectory_of
from tests.browser.person import Person

Comes = Callable[..., Person]
TOMS = f"/traject/{trajectory_of(TOM)}"
_KEEPS = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  kept: (await Promise.all((await caches.keys()).map(async (name) => {
    const found = await caches.open(name);
    return Promise.all((await found.keys()).map(async (each) => (await found.match(each)).text()));
  }))).flat(),
})"""


def test_what_one_notes_appears_where_another_reads_without_a_tap(person: Comes) -> None:
    tom, ria = person("tom"), person("ria")
    tom.go(TOMS)
    looks = tom.page.get_by_label("Zoek een woord in de tijdlijn")
    looks.fill("half getypt")
    ria.go(f"{TOMS}/contact")
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", "De buurvrouw past op de hond.")
    ria.button("Bewaar")
    tom.page.get_by_text("De buurvrouw past op de hond.").wait_for()
    assert looks.input_value() == "half getypt", "what somebody types stays"
    assert tom.actions == 0


def test_what_one_may_not_see_does_not_appear(person: Comes) -> None:
    wim, ria = person("wim"), person("ria")
    wim.go(TOMS)
    ria.go(f"{TOMS}/contact")
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", "Over iets van thuis.")
    ria.button("Bewaar")
    ria.page.get_by_text("Over iets van thuis.").first.wait_for()
    wim.go(TOMS)
    assert not wim.page.get_by_text("Over iets van thuis.").count()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_begins_on_a_page_that_says_what_it_is(
    person: Comes, persona: str, width: int
) -> None:
    who = person(persona, width=width)
    assert who.go("/").status == 200
    heading = who.page.get_by_role("heading", level=1)
    assert heading.count() == 1
    assert heading.inner_text().strip()
    assert who.page.get_by_role("navigation").first.is_visible()


@pytest.mark.parametrize("persona", ["tom", "ria", "bas"])
def test_a_timeline_comes_out_on_paper_without_the_menu(person: Comes, persona: str) -> None:
    who = person(persona)
    who.go(f"{TOMS}/op-papier")
    shown = who.page.locator(".ev h3.entry").all_inner_texts()
    assert len(shown) > 40
    who.page.emulate_media(media="print")
    for each in (".rail", ".tabbar", "main a", "main .btn", "main form", ".onscreen"):
        found = who.page.locator(each)
        assert not any(one.is_visible() for one in found.all()), each
    lines = who.page.locator(".ev h3.entry")
    assert [one.inner_text() for one in lines.all() if one.is_visible()] == shown
    wide = "() => [...document.querySelectorAll('main *')].filter(e => e.scrollWidth > 794).length"
    who.page.set_viewport_size({"width": 794, "height": 1123})
    assert who.page.evaluate(wide) == 0, "nothing falls off the paper"
    assert who.page.pdf(format="A4").startswith(b"%PDF")


def test_a_browser_keeps_nothing_of_anybody_that_can_be_read(person: Comes) -> None:
    ria = person("ria", width=390)
    for path in ("/vandaag", TOMS, f"{TOMS}/contact", "/wachtrij"):
        ria.go(path)
    kept = ria.page.evaluate(_KEEPS)
    assert (kept["local"], kept["session"]) == ([], [])
    assert not [each for each in kept["kept"] if "Kuipers" in each or "Verhoeven" in each]

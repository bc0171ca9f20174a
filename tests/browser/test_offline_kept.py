"""What waits on a device stays its writer's, whatever comes between: others, errors, the end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from api.demo.people import ELS, TOM, trajectory_of
from tests.browser.cut_off import (
    FORM,
    NOTHING_WAITS,
    WAITS,
    Comes,
    cut,
    kept,
    note,
    ready,
    times,
    told_of_nobody,
)
from tests.browser.person import Person
from tests.demo.region import DemoRegion

TOMS = f"/traject/{trajectory_of(TOM)}"
HELP = f"/traject/{trajectory_of(ELS)}/even-niet-goed"
STRANGER = "Meld je aan om te zien"
UNREAD = "Nog niemand heeft het gelezen"
_NEWER = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("samenspoor", 2);
  request.onsuccess = () => resolve(request.result.close());
  request.onerror = reject;
})"""
_GONE = """() => new Promise((resolve, reject) => {
  const request = indexedDB.deleteDatabase("samenspoor");
  request.onsuccess = () => resolve(true);
  request.onerror = request.onblocked = reject;
})"""
_SENT = "() => navigator.locks.request('send', () => true)"


def waiting(person: Person, words: str) -> Page:
    """Save this without a connection."""
    page = ready(person)
    cut(person)
    note(person, words)
    page.get_by_text(WAITS).wait_for()
    return page


def refused(route: Route, said: str, status: int = 422) -> None:
    """Answer as the service does to what it does not save."""
    route.fulfill(status=status, body=f"<main><p role=alert>{said}</p></main>")


def test_a_choice_to_read_again_waits_with_what_was_asked(
    region: DemoRegion, person: Comes
) -> None:
    """Nobody read the question while it was sent; so it was not answered, and nothing is saved."""
    ria = person("ria", width=390)
    page = ready(ria, f"{TOMS}/keuze")
    cut(ria)
    ria.type("Wat is de vraag?", "Hoe verder in de kelder?")
    ria.type("Wat wil de cliënt?", "Rustig aan.")
    ria.type("De keuze", "Hij werkt niet mee, dus we wachten.")
    ria.type("Waarom?", "Dat past nu.")
    ria.type("Wanneer kijken we terug?", (region.services.today() + timedelta(days=14)).isoformat())
    ria.button("Bewaar")
    page.get_by_text(WAITS).wait_for()
    cut(ria, away=False)
    page.get_by_text("Nog niet bewaard. Dit is het antwoord:").wait_for()
    page.get_by_text("Wat wilde de cliënt zelf").wait_for()
    page.reload()
    page.get_by_role("link", name="Open opnieuw").click()
    expect(page.get_by_label("Waarom?")).to_have_value("Dat past nu.")
    ria.button("Bewaar")
    page.get_by_text("Nog even lezen?").wait_for()
    ria.button("Bewaar")
    page.get_by_text("Hoe verder in de kelder?").first.wait_for()
    page.get_by_text("Bewaard.").first.wait_for()
    ria.wrong.clear()
    assert kept(ria)["sealed"] == []


def test_a_forgotten_tab_saves_in_nobody_elses_name(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria)
    ria.sign_in("bas")
    ria.expects("401 /traject/{id}/contact")
    note(ria, "Uit een vergeten tabblad.")
    page.get_by_text("Er is nu iemand anders aangemeld.").wait_for()
    ria.button("Kijk mee als Ria Verhoeven")
    assert page.get_by_label("Kort verslag").input_value() == "Uit een vergeten tabblad."
    ria.button("Bewaar")
    page.get_by_text("Bewaard. Het staat in de tijdlijn.").wait_for()
    told = page.locator("article").filter(has_text="Uit een vergeten tabblad.")
    assert "Ria" in told.inner_text()
    assert times(ria, "Uit een vergeten tabblad.") == 1


def test_without_a_connection_it_waits_for_whose_tab_it_was(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria)
    other = page.context.new_page()
    ria.sign_in("bas")
    other.goto(f"{ria.site}/wachtrij")
    other.get_by_text(NOTHING_WAITS).wait_for()
    cut(ria)
    note(ria, "Van Ria, niet van Bas.")
    page.get_by_text(WAITS).wait_for()
    assert page.get_by_text("Van Ria, niet van Bas.").count() == 0
    cut(ria, away=False)
    page.get_by_role("button", name="Afmelden").first.wait_for()
    assert len(kept(ria)["sealed"]) == 1
    ria.sign_in("ria")
    ria.go("/wachtrij")
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Van Ria, niet van Bas.") == 1


def test_one_that_breaks_the_service_does_not_hold_up_the_next(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria)
    other = page.context.new_page()
    other.goto(ria.site + FORM)
    cut(ria)
    note(ria, "Eerste van twee.")
    page.get_by_text(WAITS).wait_for()
    ria.page = other
    note(ria, "Tweede van twee.")
    other.get_by_text(WAITS).wait_for()
    page.close()

    def breaks(route: Route) -> None:
        if "Eerste" in (route.request.post_data or ""):
            refused(route, "Het ging mis bij ons.", 500)
        else:
            route.continue_()

    other.context.route(f"**{FORM}", breaks)
    cut(ria, away=False)
    other.get_by_text("Het ging mis bij ons.").wait_for()
    other.get_by_text("Tweede van twee.").wait_for(state="detached")
    other.context.unroute_all()
    assert len(kept(ria)["sealed"]) == 1
    assert times(ria, "Tweede van twee.") == 1
    ria.wrong.clear()


def test_nothing_comes_back_after_it_was_taken_away(person: Comes) -> None:
    """One tab is sending, and fetching the list, while in another somebody signs out."""
    ria = person("ria")
    page = waiting(ria, "Weg is weg.")
    held: list[Route] = []
    for path in (FORM, "/wachtrij/vandaag"):
        page.context.route(f"**{path}", lambda each: held.append(each))  # noqa: PLW0108 - a plain one is no handler
    cut(ria, away=False)
    page.get_by_role("button", name="Neem de lijst mee").click()
    other = page.context.new_page()
    other.goto(f"{ria.site}/wachtrij")
    other.get_by_role("button", name="Afmelden").first.click()
    other.get_by_role("button", name="Meld af en gooi weg").click()
    other.get_by_role("heading", name="Kies wie je bent").wait_for()
    assert len(held) == 2
    lines = {"until": "2199-01-01T00:00:00+01:00", "lines": []}
    for each in held:
        if each.request.method == "POST":
            refused(each, "Zo lukt het niet.")
        else:
            each.fulfill(json=lines)
    page.evaluate(_SENT)
    expect(page.locator("#not-fetched")).not_to_have_attribute("hidden", "")
    found = kept(ria)
    assert (found["sealed"], found["keys"]) == ([], [])
    ria.wrong.clear()


def test_signing_out_is_not_forgotten_while_the_service_is_broken(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria, "/wachtrij")
    asked: list[str] = []

    def broken(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503)

    page.context.route("**/afmelden", broken)
    page.get_by_role("button", name="Afmelden").first.click()
    page.get_by_text("Zodra er bereik is, ben je ook afgemeld.").wait_for()
    page.locator("#device[data-cut-off]").wait_for()
    page.context.unroute_all()
    page.locator("#device:not([data-cut-off])").wait_for()
    assert len(asked) >= 2, "it was asked again"
    ria.wrong.clear()
    ria.expects("401 /vandaag")
    ria.go("/vandaag")
    page.get_by_role("heading", name="Kies wie je bent").wait_for()
    page.wait_for_load_state("load")


def test_where_nothing_can_be_kept_the_pages_work_as_ever(person: Comes) -> None:
    ria = person("ria")
    style = ria.page.request.get(f"{ria.site}/help").text()
    file = re.search(r'href="(/static/[^"]+/mark\.svg)"', style)
    assert file
    ria.go(file[1])
    ria.page.evaluate(_NEWER)
    page = ready(ria)
    note(ria, "Met een kapotte opslag.")
    page.get_by_text("Bewaard. Het staat in de tijdlijn.").wait_for()
    ria.go(FORM)
    cut(ria)
    note(ria, "Dit kan nergens heen.")
    page.get_by_text("Er was geen bereik. Daarom is dit niet gedaan.").wait_for()
    page.get_by_text("Heb je nu iemand nodig?").wait_for()
    page.context.set_offline(False)  # what is kept nowhere is not opened anew by itself
    ria.go(FORM)
    page.evaluate(_GONE)
    ria.go(FORM)
    cut(ria)
    note(ria, "Nu kan het weer.")
    page.get_by_text(WAITS).wait_for()
    cut(ria, away=False)
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Met een kapotte opslag.") == times(ria, "Nu kan het weer.") == 1


@pytest.mark.parametrize("open_", [True, False])
def test_after_the_session_is_over_nothing_is_shown_and_nothing_lost(
    person: Comes, open_: bool
) -> None:
    """Whoever holds the device sees what stands there only as long as its owner is signed in."""
    ria = person("ria", width=390)
    ready(ria, "/wachtrij")
    ria.button("Neem de lijst mee")
    ria.page.locator("#lines a.number").first.wait_for()
    name = ria.page.locator("#lines h3").first.inner_text()
    page = waiting(ria, f"Na {open_} niet te lezen.")
    page.get_by_text(f"Na {open_} niet te lezen.").wait_for()
    now = page.evaluate("Date.now() / 1000")
    if open_:
        page.clock.install(time=now)
        page.reload()
        page.get_by_text(f"Na {open_} niet te lezen.").wait_for()
        page.clock.fast_forward("10:01:00")
    else:
        page.clock.set_fixed_time(now + 10 * 3600 + 60)
        ria.go("/vandaag")
    page.get_by_text(STRANGER).wait_for()
    assert page.get_by_text(f"Na {open_} niet te lezen.").count() == 0
    assert page.get_by_text(name).count() == 0
    assert page.locator("#lines > li").count() == 0
    told_of_nobody(kept(ria), f"Na {open_}")
    assert [line for line in kept(ria)["keys"] if "/queue " in line]
    page.clock.set_fixed_time(now)
    cut(ria, away=False)
    page.get_by_role("button", name="Afmelden").first.wait_for()
    ria.go("/wachtrij")
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, f"Na {open_} niet te lezen.") == 1


def test_the_page_for_without_a_connection_makes_way_where_there_is_one(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria, "/wachtrij")
    ria.go("/wachtrij?los")
    page.wait_for_url(f"{ria.site}/wachtrij")
    page.get_by_text(NOTHING_WAITS).wait_for()


def test_a_placement_waits_and_is_saved_with_its_employer(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria, f"{TOMS}/plaatsing")
    cut(ria)
    ria.tile("Wat is het?", "Vrijwilligerswerk")
    ria.type("Staat die er niet bij? Naam", "Imkerij Zonder Bereik")
    ria.type("Wat voor werk?", "honing slingeren")
    ria.button("Bewaar")
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("Noteer een plaatsing").first.wait_for()
    cut(ria, away=False)
    page.get_by_text(NOTHING_WAITS).wait_for()
    ria.go(TOMS)
    assert page.get_by_text("honing slingeren bij Imkerij Zonder Bereik").count() >= 1


@pytest.mark.parametrize("width", [390, 320])
def test_a_call_for_help_says_plainly_that_nobody_read_it_yet(person: Comes, width: int) -> None:
    els = person("els", width=width)
    page = ready(els, HELP)
    cut(els)
    els.page.locator("main form textarea").first.fill(f"Op {width} gaat het niet.")
    els.button("Laat het mijn team weten")
    page.get_by_text(WAITS).wait_for()
    for path in ("", "/mijn"):
        if path:
            els.go(path)  # any page that cannot be fetched says it as well
        page.get_by_text(f"Op {width} gaat het niet.").wait_for()
        page.get_by_text(UNREAD).wait_for()
        assert page.get_by_role("link", name="0800-0113").is_visible()
        assert page.get_by_role("link", name="112", exact=True).is_visible()
    cut(els, away=False)
    page.locator("[data-waits]:visible").wait_for(state="detached")
    els.go("/wachtrij")
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert not page.get_by_text(UNREAD).is_visible()
    els.go(HELP.replace("even-niet-goed", "gehoord"))
    page.get_by_text(f"Op {width} gaat het niet.").first.wait_for()

"""Noting where there is no connection: nothing is lost, doubled, or readable on the device."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.cut_off import (
    FORM,
    NOTHING_WAITS,
    WAITS,
    WORKING,
    Comes,
    cut,
    kept,
    note,
    ready,
    times,
    told_of_nobody,
)
from tests.browser.person import arrive
from tests.browser.serving import served
from tests.demo.region import DemoRegion


def test_what_is_saved_without_a_connection_waits_here_and_is_sent_once(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria)
    cut(ria)
    note(ria, "Samen naar de bakker gelopen.")
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("Samen naar de bakker gelopen.").wait_for()
    page.reload()
    page.get_by_text("Samen naar de bakker gelopen.").wait_for()
    found = kept(ria)
    assert len(found["sealed"]) == 1
    assert all(line.endswith(" a key") for line in found["keys"])
    assert found["storage"] == []
    told_of_nobody(found, "bakker", FORM)
    cut(ria, away=False)
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Samen naar de bakker gelopen.") == 1
    assert kept(ria)["sealed"] == []


def test_it_waits_as_well_when_the_service_is_away(region: DemoRegion, browser: Browser) -> None:
    with served(region) as site:
        ria = arrive(browser, site, "ria", width=390)
        page = ready(ria)
    note(ria, "De dienst was even weg.")
    page.get_by_text(WAITS).wait_for()
    with served(region, port=int(site.rpartition(":")[2])):
        ria.button("Verstuur nu")
        page.get_by_text(NOTHING_WAITS).wait_for()
        assert times(ria, "De dienst was even weg.") == 1
        ria.leave()


def test_what_was_saved_before_the_answer_was_lost_is_there_once(person: Comes) -> None:
    """The answer gets lost on the way back: the same key is sent again."""
    ria = person("ria")
    page = ready(ria)

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.context.route(f"**{FORM}", lose, times=1)
    note(ria, "Het antwoord ging verloren.")
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Het antwoord ging verloren.") == 1


def test_no_answer_is_noted_on_the_day_that_it_was_typed(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria, "/vandaag")
    cut(ria)
    ria.tap(page.get_by_role("button", name="Geen gehoor: ").first)
    page.get_by_text(WAITS).wait_for()
    sent: list[str] = []
    page.context.on("request", lambda each: sent.append(each.post_data or ""))
    cut(ria, away=False)
    page.get_by_text(NOTHING_WAITS).wait_for()
    today = page.evaluate("new Intl.DateTimeFormat('sv-SE').format(new Date())")
    assert [each for each in sent if f"&occurred_on={today}&" in each]


def test_what_is_not_right_yet_is_kept_with_what_was_said_about_it(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria)
    cut(ria)
    note(ria, "Zonder te zeggen hoe.", mode=None)
    page.get_by_text(WAITS).wait_for()
    cut(ria, away=False)
    page.get_by_text("Nog niet bewaard. Dit is het antwoord:").wait_for()
    ria.wrong.clear()
    page.reload()
    page.get_by_role("link", name="Open opnieuw").click()
    page.get_by_role("heading", name="Noteer een contact").wait_for()
    expect(page.get_by_label("Kort verslag")).to_have_value("Zonder te zeggen hoe.")
    ria.tile("Hoe?", "Wandelend")
    ria.button("Bewaar")
    page.get_by_text("Bewaard. Het staat in de tijdlijn.").wait_for()
    assert kept(ria)["sealed"] == []
    assert times(ria, "Zonder te zeggen hoe.") == 1


@pytest.mark.parametrize("status", [403, 404, 409, 422])
def test_whatever_the_service_refuses_stays_until_it_is_thrown_away(
    person: Comes, status: int
) -> None:
    ria = person("ria")
    page = ready(ria)
    cut(ria)
    note(ria, f"Geweigerd met {status}.")
    page.get_by_text(WAITS).wait_for()
    said = "<main><p role=alert>Zo lukt het niet.</p></main>"
    page.context.route(f"**{FORM}", lambda each: each.fulfill(status=status, body=said))
    cut(ria, away=False)
    page.get_by_text("Zo lukt het niet.").wait_for()
    page.reload()
    page.get_by_text(f"Geweigerd met {status}.").wait_for()
    told_of_nobody(kept(ria), "Geweigerd", "Zo lukt het niet")
    page.get_by_role("button", name="Gooi weg: ").click()
    page.get_by_role("button", name="Nee, bewaar het").click()
    page.get_by_role("button", name="Gooi weg: ").click()
    page.get_by_role("button", name="Ja, gooi weg").click()
    page.get_by_text(NOTHING_WAITS).wait_for()
    ria.wrong.clear()
    assert kept(ria)["sealed"] == []
    assert times(ria, f"Geweigerd met {status}.") == 0


def test_after_the_session_ended_it_waits_for_who_wrote_it_and_nobody_else(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria)
    other = page.context.new_page()
    other.goto(f"{ria.site}/vandaag")
    cut(ria)
    note(ria, "Alleen van mij.")
    page.get_by_text(WAITS).wait_for()
    page.close()
    ria.page.context.clear_cookies()
    ria.page = other
    cut(ria, away=False)
    other.locator("[data-waits]:visible").first.wait_for()
    ria.go("/wachtrij")
    other.get_by_text("Meld je aan om te zien").wait_for()
    assert other.get_by_text("Alleen van mij.").count() == 0
    ria.sign_in("bas")
    ria.go("/wachtrij")
    other.get_by_text(NOTHING_WAITS).wait_for()
    assert other.get_by_text("Alleen van mij.").count() == 0
    told_of_nobody(kept(ria), "Alleen van mij")
    assert len(kept(ria)["sealed"]) == 1
    ria.sign_in("ria")
    ria.go("/wachtrij")
    other.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Alleen van mij.") == 1


def test_what_a_sign_in_page_does_not_hold_is_kept_for_afterwards(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria)
    asks = {"status": 401, "body": "<h1>Meld je eerst aan</h1>"}
    page.context.route(f"**{FORM}", lambda each: each.fulfill(**asks), times=1)
    ria.expects("401 /traject/{id}/contact")
    note(ria, "Getypt toen de sessie om was.")
    page.get_by_role("heading", name="Meld je eerst aan").wait_for()
    ria.go("/wachtrij")
    page.get_by_text(NOTHING_WAITS).wait_for()
    assert times(ria, "Getypt toen de sessie om was.") == 1


def test_signing_out_warns_and_then_takes_everything_away(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria, "/wachtrij")
    ria.button("Neem de lijst mee")
    page.get_by_text("Versleuteld, voor jou alleen").wait_for()
    ria.go(FORM)
    cut(ria)
    note(ria, "Dit gaat weg.")
    page.get_by_text(WAITS).wait_for()
    page.context.route(f"**{FORM}", lambda each: each.fulfill(status=503))
    cut(ria, away=False)
    page.get_by_role("button", name="Afmelden").first.wait_for()
    page.get_by_role("button", name="Afmelden").first.click()
    page.get_by_role("heading", name="Nu al afmelden?").wait_for()
    assert len(kept(ria)["sealed"]) == 2
    page.get_by_role("button", name="Meld af en gooi weg").click()
    page.get_by_role("heading", name="Kies wie je bent").wait_for()
    ria.wrong.clear()
    found = kept(ria)
    assert (found["sealed"], found["keys"]) == ([], [])
    assert [line.split()[0] for line in found["plain"]] == ["language"]


def test_signing_out_without_a_connection_is_done_afterwards(person: Comes) -> None:
    ria = person("ria")
    page = ready(ria, "/wachtrij")
    cut(ria)
    page.get_by_role("button", name="Afmelden").first.click()
    page.get_by_text("Zodra er bereik is, ben je ook afgemeld.").wait_for()
    cut(ria, away=False)
    page.get_by_text("Meld je aan om te zien").wait_for()
    ria.expects("401 /vandaag")
    ria.go("/vandaag")
    page.get_by_role("heading", name="Kies wie je bent").wait_for()
    page.wait_for_load_state("load")


def test_the_numbers_of_today_are_there_without_a_connection_until_midnight(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria, "/wachtrij")
    ria.button("Neem de lijst mee")
    page.locator("#lines a.number").first.wait_for()
    cut(ria)
    ria.go("/vandaag")
    first = page.locator("#lines > li").first
    name = first.get_by_role("heading").inner_text()
    number = first.locator("a.number")
    assert re.fullmatch(r"tel:\+?\d{10,}", number.get_attribute("href") or "")
    told_of_nobody(kept(ria), name, number.inner_text())
    before = ria.actions
    ria.tap(first.get_by_role("link", name="Noteer: "))
    page.get_by_text(f"Over {name}").wait_for()
    note(ria, "In de kelder gesproken.")
    assert ria.actions - before == 3
    page.get_by_text(WAITS).wait_for()
    page.get_by_role("heading", name=f"Noteer een contact: {name}").wait_for()
    page.clock.install(time=page.evaluate("Date.now() / 1000"))
    page.reload()
    number.first.wait_for()
    page.clock.fast_forward("24:00:00")
    first.wait_for(state="detached")
    assert [line for line in kept(ria)["keys"] if "/day " in line] == []
    assert len(kept(ria)["sealed"]) == 1


def test_a_day_later_the_numbers_are_gone_when_it_is_opened(person: Comes) -> None:
    ria = person("ria", width=390)
    page = ready(ria, "/wachtrij")
    ria.button("Neem de lijst mee")
    page.locator("#lines a.number").first.wait_for()
    cut(ria)
    page.clock.set_fixed_time(page.evaluate("Date.now() / 1000 + 24 * 3600"))
    ria.go("/vandaag")
    page.get_by_text("Geen bereik. Wat je nu").wait_for()
    assert page.locator("#lines > li").count() == 0
    assert kept(ria)["sealed"] == []


def test_the_first_view_of_the_form_on_a_phone_is_light(
    person: Comes,
) -> None:
    ria = person("ria", width=390)
    network = ria.page.context.new_cdp_session(ria.page)
    network.send("Network.enable")
    weights: dict[str, float] = {}
    paths: dict[str, str] = {}

    def answered(told: dict[str, Any]) -> None:
        paths[told["requestId"]] = told["response"]["url"].removeprefix(ria.site)

    def loaded(told: dict[str, Any]) -> None:
        weights[told["requestId"]] = told["encodedDataLength"]

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", loaded)
    ria.go(FORM)
    ria.page.evaluate("document.fonts.ready.then(() => true)")
    ria.page.evaluate(WORKING)
    view = {paths[key]: size for key, size in weights.items() if key in paths}
    assert any(path.endswith("/ss3.woff2") for path in view), view
    assert any(path.endswith("/offline/page.js") for path in view), view
    assert sum(view.values()) < 70_000, view

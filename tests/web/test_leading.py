"""The pages of a team lead: who guides whom, who stands in, and who finds no such page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import FENNA, LEONIE, NIEK, NOOR, PERSONAS, RIA, TRUST, trajectory_of
from domain.policy import leads
from tests.demo.region import DemoRegion

LEADS = {key for key, each in PERSONAS.items() if leads(each.actor.role)}
STAND_IN = "/vervanging"


@pytest.fixture
def lead(region: DemoRegion) -> Iterator[TestClient]:
    """Leonie, who leaves no stand-in behind."""
    browser = region.browser("leonie")
    yield browser
    named = re.findall(r'name="covers" value="([^"]+)"', browser.get(STAND_IN).text)
    ended = browser.post(f"{STAND_IN}/einde", data={"key": str(uuid4()), "covers": named})
    assert ended.status_code == 200
    region.projector.catch_up()


def arrange(region: DemoRegion, by: TestClient) -> str:
    """Let Leonie stand in for Ria for a week; give how the team stands then."""
    day = region.services.today()
    given = {
        "key": str(uuid4()),
        "coach": str(RIA.actor.person),
        "person": str(LEONIE.actor.person),
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=6)).isoformat(),
    }
    assert by.post(STAND_IN, data=given, follow_redirects=False).status_code == 303
    region.projector.catch_up()
    return by.get("/team").text


def told(by: TestClient) -> str:
    """Give the part of the page on signals that wait."""
    return by.get("/team").text.partition('id="wait-h"')[2].partition("</section>")[0]


def waiting(by: TestClient) -> int:
    """Read how many signals wait for an answer."""
    found = re.search(r'class="phase num">(\d+)<', told(by))
    return int(found[1]) if found else 0


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_team_is_shown_to_who_leads_it(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    shown = 200 if persona in LEADS else 404
    assert browser.get("/team").status_code == shown
    assert ('href="/team"' in browser.get("/help").text) is (persona in LEADS)
    if shown != 200:
        assert browser.get(f"/team/wie/{RIA.actor.person}").status_code == 404


def test_nobody_is_asked_who_they_are(region: DemoRegion) -> None:
    anybody = region.browser()
    for path in ("/team", "/team/uitkomsten", f"/team/wie/{RIA.actor.person}", "/import"):
        assert anybody.get(path).status_code == 401
    for path in (STAND_IN, f"{STAND_IN}/einde", "/import", "/import/neem-over"):
        assert anybody.post(path, data={"coach": "x"}).status_code == 401


def test_coaches_stand_by_name_with_how_many_they_guide(lead: TestClient) -> None:
    page = lead.get("/team").text
    names = re.findall(r'class="name" href="/team/wie/[^"]+">([^<]+)<', page)
    assert {RIA.name, NIEK.name} <= set(names)
    assert FENNA.name not in names, "she works elsewhere"
    assert "hooguit 20 mensen (IPS)" in page


def test_whom_a_coach_guides_is_told_some_at_a_time_and_nobody_twice(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.web.leading.PAGE", 10)
    hedwig = region.browser("hedwig")
    address, found, pages = f"/team/wie/{FENNA.actor.person}", list[str](), 0
    while address:
        page = hedwig.get(address).text
        found += re.findall(r'class="name" href="(/traject/[^"]+)"', page)
        following = re.search(r'href="(/team/wie/[^"?]+\?verder=\d+)"', page)
        address, pages = following[1] if following else "", pages + 1
    assert len(found) == len(set(found)) > 10
    assert pages == -(-len(found) // 10)


def test_a_team_of_more_than_five_hundred_is_told_whole(region: DemoRegion) -> None:
    hedwig = region.browser("hedwig")
    told = hedwig.get("/api/v1/caseload").json()
    assert len(told["cases"]) > 500
    assert f'<span class="phase num">{told["count"]}</span>' in hedwig.get("/team").text


def test_a_coach_of_elsewhere_is_nobody(lead: TestClient) -> None:
    assert lead.get(f"/team/wie/{FENNA.actor.person}").status_code == 404
    assert lead.get("/team/wie/niemand").status_code == 404
    assert lead.get(f"/team/wie/{RIA.actor.person}?verder=-1").status_code == 200
    assert lead.get(f"/team/wie/{RIA.actor.person}?verder=99999").status_code == 200


def test_who_stands_in_is_told_and_arranged_in_one_place(
    region: DemoRegion, lead: TestClient
) -> None:
    page = lead.get("/team").text
    assert "Niemand neemt nu voor iemand waar." in page
    assert f'href="{STAND_IN}"' in page
    assert "Leonie Vos neemt waar voor Ria Verhoeven" in arrange(region, lead)
    assert lead.post("/team/vervanging", data={}).status_code == 405


def test_a_lead_stands_in_themselves_or_asks_who_coaches(lead: TestClient) -> None:
    offered = lead.get(STAND_IN).text.partition('<select id="person"')[2].partition("</select>")[0]
    people = re.findall(r'<option value="([^"]+)"', offered)
    assert people[0] == str(LEONIE.actor.person)
    assert {str(RIA.actor.person), str(NIEK.actor.person)} <= set(people)
    assert str(FENNA.actor.person) not in people


def test_what_waits_for_an_answer_is_told_while_standing_in_and_not_otherwise(
    region: DemoRegion, lead: TestClient
) -> None:
    """Of a setback a summary tells how many wait (ADR 0021); who stands in has the coach's eyes."""
    before = waiting(lead)
    signal = f"/api/v1/trajectories/{trajectory_of(NOOR)}/signal-setback"
    assert region.browser("noor").post(signal, json={}).status_code == 201
    region.projector.catch_up()
    page = lead.get("/team").text
    assert waiting(lead) == before + 1
    assert "Wacht op antwoord van ons" not in page
    assert "/traject/" not in told(lead)
    assert NOOR.name not in told(lead)
    page = arrange(region, lead)
    assert "Wacht op antwoord van ons" in page
    assert f'href="/traject/{trajectory_of(NOOR)}/reageer?setback=' in page


def test_signals_are_counted_for_the_own_team_alone_and_are_no_more_when_answered(
    region: DemoRegion, lead: TestClient
) -> None:
    hedwig = region.browser("hedwig")
    here, elsewhere = waiting(lead), waiting(hedwig)
    file, ria = trajectory_of(NOOR), region.browser("ria")
    support = f"/api/v1/trajectories/{file}/support"
    before = sum(e["answered_on"] is None for e in ria.get(support).json()["setbacks"])
    region.browser("noor").post(f"/api/v1/trajectories/{file}/signal-setback", json={})
    region.projector.catch_up()
    assert (waiting(lead), waiting(hedwig)) == (here + 1, elsewhere)
    assert 'href="/vervanging"' in told(lead)
    for each in ria.get(support).json()["setbacks"]:
        answer = {"setback": each["setback"]}
        answered = ria.post(f"/api/v1/trajectories/{file}/answer-setback", json=answer)
        assert each["answered_on"] or answered.status_code == 201, answered.text
    region.projector.catch_up()
    assert waiting(lead) == here - before


def test_a_list_in_which_nobody_has_a_name_is_not_there(lead: TestClient) -> None:
    for each in re.findall(r"<details.*?</details>", lead.get("/team").text, re.DOTALL):
        assert "<li>" not in each or "/traject/" in each


@pytest.mark.parametrize("persona", PERSONAS)
def test_outcomes_are_of_the_programmes_whose_totals_somebody_reads(
    region: DemoRegion, persona: str
) -> None:
    browser = region.browser(persona)
    page = browser.get("/team/uitkomsten")
    assert page.status_code == 200
    asked = browser.get(f"/team/uitkomsten?programma={TRUST}").status_code
    assert asked == browser.get(f"/api/v1/programmes/{TRUST}/outcomes").status_code
    none = "Er is hier geen programma waarvan je de uitkomsten leest." in page.text
    assert none is ('name="programma"' not in page.text)


def test_each_chart_has_its_numbers_in_a_table(region: DemoRegion) -> None:
    hedwig = region.browser("hedwig")
    page = hedwig.get("/team/uitkomsten").text
    told = hedwig.get(f"/api/v1/programmes/{TRUST}/outcomes").json()
    assert page.count('<svg class="chart"') == 5
    assert page.count("<table") >= page.count('<svg class="chart"')
    for each in told["participation"]["rungs"]:
        row = page.partition(f"</span> {each['label']}</th>")[2].partition("</tr>")[0]
        assert f'<td class="n">{each["people"]}</td>' in row


def test_an_auditor_is_told_no_small_number(region: DemoRegion) -> None:
    kim = region.browser("kim")
    page = kim.get("/team/uitkomsten").text
    told = kim.get(f"/api/v1/programmes/{TRUST}/outcomes").json()
    assert "Aantallen van 1 tot en met 4 staan er niet bij" in page
    hides = [each for each in told["participation"]["rungs"] if each["people"] is None]
    for each in hides:
        row = page.partition(f"</span> {each['label']}</th>")[2].partition("</tr>")[0]
        assert "niet te zeggen" in row
    assert "Naast de IPS-schaal gelegd" not in page


@pytest.mark.parametrize(
    "asked", ["van=gisteren", "tot=2026-02-30", "van=2026-02-01&tot=2026-01-01"]
)
def test_a_period_that_cannot_be_gets_a_sentence(region: DemoRegion, asked: str) -> None:
    answer = region.browser("hedwig").get(f"/team/uitkomsten?{asked}")
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.text


def test_the_client_reads_that_the_lead_looked(region: DemoRegion) -> None:
    region.browser("leonie").get("/team")
    page = region.browser("noor").get(f"/traject/{trajectory_of(NOOR)}/wie-keek").text
    assert "teamleider" in page

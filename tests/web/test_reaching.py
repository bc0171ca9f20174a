"""How a client is reached: a number to tap where one works, and told to nobody else."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest

from api.demo.people import CLIENTS, ELS, PERSONAS, TOM, trajectory_of
from api.web.dialling import dialled
from tests.demo.region import DemoRegion

TOMS = f"/traject/{trajectory_of(TOM)}"
NUMBER = f"{TOMS}/telefoonnummer"
_LINE = r"<li(?: class=\"cl\")?><span class=\"avatar\">.*?</li>"
KNOW = {"ria", "bas"}
"""Who works with Tom and is told how to reach him."""


def calls(page: str) -> list[str]:
    """Give what can be called from a page."""
    return re.findall(r'href="tel:([^"]*)"', page)


def test_a_line_of_today_has_the_number_where_the_api_gives_one(region: DemoRegion) -> None:
    ria = region.browser("ria")
    lines = re.findall(_LINE, _today(ria), re.DOTALL)
    carried = ria.get("/wachtrij/vandaag").json()["lines"]
    assert carried
    assert len(lines) == len(ria.get("/api/v1/caseload").json()["cases"])
    for each in carried:
        (line,) = (one for one in lines if f'href="/traject/{each["trajectory"]}"' in one)
        assert calls(line) == [dialled(each["telephone"])] if each["telephone"] else []
    known = {str(trajectory_of(each)): each.phone for each in CLIENTS}
    told = [known[file] for one in lines if (file := _file(one)) in known]
    assert told
    assert {dialled(each) for each in told} <= set(calls(_today(ria)))


def _today(browser) -> str:
    return browser.get("/vandaag").text


def _file(line: str) -> str:
    found = re.search(r'href="/traject/([0-9a-f-]{36})"', line)
    assert found
    return found[1]


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_number_stands_only_for_who_is_told_how_to_reach_them(
    region: DemoRegion, persona: str
) -> None:
    who = region.browser(persona)
    number = dialled(TOM.phone or "")
    assert number
    assert (number in calls(who.get(TOMS).text)) == (persona in KNOW)
    assert (number in calls(who.get("/vandaag").text)) == (persona in KNOW)
    profile = unescape(who.get(f"{TOMS}/profiel").text)
    assert (str(TOM.phone) in profile) == (persona in KNOW | {"tom"})
    tied = who.get(TOMS).status_code == 200
    refused = 403 if tied else 404
    assert who.get(NUMBER).status_code == (200 if persona in KNOW | {"tom"} else refused)
    before = region.size()
    if persona not in KNOW | {"tom"}:
        answer = who.post(NUMBER, data={"key": str(uuid4()), "phone": "06 1"})
        assert answer.status_code == refused
        assert region.size() == before


@pytest.mark.parametrize("persona", ["ria", "tom"])
def test_another_number_is_noted_once_and_the_rest_stays(region: DemoRegion, persona: str) -> None:
    who, typed = region.browser(persona), {"key": str(uuid4()), "phone": "06 87 65 43 21"}
    before, born = region.size(), _born(region)
    assert re.search(r'id="phone"[^>]*value="06', who.get(NUMBER).text)
    for _ in range(2):
        answer = who.post(NUMBER, data=typed, follow_redirects=False)
        assert answer.status_code == 303
    assert region.size() == before + 1
    region.projector.catch_up()
    assert "06 87 65 43 21" in who.get(answer.headers["location"]).text
    assert "0687654321" in calls(region.browser("ria").get(TOMS).text)
    assert _born(region) == born


def _born(region: DemoRegion) -> object:
    person = TOM.actor.person
    standing = region.browser("ria").get(f"/api/v1/directory/{person}").json()["standing"]
    held = {each["slot"]: each["fields"] for each in standing}
    return held.get("contact", held["person"]).get("birth_year")


def test_what_is_no_number_comes_back_and_nothing_is_kept(region: DemoRegion) -> None:
    before = region.size()
    answer = region.browser("ria").post(NUMBER, data={"key": str(uuid4()), "phone": "0" * 300})
    assert answer.status_code == 422
    assert "0" * 300 in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert region.size() == before


def test_without_a_number_nothing_is_called(region: DemoRegion) -> None:
    elses = f"/traject/{trajectory_of(ELS)}"
    ria = region.browser("ria")
    ria.post(f"{elses}/telefoonnummer", data={"key": str(uuid4()), "phone": " "})
    region.projector.catch_up()
    assert calls(ria.get(elses).text) == []
    assert "Hier staat nog geen nummer." in ria.get(f"{elses}/profiel").text

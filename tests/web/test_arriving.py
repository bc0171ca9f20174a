"""Somebody new comes in: one looks first, begins the file once, and of others hears nothing."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import PERSONAS, TOM
from domain.policy import refers
from domain.rules.people import SEARCHED_ENOUGH, SEARCHES_A_DAY
from tests.demo.region import DemoRegion

NEW, BEGIN = "/nieuw", "/nieuw/dossier"
REFERS = {each for each, persona in PERSONAS.items() if refers(persona.actor.role)}
BORN = str(TOM.birth_year)
COMES = {"given_name": "Jaap", "family_name": "Nergensbekend", "birth_year": "1987"}
LEADS_TO = f'href="{NEW}"'


def send(who: TestClient, path: str, **typed: str) -> tuple[int, str, str]:
    """Post a form; give the status, where it leads, and the page."""
    answer = who.post(path, data={"key": str(uuid4()), **typed}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)


@pytest.mark.parametrize("persona", PERSONAS)
def test_it_is_there_for_who_begins_files(region: DemoRegion, persona: str) -> None:
    who, before = region.browser(persona), region.size()
    assert who.get(NEW).status_code == (200 if persona in REFERS else 404)
    home = who.get("/", follow_redirects=True).text
    assert (LEADS_TO in home) == (persona in REFERS)
    if persona not in REFERS:
        assert send(who, NEW, family_name="Kuipers", birth_year=BORN)[0] == 404
        assert send(who, BEGIN, **COMES, channel="self")[0] == 404
    assert region.size() == before


def test_one_looks_first_and_hears_of_ones_own_people_alone(region: DemoRegion) -> None:
    ria, stranger = region.browser("ria"), region.browser("niek")
    page = send(ria, NEW, family_name="kuipers", birth_year=BORN)[2]
    assert "Is het een van deze?" in page
    assert "Tom Kuipers" in page
    told = send(stranger, NEW, family_name="kuipers", birth_year=BORN)[2]
    nowhere = send(stranger, NEW, family_name="Nergensbekend", birth_year=BORN)[2]
    assert "Tom" not in told
    assert _bare(told, "kuipers") == _bare(nowhere, "Nergensbekend")


def _bare(page: str, name: str) -> str:
    """Leave out what was typed and what is new on each page."""
    return re.sub(r'value="[0-9a-f-]{36}"', "", page.replace(name, ""))


def test_a_file_is_begun_once_and_opens(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    looked = send(ria, NEW, family_name="Nergensbekend", birth_year="1987")[2]
    assert 'value="Nergensbekend"' in looked
    assert 'value="1987"' in looked
    typed = {**COMES, "phone": "06 11 22 33 44", "channel": "walk_in", "key": str(uuid4())}
    first, again = send(ria, BEGIN, **typed), send(ria, BEGIN, **typed)
    assert first[0] == again[0] == 303
    assert first[1].partition("?")[0] == again[1].partition("?")[0]
    assert region.size() == before + 2, "a person and their file"
    region.projector.catch_up()
    page = unescape(ria.get(first[1]).text)
    assert "Jaap Nergensbekend" in page
    assert 'href="tel:0611223344"' in page
    assert "Jaap Nergensbekend" in ria.get("/vandaag").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"given_name": "", "channel": "self"}, "given_name"),
        ({"channel": ""}, "channel"),
        ({"channel": "moon"}, "channel"),
        ({"birth_year": "18"}, "birth_year"),
        ({"birth_year": "2099", "channel": "self"}, "birth_year"),
        ({"channel": "self", "occurred_on": "2199-01-01"}, "occurred_on"),
    ],
)
def test_what_is_not_right_comes_back_and_nobody_is_registered(
    region: DemoRegion, typed: dict[str, str], said: str
) -> None:
    before = region.size()
    status, _, page = send(region.browser("ria"), BEGIN, **{**COMES, **typed})
    assert status == 422
    assert 'value="Nergensbekend"' in page
    assert f'id="wrong-{said}"' in page
    assert region.size() == before


def test_one_of_the_same_name_and_year_is_asked_about_first(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    typed = {"given_name": "Toon", "family_name": "Kuipers", "channel": "self"}
    status, _, page = send(ria, BEGIN, **typed, birth_year=BORN)
    assert status == 422
    assert "al iemand met deze naam" in page
    assert region.size() == before
    assert send(ria, BEGIN, **typed, birth_year=BORN, somebody_else="yes")[0] == 303


def test_who_only_refers_names_who_goes_on(region: DemoRegion) -> None:
    leonie, before = region.browser("leonie"), region.size()
    page = send(leonie, NEW, family_name="Nergensbekend", birth_year="1987")[2]
    assert send(leonie, BEGIN, **COMES, channel="self")[0] == 422
    assert region.size() == before
    takers = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)', page)
    ((person, _), *_) = [each for each in takers if "jobcoach" in each[1]]
    status, to, _ = send(leonie, BEGIN, **COMES, channel="municipality", received_by=person)
    assert status == 303
    assert region.size() == before + 2
    region.projector.catch_up()
    assert leonie.get(to).status_code == 200


def test_who_looked_often_is_told_so_and_may_begin_all_the_same(region: DemoRegion) -> None:
    bas = region.browser("bas")
    for _ in range(SEARCHES_A_DAY):
        send(bas, NEW, family_name="Nergensbekend", birth_year="1987")
    status, _, page = send(bas, NEW, family_name="Nergensbekend", birth_year="1987")
    assert status == 200
    assert SEARCHED_ENOUGH.nl in page
    assert f'action="{BEGIN}"' in page

"""Turkish, Arabic and Polish, for who is here for themselves or for somebody close to them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from uuid import uuid4

import pytest
from babel.dates import format_date, get_day_names
from starlette.testclient import TestClient

from api.demo.people import NOOR, PERSONAS, TOM, Somebody, trajectory_of
from api.reading.asking import Asking
from api.web import texts
from api.web.desk.own import Own, choose
from api.web.filters import marked
from api.web.forms.registry import FORMS
from domain.language import Language, Text, in_dutch
from domain.policy import no_professional
from domain.roles import Role
from domain.wording import day, weekday
from tests.browser.walking import round_of
from tests.demo.region import DemoRegion
from tests.tools.texts import heard, heard_on_pages

FURTHER = [each for each in texts.OFFERED.values() if not each.whole]
CODES = [each.code for each in FURTHER]
TOMS = trajectory_of(TOM)
CLOSE = [name for name, each in PERSONAS.items() if no_professional(each.actor.role)]
"""Who is here for themselves or for somebody close."""
_DUTCH = re.compile(r'<span lang="nl" dir="ltr">(.*?)</span>|\u2066(.*?)\u2069')
_HOLE = re.compile(r"\{\w*\}|%\(\w+\)s")
_PART = re.compile(r"\[([^\[\]]*)\]")


def speaking(region: DemoRegion, persona: str | None, code: str) -> TestClient:
    browser = region.browser(persona)
    browser.cookies.set("taal", code)
    return browser


def in_dutch_on(page: str) -> list[str]:
    """Find what a page had to say in Dutch."""
    return [one or other for one, other in _DUTCH.findall(page)]


@pytest.mark.parametrize("code", CODES)
def test_all_that_they_meet_is_translated(code: Language) -> None:
    pages = {each.id if isinstance(each.id, str) else each.id[0] for each in texts.catalogue(code)}
    domain = {each.id for each in texts.catalogue(code, texts.DOMAIN)}
    assert heard_on_pages() - pages == set()
    assert heard() - domain == set()


def holes(text: str) -> tuple[set[str], list[list[str]]]:
    """Give what is filled in, and what is filled in within parts that may be left out."""
    return set(_HOLE.findall(text)), sorted(sorted(_HOLE.findall(e)) for e in _PART.findall(text))


@pytest.mark.parametrize("code", CODES)
def test_what_is_filled_in_is_filled_in_there_too(code: Language) -> None:
    read = texts.catalogue(code, texts.DOMAIN)
    assert {
        str(each.id): each.string for each in read if holes(each.id) != holes(each.string)
    } == {}


@pytest.mark.parametrize("text", ["At {at}", "At", "[At {at}][, {on}]", "[{at}, {on}]", "%(at)s"])
def test_a_hole_that_differs_would_be_found(text: str) -> None:
    assert holes("[At {at}, {on}] {who}") != holes(text)


@cache
def met(region: DemoRegion, persona: str | None) -> list[str]:
    return [each.path for each in round_of(region, persona)]


@pytest.mark.parametrize("persona", [None, *CLOSE])
@pytest.mark.parametrize("language", FURTHER, ids=CODES)
def test_every_page_that_they_meet_is_in_their_language(
    region: DemoRegion, persona: str | None, language: texts.PageLanguage
) -> None:
    dutch, browser = region.browser(persona), speaking(region, persona, language.code)
    assert len(met(region, persona)) >= 4
    for path in met(region, persona):
        page = browser.get(path)
        assert page.status_code == dutch.get(path).status_code, path
        assert f'<html lang="{language.code}" dir="{language.direction}"' in page.text, path
        assert page.headers["content-language"] == language.code
        assert in_dutch_on(page.text) == [], path


@pytest.mark.parametrize(("persona", "client"), [("tom", TOM), ("sem", NOOR)])
def test_every_form_and_its_refusal_is_in_their_language(
    region: DemoRegion, persona: str, client: Somebody
) -> None:
    browser, answered = speaking(region, persona, "tr"), 0
    wrong = {"occurred_on": "2199-01-01", "text": "x" * 9000, "score": "x", "per_month": "x"}
    for name in FORMS:
        path = f"/traject/{trajectory_of(client)}/{name}"
        shown = browser.get(path)
        assert in_dutch_on(shown.text) == [], path
        for typed in ({}, wrong) if shown.status_code == 200 else ():
            page = browser.post(path, data={"key": "x", **typed})
            answered += page.status_code == 422
            assert in_dutch_on(page.text) == [], path
    assert answered >= 4


def test_pages_of_somebodys_work_are_in_dutch_or_english(region: DemoRegion) -> None:
    for persona in ("ria", "hedwig"):
        for code in CODES:
            page = speaking(region, persona, code).get("/mijn")
            assert page.headers["content-language"] == "nl"
            assert f'value="{code}"' not in page.text
            refused = region.browser(persona).post("/mijn", data={"language": code})
            assert refused.status_code == 422
        assert region.browser(persona).get("/mijn?lang=en").headers["content-language"] == "en"


def test_a_language_that_was_chosen_is_that_of_the_next_browser(region: DemoRegion) -> None:
    tom = region.browser("tom")
    try:
        saved = tom.post("/mijn", data={"language": "ar"})
        assert '<html lang="ar" dir="rtl"' in saved.text
        assert '<html lang="ar" dir="rtl"' in region.browser("tom").get("/help").text
    finally:
        choose(region.services, Asking(PERSONAS["tom"].actor), Own())


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("ar", "ar"),
        ("tr;q=0.4, nl;q=0.5", "nl"),
        ("fr", "nl"),
        ("", "nl"),
        ("en", "en"),
    ],
)
def test_a_browser_may_say_what_it_is_set_to(region: DemoRegion, asked: str, given: str) -> None:
    browser = region.browser()
    found = browser.get("/help", headers={"accept-language": asked})
    assert found.headers["content-language"] == given
    assert "set-cookie" not in found.headers
    told = browser.get("/help?lang=tr", headers={"accept-language": asked})
    assert told.headers["content-language"] == "tr", "what was chosen goes first"


@pytest.mark.parametrize("persona", ["tom", "sem"])
@pytest.mark.parametrize("code", [*CODES, "nl"])
def test_it_is_said_that_nobody_checked_it(region: DemoRegion, persona: str, code: str) -> None:
    browser = speaking(region, persona, code)
    with texts.speaking(texts.OFFERED[code]):
        whole = texts.gettext(
            "The translations into Turkish, Arabic and Polish were not checked by a native"
            " speaker. Is something not clear? Choose Dutch, or ask your job coach."
        )
        short = texts.gettext("This translation was not checked by a native speaker.")
    assert whole in browser.get("/mijn").text
    assert (whole in browser.get("/help").text) is (code != "nl")
    assert (short in browser.get("/nergens").text) is (code != "nl")


def test_what_is_not_translated_is_dutch_and_says_so() -> None:
    missing = Text("Dit is nieuw: {what}.", "This is new: {what}.")
    said = missing.filled(what="iets").to("tr")
    assert said == in_dutch("Dit is nieuw: iets.")
    assert marked(f"<p>{said}</p>") == '<p><span lang="nl" dir="ltr">Dit is nieuw: iets.</span></p>'
    with texts.speaking(texts.OFFERED["pl"]):
        assert texts.gettext("Nothing open at all") == in_dutch("Nothing open at all")
        one, more = "For one other nothing is open", "For %(num)s others nothing is open"
        assert texts.ngettext(one, more, 1) == in_dutch("Bij één ander staat niets open")


@pytest.mark.parametrize(
    ("html", "after"),
    [
        ('<a title="\u2066Dag\u2069">x</a>', '<a title="\u2066Dag\u2069">x</a>'),
        ("<title>\u2066Dag\u2069</title>", "<title>\u2066Dag\u2069</title>"),
        ("<textarea>\u2066Dag\u2069</textarea>", "<textarea>\u2066Dag\u2069</textarea>"),
        (
            "<p>\u2068a \u2066b\u2069\u2069</p>",
            '<p>\u2068a <span lang="nl" dir="ltr">b</span>\u2069</p>',
        ),
        ("<p>\u2066a</p><p>b\u2069</p>", '<p><span lang="nl" dir="ltr">a</span></p><p>b\u2069</p>'),
    ],
)
def test_only_where_it_can_be_named_is_dutch_named(html: str, after: str) -> None:
    assert marked(html) == after


@pytest.fixture
def taught() -> None:
    """Teach the domain its languages, as a service does when it starts."""
    for code in CODES:
        texts.teach_domain(code)


@pytest.mark.usefixtures("taught")
def test_what_is_filled_in_does_not_turn_arabic_about() -> None:
    said = Text("You give {who} permission.", "You give {who} permission.").to("ar")
    assert "\u2068{who}\u2069" in said
    with texts.speaking(texts.OFFERED["ar"]):
        assert "\u2068%(name)s\u2069" in texts.gettext("About %(name)s")


@pytest.mark.usefixtures("taught")
def test_a_language_that_is_taught_is_spoken() -> None:
    with texts.speaking(texts.OFFERED["tr"]):
        assert texts.gettext("Save") == "Kaydet"
    assert Role.JOB_COACH.label.to("tr") == "iş koçu"
    assert {language for language in CODES if Text("ja", "yes").to(language) == "ja"} == set()


@pytest.mark.parametrize("code", ["nl", "en", *CODES])
def test_months_and_days_are_called_as_the_world_calls_them(code: Language) -> None:
    for month in range(1, 13):
        on = date(2026, month, 3)
        assert day(on, code).split()[1] == format_date(on, "d MMMM y", locale=code).split()[1]
    names = get_day_names("wide", locale=code)
    for number in range(7):  # 2 March was a Monday
        assert weekday(date(2026, 3, 2 + number), code).startswith(f"{names[number]} ")


def test_a_language_that_is_not_offered_leaves_ones_own(region: DemoRegion) -> None:
    """Of a browser that somebody else used before, or of an address that was passed on."""
    choose(region.services, Asking(PERSONAS["ria"].actor), Own(language="en"))
    try:
        ria = speaking(region, "ria", "pl")
        assert ria.get("/vandaag").headers["content-language"] == "en"
        assert ria.get("/vandaag?lang=xx").headers["content-language"] == "en"
    finally:
        choose(region.services, Asking(PERSONAS["ria"].actor), Own())


def test_no_answer_to_a_form_offers_what_would_lose_it(region: DemoRegion) -> None:
    tom, leads = region.browser("tom"), 'class="small" href="?lang='
    assert tom.get("/mijn").text.count(leads) == 4
    made = tom.post("/mijn/agenda", data={"key": str(uuid4())})
    refused = tom.post(f"/traject/{TOMS}/even-niet-goed", data={"wants_reader": "x"})
    for page in (made, refused):
        assert 'class="langs"' not in page.text
        assert leads not in page.text
    assert refused.status_code == 422
    assert made.status_code == 200

"""The client's own start, and a call for help: one tap, and what is told after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from api.demo.people import ELS, NOOR, PERSONAS, RIA, TOM, trajectory_of
from api.signin import COOKIE, issue
from api.web.home import coming_week, noted_lately
from domain.events.base import Category
from domain.events.permissions import MandateKind
from domain.roles import Role
from domain.rules.permissions import NoteMandate
from eventlog.entry import Actor
from eventlog.problems import Unavailable
from eventlog.request import Request
from tests.demo.region import DemoRegion
from tests.web.reading import forms, mark_of

TOMS, ELSES = (f"/traject/{trajectory_of(each)}" for each in (TOM, ELS))
OWN = ("thuis", "gehoord")
_ENTRY = re.compile(r'name="entry" value="([^"]+)"')


def test_the_client_begins_at_home_with_their_own_lane_first(region: DemoRegion) -> None:
    tom = region.browser("tom")
    page = tom.get("/", follow_redirects=True)
    assert page.url.path == f"{TOMS}/thuis"
    shown = [
        page.text.index(each)
        for each in ("Het gaat even niet goed", "Hoe gaat het?", "Wat je zelf zei", "beloofden")
    ]
    assert shown == sorted(shown)
    assert "Je gaf jezelf een 8" in page.text
    assert "Bevinding voor het team" not in page.text


DAY = date(2026, 3, 2)
PLANNED, OVER = "appointment.made.v1", "appointment.cancelled.v1"


def entry(kind: str, happened: date, planned: date | None = None) -> dict[str, Any]:
    fields = {} if planned is None else {"planned_on": planned.isoformat()}
    return {"type": kind, "occurred_on": happened, "lane": "work", "fields": fields}


@pytest.mark.parametrize(("days", "there"), [(-1, False), (0, True), (6, True), (7, False)])
def test_the_coming_week_is_seven_days_from_today(days: int, there: bool) -> None:
    on = DAY + timedelta(days=days)
    for kind in (PLANNED, "appointment.moved.v1", "tryout.arranged.v1"):
        assert bool(coming_week([entry(kind, DAY, on)], DAY)) is there


def test_the_first_appointment_stands_first_and_what_is_none_stands_elsewhere() -> None:
    later, sooner = (entry(PLANNED, DAY, DAY + timedelta(days=each)) for each in (5, 2))
    talk = entry("support.contact.v1", DAY)
    assert coming_week([later, talk, sooner], DAY) == [sooner, later]


@pytest.mark.parametrize(
    ("kind", "ago", "planned", "there"),
    [
        ("support.contact.v1", 0, None, True),
        ("support.contact.v1", 6, None, True),
        ("support.contact.v1", 7, None, False),
        ("finding.recorded.v1", 1, None, False),
        (PLANNED, 1, 0, False),
        (PLANNED, 1, 30, False),
        (PLANNED, 3, -1, True),
        (OVER, 1, 2, True),
    ],
)
def test_lately_noted_is_what_happened_and_not_what_is_to_come(
    kind: str, ago: int, planned: int | None, there: bool
) -> None:
    on = None if planned is None else DAY + timedelta(days=planned)
    found = entry(kind, DAY - timedelta(days=ago), on)
    assert list(noted_lately([found], DAY)) == [found] * there
    assert not list(noted_lately([{**found, "lane": "self"}], DAY)), "that stands above it"


def test_an_appointment_far_ahead_stands_in_neither_list(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    ria, tom, today = region.browser("ria"), region.browser("tom"), region.services.today()
    form = f"{TOMS}/make-work-appointment"
    (asked,) = forms(ria.get(form).text, "/make-work-appointment")
    for days in (3, 20):
        on = today + timedelta(days=days)
        typed = {"planned_on": on.isoformat(), "at": "10:10", "comes": "both"}
        says(ria, form, **{**asked.values, **typed, "key": str(uuid4())})
    page = unescape(tom.get(f"{TOMS}/thuis").text)
    assert page.count("om 10:10") == 1
    assert page.index("Komende week") < page.index("om 10:10") < page.index("Pas genoteerd")


def test_the_client_reads_whom_to_call(region: DemoRegion) -> None:
    page = region.browser("tom").get(f"{TOMS}/thuis").text
    assert RIA.phone is not None
    assert f'href="tel:{RIA.phone}"' in page
    assert RIA.phone not in region.browser("sem").get(f"/traject/{trajectory_of(NOOR)}").text


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "tom"])
def test_to_others_it_is_not_there(region: DemoRegion, persona: str, name: str) -> None:
    there, nowhere = (
        region.browser(persona).get(f"{path}/{name}") for path in (TOMS, f"/traject/{uuid4()}")
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_one_tap_arrives_and_says_who_reads_it(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    els, before = region.browser("els"), region.size()
    page = says(els, f"{ELSES}/even-niet-goed")
    assert region.size() == before + 1
    assert "Het is aangekomen" in page
    told = els.get(f"/api/v1/trajectories/{trajectory_of(ELS)}/setback-help").json()
    assert told["told"] in page
    assert "0800-0113" in page
    assert "Huisartsenpost" in page
    page = says(
        els, f"{ELSES}/gehoord", entry=_ENTRY.findall(page)[0], words="De buurman schreeuwt."
    )
    assert "De buurman schreeuwt." in page
    coach = region.browser("ria").get(ELSES).text
    assert "De buurman schreeuwt." in coach
    assert f'href="{ELSES}/gehoord"' in els.get(f"{ELSES}/thuis").text
    page = says(els, f"{ELSES}/gaat-beter", setback=_setback(page), back="thuis")
    assert "Er staat hier nu niets" in els.get(f"{ELSES}/gehoord").text
    assert f'href="{ELSES}/gehoord"' not in els.get(f"{ELSES}/thuis").text


def _setback(page: str) -> str:
    found = re.search(r'name="setback" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_it_is_taken_back_at_once_and_not_when_somebody_looked(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    els, path = region.browser("els"), f"{ELSES}/even-niet-goed"
    page = says(els, path)
    taken = says(els, f"{ELSES}/gehoord/terug", entry=_ENTRY.findall(page)[0])
    assert "Teruggenomen." in taken
    assert "Er staat hier nu niets" in els.get(f"{ELSES}/gehoord").text
    page = says(els, path)
    region.browser("ria").get(ELSES)
    typed = {"key": str(uuid4()), "entry": _ENTRY.findall(page)[0]}
    late = els.post(f"{ELSES}/gehoord/terug", data=typed)
    assert late.status_code == 422
    assert "Iemand heeft het dossier al bekeken." in late.text
    assert "Het is aangekomen" in late.text
    says(els, f"{ELSES}/gaat-beter", setback=_setback(late.text), back="thuis")


def test_it_arrives_also_when_the_client_asked_for_peace(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    tom = region.browser("tom")
    until = region.services.today() + timedelta(days=20)
    says(tom, f"{TOMS}/laat-me-met-rust", until=until.isoformat())
    home = unescape(tom.get(f"{TOMS}/thuis").text)
    assert "Je vroeg om met rust gelaten te worden" in home
    page = says(tom, f"{TOMS}/even-niet-goed")
    assert "Het is aangekomen" in page
    says(tom, f"{TOMS}/gaat-beter", setback=_setback(page), back="thuis")
    home = says(tom, f"{TOMS}/bel-me-weer", back="thuis")
    assert "Je vroeg om met rust" not in home


def test_what_is_laid_aside_does_not_look_as_if_it_was_sent(region: DemoRegion) -> None:
    tom, before = region.browser("tom"), region.size()
    typed = {"words": "Nog niet.", "kladje": "ja", "key": str(uuid4())}
    page = tom.post(f"{TOMS}/even-niet-goed", data=typed)
    assert "Niet verstuurd." in page.text
    assert "Nog niet." in page.text
    assert "aangekomen" not in page.text
    assert region.size() == before
    assert "Er staat hier nu niets" in tom.get(f"{TOMS}/gehoord").text
    tom.post("/mijn/kladje", data={"form": "even-niet-goed", "trajectory": trajectory_of(TOM).hex})


def test_a_second_tap_is_the_same_signal(region: DemoRegion) -> None:
    els, before = region.browser("els"), region.size()
    typed = {"key": str(uuid4())}
    for _ in range(2):
        answer = els.post(f"{ELSES}/even-niet-goed", data=typed, follow_redirects=False)
        assert answer.status_code == 303
    assert region.size() == before + 1
    region.projector.catch_up()
    page = els.get(f"{ELSES}/gehoord").text
    els.post(f"{ELSES}/gaat-beter", data={"key": str(uuid4()), "setback": _setback(page)})
    region.projector.catch_up()


def test_whom_to_call_stands_also_where_it_went_wrong(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = region.browser("tom")
    form = f"{TOMS}/even-niet-goed"
    assert "0800-0113" in tom.get(form).text
    refused = tom.post(form, data={"key": str(uuid4()), "urgency": "gisteren"})
    assert refused.status_code == 422
    assert "0800-0113" in refused.text
    sent = {"key": str(uuid4()), "words": "Help.", "device-of": mark_of(region, "tom")}
    out = region.browser().post(form, data=sent)
    assert out.status_code == 401
    assert "0800-0113" in out.text
    assert "Help." in out.text, "what was typed goes along"

    def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(region.services.handler, "handle", away)
    gone = tom.post(form, data={"key": str(uuid4())})
    assert gone.status_code == 503
    assert "0800-0113" in gone.text
    assert "aangekomen" not in gone.text


def test_a_mark_is_given_at_home_and_leads_back_there(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    tom = region.browser("tom")
    page = says(tom, f"{TOMS}/hoe-gaat-het", score="9", back="thuis")
    assert "Je gaf jezelf een 9" in page
    assert "Bewaard." in page


def test_marks_are_drawn_only_when_the_client_asked_to_watch(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    tom, path = region.browser("tom"), f"{TOMS}/hoe-het-gaat"
    drawn = tom.get(path).text
    assert drawn.count("<circle") == drawn.count('<td class="n">') > 1
    says(tom, f"{TOMS}/stop-watching")
    plain = tom.get(path).text
    assert "<circle" not in plain
    assert plain.count('<td class="n">') > 1
    says(tom, f"{TOMS}/ask-to-watch")
    assert "<circle" in tom.get(path).text
    assert region.browser("ria").get(path).status_code == 404


def test_who_represents_the_client_begins_there_too(region: DemoRegion) -> None:
    given = NoteMandate(
        person=region.services.personas["wil"].actor.person,
        kind=MandateKind.POWER_OF_ATTORNEY,
        categories=tuple(Category),
    )
    region.services.handler.handle(Request(ELS.actor, trajectory_of(ELS), given, None, None))
    region.projector.catch_up()
    stands = Actor(region.services.personas["wil"].actor.person, Role.LEGAL_REPRESENTATIVE)
    browser = region.browser()
    token = issue(region.services.tokens, stands, region.services.now())
    browser.cookies.set(COOKIE, token)
    page = browser.get("/", follow_redirects=True)
    assert page.url.path == f"{ELSES}/thuis"
    for way in ("mensen", "delen", "wie-keek"):
        assert f'href="{ELSES}/{way}"' in page.text
        assert browser.get(f"{ELSES}/{way}").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "ways"),
    [
        ("/nergens", 404, ('href="/"', 'href="/help"')),
        (f"{TOMS}/contact", 403, ('href="/"', 'href="/help"')),
        (f"{TOMS}?verder=onzin", 422, ('href="/"', 'href="/help"')),
    ],
)
def test_whatever_goes_wrong_offers_a_next_step(
    region: DemoRegion, path: str, status: int, ways: tuple[str, ...]
) -> None:
    page = region.browser("tom").get(path)
    assert page.status_code == status
    assert all(each in page.text for each in ways)
    assert "Probeer het opnieuw" not in page.text


@pytest.mark.parametrize(("error", "status"), [(Unavailable, 503), (RuntimeError, 500)])
def test_what_may_pass_offers_to_try_again(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    tom = region.browser("tom")

    def away(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(region.services.log, "ties", away)
    page = tom.get(f"{TOMS}/thuis")
    assert page.status_code == status
    assert f'href="{TOMS}/thuis">Probeer het opnieuw' in page.text
    assert page.text.count("Traceback") == 0


def test_who_is_signed_out_is_told_so(region: DemoRegion) -> None:
    page = region.browser().get(f"{TOMS}/thuis")
    assert page.status_code == 401
    assert "Je bent niet aangemeld" in page.text

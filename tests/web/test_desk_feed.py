"""A calendar of one's own: days and times, nobody's name, and an address that opens for now."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from api.demo.people import EVERYBODY, ORGANISATIONS, PERSONAS, RIA
from api.demo.telling import ago
from api.reading import agenda
from api.web.desk.pace import Pace
from domain.roles import Role
from domain.rules.people import EndRole
from eventlog.handler import HOME
from eventlog.request import Request
from tests.api.conftest import lines
from tests.demo.region import DemoRegion

__all__ = ["lines"]

MAKE, END = "/mijn/agenda", "/mijn/agenda/einde"
UUIDS = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
COMMON = {"aan", "het", "van", "der", "den"}
"""Words of names that are words of anything."""
LINES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME"),
    *("REFRESH-INTERVAL", "TZID", "RRULE", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"),
    *("SUMMARY", "DTSTART", "DURATION", "DTSTAMP", "UID", "CLASS", "TRANSP"),
}


@pytest.fixture(autouse=True)
def _at_ease(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often is a test of its own."""
    monkeypatch.setattr(Pace, "allows", lambda *_: True)


def sent(browser: TestClient, path: str, **headers: str) -> Any:
    return browser.post(path, data={"key": str(uuid4())}, headers=headers)


def made(browser: TestClient) -> str:
    answer = sent(browser, MAKE)
    assert answer.status_code == 200, answer.text
    assert "no-store" in answer.headers["cache-control"]
    found = re.search(r'readonly value="http://testserver(/agenda/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


def events(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_coach_has_the_appointments_and_the_contacts_that_are_due(region: DemoRegion) -> None:
    ria = region.browser("ria")
    answer = region.browser().get(made(ria))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["cache-control"]
    found = events(answer)
    today = region.services.today()
    visit = next(each for each in found if each["summary"] == "Afspraak")
    at = visit["dtstart"].dt
    assert at.tzinfo is not None
    assert at.replace(tzinfo=None) == datetime.combine(
        visited(today), datetime.min.time().replace(hour=10, minute=30)
    )
    assert at.utcoffset() == at.replace(tzinfo=HOME).utcoffset()
    assert visit["duration"].dt == timedelta(minutes=30)
    contacts = [each["dtstart"].dt for each in found if each["summary"] == "Contact"]
    assert len(contacts) == len(due(ria, today))
    assert sorted(contacts) == due(ria, today)
    assert min(contacts) == today, "what was due before is due today"


def visited(today: date) -> date:
    """Say on which day Tom is visited at work; no day of a weekend."""
    return ago(today, -11)


def due(browser: TestClient, today: date) -> list[date]:
    cases = browser.get("/api/v1/caseload").json()["cases"]
    found = (case.get(name) for case in cases for name in ("next", "next_employer"))
    days = [each["on"] for each in found if each]
    told = (max(date.fromisoformat(each), today) for each in days)
    return sorted(each for each in told if each <= today + agenda.AHEAD)


@pytest.fixture(scope="module")
def names(region: DemoRegion) -> set[str]:
    """Every name of the region, of people, employers and organisations, and the places of work."""
    found = {each.name for each in (*EVERYBODY, *ORGANISATIONS)}
    for persona in PERSONAS:
        browser = region.browser(persona)
        for asked in ("directory/people", "caseload", "directory/employers?name="):
            text = browser.get(f"/api/v1/{asked}").text
            found |= set(re.findall(r'"(?:name|employer_name|place)":"([^"]+)"', text))
    words = {word.strip("'().,") for each in found for word in each.split()}
    return {each.lower() for each in words if len(each) > 2} - COMMON


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "samir-groep"])
def test_it_names_nobody(region: DemoRegion, names: set[str], persona: str) -> None:
    address = made(region.browser(persona))
    text = region.browser().get(address).text
    lines = text.replace("\r\n ", "").splitlines()
    told = [re.split("[;:]", line)[0] for line in lines]
    assert set(told) <= LINES
    said = [line.partition(":")[2] for line, name in zip(lines, told, strict=True) if name != "UID"]
    assert len(names) > 100
    assert {"kuipers", "kantine", "beemden"} <= names
    assert set(re.findall(r"[^\W\d_]+", " ".join(said).lower())) & names == set()
    assert not UUIDS.search(text)
    assert address.split("/")[-1].removesuffix(".ics") not in text
    uids = [line for line, name in zip(lines, told, strict=True) if name == "UID"]
    assert all(re.fullmatch(r"UID:[\w-]{24}", each) for each in uids)


def test_who_comes_to_a_group_alone_has_no_calendar(region: DemoRegion) -> None:
    assert sent(region.browser("samir-groep"), MAKE).status_code == 404


def test_the_zone_is_told_and_summer_and_winter_are_right(region: DemoRegion) -> None:
    text = region.browser().get(made(region.browser("ria"))).content
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    ours, theirs = zone.to_tz(), ZoneInfo("Europe/Amsterdam")
    for day in (date(2026, 1, 15), date(2026, 7, 15), date(2026, 3, 29), date(2026, 10, 25)):
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - a zone is tried on it
        assert noon.replace(tzinfo=ours).utcoffset() == noon.replace(tzinfo=theirs).utcoffset()


def test_an_id_is_always_the_same_and_nobody_elses(region: DemoRegion) -> None:
    ria = region.browser("ria")
    address, client = made(ria), made(region.browser("tom"))
    first, again, toms = (
        {str(each["uid"]) for each in events(region.browser().get(path))}
        for path in (address, address, client)
    )
    assert first == again
    assert len(first) == len(events(region.browser().get(address)))
    assert toms
    assert not first & toms


def test_a_client_has_their_own_appointment_and_no_tasks(region: DemoRegion) -> None:
    found = events(region.browser().get(made(region.browser("tom"))))
    assert {str(each["summary"]) for each in found} == {"Afspraak"}
    assert len(found) == 1


def test_what_is_further_away_or_longer_ago_is_left_out(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = made(region.browser("tom"))
    today = region.services.today()
    assert len(events(region.browser().get(address))) == 1
    visit = visited(today)
    monkeypatch.setattr(agenda, "AHEAD", visit - today - timedelta(days=1))
    assert events(region.browser().get(address)) == []
    monkeypatch.setattr(agenda, "AHEAD", timedelta(days=90))
    for gone, left in ((7, 1), (8, 0)):
        now = visit + timedelta(days=gone)
        monkeypatch.setattr(type(region.services), "today", lambda _, now=now: now)
        assert len(events(region.browser().get(address))) == left


def test_an_address_that_opens_nothing_any_more_is_as_one_that_never_was(
    region: DemoRegion,
) -> None:
    ria, anybody = region.browser("ria"), region.browser()
    old = made(ria)
    new = made(ria)
    assert old != new
    assert len(new.split("/")[-1]) == len("x" * 43 + ".ics")
    assert anybody.get(new).status_code == 200
    assert sent(ria, END).status_code == 200
    assert sent(ria, END).status_code == 200
    never = anybody.get(f"/agenda/{'x' * 43}.ics")
    assert never.status_code == 404
    for path in (old, new, "/agenda/x.ics", f"/agenda/{'y' * 3000}.ics", "/agenda/%00%ff.ics"):
        answer = anybody.get(path)
        assert (answer.status_code, answer.content) == (404, never.content)
        assert answer.headers.keys() == never.headers.keys()
        assert "no-store" in answer.headers["cache-control"]


def test_only_a_fingerprint_is_kept_and_no_line_names_it(
    region: DemoRegion, region_database: Callable[..., str], lines: Callable[[], list[Any]]
) -> None:
    address = made(region.browser("ria"))
    region.browser().get(address)
    region.browser().get(address.replace("/agenda/", "/agenda/x"))
    token = address.split("/")[-1].removesuffix(".ics")
    with psycopg.connect(region_database("samenspoor_owner")) as connection:
        kept = str(connection.execute("SELECT f::text FROM desk.feed f").fetchall())
    assert str(RIA.actor.person) in kept
    for form in (token, token.encode().hex()):
        assert form not in kept
    logged = lines()
    assert [each["route"] for each in logged[-2:]] == ["/agenda/{token}.ics"] * 2
    assert token not in json.dumps(logged)


def test_a_fetch_is_no_look(region: DemoRegion, region_database: Callable[..., str]) -> None:
    address = made(region.browser("ria"))
    count = "SELECT count(*) FROM log.access"
    with psycopg.connect(region_database("samenspoor_owner"), autocommit=True) as connection:
        before = connection.execute(count).fetchone()
        assert events(region.browser().get(address))
        assert connection.execute(count).fetchone() == before


def test_it_ends_with_the_role(region: DemoRegion, region_database: Callable[..., str]) -> None:
    sam = next(p for p in PERSONAS.values() if p.actor.role is Role.TEAM_LEAD)
    key = next(name for name, each in PERSONAS.items() if each is sam)
    address = made(region.browser(key))
    assert events(region.browser().get(address)) is not None
    actor = sam.actor
    assert actor.organisation is not None
    end = EndRole(role=actor.role, organisation=actor.organisation)
    region.services.handler.handle(Request(actor, actor.person, end, operator=True))
    assert region.browser().get(address).status_code == 404
    assert sent(region.browser(key), MAKE).status_code == 404
    with psycopg.connect(region_database("samenspoor_owner")) as connection:
        left = connection.execute("SELECT FROM desk.feed WHERE person = %s", (actor.person,))
        assert left.fetchone() is None, "it does not come back with the role"


def test_to_make_one_asks_who_somebody_is_and_a_page_of_ours(region: DemoRegion) -> None:
    assert sent(region.browser(), MAKE).status_code == 401
    assert sent(region.browser(), END).status_code == 401
    ria = region.browser("ria")
    for path in (MAKE, END):
        assert sent(ria, path, **{"sec-fetch-site": "cross-site"}).status_code == 403
        assert ria.get(path).status_code == 404


def test_there_is_no_calendar_of_what_is_read_for_an_audit(
    region: DemoRegion,
) -> None:
    auditor = next(n for n, p in PERSONAS.items() if p.actor.role is Role.AUDITOR)
    browser = region.browser(auditor)
    assert browser.get("/api/v1/me").json()["trajectories"]
    assert events(region.browser().get(made(browser))) == []


def test_who_asks_too_often_waits(region: DemoRegion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    answers = [region.browser().get("/agenda/niets.ics") for _ in range(13)]
    assert {each.status_code for each in answers[:12]} <= {404, 429}
    assert answers[12].status_code == 429
    assert answers[12].headers["retry-after"] == "60"
    assert "over een minuut" in answers[12].json()["detail"]


def test_the_pace_is_counted_by_address_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    now = [0.0]
    pace = Pace(2, 3, lambda: now[0])
    assert [pace.allows("a") for _ in range(3)] == [True, True, False]
    assert [pace.allows(each) for each in "bcd"] == [True, False, False]
    now[0] = 61
    assert pace.allows("a")

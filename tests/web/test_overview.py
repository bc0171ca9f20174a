"""The whole of a timeline: drawn by lane and month, looked through, taken along as plain text."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest

from api.demo.people import NOOR, PERSONAS, TOM, trajectory_of
from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.lanes import Mark, marks
from api.reading.seeking import looked_for, parts
from api.signin import in_the_name_of
from api.web.swimming import LANES, MONTHS, WIDE, drawn_since, month_after, swim
from tests.demo.region import DemoRegion

TOMS = f"/traject/{trajectory_of(TOM)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
TODAY = date(2026, 3, 9)
_ROW = re.compile(r'maand=([\d-]+)#tl-h">[^<]+</a></th>((?:<td class="num">\d+</td>)+)')


def test_the_table_counts_what_its_reader_sees(region: DemoRegion) -> None:
    tom = region.browser("tom")
    page = tom.get(TOMS).text
    rows = {month: list(map(int, re.findall(r"\d+", cells))) for month, cells in _ROW.findall(page)}
    told: dict[str, list[int]] = {}
    cursor = ""
    while cursor is not None:
        asked = f"limit=100{cursor and f'&cursor={cursor}'}"
        found = tom.get(f"/api/v1/trajectories/{trajectory_of(TOM)}/timeline?{asked}").json()
        for each in found["entries"]:
            counts = told.setdefault(each["occurred_on"][:7], [0, 0, 0, 0])
            counts[LANES.index(each["lane"])] += 1
        cursor = found["next"]
    assert {month: counts for month, counts in rows.items() if any(counts)} == told
    assert page.count('class="month"') == len(rows)


def test_a_month_leads_to_its_entries(region: DemoRegion) -> None:
    tom = region.browser("tom")
    month = next(
        m for m, cells in _ROW.findall(tom.get(TOMS).text)[3:] if re.search("[1-9]", cells)
    )
    page = tom.get(f"{TOMS}?maand={month}").text
    first = re.search(r'<h3 class="day">(\d+) (\w+) (\d{4})<', page)
    assert first is not None
    names = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    found = date(int(first[3]), names.split().index(first[2]) + 1, int(first[1]))
    assert f"{found:%Y-%m}" == month
    assert "Terug naar het nieuwste" in page


@pytest.mark.parametrize("asked", ["2026-13", "onzin", "9999-12", "0000-01", "2026-3", "²⁰²⁶-03"])
def test_what_is_no_month_is_not_asked(region: DemoRegion, asked: str) -> None:
    assert month_after(asked) is None
    assert region.browser("tom").get(TOMS, params={"maand": asked}).status_code == 200


@pytest.mark.parametrize("persona", ["wim", "ank", "kim"])
def test_to_whom_lanes_tell_nothing_none_are_drawn(region: DemoRegion, persona: str) -> None:
    page = region.browser(persona).get(NOORS if persona != "wim" else TOMS)
    assert page.status_code == 200
    assert 'class="month"' not in page.text


def test_a_long_trajectory_is_drawn_from_its_last_months_on() -> None:
    drawn_marks = [
        Mark(date(2020 + at // 12, at % 12 + 1, 28), "work", "job.started.v1") for at in range(74)
    ]
    since = drawn_since(TODAY)
    drawn = swim(sorted((each for each in drawn_marks if each.on >= since), reverse=True), TODAY)
    assert drawn is not None
    assert len(drawn.columns) == MONTHS
    assert drawn.wide == MONTHS * WIDE
    assert drawn.columns[-1].first == date(2026, 3, 1)
    assert drawn.wide - WIDE < drawn.now < drawn.wide
    assert all(0 < dot.x < drawn.now for dot in drawn.dots)
    assert {dot.shape for dot in drawn.dots} == {"work"}
    assert sum(sum(each.counts) for each in drawn.columns) == MONTHS - 1, (
        "what is to come is not there"
    )
    assert swim([], TODAY) is None
    assert swim([Mark(date(2027, 1, 1), "work", "x.v1")], TODAY) is None


def test_what_is_longer_ago_is_not_read_for_the_drawing(region: DemoRegion) -> None:
    actor = PERSONAS["tom"].actor
    with in_the_name_of(region.services, actor):
        access = admit(region.services, Asking(actor), trajectory_of(TOM))
        whole = marks(region.services, access, date.min)
        halfway = whole[len(whole) // 2].on
        assert whole[-1].on < halfway
        assert marks(region.services, access, halfway) == [e for e in whole if e.on >= halfway]


@pytest.mark.parametrize(
    ("text", "asked", "hits"),
    [
        ("De Bakker bakt", "bak", ["Bak", "bak"]),
        ("Zoë en Anaïs", "zoe anais", ["Zoë", "Anaïs"]),
        ("Straße", "strasse", ["Straße"]),
        ("ﬁets", "fi", ["ﬁ"]),
        ("niets", "iets anders", ["iets"]),
        ("", "iets", []),
        ("aaa", "aa", ["aa"]),
    ],
)
def test_words_are_found_whatever_case_and_accents(text: str, asked: str, hits: list[str]) -> None:
    cut = parts(text, looked_for(asked))
    assert "".join(part for part, _ in cut) == text
    assert [part for part, hit in cut if hit] == hits


def test_looking_finds_what_one_sees_and_nothing_else(region: DemoRegion) -> None:
    def look(persona: str, words: str, home: str = TOMS) -> str:
        answer = region.browser(persona).post(f"{home}/zoek", data={"woorden": words})
        assert answer.status_code == 200
        assert words not in str(answer.url)
        return unescape(answer.text)

    assert "<mark>meegereden</mark>" in look("ria", "MEEGEREDEN")
    assert "Slaap" not in look("wim", "slaap").replace('value="slaap"', "")
    nothing = look("wim", "slaap")
    assert "Hier is niets gevonden" in nothing
    assert nothing.replace("slaap", "") == look("wim", "xqzzy").replace("xqzzy", "")
    assert "<mark><b>" not in look("ria", "<b>")
    assert "Hier is niets gevonden" in look("kim", "Verhoeven", NOORS)


@pytest.mark.parametrize("words", ["", "   ", "x" * 101])
def test_what_cannot_be_looked_for_is_said(region: DemoRegion, words: str) -> None:
    found = region.browser("ria").post(f"{TOMS}/zoek", data={"woorden": words})
    assert found.status_code == 422
    assert 'aria-invalid="true"' in found.text


def test_looking_further_back_takes_a_place_of_ours_alone(region: DemoRegion) -> None:
    ria = region.browser("ria")
    data = {"woorden": "werk", "verder": "onzin"}
    assert ria.post(f"{TOMS}/zoek", data=data).status_code == 422
    assert ria.get(f"{TOMS}/zoek").status_code == 200
    assert region.browser("sem").post(f"{TOMS}/zoek", data={"woorden": "werk"}).status_code == 404
    assert region.browser().post(f"{TOMS}/zoek", data={"woorden": "werk"}).status_code == 401


def test_what_was_looked_for_is_kept_nowhere(region: DemoRegion) -> None:
    word = "zeldzaamwoord"
    region.browser("ria").post(f"{TOMS}/zoek", data={"woorden": word})
    page = region.browser("tom").get(f"{TOMS}/wie-keek").text
    assert "zoeken in de tijdlijn" in page
    assert word not in page


def test_the_care_team_takes_plain_text_along(region: DemoRegion) -> None:
    ria = region.browser("ria")
    secret = "Zijn broer belde hierover."
    typed = {"mode": "walk", "text": "Voor het dossier.", "in_confidence": secret}
    typed |= {"with_whom": "client", "key": str(uuid4())}
    saved = ria.post(f"{TOMS}/contact", data=typed, follow_redirects=False)
    region.projector.catch_up()
    entry = saved.headers["location"].rpartition("net=")[2]
    for asked in ("", f"?entry={entry}"):
        page = ria.get(f"{TOMS}/voor-het-dossier{asked}")
        text = ria.get(f"{TOMS}/voor-het-dossier.txt{asked}")
        assert page.status_code == text.status_code == 200
        assert text.headers["content-type"].startswith("text/plain")
        assert text.headers["content-disposition"] == 'attachment; filename="voor-het-dossier.txt"'
        assert text.headers["cache-control"] == "private, no-store"
        assert "Voor het dossier." in text.text
        assert "Ria Verhoeven (jobcoach)" in text.text
        assert secret not in text.text + page.text
        assert "<" not in text.text
        assert text.text in unescape(page.text)
    assert "tekst voor het eigen dossier" in region.browser("tom").get(f"{TOMS}/wie-keek").text


def test_it_is_of_the_days_that_were_asked(region: DemoRegion) -> None:
    ria = region.browser("ria")
    none = ria.get(f"{TOMS}/voor-het-dossier.txt?since=2001-01-01&until=2001-02-01").text
    assert "- " not in none
    bad = ("since=onzin", "since=2026-03-02&until=2026-03-01", "entry=onzin", f"entry={uuid4()}")
    statuses = [ria.get(f"{TOMS}/voor-het-dossier?{each}").status_code for each in bad]
    assert statuses == [422, 422, 404, 404]


@pytest.mark.parametrize("persona", PERSONAS)
def test_it_is_for_the_care_team_alone(region: DemoRegion, persona: str) -> None:
    found = region.browser(persona).get(f"{TOMS}/voor-het-dossier")
    assert found.status_code == (200 if persona in {"ria", "bas"} else 404)

"""The account of a file: the way to each entry, what was put right, and only some days of it."""

from __future__ import annotations

import re

import pytest

from api.demo.people import NOOR, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import page, send

ACCOUNT = f"/traject/{trajectory_of(TOM)}/verantwoording"
_WAY = re.compile(r'href="(/traject/[^"]+/regel/[^"]+)">([^<]+)</a>')


def rows(region: DemoRegion, persona: str, path: str = ACCOUNT) -> list[str]:
    """Give the lines of the table."""
    told = page(region.browser(persona), path)
    return re.findall(r"<tr>.*?</tr>", told.partition("<tbody>")[2], re.DOTALL)


@pytest.mark.parametrize("persona", ["ria", "tom", "kim"])
def test_each_sentence_leads_to_its_entry(region: DemoRegion, persona: str) -> None:
    found = [way for row in rows(region, persona) for way in _WAY.findall(row)]
    assert len(found) > 5
    for path, sentence in found[:5]:
        assert sentence in page(region.browser(persona), path)


def test_what_was_put_right_is_named_and_led_to(region: DemoRegion) -> None:
    ria = region.browser("ria")
    contact = {"with_whom": "client", "mode": "phone", "text": "Hij belde om tien uur."}
    assert send(region, ria, f"/traject/{trajectory_of(TOM)}/contact", **contact) == 303
    path, _ = _WAY.findall(rows(region, "ria")[0])[0]
    better = contact | {"text": "Hij belde om elf uur.", "why": "Het was later."}
    assert send(region, ria, f"{path}/verbeter", **better) == 303
    first, *_ = rows(region, "ria")
    assert re.search(rf'Verbeterd: <a href="{path}">[^<]+</a>', first), first
    assert re.search(r">\d+ \w+ \d{4}, \d\d:\d\d<", first), "the time stands beside the day"
    for row in rows(region, "kim"):
        for way, _ in _WAY.findall(row):
            page(region.browser("kim"), way)


def test_it_is_narrowed_to_days(region: DemoRegion) -> None:
    today = region.services.today().isoformat()
    path = f"/traject/{trajectory_of(NOOR)}/verantwoording"
    everything = rows(region, "ria", path)
    narrowed = rows(region, "ria", f"{path}?since={today}&until={today}")
    assert len(narrowed) < len(everything)
    nothing = page(region.browser("ria"), f"{path}?since=2020-01-01&until=2020-01-02")
    assert "Op deze dagen is er niets vastgelegd." in nothing
    older = re.search(r'href="([^"]+verder=[^"]+)"', page(region.browser("ria"), path))
    assert older is None or rows(region, "ria", older[1].replace("&amp;", "&"))


@pytest.mark.parametrize(
    "asked",
    ["since=onzin", "until=9999-12-31", "since=0001-01-01", "since=2024-02-02&until=2024-02-01"],
)
def test_what_is_asked_wrongly_is_told(region: DemoRegion, asked: str) -> None:
    page(region.browser("ria"), f"{ACCOUNT}?{asked}", 422)
    page(region.browser("wim"), f"{ACCOUNT}?{asked}", 422)

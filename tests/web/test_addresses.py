"""What an address asks: nothing of it comes back that is not ours, and nothing of it breaks."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from api.demo.people import TOM, trajectory_of
from tests.browser.walking import round_of
from tests.demo.region import DemoRegion

_FORM = re.compile(r'<form[^>]* method="get" action="([^"]+)"(.*?)</form>', re.DOTALL)
_NAME = re.compile(r' name="([^"]+)"')
TOMS = f"/traject/{trajectory_of(TOM)}"
ECHOED = "ECHOED"


def asks(browser: TestClient, path: str) -> set[str]:
    """Name all that the address of this page asks, by links or by a form of its own."""
    forms = _FORM.findall(browser.get(path).text)
    inputs = (_NAME.findall(form) for action, form in forms if action == urlsplit(path).path)
    own = (name for name, _ in parse_qsl(urlsplit(path).query))
    return {*own, *(name for names in inputs for name in names)}


@pytest.mark.parametrize("persona", ["ria", "tom", "kim", "leonie", "esra", "bas"])
def test_no_page_repeats_what_an_address_says(region: DemoRegion, persona: str) -> None:
    browser, asked = region.browser(persona), 0
    for page in round_of(region, persona):
        address = urlsplit(page.path)
        given = dict(parse_qsl(address.query))
        tried = [("x", ECHOED)]
        for name in asks(browser, page.path):
            tried += [(name, ECHOED), (name, f"{ECHOED}\x00")]
        for name, text in tried:
            answer = browser.get(address.path, params={**given, name: text}, follow_redirects=False)
            asked += name != "x"
            told = answer.text + answer.headers.get("location", "")
            assert ECHOED not in told, f"{page.kind} repeats {name}"
            assert answer.status_code < 500, f"{page.kind} breaks on {name}"
    assert asked


@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("bas", f"{TOMS}/voor-het-dossier?x="),
        ("bas", f"{TOMS}/voor-het-dossier?entry="),
        ("hedwig", "/team/uitkomsten?van="),
        ("hedwig", "/team/uitkomsten?tot=2026-01-01&van="),
        ("esra", "/inzagelog?role="),
        ("esra", "/inzagelog?own="),
        ("tom", f"{TOMS}?maand="),
    ],
)
def test_what_was_repeated_is_not(region: DemoRegion, persona: str, path: str) -> None:
    answer = region.browser(persona).get(f"{path}{ECHOED}")
    assert answer.status_code < 500
    assert ECHOED not in answer.text

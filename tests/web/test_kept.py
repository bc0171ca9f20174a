"""A session that ends while somebody types: what was typed is there once they signed in again."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest

from api.demo.people import GROUP, NOOR, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import forms

KEY = "8d4c2f2e-3b0d-4f0a-9a55-6d6f3a1f0b11"
WORDS = "Nog niet bewaard, en <toch> niet weg."
SENT: list[tuple[str, str, dict[str, str], int]] = [
    ("joost", "/noodinzage", {"file": str(trajectory_of(NOOR)), "reason": WORDS}, 303),
    ("ria", "/overleg", {"discussed": str(trajectory_of(NOOR)), f"words.{NOOR.key}": WORDS}, 303),
    ("samir-groep", f"/groep/{GROUP}/bijeenkomst", {"theme": WORDS}, 303),
    ("ria", "/werkgevers/nieuw", {"name": WORDS}, 303),
    ("kim", "/steekproef", {"size": "2", "seed": WORDS}, 404),
    ("ria", f"/traject/{trajectory_of(NOOR)}/zoek", {"words": WORDS}, 200),
]


@pytest.mark.parametrize(("persona", "path", "typed", "status"), SENT)
def test_what_was_typed_is_offered_again(
    region: DemoRegion, persona: str, path: str, typed: dict[str, str], status: int
) -> None:
    browser, before = region.browser(), region.size()
    asked = browser.post(path, data={**typed, "key": KEY})
    assert (asked.status_code, region.size()) == (401, before)
    assert asked.headers["typed-text-kept"] == "yes"
    (sign_in,) = forms(asked.text, f"/demo/{persona}")
    page = browser.post(sign_in.action, data=sign_in.values)
    assert WORDS in unescape(page.text)
    (kept,) = forms(page.text, path)
    assert kept.values == {**typed, "key": KEY}
    assert kept.action == path
    after = browser.post(kept.action, data=kept.values, follow_redirects=False)
    assert after.status_code == status


def test_it_is_saved_after_all_and_once(region: DemoRegion) -> None:
    browser, path = region.browser(), "/noodinzage"
    typed = {"file": str(trajectory_of(TOM)), "reason": WORDS, "key": str(uuid4())}
    (sign_in,) = forms(browser.post(path, data=typed).text, "/demo/joost")
    (kept,) = forms(browser.post(sign_in.action, data=sign_in.values).text, path)
    before = region.size()
    for _ in range(2):
        answer = browser.post(kept.action, data=kept.values, follow_redirects=False)
        assert answer.status_code == 303
    assert region.size() == before + 1


@pytest.mark.parametrize(
    "back",
    [
        "https://elders.example/",
        "//elders.example",
        "/api/v1/trajectories",
        "/demo",
        "/demo/kim",
        "/afmelden",
        '/x" onclick="',
    ],
)
def test_it_goes_to_no_other_place(region: DemoRegion, back: str) -> None:
    data = {"back": back, "f.words": WORDS}
    answer = region.browser().post("/demo/ria", data=data, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")

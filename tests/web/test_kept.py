"""A session that ends while somebody types: what was typed is there once they signed in again."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest

from api.demo.people import GROUP, NOOR, PERSONAS, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import forms, mark_of

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
    mark = mark_of(region, persona)
    asked = browser.post(path, data={**typed, "key": KEY, "device-of": mark})
    assert (asked.status_code, region.size()) == (401, before)
    assert asked.headers["typed-text-kept"] == "yes"
    (sign_in,) = forms(asked.text, f"/demo/{persona}")
    page = browser.post(sign_in.action, data=sign_in.values)
    assert WORDS in unescape(page.text)
    (kept,) = forms(page.text, path)
    assert kept.values == {**typed, "key": KEY, "device-of": mark}
    assert kept.action == path
    after = browser.post(kept.action, data=kept.values, follow_redirects=False)
    assert after.status_code == status


def test_it_is_saved_after_all_and_once(region: DemoRegion) -> None:
    browser, path = region.browser(), "/noodinzage"
    typed = {"file": str(trajectory_of(TOM)), "reason": WORDS, "key": str(uuid4())}
    typed["device-of"] = mark_of(region, "joost")
    (sign_in,) = forms(browser.post(path, data=typed).text, "/demo/joost")
    (kept,) = forms(browser.post(sign_in.action, data=sign_in.values).text, path)
    before = region.size()
    for _ in range(2):
        answer = browser.post(kept.action, data=kept.values, follow_redirects=False)
        assert answer.status_code == 303
    assert region.size() == before + 1


@pytest.mark.parametrize("signed_in", [None, "tom"])
@pytest.mark.parametrize(("persona", "path", "typed"), [each[:3] for each in SENT])
def test_to_nobody_but_whose_page_it_was(
    region: DemoRegion, persona: str, path: str, typed: dict[str, str], signed_in: str | None
) -> None:
    """Another role of the same person is somebody else in this."""
    browser, before = region.browser(signed_in), region.size()
    sent = {**typed, "key": KEY, "device-of": mark_of(region, persona)}
    asked = browser.post(path, data=sent)
    assert (asked.status_code, region.size()) == (401, before)
    chooser = forms(asked.text, "/demo/")
    assert len(chooser) == len(PERSONAS)
    holding = [each.action for each in chooser if WORDS in each.values.values()]
    assert holding == [f"/demo/{persona}"]
    (other,) = [each for each in chooser if each.action == "/demo/tom"]
    answer = browser.post(other.action, data=other.values, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "samenspoor=" in answer.headers["set-cookie"]


def test_what_does_not_say_whose_it_was_comes_back_to_nobody(region: DemoRegion) -> None:
    for mark in ({}, {"device-of": ""}, {"device-of": "x" * 24}):
        answer = region.browser().post("/overleg", data={**SENT[1][2], "key": KEY, **mark})
        assert answer.status_code == 401
        assert "typed-text-kept" not in answer.headers, "so that the browser keeps it"
        assert WORDS not in unescape(answer.text)


def test_who_may_no_longer_see_the_page_is_signed_in_all_the_same(region: DemoRegion) -> None:
    path = f"/traject/{trajectory_of(NOOR)}/contact"
    for back in (path, f"/traject/{uuid4()}/contact"):
        data = {"back": back, "f.text": WORDS}
        answer = region.browser().post("/demo/tom", data=data, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "samenspoor=" in answer.headers["set-cookie"]


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

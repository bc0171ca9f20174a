"""Signals that it is not going well: what waits stands on one page, with the answer in place."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from api.demo.people import ELS, NOOR, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import page

ELSES, NOORS, TOMS = (f"/traject/{trajectory_of(each)}" for each in (ELS, NOOR, TOM))
WORDS = "Ik slaap slecht en zie op tegen maandag."


def test_a_signal_waits_until_the_team_answered(region: DemoRegion) -> None:
    told = {"key": str(uuid4()), "words": WORDS}
    assert region.browser("els").post(f"{ELSES}/even-niet-goed", data=told).status_code == 200
    region.projector.catch_up()
    for persona in ("bas", "ria"):
        assert WORDS in page(region.browser(persona), "/signalen")
    card = page(region.browser("bas"), "/signalen").partition(WORDS)[2]
    setback = card.partition('name="setback" value="')[2][:36]
    answer = {"key": str(uuid4()), "trajectory": str(trajectory_of(ELS)), "setback": setback}
    bas = region.browser("bas")
    wrong = bas.post("/signalen", data=answer | {"setback": str(uuid4())})
    assert wrong.status_code == 422
    before = region.size()
    for _ in range(2):
        done = bas.post(
            "/signalen", data=answer | {"agreed_help": "Maandag samen naar binnen."},
            follow_redirects=False,
        )  # fmt: skip
        assert done.status_code == 303
    assert region.size() == before + 1
    region.projector.catch_up()
    after = page(region.browser("bas"), "/signalen")
    assert WORDS in after.partition("Beantwoord, en nog gaande")[2]
    assert WORDS not in after.partition("Beantwoord, en nog gaande")[0]
    assert "Maandag samen naar binnen." in page(region.browser("els"), ELSES)


@pytest.mark.parametrize("persona", ["els", "kim", "leonie", "esra", "sem"])
def test_who_answers_none_finds_no_such_page(region: DemoRegion, persona: str) -> None:
    page(region.browser(persona), "/signalen", 404)


def test_an_answer_elsewhere_is_refused(region: DemoRegion) -> None:
    asked = {"key": str(uuid4()), "trajectory": str(trajectory_of(ELS)), "setback": str(uuid4())}
    before = region.size()
    assert region.browser("fenna").post("/signalen", data=asked).status_code == 404
    assert region.browser("els").post("/signalen", data=asked).status_code == 403
    assert region.browser("ria").post("/signalen", data={"trajectory": "x"}).status_code == 404
    assert region.size() == before


@pytest.mark.parametrize(("persona", "path"), [("sem", NOORS), ("wim", TOMS)])
def test_who_is_worried_tells_the_team(region: DemoRegion, persona: str, path: str) -> None:
    browser = region.browser(persona)
    way = re.search(r'href="([^"]+/signal-setback)"', page(browser, path))
    assert way is not None
    assert "Wat merk je?" in page(browser, way[1])
    typed = {"key": str(uuid4()), "words": f"Zo stil, ziet {persona}."}
    answer = browser.post(way[1], data=typed)
    assert (answer.status_code, answer.url.path) == (200, path), "it leads back to their own page"
    region.projector.catch_up()
    assert typed["words"] in page(region.browser("ria"), path)


def test_each_is_offered_the_call_for_help_in_their_own_words(region: DemoRegion) -> None:
    own, others = f"{TOMS}/even-niet-goed", f"{TOMS}/signal-setback"
    tom, ria = (page(region.browser(who), f"{TOMS}/noteer") for who in ("tom", "ria"))
    assert (own in tom, others in tom) == (True, False)
    assert (own in ria, others in ria) == (False, True)

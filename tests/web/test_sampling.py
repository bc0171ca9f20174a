"""A sample: drawn by a seed that is kept, read choice by choice, judged before it tells more."""

from __future__ import annotations

import html
import re
from uuid import UUID, uuid4

import pytest

from api.demo.people import KIM, NORTH, TOM, named, trajectory_of
from domain.sampling import drawn
from tests.demo.region import DemoRegion
from tests.web.reading import page


def asks(**other: str) -> dict[str, str]:
    """Give a form to draw with, as it would be filled in."""
    filled = {
        "key": str(uuid4()),
        "programme": str(NORTH),
        "size": "3",
        "auditor": str(KIM.actor.person),
        "seed": "4711",
    }
    return filled | other


def drawn_for(region: DemoRegion, seed: str) -> set[str]:
    """Give the trajectories of the sample with this seed, as the auditor finds them."""
    listed = page(region.browser("kim"), "/steekproef")
    ways = re.findall(r'href="(/steekproef\?van=[^"]+)"', listed)
    for way in ways:
        told = page(region.browser("kim"), way)
        if f"met nummer {seed}" in told:
            return set(re.findall(r'href="/traject/([0-9a-f-]{36})/nagaan"', told))
    raise AssertionError(seed)


def test_an_auditor_finds_each_choice_and_whether_it_was_judged(region: DemoRegion) -> None:
    first = page(region.browser("kim"), "/steekproef")
    ways = re.findall(r'href="(/steekproef\?van=[^"]+)"', first)
    told = "".join(page(region.browser("kim"), way) for way in ways)
    assert "met nummer 2" in told
    assert f'href="/traject/{trajectory_of(TOM)}/keuzes/{named(TOM.key, "begin")}"' in told
    assert ">Beoordeeld<" in told
    assert ">Bekijk<" in told
    assert "Bakker" not in told
    assert "Kuipers" not in told


def test_a_sample_is_drawn_by_its_number_and_read_by_the_auditor(region: DemoRegion) -> None:
    leonie = region.browser("leonie")
    form = page(region.browser("leonie"), "/steekproef")
    assert "Kim de Rooij" in form
    assert re.search(r'name="seed"[^>]* value="\d+"', form)
    before = region.size()
    filled = asks()
    for _ in range(2):  # sent twice, it is drawn once
        answer = leonie.post("/steekproef", data=filled)
        assert answer.status_code == 200, answer.text
        assert "Getrokken." in answer.text
    assert region.size() == before + 1
    assert "met nummer 4711" in html.unescape(answer.text)
    region.projector.catch_up()
    found = drawn_for(region, "4711")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", "0"), ("size", "501"), ("size", "veel"), ("seed", "-1"), ("seed", ""),
     ("auditor", ""), ("auditor", "geen-id"), ("until", "2019-01-01"), ("programme", "")],
)  # fmt: skip
def test_what_is_not_right_is_told_and_nothing_is_drawn(
    region: DemoRegion, name: str, value: str
) -> None:
    before = region.size()
    answer = region.browser("leonie").post("/steekproef", data=asks(**{name: value}))
    assert answer.status_code == 422
    assert f'id="wrong-{name}"' in answer.text
    assert region.size() == before


def test_who_draws_does_not_read_it_and_elsewhere_nobody_draws(region: DemoRegion) -> None:
    before = region.size()
    own = asks(auditor=str(trajectory_of(TOM)))
    assert region.browser("leonie").post("/steekproef", data=own).status_code == 422
    assert region.browser("hedwig").post("/steekproef", data=asks()).status_code == 422
    for persona in ("ria", "tom", "kim"):
        answer = region.browser(persona).post("/steekproef", data=asks())
        assert answer.status_code == 404, persona
    assert region.size() == before
    for persona in ("ria", "tom", "wim", "bas"):
        page(region.browser(persona), "/steekproef", 404)


def test_a_draw_is_the_same_for_the_same_seed_and_no_other_moves_with_one_more() -> None:
    files = [UUID(int=each) for each in range(200)]
    first = drawn(7, files, 20)
    assert drawn(7, reversed(files), 20) == first
    assert drawn(8, files, 20) != first
    one_more = UUID(int=999)
    more = [each for each in drawn(7, [*files, one_more], 21) if each != one_more]
    assert more[:20] == list(first)
    assert set(drawn(7, files, 500)) == set(files)


def test_the_first_sample_with_something_to_judge_opens(region: DemoRegion) -> None:
    """Whatever was drawn last: each says how many choices wait."""
    leonie, until = region.browser("leonie"), region.services.today().isoformat()
    assert leonie.post("/steekproef", data=asks(seed="8", size="1", until=until)).status_code == 200
    region.projector.catch_up()
    told = page(region.browser("kim"), "/steekproef")
    chips = re.findall(
        r'href="/steekproef\?van=([^"]+)"( aria-current="true")?>[^<]+<span[^>]*>([^<]+)<', told
    )
    waits = {sample: said != "Niets te bekijken" for sample, _, said in chips}
    assert len(chips) >= 2
    assert [sample for sample, current, _ in chips if current] == [
        next(sample for sample, some in waits.items() if some)
    ]
    for sample, _, said in chips:
        files = page(region.browser("kim"), f"/steekproef?van={sample}")
        number = len(re.findall(r">Bekijk<", files))
        assert said in {f"Nog {number} te bekijken", "Nog één te bekijken", "Niets te bekijken"}
        assert bool(number) is waits[sample], sample


def test_who_draws_and_sees_choices_reads_in_how_many_files_one_stands(region: DemoRegion) -> None:
    """A team lead sees no choices, and is not told of any (matrix, Q)."""
    told = page(region.browser("esra"), "/steekproef")
    assert re.search(r"\d+ trajecten, waarvan \d+ met een keuze uit vertrouwen", told)
    assert "met een keuze uit vertrouwen" not in page(region.browser("leonie"), "/steekproef")

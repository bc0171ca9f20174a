"""A choice with the ways it could have gone and who thought along, from the form that asks it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from api.demo.people import ELS, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import forms, page, send

FILE = f"/traject/{trajectory_of(TOM)}"
FOR, AGAINST = "Dan slaapt hij uit.", "Het is ver fietsen."
Typed = dict[str, Any]


def ticked(told: str, whom: str) -> str:
    """Give by what somebody is ticked on a form, without the part."""
    found = re.search(r'name="(participants\.[^"]+)\.role" value="[^"]+"[^>]*><span>' + whom, told)
    assert found is not None, whom
    return found[1]


def filled_in(region: DemoRegion, path: str = f"{FILE}/keuze", **other: str) -> Typed:
    """Fill the form in: two ways, and the client who was there and agrees."""
    told = page(region.browser("ria"), path)
    (form,) = forms(told, path.partition("?")[0])
    tom, bas = ticked(told, "Tom Kuipers, cliënt"), ticked(told, "Bas de Groot, ")
    return {
        **form.values,
        "question": "Later beginnen of niet?",
        "client_want": "Ik wil uitslapen.",
        "choice": "We vragen om tien uur.",
        "rationale": "Dat past bij hem.",
        "review_on": region.services.today().isoformat(),
        "options.0.what": "Niets doen",
        "options.1.what": "Om tien uur beginnen",
        "options.1.speaks_for": FOR,
        "options.1.speaks_against": AGAINST,
        f"{tom}.role": "client",
        f"{tom}.agreement": "agree",
        f"{bas}.agreement": "disagree",  # of who is not ticked nothing is taken
        "gelezen": "ja",
        **other,
    }


def saved_choice(region: DemoRegion) -> str:
    """Save such a choice, and give the address of its page: the last one made."""
    before = region.size()
    assert send(region, region.browser("ria"), f"{FILE}/keuze", **filled_in(region)) == 303
    assert region.size() == before + 1
    listed = page(region.browser("ria"), f"{FILE}/keuzes")
    found = re.search(rf'href="({FILE}/keuzes/[^"]+)"', listed.partition("Later beginnen")[2])
    assert found is not None
    return found[1]


def test_a_choice_made_on_the_page_holds_what_is_checked_of_it(region: DemoRegion) -> None:
    told = page(region.browser("ria"), saved_choice(region))
    for said in (FOR, AGAINST, "Niets doen", "<b>Cliënt</b>: erbij, mee eens."):
        assert said in told
    checks = re.sub(r"\s+", " ", told.partition("Wat je kunt nakijken")[2])
    for check in ("minste twee mogelijkheden", "De cliënt deed mee", "of die het ermee eens is"):
        assert re.search(rf"{check}[^<]*<b>Dat is zo\.</b>", checks), (check, checks)
    assert "zorgverlener</b>: erbij" not in told.casefold()


def test_what_was_filled_in_stands_there_again_when_it_is_refused(region: DemoRegion) -> None:
    before, typed = region.size(), filled_in(region, rationale="")
    answer = region.browser("ria").post(f"{FILE}/keuze", data=typed)
    assert answer.status_code == 422
    check_kept(unescape(answer.text))
    assert region.size() == before
    wrong = filled_in(region, **{"options.0.what": "", "options.0.speaks_for": FOR})
    answer = region.browser("ria").post(f"{FILE}/keuze", data=wrong)
    assert answer.status_code == 422
    assert 'id="wrong-options"' in answer.text
    odd = filled_in(region)
    (tick,) = (name for name in odd if name.startswith("participants") and odd[name] == "client")
    for bad in ("nobody", "client\nclient"):
        answer = region.browser("ria").post(f"{FILE}/keuze", data=odd | {tick: bad})
        assert answer.status_code == 422
        assert 'id="wrong-participants"' in answer.text
    assert region.size() == before


def check_kept(told: str) -> None:
    assert f">{FOR}</textarea>" in told
    assert re.search(r'\.role" value="client" checked>', told)
    assert not re.search(r'\.role" value="care_worker" checked>', told)
    assert re.search(r'<option value="agree" selected>', told)


def test_it_is_kept_for_later_with_its_rows(region: DemoRegion) -> None:
    typed = filled_in(region, kladje="ja")
    assert send(region, region.browser("ria"), f"{FILE}/keuze", **typed) == 303
    check_kept(page(region.browser("ria"), f"{FILE}/keuze"))


@pytest.mark.parametrize(
    "name", ["options.x", "options..what", "options.0.what.more", "options.0.no"]
)
def test_what_no_form_sends_changes_nothing(region: DemoRegion, name: str) -> None:
    before, typed = region.size(), filled_in(region, rationale="")
    answer = region.browser("ria").post(f"{FILE}/keuze", data=typed | {name: "iets"})
    assert answer.status_code == 422
    assert region.size() == before


def test_it_is_corrected_and_made_anew_from_what_stands(region: DemoRegion) -> None:
    address = saved_choice(region)
    anew = re.search(r'href="([^"]+/herzien\?revises=[^"]+)"', page(region.browser("ria"), address))
    assert anew is not None
    told = page(region.browser("ria"), anew[1])
    check_kept(told)
    (form,) = forms(told, "/herzien")
    assert form.values["question"] == "Later beginnen of niet?"
    assert not form.values["review_on"], "when to look back is chosen anew"
    found = region.browser("ria").get(f"/api/v1{FILE.replace('traject', 'trajectories')}/timeline")
    entry = next(e["id"] for e in found.json()["entries"] if e["type"] == "trust.decided.v1")
    told = page(region.browser("ria"), f"{FILE}/regel/{entry}/verbeter")
    check_kept(told)
    (form,) = forms(told, "/verbeter")
    better = form.values | {"options.0.what": "Afwachten", "why": "Zo zei hij het."}
    path = f"{FILE}/regel/{entry}/verbeter"
    assert send(region, region.browser("ria"), path, **better) == 303
    told = page(region.browser("ria"), address)
    assert "Afwachten" in told
    assert "Niets doen" not in told
    assert FOR in told
    told = page(region.browser("ria"), f"{FILE}/regel/{entry}")
    assert "Niets doen; Om tien uur beginnen" in told
    revised = form.values | filled_in(region, anew[1]) | {"choice": "Elf uur."}
    assert send(region, region.browser("ria"), f"{FILE}/herzien", **revised) == 303
    assert "/herzien" not in page(region.browser("ria"), address)


def test_the_form_says_who_may_read_it(region: DemoRegion) -> None:
    told = page(region.browser("bas"), f"/traject/{trajectory_of(ELS)}/keuze")
    assert "Een auditor kan dit lezen. Schrijf liever geen namen." in told
    assert "Wie meedeed, kan deze keuze lezen." in told

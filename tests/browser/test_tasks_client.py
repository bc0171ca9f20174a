"""The daily tasks of a client, each within its number of pointer actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.demo.people import ELS, FEMKE, NOOR, TOM, trajectory_of
from tests.browser.person import Person, saved

Comes = Callable[..., Person]
WIDTHS = (1280, 390)
ELSES = f"/traject/{trajectory_of(ELS)}"
FEMKES = f"/traject/{trajectory_of(FEMKE)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
TOMS = f"/traject/{trajectory_of(TOM)}"
SAVED = "Bewaard. Het staat in de tijdlijn."


@pytest.mark.parametrize("width", WIDTHS)
def test_that_it_is_not_going_well_is_said_in_one(person: Comes, width: int) -> None:
    tom = person("tom", width=width)
    tom.go("/")
    tom.button("Het gaat even niet goed")
    tom.page.get_by_role("heading", name="Het is aangekomen").wait_for()
    tom.page.get_by_text("0800-0113").wait_for()
    assert tom.actions == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_how_it_goes_is_said_in_two(person: Comes, width: int) -> None:
    tom = person("tom", width=width)
    tom.go("/")
    tom.tap(tom.page.get_by_role("radio", name="7", exact=True))
    tom.button("Bewaar mijn cijfer")
    tom.page.get_by_text("Je gaf jezelf een 7").first.wait_for()
    assert tom.actions == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_close_is_removed_in_two(person: Comes, width: int) -> None:
    noor = person("noor", width=width)
    noor.go(f"/traject/{trajectory_of(NOOR)}/mensen")
    name = {1280: "Greet Postma", 390: "Karim Benali"}[width]
    card = noor.page.get_by_role("article", name=name)
    noor.tap(card.locator("summary").filter(has_text="niets meer zien"))
    noor.tap(card.get_by_role("button", name="Ja, stop dit"))
    noor.page.get_by_text("Bewaard. Het werkt meteen.").wait_for()
    assert not noor.page.get_by_role("article", name=name).count()
    assert noor.actions == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_clients_own_words_are_put_beside_everything_in_two(person: Comes, width: int) -> None:
    tom = person("tom", width=width)
    tom.go("/")
    tom.link("Zeg iets in je eigen woorden")
    tom.type("Wat wil je erover zeggen?", f"Zo was het, op {width}.")
    tom.button("Bewaar")
    saved(tom, f"Zo was het, op {width}.")
    assert tom.actions == 2

"""Without any script in the browser the daily tasks are done as well: forms post, links lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.demo.people import NOOR, trajectory_of
from tests.browser.person import Person

SAVED = "Bewaard. Het staat in de tijdlijn."
_FORMLESS = "(all) => all.filter((each) => !each.form).map((each) => each.innerText)"


@pytest.fixture
def comes(person: Callable[..., Person]) -> Callable[[str], Person]:
    """Somebody whose browser runs no scripts, and asks for none."""

    def comes(persona: str) -> Person:
        who = person(persona, width=390, scripts=False)
        who.page.on("request", lambda each: who.wrong.extend([each.url] * each.url.endswith(".js")))
        return who

    return comes


def opens(who: Person, path: str) -> None:
    """Open a page, on which no button needs a script."""
    who.go(path)
    formless(who)


def formless(who: Person) -> None:
    """Fail on a button that is seen and that no form sends."""
    assert who.page.locator("button:visible").count()
    assert who.page.locator("button:visible").evaluate_all(_FORMLESS) == []


def test_a_contact_is_noted_in_three(comes: Callable[[str], Person]) -> None:
    ria = comes("ria")
    opens(ria, "/vandaag")
    ria.tap(ria.page.get_by_role("link", name="Noteer een contact: ").first)
    formless(ria)
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", "Zonder script aan de lijn.")
    ria.button("Bewaar")
    ria.page.get_by_text(SAVED).wait_for()
    ria.page.get_by_text("Zonder script aan de lijn.").first.wait_for()
    formless(ria)
    assert ria.actions <= 3


def test_that_it_is_not_going_well_is_said_in_one(comes: Callable[[str], Person]) -> None:
    els = comes("els")
    opens(els, "/")
    els.button("Het gaat even niet goed")
    els.page.get_by_role("heading", name="Het is aangekomen").wait_for()
    els.page.get_by_text("0800-0113").wait_for()
    formless(els)
    assert els.actions == 1


def test_that_nobody_answers_is_noted_in_one(comes: Callable[[str], Person]) -> None:
    ria = comes("ria")
    opens(ria, "/vandaag")
    ria.tap(ria.page.get_by_role("button", name="Geen gehoor: ").first)
    ria.page.get_by_text(SAVED).wait_for()
    assert ria.actions == 1


def test_how_it_goes_is_said_in_two(comes: Callable[[str], Person]) -> None:
    tom = comes("tom")
    opens(tom, "/")
    tom.tap(tom.page.get_by_role("radio", name="8", exact=True))
    tom.button("Bewaar mijn cijfer")
    tom.page.get_by_text("Je gaf jezelf een 8").first.wait_for()
    assert tom.actions == 2


def test_an_appointment_is_moved_in_two(comes: Callable[[str], Person]) -> None:
    ria = comes("ria")
    opens(ria, "/agenda")
    ria.tap(ria.page.get_by_text("Verzet", exact=False).first)
    formless(ria)
    ria.type("Hoe laat?", "13:20")
    ria.tap(ria.page.get_by_role("button", name="Verzet de afspraak").first)
    ria.page.get_by_text(SAVED).wait_for()
    ria.page.get_by_text("13:20").first.wait_for()
    assert ria.actions == 2


def test_somebody_close_is_removed_in_two(comes: Callable[[str], Person]) -> None:
    noor = comes("noor")
    opens(noor, f"/traject/{trajectory_of(NOOR)}/mensen")
    card = noor.page.get_by_role("article", name="Joris Bakker")
    noor.tap(card.locator("summary").filter(has_text="niets meer zien"))
    formless(noor)
    noor.tap(card.get_by_role("button", name="Ja, stop dit"))
    noor.page.get_by_text("Bewaard. Het werkt meteen.").wait_for()
    assert not noor.page.get_by_role("article", name="Joris Bakker").count()
    assert noor.actions == 2


def test_a_script_that_runs_is_noticed(person: Callable[..., Person]) -> None:
    """What the rest rests on: with scripts the same page does ask for them."""
    asked: list[str] = []
    ria = person("ria", width=390)
    ria.page.on("request", lambda each: asked.append(each.url))
    ria.go("/vandaag")
    assert [each for each in asked if each.endswith(".js")]

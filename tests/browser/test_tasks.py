"""The daily tasks of a job coach and of a client, each within its number of pointer actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.demo.people import ELS, NOOR, TOM, trajectory_of
from tests.browser.person import Person

Comes = Callable[..., Person]
WIDTHS = (1280, 390)
ELSES = f"/traject/{trajectory_of(ELS)}"
TOMS = f"/traject/{trajectory_of(TOM)}"
SAVED = "Bewaard. Het staat in de tijdlijn."


def saved(person: Person, words: str) -> None:
    """See that it was saved, and that it stands in the timeline."""
    person.page.get_by_text(SAVED).wait_for()
    person.page.get_by_text(words).first.wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_who_needs_contact_today_is_what_a_coach_begins_with(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/")
    ria.page.get_by_role("heading", name="Wie heeft vandaag contact nodig?").wait_for()
    ria.page.get_by_text("Wij beloofden").first.wait_for()
    assert ria.actions == 0


def test_somebody_is_found_by_a_key_two_letters_and_enter(person: Comes) -> None:
    ria = person("ria")
    ria.go("/vandaag")
    ria.page.keyboard.press("/")
    ria.page.keyboard.type("to")
    ria.page.keyboard.press("Enter")
    ria.page.get_by_role("heading", name="Tom Kuipers", exact=True).wait_for()
    assert ria.actions == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_contact_is_noted_in_three(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/vandaag")
    ria.tap(ria.page.get_by_role("link", name="Noteer een contact: ").first)
    ria.tile("Hoe?", "per telefoon")
    ria.type("Kort verslag", f"Aan de keukentafel op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Aan de keukentafel op {width}.")
    assert ria.actions <= 3


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="takes 4: the form stands a tap away")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_contact_with_an_employer_is_noted_in_three(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(ELSES)
    ria.link("Noteer een contact")
    ria.tile("Met wie?", "werkgever")
    ria.tile("Hoe?", "per telefoon")
    ria.type("Kort verslag", f"Zij belde over de uren op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Zij belde over de uren op {width}.")
    assert ria.actions <= 3


@pytest.mark.parametrize("width", WIDTHS)
def test_a_placement_is_noted_in_five(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(TOMS)
    ria.link("Noteer een plaatsing")
    ria.tile("Wat is het?", "vrijwilligerswerk")
    ria.choose("Bij welke werkgever?", "Fietskoeriers Noord")
    ria.type("Wat voor werk?", f"banden plakken op {width}")
    ria.button("Bewaar")
    saved(ria, f"banden plakken op {width}")
    assert ria.actions <= 5


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
    tom.page.get_by_text("Gaf zichzelf een 7").first.wait_for()
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


def test_one_signs_in_with_a_tap_and_out_with_another(person: Comes) -> None:
    somebody = person()
    somebody.go("/demo")
    somebody.button("Kijk mee als Tom Kuipers")
    somebody.page.get_by_role("heading", name="Tom Kuipers").wait_for()
    somebody.page.get_by_role("button", name="Afmelden").first.click()
    somebody.page.get_by_role("heading", name="Kies wie je bent").wait_for()
    assert somebody.actions == 1


def test_a_session_that_ended_while_somebody_typed_loses_no_text(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go(f"{ELSES}/contact")
    ria.tile("Hoe?", "per telefoon")
    ria.type("Kort verslag", "Dit mag niet weg.")
    ria.page.context.clear_cookies()
    ria.expects("401 /traject/{id}/contact")
    ria.button("Bewaar")
    ria.page.get_by_text("Wat je typte, staat klaar.").wait_for()
    ria.button("Kijk mee als Ria Verhoeven")
    assert ria.page.get_by_label("Kort verslag").input_value() == "Dit mag niet weg."
    ria.button("Bewaar")
    saved(ria, "Dit mag niet weg.")


def test_whatever_goes_wrong_is_noticed(person: Comes) -> None:
    nobody = person()
    nobody.go("/nergens")
    for does in (
        "document.body.setAttribute('style', 'color: red')",
        "fetch('https://elders.example/').catch(() => {})",
        "console.error('oei')",
        "setTimeout(() => { throw new Error('oei') })",
    ):
        nobody.page.evaluate(f"() => {{ {does} }}")
    with nobody.page.expect_event("requestfailed"):
        nobody.page.evaluate("() => { location = 'https://elders.example/' }")
    noticed = list(dict.fromkeys(each.partition(":")[0] for each in nobody.wrong))
    nobody.wrong.clear()
    assert noticed == ["404 /nergens", "policy", "console", "script", "elsewhere"]

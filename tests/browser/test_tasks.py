"""The daily tasks of a job coach, each within its number of pointer actions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from api.demo.people import ELS, FEMKE, NOOR, TOM, trajectory_of
from eventlog.handler import HOME
from tests.browser.person import SAVED, Person, saved
from tests.web.test_importing import BOOK, book

Comes = Callable[..., Person]
WIDTHS = (1280, 390)
ELSES = f"/traject/{trajectory_of(ELS)}"
FEMKES = f"/traject/{trajectory_of(FEMKE)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
TOMS = f"/traject/{trajectory_of(TOM)}"


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
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", f"Aan de keukentafel op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Aan de keukentafel op {width}.")
    assert ria.actions <= 3


@pytest.mark.parametrize("width", WIDTHS)
def test_a_contact_with_an_employer_is_noted_in_three(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(ELSES)
    ria.link("Contact met de werkgever")
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", f"Zij belde over de uren op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Zij belde over de uren op {width}.")
    ria.page.get_by_text("Contact met werkgever, per telefoon").first.wait_for()
    assert ria.actions <= 3


@pytest.mark.parametrize("width", WIDTHS)
def test_so_is_one_for_who_looks_for_work_with_the_last_employer(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(NOORS)
    ria.link("Contact met een werkgever")
    ria.tile("Hoe?", "Per telefoon")
    ria.type("Kort verslag", f"De bakker belt terug op {width}.")
    ria.button("Bewaar")
    saved(ria, f"De bakker belt terug op {width}.")
    ria.page.get_by_text("Werkgever Bakkerij Van Dam, per telefoon: gesproken").first.wait_for()
    assert ria.actions <= 3


@pytest.mark.parametrize("width", WIDTHS)
def test_other_hours_are_noted_in_four(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(ELSES)
    ria.link("Iets anders")
    ria.link("Noteer andere uren")
    ria.type("Uren per week", "18" if width == WIDTHS[0] else "22")
    ria.button("Bewaar")
    ria.page.get_by_text(SAVED).wait_for()
    assert ria.actions <= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_is_recorded_in_four_and_who_thought_along_in_two_more(
    person: Comes, width: int
) -> None:
    ria = person("ria", width=width)
    ria.go(TOMS)
    ria.link("Iets anders")
    ria.link("Leg een keuze uit vertrouwen vast")
    ria.type("Wat is de vraag?", f"Hoe laat beginnen op {width}?")
    ria.type("Wat wil de cliënt?", "Ik begin graag om tien uur.")
    ria.type("De keuze", "Tien uur.")
    ria.type("Waarom?", "Dat past bij de medicijnen.")
    day = (datetime.now(HOME) + timedelta(days=60)).date()
    ria.type("Wanneer kijken we terug?", day.isoformat())
    assert ria.actions + 1 <= 4, "with the button that saves"
    ria.tap(ria.page.get_by_text("Vertel meer"))
    ria.tap(ria.page.get_by_role("checkbox", name="Tom Kuipers, cliënt"))
    ria.button("Bewaar")
    saved(ria, f"Hoe laat beginnen op {width}?")


@pytest.mark.parametrize("width", WIDTHS)
def test_another_task_is_noted_in_four_where_the_job_stands(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(f"{TOMS}/profiel")
    ria.tap(ria.page.get_by_role("link", name="Spreek een aanpassing op het werk af").first)
    ria.choose("Wat is het?", "Taken")
    ria.type("Wat precies?", f"ook pakketten op {width}")
    ria.button("Bewaar")
    saved(ria, f"ook pakketten op {width}")
    assert ria.actions <= 4


def test_that_work_ended_is_noted_in_four(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go(FEMKES)
    ria.link("Iets anders")
    ria.link("Noteer dat werk is gestopt")
    ria.choose("Wat is de reden?", "Beter werk gevonden")
    ria.type("Wat nemen we hiervan mee?", "Zij wist zelf wanneer het tijd was.")
    ria.button("Bewaar")
    saved(ria, "Zij wist zelf wanneer het tijd was.")
    assert ria.actions <= 4


def test_an_employer_asks_to_be_called_in_one(person: Comes) -> None:
    wim = person("wim", width=390)
    wim.go(TOMS)
    wim.button("Bel mij")
    wim.page.get_by_text("Bewaard. Dank je wel.").wait_for()
    assert wim.actions == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_placement_is_noted_in_five(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(TOMS)
    ria.link("Noteer een plaatsing")
    ria.tile("Wat is het?", "Vrijwilligerswerk")
    ria.choose("Bij welke werkgever?", "Fietskoeriers Noord")
    ria.type("Wat voor werk?", f"banden plakken op {width}")
    ria.button("Bewaar")
    saved(ria, f"banden plakken op {width}")
    assert ria.actions <= 5


@pytest.mark.parametrize("width", WIDTHS)
def test_who_stands_in_is_arranged_in_five_and_ended_in_one(person: Comes, width: int) -> None:
    leonie = person("leonie", width=width)
    leonie.go("/")
    leonie.tap(leonie.page.get_by_role("link", name="Regel wie waarneemt").first)
    leonie.choose("Welke coach?", "Niek Hofman, jobcoach")
    leonie.choose("Welke collega?", "Leonie Vos")
    leonie.type("Tot en met welke dag?", datetime.now(HOME).date().isoformat())
    leonie.button("Regel het")
    leonie.page.get_by_text("Je vervangt Niek Hofman").wait_for()
    assert leonie.actions <= 5
    leonie.tap(leonie.page.get_by_role("button", name="Stop dit nu: Leonie Vos"))
    leonie.page.get_by_text("Je vervangt Niek Hofman").wait_for(state="detached")


@pytest.mark.parametrize("width", WIDTHS[:1])
def test_a_workbook_is_looked_at_and_taken_over_in_four(person: Comes, width: int) -> None:
    leonie = person("leonie", width=width)
    leonie.go("/")
    leonie.tap(leonie.page.get_by_role("link", name="Werkboek").locator("visible=true").first)
    file = {"name": f"{width}-{BOOK}", "mimeType": "application/zip", "buffer": book()}
    leonie.page.get_by_label("Het werkboek").set_input_files(file)
    leonie.actions += 1
    leonie.button("Kijk waar het op neerkomt")
    leonie.page.get_by_text("Er komen 4 notities bij").wait_for()
    leonie.button("Neem over")
    leonie.page.get_by_text("Overgenomen: 4 notities.").wait_for()
    assert leonie.actions <= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_new_is_seen_in_one(person: Comes, width: int) -> None:
    ria, bas = person("ria", width=width), person("bas", width=width)
    bas.go(ELSES)
    bas.go("/overzicht")  # or what changes would be seen as it comes
    ria.go(f"{ELSES}/contact")
    ria.tile("Hoe?", "Wandelend")
    ria.type("Kort verslag", f"Nieuw voor Bas op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Nieuw voor Bas op {width}.")
    bas.tap(bas.page.get_by_role("link", name="Els van den Heuvel").first)
    bas.page.get_by_text("Nieuw voor jou").first.wait_for()
    assert bas.actions <= 1


@pytest.mark.parametrize("width", WIDTHS)
def test_one_entry_is_shared_in_two(person: Comes, width: int) -> None:
    noor = person("noor", width=width)
    noor.go(NOORS)
    noor.tap(noor.page.get_by_role("link", name=re.compile("^Meer.*Contact met jou")).first)
    noor.page.get_by_text("Dit gaat diegene lezen").first.wait_for()
    noor.tap(noor.page.get_by_role("button", name="Deel met ").first)
    noor.page.get_by_role("button", name="Stop met delen").first.wait_for()
    assert noor.actions <= 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_coach_shares_one_entry_by_the_clients_yes_in_two(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(f"{NOORS}/contact")
    ria.tile("Hoe?", "Wandelend")
    ria.type("Kort verslag", f"Dit mag Ank weten, op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Dit mag Ank weten, op {width}.")
    ria.actions = 0
    ria.tap(ria.page.get_by_role("link", name=re.compile("^Meer.*Contact met cliënt")).first)
    ria.page.get_by_text("Dit gaat diegene lezen").first.wait_for()
    ria.tap(ria.page.get_by_role("button", name="De cliënt zei ja: deel met ").first)
    ria.page.get_by_text("de cliënt zei ja op").first.wait_for()
    assert ria.actions <= 2
    noor = person("noor", width=width)
    noor.go(f"{NOORS}/delen")
    noor.page.get_by_text("ja tegen Ria Verhoeven").first.wait_for()
    noor.tap(noor.page.get_by_role("button", name="Stop met delen").first)
    noor.page.get_by_text("Bewaard. Het werkt meteen.").wait_for()
    assert noor.actions == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_an_entry_is_put_right_in_two(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go(f"{ELSES}/contact")
    ria.tile("Hoe?", "Wandelend")
    ria.type("Kort verslag", f"Een rondje park op {width}.")
    ria.button("Bewaar")
    saved(ria, f"Een rondje park op {width}.")
    ria.actions = 0
    ria.tap(ria.page.get_by_role("link", name=re.compile("^Verbeter.*Contact met cliënt")).first)
    ria.page.get_by_text("Wat ervan afhangt").wait_for()
    ria.type("Kort verslag", f"Een rondje haven op {width}.")
    ria.type("Wat klopte er niet?", "verkeerde plek")
    ria.button("Bewaar hoe het moet zijn")
    ria.page.get_by_text("Wat er eerst stond").wait_for()
    assert ria.page.locator("del").first.inner_text() == f"Een rondje park op {width}."
    assert ria.actions <= 2


def test_what_was_just_saved_is_taken_back_in_one(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go(f"{TOMS}/contact")
    ria.tile("Hoe?", "Wandelend")
    ria.type("Kort verslag", "Dit was het verkeerde dossier.")
    ria.button("Bewaar")
    saved(ria, "Dit was het verkeerde dossier.")
    ria.actions = 0
    ria.button("Neem het terug")
    ria.page.get_by_text("Bewaard.").wait_for()
    assert ria.page.get_by_text("Dit was het verkeerde dossier.").count() == 0
    assert ria.actions == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_team_meeting_of_three_is_a_tick_each_and_one_save(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/overleg")
    for name in ("Tom Kuipers", "Els van den Heuvel", "Samir El Amrani"):
        ria.tap(ria.page.get_by_role("checkbox", name=name, exact=True))
        ria.type(f"{name}: Wat is er afgesproken?", f"Besproken op {width}: {name}.")
    ria.button("Bewaar alles")
    ria.page.get_by_text(SAVED).wait_for()
    assert ria.actions <= 4
    ria.go(TOMS)
    ria.page.get_by_text(f"Besproken op {width}: Tom Kuipers.").wait_for()
    assert ria.page.get_by_text(f"Besproken op {width}: Els van den Heuvel.").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_all_files_are_handed_over_for_a_holiday_in_two(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/vervanging")
    ria.choose("Welke collega?", "Niek Hofman, jobcoach")
    ria.type("Tot en met welke dag?", (datetime.now(HOME).date() + timedelta(days=7)).isoformat())
    ria.button("Regel het")
    ria.page.get_by_text("Niek Hofman vervangt jou").wait_for()
    assert ria.actions <= 2
    ria.button("Stop dit nu: Niek Hofman")  # for whoever comes after this
    ria.page.get_by_text("Niek Hofman vervangt jou").wait_for(state="detached")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_appointment_is_moved_in_two(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/agenda")
    ria.tap(ria.page.get_by_text("Verzet", exact=False).first)
    ria.type("Hoe laat?", "11:45" if width == WIDTHS[0] else "12:15")
    ria.tap(ria.page.get_by_role("button", name="Verzet de afspraak").first)
    ria.page.get_by_text(SAVED).wait_for()
    ria.page.get_by_text("11:45" if width == WIDTHS[0] else "12:15").first.wait_for()
    assert ria.actions <= 2


def test_nobody_answers_and_the_next_time_to_try_plans_itself(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go("/vandaag")
    other = re.compile("Even niet goed|één keer proberen")  # an answer owed, and tried enough
    line = ria.page.get_by_role("listitem").filter(has_not_text=other)
    button = line.get_by_role("button", name="Geen gehoor: ").first
    name = (button.get_attribute("aria-label") or "").removeprefix("Geen gehoor: ")
    ria.tap(button)
    ria.page.get_by_text(SAVED).wait_for()
    assert ria.actions <= 1
    cases = ria.page.request.get(f"{ria.site}/api/v1/caseload").json()["cases"]
    planned = [each["next"]["why"] for each in cases if each["name"] == name]
    assert [each for each in planned if "Geen gehoor: nog hoogstens" in each]


def test_nobody_answers_at_the_employer_either_by_the_same_one_tap(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go("/vandaag")
    ria.tap(ria.page.get_by_role("button", name="Geen gehoor bij de werkgever: ").first)
    ria.page.get_by_text(SAVED).wait_for()
    assert ria.actions <= 1


def test_somebody_is_called_by_one_tap_where_one_reads_whom_to_call(person: Comes) -> None:
    ria = person("ria", width=390)
    for path in ("/vandaag", TOMS):
        ria.go(path)
        number = ria.page.locator('a[href^="tel:"]').first
        number.wait_for()
        assert number.evaluate("each => each.getBoundingClientRect().height") >= 44
    assert ria.actions == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_new_comes_in_by_four(person: Comes, width: int) -> None:
    ria = person("ria", width=width)
    ria.go("/vandaag")
    ria.tap(ria.page.get_by_role("link", name="Iemand nieuw"))
    ria.type("Achternaam", f"Nergensbekend {width}")
    ria.type("Geboortejaar", "1987")
    ria.button("Kijk eerst")
    ria.type("Voornaam", "Jaap")
    ria.choose("Hoe kwam de vraag binnen?", "Inloop")
    ria.button("Begin het dossier")
    ria.page.get_by_role("heading", name=f"Jaap Nergensbekend {width}", exact=True).wait_for()
    assert ria.actions <= 4


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
    ria.tile("Hoe?", "Per telefoon")
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

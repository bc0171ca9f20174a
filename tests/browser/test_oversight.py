"""Tasks of who looks back, guards or steps in, each within its number of pointer actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from api.demo.people import ELS, PROGRAMME, TOM, named, trajectory_of
from eventlog.handler import HOME
from tests.browser.person import Person

Comes = Callable[..., Person]
WIDTHS = (1280, 390)
LATER = (datetime.now(HOME) + timedelta(days=21)).date().isoformat()
TOMS = f"/traject/{trajectory_of(TOM)}"


def test_what_smells_of_control_is_asked_the_writer_once(person: Comes) -> None:
    ria = person("ria", width=390)
    ria.go(f"{TOMS}/keuze")
    ria.type("Wat is de vraag?", "Hoe verder?")
    ria.type("Wat wil de cliënt?", "Rustig aan.")
    ria.type("De keuze", "Hij werkt niet mee, dus we wachten.")
    ria.type("Waarom?", "Dat past nu.")
    ria.type("Wanneer kijken we terug?", LATER)
    ria.expects("422 /traject/{id}/keuze")
    ria.button("Bewaar")
    ria.page.get_by_text("Nog even lezen?").wait_for()
    ria.page.get_by_text("Wat wilde de cliënt zelf").wait_for()
    assert ria.page.get_by_label("Waarom?").input_value() == "Dat past nu."
    ria.type("De keuze", "Wij wachten, en vragen wat hij wil.")
    ria.button("Bewaar")
    ria.page.get_by_text("Wij wachten, en vragen wat hij wil.").first.wait_for()
    assert ria.actions == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_is_judged_in_two_and_then_tells_how_it_went(person: Comes, width: int) -> None:
    kim = person("kim", width=width)
    kim.go(f"/steekproef?van={named('sample', str(PROGRAMME))}")
    kim.tap(kim.page.locator('a.btn:not(.quiet)[href*="/keuzes/"]').first)
    kim.page.get_by_text("blijft dicht tot je oordeel er staat").wait_for()
    kim.type("In eigen woorden", f"Op {width}: de wens ging voor.")
    kim.button("Bewaar")
    kim.page.get_by_text(f"Op {width}: de wens ging voor.").wait_for()
    assert not kim.page.get_by_text("blijft dicht tot je oordeel er staat").count()
    assert kim.actions == 2


def test_a_signal_is_answered_in_two(person: Comes) -> None:
    els = person("els")
    els.go(f"/traject/{trajectory_of(ELS)}/even-niet-goed")
    els.type("Wil je vertellen wat er is?", "Ik zie op tegen maandag.")
    els.button("Laat het mijn team weten")
    els.page.get_by_text("Ik zie op tegen maandag.").first.wait_for()
    bas = person("bas", width=390)
    bas.go("/vandaag")
    bas.link("Signalen")
    card = bas.page.locator("section", has_text="Ik zie op tegen maandag.")
    card.get_by_label("Welke hulp is afgesproken?").fill("Samen naar binnen.")
    bas.tap(card.get_by_role("button"))
    bas.page.get_by_text("Bewaard.").wait_for()
    assert bas.actions == 2


def test_an_emergency_is_opened_in_two_and_looked_back_at_in_four(person: Comes) -> None:
    joost = person("joost")
    joost.go("/vandaag")
    joost.link("Noodgeval")
    joost.type("Het nummer van het dossier", str(trajectory_of(TOM)))
    joost.type("Waarom kan het niet wachten?", "Binnengebracht; welke medicijnen?")
    joost.button("Open het voor 24 uur")
    joost.page.get_by_text("Je leest mee in een noodgeval, tot").wait_for()
    assert joost.actions == 2
    esra = person("esra")
    esra.go("/inzagelog")
    esra.link("Nakijken")
    esra.tap(esra.page.locator('a[href^="/nakijken/"]').first)
    group = esra.page.get_by_role("group").first
    esra.tap(group.get_by_role("radio", name="Terecht", exact=True))
    esra.type("In eigen woorden", "Terecht.")
    esra.button("Bewaar")
    esra.page.get_by_text("Bewaard. De cliënt leest het ook.").wait_for()
    assert esra.actions <= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sample_is_drawn_in_three(person: Comes, width: int) -> None:
    leonie = person("leonie", width=width)
    leonie.go("/overzicht")
    leonie.link("Steekproef")
    leonie.choose("Uit welk programma?", "Werk is medicijn")
    leonie.type("Hoeveel trajecten?", "2")
    leonie.button("Trek")
    leonie.page.get_by_text("Getrokken.").wait_for()
    assert leonie.actions == 3

"""The one page of an employer and of somebody close: what was agreed, and nothing beside."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from api.demo.people import (
    COURIERS,
    NIEK,
    NOOR,
    PERSONAS,
    RIA,
    SAMIR,
    SEM,
    TOM,
    trajectory_of,
)
from domain.events.team import NetworkShare
from domain.rules.cover import ArrangeCover
from domain.rules.placement import ChangeHours, EndPlacement, LogPlacement
from domain.rules.team import ChooseNetworkShare
from domain.state.work import PlacementKind
from domain.wording import day as worded_day
from eventlog.request import Request
from tests.demo.region import DemoRegion
from tests.web.reading import page, send

TOMS = f"/traject/{trajectory_of(TOM)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
HEALTH = ("Slaap", "Medicatie", "Bas de Groot", "behandel", "ochtend niet meer", "16 naar 12")


def hidden(name: str, text: str) -> str:
    """Give what a form on the page sends without asking."""
    found = re.search(rf'name="{name}" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def test_an_employer_reads_what_was_agreed_and_whom_to_call(region: DemoRegion) -> None:
    seen = page(region.browser("wim"), TOMS)
    for words in ("fietskoerier", "20 uur per week", "begint om tien uur", "kantine"):
        assert words in seen
    assert "Ria Verhoeven" in seen
    assert RIA.phone is not None
    assert f'href="tel:{RIA.phone}"' in seen
    assert seen.count("Tom Kuipers leest") == 1
    assert seen.count("Schrijf over het werk") == 1
    for secret in HEALTH:
        assert secret not in seen


def test_an_employer_asks_to_be_called_and_the_client_reads_it(region: DemoRegion) -> None:
    wim = region.browser("wim")
    shown = page(wim, TOMS)
    typed = {name: hidden(name, shown) for name in ("employer", "placement")}
    assert send(region, wim, f"{TOMS}/ask-call", **typed) == 303
    assert "Fietskoeriers Noord vraagt om te bellen" in page(region.browser("tom"), TOMS)


def test_an_employer_adds_one_thing_and_it_stands_there(region: DemoRegion) -> None:
    wim = region.browser("wim")
    placement = hidden("placement", page(wim, TOMS))
    typed = {"placement": placement, "kind": "breaks", "what": "pauze om elf uur"}
    assert send(region, wim, f"{TOMS}/agree-accommodation", **typed) == 303
    assert "pauze om elf uur" in page(wim, TOMS)
    assert "pauze om elf uur" in page(region.browser("tom"), TOMS)
    assert send(region, wim, f"{TOMS}/agree-accommodation", **typed | {"what": ""}) == 422


def test_an_adjustment_is_changed_from_what_stands(region: DemoRegion) -> None:
    wim = region.browser("wim")
    way = re.search(r'href="([^"]+change-accommodation[^"]+)"', page(wim, TOMS))
    assert way is not None
    form = page(wim, way[1])
    assert re.search(r'id="what"[^>]*value="[^"]+"', form)
    assert re.search(r'<option value="(hours|tasks|guidance|breaks)" selected>', form)


def test_of_work_that_ended_an_employer_sees_that_and_no_more(region: DemoRegion) -> None:
    ria, handler = PERSONAS["ria"].actor, region.services.handler
    stream, placement = trajectory_of(NOOR), uuid4()
    begun = LogPlacement(
        placement=placement,
        kind=PlacementKind.VOLUNTEERING,
        employer=COURIERS,
        title="banden plakken",
        starts_on=region.services.today() - timedelta(days=9),
    )
    handler.handle(Request(ria, stream, begun, None))
    region.projector.catch_up()
    wim = region.browser("wim")
    assert "banden plakken" in page(wim, NOORS)
    last = region.services.today() - timedelta(days=1)
    ended = EndPlacement(placement=placement, occurred_on=last, lessons="Het was te ver fietsen.")
    handler.handle(Request(ria, stream, ended, None))
    region.projector.catch_up()
    seen = page(wim, NOORS)
    assert "Het werk bij jullie is gestopt." in seen
    assert "Het vrijwilligerswerk bij Fietskoeriers Noord is gestopt" in seen
    for gone in ("banden plakken", "te ver", RIA.phone or "", "Bel mij", "Spraken jullie"):
        assert gone not in seen


def test_hours_agreed_for_later_are_told_whatever_was_agreed_last(region: DemoRegion) -> None:
    ria, handler, day = PERSONAS["ria"].actor, region.services.handler, region.services.today()
    stream, placement = trajectory_of(NOOR), uuid4()
    later = day + timedelta(days=40)
    begun = LogPlacement(
        placement=placement,
        kind=PlacementKind.VOLUNTEERING,
        employer=COURIERS,
        title="fietsen poetsen",
        starts_on=day - timedelta(days=9),
        hours_per_week=7,
    )
    for asked in (
        begun,
        ChangeHours(placement=placement, hours_per_week=13, starts_on=later),
        ChangeHours(placement=placement, hours_per_week=9),
    ):
        handler.handle(Request(ria, stream, asked, None))
    region.projector.catch_up()
    seen = page(region.browser("wim"), NOORS)
    assert '<dt>Uren</dt><dd class="num">9 uur per week</dd>' in seen
    assert f'<dt>Vanaf {worded_day(later, "nl")}</dt><dd class="num">13 uur per week</dd>' in seen
    handler.handle(Request(ria, stream, EndPlacement(placement=placement), None))
    region.projector.catch_up()
    assert "fietsen poetsen" not in page(region.browser("wim"), NOORS)
    assert "naar 9 per week" not in page(region.browser("ria"), NOORS).partition("Gezamenlijke")[0]


def test_an_employer_of_two_jobs_says_of_which_an_adjustment_is(region: DemoRegion) -> None:
    ria, wim = PERSONAS["ria"].actor, region.browser("wim")
    first = hidden("placement", page(wim, TOMS))
    second = LogPlacement(
        placement=uuid4(),
        kind=PlacementKind.VOLUNTEERING,
        employer=COURIERS,
        title="helpen in de werkplaats",
        starts_on=region.services.today(),
    )
    region.services.handler.handle(Request(ria, trajectory_of(TOM), second, None))
    region.projector.catch_up()
    shown = page(wim, TOMS)
    adds = shown.partition('aria-labelledby="add-h"')[2].partition("</section>")[0]
    assert f'<option value="{first}">fietskoerier</option>' in adds
    assert f'<option value="{second.placement}">helpen in de werkplaats</option>' in adds
    typed = {"placement": str(second.placement), "kind": "tasks", "what": "alleen ketting en rem"}
    assert send(region, wim, f"{TOMS}/agree-accommodation", **typed) == 303
    held = page(wim, TOMS)
    assert "alleen ketting en rem" in held.partition("helpen in de werkplaats</h2>")[2]
    assert send(region, wim, f"{TOMS}/agree-accommodation", **typed | {"placement": ""}) == 422


def test_an_employer_reads_what_to_arrange_before_when(region: DemoRegion) -> None:
    ria, day = PERSONAS["ria"].actor, region.services.today()
    trial = LogPlacement(
        kind=PlacementKind.TRIAL,
        employer=COURIERS,
        title="sorteren",
        starts_on=day,
        ends_on=day + timedelta(days=40),
    )
    stream = trajectory_of(SAMIR)
    region.services.handler.handle(Request(ria, stream, trial, None))
    region.projector.catch_up()
    seen = page(region.browser("wim"), f"/traject/{stream}")
    assert "Wat regel ik, en voor wanneer?" in seen
    assert "Spreek af hoe het na de proefplaatsing verder gaat" in seen
    assert "hr-" not in seen, "what else Samir did is not told"


def test_who_stands_in_for_the_coach_is_called_first(region: DemoRegion) -> None:
    ria, day = PERSONAS["ria"].actor, region.services.today()
    away = ArrangeCover(person=NIEK.actor.person, starts_on=day, ends_on=day + timedelta(days=7))
    region.services.handler.handle(Request(ria, trajectory_of(TOM), away, None))
    region.projector.catch_up()
    seen = page(region.browser("wim"), TOMS)
    assert "jobcoach, vervangt nu" in seen
    assert seen.index("Niek Hofman") < seen.index("Ria Verhoeven")


def test_somebody_close_reads_what_was_agreed_and_does_what_they_took_on(
    region: DemoRegion,
) -> None:
    sem = region.browser("sem")
    seen = page(sem, NOORS)
    assert "Noor Bakker vroeg je om mee te doen." in seen
    assert "zoeken naar werk" in seen
    assert "Op dinsdag en donderdag meerijden" in seen
    action = hidden("action", seen)
    assert send(region, sem, f"{NOORS}/finish-action", action=action) == 303
    assert 'name="action"' not in page(sem, NOORS)


def test_somebody_close_gives_a_tip_that_the_client_reads(region: DemoRegion) -> None:
    sem = region.browser("sem")
    assert "Noor Bakker leest dit mee." in page(sem, NOORS)
    tip = {"place": "De kwekerij", "words": "Daar werkt mijn oom."}
    assert send(region, sem, f"{NOORS}/offer-lead", **tip) == 303
    assert "Daar werkt mijn oom." in page(region.browser("noor"), NOORS)
    assert send(region, sem, f"{NOORS}/offer-lead", place="", words="Ergens.") == 422


def test_with_less_shared_there_is_less_and_after_removal_nothing(region: DemoRegion) -> None:
    noor, sem, handler = PERSONAS["noor"].actor, region.browser("sem"), region.services.handler
    less = ChooseNetworkShare(person=SEM.actor.person, share=NetworkShare.OWN_ACTIONS)
    handler.handle(Request(noor, trajectory_of(NOOR), less, None))
    region.projector.catch_up()
    seen = page(sem, NOORS)
    assert "Je ziet wat je zelf op je nam." in seen
    for gone in ("Je mag meelezen over", "winkelmedewerker", "deurwaarder", "Geef een tip"):
        assert gone not in seen
    client = region.browser("noor")
    gone = {"person": str(SEM.actor.person)}
    assert send(region, client, f"{NOORS}/remove-network-member", **gone) == 303
    assert sem.get(NOORS).status_code == 404
    assert "Noor" not in sem.get("/overzicht").text


@pytest.mark.parametrize("persona", ["ria", "tom", "bas"])
def test_others_read_the_timeline(region: DemoRegion, persona: str) -> None:
    assert 'class="tl"' in page(region.browser(persona), TOMS)

"""Peer groups: their members run them, a coach there guides, and to others they are not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest

from api.demo.people import BRAM, ELS, FEMKE, GROUP, IN_GROUP, NOOR, PERSONAS, SAMIR
from api.signin import COOKIE, issue
from tests.demo.region import DemoRegion

AT = f"/groep/{GROUP}"
FORMS = ("zoeken-en-bieden", "bijeenkomst", "training", "uitnodigen", "erbij")
READS = {"samir-groep", "ria", "niek"}
"""Who is in it, and who coaches at the organisation that has it."""


def test_a_peer_begins_there_and_reads_who_asks_offers_and_trained(region: DemoRegion) -> None:
    samir = region.browser("samir-groep")
    home = samir.get("/", follow_redirects=True)
    assert home.url.path == "/groep"
    assert f'href="{AT}"' in home.text
    page = unescape(samir.get(AT).text)
    assert "Maandaggroep" in page
    assert "wil leren: sollicitatiegesprekken, netwerken" in page
    assert "kan geven: solliciteren oefenen" in page
    assert re.search(r"sollicitatiegesprekken</b>, door Samir", page)
    assert "een jaar verder" in page
    assert "van den Heuvel" not in page, "in a group one is called by a given name"


@pytest.mark.parametrize("persona", PERSONAS)
def test_to_others_it_is_not_there(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    for name in ("", *(f"/{each}" for each in FORMS)):
        there, nowhere = (
            browser.get(f"{at}{name}").status_code for at in (AT, f"/groep/{uuid4()}")
        )
        assert nowhere == 404
        assert (there != 404) is (persona in READS), name


def test_what_somebody_asks_and_offers_begins_with_what_stands(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    samir = region.browser("samir-groep")
    form = samir.get(f"{AT}/zoeken-en-bieden").text
    assert "solliciteren oefenen</textarea>" in form
    typed = {"needs": "dagritme\nkoken", "offers": "solliciteren oefenen"}
    person = str(SAMIR.actor.person)
    page = says(samir, f"{AT}/zoeken-en-bieden", person=person, **typed)
    assert "wil leren: dagritme, koken" in page


def test_a_meeting_and_a_training_are_noted(region: DemoRegion, says: Callable[..., str]) -> None:
    samir = region.browser("samir-groep")
    came = [str(each.actor.person) for each in (SAMIR, ELS)]
    page = says(samir, f"{AT}/bijeenkomst", topic="soep koken", came=came)
    assert re.search(r"soep koken</b>.*?met [^<]*Samir", page, re.DOTALL)
    page = says(samir, f"{AT}/training", topic="brieven", person=came[1], came=came[0])
    assert re.search(r"brieven</b>, door Els", page)
    refused = samir.post(f"{AT}/training", data={"key": str(uuid4()), "came": came})
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 2, "who was ticked stays ticked"


def test_a_coach_invites_a_client_who_says_yes_themselves(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    ria, noor = region.browser("ria"), region.browser("noor")
    form = ria.get(f"{AT}/uitnodigen").text
    assert "Noor Bakker" in form
    assert "Samir" not in form, "who is in it is not invited"
    page = says(ria, f"{AT}/uitnodigen", person=str(NOOR.actor.person))
    assert "Noor" not in page, "nobody learns a name by an invitation"
    invited = unescape(noor.get("/groep").text)
    assert "Je bent uitgenodigd: Maandaggroep" in invited
    assert noor.get(AT).status_code == 404
    page = says(noor, f"{AT}/meedoen", person=str(NOOR.actor.person))
    assert "Je doet mee." in page
    assert "Noor" in region.browser("samir-groep").get(AT).text
    page = says(noor, f"{AT}/stoppen", person=str(NOOR.actor.person))
    assert "Je zit nu in geen groep." in page
    assert "Noor" not in region.browser("samir-groep").get(AT).text


def test_nobody_joins_who_was_not_invited(region: DemoRegion) -> None:
    bram, before = region.browser("bram"), region.size()
    for at in (AT, f"/groep/{uuid4()}"):
        typed = {"key": str(uuid4()), "person": str(BRAM.actor.person)}
        assert bram.post(f"{at}/meedoen", data=typed).status_code == 404
    assert region.size() == before


def test_a_client_begins_a_group(region: DemoRegion, says: Callable[..., str]) -> None:
    tom = region.browser("tom")
    assert "/groep/begin" in tom.get("/groep").text
    page = says(tom, "/groep/begin", name="Wandelgroep")
    assert "Wandelgroep" in page
    assert "Wandelgroep" not in region.browser("els").get("/groep").text
    refused = tom.post("/groep/begin", data={"key": str(uuid4()), "name": ""})
    assert refused.status_code == 422
    assert region.browser("bas").get("/groep/begin").status_code == 403


def test_who_left_reads_nothing_of_it(region: DemoRegion) -> None:
    femke, services = region.browser(), region.services
    femke.cookies.set(COOKIE, issue(services.tokens, IN_GROUP[FEMKE], services.now()))
    assert femke.get(AT).status_code == 404
    assert "Maandaggroep" not in femke.get("/groep").text

"""What is new for somebody: told when they look, as far as they see it, until they saw it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import NIEK, NOOR, PERSONAS, RIA, TOM, trajectory_of
from api.reading.asking import Asking
from api.web.desk.own import Own, choose
from domain.rules.base import Command
from domain.rules.cover import ArrangeCover
from domain.rules.setback import AnswerSetback, NoteRecovery, SignalSetback
from domain.rules.trust import AddClientStatement
from eventlog.entry import Actor
from eventlog.request import Request
from tests.demo.region import DemoRegion

PAGE = "/meldingen"
NOORS = trajectory_of(NOOR)
SIGNAL = "Het gaat even niet goed"


def does(region: DemoRegion, who: Actor, command: Command) -> None:
    region.services.handler.handle(Request(who, NOORS, command))
    region.projector.catch_up()


def told(browser: TestClient) -> list[str]:
    """The lines that tell of Noor."""
    _, *lines = browser.get(PAGE).text.split('<li><span class="dot">')
    return [each for each in lines if f'href="/traject/{NOORS}"' in each.partition("</li>")[0]]


def counted(region: DemoRegion, persona: str) -> int:
    page = region.browser(persona).get("/vandaag").text
    found = re.search(r'href="/meldingen">.*?</a>', page)
    assert found is not None
    number = re.search(r'class="phase num">(\d+)<', found[0])
    return int(number[1]) if number else 0


@pytest.fixture(autouse=True)
def seen(region: DemoRegion) -> dict[str, TestClient]:
    """Some who have seen Noor's timeline just now, and like it quiet."""
    came = {each: region.browser(each) for each in ("ria", "bas", "noor", "niek")}
    for persona, browser in came.items():
        browser.get(f"/traject/{NOORS}")
        choose(region.services, Asking(PERSONAS[persona].actor), Own())
    return came


def test_a_signal_is_told_to_who_answers_until_they_saw_it(
    region: DemoRegion, seen: dict[str, TestClient]
) -> None:
    before = {each: counted(region, each) for each in ("ria", "bas")}
    does(region, NOOR.actor, SignalSetback(setback=uuid4(), words="Slecht geslapen."))
    for persona in ("ria", "bas"):
        (line,) = told(seen[persona])
        assert SIGNAL in line
        assert "Slecht geslapen." not in line, "the words stand in the file"
        assert counted(region, persona) == before[persona] + 1
    assert told(seen["noor"]) == [], "not to who said it"
    assert told(region.browser("sem")) == []
    seen["ria"].get(f"/traject/{NOORS}")
    assert told(seen["ria"]) == []
    assert len(told(seen["bas"])) == 1, "each for themselves"


def test_what_a_colleague_answered_waits_no_more(
    region: DemoRegion, seen: dict[str, TestClient]
) -> None:
    setback = uuid4()
    does(region, NOOR.actor, SignalSetback(setback=setback))
    assert told(seen["bas"])
    does(region, RIA.actor, AnswerSetback(setback=setback, agreed_help="Samen bellen."))
    assert all(SIGNAL not in each for each in told(seen["bas"]))
    (line,) = told(seen["noor"])
    assert "Het team heeft gereageerd" in line


def test_a_handover_is_told_to_who_stands_in_and_who_is_covered(
    region: DemoRegion, seen: dict[str, TestClient]
) -> None:
    last = region.services.today() + timedelta(days=7)
    does(region, RIA.actor, ArrangeCover(person=NIEK.actor.person, ends_on=last))
    assert any("Niek Hofman vervangt Ria Verhoeven" in each for each in told(seen["niek"]))
    assert told(seen["noor"])
    assert told(seen["bas"]) == []


def test_quiet_counts_what_cannot_wait_alone(region: DemoRegion) -> None:
    setback = uuid4()
    does(region, NOOR.actor, SignalSetback(setback=setback))
    does(region, NOOR.actor, NoteRecovery(setback=setback, words="Het gaat weer."))
    quiet = counted(region, "bas")
    region.browser("bas").post("/mijn", data={"quiet": "no"})
    assert counted(region, "bas") > quiet, "that it goes better can wait"
    assert "telt alles mee" in region.browser("bas").get(PAGE).text


def test_an_ordinary_entry_waits_in_the_timeline(
    region: DemoRegion, seen: dict[str, TestClient]
) -> None:
    does(region, NOOR.actor, AddClientStatement(text="Ik zou dat zelf anders zeggen."))
    assert told(seen["ria"]) == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_is_told_of_a_file_that_is_not_theirs(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    page = browser.get(PAGE)
    assert page.status_code == 200
    named = set(re.findall(r'href="/traject/([0-9a-f-]{36})"', page.text))
    own = set(browser.get("/api/v1/me").json()["trajectories"])
    assert named <= own


def test_an_invitation_to_a_group_is_told(region: DemoRegion) -> None:
    invited = region.browser("tom").get("/api/v1/me").json()["invitations"]
    page = region.browser("tom").get(PAGE).text
    assert ("Je bent uitgenodigd" in page) is bool(invited)
    assert f'href="/traject/{trajectory_of(TOM)}"' in page

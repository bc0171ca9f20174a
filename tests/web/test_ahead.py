"""The calendar page: what is planned and promised by day, and a move in place."""

from __future__ import annotations

import re
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest

from api.demo.people import ELS, PERSONAS, RIA, TOM, trajectory_of
from api.web.ahead import SOON
from domain.events.appointments import Comes
from domain.rules.appointments import MakeWorkAppointment
from eventlog.request import Request
from tests.demo.region import DemoRegion
from tests.web.reading import mark_of

TOMS = trajectory_of(TOM)


@pytest.fixture
def made(region: DemoRegion) -> UUID:
    """An appointment at Tom's work, in three days."""
    state = region.browser("ria").get(f"/api/v1/trajectories/{TOMS}").json()
    job = next(e["fields"]["placement"] for e in state["standing"] if e["type"] == "job.started.v1")
    appointment = uuid4()
    asked = MakeWorkAppointment(
        placement=job,
        appointment=appointment,
        planned_on=region.services.today() + timedelta(days=3),
        at=time(14, 30),
        comes=Comes.COACH,
        place="bij de werkplaats",
    )
    region.services.handler.handle(Request(RIA.actor, TOMS, asked))
    region.projector.catch_up()
    return appointment


def test_an_appointment_is_moved_in_place(region: DemoRegion, made: UUID) -> None:
    ria = region.browser("ria")
    page = ria.get("/agenda").text
    assert "14:30" in page
    assert "bij de werkplaats" in page
    assert f'name="appointment" value="{made}"' in page
    on = region.services.today() + timedelta(days=5)
    moved = {
        "key": str(uuid4()),
        "back": "/agenda",
        "appointment": str(made),
        "planned_on": on.isoformat(),
        "at": "09:15",
    }
    answer = ria.post(f"/traject/{TOMS}/verzet-afspraak", data=moved, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/agenda?na=")
    region.projector.catch_up()
    page = ria.get(answer.headers["location"]).text
    assert "Bewaard." in page
    assert "09:15" in page
    assert "09:15" in region.browser("tom").get("/agenda").text


def test_a_move_that_cannot_be_shows_the_form_with_what_was_typed(
    region: DemoRegion, made: UUID
) -> None:
    before = region.size()
    typed = {"key": str(uuid4()), "appointment": str(made), "planned_on": "morgen", "at": "9"}
    answer = region.browser("ria").post(f"/traject/{TOMS}/verzet-afspraak", data=typed)
    assert (answer.status_code, region.size()) == (422, before)
    assert "Moet een datum zijn" in answer.text


def test_what_was_promised_stands_there_for_the_team_and_not_for_the_client(
    region: DemoRegion,
) -> None:
    assert "Wij beloofden" in region.browser("ria").get("/agenda").text
    assert "Wij beloofden" not in region.browser("tom").get("/agenda").text


def test_looking_back_on_a_choice_stands_on_its_day(region: DemoRegion) -> None:
    page = region.browser("ria").get("/agenda").text
    assert "samen terugkijken" in page
    assert f'href="/traject/{trajectory_of(ELS)}"' in page


def test_what_comes_later_is_folded(region: DemoRegion) -> None:
    page = region.browser("ria").get("/agenda").text
    assert timedelta(days=90) > SOON
    assert page.index('class="agendaday"') < page.index('<details class="rest">')


@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_reads_a_name_that_is_not_theirs(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    page = browser.get("/agenda")
    assert page.status_code == 200
    named = set(re.findall(r'href="/traject/([0-9a-f-]{36})"', page.text))
    assert named <= set(browser.get("/api/v1/me").json()["trajectories"])


def test_the_calendar_on_a_telephone_is_explained_and_ended_there(region: DemoRegion) -> None:
    tom = region.browser("tom")
    assert 'action="/mijn/agenda"' in tom.get("/agenda").text
    sent = {"device-of": mark_of(region, "tom")}
    tom.post("/mijn/agenda", data=sent)
    assert 'action="/mijn/agenda/einde"' in tom.get("/agenda").text
    tom.post("/mijn/agenda/einde", data=sent)
    assert 'action="/mijn/agenda/einde"' not in tom.get("/agenda").text


def test_who_looked_is_written_down(region: DemoRegion) -> None:
    region.browser("bas").get("/agenda")
    assert "de agenda" in region.browser("tom").get(f"/traject/{TOMS}/wie-keek").text

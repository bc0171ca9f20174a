"""What the person is called is a setting: in every text that goes out, and in nobody's words."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.reading.looking import VIEWS
from domain.roles import Role

FILE = "/api/v1/trajectories/{id}"
OWN = "Als cliënt wil ik een client host worden"


@pytest.fixture(scope="module")
def spoken(region):
    """The same region over an application that speaks of residents, with some said in it."""
    usual, app = (
        region.http,
        create_app(
            replace(region.services, settings=replace(region.settings, client_word="inwoner"))
        ),
    )
    region.http = TestClient(app, raise_server_exceptions=False)
    region.usual = usual
    region.say(region.client, "express-work-wish", wants=["paid"], words=OWN)
    contact = {"with_whom": "client", "mode": "office"}
    region.contact = region.say(region.coach, "log-contact", **contact)
    yield region
    region.http = usual


def asked(region, who, path, language="nl"):
    return region.http.get(path.format(id=region.trajectory), headers=region.headers(who, language))


def test_a_refusal_speaks_of_a_resident_in_both_languages(spoken):
    told = spoken.say(
        spoken.coach, "add-team-member", person=spoken.client.person, role="job_coach"
    )
    assert told.status_code == 422, told.text
    assert "De inwoner is er altijd bij" in told.json()["detail"]
    assert "The resident is always part of it" in told.json()["detail_en"]
    assert told.json()["errors"][0]["problem_nl"] == told.json()["detail_nl"]


def test_keys_and_codes_stay_what_they_are(spoken):
    wrong = spoken.say(spoken.coach, "refer", client="nobody", channel="self")
    assert (wrong.json()["errors"][0]["field"], wrong.json()["detail_en"]) == (
        "client",
        "client: Should be an id (UUID).",
    )
    wrong = spoken.say(spoken.coach, "log-contact", with_whom="nobody", mode="office")
    (problem,) = [e for e in wrong.json()["errors"] if e["field"] == "with_whom"]
    assert "inwoner en werkgever" in problem["problem_nl"]
    assert "resident and employer" in problem["problem_en"]
    assert spoken.contact.status_code == 201, "and the code is taken as ever"


def test_entries_speak_of_a_resident_and_the_own_words_stay(spoken):
    for language, called in (("nl", "inwoner"), ("en", "resident")):
        found = asked(spoken, spoken.coach, f"{FILE}/timeline", language).json()["entries"]
        contact = next(each for each in found if each["type"] == "support.contact.v1")
        assert called in contact["sentence"]
        assert contact["fields"]["with_whom"] == "client"
        (wish,) = [each for each in found if OWN in each["text"].values()]
        assert not re.search(called, str(wish["text"]))


def test_the_same_entry_is_not_remembered_by_the_word_of_another(spoken):
    other = spoken.usual.get(
        f"{FILE}/timeline".format(id=spoken.trajectory), headers=spoken.headers(spoken.coach)
    )
    assert "cliënt" in str([each["sentence"] for each in other.json()["entries"]])
    assert "inwoner" not in other.text
    ours = asked(spoken, spoken.coach, f"{FILE}/timeline")
    assert ours.headers["etag"] != other.headers["etag"]


def test_no_read_and_no_page_speaks_of_a_client_any_more(spoken):
    walked = 0
    for who in (spoken.coach, spoken.client, spoken.carer, spoken.friend):
        for path in VIEWS:
            if "{" in path.replace("{id}", "") or ("{id}" in path and "traject" not in path):
                continue
            answer = asked(spoken, who, path)
            if answer.status_code in {404, 405}:
                continue
            assert "cliënt" not in answer.text.replace(OWN, ""), path
            walked += 1
    assert walked > 40
    access = asked(spoken, spoken.friend, f"{FILE}/access")
    assert access.status_code == 200


def test_pages_speak_of_a_resident(spoken):
    form = f"/traject/{spoken.trajectory}/contact"
    nl = asked(spoken, spoken.coach, form).text
    assert "Inwoner en werkgever" in nl
    assert "Resident and employer" in asked(spoken, spoken.coach, f"{form}?lang=en").text


def test_somebody_may_be_called_so(spoken):
    who = spoken.somebody("Client", "Cliënt", Role.JOB_COACH)
    spoken.projector.catch_up()
    body = {"person": who.person, "role": "job_coach", "organisation": who.organisation}
    assert spoken.say(spoken.coach, "add-team-member", **body).status_code == 201
    assert "Client Cliënt" in asked(spoken, spoken.client, "/api/v1/directory/people").text
    assert "Client Cliënt" in asked(spoken, spoken.client, f"{FILE}/timeline").text
    told = spoken.say(spoken.client, "signal-setback", setback=uuid4()).json()
    assert "Client Cliënt" in told["help"]["told"]
    assert "Client Cliënt" in asked(spoken, spoken.client, f"{FILE}/setback-help").text
    smelled = spoken.post(spoken.coach, "smells", {"text": "afspraak client niet nagekomen"})
    assert "“afspraak client niet nagekomen”" in smelled.json()["smells"][0]

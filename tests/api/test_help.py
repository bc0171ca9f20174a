"""'Even niet goed' answers at once: who reads it and when, and whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.reading import help as help_
from api.settings import Settings
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor
from eventlog.problems import Unavailable

FRIDAY_NIGHT = datetime(2026, 3, 13, 22, 10, tzinfo=UTC)


@pytest.fixture
def friday(own_region, monkeypatch):
    monkeypatch.setattr(own_region.services.handler, "now", lambda: FRIDAY_NIGHT)
    return own_region


def test_on_friday_night_it_tells_who_reads_it_when_and_the_numbers(friday):
    answer = friday.say(friday.client, "signal-setback", words="het gaat niet")
    assert answer.status_code == 201, answer.text
    told = answer.json()["help"]
    assert told["told"].startswith(("Sam de Wit en Bo Öztürk", "Bo Öztürk en Sam de Wit"))
    assert "maandag 16 maart 2026, vanaf 9 uur" in told["told"]
    assert "leest niemand mee" in told["told"]
    assert [each["number"] for each in told["numbers"]] == ["112", None, "0800-0113"]
    before = friday.see(friday.client, "/setback-help").json()
    assert before["told"] == told["told"]


def test_the_numbers_are_those_that_the_service_was_set_to(friday, monkeypatch):
    own = {
        "SAMENSPOOR_EMERGENCY": "19001",
        "SAMENSPOOR_GP_POST": "19002",
        "SAMENSPOOR_CRISIS_LINE": "19003",
    }
    there = Settings.from_environment(own, data=friday.settings.data)
    named = {name: getattr(there, name) for name in ("emergency", "gp_post", "crisis_line")}
    settings = replace(friday.settings, **named)
    app = create_app(replace(friday.services, settings=settings))
    monkeypatch.setattr(friday, "http", TestClient(app, raise_server_exceptions=False))
    given = friday.say(friday.client, "signal-setback").json()["help"]
    read = friday.see(friday.client, "/setback-help").json()
    refused = friday.say(friday.client, "signal-setback", words=1)
    assert refused.status_code == 422
    for told in (given, read, refused.json()):
        assert [each["number"] for each in told["numbers"]] == ["19001", "19002", "19003"]
        assert told["numbers"][0]["name"] == "19001"
        for usual in ("112", "0800"):
            assert usual not in str([each["name"] + each["number"] for each in told["numbers"]])


def chosen(region, who):
    return region.say(region.client, "signal-setback", wants_reader=who.person)


def outside(region):
    """Let the care worker work for an organisation in which no coach is."""
    at = uuid4()
    region.world.operator(at, RegisterOrganisation(name="GGZ Zuid", kind="care"))
    carer = region.person("Bas", "de Groot")
    region.world.operator(carer, GiveRole(role=Role.CARE_WORKER, organisation=at))
    left = region.say(region.coach, "remove-team-member", person=region.carer.person)
    assert left.status_code == 201, left.text
    region.carer = Actor(carer, Role.CARE_WORKER, at)
    given = {"role": "care_worker", "organisation": at}
    added = region.say(region.coach, "add-team-member", person=carer, **given)
    assert added.status_code == 201, added.text


def test_everybody_who_reads_the_words_is_named_the_chosen_one_first(friday):
    told = chosen(friday, friday.carer).json()["help"]["told"]
    assert told.startswith("Bo Öztürk en Sam de Wit lezen dit maandag")
    words = [each["text"] for each in friday.entries(friday.coach) if "setback" in each["type"]]
    assert words == [{}], "no words were written, and none are missing"


def test_a_coach_outside_care_reads_the_words_only_when_chosen(friday):
    outside(friday)
    first = friday.say(friday.client, "signal-setback", words="ik kan niet meer")
    assert first.json()["help"]["told"].startswith(
        "Bas de Groot leest dit maandag 16 maart 2026, vanaf 9 uur. Sam de Wit ziet alleen dat"
    )
    assert "ik kan niet meer" not in friday.see(friday.coach, "/timeline").text
    told = chosen(friday, friday.coach).json()["help"]["told"]
    assert told.startswith("Sam de Wit en Bas de Groot lezen dit")
    left = friday.say(friday.coach, "remove-team-member", person=friday.carer.person)
    assert left.status_code == 201, left.text
    alone = friday.say(friday.client, "signal-setback", words="ik kan niet meer").json()["help"]
    assert alone["told"].startswith("Sam de Wit ziet maandag")
    assert "niet wat je schrijft. Wil je dat iemand je woorden leest? Kies dan wie" in alone["told"]


def test_who_sees_nothing_else_of_the_support_is_shown_it_on_the_page_of_today(
    own_region, monkeypatch
):
    outside(own_region)
    with monkeypatch.context() as before:
        day_before = datetime(2026, 3, 9, 9, tzinfo=UTC)
        before.setattr(own_region.services.handler, "now", lambda: day_before)
        said = own_region.say(own_region.client, "signal-setback", words="ik kan niet meer")
        assert said.status_code == 201, said.text
    page = own_region.http.get("/vandaag", headers=own_region.headers(own_region.carer))
    assert page.status_code == 200, page.text
    assert 'class="why"' in page.text
    assert "Even niet goed: wij beloofden een reactie" in page.text


def test_before_the_signal_it_tells_who_reads_it_with_whom_the_client_chooses(friday):
    outside(friday)

    def before(reader, who=None):
        return friday.see(who or friday.client, "/setback-help", wants_reader=reader)

    told = before(friday.coach.person).json()["told"]
    assert told.startswith("Sam de Wit en Bas de Groot lezen dit")
    assert friday.see(friday.client, "/setback-help").json()["told"] != told
    assert chosen(friday, friday.coach).json()["help"]["told"] == told
    for who in (friday.friend, friday.boss, friday.stranger):
        refused = before(who.person)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "wants_reader"
        assert refused.json()["detail"] == chosen(friday, who).json()["detail"]
        assert refused.json()["numbers"][0]["number"] == "112"
    by_coach = before(friday.carer.person, friday.coach)
    assert (by_coach.status_code, by_coach.json()["errors"][0]["field"]) == (422, "wants_reader")
    assert "Alleen de cliënt kiest" in by_coach.json()["detail"]
    assert before(friday.coach.person, friday.auditor).status_code == 404
    assert before("niemand").status_code == 404
    given = [each for each in friday.entries(friday.coach) if "signalled" in each["type"]]
    assert len(given) == 1, "asking beforehand is no signal"


def test_choosing_a_reader_adds_one_and_takes_none_away(friday):
    said = {"words": "alleen voor Bo", "wants_reader": friday.carer.person}
    told = friday.say(friday.client, "signal-setback", **said).json()["help"]["told"]
    assert told.startswith("Bo Öztürk en Sam de Wit lezen dit")
    assert "alleen voor Bo" in friday.see(friday.coach, "/timeline").text


def test_somebody_close_reads_the_signal_that_was_addressed_to_them_and_no_other(friday):
    refused = chosen(friday, friday.friend)
    assert refused.status_code == 422
    assert "een naaste die meedoet" in refused.json()["detail"]
    joins = {"person": friday.friend.person}
    assert friday.say(friday.friend, "join-network", **joins).status_code == 201
    friday.say(friday.client, "signal-setback", words="dit is voor het team")
    given = {"words": "dit is voor Els", "wants_reader": friday.friend.person}
    told = friday.say(friday.client, "signal-setback", **given).json()["help"]["told"]
    assert "Els Smit kan je woorden ook lezen." in told
    seen = [each["text"] for each in friday.entries(friday.friend) if "setback" in each["type"]]
    assert seen == [{"words": "dit is voor Els"}]


@pytest.mark.parametrize("role", [Role.CLIENT_MANAGER, Role.JOB_BROKER])
def test_who_could_not_read_it_is_not_chosen(friday, role):
    who = friday.somebody("Ank", "Mulder", role)
    added = friday.say(friday.coach, "add-team-member", person=who.person, role=role.value)
    assert added.status_code == 201, added.text
    for each in (who, friday.stranger, friday.boss):
        refused = chosen(friday, each)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "wants_reader"
        assert "Kies iemand van je team" in refused.json()["detail"]
        assert refused.json()["numbers"][0]["number"] == "112"


def test_who_gives_no_signal_is_told_nothing(friday):
    assert friday.see(friday.auditor, "/setback-help").status_code == 404
    assert friday.see(friday.stranger, "/setback-help").status_code == 404
    english = friday.get(
        friday.client, f"trajectories/{friday.trajectory}/setback-help", {"Accept-Language": "en"}
    )
    assert "Nobody reads in the evening" in english.json()["told"]
    assert "help" not in friday.say(friday.client, "note-recovery").json()


def test_an_employer_hears_of_nobody_in_care(friday):
    placed = friday.say(
        friday.coach,
        "log-placement",
        kind="job",
        employer=friday.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    assert placed.status_code == 201, placed.text
    told = friday.see(friday.boss, "/setback-help")
    assert told.json()["told"].startswith("Sam de Wit ziet maandag 16 maart")
    assert "Öztürk" not in told.text


def test_an_employer_chooses_no_reader_and_hears_nothing_of_who_is_there(friday):
    placed = friday.say(
        friday.coach,
        "log-placement",
        kind="job",
        employer=friday.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    assert placed.status_code == 201, placed.text
    refused = [
        friday.say(friday.boss, "signal-setback", wants_reader=each.person)
        for each in (friday.carer, friday.friend, friday.stranger)
    ]
    assert {each.status_code for each in refused} == {422}
    assert len({each.content for each in refused}) == 1
    inside = friday.say(friday.boss, "signal-setback").json()["help"]["told"]
    outside(friday)
    assert friday.say(friday.boss, "signal-setback").json()["help"]["told"] == inside


def test_the_numbers_stand_in_every_answer_whatever_is_wrong(friday, monkeypatch):
    path = f"trajectories/{friday.trajectory}/signal-setback"

    def numbers(answer, status):
        assert answer.status_code == status, answer.text
        return [each["number"] for each in answer.json()["numbers"]]

    asked = [
        (friday.post(friday.client, path, {"occurred_on": "2099-01-01"}), 422),
        (friday.post(friday.client, path, {"words": 1}), 422),
        (friday.post(friday.client, path, {}, {"Accept": "text/html"}), 406),
        (friday.post(friday.client, path, {}, {"Idempotency-Key": " "}), 400),
        (friday.post(friday.auditor, path, {}), 404),
        (friday.post(None, path, {}), 401),
    ]
    for answer, status in asked:
        assert numbers(answer, status) == ["112", None, "0800-0113"]
    assert "numbers" not in friday.say(friday.client, "note-recovery").json()

    async def away(_):
        raise Unavailable

    monkeypatch.setattr(friday.services.handler, "handle_async", away)
    assert numbers(friday.post(friday.client, path, {}), 503)[0] == "112"

    async def broken(_):
        raise RuntimeError

    monkeypatch.setattr(friday.services.handler, "handle_async", broken)
    english = friday.post(friday.client, path, {}, {"Accept-Language": "en"})
    assert numbers(english, 500)[0] == "112"
    assert english.json()["numbers"][2]["when"].endswith("day and night, free")


def test_on_a_closed_file_it_says_so_in_words_of_its_own_with_the_numbers(friday):
    closed = friday.say(friday.coach, "close-trajectory", reason="client_wish")
    assert closed.status_code == 201, closed.text
    answer = friday.say(friday.client, "signal-setback", words="ik kan niet meer")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(
        "Je traject is afgerond: hier leest nu niemand mee. Bel een van de nummers hieronder."
    )
    assert [each["number"] for each in answer.json()["numbers"]] == ["112", None, "0800-0113"]


def test_a_signal_that_stands_is_told_as_such_whatever_is_away(friday, monkeypatch):
    def away(*_):
        raise Unavailable

    monkeypatch.setattr(help_, "tied", away)
    answer = friday.say(friday.client, "signal-setback")
    assert answer.status_code == 201
    assert answer.json()["help"]["told"] is None
    assert answer.json()["help"]["numbers"][0]["number"] == "112"

"""Whoever writes hears of their own words before saving, and nobody else ever does."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role


def ask(region, who, text, language="nl"):
    headers = region.headers(who, language)
    return region.http.post("/api/v1/smells", json={"text": text}, headers=headers)


def looked(region):
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute("SELECT count(*) FROM log.access").fetchone()


def test_the_writer_alone_hears_of_it_and_nothing_is_kept(region, lines):
    before = region.count(), looked(region)
    answer = ask(region, region.coach, "heeft niet meegewerkt")
    assert answer.status_code == 200
    (said,) = answer.json()["smells"]
    assert "Wat wilde de cliënt zelf" in said
    assert answer.headers["cache-control"] == "no-store"
    assert "the client want" in ask(region, region.coach, "niet meegewerkt", "en").text
    assert ask(region, region.coach, "gewoon gebeld").json() == {"smells": []}
    assert (region.count(), looked(region)) == before
    assert "meegewerkt" not in str(lines())


def test_one_signs_in_first_and_sends_words(region):
    assert ask(region, None, "niet meegewerkt").status_code == 401
    assert ask(region, region.coach, "").status_code == 422
    assert ask(region, region.coach, "x" * 10_001).status_code == 422


def draft(region, who, command, language="nl", trajectory=None, **body):
    """Ask what is worth a second thought about a command that is about to be given."""
    asked = {"trajectory": str(trajectory or region.trajectory), "command": command, "body": body}
    return region.http.post("/api/v1/smells", json=asked, headers=region.headers(who, language))


CHOICE = {
    "question": "Wachten we met zoeken?",
    "client_want": "eerst mijn schulden",
    "choice": "ja",
    "rationale": "zo kan het",
    "review_on": "2026-06-01",
}


@pytest.fixture
def missed(own_region):
    """Nobody answered three times, and a choice was made without the client."""
    for day in ("2026-03-05", "2026-03-07", "2026-03-09"):
        own_region.said(
            own_region.coach,
            own_region.trajectory,
            "log-contact",
            mode="phone",
            worked_out=False,
            occurred_on=day,
        )
    own_region.said(own_region.coach, own_region.trajectory, "record-decision", **CHOICE)
    return own_region


def test_before_saving_the_writer_hears_how_it_fits_in_the_file(missed):
    region = missed
    before = region.count()
    answer = draft(region, region.coach, "log-contact", mode="phone")
    assert answer.status_code == 200, answer.text
    (said,) = answer.json()["smells"]
    assert "geen gehoor" in said
    assert answer.headers["cache-control"] == "no-store"
    assert "no answer" in draft(region, region.coach, "agree-rhythm", "en", per_month=8).text
    assert "vorige keuze" in draft(region, region.carer, "record-decision", **CHOICE).text
    there = [{"role": "client", "took_part": "present"}]
    together = draft(region, region.coach, "record-decision", **CHOICE, participants=there)
    assert together.json() == {"smells": []}
    assert draft(region, region.coach, "pause", wish="client").json() == {"smells": []}
    assert region.count() == before, "nothing of it is kept"


def test_that_it_happened_long_ago_is_asked_of_the_writer_alone(own_region):
    region = own_region
    late = {"mode": "phone", "occurred_on": "2026-02-01"}
    (said,) = draft(region, region.coach, "log-contact", **late).json()["smells"]
    assert said == (
        "Dit gebeurde langer dan 30 dagen geleden. Noteren kan altijd; "
        "herkent de cliënt het nog zo?"
    )
    noted = region.say(region.coach, "log-contact", **late, late_reason="vergeten")
    assert noted.status_code == 201, noted.text
    for who in (region.client, region.carer, region.coach):
        for what in ("", "/timeline", "/audit-trail", "/support", "/checks"):
            assert "herkent de" not in region.see(who, what).text


def test_words_and_command_may_be_asked_about_at_once(missed):
    both = {
        "text": "heeft niet meegewerkt",
        "trajectory": str(missed.trajectory),
        "command": "log-contact",
        "body": {"mode": "phone"},
    }
    headers = missed.headers(missed.coach)
    said = missed.http.post("/api/v1/smells", json=both, headers=headers).json()["smells"]
    assert ["meegewerkt" in said[0], "geen gehoor" in said[1]] == [True, True]


def test_nobody_else_hears_of_it_but_that_a_form_was_open(missed):
    region = missed
    assert draft(region, region.coach, "log-contact", mode="phone").json()["smells"]
    told = region.see(region.client, "/access").text
    assert "een formulier om iets te noteren" in told
    for who in (region.client, region.carer, region.coach):
        for what in ("", "/timeline", "/audit-trail", "/support", "/checks", "/access"):
            assert "geen gehoor, en daarna" not in region.see(who, what).text


def test_who_may_not_give_the_command_hears_nothing(missed):
    region = missed
    for who in (region.stranger, region.boss):
        told = draft(region, who, "log-contact", mode="phone")
        nowhere = draft(region, who, "log-contact", trajectory=uuid4(), mode="phone")
        assert (told.status_code, told.content) == (404, nowhere.content)
    assert draft(region, region.friend, "record-decision", **CHOICE).status_code == 403
    assert draft(region, None, "log-contact", mode="phone").status_code == 401


def test_of_what_is_not_seen_nobody_is_asked(missed):
    """Somebody with lived experience notes contacts, and does not read all of the others'."""
    region = missed
    peer = region.somebody("Jo", "Mulder", Role.PEER_WORKER)
    member = {"person": peer.person, "role": "peer_worker", "organisation": peer.organisation}
    region.said(region.coach, region.trajectory, "add-team-member", **member)
    answer = draft(region, peer, "log-contact", mode="phone")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"smells": []}
    assert draft(region, region.carer, "log-contact", mode="phone").json() != {"smells": []}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, ""),
        ({"trajectory": str(uuid4())}, ""),
        ({"text": "gebeld", "command": "log-contact"}, ""),
        ({"text": "gebeld", "body": {}}, ""),
        ({"trajectory": str(uuid4()), "command": "found-programme", "body": {}}, "command"),
        ({"trajectory": str(uuid4()), "command": "log-contact", "body": {}}, "mode"),
        ({"trajectory": str(uuid4()), "command": "log-contact", "body": {"mode": 10**25}}, "mode"),
    ],
)
def test_half_a_question_is_met_with_a_sentence(region, more, field):
    answer = region.http.post("/api/v1/smells", json=more, headers=region.headers(region.coach))
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_a_long_trial_placement_is_asked_about_before_saving_and_can_be_saved(own_region):
    region = own_region
    trial = {"kind": "trial", "employer": str(region.bakery), "title": "bakker"}
    trial |= {"starts_on": "2026-03-16", "ends_on": "2026-09-30"}
    (said,) = draft(region, region.coach, "log-placement", **trial).json()["smells"]
    assert "langer dan zes maanden" in said
    shorter = {**trial, "ends_on": "2026-06-30"}
    assert draft(region, region.coach, "log-placement", **shorter).json() == {"smells": []}
    assert region.say(region.coach, "log-placement", **trial).status_code == 201

"""A copy of the file over HTTP: asked for, looked over by a person, and then the client's alone."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role
from eventlog.entry import Actor
from tests.api.region import TODAY

CONFIDED = "haar zus maakt zich zorgen"
SLIP, BETTER = "we spraken over zorg", "we spraken over de baan"


@pytest.fixture
def asked(own_region):
    """A file with words of another in it, and a request for a copy."""
    region = own_region
    talk = {"with_whom": "family", "mode": "phone", "in_confidence": CONFIDED}
    noted(region, region.coach, "log-contact", **talk)
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SLIP)
    slip = next(each for each in region.entries(region.coach) if each["id"] == entry)
    body = {**slip["fields"], "text": BETTER}
    noted(region, region.coach, "correct-entry", entry=entry, reason="vergist", body=body)
    region.officer = region.somebody("Fay", "Kok", Role.PRIVACY_OFFICER)
    region.request = uuid4()
    return region


def noted(region, who, command, **body):
    answer = region.say(who, command, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()["entries"][0]


def ask(region):
    return noted(region, region.client, "request-copy", request=region.request, words="op papier")


def give(region, **more):
    checked = {"checked_by": region.carer.person, "checked_on": TODAY}
    return region.say(region.officer, "give-copy", **{"request": region.request, **checked, **more})


def test_before_it_is_given_the_client_hears_how_to_ask_and_then_by_when(asked):
    region = asked
    answer = region.see(region.client, "/copy")
    assert answer.status_code == 404
    assert "Vraag erom (request-copy)" in answer.json()["detail"]
    assert "Ask for it (request-copy)" in answer.json()["detail_en"]
    ask(region)
    answer = region.see(region.client, "/copy")
    assert answer.status_code == 404
    assert "uiterlijk 10 april 2026" in answer.json()["detail"]
    assert "by 10 April 2026" in answer.json()["detail_en"]
    standing = region.see(region.client).json()["standing"]
    (promised,) = [each for each in standing if each["type"] == "copy.requested.v1"]
    assert "antwoord uiterlijk 10 april 2026" in promised["sentence"]
    assert promised["text"] == {"words": "op papier"}


def test_without_somebody_who_looked_it_over_it_is_not_given(asked):
    region = asked
    assert "Dit verzoek staat er niet" in give(region).json()["detail"]
    ask(region)
    bare = region.say(region.officer, "give-copy", request=region.request)
    assert {each["field"] for each in bare.json()["errors"]} == {"checked_by", "checked_on"}
    for who in (region.friend.person, region.boss.person):
        refused = give(region, checked_by=who)
        assert refused.status_code == 422
        assert "iemand van jouw organisatie" in refused.json()["detail"]
    assert "niet bekend" in give(region, checked_by=uuid4()).json()["detail"]
    assert "van voor het verzoek" in give(region, checked_on="2026-03-09").json()["detail"]
    assert region.see(region.client, "/copy").status_code == 404
    for who in (region.coach, region.carer, region.client):
        body = {"request": region.request, "checked_by": region.carer.person, "checked_on": TODAY}
        assert region.say(who, "give-copy", **body).status_code == 403
        if who is not region.client:
            assert region.say(who, "request-copy").status_code == 403
    claimed = Actor(region.officer.person, region.officer.role, uuid4())
    body = {"request": region.request, "checked_by": region.carer.person, "checked_on": TODAY}
    assert region.say(claimed, "give-copy", **body).status_code == 404


def test_the_client_reads_all_of_it_but_what_others_said_in_confidence(asked):
    region = asked
    ask(region)
    assert give(region).status_code == 201
    assert give(region).status_code == 200
    answer = region.see(region.client, "/copy")
    assert answer.status_code == 200, answer.text
    copy = answer.json()
    types = [each["type"] for each in copy["entries"]]
    assert types[0] == "referral.made.v1"
    assert types[-2:] == ["copy.requested.v1", "copy.given.v1"]
    assert copy["given"] == copy["entries"][-1]
    assert copy["given"]["fields"]["checked_by"] == str(region.carer.person)
    assert "nagekeken op 10 maart 2026" in copy["given"]["sentence"]
    assert CONFIDED not in answer.text
    assert CONFIDED in region.see(region.coach, "/timeline").text
    assert {each["id"] for each in copy["entries"]} >= {
        each["id"] for each in region.entries(region.client)
    }
    assert all(each["sentence"] for each in copy["entries"])
    (slip,) = [each for each in copy["entries"] if each["text"].get("text") == SLIP]
    (better,) = [each for each in copy["entries"] if each["corrects"] == slip["id"]]
    assert slip["corrected_by"] == better["id"]
    assert BETTER in str(better)
    english = region.get(
        region.client,
        f"trajectories/{region.trajectory}/copy",
        headers={"Accept-Language": "en"},
    )
    assert "looked over on 10 March 2026" in english.json()["given"]["sentence"]


def test_what_is_added_later_is_not_in_it_until_another_is_given(asked):
    region = asked
    ask(region)
    give(region)
    later = noted(region, region.coach, "log-contact", mode="phone", text="na de kopie")
    assert later not in region.see(region.client, "/copy").text
    region.request = uuid4()
    ask(region)
    assert later not in region.see(region.client, "/copy").text
    assert give(region).status_code == 201
    assert later in region.see(region.client, "/copy").text


def test_nobody_else_has_it_and_hears_no_more_than_of_no_file_at_all(asked):
    region = asked
    others = (region.coach, region.carer, region.friend, region.officer, region.stranger)
    nothing = region.get(region.stranger, f"trajectories/{uuid4()}/copy")
    for step in (lambda: None, lambda: ask(region), lambda: give(region)):
        step()
        for who in others:
            answer = region.see(who, "/copy")
            assert (answer.status_code, answer.content) == (404, nothing.content)
    assert region.see(region.client, "/copy").status_code == 200


def test_reading_it_is_a_look_and_being_told_that_there_is_none_is_not(asked):
    region = asked

    def looks():
        with psycopg.connect(region.database("samenspoor_owner")) as connection:
            asked = "SELECT person FROM log.access WHERE trajectory = %s AND view = 'copy'"
            return [person for (person,) in connection.execute(asked, (region.trajectory,))]

    region.see(region.client, "/copy")
    region.see(region.coach, "/copy")
    assert looks() == []
    ask(region)
    give(region)
    region.see(region.client, "/copy")
    assert looks() == [region.client.person]

"""Eight people discussed in one team meeting, saved once: eight entries, none naming another."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest

from domain.roles import Role
from domain.rules.programme import FoundProgramme
from eventlog.entry import Actor
from tests.api.region import plain

NAMES = (
    *("Anouk Aerts", "Bram Boswijk", "Carlijn Cuypers", "Dirk Dekkers"),
    *("Esra Evers", "Fenna Flierman", "Gijs Grootveld", "Hind Hakimi"),
)


@pytest.fixture
def eight(own_region):
    """Eight trajectories of this coach, each of somebody else."""
    tracks = []
    for name in NAMES:
        track = uuid4()
        client = own_region.person(*name.split())
        refer = {"client": client, "channel": "self"}
        organisation = str(own_region.world.organisation)
        own_region.said(own_region.coach, track, "refer", organisation=organisation, **refer)
        tracks.append(track)
    return own_region, tracks


def body(region, tracks, **more):
    discussed = [{"trajectory": each, "text": f"woorden over {each}"} for each in tracks]
    return {"attendees": [region.coach.person], "discussed": discussed, **more}


def clients(region, tracks):
    """Whose trajectories these are."""
    for track in tracks:
        found = region.get(region.coach, f"trajectories/{track}").json()["client"]["id"]
        yield Actor(UUID(found), Role.CLIENT)


def hold(region, asked, key=None):
    headers = {} if key is None else {"Idempotency-Key": key}
    return region.post(region.coach, "team-meetings", asked, headers)


def discussed(region, track):
    answer = region.get(region.coach, f"trajectories/{track}/timeline", limit=100)
    return [e for e in answer.json()["entries"] if e["type"] == "team.discussed.v1"]


def test_one_save_is_an_entry_for_each_and_none_names_another(eight):
    region, tracks = eight
    before = region.count()
    answer = hold(region, body(region, tracks), "key-1")
    assert answer.status_code == 201, answer.text
    assert len(set(answer.json()["entries"])) == 8
    assert region.count() == before + 8
    for track in tracks:
        (entry,) = discussed(region, track)
        said = json.dumps(entry)
        assert f"woorden over {track}" in said
        assert not any(str(other) in said for other in tracks if other != track)
    again = hold(region, body(region, tracks), "key-1")
    assert again.json()["entries"] == answer.json()["entries"]
    other = hold(region, body(region, tracks[:3]), "key-1")
    assert other.status_code == 422
    assert other.json()["type"].endswith("key-reused")
    assert region.count() == before + 8


def test_each_reads_what_was_said_of_them_and_no_name_of_the_others(eight):
    region, tracks = eight
    assert hold(region, body(region, tracks)).status_code == 201
    for number, (track, client) in enumerate(zip(tracks, clients(region, tracks), strict=True)):
        others = [word for each in NAMES if each != NAMES[number] for word in each.split()]
        read = {
            (who.role, what): region.get(who, f"trajectories/{track}{what}", limit=100).text
            for who in (region.coach, client)
            for what in ("/timeline", "/audit-trail")
        }
        for key, told in read.items():
            assert "team.discussed.v1" in told, key
            assert f"woorden over {track}" in told, key
            assert not any(other in told for other in others), key
            assert not any(str(other) in told for other in tracks if other != track), key
        assert NAMES[number] in region.get(client, f"trajectories/{track}").text


def test_the_programme_knows_of_how_many_and_the_same_meeting_adds_nothing(eight):
    region, tracks = eight
    programme = uuid4()
    founded = FoundProgramme(name="IPS Haren", organisation=region.world.organisation)
    region.world.operator(programme, founded)
    asked = body(region, tracks, programme=programme, meeting=uuid4())
    first = hold(region, asked)
    assert first.status_code == 201, first.text
    assert len(first.json()["entries"]) == 9
    at = region.count()
    again = hold(region, asked)  # from a telephone that got no answer, without a key
    assert (again.status_code, again.json()["entries"]) == (200, [])
    assert region.count() == at


@pytest.mark.parametrize("wrong", ["stranger", "nowhere"])
def test_one_that_is_not_there_and_one_of_others_answer_alike_and_nothing_is_stored(eight, wrong):
    region, tracks = eight
    who = region.coach if wrong == "nowhere" else region.stranger
    asked = body(region, [*tracks[:2], uuid4() if wrong == "nowhere" else tracks[2]])
    asked["attendees"] = [who.person]
    before = region.count()
    answer = region.post(who, "team-meetings", asked)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == f"discussed.{2 if wrong == 'nowhere' else 0}.trajectory"
    assert error["problem_nl"].startswith("Dit is hier niet bekend")
    assert region.count() == before


def test_a_rule_that_forbids_one_stores_none_and_names_the_field(eight):
    region, tracks = eight
    region.said(region.coach, tracks[1], "close-trajectory", reason="client_wish")
    before = region.count()
    for asked, field in (
        (body(region, tracks), "discussed.1.trajectory"),
        (body(region, tracks[:1], occurred_on="2027-01-01"), "occurred_on"),
        (body(region, [tracks[0], tracks[0]]), "discussed"),
        (body(region, tracks[:1], attendees=[]), "attendees"),
        (body(region, tracks[:1], more=1), "more"),
    ):
        answer = hold(region, asked)
        assert answer.status_code == 422, answer.text
        assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert region.count() == before


def test_rubbish_is_told_as_such(own_region):
    for content in (b"{", b"[]", b'{"discussed": 1}', b'{"a": NaN}'):
        answer = own_region.http.post(
            "/api/v1/team-meetings",
            content=content,
            headers=own_region.headers(own_region.coach) | {"Content-Type": "application/json"},
        )
        assert answer.status_code in {400, 422}
    assert own_region.http.post("/api/v1/team-meetings", json=plain({})).status_code == 401

"""What pays for a trajectory, over HTTP: kept by its team, read with its instruments, logged."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role
from eventlog.entry import Actor


@pytest.fixture
def funded(own_region):
    """A trajectory with a funding that its coach noted, and a client manager on the team."""
    region, found = own_region, uuid4()
    manager = region.somebody("Jo", "Mulder", Role.CLIENT_MANAGER)
    region.say(region.coach, "add-team-member", person=manager.person, role="client_manager")
    asked = {"funder": "municipality", "target_group": "cmd", "occurred_on": "2024-04-20"}
    assert do(region, region.coach, found, "approve-funding", **asked) == 201
    assert do(region, region.coach, found, "approve-funding", **asked) == 200
    return region, found, manager


def do(region, who, funding, command, **body):
    if command == "approve-funding":
        body = {"trajectory": region.trajectory, **body}
    status: int = region.post(who, f"fundings/{funding}/{command}", body).status_code
    return status


def read(region, who):
    answer = region.see(who, "/fundings")
    assert answer.status_code == 200
    return answer.json()["fundings"]


def test_the_team_hears_that_it_ends_and_the_support_goes_on(funded):
    region, found, manager = funded
    (told,) = read(region, region.coach)
    assert (told["funding"], told["ends_on"]) == (str(found), "2026-04-20")
    assert told["notice"] == "De financiering eindigt op 20 april 2026; de steun loopt door"
    assert do(region, manager, found, "extend-funding", months=12) == 201
    (told,) = read(region, region.coach)
    assert (told["ends_on"], told["notice"]) == ("2027-04-20", None)
    sentences = [each["sentence"] for each in told["entries"]]
    assert sentences[0] == "Financiering goedgekeurd door gemeente: 24 maanden"
    assert sentences[1:] == ["Financiering verlengd met 12 maanden"]


def test_its_papers_are_listed_with_where_they_are_kept(funded):
    region, found, manager = funded
    asked = {"document": uuid4(), "kind": "closing_report", "kept_at": "map 12"}
    assert do(region, region.coach, found, "note-funding-document", **asked) == 201
    assert do(region, region.coach, found, "note-funding-document", **asked) == 200
    other = {**asked, "kept_at": "map 13"}
    assert do(region, region.coach, found, "note-funding-document", **other) == 422
    for who in (region.client, region.coach, region.carer):
        (told,) = read(region, who)
        paper = told["entries"][-1]
        assert paper["sentence"] == "Stuk bij de financiering: beëindigingsverslag, bewaard: map 12"
        assert paper["fields"]["document"] == str(asked["document"])
        assert told["ends_on"] == "2026-04-20", "it changes no term"
    assert read(region, manager) == [], "who did not note it reads it not"
    for who in (region.stranger, region.client, region.carer, region.boss):
        assert do(region, who, found, "note-funding-document", **asked) == 404
    wrong = {"document": uuid4(), "kind": "diagnosis"}
    assert do(region, region.coach, found, "note-funding-document", **wrong) == 422


def test_its_end_ends_nothing_else(funded):
    region, found, _ = funded
    before = region.see(region.coach).json()
    asked = {"reason": "completed", "started_on": "2024-05-01", "placed_on": "2025-02-03"}
    assert do(region, region.coach, found, "end-funding", **asked) == 201
    assert region.see(region.coach).json() == before
    (told,) = read(region, region.coach)
    assert told["notice"] is None
    assert told["entries"][-1]["fields"]["placed_on"] == "2025-02-03"
    assert region.say(region.coach, "log-contact", mode="phone").status_code == 201


def test_each_reads_it_as_the_instruments(funded):
    region, found, manager = funded
    for who, groups in ((region.client, ["cmd"]), (region.coach, ["cmd"]), (region.carer, [])):
        (told,) = read(region, who)
        fields = told["entries"][0]["fields"]
        assert fields["funder"] == "municipality"
        assert [fields[name] for name in fields if name == "target_group"] == groups
    for who in (region.friend, manager):
        assert read(region, who) == [], "not told of it, or only of their own"
    assert do(region, manager, found, "extend-funding", months=6) == 201
    (told,) = read(region, manager)
    assert [each["type"] for each in told["entries"]] == ["funding.extended.v1"]
    assert "ends_on" not in told


def test_an_auditor_reads_it_under_pseudonyms(funded):
    region, _, _ = funded
    region.sampled(region.trajectory)
    region.projector.catch_up()
    (told,) = read(region, region.auditor)
    assert "target_group" not in told["entries"][0]["fields"]
    assert "Sam" not in str(told)


def test_to_others_it_is_not_there(funded):
    region, found, _ = funded
    strangers = (
        region.stranger,
        region.somebody("An", "Kok", Role.CLIENT_MANAGER),
        region.somebody("Bas", "Bos", Role.TEAM_LEAD),
    )
    for who in strangers:
        assert do(region, who, found, "approve-funding", funder="uwv") == 404
        assert do(region, who, uuid4(), "approve-funding", funder="uwv") == 404
        assert do(region, who, found, "extend-funding", months=12) == 404
        assert do(region, who, found, "end-funding", reason="completed") == 404
        summary = who.role is Role.TEAM_LEAD  # of the coach: facts, and nothing to record
        assert region.see(who, "/fundings").status_code == (200 if summary else 404)
    for who in (region.client, region.carer, region.friend, region.auditor, region.boss):
        assert do(region, who, found, "extend-funding", months=12) == 404
    for who in (*strangers, region.coach, region.client, region.carer):
        assert region.get(who, f"directory/{found}").status_code == 404
    assert do(region, region.coach, uuid4(), "extend-funding", months=12) == 404
    unknown = {"trajectory": uuid4(), "funder": "uwv"}
    assert do(region, region.coach, uuid4(), "approve-funding", **unknown) == 404


def test_a_funding_is_not_moved_to_another_trajectory(funded):
    region, found, _ = funded
    other = region.another()
    moved = {"trajectory": other, "funder": "uwv"}
    assert do(region, region.coach, found, "approve-funding", **moved) == 422


def test_who_left_the_team_records_no_more_of_it(funded):
    region, found, manager = funded
    assert region.say(region.coach, "remove-team-member", person=manager.person).status_code == 201
    assert do(region, manager, found, "extend-funding", months=12) == 404


def test_a_team_lead_on_the_team_records_it(funded):
    region, found, _ = funded
    lead = region.somebody("Bas", "Bos", Role.TEAM_LEAD)
    region.say(region.coach, "add-team-member", person=lead.person, role="team_lead")
    assert do(region, lead, found, "extend-funding", months=12) == 201
    assert do(region, Actor(lead.person, Role.JOB_COACH), found, "extend-funding", months=1) == 404


def test_who_looks_is_written_down(funded):
    region, _, _ = funded
    assert read(region, region.carer)
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        found = connection.execute(
            "SELECT view, person FROM log.access WHERE trajectory = %s ORDER BY id DESC LIMIT 1",
            (region.trajectory,),
        ).fetchone()
    assert found == ("fundings", region.carer.person)


def test_it_is_sealed_with_the_key_of_its_trajectory(funded):
    region, found, _ = funded
    with psycopg.connect(region.database("samenspoor_service")) as connection:
        subjects = connection.execute(
            "SELECT DISTINCT k.subject, k.retention FROM log.entry e"
            " JOIN keys.data_key k USING (key_id) WHERE e.originator_id = %s",
            (found,),
        ).fetchall()
    assert subjects == [(region.trajectory, "funding")]


def test_months_that_were_mistyped_are_corrected_by_who_noted_them(funded):
    region, found, manager = funded
    answer = region.post(manager, f"fundings/{found}/extend-funding", {"months": 21})
    (entry,) = answer.json()["entries"]
    (told,) = read(region, region.coach)
    assert told["ends_on"] == "2028-01-20"
    extended = told["entries"][-1]
    body = {**extended["fields"], "months": 12}
    asked = {"entry": entry, "reason": "typefout", "body": body}
    path = f"fundings/{found}/correct-funding-entry"
    refused = region.post(region.coach, path, asked)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "entry")
    assert region.post(region.client, path, asked).status_code == 404
    moved = {**asked, "body": {**body, "trajectory": str(uuid4())}}
    assert region.post(manager, path, moved).status_code == 422
    assert region.post(manager, path, asked).status_code == 201
    (told,) = read(region, region.coach)
    assert told["ends_on"] == "2027-04-20"
    right = told["entries"][-1]
    assert (right["id"], right["sentence"]) == (entry, "Financiering verlengd met 12 maanden")
    assert right["corrected_at"]
    first = told["entries"][0]
    body = {**first["fields"], "target_group": "epa", "months": 36}
    asked = {"entry": first["id"], "reason": "typefout", "body": body}
    assert region.post(region.coach, path, asked).status_code == 201
    (told,) = read(region, region.coach)
    assert told["ends_on"] == "2028-04-20"
    (unhealthy,) = read(region, manager)
    assert "target_group" not in unhealthy["entries"][0]["fields"]

"""A preview of what somebody else sees is what they see, and never more than one sees oneself."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor

SECRET = "over zijn zus"


@pytest.fixture
def told(own_region):
    """A job at the bakery, a contact with words, a lead with somebody's confidence."""
    region = own_region
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="bakker",
        starts_on="2026-03-02",
        contract="fixed",
    )
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text=SECRET)
    region.said(region.client, region.trajectory, "score-wellbeing", score=4, words="zo zo")
    region.said(
        region.coach,
        region.trajectory,
        "offer-lead",
        place="de kwekerij",
        ask_for="vraag naar Wim",
    )
    return region


def preview(region, who, person, role, **params):
    return region.see(who, "/see-as", person=person, role=role, **params)


@pytest.mark.parametrize("name", ["coach", "carer", "friend", "boss"])
def test_the_client_sees_what_the_other_gets(told, name):
    other = getattr(told, name)
    found = preview(told, told.client, other.person, other.role.value).json()
    assert found["preview"] is True
    theirs = told.see(other).json()
    standing = [(each["slot"], each["id"]) for each in found["state"]["standing"]]
    assert standing == [(each["slot"], each["id"]) for each in theirs["standing"]]
    assert found["state"]["team"] == theirs["team"]
    assert found["state"]["client"] == theirs["client"]
    own = {each["id"]: each for each in told.entries(told.client)}
    got = told.entries(other)
    assert len(found["timeline"]["entries"]) == len(got)
    for mine, real in zip(found["timeline"]["entries"], got, strict=True):
        known = own[real["id"]]
        seen = {**known["text"], **known["fields"]}
        assert mine["id"] == real["id"]
        assert mine["text"] == {k: v for k, v in real["text"].items() if k in seen}
        assert mine["fields"] == {k: v for k, v in real["fields"].items() if k in seen}
    if name in {"friend", "boss"}:
        assert found["timeline"]["entries"] == got
        assert found["state"] == theirs


def test_somebodys_confidence_does_not_come_out_through_a_coachs_eyes(told):
    assert "vraag naar Wim" in told.see(told.coach, "/timeline").text
    found = preview(told, told.client, told.coach.person, "job_coach")
    assert found.status_code == 200
    assert "vraag naar Wim" not in found.text


def test_a_coach_looks_through_the_eyes_of_employer_and_relative_within_the_own(told):
    told.said(
        told.client,
        told.trajectory,
        "grant-permission",
        recipient=told.friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["B", "I"],
        legal_basis="consent",
    )
    assert "zo zo" in told.see(told.friend, "/timeline").text
    relative = preview(told, told.coach, told.friend.person, "network_member")
    kinds = {each["category"] for each in relative.json()["timeline"]["entries"]}
    assert "B" in kinds
    assert "I" not in kinds
    assert "zo zo" not in relative.text
    for person in (told.bakery, told.boss.person):
        employer = preview(told, told.coach, person, "employer").json()
        assert [each["type"] for each in employer["timeline"]["entries"]] == ["job.started.v1"]
    assert preview(told, told.coach, told.carer.person, "care_worker").status_code == 422


def test_a_preview_pages_as_the_timeline_does(told):
    first = preview(told, told.client, told.coach.person, "job_coach", limit=2).json()["timeline"]
    after = preview(
        told, told.client, told.coach.person, "job_coach", limit=2, cursor=first["next"]
    ).json()["timeline"]
    ids = [each["id"] for each in (*first["entries"], *after["entries"])]
    assert ids == [each["id"] for each in told.entries(told.coach)][:4]


def test_it_is_the_asker_who_looks_and_nobody_else(told):
    before = told.see(told.client, "/access").json()
    preview(told, told.client, told.carer.person, "care_worker")
    preview(told, told.coach, told.boss.person, "employer")
    after = told.see(told.client, "/access").json()
    assert before["summary"] == "Je eigen team: 0 keer. Niemand anders."
    assert after["summary"] == "Je eigen team: 1 keer. Niemand anders."
    ((look,),) = [day["looks"] for day in after["days"]]
    assert (look["who"], look["views"]) == ("Sam de Wit", ["een voorbeeld van wat een ander ziet"])


def test_who_is_not_tied_and_who_may_not_look_find_nothing(told):
    nothing = told.see(told.stranger).json()
    for asked in (
        preview(told, told.client, told.stranger.person, "job_coach"),
        preview(told, told.client, uuid4(), "employer"),
        preview(told, told.client, told.coach.person, "care_worker"),
        preview(told, told.carer, told.friend.person, "network_member"),
        preview(told, told.friend, told.coach.person, "job_coach"),
        preview(told, told.boss, told.coach.person, "job_coach"),
        preview(told, told.stranger, told.friend.person, "network_member"),
        preview(told, told.client, "x", "job_coach"),
    ):
        assert asked.status_code == 404
        assert asked.json()["detail"] == nothing["detail"]


def test_nobody_is_looked_through_who_is_not_known_by_name(told):
    told.sampled(told.trajectory)
    for role in ("auditor", "privacy_officer", "wizard"):
        asked = preview(told, told.client, told.auditor.person, role)
        assert asked.status_code == 422
        assert "care_worker" in asked.json()["detail"]


def test_what_is_withdrawn_is_gone_from_the_preview_at_once(told):
    permission = uuid4()
    told.said(
        told.client,
        told.trajectory,
        "grant-permission",
        permission=permission,
        recipient=told.friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["I"],
        legal_basis="consent",
    )
    seen = preview(told, told.client, told.friend.person, "network_member")
    assert "zo zo" in seen.text
    told.said(told.client, told.trajectory, "withdraw-permission", permission=permission)
    after = preview(told, told.client, told.friend.person, "network_member")
    assert "zo zo" not in after.text
    assert after.headers["etag"] != seen.headers["etag"]


def test_a_legal_representative_is_looked_through_in_what_the_mandate_names(told):
    truus = Actor(told.person("Truus", "Bakker"), Role.LEGAL_REPRESENTATIVE)
    told.said(
        told.client,
        told.trajectory,
        "note-mandate",
        person=truus.person,
        kind="power_of_attorney",
        categories=["H"],
    )
    found = preview(told, told.client, truus.person, "legal_representative").json()
    assert {each["category"] for each in found["timeline"]["entries"]} == {"C", "H"}

"""Leiden: a group that trains itself, and five years of WAO that end with a job."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor
from tests.api.region import Region

WAO_SINCE, STARTS = "2021-03-01", "2026-03-09"
RHYTHM = "Ik sta weer om acht uur op"
WEEKEND = "Voor het eerst weer een weekendgevoel"
APPLYING = "Mijn eerste sollicitatie is de deur uit"
STORY = "na het ongeluk zat ik jaren thuis"
NEEDS = ["sollicitatiegesprekken", "netwerken"]


class Group(NamedTuple):
    """Three people around a table, each with a trajectory of their own, and a coach."""

    region: Region
    id: UUID
    samir: Actor
    others: tuple[Actor, ...]
    tracks: dict[UUID, UUID]
    """The trajectory of each of them."""

    def do(self, who: Actor, command: str, **body):
        answer = self.region.post(who, f"peer-groups/{self.id}/{command}", body)
        assert answer.status_code in {200, 201}, answer.text
        return answer

    def own(self, who: Actor):
        """The same person in their own trajectory."""
        return Actor(who.person, Role.CLIENT), self.tracks[who.person]

    def said(self, who: Actor, command: str, **body):
        return self.region.said(*self.own(who), command, **body)

    def read(self, who: Actor, what: str):
        client, track = self.own(who)
        answer = self.region.get(client, f"trajectories/{track}{what}")
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def group(own_region):
    """A group that Samir began, with two others; a survey among them, and a training by Samir."""
    region, found, tracks = own_region, uuid4(), {}
    people = [
        region.person(*name) for name in (("Samir", "Haddad"), ("Femke", "Bos"), ("Ali", "Öz"))
    ]
    for person in people:
        region.client = Actor(person, Role.CLIENT)
        tracks[person] = region.begin()
    samir, *others = (Actor(person, Role.PEER) for person in people)
    made = Group(region, found, samir, tuple(others), tracks)
    made.do(Actor(samir.person, Role.CLIENT), "start-peer-group", name="Maandagochtend")
    for each in others:
        made.do(samir, "invite-peer", person=each.person)
        made.do(each, "join-peer-group", person=each.person)
        made.do(each, "survey-needs", person=each.person, needs=NEEDS)
    made.do(samir, "survey-needs", person=samir.person, needs=["dagritme"], offers=["opleiden"])
    return made


def train(group):
    everyone = [group.samir.person, *(each.person for each in group.others)]
    group.do(group.samir, "log-training", person=group.samir.person, topic=NEEDS[0])
    group.do(group.others[0], "log-session", topic="op tijd opstaan", came=everyone)
    group.do(group.others[0], "log-session", topic="netwerken", came=everyone[1:])


def find_a_job(group):
    """Five years of WAO, steps in his own words, and a job."""
    wao = {"benefits": ["wao"], "occurred_on": WAO_SINCE, "words": STORY}
    group.said(group.samir, "note-benefits", **wao, late_reason="zo lang geleden begonnen")
    for day, words in (("2026-02-10", RHYTHM), ("2026-02-22", WEEKEND), ("2026-03-02", APPLYING)):
        group.said(group.samir, "note-milestone", words=words, occurred_on=day)
    job = {"kind": "job", "title": "opleider", "employer": group.region.bakery}
    group.said(group.samir, "log-placement", **job, starts_on=STARTS, contract="permanent")


def test_they_asked_each_other_what_they_need_and_what_they_bring(group):
    train(group)
    seen = group.region.get(group.others[1], f"directory/{group.id}").json()["standing"]
    surveys = [each["fields"] for each in seen if each["type"] == "peer.needs_surveyed.v1"]
    wanted = [need for each in surveys for need in each.get("needs", ())]
    assert {need: wanted.count(need) for need in NEEDS} == dict.fromkeys(NEEDS, 2)
    (trainer,) = (each["person"] for each in surveys if each.get("offers"))
    (training,) = (each["fields"] for each in seen if each["type"] == "peer.training_given.v1")
    assert (training["person"], training["topic"]) == (trainer, NEEDS[0])
    assert trainer == str(group.samir.person), "a member, and nobody's professional"


def test_steps_in_own_words_and_a_job_stand_on_one_timeline(group):
    find_a_job(group)
    told = group.read(group.samir, "/timeline")["entries"]
    steps = [each["text"]["words"] for each in told if each["type"] == "milestone.reached.v1"]
    assert steps == [APPLYING, WEEKEND, RHYTHM]
    kinds = [each["type"] for each in told if each["category"] in {"D", "F"}]
    assert kinds[0] == "job.started.v1"
    assert told[-1]["sentence"] == "Inkomen: WAO"
    assert told[-1]["occurred_on"] == WAO_SINCE
    stages = group.read(group.samir, "")["stages"]
    assert [each["stage"] for each in stages] == ["employed"]


def test_the_gap_in_the_cv_is_five_years_with_what_was_done_in_them(group):
    group.said(group.samir, "start-education", kind="course", occurred_on="2026-02-12")
    find_a_job(group)
    (gap,) = group.read(group.samir, "/cv-gap")["gaps"]
    assert (gap["since"], gap["until"], gap["years"]) == (WAO_SINCE, STARTS, 5)
    kinds = ["milestone.reached.v1", "education.started.v1", *["milestone.reached.v1"] * 2]
    assert [each["type"] for each in gap["done"]] == kinds


def test_what_was_done_in_the_group_counts_for_who_did_it(group):
    train(group)
    group.said(group.samir, "note-benefits", benefits=["wao"])
    (gap,) = group.read(group.samir, "/cv-gap")["gaps"]
    assert (gap["until"], gap["years"]) == (None, 0)
    assert [each["sentence"] for each in gap["done"]] == [
        "Samir Haddad gaf een training: sollicitatiegesprekken",
        "De groep kwam bij elkaar: op tijd opstaan",
    ]
    for other in group.others:
        assert str(other.person) not in str(gap)
    assert group.read(group.others[0], "/cv-gap")["gaps"] == [], "who told of no benefit and no job"


def test_the_gap_is_his_and_his_coachs_to_see(group):
    region = group.region
    train(group)
    find_a_job(group)
    address = f"trajectories/{group.tracks[group.samir.person]}/cv-gap"
    told = region.get(region.coach, address).json()
    assert told["gaps"][0]["years"] == 5
    assert "peer" not in str(told), "the group is not the coach's"
    for who in (region.carer, region.friend, region.boss, region.auditor, *group.others):
        assert region.get(who, address).status_code == 404, who.role


def test_around_the_table_nobody_sees_a_file(group):
    region = group.region
    train(group)
    find_a_job(group)
    members = (group.samir, *group.others)
    for who in members:
        assert region.get(who, "me").json()["trajectories"] == []
        for track in group.tracks.values():
            for what in ("", "/timeline", "/audit-trail", "/support", "/cv-gap", "/eigen-kracht"):
                answer = region.get(who, f"trajectories/{track}{what}")
                assert answer.status_code == 404, what
        seen = region.get(who, f"directory/{group.id}").text.lower()
        for hidden in (RHYTHM, STORY, "wao", "haddad", "opleider", "bakker"):
            assert hidden.lower() not in seen
    for who in members[1:]:
        seen = region.get(who, f"directory/{group.samir.person}").json()["standing"]
        assert [each["fields"] for each in seen] == [{"given_name": "Samir"}]


def test_who_leaves_with_a_job_keeps_the_own_story(group):
    train(group)
    find_a_job(group)
    group.do(group.samir, "remove-peer", person=group.samir.person)
    assert group.region.get(group.samir, f"directory/{group.id}").status_code == 404
    assert group.read(group.samir, "/cv-gap")["gaps"][0]["years"] == 5
    told = group.region.get(group.others[0], f"directory/{group.id}").json()["standing"]
    assert "peer.training_given.v1" in {each["type"] for each in told}


def test_what_was_done_in_the_group_fills_the_gap_of_who_left_it(group):
    train(group)
    group.said(group.samir, "note-benefits", benefits=["wao"])
    before = group.read(group.samir, "/cv-gap")["gaps"]
    group.do(group.samir, "remove-peer", person=group.samir.person)
    assert group.region.get(group.samir, f"directory/{group.id}").status_code == 404
    assert group.read(group.samir, "/cv-gap")["gaps"] == before
    done = [each["type"] for each in before[0]["done"]]
    assert done == ["peer.training_given.v1", "peer.session_held.v1"]

"""Two files of one person read together, each by the rights on it, and apart again as before."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role
from domain.rules.linking import MOST, LinkFiles
from domain.rules.people import EndRole

WHY = {"reason": "was twee keer aangemeld"}
TEXT = "woorden uit het andere dossier"


@pytest.fixture
def two(own_region):
    """A second file of the same person, with this coach on both teams and a carer on the first."""
    region, other = own_region, uuid4()
    again = region.person("Noor", "vd Berg")
    refer = {"client": again, "channel": "walk_in"}
    organisation = str(region.world.organisation)
    region.said(region.coach, other, "refer", organisation=organisation, **refer)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text="hier")
    region.said(region.coach, other, "log-contact", mode="phone", text=TEXT)
    region.other = other
    return region


BESIDE = ("", "/support", "/handover")
"""The account of each entry holds the entries about the link itself: it has a test of its own."""


def link(region, who=None, command="link-files", **more):
    return region.say(who or region.coach, command, **{"other": region.other, **WHY, **more})


def told(region, who, trajectory=None):
    """All that somebody reads of a file, but for the two entries that say it was linked."""
    file = trajectory or region.trajectory
    reads = {
        what: region.get(who, f"trajectories/{file}{what}")
        for what in (*BESIDE, "/trust-decisions", "/fundings", "/checks")
    }
    timeline = region.get(who, f"trajectories/{file}/timeline", limit=100).json()
    kept = [each for each in timeline.get("entries", ()) if not each["type"].startswith("file.")]
    return {what: (each.status_code, each.content) for what, each in reads.items()}, kept


def test_who_may_read_both_reads_them_together_and_others_the_one(two):
    region = two
    before = {who: told(region, who) for who in (region.carer, region.client)}
    count = region.count()
    assert link(region).status_code == 201
    assert region.count() == count + 2, "an entry on each"
    for file in (region.trajectory, region.other):
        entries = region.get(region.coach, f"trajectories/{file}/timeline", limit=100).json()
        texts = [each["text"].get("text") for each in entries["entries"]]
        assert {"hier", TEXT} <= set(texts)
        assert {each["file"] for each in entries["entries"]} == {
            str(region.trajectory),
            str(region.other),
        }
        days = [(each["occurred_on"], each["recorded_at"]) for each in entries["entries"]]
        assert days == sorted(days, reverse=True)
        (there,) = region.get(region.coach, f"trajectories/{file}").json()["files"]
        assert there["trajectory"] in {str(region.trajectory), str(region.other)}
        assert there["standing"]
    for who, was in before.items():
        now, timeline = told(region, who)
        assert timeline == was[1]
        assert {w: s for w, s in now.items() if w} == {w: s for w, s in was[0].items() if w}
        assert TEXT not in now[""][1].decode()


@pytest.mark.parametrize("what", ["/support", "/handover", "/audit-trail"])
def test_what_is_told_of_one_is_told_of_the_other_beside_it(two, what):
    region = two
    alone = region.see(region.coach, what).json()
    there = region.get(region.coach, f"trajectories/{region.other}{what}").json()
    carer = region.see(region.carer, what).json()
    assert "files" not in alone
    link(region)
    both = region.see(region.coach, what).json()
    (other,) = both.pop("files")
    if what == "/audit-trail":  # the entry on each that says so
        assert both["entries"][0]["type"] == "file.linked.v1"
        del both["entries"][0], other["entries"][0]
    assert (both, other) == (alone, there)
    now = region.see(region.carer, what).json()
    if what == "/audit-trail":
        del now["entries"][0]
    assert now == carer


def test_of_a_long_account_the_other_file_stands_by_the_first_page_and_goes_on_by_itself(two):
    region = two
    link(region)
    first = region.see(region.coach, "/audit-trail", limit=1).json()
    (other,) = first["files"]
    assert len(other["entries"]) == 1
    further = region.see(region.coach, "/audit-trail", cursor=first["next"]).json()
    assert "files" not in further
    path = f"trajectories/{region.other}/audit-trail"
    rest = region.get(region.coach, path, cursor=other["next"]).json()
    whole = region.get(region.coach, path).json()
    assert other["entries"] + rest["entries"] == whole["entries"]
    assert region.see(region.coach, "/audit-trail", cursor=other["next"]).status_code == 422


def test_the_support_of_then_stands_alone_before_they_were_linked(two):
    region = two
    before = region.services.now().isoformat().replace("+00:00", "Z")
    link(region)
    assert "files" not in region.see(region.coach, "/support", known_at=before).json()
    (there,) = region.see(region.coach, "/support", happened_until="2026-03-10").json()["files"]
    assert there["trajectory"] == str(region.other)


def looked(region):
    """Who looked at what of the other file."""
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        asked = "SELECT person, view FROM log.access WHERE trajectory = %s"
        return set(connection.execute(asked, (region.other,)).fetchall())


def test_a_look_at_the_handover_is_a_look_at_both(two):
    link(two)
    two.see(two.coach, "/handover")
    assert (two.coach.person, "handover") in looked(two)


def test_through_a_coachs_eyes_the_client_sees_no_file_that_is_not_theirs(two):
    region = two
    link(region)
    assert TEXT in region.see(region.coach, "/timeline").text
    eyes = {"person": str(region.coach.person), "role": "job_coach"}
    answer = region.see(region.client, "/see-as", **eyes)
    assert answer.status_code == 200
    assert "hier" in answer.text
    assert TEXT not in answer.text
    assert str(region.other) not in str(answer.json()["timeline"]["entries"][-1])
    assert "file" not in answer.json()["timeline"]["entries"][-1]


def test_unlinked_each_reads_byte_for_byte_as_before(two):
    region = two
    readers = (region.coach, region.carer, region.client, region.friend, region.stranger)
    before = [told(region, who, f) for who in readers for f in (region.trajectory, region.other)]
    link(region)
    assert told(region, region.coach) != before[0]
    assert link(region, command="unlink-files").status_code == 201
    after = [told(region, who, f) for who in readers for f in (region.trajectory, region.other)]
    assert after == before


def test_linked_twice_adds_nothing_and_a_key_gives_the_same_answer(two):
    region = two
    path, body = f"trajectories/{region.trajectory}/link-files", {"other": region.other, **WHY}
    first = region.post(region.coach, path, body, {"Idempotency-Key": "samen"})
    count = region.count()
    assert region.post(region.coach, path, body, {"Idempotency-Key": "samen"}).json() == {
        **first.json(),
    }
    assert link(region).status_code == 200
    assert region.count() == count


def test_only_by_a_coach_of_both_and_one_of_others_answers_as_one_that_is_not_there(two):
    region = two
    region.said(
        region.coach,
        region.other,
        "add-team-member",
        person=region.stranger.person,
        role="job_coach",
    )
    count = region.count()
    apart = region.another()  # a file on whose team the stranger is not
    count = region.count()
    own = f"trajectories/{region.other}/link-files"
    alike = [
        region.post(region.stranger, own, {"other": other, **WHY}) for other in (apart, uuid4())
    ]
    assert {each.status_code for each in alike} == {422}
    assert len({each.content for each in alike}) == 1
    assert alike[0].json()["errors"][0]["field"] == "other"
    assert link(region, region.client).status_code == 422, "not a client there"
    assert link(region, region.carer).status_code == 403
    assert link(region, other=region.trajectory).status_code == 422
    assert link(region, reason="").status_code == 422
    assert region.count() == count


def test_a_privacy_officer_of_the_organisation_links_and_reads_no_words(two):
    region = two
    officer = region.somebody("Pri", "Vacy", Role.PRIVACY_OFFICER)
    assert link(region, officer).status_code == 201
    assert TEXT not in region.see(officer, "/timeline").text
    assert link(region, officer, "unlink-files").status_code == 201


def test_a_link_that_one_file_says_alone_shows_nothing(two):
    region = two
    link(region)
    region.world.operator(region.other, _unlink(region))
    region.projector.catch_up()
    assert "files" not in region.see(region.coach).json()
    assert TEXT not in region.see(region.coach, "/timeline").text


def _unlink(region):
    from domain.rules.linking import UnlinkFiles  # noqa: PLC0415

    return UnlinkFiles(other=region.trajectory, **WHY)


def test_as_it_was_known_before_the_link_it_stands_alone(two):
    region = two
    before = region.services.now().isoformat().replace("+00:00", "Z")
    link(region)
    assert TEXT in region.see(region.coach, "/timeline", happened_until="2026-03-10").text
    assert TEXT not in region.see(region.coach, "/timeline", known_at=before).text
    assert "files" not in region.see(region.coach, known_at=before).json()


def test_a_look_at_one_is_a_look_at_both_for_who_reads_both(two):
    region = two
    link(region)
    region.see(region.coach, "/timeline")
    assert (region.coach.person, "timeline") in looked(region)


def test_pages_go_on_over_both(two):
    region = two
    link(region)
    whole = region.entries(region.coach)
    found, cursor = [], None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        page = region.see(region.coach, "/timeline", limit=2, **more).json()
        found += page["entries"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole


@pytest.fixture
def elsewhere(own_region):
    """A second file of the same person at another team, which knows nothing of the first."""
    region, other = own_region, uuid4()
    again = region.person("Noor", "vd Berg")
    refer = {"client": again, "channel": "walk_in"}
    region.said(region.stranger, other, "refer", **refer)
    region.said(region.stranger, other, "log-contact", mode="phone", text=TEXT)
    region.other = other
    return region


def by_code(region, code, who=None, **more):
    path = f"trajectories/{region.other}/link-by-code"
    return region.post(who or region.stranger, path, {"code": code, **WHY, **more})


@pytest.mark.parametrize("giver", ["client", "coach"])
def test_the_client_or_their_team_gives_a_code_and_nobody_reads_more(elsewhere, giver):
    region = elsewhere
    who = getattr(region, giver)
    given = region.see(who, "/link-code").json()
    assert "werkt tot en met 17 maart 2026" in given["sentence"]
    assert str(region.trajectory) not in given["code"]
    count = region.count()
    answer = by_code(region, given["code"])
    assert answer.status_code == 201, answer.text
    assert region.count() == count + 2
    (told,) = [e for e in region.entries(region.client) if e["type"] == "file.linked.v1"]
    assert told["by"]["role"] == who.role
    assert told["text"]["reason"] == "gekoppeld met een code", "no words of others in their name"
    assert by_code(region, given["code"]).status_code == 200
    for reader in (region.coach, region.client, region.carer):
        assert TEXT not in region.see(reader, "/timeline").text
    assert region.see(region.stranger).status_code == 404
    there = region.get(region.stranger, f"trajectories/{region.other}/timeline").text
    assert "van den Berg" not in there
    undone = region.post(
        region.stranger,
        f"trajectories/{region.other}/unlink-files",
        {"other": region.trajectory, **WHY},
    )
    assert undone.status_code == 201, "who linked it can undo it without a place on the other team"


def test_where_what_support_follows_from_is_not_seen_no_support_is_told_and_no_look_noted(
    elsewhere,
):
    region = elsewhere
    there = {"person": region.carer.person, "role": "care_worker"}
    region.said(region.stranger, region.other, "add-team-member", **there)
    alone = region.see(region.carer, "/support").content
    path = f"trajectories/{region.other}"
    assert region.get(region.carer, path).status_code == 200
    assert region.get(region.carer, f"{path}/support").status_code == 404
    code = region.see(region.coach, "/link-code").json()["code"]
    assert by_code(region, code).status_code == 201
    assert "files" in region.see(region.carer).json()
    assert region.see(region.carer, "/support").content == alone
    assert (region.carer.person, "support") not in looked(region)


def test_a_code_that_is_none_is_over_or_of_somebody_who_left_links_nothing(elsewhere, monkeypatch):
    region = elsewhere
    code = region.see(region.coach, "/link-code").json()["code"]
    count = region.count()
    for wrong in ("", "onzin", code[:-4], "x" * 3000):
        assert by_code(region, wrong).status_code == 422
    own = region.get(region.stranger, f"trajectories/{region.other}/link-code").json()["code"]
    assert by_code(region, own).status_code == 422, "the same file"
    assert by_code(region, code, region.friend).status_code == 404
    for who in (region.carer, region.friend, region.auditor, region.stranger):
        assert region.see(who, "/link-code").status_code == 404
    later = datetime(2026, 3, 18, 12, tzinfo=UTC)
    monkeypatch.setattr(region.services.handler, "now", lambda: later)
    assert by_code(region, code).status_code == 422
    monkeypatch.undo()
    assert region.count() == count
    other = {"person": region.stranger.person, "role": "job_coach"}
    region.say(region.coach, "add-team-member", **other)
    region.say(region.stranger, "remove-team-member", person=region.coach.person)
    count = region.count()
    assert by_code(region, code).status_code == 422
    assert region.count() == count


def test_of_a_code_nothing_is_told_but_that_it_does_not_work(elsewhere):
    """Neither how many links the other file has, nor that its coach no longer works there."""
    region = elsewhere
    dead = by_code(region, "onzin").json()
    code = region.see(region.coach, "/link-code").json()["code"]
    role = EndRole(role=region.coach.role, organisation=region.coach.organisation)
    region.world.operator(region.coach.person, role)
    answer = by_code(region, code)
    assert (answer.status_code, answer.json()) == (422, dead)
    theirs = region.see(region.client, "/link-code").json()["code"]
    for _ in range(MOST):
        link = LinkFiles(other=region.world.trajectory(), reason="dezelfde")
        region.world.operator(region.trajectory, link)
    answer = by_code(region, theirs)
    assert (answer.status_code, answer.json()) == (422, dead)


def reminded(region, who):
    """Of which of both files this professional is reminded, today and in their caseload."""
    both = {str(region.trajectory), str(region.other)}
    today = {each["trajectory"] for each in region.get(who, "today").json()["due"]}
    cases = region.get(who, "caseload").json()["cases"]
    return today & both, {each["trajectory"] for each in cases if each.get("next")} & both


@pytest.mark.parametrize("day", ["2026-03-12", "2026-04-02"])
def test_left_in_peace_in_one_file_is_so_in_both_for_who_reads_both(two, monkeypatch, day):
    region = two
    seat = {"person": region.stranger.person, "role": "job_coach"}
    region.said(region.coach, region.other, "add-team-member", **seat)
    region.said(region.client, region.trajectory, "leave-in-peace", until="2026-04-20")
    monkeypatch.setattr(region.services.handler.now, "at", datetime.fromisoformat(f"{day}T10:00Z"))
    other = {str(region.other)}
    alone = reminded(region, region.coach)
    assert alone == (other if day > "2026-03-31" else set(), other), "nobody linked them yet"
    paths = ("today", "caseload", f"trajectories/{region.other}/support")
    before = [region.get(region.stranger, path).content for path in paths]
    link(region)
    assert reminded(region, region.coach) == (set(), set())
    told_ = region.get(region.coach, paths[2]).json()
    assert (told_["peace_until"], told_["next"]) == ("2026-04-20", None)
    after = [region.get(region.stranger, path).content for path in paths]
    assert after == before, "to who reads one, nothing tells of the other"
    assert reminded(region, region.stranger) == alone
    assert link(region, command="unlink-files").status_code == 201
    assert reminded(region, region.coach) == alone

"""Tags, languages, time travel, pages, and answers that give nothing away."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from eventlog.entry import Actor
from tests.api.region import TODAY

READS = ("", "/timeline", "/audit-trail", "/support")
_OWN = {"request-id"}


def same(first, second):
    def told(answer):
        kept = {name: value for name, value in answer.headers.items() if name not in _OWN}
        return answer.status_code, kept, answer.content

    return told(first) == told(second)


@pytest.mark.parametrize("what", READS)
def test_forbidden_and_not_existing_answer_byte_for_byte_alike(region, what):
    forbidden = region.see(region.stranger, what)
    missing = region.get(region.stranger, f"trajectories/{uuid4()}{what}")
    malformed = region.get(region.stranger, f"trajectories/abc{what}")
    assert forbidden.status_code == 404
    assert same(forbidden, missing)
    assert same(forbidden, malformed)
    travelled = region.see(region.stranger, what, known_at="2026-03-10T12:00:00Z")
    assert same(forbidden, travelled)


@pytest.mark.parametrize("body", [{"mode": "phone"}, {"mode": "pigeon"}])
def test_forbidden_and_not_existing_commands_answer_alike(region, body):
    forbidden = region.say(region.stranger, "log-contact", **body)
    missing = region.post(region.stranger, f"trajectories/{uuid4()}/log-contact", body)
    assert same(forbidden, missing)


def test_a_person_elsewhere_in_the_directory_does_not_exist(region):
    outsider = region.person("Iris", "Mol")
    region.projector.catch_up()
    hidden = region.get(region.boss, f"directory/{outsider}")
    missing = region.get(region.boss, f"directory/{uuid4()}")
    assert hidden.status_code == 404
    assert same(hidden, missing)


def test_a_role_in_a_token_alone_gives_nothing(region):
    for role in ("job_coach", "care_worker", "auditor", "client", "employer", "sysadmin"):
        who = Actor(region.friend.person, type(region.coach.role)(role), region.coach.organisation)
        assert region.see(who).status_code == 404, role


def test_who_may_not_record_hears_so_in_a_sentence(region):
    answer = region.say(region.carer, "grant-permission", **_permission(region))
    assert answer.status_code == 403
    assert answer.json()["detail"].endswith(".")


def test_a_rule_that_refuses_says_what_is_possible(region):
    answer = region.say(region.coach, "log-contact", mode="phone", occurred_on="2026-04-01")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "occurred_on"
    assert answer.json()["detail"].startswith("Deze dag moet nog komen.")
    english = region.post(
        region.coach,
        f"trajectories/{region.trajectory}/log-contact",
        {"mode": "phone", "occurred_on": "2026-04-01"},
        {"Accept-Language": "en"},
    )
    assert english.json()["detail"].startswith("This day is still to come.")


@pytest.mark.parametrize("what", READS)
def test_an_unchanged_answer_is_304_until_something_visible_changes(own_region, what):
    region = own_region
    first = region.see(region.coach, what)
    tag = {"If-None-Match": first.headers["etag"]}
    again = region.see(region.coach, what, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    english = region.see(region.coach, what, headers=tag | {"Accept-Language": "en"})
    assert english.status_code == 200
    region.said(region.coach, region.trajectory, "log-contact", mode="phone")
    assert region.see(region.coach, what, headers=tag).status_code == 200


def test_a_hidden_entry_changes_no_tag(own_region):
    region = own_region
    tags = {what: region.see(region.friend, what).headers["etag"] for what in READS[:3]}
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text="geheim")
    for what, tag in tags.items():
        assert region.see(region.friend, what).headers["etag"] == tag


def test_tags_and_cursors_are_of_one_reader(own_region):
    region = own_region
    for _ in range(3):
        region.said(region.coach, region.trajectory, "log-contact", mode="phone")
    mine, theirs = region.see(region.coach, "/timeline"), region.see(region.carer, "/timeline")
    assert mine.headers["etag"] != theirs.headers["etag"]
    cursor = region.see(region.coach, "/timeline", limit=2).json()["next"]
    assert region.see(region.coach, "/timeline", limit=2, cursor=cursor).status_code == 200
    assert region.see(region.carer, "/timeline", limit=2, cursor=cursor).status_code == 422
    assert region.see(region.coach, "/audit-trail", limit=2, cursor=cursor).status_code == 422
    other = region.another()
    path = f"trajectories/{other}/timeline"
    assert region.get(region.coach, path, cursor=cursor).status_code == 422


@pytest.mark.parametrize("what", ["/timeline", "/audit-trail"])
def test_pages_are_full_and_together_everything(own_region, what):
    region = own_region
    for at in range(7):
        region.said(region.coach, region.trajectory, "log-contact", mode="phone", minutes=at)
        region.said(region.client, region.trajectory, "leave-in-peace", until=f"2026-04-0{at + 1}")
    whole = [each["id"] for each in region.see(region.coach, what, limit=100).json()["entries"]]
    paged, cursor = [], None
    while True:
        asked = {} if cursor is None else {"cursor": cursor}
        page = region.see(region.coach, what, limit=4, **asked).json()
        paged += [each["id"] for each in page["entries"]]
        cursor = page["next"]
        if cursor is None:
            break
        assert len(page["entries"]) == 4
    assert paged == whole
    visible = region.see(region.friend, what, limit=1).json()
    assert len(visible["entries"]) == 1
    assert visible["next"] is None


def test_if_match_guards_what_one_saw_and_never_a_note(own_region):
    region = own_region
    path = f"trajectories/{region.trajectory}"
    seen = region.see(region.coach).headers["etag"]
    rhythm = {"per_month": 4}
    first = region.post(region.coach, f"{path}/agree-rhythm", rhythm, {"If-Match": seen})
    assert first.status_code == 201, first.text
    stale = region.post(region.coach, f"{path}/agree-rhythm", {"per_month": 2}, {"If-Match": seen})
    assert stale.status_code == 412
    assert stale.headers["content-type"] == "application/problem+json"
    note = region.post(region.coach, f"{path}/log-contact", {"mode": "phone"}, {"If-Match": seen})
    assert note.status_code == 201
    fresh = region.see(region.coach, headers={"Accept-Language": "en"}).headers["etag"]
    done = region.post(region.coach, f"{path}/agree-rhythm", {"per_month": 2}, {"If-Match": fresh})
    assert done.status_code == 201
    theirs = region.see(region.carer).headers["etag"]
    other = region.post(region.coach, f"{path}/agree-rhythm", rhythm, {"If-Match": theirs})
    assert other.status_code == 412


def test_that_somebody_moved_house_is_not_told_to_who_has_no_address(own_region):
    region = own_region
    client = f"directory/{region.client.person}"
    before = region.get(region.friend, client)
    changed = region.post(region.client, f"directory/{region.client.person}/change-contact-details",
                          {"phone": "06 00 00 00 00"})  # fmt: skip
    assert changed.status_code == 201
    after = region.get(region.friend, client)
    assert after.json() == before.json()
    assert after.headers["etag"] == before.headers["etag"]
    assert "contact" in region.get(region.client, client).text


def test_a_guard_on_an_employer(own_region):
    region = own_region
    path = f"directory/{region.bakery}"
    seen = region.get(region.coach, path).headers["etag"]
    command = f"employers/{region.bakery}/change-employer-details"
    body = {"name": "Bakkerij De Gouden Korst", "place": "Glimmen"}
    assert region.post(region.coach, command, body, {"If-Match": seen}).status_code == 201
    body["place"] = "Haren"
    assert region.post(region.coach, command, body, {"If-Match": seen}).status_code == 412
    seen = region.get(region.coach, path).headers["etag"]
    assert region.post(region.coach, command, body, {"If-Match": seen}).status_code == 201


def test_what_was_known_then_is_shown_as_it_was_known(own_region):
    region = own_region
    region.said(region.coach, region.trajectory, "agree-rhythm", per_month=4)
    state, line = region.see(region.coach), region.see(region.coach, "/timeline")
    then = region.services.now()
    region.said(region.coach, region.trajectory, "agree-rhythm", per_month=1)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone")
    assert region.see(region.coach).content != state.content
    at = then.isoformat()
    assert region.see(region.coach, known_at=at).content == state.content
    assert region.see(region.coach, "/timeline", known_at=at).content == line.content
    early = (then - timedelta(days=9)).isoformat()
    assert region.see(region.coach, "/timeline", known_at=early).json()["entries"] == []
    later = (then + timedelta(days=9)).isoformat()
    assert (
        region.see(region.coach, "/timeline", known_at=later).content
        == region.see(region.coach, "/timeline").content
    )


def test_what_was_corrected_since_is_shown_uncorrected_then(own_region):
    region = own_region
    noted = region.said(
        region.coach, region.trajectory, "log-contact", mode="phone", minutes=5, text="typfout"
    )
    entry = noted["entries"][0]
    then = region.services.now()
    before = region.see(region.coach, "/timeline")
    body = next(each for each in before.json()["entries"] if each["id"] == entry)
    body = {**body["fields"], **body["text"], "minutes": 50}
    region.said(
        region.coach,
        region.trajectory,
        "correct-entry",
        entry=entry,
        reason="vijftig",
        body=body,
    )
    now = {each["id"]: each for each in region.entries(region.coach)}
    assert now[entry]["fields"]["minutes"] == 50
    assert now[entry]["corrected_at"] is not None
    travelled = region.see(region.coach, "/timeline", known_at=then.isoformat())
    assert travelled.content == before.content
    trail = region.see(region.coach, "/audit-trail").json()["entries"]
    original = next(each for each in trail if each["id"] == entry)
    assert original["fields"]["minutes"] == 5
    assert original["corrected_by"] == trail[0]["id"]
    assert trail[0]["corrects"] == entry
    assert trail[0]["text"]["body"]["minutes"] == 50
    fresh = region.see(region.coach)
    log = region.see(region.coach, happened_until=TODAY)
    assert log.json()["standing"] == fresh.json()["standing"]


def test_what_happened_later_is_left_out(own_region):
    region = own_region
    late = {"mode": "phone", "occurred_on": "2026-03-01"}
    region.said(region.coach, region.trajectory, "log-contact", **late)
    found = region.see(region.coach, "/timeline", happened_until="2026-03-05").json()["entries"]
    assert [each["occurred_on"] for each in found] == ["2026-03-01"]
    state = region.see(region.coach, happened_until="2026-03-05").json()
    assert [each["slot"] for each in state["standing"]] == ["contact/client"]


def test_lanes_and_categories_narrow_the_page(own_region):
    region = own_region
    region.said(region.carer, region.trajectory, "log-contact", mode="phone")
    region.said(region.coach, region.trajectory, "log-contact", mode="phone")
    care = region.entries(region.coach, lane="care")
    assert [each["lane"] for each in care] == ["care"]
    support = region.entries(region.coach, categories="H,J")
    assert {each["category"] for each in support} == {"H"}
    at = (region.services.now()).isoformat()
    assert region.entries(region.coach, lane="care", known_at=at) == care
    assert region.entries(region.coach, categories="H,J", known_at=at) == support


def test_dutch_first_english_when_asked(region):
    def spoken(language):
        answer = region.see(region.coach, "/timeline", headers={"Accept-Language": language})
        return answer.json()["entries"][0]["sentence"], answer.headers["content-language"]

    assert spoken("nl")[1] == spoken("de, *;q=0.1")[1] == "nl"
    assert spoken("en-US,en;q=0.9,nl;q=0.1")[1] == "en"
    assert spoken("en")[0] != spoken("nl")[0]


def _permission(region):
    return {
        "recipient": region.friend.person,
        "recipient_kind": "person",
        "purpose": "close_by",
        "categories": ["H"],
        "legal_basis": "consent",
    }


def test_who_writes_with_a_tag_goes_on_with_the_one_that_comes_back(own_region):
    region = own_region
    path = f"trajectories/{region.trajectory}"
    rhythm = f"{path}/agree-rhythm"

    def agree(per_month, tag):
        return region.post(region.coach, rhythm, {"per_month": per_month}, {"If-Match": tag})

    first = agree(4, region.get(region.coach, path).headers["etag"])
    tag = first.headers["etag"]
    again = agree(3, tag)
    assert (first.status_code, again.status_code) == (201, 201)
    assert agree(2, tag).status_code == 412, "each is of one moment"
    region.said(region.client, region.trajectory, "state-preferences", job_types=["bakker"])
    assert agree(2, again.headers["etag"]).status_code == 412, "somebody else wrote since"
    seen = region.get(region.coach, path).headers["etag"]
    nothing = agree(3, seen)
    assert (nothing.status_code, "etag" in nothing.headers) == (200, False)
    assert "etag" not in region.post(region.coach, rhythm, {"per_month": 1}).headers


def test_who_writes_themselves_out_of_a_file_gets_no_tag_and_the_write_stands(own_region):
    region = own_region
    path = f"trajectories/{region.trajectory}"
    tag = region.get(region.coach, path).headers["etag"]
    body = {"person": region.coach.person}
    left = region.post(region.coach, f"{path}/remove-team-member", body, {"If-Match": tag})
    assert (left.status_code, "etag" in left.headers) == (201, False), left.text
    assert region.get(region.coach, path).status_code == 404


def test_who_may_not_record_a_thing_hears_who_does(own_region):
    region = own_region
    job = {"kind": "job", "employer": region.bakery, "title": "bakker", "contract": "fixed"}
    region.said(region.coach, region.trajectory, "log-placement", starts_on="2026-03-02", **job)
    answer = region.say(region.friend, "log-contact", mode="phone")
    assert answer.status_code == 403
    told = answer.json()["detail_nl"]
    assert told.endswith("wie dat wel doet: jobcoach, behandelaar, ervaringsdeskundige.")
    at_work = region.say(region.boss, "log-contact", mode="phone")
    assert (at_work.status_code, "behandelaar" in at_work.text) == (403, False)
    assert at_work.json()["detail_en"].endswith("Ask somebody who does: job coach.")
    close = region.say(region.carer, "close-trajectory", reason="client_wish").json()
    assert close["detail_en"].endswith("does: job coach.")

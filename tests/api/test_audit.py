"""An auditor judges first, in every read; then come the outcome, findings and replies."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role

OUTCOME, NEW = "het bleek te snel", "toch liever meteen zoeken"
DOUBT, OWN = "dit ging mij te hard", "ik had liever gewacht"
TOLD = {"trust.reviewed.v1", "trust.revised.v1", "entry.corrected.v1", "dissent.recorded.v1"}
CHOICE = {
    "question": "Wachten we met zoeken?",
    "client_want": "eerst mijn schulden",
    "choice": "ja, drie maanden",
    "rationale": "Noor kiest zelf de volgorde",
    "review_on": "2026-03-11",
}


@pytest.fixture
def chosen(own_region):
    """A choice that was looked back on, which was corrected, and that another one replaced."""
    region = own_region
    region.sampled(region.trajectory)
    first, second = uuid4(), uuid4()
    region.say(region.coach, "record-decision", decision=first, **CHOICE)
    back = region.say(
        region.coach, "review-decision", decision=first, outcome="adjusted", learned="te snel"
    ).json()["entries"][0]
    entry = next(each for each in region.entries(region.coach) if each["id"] == back)
    better = {**entry["fields"], "learned": OUTCOME}
    corrected = region.say(
        region.coach, "correct-entry", entry=back, reason="onvolledig", body=better
    )
    assert corrected.status_code == 201, corrected.text
    for who, said in (
        (region.carer, {"text": DOUBT}),
        (region.client, {"text": OWN, "by": "client"}),
    ):
        viewed = region.say(who, "record-dissent", decision=first, **said)
        assert viewed.status_code == 201, viewed.text
    revised = {**CHOICE, "choice": NEW}
    answer = region.say(region.coach, "revise-decision", decision=second, revises=first, **revised)
    assert answer.status_code == 201, answer.text
    return region, first, second


def reads(region, who, *decisions):
    """Give every read of a file that an auditor has, by name."""
    now = region.services.now().isoformat()
    found = {
        "timeline": region.see(who, "/timeline"),
        "timeline as known": region.see(who, "/timeline", known_at=now),
        "trust alone": region.see(who, "/timeline", categories="Q"),
        "state": region.see(who),
        "state as known": region.see(who, known_at=now),
        "audit trail": region.see(who, "/audit-trail"),
        "checks": region.see(who, "/checks"),
        "choices": region.see(who, "/trust-decisions"),
        **{
            f"context {each}": region.see(who, f"/trust-decisions/{each}/context")
            for each in decisions
        },
    }
    assert {name: each.status_code for name, each in found.items()} == dict.fromkeys(found, 200)
    return found


def judge(region, who, decision):
    return region.say(who, "write-judgement", decision=decision, words="zorgvuldig gekozen")


def test_before_the_judgement_no_read_tells_how_it_went(chosen):
    region, first, second = chosen
    for name, answer in reads(region, region.auditor, first).items():
        for hidden in (OUTCOME, NEW, DOUBT, OWN, "te snel", str(second), *TOLD):
            assert hidden not in answer.text, name
    assert region.see(region.auditor, f"/trust-decisions/{second}/context").status_code == 404
    standing = region.see(region.auditor).json()["standing"]
    assert [each["type"] for each in standing if each["category"] == "Q"] == ["trust.decided.v1"]
    names = {each["name"] for each in region.see(region.auditor, "/checks").json()["checks"]}
    assert "review_set" in names
    assert not names & {"review_held", "review_in_time"}


def test_after_the_judgement_it_is_all_there(chosen):
    region, first, second = chosen
    before = region.see(region.auditor, "/timeline")
    answer = judge(region, region.auditor, first)
    assert answer.status_code == 201, answer.text
    found = reads(region, region.auditor, first, second)
    for name in ("timeline", "timeline as known", "trust alone", "audit trail"):
        for told in (OUTCOME, NEW, DOUBT, OWN):
            assert told in found[name].text
    assert all(told in found["choices"].text for told in (NEW, DOUBT, OWN))
    later, earlier = found["choices"].json()["decisions"]
    assert (earlier["outcome"], earlier["revised_by"]) == ("adjusted", str(second))
    assert not {"state", "outcome"} & later.keys(), "this one waits for a judgement of its own"
    assert NEW in found["state"].text
    assert "review_held" in found["checks"].text
    assert found["timeline"].headers["etag"] != before.headers["etag"]
    held = [each for each in found["checks"].json()["checks"] if each["name"] == "review_held"]
    assert [each["holds"] for each in held] == [True]  # of the second one it is not told yet
    again = judge(region, region.auditor, first)
    assert again.status_code == 422
    assert judge(region, region.auditor, second).status_code == 201


def test_others_always_see_it(chosen):
    region, first, _ = chosen
    for who in (region.client, region.coach, region.carer):
        assert OUTCOME in region.see(who, "/timeline").text
    assert judge(region, region.coach, first).status_code == 403


def test_another_auditor_judges_for_themselves(chosen):
    region, first, _ = chosen
    mine = region.auditor
    judge(region, mine, first)
    finding = uuid4()
    said = {"kind": "learn", "to_whom": "team", "words": "vraag het haar zelf"}
    assert region.say(mine, "record-finding", finding=finding, **said).status_code == 201
    reply = region.say(region.client, "reply-to-finding", finding=finding, words="dat klopt")
    assert reply.status_code == 201
    for who in (region.client, region.coach, region.carer, mine):
        text = region.see(who, "/timeline").text
        assert all(each in text for each in ("zorgvuldig gekozen", "haar zelf", "dat klopt"))
        assert "Jansen" not in text  # an auditor is named by the privacy officer alone
    region.auditor = region.somebody("Pat", "Kok", Role.AUDITOR)
    region.sampled(region.trajectory)
    for answer in reads(region, region.auditor, first).values():
        for hidden in ("zorgvuldig gekozen", "haar zelf", "dat klopt", OUTCOME):
            assert hidden not in answer.text


def test_a_finding_about_a_choice_waits_for_the_judgement_and_so_does_the_reply_to_it(chosen):
    region, first, _ = chosen
    said = {"kind": "question", "to_whom": "team", "words": "hoe ging dit?", "decision": first}
    early = region.say(region.auditor, "record-finding", **said)
    assert early.status_code == 422
    assert early.json()["errors"][0]["field"] == "decision"
    assert "finding.recorded.v1" not in region.see(region.coach, "/timeline").text
    assert judge(region, region.auditor, first).status_code == 201
    assert region.say(region.auditor, "record-finding", **said).status_code == 201


def test_the_client_is_told_that_the_file_is_in_a_sample(own_region):
    region = own_region
    assert region.see(region.client).json()["in_sample"] is False
    region.sampled(region.trajectory)
    assert region.see(region.client).json()["in_sample"] is True
    assert "in_sample" not in region.see(region.coach).json()

"""A choice on trust is read beside what was known when it was made, with the rights of today."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role

WAS, BETTER = "wil eerst de schulden op orde", "wil eerst rust, dan de schulden"
LATER = "het werd toch een baan"
DOUBTED, OWN = "ik had gebeld", "zo voelde het niet"


@pytest.fixture
def chosen(own_region):
    """A note, a choice that rests on it, and what came after: a note and a correction."""
    region = own_region
    region.sampled(region.trajectory)
    noted = region.say(region.coach, "log-contact", mode="phone", text=WAS).json()["entries"][0]
    decision = uuid4()
    made = region.say(
        region.coach,
        "record-decision",
        decision=decision,
        question="Wachten we met zoeken?",
        client_want="eerst mijn schulden",
        choice="ja, drie maanden",
        rationale="Noor kiest zelf de volgorde",
        review_on="2026-06-01",
        based_on=[noted],
    )
    assert made.status_code == 201, made.text
    after = region.say(region.coach, "log-contact", mode="phone", text=LATER)
    assert after.status_code == 201
    entry = next(e for e in region.entries(region.coach) if e["id"] == noted)
    corrected = region.say(
        region.coach,
        "correct-entry",
        entry=noted,
        reason="verkeerd opgeschreven",
        body={**entry["fields"], "text": BETTER},
    )
    assert corrected.status_code == 201, corrected.text
    said = {"decision": decision, "text": DOUBTED}
    assert region.say(region.carer, "record-dissent", **said).status_code == 201
    own = region.say(region.client, "add-client-statement", about=noted, text=OWN)
    assert own.status_code == 201, own.text
    return region, decision, noted


def context(region, who, decision, **params):
    return region.see(who, f"/trust-decisions/{decision}/context", **params)


@pytest.mark.parametrize("field", ["based_on", "covers"])
def test_a_choice_rests_on_what_is_there_for_who_makes_it(chosen, field):
    region, _, noted = chosen
    seen, shielded = (
        region.say(region.client, "express-work-wish", wants=["paid"], words=words)
        for words in ("bakken", "iets met bloemen")
    )
    score = region.say(region.client, "score-wellbeing", score=4)
    (seen,), (shielded,), (score,) = (each.json()["entries"] for each in (seen, shielded, score))
    assert region.say(region.client, "shield-entry", entry=shielded).status_code == 201
    why = {"question": "?", "client_want": "ja", "choice": "ja", "rationale": "zo"}
    why |= {"review_on": "2026-06-01"}
    before = region.count()
    told = [
        region.say(region.coach, "record-decision", **why, **{field: [noted, each]})
        for each in (shielded, score, str(uuid4()))
    ]
    assert {each.status_code for each in told} == {422}
    assert len({each.content for each in told}) == 1, "one hidden and one of nobody answer alike"
    assert told[0].json()["errors"][0]["field"] == field
    assert region.count() == before
    made = region.say(region.coach, "record-decision", **why, **{field: [noted, seen]})
    assert made.status_code == 201, made.text
    stored = next(e for e in region.entries(region.coach) if e["id"] == made.json()["entries"][0])
    assert stored["fields"][field] == [noted, seen]


def test_what_the_team_knew_then_and_nothing_since(chosen):
    region, decision, noted = chosen
    answer = context(region, region.coach, decision)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["decision"]["text"]["client_want"] == "eerst mijn schulden"
    assert found["based_on"] == [noted]
    texts = [each["text"].get("text") for each in found["timeline"]]
    assert WAS in texts
    assert not {BETTER, LATER, DOUBTED, OWN} & set(texts)
    beside = {each["id"]: each["statements"] for each in found["timeline"]}[noted]
    assert [(each["text"], each["since"]) for each in beside] == [(OWN, True)]
    assert DOUBTED not in answer.text
    assert DOUBTED in region.see(region.coach, "/trust-decisions").text
    assert "trust.decided.v1" not in {each["type"] for each in found["timeline"]}
    assert "referred" in [each["stage"] for each in found["state"]["stages"]]
    assert not any(LATER in str(each) for each in found["state"]["standing"])
    assert found["decision"]["objections"] == []
    short = context(region, region.coach, decision, limit=1).json()
    assert (len(short["timeline"]), short["more"], found["more"]) == (1, True, False)


def test_facts_are_of_then_and_rights_of_now(chosen):
    region, decision, _ = chosen
    permission = uuid4()
    region.say(
        region.client,
        "grant-permission",
        permission=permission,
        recipient=region.carer.person,
        recipient_kind="person",
        purpose="care",
        categories=["H"],
        legal_basis="consent",
    )
    assert WAS in context(region, region.carer, decision).text
    withdrawn = region.say(region.client, "withdraw-permission", permission=permission)
    assert withdrawn.status_code == 201, withdrawn.text
    assert WAS not in context(region, region.carer, decision).text


def test_an_auditor_reads_it_under_pseudonyms(chosen):
    region, decision, _ = chosen
    answer = context(region, region.auditor, decision)
    assert answer.status_code == 200
    for hidden in ("van den Berg", "de Wit", str(region.coach.person), str(region.client.person)):
        assert hidden not in answer.text


@pytest.mark.parametrize("who", ["stranger", "boss", "friend"])
def test_who_does_not_see_choices_finds_none(chosen, who):
    region, decision, _ = chosen
    asker = getattr(region, who)
    found = context(region, asker, decision)
    other = context(region, asker, uuid4())
    assert found.status_code == other.status_code == 404
    assert found.content == other.content


def test_rubbish_is_not_there(chosen):
    region, _, _ = chosen
    for wrong in ("1", "%00", "x" * 300):
        assert context(region, region.coach, wrong).status_code == 404


def test_who_took_part_in_a_choice_reads_it_and_no_other(own_region):
    region = own_region
    manager = region.somebody("Ank", "Smulders", Role.CLIENT_MANAGER)
    joins = {"person": manager.person, "role": "client_manager"}
    assert region.say(region.coach, "add-team-member", **joins).status_code == 201

    def choose(*took_part):
        parts = [
            {"role": role, "person": str(person), "took_part": how}
            for role, person, how in took_part
        ]
        made = region.say(
            region.coach,
            "record-decision",
            question="Wachten we met zoeken?",
            client_want="eerst mijn schulden",
            choice="ja, drie maanden",
            rationale="Noor kiest zelf de volgorde",
            review_on="2026-06-01",
            participants=parts,
        )
        assert made.status_code == 201, made.text
        return made.json()["entries"][0]

    friend = ("network_member", region.friend.person, "consulted")
    theirs = choose(("client_manager", manager.person, "present"), friend)
    choose(("client_manager", manager.person, "not_asked"))
    choose(("care_worker", region.carer.person, "present"))
    for who in (manager, region.friend):
        read = [each for each in region.entries(who) if each["type"] == "trust.decided.v1"]
        assert [each["id"] for each in read] == [theirs]
        assert read[0]["text"]["client_want"] == "eerst mijn schulden"
        state = {each["type"] for each in region.see(who).json()["standing"]}
        assert "trust.decided.v1" in state


CHOICE = {
    "question": "Wachten we met zoeken?",
    "client_want": "meteen beginnen",
    "choice": "drie maanden wachten",
    "rationale": "eerst rust",
    "review_on": "2026-06-01",
}
AGAINST = "ik wil nu beginnen"


def disagreed(region):
    """A choice that the client is against, said with it and again in an entry of its own."""
    decision = uuid4()
    parts = [
        {"role": "job_coach", "took_part": "present", "agreement": "agree"},
        {"role": "client", "took_part": "present", "agreement": "disagree", "words": AGAINST},
    ]
    made = region.say(
        region.coach, "record-decision", **CHOICE, decision=decision, participants=parts
    )
    assert made.status_code == 201, made.text
    said = {"decision": decision, "text": "nog steeds niet", "by": "client"}
    noted = region.say(region.coach, "record-dissent", **said)
    assert noted.status_code == 201, noted.text
    return decision, made.json()["entries"][0], noted.json()["entries"][0]


def reads(region, who, decision):
    """Give the choice in each of the reads that show it."""
    chosen = {"trust.decided.v1", "trust.revised.v1"}
    listed = {
        "timeline": region.see(who, "/timeline").json()["entries"],
        "state": region.see(who).json()["standing"],
        "choices": region.see(who, "/trust-decisions").json()["decisions"],
        "context": [context(region, who, decision).json()["decision"]],
        "handover": region.see(who, "/handover").json().get("decisions", []),
    }
    return {
        name: [e for e in entries if e["type"] in chosen and e["fields"]["decision"] == decision]
        for name, entries in listed.items()
    }


def test_a_client_who_disagrees_is_shown_first_wherever_the_choice_is(own_region):
    region = own_region
    decision, made, noted = disagreed(region)
    found = reads(region, region.coach, str(decision))
    for name, entries in found.items():
        (entry,) = entries
        assert next(iter(entry)) == "objections", f"{name}: before all else of it"
        told = [(each["by"], each["words"], each["entry"]) for each in entry["objections"]]
        assert told == [("client", AGAINST, made), ("client", "nog steeds niet", noted)], name
        assert entry["objections"][0]["sentence"] == "De cliënt is het niet eens met deze keuze."
        since = [False, name == "context"]
        assert [each["since"] for each in entry["objections"]] == since, "told that it came later"
    others = [e for e in region.entries(region.coach) if not e["type"].startswith("trust.")]
    assert others
    assert not any("objections" in each for each in others)


def test_it_stays_with_the_choice_that_revises_it_until_the_client_agrees(own_region):
    region = own_region
    decision, made, _ = disagreed(region)
    second, third = uuid4(), uuid4()
    again = region.say(region.coach, "revise-decision", **CHOICE, decision=second, revises=decision)
    assert again.status_code == 201, again.text
    for name, entries in reads(region, region.coach, str(second)).items():
        (entry,) = entries
        first = entry["objections"][0]
        assert (first["words"], first["decision"], first["entry"]) == (AGAINST, str(decision), made)
        assert "hiermee herzien" in first["sentence"], name
    checks = region.see(region.coach, "/checks").json()["checks"]
    flagged = {e["entries"][0]: e for e in checks if e["name"] == "client_agrees"}
    assert {each["holds"] for each in flagged.values()} == {False}
    assert made in flagged[again.json()["entries"][0]]["entries"]
    parts = [{"role": "client", "took_part": "present", "agreement": "agree"}]
    last = region.say(
        *(region.coach, "revise-decision"),
        **{**CHOICE, "decision": third, "revises": second, "participants": parts},
    )
    assert last.status_code == 201, last.text
    for entries in reads(region, region.coach, str(third)).values():
        assert [entry["objections"] for entry in entries] == [[]]
    checks = region.see(region.coach, "/checks").json()["checks"]
    agreed = [
        e["holds"]
        for e in checks
        if e["entries"][0] == last.json()["entries"][0] and e["name"] == "client_agrees"
    ]
    assert agreed == [True]


def test_who_reads_no_words_of_a_choice_hears_no_words_against_it(own_region):
    region = own_region
    officer = region.somebody("Pia", "Kok", Role.PRIVACY_OFFICER)
    decision, _, noted = disagreed(region)
    entry = next(e for e in region.entries(officer) if e["type"] == "trust.decided.v1")
    assert [(e["by"], e["words"], e["entry"]) for e in entry["objections"]] == [
        ("client", None, noted)
    ]
    # What was said with the choice an auditor reads before judging, what was said since after it.
    region.sampled(region.trajectory)
    found = reads(region, region.auditor, str(decision))
    assert found.pop("handover") == [], "not theirs to read"
    for name, entries in found.items():
        assert [[each["words"] for each in e["objections"]] for e in entries] == [[AGAINST]], name
    flagged = [
        each["holds"]
        for each in region.see(region.auditor, "/checks").json()["checks"]
        if each["name"] == "client_agrees"
    ]
    assert flagged == [False]


def test_somebody_close_speaks_of_the_choices_they_took_part_in_and_knows_of_no_other(own_region):
    region = own_region
    theirs, others = uuid4(), uuid4()
    part = {"role": "network_member", "person": str(region.friend.person), "took_part": "present"}
    given = {"decision": theirs, "participants": [part]}
    assert region.say(region.coach, "record-decision", **CHOICE, **given).status_code == 201
    made = region.say(region.coach, "record-decision", **CHOICE, decision=others)
    assert made.status_code == 201
    said = {"text": "ik zie dat anders"}
    note = region.say(region.friend, "record-dissent", decision=theirs, **said)
    assert note.status_code == 201, note.text
    known = region.say(region.friend, "record-dissent", decision=others, **said)
    unknown = region.say(region.friend, "record-dissent", decision=uuid4(), **said)
    assert known.status_code == unknown.status_code == 422
    assert known.content == unknown.content
    mine = {"decision": theirs, "by": "client", **said}
    assert "om het te noteren" in region.say(region.friend, "record-dissent", **mine).text

"""One entry that the client sends to who pays: that one is read, until the client takes it back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role

TOLD = "we liepen langs de haven en ze vertelde over haar broer"
KEPT = "dit blijft tussen ons twee"
SECRET = "haar zus belde en wil niet dat het verder gaat"
ALONG = "lees dit, dan begrijp je mijn maand"
PAYS = (Role.CLIENT_MANAGER, Role.LABOUR_EXPERT, Role.BENEFITS_ADVISER)
READS = ("", "/timeline", "/audit-trail", "/support", "/trust-decisions", "/checks", "/access")


class Sent:
    """A client with two contacts noted, and somebody who pays on the team."""

    def __init__(self, region, role=Role.CLIENT_MANAGER):
        self.region = region
        self.payer = region.somebody("Ank", "Post", role)
        self.other = region.somebody("Wil", "Post", role)
        for who in (self.payer, self.other):
            added = {"person": who.person, "role": role, "organisation": who.organisation}
            region.said(region.coach, region.trajectory, "add-team-member", **added)
        self.entry = self.contact(TOLD, in_confidence=SECRET)
        self.kept = self.contact(KEPT)
        self.sending = uuid4()

    def contact(self, text, **more):
        said = self.region.said(
            self.region.coach, self.region.trajectory, "log-contact", mode="walk", text=text, **more
        )
        return said["entries"][0]

    def send(self, who=None, **given):
        asked = {"sending": self.sending, "entry": self.entry, "recipient": self.payer.person}
        asked = {**asked, "words": ALONG, **given}
        return self.region.say(who or self.region.client, "send-entry", **asked)

    def stop(self):
        return self.region.say(self.region.client, "stop-sending-entry", sending=self.sending)

    def answers(self, who, **asked):
        found = {what: self.region.see(who, what, **asked) for what in READS}
        return {what: each for what, each in found.items() if each.status_code == 200}

    def where(self, who, text, **asked):
        return {what for what, each in self.answers(who, **asked).items() if text in each.text}


@pytest.fixture
def sent(own_region):
    return Sent(own_region)


@pytest.mark.parametrize("role", PAYS)
def test_that_one_is_read_and_no_other_and_when_it_stops_nothing_is_left(own_region, role):
    sent = Sent(own_region, role)
    region, payer = sent.region, sent.payer
    before = {what: each.content for what, each in sent.answers(payer).items()}
    others = {what: each.json() for what, each in sent.answers(sent.other).items()}
    assert sent.send().status_code == 201

    assert sent.where(payer, TOLD) == {"/timeline", "/audit-trail"}
    assert sent.where(payer, ALONG) == {"", "/timeline", "/audit-trail"}
    (entry,) = (each for each in region.entries(payer) if each["id"] == sent.entry)
    assert entry["text"] == {"text": TOLD}
    (told,) = (each for each in region.entries(payer) if each["type"] == "entry.sent.v1")
    assert told["sentence"].startswith("Notitie gestuurd naar Ank Post (")
    assert (told["fields"]["entry"], told["text"]) == (sent.entry, {"words": ALONG})
    page = region.entries(payer, categories="H")
    assert [each["id"] for each in page] == [sent.entry]
    assert region.entries(payer, categories="D") == []
    for text in (KEPT, SECRET):
        assert not sent.where(payer, text)
    now = {what: each.json() for what, each in sent.answers(sent.other).items()}
    assert now == others

    assert sent.stop().status_code == 201
    assert {what: each.content for what, each in sent.answers(payer).items()} == before
    assert sent.stop().status_code == 200  # nothing more to stop
    assert sent.send().status_code == 200  # nor does the same request open it anew
    assert not sent.where(payer, TOLD)


def test_facts_are_as_of_then_and_the_right_is_of_now(sent):
    region, payer = sent.region, sent.payer
    now = region.services.now()
    sent.send()
    body = next(e for e in region.entries(region.coach) if e["id"] == sent.entry)
    better = {**body["fields"], **body["text"], "text": "we liepen langs de haven"}
    corrected = {"entry": sent.entry, "reason": "een woord te veel", "body": better}
    asked = region.say(region.coach, "correct-entry", **corrected)
    assert asked.status_code == 201, asked.text

    (entry,) = (each for each in region.entries(payer) if each["id"] == sent.entry)
    assert entry["text"] == {"text": "we liepen langs de haven"}
    assert "een woord te veel" not in region.see(payer, "/audit-trail").text
    then = {"known_at": (now + timedelta(milliseconds=1)).isoformat()}
    (entry,) = (each for each in region.entries(payer, **then) if each["id"] == sent.entry)
    assert entry["text"] == {"text": TOLD}
    assert ALONG not in region.see(payer, "/timeline", **then).text  # not sent yet
    assert ALONG not in region.see(payer, **then).text
    sent.stop()
    assert not sent.where(payer, TOLD, **then)
    assert [each["id"] for each in region.entries(payer, **then) if each["category"] == "H"] == []


def test_it_stays_shielded_and_the_statement_of_the_client_goes_along(sent):
    region, payer = sent.region, sent.payer
    sent.send()
    region.said(
        region.client, region.trajectory, "add-client-statement", about=sent.entry, text="klopt"
    )
    (entry,) = (each for each in region.entries(payer) if each["id"] == sent.entry)
    assert [each["text"] for each in entry["statements"]] == ["klopt"]
    region.said(region.client, region.trajectory, "shield-entry", entry=sent.entry)
    assert not sent.where(payer, TOLD) | sent.where(payer, ALONG) | sent.where(payer, "klopt")
    sent.sending = uuid4()
    assert "afgeschermd" in sent.send(recipient=sent.other.person).json()["detail"]


def test_who_leaves_the_team_or_loses_the_role_reads_it_no_more(sent):
    region, payer = sent.region, sent.payer
    sent.send()
    region.said(region.coach, region.trajectory, "remove-team-member", person=payer.person)
    assert region.see(payer, "/timeline").status_code == 404
    (line,) = (
        e for e in region.see(region.client, "/sharing").json()["sharing"] if e["kind"] == "sent"
    )
    assert "ziet die niet" in line["sentence"]


def test_the_client_reads_what_is_sent_to_whom_and_stops_it_from_there(sent):
    region = sent.region
    sent.send()

    def lines(who, language="nl"):
        headers = {"Accept-Language": language}
        answer = region.get(who, f"trajectories/{region.trajectory}/sharing", headers)
        return [each for each in answer.json()["sharing"] if each["kind"] == "sent"]

    (line,) = lines(region.client)
    assert line["sentence"].startswith(
        "Je stuurde Ank Post één notitie. Die ziet Ank Post, en verder niets van die soort."
    )
    assert line["entry"] == sent.entry
    # The payer's public task is no ground: it is the client's own act (reference 0.1).
    assert (line["purpose"], line["legal_basis"]) == ("wat je zelf wilt laten weten", "toestemming")
    assert "Doel: wat je zelf wilt laten weten. Grond: toestemming." in line["sentence"]
    assert "geen bericht" in line["stop"]["told"]
    assert lines(region.client, "en")[0]["sentence"].startswith("You sent Ank Post one entry.")
    stop = line["stop"]
    assert region.say(region.client, stop["command"], **stop["body"]).status_code == 201
    assert not lines(region.client)
    assert not sent.where(sent.payer, TOLD)
    sent.sending = uuid4()
    assert sent.send(purpose="find_work").status_code == 201
    (line,) = lines(region.client)
    assert (line["purpose"], line["legal_basis"]) == ("werk vinden", "toestemming")
    (told,) = (e for e in region.entries(sent.payer) if e["type"] == "entry.sent.v1")
    assert told["sentence"].endswith("; doel: werk vinden")
    assert (told["fields"]["purpose"], told["fields"]["legal_basis"]) == ("find_work", "consent")
    assert sent.send(purpose="to_check_on_me").status_code == 422


def test_each_look_names_the_sending_by_which_more_was_seen(sent):
    region = sent.region

    def looked_by():
        days = region.see(region.client, "/access").json()["days"]
        return {each for day in days for look in day["looks"] for each in look["permissions"]}

    def checked(who):
        answer = region.see(who, "/checks").json()["checks"]
        return [each["holds"] for each in answer if each["name"] == "shared_by_permission"]

    region.entries(sent.payer)
    assert looked_by() == set()
    told = sent.send().json()["entries"]
    assert checked(region.client) == [None]
    region.entries(sent.payer)
    assert looked_by() == {str(sent.sending)}
    assert checked(region.client) == [True]
    assert checked(region.coach) == [None], "who looked is not theirs to hear of"
    back = sent.stop().json()["entries"]
    region.entries(sent.payer)
    assert looked_by() == {str(sent.sending)}
    (proof,) = (
        each["entries"]
        for each in region.see(region.client, "/checks").json()["checks"]
        if each["name"] == "shared_by_permission"
    )
    assert proof == told + back


def test_the_client_sees_as_the_reader_and_hears_that_they_looked(sent):
    region = sent.region
    sent.send()

    def preview():
        asked = {"person": sent.payer.person, "role": "client_manager"}
        return region.see(region.client, "/see-as", **asked).text

    assert TOLD in preview()
    assert KEPT not in preview()
    region.entries(sent.payer)
    assert "Je eigen team: 1 keer" in region.see(region.client, "/access").json()["summary"]
    query = "SELECT categories FROM log.access WHERE person = %s"
    with psycopg.connect(region.database("samenspoor_owner")) as owner:
        (looks,) = owner.execute(query, (sent.payer.person,)).fetchall()
    assert {*"CEH"} <= {*looks[0]}
    sent.stop()
    assert TOLD not in preview()


def test_the_client_who_represents_them_in_that_row_or_the_coach_sends(sent):
    """Since ADR 0020 also the coach, whom the rule asks for the day of the client's yes."""
    region = sent.region
    for who in (region.carer, region.friend, sent.payer):
        assert sent.send(who, said_yes_on="2026-03-10").status_code == 403
    assert sent.send(region.stranger, said_yes_on="2026-03-10").status_code == 404
    refused = sent.send(region.coach)
    assert refused.status_code == 422
    assert "op welke dag de cliënt ja zei" in refused.json()["detail"]
    for categories, status in ((["C"], 422), (["C", "H"], 201)):
        truus = region.person("Truus", "Bakker")
        mandate = {"person": truus, "kind": "power_of_attorney", "categories": categories}
        region.said(region.client, region.trajectory, "note-mandate", **mandate)
        speaks = type(region.client)(truus, Role.LEGAL_REPRESENTATIVE)
        assert sent.send(speaks).status_code == status


def test_by_a_yes_that_the_coach_noted_the_same_is_read_and_the_client_stops_it(sent):
    region, payer = sent.region, sent.payer
    before = {what: each.content for what, each in sent.answers(payer).items()}
    assert sent.send(region.coach, said_yes_on="2026-03-10").status_code == 201
    assert sent.where(payer, TOLD) == {"/timeline", "/audit-trail"}
    for text in (KEPT, SECRET):
        assert not sent.where(payer, text)
    (told,) = (e for e in region.entries(region.client) if e["type"] == "entry.sent.v1")
    assert told["by"]["name"] == "Sam de Wit"
    assert told["sentence"].endswith("; je zei ja op 10 maart 2026")
    page = region.see(region.client, "/sharing").json()["sharing"]
    (line,) = (each for each in page if each["kind"] == "sent")
    assert line["lead"].startswith("Je zei op 10 maart 2026 ja tegen Sam de Wit. Ank Post ziet")
    assert line["legal_basis"] == "toestemming"

    assert sent.stop().status_code == 201
    assert {what: each.content for what, each in sent.answers(payer).items()} == before
    again = {"sending": uuid4(), "said_yes_on": "2026-03-10"}
    refused = sent.send(region.coach, **again)
    assert refused.status_code == 422
    assert "Opnieuw delen doet de cliënt zelf" in refused.json()["detail"]
    assert sent.send(sending=uuid4()).status_code == 201


def test_the_coach_stops_what_was_noted_of_a_yes_and_not_what_the_client_sent(sent):
    region = sent.region
    sent.send()
    refused = region.say(region.coach, "stop-sending-entry", sending=sent.sending)
    assert refused.status_code == 422
    page = region.see(region.coach, "/sharing").json()["sharing"]
    assert [e["stop"]["command"] for e in page if e["kind"] == "sent"] == [None]
    sent.stop()
    other = {"sending": uuid4(), "entry": sent.kept, "said_yes_on": "2026-03-10"}
    assert sent.send(region.coach, **other).status_code == 201
    page = region.see(region.coach, "/sharing").json()["sharing"]
    (line,) = (each for each in page if each["kind"] == "sent")
    assert line["stop"]["command"] == "stop-sending-entry"
    stop = region.say(region.coach, "stop-sending-entry", sending=other["sending"])
    assert stop.status_code == 201
    assert not sent.where(sent.payer, KEPT)


def test_the_coach_notes_no_yes_to_what_they_do_not_see(sent):
    region = sent.region
    hidden = region.said(
        region.carer, region.trajectory, "log-contact", mode="walk", text="tussen ons"
    )["entries"][0]
    region.said(region.client, region.trajectory, "shield-entry", entry=hidden)
    asked = {"sending": uuid4(), "said_yes_on": "2026-03-10"}
    refused = sent.send(region.coach, entry=hidden, **asked)
    nothing = sent.send(region.coach, entry=uuid4(), **asked)
    assert refused.status_code == nothing.status_code == 422
    assert refused.json()["detail"] == nothing.json()["detail"]


def test_to_an_employer_or_nobody_and_of_nothing_at_all_is_refused(sent):
    region = sent.region
    answers = [
        sent.send(recipient=each).json()["detail"]
        for each in (region.boss.person, region.coach.person, region.stranger.person)
    ]
    assert len(set(answers)) == 1
    assert "klantmanager, arbeidsdeskundige of inkomensadviseur" in answers[0]
    for nobody in (region.bakery, uuid4()):
        assert "hier niet bekend" in sent.send(recipient=nobody).json()["detail"]
    assert "staat er niet" in sent.send(entry=uuid4()).json()["detail"]
    first = region.entries(region.client)[-1]["id"]
    assert "Je kunt een steuncontact sturen" in sent.send(entry=first).json()["detail"]
    assert not sent.where(sent.payer, TOLD)


def test_sent_to_who_reads_by_a_permission_it_goes_with_the_permission(sent):
    region, permission = sent.region, uuid4()
    expert = region.somebody("Ria", "Kok", Role.LABOUR_EXPERT)
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=expert.person,
        recipient_kind="person",
        purpose="income",
        categories=["F"],
        legal_basis="public_task",
    )
    assert sent.send(recipient=expert.person).status_code == 201
    assert sent.where(expert, TOLD)
    region.said(region.client, region.trajectory, "withdraw-permission", permission=permission)
    assert region.see(expert, "/timeline").status_code == 404

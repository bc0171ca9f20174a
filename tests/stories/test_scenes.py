"""Scenes that must come out well, each over the public API; others stand with their topic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.roles import Role

SATURDAY, SUNDAY, MONDAY = (datetime(2026, 3, day, 10, tzinfo=UTC) for day in (14, 15, 16))
YESTERDAY = datetime(2026, 4, 13, 10, tzinfo=UTC)
TODAY = datetime(2026, 4, 14, 10, tzinfo=UTC)
SAID = "wil eerst rust, zei ze aan de telefoon"


@pytest.fixture
def at(own_region, monkeypatch):
    """Let it be another moment for everybody."""
    return lambda moment: monkeypatch.setattr(own_region.services.handler, "now", lambda: moment)


def prompted(region, *who):
    """Name the roles of those who are asked today to contact this client."""
    asked = {each.role: region.get(each, "today").json()["due"] for each in who or (region.coach,)}
    return {
        role
        for role, due in asked.items()
        if str(region.trajectory) in {each["trajectory"] for each in due}
    }


def overdue(region, who):
    """Say whether their list of clients says that a contact is due, or that it is quiet."""
    cases = region.get(who, "caseload").json()["cases"]
    (case,) = (each for each in cases if each["trajectory"] == str(region.trajectory))
    due = case.get("next") and case["next"]["on"] <= region.services.today().isoformat()
    return bool(due) or case.get("quiet", False)


def worked(region):
    placed = region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    return next(
        each["fields"]["placement"]
        for each in region.entries(region.coach)
        if each["id"] == placed["entries"][0]
    )


@pytest.mark.parametrize("to", ["person", "organisation"])
def test_a_permission_withdrawn_yesterday_and_the_auditor_does_not_find_that_text(
    own_region, at, to
):
    region, decision, permission = own_region, uuid4(), uuid4()
    auditor = region.auditor
    noted = region.said(region.coach, region.trajectory, "log-contact", mode="phone", text=SAID)
    region.said(
        region.coach,
        region.trajectory,
        "record-decision",
        decision=decision,
        question="Wachten we met zoeken?",
        client_want="eerst rust",
        choice="ja, drie maanden",
        rationale="Noor kiest zelf de volgorde",
        review_on="2026-06-01",
        based_on=noted["entries"],
    )
    region.sampled(region.trajectory)
    region.projector.catch_up()

    context = f"/trust-decisions/{decision}/context"
    then = {"known_at": (YESTERDAY - timedelta(days=1)).isoformat()}
    as_known = ("", "/timeline", "/trust-decisions")
    reads = [(what, {}) for what in (*as_known, context, "/audit-trail", "/checks")]
    reads += [(what, then) for what in as_known]

    def told():
        """Open everything around the choice of last month, and say where the text is."""
        answers = [region.see(auditor, what, **params) for what, params in reads]
        assert {each.status_code for each in answers} == {200}
        return [each for each, found in zip(reads, answers, strict=True) if SAID in found.text]

    def choice():
        return region.see(auditor, context).json()["decision"]["text"]["client_want"]

    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=auditor.person if to == "person" else auditor.organisation,
        recipient_kind=to,
        purpose="audit",
        categories=["H"],
        legal_basis="consent",
    )
    at(YESTERDAY)
    without = {"/trust-decisions", "/checks"}  # the choice, and what can be checked, quote nobody
    assert told() == [each for each in reads if each[0] not in without]
    region.said(region.client, region.trajectory, "withdraw-permission", permission=permission)
    assert told() == []
    at(TODAY)
    assert told() == []
    assert choice() == "eerst rust", "the choice itself is read as it was"


def test_what_the_client_allows_for_their_care_opens_nothing_to_an_auditor_there(own_region):
    region = own_region
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text=SAID)
    region.sampled(region.trajectory)
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        recipient=region.auditor.organisation,
        recipient_kind="organisation",
        purpose="care",
        categories=["H"],
        legal_basis="consent",
    )
    assert SAID not in region.see(region.auditor, "/timeline").text
    assert SAID in region.see(region.carer, "/timeline").text


def test_left_in_peace_until_monday_nobody_is_prompted_on_saturday(own_region, at):
    region = own_region
    lead = region.somebody("Leonie", "Vos", Role.TEAM_LEAD)
    everybody = (region.coach, region.carer, region.client, lead)
    worked(region)  # support around a job is due within days
    at(SATURDAY)
    asked = prompted(region, *everybody)
    assert asked == {Role.JOB_COACH, Role.CARE_WORKER}
    assert overdue(region, region.coach)
    region.said(region.client, region.trajectory, "leave-in-peace", until="2026-03-16")
    for day in (SATURDAY, SUNDAY):
        at(day)
        assert prompted(region, *everybody) == set(), day
        for who in (region.coach, region.carer, lead):
            assert not overdue(region, who), (who.role, day)
        support = region.see(region.coach, "/support").json()
        assert support["peace_until"] == "2026-03-16"
    at(MONDAY)
    assert prompted(region, *everybody) == asked
    assert overdue(region, region.coach)
    assert region.see(region.coach, "/support").json()["peace_until"] is None


def test_of_an_ended_job_the_employer_sees_that_it_ended_and_then_nothing(own_region):
    region = own_region
    placement = worked(region)
    assert [e["type"] for e in region.entries(region.boss)] == ["job.started.v1"]
    region.said(
        region.coach,
        region.trajectory,
        "end-placement",
        placement=placement,
        occurred_on="2026-03-09",
        reason="own_choice",
    )
    assert [e["type"] for e in region.entries(region.boss)] == ["job.ended.v1"]
    ended = ("broodbakker", "own_choice", "eigen keuze", "2026-03-02", "hours_per")
    whole = region.see(region.client, "/timeline").text
    assert all(gone in whole for gone in ended), "all of it is there for the client"
    for what in ("", "/timeline", "/audit-trail"):
        told = region.see(region.boss, what).text
        for gone in ended:
            assert gone not in told.replace("2026-03-10", "").replace(str(placement), ""), what
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text="later")
    assert [e["type"] for e in region.entries(region.boss)] == ["job.ended.v1"]


def test_a_relative_who_is_removed_simply_no_longer_sees_anything(own_region):
    region = own_region
    assert region.see(region.friend).status_code == 200
    assert len(region.get(region.friend, "me").json()["trajectories"]) == 1
    region.said(
        region.client, region.trajectory, "remove-network-member", person=region.friend.person
    )
    gone = region.see(region.friend)
    stranger = region.see(region.stranger)
    assert (gone.status_code, gone.content) == (404, stranger.content)
    assert region.get(region.friend, "me").json()["trajectories"] == []


def test_who_comes_back_finds_the_old_profile_and_is_asked_nothing_again(own_region):
    region = own_region
    region.said(
        region.client,
        region.trajectory,
        "write-profile",
        skills=["brood bakken"],
        experience="tien jaar in de bakkerij van mijn oom",
    )
    region.said(region.client, region.trajectory, "state-preferences", job_types=["bakker"])
    region.said(region.coach, region.trajectory, "close-trajectory", reason="client_wish")
    assert "offered" not in region.see(region.client).json()

    back = region.said(region.client, region.trajectory, "re-enter", channel="self")
    assert len(back["entries"]) == 1
    told = "Dit heb je eerder verteld. Klopt het nog? Dan hoef je niets opnieuw te vertellen."
    assert back["offered"] == {"told": told, "slots": ["profile", "preferences"]}
    again = region.said(region.client, region.trajectory, "re-enter", channel="self")
    assert (again["entries"], again["offered"]) == ([], back["offered"])

    seen = region.see(region.client).json()
    assert seen["offered"] == back["offered"]
    standing = {e["slot"]: e for e in seen["standing"]}
    assert standing["profile"]["text"]["experience"] == "tien jaar in de bakkerij van mijn oom"
    assert standing["preferences"]["fields"]["job_types"] == ["bakker"]
    led = region.see(region.coach).json()["offered"]
    assert led["slots"] == ["profile", "preferences"]
    assert led["told"].endswith("vraag het niet opnieuw.")
    for who in (region.carer, region.friend):
        assert "offered" not in region.see(who).json(), "who writes no profile is offered none"

    started = region.said(
        region.coach,
        region.trajectory,
        "log-employer-contact",
        employer=region.bakery,
        mode="phone",
    )
    assert started["entries"], "the search goes on at once, without a new intake"

    region.said(region.client, region.trajectory, "write-profile", skills=["taart bakken"])
    for who in (region.client, region.coach):
        left = region.see(who).json()["offered"]["slots"]
        assert left == ["preferences"], "what was written since is how it is now"


def test_who_comes_back_and_told_nothing_before_is_offered_nothing(own_region):
    region = own_region
    region.said(region.coach, region.trajectory, "close-trajectory", reason="client_wish")
    back = region.said(region.client, region.trajectory, "re-enter", channel="self")
    assert "offered" not in back
    assert "offered" not in region.see(region.client).json()


def test_falling_scores_that_nobody_asked_to_watch_raise_nothing(own_region):
    region = own_region

    def told():
        """What the coach is told of this client, and is asked to do."""
        cases = region.get(region.coach, "caseload").json()["cases"]
        (case,) = (each for each in cases if each["trajectory"] == str(region.trajectory))
        return region.see(region.coach, "/support").json(), case, prompted(region)

    def own():
        found = region.see(region.client, "/wellbeing").json()
        return found["slope"], found["line"]

    before = told()
    for day, score in (("2026-02-09", 8), ("2026-02-23", 6), ("2026-03-09", 3)):
        region.said(
            region.client,
            region.trajectory,
            "score-wellbeing",
            score=score,
            occurred_on=day,
            late_reason="vergeten",
        )
    assert told() == before
    assert "wellbeing.scored.v1" not in {each["type"] for each in region.entries(region.coach)}
    assert region.see(region.coach, "/wellbeing").status_code == 404
    _, unwatched = own()
    assert unwatched.startswith("Er is niet gevraagd om mee te kijken; daarom staat er geen lijn.")
    assert own() == (None, unwatched)
    region.said(region.client, region.trajectory, "ask-to-watch")
    assert own() == (-2.5, "Een dalende lijn: -2,5 per keer")
    region.said(region.client, region.trajectory, "stop-watching")
    assert own() == (None, unwatched)


def test_a_programme_with_one_coach_shows_no_fidelity_figure(own_region):
    region = own_region
    lead, programme = region.somebody("Leonie", "Vos", Role.TEAM_LEAD), uuid4()
    other = region.somebody("Jo", "Mulder", Role.JOB_COACH)

    def said(command, **body):
        return region.post(lead, f"programmes/{programme}/{command}", body)

    def read(who):
        found = region.get(who, f"directory/{programme}")
        assert found.status_code == 200, found.text
        return {each["slot"]: each["fields"] for each in found.json()["standing"]}

    review = {"scale": "IPS-25, 2008", "reviewers": "Leerwerkplaats", "score": 101}
    assert said("found-programme", name="IPS Zuid", organisation=lead.organisation).is_success
    said("set-coach-capacity", coach=region.coach.person, fte=0.8)
    alone = said("log-fidelity-review", **review)
    assert alone.status_code == 422
    assert [each["field"] for each in alone.json()["errors"]] == ["score"]
    said("set-coach-capacity", coach=other.person, fte=1)
    assert said("log-fidelity-review", **review).status_code == 201
    for who in (lead, region.coach, other):
        assert read(who)["fidelity_review"]["score"] == 101
    before = region.get(lead, f"directory/{programme}").headers["etag"]

    assert said("set-coach-capacity", coach=other.person, fte=0).status_code == 201
    again = region.get(lead, f"directory/{programme}", {"If-None-Match": before})
    assert again.status_code == 200, "what was shown to two is no longer good"
    for who in (lead, region.coach, other):
        told = read(who)["fidelity_review"]
        assert "score" not in told
        assert told["reviewers"] == "Leerwerkplaats", "that they came stays to be seen"

    said("set-coach-capacity", coach=other.person, fte=0.5)
    assert read(lead)["fidelity_review"]["score"] == 101

"""Who no longer works there reads nothing more, and what they leave is forgotten by nobody."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import EndRole, GiveRole, RegisterOrganisation
from eventlog.entry import Actor

READS = ("", "/timeline", "/audit-trail", "/support", "/handover", "/sharing", "/access")


@pytest.mark.parametrize("who", ["coach", "carer"])
def test_whose_role_ended_reads_nothing_of_the_files_they_are_still_noted_on(own_region, who):
    region = own_region
    left, other = getattr(region, who), region.carer if who == "coach" else region.coach
    place = {"role": left.role, "organisation": region.world.organisation}
    region.said(other, region.trajectory, "log-contact", mode="phone", text="ging goed")

    def files(name):
        """Name what a list of theirs is about."""
        return [line["trajectory"] for line in region.get(left, name).json().get("cases", [])]

    assert region.see(left).status_code == 200
    assert files("caseload") == [str(region.trajectory)]
    assert region.get(left, f"directory/{region.client.person}").status_code == 200

    region.world.operator(left.person, EndRole(**place))
    region.projector.catch_up()
    nothing = region.get(left, f"trajectories/{uuid4()}")
    for what in READS:
        answer = region.see(left, what)
        assert (answer.status_code, answer.content) == (404, nothing.content), what
    assert region.get(left, f"directory/{region.client.person}").status_code == 404
    assert files("caseload") == []
    assert region.get(left, "me").json()["trajectories"] == []
    assert region.say(left, "log-contact", mode="phone", text="nog iets").status_code == 404
    assert region.see(other).status_code == 200, "of others it changes nothing"

    name = {"coach": "Sam de Wit", "carer": "Bo Öztürk"}[who]
    help_ = region.see(region.client, "/setback-help").json()["told"]
    assert name not in help_, "who reads nothing does not read a signal"
    chosen = region.say(region.client, "signal-setback", wants_reader=left.person)
    assert name not in chosen.json()["help"]["told"]
    shared = region.see(region.client, "/sharing").json()["sharing"]
    (line,) = [each for each in shared if each["person"] == str(left.person)]
    assert line["sentence"].startswith(f"{name} staat nog bij je team, maar werkt daar nu niet")
    assert line["sees"] == []

    region.world.operator(left.person, GiveRole(**place))
    assert region.see(left).status_code == 200


def test_a_file_without_a_coach_is_for_the_team_lead_where_the_last_one_worked(own_region):
    region = own_region
    where = region.world.organisation
    lead = region.somebody("Leonie", "Vos", Role.TEAM_LEAD)
    elsewhere = Actor(region.person("Ad", "Vos"), Role.TEAM_LEAD, uuid4())
    region.world.operator(elsewhere.organisation, RegisterOrganisation(name="Zuid", kind="care"))
    there = {"role": Role.TEAM_LEAD, "organisation": elsewhere.organisation}
    region.world.operator(elsewhere.person, GiveRole(**there))

    def case(who):
        """Find the file on somebody's caseload."""
        cases = region.get(who, "caseload").json()["cases"]
        return next((each for each in cases if each["trajectory"] == str(region.trajectory)), None)

    def led():
        """Find what the client is told of a team lead."""
        told = region.see(region.client, "/sharing").json()["sharing"]
        return [each["sentence"] for each in told if each["role"] == Role.TEAM_LEAD]

    before, sharing = region.see(lead).json()["standing"], led()
    assert before
    assert "needs_somebody" not in case(lead)
    left = region.say(region.coach, "remove-team-member", person=region.coach.person)
    assert left.status_code == 201, left.text

    nobody = "Er is hier geen jobcoach meer. Wie gaat er verder?"
    assert case(lead)["needs_somebody"] == case(region.carer)["needs_somebody"] == nobody
    assert case(lead)["name"] == "Noor van den Berg"
    now = region.see(lead).json()["standing"]
    assert {each["type"] for each in now} == {each["type"] for each in before}
    assert led() == sharing, "the client is told so as before"
    assert region.see(region.coach).status_code == 404
    assert case(region.coach) is None
    strange = region.get(elsewhere, f"trajectories/{uuid4()}")
    hidden = region.see(elsewhere)
    assert (hidden.status_code, hidden.content) == (404, strange.content)
    assert case(elsewhere) is None
    assert region.see(lead, "/support").status_code == 404, "no more than of any other file"
    assert region.say(lead, "log-contact", mode="phone").status_code == 403

    colleague = region.stranger
    added = {"person": colleague.person, "role": "job_coach", "organisation": where}
    covers = region.say(lead, "arrange-cover", person=lead.person, ends_on="2026-03-20")
    assert covers.status_code == 201, covers.text
    assert region.say(lead, "add-team-member", **added).status_code == 201
    for who in (lead, colleague, region.carer):
        assert "needs_somebody" not in case(who)
    assert region.see(colleague, "/handover").status_code == 200

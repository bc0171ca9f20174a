"""Who no longer works there reads nothing more."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.rules.people import EndRole, GiveRole

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

    region.world.operator(left.person, GiveRole(**place))
    assert region.see(left).status_code == 200

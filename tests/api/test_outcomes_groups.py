"""How many took part in peer groups: told with outcomes, to whom, and not of a few."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from api.signin import in_the_name_of
from domain.roles import Role
from domain.rules.people import RegisterOrganisation
from domain.rules.programme import DrawSample
from eventlog.entry import Actor
from tests.stories.cohort import Cohort

CAME, FIRST_QUARTER = "2025-10-01", "2026-03-31"
MAY, JULY = datetime(2026, 5, 5, 10, tzinfo=UTC), datetime(2026, 7, 7, 10, tzinfo=UTC)


@pytest.fixture
def gathered(own_region, monkeypatch):
    """Let so many of a programme's people meet, once in March and once in May; it is July now."""

    def at(moment):
        monkeypatch.setattr(own_region.services.handler, "now", lambda: moment)

    def gather(taking_part):
        region, group, organisation = own_region, uuid4(), uuid4()
        known = RegisterOrganisation(name="Zuid", kind="social_firm")
        region.world.operator(organisation, known)
        monkeypatch.setattr(region.world, "organisation", organisation)
        made = Cohort(region, region.somebody("Jan", "Vos", Role.JOB_COACH))
        come = made.begin(7, CAME, "self")
        made.ask(group, "start-peer-group", name="Maandaggroep", organisation=organisation)
        for each in come[:taking_part]:
            joins = {"person": each.client.person, "said_yes_on": "2026-03-10"}
            made.ask(group, "join-peer-group", **joins)
        made.ask(group, "log-session", topic="dagritme")
        made.tell()
        at(MAY)
        made.ask(group, "log-session", topic="dagritme")
        made.tell()
        at(JULY)
        return made

    return gather


def auditor_of(made):
    """Draw a sample of the programme for somebody who audits."""
    region = made.region
    auditor = region.somebody("Pat", "Kok", Role.AUDITOR)
    drawn = DrawSample(auditor=auditor.person, seed=1, trajectories=(made.people[0].trajectory,))
    region.world.operator(made.programme, drawn)
    region.projector.catch_up()
    return auditor


def counts(made, who, **period):
    found = made.outcomes(who, **period).get("peer_groups")
    return found and (found["groups"], found["sessions"], found["participants"])


def test_an_auditor_and_a_coach_are_told_how_many_and_nobody_else(own_region, gathered):
    made = gathered(6)
    auditor = auditor_of(made)
    assert counts(made, auditor) == (1, 2, 6)
    assert counts(made, auditor, until=FIRST_QUARTER) == (1, 1, 6)
    assert counts(made, made.coach) == (1, 2, 6)
    lead = own_region.somebody("Leonie", "Vos", Role.TEAM_LEAD)
    assert counts(made, lead) is None
    text = own_region.get(auditor, f"programmes/{made.programme}/outcomes").text
    assert "dagritme" not in text
    assert "Maandaggroep" not in text
    assert str(made.people[0].client.person) not in text


def test_of_a_few_an_auditor_is_told_nothing(gathered):
    made = gathered(2)
    assert counts(made, auditor_of(made)) == (None, None, None)
    assert counts(made, made.coach) == (1, 2, 2)


def test_groups_of_another_organisation_do_not_count(own_region, gathered):
    other = uuid4()
    made = gathered(6)
    own_region.world.operator(other, RegisterOrganisation(name="Elders", kind="social_firm"))
    made.ask(uuid4(), "start-peer-group", name="Dinsdaggroep", organisation=other)
    made.tell()
    assert counts(made, made.coach) == (1, 2, 6)


def test_the_wall_names_groups_to_who_reads_the_figures_alone(own_region, gathered):
    made = gathered(6)
    auditor, groups = auditor_of(made), own_region.services.views.outcomes.groups

    def named(who):
        with in_the_name_of(own_region.services, who):
            return len(groups(made.programme))

    assert named(auditor) == named(made.coach) == 1
    for who in (own_region.coach, own_region.auditor, Actor(uuid4(), Role.AUDITOR)):
        assert named(who) == 0
    assert groups(made.programme) == []

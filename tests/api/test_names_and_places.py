"""An id gives nobody a name, a place or a permission: a yes, a role or a tie does."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.employer import AddContactPerson, RegisterEmployer
from domain.rules.people import EndRole

RELATIVE = "Els"


def told(region, who):
    """Give all that somebody reads of the file, as text."""
    people = region.get(who, "directory/people").text
    return region.see(who).text + region.see(who, "/timeline", limit=100).text + people


def test_who_was_invited_is_named_once_they_joined(own_region):
    region = own_region
    client, friend = region.client, region.friend
    path = f"directory/{friend.person}"
    for who in (client, region.coach, region.carer):
        assert RELATIVE not in told(region, who)
        assert region.get(who, path).content == region.get(who, f"directory/{uuid4()}").content
    assert region.say(client, "join-network", person=friend.person).status_code == 403
    assert region.say(friend, "join-network", person=friend.person).status_code == 201
    for who in (client, region.coach, region.carer):
        assert RELATIVE in told(region, who)
        assert region.get(who, path).status_code == 200
    assert region.say(client, "remove-network-member", person=friend.person).status_code == 201
    assert region.get(client, path).status_code == 404


def test_nobody_is_on_a_team_in_a_role_that_they_do_not_hold(own_region):
    region = own_region
    stranger = {"person": region.person("Ali", "Öz"), "role": "job_broker"}
    refused = region.say(region.coach, "add-team-member", **stranger)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "person"
    carer = region.somebody("Bo", "Prins", Role.CARE_WORKER)
    other = {"person": carer.person, "role": "job_coach"}
    assert region.say(region.coach, "add-team-member", **other).status_code == 422
    elsewhere = {"person": carer.person, "role": "care_worker", "organisation": region.bakery}
    assert region.say(region.coach, "add-team-member", **elsewhere).status_code == 422
    own = {"person": carer.person, "role": "care_worker", "organisation": carer.organisation}
    assert region.say(region.coach, "add-team-member", **own).status_code == 201
    no_coordinator = {"person": stranger["person"]}
    assert region.say(region.client, "appoint-coordinator", **no_coordinator).status_code == 422
    assert "Ali" not in told(region, region.client)


def test_a_permission_ends_when_its_holder_leaves_the_organisation(own_region):
    region = own_region
    manager = region.somebody("Ank", "Smulders", Role.CLIENT_MANAGER)
    given = {
        "recipient": manager.person,
        "recipient_kind": "person",
        "purpose": "income",
        "categories": ["B", "F"],
        "legal_basis": "consent",
    }
    assert region.say(region.client, "grant-permission", **given).status_code == 201
    assert region.see(manager, "/timeline").status_code == 200
    end = EndRole(role=manager.role, organisation=manager.organisation)
    region.world.operator(manager.person, end)
    assert region.see(manager, "/timeline").status_code == 404


def test_employers_of_one_name_are_all_found_page_by_page(region):
    made = {str(region.employer("Slagerij Smit", region.person("Ad", "Smit"))) for _ in range(5)}
    region.projector.catch_up()
    found, cursor = [], {}
    for _ in range(5):
        page = region.get(region.coach, "directory/employers", name="slagerij", limit=1, **cursor)
        found += [each["employer"] for each in page.json()["employers"]]
        cursor = {"cursor": page.json()["next"]}
    assert cursor["cursor"] is None
    assert sorted(found) == sorted(made)


def test_to_an_employer_other_employers_are_not_there(own_region):
    region, mine = own_region, uuid4()
    region.world.operator(mine, RegisterEmployer(name="Slagerij Z", place="Haaren"))
    region.world.operator(mine, AddContactPerson(person=region.boss.person))
    region.projector.catch_up()

    def found(**how):
        page = region.get(region.boss, "directory/employers", name="slagerij", **how)
        return page.json()

    alone = [found(limit=limit) for limit in (1, 2, 3)]
    assert [each["name"] for each in alone[0]["employers"]] == ["Slagerij Z"]
    assert alone[0]["next"] is None
    for name in ("Slagerij A", "Slagerij B", "Slagerij ZZ"):
        region.world.operator(uuid4(), RegisterEmployer(name=name, place="Haaren"))
    region.projector.catch_up()
    assert [found(limit=limit) for limit in (1, 2, 3)] == alone


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_choice_is_asked_for_in_the_words_of_the_screen(region, language):
    path = f"trajectories/{region.trajectory}/log-contact"
    body = {"mode": "teleport", "worked_out": True}
    answer = region.http.post(
        f"/api/v1/{path}", json=body, headers=region.headers(region.coach, language)
    )
    detail = answer.json()["detail"]
    assert "'" not in detail
    assert {"nl": " of ", "en": " or "}[language] in detail
    assert {"nl": " or ", "en": " of: "}[language] not in detail.replace("one of: ", "")

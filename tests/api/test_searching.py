"""Before a new file is begun one looks for the person, and hears only of one's own people."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import SEARCHES_A_DAY, RegisterPerson

UNKNOWN = {"family_name": "Nergensbekend", "birth_year": 1987}


@pytest.fixture
def known(own_region):
    """One who is known here and one who is known elsewhere, by name and year of birth."""
    region = own_region
    region.mine, region.theirs = uuid4(), uuid4()
    for coach, who, family in (
        (region.coach, region.mine, "van der Öst"),
        (region.stranger, region.theirs, "el Idrissi"),
    ):
        asked = RegisterPerson(given_name="Mo", family_name=family, birth_year=1987)
        region.world.operator(who, asked)
        refer = {"client": who, "channel": "self"}
        region.said(coach, uuid4(), "refer", **refer)
    return region


def search(region, body, who=None):
    return region.post(who or region.coach, "directory/search", body)


@pytest.mark.parametrize("spelling", ["van der Öst", "Ost", "ÖST", "van  der ost"])
def test_ones_own_people_are_found_however_it_is_spelled(known, spelling):
    answer = search(known, {"family_name": spelling, "birth_year": 1987})
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["found"]
    assert (found["person"], found["name"]) == (str(known.mine), "Mo van der Öst")
    assert found["birth_year"] == 1987
    assert len(found["trajectories"]) == 1


def test_another_year_is_another_person_and_an_unknown_year_may_be_them(known):
    assert search(known, {"family_name": "Öst", "birth_year": 1988}).json()["found"] == []
    (noor,) = search(known, {"family_name": "Berg", "birth_year": 1990}).json()["found"]
    assert (noor["name"], noor["birth_year"]) == ("Noor van den Berg", None)


@pytest.mark.parametrize("name", ["el Idrissi", "Idrissi", "Nergensbekend", "x" * 200, "Vos"])
def test_known_elsewhere_and_known_nowhere_answer_byte_for_byte_alike(known, name):
    nowhere = search(known, UNKNOWN)
    told = search(known, {"family_name": name, "birth_year": 1987})
    assert (told.status_code, told.content) == (200, nowhere.content)
    assert _headers(told) == _headers(nowhere), "its length too"
    assert told.json()["found"] == []
    assert "Vraag het de persoon zelf" in told.json()["advice"]


def _headers(answer):
    return {name: value for name, value in answer.headers.items() if name != "request-id"}


def test_known_elsewhere_takes_the_same_questions_to_the_database(known, monkeypatch):
    """The same work and so the same time: what is asked does not depend on others' files."""
    database, asked = known.services.views.database, []
    rows = type(database).rows

    def counted(self, query, parameters, *more):
        asked.append((str(query), sorted(map(str, parameters.values()))))
        return rows(self, query, parameters, *more)

    monkeypatch.setattr(type(database), "rows", counted)
    search(known, UNKNOWN)
    nowhere, asked[:] = list(asked), []
    search(known, {"family_name": "el Idrissi", "birth_year": 1987})
    assert nowhere
    assert asked == nowhere


def test_it_is_for_who_refers_people(known):
    for who in (known.client, known.friend, known.boss, known.auditor):
        answer = search(known, UNKNOWN, who)
        assert answer.status_code == 403
    assert search(known, UNKNOWN, known.carer).status_code == 200
    manager = known.somebody("Ank", "Maas", Role.CLIENT_MANAGER)
    assert search(known, UNKNOWN, manager).status_code == 200
    assert known.http.post("/api/v1/directory/search", json=UNKNOWN).status_code == 401


def test_who_refers_finds_only_whom_they_know_by_name_already(known):
    """Somebody on a team, to whom the matrix names its client or not."""
    berg = {"family_name": "Berg", "birth_year": 1990}
    named = {Role.CLIENT_MANAGER: True, Role.PEER_WORKER: True, Role.JOB_BROKER: False}
    for role, finds in named.items():
        who = known.somebody("Ank", "Maas", role)
        assert search(known, berg, who).json()["found"] == []
        added = {"person": who.person, "role": role.value}
        known.said(known.coach, known.trajectory, "add-team-member", **added)
        found = search(known, berg, who).json()["found"]
        assert [each["name"] for each in found] == (["Noor van den Berg"] if finds else [])
        assert all(each["birth_year"] is None for each in found)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"family_name": "Öst"},
        {"family_name": "", "birth_year": 1987},
        {"family_name": "Öst", "birth_year": 12},
        {"family_name": "Öst", "birth_year": "1987"},
        {**UNKNOWN, "bsn": "1"},
    ],
)
def test_what_cannot_be_a_search_is_told(known, wrong):
    answer = search(known, wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["problem_nl"]


def test_nobody_tries_one_name_after_another(known, monkeypatch):
    coach = known.somebody("Za", "Nik", Role.JOB_COACH)
    for _ in range(SEARCHES_A_DAY):
        assert search(known, UNKNOWN, coach).status_code == 200
    told = [search(known, body, coach) for body in (UNKNOWN, {**UNKNOWN, "family_name": "Öst"})]
    assert [each.status_code for each in told] == [429, 429]
    assert "Morgen kan het weer" in told[0].json()["detail_nl"]
    assert search(known, UNKNOWN).status_code == 200, "of one person, not of all"
    tomorrow = known.services.now().replace(day=11)
    monkeypatch.setattr(known.services.handler, "now", lambda: tomorrow)
    assert search(known, UNKNOWN, coach).status_code == 200


def test_who_is_found_hears_that_somebody_looked_and_nobody_else_does(known):
    search(known, {"family_name": "Berg", "birth_year": 1990})
    (look,) = known.see(known.client, "/access").json()["days"][0]["looks"]
    assert (look["who"], look["views"]) == ("Sam de Wit", ["de mensen eromheen"])
    search(known, UNKNOWN)
    (again,) = known.see(known.client, "/access").json()["days"][0]["looks"]
    assert again["times"] == look["times"]


def test_no_name_stands_in_the_log_of_the_service(known, lines):
    search(known, {"family_name": "van der Öst", "birth_year": 1987})
    assert lines()
    assert not any("Öst" in str(each) or "1987" in str(each) for each in lines())


MO = {"given_name": "Mo", "family_name": "van der Öst", "birth_year": 1987}


def register(region, who=None, person=None, headers=None, **body):
    path = f"directory/{person or uuid4()}/register-person"
    return region.post(who or region.coach, path, {**MO, **body}, headers)


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"family_name": "ost"},
        {"given_name": "Mohammed"},
        {"birth_year": None},
        {"given_name": "Noor", "family_name": "van den Berg", "birth_year": 1990},
    ],
)
def test_nobody_of_ones_own_people_is_registered_a_second_time_without_a_word(known, again):
    before = known.count()
    told = register(known, **again)
    assert (told.status_code, told.json()["errors"][0]["field"]) == (422, "somebody_else")
    assert "Zoek eerst" in told.json()["detail_nl"]
    assert not any(each in told.text for each in ("Öst", "Noor", "Berg", str(known.mine)))
    assert known.count() == before
    assert register(known, **again, somebody_else=True).status_code == 201


@pytest.mark.parametrize(
    "other",
    [
        {"birth_year": 1988},
        {"given_name": "Mia", "birth_year": None},
        {"family_name": "el Idrissi"},
        {"family_name": "Nergensbekend"},
        {"family_name": None},
    ],
)
def test_known_elsewhere_known_nowhere_and_another_are_registered_alike(known, other):
    assert register(known, **other).status_code == 201


def test_each_hears_of_their_own_people_alone(known):
    assert register(known, known.stranger).status_code == 201
    assert register(known, known.stranger, family_name="el Idrissi").status_code == 422
    assert register(known, known.carer).status_code == 201, "of another file than this one"
    assert register(known, known.carer, family_name="Berg", birth_year=None).status_code == 201
    noor = {"given_name": "Noor", "family_name": "Berg", "birth_year": None}
    assert register(known, known.carer, **noor).status_code == 422


def test_who_was_registered_already_is_so_whoever_came_after(known):
    first, key = uuid4(), {"Idempotency-Key": "the-first"}
    stored = register(known, person=first, headers=key, birth_year=1950)
    known.said(known.coach, uuid4(), "refer", client=first, channel="self")
    second = uuid4()
    assert register(known, person=second, birth_year=1950).status_code == 422
    assert register(known, person=second, birth_year=1950, somebody_else=True).status_code == 201
    other = {"client": second, "channel": "self", "somebody_else": True}
    known.said(known.coach, uuid4(), "refer", **other)
    again = register(known, person=first, headers=key, birth_year=1950)
    assert again.json()["entries"] == stored.json()["entries"]


def test_what_one_may_not_begin_answers_as_ever_by_whatever_name(known):
    taken = [register(known, person=known.theirs, family_name=each) for each in ("Öst", "Ny")]
    assert taken[0].content == taken[1].content
    hidden = uuid4()
    known.world.operator(hidden, RegisterPerson(**MO))
    elsewhere = known.said(known.stranger, uuid4(), "refer", client=hidden, channel="self")
    assert elsewhere["entries"]
    path = f"trajectories/{uuid4()}/refer"
    told = [
        known.post(known.coach, path, {"client": each, "channel": "self"})
        for each in (hidden, known.theirs)
    ]
    assert [each.status_code for each in told] == [404, 404]
    assert told[0].content == told[1].content


def test_registered_twice_they_still_get_no_second_file_without_a_word(known):
    first, second = uuid4(), uuid4()
    for each in (first, second):
        assert register(known, person=each, birth_year=1950).status_code == 201, "no file yet"
    begin = {"client": first, "channel": "self"}
    known.said(known.coach, uuid4(), "refer", **begin)
    path = f"trajectories/{uuid4()}/refer"
    told = known.post(known.coach, path, {**begin, "client": second})
    assert (told.status_code, told.json()["errors"][0]["field"]) == (422, "somebody_else")
    other = known.post(known.coach, path, {**begin, "client": second, "somebody_else": True})
    assert other.status_code == 201
    again = known.post(known.coach, path, {**begin, "client": second})
    assert (again.status_code, again.json()["entries"]) == (200, [])
    elsewhere = f"trajectories/{uuid4()}/refer"
    for said in (begin, {**begin, "somebody_else": True}):
        second_file = known.post(known.coach, elsewhere, said)
        assert second_file.status_code == 422
        assert second_file.json()["errors"][0]["field"] == "client"
    assert "heeft al een dossier bij jou" in second_file.text

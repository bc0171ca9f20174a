"""By what somebody looked is kept with the look: asked, never written, and told in plain words."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Json

from domain.roles import Role

THEN = "2026-03-03T12:00:00+01:00"


def queries(region):
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute(
            "SELECT view, query FROM log.access WHERE trajectory = %s ORDER BY id",
            (region.trajectory,),
        ).fetchall()


def test_what_was_asked_stands_with_the_look_and_no_words(own_region):
    """NEN 7513 asks for event ids or the query (reference 7.4)."""
    region = own_region
    before = len(queries(region))
    page = region.see(region.coach, "/timeline", limit=1).json()
    for params in (
        {"known_at": THEN, "lane": "work", "categories": "A,B"},
        {"happened_until": "2026-03-01"},
        {"cursor": page["next"], "limit": 1},
    ):
        assert region.see(region.coach, "/timeline", **params).status_code == 200
    told = region.see(region.client, "/access", since="2026-03-01", until="2026-03-10")
    assert told.status_code == 200
    person = region.carer.person
    seen = region.see(region.client, "/see-as", person=str(person), role="care_worker")
    assert seen.status_code == 200
    entry = page["entries"][0]["id"]
    assert region.see(region.coach, f"/entries/{entry}/consequences").status_code == 200
    assert queries(region)[before:] == [
        ("timeline", {"limit": "1"}),
        ("timeline", {"known_at": THEN, "lane": "work", "categories": "A,B"}),
        ("timeline", {"happened_until": "2026-03-01"}),
        ("timeline", {"cursor": "yes", "limit": "1"}),
        ("access", {"since": "2026-03-01", "until": "2026-03-10"}),
        ("see_as", {"person": str(person), "role": "care_worker"}),
        ("consequences", {"entry": entry}),
    ]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "van den Berg", "name": "Noor"},
        {"lane": "work", "cursor": "x", "person": str(uuid4())},
    ],
)
def test_what_the_address_does_not_take_stands_nowhere(own_region, params):
    region = own_region
    assert region.see(region.coach, "/support", **params).status_code == 200
    assert queries(region)[-1] == ("support", {})


def test_of_a_page_stands_its_lane_and_not_what_it_was_opened_with(own_region):
    region = own_region
    token = region.headers(region.coach)["Authorization"].removeprefix("Bearer ")
    path = f"/traject/{region.trajectory}?baan=work&na=Noor&lang=nl"
    page = region.http.get(path, headers={"Cookie": f"samenspoor={token}"})
    assert page.status_code == 200
    assert queries(region)[-1] == ("timeline", {"lane": "work"})


def test_the_client_hears_in_plain_words_that_somebody_looked_back(own_region):
    region = own_region
    for params in (
        {},
        {"lane": "work"},
        {"known_at": THEN},
        {"known_at": "2026-03-02T23:30:00Z", "limit": 5},
        {"happened_until": "2026-02-28"},
        {"known_at": "2026-03-10T08:00:00Z"},  # as it was that day
    ):
        assert region.see(region.coach, "/timeline", **params).status_code == 200
    region.see(region.coach, "", known_at=THEN)
    found = region.see(region.client, "/access").json()
    assert found["summary"] == "Je eigen team: 7 keer. Niemand anders."
    ((told,),) = [day["looks"] for day in found["days"]]
    assert told["times"] == 7, "of one day they stay one line"
    assert sorted(told["views"]) == [
        "de tijdlijn",
        "de tijdlijn, wat er gebeurd was tot en met 28 februari 2026",
        "de tijdlijn, zoals het was op 3 maart 2026",
        "hoe het er nu voor staat, zoals het was op 3 maart 2026",
    ]
    assert "asked" not in told


def test_the_privacy_officer_reads_exactly_what_was_asked(own_region):
    region = own_region
    officer = region.somebody("Ine", "Prins", Role.PRIVACY_OFFICER)
    region.see(region.coach, "/timeline")
    region.see(region.coach, "/timeline", known_at=THEN, lane="care")
    found = region.see(officer, "/access").json()
    told = {each["role"]: each for day in found["days"] for each in day["looks"]}["job_coach"]
    assert told["times"] == 2
    assert told["asked"] == [{"view": "timeline", "known_at": THEN, "lane": "care"}]
    assert "de tijdlijn, zoals het was op 3 maart 2026" in told["views"]


def test_looks_of_before_it_was_kept_are_told_as_they_were(own_region):
    """An older service words no query: it is not known, and not that there was none."""
    region = own_region
    look = a_line(region)
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("SELECT log.note_access(%s)", (Json([look]),))
    assert queries(region)[-1] == ("timeline", None)
    ((told,),) = [day["looks"] for day in region.see(region.client, "/access").json()["days"]]
    assert told["views"] == ["de tijdlijn"]


def test_a_look_by_a_moment_that_no_day_here_has_is_told_without_it(own_region):
    region = own_region
    look = a_line(region) | {"query": {"known_at": "9999-12-31T23:59:59+00:00"}}
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("SELECT log.note_access(%s)", (Json([look]),))
    ((told,),) = [day["looks"] for day in region.see(region.client, "/access").json()["days"]]
    assert told["views"] == ["de tijdlijn"]


def a_line(region):
    ids = {"trajectory": region.trajectory, "person": region.coach.person, "request": uuid4()}
    return {
        **{name: str(each) for name, each in ids.items()},
        "role": "job_coach",
        "view": "timeline",
        "categories": "A",
        "basis": "team",
        "at": region.services.now().isoformat(),
    }

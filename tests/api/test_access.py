"""Who looked at a file: written before anything is shown, and read by the one it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from api.app import create_app
from api.openapi import described
from api.reading.looking import GROUNDS, VIEWS
from domain.policy import basis
from domain.roles import Role
from domain.rules.people import GiveRole
from eventlog.entry import Actor
from tests.spec import an_id

FILE = "/api/v1/trajectories/{id}"
SHOW_NO_FILE = {
    *("/livez", "/readyz", "/api/v1/openapi.json", "/api/v1/me", "/api/v1/demo/personas"),
    "/api/v1/directory/employers",
    "/traject/{id}/live",  # says that there is something to see to who sees it, and not what
    *("/", "/demo", "/demo/{persona}", "/{path:path}", "/help", "/toegankelijkheid"),
    *("/wachtrij", "/sw.js"),  # what a browser keeps is put in by that browser
    *("/werkgevers/nieuw", "/werkgevers/{id}/{form}"),  # what an employer is called, and where
    *("/groep", "/groep/begin", "/groep/{id}", "/groep/{id}/{form}"),  # a group opens no file
    *("/noodinzage", "/import"),  # what somebody is to type, and what they sent themselves
    "/agenda/{token}.ics",  # days and times, and not whose: see api/reading/agenda.py
}
"""Addresses that show nothing of anybody's file, or only what is one's own to know."""


def lines(region, trajectory=None):
    """Give (view, person, basis, categories) of what was written, in order."""
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute(
            "SELECT view, person, basis, categories, request FROM log.access"
            " WHERE trajectory = %s ORDER BY id",
            (trajectory or region.trajectory,),
        ).fetchall()


def looks(region, who, **params):
    return region.see(who, "/access", **params)


def test_every_address_says_what_it_shows_of_a_file(region):
    app = create_app(region.services)
    pages = {route.path for route in app.routes if "GET" in (getattr(route, "methods", None) or ())}
    asked = described(app)["paths"]
    paths = pages | {path for path, how in asked.items() if "get" in how}
    assert paths - SHOW_NO_FILE - set(VIEWS) == set()
    # A search shows files too, and is sent in a body; and a form that is shown again.
    there = paths | set(asked) | {getattr(route, "path", "") for route in app.routes}
    assert {path for path in VIEWS if not path.endswith("{form}")} - there == set()


@pytest.mark.parametrize(
    ("what", "view"),
    [
        ("", "state"),
        ("/timeline", "timeline"),
        ("/audit-trail", "audit_trail"),
        ("/support", "support"),
    ],
)
def test_a_read_is_written_down_with_what_gave_the_right(own_region, what, view):
    region = own_region
    before = len(lines(region))
    assert region.see(region.carer, what).status_code == 200
    ((seen, person, basis, categories, _),) = lines(region)[before:]
    assert (seen, person, basis) == (view, region.carer.person, "team")
    assert "A" in categories
    assert "I" not in categories  # wellbeing asks a permission


def test_an_unchanged_answer_is_a_read_too(own_region):
    region = own_region
    first = region.see(region.coach, "/timeline")
    before = len(lines(region))
    headers = {"If-None-Match": first.headers["etag"]}
    again = region.get(region.coach, f"trajectories/{region.trajectory}/timeline", headers)
    assert again.status_code == 304
    assert len(lines(region)) == before + 1


def test_lists_are_looks_at_each_file_in_them_and_strangers_leave_none(own_region):
    region = own_region
    before = len(lines(region))
    assert region.get(region.coach, "caseload").status_code == 200
    assert region.get(region.coach, "me").status_code == 200
    assert region.see(region.stranger, "/timeline").status_code == 404
    assert region.see(region.coach, "/timeline", cursor="x").status_code == 422
    assert [each[0] for each in lines(region)[before:]] == ["caseload", "timeline"]


def test_what_is_noted_is_no_look(own_region):
    region = own_region
    before = len(lines(region))
    tag = region.see(region.coach).headers["etag"]
    region.post(
        region.coach,
        f"trajectories/{region.trajectory}/pause",
        {"whose_wish": "client"},
        {"If-Match": tag},
    )
    assert [each[0] for each in lines(region)[before:]] == ["state"]


@pytest.mark.parametrize("what", ["", "/timeline", "/support"])
def test_what_cannot_be_written_down_is_not_shown(lone_region, what):
    region = lone_region
    assert region.see(region.coach, what).status_code == 200
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("ALTER TABLE log.access RENAME TO elsewhere")
    refused = region.see(region.coach, what)
    assert refused.status_code == 503
    assert "van den Berg" not in refused.text


@pytest.mark.parametrize("role", ["samenspoor_service", "samenspoor_owner"])
def test_a_line_stays_as_it_was_written(own_region, role):
    own_region.see(own_region.coach)
    for change in (
        "UPDATE log.access SET view = 'x'",
        "DELETE FROM log.access",
        "TRUNCATE log.access",
    ):
        with (
            psycopg.connect(own_region.database(role)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(change)
    with (
        psycopg.connect(own_region.database("samenspoor_service")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("INSERT INTO log.access (view) VALUES ('x')")


def test_the_client_reads_it_in_plain_words(own_region):
    region = own_region
    for _ in range(3):
        region.see(region.coach, "/timeline")
    region.see(region.carer)
    region.see(region.client)
    found = looks(region, region.client).json()
    assert found["summary"] == "Je eigen team: 4 keer. Niemand anders."
    (day,) = found["days"]
    assert day["day"] == "2026-03-10"
    told = {each["who"]: each for each in day["looks"]}
    assert told["Sam de Wit"]["times"] == 3
    assert told["Sam de Wit"]["views"] == ["de tijdlijn"]
    assert told["Bo Öztürk"]["label"] == "behandelaar"
    assert "Noor" not in " ".join(told)
    english = region.get(
        region.client,
        f"trajectories/{region.trajectory}/access",
        {"Accept-Language": "en"},
    ).json()
    assert english["summary"] == "Your own team: 4 times. Nobody else."


def test_what_was_on_other_days_is_not_denied(own_region, monkeypatch):
    region = own_region
    region.sampled(region.trajectory)
    region.see(region.auditor)
    region.see(region.client)

    def on(month, day):
        moment = datetime(2026, month, day, 9, tzinfo=UTC)
        monkeypatch.setattr(region.services.handler, "now", lambda: moment)

    on(6, 22)
    region.see(region.coach)
    found = looks(region, region.client).json()
    assert found["summary"] == (
        "Je eigen team: 1 keer. Niemand anders, van 24 maart 2026 tot en met 22 juni 2026. "
        "Ook op andere dagen is er gekeken; kies die dagen om dat te zien."
    )
    whole = looks(region, region.client, since="2026-03-01").json()["summary"]
    assert whole.startswith("Je eigen team: 1 keer. Anderen: 1 keer. Wil je weten wie")
    early = looks(region, region.client, since="2026-03-01", until="2026-03-31").json()["summary"]
    assert early.startswith("Je eigen team: 0 keer. Anderen: 1 keer, van 1 maart 2026 tot en met")


def test_of_a_file_of_long_ago_nobody_else_means_nobody_ever(own_region, monkeypatch):
    region = own_region
    region.see(region.client)
    moment = datetime(2027, 6, 22, 9, tzinfo=UTC)
    monkeypatch.setattr(region.services.handler, "now", lambda: moment)
    region.see(region.coach)
    found = looks(region, region.client).json()
    assert found["summary"] == "Je eigen team: 1 keer. Niemand anders."


def test_of_others_the_role_is_told_and_no_name(own_region):
    region = own_region
    region.sampled(region.trajectory)
    region.see(region.auditor)
    found = looks(region, region.client).json()
    assert found["summary"] == (
        "Je eigen team: 0 keer. Anderen: 1 keer. "
        "Wil je weten wie die anderen waren? Vraag het aan de privacyfunctionaris."
    )
    ((told,),) = [day["looks"] for day in found["days"]]
    assert (told["who"], told["role"], told["basis"]) == (None, "auditor", "sample")
    assert told["ground"] == "het dossier zit in een steekproef"
    assert "Jansen" not in looks(region, region.client).text


def test_one_request_that_shows_a_file_twice_counts_once(own_region):
    region = own_region
    region.see(region.coach, "/timeline")
    requests = [each[4] for each in lines(region)]
    assert len(requests) == len(set(requests))


def test_who_was_invited_reads_of_themselves_alone_and_others_of_nobody(own_region):
    region = own_region
    region.see(region.coach)
    region.see(region.friend)
    own = looks(region, region.friend).json()
    assert own["summary"] is None
    assert {each["role"] for day in own["days"] for each in day["looks"]} == {"network_member"}
    for who in (region.coach, region.carer, region.boss, region.stranger):
        assert looks(region, who).status_code == 404


def test_reading_who_looked_is_a_look_as_well(own_region):
    region = own_region
    before = len(lines(region))
    looks(region, region.client)
    assert [each[0] for each in lines(region)[before:]] == ["access"]


def test_a_period_is_asked_by_days(own_region):
    region = own_region
    region.see(region.coach)
    assert looks(region, region.client, since="2026-03-10").json()["days"]
    assert not looks(region, region.client, until="2026-03-09").json()["days"]
    for wrong in (
        {"since": "gisteren"},
        {"since": "2026-03-11"},
        {"since": "2020-01-01"},
        {"until": "2026-13-01"},
    ):
        assert looks(region, region.client, **wrong).status_code == 422


def test_the_client_says_that_it_surprises_them(own_region):
    region = own_region
    note = uuid4()
    asked = region.say(
        region.client,
        "question-access",
        note=note,
        day="2026-03-10",
        role="auditor",
        words="waarom?",
    )
    assert asked.status_code == 201, asked.text
    mine = [e for e in region.entries(region.client) if e["type"] == "access.questioned.v1"]
    assert [each["sentence"] for each in mine] == [
        "Dit verbaast mij: er is gekeken op 10 maart 2026 door auditor"
    ]
    assert not [e for e in region.entries(region.coach) if e["type"] == "access.questioned.v1"]
    assert region.say(region.coach, "question-access", day="2026-03-10").status_code == 403


def test_a_page_is_a_look_at_the_file_it_shows_and_at_no_other(own_region):
    region = own_region
    other = region.another()
    before, elsewhere = len(lines(region)), len(lines(region, other))
    token = region.headers(region.coach)["Authorization"].removeprefix("Bearer ")
    page = region.http.get(
        f"/traject/{region.trajectory}", headers={"Cookie": f"samenspoor={token}"}
    )
    assert page.status_code == 200, page.text
    assert len(lines(region)) == before + 1
    assert len(lines(region, other)) == elsewhere


def test_who_looks_a_client_up_looks_at_their_file(own_region):
    region = own_region
    before = len(lines(region))
    found = region.get(region.coach, f"directory/{region.client.person}")
    assert found.status_code == 200
    assert [each[0] for each in lines(region)[before:]] == ["people"]
    region.get(region.coach, f"directory/{region.carer.person}")
    region.get(region.client, f"directory/{region.client.person}")
    assert len(lines(region)) == before + 1


def test_where_nothing_is_shown_nobody_looked(own_region):
    region = own_region
    region.sampled(region.trajectory)
    before = len(lines(region))
    for who, what in (
        (region.coach, "/access"),
        (region.friend, "/support"),
        (region.auditor, "/setback-help"),
        (region.coach, f"/trust-decisions/{uuid4()}/context"),
    ):
        assert region.see(who, what).status_code == 404, what
    assert len(lines(region)) == before


def test_a_permission_is_no_team(own_region):
    region = own_region
    person = region.friend.person
    region.world.operator(
        person, GiveRole(role=Role.JOB_BROKER, organisation=region.world.organisation)
    )
    broker = Actor(person, Role.JOB_BROKER, region.world.organisation)
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        recipient=person,
        recipient_kind="person",
        purpose="find_work",
        categories=["D"],
        legal_basis="public_task",
    )
    assert region.see(broker, "/timeline").status_code == 200
    assert lines(region)[-1][2] == "permission"
    assert (
        looks(region, region.client)
        .json()["summary"]
        .startswith("Je eigen team: 0 keer. Anderen: 1 keer. ")
    )


def test_days_that_are_none_are_told_as_such(own_region):
    for wrong in ({"until": "0001-01-02"}, {"until": "9999-12-31"}, {"since": "1999-12-31"}):
        assert looks(own_region, own_region.client, **wrong).status_code == 422


def test_a_table_that_is_locked_holds_nobody_up_for_long(lone_region):
    region = lone_region
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        connection.execute("LOCK log.access IN SHARE MODE")
        assert region.see(region.coach, "/timeline").status_code == 503


def test_it_is_not_ready_without_the_table(lone_region):
    region = lone_region
    region.projector.catch_up()
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("ALTER TABLE log.access RENAME TO elsewhere")
    assert region.http.get("/readyz").json()["waiting_for"] == ["migrations"]


def test_every_ground_on_which_somebody_looks_has_its_words():
    around = {an_id("someone"): Role.JOB_COACH}
    grounds = {basis(role, an_id("someone"), around) for role in Role}
    grounds |= {basis(role, an_id("nobody"), around) for role in Role}
    grounds |= {basis(Role.CARE_WORKER, an_id("someone"), around, emergency=True)}
    assert grounds == set(GROUNDS)

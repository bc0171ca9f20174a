"""Signing in in the demo: bearer and cookie, and what another site cannot do with the cookie."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.signin import COOKIE, LIFETIME, actor_of, issue, language
from api.tokens import Tokens
from eventlog.keys import MasterKey
from tests.api.test_bad_input import is_problem

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(region):
    """Somebody with a browser of their own."""
    return TestClient(create_app(region.services))


def sign_in(browser, body=None, headers=OURS):
    return browser.post("/api/v1/demo/sign-in", json=body or {"persona": "sam"}, headers=headers)


def test_a_token_and_a_cookie_that_scripts_cannot_read(region, browser):
    answer = sign_in(browser)
    assert answer.status_code == 201
    assert answer.json()["me"]["name"] == "Sam de Wit"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/api/v1/me").json()["name"] == "Sam de Wit"
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert region.http.get("/api/v1/me", headers=bearer).status_code == 200


def test_over_https_the_cookie_goes_nowhere_else(region):
    secure = TestClient(create_app(region.services), base_url="https://samenspoor.example")
    assert "Secure" in sign_in(secure).headers["set-cookie"]


def test_who_signs_out_has_no_cookie(browser):
    sign_in(browser)
    assert browser.post("/api/v1/demo/sign-out", headers=OURS).status_code == 204
    assert browser.get("/api/v1/me").status_code == 401


def test_an_unknown_persona_is_told(browser):
    for body in ({"persona": "niemand"}, {"persona": 5}, {"persona": "sam", "role": "auditor"}):
        is_problem(sign_in(browser, body), 422)
    assert [
        each["persona"] for each in browser.get("/api/v1/demo/personas").json()["personas"]
    ] == ["sam"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_changes_nothing_with_the_cookie(region, browser, headers):
    sign_in(browser)
    before = region.count()
    path = f"/api/v1/trajectories/{region.trajectory}/log-contact"
    is_problem(browser.post(path, json={"mode": "phone"}, headers=headers), 403)
    is_problem(browser.post("/api/v1/demo/sign-out", headers=headers), 403)
    assert region.count() == before
    if headers:
        is_problem(sign_in(TestClient(browser.app), headers=headers), 403)


@pytest.mark.parametrize("headers", [OURS, {"Origin": "http://testserver"}])
def test_our_own_pages_do(region, browser, headers):
    sign_in(browser)
    path = f"/api/v1/trajectories/{region.trajectory}/log-contact"
    assert browser.post(path, json={"mode": "phone"}, headers=headers).status_code == 201


def test_a_token_ends_and_is_of_this_service_alone(region):
    past = region.services.now() - LIFETIME - timedelta(seconds=1)
    late = issue(region.services.tokens, region.coach, past)
    other = Tokens(MasterKey(b"another key of thirty-two bytes!"))
    foreign = issue(other, region.coach, region.services.now())
    good = issue(region.services.tokens, region.coach, region.services.now())
    for token in (late, foreign, good[:-1], good + "A", good.replace(".", ".A"), good + "="):
        headers = {"Authorization": f"Bearer {token}"}
        assert region.http.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_that_was_good_before_ends_too(region):
    tokens, now = region.services.tokens, region.services.now()
    token = issue(tokens, region.coach, now)
    assert actor_of(tokens, token, now, demo=True) == region.coach
    assert actor_of(tokens, token, now + LIFETIME, demo=True) is None
    assert actor_of(tokens, token, now, demo=False) is None
    assert actor_of(tokens, token, now, demo=True) == region.coach


def test_a_sealed_token_is_of_one_person_and_one_purpose():
    tokens, me, other = Tokens(MasterKey(bytes(range(32)))), uuid4(), uuid4()
    sealed = tokens.sealed("cursor", me, [1, "a"])
    assert tokens.opened("cursor", me, sealed) == [1, "a"]
    assert tokens.sealed("cursor", me, [1, "a"]) == sealed
    for purpose, who, token in (
        ("cursor", other, sealed),
        ("position", me, sealed),
        ("cursor", me, sealed[:-2]),
        ("cursor", me, "é"),
        ("cursor", me, ""),
        ("cursor", me, "A" * 5000),
    ):
        assert tokens.opened(purpose, who, token) is None


def test_a_pseudonym_is_stable_for_one_auditor_and_another_for_the_next():
    tokens, one, two, person = Tokens(MasterKey(bytes(32))), uuid4(), uuid4(), uuid4()
    assert tokens.pseudonym(one, person) == tokens.pseudonym(one, person)
    assert tokens.pseudonym(one, person) != tokens.pseudonym(two, person)
    many = {tokens.pseudonym(one, uuid4()) for _ in range(200)}
    assert len(many) > 195


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", "nl"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("nl,en", "nl"),
        ("en;q=0.2,nl;q=0.1", "en"),
        ("en;q=x", "nl"),
        ("fr", "nl"),
        ("en;q=0", "nl"),
    ],
)
def test_the_language_asked_for(accepted, wanted):
    assert language(accepted) == wanted

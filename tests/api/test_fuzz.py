"""Whatever is sent, the service answers with what it recorded or with a problem, never with 5xx."""

from __future__ import annotations

import json
from urllib.parse import quote
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.commands import PLACES
from domain.rules import COMMANDS

QUIET = settings(
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.uuids().map(str)
    | st.dates().map(str)
    | st.sampled_from(["phone", "client", "job", "moved", "F", "job.started.v1", "\ud800", "\0"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def asked(draw):
    """A command with some of its fields, or others, holding anything."""
    command = draw(st.sampled_from(COMMANDS))
    names = st.sampled_from(sorted(command.model_fields)) | st.text(max_size=6)
    return command, draw(st.dictionaries(names, VALUES, max_size=8))


def answered(region, path, content, **headers):
    sent = {"Content-Type": "application/json", **region.headers(region.coach), **headers}
    answer = region.http.post(path, content=content, headers=sent)
    assert answer.status_code < 500, (path, content, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail_nl"]
    return answer


@given(asked())
@QUIET
def test_any_fields_in_any_command(region, asked):
    command, body = asked
    stream = region.trajectory if command.STREAM == "trajectory" else uuid4()
    path = f"/api/v1/{PLACES[command.STREAM]}/{stream}/{command.NAME}"
    answered(region, path, json.dumps(body).encode())


@given(
    st.binary(max_size=200) | st.text(alphabet='{}[]":,\\u0d8e1-.5 ', max_size=60).map(str.encode)
)
@QUIET
def test_any_bytes_as_a_body(region, content):
    answered(region, f"/api/v1/trajectories/{region.trajectory}/log-contact", content)


@given(st.binary(max_size=300).filter(lambda key: not set(key) & set(b"\r\n\0")))
@QUIET
def test_any_bytes_as_a_key(region, key):
    path = f"/api/v1/trajectories/{uuid4()}/log-contact"
    answer = answered(region, path, b'{"mode":"phone"}', **{"Idempotency-Key": key})
    assert answer.status_code in {400, 404}


@given(
    st.dictionaries(
        st.sampled_from(["known_at", "happened_until", "limit", "cursor", "lane", "categories"]),
        st.text(max_size=40),
        max_size=4,
    ),
    st.sampled_from(["", "/timeline", "/audit-trail", "/support"]),
)
@QUIET
def test_any_question(region, params, what):
    answer = region.see(region.coach, what, **params)
    assert answer.status_code in {200, 422}, answer.text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
@QUIET
def test_any_address(region, tail):
    answer = region.get(region.coach, "directory/" + quote(tail))
    assert answer.status_code < 500


@given(st.text(max_size=30))
@QUIET
def test_any_name_to_search(region, name):
    name = name.encode("utf-8", "ignore").decode()
    answer = region.get(region.coach, "directory/employers", name=name)
    assert answer.status_code in {200, 422}

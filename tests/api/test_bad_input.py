"""Every kind of bad input gets a problem that names the place, and nothing is stored."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from api.commands import PLACES
from domain.rules import COMMANDS

NOTE = {"mode": "phone", "text": "gebeld"}
DEEP = b'{"text":' + b"[" * 5000 + b"]" * 5000 + b"}"

BODIES = {
    "unknown field": (b'{"mode":"phone","colour":"red"}', 422, "colour"),
    "text for a number": (b'{"mode":"phone","minutes":"5"}', 422, "minutes"),
    "number for text": (b'{"mode":"phone","text":5}', 422, "text"),
    "float for a whole number": (b'{"mode":"phone","minutes":5.5}', 422, "minutes"),
    "text for a boolean": (b'{"mode":"phone","joint":"yes"}', 422, "joint"),
    "not one of the choices": (b'{"mode":"pigeon"}', 422, "mode"),
    "missing": (b"{}", 422, "mode"),
    "null": (b'{"mode":null}', 422, "mode"),
    "no id": (b'{"mode":"phone","note":"abc"}', 422, "note"),
    "impossible date": (b'{"mode":"phone","occurred_on":"2026-02-30"}', 422, "occurred_on"),
    "date with a time": (b'{"mode":"phone","occurred_on":"2026-02-03T10:00"}', 422, "occurred_on"),
    "naive moment": (b'{"mode":"phone","occurred_on":"2026-02-03 10:00:00"}', 422, "occurred_on"),
    "seconds for a date": (b'{"mode":"phone","occurred_on":1767225600}', 422, "occurred_on"),
    "long ago": (b'{"mode":"phone","occurred_on":"0001-01-01"}', 422, "occurred_on"),
    "day to come": (b'{"mode":"phone","occurred_on":"2026-12-01"}', 422, "occurred_on"),
    "escaped NUL": (b'{"mode":"phone","text":"a\\u0000b"}', 422, "text"),
    "escaped lone surrogate": (b'{"mode":"phone","text":"a\\ud800b"}', 422, "text"),
    "surrogate in a name": (b'{"mode":"phone","\\udfff":"b"}', 422, "…"),
    "raw NUL": (b'{"mode":"phone","text":"a\x00b"}', 400, ""),
    "control character": (b'{"mode":"phone","text":"a\\u0007b"}', 422, "text"),
    "raw surrogate": (b'{"mode":"phone","text":"a\xed\xa0\x80b"}', 400, ""),
    "no UTF-8": (b'{"mode":"phone","text":"\xff"}', 400, ""),
    "huge fraction": (b'{"mode":"phone","minutes":1e400}', 422, "minutes"),
    "huge whole number": (b'{"mode":"phone","minutes":' + b"9" * 5000 + b"}", 422, "minutes"),
    "rather large number": (b'{"mode":"phone","minutes":99999999999999999999}', 422, "minutes"),
    "NaN": (b'{"mode":"phone","minutes":NaN}', 422, "minutes"),
    "Infinity": (b'{"mode":"phone","minutes":-Infinity}', 422, "minutes"),
    "duplicate key": (b'{"mode":"phone","mode":"visit"}', 422, "mode"),
    "duplicate key below": (b'{"mode":"phone","text":{"a":1,"a":2}}', 422, "a"),
    "nested deeply": (DEEP, 422, ""),
    "long list": (b'{"mode":"phone","text":[' + b"1," * 120_000 + b"1]}", 422, "text"),
    "long list in a list": (b'{"mode":"phone","text":[[' + b"1," * 1_000 + b"1]]}", 422, "text"),
    "many fields": (
        b'{"mode":"phone",' + b",".join(b'"f%d":1' % n for n in range(1_000)) + b"}",
        422,
        "",
    ),
    "bracket salad": (b'{"text":' + b"[" * 200_000, 422, ""),
    # Linear only: with a search that begins anew at each quote these take minutes.
    "text without an end": (b"[" * 33 + b'\\"' * 120_000, 422, ""),
    "text that ends in the middle": (b"[" * 33 + b'"' + b'\\"' * 120_000 + b"\\", 422, ""),
    "empty": (b"", 400, ""),
    "no JSON": (b"mode=phone", 400, ""),
    "a list": (b"[]", 422, ""),
    "a text": (b'"phone"', 422, ""),
    "trailing garbage": (b'{"mode":"phone"} x', 400, ""),
    "two objects": (b'{"mode":"phone"}{}', 400, ""),
    "byte order mark": (b'\xef\xbb\xbf{"mode":"phone"}', 400, ""),
    "single quotes": (b"{'mode':'phone'}", 400, ""),
    "too long": (b'{"mode":"phone","text":"' + b"a" * 10_001 + b'"}', 422, "text"),
    "only spaces": (b'{"mode":"phone","text":"   "}', 422, "text"),
}


def send(region, body, headers=None, command="log-contact", stream=None):
    path = f"/api/v1/trajectories/{stream or region.trajectory}/{command}"
    given = {"Content-Type": "application/json", **region.headers(region.coach), **(headers or {})}
    return region.http.post(path, content=body, headers=given)


def is_problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status
    assert found["type"].startswith("urn:samenspoor:problem:")
    assert found["title"]
    assert found["detail"] == found["detail_nl"] != found["detail_en"]
    assert "Traceback" not in answer.text
    return found


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_told_and_not_stored(region, name):
    body, status, field = BODIES[name]
    before = region.count()
    found = is_problem(send(region, body), status)
    assert [each["field"] for each in found["errors"]][:1] == [field]
    assert all(each["problem_nl"] and each["problem_en"] for each in found["errors"])
    assert region.count() == before


def test_no_value_is_quoted_back(region):
    secret = "geheim-medicijn"
    for body in (
        {"mode": secret},
        {"mode": "phone", "minutes": secret},
        {"mode": "phone", secret * 9: 1},
        {"mode": "phone", "occurred_on": secret},
    ):
        answer = send(region, json.dumps(body).encode())
        assert secret not in answer.text
        assert answer.status_code == 422


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "", "application/json; charset=latin-1", "a" * 300]
)
def test_another_content_type_is_refused(region, kind):
    before = region.count()
    is_problem(send(region, b'{"mode":"phone"}', {"Content-Type": kind}), 415)
    assert region.count() == before


def test_a_compressed_body_is_refused(region):
    is_problem(send(region, b'{"mode":"phone"}', {"Content-Encoding": "gzip"}), 415)


def test_a_body_over_the_limit_is_refused_however_it_comes(region):
    before = region.count()
    large = b'{"mode":"phone","text":"' + b"a" * 300_000 + b'"}'
    is_problem(send(region, large), 413)
    is_problem(send(region, iter([large[:200_000], large[200_000:]])), 413)
    is_problem(send(region, large, {"Content-Length": "12"}), 413)
    is_problem(send(region, b"{}", {"Content-Length": "9" * 40}), 413)
    assert region.count() == before


@pytest.mark.parametrize(
    "id_",
    [
        "abc",
        "%00",
        "00000000-0000-0000-0000-00000000000g",
        "1" * 3000,
        "{00000000-0000-0000-0000-000000000000",
    ],
)
def test_a_malformed_id_does_not_exist(region, id_):
    is_problem(send(region, b'{"mode":"phone"}', stream=id_), 404)
    for what in ("", "/timeline", "/audit-trail", "/support", "/eigen-kracht", "/cv-gap"):
        answer = region.get(region.coach, f"trajectories/{id_}{what}")
        is_problem(answer, 404)


@pytest.mark.parametrize("command", ["log-nothing", "LogContact", "%2e%2e", "register-person"])
def test_an_unknown_command_does_not_exist(region, command):
    is_problem(send(region, b'{"mode":"phone"}', command=command), 404)


def test_another_method_is_told(region):
    found = region.http.delete("/api/v1/me", headers=region.headers(region.coach))
    is_problem(found, 405)
    assert "GET" in found.headers["allow"]


@pytest.mark.parametrize("key", ["", "a" * 256, "é", "a\tb", " "])
def test_a_malformed_key_is_refused(region, key):
    before = region.count()
    is_problem(send(region, b'{"mode":"phone"}', {"Idempotency-Key": key.encode()}), 400)
    assert region.count() == before


@pytest.mark.parametrize(
    "params",
    [
        {"known_at": "2026-03-01T12:00:00"},
        {"known_at": "gisteren"},
        {"known_at": "2026-13-01T12:00:00Z"},
        {"known_at": "0001-01-01T00:00:00+23:59"},
        {"known_at": "1767225600"},
        {"happened_until": "2026-02-30"},
        {"happened_until": "2026-02-03T10:00:00Z"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "5.5"},
        {"limit": "9" * 5000},
        {"cursor": "abc"},
        {"cursor": "é\x00"},
        {"lane": "boss"},
        {"categories": "F,O"},
        {"categories": ""},
    ],
)
def test_a_bad_question_names_its_part(region, params):
    found = is_problem(region.see(region.coach, "/timeline", **params), 422)
    assert found["errors"][0]["field"] == next(iter(params))


def test_a_search_with_control_characters_is_refused(region):
    is_problem(region.get(region.coach, "directory/employers", name="a\x00"), 422)


def test_nobody_is_told_to_sign_in(region):
    for token in (None, "Bearer x", "Bearer ", "Bearer a.b", "Basic YTpi", "Bearer " + "A" * 5000):
        headers = {} if token is None else {"Authorization": token}
        found = region.http.get("/api/v1/me", headers=headers)
        is_problem(found, 401)
        assert found.headers["www-authenticate"] == "Bearer"


def test_every_command_takes_no_rubbish(region):
    """Whatever the command, rubbish is told and an empty body never breaks anything."""
    before = region.count()
    for command in COMMANDS:
        place = PLACES[command.STREAM]
        for body in (b'{"nonsense":[{}]}', b"[]", b'{"reason":{},"role":[],"categories":[[]]}'):
            answer = region.http.post(
                f"/api/v1/{place}/{uuid4()}/{command.NAME}",
                content=body,
                headers={"Content-Type": "application/json", **region.headers(region.coach)},
            )
            assert answer.status_code == 422, (command.NAME, answer.text)
    assert region.count() == before


def test_a_command_of_which_the_last_event_is_invalid_stores_nothing(region):
    before = region.count()
    body = {"mode": "phone", "employer": str(uuid4()), "with_whom": "employer"}
    found = is_problem(send(region, json.dumps(body).encode()), 422)
    assert found["errors"][0]["field"] == "employer"
    assert region.count() == before


def test_english_for_who_reads_english(region):
    answer = send(region, b"{}", {"Accept-Language": "en-GB, nl;q=0.5"})
    assert answer.json()["detail"] == answer.json()["detail_en"] == "mode: This is missing."
    assert answer.headers["content-language"] == "en"


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/*", "application/json;q=0"])
def test_who_takes_no_json_is_told_and_nothing_is_done(region, accept):
    before = region.count()
    is_problem(send(region, b'{"mode":"phone"}', {"Accept": accept}), 406)
    for what in ("", "/timeline", "/support"):
        path = f"trajectories/{region.trajectory}{what}"
        is_problem(region.get(region.coach, path, {"Accept": accept}), 406)
        is_problem(region.get(None, path, {"Accept": accept}), 401)
    assert region.count() == before


@pytest.mark.parametrize(
    "path",
    ["covers", "team-meetings", "smells", "directory/search", "trajectories/{id}/link-by-code"],
)
def test_so_is_who_asks_for_more_than_one_command(region, path):
    before, path = region.count(), path.format(id=region.trajectory)
    is_problem(region.post(region.coach, path, {}, {"Accept": "text/html"}), 406)
    is_problem(region.post(region.coach, path, {}, {"Accept": "*/*"}), 422)
    is_problem(region.post(None, path, {}, {"Accept": "text/html"}), 401)
    assert region.count() == before


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "text/html, application/*;q=0.5", "text/html, */*;q=0.1"]
)
def test_who_takes_json_among_others_gets_it(region, accept):
    answer = region.get(region.coach, "me", {"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")

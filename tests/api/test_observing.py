"""The log of the service: a line per request without anybody in it; and an answer when we break."""

from __future__ import annotations

import json
from asyncio import run, sleep
from dataclasses import replace
from io import BufferedWriter, BytesIO
from uuid import uuid4

from starlette.testclient import TestClient

from api.app import create_app
from api.observing import Soon
from api.reads import Reads
from eventlog import recorder, storing
from projections import database
from tests.api.test_bad_input import is_problem


def test_a_line_names_the_route_and_nobody(region, lines):
    region.see(region.coach, "/timeline", cursor="geheim")
    region.say(region.coach, "log-contact", mode="phone", text="over de medicatie")
    region.http.get("/api/v1/niets/geheim")
    found = lines()
    assert [(each["method"], each["route"], each["status"]) for each in found] == [
        ("GET", "/api/v1/trajectories/{id}/timeline", 422),
        ("POST", "/api/v1/trajectories/{id}/{command}", 201),
        ("GET", None, 404),
    ]
    assert all(each["ms"] >= 0 and each["request"] for each in found)
    text = json.dumps(found)
    for hidden in (str(region.trajectory), str(region.coach.person), "geheim", "medicatie", "Bear"):
        assert hidden not in text


def test_whatever_breaks_is_a_problem_without_a_trace(region, lines, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("Noor van den Berg slikt medicatie")

    monkeypatch.setattr(Reads, "_who", broken)
    app = TestClient(create_app(region.services))
    answer = app.get("/api/v1/me", headers=region.headers(region.coach))
    is_problem(answer, 500)
    assert "Noor" not in answer.text
    broke, request = lines()
    assert (broke["event"], broke["error"]) == ("broke", "RuntimeError")
    assert any("test_observing" in each for each in broke["where"])
    assert (request["status"], request["request"]) == (500, broke["request"])
    assert "Noor" not in json.dumps(broke)


def test_every_answer_has_the_headers(region):
    answers = (
        region.http.get("/livez"),
        region.http.get("/nergens"),
        region.see(region.coach),
        region.see(region.stranger),
        region.say(region.coach, "log-contact"),
    )
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
        assert answer.headers["request-id"]


def test_alive_and_ready(region):
    assert region.http.get("/livez").json() == {"alive": True}
    assert region.http.get("/readyz").json() == {"ready": True, "waiting_for": []}


def test_not_ready_without_the_projector(lone_region):
    with lone_region.projector_connection() as connection:
        connection.execute("DROP SCHEMA timeline CASCADE")
    answer = lone_region.http.get("/readyz")
    assert answer.status_code == 503
    told = answer.json()
    assert (told["ready"], told["waiting_for"]) == (False, ["read models"])
    assert "samenspoor project" in told["detail"]
    is_problem(lone_region.see(lone_region.coach, "/timeline"), 503)


def test_without_a_database_reads_and_commands_say_so(lone_region, server, monkeypatch):
    monkeypatch.setattr(recorder, "PATIENCE", 0.2)
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    monkeypatch.setattr(storing, "PATIENCE", 0.2)
    region = lone_region
    region.unplug(server)
    answer = region.http.get("/readyz")
    assert (answer.status_code, answer.json()["waiting_for"]) == (503, ["database"])
    noted = {"json": {"mode": "phone"}, "headers": region.headers(region.coach)}
    command = f"/api/v1/trajectories/{region.trajectory}/log-contact"
    for answer in (region.see(region.coach, "/timeline"), region.http.post(command, **noted)):
        is_problem(answer, 503)
        assert answer.headers["retry-after"]
    assert region.http.get("/livez").status_code == 200


def test_lines_of_one_turn_go_out_together_and_outside_of_a_loop_at_once():
    raw = BytesIO()
    file = BufferedWriter(raw)
    out = Soon(file)

    def said(line: bytes) -> bytes:
        out.write(line)
        out.flush()
        return raw.getvalue()

    async def turn() -> None:
        assert (said(b"2"), said(b"3")) == (b"1", b"1")
        await sleep(0)
        assert raw.getvalue() == b"123"
        assert said(b"4") == b"123"
        await sleep(0)

    assert said(b"1") == b"1"
    run(turn())
    assert said(b"5") == b"12345"


def test_outside_the_demo_nothing_of_it_exists(region):
    real = replace(region.services, settings=replace(region.settings, demo=False))
    app = TestClient(create_app(real))
    body = {"persona": "sam"}
    assert app.post("/api/v1/demo/sign-in", json=body).status_code == 404
    assert app.get("/api/v1/me", headers=region.headers(region.coach)).status_code == 401
    assert app.get(f"/api/v1/trajectories/{uuid4()}").status_code == 401

"""The service as it is served: two processes, one key a hundred times, lying lengths."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import httpx2
import pytest

from api.signin import issue
from eventlog.keys import KEY_BYTES
from tests.api.region import Region

ROOT = Path(__file__).parents[2]
KEY = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
WORKERS = 2
PATIENCE = 90.0


@pytest.fixture(scope="module")
def served(module_database):
    """The service in two processes on one port, with a projector running."""
    assert len(base64.b64decode(KEY)) == KEY_BYTES
    region = Region(module_database)
    stop = threading.Event()
    projecting = threading.Thread(target=_project, args=(region, stop))
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "--factory", "api.app:from_environment"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)),
            "--no-access-log",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": module_database("samenspoor_service"),
            "SAMENSPOOR_MASTER_KEY": KEY,
            "SAMENSPOOR_DEMO": "1",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until_ready(port)
        projecting.start()
        yield region, port
    finally:
        stop.set()
        if projecting.ident is not None:
            projecting.join()
        server.terminate()
        server.wait(PATIENCE)
        region.close()


def _project(region, stop):
    while not stop.is_set():
        region.projector.catch_up()
        stop.wait(0.002)


def _until_ready(port):
    deadline = monotonic() + PATIENCE
    while True:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            assert monotonic() < deadline, "the service did not start"
        sleep(0.05)


def headers(region, who=None):
    token = issue(region.services.tokens, who or region.coach, datetime.now(UTC))
    return {"Authorization": f"Bearer {token}"}


def test_the_same_request_a_hundred_times_at_once(served):
    region, port = served
    url = f"http://127.0.0.1:{port}/api/v1/trajectories/{region.trajectory}/log-contact"
    given = headers(region) | {"Idempotency-Key": str(uuid4())}
    before = region.count()
    ready = threading.Barrier(20)

    def ask(_):
        with httpx2.Client(timeout=PATIENCE) as client:
            ready.wait(PATIENCE)
            return [client.post(url, json={"mode": "phone"}, headers=given) for _ in range(5)]

    with ThreadPoolExecutor(20) as pool:
        answers = [each for many in pool.map(ask, range(20)) for each in many]
    assert len(answers) == 100
    assert {(each.status_code, each.content) for each in answers} == {
        (201, answers[0].content),
    }
    assert region.count() == before + 1


def test_a_key_is_of_one_person_and_one_request(served):
    region, port = served
    key = {"Idempotency-Key": "sleutel 1"}
    path = f"http://127.0.0.1:{port}/api/v1/trajectories/{region.trajectory}"
    with httpx2.Client() as client:
        mine = headers(region) | key
        first = client.post(f"{path}/log-contact", json={"mode": "phone"}, headers=mine)
        other = client.post(
            f"{path}/log-contact", json={"mode": "phone", "minutes": 5}, headers=mine
        )
        assert (first.status_code, other.status_code) == (201, 422)
        assert other.json()["type"] == "urn:samenspoor:problem:key-reused"
        theirs = headers(region, region.carer) | key
        another = client.post(f"{path}/log-contact", json={"mode": "phone"}, headers=theirs)
        assert another.status_code == 201
        assert another.json()["entries"] != first.json()["entries"]


def test_one_reads_what_one_just_wrote(served):
    region, port = served
    path = f"http://127.0.0.1:{port}/api/v1/trajectories/{region.trajectory}"
    given = headers(region)
    with httpx2.Client() as client:
        for _ in range(20):
            noted = client.post(f"{path}/log-contact", json={"mode": "phone"}, headers=given).json()
            after = given | {"Read-After": noted["position"]}
            seen = client.get(f"{path}/timeline", params={"limit": 1}, headers=after).json()
            assert [each["id"] for each in seen["entries"]] == noted["entries"]


def test_a_token_for_another_is_no_position(served):
    region, port = served
    path = f"http://127.0.0.1:{port}/api/v1/trajectories/{region.trajectory}"
    body, mine = {"mode": "phone"}, headers(region)
    noted = httpx2.post(f"{path}/log-contact", json=body, headers=mine).json()
    given = headers(region, region.carer) | {"Read-After": noted["position"]}
    assert httpx2.get(path, headers=given).status_code == 200


@pytest.mark.parametrize("length", ["5", "300000", "99999999999999999999999999"])
def test_a_lying_length_stores_nothing(served, length):
    region, port = served
    before = region.count()
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    path = f"/api/v1/trajectories/{region.trajectory}/log-contact"
    connection.putrequest("POST", path)
    for name, value in headers(region).items():
        connection.putheader(name, value)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    connection.send(b'{"mode":"phone"}')
    answer = connection.getresponse()
    assert 400 <= answer.status < 500
    connection.close()
    assert region.count() == before


def test_a_chunked_body_over_the_limit_is_cut_off(served):
    region, port = served
    before = region.count()
    sent = 0

    def endless():
        nonlocal sent
        for _ in range(64):
            sent += 1
            yield b" " * 16_384

    path = f"http://127.0.0.1:{port}/api/v1/trajectories/{region.trajectory}/log-contact"
    given = headers(region) | {"Content-Type": "application/json"}
    try:
        status = httpx2.post(path, content=endless(), headers=given).status_code
    except httpx2.TransportError:
        status = 413  # the connection was closed while we were still sending
    assert status == 413
    assert region.count() == before

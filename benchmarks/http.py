"""POST and GET over HTTP on two workers, beside an empty endpoint under the same settings."""

from __future__ import annotations

import re
import socket
from collections import Counter
from datetime import UTC, datetime

from api.signin import issue
from api.tokens import Tokens
from benchmarks import region
from benchmarks.bench import Bench, middle
from benchmarks.clients import KEY, Load, Served, ask
from benchmarks.serving import EMPTY, OURS, environment, served
from benchmarks.table import Row, percentile
from benchmarks.workload import EVENTS_PER_TRAJECTORY, stream

_BASE = 100
"""Trajectories from here on, which no writer has made longer yet."""
_WARM = 0.3
"""Seconds in which the workers get to know what is asked; not counted."""
_BODIES = 20
"""Different contacts that a client notes in turn."""


def rows(bench: Bench) -> None:
    """Take turns: the empty endpoint, then ours, so that both see the same machine."""
    count = bench.size.events // EVENTS_PER_TRAJECTORY
    numbers = [(_BASE + client) % count for client in range(bench.size.clients)]
    notes = [_notes(number, _token(number)) for number in numbers]
    reads = [[_timeline(number, _token(number))] for number in numbers]
    with served(EMPTY, {}) as nothing, served(OURS, environment(bench.dsn())) as port:
        tags = [_tag(port, texts[0]) for texts in reads]
        known = [[_known(texts[0], tag)] for texts, tag in zip(reads, tags, strict=True)]
        _turns(bench, nothing, port, "GET timeline of 60", reads, "200", (0.15, 0.35))
        _turns(bench, nothing, port, "GET timeline of 60, unchanged", known, "304", (None, None))
        _turns(bench, nothing, port, "POST log-contact", notes, "201", (0.1, 0.25))


def _turns(  # noqa: PLR0913, PLR0917 - one row
    bench: Bench,
    nothing: int,
    port: int,
    name: str,
    requests: list[list[str]],
    status: str,
    goals: tuple[float | None, float | None],
) -> None:
    method = name[:4].strip()
    empty = [[_request(method, "/empty", "", "{}" if method == "POST" else "")] for _ in requests]
    pairs: list[tuple[Served, Served]] = []
    ask(Load(port, _WARM, requests))
    for _ in range(bench.size.rounds):
        reference = ask(Load(nothing, bench.size.seconds, empty))
        pairs.append((ask(Load(port, bench.size.seconds, requests)), reference))
    limit = middle([each.per_second for _, each in pairs])
    ours = middle([each.per_second for each, _ in pairs])
    p99 = middle([percentile(each.times, 0.99) * 1000 for each, _ in pairs])
    ratio = middle([each.per_second / nought.per_second for each, nought in pairs])
    against = f"empty endpoint {limit:,.0f}/s"
    bench.results.add(
        Row(f"HTTP, {name}", ours, "/s", against, ratio, *goals, note=f"p99 {p99:.1f} ms")
    )
    answers = sum((Counter(each.answers) for each, _ in pairs), Counter[str]())
    what = f"every {name} answered {status}: {dict(answers)}"
    bench.results.prove(what, holds=set(answers) == {status})


def _token(number: int) -> str:
    return issue(Tokens(region.MASTER), region.coach(number), datetime.now(UTC))


def _request(method: str, path: str, headers: str, body: str = "") -> str:
    length = f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n"
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}"
    return f"{head}{length if body else ''}\r\n{body}"


def _notes(number: int, token: str) -> list[str]:
    path = f"/api/v1/trajectories/{stream(number)}/log-contact"
    headers = f"Authorization: Bearer {token}\r\nIdempotency-Key: {KEY}\r\n"
    bodies = (region.contact(number, k).model_dump_json(exclude_unset=True) for k in range(_BODIES))
    return [_request("POST", path, headers, body) for body in bodies]


def _timeline(number: int, token: str) -> str:
    path = f"/api/v1/trajectories/{stream(number)}/timeline?limit=60"
    return _request("GET", path, f"Authorization: Bearer {token}\r\n")


def _known(request: str, tag: str) -> str:
    return request.replace("\r\n\r\n", f"\r\nIf-None-Match: {tag}\r\n\r\n")


def _tag(port: int, request: str) -> str:
    """Ask once and give the tag of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        head = connection.recv(65_536).decode("latin-1").partition("\r\n\r\n")[0]
    found = re.search(r"(?im)^etag: (.+?)\r?$", head)
    assert found is not None, head  # noqa: S101 - or the figures mean nothing
    return found[1]

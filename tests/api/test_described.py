"""The committed description is what the service answers, and speaks of every command."""

from __future__ import annotations

import json
import re

from api.commands import PLACES
from docs.generate_openapi import FILE, wanted
from domain.rules import COMMANDS


def test_the_committed_description_is_that_of_the_classes():
    assert FILE.read_text("utf-8") == wanted(), "run: python -m docs.generate_openapi"


def test_the_service_answers_with_it(region):
    answer = region.http.get("/api/v1/openapi.json")
    assert answer.json() == json.loads(FILE.read_text("utf-8"))
    assert answer.json()["openapi"].startswith("3.1")


def test_every_command_is_described_and_every_reference_is_there():
    found = json.loads(wanted())
    for command in COMMANDS:
        path = f"/api/v1/{PLACES[command.STREAM]}/{{id}}/{command.NAME}"
        body = found["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body == {"$ref": f"#/components/schemas/{command.__name__}"}
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', wanted()))
    assert named <= found["components"]["schemas"].keys()


def test_no_address_of_the_demo_is_described():
    assert not [path for path in json.loads(wanted())["paths"] if "demo" in path]

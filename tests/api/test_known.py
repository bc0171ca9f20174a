"""An address asked again takes a short way: to the same answer, for whoever may see it."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from api.known import MOST, Known
from tests.api.test_answers import same
from tests.api.test_bad_input import is_problem


@pytest.fixture
def address(own_region):
    """A timeline that was asked for once."""
    assert own_region.see(own_region.coach, "/timeline", limit=5).status_code == 200
    return f"trajectories/{own_region.trajectory}/timeline"


def test_again_gives_the_same(own_region, address):
    first = own_region.see(own_region.carer, "/timeline", limit=6)
    again = own_region.see(own_region.carer, "/timeline", limit=6)
    assert same(first, again)
    assert len(own_region.get(own_region.coach, address, limit=5).json()["entries"]) <= 5


def test_a_known_address_asks_who_comes(own_region, address):
    region = own_region
    is_problem(region.get(None, address, limit=5), 401)
    stranger = region.get(region.stranger, address, limit=5)
    is_problem(stranger, 404)
    assert same(stranger, region.get(region.stranger, address, limit=7))


def test_a_known_address_knows_no_other_method(own_region, address):
    url = f"/api/v1/{address}?limit=5"
    is_problem(own_region.http.delete(url, headers=own_region.headers(own_region.coach)), 405)


def test_a_wrong_address_stays_wrong(own_region, address):
    for wrong in ({"limit": 0}, {"lane": "niets"}, {"categories": "x"}, {"known_at": "nu"}):
        for _ in range(2):
            is_problem(own_region.get(own_region.coach, address, **wrong), 422)


def test_a_withdrawal_counts_at_once_on_a_known_address(own_region, address):
    region = own_region
    assert region.get(region.carer, address, limit=5).status_code == 200
    told = region.http.post(
        f"/api/v1/trajectories/{region.trajectory}/remove-team-member",
        json={"person": str(region.carer.person)},
        headers=region.headers(region.coach),
    )
    assert told.status_code == 201, told.text  # and no read model follows yet
    assert region.get(region.carer, address, limit=5).status_code == 404


def test_the_line_of_a_known_address_names_the_route(own_region, address, lines):
    own_region.get(own_region.coach, address, limit=5)
    assert lines()[0]["route"] == "/api/v1/trajectories/{id}/timeline"


def test_a_cut_connection_is_replaced(own_region, address):
    region = own_region
    with psycopg.connect(region.database(), autocommit=True) as connection:
        cut = connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE usename = current_user AND datname = current_database()"
            " AND pid <> pg_backend_pid()"
        ).fetchone()
    assert cut[0] > 0
    assert region.get(region.coach, address, limit=5).status_code == 200


def test_the_least_recently_asked_are_forgotten():
    def scope(at):
        return {"type": "http", "method": "GET", "path": f"/{at}", "query_string": b"", "route": at}

    async def answer(_, asked):
        return Response(str(asked))

    async def asking():
        known = Known(answer)
        for at in range(MOST):
            await known.answer(Request(scope(at)), at)
        assert known.matches(scope(0))[0] is Match.FULL
        await known.answer(Request(scope(MOST)), MOST)
        return [at for at in range(MOST + 1) if known.matches(scope(at))[0] is Match.NONE]

    assert asyncio.run(asking()) == [1]

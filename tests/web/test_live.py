"""Open pages hear that there is something to see: those who see it, and no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import psycopg
import pytest

from api.app import create_app
from api.demo.people import AUNT, BAS, NOOR, PERSONAS, RIA, SEM, TOM, Somebody, trajectory_of
from api.signin import COOKIE, LIFETIME, issue
from api.web import live
from api.wiring import wire
from domain.events.base import Category
from domain.roles import Role
from eventlog.entry import Actor
from tests.demo.region import DemoRegion
from tests.web.live import PATIENCE, Following, served, shown_to, signed_in, until

NOORS = trajectory_of(NOOR)
FILE = f"/api/v1/trajectories/{NOORS}"
MORE_THAN_THREADS = 45
"""The pool in which pages are made has 40."""
SECRET = "ze vertelde over haar schulden"
LISTENERS = """SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%%'"""


class Open:
    """The service as it is served, and who has the page of Noor open."""

    def __init__(self, region: DemoRegion, address: str) -> None:
        self.region = region
        self.address = address
        self.rendered = 0

    def follow(self, actor: Actor, file: UUID = NOORS, address: str = "", **more: Any) -> Following:
        services = self.region.services
        cookies = more.get("cookies") or signed_in(services, actor)
        since = more["since"] if "since" in more else shown_to(services, actor, file)
        query = {} if since is None else {"sinds": since}
        return Following(f"{address or self.address}/traject/{file}/live", cookies, query)

    def say(self, persona: str, command: str, **body: Any) -> None:
        answer = self.region.browser(persona).post(f"{FILE}/{command}", json=body)
        assert answer.status_code == 201, answer.text
        self.region.projector.catch_up()


@pytest.fixture
def opened(region: DemoRegion, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    with served(create_app(region.services)) as address:
        made = Open(region, address)
        rendering = live.as_shown

        def counted(*given: Any) -> str:
            shown = rendering(*given)
            made.rendered += 1
            return shown

        monkeypatch.setattr(live, "as_shown", counted)
        yield made
    until(lambda: not len(region.services.streams))


def listeners(database: Callable[..., str]) -> int:
    with psycopg.connect(database()) as connection:
        return connection.execute(LISTENERS).fetchone()[0]


def allow(opened: Open, *categories: Category) -> None:
    opened.say(
        "noor",
        "grant-permission",
        recipient=str(SEM.actor.person),
        recipient_kind="person",
        purpose="close_by",
        categories=categories,
        legal_basis="consent",
    )


def test_who_sees_it_hears_of_it_and_who_does_not_hears_nothing(opened: Open) -> None:
    bas, ria, sem = (opened.follow(each.actor) for each in (BAS, RIA, SEM))
    until(lambda: opened.rendered == 3)
    opened.say("ria", "log-contact", mode="walk", text=SECRET)
    until(lambda: bas.told == ria.told == 1)
    until(lambda: opened.rendered == 6)
    assert (bas.told, ria.told, sem.told) == (1, 1, 0), "he sees nothing of this"
    allow(opened, Category.SUPPORT)
    until(lambda: sem.told == 1)
    opened.say("ria", "log-contact", mode="phone", text=SECRET)
    until(lambda: sem.told == 2)
    for each in (bas, ria, sem):
        said = {line for line in each.lines if line and not line.startswith(":")}
        assert said == {"event: changed", "data: "}, "nothing of what, of whom or how much"


def test_nothing_is_missed_between_the_page_and_its_stream(opened: Open) -> None:
    services = opened.region.services
    shown = shown_to(services, RIA.actor, NOORS)
    opened.say("ria", "log-contact", mode="walk", text=SECRET)
    following = opened.follow(RIA.actor, since=shown)
    until(lambda: following.told == 1)
    quiet = opened.follow(RIA.actor, since=None)
    until(lambda: opened.rendered == 2)
    opened.say("ria", "log-contact", mode="walk", text=SECRET)
    until(lambda: (following.told, quiet.told) == (2, 1))


def test_it_says_that_it_is_there_still(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    following = opened.follow(NOOR.actor)
    until(lambda: following.lines.count(": ") > 1)
    assert following.told == 0
    assert following.headers["content-type"].startswith("text/event-stream")
    assert following.headers["cache-control"] == "no-store"


def test_who_is_not_let_in_any_more_is_asked_to_go(opened: Open) -> None:
    aunt = opened.follow(AUNT.actor)
    until(lambda: opened.rendered == 1)
    opened.say("noor", "remove-network-member", person=str(AUNT.actor.person))
    until(lambda: aunt.ended)
    assert aunt.told == 0
    assert opened.follow(AUNT.actor, since=None).status == 404


def test_a_stream_ends_with_the_session(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    services = opened.region.services
    following = opened.follow(NOOR.actor)
    later = services.now() + LIFETIME + timedelta(seconds=1)
    monkeypatch.setattr(services.handler, "now", lambda: later)
    until(lambda: following.ended)
    assert opened.follow(NOOR.actor, cookies=following.cookies, since=None).status == 401


@pytest.mark.parametrize("way_out", ["/afmelden", "/api/v1/demo/sign-out"])
def test_signing_out_ends_what_is_open_in_every_process(opened: Open, way_out: str) -> None:
    region = opened.region
    with ExitStack() as closing:
        other = wire(region.services.settings, personas=PERSONAS)
        closing.callback(other.close)
        address = closing.enter_context(served(create_app(other)))
        noor = region.browser("noor")
        cookies = dict(noor.cookies)
        here = opened.follow(NOOR.actor, cookies=cookies)
        there = opened.follow(NOOR.actor, cookies=cookies, address=address)
        later = region.services.now() + timedelta(seconds=5)
        again = {COOKIE: issue(region.services.tokens, NOOR.actor, later)}
        elsewhere = opened.follow(NOOR.actor, cookies=again)
        assert noor.post(way_out).is_success
        until(lambda: here.ended and there.ended)
        assert not elsewhere.ended, "another sign-in of the same person goes on"


def test_all_readers_cost_one_listener_and_none_costs_none(
    opened: Open, monkeypatch: pytest.MonkeyPatch, region_database: Callable[..., str]
) -> None:
    assert listeners(region_database) == 0
    open_ones = [opened.follow(each.actor) for each in (NOOR, RIA, BAS)]
    assert len(opened.region.services.streams) == len(open_ones)
    assert listeners(region_database) == 1
    for each in open_ones:
        each.gone = True
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    opened.say("ria", "log-contact", mode="walk", text=SECRET)  # they read once more, and leave
    until(lambda: not len(opened.region.services.streams))
    until(lambda: listeners(region_database) == 0)


def test_without_the_listener_all_ask_again(
    opened: Open, region_database: Callable[..., str]
) -> None:
    following = opened.follow(NOOR.actor)
    with psycopg.connect(region_database(), autocommit=True) as connection:
        cut = "SELECT pg_terminate_backend(pid) FROM (" + LISTENERS.replace("count(*)", "pid")
        connection.execute(cut + ") AS listening")
    until(lambda: following.ended)
    again = opened.follow(NOOR.actor)
    assert again.status == 200
    opened.say("ria", "log-contact", mode="walk", text=SECRET)
    until(lambda: again.told == 1)


def test_one_person_opens_some_and_all_of_them_together_a_bounded_number(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = opened.region.services.streams
    monkeypatch.setattr(streams, "_each", 1)
    assert opened.follow(NOOR.actor).status == 200
    refused = opened.follow(NOOR.actor)
    assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    assert "many-open" in "".join(refused.lines)
    assert opened.follow(RIA.actor).status == 200
    monkeypatch.setattr(streams, "_most", 2)
    full = opened.follow(BAS.actor)
    assert full.status == 503
    assert "no-room" in "".join(full.lines)
    assert "Ververs de pagina zelf" in "".join(full.lines)
    assert len(streams) == 2


def test_streams_hold_no_thread_that_a_page_needs(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = opened.region.services.streams
    monkeypatch.setattr(streams, "_each", MORE_THAN_THREADS)
    shown = shown_to(opened.region.services, NOOR.actor, NOORS)
    for _ in range(MORE_THAN_THREADS):
        opened.follow(NOOR.actor, since=shown)
    assert len(streams) == MORE_THAN_THREADS
    page = f"{opened.address}/traject/{NOORS}"
    cookies = signed_in(opened.region.services, NOOR.actor)
    with httpx2.Client(cookies=cookies, timeout=PATIENCE) as client:
        assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("actor", "file", "status"),
    [
        (SEM.actor, TOM, 404),
        (RIA.actor, None, 404),
        (Actor(UUID(int=7), Role.NETWORK_MEMBER), NOOR, 404),
        (None, NOOR, 401),
    ],
)
def test_who_may_not_look_is_told_no_more_than_elsewhere(
    region: DemoRegion, actor: Actor | None, file: Somebody | None, status: int
) -> None:
    browser = region.browser()
    if actor is not None:
        browser.cookies.update(signed_in(region.services, actor))
    asked = "geen-id" if file is None else trajectory_of(file)
    answer = browser.get(f"/traject/{asked}/live")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert not len(region.services.streams)


def test_to_ask_only_for_the_headers_opens_nothing(opened: Open) -> None:
    browser = opened.region.browser("noor")
    assert browser.head(f"/traject/{NOORS}/live").status_code == 200
    assert not len(opened.region.services.streams)


def test_an_open_stream_is_no_look(opened: Open, region_database: Callable[..., str]) -> None:
    def looks() -> int:
        with psycopg.connect(region_database("samenspoor_owner")) as connection:
            counted = "SELECT count(*) FROM log.access WHERE person = %s"
            return connection.execute(counted, [BAS.actor.person]).fetchone()[0]

    shown, before = shown_to(opened.region.services, BAS.actor, NOORS), looks()
    following = opened.follow(BAS.actor, since=shown)
    opened.say("ria", "log-contact", mode="walk", text=SECRET)
    until(lambda: following.told == 1)
    assert looks() == before

"""A calendar of one's own at an address that only its owner knows, until they end it."""

from __future__ import annotations

from secrets import token_urlsafe
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import TOO_OFTEN, Problem, not_found
from api.reading.agenda import Coming, agenda, in_role
from api.reading.asking import Asking
from api.signin import in_the_name_of
from api.web.desk.calendar import calendar
from api.web.desk.own import own
from api.web.desk.pace import Pace
from api.web.texts import DUTCH, offered
from api.wiring import Services
from domain.language import Text
from domain.roles import ROLE_OF
from eventlog.desk import Feed
from eventlog.entry import Actor

_SECRET = 32
"""Random bytes in an address."""
_EACH, _TOGETHER = 12, 600
"""Fetches a minute: of one address, whatever it opens, and of all."""


class Feeds:
    """The address of it; the calendar itself is asked for by programs that nobody signed in to.

    An address that never was, one that was ended and one of somebody whose role ended answer alike.
    """

    def __init__(self, services: Services) -> None:
        """Give what these services know."""
        self.services = services
        self.pace = Pace(_EACH, _TOGETHER)

    def routes(self) -> list[BaseRoute]:
        """Give the address."""
        return [Address("/agenda/{token}.ics", self.give)]

    def give(self, request: Request) -> Response:
        """Give the calendar that an address opens."""
        token: str = request.path_params["token"]
        if not self.pace.allows(token):
            raise _wait()
        feed = self.services.desk.feed(token)
        if feed is None or feed.role not in ROLE_OF:
            raise not_found()
        who = _of(feed)
        with in_the_name_of(self.services, who.actor):
            moments = self._moments(who)
        body = calendar(
            moments,
            lambda key: self.services.tokens.tag(b"agenda", token.encode(), key.encode())[1:-1],
            offered(who.actor.role).get(own(self.services, who).language or "", DUTCH).code,
            self.services.now(),
        )
        return Response(body, media_type="text/calendar; charset=utf-8")

    def _moments(self, who: Asking) -> list[Coming]:
        """Ask with the rights of now; with the role goes the address."""
        moments = agenda(self.services, who)
        if moments is None:
            self.services.desk.end_feed(who.actor.person, who.actor.role.value)
            raise not_found()
        return moments


def new_feed(services: Services, who: Asking) -> str:
    """Make an address for somebody's calendar; raises Problem to who has none in this role."""
    if not in_role(services, who):
        raise not_found()
    token = token_urlsafe(_SECRET)
    actor = who.actor
    feed = Feed(actor.person, actor.role.value, actor.organisation)
    services.desk.make_feed(feed, token, services.now())
    return f"/agenda/{token}.ics"


def _of(feed: Feed) -> Asking:
    return Asking(Actor(feed.person, ROLE_OF[feed.role], feed.organisation), "nl", uuid4())


def _wait() -> Problem:
    return Problem(
        TOO_OFTEN._replace(title=Text("Even wachten", "Wait a moment")),
        Text(
            "Deze agenda is net al vaak opgehaald. Probeer het over een minuut nog eens.",
            "This calendar was fetched often just now. Try again in a minute.",
        ),
        headers={"Retry-After": "60"},
    )

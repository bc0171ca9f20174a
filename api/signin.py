"""Who is asking: a signed token as bearer or as cookie, and the demo's sign-in that makes one.

A token only names somebody; what they may is asked of the grants at every request. Signing out
takes the cookie away; a copy of the token stays good until it ends by itself, within a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.reading.asking import Asking
from api.reading.looking import seen_of
from api.tokens import Tokens
from domain.language import LANGUAGES, Language, Text, calling_the_client
from domain.roles import ROLE_OF
from eventlog.entry import Actor
from eventlog.ties import day_of
from projections.wall import Asker, asked_by

COOKIE = "samenspoor"
LIFETIME = timedelta(hours=10)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ASKED = "samenspoor.asked"
"""Where a request keeps what was found out about its asker."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody invented whom one may sign in as in the demo."""

    actor: Actor
    label: Text
    """Who this is and what they do, for the page that lets one choose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the headers of a request say about its asker; nobody is refused yet."""

    request: UUID
    language: Language
    actor: Actor | None
    foreign: bool
    """It comes with a cookie, from a page that is not ours: it may read and change nothing."""
    until: int = 0
    """When they are signed out by themselves, in seconds since 1970; 0 for nobody."""


def issue(tokens: Tokens, actor: Actor, now: datetime) -> str:
    """Make a token of the demo for somebody."""
    return tokens.signed(
        {
            "person": str(actor.person),
            "role": actor.role.value,
            "organisation": None if actor.organisation is None else str(actor.organisation),
            "expires": int((now + LIFETIME).timestamp()),
            "demo": True,
        }
    )


def actor_of(tokens: Tokens, token: str, now: datetime, *, demo: bool) -> Actor | None:
    """Say whom a token names; None when it is not ours, is over, or is of the demo outside it."""
    claims = tokens.claims(token)
    if claims is None or claims["expires"] <= now.timestamp() or (claims["demo"] and not demo):
        return None
    return _actor(claims["person"], claims["role"], claims["organisation"])


@lru_cache(maxsize=1024)
def _actor(person: str, role: str, organisation: str | None) -> Actor:
    return Actor(UUID(person), ROLE_OF[role], None if organisation is None else UUID(organisation))


def keep(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the token as a cookie that scripts and other sites cannot use."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, *, secure: bool) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="lax")


def asked(request: Request) -> Asked:
    """Give what was found out about the asker of this request."""
    found: Asked = request.scope[ASKED]
    return found


def token_of(request: Request) -> str:
    """Give what a request is signed in with; '' when it is not."""
    return _token({name: value.decode("latin-1") for name, value in request.scope["headers"]})[0]


def asking(request: Request) -> Asking:
    """Give the asker; raises a Problem for nobody, and for a change that another site asks for."""
    found = asked(request)
    if found.actor is None:
        raise problems.unauthenticated()
    if found.foreign:
        raise cross_site()
    return Asking(found.actor, found.language, found.request, *seen_of(request.scope))


def in_the_name_of(services: Any, actor: Actor | None) -> AbstractContextManager[None]:
    """Read for somebody: without it the database gives nothing of anybody."""
    if actor is None:
        return asked_by(None)
    now = services.now()
    role = actor.role.value
    return asked_by(Asker(actor.person, role, actor.organisation, now, day_of(now)))


def cross_site() -> problems.Problem:
    """Another site asks for a change in the name of whoever is signed in here."""
    return problems.Problem(
        problems.NOT_ALLOWED,
        Text(
            "Dit verzoek komt van een andere website; daarom is er niets gedaan.",
            "This request comes from another website; therefore nothing was done.",
        ),
    )


class Acting:
    """Middleware: finds out who asks and in which language, before anything else looks."""

    def __init__(self, app: ASGIApp, services: Any) -> None:
        """Wrap an application."""
        self.app = app
        self.services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note what the headers say in the scope."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = scope[ASKED] = self._asked(scope)
        word = self.services.settings.client_word
        with in_the_name_of(self.services, found.actor), calling_the_client(word):
            await self.app(scope, receive, send)

    def _asked(self, scope: Scope) -> Asked:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        token, by_cookie = _token(headers)
        services = self.services
        actor = token and actor_of(
            services.tokens, token, services.now(), demo=services.settings.demo
        )
        foreign = by_cookie and scope["method"] not in SAFE and not same_site(headers)
        speaks = language(headers.get(b"accept-language", ""))
        claims = services.tokens.claims(token) if actor else None
        return Asked(uuid4(), speaks, actor or None, foreign, claims["expires"] if claims else 0)


def _token(headers: dict[bytes, str]) -> tuple[str, bool]:
    """Take the bearer token, or else the cookie; and say whether it was the cookie."""
    scheme, _, token = headers.get(b"authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip(), False
    cookies = headers.get(b"cookie", "")
    if COOKIE not in cookies:
        return "", False
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return "", False
    return ("", False) if morsel is None else (morsel.value, True)


def same_site(headers: dict[bytes, str]) -> bool:
    """Say whether a page of ours sent this, as far as the browser tells; no telling is no."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get(b"origin", "").partition("://")[2]
    return bool(origin) and origin == headers.get(b"host")


def language(accepted: str) -> Language:
    """Choose Dutch, unless English is asked for above it."""
    return preferred(accepted, LANGUAGES)


@lru_cache(maxsize=256)
def preferred(accepted: str, among: tuple[Language, ...]) -> Language:
    """Choose the language that is asked for most; the first of them when none is asked above it."""
    wanted: dict[str, float] = {}
    for each in accepted.lower().split(",")[:20]:
        name, _, parameters = each.partition(";")
        wanted.setdefault(name.strip().partition("-")[0], _weight(parameters.split(";")))
    return max(among, key=lambda each: wanted.get(each, 0))


def _weight(parameters: Iterable[str]) -> float:
    for each in parameters:
        name, _, value = each.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1

"""Makes pages out of templates: who looks, in which language, under a policy without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.reading.asking import Asking
from api.reading.looking import seen_of
from api.signin import asked
from api.web.catalogue import TEXTS
from api.wiring import Services
from domain.language import Language
from domain.roles import Role
from domain.wording import day as worded_day
from eventlog.handler import HOME

LANGUAGE_COOKIE = "taal"
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_BEGINS = {Role.JOB_COACH: "/vandaag", Role.CARE_WORKER: "/vandaag"}
_YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks the reader's language in a template."""

    language: Language

    def __call__(self, key: str, **values: Any) -> str:
        """Give a text of the catalogue."""
        return TEXTS[key].to(self.language).format(**values)

    def day(self, value: date | datetime) -> str:
        """Write a day as people say it."""
        if isinstance(value, datetime):
            value = value.astimezone(HOME).date()
        return worded_day(value, self.language)

    def ago(self, days: int | None) -> str:
        """Say how long ago something was."""
        if days is None:
            return self("never")
        near = {0: "today_word", 1: "yesterday"}.get(days)
        return self(near) if near else self("days_ago", count=days)


class Renderer:
    """Renders the templates of this package."""

    def __init__(self, services: Services) -> None:
        """Read the templates of the package, once and all: newer ones belong to newer code."""
        self.services = services
        self._templates = Environment(
            loader=PackageLoader("api.web"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters["initials"] = initials
        for name in self._templates.list_templates():
            self._templates.get_template(name)

    def page(
        self,
        request: Request,
        template: str,
        *,
        who: Asking | None = None,
        me: dict[str, Any] | None = None,
        status: int = 200,
        **content: Any,
    ) -> HTMLResponse:
        """Render a page for whoever asked for it."""
        speaks = language(request)
        html = self._templates.get_template(template).render(
            t=Words(speaks),
            language=speaks,
            other="en" if speaks == "nl" else "nl",
            path=request.url.path,
            me=me,
            nav=_nav(who),
            demo=self.services.settings.demo,
            **content,
        )
        response = HTMLResponse(html, status)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Content-Language"] = speaks
        if request.query_params.get("lang") in {"nl", "en"}:
            response.set_cookie(
                LANGUAGE_COOKIE, speaks, max_age=_YEAR, httponly=True, samesite="lax"
            )
        return response


def language(request: Request) -> Language:
    """Dutch, unless English was chosen."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if chosen == "en" else "nl"


def of(request: Request) -> Asking | None:
    """Give who is signed in, in the language of the pages; None for nobody."""
    found = asked(request)
    if found.actor is None:
        return None
    return Asking(found.actor, language(request), found.request, *seen_of(request.scope))


def home(who: Asking) -> str:
    """Give the page where one's role begins."""
    return _BEGINS.get(who.actor.role, "/overzicht")


def initials(name: str) -> str:
    """Give the first letters of a name, for its circle."""
    words = [word for word in name.replace("'t ", "").split() if word[:1].isalpha()]
    letters = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in letters).upper() or "·"


def _nav(who: Asking | None) -> list[tuple[str, str, str]]:
    """Name the main pages of a role: address, icon and text."""
    if who is None:
        return []
    if home(who) == "/vandaag":
        return [("/vandaag", "home", "today"), ("/noteer", "plus", "note")]
    return [("/overzicht", "route", "people")]

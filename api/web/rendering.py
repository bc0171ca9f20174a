"""Makes pages out of templates: who looks, in which language, under a policy without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.looking import seen_of
from api.signin import asked
from api.web.assets import BASE
from api.web.desk.own import Letters, Own, own
from api.web.texts import (
    DUTCH,
    N_,
    OFFERED,
    PageLanguage,
    gettext,
    ngettext,
    speaking,
    spoken,
    translations,
)
from api.wiring import Services
from domain.events.base import Category
from domain.language import Language, Text
from domain.policy import cell, chooses_reader, meets_employers
from domain.roles import Role
from domain.wording import amount as worded_amount
from domain.wording import day as worded_day
from domain.wording import month as worded_month
from domain.wording import short_month as worded_short_month
from eventlog.entry import Actor
from eventlog.handler import HOME

LANGUAGE_COOKIE = "taal"
OWN = "samenspoor.own"
"""Where a request keeps how who is signed in likes their screen."""
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self';"
    " script-src 'self'; connect-src 'self'; worker-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
TODAY = "/vandaag"
_BEGINS = {Role.JOB_COACH: TODAY, Role.CARE_WORKER: TODAY, Role.PEER: "/groep"}
_YEAR = 60 * 60 * 24 * 365


class Renderer:
    """Renders the templates of this package."""

    def __init__(self, services: Services) -> None:
        """Read templates and catalogues, once and all: newer ones belong to newer code."""
        self.services = services
        self._templates = Environment(
            loader=PackageLoader("api.web"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined] # by i18n
            gettext, ngettext, newstyle=True
        )
        self._templates.globals |= {"new_key": lambda: str(uuid4()), "static": BASE}
        self._templates.filters |= {
            "initials": initials,
            "day": day,
            "month": month,
            "short_month": short_month,
            "ago": ago,
            "said": said,
            "amount": amount,
        }
        for name in self._templates.list_templates():
            self._templates.get_template(name)
        for code in OFFERED:
            translations(code)

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
        speaks, letters = chosen(request), _own(request).letters
        with speaking(speaks):
            html = self._templates.get_template(template).render(
                speaks=speaks,
                others=[each for each in OFFERED.values() if each != speaks],
                path=request.url.path,
                me=me,
                letters="" if letters is Letters.NORMAL else letters.value,
                nav=_nav(who, me),
                finds=me is not None and len(me["trajectories"]) > 1,
                keys=_own(request).keys,
                demo=self.services.settings.demo,
                device="" if who is None else device_of(self.services, who.actor),
                **content,
            )
        response = HTMLResponse(html, status)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Content-Language"] = speaks.code
        if request.query_params.get("lang") in OFFERED:
            keep_language(response, speaks.code)
        return response

    def know(self, request: Request) -> None:
        """Read once how who is signed in likes their screen; for nobody there is nothing to read.

        Pages are also made where nothing may be waited for: they take what was read here.
        """
        actor = asked(request).actor
        if actor is not None:
            request.scope[OWN] = own(self.services, Asking(actor))


def keep_language(response: Response, code: str) -> None:
    """Let this browser speak a language, whoever uses it."""
    response.set_cookie(LANGUAGE_COOKIE, code, max_age=_YEAR, httponly=True, samesite="lax")


def _own(request: Request) -> Own:
    found: Own = request.scope.get(OWN, Own())
    return found


def chosen(request: Request) -> PageLanguage:
    """Dutch, unless another language was chosen: here, in this browser, or by who is signed in."""
    code = (
        request.query_params.get("lang")
        or request.cookies.get(LANGUAGE_COOKIE)
        or _own(request).language
    )
    return OFFERED.get(code or "", DUTCH)


def language(request: Request) -> Language:
    """Give the language of what the domain says on a page."""
    return chosen(request).sentences


def of(request: Request) -> Asking | None:
    """Give who is signed in, in the language of the pages; None for nobody."""
    found = asked(request)
    if found.actor is None:
        return None
    return Asking(found.actor, language(request), found.request, *seen_of(request.scope))


def device_of(services: Services, actor: Actor) -> str:
    """Mark somebody in their role for their browser, which tells nobody who it is."""
    parts = str(actor.person), actor.role.value, str(actor.organisation)
    return services.tokens.tag(b"device", *(each.encode() for each in parts))[1:-1]


def signed_in(request: Request) -> Asking:
    """Give who is signed in, for a page that is of somebody; raises Problem for nobody."""
    who = of(request)
    if who is None:
        raise unauthenticated()
    return who


def home(who: Asking) -> str:
    """Give the page where one's role begins."""
    return _BEGINS.get(who.actor.role, "/overzicht")


def begins(who: Asking, trajectory: UUID) -> str:
    """Give the page of one file on which somebody begins."""
    own = chooses_reader(who.actor.role)
    return f"/traject/{trajectory}/thuis" if own else f"/traject/{trajectory}"


def day(value: date | datetime) -> str:
    """Write a day as people say it."""
    if isinstance(value, datetime):
        value = value.astimezone(HOME).date()
    return worded_day(value, spoken().sentences)


def month(value: date) -> str:
    """Write a month as people say it."""
    return worded_month(value, spoken().sentences)


def short_month(value: date) -> str:
    """Write a month where there is little room."""
    return worded_short_month(value, spoken().sentences)


def ago(days: int | None) -> str:
    """Say how long ago somebody was spoken to."""
    if days is None:
        return gettext("not spoken yet")
    near = {0: N_("today"), 1: N_("yesterday")}.get(days)
    if near:
        return gettext(near)
    return ngettext("%(num)s day ago", "%(num)s days ago", days) % {"num": days}


def said(text: Text) -> str:
    """Give what the domain says."""
    return text.to(spoken().sentences)


def amount(number: float) -> str:
    """Write a number as people write it here."""
    return worded_amount(number, spoken().sentences)


def initials(name: str) -> str:
    """Give the first letters of a name, for its circle."""
    words = [word for word in name.replace("'t ", "").split() if word[:1].isalpha()]
    letters = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in letters).upper() or "·"


def _nav(who: Asking | None, me: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    """Name the main pages of a role: address, icon and text."""
    if who is None:
        return []
    grouped = cell(who.actor.role, Category.PEER_GROUP).record
    groups = [("/groep", "users", N_("Groups"))] if grouped else []
    met = (
        [("/werkgevers", "building-2", N_("Employers"))] if meets_employers(who.actor.role) else []
    )
    if home(who) == TODAY:
        return [
            (TODAY, "home", N_("Today")),
            ("/noteer", "plus", N_("Note")),
            ("/agenda", "calendar-days", N_("Calendar")),
            *met,
            *groups,
        ]
    if home(who) == "/groep":
        return groups
    theirs: Sequence[UUID] = me["trajectories"] if me else ()
    if not chooses_reader(who.actor.role) or len(theirs) != 1:
        return [("/overzicht", "route", N_("Overview")), *met]
    own = theirs[0]
    return [
        (begins(who, own), "home", N_("Home")),
        (f"/traject/{own}", "route", N_("My trajectory")),
        (f"/traject/{own}/mensen", "users", N_("My people")),
    ]

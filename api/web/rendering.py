"""Makes pages out of templates: who looks, in which language, under a policy without scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.reading.asking import Asking
from api.reading.looking import seen_of
from api.signin import asked, preferred
from api.web.desk.own import Letters, Own, own
from api.web.texts import (
    DUTCH,
    N_,
    OFFERED,
    PageLanguage,
    gettext,
    ngettext,
    offered,
    speaking,
    spoken,
    teach_domain,
    translations,
)
from api.wiring import Services
from domain.events.base import Category
from domain.language import Language, Text, capital
from domain.policy import cell, chooses_reader
from domain.roles import Role
from domain.wording import day as worded_day
from eventlog.handler import HOME

LANGUAGE_COOKIE = "taal"
OWN = "samenspoor.own"
"""Where a request keeps how who is signed in likes their screen."""
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self';"
    " script-src 'self'; connect-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_BEGINS = {Role.JOB_COACH: "/vandaag", Role.CARE_WORKER: "/vandaag", Role.PEER: "/groep"}
_MARKS = re.compile(r"<(title|textarea|option)\b.*?</\1>|<[^>]*>|[\u2066\u2068\u2069]", re.DOTALL)
"""Where something may be set apart in a page, and where nothing can be named."""
SHORT = {
    "UWV": N_("the office for benefits and work"),
    "WW": N_("benefit after losing a job"),
    "WIA": N_("benefit during a long illness"),
    "WAO": N_("benefit during a long illness, from before 2006"),
    "IOAW": N_("benefit for older people without a job"),
}
"""Names that are abbreviations, and what they stand for."""
_ABBREVIATED = re.compile(rf"\b({'|'.join(SHORT)})\b(?! \()")
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
        self._templates.globals["new_key"] = lambda: str(uuid4())
        self._templates.filters |= {
            "initials": initials,
            "day": day,
            "ago": ago,
            "said": said,
            "capital": capitalised,
            "explained": explained,
        }
        for name in self._templates.list_templates():
            self._templates.get_template(name)
        for each in OFFERED.values():
            translations(each.code)
            if not each.whole:
                teach_domain(each.code)

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
                others=[each for each in _offered(request).values() if each != speaks],
                path=request.url.path,
                me=me,
                letters="" if letters is Letters.NORMAL else letters.value,
                nav=_nav(who, me),
                finds=me is not None and len(me["trajectories"]) > 1,
                keys=_own(request).keys,
                demo=self.services.settings.demo,
                **content,
            )
        response = HTMLResponse(html if speaks.whole else marked(html), status)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Content-Language"] = speaks.code
        if request.query_params.get("lang") == speaks.code:
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
    """Dutch, unless another language was chosen: here, in this browser, or by who is signed in.

    As long as nobody chose, a browser may say what it is set to.
    """
    found = _offered(request)
    for code in (
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        _own(request).language,
    ):
        if code:
            return found.get(code) or DUTCH
    among = tuple(each.code for each in found.values())
    return found[preferred(request.headers.get("accept-language", ""), among)]


def _offered(request: Request) -> Mapping[str, PageLanguage]:
    actor = asked(request).actor
    return offered(None if actor is None else actor.role)


def language(request: Request) -> Language:
    """Give the language of what the domain says on a page."""
    return chosen(request).code


def of(request: Request) -> Asking | None:
    """Give who is signed in, in the language of the pages; None for nobody."""
    found = asked(request)
    if found.actor is None:
        return None
    return Asking(found.actor, language(request), found.request, *seen_of(request.scope))


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
    return worded_day(value, spoken().code)


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
    return text.to(spoken().code)


def explained(said: str) -> str:
    """Say what an abbreviation stands for, where it is not said beside it."""
    whole = Markup("{}").format(said)
    return Markup(_ABBREVIATED.sub(_meaning, whole))  # noqa: S704 - of what was escaped


def _meaning(found: re.Match[str]) -> str:
    return Markup('<abbr title="{}">{}</abbr>').format(gettext(SHORT[found[0]]), found[0])


def capitalised(text: str) -> str:
    """Begin it with a capital."""
    return capital(text, spoken().code)


def marked(html: str) -> str:
    """Name the language of Dutch that stands among another, so that it is read out right.

    Inside a tag, a title or an option nothing can be named: there the marks keep its direction.
    """
    dutch: list[bool] = []

    def told(found: re.Match[str]) -> str:
        match found[0]:
            case "\u2066":
                dutch.append(True)
                return '<span lang="nl" dir="ltr">'
            case "\u2068":
                dutch.append(False)
            case "\u2069":
                return "</span>" if dutch and dutch.pop() else found[0]
            case tag:
                open_ = sum(dutch)
                dutch.clear()
                return "</span>" * open_ + tag
        return found[0]

    return _MARKS.sub(told, html)


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
    if home(who) == "/vandaag":
        return [("/vandaag", "home", N_("Today")), ("/noteer", "plus", N_("Note")), *groups]
    if home(who) == "/groep":
        return groups
    theirs: Sequence[UUID] = me["trajectories"] if me else ()
    if not chooses_reader(who.actor.role) or len(theirs) != 1:
        return [("/overzicht", "route", N_("Overview"))]
    own = theirs[0]
    return [
        (begins(who, own), "home", N_("Home")),
        (f"/traject/{own}", "route", N_("My trajectory")),
        (f"/traject/{own}/mensen", "users", N_("My people")),
    ]

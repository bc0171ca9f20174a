"""Makes pages out of templates: who looks, in which language, with no script but our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.looking import seen_of
from api.signin import asked, preferred
from api.web.assets import BASE
from api.web.desk.own import Letters, Own, own
from api.web.filters import FILTERS, marked
from api.web.texts import (
    N_,
    OFFERED,
    PageLanguage,
    gettext,
    ngettext,
    offered,
    speaking,
    speaks_to_client,
    teach_domain,
    translations,
)
from api.web.whose import device_of, told_in_forms
from api.wiring import Services
from domain.events.base import Category
from domain.language import Language
from domain.policy import cell, chooses_reader, leads, meets_employers, reads_totals, refers
from domain.roles import Role

LANGUAGE_COOKIE = "taal"
OWN = "samenspoor.own"
"""Where a request keeps how who is signed in likes their screen."""
ANYBODYS = "samenspoor.anybodys"
"""Where a request says that its page is the same for whoever opens it."""
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self';"
    " script-src 'self'; connect-src 'self'; worker-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
TODAY = "/vandaag"
_BEGINS = {
    Role.JOB_COACH: TODAY,
    Role.CARE_WORKER: TODAY,
    Role.PEER: "/groep",
    Role.TEAM_LEAD: "/team",
    Role.AUDITOR: "/steekproef",
    Role.PRIVACY_OFFICER: "/inzagelog",
}
_SIGNALS = ("/signalen", "footprints", N_("Signals"))
_OVERVIEW = ("/overzicht", "route", N_("Overview"))
_SAMPLE = ("/steekproef", "list", N_("Sample"))
_LOOKING_BACK = ("/nakijken", "shield-check", N_("Looking back"))
_ALSO: Mapping[Role, tuple[tuple[str, str, str], ...]] = {
    Role.JOB_COACH: (_SIGNALS,),
    Role.CARE_WORKER: (_SIGNALS, ("/noodinzage", "shield-check", N_("Emergency"))),
    Role.AUDITOR: (_SAMPLE, _OVERVIEW),
    Role.PRIVACY_OFFICER: (
        ("/inzagelog", "eye", N_("Who looked")),
        _LOOKING_BACK,
        _SAMPLE,
    ),
    Role.TEAM_LEAD: (_SAMPLE, _LOOKING_BACK),
}
"""What some roles find besides, in the order of the menu."""
_YEAR = 60 * 60 * 24 * 365


class Renderer:
    """Renders the templates of this package."""

    def __init__(self, services: Services) -> None:
        """Show what these services know."""
        self.services = services
        self._templates = _templates()

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
        speaks, letters = chosen(request), own_of(request).letters
        device = "" if who is None else device_of(self.services, who.actor)
        with speaking(speaks, to_client=who is not None and who.actor.role is Role.CLIENT):
            html = self._templates.get_template(template).render(
                speaks=speaks,
                others=_others(request, speaks),
                path=request.url.path,
                me=me,
                letters="" if letters is Letters.NORMAL else letters.value,
                nav=_nav(who, me),
                finds=me is not None and len(me["trajectories"]) > 1,
                refers=who is not None and refers(who.actor.role),
                keys=own_of(request).keys,
                demo=self.services.settings.demo,
                device=device,
                lasts=self._lasts(request),
                **content,
            )
        html = told_in_forms(html, device)
        response = HTMLResponse(html if speaks.whole else marked(html), status)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Content-Language"] = speaks.code
        if request.query_params.get("lang") == speaks.code:
            keep_language(request, response, speaks.code)
        return response

    def _lasts(self, request: Request) -> int:
        """Give the seconds that a session still lasts, in whole minutes: as many for each page."""
        left = asked(request).until - self.services.now().timestamp()
        return max(0, int(left // 60 * 60))

    def know(self, request: Request) -> None:
        """Read once how who is signed in likes their screen; for nobody there is nothing to read.

        Pages are also made where nothing may be waited for: they take what was read here.
        """
        actor = asked(request).actor
        if actor is not None:
            request.scope[OWN] = own(self.services, Asking(actor))


@cache
def _templates() -> Environment:
    """Read templates and catalogues, once and all: newer ones belong to newer code."""
    made = Environment(
        loader=PackageLoader("api.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined] # by i18n
        gettext, ngettext, newstyle=True
    )
    made.globals |= {
        "new_key": lambda: str(uuid4()),
        "static": BASE,
        "to_client": speaks_to_client,
    }
    made.filters |= FILTERS
    for name in made.list_templates():
        made.get_template(name)
    for each in OFFERED.values():
        translations(each.code)
        if not each.whole:
            teach_domain(each.code)
    return made


def keep_language(request: Request, response: Response, code: str) -> None:
    """Let this browser speak a language, whoever uses it."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=_YEAR,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def own_of(request: Request) -> Own:
    """Give how who is signed in likes their screen, as `know` read it."""
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
        own_of(request).language,
    ):
        if code and code in found:
            return found[code]
    among = tuple(each.code for each in found.values())
    return found[preferred(request.headers.get("accept-language", ""), among)]


def _others(request: Request, speaks: PageLanguage) -> list[PageLanguage]:
    """Give the languages that a link leads to; on what answers a form a link would lose it."""
    if request.method == "POST":
        return []
    return [each for each in _offered(request).values() if each != speaks]


def _offered(request: Request) -> Mapping[str, PageLanguage]:
    actor = None if request.scope.get(ANYBODYS) else asked(request).actor
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


def _nav(who: Asking | None, me: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    """Name the main pages of a role: address, icon and text."""
    if who is None:
        return []
    also = _ALSO.get(who.actor.role, ())
    grouped = cell(who.actor.role, Category.PEER_GROUP).record
    groups = [("/groep", "users", N_("Groups"))] if grouped else []
    met = (
        [("/werkgevers", "building-2", N_("Employers"))] if meets_employers(who.actor.role) else []
    )
    if home(who) == TODAY:
        calendar = ("/agenda", "calendar-days", N_("Calendar"))
        note = ("/noteer", "plus", N_("Note"))
        return [(TODAY, "home", N_("Today")), note, *also, calendar, *met, *groups]
    if home(who) == "/groep":
        return groups
    if leads(who.actor.role):
        workbook = ("/import", "file-text", N_("Workbook"))
        return [("/team", "users", N_("Team")), *_totals(who), *also, workbook]
    if home(who) in {href for href, _, _ in also}:
        return [*also, *_totals(who)]
    theirs: Sequence[UUID] = me["trajectories"] if me else ()
    if chooses_reader(who.actor.role) and me is None:  # where it went wrong nothing is read
        return [("/overzicht", "route", N_("My trajectory"))]
    if not chooses_reader(who.actor.role) or len(theirs) != 1:
        return [_OVERVIEW, *also, *_totals(who), *met]
    own = theirs[0]
    return [
        (begins(who, own), "home", N_("Home")),
        (f"/traject/{own}", "route", N_("My trajectory")),
        (f"/traject/{own}/mensen", "users", N_("My people")),
    ]


def _totals(who: Asking) -> list[tuple[str, str, str]]:
    """Name the page with totals to who can read them."""
    if not reads_totals(who.actor.role):
        return []
    return [("/team/uitkomsten", "chart-no-axes-column", N_("Outcomes"))]

"""What a browser keeps for when it is cut off: the worker, the page about it, the list of today."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.help import call
from api.reading.support import caseload_to_call
from api.web.assets import BASE, VERSION
from api.web.board import board
from api.web.forms.coach import CONTACT
from api.web.forms.form import Form
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS
from api.web.rendering import ANYBODYS, TODAY, home, language, of, signed_in
from api.web.section import Gives, Section
from api.web.texts import OFFERED
from api.web.whose import DEVICE_OF, sent_by_its_own
from domain.policy import might_record
from eventlog.handler import HOME

_PAGE = "/wachtrij"
_CUT_OFF = "los"
"""Asks for the page as it is shown without a connection: with nothing of anybody."""
_FILES = (
    *("app.css", "ss3.woff2", "ahn.woff2", "icons.svg", "mark.svg"),
    *(f"offline/{name}.js" for name in ("store", "queue", "day", "page", "device")),
)
_WORKER_POLICY = "default-src 'none'; connect-src 'self'; script-src 'self'"


class Device(Section):
    """The addresses of it; what was typed never comes by here but as the form that it is."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address("/sw.js", get(_worker)),
            Address(_PAGE, get(self.show)),
            Address(f"{_PAGE}/vandaag", get(self.today)),
        ]

    def show(self, request: Request) -> Response:
        """Show the page to anybody: what is kept is put in by the browser that keeps it."""
        cut_off = request.scope[ANYBODYS] = _CUT_OFF in request.query_params
        who = None if cut_off else of(request)
        carries = who is not None and home(who) == TODAY
        today = self.services.today()
        writes = lay_out(CONTACT, {}, {}, {}, today) if cut_off or carries else None
        return self.page(
            request,
            who,
            "device.html",
            cut_off=cut_off,
            numbers=call(self.services, language(request)),
            carries=carries,
            contact=writes,
            fills_in=_fills_in(who),
        )

    def today(self, request: Request) -> Response:
        """Give names and telephone numbers of today's list, and when they are to be gone.

        Taking them along is one look at each of these files, written now: what is read where
        there is no connection cannot be. No reason goes along, which can be about health.
        """
        who = signed_in(request)
        if not sent_by_its_own(self.services, request, request.headers.get(DEVICE_OF)):
            raise unauthenticated()
        found, called = caseload_to_call(self.services, who)
        lines = [each.case for each in board(found).today]
        midnight = datetime.combine(self.services.today() + timedelta(days=1), time(), HOME)
        content = {
            "until": midnight.isoformat(),
            "lines": [
                {
                    "trajectory": each["trajectory"],
                    "name": each["name"],
                    "telephone": called.get(each["trajectory"]),
                }
                for each in lines
            ],
        }
        return Response(orjson.dumps(content), media_type="application/json")


def _fills_in(who: Asking | None) -> list[Form]:
    """Give the forms that may wait here: of who is not known, all there are."""
    return [
        form
        for form in FORMS.values()
        if who is None or any(might_record(who.actor.role, each) for each in form.command.YIELDS)
    ]


def _worker(_: Request) -> Response:
    """Give the worker: it has to come from the root, and changes when any of its files does."""
    files = [f"{BASE}/{name}" for name in _FILES]
    pages = {code: f"{_PAGE}?{_CUT_OFF}&lang={code}" for code in OFFERED}
    given = ", ".join(orjson.dumps(each).decode() for each in (VERSION, files, pages))
    return Response(
        f'import {{ serve }} from "{BASE}/offline/worker.js";\nserve({given});\n',
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": _WORKER_POLICY},
    )

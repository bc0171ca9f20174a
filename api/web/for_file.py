"""Plain text of a few weeks, or of one entry, to be taken over into the own clinic's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.reading.asking import Asking
from api.reading.for_file import for_file
from api.reading.moment import Moment, day_in
from api.reading.people import me
from api.reading.state import stand, state
from api.web.days import Told, told
from api.web.filters import day, said
from api.web.rendering import chosen, signed_in
from api.web.section import Gives, Section
from api.web.texts import gettext, speaking

_PAGE = "/traject/{id}/voor-het-dossier"
_NAME = "voor-het-dossier.txt"
"""Of the file that is taken along: it names nobody."""


class ForFile(Section):
    """The page with the text, and the text by itself."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses; `get` answers with a page whatever happens."""
        return [
            Address(_PAGE, get(self.show)),
            Address(f"{_PAGE}.txt", get(self.take)),
        ]

    def show(self, request: Request) -> Response:
        """Show the text, to be copied or taken along."""
        who, found, text, client = self._read(request)
        entry = _entry(request.query_params)
        asked = {"since": found["since"], "until": found["until"], "entry": entry}
        return self.page(
            request,
            who,
            "for_file.html",
            trajectory=found["trajectory"],
            client=client,
            since=found["since"],
            until=found["until"],
            entry=entry,
            text=text,
            asked=urlencode({name: value for name, value in asked.items() if value}),
        )

    def take(self, request: Request) -> Response:
        """Give the text as a file."""
        response = PlainTextResponse(self._read(request)[2])
        response.headers["Content-Disposition"] = f'attachment; filename="{_NAME}"'
        return response

    def _read(self, request: Request) -> tuple[Asking, dict[str, Any], str, Mapping[str, Any]]:
        who = signed_in(request)
        asked = request.query_params
        trajectory = identifier(request.path_params["id"])
        first, last = (day_in(name, asked.get(name) or None) for name in ("since", "until"))
        _, found = for_file(
            self.services, who, trajectory, since=first, until=last, entry=_entry(asked)
        )
        where = state(self.services, stand(self.services, who, trajectory, Moment()))
        with speaking(chosen(request)):
            text = "\n".join(self._lines(who, where["client"], found))
        return who, found, text, where["client"]

    def _lines(
        self, who: Asking, client: Mapping[str, Any], found: Mapping[str, Any]
    ) -> Iterator[str]:
        """Word it: whom it is about, from where it comes, and then day by day."""
        yield client["name"]
        yield gettext("From Samenspoor, taken over on %(day)s by %(name)s.") % {
            "day": day(self.services.today()),
            "name": me(self.services, who)["name"] or "",
        }
        yield gettext("What was told in confidence is not in it.")
        for on, entries in told(found["entries"]):
            yield ""
            yield day(on)
            for each in entries:
                yield from _entry_lines(each)


def _entry(asked: Mapping[str, str]) -> UUID | None:
    return identifier(asked["entry"]) if asked.get("entry") else None


def _entry_lines(each: Told) -> Iterator[str]:
    entry = each.entry
    role, name = said(entry["by"]["role"].label), entry["by"]["name"]
    by = name if name.startswith(role) else f"{name} ({role})"
    yield f"- {by}: {entry['sentence']}"
    yield from (f"  {line}" for text in each.plain for line in text.splitlines())
    for heading, text in each.led:
        first, *rest = text.splitlines() or [""]
        yield f"  {gettext(heading)}: {first}"
        yield from (f"  {line}" for line in rest)
    for statement in entry["statements"]:
        yield f"  {gettext('The client says about this')}: {statement['text']}"

"""The page by which a team lead takes over a workbook: first looked at, then taken over."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import MALFORMED, TOO_LARGE, Problem, not_found, unauthenticated
from api.reading.asking import Asking
from api.reading.freshness import seen_token, wait
from api.reading.programmes import programmes
from api.signin import asking
from api.web.forms.posting import typed_in
from api.web.rendering import language, of, signed_in
from api.web.section import Gives, Posts, Section
from api.web.whose import DEVICE_OF, sent_by_its_own
from api.workbook.reading import MEGABYTE, Unreadable
from api.workbook.refused import refused_rows
from api.workbook.uploading import LARGEST, Changed, Looked, Sent, look, mark, named, take_over
from domain.language import Text
from domain.policy.importing import imports_for
from eventlog.log import grants
from eventlog.request import Busy

PAGE, TAKE, REFUSED = "/import", "/import/neem-over", "/import/niet-goed.csv"
_AROUND = 20_000
"""What a form may hold beside the book."""
_FIELDS = 10
_MODELS = ("caseload", "directory", "outcomes")
_SHOWN = 200
"""Refused rows on one page; how many there are is always told."""
_PURPOSE = "import"


class _Upload(NamedTuple):
    """What was sent: the fields as they were typed, and the book."""

    typed: Mapping[str, str]
    content: bytes
    file: str


class _InMemory(MultiPartParser):
    """Keeps a file in memory, within the limit: nothing of it comes on disk."""

    spool_max_size = LARGEST + _AROUND


class Importing(Section):
    """The pages; who may is said by the policy, and a book is kept nowhere between two of them."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(PAGE, get(self.begin), methods=["GET"]),
            Address(PAGE, post(self.look), methods=["POST"]),
            Address(TAKE, post(self.take), methods=["POST"]),
            Address(REFUSED, post(self.refused), methods=["POST"]),
        ]

    def begin(self, request: Request) -> Response:
        """Ask for a book; or say what was taken over."""
        who = signed_in(request)
        self._organisation(who)
        asked = request.query_params
        wait(self.services, who, asked.get("na"), *_MODELS)
        done = self.services.tokens.opened(_PURPOSE, who.actor.person, asked.get("klaar", ""))
        return self._page(request, who, {}, done=done if isinstance(done, int) else None)

    async def look(self, request: Request) -> Response:
        """Show what a book comes to; nothing is written."""
        who, at = await self._who(request)
        upload = await _upload(request)
        self._of_this_page(request, upload.typed)
        return await run_in_threadpool(self._look, request, who, at, upload)

    async def take(self, request: Request) -> Response:
        """Take over what was seen, or show it again when it is no longer that."""
        who, at = await self._who(request)
        typed = await typed_in(request, LARGEST * 3 // 2 + _AROUND)
        self._of_this_page(request, typed)
        return await run_in_threadpool(self._take, request, who, at, typed)

    async def refused(self, request: Request) -> Response:
        """Give the rows of a book that are not right, to keep; nothing is written or kept here."""
        who, at = await self._who(request)
        typed = await typed_in(request, LARGEST * 3 // 2 + _AROUND)
        return await run_in_threadpool(self._refused, request, who, at, typed)

    def _refused(
        self, request: Request, who: Asking, at: UUID, typed: Mapping[str, str]
    ) -> Response:
        try:
            sent = self._sent(who, at, _Upload(typed, _book(typed), ""))
            problems = look(self.services.handler, sent).plan.result.problems
        except Unreadable as unreadable:
            return self._page(request, who, typed, wrong=unreadable.text)
        headers = {
            "Content-Disposition": f'attachment; filename="{REFUSED.rpartition("/")[2]}"',
            "Cache-Control": "private, no-store",
        }
        content = refused_rows(problems, who.language)
        return Response(content, 200, headers, "text/csv; charset=utf-8")

    def _look(self, request: Request, who: Asking, at: UUID, upload: _Upload) -> Response:
        try:
            sent = self._sent(who, at, upload)
            looked = look(self.services.handler, sent)
        except Unreadable as unreadable:
            return self._page(request, who, upload.typed, wrong=unreadable.text)
        return self._preview(request, who, sent, looked)

    def _take(self, request: Request, who: Asking, at: UUID, typed: Mapping[str, str]) -> Response:
        content = _book(typed)
        seen = self.services.tokens.opened(_PURPOSE, who.actor.person, typed.get("seen", ""))
        if not isinstance(seen, list):
            raise _unreadable()
        handler = self.services.handler
        try:
            sent = self._sent(who, at, _Upload(typed, content, ""))
            written = take_over(handler, sent, seen)
        except Unreadable as unreadable:
            return self._page(request, who, typed, wrong=unreadable.text)
        except Changed:
            return self._preview(request, who, sent, look(handler, sent), _CHANGED)
        except Busy:
            return self._preview(request, who, sent, look(handler, sent), _BUSY)
        if written.problems:
            return self._preview(request, who, sent, look(handler, sent), _PARTLY)
        tokens, person = self.services.tokens, who.actor.person
        done = tokens.sealed(_PURPOSE, person, written.entries)
        na = seen_token(self.services, who, self.services.log.position()) or ""
        return RedirectResponse(f"{PAGE}?klaar={done}&na={na}", 303)

    def _sent(self, who: Asking, at: UUID, upload: _Upload) -> Sent:
        """Give a book as it is taken over; raises Unreadable, and Problem for a programme."""
        typed = upload.typed
        wanted = typed.get("programme", "")
        theirs = {str(each["programme"]): each["programme"] for each in self._theirs(who)}
        if wanted and wanted not in theirs:
            raise not_found()
        if not upload.content:
            raise Unreadable(
                "Kies eerst een werkboek: een .xlsx-bestand.",
                "Choose a workbook first: an .xlsx file.",
            )
        name = named(typed.get("name", "").strip() or upload.file)
        return Sent(upload.content, name, at, theirs.get(wanted), self.services.today())

    def _preview(
        self,
        request: Request,
        who: Asking,
        sent: Sent,
        looked: Looked,
        wrong: Text | None = None,
    ) -> Response:
        result = looked.plan.result
        typed = {"name": sent.name, "programme": str(sent.programme or "")}
        seen = mark(sent, looked)
        return self._page(
            request,
            who,
            typed,
            wrong=wrong,
            looked={
                "tallies": result.tallies,
                "problems": result.problems[:_SHOWN],
                "refused": len(result.problems),
                "ignored": looked.ignored,
                "adds": looked.adds,
                "people": looked.plan.trajectories,
                "book": urlsafe_b64encode(sent.content).decode(),
                "seen": self.services.tokens.sealed(_PURPOSE, who.actor.person, seen),
            },
        )

    def _page(
        self,
        request: Request,
        who: Asking,
        typed: Mapping[str, str],
        wrong: Text | None = None,
        **shown: Any,
    ) -> Response:
        """Show the form, and beside it what was `looked` at or is `done`."""
        return self.page(
            request,
            who,
            "import.html",
            status=422 if wrong else 200,
            programmes=self._theirs(who),
            typed={name: typed.get(name, "") for name in ("name", "programme")},
            wrong=wrong,
            most=LARGEST // MEGABYTE,
            **({"looked": None, "done": None} | shown),
        )

    def _theirs(self, who: Asking) -> list[dict[str, Any]]:
        return programmes(self.services, who)

    async def _who(self, request: Request) -> tuple[Asking, UUID]:
        if of(request) is None:
            raise unauthenticated()
        who = replace(asking(request), language=language(request))
        return who, await run_in_threadpool(self._organisation, who)

    def _of_this_page(self, request: Request, typed: Mapping[str, str]) -> None:
        """Take no book from the page of somebody else; it is too large to be kept meanwhile."""
        if not sent_by_its_own(self.services, request, typed.get(DEVICE_OF)):
            raise unauthenticated()

    def _organisation(self, who: Asking) -> UUID:
        """Say for which organisation somebody imports; for who may not there is no such page."""
        person = who.actor.person
        held = grants(self.services.log.grants_between(person, person))
        at = imports_for(who.reader, held, self.services.today())
        if at is None:
            raise not_found()
        return at


def _book(typed: Mapping[str, str]) -> bytes:
    """Read the book that a page sends back; raises Problem."""
    try:
        return urlsafe_b64decode(typed.get("book", "").encode())
    except (NotBase64, ValueError) as error:
        raise _unreadable() from error


async def _upload(request: Request) -> _Upload:
    """Read what was sent, never more than the limit and never to disk; raises Problem."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise _unreadable()
    sent = bytearray()
    try:
        async for chunk in request.stream():
            sent += chunk
            if len(sent) > LARGEST + _AROUND:
                raise _too_large()

        async def stream() -> AsyncGenerator[bytes, None]:
            yield bytes(sent)

        parser = _InMemory(
            request.headers,
            stream(),
            max_files=1,
            max_fields=_FIELDS,
            max_part_size=_AROUND,
        )
        found = await parser.parse()
    except (ClientDisconnect, MultiPartException, ValueError, KeyError) as error:
        raise _unreadable() from error
    typed = {name: value for name, value in found.items() if isinstance(value, str)}
    file = found.get("file")
    if not isinstance(file, UploadFile):
        return _Upload(typed, b"", "")
    content = await file.read()
    await file.close()
    return _Upload(typed, content, file.filename or "")


_CHANGED = Text(
    "Er is intussen iets veranderd. Kijk nog eens; er is nu niets vastgelegd.",
    "Something changed meanwhile. Look once more; nothing was recorded now.",
)
_BUSY = Text(
    "Het was even druk. Neem het nog eens over; wat er al staat, komt er niet twee keer in.",
    "It was busy for a moment. Take it over once more; what is there already is not added twice.",
)
_PARTLY = Text(
    "Een deel is vastgelegd. Wat hieronder staat nog niet.",
    "Part of it was recorded. What stands below was not.",
)


def _unreadable() -> Problem:
    return Problem(
        MALFORMED,
        Text(
            "Dit werkboek kwam niet goed over. Er is niets vastgelegd. Kies het nog eens.",
            "This workbook did not come over well. Nothing was recorded. Choose it once more.",
        ),
    )


def _too_large() -> Problem:
    most = LARGEST // MEGABYTE
    return Problem(
        TOO_LARGE,
        Text(
            f"Dit bestand is te groot: hier mag het {most} MB zijn. Er is niets vastgelegd.",
            f"This file is too large: here it may be {most} MB. Nothing was recorded.",
        ),
        headers={"Connection": "close"},
    )

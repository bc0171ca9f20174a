"""Every error as problem+json (RFC 9457): a sentence for the reader, never what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from starlette.responses import Response

from domain.language import Language, Text, spoken
from domain.roles import Role

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """One sort of problem: its name in the address of its type, its status and its title."""

    name: str
    status: int
    title: Text


class FieldProblem(NamedTuple):
    """What is wrong with one field; '' names the body as a whole."""

    field: str
    problem: Text


def at_field(field: str, problem: Text) -> Text:
    """Say what is wrong after the name of the field, which stays as it is."""
    if not field:
        return problem
    return spoken(lambda language: f"{field}: {problem.to(language)}")


class Problem(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        kind: Kind,
        detail: Text,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what is told; no value that was sent belongs in it, nor in `more` members."""
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def with_more(self, **more: Any) -> Problem:
        """Give the same problem with more members."""
        return Problem(self.kind, self.detail, self.errors, self.headers, {**self.more, **more})

    def response(self, language: Language, *, head: bool = False) -> Response:
        """Word it in the reader's language; both languages stand beside it."""
        kind, detail = self.kind, self.detail
        content = {
            "type": f"urn:samenspoor:problem:{kind.name}",
            "title": kind.title.to(language),
            "status": kind.status,
            "detail": detail.to(language),
            "detail_nl": detail.to("nl"),
            "detail_en": detail.to("en"),
            "errors": [
                {
                    "field": each.field,
                    "problem": each.problem.to(language),
                    "problem_nl": each.problem.to("nl"),
                    "problem_en": each.problem.to("en"),
                }
                for each in self.errors
            ],
            **self.more,
        }
        headers = {"Cache-Control": "private, no-store", "Content-Language": language}
        return Response(
            b"" if head else orjson.dumps(content),
            kind.status,
            headers | self.headers,
            MEDIA_TYPE,
        )


MALFORMED = Kind("malformed", 400, Text("Niet te lezen", "Cannot be read"))
UNAUTHENTICATED = Kind("sign-in", 401, Text("Meld je eerst aan", "Sign in first"))
NOT_ALLOWED = Kind("not-allowed", 403, Text("Dit mag je niet vastleggen", "Not yours to record"))
NOT_FOUND = Kind("not-found", 404, Text("Niet gevonden", "Not found"))
METHOD = Kind("method", 405, Text("Zo niet", "Not this way"))
CONFLICT = Kind("in-flight", 409, Text("Nog bezig", "Still in progress"))
CHANGED = Kind("changed", 412, Text("Er is iets veranderd", "Something changed"))
TOO_LARGE = Kind("too-large", 413, Text("Te groot", "Too large"))
MEDIA = Kind("media-type", 415, Text("Alleen JSON", "JSON only"))
INVALID = Kind("invalid", 422, Text("Klopt nog niet", "Not right yet"))
REFUSED = Kind("refused", 422, Text("Dat kan zo niet", "Not possible this way"))
TOO_OFTEN = Kind("too-often", 429, Text("Voor vandaag genoeg", "Enough for today"))
MANY_OPEN = Kind("many-open", 429, Text("Al vaak open", "Open often already"))
KEY_REUSED = Kind("key-reused", 422, Text("Sleutel al gebruikt", "Key already used"))
INTERNAL = Kind("internal", 500, Text("Er ging iets mis", "Something went wrong"))
UNAVAILABLE = Kind("unavailable", 503, Text("Even niet bereikbaar", "Not reachable for now"))
NO_ROOM = Kind("no-room", 503, Text("Even vol", "Full for now"))
OTHER = Kind("other", 400, Text("Dat lukte niet", "That did not work"))


def invalid(field: str, problem: Text) -> Problem:
    """Say that one field of a body, or one part of an address, is not right."""
    return Problem(INVALID, at_field(field, problem), [FieldProblem(field, problem)])


def not_found() -> Problem:
    """What is not there and what is not yours: both answer alike, byte for byte."""
    return Problem(
        NOT_FOUND,
        Text(
            "Dit is hier niet te vinden, of niet voor jou te zien.",
            "This cannot be found here, or is not yours to see.",
        ),
    )


def unauthenticated() -> Problem:
    """Nobody is signed in, or the token is no longer good."""
    return Problem(
        UNAUTHENTICATED,
        Text("Meld je aan en probeer het opnieuw.", "Sign in and try again."),
        headers={"WWW-Authenticate": "Bearer"},
    )


def internal() -> Problem:
    """Our fault; what it was stands in the log of the service, without personal data."""
    return Problem(
        INTERNAL,
        Text(
            "Er ging bij ons iets mis. Er is niets opgeslagen dat je niet terugziet.",
            "Something went wrong on our side. Nothing is stored that you will not see.",
        ),
    )


def unavailable() -> Problem:
    """The database stays away."""
    return Problem(
        UNAVAILABLE,
        Text(
            "De gegevens zijn even niet bereikbaar. Probeer het zo nog eens, met dezelfde sleutel.",
            "The data cannot be reached right now. Try again shortly, with the same key.",
        ),
        headers={"Retry-After": "5"},
    )


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Give the problem for a status that the framework raised."""
    if status == NOT_FOUND.status:
        return not_found()
    if status == METHOD.status:
        detail = Text("Dit adres kent deze methode niet.", "This address knows no such method.")
        return Problem(METHOD, detail, headers=headers)
    detail = Text("Het verzoek was niet te volgen.", "The request could not be followed.")
    return Problem(OTHER._replace(status=status), detail, headers=headers)


def not_allowed(others: Sequence[Role] = ()) -> Problem:
    """The reader may see it and may not record this; in these roles one does."""
    if not others:
        return Problem(
            NOT_ALLOWED,
            Text(
                "In jouw rol leg je dit hier niet vast. Vraag het aan wie dat wel doet.",
                "In your role this is not yours to record here. Ask somebody who does.",
            ),
        )
    roles = spoken(lambda language: ", ".join(each.label.to(language) for each in others))
    detail = Text(
        "In jouw rol leg je dit hier niet vast. Vraag het aan wie dat wel doet: {roles}.",
        "In your role this is not yours to record here. Ask somebody who does: {roles}.",
    )
    return Problem(NOT_ALLOWED, detail.filled(roles=roles))


def too_often(detail: Text) -> Problem:
    """Somebody did a thing more often than work asks for on one day."""
    return Problem(TOO_OFTEN, detail)


def open_too_often() -> Problem:
    """Somebody has so many pages open that one more is not kept up to date by itself."""
    detail = Text(
        "Je hebt deze pagina's al vaak open staan. Sluit er een, of ververs de pagina zelf.",
        "You have these pages open many times already. Close one, or refresh the page yourself.",
    )
    return Problem(MANY_OPEN, detail, headers={"Retry-After": "60"})


def no_room() -> Problem:
    """So many pages are open that one more is not kept up to date by itself."""
    detail = Text(
        "Er kijken nu veel mensen mee. Ververs de pagina zelf; hij werkt verder gewoon.",
        "Many people are looking now. Refresh the page yourself; all else works as always.",
    )
    return Problem(NO_ROOM, detail, headers={"Retry-After": "60"})


def malformed_key() -> Problem:
    """The idempotency key has another shape than it should."""
    detail = Text(
        "Idempotency-Key is 1 tot 255 gewone leestekens, en staat er één keer.",
        "Idempotency-Key is 1 to 255 printable ASCII characters, and stands there once.",
    )
    return Problem(MALFORMED, detail, [FieldProblem("Idempotency-Key", detail)])


def key_reused() -> Problem:
    """The key stands for another request."""
    detail = Text(
        "Deze Idempotency-Key hoort bij een ander verzoek. Neem een nieuwe.",
        "This Idempotency-Key belongs to another request. Take a new one.",
    )
    return Problem(KEY_REUSED, detail, [FieldProblem("Idempotency-Key", detail)])


def changed() -> Problem:
    """Somebody wrote since the reader looked (If-Match)."""
    return Problem(
        CHANGED,
        Text(
            "Er is intussen iets veranderd. Kijk opnieuw en probeer het dan nog eens.",
            "Something changed meanwhile. Look again, and then try once more.",
        ),
    )


def busy() -> Problem:
    """The same is still being written."""
    return Problem(
        CONFLICT,
        Text(
            "Hier wordt nog aan gewerkt. Probeer het zo nog eens, met dezelfde sleutel.",
            "This is still in progress. Try again shortly, with the same key.",
        ),
        headers={"Retry-After": "1"},
    )

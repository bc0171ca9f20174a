"""Takes commands over HTTP: each command class is an address, and its fields are the body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid5

import orjson
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api import bodies, problems
from api.accepting import answered_in_json
from api.address import Address
from api.complaints import complaint
from api.observing import broke
from api.reading.asking import Asking
from api.reading.freshness import seen_token
from api.reading.help import call, setback_help
from api.reading.searching import alike
from api.reading.state import offered_after, state_matches, tag_after
from api.reading.wellbeing import watching
from api.signin import asked, asking
from api.wiring import Services
from domain.events.base import StreamKind
from domain.policy import recorders
from domain.rules import COMMANDS
from domain.rules.base import UNKNOWN_HERE, Command, Refused
from domain.rules.course import ReEnter
from domain.rules.people import RegisterPerson, look_first
from domain.rules.referral import Refer
from domain.rules.setback import SignalSetback
from domain.rules.wellbeing import AskToWatch
from eventlog.problems import Unavailable
from eventlog.request import Answer, Busy, Changed, KeyReused, NotAllowed, NotFound
from eventlog.request import Request as Asked
from eventlog.together import PartRefused, handle_together, part_key

Model = TypeVar("Model", bound=BaseModel)

PLACES: Mapping[StreamKind, str] = {
    StreamKind.TRAJECTORY: "trajectories",
    StreamKind.PROGRAMME: "programmes",
    StreamKind.PEER_GROUP: "peer-groups",
    StreamKind.EMPLOYER: "employers",
    StreamKind.DIRECTORY: "directory",
    StreamKind.FUNDING: "fundings",
}
"""Where the streams of a kind live in the address."""
_KEY = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,253}[\x21-\x7e]|[\x21-\x7e]")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Commands:
    """The addresses that change something."""

    def __init__(self, services: Services) -> None:
        """Take commands for these services."""
        self.services = services
        self._by_name = {(PLACES[each.STREAM], each.NAME): each for each in COMMANDS}

    def routes(self) -> list[Address]:
        """Give one address per kind of stream; which commands there are is in the OpenAPI file."""
        return [
            Address(f"/api/v1/{place}/{{id}}/{{command}}", self._taking(place), methods=["POST"])
            for place in PLACES.values()
        ]

    def _taking(self, place: str) -> Callable[[Request], object]:
        async def take(request: Request) -> Response:
            kind = self._by_name.get((place, request.path_params["command"]))
            try:
                return await self._take(request, kind)
            except Exception as error:
                if kind is not SignalSetback:
                    raise
                raise self._with_numbers(request, error) from error

        return take

    async def _take(self, request: Request, kind: type[Command] | None) -> Response:
        who = asking(request)
        answered_in_json(request)
        stream = identifier(request.path_params["id"])
        if kind is None:
            raise problems.not_found()
        key = idempotency_key(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        command = read_model(kind, body)
        match = request.headers.get("if-match")
        precondition = None
        if match is not None and kind.GUARDS:
            precondition = state_matches(self.services, who, kind.STREAM, stream, match)
        wanted = Asked(who.actor, stream, command, key, precondition, correlation=who.request)
        try:
            if isinstance(command, RegisterPerson | Refer):
                await run_in_threadpool(self._look_first, who, wanted, command)
            along = command.along(stream)
            if along:
                answer = await self._together(wanted, along)
            else:
                answer = await self.services.handler.handle_async(wanted)
        except NotAllowed as error:
            raise problems.not_allowed(recorders(kind, who.actor.role)) from error
        except FAILURES as error:
            raise worded(error) from error
        tag = None
        if precondition is not None and answer.entries:  # who writes so goes on by it
            told = who, kind.STREAM, stream, answer.version
            tag = await run_in_threadpool(tag_after, self.services, *told)
        more: dict[str, Any] = {}
        if isinstance(command, SignalSetback | AskToWatch | ReEnter):
            more = await run_in_threadpool(self._beside, who, command, answer)
        return recorded(self.services, who, [answer], tag, stream=stream, **more)

    def _with_numbers(self, request: Request, error: Exception) -> problems.Problem:
        """Put whom to call beside whatever went wrong with a call for help (reference 0.1)."""
        match error:
            case problems.Problem():
                problem = error
            case HTTPException():
                problem = problems.of_status(error.status_code, error.headers)
            case Unavailable():
                problem = problems.unavailable()
            case _:
                broke(error, request.scope)
                problem = problems.internal()
        return problem.with_more(numbers=call(self.services, asked(request).language))

    async def _together(
        self, asked: Asked, along: Sequence[tuple[UUID, Command, str | None]]
    ) -> Answer:
        """Store what is asked of several streams in one save; raises what each of them does.

        Another stream that is not there and one that is not theirs answer alike.
        """
        parts, fields = [asked], [""]
        for stream, command, field in along:
            part = Asked(
                *(asked.actor, stream, command, part_key(asked.key, stream), None),
                correlation=asked.correlation,
            )
            if field is not None or await run_in_threadpool(self._may, part):
                parts.append(part)
                fields.append(field or "")
        return (await together(self.services, parts, fields))[0]

    def _look_first(self, who: Asking, asked: Asked, command: RegisterPerson | Refer) -> None:
        """Refuse to begin anew with one of the asker's own people; what was stored stays stored.

        Only where it could begin at all: of whom nothing is known to them, nothing is told.
        """
        if self.services.handler.foresee(asked):
            person = command.client if isinstance(command, Refer) else asked.stream
            found = alike(self.services, who, person, command)
            look_first(found, person, somebody_else=command.somebody_else)

    def _may(self, asked: Asked) -> bool:
        try:
            self.services.handler.foresee(asked)
        except (NotFound, NotAllowed, Refused):  # what it refuses is not asked of it
            return False
        return True

    def _beside(
        self, who: Asking, command: SignalSetback | AskToWatch | ReEnter, answer: Answer
    ) -> dict[str, Any]:
        """Tell at once what belongs beside what was recorded."""
        match command:
            case SignalSetback():
                return {"help": self._help(who, answer.stream, command.wants_reader)}
            case AskToWatch():
                return {"watch": self._watch(who, answer.stream)}
            case ReEnter():
                return offered_after(self.services, who, answer.stream, answer.version)

    def _help(self, who: Asking, trajectory: UUID, reader: UUID | None) -> dict[str, Any]:
        """Tell at once who reads a signal and when, and whom to call (reference 0.1)."""
        try:
            return setback_help(self.services, who, trajectory, reader)[1]
        except (Unavailable, problems.Problem):  # the signal stands: whom to call is told always
            return {"told": None, "numbers": call(self.services, who.language)}

    def _watch(self, who: Asking, trajectory: UUID) -> dict[str, Any]:
        """Tell at once who can keep an eye on it, or that nobody can yet (reference 0.1)."""
        try:
            return watching(self.services, who, trajectory)
        except (Unavailable, problems.Problem):  # it was asked, whatever is away
            return {"told": None}


def read_model(kind: type[Model], body: bytes) -> Model:
    """Read a body as a command, or as what is made of several, strictly; raises Problem."""
    bodies.parse(body)
    try:
        read: Model = kind.__pydantic_validator__.validate_json(body, strict=True)
    except ValidationError as error:
        raise complaint(error) from None
    return read


def identifier(text: str) -> UUID:
    """Read an id in an address; what is no id does not exist."""
    if not _UUID.fullmatch(text):
        raise problems.not_found()
    return UUID(text)


def idempotency_key(request: Request) -> str | None:
    """Read the key under which a request may be sent again; raises Problem."""
    given = request.headers.getlist("idempotency-key")
    if not given:
        return None
    if len(given) > 1 or not _KEY.fullmatch(given[0]):
        raise problems.malformed_key()
    return given[0]


def with_id(asked: Model, field: str, person: UUID, key: str | None) -> Model:
    """Give what came without an id of its own one that the same key and words lead to again."""
    if key is None or field in asked.model_fields_set:
        return asked
    words = asked.model_dump_json(exclude={field})
    return asked.model_copy(update={field: uuid5(person, f"{key}/{words}")})


def recorded(
    services: Services,
    who: Asking,
    answers: Sequence[Answer],
    tag: str | None = None,
    **more: Any,
) -> Response:
    """Name the entries of one save, and where a read is to be to show them."""
    entries = [entry for answer in answers for entry in answer.entries]
    position = seen_token(services, who, max(answer.position for answer in answers))
    content = {"entries": entries, "position": position, **more}
    headers = None if tag is None else {"ETag": tag}
    return Response(orjson.dumps(content), 201 if entries else 200, headers, "application/json")


async def together(
    services: Services, parts: Sequence[Asked], fields: Sequence[str]
) -> list[Answer]:
    """Store what is asked of several streams; raises what the first raises, or Refused.

    Of the others one that is not there and one that is not theirs answer alike, at their field.
    """
    try:
        return await handle_together(services.handler, parts)
    except PartRefused as refused:
        if not refused.number:
            raise refused.cause from refused
        text = refused.cause.text if isinstance(refused.cause, Refused) else UNKNOWN_HERE
        raise Refused.saying(text, fields[refused.number]) from refused


FAILURES = (Refused, NotFound, NotAllowed, KeyReused, Changed, Busy, Unavailable)
"""What a command can end in."""


def worded(error: Exception) -> problems.Problem:
    """Say what a failure means to who asked."""
    match error:
        case Refused():
            field = error.field or ""
            named = [problems.FieldProblem(field, error.text)]
            return problems.Problem(problems.REFUSED, error.text, named)
        case NotAllowed():
            return problems.not_allowed()
        case KeyReused():
            return problems.key_reused()
        case Changed():
            return problems.changed()
        case Busy():
            return problems.busy()
        case Unavailable():
            return problems.unavailable()
        case _:
            return problems.not_found()

"""Who reads a signal and when, and whom to call: for who says that it is not going well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.problems import REFUSED, FieldProblem, Problem, not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tied
from api.reading.names import names
from api.reading.readers import around
from api.wiring import Services
from domain.arranging import READS_ALONG
from domain.events.base import Category
from domain.events.setback import SetbackSignalled
from domain.help import READ_BY, Hearing, numbers, told
from domain.language import Language
from domain.policy import chooses_reader, may_record
from domain.roles import Role
from domain.rules.base import Command, Refused
from domain.rules.setback import SignalSetback
from eventlog.handler import HOME
from eventlog.request import Request


def setback_help(
    services: Services, asking: Asking, trajectory: UUID, reader: UUID | None = None
) -> tuple[Access, dict[str, Any]]:
    """Tell it to who may give such a signal; `reader` is whom they chose. Raises Problem."""
    access = tied(services, asking, trajectory)
    signal: type[Command] = SignalSetback
    if not may_record(access.sight.relation, signal):
        raise not_found()
    noted(services, access)
    language = asking.language
    said = told(services.now().astimezone(HOME), _hearing(services, access, reader))
    answer: dict[str, Any] = {
        "trajectory": trajectory,
        "told": said.to(language),
        "numbers": call(services, language),
    }
    if access.sight.may_call(Role.JOB_COACH):
        answer["reads_along"] = READS_ALONG.to(language)
    return access, answer


def help_before(
    services: Services, asking: Asking, trajectory: UUID, reader: UUID | None
) -> tuple[Access, dict[str, Any]]:
    """Tell it before there is a signal, for the reader whom the client thinks of choosing.

    Whom the signal could not choose is refused in its words, with whom to call. Raises Problem.
    """
    found = setback_help(services, asking, trajectory, reader)
    if reader is not None:
        signal = SignalSetback(wants_reader=reader)
        try:
            services.handler.foresee(Request(asking.actor, trajectory, signal, None, None))
        except Refused as refused:
            field = FieldProblem(refused.field or "", refused.text)
            problem = Problem(REFUSED, refused.text, [field])
            raise problem.with_more(numbers=call(services, asking.language)) from None
    return found


def call(services: Services, language: Language) -> list[dict[str, Any]]:
    """Give whom one can always call."""
    chosen = services.settings
    return [
        {"name": each.name.to(language), "number": each.number, "when": each.when.to(language)}
        for each in numbers(chosen.gp_post, chosen.emergency, chosen.crisis_line)
    ]


def _hearing(services: Services, access: Access, chosen: UUID | None) -> Hearing:
    """Find who hears of a signal, each by what they see; the chosen one goes first.

    Who does not see what the client permits hears of nobody what they read: that would tell it.
    """
    own = {chosen, access.person}
    open_ = access.sees_all(Category.PERMISSIONS)
    read: list[UUID] = []
    see: list[UUID] = []
    close: list[UUID] = []
    for each in sorted(around(services, access), key=lambda each: each.person != chosen):
        seen = each.sight.fields(SetbackSignalled, own=each.person in own)
        if not seen or not access.sight.names(each.role):
            continue
        if each.role in READ_BY:
            (read if open_ and "words" in seen else see).append(each.person)
        elif open_ and "words" in seen:
            close.append(each.person)
    called = names(services, access, {*read, *see, *close})
    read_by, seen_by, close_by = ([called.of(who) for who in each] for each in (read, see, close))
    return Hearing(read_by, seen_by, close_by, chooses_reader(access.role), open_)

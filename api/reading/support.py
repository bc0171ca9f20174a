"""Ongoing support: which contact is due and why, for one trajectory, today, and a caseload."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import Problem, not_found
from api.reading.appointments import worded_appointment
from api.reading.asking import Asking
from api.reading.covering import covering, covers, worded_cover
from api.reading.gate import Access, admitted, noted, tied
from api.reading.moment import NOW, Moment, known, on_the_day, read_with, then
from api.reading.names import Known, look_up_for, lookup, names
from api.reading.opening import hidden
from api.reading.sorting import family_key
from api.reading.state import STAGED, told_state
from api.reading.wellbeing import falling
from api.wiring import Services
from domain.events.base import Category, GrantKind
from domain.language import Text
from domain.policy import leads, may_record
from domain.policy.fields import Seen
from domain.policy.relation import Reader, roles_at
from domain.rhythm import (
    Due,
    in_peace,
    next_answer,
    next_contact,
    next_employer_contact,
    promised_per_month,
    quiet,
    reviews,
)
from domain.rhythm import silence_days as silence
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.setback import AnswerSetback
from domain.state import Trajectory, stages
from domain.state.circle import coaching
from domain.state.stages import OUTSIDE_CASELOAD
from domain.state.work import Placement
from eventlog.log import grants
from projections.caseload import Case
from projections.support import After, Supported

PROMISED = (
    *(Category.REFERRAL, Category.SEARCH, Category.JOB),
    *(Category.SUPPORT, Category.SETBACK),
)
"""Who sees the facts of all of these sees which contact is due."""
_ANSWERS: type[Command] = AnswerSetback
_NEEDED = Text(
    "De jobcoach werkt hier niet meer. Wie gaat er verder?",
    "The job coach no longer works here. Who goes on?",
)
_NO_COACH = Text(
    "Er is hier geen jobcoach meer. Wie gaat er verder?",
    "There is no job coach here any more. Who goes on?",
)


def support(
    services: Services, asking: Asking, trajectory: UUID, at: Moment = NOW
) -> tuple[Access, dict[str, Any]]:
    """Say how the support of one trajectory stands, or stood on that day; raises Problem."""
    access = tied(services, asking, trajectory)
    if not access.sees_all(*PROMISED):
        raise not_found()
    state = _state(services, access, at)
    noted(services, access)
    return access, {"trajectory": trajectory, **_supported(services, access, state, at)}


def support_in(services: Services, access: Access, at: Moment) -> dict[str, Any]:
    """Say the same of a file to who was let in there, and sees what it follows from."""
    return _supported(services, access, _state(services, access, at), at)


def _supported(services: Services, access: Access, state: Trajectory, at: Moment) -> dict[str, Any]:
    state = _in_peace(services, access, state, at)
    access = replace(access, today=on_the_day(services, at))
    rhythm, peace = state.support.rhythm, state.support.peace_until
    language = access.asking.language
    called = names(services, access, {each.employer for each in state.support.employers})
    return {
        **_rhythm(access, state),
        "agreed": rhythm
        and {
            "per_month": rhythm.per_month,
            "agreed_on": rhythm.agreed_on,
            "choice": rhythm.choice,
            "label": rhythm.choice.label.to(language),
            "mode": rhythm.mode,
            "place": rhythm.place,
        },
        "per_month": promised_per_month(state),
        "peace_until": peace if state.support.left_alone(access.today) else None,
        "attempts": state.support.attempts,
        "attempted_on": state.support.attempted_on,
        "employers": [
            {
                "employer": each.employer,
                "name": called.of(each.employer),
                "last_on": each.last_on,
                "attempts": each.attempts,
            }
            for each in state.support.employers
        ],
        "setbacks": [
            {"setback": each.id, "signalled_on": each.signalled_on, "answered_on": each.answered_on}
            for each in state.wellbeing.setbacks
            if each.open
        ],
        "reviews": _reviews(access, state),
        "falling": falling(services, access, state, at),
    }


def _state(services: Services, access: Access, at: Moment) -> Trajectory:
    if at.stays(services.now()):
        found = services.views.support.trajectory(access.trajectory)
        if found is None:
            raise not_found()
        return told_state(services, access, found)
    entries = known(services, access.trajectory, at)
    return then([each for each in entries if not hidden(access, each)])


def _in_peace(
    services: Services, access: Access, state: Trajectory, at: Moment = NOW
) -> Trajectory:
    """Still what the client asked to be still in another file that is read together with this."""
    elsewhere = []
    for each in read_with(services, access, at, Category.SUPPORT):
        with suppress(Problem):  # a read model has it not yet
            elsewhere.append(_state(services, each, at).support.peace_until)
    return in_peace(state, elsewhere) if elsewhere else state


def today(services: Services, asking: Asking, *, limit: int = 100) -> dict[str, Any]:
    """Give whom this member of a team is to contact today, the longest due first."""
    day = services.today()
    due: dict[UUID, tuple[date, dict[str, Any]]] = {}
    after: After | None = None
    person, role = asking.actor.person, asking.actor.role
    while len(due) < limit:
        page, after = services.views.support.due(person, role, day, limit=limit, after=after)
        access = admitted(services, asking, [each.trajectory for each in page])
        due |= {
            each.trajectory: line
            for each in page
            if each.trajectory in access
            and (line := _due(services, access[each.trajectory], each)) is not None
        }
        if after is None:
            break
    lines = sorted(due.values(), key=itemgetter(0))
    return {"day": day, "due": [line for _, line in lines[:limit]]}


class Told(NamedTuple):
    """One trajectory on a caseload, and what its reader is told of it."""

    access: Access
    case: Case
    line: dict[str, Any]


def caseload(services: Services, asking: Asking) -> dict[str, Any]:
    """Give the trajectories on whose team this professional is, by family name.

    A team lead is given those of the coaches of their organisation, and those that the last of
    them left.
    """
    found = [each.line for each in told_cases(services, asking)]
    return {"day": services.today(), "count": sum(map(counts, found)), "cases": found}


def told_cases(services: Services, asking: Asking) -> list[Told]:
    """Give the same with what it was told from: for this package alone."""
    cases = _cases(services, asking)
    services.log.keys.load({each.name.key_id for each in cases if each.name is not None})
    day = services.today()
    jobs = {job.employer for each in cases for job in each.state.work.running(day)}
    jobs |= {each.employer for case in cases for each in case.state.work.coming(day)}
    named = {who: each.name for who, each in lookup(services, jobs).items()}
    # By the grants of now: a read model may not know yet that somebody left.
    access = admitted(services, asking, [each.trajectory for each in cases])
    around = {who for case in cases for each in case.state.circle.covers for who in each[1:3]}
    look_up_for(services, access.values(), around)
    holding = _coaching(services, cases)
    told = [
        (*_case(services, access[each.trajectory], each, named, holding), each)
        for each in cases
        if each.trajectory in access
    ]
    told.sort(key=lambda each: (each[0], each[2].trajectory))
    return [Told(access[case.trajectory], case, line) for _, line, case in told]


def counts(line: Mapping[str, Any]) -> bool:
    """Say whether a line counts for how many somebody guides, as far as its reader sees that."""
    return OUTSIDE_CASELOAD.isdisjoint(each["stage"] for each in line.get("stages", ()))


def _coaching(services: Services, cases: Iterable[Case]) -> frozenset[tuple[UUID, UUID | None]]:
    """Name who of the coaches of these still is one, and where."""
    coaches = {each.person for case in cases for each in case.state.circle.coaches}
    return coaching(services.views.directory.roles(coaches))


def _cases(services: Services, asking: Asking) -> list[Case]:
    reader, views = asking.reader, services.views.caseload
    own = views.of(reader.person, reader.role)
    if not leads(reader.role):
        return own
    led = (*views.led(led_at(services, reader)), *views.these(without_coach(services, reader)))
    return list({each.trajectory: each for each in (*led, *own)}.values())


def without_coach(services: Services, reader: Reader) -> list[UUID]:
    """Name the files of which the last coach left from where this person leads a team."""
    return [
        each.stream
        for organisation in led_at(services, reader)
        for each in grants(services.log.grants_between(organisation, organisation))
        if each.kind is GrantKind.LEFT
    ]


def led_at(services: Services, reader: Reader) -> list[UUID]:
    """Name the organisations where somebody leads a team; none: they lead nobody."""
    if not leads(reader.role):
        return []
    mine = grants(services.log.grants_between(reader.person, reader.person))
    return [each for each in roles_at(reader, mine, services.today()) if each is not None]


def _due(
    services: Services, access: Access, found: Supported
) -> tuple[date, dict[str, Any]] | None:
    """Give since when a contact is due, and its line; None when none is."""
    state = _in_peace(services, access, told_state(services, access, found.state))
    told = _rhythm(access, state) if access.sees_all(*PROMISED) else _answer(access, state)
    late = _reviews(access, state)
    dues = (told.get("next"), told.get("next_employer"), *late)
    on = min((due["on"] for due in dues if due is not None), default=date.max)
    if on > access.today:
        return None
    client, cover = found.client, covering(access, state)
    called = names(
        services, access, {*([client] if client else ()), *([cover.coach] if cover else ())}
    )
    every = access.sees_all(*PROMISED, Category.TRUST) and not access.sight.relation.shields
    since = found.due_on if every else on
    return since, {
        "trajectory": found.trajectory,
        "name": called.of(client, Role.CLIENT) if client else None,
        **told,
        "reviews": late,
        "cover": worded_cover(access, cover, called),
    }


def _answer(access: Access, state: Trajectory) -> dict[str, Any]:
    """Say which answer is due to who may give one, though the rest of the support is not theirs."""
    seen = access.sees_all(Category.REFERRAL, Category.SETBACK)
    if not (seen and may_record(access.sight.relation, _ANSWERS)):
        return {}
    answer = next_answer(state)
    return {} if answer is None else {"next": worded_due(access, answer)}


def _reviews(access: Access, state: Trajectory) -> list[dict[str, Any]]:
    """Name the choices that it is time to look back on, to who sees choices."""
    if not access.sees_all(Category.REFERRAL, Category.TRUST):
        return []
    due = (each for each in reviews(state, access.today) if each.on <= access.today)
    return [
        {"decision": each.decision, "on": each.on, "why": each.why.to(access.asking.language)}
        for each in due
    ]


def _case(
    services: Services,
    access: Access,
    case: Case,
    employers: Mapping[UUID, str | None],
    holding: Collection[tuple[UUID, UUID | None]],
) -> tuple[tuple[str, str], dict[str, Any]]:
    asking = access.asking
    client = _client(services, case)
    seen: Seen = access.sight.names(Role.CLIENT)
    called = client and client.as_seen(seen)
    line: dict[str, Any] = {
        "trajectory": case.trajectory,
        "name": called or Role.CLIENT.label.to(asking.language),
    }
    state = _in_peace(services, access, told_state(services, access, case.state))
    if access.sees_all(*STAGED):
        line["stages"] = [
            {"stage": each, "label": each.label.to(asking.language)}
            for each in stages(state, access.today)
        ]
    if access.sees_all(Category.JOB):
        line["work"] = [
            {**worded_work(access, each), "employer_name": employers.get(each.employer)}
            for each in state.work.running(access.today)
        ]
        if coming := state.work.coming(access.today):
            line["appointments"] = [
                worded_appointment(access, each, employers.get(each.employer)) for each in coming
            ]
    if access.sees_all(*PROMISED):
        line |= _rhythm(access, state)
        line["open_setbacks"] = sum(each.open for each in state.wellbeing.setbacks)
    else:
        line |= _answer(access, state)
    if late := _reviews(access, state):
        line["reviews"] = late
    key = family_key(client.given, client.family) if client and called else ("", "")
    needed = not state.course.closed and state.circle.left_by_coaches(holding)
    if needed and access.sees_all(Category.IDENTITY, Category.REFERRAL):
        told = _NEEDED if state.circle.coaches else _NO_COACH
        line["needs_somebody"] = told.to(asking.language)
    if (cover := covering(access, state)) is not None:
        line["cover"] = worded_cover(access, cover, names(services, access, [cover.coach]))
    if to_come := covers(services, access, state):
        line["covers"] = to_come
    return key, line


def _client(services: Services, case: Case) -> Known | None:
    body = None if case.name is None else case.name.open(services.log.entry_mapper)
    if body is None:
        return None
    return Known("person", None, body.get("given_name"), body.get("family_name"))


def worded_work(access: Access, placement: Placement) -> dict[str, Any]:
    """Say what somebody does where."""
    return {
        "placement": placement.id,
        "kind": placement.kind,
        "label": placement.kind.label.to(access.asking.language),
        "title": placement.title,
        "employer": placement.employer,
        "starts_on": placement.starts_on,
        "hours_per_week": placement.hours(access.today),
    }


def _rhythm(access: Access, state: Trajectory) -> dict[str, Any]:
    return {
        "next": worded_due(access, next_contact(state, access.today)),
        "next_employer": worded_due(access, next_employer_contact(state, access.today)),
        "last_contact_on": state.support.last_talk_on,
        "silence_days": silence(state, access.today),
        "quiet": quiet(state, access.today),
    }


def worded_due(access: Access, due: Due | None) -> dict[str, Any] | None:
    """Say when a contact is due, and why."""
    return due and {
        "on": due.on,
        "why": due.why.to(access.asking.language),
        "question": due.question,
        "employer": due.employer,
        "placement": due.placement,
    }

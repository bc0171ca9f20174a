"""Employers as one reader knows them: who was in touch, which jobs are there, whom to ask for.

What is told of contacts and jobs is what the reader sees in the files of their own people: an
employer is met for somebody, and of others nothing is told, not even that there was a contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access
from api.reading.names import names
from api.reading.opening import Shown
from api.reading.people import employers, one, ties
from api.reading.showing import rendered
from api.reading.support import caseload
from api.reading.timeline import all_of
from api.wiring import Services
from domain.approach import approach
from domain.events.base import Category
from domain.events.placement import Begun, Ended
from domain.events.search import ContactResult, EmployerContactMade
from domain.events.support import (
    EmployerSupported,
    OutreachAttempted,
    SupportContact,
    Towards,
    WithWhom,
)
from domain.policy import may_record, meets_employers
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.search import LogEmployerContact

DETAILS = ("name", "place", "branch")
"""What is said of an employer itself."""
LOG = 40
"""So many contacts are told, the last ones."""
_NAMING = frozenset(each.value for each in (Category.SEARCH, Category.JOB, Category.SUPPORT))
"""The categories whose entries can name an employer."""
_BY_THEMSELVES = frozenset({EmployerContactMade, EmployerSupported})
_AT_EMPLOYER = frozenset(each.value for each in WithWhom if each.has_employer)
_NO_ANSWER = ContactResult.NO_ANSWER.value
_NOTES: type[Command] = LogEmployerContact


class _File(NamedTuple):
    """What one file tells of employers."""

    access: Access
    entries: list[Shown]


def known_employers(
    services: Services, asking: Asking, start: str, cursor: str | None = None
) -> dict[str, Any]:
    """List employers by name, each with how it stands; raises Problem, also to who meets none."""
    _meets(asking)
    found = employers(services, asking, start, limit=LOG, cursor=cursor)
    last: dict[str, date] = {}
    working: dict[str, int] = {}
    for file in _files(services, asking):
        for employer, day in _spoken(file.entries):
            last[employer] = max(day, last.get(employer, day))
        for employer in {each.fields["employer"] for each in _running(file.entries)}:
            working[employer] = working.get(employer, 0) + 1
    for each in found["employers"]:
        id_ = str(each["employer"])
        each |= {"working": working.get(id_, 0), **_stands(services, asking, last.get(id_))}
    return found


def at_employer(services: Services, asking: Asking, employer: UUID) -> dict[str, Any]:
    """Tell of one employer; raises the Problem of what does not exist, also to who meets none."""
    standing = _standing(services, asking, employer)
    files = [
        _File(access, [each for each in entries if each.fields.get("employer") == str(employer)])
        for access, entries in _files(services, asking)
    ]
    there = [each for each in files if each.entries]
    contacts = sorted(
        (line for file in there for line in _contacts(services, file)),
        key=lambda line: (line["entry"]["occurred_on"], line["entry"]["recorded_at"]),
        reverse=True,
    )
    spoken = (day for file in there for _, day in _spoken(file.entries))
    return {
        **_facts(employer, standing),
        **_stands(services, asking, max(spoken, default=None)),
        "people": list(_people(services, standing, there)),
        "jobs": sorted(
            (job for file in there for job in _jobs(services, file)),
            key=itemgetter("running", "starts_on"),
            reverse=True,
        ),
        "contacts": list(islice(contacts, LOG)),
        "knows": _knows(contacts),
        "about": _noted_about(services, asking, files),
    }


def facts(services: Services, asking: Asking, employer: UUID) -> dict[str, Any]:
    """Give what an employer is called and where it is, and nothing of any file; raises Problem."""
    return _facts(employer, _standing(services, asking, employer))


def _standing(services: Services, asking: Asking, employer: UUID) -> list[dict[str, Any]]:
    _meets(asking)
    _, found = one(services, asking, employer)
    if found["kind"] != "employer":
        raise not_found()
    standing: list[dict[str, Any]] = found["standing"]
    return standing


def _facts(employer: UUID, standing: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    held = next(each["fields"] for each in standing if each["slot"] == "employer")
    return {"employer": employer, **{name: held.get(name) for name in DETAILS}}


def _meets(asking: Asking) -> None:
    if not meets_employers(asking.actor.role):
        raise not_found()


def _files(services: Services, asking: Asking) -> Iterator[_File]:
    """Read what the own files tell; under a pseudonym no employer is named."""
    for access in ties(services, asking):
        if not access.sight.pseudonymous:
            yield _File(access, list(all_of(services, access, _NAMING)))


def _stands(services: Services, asking: Asking, last_on: date | None) -> dict[str, Any]:
    how = approach(last_on, services.today())
    return {"approach": how, "label": how.label.to(asking.language), "last_on": last_on}


def _spoken(entries: Iterable[Shown]) -> Iterator[tuple[str, date]]:
    """Give employer and day of each contact that worked out."""
    for each in entries:
        missed = each.event is OutreachAttempted or each.fields.get("result") == _NO_ANSWER
        if not missed and _is_contact(each):
            yield each.fields["employer"], each.row.occurred_on


def _is_contact(shown: Shown) -> bool:
    """Say whether somebody of the employer was met, or called in vain; not who works there."""
    fields = shown.fields
    if shown.event is SupportContact:
        return "employer" in fields and fields["with_whom"] in _AT_EMPLOYER
    if shown.event is OutreachAttempted:
        return "employer" in fields and fields.get("towards") == Towards.EMPLOYER
    return shown.event in _BY_THEMSELVES and "employer" in fields


def _running(entries: Iterable[Shown]) -> Iterator[Shown]:
    """Give the work that did not end."""
    held = list(entries)
    over = {each.fields["placement"] for each in held if issubclass(each.event, Ended)}
    yield from (
        each
        for each in held
        if issubclass(each.event, Begun) and each.fields["placement"] not in over
    )


def _contacts(services: Services, file: _File) -> Iterator[dict[str, Any]]:
    """Word what was noted; what was said stays in the file, where it belongs to somebody."""
    shown = [each for each in file.entries if _is_contact(each)]
    client = _client(services, file.access)
    for entry in rendered(services, file.access, shown):
        yield {"trajectory": file.access.trajectory, "name": client, "entry": entry}


def _jobs(services: Services, file: _File) -> Iterator[dict[str, Any]]:
    """Give the work there of one client, each by its title and first day."""
    running = {each.row.event_id for each in _running(file.entries)}
    shown = [each for each in file.entries if issubclass(each.event, Begun)]
    client = _client(services, file.access)
    for entry in rendered(services, file.access, shown):
        yield {
            "trajectory": file.access.trajectory,
            "name": client,
            "sentence": entry["sentence"],
            "starts_on": date.fromisoformat(entry["fields"]["starts_on"]),
            "running": entry["id"] in running,
        }


def _people(
    services: Services, standing: Iterable[Mapping[str, Any]], there: list[_File]
) -> Iterator[dict[str, Any]]:
    """Give the contact persons: by name to whose people work there, else by what they do."""
    held = [each["fields"] for each in standing if each["slot"].startswith("contact/")]
    ids = [UUID(each["person"]) for each in held]
    called: dict[UUID, str] = {}
    for file in (each for each in there if any(issubclass(e.event, Begun) for e in each.entries)):
        found = names(services, file.access, ids)
        label = Role.EMPLOYER.label.to(file.access.asking.language)
        known = {who: found.of(who, Role.EMPLOYER) for who in ids}
        called |= {who: name for who, name in known.items() if name != label}
    for who, fields in zip(ids, held, strict=True):
        yield {"person": who, "name": called.get(who), "function": fields.get("function")}


def _noted_about(
    services: Services, asking: Asking, files: Iterable[_File]
) -> list[Mapping[str, Any]]:
    """Give about whom a contact can be noted, by family name."""
    may = {each.trajectory for each, _ in files if may_record(each.sight.relation, _NOTES)}
    return [each for each in caseload(services, asking)["cases"] if each["trajectory"] in may]


def _knows(contacts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Say who was in touch there, and when last."""
    found: dict[str, date] = {}
    for each in contacts:
        found.setdefault(each["entry"]["by"]["name"], each["entry"]["occurred_on"])
    return [{"name": name, "last_on": day} for name, day in found.items()]


def _client(services: Services, access: Access) -> str:
    client = access.client
    if client is None:
        return ""
    return names(services, access, [client]).of(client, Role.CLIENT)

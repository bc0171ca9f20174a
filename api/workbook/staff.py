"""The coaches, care workers and other authors whom a book names, each registered once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from api.workbook import layout
from api.workbook.checking import Result
from api.workbook.identity import Ids
from api.workbook.layout import fold
from domain.roles import Role
from eventlog.entry import Actor


@dataclass(frozen=True, slots=True)
class Member:
    """A professional of the book: how the name is written, and where it first stood."""

    given_name: str
    family_name: str | None
    actor: Actor
    sheet: str
    row: int


class Staff:
    """Knows the professionals of a book by name, without regard to case and outer spaces."""

    def __init__(self, result: Result, ids: Ids, organisation: UUID | None = None) -> None:
        """Collect them from the rows that are imported; all work for one organisation."""
        self._ids = ids
        self._organisation = organisation
        carers = {fold(p.care_worker) for p in result.people.values() if p.care_worker}
        coaches = {fold(p.coach) for p in result.people.values()}
        self._carers = carers - coaches
        self._members: dict[str, Member] = {}
        spelled: dict[str, Counter[str]] = {}
        for name, sheet, row in _named(result):
            spelled.setdefault(fold(name), Counter())[name] += 1
            self._members.setdefault(fold(name), self._member(name, sheet, row))
        for key, spellings in spelled.items():
            first = self._members[key]
            (usual, _), *_ = spellings.most_common(1)
            self._members[key] = self._member(usual, first.sheet, first.row)

    def __iter__(self) -> Iterator[Member]:
        """Give everybody, in the order in which the book names them."""
        return iter(self._members.values())

    def actor(self, name: str) -> Actor:
        """Give a professional as the one who records."""
        return self._members[fold(name)].actor

    def _member(self, name: str, sheet: str, row: int) -> Member:
        given, _, family = name.partition(" ")
        role = Role.CARE_WORKER if fold(name) in self._carers else Role.JOB_COACH
        actor = Actor(self._ids.staff(fold(name)), role, self._organisation)
        return Member(given, family.strip() or None, actor, sheet, row)


def _named(result: Result) -> Iterator[tuple[str, str, int]]:
    for person in result.people.values():
        yield person.coach, layout.PEOPLE, person.row
        if person.care_worker:
            yield person.care_worker, layout.PEOPLE, person.row
    for rows in result.contacts.values():
        for contact in rows:
            if contact.author:
                yield contact.author, layout.CONTACTS, contact.row

"""Who disagrees with a choice: shown first wherever the choice is shown (reference 0.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.trust import Agreement
from domain.language import Text
from domain.roles import Role

_SAID = Text(
    "De {who} is het niet eens met deze keuze.", "The {who} does not agree with this choice."
)
_SAID_EARLIER = Text(
    "De {who} was het niet eens met de keuze die hiermee herzien is.",
    "The {who} did not agree with the choice that this one revised.",
)
WITH_IT = frozenset({Agreement.AGREE, Agreement.RESERVATION})


class Stand(NamedTuple):
    """Where somebody stood when a choice was made."""

    role: Role
    person: UUID | None
    agreement: Agreement
    words: str | None = None


class Chosen(NamedTuple):
    """A choice, as far as it is known who stood where."""

    entry: UUID
    decision: UUID
    on: date
    stands: tuple[Stand, ...] = ()
    revises: UUID | None = None


class Objection(NamedTuple):
    """Somebody sees a choice otherwise."""

    entry: UUID
    """Where it was said: with the choice, or in an entry of its own."""
    decision: UUID
    by: Role
    on: date
    words: str | None = None
    person: UUID | None = None

    def told(self, decision: UUID) -> Text:
        """Say so beside a choice, or beside the one that revised it."""
        said, who = _SAID if self.decision == decision else _SAID_EARLIER, self.by.label
        return said.filled(who=who)


def objections(
    choice: Chosen, others: Mapping[UUID, Chosen], views: Iterable[Objection]
) -> list[Objection]:
    """Give who disagrees with a choice, the client first; `views` are the other views there are.

    Who disagreed with a choice is shown with the one that revised it as well, until they say
    there that they agree: choosing anew takes nobody's view away.
    """
    told = list(views)
    found: list[Objection] = []
    agreed: set[tuple[Role, UUID | None]] = set()
    passed: set[UUID] = set()
    at: Chosen | None = choice
    while at is not None and at.decision not in passed:
        found += [each for each in _against(at, told) if not _among(each, agreed)]
        agreed |= {(s.role, s.person) for s in at.stands if s.agreement in WITH_IT}
        passed.add(at.decision)
        at = None if at.revises is None else others.get(at.revises)
    return sorted(found, key=lambda each: each.by is not Role.CLIENT)


def _against(choice: Chosen, views: Iterable[Objection]) -> Iterator[Objection]:
    for each in choice.stands:
        if each.agreement is Agreement.DISAGREE:
            said = choice.entry, choice.decision, each.role, choice.on, each.words, each.person
            yield Objection(*said)
    yield from (each for each in views if each.decision == choice.decision)


def _among(objection: Objection, people: set[tuple[Role, UUID | None]]) -> bool:
    """Say whether it is one of these who spoke; of whom no person is named, their role counts."""
    return any(
        objection.by is role
        and (role is Role.CLIENT or objection.person in {None, person} or person is None)
        for role, person in people
    )

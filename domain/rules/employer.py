"""Rules for employers: what they are called and who to call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.events.base import Event, StreamKind
from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerContactPersonLeft,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import ShortText
from domain.rules.references import Reference
from domain.rules.shared import Registration
from domain.state.employer import Employer


class RegisterEmployer(Registration):
    """Make an employer known."""

    NAME = "register-employer"
    STREAM = StreamKind.EMPLOYER
    YIELDS = (EmployerRegistered,)
    CREATES = True

    name: ShortText
    place: ShortText | None = None
    branch: ShortText | None = None

    def decide(self, state: Employer, facts: Facts) -> Sequence[Event]:
        if state[:3] == (self.name, self.place, self.branch):
            return []
        if state.name is not None:
            raise Refused(
                "Deze werkgever is er al. Wijzig de gegevens.",
                "This employer exists already. Change its details.",
            )
        return [EmployerRegistered(**self.when(facts), **self.said())]


class ChangeEmployerDetails(Registration):
    """Note what the employer is called and where it is from now on."""

    NAME = "change-employer-details"
    STREAM = StreamKind.EMPLOYER
    YIELDS = (EmployerDetailsChanged,)

    name: ShortText
    place: ShortText | None = None
    branch: ShortText | None = None

    def decide(self, state: Employer, facts: Facts) -> Sequence[Event]:
        _known(state)
        if state[:3] == (self.name, self.place, self.branch):
            return []
        return [EmployerDetailsChanged(**self.when(facts), **self.said())]


class AddContactPerson(Registration):
    """Note who to call; that person reads for the employer."""

    NAME = "add-contact-person"
    STREAM = StreamKind.EMPLOYER
    YIELDS = (EmployerContactPersonAdded,)

    person: UUID
    function: ShortText | None = None

    def decide(self, state: Employer, facts: Facts) -> Sequence[Event]:
        _known(state)
        found = state.contact(self.person)
        if found is not None and self.function in {None, found.function}:
            return []
        if self.person == facts.person:
            raise Refused(
                "Je maakt jezelf geen contactpersoon: die leest mee voor de werkgever. Een collega "
                "kan dat noteren.",
                "You do not make yourself the contact person, who reads for the employer. A "
                "colleague can note it.",
                "person",
            )
        return [EmployerContactPersonAdded(**self.when(facts), **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class RemoveContactPerson(Registration):
    """Note that somebody is no longer the one to call."""

    NAME = "remove-contact-person"
    STREAM = StreamKind.EMPLOYER
    YIELDS = (EmployerContactPersonLeft,)

    person: UUID

    def decide(self, state: Employer, facts: Facts) -> Sequence[Event]:
        _known(state)
        if state.contact(self.person) is None:
            return []
        return [EmployerContactPersonLeft(**self.when(facts), person=self.person)]


def _known(state: Employer) -> None:
    if state.name is None:
        raise Refused(
            "Deze werkgever is nog niet bekend. Schrijf de werkgever eerst in.",
            "This employer is not known yet. Register the employer first.",
        )

"""Rules for the directory: people, organisations, and who works where in which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event, StreamKind
from domain.events.people import (
    ContactDetailsChanged,
    OrganisationKind,
    OrganisationRegistered,
    PersonRegistered,
    RoleEnded,
    RoleGiven,
)
from domain.language import Text
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import ShortText
from domain.rules.references import Reference
from domain.rules.shared import Registration
from domain.state.directory import Directory, HeldRole

BirthYear = Annotated[int, Field(ge=1900, le=2100)]
SEARCHES_A_DAY = 40
"""How often one may look for a person on one day (P); nobody takes in that many people."""
SEARCHED_ENOUGH = Text(
    "Je hebt vandaag al vaak gezocht. Morgen kan het weer; vraag het intussen de persoon zelf.",
    "You have searched often today. Tomorrow you can again; meanwhile ask the person.",
)
NOT_GIVEN = frozenset({Role.CLIENT, Role.NETWORK_MEMBER, Role.EMPLOYER})
"""Roles that come from a trajectory or an employer, not from an organisation."""


class RegisterPerson(Registration):
    """Make a person known."""

    NAME = "register-person"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (PersonRegistered,)
    CREATES = True

    given_name: ShortText
    family_name: ShortText | None = None
    birth_year: BirthYear | None = None
    phone: ShortText | None = None
    language: ShortText | None = None
    somebody_else: bool = False
    """Said after looking, when one of one's own people goes by the same name: see `look_first`."""

    def decide(self, state: Directory, facts: Facts) -> Sequence[Event]:
        if state.person or state.organisation is not None:
            raise Refused(
                "Onder dit nummer kan niemand worden ingeschreven. Neem een nieuw nummer.",
                "Nobody can be registered under this id. Take a new one.",
            )
        if self.birth_year is not None and self.birth_year > facts.today.year:
            raise Refused(
                "Dit geboortejaar moet nog komen. Kies een eerder jaar.",
                "This year of birth is still to come. Choose an earlier one.",
                "birth_year",
            )
        return [PersonRegistered(**self.when(facts), **self.said("somebody_else"))]


class ChangeContactDetails(Registration):
    """Note how this person is reached from now on."""

    NAME = "change-contact-details"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (ContactDetailsChanged,)

    note: UUID = Field(default_factory=uuid4)
    birth_year: BirthYear | None = None
    phone: ShortText | None = None
    language: ShortText | None = None

    def decide(self, state: Directory, facts: Facts) -> Sequence[Event]:
        _person(state)
        if state.note == self.note:
            return []
        return [ContactDetailsChanged(**self.when(facts), **self.said())]


class GiveRole(Registration):
    """Let a person work in a role for an organisation."""

    NAME = "give-role"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (RoleGiven,)

    role: Role
    organisation: UUID

    def decide(self, state: Directory, facts: Facts) -> Sequence[Event]:
        _person(state)
        if self.role in NOT_GIVEN:
            raise Refused(
                "Deze rol volgt uit een traject of een werkgever. Voeg de persoon daar toe.",
                "This role follows from a trajectory or an employer. Add the person there.",
                "role",
            )
        if HeldRole(self.role, self.organisation) in state.roles:
            return []
        return [RoleGiven(**self.when(facts), **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.organisation(self.organisation)


class EndRole(Registration):
    """Note that a person no longer works in a role for an organisation."""

    NAME = "end-role"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (RoleEnded,)

    role: Role
    organisation: UUID

    def decide(self, state: Directory, facts: Facts) -> Sequence[Event]:
        _person(state)
        if HeldRole(self.role, self.organisation) not in state.roles:
            return []
        return [RoleEnded(**self.when(facts), **self.said())]


class RegisterOrganisation(Registration):
    """Make an organisation known."""

    NAME = "register-organisation"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (OrganisationRegistered,)
    CREATES = True

    name: ShortText
    kind: OrganisationKind

    def decide(self, state: Directory, facts: Facts) -> Sequence[Event]:
        if state.person or state.organisation is not None:
            raise Refused(
                "Onder dit nummer kan niets worden ingeschreven. Neem een nieuw nummer.",
                "Nothing can be registered under this id. Take a new one.",
            )
        return [OrganisationRegistered(**self.when(facts), **self.said())]


def may_be(known: int | None, sought: int | None, *, same_given_name: bool) -> bool:
    """Say whether two of one family name may be one person, by what is known of their years.

    Without the year of birth of who is sought, the given name tells them apart.
    """
    return same_given_name if sought is None else known in {None, sought}


def look_first(alike: Sequence[UUID], person: UUID, *, somebody_else: bool) -> None:
    """Refuse to begin anew with who is among one's own people, unless it is said to be another.

    `alike` are those whom a search by the asker would show, the `person` to begin with among them
    when one of those files is theirs. It names none of them: who is known elsewhere is not among
    these, and makes no difference.
    """
    if person in alike:
        raise Refused(
            "Deze persoon heeft al een dossier bij jou. Schrijf daarin verder, ook als iemand "
            "terugkomt: dan begint het opnieuw met wat er al staat.",
            "This person has a file with you already. Go on in that one, also when somebody comes "
            "back: it then begins again with what is there.",
            "client",
        )
    if alike and not somebody_else:
        raise Refused(
            "Bij jouw mensen is al iemand met deze naam. Zoek eerst op achternaam en "
            "geboortejaar, en schrijf verder in dat dossier. Is dit een ander, zeg dat er dan bij.",
            "One of your own people goes by this name already. First search by family name and "
            "year of birth, and go on in that file. If this is another person, say so.",
            "somebody_else",
        )


def _person(state: Directory) -> None:
    if not state.person:
        raise Refused(
            "Deze persoon is nog niet bekend. Schrijf de persoon eerst in.",
            "This person is not known yet. Register the person first.",
        )

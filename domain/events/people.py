"""Events about people and organisations; each has a directory stream of its own."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.events.base import (
    Category,
    Event,
    Grant,
    GrantEnd,
    GrantKind,
    Kind,
    Label,
    Retention,
    StreamKind,
    Words,
)
from domain.events.referral import Referred
from domain.language import Choice, Text
from domain.roles import Role

_KNOWS_THEM = frozenset(
    {Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER, Role.TEAM_LEAD, Role.SYSADMIN}
)

ContactText = Annotated[str, Kind.CONTACT]


class OrganisationKind(Choice):
    """What sort of organisation it is; the policy asks for it (reference 7.5, footnotes)."""

    CARE = "care", "zorgorganisatie", "care organisation"
    MUNICIPALITY = "municipality", "gemeente", "municipality"
    SOCIAL_FIRM = "social_firm", "sociale werkvoorziening", "social firm"
    UWV = "uwv", "UWV", "UWV"
    REINTEGRATION = "reintegration", "re-integratiebedrijf", "reintegration company"
    OTHER = "other", "andere organisatie", "other organisation"


class PeopleEvent(Event):
    """What every entry in the directory has."""

    STREAM = StreamKind.DIRECTORY
    CATEGORY = Category.IDENTITY
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = _KNOWS_THEM


class PersonRegistered(PeopleEvent):
    """A person became known; this is the one place where the name is kept."""

    TYPE: ClassVar[str] = "person.registered.v1"
    RECORDED_BY = _KNOWS_THEM | Referred.RECORDED_BY  # or whom they refer could not come in
    STANDS = "person"
    SENTENCE = Text(
        "{given_name}[ {family_name}] ingeschreven", "{given_name}[ {family_name}] registered"
    )

    given_name: Annotated[str, Kind.GIVEN]
    family_name: Annotated[str, Kind.FAMILY] | None = None
    birth_year: Annotated[int, Kind.CONTACT] | None = None
    phone: ContactText | None = None
    language: ContactText | None = None


class ContactDetailsChanged(PeopleEvent):
    """What is known about reaching this person, from now on; what is absent is not known."""

    TYPE: ClassVar[str] = "contact.changed.v1"
    STANDS = "contact"
    SENTENCE = Text("Contactgegevens gewijzigd[: {phone}]", "Contact details changed[: {phone}]")

    note: UUID
    birth_year: Annotated[int, Kind.CONTACT] | None = None
    phone: ContactText | None = None
    language: ContactText | None = None


class RoleGiven(PeopleEvent):
    """A person works in a role for an organisation."""

    TYPE: ClassVar[str] = "role.given.v1"
    RECORDED_BY = frozenset({Role.SYSADMIN})
    CORRECTABLE = False
    STANDS = "role/{role}/{organisation}"
    SENTENCE = Text("Werkt als {role}[ bij {organisation}]", "Works as {role}[ at {organisation}]")

    role: Role
    organisation: UUID

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The person may act in this role."""
        key = f"role/{self.role}/{self.organisation}"
        return (Grant(stream, key, stream, GrantKind.ROLE, self.role.value, self.organisation),)


class RoleEnded(PeopleEvent):
    """A person no longer works in a role for an organisation."""

    TYPE: ClassVar[str] = "role.ended.v1"
    RECORDED_BY = frozenset({Role.SYSADMIN})
    CORRECTABLE = False
    ENDS = ("role/{role}/{organisation}",)
    SENTENCE = Text(
        "Werkt niet meer als {role}[ bij {organisation}]",
        "No longer works as {role}[ at {organisation}]",
    )

    role: Role
    organisation: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """The person may no longer act in this role."""
        return (GrantEnd(stream, f"role/{self.role}/{self.organisation}"),)


class OrganisationRegistered(PeopleEvent):
    """An organisation became known."""

    TYPE: ClassVar[str] = "organisation.registered.v1"
    RECORDED_BY = frozenset({Role.SYSADMIN, Role.JOB_COACH, Role.TEAM_LEAD})
    STANDS = "organisation"
    SENTENCE = Text("{name} ingeschreven ({kind})", "{name} registered ({kind})")

    name: Label
    kind: OrganisationKind


class RegistrationCorrected(PeopleEvent):
    """An earlier entry of this person or organisation was wrong; this is how it should read."""

    TYPE: ClassVar[str] = "registration.corrected.v1"
    CORRECTABLE = False
    SENTENCE = Text("Gegevens verbeterd[: {reason}]", "Details corrected[: {reason}]")

    target: UUID
    target_type: str
    reason: Words
    body: Annotated[dict[str, Any], Kind.WORDS]

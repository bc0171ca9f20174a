"""Events about employers; a group stream, so facts only and nobody's words."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import (
    Category,
    Event,
    Grant,
    GrantEnd,
    GrantKind,
    Label,
    Retention,
    StreamKind,
)
from domain.language import Text
from domain.roles import Role

_WHO_KNOWS_EMPLOYERS = frozenset(
    {Role.JOB_COACH, Role.JOB_BROKER, Role.CARE_WORKER, Role.TEAM_LEAD, Role.CLIENT}
)


class _EmployerEvent(Event):
    STREAM = StreamKind.EMPLOYER
    CATEGORY = Category.IDENTITY
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = _WHO_KNOWS_EMPLOYERS


class EmployerRegistered(_EmployerEvent):
    """An employer became known."""

    TYPE: ClassVar[str] = "employer.registered.v1"
    STANDS = "employer"
    SENTENCE = Text(
        "{name}[ in {place}][, {branch}] ingeschreven", "{name}[ in {place}][, {branch}] registered"
    )

    name: Label
    place: Label | None = None
    branch: Label | None = None


class EmployerDetailsChanged(_EmployerEvent):
    """What the employer is called and where it is, from now on."""

    TYPE: ClassVar[str] = "employer.changed.v1"
    RECORDED_BY = _WHO_KNOWS_EMPLOYERS - {Role.CLIENT}
    STANDS = "employer"
    SENTENCE = Text(
        "Gegevens gewijzigd: {name}[ in {place}][, {branch}]",
        "Details changed: {name}[ in {place}][, {branch}]",
    )

    name: Label
    place: Label | None = None
    branch: Label | None = None


class EmployerContactPersonAdded(_EmployerEvent):
    """Somebody is the one to call at this employer, and reads for it."""

    TYPE: ClassVar[str] = "employer.contact_added.v1"
    RECORDED_BY = _WHO_KNOWS_EMPLOYERS - {Role.CLIENT}
    CORRECTABLE = False
    STANDS = "contact/{person}"
    SENTENCE = Text(
        "{person} is contactpersoon[ ({function})]", "{person} is the contact person[ ({function})]"
    )

    person: UUID
    function: Label | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The contact person reads what this employer may read."""
        role = Role.EMPLOYER.value
        return (Grant(stream, f"contact/{self.person}", self.person, GrantKind.CONTACT, role),)


class EmployerContactPersonLeft(_EmployerEvent):
    """Somebody is no longer the one to call."""

    TYPE: ClassVar[str] = "employer.contact_left.v1"
    RECORDED_BY = _WHO_KNOWS_EMPLOYERS - {Role.CLIENT}
    CORRECTABLE = False
    ENDS = ("contact/{person}",)
    SENTENCE = Text("{person} is geen contactpersoon meer", "{person} is no longer the contact")

    person: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """They read no more."""
        return (GrantEnd(stream, f"contact/{self.person}"),)

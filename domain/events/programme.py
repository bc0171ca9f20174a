"""Events about a programme (a team of coaches); a group stream, so facts only."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import (
    Category,
    Event,
    Grant,
    GrantKind,
    Label,
    Retention,
    StreamKind,
)
from domain.language import Text
from domain.roles import Role


class ProgrammeEvent(Event):
    """What every event of a programme has: facts and references, nobody's words."""

    STREAM = StreamKind.PROGRAMME
    RETENTION = Retention.DIRECTORY


class ProgrammeFounded(ProgrammeEvent):
    """A programme began at an organisation."""

    TYPE: ClassVar[str] = "programme.founded.v1"
    CATEGORY = Category.IDENTITY
    RECORDED_BY = frozenset({Role.TEAM_LEAD, Role.SYSADMIN})
    STANDS = "programme"
    SENTENCE = Text(
        "{name} opgericht[ bij {organisation}]", "{name} was founded[ at {organisation}]"
    )

    name: Label
    organisation: UUID | None = None
    """Whose it is; where an older one names none, that of who founded it (eventlog/grants.py)."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Who works for the organisation records in the programme and reads it."""
        if self.organisation is None:
            return ()
        return (Grant(stream, "organisation", self.organisation, GrantKind.PROGRAMME),)


class AuditSampleDrawn(ProgrammeEvent):
    """An auditor got a sample of trajectories, drawn so that it can be drawn again."""

    TYPE: ClassVar[str] = "audit.sample_drawn.v1"
    CATEGORY = Category.TRUST
    RECORDED_BY = frozenset({Role.PRIVACY_OFFICER, Role.TEAM_LEAD})
    CORRECTABLE = False
    STANDS = "sample/{sample}"
    SENTENCE = Text(
        "Steekproef getrokken voor {auditor}[, tot en met {until}]",
        "Sample drawn for {auditor}[, until {until}]",
    )

    sample: UUID
    auditor: UUID
    seed: int
    trajectories: tuple[UUID, ...]
    until: date | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The auditor reads these trajectories under pseudonyms."""
        return tuple(
            Grant(
                trajectory,
                # With the programme in it: another one cannot take this row by its sample's id.
                f"sample/{stream}/{self.sample}",
                self.auditor,
                GrantKind.SAMPLE,
                Role.AUDITOR.value,
                until=self.until,
            )
            for trajectory in self.trajectories
        )

"""An earlier entry of a group, a programme, an employer or a funding was wrong: one way for all."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Kind, Label, Retention, StreamKind
from domain.language import Text
from domain.roles import Role


class GroupCorrected(Event):
    """What every correction in a stream of facts has, where nobody's words are."""

    CORRECTABLE = False
    SENTENCE = Text("Verbeterd[: {reason}]", "Corrected[: {reason}]")

    target: UUID
    target_type: str
    reason: Label
    body: Annotated[dict[str, Any], Kind.FACT]


class PeerGroupCorrected(GroupCorrected):
    """An earlier entry of this group was wrong; this is how it should read."""

    TYPE: ClassVar[str] = "peer_group.corrected.v1"
    STREAM = StreamKind.PEER_GROUP
    CATEGORY = Category.PEER_GROUP
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = frozenset({Role.PEER, Role.JOB_COACH, Role.CLIENT})


class ProgrammeCorrected(GroupCorrected):
    """An earlier entry of this programme was wrong; this is how it should read."""

    TYPE: ClassVar[str] = "programme.corrected.v1"
    STREAM = StreamKind.PROGRAMME
    CATEGORY = Category.IDENTITY
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.TEAM_LEAD, Role.SYSADMIN})


class EmployerCorrected(GroupCorrected):
    """An earlier entry of this employer was wrong; this is how it should read."""

    TYPE: ClassVar[str] = "employer.corrected.v1"
    STREAM = StreamKind.EMPLOYER
    CATEGORY = Category.IDENTITY
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = frozenset(
        {Role.JOB_COACH, Role.JOB_BROKER, Role.CARE_WORKER, Role.TEAM_LEAD, Role.CLIENT}
    )


class FundingCorrected(GroupCorrected):
    """An earlier entry of this funding was wrong; this is how it should read."""

    TYPE: ClassVar[str] = "funding.corrected.v1"
    STREAM = StreamKind.FUNDING
    CATEGORY = Category.INSTRUMENTS
    RETENTION = Retention.FUNDING
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CLIENT_MANAGER, Role.TEAM_LEAD})

    body: Annotated[dict[str, Any], Kind.HEALTH]
    """For whom a scheme is says something about health; sealed as what it corrects."""

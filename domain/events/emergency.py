"""Events about reading along in an emergency (break-glass): opened, and looked back at."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Words
from domain.language import Choice, Text
from domain.roles import Role

REVIEWERS = frozenset({Role.PRIVACY_OFFICER, Role.TEAM_LEAD})
"""Who looks back at it, in the organisation of whoever opened it."""


class Verdict(Choice):
    """What a second person thinks of it."""

    RIGHT = "right", "terecht", "rightly done"
    NOT_RIGHT = "not_right", "niet terecht", "not rightly done"
    LEARN = "learn", "om van te leren", "to learn from"


class Opening(NamedTuple):
    """What a row of the grants says of an opening."""

    emergency: UUID
    until: datetime
    """From then on it gives nothing."""


class EmergencyEvent(Event):
    """What every event about an emergency has: a right hangs on it, so it is never corrected."""

    CATEGORY = Category.ACCESS
    CORRECTABLE = False

    emergency: UUID


class EmergencyAccessOpened(EmergencyEvent):
    """A care worker who is not on the team reads along in an emergency; the client is told."""

    TYPE: ClassVar[str] = "emergency.opened.v1"
    RECORDED_BY = frozenset({Role.CARE_WORKER})
    STANDS = "emergency/{emergency}"
    SENTENCE = Text(
        "In een noodgeval leest een behandelaar van {organisation} mee, tot {until}",
        "In an emergency a care worker of {organisation} reads along, until {until}",
    )

    reader: UUID
    organisation: UUID
    until: datetime
    reason: Words

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The care worker reads until that moment; see `opening`."""
        return (
            Grant(
                stream,
                f"emergency/{self.emergency}/{self.until.isoformat()}",
                self.reader,
                GrantKind.EMERGENCY,
                Role.CARE_WORKER.value,
                self.organisation,
            ),
        )


class EmergencyAccessReviewed(EmergencyEvent):
    """A second person looked back at it; with that it is closed, and nothing is read any more."""

    TYPE: ClassVar[str] = "emergency.reviewed.v1"
    RECORDED_BY = REVIEWERS
    ENDS = ("emergency/{emergency}",)
    SENTENCE = Text(
        "{organisation} keek na of meelezen in een noodgeval nodig was: {verdict}",
        "{organisation} looked back at the reading in an emergency: {verdict}",
    )

    organisation: UUID
    verdict: Verdict
    words: Words

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Who may look back at it can still find it."""
        key = f"reviewed/{self.emergency}"
        return (Grant(stream, key, self.organisation, GrantKind.REVIEWED),)


def opening(grant: Grant) -> Opening:
    """Read what the key of an emergency's row says."""
    _, emergency, until = grant.key.split("/")
    return Opening(UUID(emergency), datetime.fromisoformat(until))


def reviewed(grant: Grant) -> UUID:
    """Read which opening a row says was looked back at."""
    return UUID(grant.key.rpartition("/")[2])

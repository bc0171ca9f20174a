"""Events about a colleague who stands in for a coach for a while, with the coach's rights."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind, Words
from domain.language import Text
from domain.roles import Role


class CoverEvent(Event):
    """What both have: rights hang on it, so it is never corrected."""

    CATEGORY = Category.IDENTITY
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.TEAM_LEAD})
    CORRECTABLE = False

    cover: UUID
    coach: UUID
    """Who is away."""
    person: UUID
    """Who stands in."""
    starts_on: date

    @property
    def key(self) -> str:
        """The row of the grants; it tells from which day it works (see `begins_on`)."""
        return f"cover/{self.starts_on.isoformat()}/{self.cover}"


class CoverArranged(CoverEvent):
    """A colleague stands in for a coach between two days; it ends by itself."""

    TYPE: ClassVar[str] = "cover.arranged.v1"
    STANDS = "cover/{cover}"
    SENTENCE = Text(
        "{person} vervangt {coach} van {starts_on} tot en met {ends_on}",
        "{person} stands in for {coach} from {starts_on} until {ends_on}",
    )

    ends_on: date
    """The last day."""
    organisation: UUID | None = None
    """For which the one who stands in works."""
    words: Words | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Between these days who stands in has the rights of the coach."""
        right = Grant(stream, self.key, self.person, GrantKind.COVER, Role.JOB_COACH.value)
        return (right._replace(organisation=self.organisation, until=self.ends_on),)


class CoverEnded(CoverEvent):
    """The coach is back sooner, or somebody else stands in."""

    TYPE: ClassVar[str] = "cover.ended.v1"
    ENDS = ("cover/{cover}",)
    SENTENCE = Text(
        "{person} vervangt {coach} niet meer", "{person} no longer stands in for {coach}"
    )

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """Who stood in reads no more."""
        return (GrantEnd(stream, self.key),)


def begins_on(grant: Grant) -> date:
    """Give the first day on which a grant of this kind works; without one it never does."""
    try:
        return date.fromisoformat(grant.key.split("/")[1])
    except (IndexError, ValueError):
        return date.max

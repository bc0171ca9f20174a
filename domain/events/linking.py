"""Events about two files of one person; each file keeps its own entries and its own team."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind, Words
from domain.language import Text
from domain.roles import Role


class LinkEvent(Event):
    """What both have: what is read together hangs on it, so it is never corrected."""

    CATEGORY = Category.IDENTITY
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH, Role.PRIVACY_OFFICER})
    CORRECTABLE = False

    other: UUID
    """The other file, of which nothing is copied."""
    reason: Words


class FilesLinked(LinkEvent):
    """A file and another are of one person: who may read both reads them together."""

    TYPE: ClassVar[str] = "file.linked.v1"
    STANDS = "link/{other}"
    SENTENCE = Text(
        "Er is nog een dossier van dezelfde persoon; wie beide mag lezen, leest ze samen",
        "There is another file of the same person; who may read both reads them together",
    )

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """They are read together once the other file says so too; it gives nobody a right."""
        return (Grant(stream, f"link/{self.other}", self.other, GrantKind.LINK),)


class FilesUnlinked(LinkEvent):
    """The two files are read apart again, each as it always was."""

    TYPE: ClassVar[str] = "file.unlinked.v1"
    ENDS = ("link/{other}",)
    SENTENCE = Text(
        "Dit dossier staat weer los van het andere", "This file stands apart from the other again"
    )

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """They are no longer read together."""
        return (GrantEnd(stream, f"link/{self.other}"),)

"""Rules for two files of one person: linked, and unlinked again, without rewriting either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.events.base import Event
from domain.events.linking import FilesLinked, FilesUnlinked
from domain.rules import references
from domain.rules.base import UNKNOWN_HERE, Command, Facts, Refused
from domain.rules.limits import Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory
from domain.state import Trajectory
from domain.state.said import mark

MOST = 10
"""Files that one file is read together with."""
CODE_DAYS = timedelta(days=7)
"""How long a code works (P)."""
_BY_CODE = "gekoppeld met een code"


class Code(NamedTuple):
    """What the client, or their team, gives to another team: a file, and its last day."""

    trajectory: UUID
    until: date


class _Link(OnTrajectory):
    AFTER_CLOSING = True

    other: UUID
    reason: Story

    ALONG: ClassVar[str | None]

    def told(self, state: Trajectory) -> bool:
        """Say whether the last that was noted of the other file has this reason."""
        return (self.other, mark(self.reason)) in state.linked_as

    def along(self, stream: UUID) -> Sequence[tuple[UUID, Command, str | None]]:
        """Ask the same of the other file."""
        if stream == self.other:
            raise Refused(
                "Dit is hetzelfde dossier. Kies een ander dossier van deze persoon.",
                "This is the same file. Choose another file of this person.",
                "other",
            )
        return [(self.other, self.model_copy(update={"other": stream}), self.ALONG)]


class LinkFiles(_Link):
    """Read this file and another of the same person together."""

    NAME = "link-files"
    YIELDS = (FilesLinked,)
    ALONG = "other"  # a link stands on both or not at all

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        there = self.other in state.files
        if there and self.told(state):
            return []
        if not there and len(state.files) >= MOST:
            raise Refused(
                f"Er zijn al {MOST} dossiers gekoppeld. Maak er eerst een los.",
                f"{MOST} files are linked already. Unlink one of them first.",
                "other",
            )
        return [FilesLinked(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.trajectory(self.other, "other")


class UnlinkFiles(_Link):
    """Read this file and the other apart again."""

    NAME = "unlink-files"
    YIELDS = (FilesUnlinked,)
    ALONG = None  # it falls when one of both says so, who cannot speak for the other

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.other in state.files:
            return [FilesUnlinked(**about, **self.said())]
        if self.told(state):
            return []
        if not any(file == self.other for file, _ in state.linked_as):
            raise Refused(*UNKNOWN_HERE, "other")
        raise Refused(
            "Dit dossier staat al los van het andere, om een andere reden. Die blijft staan. Is er "
            "meer te vertellen? Bespreek het met de cliënt en het team.",
            "This file stands apart from the other already, for another reason. That one stays. "
            "Is there more to tell? Talk it over with the client and the team.",
            "reason",
        )

    def refers(self) -> Mapping[str, Reference]:
        return references.trajectory(self.other, "other")


def code_of(trajectory: UUID, today: date) -> Code:
    """Give a code by which another team links its file with this one."""
    return Code(trajectory, today + CODE_DAYS)


def dead() -> Refused:
    """Say that a code does not work; also of what only the other file, or its giver, would tell."""
    return Refused(
        "Deze code werkt niet of niet meer. Vraag een nieuwe.",
        "This code does not work, or no longer does. Ask for a new one.",
        "code",
    )


def by_code(code: Code | None, here: UUID, reason: str, today: date) -> tuple[LinkFiles, LinkFiles]:
    """Ask a link of this file, and of the other in the name of who gave the code.

    That one has no words of others in it. Raises Refused for what is no code, for one that is over,
    and for one of this very file: all three answer alike.
    """
    if code is None or code.until < today or code.trajectory == here:
        raise dead()
    return LinkFiles(other=code.trajectory, reason=reason), LinkFiles(other=here, reason=_BY_CODE)

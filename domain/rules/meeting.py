"""Rules for a team meeting: several people discussed, saved once, none of them named to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID, uuid4, uuid5

from pydantic import BaseModel, ConfigDict, Field

from domain.events.base import Event
from domain.events.support import TeamDiscussed
from domain.rules import references
from domain.rules.base import Command, Facts, Refused
from domain.rules.limits import Day, Story
from domain.rules.quality import LogTeamMeeting
from domain.rules.references import Reference
from domain.rules.shared import Note, named_once
from domain.state import Trajectory

MOST = 60
"""People around a table, and people discussed."""

Attendees = Annotated[tuple[UUID, ...], Field(max_length=MOST)]


class NoteTeamDiscussion(Note):
    """Note what the team said about this person."""

    NAME = "note-team-discussion"
    YIELDS = (TeamDiscussed,)

    attendees: Attendees = ()
    text: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        named_once(self.attendees)
        around = tuple(each for each in self.attendees if state.circle.member(each) is not None)
        return [TeamDiscussed(**about, **self.said("attendees"), attendees=around)]

    def refers(self) -> Mapping[str, Reference]:
        return references.each(self.attendees, "attendees")


class Discussed(BaseModel):
    """One of those who were discussed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    trajectory: UUID
    text: Story | None = None
    late_reason: Story | None = None
    """Asked when the meeting was more than 30 days ago; it may tell of this person."""


class TeamMeeting(BaseModel):
    """Note a team meeting: an entry for each who was discussed, and one for the programme.

    Not a command itself: no stream may hold several people. `commands` are what it consists of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    meeting: UUID = Field(default_factory=uuid4)
    """Its own id, which stands in no entry; the same meeting sent twice adds nothing."""
    programme: UUID | None = None
    """Where it is noted that the team met, and of how many people it spoke."""
    attendees: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST)]
    occurred_on: Day | None = None
    discussed: Annotated[tuple[Discussed, ...], Field(min_length=1, max_length=MOST)]

    def commands(self) -> list[tuple[UUID, Command, str]]:
        """Give each stream, what is asked of it, and the field here that it comes from.

        Raises Refused when somebody stands in the list twice.
        """
        names = [each.trajectory for each in self.discussed]
        if len(set(names)) < len(names):
            raise Refused(
                "Iemand staat er twee keer bij. Zet wat je wilt bewaren bij elkaar.",
                "Somebody stands here twice. Put what you want to keep together.",
                "discussed",
            )
        asked: list[tuple[UUID, Command, str]] = [
            (
                each.trajectory,
                NoteTeamDiscussion(
                    # An id of its own: with the meeting's, two files would tell of each other.
                    note=uuid5(self.meeting, str(each.trajectory)),
                    attendees=self.attendees,
                    text=each.text,
                    occurred_on=self.occurred_on,
                    late_reason=each.late_reason,
                ),
                f"discussed.{at}.trajectory",
            )
            for at, each in enumerate(self.discussed)
        ]
        if self.programme is not None:
            held = LogTeamMeeting(
                note=uuid5(self.meeting, str(self.programme)),
                attendees=self.attendees,
                discussed=len(names),
                occurred_on=self.occurred_on,
            )
            asked.append((self.programme, held, "programme"))
        return asked

"""Rules for asking about who read the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from domain.events.access import AccessQuestioned
from domain.events.base import Event
from domain.language import Text
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import Note
from domain.state import Trajectory

_CHOOSE = Text("Kies uit: {roles}.", "Choose from: {roles}.")


class QuestionAccess(Note):
    """Say that it surprises you that somebody looked."""

    NAME = "question-access"
    YIELDS = (AccessQuestioned,)
    AFTER_CLOSING = True

    day: Day
    role: Role | None = None
    organisation: UUID | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        if facts.role is not Role.CLIENT and facts.on_behalf_of != state.client:
            raise Refused(
                "Dit vraagt de cliënt zelf. Help de cliënt om het te vragen.",
                "This is for the client to ask. Help the client to ask it.",
            )
        not_later(self.day, facts, "day")
        return [AccessQuestioned(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.organisation(self.organisation)


def through_eyes(role: str, ways: Collection[Role]) -> Role:
    """Read through whose eyes somebody looks, of those whom they may; raises Refused."""
    found = next((each for each in ways if each.value == role), None)
    if found is None:
        known = ", ".join(sorted(each.value for each in ways))
        raise Refused.saying(_CHOOSE.filled(roles=known), "role")
    return found

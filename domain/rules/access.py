"""Rules for asking about who read the file, and for the answer (reference 0.1 and 7.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from domain.events.access import AccessAnswered, AccessQuestioned
from domain.events.base import Event
from domain.language import Text
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, nothing_new
from domain.state import Trajectory
from domain.state.said import mark

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


class AnswerAccessQuestion(OnTrajectory):
    """Tell the client why somebody looked."""

    NAME = "answer-access-question"
    YIELDS = (AccessAnswered,)
    GUARDS = False
    AFTER_CLOSING = True

    question: UUID
    words: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        asked = state.protection.question(self.question)
        if asked is None:
            raise Refused(
                "Deze vraag staat er niet. Kies er een uit de lijst.",
                "There is no such question. Choose one from the list.",
                "question",
            )
        if facts.organisation is None:
            raise Refused(
                "Je antwoordt namens een organisatie. Meld je aan voor je organisatie.",
                "You answer for an organisation. Sign in for your organisation.",
            )
        if (told := asked.answer(facts.organisation)) is not None:
            return nothing_new((mark(self.words), told))
        answer = AccessAnswered(
            **about, **self.said(), day=asked.day, organisation=facts.organisation
        )
        return [answer]


def through_eyes(role: str, ways: Collection[Role]) -> Role:
    """Read through whose eyes somebody looks, of those whom they may; raises Refused."""
    found = next((each for each in ways if each.value == role), None)
    if found is None:
        known = ", ".join(sorted(each.value for each in ways))
        raise Refused.saying(_CHOOSE.filled(roles=known), "role")
    return found

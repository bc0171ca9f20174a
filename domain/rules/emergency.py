"""Rules for reading along in an emergency (break-glass; reference 7.5, footnotes)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.events.base import Event
from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.rules.base import UNKNOWN_HERE, Command, Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import NewId, known, nothing_new
from domain.state import Trajectory
from domain.state.emergency import Emergency, find
from domain.state.said import mark

LASTS = timedelta(hours=24)
"""How long it gives (reference 7.5, P)."""


class OpenEmergencyAccess(Command):
    """Read along for 24 hours in an emergency; the client is told, and somebody else looks back."""

    NAME = "open-emergency-access"
    YIELDS = (EmergencyAccessOpened,)
    GUARDS = False

    emergency: NewId
    reason: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        if facts.organisation is None:
            raise Refused(
                "In een noodgeval lees je mee namens een organisatie. Meld je aan voor je "
                "organisatie.",
                "In an emergency you read along for an organisation. Sign in for your "
                "organisation.",
            )
        circle, person = state.circle, facts.person
        if person == state.client or circle.member(person) or circle.close(person):
            raise Refused(
                "Je hoort al bij de mensen rond deze cliënt en leest mee in die rol. Is er meer "
                "nodig? Vraag een collega die hier niet bij hoort.",
                "You are one of the people around this client already and read along in that "
                "role. Is more needed? Ask a colleague who is not.",
            )
        running = (
            each
            for each in state.emergencies
            if each.reader == person and each.verdict is None and facts.now < each.until
        )
        if (now := next(running, None)) is not None:
            return _still(now, self.reason)
        if (there := find(state.emergencies, self.emergency)) is not None:
            return nothing_new((mark(self.reason), there.reason))
        return [
            EmergencyAccessOpened(
                occurred_on=facts.today,
                emergency=self.emergency,
                reader=person,
                organisation=facts.organisation,
                until=facts.now + LASTS,
                reason=self.reason,
            )
        ]


class ReviewEmergencyAccess(Command):
    """Look back at how somebody of your organisation read along in an emergency."""

    NAME = "review-emergency-access"
    YIELDS = (EmergencyAccessReviewed,)
    GUARDS = False

    emergency: UUID
    verdict: Verdict
    words: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        found = find(state.emergencies, self.emergency)
        if found is None or found.organisation != facts.organisation:
            raise Refused(*UNKNOWN_HERE, "emergency")
        if found.reader == facts.person:
            raise Refused(
                "Je las hier zelf mee. Een ander kijkt dit na: vraag een collega.",
                "It was you who read along. Somebody else looks back at it: ask a colleague.",
                "emergency",
            )
        if found.verdict is self.verdict and found.verdict_words == mark(self.words):
            return []
        if found.verdict is not None:
            raise Refused(
                "Dit is al nagekeken, en dat blijft staan. Bespreek samen wat je anders ziet.",
                "This was looked back at already, and stays so. Talk about what you see "
                "differently.",
                "verdict",
            )
        return [
            EmergencyAccessReviewed(
                occurred_on=facts.today,
                organisation=found.organisation,
                **self.said(),
            )
        ]


def _still(now: Emergency, reason: str) -> Sequence[Event]:
    """Add nothing while somebody reads along for this reason; refuse another one meanwhile."""
    if now.reason == mark(reason):
        return []
    raise Refused(
        "Je leest hier al mee, om een andere reden. Dat blijft zo tot het voorbij is; vertel wat "
        "erbij kwam aan wie dit nakijkt.",
        "You read along here already, for another reason. That stays so until it is over; tell "
        "what came up since to whoever looks back at it.",
        "reason",
    )

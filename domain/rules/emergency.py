"""Rules for reading along in an emergency (break-glass; reference 7.5, footnotes)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.events.base import Event
from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.rules.base import UNKNOWN_HERE, Command, Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import NewId, known
from domain.state import Trajectory
from domain.state.emergency import find

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
        running = any(
            each.reader == person and each.verdict is None and facts.now < each.until
            for each in state.emergencies
        )
        if running or find(state.emergencies, self.emergency) is not None:
            return []
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
        if found.verdict is self.verdict:
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

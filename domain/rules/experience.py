"""Rules for saying how it was: every question is optional, and nobody answers for the client."""

from __future__ import annotations

from collections.abc import Sequence

from domain.events.base import Event
from domain.events.experience import About, Answer, ExperienceGiven
from domain.roles import Role
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import Note, by_the_client
from domain.state import Trajectory


class GiveExperience(Note):
    """Say how it was: heard, understood, helped; every question may stay open."""

    NAME = "give-experience"
    YIELDS = (ExperienceGiven,)

    about: About = About.TRAJECTORY
    heard: Answer | None = None
    understood: Answer | None = None
    helped: Answer | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        expert = facts.role is Role.LABOUR_EXPERT and self.about is About.EK_PLAN
        if not expert and not by_the_client(state, facts):
            raise Refused(
                "Hoe het was, zegt de cliënt zelf; een arbeidsdeskundige alleen over een Eigen "
                "Kracht-plan. Je kunt wel een contact noteren.",
                "How it was is for the client to say, and for a labour expert about an Eigen "
                "Kracht plan only. You can note a contact instead.",
            )
        if not any((self.heard, self.understood, self.helped, self.words)):
            raise Refused(
                "Er staat nog niets. Beantwoord één vraag, of schrijf iets in eigen woorden.",
                "There is nothing here yet. Answer one question, or write in your own words.",
            )
        return [] if self.again(state) else [ExperienceGiven(**about, **self.said())]

"""Bram: one of many in a programme of trust; he said that it was not going well (source S4)."""

from __future__ import annotations

from api.demo.people import ANK, BRAM, FENNA, TOWN
from api.demo.telling import Story
from domain.rules.setback import AnswerSetback, NoteRecovery, SignalSetback
from domain.rules.team import AddTeamMember


def tell(story: Story) -> None:
    """Tell what Bram signalled, and that nothing but an answer came of it."""
    ank = AddTeamMember(person=ANK.actor.person, role=ANK.actor.role, organisation=TOWN.id)
    story.says(95, FENNA, ank)
    patch = story.id("patch")
    signal = SignalSetback(
        setback=patch, words="Het gaat even niet goed.", would_help="Dat ik er een week uit mag."
    )
    story.says(20, BRAM, signal, hour=9)
    answer = AnswerSetback(setback=patch, agreed_help="Vanmiddag gebeld. De week is goed zo.")
    story.says(20, FENNA, answer, hour=15)
    story.says(9, BRAM, NoteRecovery(setback=patch, words="Weer begonnen, op mijn eigen dag."))

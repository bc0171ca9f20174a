"""Rules for a programme and for the samples that auditors read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from domain.events.base import Event, StreamKind
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, ShortText
from domain.rules.references import Reference
from domain.rules.shared import Registration, founded, not_past
from domain.sampling import drawn
from domain.state.programme import Programme

MOST_DRAWN = 500
Seed = Annotated[int, Field(ge=0, lt=2**53)]


class FoundProgramme(Registration):
    """Start a programme at an organisation."""

    NAME = "found-programme"
    STREAM = StreamKind.PROGRAMME
    YIELDS = (ProgrammeFounded,)
    CREATES = True

    name: ShortText
    organisation: UUID
    """Whose it is: who works there records in it and reads it."""

    def decide(self, state: Programme, facts: Facts) -> Sequence[Event]:
        if (state.name, state.organisation) == (self.name, self.organisation):
            return []
        if state.name is not None:
            raise Refused(
                "Dit programma is er al. Begin een nieuw programma.",
                "This programme exists already. Start a new one.",
            )
        return [ProgrammeFounded(**self.when(facts), **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.organisation(self.organisation)


class DrawSample(Registration):
    """Give an auditor a sample of trajectories, with the seed it was drawn by."""

    NAME = "draw-sample"
    STREAM = StreamKind.PROGRAMME
    YIELDS = (AuditSampleDrawn,)

    sample: UUID = Field(default_factory=uuid4)
    auditor: UUID
    seed: Seed
    trajectories: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_DRAWN)]
    until: Day | None = None

    def decide(self, state: Programme, facts: Facts) -> Sequence[Event]:
        founded(state)
        if self.sample in state.samples:
            return []
        self._of_the_organisation(state, facts)
        if self.auditor == facts.person:
            raise Refused(
                "Wie de steekproef trekt, leest die niet zelf. Kies een andere auditor.",
                "Whoever draws the sample does not read it. Choose another auditor.",
                "auditor",
            )
        if self.until is not None:
            not_past(self.until, facts, "until")
        return [AuditSampleDrawn(**self.when(facts), **self.said())]

    def _of_the_organisation(self, state: Programme, facts: Facts) -> None:
        """Refuse a trajectory that is not of the programme's organisation.

        One that does not exist is refused alike, before anything else is looked at: whoever draws
        learns of no file elsewhere.
        """
        if facts.teams is None:
            return
        organisation = state.organisation or facts.organisation
        for at, each in enumerate(self.trajectories):
            if organisation not in facts.teams.get(each, ()):
                raise Refused(
                    "Dit traject is niet van de organisatie van dit programma. Kies trajecten "
                    "waar iemand van die organisatie in het team zit.",
                    "This trajectory is not of this programme's organisation. Choose trajectories "
                    "that have somebody of that organisation on the team.",
                    f"trajectories.{at}",
                )

    def asks_teams(self) -> Sequence[UUID]:
        return self.trajectories

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.auditor, "auditor")


class Drawing(BaseModel):
    """Ask for a sample of so many, to be drawn by a seed from who is in a programme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    programme: UUID
    size: Annotated[int, Field(ge=1, le=MOST_DRAWN)]
    auditor: UUID
    seed: Seed
    until: Day | None = None

    def draw(self, sample: UUID, files: Collection[UUID]) -> DrawSample:
        """Draw it from these files; raises Refused when there are none."""
        if not files:
            raise Refused(
                "In dit programma is nu geen traject te trekken. Kies een ander programma.",
                "There is no trajectory to draw in this programme now. Choose another programme.",
                "programme",
            )
        return DrawSample(
            sample=sample,
            auditor=self.auditor,
            seed=self.seed,
            trajectories=drawn(self.seed, files, self.size),
            until=self.until,
        )

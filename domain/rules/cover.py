"""Rules for standing in: who takes over for a coach, between which days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from pydantic import BaseModel, ConfigDict, Field

from domain.events.base import Event
from domain.events.cover import CoverArranged, CoverEnded
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, in_order, not_past, stands
from domain.state import Trajectory
from domain.state.circle import STANDS_IN, Circle, Cover, Member
from domain.state.said import mark

LONGEST = timedelta(days=92)
"""A cover that lasts longer is a handover (P), to be checked by a domain expert."""


class ArrangeCover(OnTrajectory):
    """Arrange who stands in for a coach for a while."""

    NAME = "arrange-cover"
    YIELDS = (CoverArranged,)

    cover: UUID = Field(default_factory=uuid4)
    person: UUID
    coach: UUID | None = None
    """Who is away; the coach who asks, or the only one on the team."""
    starts_on: Day | None = None
    """Today when left out."""
    ends_on: Day
    organisation: UUID | None = None
    """For which the colleague works; that of the coach when left out."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        circle = state.circle
        _arranges(circle, facts)
        away = self._away(circle, facts)
        starts_on = self.starts_on or facts.today
        asked = Cover(self.cover, away.person, self.person, starts_on, self.ends_on)
        made = next((c for c in circle.covers if c.id == asked.id or c.like(asked)), None)
        if made is not None:
            return self._made(made)
        not_past(starts_on, facts, "starts_on")
        in_order(starts_on, self.ends_on)
        if self.ends_on - starts_on > LONGEST:
            raise Refused(
                "Dit is langer dan drie maanden. Draag het traject dan over, of kies een kortere "
                "tijd.",
                "This is more than three months. Hand the trajectory over, or choose a shorter "
                "time.",
                "ends_on",
            )
        self._colleague(state, away)
        return [
            CoverArranged(
                **about,
                cover=self.cover,
                coach=away.person,
                person=self.person,
                starts_on=starts_on,
                ends_on=self.ends_on,
                organisation=self.organisation or away.organisation,
                words=self.words,
            )
        ]

    def _made(self, made: Cover) -> Sequence[Event]:
        """Add nothing to what was arranged; asked for something else, say so."""
        if stands(
            (self.person, made.person),
            (self.coach, made.coach),
            (self.starts_on, made.starts_on),
            (self.ends_on, made.ends_on),
            (self.organisation, made.organisation),
            (mark(self.words), made.words),
        ):
            return []
        raise Refused(
            "Deze vervanging is al geregeld, en anders dan je nu opgeeft. Laat weg wat je erbij "
            "schreef, of beëindig die vervanging en regel een nieuwe.",
            "This was arranged already, and differs from what you give now. Leave out what you "
            "wrote with it, or end that cover and arrange a new one.",
        )

    def _away(self, circle: Circle, facts: Facts) -> Member:
        """Find whom it is for."""
        # Who left last is still to be stood in for, as long as no other coach came.
        coaches = {each.person: each for each in circle.coaches or filter(None, (circle.left,))}
        if self.coach is None and facts.person in coaches:
            return coaches[facts.person]
        if self.coach is None and len(coaches) == 1:
            return next(iter(coaches.values()))
        if self.coach is None or self.coach not in coaches:
            raise Refused(
                "Kies een jobcoach uit het team die er een tijd niet is.",
                "Choose a job coach on the team who is away for a while.",
                "coach",
            )
        return coaches[self.coach]

    def _colleague(self, state: Trajectory, away: Member) -> None:
        """Refuse who cannot stand in: the coach, the client, and who is close to the client."""
        circle = state.circle
        member = circle.member(self.person)
        if (
            self.person in {away.person, state.client, state.eigen_kracht.coordinator}
            or circle.close(self.person) is not None
            or (member is not None and member.role not in STANDS_IN)
        ):
            raise Refused(
                "Deze persoon kan niet vervangen. Kies een andere jobcoach of een teamleider.",
                "This person cannot stand in. Choose another job coach or a team lead.",
                "person",
            )

    def refers(self) -> Mapping[str, Reference]:
        return {
            **references.person(self.person),
            **references.person(self.coach, "coach"),
            **references.organisation(self.organisation),
        }


class EndCover(OnTrajectory):
    """Say that nobody stands in any more: the coach is back, or a colleague takes it on."""

    NAME = "end-cover"
    YIELDS = (CoverEnded,)
    AFTER_CLOSING = True

    cover: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        cover = state.circle.cover(self.cover)
        if cover is None:
            raise Refused(
                "Deze vervanging staat hier niet. Kies er een uit de lijst.",
                "This cover is not here. Choose one from the list.",
                "cover",
            )
        if cover.ended:
            return []
        return [
            CoverEnded(
                **about,
                cover=cover.id,
                coach=cover.coach,
                person=cover.person,
                starts_on=cover.starts_on,
            )
        ]


class CaseloadCover(BaseModel):
    """Arrange who stands in for a coach on all of their trajectories, in one save.

    Not a command itself: each trajectory has an entry of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    cover: UUID = Field(default_factory=uuid4)
    """Its own id, which stands in no entry; the same sent twice adds nothing."""
    person: UUID
    coach: UUID | None = None
    """Who is away; the coach who asks when left out."""
    starts_on: Day | None = None
    ends_on: Day
    organisation: UUID | None = None
    words: Story | None = None

    def commands(
        self,
        coach: UUID,
        caseload: Iterable[tuple[UUID, Trajectory]],
        arranges: Callable[[UUID, ArrangeCover], bool],
    ) -> list[tuple[UUID, ArrangeCover]]:
        """Give each trajectory that is covered and what is asked of it; raises Refused for none.

        Covered is what the coach has and is not closed, as far as who asks arranges it there.
        """
        said = self.model_dump(exclude={"cover", "coach"})
        running = (stream for stream, state in caseload if not state.course.closed)
        asked = (
            (each, ArrangeCover(cover=uuid5(self.cover, str(each)), coach=coach, **said))
            for each in running
        )
        found = [each for each in asked if arranges(*each)]
        if not found:
            raise Refused(
                "Hier is geen lopend traject waarvoor je vervanging regelt. Kies een andere "
                "jobcoach.",
                "There is no running trajectory here for which you arrange this. Choose another "
                "job coach.",
                "coach",
            )
        return found


def not_covered(circle: Circle, coach: UUID, facts: Facts) -> None:
    """Refuse to let a coach go for whom a colleague stands in: that right hangs on theirs."""
    if any(c.coach == coach and not c.ended and facts.today <= c.ends_on for c in circle.covers):
        raise Refused(
            "Een collega vervangt deze jobcoach. Beëindig eerst die vervanging; zet de collega "
            "zelf in het team als die blijft.",
            "A colleague stands in for this job coach. End that first; add the colleague to the "
            "team if they stay.",
            "person",
        )


def stands_in(circle: Circle, person: UUID) -> bool:
    """Say whether somebody is there only for as long as a coach is away."""
    covers = any(each.person == person and not each.ended for each in circle.covers)
    return covers and circle.member(person) is None


def _arranges(circle: Circle, facts: Facts) -> None:
    """Who stands in does not pass it on, nor make it longer."""
    if stands_in(circle, facts.person) and facts.role is not Role.TEAM_LEAD:
        raise Refused(
            "Je vervangt zelf een collega. Het team of de teamleider regelt wie er daarna komt.",
            "You stand in for a colleague yourself. The team or the team lead arranges who is "
            "next.",
        )

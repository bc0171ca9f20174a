"""Rules for coming in: anyone, along any way, on the wish alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event
from domain.events.referral import (
    Channel,
    ProgrammeEntered,
    Referred,
    Want,
    WordsBy,
    WorkWishExpressed,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Dated, Facts, Refused
from domain.rules.limits import ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import (
    Note,
    OnTrajectory,
    nothing_new,
    once,
    stands,
    whose_words,
    works_as,
)
from domain.state import Trajectory
from domain.state.said import mark

TAKES_IN = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
ONLY_REFERS = Referred.RECORDED_BY - TAKES_IN - {Role.CLIENT}


class Refer(Dated):
    """Take somebody in: the first entry of a trajectory."""

    NAME = "refer"
    YIELDS = (Referred,)
    CREATES = True

    client: UUID
    channel: Channel
    location: ShortText | None = None
    received_by: UUID | None = None
    """Who takes it in and so is on the team; a coach or care worker who records it, by default.
    Any other professional names somebody, who goes on with it; a client may."""
    received_role: Role | None = None
    organisation: UUID | None = None
    somebody_else: bool = False
    """Said after looking, when one of one's own people goes by the same name: `look_first`."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        if state.client == self.client:
            return self._stands(state)
        if state.client is not None:
            raise Refused(
                "Dit traject is al van iemand anders. Begin een nieuw traject.",
                "This trajectory is somebody else's. Start a new one.",
                "client",
            )
        self._not_oneself(facts)
        received_by, received_role = self._received(facts)
        if received_by is None and facts.role in ONLY_REFERS:
            raise Refused(
                "Noem de jobcoach of behandelaar die deze aanmelding aanneemt, zodat er iemand "
                "mee verder gaat.",
                "Name the job coach or care worker who takes this referral in, so that somebody "
                "goes on with it.",
                "received_by",
            )
        if received_role not in TAKES_IN:
            raise Refused(
                "Een jobcoach of behandelaar neemt iemand aan. Voeg anderen toe aan het team.",
                "A job coach or care worker takes somebody in. Add others to the team.",
                "received_role",
            )
        if received_by is not None:
            works_as(received_by, received_role, self.organisation, facts, "received_by")
        return [
            Referred(
                **self.when(facts),
                client=self.client,
                channel=self.channel,
                location=self.location,
                received_by=received_by,
                received_role=received_role if received_by else None,
                organisation=self.organisation if received_by else None,
            )
        ]

    def _received(self, facts: Facts) -> tuple[UUID | None, Role]:
        """Tell who takes it in and as what: a coach or care worker who records it, by default."""
        if self.received_by is None and facts.role in TAKES_IN:
            return facts.person, facts.role
        own = self.received_by == facts.person
        return self.received_by, self.received_role or (facts.role if own else Role.JOB_COACH)

    def _stands(self, state: Trajectory) -> Sequence[Event]:
        """Add nothing to a file that is there; refuse what is asked beside what stands."""
        received = self.received_by and state.circle.member(self.received_by)
        if self.received_by is not None and not (
            received
            and stands(
                (self.received_role, received.role), (self.organisation, received.organisation)
            )
        ):
            raise Refused(
                "Dit dossier is er al, en deze persoon zit zo niet in het team. Zet de persoon in "
                "het team.",
                "This file is here already, and this person is not on the team in that way. Add "
                "them to the team.",
                "received_by",
            )
        course = state.course
        return nothing_new(
            (self.occurred_on, course.referred_on),
            (self.channel, course.channel),
            (mark(self.location), course.came_in_at),
        )

    def _not_oneself(self, facts: Facts) -> None:
        """Refuse to be both, and to take somebody in under another role than one's own."""
        if self.client == self.received_by or (
            self.client == facts.person and facts.role is not Role.CLIENT
        ):
            raise Refused(
                "Niemand begeleidt zichzelf. Meld jezelf aan als cliënt; een ander neemt je aan.",
                "Nobody supports themselves. Come in as a client; somebody else takes you in.",
                "client",
            )
        if self.received_by == facts.person and self.received_role not in {None, facts.role}:
            raise Refused(
                "Je neemt iemand aan in de rol waarin je nu werkt. Laat dit leeg.",
                "You take somebody in in the role in which you act now. Leave this empty.",
                "received_role",
            )

    def refers(self) -> Mapping[str, Reference]:
        return {
            **references.person(self.client, "client"),
            **references.person(self.received_by, "received_by"),
            **references.organisation(self.organisation),
        }


class ExpressWorkWish(Note):
    """Say what somebody wants, in their own words."""

    NAME = "express-work-wish"
    YIELDS = (WorkWishExpressed,)

    wants: Annotated[tuple[Want, ...], Field(min_length=1)]
    words: Story | None = None
    words_by: WordsBy | None = None
    """Whose pen it was; the client's when the client records it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        return [
            WorkWishExpressed(
                **about,
                note=self.note,
                wants=once(self.wants),
                words=self.words,
                words_by=whose_words(self.words_by, state, facts, "words_by"),
            )
        ]


class EnterProgramme(OnTrajectory):
    """Note the first meeting about the wish to work."""

    NAME = "enter-programme"
    YIELDS = (ProgrammeEntered,)

    programme: UUID | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        entered_on = state.course.entered_on
        if entered_on == about["occurred_on"] and state.course.programme == self.programme:
            return []
        if entered_on is not None:
            raise Refused(
                "Het eerste gesprek staat er al. Verbeter dat als de dag niet klopt.",
                "The first meeting is already there. Correct it if the day is wrong.",
                "occurred_on",
            )
        return [ProgrammeEntered(**about, programme=self.programme)]

    def refers(self) -> Mapping[str, Reference]:
        return references.programme(self.programme)

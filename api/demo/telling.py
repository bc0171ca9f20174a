"""How the demo's stories are told: who asked for what, so many days ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from api.demo.people import BAS, CARE, RIA, Somebody, named, trajectory_of
from domain.events.search import Mode
from domain.events.support import SupportType, WithWhom
from domain.rules.base import Command
from domain.rules.referral import Refer
from domain.rules.support import LogContact
from domain.rules.team import AddTeamMember
from domain.rules.wellbeing import ScoreWellbeing
from eventlog.entry import Actor

_SATURDAY = 5
Made = Mapping[str, UUID]
"""The entries that labelled steps led to."""


def ago(today: date, days: int) -> date:
    """Give a day in the past; working days only, so Friday for a weekend."""
    day = today - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a story."""

    key: str
    """Its idempotency key: a start that was broken off goes on where it was."""
    days: int
    """How long ago it is told to be."""
    day: date
    """The working day on which it happened."""
    hour: int
    actor: Actor
    stream: UUID
    command: Callable[[Made], Command]
    label: str = ""


@dataclass(slots=True)
class Story:
    """The year of one person, told in days before the day that the demo was loaded."""

    client: Somebody
    today: date
    steps: list[Step] = field(default_factory=list)

    def ago(self, days: int) -> date:
        """Give a day in the past, as `ago` does."""
        return ago(self.today, days)

    def id(self, name: str) -> UUID:
        """Give the id of something in this story."""
        return named(self.client.key, name)

    def says(  # noqa: PLR0913 - who did what, where and when
        self,
        days: int,
        who: Somebody,
        command: Command | Callable[[Made], Command],
        *,
        hour: int = 10,
        label: str = "",
        stream: UUID | None = None,
    ) -> None:
        """Add what somebody recorded on a day; in the client's own file, if not said else."""
        made = command if not isinstance(command, Command) else (lambda _made: command)
        key = f"demo/{self.client.key}/{len(self.steps)}"
        where = stream or trajectory_of(self.client)
        self.steps.append(Step(key, days, self.ago(days), hour, who.actor, where, made, label))

    def told(self) -> list[Step]:
        """Give the steps in their order; a weekend's Friday turns none of them round."""
        steps = sorted(self.steps, key=lambda step: (-step.days, step.hour))
        for at in range(1, len(steps)):
            before, step = steps[at - 1], steps[at]
            if (step.day, step.hour) < (before.day, before.hour):
                steps[at] = replace(step, hour=before.hour)
        return steps

    def begins(self, days: int, refer: Refer) -> None:
        """Let the coach take the client in, and form the usual team."""
        taken_in = refer.model_copy(update={"organisation": CARE.id})
        self.says(days, RIA, taken_in, hour=9)
        bas = AddTeamMember(person=BAS.actor.person, role=BAS.actor.role, organisation=CARE.id)
        self.says(days, RIA, bas, hour=9)

    def talks(  # noqa: PLR0913 - what a note of a contact consists of
        self,
        days: int,
        text: str | None = None,
        *,
        mode: Mode = Mode.WALK,
        with_whom: WithWhom = WithWhom.CLIENT,
        support: SupportType | None = None,
        who: Somebody = RIA,
        placement: str = "",
        location: str | None = None,
    ) -> None:
        """Add a contact that worked out."""
        command = LogContact(
            mode=mode,
            with_whom=with_whom,
            support_type=support,
            text=text,
            location=location,
            placement=self.id(placement) if placement else None,
        )
        self.says(days, who, command, hour=14)

    def no_answer(self, days: int, *, mode: Mode = Mode.PHONE) -> None:
        """Add an attempt without an answer."""
        self.says(days, RIA, LogContact(mode=mode, worked_out=False), hour=11)

    def feels(self, days: int, score: int, words: str | None = None) -> None:
        """Add the figure that the client gave these days."""
        self.says(days, self.client, ScoreWellbeing(score=score, words=words), hour=19)

"""Many people in one programme, told at once by an operator and read over the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.programme import FoundProgramme
from eventlog.bulk import handle_many
from eventlog.entry import Actor
from eventlog.request import Request
from tests.api.region import Region

BY_NAME = {command.NAME: command for command in COMMANDS}
LATE = "overgenomen uit de eigen administratie"


class Somebody(NamedTuple):
    """A client and their trajectory."""

    client: Actor
    trajectory: UUID


@dataclass
class Cohort:
    """A programme of the region's organisation, and the people in it."""

    region: Region
    coach: Actor
    programme: UUID = field(default_factory=uuid4)
    people: list[Somebody] = field(default_factory=list)
    _told: list[Request] = field(default_factory=list)

    def begin(self, count: int, on: str, *channels: str) -> list[Somebody]:
        """Let so many people in on a day, each on their wish alone."""
        region = self.region
        if not self.people:
            founded = FoundProgramme(name="Meedoen", organisation=region.world.organisation)
            region.world.operator(self.programme, founded)
        come = [Somebody(Actor(uuid4(), Role.CLIENT), uuid4()) for _ in range(count)]
        for number, each in enumerate(come):
            self.ask(each.client.person, "register-person", given_name=f"Inwoner {number}")
        self.tell()
        for number, each in enumerate(come):
            channel = channels[number % len(channels)]
            referral = {"client": each.client.person, "channel": channel}
            where = {"organisation": region.world.organisation}
            self.on(on, each, "refer", **referral, **where)
            self.on(on, each, "enter-programme", programme=self.programme)
        self.people += come
        return come

    def on(self, day: str, who: Somebody, command: str, **body: Any) -> None:
        """Add what was recorded of somebody about a day."""
        self.ask(who.trajectory, command, occurred_on=day, late_reason=LATE, **body)

    def own(self, day: str, who: Somebody, command: str, **body: Any) -> None:
        """Add what somebody recorded themselves."""
        asked = BY_NAME[command](occurred_on=day, late_reason=LATE, **body)
        self._told.append(Request(who.client, who.trajectory, asked, operator=True))

    def work(self, day: str, who: Somebody, kind: str = "job", **body: Any) -> UUID:
        """Add work that began on a day; gives its id."""
        placement = uuid4()
        contract = {"contract": "fixed"} if kind == "job" else {}
        asked = {"kind": kind, "employer": self.region.bakery, "title": "medewerker"}
        self.on(
            day, who, "log-placement", placement=placement, starts_on=day,
            **{**asked, **contract, **body},
        )  # fmt: skip
        return placement

    def ask(self, stream: UUID, command: str, **body: Any) -> None:
        """Add what was recorded in any stream."""
        asked = BY_NAME[command](**body)
        self._told.append(Request(self.coach, stream, asked, operator=True))

    def tell(self) -> None:
        """Record all that was added, and let the read models follow."""
        for outcome in handle_many(self.region.services.handler, self._told):
            if isinstance(outcome, Exception):
                raise outcome
        self._told.clear()
        self.region.projector.catch_up()

    def outcomes(self, who: Actor, **period: str) -> dict[str, Any]:
        """Read the outcomes of the programme."""
        answer = self.region.get(who, f"programmes/{self.programme}/outcomes", **period)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def by(lines: list[dict[str, Any]], name: str) -> dict[str, tuple[int | None, float | None]]:
    """Give people and percentage of each line, by its kind."""
    return {each[name]: (each["people"], each["percent"]) for each in lines}

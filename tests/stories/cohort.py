"""Many people in one programme, told over the API by who would record it, and read there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx2

from api.commands import PLACES
from domain.roles import Role
from domain.rules import COMMANDS
from domain.rules.programme import FoundProgramme
from eventlog.entry import Actor
from tests.api.region import Region, plain

PLACE = {command.NAME: PLACES[command.STREAM] for command in COMMANDS}
AT_ONCE = 16
"""People told of beside each other; of each one, everything in its order."""
LATE = "overgenomen uit de eigen administratie"


class Request(NamedTuple):
    """What is sent by whom."""

    by: Actor
    path: str
    body: dict[str, Any]


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
    colleagues: Sequence[Actor] = ()
    """Coaches with whom the own coach shares so many people."""
    _coaches: dict[UUID, Actor] = field(default_factory=dict)
    _told: dict[UUID, list[Request]] = field(default_factory=dict)
    """What is still to be sent, by whom or what it is about."""

    def __post_init__(self) -> None:
        """Found the programme, as an administrator does."""
        founded = FoundProgramme(name="Meedoen", organisation=self.region.world.organisation)
        self.region.world.operator(self.programme, founded)

    def begin(self, count: int, on: str, *channels: str) -> list[Somebody]:
        """Let so many people in on a day, each on their wish alone.

        Whom care sends a care worker refers, all others their coach, who takes everybody in.
        """
        come = [Somebody(Actor(uuid4(), Role.CLIENT), uuid4()) for _ in range(count)]
        coaches = (self.coach, *self.colleagues)
        for number, each in enumerate(come):
            channel, person = channels[number % len(channels)], each.client.person
            coach = self._coaches[each.trajectory] = coaches[number % len(coaches)]
            refers = self.region.carer if channel == "care" else coach
            self.ask(person, "register-person", refers, given_name=f"Inwoner {number}")
            taken_in = {
                "received_by": coach.person,
                "received_role": coach.role,
                "organisation": coach.organisation,
            }
            self.on(on, each, "refer", refers, client=person, channel=channel, **taken_in)
            self.on(on, each, "enter-programme", programme=self.programme)
        self.people += come
        self.tell()
        return come

    def on(
        self, day: str, who: Somebody, command: str, by: Actor | None = None, **body: Any
    ) -> None:
        """Add what was recorded of somebody about a day; by their coach, or who is named."""
        by = by or self._coaches.get(who.trajectory, self.coach)
        when = {"occurred_on": day, "late_reason": LATE}
        self._add(who.client.person, who.trajectory, command, by, {**when, **body})

    def own(self, day: str, who: Somebody, command: str, **body: Any) -> None:
        """Add what somebody recorded themselves."""
        self.on(day, who, command, who.client, **body)

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

    def ask(self, stream: UUID, command: str, by: Actor | None = None, **body: Any) -> None:
        """Add what is recorded in any stream; the coach does, unless another is named."""
        self._add(stream, stream, command, by or self.coach, body)

    def _add(
        self, about: UUID, stream: UUID, command: str, by: Actor, body: dict[str, Any]
    ) -> None:
        path = f"/api/v1/{PLACE[command]}/{stream}/{command}"
        self._told.setdefault(about, []).append(Request(by, path, plain(body)))

    def tell(self) -> None:
        """Send all that was added, and let the read models follow."""
        asyncio.run(self._send())
        self._told.clear()
        self.region.projector.catch_up()

    async def _send(self) -> None:
        inside = httpx2.ASGITransport(self.region.http.app)
        turn = asyncio.Semaphore(AT_ONCE)

        async def send(requests: list[Request]) -> None:
            async with turn:
                for who, path, body in requests:
                    headers = self.region.headers(who)
                    answer = await http.post(path, json=body, headers=headers)
                    assert answer.status_code == 201, (path, answer.text)

        async with httpx2.AsyncClient(transport=inside, base_url="http://region") as http:
            await asyncio.gather(*map(send, self._told.values()))

    def outcomes(self, who: Actor, **period: str) -> dict[str, Any]:
        """Read the outcomes of the programme."""
        answer = self.region.get(who, f"programmes/{self.programme}/outcomes", **period)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def by(lines: list[dict[str, Any]], name: str) -> dict[str, tuple[int | None, float | None]]:
    """Give people and percentage of each line, by its kind."""
    return {each[name]: (each["people"], each["percent"]) for each in lines}

"""A small region over HTTP: one client, the people around, and the service on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.signin import Persona, issue
from api.wiring import Services, wire
from domain.language import Text
from domain.roles import Role
from domain.rules.employer import AddContactPerson, RegisterEmployer
from domain.rules.people import GiveRole, RegisterPerson
from domain.rules.programme import DrawSample, FoundProgramme
from eventlog.embedded import Server
from eventlog.entry import Actor
from eventlog.migrate import migrate
from projections.projector import Projector
from tests.eventlog.world import MASTER, World

TODAY = "2026-03-10"


class Clock:
    """A clock of the tests: every look is a millisecond later."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 10, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


class Region:
    """Everybody who has to do with one trajectory, each with a way to ask."""

    def __init__(self, database: Callable[..., str]) -> None:
        migrate(database("samenspoor_owner"))
        self.database = database
        self._folder = TemporaryDirectory()
        self.settings = Settings(
            database_url=database("samenspoor_service"),
            data=Path(self._folder.name) / "data",
            master_key=MASTER,
            demo=True,
        )
        self.personas: dict[str, Persona] = {}
        self.services: Services = wire(self.settings, personas=self.personas, now=Clock())
        self.projector = Projector(database("samenspoor_projector"), MASTER)
        self.world = World(self.services.handler)
        self.app = create_app(self.services)
        self.http = TestClient(self.app, raise_server_exceptions=False)
        self.renew()

    def renew(self) -> None:
        """Let everybody be somebody new, around a new trajectory."""
        self.coach = self.somebody("Sam", "de Wit", Role.JOB_COACH)
        self.carer = self.somebody("Bo", "Öztürk", Role.CARE_WORKER)
        self.auditor = self.somebody("Kim", "Jansen", Role.AUDITOR)
        self.client = Actor(self.person("Noor", "van den Berg"), Role.CLIENT)
        self.friend = Actor(self.person("Els", "Smit"), Role.NETWORK_MEMBER)
        self.boss = Actor(self.person("Ad", "Bakker"), Role.EMPLOYER)
        self.stranger = self.somebody("Ton", "Vos", Role.JOB_COACH)
        self.bakery = self.employer("Bakkerij De Gouden Korst", self.boss.person)
        self.personas["sam"] = Persona(self.coach, Text("Sam, jobcoach", "Sam, job coach"))
        self.projector.catch_up()
        self.trajectory = self.begin()

    def projector_connection(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.database("samenspoor_projector"), autocommit=True)

    def unplug(self, server: Server) -> None:
        """Take the database away from everybody."""
        name = conninfo_to_dict(self.database())["dbname"]
        with psycopg.connect(server.admin_dsn(), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )

    def close(self) -> None:
        self.projector.close()
        self.services.close()
        self._folder.cleanup()

    def person(self, given: str, family: str) -> UUID:
        person = uuid4()
        self.world.operator(person, RegisterPerson(given_name=given, family_name=family))
        return person

    def somebody(self, given: str, family: str, role: Role) -> Actor:
        person = self.person(given, family)
        self.world.operator(person, GiveRole(role=role, organisation=self.world.organisation))
        return Actor(person, role, self.world.organisation)

    def employer(self, name: str, contact: UUID) -> UUID:
        employer = uuid4()
        self.world.operator(employer, RegisterEmployer(name=name, place="Haren"))
        self.world.operator(employer, AddContactPerson(person=contact))
        return employer

    def another(self) -> UUID:
        """Begin a trajectory of somebody else, with the same people around them."""
        return self.begin(Actor(self.person("Femke", f"Bos {uuid4().hex}"), Role.CLIENT))

    def begin(self, client: Actor | None = None) -> UUID:
        """Begin a trajectory of a client with the coach, the care worker and a friend on it."""
        trajectory, client = uuid4(), client or self.client
        refer = {"client": client.person, "channel": "self"}
        organisation = str(self.world.organisation)
        self.said(self.coach, trajectory, "refer", organisation=organisation, **refer)
        self.said(
            self.coach,
            trajectory,
            "add-team-member",
            person=self.carer.person,
            role="care_worker",
            organisation=organisation,
        )
        self.said(client, trajectory, "invite-network-member", person=self.friend.person)
        return trajectory

    def sampled(self, trajectory: UUID) -> UUID:
        """Draw a sample for the auditor; gives the programme."""
        programme = uuid4()
        self.world.operator(
            programme, FoundProgramme(name="IPS Haren", organisation=self.world.organisation)
        )
        self.world.operator(
            programme,
            DrawSample(auditor=self.auditor.person, seed=1, trajectories=(trajectory,)),
        )
        return programme

    def headers(self, who: Actor | None, language: str = "nl") -> dict[str, str]:
        given = {"Accept-Language": language}
        if who is not None:
            token = issue(self.services.tokens, who, self.services.now())
            given["Authorization"] = f"Bearer {token}"
        return given

    def post(
        self,
        who: Actor | None,
        path: str,
        body: Any,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Ask for something to be recorded, and let the read models follow."""
        answer = self.http.post(
            f"/api/v1/{path}", json=plain(body), headers=self.headers(who) | (headers or {})
        )
        self.projector.catch_up()
        return answer

    def get(
        self, who: Actor | None, path: str, headers: dict[str, str] | None = None, **params: Any
    ) -> Any:
        return self.http.get(
            f"/api/v1/{path}", params=params, headers=self.headers(who) | (headers or {})
        )

    def say(self, who: Actor, command: str, **body: Any) -> Any:
        """Record something on the trajectory."""
        return self.post(who, f"trajectories/{self.trajectory}/{command}", body)

    def said(self, who: Actor, trajectory: UUID, command: str, **body: Any) -> dict[str, Any]:
        """Record something, which must succeed; gives the answer."""
        answer = self.http.post(
            f"/api/v1/trajectories/{trajectory}/{command}",
            json=plain(body),
            headers=self.headers(who),
        )
        assert answer.status_code in {200, 201}, answer.text
        self.projector.catch_up()
        found: dict[str, Any] = answer.json()
        return found

    def see(self, who: Actor, what: str = "", **params: Any) -> Any:
        """Read something of the trajectory."""
        return self.get(who, f"trajectories/{self.trajectory}{what}", **params)

    def entries(self, who: Actor, **params: Any) -> list[dict[str, Any]]:
        """Read the whole timeline."""
        answer = self.see(who, "/timeline", limit=100, **params)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["entries"]
        return found

    def count(self) -> int:
        """Count all that is stored."""
        return int(self.services.log.position())


def plain(body: Any) -> Any:
    """Word ids as JSON does."""
    if isinstance(body, dict):
        return {name: plain(value) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [plain(each) for each in body]
    return str(body) if isinstance(body, UUID) else body


__all__ = ["TODAY", "Region", "plain"]

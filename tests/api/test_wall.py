"""With the application's own check switched off, PostgreSQL still keeps back what is not theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from api.reading import gate, people
from api.signin import in_the_name_of
from domain.events.base import Kind
from domain.policy import Reader, Relation
from domain.roles import Role
from eventlog.entry import Actor
from projections.views import Views
from projections.wall import ASKING, asks
from tests.api.region import Region

WORDS = "Woorden die niemand anders aangaan"
"""Begins each text in the file; the letter of its category follows."""
FILE = "trajectories/{id}"
SHOWN = (
    *("", "/timeline", "/audit-trail", "/support", "/handover", "/fundings", "/eigen-kracht"),
    *("/cv-gap", "/checks", "/access", "/setback-help"),
    *("?known_at=2026-03-10T23:00:00Z", "/timeline?known_at=2026-03-10T23:00:00Z"),
    "/trust-decisions/{decision}/context",
)
LISTS = ("caseload", "today", "directory/people", "directory/employers", "me", "directory/{client}")
NAMES = ("Noor", "van den Berg", "Öztürk", "Els", "Smit")
CLOSE = ("Noor", "van den Berg", "Els", "Smit")
"""Whom no colleague elsewhere knows by name: the client, and who is close."""


SEEN_BY = {
    Role.CLIENT: "DHIJLQ",
    Role.JOB_COACH: "DHJLQ",
    Role.CARE_WORKER: "DJQ",
    Role.AUDITOR: "HQ",
    Role.NETWORK_MEMBER: "",
    Role.EMPLOYER: "",
}
"""Whose words they may read; the client, the coach and the care worker also know the client."""


class Full:
    """A file with something of many categories, each with words of its own."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.decision, job = uuid4(), uuid4()
        coach, client = region.coach, region.client
        placed = {"placement": job, "kind": "job", "employer": region.bakery}
        begun = {
            "title": "broodbakker",
            "starts_on": "2026-03-02",
            "hours_per_week": 16,
            "contract": "fixed",
        }
        choice = dict.fromkeys(("question", "client_want", "choice", "rationale"), words("Q"))
        for who, command, body in (
            (client, "express-work-wish", {"wants": ["paid"], "words": words("D")}),
            (coach, "log-placement", placed | begun),
            (coach, "log-contact", {"mode": "phone", "text": words("H")}),
            (client, "score-wellbeing", {"score": 4, "words": words("I")}),
            (client, "signal-setback", {"setback": uuid4(), "words": words("J")}),
            (coach, "raise-issue", {"issue": uuid4(), "kind": "debt", "words": words("L")}),
            (
                coach,
                "record-decision",
                {"decision": self.decision, "review_on": "2026-04-01", **choice},
            ),
        ):
            answer = region.say(who, command, **body)
            assert answer.status_code == 201, (command, answer.text)
        region.sampled(region.trajectory)
        region.projector.catch_up()

    def people(self) -> dict[Role, Actor]:
        region = self.region
        around = (region.client, region.coach, region.carer, region.auditor, region.friend)
        return {who.role: who for who in (*around, region.boss)}

    def strangers(self) -> list[Actor]:
        """Give people without a tie: with a role of their own, and in one they do not have."""
        own = [self.region.stranger]
        return [*own, *(Actor(own[0].person, role) for role in Role if role is not own[0].role)]

    def walk(self, who: Actor) -> str:
        """Ask for everything there is; gives all that came out, but who was looking."""
        region, came = self.region, []
        for path in (*(FILE + what for what in SHOWN), *LISTS):
            given = {"id": region.trajectory, "decision": self.decision}
            answer = region.get(who, path.format(client=region.client.person, **given))
            assert answer.status_code in {200, 404}, (path, answer.text)
            if answer.status_code == 200:
                came.append(json.dumps(answer.json(), ensure_ascii=False))
        return "\n".join(came)


def words(category: str) -> str:
    return f"{WORDS} {category}."


def letters(text: str) -> set[str]:
    """Name the categories whose words came out."""
    return {part[1] for part in text.split(WORDS)[1:]}


@pytest.fixture(scope="module")
def full(region: Region) -> Full:
    return Full(region)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the check of the application off: everybody is let in and sees all the client does."""

    def everything(reader: Reader, trajectory: UUID, *_: Any) -> Relation:
        return Relation(reader._replace(role=Role.CLIENT), trajectory)

    monkeypatch.setattr(gate, "tie_of", everything)
    monkeypatch.setattr(people, "seen_outside", lambda *_, **__: frozenset(Kind))


def open_wall(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as the owner of the tables, for whom there is no wall."""
    views = Views(region.database("samenspoor_projector"))
    for name in ("timeline", "audit_trail", "current_state", "support", "caseload", "directory"):
        monkeypatch.setattr(region.services.views, name, getattr(views, name))


@pytest.mark.parametrize("role", SEEN_BY)
def test_with_the_check_on_everybody_reads_what_is_theirs(full, role):
    assert letters(full.walk(full.people()[role])) == set(SEEN_BY[role])


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("role", SEEN_BY)
def test_with_the_check_off_no_words_come_out_that_are_not_theirs(full, role):
    assert letters(full.walk(full.people()[role])) == set(SEEN_BY[role])


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("role", SEEN_BY)
def test_with_the_check_off_no_entry_comes_out_of_a_category_that_is_not_theirs(full, role):
    answer = full.region.see(full.people()[role], "/timeline", limit=100).json()
    seen = {each["category"] for each in answer["entries"]}
    never = {
        Role.EMPLOYER: "ABCDHIJKLQ",
        Role.NETWORK_MEMBER: "BDEFGHIJKLQ",
        Role.CARE_WORKER: "IL",
        Role.JOB_COACH: "I",
        Role.AUDITOR: "I",
        Role.CLIENT: "",
    }
    assert seen
    assert not seen & set(never[role])


@pytest.mark.usefixtures("unchecked")
def test_with_the_check_off_nothing_at_all_comes_out_for_who_has_no_tie(full):
    for who in full.strangers():
        came = full.walk(who)
        assert not letters(came), who.role
        assert "broodbakker" not in came, who.role
        assert not [name for name in CLOSE if name in came], who.role
        timeline = full.region.see(who, "/timeline")
        assert timeline.json()["entries"] == [], who.role
        state = full.region.see(who).json()
        assert state["standing"] == state.get("stages", []) == [], who.role


@pytest.mark.usefixtures("unchecked")
def test_with_the_check_off_an_employer_and_an_auditor_hear_no_names_of_others(full):
    around = full.people()
    for role, hidden in ((Role.EMPLOYER, NAMES[2:]), (Role.AUDITOR, NAMES)):
        came = full.walk(around[role])
        assert not [name for name in hidden if name in came], role


@pytest.mark.usefixtures("unchecked")
def test_without_the_wall_it_would_all_come_out(full, monkeypatch):
    open_wall(full.region, monkeypatch)
    stranger, boss = full.region.stranger, full.people()[Role.EMPLOYER]
    for who in (stranger, boss):
        came = full.walk(who)
        assert letters(came) == set("DHIJLQ")
        assert [name for name in NAMES if name in came]


TABLES = ("timeline.shown", "audit_trail.shown", "current_state.shown")
SECRETS = (
    "SELECT sealed FROM timeline.entry",
    "SELECT sealed FROM current_state.standing",
    "SELECT sealed FROM directory.standing",
    "SELECT state FROM current_state.trajectory",
    "SELECT state FROM support.trajectory",
    "SELECT state FROM caseload.trajectory",
)


@pytest.fixture
def sql(full) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask as the service's own role, in the name of somebody or of nobody."""

    def ask(who: Actor | None, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(full.region.database()) as service:
            if who is not None:
                with in_the_name_of(full.region.services, who):
                    service.execute(ASKING, [asks(None)])
            return service.execute(query).fetchall()  # type: ignore[arg-type]

    return ask


@pytest.mark.parametrize("role", SEEN_BY)
def test_by_sql_there_are_rows_and_words_of_the_own_categories_alone(full, sql, role):
    who = full.people()[role]
    for table in TABLES:
        rows = sql(
            who,
            f"SELECT category, sealed IS NOT NULL FROM {table}"
            f" WHERE stream = '{full.region.trajectory}'",
        )
        with_words = {category for category, there in rows if there}
        assert with_words & set("DHIJLQ") <= set(SEEN_BY[role]), table
        assert not {category for category, _ in rows} & {"I"} or role is Role.CLIENT
    direct = sql(who, "SELECT DISTINCT category FROM timeline.entry")
    assert set(direct) == set(sql(who, "SELECT DISTINCT category FROM timeline.shown"))


def test_by_sql_a_state_tells_only_what_follows_from_what_is_seen(full, sql):
    around = full.people()

    def wellbeing(who: Actor) -> Any:
        ((state,),) = sql(who, "SELECT state FROM current_state.told")
        return state[5]

    assert wellbeing(around[Role.CLIENT])[4] == 1
    assert wellbeing(around[Role.JOB_COACH])[4] == 0
    assert len(wellbeing(around[Role.JOB_COACH])[5]) == 1
    assert wellbeing(around[Role.EMPLOYER])[5] == []


def test_by_sql_nobody_and_strangers_see_nothing(full, sql):
    for who in (None, *full.strangers()):
        for table in (*TABLES, "timeline.entry", "audit_trail.entry", "current_state.standing"):
            assert sql(who, f"SELECT FROM {table}") == [], (who, table)
        for model in ("current_state", "support", "caseload"):
            assert sql(who, f"SELECT FROM {model}.told") == [], (who, model)
            assert sql(who, f"SELECT FROM {model}.trajectory") == [], (who, model)
        assert (
            sql(who, "SELECT FROM caseload.member") == sql(who, "SELECT FROM support.member") == []
        )
    client = full.region.client.person
    name = f"SELECT FROM directory.shown WHERE stream = '{client}' AND slot = 'person'"
    assert sql(full.region.stranger, name) == sql(None, name) == []
    assert len(sql(full.region.coach, name)) == 1
    assert sql(None, "SELECT FROM directory.shown") == []


@pytest.mark.parametrize("query", SECRETS)
def test_by_sql_ciphertext_and_states_are_read_by_their_views_alone(full, sql, query):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql(full.region.client, query)


def test_who_asked_is_forgotten_with_the_transaction(full):
    region = full.region
    assert region.entries(region.client)
    database = region.services.views.database
    query = "SELECT coalesce(current_setting('samenspoor.asks', true), '')"
    assert [database.rows(query, {}) for _ in range(20)] == [[("",)]] * 20

"""With the application's own check switched off, PostgreSQL still keeps back what is not theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest

from api.reading import gate, people, programmes
from api.signin import in_the_name_of
from domain.events.base import Category, Kind, field_kinds
from domain.events.trust import ClientStatementAdded
from domain.policy import Reader, Relation, Totals
from domain.roles import Role
from domain.state import Trajectory
from domain.state.wellbeing import Wellbeing
from eventlog.entry import Actor
from projections.views import Views
from projections.wall import ASKING, asks
from tests.api.addresses import reads
from tests.api.matrix import cell
from tests.api.region import Region
from tests.api.scene import Eyes, Scene
from tests.api.walking import MARKS, NAMED, Walked, kept_back, leaks, marks

NAMES = ("Noor", "van den Berg", "Öztürk", "Els", "Smit", "Truus")
CLOSE = ("Noor", "van den Berg", "Els", "Smit", "Truus")
"""Whom no colleague elsewhere knows by name: the client, and who is close."""


def through(scene: Scene, eyes: Eyes, entry: Any, name: str) -> bool:
    """Say by the words of the reference whether the wall may give a field of an entry.

    It goes by the entry and by its words; which of its facts are seen is left to the policy.
    """
    if entry.event_id in eyes.sent:
        return True
    if kept_back(eyes, entry):
        return False
    body = entry.body.model_dump(mode="json", exclude_none=True)
    category, kind = entry.body.category, field_kinds(type(entry.body))[name]
    found = cell(eyes.column, category, outside=scene.outside)  # by the team, not by who asks
    if found.limit == "job" and body.get("employer") == str(scene.region.bakery):
        return kind is Kind.FACT
    if entry.stream == scene.group:
        return _in_group(scene, eyes.actor)
    person = str(eyes.actor.person)
    own = person in {str(entry.header.actor), str(entry.header.on_behalf_of)}
    own |= next((body[each] for each in NAMED if body.get(each)), None) == person
    own |= any(each.get("person") == person for each in body.get("participants", ()))
    if eyes.column is Role.EMPLOYER and category is Category.SEARCH:  # facts of the own entries
        return own and kind is Kind.FACT
    if entry.type == ClientStatementAdded.TYPE and _reads_about(scene, eyes, entry.body.about):
        return True
    # Who received the client is on the team; the id of a note names the entry itself.
    kind = Kind.FACT if name == "note" else kind
    team = name == "received_by" and through(scene, eyes, _on_team(scene), "person")
    return team or found.sees(kind, own=own, permitted=category in eyes.permitted)


def _reads_about(scene: Scene, eyes: Eyes, about: UUID) -> bool:
    """Say whether words come of what a statement is about: it goes with them."""
    entries = scene.region.services.log.entries(scene.trajectory)
    return any(
        through(scene, eyes, entry, name)
        for entry in entries
        if entry.event_id == about
        for name, kind in field_kinds(type(entry.body)).items()
        if kind is not Kind.FACT
    )


def _in_group(scene: Scene, who: Actor) -> bool:
    """Say whether the wall lets somebody into the group: a member, or who coaches where it is."""
    return who.person == scene.region.client.person or who.role is Role.JOB_COACH


def _on_team(scene: Scene) -> Any:
    entries = scene.region.services.log.entries(scene.trajectory)
    return next(each for each in entries if each.type == "team.member_added.v1")


WELLBEING = list(Trajectory._fields).index("wellbeing")


@pytest.fixture
def scene(region: Region) -> Scene:
    return Scene(region, outside=False)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the check of the application off: everybody is let in and sees all the client does."""

    def everything(reader: Reader, trajectory: UUID, *_: Any) -> Relation:
        return Relation(reader._replace(role=Role.CLIENT), trajectory, frozenset(Category))

    monkeypatch.setattr(gate, "tie_of", everything)
    monkeypatch.setattr(people, "seen_outside", lambda *_, **__: frozenset(Kind))
    monkeypatch.setattr(programmes, "totals", lambda *_: Totals.WHOLE)


def walk(scene: Scene, eyes: Eyes) -> dict[str, str]:
    """Ask for everything there is; gives all that came out, by address."""
    found = {}
    for path, params in reads(scene):
        answer = scene.region.get(eyes.actor, path, **params)
        # 500: the policy promised words that did not come; nothing came out.
        assert answer.status_code in {200, 404, 422, 500}, (path, answer.text)
        if answer.status_code == 200:
            told = json.dumps(answer.json(), ensure_ascii=False)
            found[path] = found.get(path, "") + told
    return found


def strangers(scene: Scene) -> list[Actor]:
    """Give somebody without a tie, in their own role and in every one that they do not have."""
    own = scene.region.stranger
    return [own, *(Actor(own.person, role) for role in Role if role is not own.role)]


def leaked(scene: Scene, eyes: Eyes) -> set[tuple[str, ...]]:
    """Name what came out although the wall should keep it, with the end of its address."""
    of = marks(scene)
    return {
        (path.rpartition("/")[2], *each)
        for path, text in walk(scene, eyes).items()
        for each in leaks(scene, eyes, text, of, Walked(), through)
    }


def open_wall(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as the owner of the tables, for whom there is no wall."""
    views = Views(region.database("samenspoor_projector"))
    for name in ("timeline", "audit_trail", "current_state", "support", "caseload", "directory"):
        monkeypatch.setattr(region.services.views, name, getattr(views, name))


@pytest.mark.usefixtures("unchecked")
@pytest.mark.timeout(400)
def test_with_the_check_off_nothing_comes_out_that_is_not_theirs(scene):
    for name, eyes in scene.eyes.items():
        assert not leaked(scene, eyes), name


@pytest.mark.usefixtures("unchecked")
@pytest.mark.timeout(400)
def test_with_the_check_off_a_permission_opens_and_its_end_closes(region):
    scene = Scene(region, outside=True)
    for turn in (scene.permit, scene.withdraw):
        turn()
        for name in (
            "coach",
            "carer",
            "stands in",
            "friend",
            "onlooker",
            "broker",
            "truus",
            "auditor",
        ):
            assert not leaked(scene, scene.eyes[name]), name


@pytest.mark.usefixtures("unchecked")
@pytest.mark.timeout(400)
def test_with_the_check_off_what_was_sent_comes_to_one_and_ends_when_it_stops(scene, sql):
    payers = ("manager", "adviser")
    scene.send("manager", "support.contact.v1", "application.made.v1")
    for turn in (lambda: None, scene.stop):
        turn()
        for name in payers:
            eyes = scene.eyes[name]
            assert not leaked(scene, eyes), name
            for table in TABLES:
                query = f"SELECT event_id FROM {table} WHERE category IN ('E', 'H')"
                rows = {each for (each,) in sql(eyes.actor, f"{query} AND sealed IS NOT NULL")}
                assert rows <= eyes.sent, (name, table)
                assert rows or not eyes.sent or table == "current_state.shown"
                assert {each for (each,) in sql(eyes.actor, query)} == rows, (name, table)


@pytest.mark.usefixtures("unchecked")
@pytest.mark.timeout(400)
def test_with_the_check_off_what_is_shielded_comes_to_nobody_who_did_not_record_it(scene):
    region, entries = scene.region, scene.region.services.log.entries(scene.trajectory)
    named = {"support.contact.v1": "note", "trust.decided.v1": "decision"}
    hidden = [each for each in entries if each.type in named]
    about = {str(getattr(each.body, named[each.type])) for each in hidden}
    about |= {str(each.event_id) for each in hidden}
    after = [each for each in entries if about & set(map(str, each.body.__dict__.values()))]
    assert {each.type for each in hidden} == {*named}
    of = {(*MARKS.findall(each.body.model_dump_json()), str(each.event_id)) for each in after}
    secret = {one for each in of for one in each if one.startswith("merk")}
    ids = {str(each.event_id) for each in after}
    for name in ("client", "coach", "carer"):
        came = "".join(walk(scene, scene.eyes[name]).values())
        assert {each for each in secret | ids if each in came}, name
    for each in hidden:
        answer = region.say(region.client, "shield-entry", entry=each.event_id)
        assert answer.status_code in {200, 201}, (each.type, answer.text)
    headers = [each.header for each in after]
    theirs = {region.client.person, *(each.actor for each in headers)}
    theirs |= {each.on_behalf_of for each in headers}
    for name, eyes in scene.eyes.items():
        if eyes.actor.person not in theirs:
            came = "".join(walk(scene, eyes).values())
            # Who guards the file hears of each look, also at what is hidden now.
            guards = eyes.column is Role.PRIVACY_OFFICER
            kept = secret if guards else secret | ids
            assert not {each for each in kept if each in came}, name


def test_what_the_client_says_stands_beside_an_entry_for_who_reads_its_words(scene):
    scene.permit()
    for name in ("client", "coach", "friend"):
        page = scene.region.get(
            scene.eyes[name].actor, f"trajectories/{scene.trajectory}", limit=100
        ).json()["standing"]
        (entry,) = (each for each in page if each["id"] == str(scene.stated))
        assert entry["statements"], name


@pytest.mark.usefixtures("unchecked")
def test_without_the_wall_it_would_all_come_out(scene, monkeypatch):
    open_wall(scene.region, monkeypatch)
    for name in ("stranger", "boss"):
        assert len(leaked(scene, scene.eyes[name])) > 100
        came = "".join(walk(scene, scene.eyes[name]).values())
        assert [each for each in NAMES if each in came]


@pytest.mark.usefixtures("unchecked")
def test_with_the_check_off_nothing_at_all_comes_out_for_who_has_no_tie(scene):
    for who in strangers(scene):
        answers = walk(scene, Eyes(who, who.role))
        if _in_group(scene, who):  # that is a tie to the group
            answers.pop(f"directory/{scene.group}", None)
        came = "".join(answers.values())
        assert "merk" not in came, who.role
        assert not [name for name in CLOSE if name in came], who.role
        assert scene.region.see(who, "/timeline").json()["entries"] == [], who.role
        state = scene.region.see(who).json()
        assert state["standing"] == state.get("stages", []) == [], who.role
        assert state["client"]["id"] is None, who.role
        for what in ("/sharing", "/link-code"):
            assert scene.region.see(who, what).status_code == 404, (who.role, what)
        assert scene.region.get(who, "directory/people").json() == {"people": []}, who.role


@pytest.mark.usefixtures("unchecked")
def test_with_the_check_off_an_employer_and_an_auditor_hear_no_names_of_others(scene):
    for name, hidden in (("boss", ("Öztürk", "Els", "Truus")), ("auditor", NAMES)):
        came = " ".join(walk(scene, scene.eyes[name]).values())
        # A word of its own: an address to the next page is of letters at random.
        assert not [each for each in hidden if re.search(rf"\b{each}\b", came)], name


TABLES = ("timeline.shown", "audit_trail.shown", "current_state.shown")
TABLES_THEMSELVES = (
    *("timeline.entry", "audit_trail.entry", "current_state.standing", "directory.standing"),
    *("current_state.trajectory", "support.trajectory", "caseload.trajectory"),
)


@pytest.fixture
def sql(scene) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask as the service's own role, in the name of somebody or of nobody."""

    def ask(who: Actor | None, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(scene.region.database()) as service:
            if who is not None:
                with in_the_name_of(scene.region.services, who):
                    service.execute(ASKING, [asks(None)])
            return service.execute(query).fetchall()  # type: ignore[arg-type]

    return ask


def test_by_sql_there_are_rows_and_words_of_the_own_categories_alone(scene, sql):
    entries = scene.region.services.log.entries(scene.trajectory)
    for name in ("client", "coach", "carer", "boss", "friend", "auditor", "truus", "stands in"):
        eyes = scene.eyes[name]
        for table in TABLES:
            query = f"SELECT event_id, sealed IS NOT NULL FROM {table} WHERE stream = '{{}}'"
            rows = dict(sql(eyes.actor, query.format(scene.trajectory)))
            assert rows or name == "friend"
            for entry in (each for each in entries if each.event_id in rows):
                kinds = field_kinds(type(entry.body))
                words = [each for each, kind in kinds.items() if kind is not Kind.FACT]
                assert through(scene, eyes, entry, "occurred_on"), (name, entry.type)
                theirs = any(through(scene, eyes, entry, each) for each in words)
                assert theirs or not words or not rows[entry.event_id], (name, entry.type)


def test_by_sql_a_state_tells_only_what_follows_from_what_is_seen(scene, sql):
    def setbacks(name: str) -> Any:
        ((state,),) = sql(scene.eyes[name].actor, "SELECT state FROM current_state.told")
        return state[WELLBEING]

    plain = list(Wellbeing())
    whole = setbacks("client")
    assert whole[:-1] != plain[:-1]
    assert whole[-1]
    assert setbacks("coach") == [*plain[:-1], whole[-1]]
    assert setbacks("boss") == [*plain[:-1], []]


def test_by_sql_nobody_and_strangers_see_nothing(scene, sql):
    for who in (None, *strangers(scene)):
        for table in TABLES:
            assert sql(who, f"SELECT FROM {table}") == [], (who, table)
        for model in ("current_state", "support", "caseload"):
            assert sql(who, f"SELECT FROM {model}.told") == [], (who, model)
        assert (
            sql(who, "SELECT FROM caseload.member") == sql(who, "SELECT FROM support.member") == []
        )
    client = scene.region.client.person
    name = f"SELECT FROM directory.shown WHERE stream = '{client}' AND slot = 'person'"
    assert sql(scene.region.stranger, name) == sql(None, name) == []
    assert len(sql(scene.region.coach, name)) == 1
    assert sql(None, "SELECT FROM directory.shown") == []


@pytest.mark.parametrize("table", TABLES_THEMSELVES)
def test_by_sql_entries_and_states_are_read_by_their_views_alone(scene, sql, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql(scene.region.client, f"SELECT count(*) FROM {table}")


def test_who_asked_is_forgotten_with_the_transaction(scene):
    region = scene.region
    assert region.entries(region.client)
    database = region.services.views.database
    query = "SELECT coalesce(current_setting('samenspoor.asks', true), '')"
    assert [database.rows(query, {}) for _ in range(20)] == [[("",)]] * 20

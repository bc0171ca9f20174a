"""What was typed and not saved yet: sealed, one's own, and gone when its time or its tie is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from api.demo.people import ELS, PERSONAS, TOM, trajectory_of
from api.problems import Problem
from api.reading.asking import Asking
from api.reading.looking import View
from api.web.desk import drafts
from api.web.forms.coach import CONTACT, PLACEMENT
from api.web.forms.posting import MOST_FIELDS
from api.wiring import Services
from eventlog.desk import KEPT_FOR, MOST_DRAFTS, Place
from eventlog.handler import Handler
from tests.demo.region import DemoRegion

TOMS, ELSES = trajectory_of(TOM), trajectory_of(ELS)
TYPED = {"text": "Hij slaapt slecht sinds de verhuizing", "mode": "walk", "key": str(uuid4())}


def by(persona: str) -> Asking:
    return Asking(PERSONAS[persona].actor)


def later(services: Services, span: timedelta) -> Services:
    """Give the same services when this much time has gone by."""
    return replace(services, handler=Handler(services.log, lambda: datetime.now(UTC) + span))


def rows(owner: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(owner) as connection:
        return connection.execute(query).fetchall()


def test_what_was_typed_is_found_again_and_the_newest_wins(region: DemoRegion) -> None:
    ria, services = by("ria"), region.services
    assert drafts.keep(services, ria, CONTACT, TOMS, {"text": "eerst"})
    assert drafts.keep(services, ria, CONTACT, TOMS, TYPED)
    assert drafts.draft(services, ria, CONTACT, TOMS) == TYPED
    assert drafts.draft(services, ria, PLACEMENT, TOMS) is None
    assert drafts.draft(services, ria, CONTACT, ELSES) is None
    assert [each[:2] for each in drafts.drafts(services, ria)] == [(CONTACT.name, TOMS)]
    assert drafts.drop(services, ria, CONTACT, TOMS)
    assert not drafts.drop(services, ria, CONTACT, TOMS)
    assert drafts.draft(services, ria, CONTACT, TOMS) is None
    assert drafts.drafts(services, ria) == []


def test_the_words_are_nowhere_in_the_database(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    assert drafts.keep(region.services, by("ria"), CONTACT, TOMS, TYPED)
    owner = region_database("samenspoor_owner")
    tables = rows(
        owner,
        "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tableowner = current_user",
    )
    assert ("desk.draft",) in tables
    stored = "".join(
        str(row) for (table,) in tables for row in rows(owner, f"SELECT t::text FROM {table} t")
    )
    assert str(TOMS) in stored, "what stands there in the clear is found this way"
    for words in (TYPED["text"], "slaapt", "verhuizing", TYPED["key"]):
        assert words not in stored
        assert words.encode().hex() not in stored


def test_what_is_sealed_for_one_place_opens_nowhere_else(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    ria, services = by("ria"), region.services
    assert drafts.keep(services, ria, CONTACT, TOMS, TYPED)
    with psycopg.connect(region_database("samenspoor_owner")) as connection:
        connection.execute(
            "INSERT INTO desk.draft SELECT person, role, form, %s, key_id, sealed, at"
            " FROM desk.draft WHERE person = %s AND trajectory = %s",
            (ELSES, ria.actor.person, TOMS),
        )
    assert drafts.draft(services, ria, CONTACT, ELSES) is None
    assert drafts.drop(services, ria, CONTACT, ELSES)


def test_nobody_else_finds_it_and_not_in_another_role(region: DemoRegion) -> None:
    ria, services = by("ria"), region.services
    assert drafts.keep(services, ria, CONTACT, TOMS, TYPED)
    other_role = Asking(replace(ria.actor, role=PERSONAS["bas"].actor.role))
    assert drafts.drafts(services, by("bas")) == []
    assert drafts.drafts(services, other_role) == []
    place = Place(ria.actor.person, other_role.actor.role, CONTACT.name, TOMS)
    assert services.desk.draft(place, services.now()) is None
    assert drafts.draft(services, ria, CONTACT, TOMS) == TYPED


@pytest.mark.parametrize(("persona", "trajectory"), [("wim", TOMS), ("ria", uuid4())])
def test_who_may_not_note_it_finds_nothing_and_it_is_gone(
    region: DemoRegion, persona: str, trajectory: UUID
) -> None:
    who, services = by(persona), region.services
    place = Place(who.actor.person, who.actor.role, CONTACT.name, trajectory)
    for ask in (drafts.draft, lambda *asked: drafts.keep(*asked, TYPED)):
        assert services.desk.keep(place, TYPED, services.now()), "as when they still might"
        with pytest.raises(Problem) as caught:
            ask(services, who, CONTACT, trajectory)
        assert caught.value.kind.status == 404
    with pytest.raises(Problem):
        drafts.draft(services, who, CONTACT, trajectory)
    assert services.desk.draft(place, services.now()) is None


def test_a_list_leaves_out_what_is_not_theirs_any_more(region: DemoRegion) -> None:
    who, services, strange = by("tom"), region.services, uuid4()
    place = Place(who.actor.person, who.actor.role, CONTACT.name, strange)
    assert services.desk.keep(place, TYPED, services.now())
    assert drafts.drafts(services, who) == []
    assert services.desk.draft(place, services.now()) is None


def test_to_keep_is_no_look_and_to_read_is_one(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    count = "SELECT count(*) FROM log.access"
    owner, ria = region_database("samenspoor_owner"), replace(by("ria"), view=View.NOTE)
    before = rows(owner, count)[0][0]
    assert drafts.keep(region.services, ria, CONTACT, TOMS, TYPED)
    assert drafts.drafts(region.services, ria)
    assert rows(owner, count)[0][0] == before
    assert drafts.draft(region.services, ria, CONTACT, TOMS)
    assert rows(owner, count)[0][0] == before + 1


def test_after_seven_days_it_is_gone(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    ria, services = by("ria"), region.services
    assert drafts.keep(services, ria, CONTACT, TOMS, TYPED)
    just = later(services, KEPT_FOR - timedelta(minutes=1))
    assert drafts.draft(just, ria, CONTACT, TOMS) == TYPED
    assert services.desk.expire(just.now()) == 0
    over = later(services, KEPT_FOR + timedelta(minutes=1))
    assert drafts.draft(over, ria, CONTACT, TOMS) is None
    assert drafts.drafts(over, ria) == []
    assert services.desk.expire(over.now()) > 0
    assert rows(region_database("samenspoor_owner"), "SELECT count(*) FROM desk.draft") == [(0,)]


def test_of_one_person_so_many_are_kept_and_the_newest(region: DemoRegion) -> None:
    person, services, now = uuid4(), region.services, datetime.now(UTC)
    files = [uuid4() for _ in range(MOST_DRAFTS + 2)]
    for number, each in enumerate(files):
        place = Place(person, "job_coach", CONTACT.name, each)
        assert services.desk.keep(place, TYPED, now + timedelta(seconds=number))
    kept = services.desk.drafts(person, "job_coach", now)
    assert [each.trajectory for each in kept] == files[:1:-1]


@pytest.mark.parametrize(
    "typed",
    [{"text": "x" * 300_000}, {str(number): "x" for number in range(MOST_FIELDS + 1)}],
    ids=["long", "many"],
)
def test_too_much_is_said_to_be_too_much(region: DemoRegion, typed: dict[str, str]) -> None:
    with pytest.raises(Problem) as caught:
        drafts.keep(region.services, by("ria"), CONTACT, TOMS, typed)
    assert caught.value.kind.status == 413
    assert "te veel tekst" in caught.value.detail.nl


def test_with_a_key_goes_what_stands_there(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    services, now = region.services, datetime.now(UTC)
    gone, about, other = (Place(uuid4(), "job_coach", CONTACT.name, uuid4()) for _ in range(3))
    for place in (gone, about, other):
        assert services.desk.keep(place, TYPED, now)
        services.desk.move_on(place.person, place.role, place.trajectory, 1, now)
        services.desk.choose(place.person, '{"quiet": false}')
    services.log.keys.sealing(about.trajectory, "reintegration")
    with psycopg.connect(region_database("samenspoor_owner")) as connection:
        for subject in (gone.person, about.trajectory):
            deleted = connection.execute("DELETE FROM keys.data_key WHERE subject = %s", (subject,))
            assert deleted.rowcount == 1
    assert [services.desk.draft(each, now) for each in (gone, about, other)] == [None, None, TYPED]
    seen = [services.desk.seen(each.person, each.role, each.trajectory) for each in (gone, about)]
    assert seen == [None, None]
    assert services.desk.chosen(gone.person) is None
    assert services.desk.chosen(other.person) is not None
    assert not services.desk.keep(gone, TYPED, now), "no key, nothing kept"


@pytest.mark.parametrize("role", ["samenspoor_projector", "samenspoor_reader"])
@pytest.mark.parametrize("table", ["draft", "feed", "seen", "setting", "swept"])
def test_only_the_service_comes_to_a_desk(
    region: DemoRegion, region_database: Callable[..., str], role: str, table: str
) -> None:
    assert region.services.desk
    with (
        psycopg.connect(region_database(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT * FROM desk.{table}")

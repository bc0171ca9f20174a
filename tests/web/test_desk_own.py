"""What is new for somebody, how they like their screen, and how desks are cleared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import ValidationError

from api.demo.people import ELS, NOOR, PERSONAS, TOM, trajectory_of
from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.moment import NOW
from api.reading.newness import Newness, move_on, newer, newness
from api.reading.timeline import timeline
from api.signin import in_the_name_of
from api.web.desk import tidying
from api.web.desk.own import Letters, Own, choose, own
from api.web.desk.tidying import tidied, tidy
from api.web.forms.coach import CONTACT
from domain.events.search import Mode
from domain.events.support import WithWhom
from domain.rules.support import LogContact
from domain.rules.team import RemoveNetworkMember
from eventlog.desk import KEPT_FOR, Place
from eventlog.handler import Handler
from eventlog.request import Request
from tests.demo.region import DemoRegion
from tests.web.test_desk_feed import made

NOORS, TOMS = trajectory_of(NOOR), trajectory_of(TOM)


def by(persona: str) -> Asking:
    return Asking(PERSONAS[persona].actor)


def look(
    region: DemoRegion, persona: str, trajectory: UUID = TOMS
) -> tuple[Access, Newness, list[UUID]]:
    """Read the first page as the page does: what is new is found before, and kept after."""
    services, who = region.services, by(persona)
    with in_the_name_of(services, who.actor):
        access = admit(services, who, trajectory)
        found = newness(services, access)
        page = timeline(services, access, at=NOW, limit=40)
        entries = [each["id"] for each in page["entries"]]
        assert entries
        shown = newer(services, access, found, entries)
        move_on(services, access, found)
    return access, found, [each for each in entries if each in shown]


def note(region: DemoRegion, persona: str, text: str) -> None:
    command = LogContact(with_whom=WithWhom.CLIENT, mode=Mode.WALK, worked_out=True, text=text)
    actor = PERSONAS[persona].actor
    region.services.handler.handle(Request(actor, TOMS, command, str(uuid4())))
    region.projector.catch_up()


def test_what_others_noted_since_is_new_once(region: DemoRegion) -> None:
    _, first, new = look(region, "ria")
    assert (first.since, new) == (None, []), "nothing stands out for who comes for the first time"
    assert look(region, "ria")[2] == []
    look(region, "bas")
    note(region, "ria", "Gewandeld.")
    assert look(region, "ria")[2] == [], "nobody is told of what they noted themselves"
    _, found, new = look(region, "bas")
    assert len(new) == 1
    assert found.since is not None
    assert found.since < found.upto
    assert look(region, "bas")[2] == []


def test_what_is_taken_in_while_the_page_is_read_is_new_the_next_time(region: DemoRegion) -> None:
    access, found, _ = look(region, "bas")
    note(region, "ria", "Intussen.")
    move_on(region.services, access, found)
    assert len(look(region, "bas")[2]) == 1


def test_it_never_goes_back_and_is_of_one_role(region: DemoRegion) -> None:
    access, found, _ = look(region, "ria")
    move_on(region.services, access, found._replace(upto=1))
    assert newness(region.services, access).since == found.upto
    person, other = access.person, PERSONAS["bas"].actor.role.value
    assert region.services.desk.seen(person, other, TOMS) is None


def test_looking_through_somebody_elses_eyes_moves_nothing(region: DemoRegion) -> None:
    access = admit(region.services, by("sem"), NOORS)
    through = replace(access, within=admit(region.services, by("noor"), NOORS))
    found = newness(region.services, through)
    move_on(region.services, through, found)
    assert found.since is None
    assert newness(region.services, access).since is None


def test_settings_are_quiet_and_plain_until_somebody_chooses(region: DemoRegion) -> None:
    ria, services = by("ria"), region.services
    assert own(services, ria) == Own(letters=Letters.NORMAL, language=None, quiet=True)
    chosen = Own(letters=Letters.LARGER, language="en", quiet=False)
    choose(services, ria, chosen)
    choose(services, ria, chosen)
    assert own(services, ria) == chosen
    assert own(services, by("bas")) == Own()


@pytest.mark.parametrize("wrong", [{"letters": "huge"}, {"language": "xx"}, {"colour": "red"}])
def test_a_setting_that_is_none_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Own.model_validate(wrong)


def test_settings_of_another_version_stop_nobody(region: DemoRegion) -> None:
    region.services.desk.choose(PERSONAS["els"].actor.person, '{"letters": "gigantic"}')
    assert own(region.services, by("els")) == Own()


def test_the_calendar_speaks_the_language_that_was_chosen(region: DemoRegion) -> None:
    tom = region.browser("tom")
    address = made(tom)
    assert "SUMMARY:Afspraak" in region.browser().get(address).text
    choose(region.services, by("tom"), Own(language="en"))
    assert "SUMMARY:Appointment" in region.browser().get(address).text


def later(region: DemoRegion, span: timedelta) -> Any:
    now = datetime.now(UTC) + span
    return replace(region.services, handler=Handler(region.services.log, lambda: now))


def test_with_the_tie_goes_what_stood_there_of_the_file(region: DemoRegion) -> None:
    services, sem = region.services, PERSONAS["sem"].actor
    look(region, "sem", NOORS)
    place = Place(sem.person, sem.role.value, CONTACT.name, NOORS)
    other = Place(*by("ria").reader[:2], CONTACT.name, trajectory_of(ELS))
    strange = Place(uuid4(), "no_role_of_ours", CONTACT.name, NOORS)
    for each in (place, other, strange):
        assert services.desk.keep(each, {"text": "nog niet af"}, services.now())
    tidy(later(region, timedelta(days=1)), Event())
    assert services.desk.seen(sem.person, sem.role.value, NOORS) is not None
    noor = PERSONAS["noor"].actor
    services.handler.handle(Request(noor, NOORS, RemoveNetworkMember(person=sem.person), "k"))
    tidy(later(region, timedelta(days=1)), Event())
    assert services.desk.draft(place, services.now()), "once a day is enough"
    tidy(later(region, timedelta(days=2)), Event())
    assert services.desk.seen(sem.person, sem.role.value, NOORS) is None
    assert services.desk.draft(place, services.now()) is None
    assert services.desk.draft(strange, services.now()) is None
    assert services.desk.draft(other, services.now()) is not None


def test_what_is_too_old_goes_at_every_start(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    old = Place(uuid4(), "job_coach", CONTACT.name, TOMS)
    long_ago = datetime.now(UTC) - KEPT_FOR - timedelta(minutes=1)
    assert region.services.desk.keep(old, {"text": "oud"}, long_ago)
    count = "SELECT count(*) FROM desk.draft WHERE person = %s"
    with (
        psycopg.connect(region_database("samenspoor_owner"), autocommit=True) as connection,
        tidied(region.services),
    ):
        until = monotonic() + 10
        while connection.execute(count, (old.person,)).fetchone() != (0,):
            assert monotonic() < until
            sleep(0.02)


def test_a_database_that_is_away_ends_no_process(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = Event()

    def away(*_: object) -> None:
        tried.set()
        raise OSError

    monkeypatch.setattr(tidying, "tidy", away)
    with tidied(region.services):
        assert tried.wait(10)

"""What the client looks after: who may see what, how another sees it, and who looked."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from uuid import UUID

import pytest

from api.demo.people import NOOR, PERSONAS, TOM, trajectory_of
from api.reading.queried import queried
from tests.demo.region import DemoRegion

TOMS = f"/traject/{trajectory_of(TOM)}"
PAGES = ("delen", "zoals", "wie-keek")
_LINK = re.compile(r'href="([^"]+)"')


NOBODY = UUID("00000000-0000-4000-8000-000000000007")


def links(page: str, what: str) -> list[str]:
    """Give the addresses on a page that contain this."""
    return [unescape(each) for each in _LINK.findall(page) if what in each]


def test_the_timeline_of_the_client_leads_there(region: DemoRegion) -> None:
    own, coach = (region.browser(who).get(TOMS).text for who in ("tom", "ria"))
    for name in ("delen", "wie-keek"):
        assert links(own, f"{TOMS}/{name}")
        assert not links(coach, f"{TOMS}/{name}")


def test_each_sharing_is_told_as_the_api_tells_it(region: DemoRegion) -> None:
    tom = region.browser("tom")
    page = unescape(tom.get(f"{TOMS}/delen").text)
    told = tom.get(f"/api/v1/trajectories/{trajectory_of(TOM)}/sharing").json()["sharing"]
    assert told
    for each in told:
        assert each["lead"] in page
        for part in (*each["about"], *each["closed"], each["purpose"], each["legal_basis"]):
            assert part in page
        assert each["stop"]["told"] in page
    assert page.count("<h3") < len(told), "who has several sharings is named once"
    for form in ("toestemming-geven", "nodig-uit"):
        assert links(page, f"{TOMS}/{form}")


@pytest.mark.parametrize("persona", ["tom", "noor", "ivo"])
def test_what_can_be_stopped_is_chosen_in_the_form_already(
    region: DemoRegion, persona: str
) -> None:
    client = region.browser(persona)
    home = client.get("/", follow_redirects=True).url.path.removesuffix("/thuis")
    told = client.get(f"/api/v1/trajectories/{home.rpartition('/')[2]}/sharing").json()["sharing"]
    page = client.get(f"{home}/delen").text
    for each in (each["stop"] for each in told if each["stop"]["command"]):
        (value,) = each["body"].values()
        asked = f"{home}/{each['command']}?"
        (address,) = {found for found in links(page, asked) if value in found}
        form = client.get(address)
        assert form.status_code == 200
        assert re.search(rf'value="{value}"( selected| checked|>)', form.text), address


def test_the_client_sees_it_as_each_of_the_others(region: DemoRegion) -> None:
    tom = region.browser("tom")
    ways = links(tom.get(f"{TOMS}/delen").text, f"{TOMS}/zoals?")
    assert len(ways) == len(set(ways)) > 2
    for way in ways:
        seen = tom.get(way)
        assert seen.status_code == 200, way
        assert "Dit is een voorbeeld" in seen.text
    wims = next(tom.get(way).text for way in ways if "role=employer" in way)
    assert "Slaap slecht" not in wims
    assert "begint om tien uur" in wims


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("person=onzin&role=employer", 404),
        (f"person={NOBODY}&role=employer", 404),
        (f"person={NOBODY}&role=onzin", 422),
        (f"person={NOBODY}", 422),
        (f"person={trajectory_of(TOM)}&role=client", 422),
    ],
)
def test_a_preview_of_nobody_says_so(region: DemoRegion, asked: str, status: int) -> None:
    found = region.browser("tom").get(f"{TOMS}/zoals?{asked}")
    assert found.status_code == status
    assert "<h1>" in found.text


def test_who_looked_is_told_by_day_and_can_surprise(region: DemoRegion) -> None:
    region.browser("ria").get(TOMS)
    tom = region.browser("tom")
    page = tom.get(f"{TOMS}/wie-keek").text
    assert re.search(r"Je eigen team: \d+ keer\.", page)
    assert "de tijdlijn" in page
    address = links(page, f"{TOMS}/dit-verbaast-mij?day=")[0]
    day = address.partition("day=")[2]
    form = tom.get(address).text
    assert f'value="{day}"' in form
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key is not None
    typed = {"key": key[1], "day": day, "words": "Waarom keek Ria?"}
    assert tom.post(address.partition("?")[0], data=typed).url.path == TOMS


def test_other_days_can_be_chosen_and_what_is_no_day_is_told(region: DemoRegion) -> None:
    tom = region.browser("tom")
    empty = tom.get(f"{TOMS}/wie-keek", params={"since": "", "until": ""})
    assert empty.status_code == 200
    past = tom.get(f"{TOMS}/wie-keek", params={"since": "2026-01-01", "until": "2026-01-02"})
    assert "Op deze dagen keek niemand." in past.text
    for asked in ({"since": "onzin"}, {"until": "2099-01-01"}, {"since": "2026-02-30"}):
        assert tom.get(f"{TOMS}/wie-keek", params=asked).status_code == 422


@pytest.mark.parametrize("day", ["2026-02-30", "onzin", "2026-1-1", '"><b>'])
def test_an_address_brings_a_form_nothing_but_a_day(region: DemoRegion, day: str) -> None:
    page = region.browser("tom").get(f"{TOMS}/dit-verbaast-mij", params={"day": day})
    assert page.status_code == 200
    assert day not in page.text


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("persona", PERSONAS)
def test_it_is_there_for_whom_it_is_and_for_others_it_is_not(
    region: DemoRegion, persona: str, name: str
) -> None:
    who = region.browser(persona)
    tied = who.get(TOMS).status_code != 404
    found = who.get(f"{TOMS}/{name}")
    assert found.status_code in ({200, 403} if tied else {404})
    if persona == "tom":
        assert found.status_code == 200
    assert region.browser().get(f"{TOMS}/{name}").status_code == 401


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("zoals", {"person": str(TOM.actor.person), "role": "employer", "cursor": "yes"}),
        ("wie-keek", {"since": "2026-01-01", "cursor": "yes"}),
        ("delen", {"cursor": "yes"}),
    ],
)
def test_what_a_page_is_asked_is_kept_with_the_look(page: str, kept: dict[str, str]) -> None:
    asked = f"person={TOM.actor.person}&role=employer&since=2026-01-01&verder=geheim&x=y"
    scope = {
        "route": SimpleNamespace(path=f"/traject/{{id}}/{page}"),
        "query_string": asked.encode(),
    }
    assert dict(queried(scope)) == kept


def test_noors_is_not_toms(region: DemoRegion) -> None:
    for name in PAGES:
        assert (
            region.browser("tom").get(f"/traject/{trajectory_of(NOOR)}/{name}").status_code == 404
        )

"""Going away and taking over: arranged once for all files, told to everybody, back by itself."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from api.demo.people import BAS, LEONIE, NIEK, PERSONAS, RIA, TOM, trajectory_of
from domain.rules.cover import EndCover
from eventlog.request import Busy, Request
from tests.demo.region import DemoRegion

PAGE = "/vervanging"
TOMS = f"/traject/{trajectory_of(TOM)}"
PACK = f"{TOMS}/overdracht"


def typed(region: DemoRegion, **changed: str) -> dict[str, str]:
    last = region.services.today() + timedelta(days=14)
    filled = {"person": str(NIEK.actor.person), "ends_on": last.isoformat(), "key": str(uuid4())}
    return filled | changed


def arrange(region: DemoRegion, by: str = "ria", **changed: str) -> str:
    answer = region.browser(by).post(PAGE, data=typed(region, **changed), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    region.projector.catch_up()
    return answer.headers["location"]


@pytest.fixture(autouse=True)
def _everybody_is_back(region: DemoRegion) -> None:
    for case in region.browser("ria").get("/api/v1/caseload").json()["cases"]:
        for each in case.get("covers", ()):
            ends = EndCover(cover=UUID(each["cover"]))
            region.services.handler.handle(Request(RIA.actor, UUID(case["trajectory"]), ends))
    region.projector.catch_up()


def test_one_save_covers_all_files_and_each_client_reads_it(region: DemoRegion) -> None:
    asked, before = typed(region), region.size()
    for _ in range(2):
        region.browser("ria").post(PAGE, data=asked)
    files = len(region.browser("ria").get("/api/v1/caseload").json()["cases"])
    assert region.size() == before + files
    region.projector.catch_up()
    page = region.browser("tom").get(TOMS).text
    assert "Niek Hofman vervangt Ria Verhoeven van" in page
    now = page[page.index('aria-label="Nu"') : page.index('class="feed"')]
    assert "Niek Hofman vervangt Ria Verhoeven" in now, "it stands among what is so now"


def test_both_see_on_their_day_who_stands_in_for_whom(region: DemoRegion) -> None:
    arrange(region)
    assert "Niek Hofman vervangt jou" in region.browser("ria").get("/vandaag").text
    assert "Je vervangt Ria Verhoeven" in region.browser("niek").get("/vandaag").text
    assert "Niek Hofman vervangt Ria Verhoeven" in region.browser("leonie").get(PAGE).text
    assert "Niek Hofman" not in region.browser("fenna").get(PAGE).text


def test_it_is_ended_for_all_at_once_and_once(region: DemoRegion) -> None:
    page = region.browser("ria").get(arrange(region)).text
    named = re.findall(r'name="covers" value="([^"]+)"', page)
    assert named
    before = region.size()
    for _ in range(2):
        answer = region.browser("ria").post(
            f"{PAGE}/einde", data={"key": str(uuid4()), "covers": named}
        )
        assert answer.status_code == 200
    assert region.size() == before + len(named)
    region.projector.catch_up()
    assert "Niek Hofman vervangt jou" not in region.browser("ria").get("/vandaag").text
    assert region.browser("niek").get(TOMS).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person": ""}, "Dit ontbreekt"),
        ({"ends_on": ""}, "Dit ontbreekt"),
        ({"ends_on": "2020-01-01"}, 'id="wrong-ends_on"'),
        ({"ends_on": "2199-01-01"}, "langer dan drie maanden"),
        ({"person": str(BAS.actor.person)}, "Deze persoon kan niet vervangen"),
        ({"person": str(uuid4())}, "Dit is hier niet bekend"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    region: DemoRegion, changed: dict[str, str], said: str
) -> None:
    before = region.size()
    asked = typed(region, **changed) | {"words": "Ik ga varen & vissen."}
    answer = region.browser("ria").post(PAGE, data=asked)
    assert (answer.status_code, region.size()) == (422, before)
    assert said in html.unescape(answer.text)
    assert "Ik ga varen & vissen." in html.unescape(answer.text)


def test_who_leads_arranges_it_for_a_coach(region: DemoRegion) -> None:
    leonie = region.browser("leonie")
    page = leonie.get(PAGE).text
    assert f'value="{RIA.actor.person}"' in page
    nobody = leonie.post(PAGE, data=typed(region))
    assert nobody.status_code == 422
    arrange(region, "leonie", coach=str(RIA.actor.person), person=str(LEONIE.actor.person))
    assert "Leonie Vos vervangt jou" in region.browser("ria").get("/vandaag").text


def test_a_cover_of_another_ends_by_nobody_else(region: DemoRegion) -> None:
    page = region.browser("ria").get(arrange(region)).text
    (first, *_) = re.findall(r'name="covers" value="([^"]+)"', page)
    before = region.size()
    for persona, status in (("fenna", 422), ("tom", 422), ("bas", 422)):
        data = {"key": str(uuid4()), "covers": first}
        assert region.browser(persona).post(f"{PAGE}/einde", data=data).status_code == status
    rubbish = region.browser("ria").post(f"{PAGE}/einde", data={"covers": "x/y"})
    assert (rubbish.status_code, region.size()) == (404, before)


def test_a_key_that_was_used_leads_on_with_a_new_one(region: DemoRegion) -> None:
    asked, ria = typed(region), region.browser("ria")
    assert ria.post(PAGE, data=asked, follow_redirects=False).status_code == 303
    answer = ria.post(PAGE, data={**asked, "person": str(LEONIE.actor.person)})
    assert answer.status_code == 422
    assert "Dit is al bewaard." in answer.text
    assert "Idempotency-Key" not in answer.text
    assert asked["key"] not in answer.text


def test_what_is_busy_is_not_told_as_refused(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    ria = region.browser("ria")
    (first, *_) = re.findall(r'name="covers" value="([^"]+)"', ria.get(arrange(region)).text)

    async def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr("api.web.covering.handle_together", busy)
    ended = ria.post(f"{PAGE}/einde", data={"key": str(uuid4()), "covers": first})
    for answer in (ended, ria.post(PAGE, data=typed(region))):
        assert answer.status_code == 503
        assert "Het was even druk." in answer.text


def test_one_file_is_covered_from_its_own_form(region: DemoRegion) -> None:
    form = region.browser("ria").get(f"{TOMS}/vervanging").text
    assert "Niek Hofman, jobcoach" in form
    assert "Fenna Wit" not in form, "of another organisation"
    saved = region.browser("ria").post(
        f"{TOMS}/vervanging", data=typed(region), follow_redirects=False
    )
    assert saved.status_code == 303
    region.projector.catch_up()
    assert "Tom Kuipers" in region.browser("niek").get("/vandaag").text


def test_who_goes_on_reads_the_pack_and_says_so(region: DemoRegion) -> None:
    arrange(region)
    assert "Ik neem het over" not in region.browser("bas").get(PACK).text, "nothing waits for him"
    niek = region.browser("niek")
    assert "overdracht" in niek.get(TOMS).text
    page = niek.get(PACK).text
    for told in (
        *("Wat wij beloofden", "Fietskoeriers Noord", "Wil graag betaald werk"),
        *("Beginnen met rijden, of eerst een cursus?", "De keuze:"),
    ):
        assert told in page
    assert "Ik neem het over" in page
    answer = niek.post(f"{TOMS}/neem-over", data={"key": str(uuid4())}, follow_redirects=False)
    assert answer.status_code == 303
    region.projector.catch_up()
    assert "Overdracht ontvangen" in region.browser("tom").get(TOMS).text
    assert "de overdracht" in region.browser("tom").get(f"{TOMS}/wie-keek").text


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each not in {"ria", "bas"}])
def test_the_pack_is_for_who_sees_what_was_promised(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    same = browser.get(f"/api/v1/trajectories/{trajectory_of(TOM)}/handover").status_code
    assert browser.get(PACK).status_code == same


@pytest.mark.parametrize("persona", PERSONAS)
def test_colleagues_are_named_to_who_arranges_it_alone(region: DemoRegion, persona: str) -> None:
    page = region.browser(persona).get(PAGE)
    assert page.status_code == 200
    offered = re.search(r'<select id="person"', page.text) is not None
    assert offered is (persona in {"ria", "niek", "fenna", "leonie", "hedwig"})


def test_a_file_is_handed_to_an_organisation_on_a_page_and_taken_over_on_another(
    region: DemoRegion,
) -> None:
    ria, bas = region.browser("ria"), region.browser("bas")
    asked = ria.get(f"{TOMS}/transfer")
    assert asked.status_code == 200
    offered = dict(re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)<', asked.text))
    to = str(BAS.actor.organisation)
    assert to in offered, "where somebody treats or coaches"
    assert offered[str(BAS.actor.person)].startswith(BAS.name), "who is on the team"
    assert ria.get(f"/api/v1/directory/{to}").json()["kind"] == "organisation"
    size = region.size()
    nowhere = {"key": str(uuid4()), "organisation": str(uuid4())}
    for wrong in (nowhere, {"key": str(uuid4()), "organisation": ""}):
        assert ria.post(f"{TOMS}/transfer", data=wrong).status_code == 422
    assert region.size() == size
    assert bas.post(f"{TOMS}/neem-over", data={"key": str(uuid4())}).status_code == 422
    given = {"key": str(uuid4()), "organisation": to, "person": str(BAS.actor.person)}
    assert ria.post(f"{TOMS}/transfer", data=given).status_code == 200
    region.projector.catch_up()
    assert f"Overgedragen aan {offered[to]}" in html.unescape(ria.get(TOMS).text)
    assert f'action="{TOMS}/neem-over"' in bas.get(PACK).text
    taken = bas.post(f"{TOMS}/neem-over", data={"key": str(uuid4())})
    assert taken.status_code == 200
    region.projector.catch_up()
    assert "Overdracht ontvangen" in region.browser("tom").get(TOMS).text
    assert region.size() == size + 2

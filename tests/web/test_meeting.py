"""A team meeting on one page: saved once for everybody, and nobody stands in another's entry."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from api.demo.people import BAS, NOOR, PERSONAS, PROGRAMME, RIA, TRUST, trajectory_of
from domain.rules.course import CloseTrajectory
from eventlog.request import Request
from tests.demo.region import DemoRegion

PAGE = "/overleg"
_LINE = re.compile(r'name="discussed" value="([0-9a-f-]{36})"[^>]*><span>([^<]+)<')
_KEY = re.compile(r'name="key" value="([^"]+)"')
NOBODYS = str(UUID(int=7))


def lines(page: str) -> dict[str, str]:
    return dict(_LINE.findall(page))


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="discussed" value="([0-9a-f-]{36})" checked', page))


def sheet(ids: list[str], **more: object) -> dict[str, object]:
    words = {f"text-{each}": f"woorden over {each}" for each in ids}
    return {"key": str(uuid4()), "discussed": ids, **words, **more}


def told(region: DemoRegion, trajectory: str) -> list[str]:
    """What the timeline tells of team meetings, as its page."""
    page = region.browser("ria").get(f"/traject/{trajectory}").text
    return [each for each in page.split("<article") if "Besproken in het teamoverleg" in each]


def test_eight_people_are_saved_once_and_none_names_another(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    named = lines(ria.get(PAGE).text)
    eight = list(named)[:8]
    typed = sheet(eight, attendees=[str(BAS.actor.person)])
    for _ in range(2):  # a double tap
        answer = ria.post(PAGE, data=typed, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/vandaag?na=")
    assert region.size() == before + 8
    region.projector.catch_up()
    for each in eight:
        (entry,) = told(region, each)
        assert f"woorden over {each}" in entry
        for other in eight:
            if other != each:
                assert other not in entry
                assert named[other] not in entry


def test_a_programme_knows_that_the_team_met_once(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    page = ria.get(PAGE).text
    one, other = list(lines(page))[3:5]
    assert f'<option value="{PROGRAMME}">' in page
    assert str(TRUST) not in page, "of another organisation"
    there = [str(BAS.actor.person)]
    typed = sheet([one, other], attendees=there, programme=str(PROGRAMME))
    for _ in range(2):
        assert ria.post(PAGE, data=typed, follow_redirects=False).status_code == 303
    assert region.size() == before + 3
    elsewhere = sheet([one], attendees=there, programme=str(TRUST))
    answer = ria.post(PAGE, data=elsewhere)
    assert answer.status_code == 422
    assert 'id="wrong-programme"' in answer.text
    assert "Dit is hier niet bekend" in answer.text
    assert region.size() == before + 4, "what was said of somebody is kept all the same"


def test_who_was_there_stands_with_those_of_whose_team_they_are(region: DemoRegion) -> None:
    ria = region.browser("ria")
    ids = list(lines(ria.get(PAGE).text))
    ria.post(PAGE, data=sheet(ids, attendees=[str(BAS.actor.person)]))
    region.projector.catch_up()
    with_bas = ["Bas de Groot" in told(region, each)[0] for each in ids]
    on_team = [
        str(BAS.actor.person) in region.browser("ria").get(f"/api/v1/trajectories/{each}").text
        for each in ids
    ]
    assert with_bas == on_team
    assert True in with_bas


def test_what_is_refused_is_shown_again_and_the_rest_is_saved_once(region: DemoRegion) -> None:
    ria = region.browser("ria")
    page = ria.get(PAGE).text
    one, other, closes = list(lines(page))[-3:]
    close = CloseTrajectory(reason="client_wish")
    region.services.handler.handle(Request(RIA.actor, UUID(closes), close))
    before = region.size()
    typed = sheet([one, closes, other])
    answer = ria.post(PAGE, data=typed)
    assert answer.status_code == 422
    assert "2 zijn bewaard" in answer.text
    assert f"woorden over {closes}" in answer.text
    assert ticked(answer.text) == {closes}
    assert f'href="#q-{closes}"' in answer.text
    assert region.size() == before + 2
    key = _KEY.search(answer.text)
    assert key is not None
    again = ria.post(PAGE, data=sheet([closes], key=key[1]))
    assert (again.status_code, region.size()) == (422, before + 2)
    everything = ria.post(PAGE, data=typed)
    assert (everything.status_code, region.size()) == (422, before + 2), "nothing twice"
    region.projector.catch_up()
    assert closes not in lines(ria.get(PAGE).text), "what is closed is not offered"


def test_other_words_under_the_same_key_are_asked_about(region: DemoRegion) -> None:
    ria = region.browser("ria")
    one, other = list(lines(ria.get(PAGE).text))[:2]
    typed = sheet([one, other])
    assert ria.post(PAGE, data=typed, follow_redirects=False).status_code == 303
    before = region.size()
    answer = ria.post(PAGE, data={**typed, f"text-{one}": "Toch anders."})
    assert answer.status_code == 422
    assert "Dit is al bewaard" in answer.text
    assert "Toch anders." in answer.text
    assert str(typed["key"]) not in answer.text
    assert (ticked(answer.text), region.size()) == ({one}, before)


@pytest.mark.parametrize("stranger", [NOBODYS, "geen-id", str(trajectory_of(NOOR)), ""])
def test_who_is_not_theirs_and_who_is_not_there_answer_alike(
    region: DemoRegion, stranger: str
) -> None:
    fenna, before = region.browser("niek"), region.size()
    answer = fenna.post(PAGE, data=sheet([stranger] if stranger else []))
    assert (answer.status_code, region.size()) == (422, before)
    said = {
        "geen-id": "Moet een id (UUID) zijn",
        "": "Kies over wie jullie spraken.",
    }.get(stranger, "Dit is hier niet bekend")
    assert said in answer.text
    assert "Noor Bakker" not in answer.text


def test_long_ago_asks_why_it_is_noted_now(region: DemoRegion) -> None:
    ria = region.browser("ria")
    (one, *_) = lines(ria.get(PAGE).text)
    typed = sheet([one], occurred_on="2020-01-01")
    answer = ria.post(PAGE, data=typed)
    assert answer.status_code == 422
    assert f'name="late-{one}"' in answer.text
    typed[f"late-{one}"] = "Lag nog op papier."
    assert ria.post(PAGE, data=typed, follow_redirects=False).status_code == 303
    tomorrow = ria.post(PAGE, data=sheet([one], occurred_on="2199-01-01"))
    assert tomorrow.status_code == 422
    assert 'id="wrong-occurred_on"' in tomorrow.text


def test_a_sheet_that_is_not_ready_is_kept(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    one, other = list(lines(ria.get(PAGE).text))[2:4]
    typed = sheet([one], attendees=[str(BAS.actor.person)], kladje="ja")
    page = ria.post(PAGE, data={**typed, f"text-{other}": "Nog navragen."}).text
    assert "Dit staat een week voor je klaar. Niemand anders ziet het." in page
    assert ticked(page) == {one, other}
    assert "Nog navragen." in page
    assert f'value="{BAS.actor.person}" checked' in page
    assert region.size() == before
    assert "Nog navragen." in ria.get(f"/traject/{other}/overleg").text, "also as a form of its own"
    assert "Nog navragen." not in region.browser("bas").get(PAGE).text
    ria.post(PAGE, data=sheet([one, other]))
    assert ticked(ria.get(PAGE).text) == set()


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_who_notes_what_a_team_said_is_offered_anybody(
    region: DemoRegion, persona: str
) -> None:
    page = region.browser(persona).get(PAGE)
    assert page.status_code == 200
    assert bool(lines(page.text)) is (persona in {"ria", "bas", "niek", "fenna"})

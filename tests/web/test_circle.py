"""Who is around the client: invited by name, changed and removed without a message."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import ELS, NOOR, PERSONAS, RIA, TOM, trajectory_of
from api.signin import COOKIE, issue
from domain.roles import Role
from eventlog.entry import Actor
from tests.demo.region import DemoRegion

TOMS, NOORS, ELSES = (f"/traject/{trajectory_of(each)}" for each in (TOM, NOOR, ELS))
_PERSON = re.compile(r'name="person" value="([^"]+)"')


def member(region: DemoRegion, person: str) -> TestClient:
    """Give the browser of somebody close."""
    browser = region.browser()
    actor = Actor(UUID(person), Role.NETWORK_MEMBER)
    browser.cookies.set(COOKIE, issue(region.services.tokens, actor, region.services.now()))
    return browser


def test_somebody_is_invited_by_name_says_yes_and_is_removed_silently(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    els, before = region.browser("els"), region.size()
    page = says(
        els, f"{ELSES}/nodig-uit", given_name="Mies", family_name="van den Heuvel",
        relation="sibling", share="reads_along",
    )  # fmt: skip
    assert region.size() == before + 2, "a person, and the invitation"
    assert "Zei nog geen ja." in page
    address = f"{ELSES}/uitnodiging"
    assert address in page
    mies = _PERSON.findall(page)[0]
    sister = member(region, mies)
    asked = unescape(sister.get(address).text)
    assert "Els van den Heuvel vraagt je om mee te doen" in asked
    assert "leest mee" in asked
    assert region.browser("ria").get(ELSES).text.count("Mies") == 0, "no name before a yes"
    says(sister, f"{ELSES}/join-network", person=mies)
    assert "Je doet mee, voor Els van den Heuvel" in unescape(sister.get(address).text)
    page = unescape(els.get(f"{ELSES}/mensen").text)
    assert "Mies van den Heuvel" in page
    assert "Zei nog geen ja." not in page
    page = says(els, f"{ELSES}/hoeveel-iemand-ziet", person=mies, share="own_actions")
    assert "ziet alleen de eigen acties" in page
    page = says(els, f"{ELSES}/remove-network-member", person=mies, back="mensen")
    assert "Je nodigde nog niemand uit." in page
    for path in (address, ELSES):
        assert sister.get(path).status_code == 404
    assert "Els van den Heuvel" not in sister.get("/overzicht").text


def test_somebody_close_can_say_no(region: DemoRegion, says: Callable[..., str]) -> None:
    els = region.browser("els")
    page = says(els, f"{ELSES}/nodig-uit", given_name="Kees", share="may_note")
    kees = _PERSON.findall(page)[0]
    friend = member(region, kees)
    says(friend, f"{ELSES}/remove-network-member", person=kees, back="start")
    assert friend.get(f"{ELSES}/uitnodiging").status_code == 404
    assert "Kees" not in els.get(f"{ELSES}/mensen").text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"given_name": "", "share": "reads_along"}, "given_name"),
        ({"given_name": "Mies", "share": ""}, "share"),
        ({"given_name": "Mies", "share": "alles"}, "share"),
        ({"given_name": "Mies", "share": "reads_along", "relation": "baas"}, "relation"),
        ({"given_name": "x" * 201, "share": "reads_along"}, "given_name"),
    ],
)
def test_an_invitation_that_is_refused_keeps_nothing_and_loses_nothing(
    region: DemoRegion, typed: dict[str, str], wrong: str
) -> None:
    els, before = region.browser("els"), region.size()
    data = {"key": str(uuid4()), "family_name": "Mulder", **typed}
    answer = els.post(f"{ELSES}/nodig-uit", data=data)
    assert answer.status_code == 422
    assert f'id="wrong-{wrong}"' in answer.text
    assert 'value="Mulder"' in answer.text
    assert region.size() == before


def test_only_the_client_invites(region: DemoRegion) -> None:
    before = region.size()
    typed = {"key": str(uuid4()), "given_name": "Mies", "share": "reads_along"}
    assert region.browser("ria").post(f"{ELSES}/nodig-uit", data=typed).status_code == 403
    assert region.browser("sem").post(f"{ELSES}/nodig-uit", data=typed).status_code == 404
    assert region.size() == before


def test_a_permission_is_given_and_taken_back(region: DemoRegion, says: Callable[..., str]) -> None:
    tom = region.browser("tom")
    form = unescape(tom.get(f"{TOMS}/toestemming-geven").text)
    assert "Je kunt het elke dag stoppen" in form
    page = says(
        tom, f"{TOMS}/toestemming-geven", recipient=str(RIA.actor.person), categories="I",
        purpose="keep_work", recipient_kind="person", legal_basis="consent",
    )  # fmt: skip
    assert "Je geeft Ria Verhoeven toestemming." in page
    assert region.browser("ria").get(f"{TOMS}/hoe-het-gaat").status_code == 200
    given = re.findall(r'name="permission" value="([^"]+)"', page)
    for each in given:
        page = says(tom, f"{TOMS}/withdraw-permission", permission=each, back="mensen")
    assert "Je gaf geen toestemmingen." in page
    assert region.browser("ria").get(f"{TOMS}/hoe-het-gaat").status_code == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_pages_open_for_whom_they_are(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    tied = browser.get(NOORS).status_code != 404
    assert browser.get(f"{NOORS}/mensen").status_code in ({200, 403} if tied else {404})
    invited = persona == "sem"
    assert (browser.get(f"{NOORS}/uitnodiging").status_code == 200) is invited


def test_who_is_close_learns_of_nobody_else(region: DemoRegion) -> None:
    page = region.browser("sem").get(f"{NOORS}/uitnodiging").text
    assert "Noor" in page
    for name in ("Loes", "Joris", "Verhoeven"):
        assert name not in page

"""A whole file on paper: every entry that its reader sees, and nothing to click."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import NOOR, TOM, Somebody, trajectory_of
from api.web import paper
from tests.demo.region import DemoRegion

_TITLE = re.compile(r'<h3 class="entry">(.*?)</h3>', re.DOTALL)
WHO = [("tom", TOM), ("ria", TOM), ("bas", TOM), ("wim", TOM), ("noor", NOOR), ("sem", NOOR)]


def titles(page: str) -> list[str]:
    return [unescape(each) for each in _TITLE.findall(page)]


def api_timeline(who: TestClient, trajectory: str) -> list[dict[str, Any]]:
    """Read the timeline of the API to its end."""
    found, cursor = [], ""
    while True:
        asked = {"limit": 7, **({"cursor": cursor} if cursor else {})}
        page = who.get(f"/api/v1/trajectories/{trajectory}/timeline", params=asked).json()
        found += page["entries"]
        cursor = page["next"]
        if not cursor:
            return found


@pytest.mark.parametrize(("persona", "client"), WHO)
def test_on_paper_is_all_that_its_reader_sees(
    region: DemoRegion, persona: str, client: Somebody
) -> None:
    who, trajectory = region.browser(persona), str(trajectory_of(client))
    page = who.get(f"/traject/{trajectory}/op-papier")
    there = api_timeline(who, trajectory)
    assert titles(page.text) == [each["sentence"] for each in there]
    assert len(there) > 5
    assert "Ouder" not in page.text


def test_to_whom_the_file_is_not_open_it_is_not_there(region: DemoRegion) -> None:
    for trajectory in (trajectory_of(TOM), uuid4()):
        assert region.browser("els").get(f"/traject/{trajectory}/op-papier").status_code == 404
    assert region.browser().get(f"/traject/{trajectory_of(TOM)}/op-papier").status_code == 401


def test_of_a_long_file_it_is_said_that_the_oldest_are_not_on_it(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor, at = region.browser("noor"), f"/traject/{trajectory_of(NOOR)}/op-papier"
    whole = noor.get(at).text
    assert "Dit dossier is lang" not in whole
    monkeypatch.setattr(paper, "MOST", 12)
    cut = noor.get(at).text
    assert "Dit dossier is lang. Hier staan de nieuwste 12 notities." in cut
    assert titles(cut) == titles(whole)[:12]
    monkeypatch.setattr(paper, "MOST", len(titles(whole)))
    assert "Dit dossier is lang" not in noor.get(at).text


@pytest.mark.parametrize("page", ["thuis", ""])
def test_what_says_that_it_prints_leads_there(region: DemoRegion, page: str) -> None:
    at = f"/traject/{trajectory_of(TOM)}"
    assert f'href="{at}/op-papier"' in region.browser("tom").get(f"{at}/{page}".rstrip("/")).text


def test_every_role_with_entries_finds_it(region: DemoRegion) -> None:
    toms, noors = (f"/traject/{trajectory_of(each)}" for each in (TOM, NOOR))
    for persona, at in (("ria", toms), ("bas", toms), ("wim", toms), ("sem", noors)):
        assert f'href="{at}/op-papier"' in region.browser(persona).get(at).text, persona

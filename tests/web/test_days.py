"""What an entry says on a page: everything that somebody wrote in it, and nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.demo.people import NOOR, trajectory_of
from api.web.days import Told, told
from domain.events import BY_TYPE
from domain.events.base import Kind, StreamKind, field_kinds
from tests.demo.region import DemoRegion
from tests.web.reading import page

NOORS = f"/traject/{trajectory_of(NOOR)}"
_DAY = date(2026, 3, 10)
_ELSEWHERE = {"late_reason", "body", "options", "participants"}
"""Why it was late, what a correction puts right, and the parts of a choice: pages of their own."""
WRITTEN = sorted(
    {
        name
        for event in BY_TYPE.values()
        if event.STREAM is StreamKind.TRAJECTORY
        for name, kind in field_kinds(event).items()
        if kind in {Kind.WORDS, Kind.THIRD} and name not in _ELSEWHERE
    }
)


def entry(text: dict[str, Any], **fields: str) -> dict[str, Any]:
    return {
        "type": "contact.logged.v1",
        "lane": "work",
        "occurred_on": _DAY,
        "recorded_at": datetime(2026, 3, 10, 12, tzinfo=UTC),
        "imported": False,
        "text": text,
        "fields": fields,
    }


def shown(one: dict[str, Any], *now: dict[str, Any]) -> Told:
    ((day, (found,)),) = told([one], now)
    assert day == _DAY
    return found


@pytest.mark.parametrize("name", WRITTEN)
def test_what_somebody_wrote_is_read_on_the_timeline(name: str) -> None:
    found = shown(entry({name: "Zo zei ik het."}))
    assert [*found.plain, *(text for _, text in found.led)] == ["Zo zei ik het."]


def test_an_action_that_was_done_says_what_it_was() -> None:
    begun = entry({"what": "De fiets maken"}, action="one")
    assert shown(entry({}, action="one"), begun).plain == ("De fiets maken",)
    assert shown(entry({}, action="other"), begun).plain == ()
    assert shown(begun, begun).plain == ("De fiets maken",)


def test_client_and_who_is_close_read_what_was_taken_on(region: DemoRegion) -> None:
    for persona in ("noor", "sem"):
        assert "Op dinsdag en donderdag meerijden" in page(region.browser(persona), NOORS)
    sems = page(region.browser("sem"), NOORS)
    assert sems.count("Na afloop samen eten") == 2, "taken on, and done"

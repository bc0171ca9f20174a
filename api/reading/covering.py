"""Who stands in for whom on a file: told to who does it, who is away, and who leads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from api.reading.gate import Access
from api.reading.names import Names, names
from api.reading.opening import Shown
from api.wiring import Services
from domain.events.base import Category
from domain.events.cover import CoverArranged
from domain.language import Text
from domain.state import Trajectory
from domain.state.circle import Cover
from domain.wording import day as worded_day


def covering(access: Access, state: Trajectory) -> Cover | None:
    """Say for whom the asker stands in today."""
    return state.circle.covering(access.person, access.today)


def worded_cover(access: Access, cover: Cover | None, called: Names) -> dict[str, Any] | None:
    """Word it for who stands in."""
    if cover is None:
        return None
    coach, language = called.of(cover.coach), access.asking.language
    until = worded_day(cover.ends_on, language)
    said = Text(
        "Je neemt waar voor {coach}, tot en met {until}.",
        "You stand in for {coach}, until {until}.",
    ).filled(coach=coach, until=until)
    return {
        "cover": cover.id,
        "coach": cover.coach,
        "name": coach,
        "until": cover.ends_on,
        "sentence": said.to(language),
    }


def covers(services: Services, access: Access, state: Trajectory) -> Sequence[dict[str, Any]]:
    """Give who stands in now or will, to who sees who is on the team."""
    found = [each for each in state.circle.covers if _to_come(access, each)]
    if not found or not access.sees_all(Category.IDENTITY):
        return ()
    called = names(services, access, {who for each in found for who in (each.coach, each.person)})
    return [
        {
            "cover": each.id,
            "coach": each.coach,
            "coach_name": called.of(each.coach),
            "person": each.person,
            "person_name": called.of(each.person),
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
        }
        for each in found
    ]


def _to_come(access: Access, cover: Cover) -> bool:
    return not cover.ended and access.today <= cover.ends_on


def cover_over(shown: Shown, today: date) -> bool:
    """Say whether it is a cover of which the last day is over: it ends by itself, unnoted."""
    return shown.event is CoverArranged and date.fromisoformat(shown.fields["ends_on"]) < today

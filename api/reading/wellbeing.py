"""How it goes in the client's own scores; the line through them only when they asked to watch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tied
from api.reading.moment import seen, then, walled
from api.reading.opening import hidden
from api.reading.timeline import order
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.events.wellbeing import WellbeingScored
from domain.language import Text
from domain.rules.wellbeing import NO_LINE, line

_RISING = Text("Een stijgende lijn: {slope} per keer", "A rising line: {slope} each time")
_FALLING = Text("Een dalende lijn: {slope} per keer", "A falling line: {slope} each time")
_LEVEL = Text("Het blijft ongeveer gelijk", "It stays about the same")


def wellbeing(
    services: Services, asking: Asking, trajectory: UUID
) -> tuple[Access, dict[str, Any]]:
    """Give the scores as far as the asker sees them, oldest first; raises Problem."""
    access = tied(services, asking, trajectory)
    if Kind.HEALTH not in access.sight.kinds(Category.WELLBEING):
        raise not_found()
    noted(services, access)
    entries = [each for each in walled(services, trajectory) if not hidden(access, each)]
    scores = sorted(
        (each for each in seen(services, access, entries) if each.event is WellbeingScored),
        key=order,
    )
    stands = then(entries).wellbeing
    watched = stands.watched_since is not None
    found = line(stands, [each.fields["score"] for each in scores])
    return access, {
        "trajectory": trajectory,
        "watched": watched,
        "scores": [{"on": each.row.occurred_on, "score": each.fields["score"]} for each in scores],
        "slope": found,
        "line": _worded(found, watched=watched, access=access),
    }


def _worded(found: float | None, *, watched: bool, access: Access) -> str | None:
    language = access.asking.language
    if not watched:
        return NO_LINE.to(language)
    if found is None:
        return None
    if not found:
        return _LEVEL.to(language)
    figure = f"{found:+.1f}"
    worded = (_RISING if found > 0 else _FALLING).to(language)
    return worded.format(slope=figure.replace(".", ",") if language == "nl" else figure)

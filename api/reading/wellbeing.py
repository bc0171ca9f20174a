"""How it goes in the client's own scores; the line through them only when they asked to watch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tied
from api.reading.moment import Moment, known, seen, then, walled
from api.reading.names import names
from api.reading.opening import Shown, hidden
from api.reading.readers import around
from api.reading.timeline import order
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.events.wellbeing import WellbeingScored
from domain.help import READ_BY
from domain.language import Text
from domain.policy import Sight, is_asked
from domain.question import QUESTION, next_question_on
from domain.rules.wellbeing import NO_LINE, line
from domain.state import Trajectory
from domain.watching import watched_by
from domain.wording import figure
from eventlog.entry import Entry

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
    scores = _scores(services, access, entries)
    state = then(entries)
    stands = state.wellbeing
    watched = stands.watched_since is not None
    found = line(stands, [each.fields["score"] for each in scores])
    told = {
        "trajectory": trajectory,
        "watched": watched,
        "scores": [{"on": each.row.occurred_on, "score": each.fields["score"]} for each in scores],
        "slope": found,
        "line": _worded(found, watched=watched, access=access),
    }
    if is_asked(access.role):
        told["read_by"] = _read_by(services, access)
        told |= _asked(access, state)
    return access, told


def _asked(access: Access, state: Trajectory) -> dict[str, Any]:
    """Ask how things are from the day that the client chose, and say which day that is."""
    on = next_question_on(state)
    now = on is not None and on <= access.today
    return {
        "next_question_on": on,
        "question": QUESTION.to(access.asking.language) if now else None,
    }


def falling(services: Services, access: Access, held: Trajectory, at: Moment) -> str | None:
    """Word a falling line that the client asked to watch, to who may read the scores (0.1).

    None to everybody else, as where nothing falls.
    """
    if held.wellbeing.watched_since is None or not _reads_scores(access.sight):
        return None
    if access.within is not None and not _reads_scores(access.within.sight):
        return None
    entries = [each for each in known(services, access.trajectory, at) if not hidden(access, each)]
    scores = [each.fields["score"] for each in _scores(services, access, entries)]
    found = line(then(entries).wellbeing, scores)
    return None if found is None or found >= 0 else _worded(found, watched=True, access=access)


def watching(services: Services, asking: Asking, trajectory: UUID) -> dict[str, Any]:
    """Tell who asked the team to keep an eye on it who can; raises Problem."""
    return {"told": _read_by(services, noted(services, tied(services, asking, trajectory)))}


def _scores(services: Services, access: Access, entries: list[Entry]) -> list[Shown]:
    """Give the scores that exist for the asker, oldest first."""
    return sorted(
        (each for each in seen(services, access, entries) if each.event is WellbeingScored),
        key=order,
    )


def _reads_scores(sight: Sight) -> bool:
    return Kind.HEALTH in sight.kinds(Category.WELLBEING)


def _read_by(services: Services, access: Access) -> str:
    """Say who around the client reads the scores, each by what they see."""
    reading = [each for each in around(services, access) if _reads_scores(each.sight)]
    called = names(services, access, {each.person for each in reading})
    team = [called.of(each.person) for each in reading if each.role in READ_BY]
    close = [called.of(each.person) for each in reading if each.role not in READ_BY]
    return watched_by(team, close).to(access.asking.language)


def _worded(found: float | None, *, watched: bool, access: Access) -> str | None:
    language = access.asking.language
    if not watched:
        return NO_LINE.to(language)
    if found is None:
        return None
    if not found:
        return _LEVEL.to(language)
    worded = (_RISING if found > 0 else _FALLING).to(language)
    return worded.format(slope=figure(f"{found:+.1f}", language))

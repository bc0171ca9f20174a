"""What a state amounts to on a day: the stages it is in, and the outcome that is counted."""

from __future__ import annotations

from datetime import date

from domain.events.course import ClosingReason
from domain.language import Choice
from domain.state.trajectory import Trajectory
from domain.state.work import PlacementKind


class Stage(Choice):
    """A label, never a gate; several may hold at once (reference 4)."""

    REFERRED = "referred", "aangemeld", "referred"
    ENGAGING = "engaging", "kennismaking", "getting acquainted"
    PROFILING = "profiling", "profiel", "profiling"
    SEARCHING = "searching", "zoekend", "searching"
    TRYING_OUT = "trying_out", "uitproberend", "trying out"
    EMPLOYED = "employed", "aan het werk", "employed"
    SUPPORTED = "supported", "steun", "supported"
    STEPPED_DOWN = "stepped_down", "afgeschaald", "stepped down"
    PAUSED = "paused", "gepauzeerd", "paused"
    DOOR_OPEN = "door_open", "deur staat open", "door stays open"
    CLOSED = "closed", "afgerond", "closed"


OUTSIDE_CASELOAD = frozenset({Stage.DOOR_OPEN, Stage.CLOSED})
"""Who is in one of these stands on a caseload and is not counted in it (reference 0.1)."""


class Outcome(Choice):
    """What is counted per trajectory: once, the first that fits."""

    PAID_WORK = "paid_work", "betaald werk", "paid work"
    VOLUNTEERING = "volunteering", "vrijwilligerswerk", "volunteering"
    MOVED = "moved", "verhuisd", "moved away"
    STILL_GUIDED = "still_guided", "nog in begeleiding", "still guided"


def stages(state: Trajectory, today: date) -> tuple[Stage, ...]:
    """Name the stages of that day; a trajectory without a referral has none.

    'Stil' (quiet) is a signal to the team and stands in the rhythm.
    """
    course = state.course
    if course.client is None:
        return ()
    if course.closed:
        return (Stage.CLOSED,)
    employed = state.employed(today)
    checks = {
        Stage.PROFILING: not employed and _profiling(state),
        Stage.SEARCHING: _searching(state, today),
        Stage.TRYING_OUT: _trying_out(state, today),
        Stage.EMPLOYED: employed,
        Stage.SUPPORTED: employed and _supported(state, today),
        Stage.STEPPED_DOWN: course.stepped_down_on is not None,
        Stage.PAUSED: course.paused_on is not None,
        Stage.DOOR_OPEN: course.door_open_on is not None,
    }
    holding = tuple(stage for stage, holds in checks.items() if holds)
    if holding:
        return holding
    return (Stage.REFERRED if course.entered_on is None else Stage.ENGAGING,)


def outcome(state: Trajectory, today: date) -> Outcome:
    """Count the trajectory once: paid work, volunteering, moved, or still guided."""
    if state.work.ever(PlacementKind.JOB, today):
        return Outcome.PAID_WORK
    if state.work.ever(PlacementKind.VOLUNTEERING, today):
        return Outcome.VOLUNTEERING
    if state.course.moved_on is not None or state.course.closed_as is ClosingReason.MOVED:
        return Outcome.MOVED
    return Outcome.STILL_GUIDED


def _profiling(state: Trajectory) -> bool:
    """Say whether the profile is what somebody was last busy with, rather than looking for work."""
    worked_on, searched_on = state.profile.worked_on, state.search.searched_on
    return worked_on is not None and (searched_on is None or searched_on < worked_on)


def _searching(state: Trajectory, today: date) -> bool:
    searched_on = state.search.searched_on
    if searched_on is None:
        return False
    jobs = [each for each in state.work.running(today) if each.kind is PlacementKind.JOB]
    return all(each.starts_on < searched_on for each in jobs)


def _trying_out(state: Trajectory, today: date) -> bool:
    trial = any(each.kind is PlacementKind.TRIAL for each in state.work.running(today))
    return trial or state.trying.ahead(today)


def _supported(state: Trajectory, today: date) -> bool:
    talked_on = state.support.last_talk_on
    jobs = (each for each in state.work.running(today) if each.kind is PlacementKind.JOB)
    return talked_on is not None and any(each.starts_on <= talked_on for each in jobs)

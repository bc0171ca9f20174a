"""Which fields of an entry are seen, and the short lists for those who see only listed fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from domain.events import BY_TYPE
from domain.events.base import Event, Kind, field_kinds
from domain.events.trust import TookPart
from domain.policy.table import Limit

Seen = frozenset[Kind | Limit]
"""The kinds of fields that are seen of an entry, narrowed by the limits among them."""

ADDRESSED = ("wants_reader", "recipient", "person", "broker", "auditor")
"""The fields that name whom an entry is meant for or about; the first that is given counts."""
PARTICIPANTS = "participants"
"""The field that names who took part in a choice: it is theirs as well (matrix, Q)."""

_DAY = frozenset({"occurred_on"})
_JOB = _DAY | {"placement", "employer"}
_BEGIN = _JOB | {"title", "starts_on", "hours_per_week"}
_ARRANGED = _JOB | {"accommodation", "kind", "what"}
_PLANNED = _JOB | {"appointment", "planned_on", "at"}
_MEETING = _PLANNED | {"minutes", "place", "comes"}
_ENDS = {
    "job.ended.v1": _JOB,
    "trial.ended.v1": _JOB,
    "volunteering.ended.v1": _JOB,
    "sheltered.ended.v1": _JOB,
}

LISTED: Mapping[Limit, Mapping[str, frozenset[str]]] = {
    # What was agreed with this employer, in words of work (reference 7.2 and 0.1). A trial
    # placement's last day is among what an employer has to arrange.
    Limit.JOB: {
        "job.started.v1": _BEGIN,
        "trial.started.v1": _BEGIN | {"ends_on"},
        "trial.extended.v1": _JOB | {"ends_on"},
        "volunteering.started.v1": _BEGIN,
        "sheltered.started.v1": _BEGIN,
        "hours.changed.v1": _JOB | {"hours_before", "hours_per_week", "starts_on"},
        "accommodation.agreed.v1": _ARRANGED,
        "accommodation.changed.v1": _ARRANGED,
        # When, where and who comes; what it is about could tell of health, and stays with the team.
        "appointment.made.v1": _MEETING,
        "appointment.moved.v1": _MEETING,
        "appointment.cancelled.v1": _PLANNED,
        # What the employer arranges (0.1); the register and no-risk cover are the client's to tell.
        "wage_subsidy.granted.v1": _JOB | {"kind", "starts_on", "ends_on"},
        "job.carved.v1": _JOB | {"tasks"},
        "employer.asked_call.v1": _JOB,
        **_ENDS,
    },
    # Of an ended job only that it ended, and from then on nothing (0.1).
    Limit.ENDED_JOB: _ENDS,
    # Whether and when the team answered; not who was ill, nor that a plan was written.
    Limit.TIMING: dict.fromkeys(
        ("setback.signalled.v1", "setback.answered.v1", "recovery.noted.v1", "crisis.escalated.v1"),
        _DAY,
    ),
    # Which kinds of things stood in the way, and no more of it.
    Limit.KIND: dict.fromkeys(
        ("issue.raised.v1", "issue.plan_made.v1", "issue.resolved.v1"), _DAY | {"kind"}
    ),
    # That care comes first and since when, or no longer: no other clinical fact.
    Limit.CARE_FIRST: {"own_care.noted.v1": _DAY, "own_care.ended.v1": _DAY},
}
_NEVER_LISTED = frozenset({Kind.HEALTH, Kind.THIRD, Kind.CONTACT})


def addressed(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """Name whom an entry is meant for or about and who took part in it, as its body names them."""
    first = next(((found,) for name in ADDRESSED if (found := body.get(name))), ())
    took_part = body.get(PARTICIPANTS)
    return (*first, *filter(None, map(_person, took_part))) if took_part else first


def _person(participant: Any) -> Any:
    told = participant if isinstance(participant, Mapping) else vars(participant)
    return None if told["took_part"] == TookPart.NOT_ASKED else told.get("person")


@cache
def visible_fields(event: type[Event], kinds: Seen) -> frozenset[str]:
    """Name the fields of an event that are seen with these kinds.

    None at all means that the entry does not exist for this reader.
    """
    return _visible_fields(event, kinds)


def _visible_fields(event: type[Event], kinds: Seen) -> frozenset[str]:
    if Kind.FACT not in kinds and not kinds & {Kind.GIVEN, Kind.FAMILY}:
        return frozenset()
    of = field_kinds(event)
    limits = [kind for kind in kinds if isinstance(kind, Limit)]
    if not limits:
        return frozenset(name for name, kind in of.items() if kind in kinds)
    allowed = frozenset(name for name, kind in of.items() if kind not in _NEVER_LISTED)
    for limit in limits:
        allowed &= LISTED[limit].get(event.TYPE, frozenset())
    return allowed


def show(event: type[Event], stored: Mapping[str, Any], kinds: Seen) -> dict[str, Any]:
    """Leave only the visible fields of a stored body.

    The body inside a correction is shown by the rules of the class that it corrects.
    """
    allowed = visible_fields(event, kinds)
    shown = {name: value for name, value in stored.items() if name in allowed}
    if "target_type" in event.model_fields and "body" in shown:
        target = BY_TYPE.get(stored["target_type"])
        shown["body"] = show(target, shown["body"], kinds) if target else {}
    return shown

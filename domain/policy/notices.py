"""What somebody is told that they did not go and read: of what they can answer, or is about them.

Nobody is told that something was not done. The client is told what others did around them, and is
asked for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

from domain.events.access import AccessAnswered, AccessQuestioned
from domain.events.appointments import WorkAppointmentCancelled, WorkAppointmentMoved
from domain.events.audit import AuditFinding, FindingReplied
from domain.events.base import Event
from domain.events.course import TransferredTo
from domain.events.cover import CoverArranged, CoverEnded
from domain.events.emergency import EmergencyAccessOpened
from domain.events.erasure import EraseDecided, EraseRequested
from domain.events.file_copy import CopyGiven, CopyRequested
from domain.events.health import CrisisEscalated
from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.permissions import EntrySent
from domain.events.search import EmployerContactMade
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.events.support import EmployerAskedCall, EmployerSupported
from domain.events.team import TeamMemberAdded
from domain.language import Choice
from domain.policy.recording import might_record
from domain.policy.relation import Relation
from domain.policy.told import is_asked


class Weight(Choice):
    """Whether somebody should know today, or when they look."""

    NOW = "now", "kan niet wachten", "cannot wait"
    LATER = "later", "kan wachten", "can wait"


class _To(Enum):
    """Whom an entry is told to, besides who answers it."""

    EVERYBODY = "everybody"  # who sees it
    NAMED = "named"  # whom it is about, by name
    CLIENT = "client"


class _Rule(NamedTuple):
    """Whom to tell, and how soon; an event: to who records that answer."""

    to: _To | type[Event]
    weight: Weight


_NOW_TO_ALL = (_Rule(_To.EVERYBODY, Weight.NOW),)
_LATER_TO_CLIENT = _Rule(_To.CLIENT, Weight.LATER)
_RULES: Mapping[type[Event], tuple[_Rule, ...]] = MappingProxyType(
    {
        SetbackSignalled: (_Rule(SetbackAnswered, Weight.NOW),),
        CrisisEscalated: (_Rule(SetbackAnswered, Weight.NOW),),
        SetbackAnswered: (_LATER_TO_CLIENT,),
        RecoveryNoted: (_Rule(SetbackAnswered, Weight.LATER),),
        EmployerAskedCall: (_Rule(EmployerSupported, Weight.NOW),),
        WorkAppointmentMoved: _NOW_TO_ALL,
        WorkAppointmentCancelled: _NOW_TO_ALL,
        CoverArranged: (_Rule(_To.NAMED, Weight.NOW), _LATER_TO_CLIENT),
        CoverEnded: (_Rule(_To.NAMED, Weight.NOW), _LATER_TO_CLIENT),
        TransferredTo: (_Rule(_To.NAMED, Weight.NOW), _LATER_TO_CLIENT),
        TeamMemberAdded: (_Rule(_To.NAMED, Weight.NOW), _LATER_TO_CLIENT),
        EmergencyAccessOpened: (_Rule(_To.CLIENT, Weight.NOW),),
        BrokerRequestMade: (_Rule(BrokerRequestAnswered, Weight.LATER),),
        BrokerRequestAnswered: (_Rule(BrokerRequestMade, Weight.LATER),),
        NetworkLeadOffered: (_Rule(EmployerContactMade, Weight.LATER),),
        EntrySent: (_Rule(_To.NAMED, Weight.LATER), _Rule(_To.CLIENT, Weight.NOW)),
        AuditFinding: (_Rule(FindingReplied, Weight.LATER),),
        FindingReplied: (_Rule(AuditFinding, Weight.LATER),),
        EraseRequested: (_Rule(EraseDecided, Weight.NOW),),
        EraseDecided: (_LATER_TO_CLIENT,),
        CopyRequested: (_Rule(CopyGiven, Weight.NOW),),
        CopyGiven: (_LATER_TO_CLIENT,),
        AccessQuestioned: (_Rule(AccessAnswered, Weight.LATER),),
        AccessAnswered: (_LATER_TO_CLIENT,),
    }
)
"""Everything else waits in the timeline, where it stands out as new."""
TOLD = frozenset(event.TYPE for event in _RULES)
"""The names of what anybody is told."""
_NAMES = ("person", "reader")
"""The fields that name whom an entry is about."""


def notice(tie: Relation, event: type[Event], fields: Mapping[str, Any]) -> Weight | None:
    """Say whether, and how soon, somebody is told of an entry; `fields`: what they see of it."""
    rules = _RULES.get(event, ())
    return next((each.weight for each in rules if _hears(tie, each.to, fields)), None)


def _hears(tie: Relation, to: _To | type[Event], fields: Mapping[str, Any]) -> bool:
    match to:
        case _To.EVERYBODY:
            return True
        case _To.NAMED:
            return str(tie.reader.person) in map(fields.get, _NAMES)
        case _To.CLIENT:
            return is_asked(tie.role)
        case _:
            return might_record(tie.role, to)

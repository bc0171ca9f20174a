"""Of whom somebody can note what the team said, and who can have been at the table."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.colleagues import Colleague, around
from api.reading.names import lookup
from api.reading.people import ties
from api.reading.support import caseload
from api.wiring import Services
from domain.events.base import GrantKind
from domain.policy import may_record
from domain.policy.relation import roles_at
from domain.rules.base import Command
from domain.rules.meeting import NoteTeamDiscussion
from domain.state.stages import Stage
from eventlog.log import grants

NOTES: type[Command] = NoteTeamDiscussion


class Table(NamedTuple):
    """What a team meeting begins with."""

    cases: list[dict[str, Any]]
    """Lines of the caseload, by family name, without what is closed."""
    colleagues: list[Colleague]
    """Who is on a team of these: of others an entry would not hold that they were there."""
    programmes: dict[UUID, str]
    """Those of the asker's organisation, by name: for one of them it can count as its meeting."""


def table(services: Services, asking: Asking) -> Table:
    """Give both; nothing to who notes no such thing."""
    noted = {
        each.trajectory: each
        for each in ties(services, asking)
        if may_record(each.sight.relation, NOTES)
    }
    if not noted:
        return Table([], [], {})
    cases = [
        each
        for each in caseload(services, asking)["cases"]
        if each["trajectory"] in noted
        and all(stage["stage"] is not Stage.CLOSED for stage in each.get("stages", ()))
    ]
    files = [noted[each["trajectory"]] for each in cases]
    return Table(cases, around(services, asking, files), _programmes(services, asking))


def _programmes(services: Services, asking: Asking) -> dict[UUID, str]:
    person, today = asking.actor.person, services.today()
    mine = grants(services.log.grants_between(person, person))
    places = filter(None, roles_at(asking.reader, mine, today))
    found = {
        each.stream
        for place in places
        for each in grants(services.log.grants_between(place, place))
        if each.kind is GrantKind.PROGRAMME
    }
    called = {who: each.name for who, each in lookup(services, found).items() if each.name}
    return dict(sorted(called.items(), key=itemgetter(1)))

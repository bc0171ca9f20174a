"""What a form offers to pick from: the jobs, people and agreements that its reader sees here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.colleagues import Colleague, colleagues
from api.reading.gate import Access
from api.reading.names import names
from api.reading.people import employers, organisations
from api.reading.working import of_work, over
from api.web.forms.fields import Field, Shown
from api.web.forms.form import Form
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.course import HandoverReceived
from domain.events.team import NetworkMemberInvited, Relation
from domain.policy import in_place_of, recorded_by
from domain.roles import Role
from domain.rules.course import Transfer
from domain.rules.cover import ArrangeCover
from domain.rules.team import AddTeamMember, ChooseNetworkShare, RemoveNetworkMember

_ALL_EMPLOYERS = 50
_PEOPLE = frozenset(
    {
        *("person", "recipient", "wants_reader", "coach", "giver", "offered_by"),
        *("received_by", "witnessed_by", "checked_by", "broker"),
    }
)
_OF_NETWORK = frozenset({RemoveNetworkMember, ChooseNetworkShare})
"""What is about somebody close, who was invited: they are not on the team."""
_INVITED = frozenset({NetworkMemberInvited.TYPE})

_CALLED = {"revises": "decision"}
"""What points at a choice to put another in its place."""
_FROM_OUTSIDE = frozenset({ArrangeCover, AddTeamMember})
"""Who comes in by these is not on the team yet: they work where the asker does."""


class Option(NamedTuple):
    """One thing to pick."""

    value: str
    label: str


def picks(
    services: Services, access: Access, about: Mapping[str, Any], form: Form
) -> dict[str, list[Option]]:
    """Give what can be picked for each field of a form; `about` is the state as its reader sees it.

    What they do not see is not among it: the choice is theirs only from what they know.
    """
    return {
        each.name: list(
            _around(services, access, about)
            if each.ticked
            else _options(services, access, about, form, each)
        )
        for each in form.fields
        if each.shown is Shown.PICK or each.ticked
    }


def pickable(
    services: Services, access: Access, about: Mapping[str, Any], form: Form, field: Field
) -> bool:
    """Say whether there is anything to pick for a field; of another kind there always is."""
    if field.shown is not Shown.PICK or field.name == "employer":
        return True
    return next(_options(services, access, about, form, field), None) is not None


def _options(
    services: Services, access: Access, about: Mapping[str, Any], form: Form, field: Field
) -> Iterator[Option]:
    if (known := _from_directory(services, access, form, field)) is not None:
        yield from known
    elif field.name in _PEOPLE and form.command not in _OF_NETWORK:
        for each in about["team"]:
            if each["id"] is not None:
                yield Option(str(each["id"]), f"{each['name']}, {each['label']}")
    elif form.command in _OF_NETWORK:
        yield from _invited(services, access, about)
    else:
        begins = _beginning(_CALLED.get(field.name, field.name))
        gone = over(about["standing"]) if form.running else ()
        for each in about["standing"]:
            given = each["fields"].get(_CALLED.get(field.name, field.name))
            if each["type"] in begins and given is not None and not of_work(each, gone):
                yield Option(str(given), each["sentence"])


def _from_directory(
    services: Services, access: Access, form: Form, field: Field
) -> Iterable[Option] | None:
    """Offer what is known outside the file; None for a field that is about what stands in it."""
    asking = access.asking
    if field.name == "employer":
        found = employers(services, asking, "", limit=_ALL_EMPLOYERS)["employers"]
        return [Option(str(each["employer"]), each["name"] or "") for each in found]
    if field.name == "organisation" and form.command is Transfer:
        named = organisations(services, asking, recorded_by(HandoverReceived))
        return [Option(str(each), name) for each, name in named]
    if field.name == "person" and form.command in _FROM_OUTSIDE:
        return map(option, _from_outside(services, access, form))
    return None


def _around(services: Services, access: Access, about: Mapping[str, Any]) -> Iterator[Option]:
    """Offer who can have thought along: the client, the team, and who the client invited."""
    client = about["client"]
    if client and client["id"]:
        said = Role.CLIENT.label.to(access.asking.language)
        yield Option(f"{Role.CLIENT.value}/{client['id']}", f"{client['name']}, {said}")
    for each in about["team"]:
        if each["id"] is not None:
            role = each["role"].value
            yield Option(f"{role}/{each['id']}", f"{each['name']}, {each['label']}")
    for person, named in _invited(services, access, about):
        yield Option(f"{Role.NETWORK_MEMBER.value}/{person}", named)


def _invited(services: Services, access: Access, about: Mapping[str, Any]) -> Iterator[Option]:
    """Offer who the client invited, by name and what they are to the client."""
    found = [each["fields"] for each in about["standing"] if each["type"] in _INVITED]
    called = names(services, access, {UUID(each["person"]) for each in found})
    for each in found:
        name = called.of(UUID(each["person"]), Role.NETWORK_MEMBER)
        relation = (kind.label for kind in Relation if kind == each.get("relation"))
        said = (label.to(access.asking.language) for label in relation)
        yield Option(each["person"], ", ".join((name, *said)))


def option(colleague: Colleague) -> Option:
    """Offer somebody by name and role."""
    return Option(str(colleague.person), f"{colleague.name}, {colleague.label}")


def _from_outside(services: Services, access: Access, form: Form) -> list[Colleague]:
    if form.command is ArrangeCover:
        return colleagues(services, access.asking, in_place_of(Role.JOB_COACH))
    return colleagues(services, access.asking)


@cache
def _beginning(name: str) -> frozenset[str]:
    """Name the events that begin what a field points at, by the slot in which it then stands."""
    hole = f"{{{name}}}"
    return frozenset(
        each.TYPE for each in BY_TYPE.values() if each.STANDS and each.STANDS.endswith(hole)
    )

"""What the client can look after: who may see what, how another sees it, and who looked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import NOT_ALLOWED, NOT_FOUND, Problem
from api.reading.accesses import accesses
from api.reading.asking import Asking
from api.reading.gate import Access, tied
from api.reading.moment import day_in
from api.reading.names import names
from api.reading.numbers import number_for
from api.reading.see_as import see_as
from api.reading.sharing import sharing
from api.web.days import standing, told
from api.web.forms.client import INVITE, PERMIT, STOP_SHARING, SURPRISED
from api.web.forms.form import Form
from api.web.forms.registry import FORMS
from api.web.section import Gives, Section
from api.web.texts import N_
from domain.events.base import GrantKind
from domain.language import Text
from domain.policy import eyes, may_record
from domain.roles import Role

PAGE = 40
_OPENS = (PERMIT, INVITE)
_READS = frozenset({GrantKind.TEAM, GrantKind.COVER, GrantKind.NETWORK, GrantKind.MANDATE})
"""What lets one person read as somebody of this file; the rest is read by who is on it already."""
_BY_COMMAND: Mapping[str, Form] = {each.command.NAME: each for each in FORMS.values()}


class Shared(NamedTuple):
    """One sharing as the page shows it."""

    told: Mapping[str, Any]
    through: str | None
    """What the address of the preview asks, when there is one."""
    does: tuple[tuple[Form, str], ...]
    """What can be done about it: a form, with what its address names."""
    at_once: Form | None
    """What stops it with one press: it can be shared again as easily."""


class Holder(NamedTuple):
    """Somebody, with all that they may see."""

    lines: tuple[Shared, ...]

    @property
    def stops(self) -> tuple[str, ...]:
        """What is said about stopping it, each thing once."""
        return tuple(dict.fromkeys(each.told["stop"]["told"] for each in self.lines))

    @property
    def through(self) -> str | None:
        """What the address of the preview asks, when there is one."""
        return next((each.through for each in self.lines if each.through), None)


_SORTS: Mapping[str, frozenset[GrantKind]] = {
    N_("What you chose yourself"): frozenset(
        {GrantKind.NETWORK, GrantKind.PERMISSION, GrantKind.DISCLOSURE, GrantKind.SENT}
    ),
    N_("Around you"): frozenset({GrantKind.TEAM, GrantKind.COVER, GrantKind.MANDATE}),
    N_("At work"): frozenset({GrantKind.EMPLOYER}),
}
"""What sort of sharing it is, in the order in which it is told."""
_GUARDS = N_("Who looks back, and guards")
"""All that is of no other sort: nothing that is shared may be left out."""
_SORTS_OF_OTHERS = {
    N_("What you chose yourself"): N_("What the client chose"),
    N_("Around you"): N_("The team"),
}
"""How that is said to who is not the client."""


class Openness(Section):
    """The pages on who sees and who saw a file."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses; `get` answers with a page whatever happens."""
        return [
            Address("/traject/{id}/delen", get(self.sharing)),
            Address("/traject/{id}/zoals", get(self.through)),
            Address("/traject/{id}/wie-keek", get(self.looked)),
        ]

    def sharing(self, request: Request) -> Response:
        """Who may see what, and how to stop it."""
        who, trajectory, tie = self._asked(request)
        access, found = theirs(lambda: sharing(self.services, who, trajectory))
        return self.page(
            request,
            who,
            "sharing.html",
            trajectory=trajectory,
            sorts=list(_sorted(access, list(shared(access, found["sharing"])))),
            opens=[form for form in _OPENS if _may(tie, form)],
            saved="na" in request.query_params,
        )

    def through(self, request: Request) -> Response:
        """State and timeline as another sees them; with nobody named, whom one can choose."""
        asked = request.query_params
        if "person" not in asked:
            return self.sharing(request)
        who, trajectory, tie = self._asked(request)
        person, role = identifier(asked["person"]), asked.get("role", "")
        if not eyes(tie.role):
            raise not_theirs()
        seen = self._seen(who, trajectory, person, role, asked.get("verder"))
        return self.page(
            request,
            who,
            "see_as.html",
            status=200 if seen else NOT_FOUND.status,
            trajectory=trajectory,
            seen=seen,
            name=names(self.services, tie, {person}).of(person, seen["role"]) if seen else None,
            stands=standing(seen["state"]["standing"]) if seen else (),
            days=told(seen["timeline"]["entries"], seen["state"]["standing"]) if seen else (),
            older=urlencode(
                {"person": person, "role": seen["role"].value, "verder": seen["timeline"]["next"]}
            )
            if seen and seen["timeline"]["next"]
            else None,
        )

    def looked(self, request: Request) -> Response:
        """Who looked, day by day."""
        who, trajectory, tie = self._asked(request)
        first, last = (
            day_in(name, request.query_params.get(name) or None) for name in ("since", "until")
        )
        _, found = theirs(lambda: accesses(self.services, who, trajectory, since=first, until=last))
        return self.page(
            request,
            who,
            "looked.html",
            trajectory=trajectory,
            found=found,
            surprised=SURPRISED.name if _may(tie, SURPRISED) else None,
            number=number_for(self.services, tie),
        )

    def _seen(
        self, who: Asking, trajectory: UUID, person: UUID, role: str, cursor: str | None
    ) -> dict[str, Any] | None:
        """Look through somebody's eyes; None when they see nothing of this file."""
        try:
            return see_as(self.services, who, trajectory, person, role, limit=PAGE, cursor=cursor)[
                1
            ]
        except Problem as problem:
            if problem.kind is NOT_FOUND:
                return None
            raise

    def _asked(self, request: Request) -> tuple[Asking, UUID, Access]:
        """Give who asks about which file; raises Problem when nothing ties them to it."""
        who, trajectory = self.asked(request)
        return who, trajectory, tied(self.services, who, trajectory)


def theirs(read: Callable[[], tuple[Any, dict[str, Any]]]) -> tuple[Any, dict[str, Any]]:
    """Read for who is tied to the file: that it is there they know, so it is said why not."""
    try:
        return read()
    except Problem as problem:
        if problem.kind is NOT_FOUND:
            raise not_theirs() from problem
        raise


def not_theirs() -> Problem:
    """Say to who is tied to a file that this page of it is not for them."""
    text = Text(
        "Dit is niet aan jou om te zien. Je kunt terug naar de tijdlijn.",
        "This is not yours to see. You can go back to the timeline.",
    )
    return Problem(NOT_ALLOWED, text)


def _may(access: Access, form: Form) -> bool:
    return may_record(access.sight.relation, form.command)


def shared(access: Access, lines: Iterable[Mapping[str, Any]]) -> Iterator[Shared]:
    """Lay out each sharing, with a preview for each person once."""
    offered: set[str | None] = set()
    for each in lines:
        through = _through(access, each)
        shows = None if through in offered else through
        yield Shared(each, shows, tuple(_does(access, each)), _at_once(access, each))
        offered.add(through)


def _sorted(access: Access, lines: Sequence[Shared]) -> Iterator[tuple[str, list[Holder]]]:
    """Lay sharings out by their sort, and in each by who it is with."""
    found: dict[str, dict[tuple[UUID | None, Role | None], list[Shared]]]
    found = {heading: {} for heading in (*_SORTS, _GUARDS)}
    for each in lines:
        kind = each.told["kind"]
        sort = next((heading for heading, kinds in _SORTS.items() if kind in kinds), _GUARDS)
        found[sort].setdefault((each.told["person"], each.told["role"]), []).append(each)
    for heading, holders in found.items():
        if holders:
            said = heading if access.own else _SORTS_OF_OTHERS.get(heading, heading)
            yield said, [Holder(tuple(held)) for held in holders.values()]


def _through(access: Access, line: Mapping[str, Any]) -> str | None:
    """Name through whose eyes to look, where the client and who asks may."""
    role = Role.EMPLOYER if line["kind"] is GrantKind.EMPLOYER else line["role"]
    reads = line["kind"] in _READS or line["kind"] is GrantKind.EMPLOYER
    if not reads or line["person"] is None or role not in eyes(access.role):
        return None
    return urlencode({"person": line["person"], "role": role.value})


def _does(access: Access, line: Mapping[str, Any]) -> Iterator[tuple[Form, str]]:
    """Find what its reader can do about a sharing: choose how much, and stop it."""
    stop, network = line["stop"], line["kind"] is GrantKind.NETWORK
    chosen = ("choose-network-share", {"person": line["person"]}) if network else (None, None)
    for command, body in (chosen, (stop["command"], stop["body"])):
        form = _BY_COMMAND.get(command or "")
        if form is not None and form is not STOP_SHARING and _may(access, form):
            yield form, urlencode(body or {})


def _at_once(access: Access, line: Mapping[str, Any]) -> Form | None:
    asked = line["stop"]["command"] == STOP_SHARING.command.NAME
    return STOP_SHARING if asked and _may(access, STOP_SHARING) else None

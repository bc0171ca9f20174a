"""The pages of peer groups: which there are, what is in one, and its forms; they open no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID, uuid5

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import not_allowed, not_found
from api.reading.asking import Asking
from api.reading.groups import group, groups, members
from api.reading.people import clients, may, me
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.group import GROUP_FORMS, GUIDING, JOIN, LEAVE, NEEDS, OFFERED, START
from api.web.forms.picks import Option
from api.web.forms.posting import command, key
from api.web.forms.questions import lay_out
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from domain.language import Text
from domain.policy import recorders

_LIST = "/groep"


class Grouping(Section):
    """The pages for who is in a group, and for who guides one."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses."""
        new, one = f"{_LIST}/{START.name}", f"{_LIST}/{{id}}"
        return [
            Address(_LIST, get(self.all)),
            Address(new, get(self.begin), methods=["GET"]),
            Address(new, post(self.start), methods=["POST"]),
            Address(one, get(self.show)),
            Address(f"{one}/{{form}}", get(self.empty), methods=["GET"]),
            Address(f"{one}/{{form}}", post(self.save), methods=["POST"]),
        ]

    def all(self, request: Request) -> Response:
        """Show the groups of who asks, and those that they are invited to."""
        who = self.known(request, "directory")
        return self.page(
            request,
            who,
            "groups.html",
            groups=groups(self.services, who),
            start=START if self._may(who, _new(who, ""), START) else None,
            join=JOIN,
            leave=LEAVE,
            person=who.actor.person,
            saved="na" in request.query_params,
        )

    def show(self, request: Request) -> Response:
        """Show what is asked, offered and done in one group."""
        who = self.known(request, "directory")
        found = group(self.services, who, identifier(request.path_params["id"]))
        within = found["peer_group"]
        guides = GUIDING if self._outside(who, within) else ()
        return self.page(
            request,
            who,
            "group.html",
            group=found,
            offered=[form for form in (*OFFERED, *guides) if self._may(who, within, form)],
            leave=LEAVE,
            person=who.actor.person,
            saved="na" in request.query_params,
        )

    def begin(self, request: Request) -> Response:
        """Show the form of a new group."""
        who = self.known(request)
        return self._form(request, who, START, _new(who, ""), {})

    def empty(self, request: Request) -> Response:
        """Show a form of a group that nobody filled in yet."""
        who, (form, within) = self.known(request, "directory"), _found(request)
        return self._form(request, who, form, within, self._begun(who, form, within))

    def _begun(self, who: Asking, form: Form, within: UUID) -> dict[str, str]:
        """Begin with oneself; what one asks and offers begins with what stands, or it is lost."""
        if form in GUIDING:
            return {}
        typed = {"person": str(who.actor.person)}
        if form is NEEDS:
            found = group(self.services, who, within)["members"]
            own = next((each for each in found if each["own"]), {"needs": (), "offers": ()})
            typed |= {name: "\n".join(own[name]) for name in ("needs", "offers")}
        return typed

    async def start(self, request: Request) -> Response:
        """Begin a group."""
        who, typed = await self.sent(request, START.several)
        return await run_in_threadpool(
            self._save, request, who, START, _new(who, typed["key"]), typed
        )

    async def save(self, request: Request) -> Response:
        """Save what was typed, or show it again with what is not right yet."""
        form, within = _found(request)
        who, typed = await self.sent(request, form.several)
        return await run_in_threadpool(self._save, request, who, form, within, typed)

    def _save(
        self, request: Request, who: Asking, form: Form, within: UUID, typed: Typed
    ) -> Response:
        answer = self.store(who, within, form.command, typed, partial(command, form, typed))
        if isinstance(answer, Again):
            return self._form(request, who, form, within, *answer)
        to = _LIST if form in _LEAD_OUT else f"{_LIST}/{within}"
        return self.on(who, answer.position, to)

    def _form(  # noqa: PLR0913, PLR0917 - what a form shows again
        self,
        request: Request,
        who: Asking,
        form: Form,
        within: UUID,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
    ) -> Response:
        """Show a form to who may give its command; where they read nothing, it is not there."""
        options = self._options(who, form, within)
        if not self._may(who, within, form):
            raise not_allowed(recorders(form.command, who.actor.role))
        asked = lay_out(form, typed, wrong or {}, options, self.services.today())
        return self.page(
            request,
            who,
            "group_form.html",
            status=status,
            form=form,
            back=_LIST if form is START else f"{_LIST}/{within}",
            key=key(typed),
            asked=asked,
        )

    def _options(self, who: Asking, form: Form, within: UUID) -> dict[str, Sequence[Option]]:
        """Name whom or what one picks from; raises Problem to who does not read the group."""
        if form is START:
            about = me(self.services, who)
            at = about["organisation"]
            return {"organisation": [Option(str(at), about["organisation_name"])] if at else []}
        if form in _ANSWERS:
            return {}  # who is invited reads nothing yet
        inside = members(self.services, who, within)
        people = self._outside(who, within) if form in GUIDING else inside
        options = [Option(str(each), name) for each, name in people]
        return {"person": options, "came": options}

    def _outside(self, who: Asking, within: UUID) -> list[tuple[UUID, str]]:
        """Name the clients of who asks that are not in the group: nobody else is known to them."""
        inside = {each for each, _ in members(self.services, who, within)}
        return [each for each in clients(self.services, who) if each[0] not in inside]

    def _may(self, who: Asking, within: UUID, form: Form) -> bool:
        return bool(may(self.services, who, within, [form.command]))


_ANSWERS = (JOIN, LEAVE)
_LEAD_OUT = (START, *_ANSWERS)
"""After these it depends on one's role whether the group opens."""


def _new(who: Asking, typed: str) -> UUID:
    """Give the id of a group yet to begin: the same for the same form."""
    return uuid5(who.actor.person, f"group/{typed}")


def _found(request: Request) -> tuple[Form, UUID]:
    """Give the form and the group that an address names; raises Problem."""
    form = GROUP_FORMS.get(request.path_params["form"])
    if form is None:
        raise not_found()
    return form, identifier(request.path_params["id"])

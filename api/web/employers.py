"""The pages of employers: who they are, how it stands with them, and who of ours knows them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model
from api.problems import Problem, not_found
from api.reading.asking import Asking
from api.reading.at_employers import DETAILS as SAID
from api.reading.at_employers import at_employer, facts, known_employers
from api.reading.searching import alike
from api.web.forms.employer import CONTACT_PERSON, DETAILS, FUNCTION, NEW
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.posting import command, key
from api.web.forms.questions import lay_out
from api.web.rendering import signed_in
from api.web.saving import Again, saved
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.language import Text
from domain.rules.base import Command, Refused
from domain.rules.employer import (
    AddContactPerson,
    ChangeEmployerDetails,
    RegisterEmployer,
    RemoveContactPerson,
)
from domain.rules.people import RegisterPerson, look_first
from eventlog.request import Answer, NotAllowed, NotFound
from eventlog.request import Request as Asked

_PAGE = "/werkgevers"
_FORMS: Mapping[str, Form] = {each.name: each for each in (DETAILS, CONTACT_PERSON)}
"""Of an employer that is there."""
_ASKS: Mapping[str, Command] = {
    NEW.name: RegisterEmployer(name="-"),
    DETAILS.name: ChangeEmployerDetails(name="-"),
    CONTACT_PERSON.name: AddContactPerson(person=UUID(int=0)),
}
"""What a form asks, whatever is typed: by it is heard whether somebody may ask it at all."""
_MODELS = ("directory", "timeline", "current_state")


class Employers(Section):
    """The list, an employer, and its forms."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        one = f"{_PAGE}/{{id}}"
        return [
            Address(_PAGE, get(self.all), methods=["GET"]),
            Address(_PAGE, post(self.search), methods=["POST"]),
            Address(f"{_PAGE}/{NEW.name}", get(self.empty), methods=["GET"]),
            Address(f"{_PAGE}/{NEW.name}", post(self.save), methods=["POST"]),
            Address(one, get(self.one), methods=["GET"]),
            Address(f"{one}/weg/{{person}}", post(self.remove), methods=["POST"]),
            Address(f"{one}/{{form}}", get(self.empty), methods=["GET"]),
            Address(f"{one}/{{form}}", post(self.save), methods=["POST"]),
        ]

    def all(self, request: Request) -> Response:
        """List the employers."""
        return self._list(request, "", request.query_params.get("verder"))

    async def search(self, request: Request) -> Response:
        """List those whose name begins so; what is looked for stands in no address."""
        _, typed = await self.sent(request)
        start, cursor = typed.get("name", "").strip(), typed.get("verder") or None
        return await run_in_threadpool(self._list, request, start, cursor)

    def one(self, request: Request) -> Response:
        """Tell of one employer."""
        who = self.known(request, *_MODELS)
        employer = identifier(request.path_params["id"])
        found = at_employer(self.services, who, employer)
        return self.page(
            request,
            who,
            "employer.html",
            found=found,
            saved="na" in request.query_params,
            may_change=self._may(who, employer, _ASKS[DETAILS.name]),
            may_add=self._may(who, employer, _ASKS[CONTACT_PERSON.name]),
        )

    def empty(self, request: Request) -> Response:
        """Show a form that nobody filled in yet; details begin with what stands."""
        who, (form, employer) = self.known(request, *_MODELS), self._asked(request)
        typed: dict[str, str] = {}
        if form is DETAILS:
            found = facts(self.services, who, employer)
            typed = {name: found[name] or "" for name in SAID}
        return self._show(request, form, employer, typed)

    async def save(self, request: Request) -> Response:
        """Save what was typed, or show it again with what is not right yet."""
        form, employer = self._asked(request)
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._save, request, who, form, employer, typed)

    async def remove(self, request: Request) -> Response:
        """Note that somebody is no longer the one to ask for."""
        who, typed = await self.sent(request)
        employer, person = (identifier(request.path_params[name]) for name in ("id", "person"))
        gone = RemoveContactPerson(person=person)

        def removed() -> Response:
            answer = self.store(who, employer, RemoveContactPerson, typed, lambda: gone)
            if isinstance(answer, Again):
                facts(self.services, who, employer)  # raises for one that is not there
                raise answer.problem()
            return self._back(who, employer, answer)

        return await run_in_threadpool(removed)

    def _save(
        self, request: Request, who: Asking, form: Form, employer: UUID, typed: Typed
    ) -> Response:
        if form is NEW:  # sent again it is the same employer
            employer = uuid5(NAMESPACE_OID, f"{typed['key']}/employer")
        taking = self._add_person if form is CONTACT_PERSON else self._say
        answer = saved(who, form.command, typed, lambda: taking(who, form, employer, typed))
        if isinstance(answer, Again):
            return self._show(request, form, employer, *answer)
        return self._back(who, employer, answer)

    def _say(self, who: Asking, form: Form, employer: UUID, typed: Typed) -> Answer:
        asked = self._command(who, employer, command(form, typed), f"web:{typed['key']}")
        return self.services.handler.handle(asked)

    def _add_person(self, who: Asking, form: Form, employer: UUID, typed: Typed) -> Answer:
        """Make somebody known and the one to ask for; first of all that this may be."""
        person = uuid5(NAMESPACE_OID, f"{typed['key']}/person")
        register = command(form, typed)
        does = typed.get(FUNCTION, "").strip() or None
        add = read_model(AddContactPerson, orjson.dumps({"person": person, FUNCTION: does}))
        handler, sent = self.services.handler, f"web:{typed['key']}"
        if not self._may(who, employer, add):
            raise NotFound
        assert isinstance(register, RegisterPerson)  # noqa: S101 - what its form makes
        asked = self._command(who, person, register, sent)
        if handler.foresee(asked):
            found = alike(self.services, who, person, register)
            look_first(found, person, somebody_else=register.somebody_else)
        handler.handle(asked)
        return handler.handle(self._command(who, employer, add, f"{sent}:contact"))

    def _may(self, who: Asking, employer: UUID, wanted: Command) -> bool:
        """Say whether somebody may ask this of an employer; what a rule says is for later."""
        try:
            self.services.handler.foresee(self._command(who, employer, wanted, None))
        except (NotFound, NotAllowed):
            return False
        except Refused:
            pass
        return True

    @staticmethod
    def _command(who: Asking, stream: UUID, asked: Command, sent: str | None) -> Asked:
        return Asked(who.actor, stream, asked, sent, correlation=who.request)

    def _asked(self, request: Request) -> tuple[Form, UUID]:
        """Give the form and the employer that an address names; raises Problem."""
        name, given = request.path_params.get("form"), request.path_params.get("id")
        if given is None:
            return NEW, uuid4()
        form = _FORMS.get(str(name))
        if form is None:
            raise not_found()
        return form, identifier(given)

    def _show(  # noqa: PLR0913, PLR0917 - what a form shows again
        self,
        request: Request,
        form: Form,
        employer: UUID,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
    ) -> Response:
        """Show a form with what was typed, to who may note such a thing."""
        who = signed_in(request)
        about = None if form is NEW else facts(self.services, who, employer)
        if not self._may(who, employer, _ASKS[form.name]):
            raise not_found()
        back = _PAGE if about is None else f"{_PAGE}/{employer}"
        return self.page(
            request,
            who,
            "plain_form.html",
            status=status,
            form=form,
            action=f"{back}/{form.name}",
            back=back,
            about=about and about["name"],
            leads_back=N_("Employers"),
            key=key(typed),
            asked=lay_out(form, typed, wrong or {}, {}, self.services.today()),
        )

    def _list(self, request: Request, start: str, cursor: str | None) -> Response:
        who = self.known(request, *_MODELS)
        wrong = None
        try:
            found = known_employers(self.services, who, start, cursor)
        except Problem as problem:
            wrong = next((each.problem for each in problem.errors if each.field == "name"), None)
            if wrong is None:
                raise
            start = ""
            found = known_employers(self.services, who, start)
        return self.page(
            request,
            who,
            "employers.html",
            status=422 if wrong else 200,
            wrong=wrong,
            found=found,
            start=start,
            further=cursor is not None,
            may_add=self._may(who, uuid4(), _ASKS[NEW.name]),
        )

    def _back(self, who: Asking, employer: UUID, answer: Answer) -> Response:
        return self.on(who, answer.position, f"{_PAGE}/{employer}")

"""Who is around the client, as the client chooses it; and what somebody close is asked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import not_found
from api.reading.gate import Access, admit, tied
from api.reading.moment import NOW
from api.reading.numbers import number_for
from api.reading.sharing import sharing
from api.reading.state import stand_for, state
from api.web.forms.client import HOW_MUCH, INVITE, PERMIT, REMOVE, WITHDRAW
from api.web.forms.form import Form
from api.web.forms.registry import FORMS
from api.web.openness import shared, theirs
from api.web.section import Gives, Section
from domain.events.base import GrantKind
from domain.policy import may_record
from domain.rules.team import JoinNetwork

JOIN = FORMS[JoinNetwork.NAME]
_TEAM = frozenset({GrantKind.TEAM, GrantKind.COVER})


class Circle(Section):
    """The people around one client."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses."""
        return [
            Address("/traject/{id}/mensen", get(self.people)),
            Address("/traject/{id}/uitnodiging", get(self.invitation)),
        ]

    def people(self, request: Request) -> Response:
        """Show who is there, what each sees, and how to change that."""
        who, trajectory = self.asked(request, "directory")
        tied(self.services, who, trajectory)  # to who is not, it is not there
        access, found = theirs(lambda: sharing(self.services, who, trajectory))
        lines = list(shared(access, found["sharing"]))

        def of(*kinds: GrantKind) -> list[object]:
            return [each for each in lines if each.told["kind"] in kinds]

        return self.page(
            request,
            who,
            "circle.html",
            trajectory=trajectory,
            team=of(*_TEAM),
            close=of(GrantKind.NETWORK),
            permissions=of(GrantKind.PERMISSION),
            joined=access.joined,
            invite=_offered(access, INVITE),
            permit=_offered(access, PERMIT),
            how_much=_offered(access, HOW_MUCH),
            remove=_offered(access, REMOVE),
            withdraw=_offered(access, WITHDRAW),
            address=f"{request.url.scheme}://{request.url.netloc}/traject/{trajectory}/uitnodiging",
            number=number_for(self.services, access),
            saved="na" in request.query_params,
        )

    def invitation(self, request: Request) -> Response:
        """Show somebody close what they were asked for, and let them say yes or no.

        To everybody else there is no invitation.
        """
        who, trajectory = self.asked(request)
        access = admit(self.services, who, trajectory)
        share = access.sight.relation.share
        if share is None:
            raise not_found()
        about = state(self.services, stand_for(self.services, access, NOW))
        return self.page(
            request,
            who,
            "invitation.html",
            trajectory=trajectory,
            client=about["client"],
            share=share,
            person=access.person,
            joined=access.person in access.joined,
            join=_offered(access, JOIN),
            leave=_offered(access, REMOVE),
        )


def _offered(access: Access, form: Form) -> Form | None:
    return form if may_record(access.sight.relation, form.command) else None

"""Looking for work: since when, which applications, and the first contact face to face."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.search import (
    ApplicationMade,
    ContactResult,
    EmployerContactMade,
    InterviewHeld,
    NextJobSearchStarted,
    OfferDeclined,
    OfferMade,
)
from domain.events.search_plan import SearchPlanAgreed, SearchPlanRevised
from domain.events.topics import SearchTopic
from domain.state.said import Mark, mark


class Application(NamedTuple):
    """One application and how far it came."""

    id: UUID
    employer: UUID | None
    offered: bool = False
    hours_offered: float | None = None
    declined: bool = False
    reason: Mark = None
    """The mark of why."""


class BrokerRequest(NamedTuple):
    """What a job broker was asked, without what it was."""

    id: UUID
    broker: UUID


class Search(NamedTuple):
    """The search as it stands."""

    searched_on: date | None = None
    """The last day on which something was done to find work."""
    first_in_person_on: date | None = None
    """The first meeting with an employer (fidelity item 15)."""
    restarted_on: date | None = None
    employer_contacts: int = 0
    applications: tuple[Application, ...] = ()
    planned_on: date | None = None
    requests: tuple[BrokerRequest, ...] = ()
    leads: tuple[UUID, ...] = ()

    def application(self, wanted: UUID) -> Application | None:
        """Find one by its id."""
        return next((each for each in self.applications if each.id == wanted), None)

    def request(self, wanted: UUID) -> BrokerRequest | None:
        """Find what a broker was asked by its id."""
        return next((each for each in self.requests if each.id == wanted), None)


def evolve_search(search: Search, event: SearchTopic) -> Search:
    searched_on = max(search.searched_on or event.occurred_on, event.occurred_on)
    match event:
        case EmployerContactMade():
            return _after_contact(search, event)._replace(searched_on=searched_on)
        case SearchPlanAgreed() | SearchPlanRevised():
            return search._replace(searched_on=searched_on, planned_on=event.occurred_on)
        case BrokerRequestMade():
            asked = BrokerRequest(event.request, event.broker)
            return search._replace(searched_on=searched_on, requests=(*search.requests, asked))
        case BrokerRequestAnswered():
            return search._replace(searched_on=searched_on)
        case NetworkLeadOffered():
            return search._replace(leads=(*search.leads, event.lead))
        case ApplicationMade():
            made = Application(event.application, event.employer)
            return search._replace(
                searched_on=searched_on, applications=(*search.applications, made)
            )
        case InterviewHeld():
            return search._replace(searched_on=searched_on)
        case OfferMade():
            hours = event.hours_per_week
            return _changed(
                search,
                event.application,
                lambda each: each._replace(offered=True, hours_offered=hours),
            )
        case OfferDeclined():
            reason = mark(event.reason)
            return _changed(
                search,
                event.application,
                lambda each: each._replace(declined=True, reason=reason),
            )
        case NextJobSearchStarted():
            return search._replace(searched_on=searched_on, restarted_on=event.occurred_on)
        case _:
            assert_never(event)


def _after_contact(search: Search, event: EmployerContactMade) -> Search:
    spoke = event.result is ContactResult.SPOKE
    first = search.first_in_person_on
    if spoke and event.mode.in_person:
        first = min(first or event.occurred_on, event.occurred_on)
    return search._replace(
        first_in_person_on=first, employer_contacts=search.employer_contacts + spoke
    )


def _changed(
    search: Search, application: UUID, change: Callable[[Application], Application]
) -> Search:
    return search._replace(
        applications=tuple(
            change(each) if each.id == application else each for each in search.applications
        )
    )

"""What others said in confidence is looked over by a person before a file is copied or erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.rhythm import months_later
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory
from domain.state import Trajectory


class LookedOver(OnTrajectory):
    """An answer of a record holder for which somebody looked over others' words (reference 0.1)."""

    AFTER_CLOSING = True

    request: UUID
    checked_by: UUID
    """Who looked over what others said in confidence: somebody of your organisation."""
    checked_on: Day
    """On which day; not before it was asked."""

    def holder(self, facts: Facts) -> UUID:
        """Give for which organisation is answered."""
        if facts.organisation is None:
            raise Refused(
                "Elke organisatie beslist over het eigen dossier. Meld je aan voor je organisatie.",
                "Each organisation decides about its own record. Sign in for your organisation.",
            )
        return facts.organisation

    def looked_over(self, state: Trajectory, facts: Facts, asked_on: date) -> None:
        """Refuse who cannot have looked it over, and a day on which it cannot have been."""
        works_there = facts.held is None or any(
            each.person == self.checked_by and each.organisation == facts.organisation
            for each in facts.held
        )
        if self.checked_by == state.client or not works_there:
            raise Refused(
                "Wat anderen in vertrouwen zeiden, kijkt iemand van jouw organisatie na, en niet "
                "de cliënt. Kies een collega, of jezelf.",
                "What others said in confidence is looked over by somebody of your organisation, "
                "and not by the client. Choose a colleague, or yourself.",
                "checked_by",
            )
        not_later(self.checked_on, facts, "checked_on")
        if self.checked_on < asked_on:
            raise Refused(
                "Dit is van voor het verzoek; er kan iets bij gekomen zijn. Laat het nog eens "
                "nakijken.",
                "This is from before it was asked; something may have been added. Have it looked "
                "over once more.",
                "checked_on",
            )

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.checked_by, "checked_by")


def answer_by(asked_on: date) -> date:
    """Give the day by which is answered: within one month (reference 7.3)."""
    return months_later(asked_on, 1)


def not_asked() -> Refused:
    """Say that nothing was asked under this id."""
    return Refused(
        "Dit verzoek staat er niet. Kies er een uit de lijst.",
        "There is no such request. Choose one from the list.",
        "request",
    )

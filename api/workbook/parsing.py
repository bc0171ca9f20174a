"""Reads one row of each sheet into its typed form; what is wrong stays with the fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from api.workbook import words
from api.workbook.cells import LONG
from api.workbook.fields import Fields
from api.workbook.layout import fold
from api.workbook.rows import Contact, Employer, Person, Placement, Score, Trajectory
from api.workbook.words import ContactKind
from domain.events.placement import EndReason, TrialResult
from domain.events.support import WithWhom
from domain.state.work import PlacementKind

_FIRST_YEAR = 1900
_KEY = ("Nummer", "Datum", "Soort")


@dataclass(slots=True)
class Parser:
    """Knows what rows may refer to, and how often a key was seen that may occur more than once."""

    as_of: date
    people: Collection[str] = ()
    employers: Collection[str] = ()
    seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def person(self, of: Fields) -> Person:
        number = fold(of.needed_text("Nummer"))
        if number and self._counted(of, number)[-1] != "1":
            of.fault(
                "Nummer",
                "Dit nummer is al gebruikt, hoger op dit blad.",
                "Number used twice: it stands higher on this sheet.",
            )
        return Person(
            row=of.number,
            key=(number,),
            given_name=of.needed_text("Roepnaam"),
            family_name=of.needed_text("Achternaam"),
            birth_year=of.whole("Geboortejaar", _FIRST_YEAR, self.as_of.year),
            phone=of.text("Telefoon"),
            benefit=of.choice("Uitkering", words.BENEFIT),
            language=of.text("Taal"),
            coach=of.needed_text("Coach"),
            care_worker=of.text("Behandelaar"),
        )

    def trajectory(self, of: Fields) -> Trajectory:
        found = Trajectory(
            row=of.number,
            key=(self._number(of),),
            referred_on=of.needed_day("Aangemeld op"),
            channel=of.needed_choice("Via", words.CHANNEL),
            wish=of.text("Werkwens", LONG),
            wants=of.choice("Wil", words.WANT),
            first_talk_on=of.day("Eerste gesprek"),
            closed_on=of.day("Afgerond op"),
            closing=of.choice("Reden afronding", words.CLOSING),
        )
        if found.wish:
            of.filled("Wil")
        if found.closing:
            of.filled("Afgerond op")
        if found.closed_on:
            of.filled("Reden afronding")
        if found.closed_on and found.closed_on < found.referred_on:
            of.fault(
                "Afgerond op",
                "De afronding ligt vóór de aanmelding.",
                "The closing is before the referral.",
            )
        return found

    def contact(self, of: Fields) -> Contact:
        number = self._number(of)
        on = of.needed_day("Datum")
        kind = of.needed_choice("Soort", words.CONTACT)
        return Contact(
            row=of.number,
            key=self._counted(of, number, on.isoformat(), kind),
            on=on,
            kind=kind,
            mode=of.needed_choice("Wijze", words.MODE),
            partner=of.choice("Met", words.PARTNER) or WithWhom.CLIENT,
            employer=self._employer(of, needed=kind is ContactKind.EMPLOYER),
            report=of.text("Verslag", LONG),
            author=of.text("Door"),
        )

    def employer(self, of: Fields) -> Employer:
        name = of.needed_text("Naam")
        return Employer(
            row=of.number,
            key=(fold(name),),
            name=name,
            place=of.text("Plaats"),
            branch=of.text("Branche"),
        )

    def placement(self, of: Fields) -> Placement:
        number = self._number(of)
        employer = self._employer(of, needed=True) or ""
        title = of.needed_text("Functie")
        starts_on = of.needed_day("Start")
        contract = of.needed_choice("Contract", words.CONTRACT)
        reason: EndReason | TrialResult | None
        if contract is PlacementKind.TRIAL:
            reason = of.choice("Reden einde", words.TRIAL_END)
        else:
            reason = of.choice("Reden einde", words.END)
        found = Placement(
            row=of.number,
            key=(number, employer, fold(title), starts_on.isoformat()),
            employer=employer,
            title=title,
            starts_on=starts_on,
            hours=of.hours("Uren per week"),
            contract=contract,
            ended_on=of.day("Einde"),
            reason=reason,
        )
        if found.reason:
            of.filled("Einde")
        if found.ended_on and found.ended_on < starts_on:
            of.fault("Einde", "Het einde ligt vóór de start.", "The end is before the start.")
        return found

    def score(self, of: Fields) -> Score:
        number = self._number(of)
        on = of.needed_day("Datum")
        return Score(
            row=of.number,
            key=self._counted(of, number, on.isoformat()),
            on=on,
            score=of.needed_whole("Cijfer", 1, 10),
            words=of.text("Woorden", LONG),
        )

    def _number(self, of: Fields) -> str:
        """Give the number of a person who is on the sheet of people."""
        said = of.needed_text("Nummer")
        if said and fold(said) not in self.people:
            of.fault(
                "Nummer",
                f"Onbekende persoon: {said} staat niet op Mensen.",
                f"Unknown person: {said} is not on Mensen.",
            )
        return fold(said)

    def _employer(self, of: Fields, *, needed: bool) -> str | None:
        said = of.needed_text("Werkgever") if needed else of.text("Werkgever")
        if said and fold(said) not in self.employers:
            of.fault(
                "Werkgever",
                f"Onbekende werkgever: {said} staat niet (goed) op Werkgevers.",
                f"Unknown employer: {said} is not (well) on Werkgevers.",
            )
        return fold(said) if said else None

    def _counted(self, of: Fields, *key: str) -> tuple[str, ...]:
        """Tell rows apart that share a key by how many times it occurred so far.

        A row of which the key itself is wrong does not count: once corrected it is another row.
        """
        if not of.faulty(*_KEY):
            self.seen[key] += 1
        return (*key, str(self.seen[key]))

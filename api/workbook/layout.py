"""The sheets and columns of a workbook, and how names and keys in it are compared."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

PEOPLE: Final = "Mensen"
TRAJECTORIES: Final = "Trajecten"
CONTACTS: Final = "Contacten"
EMPLOYERS: Final = "Werkgevers"
PLACEMENTS: Final = "Plaatsingen"
WELLBEING: Final = "Welzijn"

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    PEOPLE: (
        "Nummer",
        "Roepnaam",
        "Achternaam",
        "Geboortejaar",
        "Telefoon",
        "Uitkering",
        "Taal",
        "Coach",
        "Behandelaar",
    ),
    TRAJECTORIES: (
        "Nummer",
        "Aangemeld op",
        "Via",
        "Werkwens",
        "Wil",
        "Eerste gesprek",
        "Afgerond op",
        "Reden afronding",
    ),
    CONTACTS: ("Nummer", "Datum", "Soort", "Wijze", "Met", "Werkgever", "Verslag", "Door"),
    EMPLOYERS: ("Naam", "Plaats", "Branche"),
    PLACEMENTS: (
        "Nummer",
        "Werkgever",
        "Functie",
        "Start",
        "Uren per week",
        "Contract",
        "Einde",
        "Reden einde",
    ),
    WELLBEING: ("Nummer", "Datum", "Cijfer", "Woorden"),
}
"""Every sheet and column that a book must have, in the order in which they are shown."""


def fold(text: str) -> str:
    """Give the form in which numbers and names are compared: no case, no outer spaces."""
    return normalize("NFC", text.strip()).casefold()


def heading(text: object) -> str:
    """Give the form in which sheet and column names are compared: no case and no spaces at all."""
    return "".join(normalize("NFC", str(text)).split()).casefold()

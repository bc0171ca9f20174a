"""The words that a book uses for the choices of the domain, each with the value it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from api.workbook.cells import Wrong
from api.workbook.layout import fold
from domain.events.placement import Contract, EndReason
from domain.language import Choice


class Vocabulary(NamedTuple):
    """The words of one column; `what` names it in a sentence."""

    nl: str
    en: str
    values: dict[str, str]

    def value(self, said: str) -> str:
        """Give the value that a word stands for, or name the words that are possible."""
        found = self.values.get(fold(said))
        if found is None:
            possible = ", ".join(self.values)
            raise Wrong(
                f"{self.nl} bestaat niet: {said[:40]!r}. Mogelijk: {possible}.",
                f"{self.en}: {said[:40]!r}. Possible: {possible}.",
            )
        return found


def _labels(choices: Iterable[Choice]) -> dict[str, str]:
    return {fold(choice.label.nl): choice.value for choice in choices}


CHANNEL: Final = Vocabulary(
    "Deze weg van aanmelding",
    "Unknown channel",
    {
        "zelf": "self",
        "inloop": "walk_in",
        "gemeente": "municipality",
        "uwv": "uwv",
        "ggz": "care",
        "welzijn": "welfare",
        "werkgever": "employer",
        "naaste": "network",
    },
)
WANT: Final = Vocabulary(
    "Deze wens",
    "Unknown kind of wish",
    {
        "betaald werk": "paid",
        "meer uren": "more_hours",
        "opleiding": "education",
        "vrijwilligerswerk": "volunteering",
    },
)
BENEFIT: Final = Vocabulary(
    "Deze uitkering",
    "Unknown benefit",
    {
        "ww": "ww",
        "wia": "wia",
        "wao": "wao",
        "wajong": "wajong",
        "bijstand": "bijstand",
        "zw": "zw",
        "geen": "none",
        "anders": "other",
    },
)
CONTACT: Final = Vocabulary(
    "Deze soort contact",
    "Unknown kind of contact",
    {
        "gesprek": "talk",
        "steun": "support",
        "werkgever": "employer",
        "geen gehoor": "no_answer",
    },
)
MODE: Final = Vocabulary(
    "Deze wijze",
    "Unknown way of contact",
    {
        "op locatie": "on_site",
        "wandeling": "walk",
        "telefoon": "phone",
        "kantoor": "office",
        "chat": "chat",
    },
)
PARTNER: Final = Vocabulary(
    "Met wie",
    "Unknown partner",
    {
        "cliënt": "client",
        "client": "client",
        "werkgever": "employer",
        "beiden": "both",
        "familie": "family",
        "collega": "colleague",
    },
)
PAID: Final = frozenset(contract.value for contract in Contract)
UNPAID: Final = {
    "proefplaatsing": "trial",
    "vrijwilligerswerk": "volunteering",
    "beschut": "sheltered",
}
CONTRACT: Final = Vocabulary("Dit contract", "Unknown contract kind", _labels(Contract) | UNPAID)
WORKS_ON: Final = "works_on"
END: Final = Vocabulary(
    "Deze reden van einde",
    "Unknown reason for the end",
    {"werkt door": WORKS_ON} | _labels(EndReason),
)
CLOSING: Final = Vocabulary(
    "Deze reden van afronding",
    "No such reason for closing",
    {
        "wens cliënt": "client_wish",
        "voldoende gesteund": "supported_enough",
        "verhuisd": "moved",
        "overgedragen": "handed_over",
        "overleden": "deceased",
    },
)

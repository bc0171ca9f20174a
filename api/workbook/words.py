"""The words that a book uses for the choices of the domain, each with the value it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from api.workbook.cells import Wrong
from api.workbook.layout import fold
from domain.events.benefit import Benefit
from domain.events.course import ClosingReason
from domain.events.placement import Contract, EndReason, TrialResult
from domain.events.referral import Channel, Want
from domain.events.search import Mode
from domain.events.support import WithWhom
from domain.language import Choice
from domain.state.work import PlacementKind

V = TypeVar("V", bound=str)
C = TypeVar("C", bound=Choice)


@dataclass(frozen=True, slots=True)
class Vocabulary(Generic[V]):
    """The words of one column; `nl` and `en` begin the sentence about a word that is not there."""

    nl: str
    en: str
    values: Mapping[str, V]

    def value(self, said: str) -> V:
        """Give the value that a word stands for, or name the words that are possible."""
        found = self.values.get(fold(said))
        if found is None:
            possible = ", ".join(self.values)
            raise Wrong(
                f"{self.nl} bestaat niet: {said[:40]!r}. Mogelijk: {possible}.",
                f"{self.en}: {said[:40]!r}. Possible: {possible}.",
            )
        return found


def _words(choices: Iterable[C], **own: C) -> dict[str, C]:
    """Take the Dutch labels of choices, after the words that coaches use themselves."""
    said = {word.replace("_", " "): choice for word, choice in own.items()}
    return said | {fold(choice.label.nl): choice for choice in choices}


class ContactKind(StrEnum):
    """What a row about a contact is."""

    TALK = "talk"
    SUPPORT = "support"
    EMPLOYER = "employer"
    NO_ANSWER = "no_answer"


CHANNEL: Final = Vocabulary(
    "Deze weg van aanmelding",
    "Unknown channel",
    _words(Channel, ggz=Channel.CARE, welzijn=Channel.WELFARE, naaste=Channel.NETWORK),
)
WANT: Final = Vocabulary(
    "Deze wens", "Unknown kind of wish", _words(Want, opleiding=Want.EDUCATION)
)
BENEFIT: Final = Vocabulary(
    "Deze uitkering",
    "Unknown benefit",
    _words(Benefit, geen=Benefit.NONE, zw=Benefit.ZW, anders=Benefit.OTHER),
)
CONTACT: Final = Vocabulary(
    "Deze soort contact",
    "Unknown kind of contact",
    {
        "gesprek": ContactKind.TALK,
        "steun": ContactKind.SUPPORT,
        "werkgever": ContactKind.EMPLOYER,
        "geen gehoor": ContactKind.NO_ANSWER,
    },
)
MODE: Final = Vocabulary(
    "Deze wijze",
    "Unknown way of contact",
    _words(
        Mode,
        op_locatie=Mode.ON_SITE,
        wandeling=Mode.WALK,
        telefoon=Mode.PHONE,
        kantoor=Mode.OFFICE,
        chat=Mode.CHAT,
        beeldbellen=Mode.VIDEO,
        mail=Mode.MAIL,
    ),
)
PARTNER: Final = Vocabulary(
    "Zo'n gesprekspartner",
    "Unknown partner",
    _words(WithWhom, client=WithWhom.CLIENT, beiden=WithWhom.BOTH, familie=WithWhom.FAMILY),
)
CONTRACT: Final[Vocabulary[Contract | PlacementKind]] = Vocabulary(
    "Dit contract",
    "Unknown contract kind",
    {
        **_words(Contract),
        "proefplaatsing": PlacementKind.TRIAL,
        "vrijwilligerswerk": PlacementKind.VOLUNTEERING,
        "beschut": PlacementKind.SHELTERED,
    },
)
END: Final = Vocabulary("Deze reden van einde", "Unknown reason for the end", _words(EndReason))
TRIAL_END: Final = Vocabulary(
    "Deze afloop van een proefplaatsing",
    "Unknown result of a trial placement",
    _words(TrialResult, werkt_door=TrialResult.HIRED, liep_af=TrialResult.ENDED),
)
CLOSING: Final = Vocabulary(
    "Deze reden van afronding",
    "No such reason for closing",
    _words(
        ClosingReason,
        wens_cliënt=ClosingReason.CLIENT_WISH,
        genoeg_steun=ClosingReason.SUPPORTED_ENOUGH,
    ),
)

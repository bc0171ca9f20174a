"""What smells of control (reference 6.3), said to the writer alone before saving."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, cast

from domain.checks import towards_client
from domain.events import TrajectoryEvent
from domain.events.base import Event
from domain.events.course import ReEntered
from domain.events.placement import JobStarted
from domain.events.referral import WordsBy
from domain.events.setback import SetbackSignalled
from domain.events.support import (
    ContactWelcomeAgain,
    OutreachAttempted,
    RhythmChoice,
)
from domain.events.trust import TookPart, TrustDecision
from domain.language import Text
from domain.rhythm import TRIES, months_later, promised_per_month
from domain.roles import Role
from domain.rules import Command
from domain.rules.base import Dated, long_ago
from domain.rules.placement import ExtendTrialPlacement, LogPlacement
from domain.rules.support import AgreeRhythm, LogContact
from domain.rules.trust import RecordDecision, ReviseDecision
from domain.state import fold
from domain.state.work import PlacementKind


class _Smell(NamedTuple):
    words: tuple[str, ...]
    """An asterisk stands for the rest of a word, a tilde for a word or two, or none."""
    instead: Text


SMELLS: tuple[_Smell, ...] = (
    _Smell(
        (
            *("niet meegewerkt", "werkt niet mee", "werkte niet mee", "medewerking weiger*"),
            *("weigert medewerking", "weigerde medewerking", "onwillig*", "weerstand"),
            *("not cooperat*", "did not cooperate", "does not cooperate", "uncooperative"),
            *("refused to cooperate", "refuses to cooperate", "non-compliant", "noncompliant"),
        ),
        Text(
            "Je schrijft “{found}”. Wat wilde de cliënt zelf, en wat hebben wij gedaan of gelaten?",
            "You write “{found}”. What did the client want, and what did we do or not do?",
        ),
    ),
    _Smell(
        (
            *("afspraak ~ niet nagekomen", "afspraken ~ niet nagekomen", "niet verschenen"),
            *("komt ~ afspraken niet na", "komt ~ afspraak niet na", "niet komen opdagen"),
            *("kwam ~ afspraken niet na", "kwam ~ afspraak niet na"),
            *("kwam niet opdagen", "no-show", "no show", "did not show up", "did not turn up"),
            *("missed the appointment", "missed appointments", "failed to attend"),
            "did not keep the appointment",
        ),
        Text(
            "Je schrijft “{found}”. Wie beloofde wat, en hoe kunnen wij het makkelijker maken om "
            "elkaar te zien?",
            "You write “{found}”. Who promised what, and how can we make it easier to meet?",
        ),
    ),
    _Smell(
        (
            *("niet gemotiveerd", "ongemotiveerd", "geen motivatie", "gebrek aan motivatie"),
            *("unmotivated", "not motivated", "lack of motivation", "lacks motivation"),
        ),
        Text(
            "Je schrijft “{found}”. Wat zou de cliënt wel willen? Dat helpt wie dit later leest.",
            "You write “{found}”. What would the client like? That helps whoever reads this later.",
        ),
    ),
    _Smell(
        (
            *("sanctie*", "maatregel opleggen", "maatregel opgelegd", "korting op de uitkering"),
            *("gekort op de uitkering", "verwijtbaar", "sanction*", "benefit cut", "penalised"),
        ),
        Text(
            "Je schrijft “{found}”. Dit dossier is er niet voor straf of toezicht; wat is hier "
            "nodig?",
            "You write “{found}”. This file is not for punishment or control; what is needed here?",
        ),
    ),
    _Smell(
        (
            *("nog niet klaar voor werk", "niet werkfit", "niet bemiddelbaar", "niet toe aan werk"),
            *("not ready for work", "not job ready", "not job-ready", "unemployable"),
        ),
        Text(
            "Je schrijft “{found}”. Wie wil werken, mag beginnen; wat is er nodig om dat te "
            "kunnen?",
            "You write “{found}”. Whoever wants to work may begin; what would make that possible?",
        ),
    ),
)
"""(P) Own lists, to be checked by a domain expert: signs to think again, never a verdict."""


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    found = "|".join(map(re.escape, words)).replace(r"\*", r"\w*")
    found = found.replace(r"\ \~\ ", r"(?:\s+\w+){0,2}\s+").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


_FOUND = tuple((_pattern(smell.words), smell.instead) for smell in SMELLS)


def smells(text: str) -> list[Text]:
    """Give a question for the writer about each kind of control that these words smell of."""
    return [
        instead.filled(found=" ".join(found[0].split()))
        for pattern, instead in _FOUND
        if (found := pattern.search(text))
    ]


def smells_in(words: Iterable[str], role: Role) -> list[Text]:
    """Give each question about several texts once; what the client writes themselves is none."""
    if role is Role.CLIENT:
        return []
    return list(dict.fromkeys(each for text in words for each in smells(text)))


AROUND_A_MISS = timedelta(days=30)
"""How long before and after it contact is compared. (P), to be checked."""

_MORE_AFTER_A_MISS = Text(
    "Wij kregen geen gehoor, en daarna wordt het vaker contact dan ervoor. Wat wil de cliënt: "
    "vaker, minder vaak of anders?",
    "There was no answer, and after it contact becomes more frequent than before. What would the "
    "client like: more, less, or another way?",
)
_AGAIN_WITHOUT = Text(
    "Ook bij de vorige keuze was de cliënt er niet bij. Wat is er nodig om deze keuze samen te "
    "maken?",
    "The client was not part of the previous choice either. What would it take to make this "
    "choice together?",
)

TRIAL_MONTHS = 6
"""A trial placement that lasts longer is asked about, and goes ahead (reference 4)."""
_LONG_TRIAL = Text(
    "Deze proefplaatsing duurt langer dan zes maanden, en al die tijd is er geen loon. Is een "
    "gewone baan al mogelijk? Noteren kan altijd.",
    "This trial placement lasts more than six months, all that time without pay. Is an ordinary "
    "job possible already? You can note it all the same.",
)

_LONG_AGO = Text(
    "Dit gebeurde langer dan 30 dagen geleden. Noteren kan altijd; herkent de cliënt het nog zo?",
    "This happened more than 30 days ago. You can note it all the same; does the client still "
    "recognise it like this?",
)

_ASKED_FOR = (SetbackSignalled, ContactWelcomeAgain, ReEntered, JobStarted)
"""After these more contact is what was promised, or what the client asks for."""


def smells_of(command: Command, history: Sequence[Event], role: Role, today: date) -> list[Text]:
    """Give a question for the writer about a command that they are about to give.

    `history` is what stands in the file in the order of the log, as far as the writer sees it,
    with corrections resolved. What the client says or chooses themselves is no control. That
    something is noted late is told here and nowhere else (reference 0.1).
    """
    if role is Role.CLIENT:
        return []
    return [*_late(command, today), *_of_control(command, history, today)]


def _late(command: Command, today: date) -> list[Text]:
    if not isinstance(command, Dated) or command.occurred_on is None:
        return []
    return [_LONG_AGO] if long_ago(command.occurred_on, today) else []


def _of_control(command: Command, history: Sequence[Event], today: date) -> list[Text]:
    match command:
        case LogContact() | AgreeRhythm() if _more_after_a_miss(command, history, today):
            return [_MORE_AFTER_A_MISS]
        case RecordDecision() | ReviseDecision() if _again_without(command, history):
            return [_AGAIN_WITHOUT]
        case LogPlacement() | ExtendTrialPlacement() if _long_trial(command, history):
            return [_LONG_TRIAL]
        case _:
            return []


def _more_after_a_miss(
    command: LogContact | AgreeRhythm, history: Sequence[Event], today: date
) -> bool:
    """Say whether contact becomes more frequent than it was before nobody answered.

    What the team promised is no more than that: the agreed rhythm, and two more attempts (0.1).
    """
    day = command.occurred_on or today
    tries = [each for each in history if towards_client(each)]
    missed = [each.occurred_on for each in tries if isinstance(each, OutreachAttempted)]
    miss = min((on for on in missed if day - AROUND_A_MISS <= on <= day), default=None)
    if miss is None:
        return False
    begin = miss - AROUND_A_MISS
    if any(isinstance(each, _ASKED_FOR) and begin <= each.occurred_on for each in history):
        return False
    promised = promised_per_month(fold(cast("Sequence[TrajectoryEvent]", history)))
    if isinstance(command, AgreeRhythm):
        return command.choice is not RhythmChoice.CLIENT and command.per_month > promised
    if not command.with_whom.has_client:
        return False
    before = sum(begin <= each.occurred_on < miss for each in tries)
    # The miss itself is among these, and what is about to be noted is not.
    after = sum(miss <= each.occurred_on <= day for each in tries)
    return after > max(before, promised, TRIES - 1)


def _again_without(command: RecordDecision | ReviseDecision, history: Sequence[Event]) -> bool:
    """Say whether the client is no part of this choice, and was none of the one before."""
    choices = [each for each in history if isinstance(each, TrustDecision)]
    if isinstance(command, ReviseDecision):
        choices = [each for each in choices if each.decision == command.revises]
    # Whoever is asked is not the client: that the client writes it is theirs alone to say.
    if not choices or _took_part(command):
        return False
    last = choices[-1]
    wrote = last.client_words_by is WordsBy.CLIENT
    return last.decision != command.decision and not (wrote or _took_part(last))


def _long_trial(command: LogPlacement | ExtendTrialPlacement, history: Sequence[Event]) -> bool:
    """Say whether a trial placement would last longer than six months, all in all."""
    starts_on = None
    if isinstance(command, LogPlacement):
        starts_on = command.starts_on if command.kind is PlacementKind.TRIAL else None
    elif found := fold(cast("Sequence[TrajectoryEvent]", history)).work.find(command.placement):
        starts_on = found.starts_on
    if starts_on is None or command.ends_on is None:
        return False
    return command.ends_on >= months_later(starts_on, TRIAL_MONTHS)


def _took_part(choice: RecordDecision | ReviseDecision | TrustDecision) -> bool:
    """Say whether the client was there, or was asked beforehand."""
    return any(
        each.role is Role.CLIENT and each.took_part is not TookPart.NOT_ASKED
        for each in choice.participants
    )

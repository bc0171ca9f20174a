"""What is told at once to who says that it is not going well (reference 0.1, setback)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.holidays import DUTCH
from domain.language import Language, Text, capital, spoken, verbatim
from domain.rhythm import answer_due
from domain.roles import Role
from domain.wording import listed, weekday

# (P), to be checked with each team: when somebody reads.
OPENS, CLOSES = 9, 17
READ_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
"""Who of the team answers a signal, and so looks whether there is one."""
EMERGENCY, CRISIS_LINE = "112", "0800-0113"
_MONDAY_TO_FRIDAY = range(5)
_TODAY = Text("vandaag", "today")
_TOMORROW = Text("morgen, vanaf {hour} uur", "tomorrow, from {hour}:00")
_ON_DAY = Text("{day}, vanaf {hour} uur", "on {day}, from {hour}:00")
_TEAM = Text("Het team", "The team")
# Each for one and for several.
_READ = (
    Text("{who} leest dit {when}.", "{who} reads this {when}."),
    Text("{who} lezen dit {when}.", "{who} read this {when}."),
)
_SEE = (
    Text(
        "{who} ziet {when} dat het even niet goed gaat, maar niet wat je schrijft.",
        "{who} sees {when} that it is not going well, but not what you write.",
    ),
    Text(
        "{who} zien {when} dat het even niet goed gaat, maar niet wat je schrijft.",
        "{who} see {when} that it is not going well, but not what you write.",
    ),
)
_ONLY_SEE = (
    Text(
        "{who} ziet alleen dat het even niet goed gaat, niet wat je schrijft.",
        "{who} sees only that it is not going well, not what you write.",
    ),
    Text(
        "{who} zien alleen dat het even niet goed gaat, niet wat je schrijft.",
        "{who} see only that it is not going well, not what you write.",
    ),
)
_SEE_SOMETHING = (
    Text(
        "{who} ziet {when} dat het even niet goed gaat.",
        "{who} sees {when} that it is not going well.",
    ),
    Text(
        "{who} zien {when} dat het even niet goed gaat.",
        "{who} see {when} that it is not going well.",
    ),
)
_CAN_READ = (
    Text("{who} kan je woorden lezen.", "{who} can read your words."),
    Text("{who} kunnen je woorden lezen.", "{who} can read your words."),
)
_CAN_READ_TOO = (
    Text("{who} kan je woorden ook lezen.", "{who} can read your words as well."),
    Text("{who} kunnen je woorden ook lezen.", "{who} can read your words as well."),
)
_ANSWERED = Text("Je hoort uiterlijk {by} iets van ons.", "You hear from us by {by}.")
_NIGHT = Text(
    "'s Avonds, 's nachts en in het weekend leest niemand mee.",
    "Nobody reads in the evening, at night and at weekends.",
)
_NOBODY = Text(
    "Er is nu niemand van het team die dit leest. Bel iemand die je vertrouwt, of een van de "
    "nummers hieronder.",
    "There is nobody on the team now who reads this. Call somebody you trust, or one of the "
    "numbers below.",
)
_CHOOSE = Text(
    "Wil je dat iemand je woorden leest? Kies dan wie: iemand van je team of een naaste.",
    "Do you want your words to be read? Then choose by whom: somebody of your team or somebody "
    "close.",
)
_CLIENT_CHOOSES = Text(
    "De cliënt kiest wie je woorden leest.", "The client chooses who reads your words."
)


class Hearing(NamedTuple):
    """Who hears of a signal, by name as whoever gives it may know them."""

    read: Sequence[str] = ()
    """Who of the team reads the words."""
    see: Sequence[str] = ()
    """Who of the team sees that it was given, and no words of it."""
    close: Sequence[str] = ()
    """Who else can read the words."""
    chooses: bool = False
    """Whether who gives it chooses the reader; only the client does (0.1)."""
    open: bool = True
    """Whether who gives it may hear who reads the words; to others it is not told."""


class Number(NamedTuple):
    """Whom to call, and when."""

    name: Text
    number: str | None
    """None: the one nearby, which we do not know."""
    when: Text


def numbers(
    gp_post: str | None = None, emergency: str = EMERGENCY, crisis_line: str = CRISIS_LINE
) -> tuple[Number, ...]:
    """Give whom one can always call; the number of the huisartsenpost differs per region."""
    return (
        Number(
            verbatim(emergency),
            emergency,
            Text("als er nu gevaar is", "when there is danger now"),
        ),
        Number(
            Text("Huisartsenpost", "Out-of-hours doctor (huisartsenpost)"),
            gp_post,
            Text(
                "'s avonds, 's nachts en in het weekend; overdag je eigen huisarts",
                "in the evening, at night and at weekends; by day your own doctor",
            ),
        ),
        Number(
            Text("113 Zelfmoordpreventie", "113 Suicide Prevention"),
            crisis_line,
            Text(
                "als je denkt aan doodgaan; dag en nacht, gratis",
                "when you think of dying; day and night, free",
            ),
        ),
    )


def read_on(moment: datetime, holidays: Container[date] = DUTCH) -> date:
    """Give the day on which somebody reads what is sent at a moment, by the clock of the place."""
    day = moment.date()
    if moment.hour < CLOSES and day.weekday() in _MONDAY_TO_FRIDAY and day not in holidays:
        return day
    return answer_due(day, holidays)


def told(moment: datetime, hearing: Hearing, holidays: Container[date] = DUTCH) -> Text:
    """Say who reads this and when, when the answer comes, and that nobody reads at night.

    Where nobody reads the words it says so, and what is possible instead.
    """
    return spoken(lambda language: " ".join(_told(moment, hearing, holidays, language)))


def _told(
    moment: datetime, hearing: Hearing, holidays: Container[date], language: Language
) -> Iterator[str]:
    def say(one: Text, many: Text, who: Sequence[str], **more: str) -> str:
        names = capital(listed(who, language), language)
        return (many if len(who) > 1 else one).to(language).format(who=names, **more)

    read, see, close, chooses, open_ = hearing
    if not (open_ or see):
        see = (_TEAM.to(language),)
    when = _when(moment, read_on(moment, holidays), language)
    if read:
        yield say(*_READ, read, when=when)
    if see:
        only = _ONLY_SEE if read else _SEE if open_ else _SEE_SOMETHING
        yield say(*only, see, when=when)
    if close:
        yield say(*(_CAN_READ_TOO if read else _CAN_READ), close)
    if not (read or see):
        yield _NOBODY.to(language)
        return
    if not (read or close):
        yield (_CHOOSE if chooses else _CLIENT_CHOOSES).to(language)
    answers = answer_due(moment.date(), holidays)
    yield _ANSWERED.to(language).format(by=weekday(answers, language))
    yield _NIGHT.to(language)


def _when(moment: datetime, reads: date, language: Language) -> str:
    if reads == moment.date():
        return _TODAY.to(language)
    tomorrow = reads == moment.date() + timedelta(days=1)
    text = (_TOMORROW if tomorrow else _ON_DAY).to(language)
    return text.format(day=weekday(reads, language), hour=OPENS)

"""What is counted of the people of a programme: two ladders beside each other, never added up."""

from __future__ import annotations

from domain.outcomes.alone import Alone, alone
from domain.outcomes.counted import Competition, Counted, Question, Rung, Turn, counted
from domain.outcomes.income import Income, income
from domain.outcomes.ips import Ips, Sustained, ips
from domain.outcomes.ladders import Participation, Result, once, participation
from domain.outcomes.period import Period, Person, served
from domain.outcomes.promises import Month, kept, months
from domain.outcomes.small import FEWEST, many, masked, part
from domain.outcomes.track import Track, track
from domain.outcomes.trend import slope, watched

__all__ = [
    "FEWEST",
    "Alone",
    "Competition",
    "Counted",
    "Income",
    "Ips",
    "Month",
    "Participation",
    "Period",
    "Person",
    "Question",
    "Result",
    "Rung",
    "Sustained",
    "Track",
    "Turn",
    "alone",
    "counted",
    "income",
    "ips",
    "kept",
    "many",
    "masked",
    "months",
    "once",
    "part",
    "participation",
    "served",
    "slope",
    "track",
    "watched",
]

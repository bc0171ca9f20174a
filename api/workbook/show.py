"""Shows an import on the terminal: a table per sheet, every refused row, what it comes to."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from api.workbook.fields import Problem
from api.workbook.plan import Plan
from domain.language import Language, Text

_OUTCOMES = {
    "paid_work": Text("betaald werk", "paid work"),
    "volunteering": Text("vrijwilligerswerk", "volunteering"),
    "moved": Text("verhuisd", "moved away"),
    "still_guided": Text("nog begeleid", "still guided"),
}


def show_plan(console: Console, plan: Plan, ignored: Iterable[str], language: Language) -> None:
    """Show what an import comes to."""
    console.print(_sheets(plan, language))
    for title in ignored:
        _line(console, Text("Niet ingelezen", "Ignored"), title, language)
    show_problems(console, plan.result.problems, language)
    outcome = ", ".join(
        f"{count} {_OUTCOMES[name].to(language)}" for name, count in plan.outcome().items()
    )
    _line(console, Text("Trajecten", "Trajectories"), f"{plan.trajectories} ({outcome})", language)
    trials = str(plan.trial_placements)
    _line(console, Text("Proefplaatsingen", "Trial placements"), trials, language)
    _line(console, Text("Notities in totaal", "Entries in all"), str(plan.entries), language)


def show_problems(console: Console, problems: Iterable[Problem], language: Language) -> None:
    """Show every refused row, in both languages."""
    heads = Text("Blad,Rij,Kolom,Nederlands,Engels", "Sheet,Row,Column,Dutch,English").to(language)
    table = Table(show_lines=True)
    for head in heads.split(","):
        table.add_column(head, overflow="fold")  # a sentence is never cut off
    for problem in problems:
        cells = (problem.sheet, str(problem.row), problem.column, *problem.text)
        table.add_row(*(Line(cell) for cell in cells))
    if table.row_count:
        console.print(Line(Text("Geweigerde rijen", "Refused rows").to(language), "bold"))
        console.print(table)


def show_written(
    console: Console, entries: int, problems: Iterable[Problem], language: Language
) -> None:
    """Show what was written, and what the rules refused on the way."""
    show_problems(console, problems, language)
    _line(console, Text("Nieuw vastgelegd", "Newly written"), str(entries), language)


def say(console: Console, text: Text, language: Language) -> None:
    """Say one sentence, as it is."""
    console.print(Line(text.to(language)))


def _sheets(plan: Plan, language: Language) -> Table:
    heads = Text(
        "Blad,Rijen,Goed,Geweigerd,Overgeslagen", "Sheet,Rows,Accepted,Refused,Skipped"
    ).to(language)
    table = Table(title=Line(f"{plan.source}, {plan.as_of:%d-%m-%Y}"))
    for place, head in enumerate(heads.split(",")):
        table.add_column(head, justify="right" if place else "left")
    for name, tally in plan.result.tallies.items():
        counts = (tally.rows, tally.accepted, tally.refused, tally.skipped)
        table.add_row(name, *map(str, counts))
    return table


def _line(console: Console, label: Text, value: str, language: Language) -> None:
    console.print(Line.assemble((f"{label.to(language)}: ", "bold"), value))

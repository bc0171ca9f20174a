"""The import as one command: read, check, show, and write when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize

from rich.console import Console
from rich.progress import Progress

from api.workbook import show
from api.workbook.plan import Plan, make
from api.workbook.reading import Unreadable, read
from api.workbook.writing import Written, write
from domain.language import Language, Text
from eventlog.handler import HOME, Handler

DONE, FAILED, FINDINGS = 0, 1, 3
"""Exit codes: all well; the book cannot be read; some rows were refused."""

_TO_COME = Text(
    "De dag van de import moet nog komen. Kies vandaag of een eerdere dag.",
    "The day of the import is still to come. Choose today or an earlier day.",
)

OpenHandler = Callable[[], AbstractContextManager[Handler]]


def run(  # noqa: PLR0913 - one parameter for each option of the command
    book: Path,
    *,
    source: str | None = None,
    as_of: date | None = None,
    commit: bool = False,
    skip_bad_rows: bool = False,
    as_json: bool = False,
    open_handler: OpenHandler,
    language: Language = "nl",
) -> int:
    """Import a workbook and give the exit code; `open_handler` is called only to write.

    Without `commit` nothing is written; with it only when no row is refused, or when those are
    to be skipped. Raises Unavailable and Busy: run it again, what is written stays.
    """
    console = Console(stderr=as_json)
    try:
        read_book = read(book)
    except Unreadable as unreadable:
        show.say(console, unreadable.text, language)
        return FAILED
    today = datetime.now(HOME).date()
    if as_of is not None and as_of > today:
        show.say(console, _TO_COME, language)
        return FAILED
    plan = make(read_book, normalize("NFC", (source or book.name).strip()), as_of or today)
    if not as_json:
        show.show_plan(console, plan, read_book.ignored, language)
    if commit and (skip_bad_rows or not plan.result.problems):
        with open_handler() as handler:
            written = _write(handler, plan, language)
        plan = plan.refusing(written.problems)
        if not as_json:
            show.show_written(console, written.entries, written.problems, language)
    elif commit or not as_json:
        show.say(console, _not_written(commit=commit), language)
    if as_json:
        sys.stdout.write(json.dumps(plan.as_json(language), ensure_ascii=False) + "\n")
    return FINDINGS if plan.result.problems else DONE


def _write(handler: Handler, plan: Plan, language: Language) -> Written:
    """Write with a progress bar, on a terminal only."""
    label = Text("Vastleggen", "Writing").to(language)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=plan.entries)
        return write(
            handler,
            plan.stories,
            plan.source,
            plan.as_of,
            lambda entries: bar.advance(task, entries),
        )


def _not_written(*, commit: bool) -> Text:
    if commit:
        return Text(
            "Er is niets vastgelegd, omdat er rijen zijn geweigerd. Verbeter ze, of sla ze over "
            "met --skip-bad-rows.",
            "Nothing was written, because rows were refused. Correct them, or leave them out "
            "with --skip-bad-rows.",
        )
    return Text(
        "Er is niets vastgelegd. Leg vast met --commit.",
        "Nothing was written. Write with --commit.",
    )

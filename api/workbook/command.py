"""The import as one command: read, check, show, and write when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize
from uuid import UUID

from rich.console import Console
from rich.progress import Progress

from api.commandline.telling import worded
from api.workbook import show
from api.workbook.plan import Plan, make
from api.workbook.reading import Unreadable, read
from api.workbook.rehearsing import Rehearsal, rehearse
from api.workbook.writing import Written, store
from domain.language import Language, Text
from eventlog.handler import HOME, Handler

DONE, FAILED, FINDINGS = 0, 1, 3
"""Exit codes: all well; the book cannot be imported; some rows were refused."""
FIRST_DAY = date(1900, 1, 1)
"""Before it no entry can be (domain.rules.limits)."""

_TO_COME = Text(
    "De dag van de import moet nog komen. Kies vandaag of een eerdere dag.",
    "The day of the import is still to come. Choose today or an earlier day.",
)
_LONG_AGO = Text(
    "De dag van de import is te lang geleden. Kies een dag vanaf 1900.",
    "The day of the import is too long ago. Choose a day from 1900 on.",
)
_STOPPED = Text(
    "Gestopt. Wat al is vastgelegd, blijft staan. Draai de import nog een keer voor de rest.",
    "Stopped. What was written stays. Run the import once more for the rest.",
)

OpenHandler = Callable[[], AbstractContextManager[Handler]]


def run(  # noqa: PLR0913 - one parameter for each option of the command
    book: Path,
    *,
    source: str | None = None,
    as_of: date | None = None,
    programme: UUID | None = None,
    commit: bool = False,
    skip_bad_rows: bool = False,
    as_json: bool = False,
    open_handler: OpenHandler,
    language: Language = "nl",
) -> int:
    """Import a workbook and give the exit code.

    The book is set beside the log first. Without `commit` nothing is written, and the log may be
    out of reach; with it only when no row is refused, or when those are to be skipped. Raises
    Unavailable and Busy: run it again, what is written stays.
    """
    console, tables = Console(stderr=as_json), Console(quiet=as_json)
    try:
        read_book = read(book)
    except Unreadable as unreadable:
        show.say(console, unreadable.text, language)
        return FAILED
    today = datetime.now(HOME).date()
    if wrong := _wrong_day(as_of, today):
        show.say(console, wrong, language)
        return FAILED
    name = normalize("NFC", (source or book.name).strip())
    plan = make(read_book, name, as_of or today, programme)
    written = Written()
    with ExitStack() as opened:
        try:
            handler = opened.enter_context(open_handler())
            rehearsal = rehearse(handler, plan.stories, plan.source, plan.as_of)
        except Exception as error:
            if commit and (skip_bad_rows or not plan.result.problems):
                raise
            show.say(console, _not_compared(worded(error)[0]), language)
            rehearsal = Rehearsal()
        if rehearsal.another_book and not source:
            show.say(console, _another_book(rehearsal, plan.source), language)
            return FAILED
        plan = plan.refusing(rehearsal.problems)
        show.show_plan(tables, plan, read_book.ignored, language)
        if commit and (skip_bad_rows or not plan.result.problems):
            written = _write(handler, plan, rehearsal, language)
            plan = plan.refusing(written.problems)
            show.show_written(tables, written.entries, written.problems, language)
        elif commit or not as_json:
            show.say(console, _not_written(commit=commit), language)
    if as_json:
        said = plan.as_json(language) | {"written": written.entries}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return FINDINGS if plan.result.problems else DONE


def _wrong_day(as_of: date | None, today: date) -> Text | None:
    if as_of is None or FIRST_DAY <= as_of <= today:
        return None
    return _TO_COME if as_of > today else _LONG_AGO


def _write(handler: Handler, plan: Plan, rehearsal: Rehearsal, language: Language) -> Written:
    """Write with a progress bar, on a terminal only."""
    label = Text("Vastleggen", "Writing").to(language)
    console = Console(stderr=True)
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(label, total=plan.entries)
            return store(handler, rehearsal, lambda entries: bar.advance(task, entries))
    except KeyboardInterrupt:
        show.say(console, _STOPPED, language)
        raise


def _not_compared(why: Text) -> Text:
    return Text(
        f"Niet vergeleken met wat er al is vastgelegd. {why.nl}",
        f"Not compared with what was written before. {why.en}",
    )


def _another_book(rehearsal: Rehearsal, source: str) -> Text:
    others, known = rehearsal.others, rehearsal.known
    return Text(
        "Dit lijkt een ander werkboek met dezelfde naam: van de mensen die er al waren "
        f"({known}), heten er {others} nu anders. Er is niets vastgelegd. Geef dit werkboek een "
        f'eigen naam met --source. Is het toch hetzelfde, geef dan --source "{source}".',
        "This looks like another workbook under the same name: of the people who were there "
        f"already ({known}), {others} have another name now. Nothing was written. Give this "
        f'workbook a --source of its own. If it is the same after all, give --source "{source}".',
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

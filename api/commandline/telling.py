"""Speaks to whoever typed a command: sentences, exit codes, and never a stack trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.settings import SettingsProblem
from domain.language import Language, Text
from eventlog.embedded import ServerUnavailable
from eventlog.problems import KeyProblem, TooNew, Unavailable, Unreadable

DONE, FAILED, USAGE, FINDINGS, UNREACHABLE = range(5)
"""Exit codes: all well; it did not work; asked wrongly; something to look at; no database."""

P = ParamSpec("P")
Told = Callable[[int], None]
"""Is told how much more of the work is done."""


class Stop(Exception):
    """Ends a command with a sentence."""

    def __init__(self, nl: str, en: str, code: int = FAILED) -> None:
        """Keep the sentence and the exit code."""
        super().__init__(en)
        self.text = Text(nl, en)
        self.code = code


def language(environ: Mapping[str, str] = os.environ) -> Language:
    """Speak Dutch to who set their terminal to Dutch, English to others."""
    given = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "")
    return "nl" if given.lower().startswith("nl") else "en"


def say(text: Text, *, error: bool = False) -> None:
    """Say a sentence."""
    Console(stderr=error, highlight=False, soft_wrap=True).print(text.to(language()), markup=False)


def told(command: Callable[P, int]) -> Callable[P, None]:
    """Let a command end with its exit code, and put what went wrong in a sentence."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - nobody at a terminal is helped by a traceback
            text, code = worded(error)
            say(text, error=True)
        raise typer.Exit(code)

    del run.__annotations__["return"]
    return run


def worded(error: Exception) -> tuple[Text, int]:
    """Say what went wrong, and with which exit code it ends."""
    match error:
        case typer.Exit():
            raise error
        case Stop():
            return error.text, error.code
        case SettingsProblem():
            return error.text, USAGE
        case ServerUnavailable():
            return Text(error.nl, error.en), UNREACHABLE
        case OSError():
            return Text(f"Dat ging niet: {error}.", f"That did not work: {error}."), FAILED
        case _:
            return _of_the_database(error)


def _of_the_database(error: Exception) -> tuple[Text, int]:
    """Word what the database says; its driver is known to the log and the read models only."""
    kinds = {
        kind.__name__
        for each in (error, error.__cause__)  # the log's library wraps what the driver raises
        for kind in type(each).__mro__
    }
    if isinstance(error, KeyProblem):
        return _KEY, FAILED
    if isinstance(error, TooNew):
        return _TOO_NEW, FAILED
    if isinstance(error, Unreadable):
        return _DAMAGED, FAILED
    if isinstance(error, Unavailable) or "OperationalError" in kinds:
        return _AWAY, UNREACHABLE
    if "InsufficientPrivilege" in kinds:
        return _NOT_ALLOWED, FAILED
    if kinds & {"UndefinedTable", "InvalidSchemaName"}:
        return _NOT_SET_UP, FAILED
    kind = type(error).__name__
    return Text(f"Er ging iets mis ({kind}).", f"Something went wrong ({kind})."), FAILED


_KEY = Text(
    "De sleutel past niet bij deze gegevens, of is niet te lezen.",
    "The master key does not fit this data, or cannot be read.",
)
_DAMAGED = Text(
    "Een regel in het log is niet te lezen. Draai samenspoor verify.",
    "An entry of the log cannot be read. Run samenspoor verify.",
)
_TOO_NEW = Text(
    "Deze database is al bijgewerkt door een nieuwere versie van Samenspoor. Gebruik die versie, "
    "of zet een reservekopie van voor de overstap terug.",
    "A newer version of Samenspoor brought this database up to date. Use that version, or put a "
    "backup from before it back.",
)
_NOT_ALLOWED = Text(
    "Deze databaserol mag dit niet. Draai samenspoor migrate als dat nog niet is gedaan, of "
    "verbind met de rol die hierbij hoort.",
    "This database role may not do this. Run samenspoor migrate if that was not done yet, or "
    "connect as the role that goes with it.",
)
_NOT_SET_UP = Text(
    "De database is nog niet ingericht. Draai eerst samenspoor migrate.",
    "The database is not set up yet. Run samenspoor migrate first.",
)
_AWAY = Text(
    "De database is niet bereikbaar. Loopt hij, en klopt DATABASE_URL of --data?",
    "The database cannot be reached. Is it running, and is DATABASE_URL or --data right?",
)


@contextmanager
def progress(what: Text, total: int | None) -> Iterator[Told]:
    """Show a bar on a terminal while something is going on."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what.to(language()), total=total)
        yield lambda done: bar.advance(task, done)

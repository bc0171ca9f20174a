"""The command line `samenspoor`: what can be asked, and in which words.

Each command imports what it needs when it is called, so that the others answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from api.commandline.place import OWNER, PROJECTOR, open_log, reach
from api.commandline.stopping import stopping
from api.commandline.telling import DONE, Stop, language, progress, say, told
from domain.language import Text
from eventlog.handler import Handler
from eventlog.keys import MasterKey
from eventlog.migrate import migrate as run_migrate
from projections.models import NAMES
from projections.rebuild import Rebuilding
from projections.rebuild import rebuild as run_rebuild

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="""One shared, append-only story of a person's way to work and of the care around it.

    Begin with `samenspoor demo`: it brings its own database and invented people.

    Every other command works on the embedded database in --data FOLDER, or on the one in
    DATABASE_URL.
    Exit codes: 0 all well, 1 it did not work, 2 asked wrongly, 3 something to look at,
    4 the database cannot be reached.""",
)


def _folder(given: str) -> Path:
    """Read --data; without a name it would be whatever folder one happens to be in."""
    if given.strip():
        return Path(given)
    text = Text("Noem een map, of laat --data weg.", "Name a folder, or leave --data out.")
    raise typer.BadParameter(text.to(language()))


def _data(help_text: str) -> Any:
    return typer.Option("--data", metavar="FOLDER", parser=_folder, help=help_text)


_ELSE = "Without it: DATABASE_URL, or else SAMENSPOOR_DATA or a folder of your user."
Data = Annotated[
    Path | None, _data(f"Folder of the embedded database; made when it is not there. {_ELSE}")
]
Kept = Annotated[Path | None, _data(f"Folder of an embedded database that is there. {_ELSE}")]
Shown = Annotated[
    Path | None,
    _data(
        "Folder of the demo's own database; made when it is not there. "
        "Without it: SAMENSPOOR_DATA or a folder of your user, never DATABASE_URL."
    ),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: a free one.")]


@app.command()
@told
def demo(port: Port = 8000, data: Shown = None) -> int:
    """Look around in a region of invented people; Ctrl-C stops everything, the data stays."""
    from api.commandline.demo import demo as run_demo  # noqa: PLC0415

    return run_demo(port, data)


@app.command()
@told
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")] = 1,
    data: Data = None,
) -> int:
    """Answer API and pages until stopped; run `samenspoor project` beside it."""
    from api.commandline.serving import serve as run_serve  # noqa: PLC0415

    return run_serve(host, port, workers, data)


@app.command()
@told
def project(data: Data = None) -> int:
    """Keep the read models up to date until stopped; of several, one works."""
    from api.commandline.worker import project as run_project  # noqa: PLC0415

    run_project(data, stopping())
    return DONE


@app.command()
@told
def migrate(data: Data = None) -> int:
    """Bring the database to the newest schema; DATABASE_URL names the owner's role."""
    with reach(data) as place:
        ran = run_migrate(place.dsn(OWNER))
    if not ran:
        say(Text("De database is al bij.", "The database is up to date already."))
    for name in ran:
        say(Text(f"uitgevoerd: {name}", f"done: {name}"))
    return DONE


@app.command("import")
@told
def import_(  # noqa: PLR0913, PLR0917 - one parameter for each option
    book: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The workbook, an .xlsx file.")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            help="Name of the book, its file name by default: the same name finds the same rows "
            "again, so each coach's book needs one of its own."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the import; later dates are wrong rows."),
    ] = None,
    programme: Annotated[
        UUID | None,
        typer.Option(help="Programme that these people entered; their outcomes are counted there."),
    ] = None,
    commit: Annotated[bool, typer.Option("--commit", help="Write; else only show.")] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Write the others when rows are refused.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
    data: Kept = None,
) -> int:
    """Import a coach's workbook: shows what it would do, and writes with --commit.

    The book is compared with the log first: nothing is written while a row is refused.
    """
    from api.workbook.command import run as run_import  # noqa: PLC0415

    @contextmanager
    def handler() -> Iterator[Handler]:
        with reach(data, there=True) as place, open_log(place) as log:
            yield Handler(log)

    return run_import(
        book,
        source=source,
        as_of=as_of.date() if as_of else None,
        programme=programme,
        commit=commit,
        skip_bad_rows=skip_bad_rows,
        as_json=as_json,
        open_handler=handler,
        language=language(),
    )


@app.command()
@told
def rebuild(
    name: Annotated[str, typer.Argument(help=f"Which: {', '.join(NAMES)}, or all.")],
    data: Kept = None,
) -> int:
    """Make a read model anew from the log; readers go on meanwhile."""
    if name not in {*NAMES, "all"}:
        names = ", ".join(NAMES)
        raise Stop(f"Kies uit: {names}, all.", f"Choose from: {names}, all.", 2)
    with reach(data, there=True) as place:
        for each in NAMES if name == "all" else (name,):
            _rebuild(place.dsn(PROJECTOR), place.settings.key(), each)
    return DONE


def _rebuild(dsn: str, master: MasterKey, name: str) -> None:
    before = 0
    with progress(Text(f"{name} opnieuw", f"Rebuilding {name}"), None) as tell:

        def more(done: int, _of: int) -> None:
            nonlocal before
            tell(done - before)
            before = done

        try:
            run_rebuild(dsn, master, name, progress=more)
        except Rebuilding as error:
            raise Stop(
                f"{name} wordt al opnieuw gemaakt.", f"{name} is being rebuilt already."
            ) from error
    say(Text(f"{name} is opnieuw gemaakt.", f"{name} was rebuilt."))


@app.command()
@told
def status(data: Kept = None) -> int:
    """Show how far each read model is, and what is parked."""
    from api.commandline import looking  # noqa: PLC0415

    return looking.status(data)


@app.command()
@told
def verify(data: Kept = None) -> int:
    """Check the log against its own hashes; exit code 3 when an entry is not as recorded."""
    from api.commandline import looking  # noqa: PLC0415

    return looking.verify(data)


@app.command()
@told
def doctor(data: Kept = None) -> int:
    """Look at everything the service needs: database, key, clock, disk, read models."""
    from api.commandline import looking  # noqa: PLC0415

    return looking.doctor(data)


def run() -> None:
    """Run the command line; what a terminal cannot show becomes a question mark."""
    for each in (sys.stdout, sys.stderr):
        if isinstance(each, TextIOWrapper):
            each.reconfigure(errors="replace")
    app()

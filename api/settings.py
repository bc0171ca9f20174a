"""What the operator chose: read from the environment once, and passed on as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from domain.help import CRISIS_LINE, EMERGENCY
from domain.language import WRITTEN, ClientWord, Text
from domain.review import WORKING_DAYS
from eventlog.checkup import is_address
from eventlog.embedded import default_data_folder
from eventlog.keys import KeyProblem, MasterKey

MOST_REVIEW_DAYS = 60
BODY_LIMIT = 256 * 1024
KEY_FILE = "master-key"
_YES, _NO = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


class SettingsProblem(Exception):
    """A setting is missing or makes no sense; the sentence is for the operator."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence in both languages; it never quotes a secret."""
        super().__init__(en)
        self.text = Text(nl, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this process runs."""

    database_url: str | None = field(default=None, repr=False)
    """A PostgreSQL of your own; without it an embedded one runs in the data folder."""
    data: Path | None = None
    master_key: MasterKey | None = field(default=None, repr=False)
    """Without it the key file in the data folder is used."""
    demo: bool = False
    """Sign-in without passwords, with invented people only."""
    client_word: ClientWord = WRITTEN
    gp_post: str | None = None
    """The number of the huisartsenpost of the region, told with every bad patch."""
    emergency: str = EMERGENCY
    """The number to call when there is danger now."""
    crisis_line: str = CRISIS_LINE
    """The number to call when somebody thinks of dying."""
    review_days: int = WORKING_DAYS
    """Within how many working days a second person looks back at reading in an emergency."""
    body_limit: int = BODY_LIMIT
    pool: int = 24
    """Most connections to the log at once, for each process."""

    streams: int = 500
    """Most timelines that are kept up to date in open pages at once, for each process."""
    streams_each: int = 12
    """Most of those of one person, for each process."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, data: Path | None = None) -> Settings:
        """Read the settings; raises SettingsProblem."""
        url = environ.get("DATABASE_URL") or None
        folder = data or (Path(found) if (found := environ.get("SAMENSPOOR_DATA")) else None)
        settings = cls(
            database_url=None if data else url,
            data=folder,
            master_key=_given_key(environ),
            demo=_flag(environ, "SAMENSPOOR_DEMO"),
            client_word=_client_word(environ),
            gp_post=environ.get("SAMENSPOOR_GP_POST") or None,
            emergency=environ.get("SAMENSPOOR_EMERGENCY") or EMERGENCY,
            crisis_line=environ.get("SAMENSPOOR_CRISIS_LINE") or CRISIS_LINE,
            review_days=_review_days(environ),
            body_limit=_number(environ, "SAMENSPOOR_BODY_LIMIT", BODY_LIMIT),
            pool=_number(environ, "SAMENSPOOR_POOL", 24),
            streams=_number(environ, "SAMENSPOOR_STREAMS", 500),
            streams_each=_number(environ, "SAMENSPOOR_STREAMS_EACH", 12),
        )
        if settings.database_url and not is_address(settings.database_url):
            raise SettingsProblem(
                "DATABASE_URL is niet te lezen: schrijf postgresql://rol@machine/database.",
                "DATABASE_URL cannot be read: write postgresql://role@host/database.",
            )
        if settings.database_url and settings.master_key is None:
            raise SettingsProblem(
                "Bij DATABASE_URL hoort SAMENSPOOR_MASTER_KEY_FILE: het bestand met de sleutel.",
                "DATABASE_URL needs SAMENSPOOR_MASTER_KEY_FILE: the file with the master key.",
            )
        return settings

    @property
    def folder(self) -> Path:
        """The data folder of the embedded database."""
        return self.data or default_data_folder()

    @property
    def lacks_key(self) -> bool:
        """Whether the key is to be in the data folder, and is not."""
        return self.master_key is None and not (self.folder / KEY_FILE).exists()

    def key(self) -> MasterKey:
        """Give the master key, never a new one; raises SettingsProblem."""
        if self.master_key is not None:
            return self.master_key
        if self.lacks_key:
            raise SettingsProblem(
                f"De sleutel ontbreekt: zet het bestand {KEY_FILE} terug in {self.folder} "
                "(zie docs/how-to/key-and-backup.md).",
                f"The master key is missing: put the file {KEY_FILE} back in {self.folder} "
                "(see docs/how-to/key-and-backup.md).",
            )
        return self._from_file(create=False)

    def make_key(self) -> None:
        """Make the key file, for a database in which nothing is encrypted yet."""
        self._from_file(create=True)

    def _from_file(self, *, create: bool) -> MasterKey:
        try:
            return MasterKey.from_file(self.folder / KEY_FILE, create=create)
        except KeyProblem as problem:
            raise _no_key() from problem


def _given_key(environ: Mapping[str, str]) -> MasterKey | None:
    path, text = environ.get("SAMENSPOOR_MASTER_KEY_FILE"), environ.get("SAMENSPOOR_MASTER_KEY")
    try:
        if path:
            return MasterKey.from_file(Path(path))
        return MasterKey.from_text(text) if text else None
    except (KeyProblem, ValueError) as problem:
        raise _no_key() from problem


def _no_key() -> SettingsProblem:
    return SettingsProblem(
        "De sleutel is niet te lezen: het moet base64 van 32 bytes zijn.",
        "The master key cannot be read: it must be base64 of 32 bytes.",
    )


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _YES | _NO:
        raise SettingsProblem(f"{name} is ja (1) of nee (0).", f"{name} is yes (1) or no (0).")
    return value in _YES


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= 2**30:
        raise SettingsProblem(
            f"{name} is een geheel getal boven nul.", f"{name} is a whole number above zero."
        )
    return int(value)


def _review_days(environ: Mapping[str, str]) -> int:
    days = _number(environ, "SAMENSPOOR_REVIEW_DAYS", WORKING_DAYS)
    if days > MOST_REVIEW_DAYS:
        raise SettingsProblem(
            f"SAMENSPOOR_REVIEW_DAYS is hoogstens {MOST_REVIEW_DAYS} werkdagen.",
            f"SAMENSPOOR_REVIEW_DAYS is at most {MOST_REVIEW_DAYS} working days.",
        )
    return days


def _client_word(environ: Mapping[str, str]) -> ClientWord:
    wanted = environ.get("SAMENSPOOR_CLIENT_WORD", WRITTEN)
    for word in get_args(ClientWord):
        if word == wanted:
            return word  # type: ignore[no-any-return]  # get_args forgets the type
    raise SettingsProblem(
        "SAMENSPOOR_CLIENT_WORD is cliënt, inwoner of deelnemer.",
        "SAMENSPOOR_CLIENT_WORD is cliënt, inwoner or deelnemer.",
    )

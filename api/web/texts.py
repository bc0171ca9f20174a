"""The texts of the pages: English in the code, every other language from its catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.language import Language, Text

WRITTEN = "en"
"""The language of the texts in code and templates: it needs no catalogue."""
LOCALE = Path(__file__).with_name("locale")


class PageLanguage(NamedTuple):
    """A language that the pages are offered in."""

    code: str
    name: str
    """What it calls itself."""
    direction: Literal["ltr", "rtl"]
    sentences: Language
    """The language of what the domain says among it: entries, labels and refusals."""


DUTCH = PageLanguage("nl", "Nederlands", "ltr", "nl")
OFFERED: Mapping[str, PageLanguage] = {
    each.code: each for each in (DUTCH, PageLanguage("en", "English", "ltr", "en"))
}

_spoken: ContextVar[PageLanguage] = ContextVar("page_language")
"""Without a default: a text that is asked for outside of a page would be in anybody's language."""


def spoken() -> PageLanguage:
    """Give the language that is spoken here."""
    return _spoken.get()


@contextmanager
def speaking(language: PageLanguage) -> Iterator[None]:
    """Speak this language here, and in the threads that work for it."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def N_(message: str) -> str:  # noqa: N802 - what everybody calls it who translates
    """Mark a text where it is defined; it is translated where it is shown."""
    return message


def gettext(message: str) -> str:
    """Give a text in the language that is spoken here."""
    return _naming_the_client(translations(_spoken.get().code).gettext(message))


def ngettext(one: str, more: str, number: int) -> str:
    """Give the text that goes with a number, in the language that is spoken here."""
    return _naming_the_client(translations(_spoken.get().code).ngettext(one, more, number))


def path(code: str) -> Path:
    """Say where the catalogue of a language is."""
    return LOCALE / code / "LC_MESSAGES" / "pages.po"


def catalogue(code: str) -> Catalog:
    """Read the catalogue of a language."""
    with path(code).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@cache
def translations(code: str) -> NullTranslations:
    """Read the catalogue of a language for use, once; there is none of what is written."""
    if code == WRITTEN:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _naming_the_client(text: str) -> str:
    """Speak of the client by the word that was set for it, as the domain does."""
    return Text(text, text).to(_spoken.get().sentences)

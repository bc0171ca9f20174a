"""The texts of the pages: English in the code, every other language from its catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.language import LANGUAGES, Language, Text, in_dutch, teach
from domain.policy import no_professional
from domain.roles import Role

WRITTEN = "en"
"""The language of the texts in code and templates: it needs no catalogue."""
LOCALE = Path(__file__).with_name("locale")
PAGES, DOMAIN = "pages", "domain"
"""The catalogues: of what pages say, and of what the domain says beyond its own two languages."""


class PageLanguage(NamedTuple):
    """A language that the pages are offered in."""

    code: Language
    name: str
    """What it calls itself."""
    direction: Literal["ltr", "rtl"] = "ltr"

    @property
    def whole(self) -> bool:
        """Every page is in it; otherwise those of who is here for themselves or somebody close."""
        return self.code in LANGUAGES


DUTCH = PageLanguage("nl", "Nederlands")
OFFERED: Mapping[str, PageLanguage] = {
    each.code: each
    for each in (
        DUTCH,
        PageLanguage("en", "English"),
        PageLanguage("tr", "Türkçe"),
        PageLanguage("ar", "العربية", "rtl"),
        PageLanguage("pl", "Polski"),
    )
}
_PLACE = re.compile(r"%\(\w+\)s|\{\w*\}")


def offered(role: Role | None) -> Mapping[str, PageLanguage]:
    """Give the languages of who reads in this role: pages for work are in those that have all."""
    every = role is None or no_professional(role)
    return {code: each for code, each in OFFERED.items() if every or each.whole}


_spoken: ContextVar[PageLanguage] = ContextVar("page_language")
"""Without a default: a text that is asked for outside of a page would be in anybody's language."""
_to_client: ContextVar[bool] = ContextVar("page_to_client", default=False)


def spoken() -> PageLanguage:
    """Give the language that is spoken here."""
    return _spoken.get()


def speaks_to_client() -> bool:
    """Say whether what is said here is said to the client, and not about them."""
    return _to_client.get()


@contextmanager
def speaking(language: PageLanguage, *, to_client: bool = False) -> Iterator[None]:
    """Speak this language here, and in the threads that work for it."""
    before, told = _spoken.set(language), _to_client.set(to_client)
    try:
        yield
    finally:
        _spoken.reset(before)
        _to_client.reset(told)


def N_(message: str) -> str:  # noqa: N802 - what everybody calls it who translates
    """Mark a text where it is defined; it is translated where it is shown."""
    return message


def gettext(message: str) -> str:
    """Give a text in the language that is spoken here."""
    return _naming_the_client(translations(_spoken.get().code).gettext(message))


def ngettext(one: str, more: str, number: int) -> str:
    """Give the text that goes with a number, in the language that is spoken here."""
    return _naming_the_client(translations(_spoken.get().code).ngettext(one, more, number))


def path(code: str, which: str = PAGES) -> Path:
    """Say where a catalogue of a language is."""
    return LOCALE / code / "LC_MESSAGES" / f"{which}.po"


def catalogue(code: str, which: str = PAGES) -> Catalog:
    """Read a catalogue of a language."""
    with path(code, which).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@cache
def translations(code: str) -> NullTranslations:
    """Read the catalogue of a language for use, once; there is none of what is written."""
    if code == WRITTEN:
        return NullTranslations()
    read = catalogue(code)
    if OFFERED[code].direction == "rtl":
        for message in read:
            said: Any = message.string
            message.string = _apart(said) if isinstance(said, str) else tuple(map(_apart, said))
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    found = GNUTranslations(compiled)
    if not OFFERED[code].whole:
        found.add_fallback(_InDutch())
    return found


def teach_domain(code: Language) -> None:
    """Let the domain speak a language that is not its own, by the catalogue of what it says."""
    read = {str(each.id): str(each.string) for each in catalogue(code, DOMAIN) if each.id}
    apart = OFFERED[code].direction == "rtl"
    teach(code, {said: _apart(each) if apart else each for said, each in read.items()})


class _InDutch(NullTranslations):
    """Says in Dutch, and set apart as such, what a language has no text for."""

    def gettext(self, message: str) -> str:
        return in_dutch(translations(DUTCH.code).gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return in_dutch(translations(DUTCH.code).ngettext(msgid1, msgid2, n))


def _apart(text: str) -> str:
    """Keep a name or number that is put in from turning the words around it about."""
    return _PLACE.sub("\u2068\\g<0>\u2069", text)


def _naming_the_client(text: str) -> str:
    """Speak of the client by the word that was set for it, as the domain does."""
    language = _spoken.get()
    return Text(text, text).to(language.code) if language.whole else text

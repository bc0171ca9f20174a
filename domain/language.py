"""Texts for the screen in both languages, and choices that carry their own labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Literal, NamedTuple, Self

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, Language] = ("nl", "en")
"""In the order of Text."""
ClientWord = Literal["cliënt", "inwoner", "deelnemer"]
"""What the person is called whom a file is about: a setting (reference 0.1)."""
WRITTEN: ClientWord = "cliënt"
"""The word in which all texts are written."""

_SPOKEN: Mapping[ClientWord, Mapping[Language, tuple[str, str]]] = {
    "inwoner": {"nl": ("inwoner", "inwoners"), "en": ("resident", "residents")},
    "deelnemer": {"nl": ("deelnemer", "deelnemers"), "en": ("participant", "participants")},
}
"""Instead of it: one and more of them. In Dutch these are words with "de" as well."""
_WRITTEN: Mapping[Language, re.Pattern[str]] = {
    "nl": re.compile(r"\bcliënt(en)?\b", re.IGNORECASE),
    "en": re.compile(r"\bclient(s)?\b(?! manager)", re.IGNORECASE),
}
"""A client manager is somebody of the municipality, whatever the client is called."""
_client_word: ContextVar[ClientWord] = ContextVar("client_word", default=WRITTEN)


def client_word() -> ClientWord:
    """Give the word for the person that is spoken here."""
    return _client_word.get()


@contextmanager
def calling_the_client(word: ClientWord) -> Iterator[None]:
    """Speak of the person by this word here, and in the threads that work for it."""
    before = _client_word.set(word)
    try:
        yield
    finally:
        _client_word.reset(before)


class Text(NamedTuple):
    """One text in Dutch (first on screen) and in English, by the word for the person as written.

    People's own words, names, keys and codes are no part of it: they are put in by `filled`.
    """

    nl: str
    en: str

    def to(self, language: Language) -> str:
        """Give the text in one language, by the word for the person that is spoken here."""
        text = self.nl if language == "nl" else self.en
        word = _client_word.get()
        return text if word == WRITTEN else _spoken(text, language, word)

    def filled(self, **values: str | Text) -> Text:
        """Put values in: a string as it is, whatever it says, and a text as it is spoken here."""
        return _Filled(*(_fill(self, language, values) for language in LANGUAGES))


class _Filled(Text):
    """A text that is spoken already: what it says may be somebody's own."""

    __slots__ = ()

    def to(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


def verbatim(nl: str, en: str | None = None) -> Text:
    """Give what is no text of ours, such as names, to stand among texts as it is."""
    return _Filled(nl, nl if en is None else en)


def _fill(text: Text, language: Language, values: Mapping[str, str | Text]) -> str:
    said = {
        name: each.to(language) if isinstance(each, Text) else each for name, each in values.items()
    }
    return text.to(language).format_map(said)


def _spoken(text: str, language: Language, word: ClientWord) -> str:
    one, more = _SPOKEN[word][language]

    def instead(found: re.Match[str]) -> str:
        other = more if found[1] else one
        return other.capitalize() if found[0][0].isupper() else other

    return _WRITTEN[language].sub(instead, text)


class Choice(StrEnum):
    """A value out of a fixed list; each member is written as (stored value, Dutch, English)."""

    label: Text

    def __new__(cls, value: str, nl: str, en: str) -> Self:
        """Keep the stored value as the string and the labels beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(nl, en)
        return member

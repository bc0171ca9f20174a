"""Texts for the screen in two languages and those taught, and choices that carry their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Literal, NamedTuple, Self

Language = Literal["nl", "en", "tr", "ar", "pl"]
LANGUAGES: tuple[Language, Language] = ("nl", "en")
"""In which every text is written, in the order of Text; the others are taught (see `teach`)."""
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
_TAUGHT: dict[Language, Mapping[str, str]] = {}
"""What texts are in a language in which they are not written, by their English."""
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


def teach(language: Language, sentences: Mapping[str, str]) -> None:
    """Let texts be given in one more language: what each is, by its English."""
    _TAUGHT[language] = sentences


def in_dutch(text: str) -> str:
    """Set Dutch apart that stands among another language: by the marks that Unicode has for it."""
    return f"\u2066{text}\u2069"


class Text(NamedTuple):
    """One text in Dutch (first on screen) and in English, by the word for the person as written.

    People's own words, names, keys and codes are no part of it: they are put in by `filled`.
    """

    nl: str
    en: str

    def to(self, language: Language) -> str:
        """Give the text in one language, by the word for the person that is spoken here.

        Where it is not known in a language that was taught, it is Dutch that is set apart. There
        the person is called as its catalogue does: in a language with cases no word stands in for
        another.
        """
        if language not in LANGUAGES:
            taught = _TAUGHT.get(language, {}).get(self.en)
            return in_dutch(self.to("nl")) if taught is None else taught
        text = self.nl if language == "nl" else self.en
        word = _client_word.get()
        return text if word == WRITTEN else _spoken(text, language, word)

    def filled(self, **values: str | Text) -> Text:
        """Put values in: a string as it is, whatever it says, and a text as it is spoken here."""
        return spoken(lambda language: _fill(self, language, values))


class _Spoken(Text):
    """A text that is spoken already: what it says may be somebody's own."""

    say: Callable[[Language], str]

    def to(self, language: Language) -> str:
        if language not in LANGUAGES:
            return self.say(language)
        return self.nl if language == "nl" else self.en


def spoken(say: Callable[[Language], str]) -> Text:
    """Give a text that is put together anew in each language."""
    made = _Spoken(*(say(language) for language in LANGUAGES))
    made.say = say
    return made


def verbatim(text: str) -> Text:
    """Give what is no text of ours, such as a name, to stand among texts as it is."""
    return spoken(lambda _: text)


def capital(text: str, language: Language) -> str:
    """Begin a sentence with a capital; in Turkish that of an i has a dot."""
    first = "İ" if language == "tr" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


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
    """A value out of a fixed list; each member is written as (stored value, Dutch, English).

    A fourth is how the client is told of it, where that is otherwise.
    """

    label: Text
    to_client: Text

    def __new__(cls, value: str, nl: str, en: str, to_client: Text | None = None) -> Self:
        """Keep the stored value as the string and the labels beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(nl, en)
        member.to_client = to_client or member.label
        return member

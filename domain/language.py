"""Texts for the screen in both languages, and choices that carry their own labels."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, Self

Language = Literal["nl", "en"]


class Text(NamedTuple):
    """One text in Dutch (first on screen) and in English."""

    nl: str
    en: str

    def to(self, language: Language) -> str:
        """Give the text in one language."""
        return self.nl if language == "nl" else self.en


class Choice(StrEnum):
    """A value out of a fixed list; each member is written as (stored value, Dutch, English)."""

    label: Text

    def __new__(cls, value: str, nl: str, en: str) -> Self:
        """Keep the stored value as the string and the labels beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(nl, en)
        return member

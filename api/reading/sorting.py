"""Sorts names as the Dutch do: by family name without its prefix, case and accents folded."""

from __future__ import annotations

import unicodedata

_LIST = """
's 't aan af al am an bij ben da de dei del della den der des di do dos du el het i im in la las le
les lo los of onder op over te ten ter tot uit uijt van vanden ver vom von voor vor zu zum zur
"""
_PREFIXES = frozenset(_LIST.split())


def family_key(given: str | None, family: str | None) -> tuple[str, str]:
    """Give what to sort somebody by; 'van den Berg' stands under B, 'Öztürk' under O."""
    words = folded(family or "").split()
    while len(words) > 1 and words[0] in _PREFIXES:
        words.pop(0)
    return " ".join(words), folded(given or "")


def folded(text: str) -> str:
    """Fold case and accents."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))

"""Looks for words in one timeline, in what its reader sees: opened in memory, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from api.reading.gate import Access
from api.reading.moment import refuse
from api.reading.sorting import folded
from api.reading.timeline import through
from api.wiring import Services

PAGES = 10
"""Pages of entries that are looked through at once: then one goes on by hand."""
ENOUGH = 40
"""Entries found after which one goes on by hand."""
LONGEST = 100


def looked_for(text: str) -> tuple[str, ...]:
    """Read what is looked for as words, case and accents folded; raises Problem for none."""
    if len(text) > LONGEST:
        raise refuse(
            "words",
            "Dit is te lang om te zoeken. Neem een of twee woorden.",
            "This is too long to look for. Take a word or two.",
        )
    words = tuple(folded(text).split())
    if not words:
        raise refuse(
            "words",
            "Schrijf een woord, dan zoeken we dat.",
            "Write a word, then we look for it.",
        )
    return words


def found(
    services: Services, access: Access, words: tuple[str, ...], cursor: str | None = None
) -> dict[str, Any]:
    """Give the entries in which each of these words stands, the last first, and where to go on.

    Raises Problem for a cursor that is none.
    """
    entries: list[dict[str, Any]] = []
    for page in islice(through(services, access, cursor=cursor), PAGES):
        entries += [each for each in page["entries"] if _holds(each, words)]
        cursor = page["next"]
        if len(entries) >= ENOUGH:
            break
    return {"entries": entries, "next": cursor}


def parts(text: str, words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Cut a text into what was looked for and what stands between, whatever case and accents."""
    hits = [False] * len(text)
    bare, at = _bare(text)
    for word in words:
        start = bare.find(word)
        while start >= 0:
            for each in range(at[start], at[start + len(word) - 1] + 1):
                hits[each] = True
            start = bare.find(word, start + len(word))
    cut: list[tuple[str, bool]] = []
    for char, hit in zip(text, hits, strict=True):
        if cut and cut[-1][1] is hit:
            cut[-1] = cut[-1][0] + char, hit
        else:
            cut.append((char, hit))
    return cut


def _bare(text: str) -> tuple[str, list[int]]:
    """Fold a text, and say of each character of that where it stood: one can become several."""
    pieces = [(folded(char), at) for at, char in enumerate(text)]
    return "".join(piece for piece, _ in pieces), [at for piece, at in pieces for _ in piece]


def _holds(entry: Mapping[str, Any], words: tuple[str, ...]) -> bool:
    bare = folded("\n".join(_said(entry)))
    return all(word in bare for word in words)


def _said(entry: Mapping[str, Any]) -> Iterator[str]:
    """Give all that a reader reads of an entry."""
    yield entry["sentence"]
    yield entry["by"]["name"]
    yield from _texts(entry["text"])
    yield from (each["text"] for each in entry["statements"])
    yield from (each["words"] or "" for each in entry.get("objections", ()))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)

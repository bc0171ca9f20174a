"""What is told to who asks the team to keep an eye on how it goes: who can (reference 0.1)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.language import Text, verbatim
from domain.wording import listed

_NOBODY = Text(
    "Nog niemand van je team kan je cijfers lezen. Geef daarvoor toestemming aan wie mee mag "
    "kijken; tot dan kijkt er niemand mee.",
    "Nobody of your team can read your figures yet. Give a permission for it to whoever may keep "
    "an eye on it; until then nobody does.",
)
_NOW = Text("Dit kan je cijfers lezen: {who}.", "Who can read your figures: {who}.")
_AND_NOBODY = Text(*["{now} {nobody}"] * 2)


def watched_by(team: Sequence[str], close: Sequence[str]) -> Text:
    """Say who reads the client's own figures now, and what is possible when nobody does."""
    if not team and not close:
        return _NOBODY
    readers = [*team, *close]
    now = _NOW.filled(who=verbatim(listed(readers, "nl"), listed(readers, "en")))
    return now if team else _AND_NOBODY.filled(now=now, nobody=_NOBODY)

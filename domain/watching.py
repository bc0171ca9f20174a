"""What is told to who asks the team to keep an eye on how it goes: who can (reference 0.1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from domain.language import Text, spoken
from domain.wording import listed

_NOBODY = Text(
    "Nog niemand van je team kan je cijfers lezen. Geef daarvoor toestemming aan wie mee mag "
    "kijken; tot dan kijkt er niemand mee.",
    "Nobody of your team can read your figures yet. Give a permission for it to whoever may keep "
    "an eye on it; until then nobody does.",
)
_NOW = Text("Dit kan je cijfers lezen: {who}.", "Who can read your figures: {who}.")


def watched_by(team: Sequence[str], close: Sequence[str]) -> Text:
    """Say who reads the client's own figures now, and what is possible when nobody does."""
    if not team and not close:
        return _NOBODY
    now = _NOW.filled(who=spoken(partial(listed, [*team, *close])))
    return now if team else spoken(lambda language: f"{now.to(language)} {_NOBODY.to(language)}")

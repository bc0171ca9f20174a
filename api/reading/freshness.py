"""Read your own writes: a token for where a write stands, and waiting until a read shows it."""

from __future__ import annotations

from api.reading.asking import Asking
from api.wiring import Services

_PURPOSE = "position"
_BIGGEST = 2**62
_BY_THE_WALL = "audit_trail"
"""What says which entries of the log may be read (see `moment.walled`)."""


def seen_token(services: Services, asking: Asking, position: int) -> str | None:
    """Hide a position in a token of this person; None when nothing was written."""
    if position <= 0:
        return None
    return services.tokens.sealed(_PURPOSE, asking.actor.person, position)


def wait(services: Services, asking: Asking, token: str | None, *models: str) -> None:
    """Wait a moment until these read models show what the token stands for; others are ignored."""
    if not token:
        return
    position = services.tokens.opened(_PURPOSE, asking.actor.person, token)
    if isinstance(position, int) and 0 < position < _BIGGEST:
        services.views.wait_for({*models, _BY_THE_WALL}, position)

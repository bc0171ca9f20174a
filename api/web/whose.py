"""Says on every page whose it is, so that no form of it is saved in the name of somebody else."""

from __future__ import annotations

import re

from starlette.requests import Request

from api.signin import asked
from api.wiring import Services
from eventlog.entry import Actor

DEVICE_OF = "device-of"
"""By which a browser says whose page it sends something from: a field of each form, or a header."""
_FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def device_of(services: Services, actor: Actor) -> str:
    """Mark somebody in their role for their browser, which tells nobody who it is."""
    parts = str(actor.person), actor.role.value, str(actor.organisation)
    return services.tokens.tag(b"device", *(each.encode() for each in parts))[1:-1]


def told_in_forms(html: str, mark: str) -> str:
    """Let each form of a page say whose page it is; done here, so that none can be forgotten."""
    said = f'<input type="hidden" name="{DEVICE_OF}" value="{mark}">'
    return _FORM.sub(rf"\g<0>{said}", html)


def sent_by_its_own(services: Services, request: Request, mark: str | None) -> bool:
    """Say whether who is signed in now is whose page this came from, as far as that was told."""
    actor = asked(request).actor
    return actor is not None and mark in {None, device_of(services, actor)}

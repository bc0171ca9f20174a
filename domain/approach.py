"""Whether an employer can be approached: how long ago somebody was in touch (JobReady, peers)."""

from __future__ import annotations

from datetime import date, timedelta

from domain.language import Choice

QUIET_AFTER = timedelta(days=30)
"""So long after a contact that worked out, another one bothers nobody (P)."""


class Approach(Choice):
    """How it stands with an employer by the contacts that a reader sees, in words."""

    NONE = "none", "Nog geen contact dat jij ziet", "No contact yet that you see"
    QUIET = "quiet", "Meer dan 30 dagen geen contact", "No contact for more than 30 days"
    RECENT = "recent", "Contact in de laatste 30 dagen", "In touch in the last 30 days"


def approach(last_on: date | None, today: date) -> Approach:
    """Say how it stands, by the last contact that worked out."""
    if last_on is None:
        return Approach.NONE
    return Approach.RECENT if today - last_on <= QUIET_AFTER else Approach.QUIET

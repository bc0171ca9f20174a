"""What the person who starts the service reads when there can be no database."""

from __future__ import annotations


class ServerUnavailable(RuntimeError):
    """The embedded server cannot run; says why, and what to do, in Dutch and in English."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep both sentences, so that a caller can show the one that its reader wants."""
        super().__init__(f"{nl}\n{en}")
        self.nl = nl
        self.en = en

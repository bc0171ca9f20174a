"""What keeps the log from answering; whoever asked may try again later, with the same key."""

from __future__ import annotations


class Unavailable(Exception):
    """The log cannot answer now; whether an append under way was stored is not known."""


class Unreadable(Unavailable):
    """An entry does not open: altered, of an unknown TYPE, or of another shape than its TYPE.

    Nothing is decided on a stream that cannot be read whole. Names no contents.
    """


class KeyProblem(Unavailable):
    """The master key is missing, malformed, or not the one these data keys were wrapped with."""


class TooNew(Exception):
    """The database was migrated by a newer version, and may hold what this one does not know."""


class WouldBlock(Exception):
    """The database was asked on an event loop, where everybody else would wait for the answer."""

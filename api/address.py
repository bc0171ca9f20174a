"""A route that leaves its template in the scope, so that the log can name it without any id."""

from __future__ import annotations

from starlette.routing import Match, Route
from starlette.types import Scope


class Address(Route):
    """One address of the service."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match as always, and say which route it was."""
        match, found = super().matches(scope)
        found["route"] = self
        return match, found

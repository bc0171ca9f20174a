"""Fixtures that every test may ask for by name."""

from __future__ import annotations

from tests.postgres import database, module_database, server

__all__ = ["database", "module_database", "server"]

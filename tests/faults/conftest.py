"""The folder of a server that a test may kill."""

from __future__ import annotations

from tests.embedded.conftest import folder

__all__ = ["folder"]

"""An embedded PostgreSQL that processes share by leases and that stops with the last of them."""

from __future__ import annotations

from eventlog.embedded.errors import ServerUnavailable
from eventlog.embedded.passwords import ROLES
from eventlog.embedded.places import default_data_folder, holds_database
from eventlog.embedded.server import Server, start

__all__ = ["ROLES", "Server", "ServerUnavailable", "default_data_folder", "holds_database", "start"]

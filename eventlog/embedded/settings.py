"""The server's settings: safe on power loss, sized for a small machine, silent about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "min_wal_size": "128MB",
    "max_wal_size": "1GB",
    "jit": "off",
    # Files in the cluster instead of /dev/shm, which is small in containers and keeps leftovers.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    # One file per weekday, overwritten a week later.
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    # An error quotes the value that caused it, and its detail quotes rows: neither is logged.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def configuration(name: str, socket: Path) -> str:
    """Word the configuration file; ALTER SYSTEM still overrules it."""
    lines = SETTINGS | {"cluster_name": name, "unix_socket_directories": str(socket)}
    return "".join(f"{key} = '{value}'\n" for key, value in lines.items())

"""The login roles of the service and their passwords, each its own, in one private file."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from eventlog.embedded import files
from eventlog.embedded.errors import ServerUnavailable

if TYPE_CHECKING:
    from pathlib import Path

ROLES = (
    "samenspoor_owner",
    "samenspoor_service",
    "samenspoor_projector",
    "samenspoor_eraser",
    "samenspoor_reader",
)
ADMIN = "postgres"


def passwords(home: Path) -> dict[str, str]:
    """Read the passwords, and invent the ones that are missing."""
    path = home / "passwords.json"
    if not path.exists() and (home / "cluster").exists():
        raise ServerUnavailable(
            f"De wachtwoorden van de database ontbreken: zet {path} terug uit een reservekopie.",
            f"The passwords of the database are missing: put {path} back from a backup.",
        )
    known: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
    missing = [role for role in (ADMIN, *ROLES) if role not in known]
    if missing:
        known |= {role: secrets.token_urlsafe(24) for role in missing}
        files.write(path, json.dumps(known, indent=1))
    return known

"""Serves the files that pages are made of, compressed, at an address that changes with them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).with_name("static")


def _version() -> str:
    """Fingerprint all of them together: what one of them names beside it has the same address."""
    seen = sha256()
    for path in sorted(each for each in STATIC.rglob("*") if each.is_file()):
        seen.update(path.relative_to(STATIC).as_posix().encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


VERSION = _version()
BASE = f"/static/{VERSION}"
"""Where pages find them: a browser need never ask for one of these again."""


class _Files(StaticFiles):
    """Files that a browser may keep."""

    def __init__(self, kept: str) -> None:
        super().__init__(directory=STATIC)
        self._kept = kept

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Say how long it may be kept; nothing of anybody stands in it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self._kept
        return response


def mounts() -> list[Mount]:
    """Give the addresses: of this version, and without one for who links to a file from outside."""
    return [
        Mount(BASE, GZipMiddleware(_Files("public, max-age=31536000, immutable"))),
        Mount("/static", GZipMiddleware(_Files("public, no-cache")), name="static"),
    ]

"""Reads the SQL that stands beside a read model: sections named by a comment line `-- name --`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast

_NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


@cache
def sections(name: str) -> dict[str, LiteralString]:
    """Give the sections of projections/<name>.sql; what a file of ours says counts as literal."""
    script = files("projections").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(script)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {each: cast("LiteralString", body.strip()) for each, body in pairs}

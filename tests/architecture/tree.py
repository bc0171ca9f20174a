"""The files of this repository, as the architecture tests look at them."""

from __future__ import annotations

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "eventlog", "projections", "api")
NOT_OURS = {".git", ".mutants", ".venv", "mutants"}
BINARY = {".ico", ".jpg", ".mo", ".png", ".pdf", ".woff2", ".xlsx", ".zip"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, or that would be kept when this is no clone."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in names.split("\0") if name]
    else:
        tops = [path for path in ROOT.iterdir() if path.name not in NOT_OURS]
        paths = [found for top in tops for found in (top.rglob("*") if top.is_dir() else [top])]
    return tuple(sorted(p for p in paths if p.is_file() and "__pycache__" not in p.parts))


def texts() -> list[tuple[str, str]]:
    """Path and text of every tracked file that is not binary."""
    readable = [path for path in tracked() if path.suffix not in BINARY]
    return [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in readable]


def modules(*folders: str) -> list[tuple[str, ast.Module]]:
    """Path and syntax tree of every tracked Python file, or of those below the folders."""
    return [
        (name, ast.parse(text, name))
        for name, text in texts()
        if name.endswith(".py") and (not folders or name.split("/")[0] in folders)
    ]

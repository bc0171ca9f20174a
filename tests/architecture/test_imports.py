"""Imports run one way, and the domain needs nothing but Python and pydantic."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, modules

ALLOWED_IN_DOMAIN = sys.stdlib_module_names | {"domain", "pydantic"}


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


def test_the_import_contracts_are_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_domain_imports_only_python_and_pydantic():
    strangers = {name: imported(tree) - ALLOWED_IN_DOMAIN for name, tree in modules("domain")}
    assert strangers
    assert {name: found for name, found in strangers.items() if found} == {}


def test_an_import_inside_a_function_would_be_found():
    assert imported(ast.parse("def f():\n    from psycopg.rows import dict_row")) == {"psycopg"}

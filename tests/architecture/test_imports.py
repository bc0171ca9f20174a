"""Imports run one way, and the domain needs nothing but Python and pydantic."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, modules, texts

ALLOWED_IN_DOMAIN = sys.stdlib_module_names | {"domain", "pydantic"}


def wanted(tree: ast.Module) -> set[str]:
    """Name every module that is imported, and what is taken from it: that may be one too."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


def imported(tree: ast.Module) -> set[str]:
    return {name.split(".")[0] for name in wanted(tree)}


def test_the_import_contracts_are_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_domain_imports_only_python_and_pydantic():
    strangers = {name: imported(tree) - ALLOWED_IN_DOMAIN for name, tree in modules("domain")}
    assert strangers
    assert {name: found for name, found in strangers.items() if found} == {}


def read_models() -> set[str]:
    """Name the modules of projections that have their SQL beside them."""
    names = {name.removesuffix(".sql") for name, _ in texts() if name.endswith(".sql")}
    found = {name.removesuffix(".py") for name, _ in modules("projections")}
    return {name.replace("/", ".") for name in names & found}


def test_read_models_do_not_know_each_other():
    ours = read_models()
    known = {
        (name, other)
        for name, tree in modules("projections")
        for other in ours & wanted(tree)
        if name.removesuffix(".py").replace("/", ".") in ours
    }
    assert known == set()


def test_read_models_fold_events_and_know_no_rules():
    known = [
        (name, other)
        for name, tree in modules("projections")
        for other in wanted(tree)
        if f"{other}.".startswith("domain.rules.")
    ]
    assert known == []


def test_each_way_to_import_a_read_model_would_be_found():
    lines = (
        "import projections.timeline",
        "from projections import timeline",
        "from projections.timeline import Timeline",
    )
    assert all("projections.timeline" in wanted(ast.parse(line)) for line in lines)


def test_an_import_inside_a_function_would_be_found():
    assert imported(ast.parse("def f():\n    from psycopg.rows import dict_row")) == {"psycopg"}

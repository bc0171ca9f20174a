"""Nothing below the ways in prints, and the append lock of the log is never switched off."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import modules, texts

# With this setting the library appends without its lock, and a tailing reader skips entries.
SWITCHED_ON = re.compile(
    r"ENABLE_DB_FUNCTIONS[\"'\])\s]*[=:,][\s\"'(]*(?:y|yes|t|true|on|1)\b",
    re.IGNORECASE,
)


def prints(tree: ast.Module) -> list[int]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]


def test_nothing_below_the_ways_in_prints():
    looked_at = modules("domain", "eventlog", "projections")
    assert looked_at
    assert [(name, line) for name, tree in looked_at for line in prints(tree)] == []


def test_the_append_lock_is_never_switched_off():
    kept = [(name, text) for name, text in texts() if not name.startswith("tests/")]
    assert [name for name, text in kept if SWITCHED_ON.search(text)] == []


def test_switching_it_off_would_be_found():
    for line in (
        '{"POSTGRES_ENABLE_DB_FUNCTIONS": "yes"}',
        "POSTGRES_ENABLE_DB_FUNCTIONS=1",
        "PostgresDatastore(enable_db_functions=True)",
    ):
        assert SWITCHED_ON.search(line), line
    assert not SWITCHED_ON.search('{"POSTGRES_ENABLE_DB_FUNCTIONS": "no"}')
    assert not SWITCHED_ON.search("PostgresDatastore(enable_db_functions=False)")

"""Everything read for somebody goes through api/reading, which asks the policy."""

from __future__ import annotations

import ast

from tests.architecture.tree import modules

GATE = (
    "api/reading/",
    "api/wiring.py",
    "api/workbook/past.py",  # compares a workbook with what stands already; shows it to nobody
)
BEHIND = {"views", "stored_entries", "entry_mapper", "entries_recorder"}
OF_THE_LOG = {"read", "keys", "entries"}


def around(tree: ast.Module) -> list[int]:
    """Find where a module reaches for a read model, or for entries of the log."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of_log = isinstance(node.value, ast.Attribute | ast.Name) and _name(node.value) == "log"
            if node.attr in BEHIND or (of_log and node.attr in OF_THE_LOG):
                found.append(node.lineno)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names = [alias.name for alias in node.names]
            wanted = [getattr(node, "module", None) or "", *names]
            if any(name.startswith("projections.views") for name in wanted):
                found.append(node.lineno)
    return found


def _name(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def test_no_way_in_reads_around_the_gate():
    looked_at = [(name, tree) for name, tree in modules("api") if not name.startswith(GATE)]
    assert looked_at
    assert [(name, line) for name, tree in looked_at for line in around(tree)] == []


def test_a_read_around_the_gate_would_be_found():
    for line in (
        "services.views.timeline.page(x)",
        "services.log.entries(x)",
        "log.read(0, 10)",
        "self.services.log.entry_mapper.open(x)",
        "from projections.views import Views",
    ):
        assert around(ast.parse(line)), line
    for line in ("answer.entries", "plan.entries(x)", "log.committer", "body.read()"):
        assert not around(ast.parse(line)), line

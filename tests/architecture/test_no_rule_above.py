"""Who may see or do what is said in the domain; a page or a route asks it, and compares no role."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import modules

MAY = {
    "api/reading/offered.py": "in which words somebody is told that something still stands",
    "api/reading/showing.py": "in which lane of the timeline an entry stands",
    "api/reading/sharing.py": "in which words it is told that an organisation oversees the file",
    "api/web/audience.py": "of whom a form tells what they will see; what that is, says the matrix",
    "api/web/forms/registry.py": "with which forms the page of a trajectory leads",
    "api/web/helping.py": "in which words somebody is told what they find where",
    "api/web/pages.py": "how the timeline is headed",
    "api/web/rendering.py": "on which page somebody begins, and whether it speaks to them",
    "api/workbook/telling.py": "in which column of the sheet somebody was named",
}
"""Which module tells roles apart, and for what: for words and places, and never for a right."""
OF_THE_REQUEST = {"categories", "command", "cursor", "name", "words"}
"""What an address is asked by, whoever asks: letters of a list, a place in it, plain characters."""


def told_apart(tree: ast.Module) -> list[int]:
    """Find where a role is compared, looked up, or put in a list of roles to be asked by."""
    return sorted({each.lineno for node in ast.walk(tree) for each in _asked(node) if _role(each)})


def _asked(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Compare():
            yield from (node.left, *node.comparators)
        case ast.Set():
            yield from node.elts
        case ast.Tuple() | ast.List() if all(map(_role, node.elts)):
            yield from node.elts
        case ast.Dict():
            yield from filter(None, node.keys)
        case ast.MatchValue():
            yield node.value


def _role(node: ast.expr) -> bool:
    """Say whether this is one role: itself, or its value."""
    match node:
        case ast.Attribute(value=ast.Name(id="Role")):
            return True
        case ast.Attribute(attr="value"):
            return _role(node.value)
    return False


def refused(tree: ast.Module) -> Iterator[str]:
    """Name the fields that are refused in words of the module's own."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "refuse"
        ):
            yield ast.literal_eval(node.args[0])


def test_no_page_and_no_route_tells_roles_apart():
    above = modules("api")
    assert above
    assert {name for name, tree in above if told_apart(tree)} == set(MAY)


@pytest.mark.parametrize(
    "line",
    [
        "access.role is Role.CLIENT",
        "Role.CLIENT == by",
        "row.role == Role.JOB_COACH.value",
        "role in {Role.CLIENT, Role.PEER}",
        "who.actor.role not in (Role.CLIENT, Role.PEER)",
        "_TEAM = frozenset({Role.JOB_COACH})",
        "_TEAM = frozenset([Role.JOB_COACH, Role.PEER])",
        "_WAYS = {Role.CLIENT: 1}",
        "match role:\n    case Role.CLIENT:\n        pass",
    ],
)
def test_a_role_that_is_told_apart_would_be_found(line: str):
    assert told_apart(ast.parse(line))


@pytest.mark.parametrize(
    "line", ["sight.names(Role.CLIENT)", "Actor(person, Role.PEER)", "who, role = x, Role.PEER"]
)
def test_a_role_that_is_only_named_is_none(line: str):
    assert not told_apart(ast.parse(line))


def test_what_is_refused_above_the_domain_is_the_shape_of_a_request():
    reads = [tree for name, tree in modules("api") if not name.startswith("api/workbook/")]
    assert {field for tree in reads for field in refused(tree)} == OF_THE_REQUEST

"""Every command has a spec in which it is refused: read from the specs, whoever runs them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from domain.rules import COMMANDS
from tests.architecture.tree import modules

NAMES = frozenset(each.__name__ for each in COMMANDS)
Bound = Mapping[str, Sequence[ast.AST]]
"""What a name was given, in the order of the file."""


def test_every_command_is_refused_in_a_spec():
    specs = [tree for path, tree in modules("tests") if path.startswith("tests/domain/test_")]
    found = {name for tree in specs for name in refused(tree)}
    assert sorted(NAMES - found) == []


def test_a_command_is_found_by_what_is_asked_and_not_by_what_went_before():
    spec = ast.parse(
        """
LINK, UNLINK = LinkFiles(other=OTHER), UnlinkFiles(other=OTHER)
def closing(reason):
    return CloseTrajectory(reason=reason)
def undo():
    return given(REFERRED).when(UndoEntry(entry=ENTRY))
@pytest.mark.parametrize("start", [StepUp(), StepDown()])
def test_them(start):
    asked = given(REFERRED).when(Pause())
    asked.refused("nu niet")
    asked = given(REFERRED).when(Resume()).by(Role.CLIENT)
    asked.then(RESUMED)
    given(REFERRED).when(closing("moved")).refused("nu niet")
    given(REFERRED, Refer()).when(LINK).by(Role.CLIENT).refused("nu niet")
    for each in (NoteMove(), Transfer()):
        given(REFERRED).when(each).refused("nu niet")
    given(REFERRED).when(start).refused("nu niet")
    undo().refused("nu niet")
    given(REFERRED).when(ReEnter()).nothing()
"""
    )
    assert set(refused(spec)) == {
        *("LinkFiles", "CloseTrajectory", "UndoEntry", "StepUp", "StepDown"),
        *("Pause", "NoteMove", "Transfer"),
    }


def refused(spec: ast.Module) -> Iterator[str]:
    """Name the commands that a file of specs asks and expects to be refused."""
    shared = bound(spec.body)
    for function in (each for each in spec.body if isinstance(each, ast.FunctionDef)):
        for call in ast.walk(function):
            if method(call) == "refused":
                own = before(bound([function, *ast.walk(function)]), call.lineno)
                for asked in whens(call.func.value, {**shared, **own}, ()):
                    yield from named(asked, {**shared, **own}, ())


def method(node: ast.AST) -> str | None:
    """Give the name of the method that is called here."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return node.func.attr if called else None


def whens(node: ast.AST, names: Bound, seen: tuple[str, ...]) -> Iterator[ast.AST]:
    """Find what is given to `when`, here and in what the names here stand for."""
    if method(node) == "when":
        yield from node.args
        return
    for each in meant(node, names, seen):
        yield from whens(each, names, (*seen, *called(node)))
    for child in ast.iter_child_nodes(node):
        yield from whens(child, names, seen)


def named(node: ast.AST, names: Bound, seen: tuple[str, ...]) -> Iterator[str]:
    """Name the commands that are made here, or in what the names here stand for."""
    yield from NAMES.intersection(called(node))
    for each in meant(node, names, seen):
        yield from named(each, names, (*seen, *called(node)))
    for child in ast.iter_child_nodes(node):
        yield from named(child, names, seen)


def called(node: ast.AST) -> tuple[str, ...]:
    return (node.id,) if isinstance(node, ast.Name) else ()


def meant(node: ast.AST, names: Bound, seen: tuple[str, ...]) -> Sequence[ast.AST]:
    return [each for name in called(node) if name not in seen for each in names.get(name, ())]


def before(names: Bound, line: int) -> Bound:
    """Keep of each name what it was given last before a line."""
    earlier = {
        name: [each for each in given if each.lineno <= line] for name, given in names.items()
    }
    return {name: given[-1:] for name, given in earlier.items()}


def bound(nodes: Sequence[ast.AST]) -> dict[str, list[ast.AST]]:
    """Say what each name was given: assigned, looped over, parametrised or defined."""
    found: dict[str, list[ast.AST]] = {}
    for name, value in sorted(
        (pair for node in nodes for pair in bindings(node)), key=lambda pair: pair[1].lineno
    ):
        found.setdefault(name, []).append(value)
    return found


def bindings(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from paired(target, value)
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield from ((name, value) for name in loaded(target))
        case ast.FunctionDef(name=name, decorator_list=decorators):
            yield name, node
            for each in decorators:
                if method(each) == "parametrize":
                    names, values = each.args[:2]
                    yield from ((name, values) for name in parameters(names))


def paired(target: ast.AST, value: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Give each of several names its own value, where they stand side by side."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for each, its in zip(target.elts, value.elts, strict=False):
            yield from paired(each, its)
    else:
        yield from ((name, value) for name in loaded(target))


def loaded(target: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def parameters(names: ast.AST) -> Iterator[str]:
    for each in ast.walk(names):
        if isinstance(each, ast.Constant):
            yield from str(each.value).replace(",", " ").split()

"""How large things may be (ARCHITECTURE.md, rule 6). A docstring counts for its file, not for its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.exceptions import SIZES
from tests.house.tree import FUNCTIONS, Source, sources, told

LIMITS = {"file": 400, "function": 50, "class": 250, "arguments": 6, "complexity": 8}
FILE_OF_TESTS = 500

# Each is one more way through a function; as ruff's C901 counts them.
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _lines(node: Function | ast.ClassDef) -> int:
    count = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        count -= (first.end_lineno or first.lineno) - first.lineno + 1
    return count


def _arguments(node: Function) -> int:
    """Without self, cls and the unit of work, which come along everywhere."""
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls", "uow")])


def _complexity(node: Function) -> int:
    return 1 + sum(isinstance(inner, BRANCHES) for inner in ast.walk(node))


def _is_door(source: Source) -> bool:
    """Whether a file only hands on names: docstring, imports, `__all__`, and telling lower rows that it is there. A list of
    names is as long as what it lists."""
    if not source.name.endswith("/__init__.py"):
        return False
    first, *rest = source.tree.body or [ast.Pass()]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return is_docstring and all(isinstance(node, ast.ImportFrom | ast.Assign | ast.Expr) for node in rest)


def _sizes(source: Source) -> Iterator[tuple[str, str, int]]:
    if not _is_door(source):
        yield "file", source.name, source.text.count("\n")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            yield "class", f"{source.name}:{node.name}", _lines(node)
        elif isinstance(node, FUNCTIONS):
            place = f"{source.name}:{node.name}"
            yield "function", place, _lines(node)
            yield "complexity", place, _complexity(node)
            if not source.name.startswith("core/cli"):  # an argument there is an option of the command line
                yield "arguments", place, _arguments(node)


def _limit(kind: str, place: str) -> int:
    return FILE_OF_TESTS if kind == "file" and place.startswith("tests/") else LIMITS[kind]


def _too_large() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for source in sources():
        for kind, place, size in _sizes(source):
            if size > _limit(kind, place):
                found[kind, place] = max(size, found.get((kind, place), 0))
    return found


def test_nothing_is_larger_than_the_house_allows() -> None:
    wrong = []
    for (kind, place), size in _too_large().items():
        allowed = SIZES.get((kind, place), (_limit(kind, place), ""))[0]
        if size > allowed:
            wrong.append(f"{place}: {kind} {size}, at most {allowed}")
    assert not wrong, told(wrong)


def test_exceptions_only_shrink() -> None:
    found = _too_large()
    wrong = []
    for (kind, place), (allowed, reason) in SIZES.items():
        size = found.get((kind, place), 0)
        if not reason:
            wrong.append(f"{kind} {place}: no reason")
        if size < allowed:
            wrong.append(f"{kind} {place}: now {size or 'within the limit'}, the exception says {allowed}")
    assert not wrong, told(wrong)

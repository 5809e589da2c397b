"""The program's own sources, read and parsed once for all rules of the house."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("core", "db", "desktop", "migrations", "installer")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One Python file: `name` is its path from the root, `module` its dotted name."""

    name: str
    module: str
    is_package: bool
    text: str
    tree: ast.Module

    @property
    def parts(self) -> list[str]:
        return self.module.split(".")

    def at(self, node: ast.AST, words: str) -> str:
        """A line of a report: where, and what is wrong there."""
        return f"{self.name}:{getattr(node, 'lineno', 1)} {words}"


@dataclass(frozen=True)
class Import:
    """One thing imported: its full dotted name, as far as the tree of modules knows it."""

    target: str
    node: ast.AST


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """All Python files of these folders, or of the file named; a folder that is not there yet holds none."""
    found = []
    for folder in folders or (*PROGRAM, "tests", "dev.py"):
        path = ROOT / folder
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            found.append(_read(file))
    return tuple(found)


@cache
def _read(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    relative = file.relative_to(ROOT)
    parts = list(relative.with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if is_package else parts)
    return Source(relative.as_posix(), module, is_package, text, ast.parse(text, filename=str(relative)))


@cache
def is_module(dotted: str) -> bool:
    path = ROOT.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


@cache
def imports(source: Source) -> tuple[Import, ...]:
    """Every import of a file, wherever it stands in it. `from a import b` counts as a.b when that is a module."""
    return tuple(_imports(source))


def _imports(source: Source) -> Iterator[Import]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node)
        elif isinstance(node, ast.ImportFrom):
            base = _base(source, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield Import(inner if is_module(inner) else base, node)


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.parts if source.is_package else source.parts[:-1]
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, FUNCTIONS):
            yield node


def calls(source: Source) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node


def name_of(node: ast.AST) -> str:
    """The last name of what is called or used as a decorator: `b` of `a.b(...)`, `b` and `b()`."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted_name(node: ast.AST) -> str:
    """`a.b.c` of such an expression; what is no plain name becomes empty."""
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git knows and would add."""
    asked = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    names = [name for name in done.stdout.decode().split("\0") if name]
    return tuple(path for path in (ROOT / name for name in sorted(set(names))) if path.is_file())


def told(wrong: list[str]) -> str:
    """A failing rule's message, one finding a line."""
    return f"{len(wrong)} to mend:\n" + "\n".join(wrong)

"""Every text that a person sees, taken from the sources, and the Chinese of each."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import polib

from tests.house.tree import ROOT, Source, calls, sources

LOCALE = ROOT / "resources" / "locale" / "zh_CN"
FLOORS = ("core", "db", "desktop")


@dataclass(frozen=True)
class Said:
    """A literal of `_()` or `_n()`, or a command's label. `facts` are the keywords, None when they cannot be known."""

    where: str
    msgid: str
    plural: str
    facts: frozenset[str] | None

    @property
    def holes(self) -> frozenset[str]:
        return placeholders(self.msgid) | (placeholders(self.plural) if self.plural else frozenset())


def placeholders(pattern: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for a brace that is not closed."""
    return frozenset(
        re.split(r"[.\[]", name)[0]
        for _text, name, _spec, _how in string.Formatter().parse(pattern)
        if name is not None
    )


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _marks(source: Source) -> Iterator[tuple[ast.Call, int]]:
    """Calls of `_` and `_n`, with how many literals each has."""
    if source.module == "core.i18n":
        return
    for call in calls(source):
        if isinstance(call.func, ast.Name) and call.func.id in ("_", "_n"):
            yield call, 1 if call.func.id == "_" else 2


def not_literal() -> list[str]:
    """Where something else than a literal is marked: it cannot be found for translation."""
    return [
        source.at(call, "only a literal can be translated")
        for source in sources(*FLOORS)
        for call, count in _marks(source)
        if len(call.args) < count or not all(_is_text(one) for one in call.args[:count])
    ]


def said() -> Iterator[Said]:
    """Everything marked in the program, and the labels of commands."""
    for source in sources(*FLOORS):
        for call, count in _marks(source):
            literals = [str(one.value) for one in call.args[:count] if isinstance(one, ast.Constant)]
            if len(literals) == count:
                yield Said(source.at(call, ""), literals[0], literals[1] if count == 2 else "", _facts(call, count))
        yield from _labels(source)


def _facts(call: ast.Call, count: int) -> frozenset[str] | None:
    names = [one.arg for one in call.keywords]
    if None in names:
        return None
    return frozenset(name for name in names if name) | ({"n"} if count == 2 else set())


def _labels(source: Source) -> Iterator[Said]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = [mark.func if isinstance(mark, ast.Call) else mark for mark in node.decorator_list]
        words = ast.get_docstring(node)
        if words and any(isinstance(mark, ast.Name) and mark.id == "command" for mark in marks):
            yield Said(source.at(node, ""), words.split("\n")[0].rstrip("."), "", None)


@dataclass(frozen=True)
class Translation:
    """One entry of a .po file."""

    where: str
    msgid: str
    chinese: str
    is_fuzzy: bool
    is_obsolete: bool


@cache
def translations() -> tuple[Translation, ...]:
    found = []
    for file in sorted(LOCALE.glob("*.po")):
        for entry in polib.pofile(str(file), encoding="utf-8"):
            chinese = entry.msgstr or (entry.msgstr_plural or {}).get(0, "")
            where = f"{file.relative_to(ROOT).as_posix()}:{entry.linenum}"
            found.append(Translation(where, entry.msgid, chinese, "fuzzy" in entry.flags, bool(entry.obsolete)))
    return tuple(found)


@cache
def chinese() -> dict[str, str]:
    return {one.msgid: one.chinese for one in translations() if not one.is_fuzzy and not one.is_obsolete}

"""What every domain, command and table has (ARCHITECTURE.md, rule 5 and "A domain in core")."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.house.exceptions import ROOMS, WITHOUT_PERMISSION
from tests.house.rows import DOMAINS
from tests.house.tree import FUNCTIONS, ROOT, Source, name_of, sources, told

NAMES = ("__init__", "types", "rules", "steps", "commands", "queries")
LEAST_LINES_OF_A_DOOR = 3
MARKS = {"command": "commands", "query": "queries"}


def _doors() -> Iterator[Source]:
    for domain in DOMAINS:
        if (ROOT / "core" / domain / "__init__.py").is_file():
            yield from (source for source in sources("core") if source.module == f"core.{domain}" and source.is_package)


def _marked(kind: str) -> Iterator[tuple[Source, ast.FunctionDef, ast.expr]]:
    for source in sources("core"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef):
                yield from ((source, node, mark) for mark in node.decorator_list if name_of(mark) == kind)


def test_every_domain_has_a_door_that_says_what_it_promises() -> None:
    wrong = []
    for source in _doors():
        words = [line for line in (ast.get_docstring(source.tree) or "").splitlines() if line.strip()]
        if len(words) < LEAST_LINES_OF_A_DOOR:
            wrong.append(f"{source.name}: say in 3 to 15 lines what this domain owns and promises")
        assigned = [node for node in source.tree.body if isinstance(node, ast.Assign)]
        if not any(name_of(target) == "__all__" for node in assigned for target in node.targets):
            wrong.append(f"{source.name}: no __all__")
        wrong += [source.at(node, "a door only re-exports") for node in source.tree.body if isinstance(node, FUNCTIONS)]
    folders = [path for path in (ROOT / "core" / domain for domain in DOMAINS) if any(path.rglob("*.py"))]
    wrong += [f"core/{path.name} has no __init__.py" for path in folders if not (path / "__init__.py").is_file()]
    assert not wrong, told(wrong)


def test_a_domain_has_six_rooms_and_no_others() -> None:
    wrong = set()
    for source in sources("core"):
        if source.parts[1:2] and source.parts[1] in DOMAINS and source.parts[2:]:
            place = "core/{}/{}".format(*source.parts[1:3])
            if source.parts[2] not in NAMES and place not in ROOMS:
                wrong.add(f"{place}: is it rules, steps, commands or queries?")
    assert not wrong, told(sorted(wrong))


def test_exceptions_for_rooms_are_still_needed() -> None:
    gone = [place for place in ROOMS if not (ROOT / place).exists() and not (ROOT / f"{place}.py").exists()]
    assert not gone, told(gone)


def test_use_cases_stand_in_their_room() -> None:
    wrong = [
        source.at(function, f"{function.name} is a {kind} outside {room}")
        for kind, room in MARKS.items()
        for source, function, _mark in _marked(kind)
        if source.parts[2:3] != [room]
    ]
    assert not wrong, told(wrong)


def test_only_use_cases_leave_the_rooms_of_use_cases() -> None:
    marked = {(source.parts[1], function.name) for kind in MARKS for source, function, _mark in _marked(kind)}
    wrong = []
    for source in _doors():
        rooms = tuple(f"{source.module}.{room}" for room in MARKS.values())
        for node in source.tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(rooms):
                names = [alias.name for alias in node.names if alias.name.islower()]
                wrong += [
                    source.at(node, f"{name} is neither a command nor a query")
                    for name in names
                    if (source.parts[1], name) not in marked
                ]
    assert not wrong, told(wrong)


def test_exceptions_for_permissions_are_still_needed() -> None:
    named = {f"{source.parts[1]}.{function.name}" for source, function, _mark in _marked("command")}
    gone = sorted(set(WITHOUT_PERMISSION) - named)
    assert not gone, told(gone)


def test_every_use_case_names_its_permission() -> None:
    wrong = []
    for kind in MARKS:
        for source, function, mark in _marked(kind):
            named = mark.args[0] if isinstance(mark, ast.Call) and len(mark.args) == 1 else None
            is_permission = isinstance(named, ast.Attribute) and name_of(named.value) == "Permission"
            is_none = isinstance(named, ast.Constant) and named.value is None
            excused = kind == "query" or f"{source.parts[1]}.{function.name}" in WITHOUT_PERMISSION
            if not is_permission and not (is_none and excused):
                wrong.append(source.at(function, f"{function.name}: @{kind}(Permission....)"))
    assert not wrong, told(wrong)


def test_every_use_case_takes_the_unit_of_work_and_then_names_only() -> None:
    wrong = []
    for kind in MARKS:
        for source, function, _mark in _marked(kind):
            taken = function.args
            if [one.arg for one in (*taken.posonlyargs, *taken.args)] != ["uow"] or taken.vararg or taken.kwarg:
                wrong.append(source.at(function, f"{function.name}(uow, *, ...)"))
            if function.returns is None or not ast.get_docstring(function):
                wrong.append(source.at(function, f"{function.name} needs a docstring, and says what it answers"))
    assert not wrong, told(wrong)


@cache
def _words_of_tests() -> frozenset[str]:
    texts = [source.text for source in sources("tests") if not source.name.startswith("tests/house/")]
    return frozenset(re.findall(r"\w+", "\n".join(texts)))


def test_every_command_is_tested() -> None:
    words = _words_of_tests()
    wrong = [
        source.at(function, f"no test names {function.name}")
        for source, function, _mark in _marked("command")
        if function.name not in words
    ]
    assert not wrong, told(wrong)


def test_public_functions_of_core_say_what_they_do() -> None:
    wrong = []
    for source in sources("core"):
        for node in source.tree.body:
            bodies = [node] if isinstance(node, FUNCTIONS) else node.body if isinstance(node, ast.ClassDef) else []
            for function in bodies:
                if not isinstance(function, FUNCTIONS) or function.name.startswith("_"):
                    continue
                inherits = isinstance(node, ast.ClassDef) and (bool(node.bases) or node.name.startswith("_"))
                if not ast.get_docstring(function) and not inherits:
                    wrong.append(source.at(function, f"{function.name} has no docstring"))
    assert not wrong, told(wrong)


def test_every_table_has_a_topic() -> None:
    wrong = []
    for source in sources("db"):
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            said = {name_of(target) for step in node.body if isinstance(step, ast.Assign) for target in step.targets}
            if "__tablename__" in said and "topic" not in said:
                wrong.append(source.at(node, f"{node.name} has no topic"))
    assert not wrong, told(wrong)


def test_nothing_is_called_after_what_it_is_not() -> None:
    forbidden = re.compile(r"^(utils?|helpers?|misc|common|managers?)$")
    wrong = [
        source.name
        for source in sources("core", "db", "desktop")
        if any(forbidden.match(part) for part in source.parts)
    ]
    assert not wrong, told(wrong)

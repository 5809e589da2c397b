"""The tree as a whole: nothing of one machine in it, a lock without addresses, no test left out."""

from __future__ import annotations

import ast
import re
import tomllib

from packaging.requirements import Requirement

from tests.house.tree import ROOT, Source, dotted_name, name_of, own_files, sources, told

MACHINE = re.compile(r"(?<![\w./-])/(work|root|farm|home/\w+)/", re.ASCII)
PACKAGE_HOST = re.compile(
    r"https?://[^/\s\"'<>)]*(py" r"pi|python" r"hosted|np" r"mjs|arti" r"factory|ne" r"xus|mir" r"ror|reg" r"istry)"
)
LARGEST_TEXT = 3_000_000
LEFT_OUT = {
    "skip",
    "skipif",
    "xfail",
    "importorskip",
    "SkipTest",
    "skipTest",
    "expectedFailure",
    "skipUnless",
    "skipIf",
}
WAITS = {"qtbot.wait", "QTest.qWait", "QThread.msleep", "QThread.sleep", "time.sleep"}


def _texts() -> list[tuple[str, str]]:
    found = []
    for path in own_files():
        content = path.read_bytes() if path.stat().st_size <= LARGEST_TEXT else b"\0"
        if b"\0" not in content[:8000]:
            found.append((path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")))
    return found


def test_no_path_or_package_host_of_a_machine_is_named() -> None:
    wrong = []
    for name, text in _texts():
        if not MACHINE.search(text) and not PACKAGE_HOST.search(text):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE.search(line) or PACKAGE_HOST.search(line):
                wrong.append(f"{name}:{number} {line.strip()[:100]}")
    assert not wrong, told(wrong)


def test_the_lock_names_no_address_and_hashes_everything() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.split(r"(?m)^(?=\w)", text)[1:]
    assert len(packages) > 40
    without = [package.split()[0] for package in packages if "--hash=sha256:" not in package]
    assert not without, told(without)


def test_the_lock_holds_what_the_project_asks_for() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==([\w.+!-]+)", text):
        locked.setdefault(_plain(name), []).append(version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    wrong = [
        str(one)
        for one in asked
        if not any(one.specifier.contains(version) for version in locked.get(_plain(one.name), []))
    ]
    assert not wrong, "run `make lock`: " + told(wrong)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _tests() -> list[Source]:
    return [source for source in sources("tests") if not source.name.startswith("tests/house/")]


def test_no_test_is_left_out() -> None:
    wrong = []
    for source in sources("tests"):
        for node in ast.walk(source.tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in LEFT_OUT
                and name_of(node.value) in ("pytest", "mark", "unittest", "self")
            ):
                wrong.append(source.at(node, node.attr))
            if isinstance(node, ast.ImportFrom) and node.module in ("pytest", "unittest", "unittest.case"):
                wrong += [source.at(node, alias.name) for alias in node.names if alias.name in LEFT_OUT]
    assert not wrong, told(wrong)


def test_tests_wait_for_a_condition_not_for_a_time() -> None:
    wrong = [
        source.at(node, dotted_name(node.func))
        for source in _tests()
        if source.module.split(".")[-1].startswith("test_")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted_name(node.func) in WAITS
    ]
    assert not wrong, told(wrong)


def test_a_file_of_tests_is_named_so_that_it_is_found() -> None:
    wrong = [
        source.at(node, f"{node.name} is never run: the file's name does not start with test_")
        for source in _tests()
        if not source.module.split(".")[-1].startswith("test_")
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert not wrong, told(wrong)

"""Who may import whom (ARCHITECTURE.md, rules 1, 2 and 4); the same contracts as import-linter's, and the doors."""

from __future__ import annotations

import sys

from tests.house.rows import CALLERS, DOMAINS, ROW, SHARED_DESKTOP
from tests.house.tree import Import, Source, imports, is_module, sources, told

QT = ("PySide6", "shiboken6")
DATABASE = ("sqlalchemy", "alembic", "psycopg", "sqlite3")
FORBIDDEN: dict[str, tuple[str, ...]] = {
    "db": ("core", "desktop", "tests", *QT),
    "core": ("desktop", "migrations", "tests", *QT),
    "desktop": ("db", "migrations", "tests", *DATABASE),
    "migrations": ("desktop", "tests", *QT),
    "migrations.versions": ("core", "db"),
}
PURE = (
    "core.values",
    "core.currencies",
    "core.iban",
    "core.gtin",
    "core.gs1",
    "core.errors",
    "core.i18n",
    "core.words",
    "db.enums",
)


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _domain(module: str) -> str:
    """The domain of core or desktop that a module stands in; empty for a module at the root of its floor."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] in ("core", "desktop") else ""


def _all_imports(folder: str) -> list[tuple[Source, Import]]:
    return [(source, one) for source in sources(folder) for one in imports(source)]


def test_no_floor_imports_what_it_may_not_know() -> None:
    wrong = [
        source.at(one.node, f"imports {one.target}")
        for package, forbidden in FORBIDDEN.items()
        for source, one in _all_imports(package.replace(".", "/"))
        for name in forbidden
        if _is_in(one.target, name)
    ]
    assert not wrong, told(wrong)


def test_every_folder_of_core_has_its_row() -> None:
    folders = {source.parts[1] for source in sources("core") if len(source.parts) > 1 and source.name.count("/") > 1}
    assert not folders - set(ROW), "no row in tests/house/rows.py for core/" + ", core/".join(folders - set(ROW))


def test_a_domain_imports_only_lower_rows() -> None:
    wrong = []
    for source, one in _all_imports("core"):
        here, there = _domain(source.module), _domain(one.target)
        if there not in ROW or here == there or not one.target.startswith("core."):
            continue
        if ROW.get(here, -1) <= ROW[there]:
            wrong.append(source.at(one.node, f"imports core.{there}, which is not in a lower row"))
    assert not wrong, told(wrong)


def test_a_domain_is_entered_by_its_door() -> None:
    wrong = []
    for source, one in _all_imports("core") + _all_imports("desktop"):
        there = _domain(one.target)
        inside = one.target.count(".") > 1 and one.target.startswith("core.") and is_module(one.target)
        if inside and there in DOMAINS and not _is_in(source.module, f"core.{there}"):
            wrong.append(source.at(one.node, f"imports {one.target}; only core.{there} is for others"))
    assert not wrong, told(wrong)


def test_tests_of_one_domain_do_not_look_into_another() -> None:
    wrong = []
    for source, one in _all_imports("tests"):
        here = source.parts[2] if source.parts[1:2] == ["core"] and len(source.parts) > 2 else ""
        there = _domain(one.target)
        if here in DOMAINS and there in DOMAINS and there != here and one.target.count(".") > 1:
            wrong.append(source.at(one.node, f"imports {one.target}; only core.{there} is for others"))
    assert not wrong, told(wrong)


def test_rules_and_types_are_pure() -> None:
    wrong = []
    for source, one in _all_imports("core"):
        if _domain(source.module) not in DOMAINS or source.parts[2:3] not in (["rules"], ["types"]):
            continue
        own = tuple(f"core.{_domain(source.module)}.{room}" for room in ("rules", "types"))
        is_standard = one.target.split(".")[0] in sys.stdlib_module_names
        if not is_standard and not any(_is_in(one.target, allowed) for allowed in (*PURE, *own)):
            wrong.append(source.at(one.node, f"imports {one.target}"))
    assert not wrong, told(wrong)


def test_a_domain_of_the_windows_knows_no_other() -> None:
    packages = {source.parts[1] for source in sources("desktop") if source.name.count("/") > 1} - {"tour"}
    wrong = []
    for source, one in _all_imports("desktop"):
        here, there = _domain(source.module), _domain(one.target)
        crosses = here != there and here in packages and there in packages and one.target.startswith("desktop.")
        if crosses and not _may_know(here, there):
            wrong.append(source.at(one.node, f"imports {one.target}: ask the shell to go there"))
    assert not wrong, told(wrong)


def _may_know(here: str, there: str) -> bool:
    if there not in SHARED_DESKTOP:
        return False
    return here not in SHARED_DESKTOP or SHARED_DESKTOP.index(here) > SHARED_DESKTOP.index(there)


def test_callers_stand_outside_the_domains() -> None:
    assert not set(CALLERS) & set(DOMAINS)

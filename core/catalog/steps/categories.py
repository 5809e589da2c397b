"""Building blocks: branches of the category tree, and the prefixes their items' codes begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from core.catalog.rules.fields import line
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Category

JOINT = "/"
LONGEST_PATH = 400


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch as the steps see it."""

    id: int
    version: int
    parent_id: int | None
    name: str
    name_en: str
    path: str
    path_en: str
    code_prefix: str


def load_branches(uow: UnitOfWork) -> dict[int, Branch]:
    """The whole tree by id."""
    c = Category
    rows = uow.sql.execute(select(c.id, c.version, c.parent_id, c.name, c.name_en, c.path, c.path_en, c.code_prefix))
    return {row.id: Branch(*row) for row in rows}


def branch(branches: dict[int, Branch], category_id: int) -> Branch:
    """One branch. Raises NotFound."""
    if category_id not in branches:
        raise NotFound(_("There is no such category ({category_id}).", category_id=category_id), field="category_id")
    return branches[category_id]


def code_prefix_of(branches: dict[int, Branch], category_id: int | None) -> str:
    """The prefix of a category's codes: its own, else that of the nearest branch above; empty when there is none."""
    while category_id is not None and category_id in branches:
        if branches[category_id].code_prefix:
            return branches[category_id].code_prefix
        category_id = branches[category_id].parent_id
    return ""


def path_of(name: str, parent: str) -> str:
    """The path of a branch below a parent. Raises InvalidInput when it is too long."""
    path = f"{parent}{JOINT}{name}" if parent else name
    if len(path) > LONGEST_PATH:
        raise InvalidInput(_("The categories above are too deep. Use shorter names or fewer levels."), field="name")
    return path


def category_name(text: str, field: str = "name") -> str:
    """The name of a branch. Raises InvalidInput for a slash, which stands between the names of a path."""
    name = line(text, 80, field)
    if JOINT in name:
        raise InvalidInput(_("A category's name has no slash: {name}.", name=name), field=field)
    return name


def add_branch(uow: UnitOfWork, *, name: str, name_en: str, parent: Branch | None, code_prefix: str) -> Branch:
    """A new branch below `parent`. The caller has checked that its path is free."""
    path = path_of(name, parent.path if parent else "")
    path_en = path_of(name_en or name, parent.path_en if parent else "")[:LONGEST_PATH]
    values = {
        "parent_id": parent.id if parent else None, "name": name, "name_en": name_en, "path": path, "path_en": path_en,
        "code_prefix": code_prefix, "version": 1,
    }  # fmt: skip
    key = int(uow.sql.execute(insert(Category).values(**values).returning(Category.id)).scalar_one())
    return Branch(key, 1, parent.id if parent else None, name, name_en, path, path_en, code_prefix)


def ensure_categories(uow: UnitOfWork, paths: Iterable[str]) -> dict[str, int]:
    """The ids of branches written as 蔬菜/叶菜 (blanks around the slash do not matter); those missing are made."""
    by_path = {one.path: one for one in load_branches(uow).values()}
    found: dict[str, int] = {}
    for written in dict.fromkeys(paths):
        parts = [category_name(part, "category") for part in re.split(r"\s*[/／>]\s*", written.strip())]
        parts = [part for part in parts if part]
        if not parts:
            continue
        last: Branch | None = None
        for part in parts:
            path = path_of(part, last.path if last else "")
            if path not in by_path:
                by_path[path] = add_branch(uow, name=part, name_en="", parent=last, code_prefix="")
            last = by_path[path]
        if last is not None:
            found[written] = last.id
    return found


def rewrite_paths(uow: UnitOfWork, branches: dict[int, Branch], changed: Branch) -> None:
    """Write a branch that was renamed or moved, and the paths of everything below it."""
    above = branches.get(changed.parent_id) if changed.parent_id is not None else None
    path = path_of(changed.name, above.path if above else "")
    path_en = path_of(changed.name_en or changed.name, above.path_en if above else "")
    _check_free(branches, changed.id, path)
    values = {
        "parent_id": changed.parent_id, "name": changed.name, "name_en": changed.name_en, "path": path,
        "path_en": path_en, "code_prefix": changed.code_prefix,
    }  # fmt: skip
    before = branches[changed.id]
    if before.path != path:
        _step_aside(uow, branches, before)
    uow.sql.execute(update(Category).where(Category.id == changed.id).values(**values, version=Category.version + 1))
    _rewrite_below(uow, branches, before, path, path_en)


def _check_free(branches: dict[int, Branch], own_id: int, path: str) -> None:
    if any(one.path == path and one.id != own_id for one in branches.values()):
        raise InvalidInput(_("There is a category {path} already.", path=path), field="name")


def _below(branches: dict[int, Branch], root: Branch) -> list[Branch]:
    return [one for one in branches.values() if one.path.startswith(root.path + JOINT)]


def _step_aside(uow: UnitOfWork, branches: dict[int, Branch], root: Branch) -> None:
    """Paths are unique: free the old ones before the new ones are written one by one."""
    for one in [root, *_below(branches, root)]:
        uow.sql.execute(update(Category).where(Category.id == one.id).values(path=f"{JOINT}{one.id}"))


def _rewrite_below(uow: UnitOfWork, branches: dict[int, Branch], root: Branch, path: str, path_en: str) -> None:
    for one in _below(branches, root):
        names_en = [part.name_en or part.name for part in _way(branches, root.id, one)]
        uow.sql.execute(
            update(Category)
            .where(Category.id == one.id)
            .values(path=path + one.path[len(root.path) :], path_en=JOINT.join([path_en, *names_en])[:LONGEST_PATH])
        )


def _way(branches: dict[int, Branch], root_id: int, one: Branch) -> list[Branch]:
    way = [one]
    while way[0].parent_id is not None and way[0].parent_id != root_id:
        way.insert(0, branches[way[0].parent_id])
    return way

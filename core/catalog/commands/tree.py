"""What a person can do with categories and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import delete, exists, insert, select, update

from core.catalog.rules.codes import normal_prefix
from core.catalog.rules.fields import Clean, amount, cleaned, line, required, unit_word
from core.catalog.steps.categories import (
    JOINT,
    Branch,
    add_branch,
    branch,
    category_name,
    load_branches,
    path_of,
    rewrite_paths,
)
from core.catalog.steps.taken import hold_codes
from core.edits import merge_edit
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Category, Item, Unit
from db.enums import Permission

DIMENSIONS = ("", "mass", "volume", "length")


def _name(text: str) -> str:
    return required(category_name(text), 80, "name", _("A category needs a name."))


FIELDS: Mapping[str, Clean] = {
    "name": _name,
    "name_en": lambda text: category_name(text, "name_en"),
    "parent_id": lambda key: key,
    "code_prefix": normal_prefix,
}


@command(Permission.ITEM_EDIT)
def create_category(
    uow: UnitOfWork, *, name: str, name_en: str = "", parent_id: int | None = None, code_prefix: str = ""
) -> int:
    """Create a category.

    The prefix begins the codes of its items (BRK gives BRK-001). Raises InvalidInput when the name is taken there.
    """
    hold_codes(uow)
    branches = load_branches(uow)
    parent = None if parent_id is None else branch(branches, parent_id)
    path = path_of(_name(name), parent.path if parent else "")
    if any(one.path == path for one in branches.values()):
        raise InvalidInput(_("There is a category {path} already.", path=path), field="name")
    made = add_branch(
        uow,
        name=_name(name),
        name_en=category_name(name_en, "name_en"),
        parent=parent,
        code_prefix=normal_prefix(code_prefix),
    )
    return made.id


@command(Permission.ITEM_EDIT)
def update_category(
    uow: UnitOfWork,
    *,
    category_id: int,
    version: int,
    changes: Mapping[str, object],
    base: Mapping[str, object] | None = None,
) -> int:
    """Change a category.

    Name, English name, the branch it hangs on, or the prefix of codes; everything below follows. Answers the new
    version. Raises Conflict, InvalidInput when the name is taken there or the branch would hang below itself.
    """
    hold_codes(uow)
    branches = load_branches(uow)
    before = branch(branches, category_id)
    wanted = merge_edit(
        changes=cleaned(FIELDS, changes),
        base=None if base is None else cleaned(FIELDS, base),
        stored={field: getattr(before, field) for field in FIELDS},
        is_stale=before.version != version,
    )
    if not wanted:
        return before.version
    changed = replace(before, **wanted)  # type: ignore[arg-type]
    if changed.parent_id is not None:
        _check_not_below_itself(branch(branches, changed.parent_id), before)
    rewrite_paths(uow, branches, changed)
    return before.version + 1


def _check_not_below_itself(parent: Branch, moved: Branch) -> None:
    if parent.id == moved.id or parent.path.startswith(moved.path + JOINT):
        raise InvalidInput(_("A category cannot hang below itself."), field="parent_id")


@command(Permission.ITEM_EDIT)
def remove_category(uow: UnitOfWork, *, category_id: int) -> None:
    """Remove a category.

    Only an empty one without branches below. Raises NotFound, Refused.
    """
    hold_codes(uow)
    one = branch(load_branches(uow), category_id)
    below = select(exists().where(Category.parent_id == category_id))
    items = select(exists().where(Item.category_id == category_id))
    if uow.sql.execute(below).scalar() or uow.sql.execute(items).scalar():
        raise Refused(_("{path} still holds items or categories. Move them first.", path=one.path), field="category_id")
    uow.sql.execute(delete(Category).where(Category.id == category_id))


@command(Permission.ITEM_EDIT)
def create_unit(
    uow: UnitOfWork, *, code: str, name: str, name_en: str, dimension: str = "", factor: Decimal = Decimal(1)
) -> str:
    """Create a unit.

    A physical one has a dimension and a factor to its smallest unit: mass in grams, volume in millilitres, length in
    metres. Answers its code. Raises InvalidInput.
    """
    hold_codes(uow)
    word = unit_word(code)
    if not word:
        raise InvalidInput(_("A unit needs a short name, such as kg."), field="code")
    if uow.sql.execute(select(Unit.code).where(Unit.code == word)).first() is not None:
        raise InvalidInput(_("There is a unit {unit} already.", unit=word), field="code")
    if dimension not in DIMENSIONS:
        raise InvalidInput(_("A unit measures mass, volume or length, or counts things."), field="dimension")
    if not amount(factor, "factor"):
        raise InvalidInput(_("The factor must be more than 0."), field="factor")
    names = {"name": line(name, 40, "name") or word, "name_en": line(name_en, 40, "name_en") or word}
    uow.sql.execute(
        insert(Unit).values(code=word, dimension=dimension, factor=factor if dimension else Decimal(1), **names)
    )
    return word


@command(Permission.ITEM_EDIT)
def update_unit(uow: UnitOfWork, *, code: str, name: str, name_en: str) -> None:
    """Rename a unit.

    Its code and factor stay, since quantities are written with them. Raises NotFound.
    """
    names = {"name": line(name, 40, "name") or code, "name_en": line(name_en, 40, "name_en") or code}
    if not uow.sql.execute(update(Unit).where(Unit.code == code).values(**names)).rowcount:
        raise NotFound(_("There is no unit {unit}.", unit=code), field="code")

"""The names of a pivot's keys, in both languages, and the order they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.i18n import Name, Text, _, verbatim
from core.pinyin import sort_key
from core.reports.steps.pivot.fields import Dimension, Named
from core.reports.types.pivot import Key, Title
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Category, Item, Supplier, Unit
from db.identity import Person
from db.sql import chunks
from db.stock import Location, WasteReason

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
NONE = _("None")
_CODED = {Named.ITEM: Item, Named.LOCATION: Location, Named.SUPPLIER: Supplier}


@dataclass(frozen=True, slots=True)
class Label:
    """How a key is shown, and what it is sorted by."""

    title: Title
    order: tuple[Any, ...]


def labels_of(uow: UnitOfWork, dimension: Dimension, keys: Iterable[Key], language: str) -> dict[Key, Label]:
    """The label of each key; a record that is gone is shown by its id."""
    wanted = set(keys)
    found = _found(uow, dimension, wanted, language)
    return {key: found.get(key) or _plain(key) for key in wanted}


def _found(uow: UnitOfWork, dimension: Dimension, keys: set[Key], language: str) -> Mapping[Key, Label]:
    named = dimension.named
    if named in _CODED:
        return _coded(uow, _CODED[named], keys, language)
    if named in (Named.CATEGORY, Named.BRANCH):
        return _categories(uow, language)
    if named is Named.PERSON:
        rows = _rows(uow, select(Person.id, Person.name), Person.id, keys)
        return {row.id: Label(verbatim(row.name), (0, sort_key(row.name), row.id)) for row in rows}
    if named is Named.REASON:
        reasons = uow.sql.execute(select(WasteReason.code, WasteReason.digit, WasteReason.name, WasteReason.name_en))
        return {row.code: Label(Name(row.name, row.name_en), (0, row.digit, row.code)) for row in reasons}
    if named is Named.UNIT:
        units = uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en))
        return {row.code: _by_name(Name(row.name, row.name_en), row.code, language) for row in units}
    return {key: label for key in keys if (label := _computed(dimension, key)) is not None}


def _computed(dimension: Dimension, key: Key) -> Label | None:
    if dimension.named is Named.WEEKDAY:
        return Label(WEEKDAYS[int(key)], (0, int(key)))
    if dimension.named is Named.HOUR:
        return Label(verbatim(f"{int(key):02}:00"), (0, int(key)))
    if dimension.named is Named.WORD and dimension.words is not None and key:
        known = list(dimension.words)
        stored = next((one for one in known if one.value == key), None)
        if stored is not None:
            return Label(word(stored), (0, known.index(stored)))
    return None


def _coded(uow: UnitOfWork, kind: Any, keys: set[Key], language: str) -> dict[Key, Label]:
    """Records with a code: shown by code and name, in the order of their names."""
    rows = _rows(uow, select(kind.id, kind.code, kind.name, kind.name_en), kind.id, keys)
    found: dict[Key, Label] = {}
    for row in rows:
        name = Name(f"{row.code} {row.name}", f"{row.code} {row.name_en or row.name}")
        shown = Name(row.name, row.name_en).render(language)
        found[row.id] = Label(name, (0, sort_key(shown), row.code))
    return found


def _categories(uow: UnitOfWork, language: str) -> dict[Key, Label]:
    rows = uow.sql.execute(select(Category.id, Category.path, Category.path_en))
    return {row.id: _by_name(Name(row.path, row.path_en), row.id, language) for row in rows}


def branches(uow: UnitOfWork) -> dict[int, int]:
    """The root of the tree above each category."""
    parents = {row.id: row.parent_id for row in uow.sql.execute(select(Category.id, Category.parent_id))}

    def root(category_id: int) -> int:
        above = parents[category_id]
        return category_id if above is None else root(above)

    return {category_id: root(category_id) for category_id in parents}


def _by_name(name: Name, key: Key, language: str) -> Label:
    return Label(name, (0, sort_key(name.render(language)), key))


def _plain(key: Key) -> Label:
    """Words and days as they stand; what has none stands last."""
    if key in ("", 0):
        return Label(NONE, (1,))
    shown: Text = verbatim(str(key))
    return Label(shown, (0, str(key)))


def _rows(uow: UnitOfWork, statement: Any, column: Any, keys: set[Key]) -> list[Any]:
    ids = sorted(int(key) for key in keys if key)
    return [row for part in chunks(ids) for row in uow.sql.execute(statement.where(column.in_(part)))]

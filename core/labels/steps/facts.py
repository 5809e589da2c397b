"""What shelf labels are made from, as one text the database can compare: so a hundred thousand labels are looked through in
one statement, and only those whose facts changed are made anew and compared word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from core.i18n import Name
from core.labels.types.queue import StaleRow
from core.uow import UnitOfWork
from db.catalog import Barcode, Category, Item, ItemUnit, StockPolicy, SupplierTerm, Unit
from db.columns import Day
from db.labels import PlannedPrice, ShelfLabel
from db.sql import chunks
from db.stock import Location

PART = "\x1f"
Pair = tuple[int, int]
_BASE = aliased(Unit)


def _text(column: Any) -> ColumnElement[str]:
    """A column as text, nothing as empty."""
    return func.coalesce(cast(column, String), "")


def _number(column: Any) -> ColumnElement[str]:
    """A number as it is stored, as text."""
    return _text(type_coerce(column, BigInteger))


def _joined(parts: Sequence[Any]) -> ColumnElement[str]:
    whole: ColumnElement[str] = parts[0]
    for part in parts[1:]:
        whole = whole + PART + part
    return whole


def _codes() -> FromClause:
    """Of each item's codes: how many, the first and the last. Codes are never edited, only added and removed."""
    return (
        select(
            Barcode.item_id.label("item_id"),
            _joined([_text(func.count()), _text(func.min(Barcode.id)), _text(func.max(Barcode.id))]).label("words"),
        )
        .group_by(Barcode.item_id)
        .subquery()
    )


def _packs() -> FromClause:
    """Of each item's pack units: how many, which, and how large together."""
    size = type_coerce(ItemUnit.factor, BigInteger)
    parts = [func.count(), func.min(ItemUnit.unit), func.max(ItemUnit.unit), func.sum(size), func.max(size)]
    return (
        select(ItemUnit.item_id.label("item_id"), _joined([_text(part) for part in parts]).label("words"))
        .group_by(ItemUnit.item_id)
        .subquery()
    )


def _terms() -> FromClause:
    """Of each item's suppliers: how many, and a number that grows with each change of their terms."""
    parts = [func.count(), func.max(SupplierTerm.id), func.sum(SupplierTerm.version)]
    return (
        select(SupplierTerm.item_id.label("item_id"), _joined([_text(part) for part in parts]).label("words"))
        .group_by(SupplierTerm.item_id)
        .subquery()
    )


def _price(day: Any, *, has_plans: bool) -> ColumnElement[str]:
    """The sale price that holds on a day, as it is stored."""
    if not has_plans:
        return _number(Item.sale_price)
    planned = (
        select(type_coerce(PlannedPrice.price, BigInteger))
        .where(PlannedPrice.item_id == Item.id, PlannedPrice.from_on <= day)
        .order_by(PlannedPrice.from_on.desc())
        .limit(1)
        .correlate(Item, ShelfLabel)
        .scalar_subquery()
    )
    return _text(func.coalesce(planned, type_coerce(Item.sale_price, BigInteger)))


class Facts:
    """The expression, and the tables it needs, for one statement. `day` a day, or a column of days."""

    def __init__(self, day: Any, *, has_plans: bool) -> None:
        self._codes, self._packs, self._terms = _codes(), _packs(), _terms()
        words = (Item.code, Item.name, Item.name_en, Item.spec, Item.brand, Item.origin, Item.base_unit)
        more = (Item.storage_kind, Item.note, type_coerce(Item.allergens, String))
        joined = (_BASE.name, _BASE.name_en, Category.path, Category.path_en)
        numbers = (Item.shelf_life_days, Item.opened_life_days)
        self.of_item = _joined(
            [
                *words,
                *more,
                *[func.coalesce(column, "") for column in joined],
                *[_text(column) for column in numbers],
                _number(Item.tax_rate),
                _price(day, has_plans=has_plans),
                func.coalesce(self._codes.c.words, ""),
                func.coalesce(self._packs.c.words, ""),
                func.coalesce(self._terms.c.words, ""),
                _number(StockPolicy.minimum),
                _number(StockPolicy.maximum),
            ]
        )
        self.of_place = _joined(
            [func.coalesce(column, "") for column in (Location.code, Location.name, Location.name_en)]
        )

    def join_item(self, statement: Any) -> Any:
        """Join what the item's part needs to a statement that has the item."""
        return (
            statement.outerjoin(_BASE, _BASE.code == Item.base_unit)
            .outerjoin(Category, Category.id == Item.category_id)
            .outerjoin(self._codes, self._codes.c.item_id == Item.id)
            .outerjoin(self._packs, self._packs.c.item_id == Item.id)
            .outerjoin(self._terms, self._terms.c.item_id == Item.id)
            .outerjoin(StockPolicy, (StockPolicy.item_id == Item.id) & (StockPolicy.location_id == 0))
        )


def has_plans(uow: UnitOfWork) -> bool:
    """Whether any price is planned."""
    return uow.sql.execute(select(PlannedPrice.item_id).limit(1)).first() is not None


def facts_of(uow: UnitOfWork, pairs: Iterable[Pair], day: date) -> dict[Pair, str]:
    """The facts of these items at these places (0: no place) on a day."""
    wanted = set(pairs)
    facts = Facts(day, has_plans=has_plans(uow))
    items: dict[int, str] = {}
    for part in chunks(sorted({item_id for item_id, _place in wanted})):
        statement = facts.join_item(select(Item.id, facts.of_item)).where(Item.id.in_(part))
        rows = uow.sql.execute(statement)
        items.update({row[0]: row[1] for row in rows})
    places = {0: PART * 2}
    for part in chunks(sorted({place for _item_id, place in wanted if place})):
        rows = uow.sql.execute(select(Location.id, facts.of_place).where(Location.id.in_(part)))
        places.update({row[0]: row[1] for row in rows})
    return {
        (item_id, place): items[item_id] + PART + places.get(place, PART * 2)
        for item_id, place in wanted
        if item_id in items
    }


def changed_labels(uow: UnitOfWork, day: date, item_id: int | None = None) -> list[Any]:
    """Shelf labels whose facts are others than when they were printed, with everything of the row; of one item when
    said. A label printed for a later day is compared with what will hold on that day."""
    on = case((ShelfLabel.true_on > day, ShelfLabel.true_on), else_=literal(day, Day))
    facts = Facts(on, has_plans=has_plans(uow))
    statement = facts.join_item(
        _shelves(
            ShelfLabel.item_id,
            ShelfLabel.location_id,
            ShelfLabel.layout,
            ShelfLabel.language,
            ShelfLabel.copies,
            ShelfLabel.printed_at,
            on.label("day"),
        )
    ).where(_is_used(), ShelfLabel.facts != facts.of_item + PART + facts.of_place)
    return list(uow.sql.execute(_of_item(statement, item_id)))


def gone_labels(uow: UnitOfWork, item_id: int | None = None) -> list[StaleRow]:
    """Shelf labels whose item or place is no longer used."""
    statement = _shelves(
        ShelfLabel.item_id,
        ShelfLabel.location_id,
        ShelfLabel.layout,
        ShelfLabel.copies,
        Item.code.label("item_code"),
        Item.name,
        Item.name_en,
        Location.code.label("place"),
        Location.name.label("place_name"),
        Location.name_en.label("place_name_en"),
        ShelfLabel.printed_at,
    ).where(~_is_used())
    return [
        StaleRow(
            row.item_id,
            row.location_id,
            row.layout,
            row.copies,
            row.item_code,
            Name(row.name, row.name_en),
            row.place or "",
            Name(row.place_name or "", row.place_name_en or ""),
            row.printed_at,
            is_gone=True,
        )
        for row in uow.sql.execute(_of_item(statement, item_id))
    ]


def _shelves(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(ShelfLabel)
        .join(Item, Item.id == ShelfLabel.item_id)
        .outerjoin(Location, Location.id == ShelfLabel.location_id)
    )


def _is_used() -> ColumnElement[bool]:
    return Item.is_active & or_(ShelfLabel.location_id == 0, func.coalesce(Location.is_active, False))


def _of_item(statement: Select[Any], item_id: int | None) -> Select[Any]:
    return statement if item_id is None else statement.where(ShelfLabel.item_id == item_id)

"""Taking back what a file made: postings by counter-entries, records by removing them when nothing uses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table, delete, select

from core import catalog, purchasing, stock
from core.errors import Refused
from core.i18n import Text, _, _n
from core.uow import UnitOfWork
from db.base import Base
from db.catalog import (
    Barcode,
    Item,
    ItemSearch,
    ItemUnit,
    PriceBreak,
    PriceHistory,
    StockPolicy,
    Supplier,
    SupplierTerm,
)
from db.enums import PostingKind as K
from db.sql import chunks
from db.stock import Location, StockPosting

OF_AN_ITEM: tuple[type[Base], ...] = (ItemSearch, ItemUnit, Barcode, SupplierTerm, PriceHistory, StockPolicy)


def reverse_postings(uow: UnitOfWork, posting_ids: Sequence[int], note: Text) -> None:
    """Reverse these postings, newest first; those already reversed stay as they are. Raises Refused."""
    kinds = _postings(uow, posting_ids)
    outside = [ref for kind, ref in kinds.values() if kind == K.REVERSAL and ref not in kinds]
    if outside:
        raise Refused(
            _("The file reversed postings made before it. Post those documents again instead of undoing the file.")
        )
    desk = stock.Desk(uow)
    own = [posting_id for posting_id, (kind, _ref) in kinds.items() if kind != K.REVERSAL]
    stock.post_reversals(uow, desk, posting_ids=own, note=note.render(uow.site.language))
    desk.close()


def _postings(uow: UnitOfWork, posting_ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    found: dict[int, tuple[str, int | None]] = {}
    for part in chunks(posting_ids):
        rows = uow.sql.execute(
            select(StockPosting.id, StockPosting.kind, StockPosting.ref_id).where(StockPosting.id.in_(part))
        )
        found.update({row.id: (row.kind, row.ref_id) for row in rows})
    return found


def remove_items(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Remove items that nothing uses. Raises Refused naming those that are in use."""
    _check_unused(uow, Item, ids, but_for=OF_AN_ITEM, say=_items_in_use)
    for part in chunks(ids):
        terms = select(SupplierTerm.id).where(SupplierTerm.item_id.in_(part))
        uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id.in_(terms)))
        for owned in OF_AN_ITEM:
            table = _table(owned)
            uow.sql.execute(delete(table).where(table.c.item_id.in_(part)))
        uow.sql.execute(delete(Item).where(Item.id.in_(part)))


def remove_suppliers(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Remove suppliers that nothing uses. Raises Refused naming those that are in use."""
    _check_unused(uow, Supplier, ids, say=_suppliers_in_use)
    for part in chunks(ids):
        uow.sql.execute(delete(Supplier).where(Supplier.id.in_(part)))


def remove_locations(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Remove locations that nothing uses, the innermost first. Raises Refused naming those that are in use."""
    inner = {
        key
        for part in chunks(ids)
        for key in uow.sql.execute(select(Location.id).where(Location.parent_id.in_(part))).scalars()
    }
    if inner - set(ids):
        raise Refused(_("Other locations lie in those of this file. Move or remove them first."))
    _check_unused(uow, Location, ids, but_for=(Location,), say=_locations_in_use)
    for key in sorted(ids, reverse=True):
        uow.sql.execute(delete(Location).where(Location.id == key))


def _check_unused(
    uow: UnitOfWork,
    kind: type[Base],
    ids: Sequence[int],
    *,
    but_for: Sequence[type[Base]] = (),
    say: Callable[[str, int], Text],
) -> None:
    """Nothing that points to these rows, in any table of the house, but for the tables that belong to them."""
    own = {_table(one).name for one in but_for}
    used: set[int] = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            points_here = any(key.column.table is _table(kind) for key in column.foreign_keys)
            if points_here and table.name not in own:
                for part in chunks(ids):
                    used.update(uow.sql.execute(select(column).where(column.in_(part)).distinct()).scalars())
    if used:
        first = sorted(used)[:5]
        table = _table(kind)
        codes = [
            str(code)
            for code in uow.sql.execute(
                select(table.c.code).where(table.c.id.in_(first)).order_by(table.c.code)
            ).scalars()
        ]
        raise Refused(say(", ".join(codes), len(used)))


def _items_in_use(codes: str, n: int) -> Text:
    return _n(
        "{n} item of this file is used by now: {codes}. It cannot be removed; retire it instead.",
        "{n} items of this file are used by now: {codes}. They cannot be removed; retire them instead.",
        n,
        codes=codes,
    )


def _suppliers_in_use(codes: str, n: int) -> Text:
    return _n(
        "{n} supplier of this file is used by now: {codes}. It cannot be removed; retire it instead.",
        "{n} suppliers of this file are used by now: {codes}. They cannot be removed; retire them instead.",
        n,
        codes=codes,
    )


def _locations_in_use(codes: str, n: int) -> Text:
    return _n(
        "{n} location of this file is used by now: {codes}. It cannot be removed; retire it instead.",
        "{n} locations of this file are used by now: {codes}. They cannot be removed; retire them instead.",
        n,
        codes=codes,
    )


def _table(kind: type[Base]) -> Table:
    table: Any = kind.__table__
    assert isinstance(table, Table)
    return table


REMOVERS: dict[str, Callable[[UnitOfWork, Sequence[int]], None]] = {
    "invoices": purchasing.take_invoices_back,
    "orders": purchasing.remove_orders,
    "terms": catalog.remove_terms,
    "prices": catalog.remove_prices,
    "items": remove_items,
    "suppliers": remove_suppliers,
    "locations": remove_locations,
}

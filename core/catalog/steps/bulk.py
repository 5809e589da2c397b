"""Building blocks: many new items at once, with their units, codes, terms and policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar, cast

from sqlalchemy import Table, func, insert, select

from core.catalog.rules.terms import is_empty
from core.catalog.steps.drafts import Draft, drafts_of
from core.catalog.steps.prices import record_agreed_prices
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.taken import MANY
from core.catalog.types import NewItem, NewTerm
from core.errors import Rejected
from core.i18n import _n
from core.pinyin import sort_key
from core.uow import UnitOfWork
from db.base import Base
from db.catalog import Barcode, Item, ItemSearch, ItemUnit, PriceBreak, StockPolicy, SupplierTerm
from db.sql import CHUNK, chunks, refresh_statistics

T = TypeVar("T")


def create_items_bulk(uow: UnitOfWork, items: Sequence[NewItem]) -> list[int]:
    """Make items, all or none; ids in the order given. The number of statements is fixed for each 500 of them.

    Raises Rejected with an error for each wrong row (row 1 is the first).
    """
    drafts = drafts_of(uow, items)
    if drafts.errors:
        errors = tuple(sorted(drafts.errors, key=lambda fault: fault.row or 0))
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)), errors
        )
    if not drafts.good:
        return []
    ids = _insert_items(uow, drafts.good)
    pairs = list(zip(ids, drafts.good, strict=True))
    _insert_parts(uow, pairs)
    add_terms(uow, [(key, term) for key, draft in pairs for term in draft.new.terms])
    _record_agreed_prices(uow, pairs)
    refresh_search(uow, ids)
    if len(ids) >= MANY:
        refresh_statistics(
            uow.sql, *(cast(Table, kind.__table__) for kind in (Item, ItemSearch, Barcode, ItemUnit, SupplierTerm))
        )
    return ids


def _insert_items(uow: UnitOfWork, drafts: list[Draft]) -> list[int]:
    before = uow.sql.execute(select(func.coalesce(func.max(Item.id), 0))).scalar_one()
    rows = [
        {**draft.values, "sort_key": sort_key(str(draft.values["name"])), "created_at": uow.now} for draft in drafts
    ]
    insert_rows(uow, Item, rows)
    made = {row.code: row.id for row in uow.sql.execute(select(Item.code, Item.id).where(Item.id > before))}
    return [made[draft.code] for draft in drafts]


def insert_rows(uow: UnitOfWork, kind: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows of one table, some thousand in a statement run."""
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(cast(Table, kind.__table__)), part)


def _insert_parts(uow: UnitOfWork, pairs: list[tuple[int, Draft]]) -> None:
    packs: list[dict[str, Any]] = []
    codes: list[dict[str, Any]] = []
    policies: list[dict[str, Any]] = []
    for key, draft in pairs:
        assert draft.table is not None
        packs += [{"item_id": key, "unit": pack.unit, "factor": pack.factor} for pack in draft.packs]
        codes += [
            {
                "item_id": key,
                "code": one.code,
                "unit": draft.table.unit(one.unit),
                "supplier_id": one.supplier_id,
                "valid_to": one.valid_to,
            }
            for one in draft.barcodes
        ]
        if draft.new.policy is not None and not is_empty(draft.new.policy):
            policies.append({"item_id": key, **asdict(draft.new.policy)})
    insert_rows(uow, ItemUnit, packs)
    insert_rows(uow, Barcode, codes)
    insert_rows(uow, StockPolicy, policies)


def add_terms(uow: UnitOfWork, terms: Sequence[tuple[int, NewTerm]]) -> list[int]:
    """Insert supplier terms that were checked, with their price breaks; ids in the order given."""
    if not terms:
        return []
    before = uow.sql.execute(select(func.coalesce(func.max(SupplierTerm.id), 0))).scalar_one()
    insert_rows(uow, SupplierTerm, [{"item_id": key, **term_values(term)} for key, term in terms])
    t = SupplierTerm
    rows = uow.sql.execute(select(t.item_id, t.supplier_id, t.id).where(t.id > before))
    made = {(row.item_id, row.supplier_id): row.id for row in rows}
    ids = [made[key, term.supplier_id] for key, term in terms]
    breaks = [
        {"term_id": term_id, "from_qty": step.from_qty, "price": step.price}
        for term_id, (_key, term) in zip(ids, terms, strict=True)
        for step in term.breaks
    ]
    insert_rows(uow, PriceBreak, breaks)
    return ids


def term_values(term: NewTerm) -> dict[str, Any]:
    """A term's columns."""
    values = asdict(term)
    del values["breaks"]
    return values


def _record_agreed_prices(uow: UnitOfWork, pairs: list[tuple[int, Draft]]) -> None:
    prices = []
    for key, draft in pairs:
        for term in draft.new.terms:
            if term.price is not None and draft.table is not None:
                price = draft.table.price_to_base(term.price, term.unit or draft.table.purchase)
                prices.append((key, term.supplier_id, price))
    record_agreed_prices(uow, prices)

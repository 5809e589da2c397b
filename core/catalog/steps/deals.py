"""Building blocks: what purchasing must know of suppliers and how they sell, for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from core.catalog.rules.units import UnitFacts, UnitTable
from core.catalog.steps.units import load_all_units
from core.catalog.types import Break, PackUnit, SupplierDeal, SupplierTermFacts
from core.i18n import Name
from core.uow import UnitOfWork
from db.catalog import Item, ItemUnit, PriceBreak, Supplier, SupplierClosedDay, SupplierContact, SupplierTerm
from db.sql import MOST_IN_LIST

PLAIN = (
    "id", "version", "code", "language", "is_active", "contact", "phone", "email", "address", "note", "currency",
    "tax_number", "prices_incl_tax", "tax_rate", "payment_days", "payment_end_of_month", "delivery_days", "lead_days",
    "minimum_value", "monthly_budget", "over_tolerance", "short_tolerance", "price_jump_percent", "match_percent",
    "match_amount", "is_blocked", "block_note", "iban", "bic", "bank_name", "bank_account",
)  # fmt: skip
T = SupplierTerm


def load_suppliers(uow: UnitOfWork, ids: Iterable[int] | None = None) -> dict[int, SupplierDeal]:
    """The deals of these suppliers, of all without `ids`, in three statements. Unknown ids are left out."""
    wanted = None if ids is None else sorted(set(ids))
    if wanted == []:
        return {}
    mailed = _mailed(uow, wanted)
    closed: dict[int, set[date]] = defaultdict(set)
    d = SupplierClosedDay
    for row in uow.sql.execute(select(d.supplier_id, d.day).where(_within(d.supplier_id, wanted))):
        closed[row.supplier_id].add(row.day)
    listed = select(Supplier.__table__).where(_within(Supplier.id, wanted)).order_by(Supplier.id)
    return {one.id: _deal(one, *mailed[one.id], closed[one.id]) for one in uow.sql.execute(listed)}


def _mailed(uow: UnitOfWork, wanted: list[int] | None) -> dict[int, tuple[list[str], list[str]]]:
    """Addresses for orders and for claims, by supplier."""
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    c = SupplierContact
    people = select(c.supplier_id, c.email, c.gets_orders, c.gets_claims).where(c.email != "")
    for row in uow.sql.execute(people.where(_within(c.supplier_id, wanted)).order_by(c.rank, c.id)):
        orders, claims = found[row.supplier_id]
        orders += [row.email] if row.gets_orders else []
        claims += [row.email] if row.gets_claims else []
    return found


def _within(column: Any, ids: list[int] | None) -> ColumnElement[bool]:
    if ids is None:
        return column.is_not(None)  # type: ignore[no-any-return]
    return column.in_(ids)  # type: ignore[no-any-return]


def _deal(row: Any, orders: list[str], claims: list[str], closed: set[date]) -> SupplierDeal:
    main = [row.email] if row.email else []
    return SupplierDeal(
        **{name: row._mapping[name] for name in PLAIN},
        name=Name(row.name, row.name_en),
        cutoff=time.fromisoformat(row.cutoff_time) if row.cutoff_time else None,
        order_emails=tuple(dict.fromkeys(orders or main)),
        claim_emails=tuple(dict.fromkeys(claims or main)),
        closed_on=frozenset(closed),
    )


def load_terms(
    uow: UnitOfWork, item_ids: Iterable[int] | None, on: date, *, supplier_id: int | None = None
) -> dict[int, tuple[SupplierTermFacts, ...]]:
    """How these items (all without `item_ids`) are sold on a day, the main supplier first; the terms of one supplier with
    `supplier_id`. Terms that are over or have not begun are left out, and so are items nobody sells. Terms of blocked and
    retired suppliers stand in it: `load_suppliers` says which they are. Five statements for any number of items."""
    wanted = None if item_ids is None else set(item_ids)
    if wanted is not None and not wanted:
        return {}
    few = sorted(wanted) if wanted is not None and len(wanted) <= MOST_IN_LIST else None
    terms = and_(
        _within(T.item_id, few),
        or_(T.valid_from.is_(None), T.valid_from <= on),
        or_(T.valid_to.is_(None), T.valid_to >= on),
        T.supplier_id == supplier_id if supplier_id is not None else T.id.is_not(None),
    )
    rows = uow.sql.execute(select(T.__table__).where(terms).order_by(T.item_id, T.rank, T.id)).all()
    if not rows:
        return {}
    tables = _unit_tables(uow, terms)
    breaks = _breaks(uow, terms)
    found: dict[int, list[SupplierTermFacts]] = defaultdict(list)
    for row in rows:
        if wanted is None or row.item_id in wanted:
            found[row.item_id].append(_facts(row, tables[row.item_id], breaks[row.id]))
    return {item_id: tuple(several) for item_id, several in found.items()}


def _unit_tables(uow: UnitOfWork, terms: ColumnElement[bool]) -> dict[int, UnitTable]:
    """The unit tables of the items that have such terms, in three statements."""
    sold = select(T.item_id).where(terms)
    packs: dict[int, list[PackUnit]] = defaultdict(list)
    u, i = ItemUnit, Item
    listed = select(u.item_id, u.unit, u.factor).where(u.item_id.in_(sold)).order_by(u.item_id, u.factor, u.unit)
    for row in uow.sql.execute(listed):
        packs[row.item_id].append(PackUnit(row.unit, row.factor))
    units = load_all_units(uow)
    items = select(i.id, i.code, i.base_unit, i.purchase_unit, i.issue_unit, i.count_unit).where(i.id.in_(sold))
    return {row.id: units.table(UnitFacts(*row), packs[row.id]) for row in uow.sql.execute(items)}


def _breaks(uow: UnitOfWork, terms: ColumnElement[bool]) -> dict[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    b = PriceBreak
    listed = select(b.term_id, b.from_qty, b.price).where(b.term_id.in_(select(T.id).where(terms)))
    for row in uow.sql.execute(listed.order_by(b.term_id, b.from_qty)):
        found[row.term_id].append(Break(row.from_qty, row.price))
    return found


def _facts(row: Any, table: UnitTable, breaks: list[Break]) -> SupplierTermFacts:
    unit = row.unit or table.purchase
    return SupplierTermFacts(
        row.id, row.item_id, row.supplier_id, row.supplier_code, unit, table.factor(unit), row.price,
        tuple(breaks), row.minimum_qty, row.multiple_qty, row.lead_days, row.rank, row.valid_from,
        row.valid_to,
    )  # fmt: skip

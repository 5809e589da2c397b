"""Prices: what was asked and paid, who sells an item for how much, and what came at another price than ordered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core.i18n import _
from core.reports.rules.sums import quotient
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.selected import Made, Reading, Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of, named_in, suppliers_of, unit_names
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, Sort, SpanKind
from core.values import amount_of
from db.catalog import Category, Item, PriceHistory, Supplier, SupplierTerm
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine

H = PriceHistory
R, L, PO, OL = PurchaseReceipt, PurchaseReceiptLine, PurchaseOrder, PurchaseOrderLine


def history(making: Making, columns: Columns) -> Selected:
    """Every price kept, in order of time."""
    units = unit_names(making)
    where: list[Any] = [] if making.span.end is None else [H.at <= making.end]
    if making.span.start is not None:
        where.append(H.at >= making.span.start)
    statement: Any = (
        select(
            H.id.label("price_id"), H.at, H.item_id, Item.category_id, Item.code.label("item"),
            named_in(making, Item.name, Item.name_en).label("name"),
            named_in(making, Category.path, Category.path_en).label("category"), Item.base_unit.label("unit"),
            H.supplier_id, named_in(making, Supplier.name, Supplier.name_en).label("supplier"), H.price, H.currency,
            H.source,
        )
        .outerjoin(Item, Item.id == H.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .outerjoin(Supplier, Supplier.id == H.supplier_id)
        .where(*where)
    )  # fmt: skip
    made = {"unit": Made(("unit",), lambda unit: units.get(unit, unit))}
    return Selected(making, statement, columns, (Sort("at"), Sort("price_id")), Reading(made=made))


def compared(making: Making) -> list[Row]:
    """Every seller of items that have several, beside the cheapest, in the currency they have in common."""
    items, suppliers = items_of(making), suppliers_of(making)
    terms = making.uow.sql.execute(
        select(
            SupplierTerm.item_id, SupplierTerm.supplier_id, SupplierTerm.rank, Supplier.currency,
        ).join(Supplier, Supplier.id == SupplierTerm.supplier_id)
    ).all()  # fmt: skip
    latest = _latest(making)
    sellers: dict[int, list[tuple[int, int, str, Decimal]]] = {}
    for item_id, supplier_id, rank, currency in terms:
        price = latest.get((item_id, supplier_id, currency))
        if price is not None and price > 0:
            sellers.setdefault(item_id, []).append((supplier_id, rank, currency, price))
    rows = []
    for item_id, offers in sellers.items():
        for supplier_id, rank, currency, price in offers:
            cheapest = min(other for _s, _r, money, other in offers if money == currency)
            if len([one for one in offers if one[2] == currency]) > 1:
                rows.append({
                    **items[item_id], "supplier": suppliers.get(supplier_id, ""), "supplier_id": supplier_id, "rank": rank,
                    "currency": currency, "price": price, "cheapest": cheapest, "above": quotient(price - cheapest, cheapest),
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["item"], row["price"], row["supplier"]))


def _latest(making: Making) -> dict[tuple[int, int, str], Decimal]:
    """The last price of one base unit by item, supplier and currency."""
    newest = (
        select(H.item_id, H.supplier_id, H.currency, func.max(H.id).label("id"))
        .where(H.supplier_id.is_not(None))
        .group_by(H.item_id, H.supplier_id, H.currency)
        .subquery()
    )
    rows = making.uow.sql.execute(
        select(H.item_id, H.supplier_id, H.currency, H.price).join(newest, newest.c.id == H.id)
    )
    return {(row[0], row[1] or 0, row[2]): row[3] for row in rows}


def against_order(making: Making) -> list[Row]:
    """Lines that were delivered at another price than ordered; both prices of one base unit, in the order's currency."""
    items, suppliers = items_of(making), suppliers_of(making)
    where: list[Any] = [R.received_at <= making.end, R.reversal_id.is_(None), L.qty > 0]
    if making.span.start is not None:
        where.append(R.received_at >= making.span.start)
    statement = (
        select(
            L.item_id, R.number, R.received_at, R.supplier_id, PO.number, OL.price, OL.factor, L.price, L.factor, L.qty,
            L.unit, L.price_reason, R.currency, R.rate, R.posting_id,
        )
        .join(R, R.id == L.receipt_id)
        .join(OL, OL.id == L.order_line_id)
        .join(PO, PO.id == OL.order_id)
        .where(
            L.price.is_not(None), OL.price.is_not(None), ~L.is_free, ~OL.is_free, L.item_id == OL.item_id,
            R.currency == PO.currency, R.is_tax_incl == PO.is_tax_incl, *where,
        )
    )  # fmt: skip
    units, digits = unit_names(making), making.uow.site.digits
    rows = []
    for row in making.uow.sql.execute(statement):
        price: tuple[Decimal, Decimal] = (row[5] or Decimal(0), row[7] or Decimal(0))
        ordered, paid = price[0] / row[6], price[1] / row[8]
        if ordered in (paid, 0):
            continue
        effect = amount_of((paid - ordered) * row[8] * row[9], row[13], digits)
        rows.append({
            **items[row[0]], "number": row[1], "day": making.day_of(row[2]), "supplier_id": row[3],
            "supplier": suppliers.get(row[3] or 0, ""), "order": row[4], "ordered": quotient(ordered, 1), "paid": quotient(paid, 1),
            "change": quotient(paid - ordered, ordered), "effect": effect, "why": row[11], "currency": row[12],
            "delivered": row[9], "delivered_unit": units.get(row[10], row[10]), "posting_id": row[14],
        })  # fmt: skip
    return sorted(rows, key=lambda one: (one["day"], one["number"], one["item"]))


PRICE = c.col("price", _("Price"), "cost", _("Of one base unit without tax, in the currency beside it."))
CURRENCY = c.col("currency", _("Currency"))
REPORTS = (
    Definition(
        ReportEntry(
            "price-history",
            _("Price history"),
            _("Every price that was asked or paid: when, by whom, for one base unit."),
            Area.PRICES,
            SpanKind.PERIOD,
            permissions=(Permission.COST_VIEW,),
            columns=(c.AT, c.ITEM, c.NAME, c.CATEGORY, c.SUPPLIER, PRICE, CURRENCY, c.UNIT, c.col("source", _("From"))),
            filters=(*c.ITEMS, c.BY_SUPPLIER),
            groups=("item", "supplier", "category"),
            drill=DrillSpec(DrillKind.ITEM, "item_id"),
        ),
        select=history,
    ),
    Definition(
        ReportEntry(
            "price-comparison",
            _("Price comparison"),
            _("Who sells the same item for how much: the last price of each supplier beside the cheapest."),
            Area.PRICES,
            SpanKind.NOW,
            permissions=(Permission.COST_VIEW,),
            columns=(
                *c.WHAT,
                c.SUPPLIER,
                c.alone(c.col("rank", _("Rank"), "number", _("1: the main supplier."))),
                PRICE,
                CURRENCY,
                c.col(
                    "cheapest",
                    _("Cheapest"),
                    "cost",
                    _("The lowest last price of all who sell the item in this currency."),
                ),
                c.col("above", _("Above the cheapest"), "percent", _("How much dearer than the cheapest.")),
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER),
            groups=("item", "supplier", "category"),
            drill=DrillSpec(DrillKind.ITEM, "item_id"),
        ),
        compared,
    ),
    Definition(
        ReportEntry(
            "price-against-order",
            _("Delivered at another price"),
            _("Lines that came at another price than ordered, why, and what it made."),
            Area.PRICES,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.COST_VIEW,),
            columns=(
                c.col("day", _("Received on"), "date"),
                c.col("number", _("Receipt")),
                c.col("order", _("Purchase order")),
                c.SUPPLIER,
                c.ITEM,
                c.NAME,
                c.hidden(c.CATEGORY),
                c.col("ordered", _("Price ordered"), "cost", _("Of one base unit, in the order's currency.")),
                c.col("paid", _("Price delivered"), "cost", _("Of one base unit, in the order's currency.")),
                CURRENCY,
                c.col("change", _("Change"), "percent", _("The price delivered against the one ordered.")),
                c.money("effect", _("Effect"), _("The difference times what was delivered, in the site's currency.")),
                c.col("why", _("Reason")),
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER),
            groups=("supplier", "item", "category"),
            chart=ChartSpec(ChartKind.BAR, "supplier", ("effect",)),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        against_order,
    ),
)

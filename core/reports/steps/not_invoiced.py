"""Goods received and not invoiced: what is owed to suppliers by estimate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select

from core import purchasing
from core.documents import Cell, Column, Measure, Sheet
from core.i18n import _
from core.reports.rules import Span
from core.reports.steps import columns as c
from core.reports.steps.engine.files import ROWS_ONLY, plain_rows
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.selected import Made, Selected
from core.reports.steps.engine.selected import Reading as HowRead
from core.reports.steps.facts import named_in, unit_names
from core.reports.steps.stock_lists import decimal_text, moment_facts, notation_of
from core.reports.types import (
    Area,
    Asked,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    Reading,
    Report,
    ReportColumn,
    ReportEntry,
    Sort,
    SpanKind,
)
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item, Supplier
from db.enums import Permission
from db.purchasing import PurchaseOrder, PurchaseOrderLine

NOT_INVOICED = ReportEntry(
    "goods-received-not-invoiced",
    _("Goods received, not invoiced"),
    _("What came and was not invoiced, by supplier and receipt; below zero where a credit is expected."),
    Area.MONEY,
    SpanKind.MOMENT,
    permissions=(Permission.COST_VIEW,),
    columns=(
        c.SUPPLIER,
        c.col("number", _("Receipt")),
        c.col("document", _("Delivery note")),
        c.col("received_on", _("Received on"), "date"),
        c.alone(c.col("days", _("Days"), "number")),
        c.col("order", _("Purchase order")),
        c.ITEM,
        c.NAME,
        c.col("open", _("Not invoiced"), "qty", _("Received, less what went back and what is matched to invoices.")),
        c.UNIT,
        c.col(
            "value", _("Value"), "money", _("The receipt's value by estimate, less what went back and what is matched.")
        ),
    ),
    filters=(c.BY_SUPPLIER, c.BY_ITEM, c.BY_TEXT),
    groups=("supplier", "number", "item"),
    chart=ChartSpec(ChartKind.BAR, "supplier", ("value",)),
    drill=DrillSpec(DrillKind.POSTING, "posting_id"),
)


def lines(making: Making, columns: tuple[ReportColumn, ...]) -> Selected:
    """Receipts' lines that wait for an invoice or a credit, by supplier, the oldest first."""
    units = unit_names(making)

    def day(at: int) -> date:
        return making.day_of_quarter(at // QUARTER)

    made = {
        "received_on": Made(("at",), day),
        "days": Made(("at",), lambda at: (making.today - day(at)).days),
        "unit": Made(("base_unit",), lambda unit: units.get(unit, unit)),
    }
    order = (Sort("supplier"), Sort("supplier_id"), Sort("at"), Sort("entry_id"))
    return Selected(making, _statement(making), columns, order, HowRead(made=made))


def _statement(making: Making) -> Select[Any]:
    open_lines = purchasing.open_lines(making.uow, making.span.end).subquery("open_lines")
    c = open_lines.c
    return (
        select(
            *c,
            c.at.label("received_on"),  # sorted by as the moment it is; read as a day
            (-c.at).label("days"),
            Supplier.name.label("supplier_zh"),
            named_in(making, Supplier.name, Supplier.name_en).label("supplier"),
            func.coalesce(PurchaseOrder.number, "").label("order"),
            Item.code.label("item"),
            Item.name.label("name_zh"),
            named_in(making, Item.name, Item.name_en).label("name"),
            Item.base_unit.label("unit"),
            Item.base_unit,
        )
        .outerjoin(Supplier, Supplier.id == c.supplier_id)
        .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == c.order_line_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
        .outerjoin(Item, Item.id == c.item_id)
    )


def not_invoiced(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """The same as programs have always got it; read while it is written."""
    uow.require(Permission.COST_VIEW)
    language = "en" if reading.language == "en" else "zh"
    making = Making(uow, Asked(span), language, span, sees_cost=True)
    source = lines(making, NOT_INVOICED.columns)
    columns = (
        Column("supplier", _("Supplier")),
        Column("number", _("Receipt")),
        Column("document", _("Delivery note")),
        Column("received_on", _("Received on"), "date"),
        Column("days", _("Days"), "number"),
        Column("order", _("Purchase order")),
        Column("code", _("Code")),
        Column("item", _("Item")),
        Column("open", _("Not invoiced"), "qty"),
        Column("value", _("Value"), "money"),
    )
    totals = () if reading.form in ROWS_ONLY else _totals(source)
    sheet = Sheet(
        NOT_INVOICED.title, columns, source.stored(_cells(source)), moment_facts(uow, span), totals, notation_of(uow)
    )
    plain = _plain(making, source)
    return Report(NOT_INVOICED, sheet, plain_rows(tuple(plain), source.stored(list(plain.values()))), is_wide=True)


def _totals(source: Selected) -> tuple[Cell, ...]:
    whole = source.sums(())[0][1].sums.get("value")
    return (_("Total"), *[""] * 8, Decimal(0) if whole is None else whole)


def _cells(source: Selected) -> list[Made]:
    words = ("supplier", "number", "document", "received_on", "days", "order", "item", "name")
    measure = Made(("open", "base_unit"), lambda qty, unit: Measure(from_micro(qty), unit))
    return [*(source.made(key) for key in words), measure, source.made("value")]


def _plain(making: Making, source: Selected) -> dict[str, Made]:
    def qty(label: str) -> Made:
        return Made((label,), lambda micro: decimal_text(from_micro(micro)))

    def money(label: str) -> Made:
        return Made((label,), lambda minor: decimal_text(making.money(minor)))

    return {
        "supplier": Made(("supplier_zh",)),
        "receipt": Made(("number",)),
        "document": Made(("document",)),
        "received_on": Made(("at",), lambda at: making.day_of_quarter(at // QUARTER).isoformat()),
        "order": Made(("order",)),
        "item": Made(("item",)),
        "name": Made(("name_zh",)),
        "unit": Made(("base_unit",)),
        "received": qty("received"),
        "returned": qty("returned_qty"),
        "matched": qty("matched_qty"),
        "open": qty("open"),
        "accrued": money("accrued"),
        "value": money("value"),
    }

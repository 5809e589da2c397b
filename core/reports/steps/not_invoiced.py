"""Goods received and not invoiced: what is owed to suppliers by estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core import purchasing
from core.documents import Cell, Column, Measure, Sheet
from core.i18n import _
from core.purchasing import OpenReceiptRow
from core.reports.rules import Span
from core.reports.steps import columns as c
from core.reports.steps.stock_lists import decimal_text, moment_facts, notation_of
from core.reports.types import (
    Area,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    Reading,
    Report,
    ReportEntry,
    SpanKind,
)
from core.uow import UnitOfWork
from db.enums import Permission

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


def not_invoiced(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """Receipts' lines that wait for an invoice or a credit at a moment, by supplier, the oldest first."""
    rows = purchasing.list_not_invoiced(uow, as_of=span.end)
    language = "en" if reading.language == "en" else "zh"
    rows.sort(key=lambda row: (row.supplier.render(language), row.supplier_id, row.at, row.entry_id))
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
    totals: tuple[Cell, ...] = (_("Total"), *[""] * 8, sum((row.not_invoiced for row in rows), Decimal(0)))
    sheet = Sheet(
        NOT_INVOICED.title, columns, _cells(rows, language), moment_facts(uow, span), totals, notation_of(uow)
    )
    return Report(NOT_INVOICED, sheet, _plain(rows), is_wide=True)


def _cells(rows: list[OpenReceiptRow], language: str) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.supplier.render(language), row.number, row.document, row.received_on, row.days, row.order_number,
            row.code, row.name.render(language), Measure(row.open_qty, row.unit), row.not_invoiced,
        )  # fmt: skip


def _plain(rows: list[OpenReceiptRow]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        yield {
            "supplier": row.supplier.zh,
            "receipt": row.number,
            "document": row.document,
            "received_on": row.received_on.isoformat(),
            "order": row.order_number,
            "item": row.code,
            "name": row.name.zh,
            "unit": row.unit,
            "received": decimal_text(row.qty),
            "returned": decimal_text(row.returned_qty),
            "matched": decimal_text(row.matched_qty),
            "open": decimal_text(row.open_qty),
            "accrued": decimal_text(row.accrued),
            "value": decimal_text(row.not_invoiced),
        }

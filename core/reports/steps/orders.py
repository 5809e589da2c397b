"""Orders whose goods are awaited, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core import purchasing
from core.documents import Cell, Column, Measure, Sheet
from core.errors import InvalidInput
from core.i18n import _
from core.purchasing import OpenLineRow
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
from core.words import word
from db.enums import Permission

OPEN_ORDERS = ReportEntry(
    "open-orders",
    _("Open orders"),
    _("What is ordered and has not come: when it is due, how late it is."),
    Area.PURCHASING,
    SpanKind.NOW,
    permissions=(Permission.PURCHASE_VIEW,),
    columns=(
        c.col("due_on", _("Delivery due"), "date"),
        c.alone(c.col("days_late", _("Days overdue"), "number", _("Days since the day promised last, or asked for."))),
        c.col("number", _("Purchase order")),
        c.SUPPLIER,
        c.col("state", _("State")),
        c.ITEM,
        c.NAME,
        c.col("ordered", _("Quantity ordered"), "qty"),
        c.col("received", _("Quantity received"), "qty"),
        c.col("outstanding", _("Outstanding"), "qty", _("Ordered less received, never below zero.")),
        c.UNIT,
        c.money("value", _("Value"), _("What the outstanding quantity costs at the order's price, without tax.")),
    ),
    filters=(c.BY_SUPPLIER, c.BY_ITEM, c.BY_TEXT),
    groups=("supplier", "number", "due_on", "state"),
    chart=ChartSpec(ChartKind.BAR, "supplier", ("value",)),
    drill=DrillSpec(DrillKind.ORDER, "order_id"),
)


def open_orders(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """The lines of orders that are awaited now, those due soonest first. Raises InvalidInput for another moment."""
    uow.require(Permission.PURCHASE_VIEW)
    if span.end is not None:
        raise InvalidInput(_("What is on order is known as of now. Leave the date out."), field="--as-of")
    rows = purchasing.list_open_lines(uow)
    sees = uow.may(Permission.COST_VIEW)
    columns = (
        Column("due_on", _("Delivery due"), "date"),
        Column("days_late", _("Days overdue"), "number"),
        Column("number", _("Purchase order")),
        Column("supplier", _("Supplier")),
        Column("state", _("State")),
        Column("code", _("Code")),
        Column("item", _("Item")),
        Column("ordered", _("Quantity ordered"), "qty"),
        Column("received", _("Quantity received"), "qty"),
        Column("outstanding", _("Outstanding"), "qty"),
        *((Column("value", _("Value"), "money"),) if sees else ()),
    )
    sheet = Sheet(
        OPEN_ORDERS.title, columns, _cells(rows, "en" if reading.language == "en" else "zh", sees=sees),
        moment_facts(uow, span), _totals(rows, sees=sees), notation_of(uow),
    )  # fmt: skip
    return Report(OPEN_ORDERS, sheet, _plain(rows), is_wide=True)


def _cells(rows: list[OpenLineRow], language: str, *, sees: bool) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        qtys = (Measure(qty, row.unit) for qty in (row.ordered, row.received, row.outstanding))
        cells: tuple[Cell, ...] = (
            row.due_on, row.days_late or None, row.number, row.supplier.render(language), word(row.state), row.code,
            row.name.render(language), *qtys,
        )  # fmt: skip
        yield (*cells, row.value) if sees else cells


def _totals(rows: list[OpenLineRow], *, sees: bool) -> tuple[Cell, ...]:
    if not sees:
        return ()
    return (_("Total"), *[""] * 9, sum((row.value for row in rows if row.value is not None), Decimal(0)))


def _plain(rows: list[OpenLineRow]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        yield {
            "number": row.number,
            "supplier": row.supplier.zh,
            "state": str(row.state),
            "item": row.code,
            "name": row.name.zh,
            "unit": row.unit,
            "ordered": decimal_text(row.ordered),
            "received": decimal_text(row.received),
            "outstanding": decimal_text(row.outstanding),
            "due_on": None if row.due_on is None else row.due_on.isoformat(),
            "days_late": row.days_late,
            "is_promised": row.is_promised,
            "value": None if row.value is None else decimal_text(row.value),
        }

"""Invoices and payments: what came, what differs from the receipts, what was paid, what is due when, and the tax."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import purchasing
from core.i18n import _
from core.purchasing import Due, PayableFilter
from core.reports.rules.classes import spread
from core.reports.steps import columns as c
from core.reports.steps.buying.deliveries import site_money
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of, suppliers_of
from core.reports.steps.suppliers import AGES
from core.reports.types import (
    Area,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    FilterKind,
    ReportEntry,
    ReportFilter,
    SpanKind,
)
from core.words import word
from db.enums import InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision, Permission
from db.purchasing import Invoice, InvoiceLine, InvoiceMatch, Payment

LEFT_OUT = (InvoiceState.DRAFT, InvoiceState.CANCELLED)


def _days(making: Making, column: Any) -> list[Any]:
    """A calendar day lies in the period."""
    found: list[Any] = [column <= making.today]
    if making.span.start is not None:
        found.append(column >= making.day_of(making.span.start))
    return found


def invoices(making: Making) -> list[Row]:
    """Every invoice and credit note dated in the period."""
    names = suppliers_of(making)
    rows = making.uow.sql.execute(
        select(Invoice.__table__)
        .where(Invoice.state.not_in(LEFT_OUT), *_days(making, Invoice.invoiced_on))
        .order_by(Invoice.invoiced_on, Invoice.id)
    )
    return [
        {
            "invoice_id": row.id, "number": row.number, "own_number": row.own_number, "kind": InvoiceKind(row.kind),
            "state": InvoiceState(row.state), "supplier_id": row.supplier_id, "supplier": names.get(row.supplier_id, ""),
            "invoiced_on": row.invoiced_on, "due_on": row.due_on, "invoices": 1,
            **{key: site_money(making, int(getattr(row, key)), row.currency, row.rate) for key in ("net", "tax", "gross", "paid")},
        }
        for row in rows
    ]  # fmt: skip


def tax(making: Making) -> list[Row]:
    """The net and tax of invoices of the period by rate, as the documents state them."""
    lines: dict[int, dict[Decimal, int]] = defaultdict(lambda: defaultdict(int))
    wanted = (Invoice.state.not_in(LEFT_OUT), *_days(making, Invoice.invoiced_on))
    for invoice_id, rate, net in making.uow.sql.execute(
        select(InvoiceLine.invoice_id, InvoiceLine.tax_rate, InvoiceLine.net)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.is_replaced.is_(False), *wanted)
    ):
        lines[invoice_id][rate or Decimal(0)] += int(net)
    sums: dict[Decimal, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    for row in making.uow.sql.execute(select(Invoice.__table__).where(*wanted)):
        nets = dict(lines[row.id])
        taxes = _taxes(row, nets)
        for rate in nets.keys() | taxes.keys():
            one = sums[rate]
            one[0] += site_money(making, nets.get(rate, 0), row.currency, row.rate)
            one[1] += site_money(making, taxes.get(rate, 0), row.currency, row.rate)
            one[2] += 1
    return [
        {"rate": f"{rate.normalize():f}%", "net": net, "tax": amount, "invoices": int(count)}
        for rate, (net, amount, count) in sorted(sums.items())
    ]


def _taxes(row: Any, nets: dict[Decimal, int]) -> dict[Decimal, int]:
    """The tax of an invoice by rate in minor units: as stated, or the total spread by what each rate makes."""
    if row.taxes:
        return {Decimal(rate): int(Decimal(str(amount))) for rate, amount in row.taxes.items()}
    rates = sorted(nets)
    return dict(zip(rates, spread(row.tax, [int(nets[rate] * rate) for rate in rates]), strict=True))


def differences(making: Making) -> list[Row]:
    """Parts of invoices that ask another amount than was received, and what became of that."""
    items, names = items_of(making), suppliers_of(making)
    m = InvoiceMatch
    rows = making.uow.sql.execute(
        select(
            Invoice.id, Invoice.number, Invoice.invoiced_on, Invoice.supplier_id, InvoiceLine.item_id,
            InvoiceLine.description, m.accrued, m.invoiced, m.returned, m.decision, m.entry_id,
        )
        .join(InvoiceLine, InvoiceLine.id == m.invoice_line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            m.undone_at.is_(None), m.invoiced != m.accrued + m.returned, Invoice.state.not_in(LEFT_OUT),
            *_days(making, Invoice.invoiced_on),
        )
        .order_by(Invoice.invoiced_on, Invoice.id, m.id)
    )  # fmt: skip
    return [
        {
            **(items[row[4]] if row[4] else {"item": "", "name": row[5], "item_id": 0, "category_id": 0, "category": ""}),
            "invoice_id": row[0], "number": row[1], "invoiced_on": row[2], "supplier_id": row[3],
            "supplier": names.get(row[3], ""), "expected": making.money(row[6] + row[8]), "invoiced": making.money(row[7]),
            "difference": making.money(row[7] - row[6] - row[8]), "decision": MatchDecision(row[9]),
            "ground": _("Price or quantity") if row[10] else _("Nothing received"),
        }
        for row in rows
    ]  # fmt: skip


def costs(making: Making) -> list[Row]:
    """Lines of invoices that are no goods: charges and costs, by account."""
    names = suppliers_of(making)
    rows = making.uow.sql.execute(
        select(
            Invoice.id, Invoice.number, Invoice.invoiced_on, Invoice.supplier_id, InvoiceLine.kind, InvoiceLine.description,
            InvoiceLine.account, InvoiceLine.site_amount,
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.kind != InvoiceLineKind.GOODS, InvoiceLine.is_replaced.is_(False), Invoice.state.not_in(LEFT_OUT),
            *_days(making, Invoice.invoiced_on),
        )
        .order_by(Invoice.invoiced_on, Invoice.id, InvoiceLine.line)
    )  # fmt: skip
    return [
        {
            "invoice_id": row[0], "number": row[1], "invoiced_on": row[2], "supplier_id": row[3],
            "supplier": names.get(row[3], ""), "kind": InvoiceLineKind(row[4]), "name": row[5], "account": row[6],
            "value": making.money(row[7]),
        }
        for row in rows
    ]  # fmt: skip


def payments(making: Making) -> list[Row]:
    """Every payment of the period that was not undone."""
    names = suppliers_of(making)
    rows = making.uow.sql.execute(
        select(
            Payment.paid_on, Invoice.supplier_id, Invoice.number, Invoice.id, Payment.amount, Invoice.currency, Invoice.rate,
            Payment.note, Invoice.due_on,
        )
        .join(Invoice, Invoice.id == Payment.invoice_id)
        .where(Payment.undone_at.is_(None), *_days(making, Payment.paid_on))
        .order_by(Payment.paid_on, Payment.id)
    )  # fmt: skip
    return [
        {
            "day": row[0], "supplier_id": row[1], "supplier": names.get(row[1], ""), "number": row[2], "invoice_id": row[3],
            "value": site_money(making, int(row[4]), row[5], row[6]), "note": row[7],
            "days_late": max((row[0] - row[8]).days, 0) or None, "month": f"{row[0]:%Y-%m}",
        }
        for row in rows
    ]  # fmt: skip


def _owed(making: Making) -> list[Any]:
    filters = PayableFilter() if making.span.end is None else PayableFilter(on=making.today)
    return purchasing.list_payables(making.uow, filters=filters)


def ageing(making: Making) -> list[Row]:
    """What is owed to each supplier by age, in the site's currency."""
    found: dict[int, Row] = {}
    for row in _owed(making):
        names = {"supplier": row.supplier.render(making.language), "supplier_id": row.supplier_id, "invoices": 0}
        zero = {str(due): making.money(0) for due in Due}
        one = found.setdefault(row.supplier_id, {**names, **zero, "value": making.money(0)})
        one[str(row.age)] += row.open_site
        one["value"] += row.open_site
        one["invoices"] += 1
    return largest_first(found.values(), "value")


def due_by_week(making: Making) -> list[Row]:
    """What has to be paid in which week; what is overdue stands in the first."""
    this = making.today - timedelta(days=making.today.weekday())
    sums: dict[date, list[Decimal]] = defaultdict(lambda: [making.money(0), making.money(0), Decimal(0)])
    for row in _owed(making):
        is_late = row.due_on < making.today
        week = this if is_late else row.due_on - timedelta(days=row.due_on.weekday())
        sums[week][1 if is_late else 0] += row.open_site
        sums[week][2] += 1
    return [
        {"week": week, "due": due, "late": late, "value": due + late, "invoices": int(count)}
        for week, (due, late, count) in sorted(sums.items())
    ]


_COST = (Permission.COST_VIEW,)
_INVOICE = DrillSpec(DrillKind.INVOICE, "invoice_id")
STATES = tuple((str(one), word(one)) for one in InvoiceState if one not in LEFT_OUT)
NUMBER = c.col("number", _("Invoice"))
DATED = c.col("invoiced_on", _("Invoice date"), "date")
COUNT = c.col("invoices", _("Invoices"), "number")
RATE_NOTE = _("Amounts of other currencies are converted at the invoice's rate.")
REPORTS = (
    Definition(
        ReportEntry(
            "invoices", _("Invoices"), _("Every invoice and credit note of a period."), Area.MONEY, SpanKind.PERIOD,
            starts_with_month=True, permissions=_COST,
            columns=(
                NUMBER, c.col("own_number", _("Our number")), c.SUPPLIER, c.col("kind", _("Type")), DATED,
                c.col("due_on", _("Due date"), "date"), c.col("state", _("State")), c.money("net", _("Without tax")),
                c.money("tax", _("Tax")), c.money("gross", _("With tax")), c.money("paid", _("Paid")), c.hidden(COUNT),
            ),
            filters=(
                c.BY_SUPPLIER, c.BY_TEXT,
                ReportFilter("state", _("State"), FilterKind.CHOICE, STATES),
            ),
            groups=("supplier", "state", "kind"), chart=ChartSpec(ChartKind.BAR, "supplier", ("gross",)), drill=_INVOICE,
            notes=(RATE_NOTE,),
        ),
        invoices,
    ),
    Definition(
        ReportEntry(
            "tax-by-rate", _("Tax on invoices"), _("Net and tax of the invoices of a period, by rate."), Area.MONEY, SpanKind.PERIOD,
            starts_with_month=True, permissions=_COST,
            columns=(
                c.col("rate", _("Tax rate")), c.money("net", _("Without tax"), _("The lines of this rate.")),
                c.money("tax", _("Tax"), _("As documents state it by rate, else their tax spread by rate.")), c.alone(COUNT),
            ),
            chart=ChartSpec(ChartKind.BAR, "rate", ("tax",)), notes=(RATE_NOTE,),
        ),
        tax,
    ),
    Definition(
        ReportEntry(
            "invoice-differences", _("Invoice differences"), _("What invoices ask more or less than was received, and what became of it."),
            Area.MONEY, SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                NUMBER, DATED, c.SUPPLIER, c.ITEM, c.NAME, c.hidden(c.CATEGORY),
                c.money("expected", _("Expected"), _("What was booked by estimate when the goods came, with what went back.")),
                c.money("invoiced", _("Invoiced")), c.money("difference", _("Difference"), _("Invoiced less expected.")),
                c.col("ground", _("What differs")), c.col("decision", _("Decision")),
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER), groups=("supplier", "decision", "item", "number"),
            chart=ChartSpec(ChartKind.BAR, "supplier", ("difference",)), drill=_INVOICE,
        ),
        differences,
    ),
    Definition(
        ReportEntry(
            "invoiced-costs", _("Charges and costs invoiced"),
            _("Lines of invoices that are no goods: freight, deposits, services, by account."),
            Area.MONEY, SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                NUMBER, DATED, c.SUPPLIER, c.col("kind", _("Type")), c.col("name", _("Description")), c.col("account", _("Account")),
                c.money("value", _("Value"), _("In the site's currency, without tax that is recovered.")),
            ),
            filters=(c.BY_SUPPLIER, c.BY_TEXT), groups=("account", "supplier", "kind"),
            chart=ChartSpec(ChartKind.BAR, "account", ("value",)),
            drill=_INVOICE,
        ),
        costs,
    ),
    Definition(
        ReportEntry(
            "payments", _("Payments"), _("What was paid to suppliers."), Area.MONEY, SpanKind.PERIOD,
            starts_with_month=True, permissions=_COST,
            columns=(
                c.col("day", _("Paid on"), "date"), c.SUPPLIER, NUMBER, c.money("value", _("Paid")),
                c.alone(c.col("days_late", _("Days late"), "number", _("Days from the due date to the payment."))),
                c.col("note", _("Remark")), c.hidden(c.col("month", _("Month"))),
            ),
            filters=(c.BY_SUPPLIER, c.BY_TEXT), groups=("supplier", "day", "month"), chart=ChartSpec(ChartKind.LINE, "day", ("value",)),
            drill=_INVOICE, notes=(RATE_NOTE,),
        ),
        payments,
    ),
    Definition(
        ReportEntry(
            "payables-by-supplier", _("Payables by supplier"), _("What is owed to each supplier, and how old the debt is."), Area.MONEY,
            SpanKind.MOMENT, permissions=_COST,
            columns=(
                c.SUPPLIER, COUNT, *(c.money(str(due), title) for due, title in AGES.items()),
                c.money("value", _("In the site's currency"), _("All ages together, at the invoices' rates.")),
            ),
            filters=(c.BY_SUPPLIER,), chart=ChartSpec(ChartKind.STACKED, "supplier", tuple(str(due) for due in AGES)),
            drill=DrillSpec(DrillKind.REPORT, report="payables", filters=(("supplier", "supplier_id"),)),
        ),
        ageing,
    ),
    Definition(
        ReportEntry(
            "payments-due", _("Payments due"), _("What has to be paid in which week; what is overdue stands in the first."), Area.MONEY,
            SpanKind.MOMENT, permissions=_COST,
            columns=(
                c.col("week", _("Week from"), "date"), COUNT, c.money("due", _("Due in the week")), c.money("late", _("Overdue")),
                c.money("value", _("Needed"), _("Due and overdue together, in the site's currency.")),
            ),
            chart=ChartSpec(ChartKind.STACKED, "week", ("due", "late")),
        ),
        due_by_week,
    ),
)  # fmt: skip

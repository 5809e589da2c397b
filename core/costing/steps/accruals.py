"""Goods received and not invoiced at a month's end: by supplier, by receipt, and as lines of a journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from core import purchasing
from core.clock import business_day
from core.costing.rules.accruals import Estimated, Invoiced, at_month_start, on_invoice
from core.costing.rules.months import Month
from core.costing.steps.closings import month_moments
from core.costing.steps.sums import just_before
from core.costing.types.accruals import AccrualLine, AccrualReceipt, Accruals, AccrualStyle, AccrualSupplier
from core.i18n import Name
from core.purchasing import OpenReceipt
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.purchasing import Invoice, InvoiceLine, InvoiceMatch
from db.sql import chunks
from db.stock import StockEntry

M, L = InvoiceMatch, InvoiceLine


@dataclass(frozen=True, slots=True)
class Open:
    """What is open at the end of a month (or now, while it runs) and of the month before."""

    month: Month
    start: datetime
    end: datetime
    receipts: list[OpenReceipt]
    suppliers: dict[int, Name]

    @property
    def before(self) -> dict[int, int]:
        """What was open of each receipt at the end of the month before, in minor units."""
        return {one.posting_id: one.amounts[0] for one in self.receipts}

    @property
    def now(self) -> dict[int, int]:
        """What is open of each receipt at the end, in minor units."""
        return {one.posting_id: one.amounts[1] for one in self.receipts}


def open_in(uow: UnitOfWork, month: Month) -> Open:
    """What is not invoiced around a month."""
    start, end = month_moments(uow, month)
    end = min(end, max(uow.now, start))
    receipts = purchasing.open_receipts(uow, [just_before(start), end])
    return Open(month, start, end, receipts, _suppliers(uow, {one.supplier_id for one in receipts}))


def accruals_of(uow: UnitOfWork, found: Open) -> Accruals:
    """By supplier, most first."""
    counts: dict[int, int] = defaultdict(int)
    sums: dict[int, int] = defaultdict(int)
    for one in found.receipts:
        if one.amounts[1]:
            counts[one.supplier_id] += 1
            sums[one.supplier_id] += one.amounts[1]
    rows = [AccrualSupplier(key, found.suppliers[key], counts[key], uow.money(sums[key])) for key in sums]
    return Accruals(
        as_of=business_day(found.end, uow.site.zone, uow.site.day_start_hour),
        total=uow.money(sum(sums.values())),
        before=uow.money(sum(found.before.values())),
        receipts=sum(counts.values()),
        suppliers=tuple(sorted(rows, key=lambda row: (-row.amount, row.supplier_id))),
    )


def receipt_rows(uow: UnitOfWork, found: Open, supplier_id: int | None) -> list[AccrualReceipt]:
    """By receipt, oldest first."""
    return [
        AccrualReceipt(
            one.posting_id,
            one.number,
            one.document,
            business_day(one.at, uow.site.zone, uow.site.day_start_hour),
            one.supplier_id,
            found.suppliers[one.supplier_id],
            uow.money(one.amounts[1]),
        )
        for one in found.receipts
        if one.amounts[1] and supplier_id in (None, one.supplier_id)
    ]


def journal_lines(uow: UnitOfWork, found: Open, style: AccrualStyle) -> list[AccrualLine]:
    """The month's lines in one style, by day."""
    first, last = found.month.first, found.month.last
    lines: Sequence[Estimated]
    if style is AccrualStyle.MONTH_START:
        lines = at_month_start(found.before, found.now, first, last)
    else:
        lines = on_invoice(found.before, found.now, _invoiced(uow, found), last)
    receipts = {one.posting_id: one for one in found.receipts}
    return sorted(
        (_line(uow, receipts[one.receipt], found.suppliers, one) for one in lines),
        key=lambda line: (line.on, line.amount > 0, line.number, line.document),
    )


def _line(uow: UnitOfWork, receipt: OpenReceipt, suppliers: Mapping[int, Name], one: Estimated) -> AccrualLine:
    name = suppliers[receipt.supplier_id]
    amount = uow.money(one.amount)
    return AccrualLine(one.on, one.receipt, receipt.number, receipt.supplier_id, name, amount, one.document)


def _invoiced(uow: UnitOfWork, found: Open) -> list[Invoiced]:
    """What invoices took off receipts in the month, and what was taken back of it."""
    rows = uow.sql.execute(
        select(StockEntry.posting_id, M.at, M.undone_at, M.accrued, Invoice.number)
        .join(StockEntry, StockEntry.id == M.entry_id)
        .join(L, L.id == M.invoice_line_id)
        .join(Invoice, Invoice.id == L.invoice_id)
        .where(or_(M.at.between(found.start, found.end), M.undone_at.between(found.start, found.end)))
        .order_by(M.id)
    )
    lines: list[Invoiced] = []
    for row in rows:
        if row.at >= found.start:
            lines.append(Invoiced(row.posting_id, _day(uow, row.at), row.accrued, row.number))
        if row.undone_at is not None and row.undone_at <= found.end:
            lines.append(Invoiced(row.posting_id, _day(uow, row.undone_at), -row.accrued, row.number))
    return lines


def _day(uow: UnitOfWork, at: datetime) -> date:
    return business_day(at, uow.site.zone, uow.site.day_start_hour)


def _suppliers(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Name]:
    found: dict[int, Name] = {}
    for part in chunks(sorted(ids)):
        rows = uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en).where(Supplier.id.in_(part)))
        found.update({row.id: Name(row.name, row.name_en) for row in rows})
    return found

"""Checks of purchasing: receipts without invoice, invoices without receipt, drafts, late orders, quarantine, claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core import purchasing
from core.costing.steps.checks.frame import Found, Look
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord
from core.i18n import _, _n
from core.purchasing import OpenReceipt
from core.values import digits_of, from_minor, round_to_minor
from db.catalog import Supplier
from db.enums import ClaimState, InvoiceLineKind, InvoiceState, MatchDecision
from db.purchasing import Claim, Invoice, InvoiceLine, InvoiceMatch, PurchaseReceipt
from db.sql import chunks, total

I, L, M = Invoice, InvoiceLine, InvoiceMatch  # noqa: E741
MOST_NAMED = 1_000
"""Receipts of purchasing that are known as such; beyond them a line opens the posting."""
K, Good, Look_ = CheckKind, CheckLevel.GOOD, CheckLevel.LOOK


def not_invoiced(look: Look) -> Found:
    """Receipts that wait for an invoice, or for a credit: the accrual of the month."""
    opened = [one for one in purchasing.open_receipts(look.uow, [look.end]) if one.amounts[0]]
    largest = sorted(opened, key=lambda one: -abs(one.amounts[0]))[:MOST_NAMED]
    receipts = _receipts(look, [one.posting_id for one in largest])
    suppliers = _suppliers(look)

    def line_of(one: OpenReceipt) -> CheckLine:
        record, key = CheckRecord.POSTING, one.posting_id
        if key in receipts:
            record, key = CheckRecord.RECEIPT, receipts[key]
        names = suppliers.get(one.supplier_id, ("", ""))
        return CheckLine(record, key, one.number, *names, day=look.day_of(one.at))

    if not opened:
        return Found(K.NOT_INVOICED, Good, _("All receipts are invoiced."))
    words = _n(
        "{n} receipt waits for its invoice. Enter the invoice, or close: it stands as an accrual.",
        "{n} receipts wait for their invoices. Enter the invoices, or close: they stand as an accrual.",
        len(opened),
    )
    return Found(K.NOT_INVOICED, Look_, words, [(one.amounts[0], one) for one in opened], line_of)


def _receipts(look: Look, posting_ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    receipt = PurchaseReceipt
    for part in chunks(sorted(posting_ids)):
        rows = look.uow.sql.execute(select(receipt.posting_id, receipt.id).where(receipt.posting_id.in_(part)))
        found.update({int(row[0] or 0): row[1] for row in rows})
    return found


def _suppliers(look: Look) -> dict[int, tuple[str, str]]:
    rows = look.uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en))
    return {row[0]: (row[1], row[2]) for row in rows}


def invoices_without_receipt(look: Look) -> Found:
    """Invoices with goods that nobody received."""
    matched = select(M.invoice_line_id, total(M.qty).label("qty"), total(M.invoiced).label("amount"))
    done = matched.where(M.undone_at.is_(None)).group_by(M.invoice_line_id).subquery()
    left = L.site_amount - func.coalesce(done.c.amount, 0)
    rows = look.uow.sql.execute(
        select(I.id, I.number, I.own_number, I.invoiced_on, Supplier.name, Supplier.name_en, total(left).label("left"))
        .join(L, L.invoice_id == I.id)
        .join(Supplier, Supplier.id == I.supplier_id)
        .outerjoin(done, done.c.invoice_line_id == L.id)
        .where(
            I.state.in_((InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES)),
            I.invoiced_on <= look.month.last,
            L.kind == InvoiceLineKind.GOODS,
            L.is_replaced.is_(False),
            L.base_qty != func.coalesce(done.c.qty, 0),
        )
        .group_by(I.id, I.number, I.own_number, I.invoiced_on, Supplier.name, Supplier.name_en)
    )
    lines = [(int(row.left), _invoice_line(row)) for row in rows]
    if not lines:
        return Found(K.INVOICES_WITHOUT_RECEIPT, Good, _("All invoices have their receipts."))
    words = _n(
        "{n} invoice asks for goods that were not received. Receive them, match the invoice, or claim.",
        "{n} invoices ask for goods that were not received. Receive them, match the invoices, or claim.",
        len(lines),
    )
    return Found(K.INVOICES_WITHOUT_RECEIPT, Look_, words, lines)


def invoice_differences(look: Look) -> Found:
    """Invoices that ask for other amounts than were booked, and nobody decided."""
    rows = look.uow.sql.execute(
        select(
            I.id, I.number, I.own_number, I.invoiced_on, Supplier.name, Supplier.name_en,
            total(func.abs(M.invoiced - M.accrued - M.returned)).label("open"),
        )
        .join(L, L.invoice_id == I.id)
        .join(M, M.invoice_line_id == L.id)
        .join(Supplier, Supplier.id == I.supplier_id)
        .where(
            M.undone_at.is_(None),
            M.decision == MatchDecision.OPEN,
            I.state.not_in((InvoiceState.DRAFT, InvoiceState.CANCELLED)),
            I.invoiced_on <= look.month.last,
        )
        .group_by(I.id, I.number, I.own_number, I.invoiced_on, Supplier.name, Supplier.name_en)
    )  # fmt: skip
    lines = [(int(row.open), _invoice_line(row)) for row in rows]
    if not lines:
        return Found(K.INVOICE_DIFFERENCES, Good, _("No difference of an invoice waits for a decision."))
    words = _n(
        "{n} invoice differs from what was received and nobody decided. Accept the difference, or claim it.",
        "{n} invoices differ from what was received and nobody decided. Accept the differences, or claim them.",
        len(lines),
    )
    return Found(K.INVOICE_DIFFERENCES, Look_, words, lines)


def invoice_drafts(look: Look) -> Found:
    """Invoices that were begun and not entered."""
    lines = _invoices_in(look, InvoiceState.DRAFT, I.net)
    if not lines:
        return Found(K.INVOICE_DRAFTS, Good, _("No invoice is a draft."))
    words = _n(
        "{n} invoice is still a draft. Finish or cancel it.",
        "{n} invoices are still drafts. Finish or cancel them.",
        len(lines),
    )
    return Found(K.INVOICE_DRAFTS, Look_, words, lines)


def invoices_unapproved(look: Look) -> Found:
    """Invoices that match what was received and that nobody approved: until then their goods stand as not invoiced in the
    journal, and nothing of them is owed."""
    lines = _invoices_in(look, InvoiceState.MATCHED, I.gross)
    if not lines:
        return Found(K.INVOICES_UNAPPROVED, Good, _("No matched invoice waits to be approved."))
    words = _n(
        "{n} invoice is matched and not approved. Approve it, so that it stands as owed.",
        "{n} invoices are matched and not approved. Approve them, so that they stand as owed.",
        len(lines),
    )
    return Found(K.INVOICES_UNAPPROVED, Look_, words, lines)


def _invoices_in(look: Look, state: InvoiceState, amount: Any) -> list[tuple[int, CheckLine]]:
    """Invoices of the month and before that are in a state, with that amount of theirs in the site's money."""
    facts = (I.id, I.number, I.own_number, I.invoiced_on, amount.label("amount"), I.currency, I.rate)
    rows = look.uow.sql.execute(
        select(*facts, Supplier.name, Supplier.name_en)
        .join(Supplier, Supplier.id == I.supplier_id)
        .where(I.state == state, I.invoiced_on <= look.month.last)
    )
    return [(_in_site_money(look, row.amount, row.currency, row.rate), _invoice_line(row)) for row in rows]


def _invoice_line(row: Any) -> CheckLine:
    number = row.number or row.own_number
    return CheckLine(CheckRecord.INVOICE, row.id, number, row.name, row.name_en, day=row.invoiced_on)


def _in_site_money(look: Look, minor: int, currency: str, rate: Decimal) -> int:
    return round_to_minor(from_minor(minor, digits_of(currency)) * rate, look.uow.site.digits)


def orders_late(look: Look) -> Found:
    """Orders whose goods were due in the month and did not come: perhaps they came and nobody booked them."""
    late: dict[int, list[Any]] = defaultdict(list)
    for one in purchasing.open_order_lines(look.uow):
        if one.due_on is not None and (
            one.due_on < look.last_day or (one.due_on == look.last_day and not look.is_running)
        ):
            late[one.order_id].append(one)
    suppliers = _suppliers(look)
    lines = []
    for order_id, several in late.items():
        first = several[0]
        line = CheckLine(
            CheckRecord.ORDER, order_id, first.number, *suppliers.get(first.supplier_id, ("", "")), day=first.due_on
        )
        lines.append((sum(_awaited(look, one) for one in several), line))
    if not lines:
        return Found(K.ORDERS_LATE, Good, _("No delivery is late."))
    words = _n(
        "{n} order is late. If its goods are there, receive them; else ask the supplier or close the order.",
        "{n} orders are late. If their goods are there, receive them; else ask the suppliers or close the orders.",
        len(lines),
    )
    return Found(K.ORDERS_LATE, Look_, words, lines)


def _awaited(look: Look, line: Any) -> int:
    if line.price is None or line.is_free:
        return 0
    return round_to_minor(line.outstanding / line.factor * line.price * line.rate, look.uow.site.digits)


def quarantine(look: Look) -> Found:
    """Goods that wait for inspection."""
    rows = [row for row in purchasing.list_quarantine(look.uow) if row.at <= look.end and row.left]
    lines = [
        (
            None if row.accrued is None else round_to_minor(row.accrued * row.left / row.qty, look.uow.site.digits),
            CheckLine(
                CheckRecord.INSPECTION, row.id, row.number, row.name, row.name_en, row.left, row.unit,
                day=look.day_of(row.at), item_id=row.item_id,
            ),
        )
        for row in rows
    ]  # fmt: skip
    if not lines:
        return Found(K.QUARANTINE, Good, _("Nothing waits for inspection."))
    words = _n(
        "{n} delivered line waits for inspection. Release or reject it.",
        "{n} delivered lines wait for inspection. Release or reject them.",
        len(lines),
    )
    return Found(K.QUARANTINE, Look_, words, lines)


def open_claims(look: Look) -> Found:
    """What suppliers are asked for and did not credit."""
    c = Claim
    rows = look.uow.sql.execute(
        select(c.id, c.number, c.created_at, c.asked, c.credited, c.currency, c.rate, Supplier.name, Supplier.name_en)
        .join(Supplier, Supplier.id == c.supplier_id)
        .where(c.state.in_((ClaimState.OPEN, ClaimState.SENT)), c.created_at <= look.end)
    )
    lines = [
        (
            _in_site_money(look, row.asked - row.credited, row.currency, row.rate),
            CheckLine(CheckRecord.CLAIM, row.id, row.number, row.name, row.name_en, day=look.day_of(row.created_at)),
        )
        for row in rows
    ]
    if not lines:
        return Found(K.OPEN_CLAIMS, Good, _("No claim is open."))
    words = _n(
        "{n} claim is not credited. Ask the supplier, or write it off.",
        "{n} claims are not credited. Ask the suppliers, or write them off.",
        len(lines),
    )
    return Found(K.OPEN_CLAIMS, Look_, words, lines)

"""Writing a closing and taking one back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from core import documents, purchasing, stock
from core.costing.rules.closing import PREFIX
from core.costing.steps.checks import Look
from core.costing.steps.closing_rows import Row, hash_of, rows_of, write_rows
from core.costing.steps.closings import Calendar
from core.costing.steps.review_rows import from_ledger
from core.costing.steps.reviews import compose
from core.costing.types.checks import MonthChecks
from core.errors import Refused
from core.i18n import _
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item, Supplier
from db.costing.months import MonthClosing, MonthReopening
from db.sql import refresh_statistics
from db.stock import StockClosedBalance, StockClosedValue


def record_closing(uow: UnitOfWork, look: Look, checks: MonthChecks, held: stock.Held) -> tuple[int, str]:
    """Store the month's review, accruals, checks and balances, and lock the ledger up to its end. Answers the closing's id
    and number. Raises Refused when the columns do not add up to the value of the stock."""
    made_of = from_ledger(uow, look.start, look.last_moment)
    review = compose(look.start, look.last_moment, made_of, uow.site.digits)
    if not review.ties:
        raise Refused(
            _(
                "{month} cannot be closed: its columns make {closing}, the stock is worth {stock}. Verify the site.",
                month=look.month.text,
                closing=review.total.value("closing"),
                stock=uow.money(review.stock_minor),
            ),
            field="month",
        )
    tables = rows_of(review, made_of, _accruals(look), checks.checks)
    number = documents.next_number(uow, PREFIX, uow.now)
    row = {
        "number": number,
        "month": look.month.text,
        "starts_at": look.start,
        "ends_at": look.last_moment,
        "closed_at": uow.now,
        "person_id": uow.actor.person_id,
        "ledger_posting_id": held.posting_id,
        "ledger_hash": held.hash,
        "rows_hash": hash_of(tables),
        "items": len(review.items),
        "stock_minor": review.stock_minor,
    }
    closing_id: int = uow.sql.execute(insert(MonthClosing).returning(MonthClosing.id), [row]).scalar_one()
    write_rows(uow, closing_id, tables)
    stock.close_until(uow, closing_id, look.last_moment, held)
    refresh_statistics(uow.sql, table_of(StockClosedBalance), table_of(StockClosedValue))
    return closing_id, number


def record_reopening(uow: UnitOfWork, known: Calendar, reason: str) -> int:
    """Take back the newest closing; the one before it is the newest then. Answers its id."""
    newest = known.newest
    assert newest is not None, "checked before"
    earlier = [one.end for one in known.closings if one.is_standing and one.closing_id != newest.closing_id]
    row = {"closing_id": newest.closing_id, "at": uow.now, "person_id": uow.actor.person_id, "reason": reason}
    uow.sql.execute(insert(table_of(MonthReopening)), [row])
    stock.reopen_until(uow, newest.closing_id, max(earlier, default=None))
    return newest.closing_id


def _accruals(look: Look) -> list[Row]:
    """Receipts' lines that were not invoiced at the month's end, with the names of now."""
    uow = look.uow
    found = [one for one in purchasing.not_invoiced(uow, as_of=look.last_moment) if one.received.not_invoiced]
    if not found:
        return []
    items: dict[int, Any] = {
        row.id: row for row in uow.sql.execute(select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit))
    }
    suppliers: dict[int, Any] = {
        row.id: row for row in uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en))
    }
    return [_accrual(one, items[one.received.item_id], suppliers[one.received.supplier_id]) for one in found]


def _accrual(one: Any, item: Any, supplier: Any) -> Row:
    received = one.received
    return {
        "entry_id": received.line_id,
        "number": one.number,
        "document": one.document,
        "received_on": received.received_on,
        "supplier_id": supplier.id,
        "supplier": supplier.name,
        "supplier_en": supplier.name_en,
        "item_id": item.id,
        "code": item.code,
        "name": item.name,
        "name_en": item.name_en,
        "unit": item.base_unit,
        "open_qty": received.open_qty,
        "accrued": received.accrued,
        "returned": received.returned,
        "matched": received.matched,
        "amount": received.not_invoiced,
    }

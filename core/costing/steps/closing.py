"""Writing a closing and taking one back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, insert, select, type_coerce

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
from db.columns import moment
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
    lines = purchasing.open_lines(look.uow, look.last_moment).subquery("lines")
    c = lines.c
    rows = look.uow.sql.execute(
        select(
            c.entry_id, c.number, c.document, type_coerce(c.at, BigInteger).label("at"), c.supplier_id,
            Supplier.name.label("supplier"), Supplier.name_en.label("supplier_en"), c.item_id, Item.code, Item.name,
            Item.name_en, Item.base_unit.label("unit"), c.open.label("open_qty"), c.accrued, c.returned, c.matched,
            c.value.label("amount"),
        )
        .join(Supplier, Supplier.id == c.supplier_id)
        .join(Item, Item.id == c.item_id)
        .where(c.value != 0)
    )  # fmt: skip
    days: dict[int, date] = {}
    found = []
    for row in rows:
        facts = dict(row._mapping)
        at = facts.pop("at")
        day = days.get(at) or days.setdefault(at, look.day_of(moment(at)))
        figures = {name: int(facts[name]) for name in ("open_qty", "accrued", "returned", "matched", "amount")}
        found.append({**facts, **figures, "received_on": day})
    return found

"""Closings as they are stored: one by its id, its totals, its card, and whether its rows are still what was hashed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from core import stock
from core.costing.rules import COLUMNS
from core.costing.rules.months import Month
from core.costing.steps.closing_rows import hash_of, read_rows
from core.costing.steps.closings import Closing, all_closings, closings_in
from core.costing.types.months import ClosingCard, ClosingRow, StoredCheck
from core.errors import NotFound
from core.i18n import Text, _
from core.uow import UnitOfWork
from db.base import table_of
from db.costing.months import MonthClosingCheck, MonthClosingItem
from db.identity import Site
from db.sql import chunks, total


def closing_named(uow: UnitOfWork, closing_id: int) -> Closing:
    """A closing by its id. Raises NotFound."""
    found = next((one for one in all_closings(uow) if one.closing_id == closing_id), None)
    if found is None:
        raise NotFound(_("There is no such closing ({closing}).", closing=closing_id), field="closing_id")
    return found


def following_of(uow: UnitOfWork, closing: Closing) -> Closing | None:
    """The closing of the same month that came after this one; None of the newest."""
    later = [one for one in all_closings(uow) if one.month == closing.month and one.closing_id > closing.closing_id]
    return min(later, key=lambda one: one.closing_id) if later else None


def history_of(uow: UnitOfWork, month: Month) -> tuple[ClosingRow, ...]:
    """All closings of a month, the newest first, each with what became different until the next."""
    closings = [one for one in all_closings(uow) if one.month == month]
    totals = totals_of(uow, [one.closing_id for one in closings])
    found: list[ClosingRow] = []
    for one, after in zip(closings, [*closings[1:], None], strict=True):
        value, usage = totals[one.closing_id]
        later = None if after is None else totals[after.closing_id]
        found.append(
            ClosingRow(
                one.closing_id, one.number, one.closed_at, one.closed_by, one.reopened_at, one.reopened_by, one.reason,
                uow.money(value), uow.money(usage),
                None if later is None else uow.money(later[0] - value),
                None if later is None else uow.money(later[1] - usage),
            )
        )  # fmt: skip
    return tuple(reversed(found))


def totals_of(uow: UnitOfWork, closing_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Closing value and usage of each closing, in minor units."""
    item = MonthClosingItem
    found: dict[int, tuple[int, int]] = dict.fromkeys(closing_ids, (0, 0))
    for part in chunks(list(closing_ids)):
        wanted = select(item.closing_id, total(item.closing_value), total(item.usage_value))
        rows = uow.sql.execute(wanted.where(item.closing_id.in_(part)).group_by(item.closing_id))
        found.update({row[0]: (int(row[1]), int(row[2])) for row in rows})
    return found


def card_of(uow: UnitOfWork, closing: Closing) -> ClosingCard:
    """A closing with its totals and what its checks said."""
    item = table_of(MonthClosingItem)
    summed = select(*(total(item.c[f"{name}_value"]) for name in COLUMNS)).where(
        item.c.closing_id == closing.closing_id
    )
    sums = uow.sql.execute(summed).one()
    check = MonthClosingCheck
    checks = uow.sql.execute(
        select(check.kind, check.level, check.count, check.amount)
        .where(check.closing_id == closing.closing_id)
        .order_by(check.position)
    )
    return ClosingCard(
        closing_id=closing.closing_id,
        month=closing.month.text,
        number=closing.number,
        start=closing.start,
        end=closing.end,
        closed_at=closing.closed_at,
        closed_by=closing.closed_by,
        is_standing=closing.is_standing,
        reopened_at=closing.reopened_at,
        reopened_by=closing.reopened_by,
        reason=closing.reason,
        ledger_posting_id=closing.ledger_posting_id,
        ledger_hash=closing.ledger_hash,
        rows_hash=closing.rows_hash,
        items=closing.items,
        totals=tuple((name, uow.money(int(minor))) for name, minor in zip(COLUMNS, sums, strict=True)),
        checks=tuple(
            StoredCheck(row[0], row[1], row[2], None if row[3] is None else uow.money(row[3])) for row in checks
        ),
        history=history_of(uow, closing.month),
    )


def is_intact(sql: Connection, closing: Closing) -> bool:
    """Whether the rows of a closing still have the hash that was noted with them."""
    return hash_of(read_rows(sql, closing.closing_id)) == closing.rows_hash


def closing_faults(sql: Connection, months: Collection[Month] | None = None) -> list[Text]:
    """What is wrong with closed months, all or these: rows that are not those that were hashed, balances
    that are not what the entries make, a lock that does not stand where the newest closing does."""
    every = closings_in(sql)
    closings = [one for one in every if months is None or one.month in months]
    standing = [one for one in every if one.is_standing]
    found = [
        _(
            "What is stored of {month} ({number}) was changed after it was closed.",
            month=one.month.text,
            number=one.number,
        )
        for one in closings
        if not is_intact(sql, one)
    ]
    proved: int | None = None
    for one in sorted(standing, key=lambda one: one.end):
        if one not in closings:
            continue
        if not stock.closed_differs(sql, one.closing_id, proved):
            proved = one.closing_id
        else:
            text = _("The balances stored with {month} ({number}) are not what its entries make.", month=one.month.text,
                     number=one.number)  # fmt: skip
            found.append(text)
    lock = sql.execute(select(Site.closed_until)).scalar()
    if lock != max((one.end for one in standing), default=None):
        found.append(_("The ledger is not locked up to the end of the newest closed month."))
    return found

"""Building blocks: the history of prices, of many items at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, insert, update

from core.catalog.types import NewPrice
from core.uow import UnitOfWork
from db.catalog import Item, PriceHistory

PAID, AGREED = "receipt", "term"


def record_prices(uow: UnitOfWork, prices: Sequence[NewPrice]) -> None:
    """Keep prices of one base unit in the history, in one statement."""
    if not prices:
        return
    uow.sql.execute(
        insert(cast(Table, PriceHistory.__table__)),
        [
            {
                "item_id": price.item_id, "supplier_id": price.supplier_id, "at": price.at,
                "price": round(price.price, 6), "source": price.source,
            }
            for price in prices
        ],
    )  # fmt: skip


def record_paid_prices(
    uow: UnitOfWork, *, posting_lines: Sequence[tuple[int, Decimal]], supplier_id: int | None, at: datetime
) -> None:
    """Keep what a receipt paid for one base unit of each item."""
    record_prices(uow, [NewPrice(item_id, supplier_id, price, at, PAID) for item_id, price in posting_lines])


def set_sale_prices(uow: UnitOfWork, prices: Mapping[int, Decimal]) -> int:
    """Give items another sale price (of one base unit); answers how many had another one before."""
    changed = 0
    for item_id, price in sorted(prices.items()):
        differs = Item.sale_price.is_distinct_from(price)
        values = {"sale_price": price, "version": Item.version + 1}
        changed += uow.sql.execute(update(Item).where(Item.id == item_id, differs).values(**values)).rowcount
    return changed

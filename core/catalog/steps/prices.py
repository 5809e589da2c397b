"""Building blocks: the history of prices, of many items at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from core.catalog.types import NewPrice
from core.uow import UnitOfWork
from core.values import round_decimal
from db.catalog import Item, PriceHistory
from db.prepared import Prepared, insert_into

PAID, AGREED = "receipt", "term"


_PRICES = Prepared(insert_into(PriceHistory))


def record_prices(uow: UnitOfWork, prices: Sequence[NewPrice]) -> None:
    """Keep prices of one base unit in the history, in one statement."""
    _PRICES.run_many(
        uow.sql,
        [_row(one.item_id, one.supplier_id, one.at, round_decimal(one.price, 6), one.source) for one in prices],
    )


def record_paid_prices(
    uow: UnitOfWork, *, posting_lines: Sequence[tuple[int, Decimal]], supplier_id: int | None, at: datetime
) -> None:
    """Keep what a receipt paid for one base unit of each item, at most six decimals."""
    _PRICES.run_many(uow.sql, [_row(item_id, supplier_id, at, price, PAID) for item_id, price in posting_lines])


def _row(item_id: int, supplier_id: int | None, at: datetime, price: Decimal, source: str) -> dict[str, Any]:
    return {"item_id": item_id, "supplier_id": supplier_id, "at": at, "price": price, "source": source}


def set_sale_prices(uow: UnitOfWork, prices: Mapping[int, Decimal]) -> int:
    """Give items another sale price (of one base unit); answers how many had another one before."""
    changed = 0
    for item_id, price in sorted(prices.items()):
        differs = Item.sale_price.is_distinct_from(price)
        values = {"sale_price": price, "version": Item.version + 1}
        changed += uow.sql.execute(update(Item).where(Item.id == item_id, differs).values(**values)).rowcount
    return changed

"""Building blocks: the history of prices, of many items at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, update

from core.catalog.rules.suppliers import without_tax
from core.catalog.types import NewPrice, PastPrice
from core.clock import business_day
from core.uow import UnitOfWork
from core.values import MICRO, round_decimal, round_half_up
from db.catalog import Item, PriceHistory, Supplier
from db.columns import micros
from db.prepared import Prepared, insert_into
from db.sql import MOST_IN_LIST

PAID, AGREED = "receipt", "term"


_PRICES = Prepared(insert_into(PriceHistory))
_PRICE = ("item_id", "supplier_id", "at", "price", "currency", "source")
_PAID_PRICES = Prepared(insert_into(PriceHistory, as_stored=True))


def record_prices(uow: UnitOfWork, prices: Sequence[NewPrice]) -> None:
    """Keep prices of one base unit in the history, in one statement."""
    _PRICES.run_many(uow.sql, [_row(uow, one) for one in prices])


def record_paid_prices(
    uow: UnitOfWork, *, posting_lines: Sequence[tuple[int, Decimal]], supplier_id: int | None, at: datetime
) -> None:
    """Keep what a receipt paid for one base unit of each item, at most six decimals, in the site's currency."""
    moment, currency = micros(at), uow.site.currency
    rows = [(item_id, supplier_id, moment, _stored(price), currency, PAID) for item_id, price in posting_lines]
    _PAID_PRICES.run_rows(uow.sql, _PRICE, rows)


def _stored(price: Decimal) -> int:
    """A price in millionths, rounded half away from zero."""
    numerator, denominator = price.as_integer_ratio()
    return round_half_up(numerator * MICRO, denominator)


def _row(uow: UnitOfWork, one: NewPrice) -> dict[str, Any]:
    return {
        "item_id": one.item_id, "supplier_id": one.supplier_id, "at": one.at, "price": round_decimal(one.price, 6),
        "currency": one.currency or uow.site.currency, "source": one.source,
    }  # fmt: skip


def record_agreed_prices(uow: UnitOfWork, prices: Sequence[tuple[int, int, Decimal]]) -> None:
    """Keep what suppliers ask for one base unit (item, supplier, price as the supplier writes it) in the history: in the
    supplier's currency, without the tax that its prices may hold."""
    if not prices:
        return
    s = Supplier
    listed = select(s.id, s.currency, s.prices_incl_tax, s.tax_rate)
    ids = {supplier_id for _item, supplier_id, _price in prices}
    if len(ids) <= MOST_IN_LIST:
        listed = listed.where(s.id.in_(ids))
    suppliers = {row.id: row for row in uow.sql.execute(listed)}
    taxed = {item_id for item_id, supplier_id, _price in prices if suppliers[supplier_id].prices_incl_tax}
    rates = _tax_rates(uow, taxed)
    kept = []
    for item_id, supplier_id, price in prices:
        deal = suppliers[supplier_id]
        if deal.prices_incl_tax:
            rate = rates.get(item_id)
            price = without_tax(price, deal.tax_rate if rate is None else rate)
        kept.append(NewPrice(item_id, supplier_id, price, uow.now, AGREED, deal.currency))
    record_prices(uow, kept)


def _tax_rates(uow: UnitOfWork, item_ids: set[int]) -> dict[int, Decimal]:
    if not item_ids:
        return {}
    listed = select(Item.id, Item.tax_rate).where(Item.tax_rate.is_not(None))
    if len(item_ids) <= MOST_IN_LIST:
        listed = listed.where(Item.id.in_(item_ids))
    return {row.id: row.tax_rate for row in uow.sql.execute(listed)}


def last_prices(
    uow: UnitOfWork, pairs: Iterable[tuple[int, int | None]], *, limit: int = 5, currency: str = ""
) -> dict[tuple[int, int | None], tuple[PastPrice, ...]]:
    """The last prices of one base unit by item and supplier (None: of any supplier), newest first, at most `limit` each;
    with `currency` only those in it. One statement; pairs without a price are left out."""
    wanted = set(pairs)
    if not wanted:
        return {}
    h = PriceHistory
    items = {item_id for item_id, _supplier in wanted}
    listed = select(h.item_id, h.supplier_id, h.at, h.id, h.price, h.currency, h.source)
    if len(items) <= MOST_IN_LIST:
        listed = listed.where(h.item_id.in_(items))
    if currency:
        listed = listed.where(h.currency == currency)
    place = func.row_number().over(partition_by=(h.item_id, h.supplier_id), order_by=(h.at.desc(), h.id.desc()))
    ranked = listed.add_columns(place.label("place")).subquery()
    newest = select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.at.desc(), ranked.c.id.desc())
    found: dict[tuple[int, int | None], list[PastPrice]] = defaultdict(list)
    days: dict[datetime, date] = {}
    for row in uow.sql.execute(newest):
        for pair in {(row.item_id, row.supplier_id), (row.item_id, None)} & wanted:
            if len(found[pair]) < limit:
                if row.at not in days:  # the lines of one receipt have one moment
                    days[row.at] = business_day(row.at, uow.site.zone, uow.site.day_start_hour)
                found[pair].append(PastPrice(row.at, days[row.at], row.price, row.currency, row.source))
    return {pair: tuple(several) for pair, several in found.items()}


def set_sale_prices(uow: UnitOfWork, prices: Mapping[int, Decimal]) -> int:
    """Give items another sale price (of one base unit); answers how many had another one before."""
    changed = 0
    for item_id, price in sorted(prices.items()):
        differs = Item.sale_price.is_distinct_from(price)
        values = {"sale_price": price, "version": Item.version + 1}
        changed += uow.sql.execute(update(Item).where(Item.id == item_id, differs).values(**values)).rowcount
    return changed

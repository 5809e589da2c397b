"""The last prices of items with the suppliers they were paid to, for people to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, type_coerce

from core.catalog import UnitTable
from core.clock import business_day
from core.purchasing.rules import arrivals as rules
from core.purchasing.types.sheets import (
    PricePoint,
)
from core.uow import UnitOfWork
from core.values import plain
from db.catalog import PriceHistory, Supplier
from db.prepared import Prepared
from db.sql import chunks

H = PriceHistory
SHOWN = 5
_IDS: Any = bindparam("ids", expanding=True)
_PLACE = func.row_number().over(partition_by=H.item_id, order_by=(H.at.desc(), H.id.desc()))
_RANKED = (
    select(H.item_id, H.at, H.id, H.price, H.currency, H.supplier_id, _PLACE.label("place"))
    .where(H.item_id.in_(_IDS))
    .subquery()
)
_NEWEST = Prepared(
    select(
        _RANKED.c.item_id, _RANKED.c.at, _RANKED.c.price, _RANKED.c.currency,
        func.coalesce(Supplier.name, "").label("supplier"), func.coalesce(Supplier.name_en, "").label("supplier_en"),
    )
    .outerjoin(Supplier, Supplier.id == _RANKED.c.supplier_id)
    .where(_RANKED.c.place <= SHOWN)
    .order_by(_RANKED.c.item_id, _RANKED.c.place)
)  # fmt: skip


_MICRO = type_coerce(H.price, BigInteger).label("micro")
_OWN_PLACE = func.row_number().over(partition_by=(H.item_id, H.supplier_id), order_by=(H.at.desc(), H.id.desc()))
_OWN = (
    select(H.item_id, H.supplier_id, H.currency, _MICRO, _OWN_PLACE.label("place"))
    .where(H.item_id.in_(_IDS), H.supplier_id.in_(bindparam("suppliers", expanding=True)))
    .subquery()
)
_OWN_PRICES = Prepared(
    select(_OWN.c.item_id, _OWN.c.supplier_id, _OWN.c.currency, _OWN.c.micro)
    .where(_OWN.c.place <= SHOWN)
    .order_by(_OWN.c.item_id, _OWN.c.supplier_id, _OWN.c.place)
)
_ANY = select(H.item_id, H.currency, _MICRO, _PLACE.label("place")).where(H.item_id.in_(_IDS)).subquery()
_ANY_PRICES = Prepared(
    select(_ANY.c.item_id, _ANY.c.currency, _ANY.c.micro)
    .where(_ANY.c.place <= SHOWN)
    .order_by(_ANY.c.item_id, _ANY.c.place)
)
Known = dict[tuple[int, int | None], list[tuple[str, int]]]


def known_to(uow: UnitOfWork, pairs: Iterable[tuple[int, int | None]]) -> Known:
    """The last five prices of one base unit without tax, newest first, as currency and millionths: by item and supplier,
    and by item and None for those a supplier never asked a price of. Two statements for 500 items."""
    wanted = set(pairs)
    suppliers = sorted({supplier_id for _item, supplier_id in wanted if supplier_id is not None})
    found: Known = {}
    for part in chunks(sorted({item_id for item_id, _supplier in wanted})) if suppliers else ():
        for item_id, supplier_id, currency, micro in _OWN_PRICES.rows(uow.sql, ids=part, suppliers=suppliers):
            found.setdefault((item_id, supplier_id), []).append((currency, micro))
    for part in chunks(sorted({item_id for item_id, supplier_id in wanted if (item_id, supplier_id) not in found})):
        for item_id, currency, micro in _ANY_PRICES.rows(uow.sql, ids=part):
            found.setdefault((item_id, None), []).append((currency, micro))
    return found


@dataclass(frozen=True, slots=True)
class Paid:
    """A price of one base unit without tax, who asked it, and on which day."""

    on: date
    price: Decimal
    currency: str
    supplier: str
    supplier_en: str


def last_paid(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, tuple[Paid, ...]]:
    """The last five prices of each item, whoever asked them, newest first. One statement for 500 items."""
    found: dict[int, list[Paid]] = {}
    site = uow.site
    for part in chunks(sorted(set(item_ids))):
        for row in _NEWEST.rows(uow.sql, ids=part):
            day = business_day(row.at, site.zone, site.day_start_hour)
            found.setdefault(row.item_id, []).append(Paid(day, row.price, row.currency, row.supplier, row.supplier_en))
    return {item_id: tuple(several) for item_id, several in found.items()}


def points_of(paid: Sequence[Paid], table: UnitTable, unit: str, tax_rate: Decimal | None) -> tuple[PricePoint, ...]:
    """Prices paid, of one `unit`, with tax at `tax_rate` where one is given."""
    found = []
    for one in paid:
        price = table.price_from_base(one.price, unit)
        if tax_rate is not None:
            price = rules.price_with(price, tax_rate, is_incl=False, wanted_incl=True)
        found.append(PricePoint(one.on, plain(price), one.currency, one.supplier, one.supplier_en))
    return tuple(found)

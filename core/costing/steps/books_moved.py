"""Building blocks of journals: stock of items that were put into another category, so that the accounts of categories hold
what lies in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core import stock
from core.costing.rules.books import Draft, Leg, joined
from core.costing.rules.periods import Days
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import AccountUse as U
from db.enums import VoucherKind
from db.sql import chunks


def moved_drafts(uow: UnitOfWork, days: Days, booked: Mapping[str, int], last: datetime) -> list[Draft]:
    """What kept journals hold on the accounts of categories (`booked`) against what lay in them at the end of these
    (`last`), by the categories of today: the difference goes over on the first day.

    Where journals were not kept from the first month on, nobody knows what the accounts held before: nothing is moved.
    """
    worth: dict[str, int] = defaultdict(int)
    values = stock.value_sums(uow, as_of=last)
    for part in chunks(sorted(values)):
        for row in uow.sql.execute(select(Item.id, Item.category_id).where(Item.id.in_(part))):
            worth[str(row.category_id or "")] += values[row.id][1]
    if sum(worth.values()) != sum(booked.values()):
        return []
    legs = joined(Leg(U.STOCK, worth[key] - booked.get(key, 0), key) for key in sorted({*worth, *booked}))
    return [Draft(VoucherKind.ADJUSTMENTS, days.first, legs)] if legs else []

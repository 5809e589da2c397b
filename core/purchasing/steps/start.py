"""What a new site begins purchasing with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from core.clock import business_day
from core.identity import NewSite
from db.purchasing import PurchaseRules


def seed_purchasing(sql: Connection, new: NewSite, now: datetime) -> None:
    """The rules of purchasing as they are until somebody changes them; invoices are awaited from today's receipts on."""
    today = business_day(now, new.zone, 0)
    sql.execute(insert(PurchaseRules).values(id=1, invoices_from=today))

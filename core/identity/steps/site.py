"""The site's settings as a form sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from core.identity.types import SiteEdit
from db.stock import StockPosting


def settings_of(row: Any) -> SiteEdit:
    """What can be changed of a fetched site."""
    return SiteEdit(
        name=row.name,
        name_en=row.name_en,
        address=row.address,
        phone=row.phone,
        currency=row.currency,
        zone=row.zone,
        language=row.language,
        day_start_hour=row.day_start_hour,
        lock_minutes=row.lock_minutes,
        tax_number=row.tax_number,
        paper_foot=row.paper_foot,
        paper_days=row.paper_days,
    )


def has_stock(sql: Connection) -> bool:
    """Whether anything was ever posted: from then on amounts are in the site's currency for good."""
    return sql.execute(select(StockPosting.id).limit(1)).first() is not None

"""How a price went, drawn."""

from __future__ import annotations

from collections.abc import Sequence

from core.catalog import PriceRow
from core.i18n import _, join, verbatim
from desktop.widgets import TrendChart, TrendPoint, Words


def price_chart(rows: Sequence[PriceRow]) -> TrendChart:
    """Past prices in time, newest first as they come; prices in another currency than the newest are left out."""
    currency = rows[0].currency if rows else ""
    points = [TrendPoint(row.at, row.price, _words(row)) for row in rows if row.currency == currency]
    return TrendChart(_("Price history"), points)


def _words(row: PriceRow) -> Words:
    what = _("paid") if row.source == "receipt" else _("asked")
    return join([what, verbatim(row.supplier)], " · ") if row.supplier else what

"""Columns and filters that many reports share, so that one thing has one name and one definition everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.i18n import Text, _
from core.reports.rules.sums import ratio
from core.reports.types import Adding, Cell, FilterKind, ReportColumn, ReportFilter, Values
from core.values import round_decimal

_ADDING = {"money": Adding.SUM, "qty": Adding.QTY, "number": Adding.SUM}


def col(key: str, title: Text, kind: str = "text", about: Text | None = None) -> ReportColumn:
    """A column; money and numbers are added up, quantities where they have one unit."""
    return ReportColumn(key, title, kind, _ADDING.get(kind, Adding.NONE), about)


def money(key: str, title: Text, about: Text | None = None) -> ReportColumn:
    """An amount, for those who may see cost."""
    return replace(col(key, title, "money", about), needs_cost=True)


def share(key: str, title: Text, parts: tuple[str, str], about: Text) -> ReportColumn:
    """One column's part of another, in per cent; of the totals under the list too."""
    return ReportColumn(key, title, "percent", Adding.FORMULA, about, can_sort=True, formula=ratio(*parts))


def alone(column: ReportColumn) -> ReportColumn:
    """The same without a sum under it."""
    return replace(column, adding=Adding.NONE)


def hidden(column: ReportColumn) -> ReportColumn:
    """The same, shown only when it is chosen."""
    return replace(column, is_usual=False)


def costly(column: ReportColumn) -> ReportColumn:
    """The same, for those who may see cost."""
    return replace(column, needs_cost=True)


ITEM = col("item", _("Item code"))
NAME = col("name", _("Name"))
CATEGORY = col("category", _("Category"))
UNIT = col("unit", _("Unit"))
LOCATION = col("location", _("Location"))
LOCATION_NAME = col("location_name", _("Name of the location"))
LOT = col("lot", _("Lot"))
SUPPLIER = col("supplier", _("Supplier"))
REASON = col("reason", _("Reason"))
NUMBER = col("number", _("Number"))
BY = col("by", _("Handled by"))
AT = col("at", _("Date and time"), "instant")
ENTRIES = col("entries", _("Ledger entries"), "number")
QTY = col("qty", _("Quantity"), "qty")
VALUE = money("value", _("Value"))
ON_HAND = col("on_hand", _("Stock on hand"), "qty", _("What the book says is there now, goods on their way included."))
STOCK_VALUE = money(
    "stock_value", _("Stock value"), _("What the stock cost by each item's cost method, to the cent as in the ledger.")
)
WHAT = (ITEM, NAME, CATEGORY, UNIT)

BY_ITEM = ReportFilter("item", _("Item"), FilterKind.ITEM)
BY_CATEGORY = ReportFilter("category", _("Category"), FilterKind.CATEGORY)
BY_SUPPLIER = ReportFilter("supplier", _("Supplier"), FilterKind.SUPPLIER)
BY_LOCATION = ReportFilter("location", _("Location"), FilterKind.LOCATION)
BY_REASON = ReportFilter("reason", _("Reason"), FilterKind.REASON)
BY_TEXT = ReportFilter("text", _("Words"), FilterKind.TEXT)
ITEMS = (BY_ITEM, BY_CATEGORY, BY_TEXT)


def days_filter(title: Text, default: int) -> ReportFilter:
    """A number of days."""
    return ReportFilter("days", title, FilterKind.NUMBER, default=Decimal(default))


def only(key: str, title: Text) -> ReportFilter:
    """Just one value of a field, as a row of another report has it."""
    return ReportFilter(f"only_{key}", title, FilterKind.EXACT)


def money_of(column: ReportColumn) -> ReportColumn:
    """A share that is an amount: so much money for one of something."""
    return replace(column, kind="money", needs_cost=True, formula=_rounded(column))


def number_of(column: ReportColumn) -> ReportColumn:
    """A share that is a number: so many for one of something."""
    return replace(column, kind="number", formula=_rounded(column))


def _rounded(column: ReportColumn) -> Callable[[Values], Cell]:
    formula = column.formula

    def reckon(row: Values) -> Cell:
        found = None if formula is None else formula(row)
        return round_decimal(found, 2) if isinstance(found, Decimal) else found

    return reckon

"""The columns of the stock list, on screen and in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from core import stock
from core.documents import Cell
from core.documents import Column as FileColumn
from core.i18n import _
from core.values import round_decimal
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import LEVELS, expiry_meaning, level_look
from desktop.widgets import Column, Kind

COST_DIGITS = 4
ONLY_NOW = ("reserved", "available")


def stock_columns(known: Known, language: str, *, sees_cost: bool) -> list[Column]:
    """What stands in the list; amounts only for those who may see them."""

    def title(row: Any) -> str:
        return str(row.title(language))

    def category(row: Any) -> str:
        return str(row.category_en if language == "en" else row.category).rpartition("/")[2]

    def cost(row: Any) -> Decimal | None:
        return None if row.unit_cost is None else round_decimal(row.unit_cost, COST_DIGITS)

    columns = [
        Column("code", _("Code"), 104, muted=True),
        Column("name", _("Item"), 180, stretch=True, value=title),
        Column("category", _("Category"), 132, muted=True, wide_only=True, value=category),
        Column("on_hand", _("On hand"), 112, kind=Kind.QTY, why=True, unit="unit"),
        Column("reserved", _("Reserved"), 86, kind=Kind.QTY, why=True),
        Column("available", _("Available"), 96, kind=Kind.QTY, why=True),
        Column("in_transit", _("In transit"), 86, kind=Kind.QTY, why=True, wide_only=True),
        Column("level", _("State"), 138, kind=Kind.BADGE, badge=level_look),
        Column(
            "expires_on", _("First expiry"), 106, kind=Kind.DATE, wide_only=True,
            meaning=lambda row: expiry_meaning(row.expires_on, known.today()),
        ),
    ]  # fmt: skip
    if sees_cost:
        columns.append(Column("unit_cost", _("Unit cost"), 96, kind=Kind.MONEY, why=True, wide_only=True, value=cost))
        columns.append(Column("value", _("Value"), 104, kind=Kind.MONEY, why=True))
    return columns


def file_columns(*, sees_cost: bool, is_now: bool) -> tuple[FileColumn, ...]:
    """The columns of the file, all of them however narrow the window is."""
    columns = [
        FileColumn("code", _("Code")), FileColumn("name", _("Item")), FileColumn("name_en", _("English name")),
        FileColumn("category", _("Category")), FileColumn("on_hand", _("On hand"), "qty"),
        FileColumn("unit", _("Unit")),
    ]  # fmt: skip
    if is_now:
        columns += [FileColumn("reserved", _("Reserved"), "qty"), FileColumn("available", _("Available"), "qty")]
    columns += [
        FileColumn("in_transit", _("In transit"), "qty"), FileColumn("level", _("State")),
        FileColumn("minimum", _("Minimum"), "qty"), FileColumn("expires_on", _("First expiry"), "date"),
    ]  # fmt: skip
    if sees_cost:
        columns += [FileColumn("unit_cost", _("Unit cost"), "cost"), FileColumn("value", _("Value"), "money")]
    return tuple(columns)


def file_rows(
    rows: Sequence[stock.StockRow], known: Known, language: str, *, sees_cost: bool, is_now: bool
) -> Iterator[tuple[Cell, ...]]:
    """The cells of these rows, in the order of the columns."""
    for row in rows:
        look = LEVELS[row.level]
        category = row.category_en if language == "en" else row.category
        yield (
            row.code, row.name, row.name_en, category, row.on_hand, known.unit(row.unit),
            *((row.reserved, row.available) if is_now else ()),
            row.in_transit, look.words if look else "", row.floor, row.expires_on,
            *((row.unit_cost, row.value) if sees_cost else ()),
        )  # fmt: skip

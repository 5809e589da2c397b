"""The columns of the stock list, on screen and in a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import _
from core.values import round_decimal
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import expiry_meaning, level_look
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

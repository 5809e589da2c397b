"""Columns of the lines of an order."""

from __future__ import annotations

from core.i18n import _
from desktop.purchasing.orders.desk import DeskLine
from desktop.purchasing.orders.looks import money_in, price_words
from desktop.purchasing.receive.finding import Finder
from desktop.theme import Meaning
from desktop.widgets import Align, BadgeLook, Column, Kind, language, number_words

PROGRESS = ("received", "due_on")


def line_columns(finder: Finder, *, sees_cost: bool) -> list[Column]:
    """What is ordered, how much, for how much, and what has come."""

    def qty_words(line: DeskLine) -> str:
        return f"{number_words(line.qty)} {finder.unit_word(line.unit)}"

    columns = [
        Column("number", "", 40, muted=True, align=Align.RIGHT, sortable=False, value=lambda line: str(line.number)),
        Column("name", _("Item"), 180, stretch=True, sortable=False, value=lambda line: line.item.name.render(language())),
        Column("code", _("Code"), 100, muted=True, wide_only=True, sortable=False, value=lambda line: line.item.code),
        Column(
            "supplier_code", _("Supplier's code"), 110, muted=True, wide_only=True, sortable=False,
            value=lambda line: line.item.supplier_code,
        ),
        Column("qty", _("Quantity"), 110, Align.RIGHT, sortable=False, value=qty_words),
        Column("received", _("Received"), 110, Align.RIGHT, sortable=False, why=True, value=received_words),
        Column("due_on", _("Expected on"), 104, kind=Kind.DATE, sortable=False),
        Column("note", _("Note"), 120, muted=True, wide_only=True, sortable=False),
        Column("state", _("State"), 120, kind=Kind.BADGE, sortable=False, value=line_look),
    ]  # fmt: skip
    if sees_cost:
        columns[5:5] = [
            Column("price", _("Price"), 100, Align.RIGHT, sortable=False, value=_price),
            Column("amount", _("Amount"), 116, Align.RIGHT, sortable=False, value=_amount),
            Column("tax_rate", _("Tax"), 64, Align.RIGHT, sortable=False, muted=True, value=_tax),
        ]
    return columns


def received_words(line: DeskLine) -> str:
    """What came of what was ordered."""
    row = line.stored
    return "" if row is None else f"{number_words(row.received)} / {number_words(row.qty)}"


def line_look(line: DeskLine) -> BadgeLook | None:
    """What is to be said of a line."""
    if line.error is not None:
        return BadgeLook(_("Look here"), Meaning.DANGER)
    row = line.stored
    if row is not None and row.is_closed:
        return BadgeLook(_("Closed"), Meaning.PLAIN)
    if row is not None and row.received and row.outstanding == 0:
        return BadgeLook(_("Here"), Meaning.GOOD)
    if row is not None and row.received:
        return BadgeLook(_("Partly here"), Meaning.SOON)
    if not line.item.is_active:
        return BadgeLook(_("Retired"), Meaning.SOON)
    return BadgeLook(_("Free"), Meaning.ACCENT) if line.is_free else None


def _price(line: DeskLine) -> str:
    if line.is_free:
        return "-"
    return "?" if line.price is None else price_words(line.price)


def _amount(line: DeskLine) -> str:
    return money_in(line.amount, line.currency)


def _tax(line: DeskLine) -> str:
    return f"{number_words(line.tax_rate)} %"

"""The stock of an item on its card: figures with their why, where it lies, what was posted last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from core import stock
from core.i18n import Text, _
from core.words import Permission, word
from desktop.catalog.known import Known
from desktop.catalog.parts import column_of, heading, nothing
from desktop.context import AppContext
from desktop.widgets import Button, Column, Facts, Kind, money_words, number_words, small_table

Why = Callable[[str], object]
P = Permission


def figures_part(
    context: AppContext, unit: str, row: stock.AvailabilityRow, value: stock.ValueRow | None, why: Why
) -> QWidget:
    """On hand, reserved, available, value, unit cost; each says why."""
    facts = Facts()
    figures: list[tuple[str, Text, Decimal | None, bool]] = [
        ("on_hand", _("On hand"), row.on_hand, False),
        ("in_transit", _("In transit"), row.in_transit or None, False),
        ("reserved", _("Reserved"), row.reserved or None, False),
        ("available", _("Available"), row.available if row.available != row.on_hand else None, False),
        ("value", _("Value"), value.value if value is not None else None, True),
        ("unit_cost", _("Unit cost"), value.unit_cost if value is not None else None, True),
    ]
    for key, title, amount, is_money in figures:
        if amount is not None:
            said = money_words(amount, sign=True) if is_money else f"{number_words(amount)} {unit}"
            button = Button(said, partial(why, key), kind="link")
            button.setAccessibleDescription(context.words(_("Why this figure")))
            facts.add(title, button)
    return facts


def places_part(known: Known, rows: list[stock.OnHandRow]) -> QWidget:
    """Where it lies, by place and lot."""
    is_english = known.context.language == "en"
    place = lambda row: (row.location_name_en or row.location_name) if is_english else row.location_name  # noqa: E731
    columns = [Column("place", _("Place"), 110, stretch=True, value=place, sortable=False)]
    if any(row.lot for row in rows):
        columns.append(Column("lot", _("Lot"), 104, sortable=False))
        columns.append(Column("expires_on", _("Expires"), 96, kind=Kind.DATE, sortable=False))
    columns.append(Column("qty", _("Quantity"), 96, kind=Kind.QTY, unit="unit", sortable=False))
    if not rows:
        return column_of(heading(_("Where it lies")), nothing(_("Nothing is there.")))
    named = [replace(row, unit=known.unit(row.unit)) for row in rows]
    return column_of(heading(_("Where it lies")), small_table(columns, named, _("Where it lies")))


def entries_part(context: AppContext, known: Known, item_id: int, rows: list[stock.EntryRow]) -> QWidget:
    """What was posted last; Enter opens the posting."""
    if not rows:
        return column_of(heading(_("Last entries")), nothing(_("Nothing was posted yet.")))
    columns = [
        Column("at", _("When"), 138, kind=Kind.INSTANT, muted=True, sortable=False),
        Column("kind", _("Kind"), 110, stretch=True, value=lambda row: word(row.kind), sortable=False),
        Column("number", _("Number"), 128, muted=True, sortable=False),
        Column("qty", _("Quantity"), 92, kind=Kind.QTY, unit="unit", sortable=False),
    ]
    named = [replace(row, unit=known.unit(row.unit)) for row in rows]
    table = small_table(columns, named, _("Last entries"))
    shell = context.shell
    more = []
    if shell.can_go("stock.posting"):
        table.row_activated.connect(lambda row: shell.go("stock.posting", posting_id=row.posting_id))
    if shell.can_go("stock.ledger"):
        more.append(
            Button(_("Ledger"), lambda: shell.go("stock.ledger", item_id=item_id), icon_name="history", kind="link")
        )
    return column_of(heading(_("Last entries"), *more), table)

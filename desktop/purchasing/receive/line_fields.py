"""The fields of one line of a delivery, two in a row, the same order for the eye and for Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from core.i18n import Text, _
from core.words import ClaimKind, word
from desktop.widgets import CheckEdit, Choice, CodeEdit, DateEdit, MoneyEdit, QtyEdit, Strip, TextEdit

WHOLE = 20
REASONS = tuple(one for one in ClaimKind if one not in (ClaimKind.SHORT, ClaimKind.PRICE, ClaimKind.RETURNED))


class FieldGrid(Strip):
    """Fields in two columns; one of a share of 20 takes the whole row."""

    def __init__(self) -> None:
        self._grid = QGridLayout()
        self._at = (0, 0)
        self.wants: Callable[[str], bool] = lambda _key: True
        super().__init__()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self.narrow = 0

    def _put(self, cell: QWidget, share: int) -> None:
        row, column = self._at
        if share >= WHOLE and column:
            row, column = row + 1, 0
        self._grid.addWidget(cell, row, column, 1, 2 if share >= WHOLE else 1)
        self._at = (row + 1, 0) if share >= WHOLE or column else (row, 1)

    def is_wanted(self, key: str) -> bool:
        """Whether Enter stops at a field."""
        return self.wants(key)

    def add_row(self, widget: QWidget) -> None:
        """Something else over the whole width."""
        self._put(widget, WHOLE)


def quantity_fields(today: Callable[[], date]) -> FieldGrid:
    """What came, what of it was refused, and of which lot."""
    grid = FieldGrid()
    grid.add("qty", _("Taken in"), QtyEdit(_("Taken in")), share=WHOLE)
    grid.add("rejected", _("Refused"), QtyEdit(_("Refused")))
    reasons = [(str(kind), word(kind)) for kind in REASONS]
    grid.add("reject_reason", _("Why refused"), Choice(_("Why refused"), reasons, search=False))
    grid.add("lot", _("Lot"), CodeEdit(_("Lot"), most=60))
    grid.add("expires_on", _("Expiry date"), DateEdit(_("Expiry date"), today=today))
    return grid


def price_fields() -> FieldGrid:
    """What one unit costs, and why where that needs a word."""
    grid = FieldGrid()
    grid.add("price", _("Unit price"), MoneyEdit(_("Unit price"), decimals=6))
    _add_check(grid, "is_free", _("Free goods"))
    examples = _("Season, bought in a hurry…")
    grid.add(
        "price_reason", _("Why this price"), TextEdit(_("Why this price"), placeholder=examples, most=200), share=WHOLE
    )
    return grid


def place_fields() -> FieldGrid:
    """Where it goes, what it stands in for, whether it waits for inspection."""
    grid = FieldGrid()
    grid.add("place_id", _("Put away to"), Choice(_("Put away to"), search=True), share=WHOLE)
    grid.add(
        "instead_of", _("Stands in for"), Choice(_("Stands in for"), empty=_("Nothing that was ordered")), share=WHOLE
    )
    grid.add("temperature", _("Temperature"), QtyEdit(_("Temperature"), unit="°C", negative=True))
    _add_check(grid, "is_quarantine", _("Quarantine"))
    grid.add("note", _("Note"), TextEdit(_("Note"), most=200), share=WHOLE)
    return grid


def _add_check(grid: FieldGrid, key: str, words: Text) -> None:
    """A box whose words stand behind it, in line with the fields beside it."""
    grid.add(key, " ", CheckEdit(words)).set_name(words)

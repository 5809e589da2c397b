"""Fields that only the forms of a supplier have: weekdays as seven toggles, per cent, days without delivery; words of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.i18n import Text, _, join
from desktop.catalog.editors import Part, RowsEdit
from desktop.widgets import Chip, DateEdit, Editor, FlowLayout, QtyEdit, TextEdit, Words, number_words

WEEKDAYS: tuple[Text, ...] = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
EVERY_DAY = 127


class WeekdaysEdit(Editor):
    """Days of the week as a mask (Monday 1, Tuesday 2, Wednesday 4 ...); none chosen is any day."""

    def __init__(self) -> None:
        self._chips = [Chip(words) for words in WEEKDAYS]
        super().__init__()
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        for chip in self._chips:
            flow.addWidget(chip)
            chip.toggled.connect(lambda _on: self._edited())
        self._row.addWidget(holder, 1)

    def field(self) -> QWidget:
        return self._chips[0]

    def value(self) -> int:
        return sum(1 << day for day, chip in enumerate(self._chips) if chip.isChecked())

    def set_value(self, value: int | None) -> None:
        for day, chip in enumerate(self._chips):
            chip.blockSignals(True)
            chip.setChecked(bool((value or 0) >> day & 1))
            chip.blockSignals(False)

    def retranslate(self) -> None:
        """The chips say themselves."""


def weekday_words(mask: int) -> Words:
    """Delivery days as they are read."""
    if mask in (0, EVERY_DAY):
        return _("any day")
    return join([words for day, words in enumerate(WEEKDAYS) if mask >> day & 1], " ")


def percent_edit() -> QtyEdit:
    """A share in per cent."""
    return QtyEdit(unit="%")


def percent_of(share: object) -> str:
    """A share in per cent as it is read; empty when none was said."""
    return f"{number_words(share)} %" if isinstance(share, Decimal | int) else ""


def closed_rows(today: Callable[[], date]) -> RowsEdit:
    """Days without delivery, each with what for."""
    return RowsEdit(
        (
            Part("day", _("Day"), lambda: DateEdit(today=today), 2),
            Part("note", _("Why"), lambda: TextEdit(most=200), 3, False),
        ),
        _("One more day"),
    )


def said_parts(parts: Sequence[str]) -> str:
    """Parts of a line that say something, with dots between them."""
    return " · ".join(part for part in parts if part)

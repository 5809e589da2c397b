"""The boxes of a line's units, and the packs and pieces that scans have counted in them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import _
from desktop.widgets import Keypad, Label, QtyEdit, Words


class UnitBox(QWidget):
    """A figure in one unit; the unit stands below it."""

    def __init__(self) -> None:
        super().__init__()
        self.unit = ""
        self.edit = QtyEdit(_("Counted"))
        self.edit.field().setProperty("wide", True)
        self._words = Label("", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self._words)

    def set_unit(self, unit: str, words: Words) -> None:
        """Which unit this box is for."""
        self.unit = unit
        self.edit.set_name(words)
        self._words.set_words(words)


class ScannedBoxes:
    """Each scan of the goods is one more in the box of its unit. What is typed replaces it."""

    def __init__(self, boxes: Sequence[UnitBox], keypad: Keypad) -> None:
        self._boxes, self._keypad = boxes, keypad
        self._counted: dict[str, Decimal] = {}

    def clear(self) -> None:
        """Another line."""
        self._counted = {}

    def is_alone(self) -> bool:
        """Whether what stands in the boxes was counted by scans alone, or nothing stands there."""
        typed = {box.unit: box.edit.text().strip() for box in self._boxes if box.edit.text().strip()}
        return not self._keypad.isVisible() and typed == {unit: f"{n:f}" for unit, n in self._counted.items()}

    def add(self, unit: str, more: Decimal | None = None) -> None:
        """One more pack, or as many pieces as the code says. The next scan of other goods enters them."""
        shown = [box for box in self._boxes if not box.isHidden()]
        box = next((one for one in shown if unit and one.unit == unit), shown[-1] if shown else None)
        if box is None or self._keypad.isVisible():
            return
        total = self._counted.get(box.unit, Decimal(0)) + (more or 1)
        self._counted[box.unit] = total
        box.edit.type_text(f"{total:f}")
        box.edit.field().setFocus(Qt.FocusReason.TabFocusReason)
        box.edit.field().selectAll()

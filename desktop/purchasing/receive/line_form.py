"""What can be said of one line, as fields: filled from the line, and read back as what differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import CoreError
from core.purchasing import PriceCheck
from core.values import CURRENCY_SIGNS
from core.words import ClaimKind
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.line_fields import FieldGrid, place_fields, price_fields, quantity_fields
from desktop.purchasing.receive.lines import NONE, DockLine
from desktop.purchasing.receive.price_view import PriceView
from desktop.widgets.editors import Choice, MoneyEdit, QtyEdit

FIELD_OF = {"unit_cost": "price", "location": "place_id", "location_id": "place_id", "unit": "qty", "item": "qty",
            "rejected_qty": "rejected", "instead_of_id": "instead_of"}  # fmt: skip
OF_PRICE = frozenset({"price", "is_free", "qty"})


class LineForm(QWidget):
    """`said(fields)`: what was typed, by the names of the line; `price_typed`; `finished` by Enter after the last field."""

    said = Signal(object)
    price_typed = Signal()
    finished = Signal()

    def __init__(self, finder: Finder, *, sees_cost: bool) -> None:
        super().__init__()
        self._line: DockLine | None = None
        self._is_filling = False
        self._needs_reason = False
        self._typed: set[str] = set()
        self.grids = (quantity_fields(finder.today), price_fields(), place_fields())
        self.price = PriceView()
        self.grids[1].add_row(self.price)
        self.grids[1].setVisible(sees_cost)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for grid in self.grids:
            column.addWidget(grid)
            grid.wants = self._is_wanted
            grid.changed.connect(self._on_changed)
            grid.finished.connect(lambda grid=grid: self._after(grid))

    @property
    def qty(self) -> QtyEdit:
        """The field of what came."""
        found: QtyEdit = self._editor("qty")
        return found

    def choice(self, key: str) -> Choice:
        """A field one chooses in."""
        found: Choice = self._editor(key)
        return found

    # --- filling

    def start(self) -> None:
        """Another line comes."""
        self._needs_reason = False
        self.price.show_check(None)
        for grid in self.grids:
            grid.clear_errors()

    def fill(self, line: DockLine, currency: str) -> None:
        """Show a line; the field that is being typed in is left alone while it is the same line's."""
        is_same = self._line is not None and self._line.id == line.id
        left_alone = {*self._typed, self._key_of_focus()} if is_same else set()
        self._line, self._is_filling = line, True
        values = _values(line)
        for grid in self.grids:
            grid.set_values(
                {key: value for key, value in values.items() if key in grid.names() and key not in left_alone}
            )
        price: MoneyEdit = self._editor("price")
        price.set_sign(CURRENCY_SIGNS.get(currency, currency))
        price.setEnabled(not line.is_free)
        self.qty.set_unit(line.unit)
        self._show_fields()
        self._is_filling = False

    def _show_fields(self) -> None:
        line = self._line
        if line is not None:
            self.grids[0].show_field("reject_reason", bool(line.rejected))
            for key in ("lot", "expires_on"):
                self.grids[0].show_field(key, line.known.lot_tracked or bool(line.lot))
            self.grids[1].show_field("price_reason", self._needs_reason or bool(line.price_reason))

    def show_check(self, check: PriceCheck | None) -> None:
        """What the price says beside those paid before."""
        self._needs_reason = check is not None and check.needs_reason
        self.price.show_check(check)
        self._show_fields()

    def show_core_error(self, error: CoreError) -> None:
        """Say an error at its field, or at the quantity where it has none here."""
        key = FIELD_OF.get(error.field or "", error.field or "qty")
        if key == "price_reason":
            self._needs_reason = True
            self._show_fields()
        if not any(grid.show_field_error(key, error) for grid in self.grids):
            self.grids[0].show_field_error("qty", error)

    def focus_field(self, key: str) -> None:
        """Put the keyboard into a field."""
        next(grid for grid in self.grids if key in grid.names()).focus(key)

    def is_right(self) -> bool:
        """Whether every field can be read; a wrong one says so and has the focus."""
        return self._line is None or all(grid.read() is not None for grid in self.grids if not grid.isHidden())

    def is_typing(self) -> bool:
        """Whether the keyboard is in one of its fields."""
        return self._key_of_focus() is not None

    # --- reading

    def _on_changed(self) -> None:
        line = self._line
        if self._is_filling or line is None:
            return
        said = self._differs(line)
        if said:
            self._typed = set(said) - {"reject_reason"}
            self.said.emit(said)
            self._typed = set()
            if OF_PRICE & said.keys():
                self.price_typed.emit()

    def _differs(self, line: DockLine) -> dict[str, Any]:
        """What differs from the line as it was; a field that cannot be read yet says nothing."""
        said: dict[str, Any] = {}
        was: Mapping[str, Any] = _values(line)
        for grid in self.grids:
            for key in grid.names():
                try:
                    value = grid.editor(key).value()
                except CoreError:
                    continue
                if (value or None) != (was[key] or None) or (key == "qty" and value != was[key]):
                    said[key] = _kept(key, value)
        if said.get("rejected") and not line.reject_reason:
            said["reject_reason"] = str(ClaimKind.DAMAGED)
        return said

    # --- Enter

    def _is_wanted(self, key: str) -> bool:
        line = self._line
        if line is None:
            return False
        if key in ("lot", "expires_on"):
            return line.known.lot_tracked and not (line.lot if key == "lot" else line.expires_on)
        if key == "reject_reason":
            return bool(line.rejected)
        if key == "price_reason":
            return self._needs_reason and not line.price_reason
        return key == "price" and line.price_in() is None and not line.is_free

    def _after(self, grid: FieldGrid) -> None:
        for later in self.grids[self.grids.index(grid) + 1 :]:
            key = next((key for key in later.names() if later.has(key) and self._is_wanted(key)), None)
            if key is not None and not later.isHidden():
                later.focus(key)
                return
        self.finished.emit()

    def _key_of_focus(self) -> str | None:
        return next((key for grid in self.grids if (key := _focused(grid)) is not None), None)

    def _editor(self, key: str) -> Any:
        return next(grid.editor(key) for grid in self.grids if key in grid.names())


def _focused(grid: FieldGrid) -> str | None:
    focus: QWidget | None = grid.window().focusWidget()
    return grid.key_of_focus() if focus is not None and grid.isAncestorOf(focus) else None


def _values(line: DockLine) -> dict[str, Any]:
    """A line as its fields show it."""
    return {
        "qty": line.qty if line.qty or line.is_touched else None,
        "rejected": line.rejected or None,
        "reject_reason": line.reject_reason or None,
        "lot": line.lot,
        "expires_on": line.expires_on,
        "price": line.price_in(),
        "is_free": line.is_free,
        "price_reason": line.price_reason,
        "place_id": line.place_id,
        "instead_of": line.instead_of,
        "temperature": line.temperature,
        "is_quarantine": line.is_quarantine,
        "note": line.note,
    }


def _kept(key: str, value: Any) -> Any:
    """What was typed as a line keeps it."""
    if value is not None:
        return value
    if key in ("qty", "rejected"):
        return NONE
    return None if key in ("expires_on", "price", "place_id", "instead_of", "temperature") else ""

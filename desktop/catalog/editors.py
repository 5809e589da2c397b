"""Fields that only the forms of the catalog have: units with new ones allowed, days, other names, allergens, rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from core import catalog
from core.devices import Scan
from core.errors import CoreError, InvalidInput
from core.i18n import _
from desktop.catalog.known import Known
from desktop.widgets import Button, Chip, CodeEdit, Editor, FlowLayout, QtyEdit, TextEdit, Words

_BETWEEN = re.compile(r"[,，;；、\n]+")


class UnitEdit(TextEdit):
    """A unit by its name or sign; a new one may be written, and is asked about when it is saved."""

    def __init__(self, known: Known, *, placeholder: Words = "") -> None:
        super().__init__(placeholder=placeholder, most=20)
        self._known = known
        self._filled: str | None = None
        self._shown = ""
        completer = QCompleter([known.unit(row.code) for row in known.units], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._line.setCompleter(completer)
        completer.activated.connect(lambda _words: self._edited())

    def value(self) -> str | None:
        typed = super().value()
        if typed is None:
            return None
        if typed == self._shown:
            return self._filled
        units, wanted = self._known.units, typed.casefold()
        if any(row.code == typed for row in units):
            return typed
        named = (row for row in units if wanted in (row.code.casefold(), row.name.casefold(), row.name_en.casefold()))
        row = next(named, None)
        return row.code if row is not None else typed

    def set_value(self, value: str | None) -> None:
        """Two units may have the same name: what stands there untouched is the unit it was filled with."""
        self._filled = value
        self._shown = self._known.unit(value) if value else ""
        super().set_value(self._shown)


class DaysEdit(QtyEdit):
    """A whole number of days."""

    def __init__(self) -> None:
        super().__init__(unit=_("days"))

    def value(self) -> Any:
        number: Decimal | None = super().value()
        if number is None:
            return None
        if number != int(number) or number < 0:
            raise InvalidInput(_("Write whole days, such as 7."))
        return int(number)


class NamesEdit(TextEdit):
    """Other names with commas between them; a tuple."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Other names, with commas between"), most=400)

    def value(self) -> Any:
        typed = super().value()
        return tuple(name.strip() for name in _BETWEEN.split(typed or "") if name.strip())

    def set_value(self, value: Any) -> None:
        super().set_value("、".join(value or ()))


class AllergenEdit(Editor):
    """The allergens as chips; a tuple of stored words."""

    def __init__(self) -> None:
        self._chips = {one.word: Chip(one.name) for one in catalog.ALLERGENS}
        super().__init__()
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        for chip in self._chips.values():
            flow.addWidget(chip)
            chip.toggled.connect(lambda _on: self._edited())
        self._row.addWidget(holder, 1)

    def field(self) -> QWidget:
        return next(iter(self._chips.values()))

    def value(self) -> tuple[str, ...]:
        return tuple(word for word, chip in self._chips.items() if chip.isChecked())

    def set_value(self, value: Sequence[str] | None) -> None:
        for word, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(word in (value or ()))
            chip.blockSignals(False)

    def retranslate(self) -> None:
        """The chips say themselves."""


class BarcodeEdit(CodeEdit):
    """A barcode; a wrong check digit is said as soon as the field is left."""

    def __init__(self) -> None:
        super().__init__(most=80, placeholder=_("Scan or type"))
        self.takes_all = True

    def scanned_text(self, scan: Scan) -> str:
        return scan.code or super().scanned_text(scan)

    def value(self) -> str | None:
        typed = super().value()
        return catalog.normal_barcode(typed) if typed else None


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a row: its key, how it is called, how it is made, and its share of the width."""

    key: str
    name: Words
    make: Callable[[], Editor]
    share: int = 1
    is_needed: bool = True


class _Row(QWidget):
    def __init__(self, owner: RowsEdit, parts: Sequence[Part]) -> None:
        super().__init__()
        self.editors = {part.key: part.make() for part in parts}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in parts:
            editor = self.editors[part.key]
            editor.set_name(part.name)
            editor.set_required(part.is_needed)
            editor.changed.connect(owner.changed)
            line.addWidget(editor, part.share, Qt.AlignmentFlag.AlignTop)
        take = Button(_("Remove this line"), lambda: owner.remove(self), icon_name="close", kind="icon")
        line.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)

    def is_blank(self, parts: Sequence[Part]) -> bool:
        """Whether nothing needed was filled in."""
        return all(_is_blank(self.editors[part.key]) for part in parts if part.is_needed)


def _is_blank(editor: Editor) -> bool:
    try:
        return editor.value() in (None, "")
    except CoreError:
        return False


class RowsEdit(Editor):
    """Several rows of the same fields; `value()` is a tuple of dicts by key. Blank rows do not count."""

    def __init__(self, parts: Sequence[Part], more: Words) -> None:
        self._parts = tuple(parts)
        self._rows: list[_Row] = []
        self._add = Button(more, self.add_row, icon_name="plus", kind="link")
        super().__init__()
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(holder, 1)

    def field(self) -> QWidget:
        return self._rows[0].editors[self._parts[0].key].field() if self._rows else self._add

    def rows(self) -> list[dict[str, Editor]]:
        """The editors of each row."""
        return [row.editors for row in self._rows]

    def add_row(self) -> dict[str, Editor]:
        """One more row, ready to be filled in."""
        row = self._make_row()
        row.editors[self._parts[0].key].field().setFocus()
        return row.editors

    def remove(self, row: _Row) -> None:
        """Take a row away."""
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()

    def value(self) -> tuple[dict[str, Any], ...]:
        filled = [row for row in self._rows if not row.is_blank(self._parts)]
        return tuple({key: editor.value() for key, editor in row.editors.items()} for row in filled)

    def set_value(self, value: Sequence[dict[str, Any]] | None) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows.clear()
        for filled in value or ():
            row = self._make_row()
            for key, one in filled.items():
                row.editors[key].set_value(one)

    def check(self) -> bool:
        self.set_error(None)
        checked = [
            editor.check() for row in self._rows if not row.is_blank(self._parts) for editor in row.editors.values()
        ]
        return all(checked)

    def retranslate(self) -> None:
        """The rows say themselves."""

    def _make_row(self) -> _Row:
        row = _Row(self, self._parts)
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        return row


def pack_rows(known: Known) -> RowsEdit:
    """Pack units: what a pack is called, and how many base units it holds."""
    return RowsEdit(
        (
            Part("unit", _("Pack unit"), lambda: UnitEdit(known, placeholder=_("case, bag, tray…"))),
            Part("factor", _("Base units in one"), QtyEdit),
        ),
        _("One more pack unit"),
    )


def barcode_rows(known: Known) -> RowsEdit:
    """Barcodes, each with the unit that one scan counts."""
    return RowsEdit(
        (
            Part("code", _("Barcode"), BarcodeEdit, 3),
            Part("unit", _("Unit of the code"), lambda: UnitEdit(known, placeholder=_("base unit")), 2, False),
        ),
        _("One more barcode"),
    )


def break_rows() -> RowsEdit:
    """Price breaks: from how many on, and the price then."""
    from desktop.widgets import MoneyEdit

    return RowsEdit(
        (
            Part("from_qty", _("From quantity"), QtyEdit),
            Part("price", _("Price from there on"), lambda: MoneyEdit(decimals=6)),
        ),
        _("One more price break"),
    )

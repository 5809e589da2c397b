"""Exact numbers: quantities with their unit, amounts of money. They are read by `core.values`, never by a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from core.errors import InvalidInput
from core.i18n import Text, _
from core.values import parse_money, parse_quantity, plain
from desktop.widgets.editors.base import LineEditor
from desktop.widgets.figures import money_words
from desktop.widgets.language import Spoken, Words, money_digits, money_sign, ui_text
from desktop.widgets.words import Label

_WITH_UNIT = re.compile(r"^(.*[\d０-９.。)）])\s*([^\d\s.,，+*/()（）-][^\d]*)$")


class UnitPicker(QComboBox, Spoken):
    """The units a quantity may be given in; `unit_changed(key)`."""

    unit_changed = Signal(object)

    def __init__(self, name: Words = "") -> None:
        super().__init__()
        self._name = name or _("Unit")
        self._units: tuple[tuple[Any, Words], ...] = ()
        self.activated.connect(lambda at: self.unit_changed.emit(self._units[at][0]))
        self.retranslate()

    def set_units(self, units: Sequence[tuple[Any, Words]]) -> None:
        """The units by key and word; the first is chosen unless the one chosen before is still there."""
        before = self.unit()
        self._units = tuple(units)
        self.retranslate()
        self.set_unit(before if before in [key for key, _words in units] else (units[0][0] if units else None))

    def unit(self) -> Any:
        """The key of the unit chosen."""
        at = self.currentIndex()
        return self._units[at][0] if 0 <= at < len(self._units) else None

    def set_unit(self, key: Any) -> None:
        """Choose a unit by its key."""
        for at, (one, _words) in enumerate(self._units):
            if one == key:
                self.setCurrentIndex(at)

    def key_of(self, typed: str) -> Any:
        """The key of a unit as somebody writes it, in either language; None when there is no such unit."""
        wanted = typed.strip().casefold().rstrip(".")
        for key, words in self._units:
            both = {words.render("zh"), words.render("en")} if isinstance(words, Text) else {words}
            if wanted in {one.casefold().rstrip(".") for one in both}:
                return key
        return None

    def all_words(self) -> str:
        """The units, as a list in a sentence."""
        return ", ".join(ui_text(words) for _key, words in self._units)

    def retranslate(self) -> None:
        at = self.currentIndex()
        self.blockSignals(True)
        self.clear()
        self.addItems([ui_text(words) for _key, words in self._units])
        self.setCurrentIndex(at)
        self.blockSignals(False)
        self.setAccessibleName(ui_text(self._name))


class QtyEdit(LineEditor):
    """A quantity. Understands 1,5 and 1.5 and 12,000, full-width digits, 1/2, 3*12+5, and a unit behind the number.

    `set_unit_words` shows one unit in grey; `set_units` lets the person choose, by the box or by typing "2 case".
    """

    unit_changed = Signal(object)

    def __init__(self, name: Words = "", *, unit: Words = "", negative: bool = False) -> None:
        self._grey = Label(unit, "muted")
        self._units = UnitPicker()
        super().__init__(name)
        self._negative = negative
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._line.setMinimumWidth(96)
        self._row.addWidget(self._grey)
        self._row.addWidget(self._units)
        self._grey.setVisible(bool(unit))
        self._units.hide()
        self._units.unit_changed.connect(self._on_unit)

    def set_unit_words(self, unit: Words) -> None:
        """The only unit there is."""
        self._units.hide()
        self._units.set_units([])
        self._grey.set_words(unit)
        self._grey.setVisible(bool(unit))

    def set_units(self, units: Sequence[tuple[Any, Words]]) -> None:
        """The units to choose from, by key and word."""
        self._units.set_units(units)
        self._units.setVisible(len(units) > 1)
        self._grey.set_words(units[0][1] if len(units) == 1 else "")
        self._grey.setVisible(len(units) == 1)

    def unit(self) -> Any:
        """The key of the unit chosen, None when there is nothing to choose."""
        return self._units.unit()

    def set_unit(self, key: Any) -> None:
        """Choose a unit."""
        self._units.set_unit(key)

    def value(self) -> Decimal | None:
        number, _unit = self._number_and_unit()
        if not number:
            return None
        qty = parse_quantity(number)
        if qty < 0 and not self._negative:
            raise InvalidInput(_("A quantity here cannot be below zero."))
        return qty

    def set_value(self, value: Decimal | int | None) -> None:
        self._line.setText("" if value is None else f"{plain(Decimal(value)):f}")

    def _number_and_unit(self) -> tuple[str, Any]:
        typed = self._line.text().strip()
        found = _WITH_UNIT.match(typed)
        if found is None:
            return typed, None
        key = self._units.key_of(found[2])
        if key is None and found[2].strip().casefold() != ui_text(self._grey.words()).casefold():
            known = self._units.all_words() or ui_text(self._grey.words())
            if not known:
                return typed, None
            raise InvalidInput(
                _("“{unit}” is not a unit of this. Possible: {known}.", unit=found[2].strip(), known=known)
            )
        return found[1], key

    def _on_left(self) -> None:
        """A sum becomes its result and a typed unit moves into the box; what cannot be read stays as typed."""
        if self._line.text().strip() and self.check_left():
            _number, key = self._number_and_unit()
            self.set_value(self.value())
            if key is not None and key != self.unit():
                self.set_unit(key)
                self.unit_changed.emit(key)
        self.committed.emit()

    def _on_unit(self, key: Any) -> None:
        self.unit_changed.emit(key)
        self._edited()


class MoneyEdit(LineEditor):
    """An amount in the site's currency, or a unit price with more decimals (`decimals=6`)."""

    def __init__(self, name: Words = "", *, negative: bool = False, decimals: int | None = None) -> None:
        self._sign, self._own_sign = Label("", "muted"), ""
        super().__init__(name)
        self._negative, self._decimals = negative, decimals
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._line.setMinimumWidth(96)
        self._row.insertWidget(0, self._sign)

    def value(self) -> Decimal | None:
        typed = self._line.text().strip()
        if not typed:
            return None
        amount = parse_money(typed, money_digits() if self._decimals is None else self._decimals)
        if amount < 0 and not self._negative:
            raise InvalidInput(_("An amount here cannot be below zero."))
        return amount

    def set_value(self, value: Decimal | None) -> None:
        self._line.setText("" if value is None else money_words(value).replace("\N{MINUS SIGN}", "-").replace(",", ""))

    def set_sign(self, sign: str) -> None:
        """Amounts of another currency than the site's; empty: the site's again."""
        self._own_sign = sign
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._sign.setText(self._own_sign or money_sign())

    def _on_left(self) -> None:
        if self._line.text().strip() and self.check_left():
            self.set_value(self.value())
        self.committed.emit()

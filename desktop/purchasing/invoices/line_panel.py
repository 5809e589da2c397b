"""The line of an invoice that is worked at, beside the list: everything that can be said of it, kept as it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from core.catalog import UnitTable
from core.errors import CoreError
from core.i18n import Name, Text, _, join, verbatim
from core.words import InvoiceLineKind, SplitBy, word
from desktop.purchasing.invoices.compare import difference_said
from desktop.purchasing.invoices.lines import EntryLine, Lines
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.purchasing.receive.line_fields import WHOLE, FieldGrid
from desktop.theme import Meaning
from desktop.widgets import (
    Choice,
    DetailPanel,
    Found,
    MoneyEdit,
    Notice,
    QtyEdit,
    RecordPicker,
    TextEdit,
)

FIELD_OF = {"item": "item_id", "unit": "qty", "order_line_id": "item_id", "rate": "price"}
OF_GOODS, OF_CHARGE, OF_COST = ("item_id", "qty", "price"), ("split_by",), ("account",)


class LinePanel(DetailPanel):
    """`finished`: Enter after the last field that is wanted."""

    finished = Signal()

    def __init__(self, finder: Finder, lines: Lines) -> None:
        super().__init__("", "")
        self._finder, self._lines = finder, lines
        self._line: EntryLine | None = None
        self._units: UnitTable | None = None
        self._is_filling = False
        self._typed: set[str] = set()
        self.grid = FieldGrid()
        self._add_fields()
        self.check = Notice(meaning=Meaning.ACCENT)
        self.add_widget(self.grid)
        self.add_widget(self.check)
        self.grid.changed.connect(self._on_changed)
        self.grid.finished.connect(self.finished)
        self.item.picked.connect(self._on_item)
        self.qty.unit_changed.connect(self._on_unit)
        lines.went_to.connect(self.show_line)
        lines.changed.connect(self._on_lines)
        self.show_line(lines.current())

    def _add_fields(self) -> None:
        grid = self.grid
        kinds = [(one, word(one)) for one in InvoiceLineKind]
        self.item = RecordPicker(_("Item"), self._finder.complete)
        self.qty = QtyEdit(_("Quantity"))
        grid.add("kind", _("What for"), Choice(_("What for"), kinds, search=False), share=WHOLE)
        grid.add("item_id", _("Item"), self.item, share=WHOLE)
        grid.add("description", _("As the paper says"), TextEdit(_("As the paper says"), most=200), share=WHOLE)
        grid.add("qty", _("Quantity"), self.qty, share=WHOLE)
        grid.add("price", _("Unit price"), MoneyEdit(_("Unit price"), decimals=6))
        grid.add("amount", _("Amount"), MoneyEdit(_("Amount")))
        grid.add("tax_rate", _("Tax rate"), QtyEdit(_("Tax rate"), unit="%"))
        splits = [(one, word(one)) for one in SplitBy]
        grid.add("split_by", _("Spread by"), Choice(_("Spread by"), splits, search=False, empty=_("By value")))
        grid.add("account", _("Account"), TextEdit(_("Account"), most=60))
        grid.add("note", _("Note"), TextEdit(_("Note"), most=200), share=WHOLE)
        grid.wants = self._is_wanted

    # --- showing

    def show_line(self, line: EntryLine | None) -> None:
        """Show a line; none says how to make one."""
        is_other = line is None or self._line is None or line.id != self._line.id
        self._line = line
        self.grid.setEnabled(line is not None)
        if line is None:
            self.check.hide()
            self.set_title(_("No line chosen"), _("F6 takes all lines as received; or add an item."))
            return
        if is_other:
            self._start(line)
        self._fill(line, is_other=is_other)
        if is_other and line.error is not None:
            self.show_core_error(CoreError(line.error, field=line.error_field))

    def _start(self, line: EntryLine) -> None:
        self.grid.clear_errors()
        self._units = None
        self.item.set_record(None)
        if line.item_id is not None:
            self.item.set_record(Found(line.item_id, line.code, line.name.render(self._finder.context.language)))
            self._finder.table(line.item_id, lambda table: self._take_units(line.id, table))
        self.qty.set_unit_words(self._finder.unit_word(line.unit))

    def _fill(self, line: EntryLine, *, is_other: bool) -> None:
        """The field that is being typed in is left alone while it is the same line's."""
        self._is_filling = True
        alone = set() if is_other else {*self._typed, self.grid.key_of_focus()}
        values = {
            key: value
            for key, value in _values(line, self._lines.digits).items()
            if key not in alone and key != "item_id"
        }
        self.grid.set_values(values)
        language = self._finder.context.language
        self.set_title(line.title(language) or word(line.kind), self._told(line))
        for keys, kind in ((OF_GOODS, InvoiceLineKind.GOODS), (OF_CHARGE, InvoiceLineKind.CHARGE),
                           (OF_COST, InvoiceLineKind.COST)):  # fmt: skip
            for key in keys:
                self.grid.show_field(key, line.kind is kind)
        self.grid.show_field("description", not line.is_goods or line.item_id is None or bool(line.description))
        self._say_check(line)
        self._is_filling = False

    def _told(self, line: EntryLine) -> Text:
        told: list[Text] = [verbatim(line.code)] if line.code else []
        if line.order_number:
            told.append(verbatim(line.order_number))
        if line.expected is not None:
            told.append(_("received with {number}", number=line.expected.receipt))
        if line.supplier_code:
            told.append(_("supplier's code {code}", code=line.supplier_code))
        return join(told, " · ")

    def _say_check(self, line: EntryLine) -> None:
        """What differs from the receipt, in words; where nothing was received, from the usual price."""
        words, meaning = difference_said(line, self._finder.unit_word, self._lines.digits)
        if words is None:
            self.check.hide()
        else:
            self.check.say(words, meaning)
            self.check.show()

    def _take_units(self, line_id: int, table: UnitTable) -> None:
        line = self._lines.line(line_id)
        if self._line is None or self._line.id != line_id or line is None:
            return
        self._units = table
        if not line.unit and line.qty is None and line.amount is None:
            self._lines.put_unit(line_id, table.purchase, table.factor(table.purchase))
            line = self._lines.line(line_id) or line
        known = not line.unit or line.unit in table.units()
        units = table.units() if known else (*table.units(), line.unit)
        self.qty.set_units([(unit, self._finder.unit_word(unit)) for unit in units])
        self.qty.set_unit(line.unit)

    def show_core_error(self, error: CoreError) -> None:
        """Say an error at its field, or at the amount where it has none here."""
        key = FIELD_OF.get(error.field or "", error.field or "amount")
        if not self.grid.show_field_error(key, error):
            self.grid.show_field_error("amount", error)

    def focus_field(self, key: str = "") -> None:
        """Put the keyboard into a field; without a name the first that wants something."""
        line = self._line
        if line is None:
            return
        if not key:
            key = "description" if not line.is_goods else "item_id" if line.item_id is None else "qty"
        self.grid.focus(key)

    def is_typing(self) -> bool:
        """Whether the keyboard is in one of its fields."""
        return self.grid.key_of_focus() is not None

    def is_right(self) -> bool:
        """Whether every field can be read; a wrong one says so and has the focus."""
        return self._line is None or self.grid.read() is not None

    # --- saying

    def _on_changed(self) -> None:
        line = self._line
        if self._is_filling or line is None:
            return
        said: dict[str, Any] = {}
        was = _values(line, self._lines.digits)
        for key in self.grid.names():
            if key == "item_id" or not self.grid.has(key):
                continue
            try:
                value = self.grid.editor(key).value()
            except CoreError:
                continue
            if (value or None) != (was[key] or None):
                said[key] = value if value is not None or key in _NUMBERS else "" if key in _WORDS else None
        if said:
            self._typed = set(said)
            self._lines.change(line.id, **said)
            self._typed = set()

    def _on_item(self, found: Found) -> None:
        line = self._line
        if line is None or not isinstance(found.data, Picked):
            return
        row = found.data.item
        self._lines.change(
            line.id, item_id=row.id, code=row.code, name=Name(row.name, row.name_en), unit=found.data.unit, is_unknown=False,
            order_line_id=None, order_number="", expected=None, has_factor=False,
        )  # fmt: skip
        self._finder.table(row.id, lambda table: self._take_units(line.id, table))
        self.grid.focus("qty")

    def _on_unit(self, unit: object) -> None:
        line, units = self._line, self._units
        if line is None or units is None or not isinstance(unit, str) or unit == line.unit:
            return
        self._lines.put_unit(line.id, unit, units.factor(unit) if unit in units.units() else line.factor)

    def _on_lines(self) -> None:
        line = self._lines.line(self._line.id) if self._line is not None else None
        if line is None:
            self.show_line(self._lines.current())
        elif line is not self._line:
            self._line = line
            self._fill(line, is_other=False)

    def _is_wanted(self, key: str) -> bool:
        """Enter stops where something is usually typed: quantity, price, amount where no price is known."""
        line = self._line
        if line is None:
            return False
        if line.is_goods:
            return key in ("qty", "price") or (key == "amount" and line.price is None)
        return key in ("amount", "account", "description")


_NUMBERS = ("qty", "price", "amount", "tax_rate")
_WORDS = ("description", "account", "note")


def _values(line: EntryLine, digits: int) -> dict[str, Any]:
    """The line by the names of its fields; an amount nobody stated is what quantity and price make."""
    return {
        "kind": line.kind, "item_id": line.item_id, "description": line.description, "qty": line.qty,
        "price": line.price, "amount": line.amount if line.amount is not None else line.total(digits),
        "tax_rate": line.tax_rate, "split_by": line.split_by, "account": line.account, "note": line.note,
    }  # fmt: skip

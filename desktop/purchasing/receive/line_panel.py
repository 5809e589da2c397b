"""The line that is worked at, beside the list: everything that can be said of it, kept as it is typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from core.catalog import UnitTable
from core.errors import CoreError
from core.i18n import Text, _, join, verbatim
from core.purchasing import PriceCheck, SheetLine
from core.words import ClaimKind, Permission
from desktop.context import AppContext
from desktop.purchasing.receive.dock import Dock
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.line_form import LineForm
from desktop.purchasing.receive.lines import NONE, DockLine
from desktop.shell.scans import KILOGRAM
from desktop.shell.weighing import WeighButton
from desktop.widgets import Button, DetailPanel, number_words


class LinePanel(DetailPanel):
    """`finished`: Enter after the last field; `price_typed`: the price wants to be checked again."""

    finished = Signal()
    price_typed = Signal()

    def __init__(self, context: AppContext, finder: Finder, dock: Dock) -> None:
        super().__init__("", "")
        self._context, self._finder, self._dock = context, finder, dock
        self._line: DockLine | None = None
        self._units: UnitTable | None = None
        self.form = LineForm(finder, sees_cost=context.shell.may(Permission.COST_VIEW))
        self.add_widget(self.form)
        self._ordered = self.add_action(Button(_("As ordered"), self._as_ordered, icon_name="check", key="F6"))
        self._wrong = self.add_action(Button(_("Wrong item"), self._wrong_item, icon_name="return"))
        self._another = self.add_action(Button(_("Another lot"), self._split, icon_name="lot"))
        self.add_action(WeighButton(context, self._on_weighed, self.form.qty.set_error))
        self.form.said.connect(self._on_said)
        self.form.price_typed.connect(self.price_typed)
        self.form.finished.connect(self.finished)
        self.form.qty.unit_changed.connect(self._on_unit)
        dock.went_to.connect(self.show_line)
        dock.changed.connect(self._on_dock)
        self.show_line(dock.current())

    # --- showing

    def show_line(self, line: DockLine | None) -> None:
        """Show a line; none says how to choose one."""
        is_other = line is None or self._line is None or line.id != self._line.id
        self._line = line
        self.form.setVisible(line is not None)
        if line is None:
            for button in (self._ordered, self._wrong, self._another):
                button.hide()
            self.set_title(_("No line chosen"), _("Scan goods, or choose a line."))
            return
        if is_other:
            self._start(line)
        self._fill(line)
        if is_other and line.error is not None:
            self.form.show_core_error(CoreError(line.error, field=line.error_field))

    def _start(self, line: DockLine) -> None:
        known = line.known
        self.set_title(known.title(self._context.language), self._told(known))
        self._units = None
        self.form.start()
        self._finder.table(known.item_id, lambda table: self._take_units(line.id, table))
        self.form.choice("place_id").set_options(self._finder.place_options())
        is_extra, waiting = known.order_line_id is None, self._expected()
        self.form.choice("instead_of").set_options(waiting)
        self.form.grids[2].show_field("instead_of", is_extra and bool(waiting))
        self._wrong.setVisible(is_extra and self._dock.has_orders())
        self._ordered.setVisible(not is_extra)
        self._another.setVisible(known.lot_tracked)
        self.price_typed.emit()

    def _expected(self) -> list[tuple[SheetLine, str]]:
        language = self._context.language
        found = {
            one.known.order_line_id: (one.known, one.title(language))
            for one in self._dock.lines()
            if one.known.order_line_id is not None
        }
        return list(found.values())

    def _told(self, known: SheetLine) -> Text:
        unit = self._finder.unit_word(known.unit)
        told: list[Text] = [verbatim(known.code)]
        if known.order_number:
            ordered = f"{number_words(known.ordered)} {unit}"
            told.append(_("{order}: {qty} ordered", order=known.order_number, qty=ordered))
        if known.received:
            told.append(_("{qty} received before", qty=f"{number_words(known.received)} {unit}"))
        if known.supplier_code:
            told.append(_("supplier's code {code}", code=known.supplier_code))
        if known.note:
            told.append(verbatim(known.note))
        return join(told, " · ")

    def _take_units(self, line_id: int, table: UnitTable) -> None:
        if self._line is None or self._line.id != line_id:
            return
        self._units = table
        known = self._line.known.unit
        units = table.units() if known in table.units() else (*table.units(), known)
        self.form.qty.set_units([(unit, self._finder.unit_word(unit)) for unit in units])
        self.form.qty.set_unit(self._line.unit)

    def _fill(self, line: DockLine) -> None:
        sheet = self._dock.sheet
        self.form.fill(line, sheet.currency if sheet is not None else "")

    def show_check(self, check: PriceCheck | None) -> None:
        """What the price says beside those paid before."""
        self.form.show_check(check)

    # --- saying

    def _on_said(self, said: dict[str, Any]) -> None:
        if self._line is not None:
            self._dock.change(self._line.id, **said)

    def _on_unit(self, unit: object) -> None:
        """The number typed is of the new unit now; a price that was typed follows, for it is of one unit."""
        line, units = self._line, self._units
        if line is None or units is None or not isinstance(unit, str) or unit == line.unit:
            return
        factor = units.factor(unit) if unit in units.units() else line.known.factor
        price = None if line.price is None else line.price * factor / line.factor
        self._dock.change(line.id, unit=unit, factor=factor, price=price)
        self.price_typed.emit()

    def _on_dock(self) -> None:
        line = self._dock.line(self._line.id) if self._line is not None else None
        if line is None:
            self.show_line(self._dock.current())
        elif line is not self._line:
            self._line = line
            self._fill(line)

    # --- acting

    def _as_ordered(self) -> None:
        if self._line is not None:
            self._dock.as_ordered(self._line)

    def _on_weighed(self, kilograms: Decimal) -> None:
        line, units = self._line, self._units
        if line is None or units is None or not units.has(KILOGRAM):
            self.form.qty.set_error(_("Choose an item that is kept by weight, then weigh it."))
            return
        self._dock.change(line.id, **weighed_fields(line, kilograms, units.factor(KILOGRAM)))

    def _wrong_item(self) -> None:
        line = self._line
        if line is not None:
            refused = line.rejected + line.qty or Decimal(1)
            self._dock.change(line.id, qty=NONE, rejected=refused, reject_reason=str(ClaimKind.WRONG_ITEM))
            self.finished.emit()

    def _split(self) -> None:
        if self._line is not None:
            self._dock.put(self._dock.split(self._line))
            self.form.focus_field("qty")


def weighed_fields(line: DockLine, kilograms: Decimal, factor: Decimal) -> dict[str, Any]:
    """What a weight says of a line: so many kilograms came; a price that was typed is of one kilogram then."""
    price = None if line.price is None else line.price * factor / line.factor
    return {"qty": kilograms, "unit": KILOGRAM, "factor": factor, "price": price}

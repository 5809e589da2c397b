"""A tolerance of its own for one item or one class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from core import catalog, counting
from core.catalog import ItemRow
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import Button, Choice, DetailPanel, Form, Found, MoneyEdit, QtyEdit, RecordPicker

CLASSES = ("A", "B", "C")
MOST_FOUND = 12


class TolerancePanel(DetailPanel):
    """An item or a class, and how far its counts may be off. `saved(id)`."""

    saved = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Set a tolerance"), _("The item beats its class, which beats the count."))
        self._context = context
        self.form = Form()
        self.form.add("item", _("Item"), RecordPicker(_("Item"), self._complete))
        classes = [(letter, letter) for letter in CLASSES]
        self.form.add("abc_class", _("or class"), Choice(options=classes, empty=_("none")))
        self.form.add("tolerance_pct", _("Tolerance"), QtyEdit(unit=_("% of the book")), required=True)
        self.form.add(
            "tolerance_amount", _("Tolerance in money"), MoneyEdit(), hint=_("Empty: money is not looked at.")
        )
        self.form.set_values({"tolerance_pct": Decimal(5)})
        self.add_widget(self.form)
        self.add_action(Button(_("Save"), self.save, kind="primary"))
        self.add_action(Button(_("Cancel"), self.close_requested.emit))
        self.form.submitted.connect(self.save)

    def save(self) -> None:
        """Keep it."""
        values = self.form.read()
        if values is not None:
            self._context.ops.do(
                self,
                counting.set_count_tolerance,
                then=self.saved.emit,
                failed=self.show_error,
                pct=values["tolerance_pct"],
                amount=values["tolerance_amount"] or Decimal(0),
                item_id=values["item"],
                abc_class=values["abc_class"] or "",
            )

    def show_error(self, error: CoreError) -> None:
        """It was not kept: say why."""
        self.form.show_error(error)

    def _complete(self, text: str, found: Callable[[Sequence[Found]], None]) -> None:
        tongue = self._context.language

        def take(rows: Sequence[ItemRow]) -> None:
            found([Found(row.id, row.code, row.title(tongue), row.spec) for row in rows])

        self._context.ops.ask(self, catalog.search_items, then=take, text=text, limit=MOST_FOUND)

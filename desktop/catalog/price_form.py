"""New sale prices of one or several items: a price or a percentage, from today or a later day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import labels
from core.clock import business_day
from core.errors import CoreError, InvalidInput
from core.i18n import _, _n
from core.labels import PriceChange
from desktop.catalog.known import Known
from desktop.catalog.parts import emptied, settle
from desktop.context import AppContext
from desktop.widgets import (
    Choice,
    Column,
    DateEdit,
    Form,
    FormPanel,
    Kind,
    Label,
    MoneyEdit,
    QtyEdit,
    Words,
    local_time,
    small_table,
)

PRICE, PERCENT = "price", "percent"
PAUSE_MS = 150
MOST_SHOWN = 8


class PriceForm(FormPanel):
    """`price` of one base unit for all, or each by `percent`; below the fields stands what the prices will be."""

    def __init__(self, context: AppContext, known: Known, item_ids: Sequence[int], subtitle: Words = "") -> None:
        self._context, self._known, self._ids = context, known, tuple(item_ids)
        form = self._make_form()
        words = subtitle or _n("{n} item", "{n} items", len(self._ids))
        super().__init__(_("New sale price"), form, self._send_prices, subtitle=words)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(8)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._holder.setLayout(self._shown)
        form.add_widget(self._holder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.reckon)
        form.changed.connect(self._on_changed)
        self.changes: list[PriceChange] = []
        self._on_changed()
        self.reckon()

    def reckon(self) -> None:
        """Show what the prices would become by what stands in the fields."""
        wanted = self._wanted()
        if wanted is not None:
            self._context.ops.ask(
                self, labels.reckon_prices, item_ids=self._ids, then=self._show, failed=self._on_wrong, key="shown",
                **wanted,
            )  # fmt: skip

    # --- the fields

    def _make_form(self) -> Form:
        form = Form()
        ways = [(PRICE, _("One price")), (PERCENT, _("By percent"))]
        form.add("way", _("How it changes"), Choice(options=ways, search=False), required=True)
        form.add(PRICE, _("New price"), MoneyEdit(decimals=6), required=True, hint=_("Of one base unit."))
        hint = _("5 is dearer, -5 is cheaper; rounded to the currency's decimals.")
        form.add(PERCENT, _("Percent"), QtyEdit(unit="%", negative=True), required=True, hint=hint)
        hint = _("From today: at once. From a later day: labels can be printed the evening before.")
        form.add("from_on", _("Holds from"), DateEdit(today=self._today), required=True, hint=hint)
        form.set_values({"way": PRICE, "from_on": self._today()})
        return form

    def _today(self) -> date:
        now, site = self._context.office.clock.now(), self._known.site
        return business_day(now, site.zone, site.day_start_hour) if site else local_time(now).date()

    def focus_field(self, key: str = "") -> None:
        super().focus_field(key or PRICE)

    def _on_changed(self) -> None:
        way = self.form.editor("way").value()
        for key in (PRICE, PERCENT):
            editor = self.form.editor(key)
            editor.setEnabled(key == way)
            editor.set_required(key == way)
            cell = editor.parentWidget()
            if cell is not None:
                cell.setVisible(key == way)  # label and hint go with the field
            if key != way:
                editor.set_error(None)
        self._pause.start()

    def _wanted(self) -> dict[str, Decimal] | None:
        """The one of price and percentage that counts, once it can be read."""
        way = self.form.editor("way").value()
        try:
            amount = self.form.editor(way).value()
        except CoreError:
            return None
        return {way: amount} if isinstance(amount, Decimal) else {}

    # --- what comes of it

    def _show(self, changes: list[PriceChange]) -> None:
        self.changes = changes
        emptied(self._shown)
        language = self._context.language
        columns = [
            Column("name", _("Item"), 150, stretch=True, value=lambda row: row.name.render(language), sortable=False),
            Column("unit", _("Unit"), 64, kind=Kind.UNIT, value=lambda row: self._known.unit(row.unit), sortable=False),
            Column("before", _("Now"), 84, kind=Kind.MONEY, zero_is_dash=False, sortable=False),
            Column("after", _("New"), 84, kind=Kind.MONEY, zero_is_dash=False, sortable=False),
        ]
        self._shown.addWidget(small_table(columns, changes, _("New prices"), most=MOST_SHOWN))
        without = sum(row.before is None for row in changes)
        if without and self.form.editor("way").value() == PERCENT:
            said = _n("{n} item has no price and stays so.", "{n} items have no price and stay so.", without)
            self._shown.addWidget(Label(said, "muted", wrap=True))
        settle(self._holder)

    def _on_wrong(self, error: CoreError) -> None:
        self.form.show_error(error)

    def _send_prices(self, values: dict[str, Any]) -> None:
        way = values["way"]

        def reckoned(changes: list[PriceChange]) -> None:
            prices = {row.item_id: row.after for row in changes if row.after is not None}
            if not prices:
                self.show_error(InvalidInput(_("None of these items has a price that could change."), field=way))
                return
            self._context.ops.do(
                self, labels.set_new_prices, prices=prices, from_on=values["from_on"],
                then=lambda count: self._on_set(count, values["from_on"]), failed=self.show_error,
            )  # fmt: skip

        self._context.ops.ask(
            self, labels.reckon_prices, item_ids=self._ids, then=reckoned, failed=self.show_error, key="sent",
            **{way: values[way]},
        )  # fmt: skip

    def _on_set(self, count: int, from_on: date) -> None:
        if from_on > self._today():
            self._context.shell.say(_n("{n} price is planned.", "{n} prices are planned.", count))
        else:
            self._context.shell.say(_n("{n} price was changed.", "{n} prices were changed.", count))
        self.done()

"""A supplier's answer being typed: a price a line, then freight, day and validity; a column of prices can be pasted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from core import purchasing
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from core.purchasing import AskedSupplier, NewAnswer, NewAnswerLine, RfqCard
from core.values import parse_number
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    DateEdit,
    DetailPanel,
    Form,
    Label,
    MoneyEdit,
    Notice,
    QtyEdit,
    TextEdit,
    language,
    local_time,
)


class AnswerPanel(DetailPanel):
    """`saved(version)`, `cancelled`. Lines without a price are not offered."""

    saved = Signal(int)
    cancelled = Signal()

    def __init__(self, context: AppContext, card: RfqCard, asked: AskedSupplier, units: Mapping[str, str]) -> None:
        tax = _("with tax") if asked.is_tax_incl else _("without tax")
        super().__init__(
            asked.supplier.render(language()), _("Prices in {currency}, {tax}", currency=asked.currency, tax=tax)
        )
        self._context, self._card, self._asked = context, card, asked
        self.prices: dict[int, MoneyEdit] = {}
        self.least: dict[int, QtyEdit] = {}
        self.days: dict[int, QtyEdit] = {}
        self.notice = Notice()
        self.notice.hide()
        self.add_widget(self.notice)
        self.add_widget(self._grid(units))
        self.add_widget(Button(_("Paste a column of prices"), self.paste, kind="link"))
        self.form = Form()
        self._fill_head()
        self.add_section(_("For all lines"), self.form)
        self.save_button = self.add_action(
            Button(_("Save the answer"), self.save, kind="primary", icon_name="check", key="F9")
        )
        self.add_action(Button(_("They do not offer"), self.decline))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self._take_stored()

    def begin(self) -> None:
        """The keyboard goes to the first price."""
        next(iter(self.prices.values())).field().setFocus()

    def is_changed(self) -> bool:
        """Whether something typed here is not saved."""
        return self._state() != self._first

    def paste(self) -> None:
        """Prices from the clipboard, one a line in the order of the request; what is no number leaves its line empty."""
        words = QGuiApplication.clipboard().text().splitlines()
        for editor, word in zip(self.prices.values(), words, strict=False):
            try:
                editor.set_value(parse_number(word))
            except CoreError:
                editor.set_value(None)

    def save(self) -> None:
        """Save what was typed (F9)."""
        values = self.form.read()
        if values is None or not self.save_button.isEnabled():
            return
        try:
            lines = tuple(self._line(line_id) for line_id in self.prices)
        except CoreError:
            for editor in (*self.prices.values(), *self.least.values(), *self.days.values()):
                editor.check()
            return
        self._send(
            NewAnswer(
                self._asked.supplier_id, lines, currency=self._asked.currency, rate=values["rate"],
                freight=values["freight"] or Decimal(0), deliver_on=values["deliver_on"],
                valid_until=values["valid_until"], note=values["note"] or "",
            )
        )  # fmt: skip

    def decline(self) -> None:
        """The supplier offers nothing."""
        self._send(NewAnswer(self._asked.supplier_id, is_declined=True, rate=self._asked.rate))

    def show_error(self, error: CoreError) -> None:
        """It was not saved: say why at its price or above."""
        self.save_button.setEnabled(True)
        if isinstance(error, NeedsConfirmation):
            return
        editors = list(self.prices.values())
        if error.row and error.row <= len(editors):
            editors[error.row - 1].set_error(error.text)
            editors[error.row - 1].field().setFocus()
        elif (error.field or "") in set(self.form.keys()):
            self.form.show_error(error)
        else:
            self.notice.say(error.text, Meaning.DANGER)
            self.notice.show()

    def _send(self, answer: NewAnswer) -> None:
        self.save_button.setEnabled(False)
        self._context.ops.do(
            self,
            purchasing.enter_answer,
            rfq_id=self._card.row.id,
            answer=answer,
            then=self._done,
            failed=self.show_error,
        )

    def _done(self, version: int) -> None:
        self._first = self._state()
        self.saved.emit(version)

    def _line(self, line_id: int) -> NewAnswerLine:
        days = self.days[line_id].value()
        return NewAnswerLine(
            line_id,
            self.prices[line_id].value(),
            minimum_qty=self.least[line_id].value(),
            lead_days=None if days is None else int(days),
        )

    def _grid(self, units: Mapping[str, str]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        for at, words in enumerate((_("Item"), _("Price"), _("Smallest order"), _("Days"))):
            grid.addWidget(Label(words, "label"), 0, at)
        for row, line in enumerate(self._card.lines, start=1):
            name = line.item.render(language())
            unit = units.get(line.unit, line.unit)
            words = _("{item}, {qty} {unit}", item=name, qty=f"{line.qty:f}", unit=unit)
            grid.addWidget(Label(words, wrap=True), row, 0)
            price, least, days = MoneyEdit(_("Price of {item}", item=name)), QtyEdit(), QtyEdit()
            least.set_name(_("Smallest order of {item}", item=name))
            days.set_name(_("Days for {item}", item=name))
            self.prices[line.id], self.least[line.id], self.days[line.id] = price, least, days
            for at, editor in enumerate((price, least, days), start=1):
                editor.setFixedWidth(96 if at < 3 else 72)
                grid.addWidget(editor, row, at)
        return box

    def _fill_head(self) -> None:
        today = lambda: local_time(self._context.office.clock.now()).date()  # noqa: E731
        rate = QtyEdit()
        self.form.add("freight", _("Freight"), MoneyEdit())
        self.form.add("deliver_on", _("Delivers on"), DateEdit(today=today))
        self.form.add("valid_until", _("Valid until"), DateEdit(today=today))
        self.form.add("rate", _("1 {currency} costs", currency=self._asked.currency), rate)
        self.form.add("note", _("Note"), TextEdit(most=400))
        is_foreign = self._asked.currency != self._context.office.site.currency
        if not is_foreign:
            rate.setEnabled(False)

    def _take_stored(self) -> None:
        for one in self._card.offers:
            if one.supplier_id == self._asked.supplier_id:
                self.prices[one.line_id].set_value(one.price)
                self.least[one.line_id].set_value(one.minimum_qty)
                self.days[one.line_id].set_value(None if one.lead_days is None else Decimal(one.lead_days))
        values: dict[str, Any] = {
            "freight": self._asked.freight or None, "deliver_on": self._asked.deliver_on,
            "valid_until": self._asked.valid_until, "rate": self._asked.rate, "note": self._asked.note,
        }  # fmt: skip
        for key, value in values.items():
            self.form.editor(key).set_value(value)
        self.form.mark_unchanged()
        self._first = self._state()

    def _state(self) -> tuple[str, ...]:
        editors = (*self.prices.values(), *self.least.values(), *self.days.values())
        return (*(editor.text() for editor in editors), str(self.form.is_changed()))

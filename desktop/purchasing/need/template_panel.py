"""Order templates beside the sheet: one press makes an order of one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import purchasing
from core.i18n import Text, _, _n, join
from core.purchasing import OrderMade, TemplateLine, TemplateRow
from desktop.context import AppContext
from desktop.purchasing.need.looks import named
from desktop.widgets import Button, DetailPanel, Label, Notice, line, number_words

FIRST_LINES = 4


class TemplatePanel(DetailPanel):
    """`ordered(OrderMade)` when an order was made."""

    ordered = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Order templates"), _("Orders placed again and again. Prices are those of the day of ordering.")
        )
        self._context = context
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self.add_widget(self._list)
        context.hub.watch(self, ("order",), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the templates."""
        self._context.ops.ask(self, purchasing.list_templates, key="templates", then=self._show)

    def _show(self, rows: list[TemplateRow]) -> None:
        while self._column.count():
            held = self._column.takeAt(0)
            widget = held.widget() if held is not None else None
            if widget is not None:
                widget.deleteLater()
        if not rows:
            words = _("There is no template yet. Open an order and choose “Save as template”.")
            self._column.addWidget(Label(words, "muted", wrap=True))
        for row in rows:
            self._column.addWidget(self._entry(row))

    def _entry(self, row: TemplateRow) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(row.name, "strong", wrap=True))
        count = _n("{n} line", "{n} lines", len(row.lines))
        column.addWidget(Label(join([named(row.supplier), count], " · "), "muted", wrap=True))
        parts = [_said(one) for one in row.lines[:FIRST_LINES]]
        more = [Text("…")] if len(row.lines) > FIRST_LINES else []
        column.addWidget(Label(join([*parts, *more], ", "), "small", wrap=True))
        actions = QHBoxLayout()
        actions.addWidget(Button(_("Make the order"), partial(self._order, row), icon_name="check"))
        actions.addWidget(Button(_("Retire"), partial(self._retire, row), kind="quiet"))
        actions.addStretch(1)
        column.addLayout(actions)
        column.addWidget(line())
        return box

    def _order(self, row: TemplateRow) -> None:
        self._context.ops.do(
            self, purchasing.order_from_template, template_id=row.id, then=self._on_ordered,
            failed=lambda error: self._notice.say(error.text),
        )  # fmt: skip

    def _on_ordered(self, made: OrderMade) -> None:
        self.ordered.emit(made)

    def _retire(self, row: TemplateRow) -> None:
        self._context.ops.do(
            self, purchasing.retire_template, template_id=row.id,
            then=lambda _answer: self._context.shell.say(_("The template {name} is retired.", name=row.name)),
            failed=lambda error: self._notice.say(error.text),
        )  # fmt: skip


def _said(one: TemplateLine) -> Text:
    return _("{item} {qty} {unit}", item=one.name, qty=number_words(one.qty), unit=one.unit)

"""Which printer prints a paper: asked once, then remembered for this PC."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import devices
from core.devices import DeviceRow
from core.i18n import _
from core.words import DeviceKind, Permission, word
from desktop.context import AppContext
from desktop.labels.groups import Group
from desktop.labels.looks import paper_words
from desktop.widgets import Button, DetailPanel, Label


class PrinterChoice(DetailPanel):
    """`chosen(device_id)`; `sheets_wanted` for an office printer."""

    chosen = Signal(int)
    sheets_wanted = Signal()

    def __init__(self, context: AppContext, group: Group) -> None:
        super().__init__(_("Which printer?"), group.words())
        self._context, self._group = context, group
        self.buttons: list[Button] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.add_widget(
            Label(
                _("The choice is remembered for {paper} on this PC.", paper=paper_words(group.stock)),
                "muted",
                wrap=True,
            )
        )
        self.add_widget(holder)
        self.add_action(Button(_("On sheets of an office printer"), self.sheets_wanted.emit, icon_name="file"))
        if context.shell.may(Permission.DEVICE_EDIT):
            add = lambda: context.shell.go("labels.printers", is_adding=True)  # noqa: E731
            self.add_action(Button(_("Add a printer"), add, icon_name="plus"))
        context.ops.ask(self, devices.list_devices, kind=DeviceKind.PRINTER, then=self._on_devices)

    def _on_devices(self, rows: tuple[DeviceRow, ...]) -> None:
        usable = [row for row in rows if row.protocol != "pdf"]
        if not usable:
            self._column.addWidget(Label(_("No label printer is set up on this PC."), "muted", wrap=True))
        for row in usable:
            holds = row.settings.get("stock")
            words = f"{row.name}  ·  {row.protocol.upper()}" + (
                f"  ·  {self._context.words(paper_words(str(holds)))}" if holds else ""
            )
            button = Button(words, partial(self.chosen.emit, row.device_id), icon_name="print")
            button.setToolTip(self._context.words(word(row.link)))
            self._column.addWidget(button)
            self.buttons.append(button)
        if self.buttons:
            self.buttons[0].setFocus()

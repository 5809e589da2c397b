"""Label printers of this PC: how each stands now, its roll, a test label, its settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from core import devices, labels
from core.devices import DeviceRow, FoundPort, PrinterStatus, PrinterWord
from core.errors import CoreError
from core.i18n import Text, _
from core.words import DeviceKind, Permission, word
from desktop.context import AppContext
from desktop.labels.looks import paper_words
from desktop.labels.picture import LabelPicture, PanelNotice
from desktop.labels.printer_form import PrinterForm
from desktop.labels.runs import LabelRuns
from desktop.labels.trial import USUAL_STOCK, look_at, send_trial, trial_layout
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Button, Column, DetailPanel, KeyHint, Kind, PageBase, RowTable, Words

PANEL = 420
GOOD = (PrinterWord.READY, PrinterWord.PRINTING)
SHORT: dict[PrinterWord, Text] = {
    PrinterWord.HEAD_OPEN: _("Cover open"), PrinterWord.PAPER_OUT: _("No labels left"),
    PrinterWord.RIBBON_OUT: _("No ribbon left"), PrinterWord.JAM: _("Jammed"), PrinterWord.FAULT: _("Fault"),
    PrinterWord.HOT: _("Too hot or too cold"), PrinterWord.PAUSED: _("Paused"),
    PrinterWord.GARBAGE: _("Speaks another language"), PrinterWord.SILENT: _("Does not answer"),
    PrinterWord.PRINTING: _("Printing"), PrinterWord.PAPER_LOW: _("Roll nearly used up"), PrinterWord.READY: _("Ready"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A printer with how it stood when it was asked last."""

    row: DeviceRow
    badge: BadgeLook
    words: Text | None = None

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.row.device_id


def roll_words(row: DeviceRow) -> Text:
    """The roll that is in a printer."""
    stock = str(row.settings.get("stock", ""))
    return paper_words(stock) if stock else _("any")


def look_of(status: PrinterStatus | None) -> BadgeLook:
    """A printer's state at a glance; one that never tells is no fault."""
    if status is None:
        return BadgeLook(_("Cannot tell"))
    meaning = Meaning.GOOD if status.word in GOOD else Meaning.WATCH if status.is_ready else Meaning.SOON
    return BadgeLook(SHORT[status.word], meaning)


class PrintersPage(PageBase):
    """`device_id` opens one, `is_adding` the form of a new one."""

    def __init__(self, context: AppContext, runs: LabelRuns, *, device_id: int = 0, is_adding: bool = False) -> None:
        super().__init__(
            _("Label printers"), _("How each stands now, which roll is in it, and whether it prints straight")
        )
        self.context, self.runs = context, runs
        self._wanted, self._is_adding = device_id, is_adding
        self._ports: Sequence[FoundPort] = ()
        self.rows: dict[int, Shown] = {}
        self.table = RowTable(self._columns(), name=_("Label printers"), key="labels.printers")
        self.set_table(self.table)
        if context.shell.may(Permission.DEVICE_EDIT):
            self.set_primary(_("Add a printer"), self.add_printer)
        self.head.add_button(Button(_("Labels to print"), lambda: context.shell.go("labels"), icon_name="barcode"))
        words = _("Network, serial, USB, a print queue or a file. Office printers need no setting up.")
        self.set_empty(_("No label printer yet"), words, [(_("Add a printer"), self.add_printer)], "print")
        self.table.row_activated.connect(self.open_row)
        self.table.clicked.connect(lambda index: self._open_at(index.row()))
        runs.ended.connect(lambda _run: self.reload())
        context.hub.watch(self, ("device",), self.reload)
        context.ops.run(self, devices.find_ports, then=self._on_ports, failed=lambda _error: None)
        self.start_loading()
        self.reload()

    def _columns(self) -> list[Column]:
        return [
            Column("name", _("Name"), 220, stretch=True, value=lambda one: one.row.name),
            Column("badge", _("State"), 200, kind=Kind.BADGE, sortable=False),
            Column("stock", _("Roll"), 120, value=lambda one: roll_words(one.row)),
            Column("language", _("Language"), 100, value=lambda one: one.row.protocol.upper()),
            Column("dpi", _("Dots"), 90, value=lambda one: f"{one.row.settings.get('dpi', 203)} dpi"),
            Column("link", _("Reached by"), 160, value=lambda one: word(one.row.link)),
            Column("address", _("Port or address"), 200, muted=True, wide_only=True, value=lambda one: one.row.address),
        ]  # fmt: skip

    # --- asking

    def reload(self) -> None:
        """Ask for the printers, and each how it stands."""
        ask = self.context.ops.ask
        ask(self, devices.list_devices, kind=DeviceKind.PRINTER, then=self._on_devices, failed=self.show_error)

    def _on_devices(self, rows: tuple[DeviceRow, ...]) -> None:
        kept = self.rows
        self.rows = {}
        for row in rows:
            before = kept.get(row.device_id)
            waiting = BadgeLook(_("Asking…"))
            self.rows[row.device_id] = Shown(row, before.badge if before else waiting, before.words if before else None)
            self._look(row)
        self._show_rows()
        if self._is_adding:
            self._is_adding = False
            self.add_printer()
        elif self._wanted in self.rows:
            wanted, self._wanted = self._wanted, 0
            self.table.select_where(lambda one: one.id == wanted)
            self.open_row(self.rows[wanted])

    def _look(self, row: DeviceRow) -> None:
        """Printers take one caller at a time: one that prints is not disturbed."""
        if row.protocol == "pdf":
            self._told(row, BadgeLook(_("Office printer")), None)
            return
        if self.runs.is_busy(row.device_id):
            self._told(row, BadgeLook(_("Printing"), Meaning.GOOD), None)
            return
        self.context.ops.run(
            self, partial(look_at, row), then=lambda status: self._on_status(row, status),
            failed=lambda error: self._told(row, BadgeLook(_("Not reached"), Meaning.DANGER), error.text), lane="print",
        )  # fmt: skip

    def _on_status(self, row: DeviceRow, status: PrinterStatus | None) -> None:
        self._told(row, look_of(status), status.words if status is not None else None)

    def _told(self, row: DeviceRow, badge: BadgeLook, words: Text | None) -> None:
        if row.device_id in self.rows:
            self.rows[row.device_id] = Shown(row, badge, words)
            self._show_rows()

    def _show_rows(self) -> None:
        self.table.set_rows(list(self.rows.values()))
        panel = self.panel()
        if isinstance(panel, PrinterPanel):
            fresh = self.rows.get(panel.shown.id)
            if fresh is not None and fresh != panel.shown:
                self.open_row(fresh)

    def _on_ports(self, ports: Sequence[FoundPort]) -> None:
        self._ports = ports

    # --- doing

    def _open_at(self, number: int) -> None:
        shown = self.table.row_at(number)
        if shown is not None and not self.has_unsaved():
            self.open_row(shown)

    def open_row(self, shown: Shown) -> None:
        """Show a printer beside the list."""
        panel = PrinterPanel(self.context, shown)
        panel.form_wanted.connect(lambda one: self._open_form(one.row))
        panel.changed.connect(self._on_saved)
        self.open_panel(panel, PANEL)

    def add_printer(self) -> None:
        """F2: the form of a new printer."""
        self._open_form(None)

    def _open_form(self, row: DeviceRow | None) -> None:
        form = PrinterForm(self.context, row, [one for one in self._ports if one.is_likely])
        form.saved.connect(self._on_saved)
        form.cancelled.connect(self.close_panel)
        self.show_content()
        self.open_panel(form, PANEL)
        form.form.editor("name").field().setFocus()

    def _on_saved(self, device_id: int = 0) -> None:
        self.close_panel()
        self._wanted = device_id
        self.reload()

    def print_page(self) -> None:
        """F8: a test label."""
        panel = self.panel()
        if isinstance(panel, PrinterPanel):
            panel.send_test()

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, PrinterForm) and panel.is_changed()

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F8", _("Test label")),)


class PrinterPanel(DetailPanel):
    """One printer: what it says, what a test label would look like. `form_wanted(shown)`, `changed(device_id)`."""

    form_wanted = Signal(object)
    changed = Signal(int)

    def __init__(self, context: AppContext, shown: Shown) -> None:
        super().__init__(shown.row.name, word(shown.row.link), shown.badge)
        self._context, self.shown = context, shown
        row = shown.row
        if shown.words is not None and shown.badge.meaning is not Meaning.GOOD:
            self.add_widget(PanelNotice(shown.words, shown.badge.meaning))
        self.said = PanelNotice()
        self.said.hide()
        self.add_widget(self.said)
        facts: list[tuple[Words, Words]] = [
            (_("Port or address"), row.address or "-"), (_("Language"), row.protocol.upper()),
            (_("Roll that is in it"), roll_words(row)),
        ]  # fmt: skip
        right, down = row.settings.get("offset_x", 0), row.settings.get("offset_y", 0)
        facts.append((_("Moves by"), _("{right} mm right, {down} mm down", right=right, down=down)))
        self.add_facts(facts)
        self._add_picture(row)
        self.test = self.add_action(
            Button(_("Test label"), self.send_test, icon_name="print", kind="primary", key="F8")
        )
        if context.shell.may(Permission.DEVICE_EDIT):
            self.add_action(Button(_("Change"), lambda: self.form_wanted.emit(shown), icon_name="edit"))
            self.add_action(Button(_("Take out of use"), self._retire, kind="danger"))

    def _add_picture(self, row: DeviceRow) -> None:
        stock = str(row.settings.get("stock", "") or USUAL_STOCK)
        content = labels.LabelContent(
            "item", 0, "TEST", {"name": row.name, "facts": f"{row.protocol.upper()}  {stock} mm"}, "en"
        )
        picture = LabelPicture(200)
        picture.show_page(labels.draw(trial_layout(stock), content, int(row.settings.get("dpi", 203))))
        self.add_section(_("Test label"), picture)

    def send_test(self) -> None:
        """One test label; what the printer says is said here."""
        self.test.setEnabled(False)
        row = self.shown.row
        self._context.ops.run(self, lambda: send_trial(row), then=self._sent, failed=self.show_error, lane="print")

    def _sent(self, words: Text) -> None:
        self.test.setEnabled(True)
        self.said.say(words, Meaning.GOOD)

    def show_error(self, error: CoreError) -> None:
        """It could not be sent."""
        self.test.setEnabled(True)
        self.said.say(error.text, Meaning.DANGER)

    def _retire(self) -> None:
        device_id = self.shown.row.device_id
        self._context.ops.do(self, devices.retire_device, device_id=device_id, then=lambda _none: self.changed.emit(0))

"""Devices of this PC: what is set up and what was found by itself, a live test, the log of scans, calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import devices
from core.devices import DeviceRow, FoundPort, Scan
from core.documents import Sheet
from core.errors import CoreError
from core.i18n import _
from core.words import DeviceLink, Permission
from desktop.context import AppContext
from desktop.devices.calibration import CalibrationPanel
from desktop.devices.forms import DeviceForm, DevicePanel
from desktop.devices.hub import DeviceHub, Logged
from desktop.devices.live import LiveView
from desktop.devices.rows import (
    LogLine,
    Shown,
    device_columns,
    log_columns,
    log_file_columns,
    log_line,
    new_ports,
    shown_device,
    shown_port,
)
from desktop.devices.simulating import SimulatorsPanel
from desktop.printing.list_file import ListFile
from desktop.widgets import EmptyState, KeyHint, PageBase, RowTable, Tabs

PARTS = ("list", "live", "log")
WIDE = 440


class DevicesPage(PageBase):
    """`part` is the tab to begin with; the others open a panel at once."""

    def __init__(
        self, context: AppContext, *, part: str = "list", is_adding: bool = False, is_calibrating: bool = False,
        is_simulating: bool = False, text: str = "",
    ) -> None:  # fmt: skip
        super().__init__(_("Devices"), _("Scanners, scales, probes and printers of this PC, and what they say"))
        self.context = context
        self.devices = context.devices if context.devices is not None else self._own_devices()
        self._text = text
        self._ports: Sequence[FoundPort] = ()
        self._waiting = 0
        self._wanted: Callable[[], object] | None = (
            self.add_device if is_adding
            else self.calibrate if is_calibrating
            else self.open_simulators if is_simulating
            else None
        )  # fmt: skip
        self.rows: list[Shown] = []
        self.table = RowTable(device_columns(), name=_("Devices"), key="devices.list")
        self.live = LiveView(self.devices)
        self.log = RowTable(log_columns(), name=_("Scan log"), key="devices.log")
        self.tabs = Tabs(_("Devices"))
        self._nothing_yet = EmptyState()
        self._nothing_yet.set_up(
            _("Nothing is set up yet"),
            _("A scanner that types like a keyboard works at once. Calibrate it, so that it is told from typing surely."),
            [(_("Calibrate a scanner"), self.calibrate), (_("Add a device"), self.add_device)], "scan",
        )  # fmt: skip
        self._list = QStackedWidget()
        for state in (self.table, self._nothing_yet):
            self._list.addWidget(state)
        for words, content in ((_("Devices"), self._list), (_("Live test"), self.live), (_("Scan log"), self.log)):
            self.tabs.add(words, content)
        self._set_up(part)
        self.reload()

    def _own_devices(self) -> DeviceHub:
        """Without a program around it (a picture) the page looks after the ports itself."""
        made = DeviceHub(self)
        made.follow(self.context.ops, self.context.hub)
        self.destroyed.connect(made.stop)
        return made

    def _set_up(self, part: str) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 16)
        column.addWidget(self.tabs)
        self.set_content(content)
        self.tabs.setCurrentIndex(PARTS.index(part))
        if self.context.shell.may(Permission.DEVICE_EDIT):
            self.set_primary(_("Add a device"), self.add_device)
        self.add_more(_("Calibrate a scanner"), self.calibrate, "scan", "F6")
        self.add_more(_("Simulated devices"), self.open_simulators, "repairs")
        self.add_more(_("Export the log as Excel"), lambda: self._file().ask("xlsx"), "export", "Ctrl+E")
        self.table.row_activated.connect(self.open_row)
        self.devices.changed.connect(self._show_rows)
        self.devices.logged.connect(self._on_logged)
        self.context.hub.watch(self, ("device",), self.reload)

    # --- what is shown

    def reload(self) -> None:
        """Ask for the devices again, and look what is plugged in."""
        self.start_loading()
        self._waiting = 2
        self.devices.reload()
        self.context.ops.ask(self, devices.list_devices, then=self._on_devices, failed=self.show_error)
        self.context.ops.run(self, devices.find_ports, then=self._on_ports, failed=self.show_error)

    def _on_devices(self, rows: tuple[DeviceRow, ...]) -> None:
        self._kept = rows
        self._arrived()

    _kept: tuple[DeviceRow, ...] = ()

    def _on_ports(self, ports: Sequence[FoundPort]) -> None:
        self._ports = ports
        self._arrived()

    def _arrived(self) -> None:
        self._waiting -= 1
        if self._waiting > 0:
            return
        self._show_rows()
        self._show_log()
        self.show_content()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _show_rows(self) -> None:
        state_of = self.devices.state_of
        self.rows = [shown_device(row, state_of(row.device_id)) for row in self._kept]
        self.rows += [
            shown_device(one.device, state, is_simulated=True) for one, state in self.devices.simulators().values()
        ]
        self.rows += [shown_port(port) for port in new_ports(self._ports, self._kept)]
        self.table.set_rows(self.rows)
        self.set_count(len(self.rows))
        self._list.setCurrentWidget(self.table if self.rows else self._nothing_yet)
        panel = self.panel()
        if isinstance(panel, DevicePanel):
            now = next((one for one in self.rows if one.id == panel.shown.id), None)
            if now is None:
                self.close_panel()
            elif now != panel.shown:
                self.open_row(now)

    def _on_logged(self, _entry: Logged) -> None:
        self._show_log()

    def _show_log(self) -> None:
        newest = list(enumerate(self.devices.log))[::-1]
        self.log.set_rows([log_line(at, entry) for at, entry in newest])

    # --- what is done

    def open_row(self, shown: Shown) -> None:
        """Show a device beside the list; something found is set up at once."""
        panel = DevicePanel(self.context, shown)
        panel.form_wanted.connect(lambda one: self._open_form(one.device, one.port))
        panel.calibration_wanted.connect(self.calibrate)
        panel.test_wanted.connect(lambda: self.tabs.setCurrentIndex(PARTS.index("live")))
        panel.retired.connect(self._on_saved)
        self.open_panel(panel, WIDE)

    def add_device(self) -> None:
        """F2: the form of a new device."""
        self._open_form(None, None)

    def _open_form(self, row: DeviceRow | None, port: FoundPort | None) -> None:
        form = DeviceForm(self.context, row, [*self._ports], port)
        form.saved.connect(self._on_saved)
        form.cancelled.connect(self.close_panel)
        self.open_panel(form, WIDE)
        form.form.editor("name").field().setFocus()

    def calibrate(self, row: DeviceRow | None = None) -> None:
        """Three scans of the test code; of the one keyboard scanner there is, unless another is named."""
        known = [one for one in self._kept if one.link is DeviceLink.WEDGE]
        panel = CalibrationPanel(self.context, self.devices.wedge, row or (known[0] if len(known) == 1 else None))
        panel.saved.connect(self._on_saved)
        self.open_panel(panel, WIDE)
        panel.setFocus()

    def open_simulators(self) -> None:
        """The simulated devices."""
        self.open_panel(SimulatorsPanel(self.devices), 520)

    def _on_saved(self, *_given: object) -> None:
        self.close_panel()
        self.reload()

    def scan(self, scan: Scan) -> bool:
        """Here a scan is shown and not looked up."""
        self.tabs.setCurrentIndex(PARTS.index("live"))
        return True

    def show_error(self, error: CoreError | Any) -> None:
        """What is kept could not be read."""
        self._waiting = 0
        super().show_error(error)

    def has_unsaved(self) -> bool:
        """A form that was typed in."""
        panel = self.panel()
        return isinstance(panel, DeviceForm) and panel.is_changed()

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F6", _("Calibrate a scanner")), KeyHint("Ctrl+E", _("Export the log as Excel")))

    def _file(self) -> ListFile:
        def prepare() -> Callable[[], Sheet]:
            lines: list[LogLine] = [log_line(at, entry) for at, entry in enumerate(self.devices.log)]
            cells = [(one.at.isoformat(), one.source, one.raw, one.facts, one.what, one.pace) for one in lines]
            return lambda: Sheet(_("Scan log"), log_file_columns(), cells)

        return ListFile(self.context, self, _("Scan log"), prepare)

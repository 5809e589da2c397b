"""Simulated devices for training: plugged in, pulled out, told what to send."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.devices import HidScannerSimulator, ProbeSimulator, ScaleSimulator, ScannerSimulator
from core.i18n import Text, _
from desktop.devices.hub import DeviceHub, Simulator
from desktop.devices.rows import WORDS
from desktop.devices.simulated_printer import PrinterPart
from desktop.widgets import Button, DetailPanel, Label, QtyEdit, TextEdit, Words, ui_text

EXAMPLE = "]C1010690123456789210AB12\x1d17261231"
GS_PICTURE = "<GS>"


def makers() -> dict[str, tuple[Text, Callable[[str], Simulator]]]:
    """The simulated devices by kind: how they are called, and how they are made."""
    return {
        "scanner": (_("Simulated scanner (serial)"), lambda name: ScannerSimulator(name)),
        "hid": (_("Simulated scanner (HID-POS)"), lambda name: HidScannerSimulator(name=name)),
        "scale": (_("Simulated scale"), lambda name: ScaleSimulator(name=name)),
        "probe": (_("Simulated temperature probe"), lambda name: ProbeSimulator(name=name)),
    }


class SimulatorsPanel(DetailPanel):
    """Start and stop one of each kind; what is sent goes the same way as from a real one."""

    def __init__(self, devices: DeviceHub) -> None:
        super().__init__(_("Simulated devices"), _("For training: nothing needs to be plugged in."))
        self._parts = [_Part(devices, kind, words, make) for kind, (words, make) in makers().items()]
        for part in self._parts:
            self.add_widget(part)
        self.printer = PrinterPart(devices.printer)
        self.add_widget(self.printer)

    def part(self, kind: str) -> _Part:
        """The controls of one kind."""
        return next(one for one in self._parts if one.kind == kind)


class _Part(QWidget):
    """One kind of device."""

    def __init__(self, devices: DeviceHub, kind: str, words: Text, make: Callable[[str], Simulator]) -> None:
        super().__init__()
        self.kind, self._devices, self._words, self._make = kind, devices, words, make
        self._state = Label("", "muted")
        self.start_button = Button(_("Start"), self.switch, icon_name="plus")
        self._pull_button = Button(_("Pull out"), self.pull)
        self._send_button = Button(_SEND[kind], self.send, kind="primary")
        self.value = self._field()
        head = QHBoxLayout()
        head.addWidget(Label(words, "strong"), 1)
        head.addWidget(self._state)
        head.addWidget(self.start_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.value, 1)
        for button in (self._send_button, self._pull_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(row)
        self._is_out = False
        devices.changed.connect(self.refresh)
        self.refresh()

    def _field(self) -> TextEdit | QtyEdit:
        if self.kind in ("scanner", "hid"):
            field = TextEdit(_("Code to scan"), most=8000)
            field.set_value(EXAMPLE.replace("\x1d", GS_PICTURE))
            return field
        number = QtyEdit(_("Weight in kg") if self.kind == "scale" else _("Temperature in °C"), negative=True)
        number.set_value(Decimal("1.25") if self.kind == "scale" else Decimal("4.2"))
        return number

    @property
    def name(self) -> str:
        """What the simulated device is called."""
        return ui_text(self._words)

    def switch(self) -> None:
        """Plug it in, or take it away."""
        self._is_out = False
        if self.name in self._devices.simulators():
            self._devices.stop_simulator(self.name)
        else:
            self._devices.simulate(self._make(self.name))
        self.refresh()

    def pull(self) -> None:
        """Pull it out, or plug it in again, as people do."""
        simulator = self._simulator()
        if simulator is None:
            return
        if self._is_out:
            simulator.plug()
        else:
            simulator.unplug()
        self._is_out = not self._is_out
        self.refresh()

    def send(self) -> None:
        """Scan the code, put the weight on, show the temperature."""
        simulator, value = self._simulator(), self.value.value()
        if isinstance(simulator, ScannerSimulator | HidScannerSimulator):
            simulator.scan(str(value or "").replace(GS_PICTURE, "\x1d"))
        elif isinstance(simulator, ScaleSimulator):
            simulator.put(Decimal(value or 0))
        elif simulator is not None:
            simulator.set(None if value is None else Decimal(value))

    def refresh(self) -> None:
        """Say how it stands."""
        known = self._devices.simulators().get(self.name)
        state: Words = WORDS[known[1].word] if known is not None else _("Off")
        self._state.set_words(state)
        self.start_button.set_words(_("Stop") if known is not None else _("Start"))
        self._pull_button.set_words(_("Plug in") if self._is_out else _("Pull out"))
        for one in (self._pull_button, self._send_button, self.value):
            one.setVisible(known is not None)

    def _simulator(self) -> Simulator | None:
        known = self._devices.simulators().get(self.name)
        return known[0] if known is not None else None


_SEND: dict[str, Text] = {"scanner": _("Scan"), "hid": _("Scan"), "scale": _("Put it on"), "probe": _("Show")}

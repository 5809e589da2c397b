"""A simulated label printer for training: it listens on this PC, prints to the screen, and runs out of paper on demand."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.devices import LabelPrinterSimulator, Printed
from core.i18n import Text, _, _n, verbatim
from desktop.widgets import Button, Choice, Label, Words, ui_text

FIRST_PORT, PORTS = 9100, 20
SECONDS_A_LABEL, LAG = 0.15, 0.05
LOOK_MS, WIDE = 300, 360
LANGUAGES: tuple[tuple[str, Text], ...] = (
    ("tspl", verbatim("TSPL (TSC, Gprinter, Xprinter)")), ("zpl", verbatim("ZPL (Zebra, Godex, SATO)")),
    ("escpos", verbatim("ESC/POS")),
)  # fmt: skip


class SimulatedPrinter(QObject):
    """At most one printer, which lives on while its panel is closed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.machine: LabelPrinterSimulator | None = None

    def start(self, language: str) -> None:
        """Switch it on, at port 9100 as real ones, or at the first free one behind it."""
        self.stop()
        for port in (*range(FIRST_PORT, FIRST_PORT + PORTS), 0):
            try:
                self.machine = LabelPrinterSimulator(language, seconds=SECONDS_A_LABEL, lag=LAG, port=port)
                return
            except OSError:
                continue

    def stop(self) -> None:
        """Take it away."""
        machine, self.machine = self.machine, None
        if machine is not None:
            machine.close()


class PrinterPart(QWidget):
    """Its controls, and the label that came out last."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        super().__init__()
        self._printer = printer
        self._shown = ("", -1)
        self.state = Label("", "muted", wrap=True)
        self.language = Choice(_("Printer language"), LANGUAGES)
        self.language.set_value("tspl")
        self.start_button = Button(_("Start"), self.switch, icon_name="plus")
        self.empty_button = Button(_("Paper out"), self.run_out)
        self.roll_button = Button(_("New roll"), self.new_roll)
        self.power_button = Button(_("Power cut"), self.cut_power)
        self.picture = QLabel()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label(_("Simulated label printer"), "strong"), 1)
        head.addWidget(self.start_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.empty_button, self.roll_button, self.power_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.language)
        column.addWidget(self.state)
        column.addLayout(row)
        column.addWidget(self.picture)

    def switch(self) -> None:
        """Switch it on or take it away."""
        if self._printer.machine is None:
            self._printer.start(str(self.language.value()))
        else:
            self._printer.stop()
        self.refresh()

    def run_out(self) -> None:
        """The roll ends now."""
        if self._printer.machine is not None:
            self._printer.machine.run_out()
        self.refresh()

    def new_roll(self) -> None:
        """Put a new roll in."""
        if self._printer.machine is not None:
            self._printer.machine.load()
        self.refresh()

    def cut_power(self) -> None:
        """Off and on again; what was in its memory is gone."""
        if self._printer.machine is not None:
            self._printer.machine.cut_power()
        self.refresh()

    def refresh(self) -> None:
        """Say how it stands; draw the newest label."""
        machine = self._printer.machine
        self.start_button.set_words(_("Stop") if machine is not None else _("Start"))
        self.language.setVisible(machine is None)
        for button in (self.empty_button, self.roll_button, self.power_button):
            button.setVisible(machine is not None)
        printed = machine.printed if machine is not None else []
        self.state.set_words(_words_of(machine, len(printed)))
        showing = ("" if machine is None else machine.address, len(printed))
        if showing != self._shown:
            self._shown = showing
            self.picture.setVisible(bool(printed))
            if printed:
                self.picture.setPixmap(_picture(printed[-1]))
                self.picture.setAccessibleName(ui_text(_("The label printed last")))


def _words_of(machine: LabelPrinterSimulator | None, count: int) -> Words:
    if machine is None:
        return _("Off")
    printed = _n("{n} label printed", "{n} labels printed", count)
    if machine.engine.left <= 0:
        return _("{printed}; out of paper. Put a new roll in.", printed=printed)
    return _("At {address} on this PC; {printed}.", address=machine.address, printed=printed)


def _picture(label: Printed) -> QPixmap:
    """The dots of a label, as wide as the panel at most."""
    parts = [one for one in label.pictures if one.row_bytes]
    if not parts:
        return QPixmap()
    dots = parts[0]
    high = len(dots.bits) // dots.row_bytes
    image = QImage(dots.bits, dots.row_bytes * 8, high, dots.row_bytes, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    drawn = QPixmap.fromImage(image.copy())
    return drawn if drawn.width() <= WIDE else drawn.scaledToWidth(WIDE)

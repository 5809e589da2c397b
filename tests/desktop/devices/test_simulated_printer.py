"""The simulated label printer at the device page: it prints to the screen and runs out of paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.labels import send_test_label
from desktop.devices.simulated_printer import PrinterPart, SimulatedPrinter


@pytest.mark.parametrize("language", ["tspl", "zpl", "escpos"])
def test_what_is_printed_is_seen(qtbot: QtBot, language: str) -> None:
    owner = QObject()
    printer = SimulatedPrinter(owner)
    part = PrinterPart(printer)
    qtbot.addWidget(part)
    part.show()
    part.language.set_value(language)
    part.switch()
    machine = printer.machine
    assert machine is not None and machine.address in part.state.text()
    try:
        send_test_label(machine.device)
        assert machine.wait_for(1)
        qtbot.waitUntil(lambda: "1 label printed" in part.state.text())
        assert not part.picture.pixmap().isNull()
        part.run_out()
        assert "out of paper" in part.state.text()
        part.new_roll()
        assert "out of paper" not in part.state.text()
        part.cut_power()
    finally:
        part.switch()
    assert printer.machine is None and part.state.text() == "Off"


def test_two_printers_on_one_pc_take_ports_of_their_own(qtbot: QtBot) -> None:
    owner = QObject()
    first, second = SimulatedPrinter(owner), SimulatedPrinter(owner)
    try:
        first.start("tspl")
        second.start("zpl")
        assert first.machine is not None and second.machine is not None
        assert first.machine.address != second.machine.address
    finally:
        first.stop()
        second.stop()

"""Ways to a printer: network, serial, USB, the system's queue, a file; and what each says when it breaks."""

from __future__ import annotations

import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.devices import (
    DeviceRow,
    LabelPrinterSimulator,
    Link,
    LinkFault,
    PrinterStatus,
    PrinterWord,
    Talk,
    UsbIdentity,
    ask_status,
    open_link,
    usb_printers,
)
from core.devices.links.usb import NO_ERROR, PAPER_OUT, SELECTED, port_status
from db.enums import DeviceKind, DeviceLink

TSPL = b"SIZE 60 mm,40 mm\r\nCLS\r\nBITMAP 0,0,1,2,0,\x00\xff\r\nPRINT 1,1\r\n"
ZPL = b"^XA^FO0,0^GFA,2,2,1,FF00^FS^XZ\n"
ESCPOS = b"\x1b@\x1dv0\x00\x01\x00\x02\x00\xff\x00\x0c"
LABELS = {"tspl": TSPL, "zpl": ZPL, "escpos": ESCPOS}


def printer_row(link: DeviceLink, address: str, **settings: object) -> DeviceRow:
    return DeviceRow(0, 0, DeviceKind.PRINTER, "P1", link, address, settings=settings)


@pytest.fixture(params=sorted(LABELS))
def printer(request: pytest.FixtureRequest) -> Iterator[LabelPrinterSimulator]:
    with LabelPrinterSimulator(request.param) as opened:
        yield opened


def wait_for(printer: LabelPrinterSimulator, count: int) -> None:
    assert printer.wait_for(count)


def test_a_network_printer_prints_and_says_how_it_stands(printer: LabelPrinterSimulator) -> None:
    link = open_link(printer.device)
    language = printer.device.protocol
    try:
        assert ask_status(link, language).word is PrinterWord.READY
        link.write(LABELS[language])
        wait_for(printer, 1)
        (out,) = printer.printed
        assert [one.bits for one in out.pictures] == [b"\xff\x00"], "black above, white below, whatever the polarity"
        states: dict[str, tuple[dict[str, object], PrinterWord]] = {
            "paper": ({"left": 0}, PrinterWord.PAPER_OUT),
            "open": ({"left": 9999, "is_open": True}, PrinterWord.HEAD_OPEN),
            "paused": ({"is_open": False, "is_paused": True}, PrinterWord.PAUSED),
            "silent": ({"is_paused": False, "is_silent": True}, PrinterWord.SILENT),
        }
        for state, word in states.values():
            printer.set(**state)
            expected = word if language != "zpl" or word is PrinterWord.PAUSED else PrinterWord.SILENT
            assert ask_status(link, language).word is expected
    finally:
        link.close()


def test_the_counter_comes_in_turn_after_the_labels(printer: LabelPrinterSimulator) -> None:
    link = open_link(printer.device)
    talk = Talk(link, printer.device.protocol)
    try:
        before = talk.counter()
        for _label in range(3):
            link.write(talk.with_receipt(LABELS[printer.device.protocol]))
        wait_for(printer, 3)
        counts = (talk.counter() for _look in range(200) if talk.status().is_ready)
        assert before is not None and before + 3 in counts
    finally:
        link.close()


def test_a_late_count_does_not_garble_a_status(printer: LabelPrinterSimulator) -> None:
    link = open_link(printer.device)
    talk = Talk(link, printer.device.protocol, seconds=0.2)
    try:
        before = talk.counter() or 0
        printer.set(left=1)
        for _label in range(2):
            link.write(talk.with_receipt(LABELS[printer.device.protocol]))
        wait_for(printer, 1)
        first = talk.counter(0.1)
        assert first is None or first - before in (0, 1)  # out of labels: the answer waits
        assert talk.status().word in (PrinterWord.PAPER_OUT, PrinterWord.SILENT)
        printer.load()
        wait_for(printer, 2)
        assert talk.status().word is PrinterWord.READY
        counts = [talk.counter(), talk.counter()]
        assert counts[-1] is not None and counts[-1] - before == 2
    finally:
        link.close()


def test_garbage_is_said(printer: LabelPrinterSimulator) -> None:
    printer.set(garbage=b"\x99HTTP/1.1 400 Bad Request\r\n")
    link = open_link(printer.device)
    try:
        assert ask_status(link, printer.device.protocol).word is PrinterWord.GARBAGE
    finally:
        link.close()


def test_a_printer_that_hangs_up_breaks_the_link() -> None:
    with LabelPrinterSimulator("tspl") as printer:
        link = open_link(printer.device)
        printer.cut_power()
        with pytest.raises(LinkFault) as told:
            for _try in range(50):
                ask_status(link, "tspl")
        assert told.value.word == "closed" and "Label printer" in told.value.text.render("zh")
        link.close()


def test_nobody_there_is_said_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    started = time.monotonic()
    with pytest.raises(LinkFault) as told:
        open_link(printer_row(DeviceLink.TCP, address))
    assert told.value.word == "refused" and time.monotonic() - started < 3
    assert address in told.value.text.render("en")


def test_a_printer_that_takes_nothing_stalls_and_is_given_up_when_told_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = open_link(printer_row(DeviceLink.TCP, f"127.0.0.1:{server.getsockname()[1]}"))
        client, _who = server.accept()
        calls = iter((True, False))
        with pytest.raises(LinkFault) as told:
            link.write(bytes(30_000_000), lambda: next(calls))
        assert told.value.word == "stalled"
        client.close()
        link.close()


def test_a_file_takes_the_place_of_a_printer(tmp_path: Path) -> None:
    path = tmp_path / "labels.prn"
    link = open_link(printer_row(DeviceLink.FILE, str(path)))
    link.write(TSPL)
    link.write(TSPL)
    assert path.read_bytes() == TSPL * 2
    assert link.keeps and not link.answers and link.read(10, 0) == b""
    assert ask_status(link, "tspl").word is PrinterWord.SILENT
    with pytest.raises(LinkFault):
        open_link(printer_row(DeviceLink.FILE, str(tmp_path / "missing" / "labels.prn")))


def test_the_system_queue_gets_one_raw_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncat >> {tmp_path}/taken\n')
    lp.chmod(lp.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    link = open_link(printer_row(DeviceLink.QUEUE, "Zebra-1"))
    link.write(ZPL)
    link.write(ZPL)
    link.flush()
    link.flush()
    assert (tmp_path / "taken").read_bytes() == ZPL * 2
    assert (tmp_path / "asked").read_text().split() == [
        "-d",
        "Zebra-1",
        "-o",
        "raw",
        "-t",
        "Steward",
        "labels",
        "--",
        "-",
    ]
    lp.write_text("#!/bin/sh\ncat > /dev/null\necho 'lp: The printer or class does not exist.' >&2\nexit 1\n")
    link.write(ZPL)
    with pytest.raises(LinkFault) as told:
        link.flush()
    assert "does not exist" in told.value.text.render("en")


def test_a_serial_printer_is_written_and_heard() -> None:
    mine, theirs = os.openpty()
    link = open_link(printer_row(DeviceLink.SERIAL, os.ttyname(theirs), flow="none", baud=9600))
    try:
        link.write(b"\x1b!?")
        assert os.read(mine, 10) == b"\x1b!?"
        os.write(mine, b"\x04")
        assert link.read(1, 1.0) == b"\x04"
        assert link.read(1, 0.01) == b""
    finally:
        link.close()
        os.close(mine)
        os.close(theirs)


def test_a_serial_printer_that_is_not_there_is_said() -> None:
    for address in ("/dev/ttyNOSUCH9", "usb:0a5f:0081:NOBODY"):
        with pytest.raises(LinkFault) as told:
            open_link(printer_row(DeviceLink.SERIAL, address))
        assert told.value.word == "absent"


def test_a_usb_printer_is_found_by_its_identity(tmp_path: Path) -> None:
    devices, facts = tmp_path / "usb", tmp_path / "usbmisc"
    devices.mkdir()
    for number, serial in ((0, "A1"), (1, "B2")):
        (devices / f"lp{number}").touch()
        device = tmp_path / f"bus{number}"
        (device / "interface").mkdir(parents=True)
        (facts / f"lp{number}").mkdir(parents=True)
        (facts / f"lp{number}" / "device").symlink_to(device / "interface")
        (device / "idVendor").write_text("0a5f\n")
        (device / "idProduct").write_text("0081\n")
        (device / "serial").write_text(f"{serial}\n")
    found = usb_printers(devices, facts)
    assert found == {
        str(devices / "lp0"): UsbIdentity(0x0A5F, 0x81, "A1"),
        str(devices / "lp1"): UsbIdentity(0x0A5F, 0x81, "B2"),
    }
    with pytest.raises(LinkFault) as told:
        open_link(printer_row(DeviceLink.USB, "usb:0a5f:0081:C3"))
    assert told.value.word == "absent"
    mine, theirs = os.openpty()
    link = open_link(printer_row(DeviceLink.USB, os.ttyname(theirs)))
    link.write(b"x")
    assert os.read(mine, 5) == b"x"
    link.close()
    os.close(mine)
    os.close(theirs)


class Wires(Link):
    """A way that knows only what the printer class's wires say."""

    def __init__(self, bits: int) -> None:
        super().__init__("P1")
        self._bits = bits

    def port_status(self) -> PrinterStatus:
        return port_status(self._bits)

    def _send(self, data: memoryview, seconds: float) -> int:
        return len(data)


def test_a_silent_usb_printer_still_says_that_it_is_out_of_paper() -> None:
    assert Talk(Wires(PAPER_OUT), "tspl", seconds=0.01).status().word is PrinterWord.PAPER_OUT
    assert Talk(Wires(SELECTED | NO_ERROR), "tspl", seconds=0.01).status().word is PrinterWord.SILENT

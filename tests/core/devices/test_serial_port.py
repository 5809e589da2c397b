"""Serial ports by identity, and everything a vanished one may raise."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any

import pytest
import serial

from core.devices import PortWord, find_ports
from core.devices.ports import discovery
from core.devices.ports.hid_port import hid_scanners
from core.devices.ports.port import PortFault
from core.devices.ports.serial_port import LineSettings, SerialPort, SerialSource, port_faults, why_closed
from core.devices.rules.hid_report import SCANNER_PAGE


@dataclass
class Told:
    """A port as pyserial tells it."""

    device: str
    vid: int | None = 0x0C2E
    pid: int | None = 0x0901
    serial_number: str | None = "S123"
    location: str | None = "1-1.2"
    manufacturer: str | None = None
    product: str | None = None
    description: str | None = "n/a"


def _source(address: str, *there: Told) -> SerialSource:
    return SerialSource("gun", address, LineSettings(), lambda: there)


def test_a_device_is_found_wherever_it_is_plugged_in() -> None:
    other = Told("/dev/ttyACM0", serial_number="S999")
    assert _source("usb:0c2e:0901:S123", other, Told("/dev/ttyACM1")).path() == "/dev/ttyACM1"
    assert _source("usb:0c2e:0901:S123", Told("COM7")).path() == "COM7"
    assert _source("/dev/ttyS0", other).path() == "/dev/ttyS0"


def test_a_device_that_is_not_there_or_not_clear_is_said() -> None:
    with pytest.raises(PortFault) as gone:
        _source("usb:0c2e:0901:S123", Told("COM7", vid=None)).path()
    twins = [Told("COM7", serial_number=None), Told("COM8", serial_number=None, location="1-1.3")]
    with pytest.raises(PortFault) as unclear:
        _source("usb:0c2e:0901", *twins).path()
    assert (gone.value.state.word, unclear.value.state.word) == (PortWord.ABSENT, PortWord.UNCLEAR)
    assert _source("usb:0c2e:0901:@1-1.3", *twins).path() == "COM8"


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (serial.SerialException(errno.EAGAIN, "Could not exclusively lock port"), PortWord.BUSY),
        (serial.SerialException(errno.EBUSY, "busy"), PortWord.BUSY),
        (serial.SerialException("could not open port 'COM3': PermissionError(13, 'Access', None, 5)"), PortWord.BUSY),
        (serial.SerialException("could not open port 'COM3': FileNotFoundError(2, ...)"), PortWord.ABSENT),
        (serial.SerialException(errno.ENOENT, "no such file"), PortWord.ABSENT),
        (serial.SerialException(errno.EACCES, "no right"), PortWord.REFUSED),
        (OSError(errno.EIO, "input/output error"), PortWord.ABSENT),
        (ValueError("Not a valid baudrate"), PortWord.FAULT),
    ],
)
def test_why_a_port_does_not_open_is_a_state_with_a_sentence(fault: Exception, word: PortWord) -> None:
    state = why_closed("gun", fault).state
    assert state.word is word
    assert "gun" in state.text.render("en") and "gun" in state.text.render("zh")


class Vanished:
    """A port that was pulled out: every call raises."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __getattr__(self, _name: str) -> Any:
        def fail(*_arguments: object) -> bytes:
            raise self.fault

        return fail


@pytest.mark.parametrize("number", range(len(port_faults())))
def test_all_that_a_vanished_port_raises_is_one_state(number: int) -> None:
    port = SerialPort("gun", Vanished(port_faults()[number]("gone")))
    for call in (port.read, lambda: port.write(b"W\r")):
        with pytest.raises(PortFault) as caught:
            call()
        assert caught.value.state.word is PortWord.ABSENT
    port.wake()
    port.close()


def test_a_question_that_nobody_takes_is_dropped() -> None:
    SerialPort("scale", Vanished(serial.SerialTimeoutException("Write timeout"))).write(b"W\r")


def test_the_line_is_set_as_the_device_says_and_nonsense_is_passed_over() -> None:
    usual = LineSettings(9600, 7, "E")
    assert usual.with_settings({}) == usual
    assert usual.with_settings({"baud": 19200, "bits": 8, "parity": "N"}) == LineSettings(19200)
    assert usual.with_settings({"baud": "fast", "bits": 12, "parity": 1, "stop": True, "flow": "magic"}) == usual


def test_ports_are_told_with_maker_product_and_identity() -> None:
    (one,) = discovery.found_serial([Told("/dev/ttyACM0", product="Voyager 1450")])
    assert (one.address, one.path, one.words) == ("usb:0c2e:0901:S123", "/dev/ttyACM0", "Honeywell Voyager 1450")
    assert one.is_likely
    (bare,) = discovery.found_serial([Told("/dev/ttyS0", vid=None, pid=None)])
    assert (bare.address, bare.words, bare.is_likely) == ("/dev/ttyS0", "/dev/ttyS0", False)


def test_twins_are_told_apart_by_where_they_are_plugged_in() -> None:
    twins = [Told("COM7", serial_number=None), Told("COM8", serial_number=None, location="1-1.3")]
    assert [one.address for one in discovery.found_serial(twins)] == ["usb:0c2e:0901:@1-1.2", "usb:0c2e:0901:@1-1.3"]


def test_hid_scanners_are_told_once_and_keyboards_not() -> None:
    class Library:
        def enumerate(self) -> list[dict[str, Any]]:
            told = {"path": b"/dev/hidraw3", "vendor_id": 0x05E0, "product_id": 0x1300, "serial_number": "Z1"}
            keyboard = {**told, "path": b"/dev/hidraw4", "usage_page": 1}
            return [{**told, "usage_page": SCANNER_PAGE, "product_string": "DS2208"}] * 2 + [keyboard]

    (one,) = discovery.found_hid(hid_scanners(Library()))
    assert (one.address, one.path, one.words) == ("usb:05e0:1300:Z1", "/dev/hidraw3", "Zebra DS2208")


def test_finding_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def enumerate(self) -> list[dict[str, Any]]:
            raise OSError("hid_init failed")

    def broken() -> list[Any]:
        raise OSError("no /sys")

    monkeypatch.setattr("serial.tools.list_ports.comports", broken)
    monkeypatch.setattr(discovery, "hid_library", lambda: Broken())
    assert find_ports() == ()
    monkeypatch.setattr(discovery, "hid_library", lambda: None)
    assert find_ports() == ()


def test_finding_on_this_pc_takes_what_is_there() -> None:
    assert all(one.path and one.words for one in find_ports())

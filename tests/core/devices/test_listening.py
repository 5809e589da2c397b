"""Open ports: found, lost, found again, and closed within a second."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from core.devices import (
    Heard,
    Listening,
    PortState,
    PortWord,
    ScannerSimulator,
    SocketWire,
    open_scanner,
    pty_wire,
)
from core.devices.ports import listening as listening_module
from core.devices.ports.ears import ScanEars
from core.devices.ports.port import Port, absent
from core.devices.simulators import Wire
from core.errors import InvalidInput
from db.enums import DeviceLink
from tests.core.devices.ports import Box, device_threads

CLOSES_WITHIN = 1.0


@pytest.fixture(autouse=True)
def threads_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lost ports are looked for at once, and no thread of a port or simulator is left behind."""
    monkeypatch.setattr(listening_module, "RETRY_SECONDS", 0.02)
    yield
    assert device_threads() == []


@pytest.fixture(params=[SocketWire, pty_wire], ids=["socket", "pty"])
def wire(request: pytest.FixtureRequest) -> Wire:
    made: Wire = request.param()
    return made


def _is(word: PortWord) -> Callable[[list[PortState]], bool]:
    return lambda states: bool(states) and states[-1].word is word


def _open(simulator: ScannerSimulator, heard: Box[Heard], states: Box[PortState]) -> Listening:
    listening = open_scanner(simulator.device, heard, states)
    states.wait(_is(PortWord.READY))
    assert simulator.wire.wait_open()
    return listening


def test_a_scan_in_pieces_comes_out_whole_with_time_and_source(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner, _open(scanner, heard, states) as listening:
        scanner.scan("]C10106901234567892\x1d10AB", piece=3)
        scanner.scan("不锈钢螺丝", encoding="gb18030", piece=1)
        told = heard.wait(lambda scans: len(scans) == 2)
        assert [one.raw for one in told] == ["]C10106901234567892\x1d10AB", "不锈钢螺丝"]
        assert told[0].source == "Simulated scanner" and told[0].at.tzinfo is not None
        assert listening.log == tuple(told)
        assert listening.latest == told[-1]


def test_an_unplugged_scanner_comes_back_by_itself(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner, _open(scanner, heard, states):
        scanner.wire.send(b"half a co")
        scanner.unplug()
        states.wait(_is(PortWord.ABSENT))
        scanner.plug()
        states.wait(_is(PortWord.READY))
        assert scanner.wire.wait_open()
        scanner.scan("6901234567892")
        assert [one.raw for one in heard.wait(bool)] == ["6901234567892"]
    assert [one.word for one in states.told] == [PortWord.READY, PortWord.ABSENT, PortWord.READY]


def test_a_device_that_comes_later_is_found(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner:
        scanner.unplug()
        with open_scanner(scanner.device, heard, states):
            states.wait(_is(PortWord.ABSENT))
            scanner.plug()
            states.wait(_is(PortWord.READY))
            assert scanner.wire.wait_open()
            scanner.scan("6901234567892")
            assert [one.raw for one in heard.wait(bool)] == ["6901234567892"]


def test_eight_kilobytes_at_once_are_no_code(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner, _open(scanner, heard, states):
        scanner.scan("x" * 9000, piece=1000)
        scanner.scan("6901234567892")
        cut, whole = heard.wait(lambda scans: len(scans) == 2)
        assert (len(cut.raw), cut.trouble is not None) == (8192, True)
        assert (whole.raw, whole.trouble) == ("6901234567892", None)


def test_without_a_suffix_silence_ends_the_scan(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner, _open(scanner, heard, states):
        scanner.scan("6901234567892", ending="", piece=5)
        assert [one.raw for one in heard.wait(bool)] == ["6901234567892"]


def test_two_scanners_at_once_are_told_apart() -> None:
    heard = Box[Heard]()
    with (
        ScannerSimulator("one") as one,
        ScannerSimulator("two") as two,
        _open(one, heard, Box()),
        _open(two, heard, Box()),
    ):
        for number in range(20):
            one.scan(f"1{number:012}")
            two.scan(f"2{number:012}")
        told = heard.wait(lambda scans: len(scans) == 40)
    for name, first in (("one", "1"), ("two", "2")):
        assert [scan.raw for scan in told if scan.source == name] == [f"{first}{number:012}" for number in range(20)]


def test_the_log_keeps_the_last_hundred() -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator() as scanner, _open(scanner, heard, states) as listening:
        for number in range(130):
            scanner.scan(str(number))
        heard.wait(lambda scans: len(scans) == 130)
        assert [one.raw for one in listening.log if isinstance(one, Heard)] == [str(n) for n in range(30, 130)]


def test_closing_is_at_once_and_says_nothing_any_more(wire: Wire) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    with ScannerSimulator(wire=wire) as scanner:
        listening = _open(scanner, heard, states)
        before = time.monotonic()
        listening.close()
        listening.close()
        assert time.monotonic() - before < CLOSES_WITHIN
        assert not listening.is_alive
        assert listening.state.word is PortWord.CLOSED
        scanner.scan("6901234567892")
    assert heard.told == []
    assert _is(PortWord.READY)(states.told)


class Hanging:
    """A port whose system call does not come back before the device lets it."""

    def __init__(self) -> None:
        self.is_reading, self.may_end = threading.Event(), threading.Event()
        self.is_closed = threading.Event()

    def open(self) -> Port:
        return self

    def read(self) -> bytes:
        self.is_reading.set()
        self.may_end.wait(30)
        return b"6901234567892\r"

    def write(self, data: bytes) -> None:
        raise AssertionError("nothing is asked")

    def wake(self) -> None:
        pass

    def close(self) -> None:
        self.is_closed.set()


def test_a_device_that_hangs_does_not_hold_up_the_end() -> None:
    hanging, heard = Hanging(), Box[object]()
    with ScannerSimulator() as scanner:
        device = scanner.device
    listening = Listening("hanging", hanging, lambda port: ScanEars(device, port), heard)
    assert hanging.is_reading.wait(5)
    before = time.monotonic()
    listening.close()
    assert time.monotonic() - before < CLOSES_WITHIN
    hanging.may_end.set()
    assert hanging.is_closed.wait(5)
    listening.close()
    assert not listening.is_alive
    assert heard.told == []


def test_a_device_that_hangs_while_it_is_opened_does_not_either() -> None:
    may_end, is_opening = threading.Event(), threading.Event()

    class Slow(Hanging):
        def open(self) -> Port:
            is_opening.set()
            may_end.wait(30)
            raise absent("slow")

    states = Box[PortState]()
    listening = Listening("slow", Slow(), lambda _port: pytest.fail("never open"), lambda _event: None, states)
    assert is_opening.wait(5)
    before = time.monotonic()
    listening.close()
    assert time.monotonic() - before < CLOSES_WITHIN
    may_end.set()
    listening.close()
    assert not listening.is_alive
    assert states.told == []


def test_a_callback_may_close_the_port_it_is_called_by() -> None:
    states, done = Box[PortState](), Box[bool]()
    with ScannerSimulator() as scanner:

        def close(_scan: Heard) -> None:
            listening.close()
            done(True)

        listening = open_scanner(scanner.device, close, states)
        states.wait(_is(PortWord.READY))
        assert scanner.wire.wait_open()
        scanner.scan("6901234567892")
        done.wait(bool)
        listening._thread.join(5)


def test_a_bug_in_a_callback_is_reported_and_the_next_scan_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    reported, heard, states = Box[threading.ExceptHookArgs](), Box[Heard](), Box[PortState]()
    monkeypatch.setattr(threading, "excepthook", reported)

    def told(scan: Heard) -> None:
        if scan.raw == "bad":
            raise RuntimeError("a bug")
        heard(scan)

    with ScannerSimulator() as scanner, open_scanner(scanner.device, told, states):
        states.wait(_is(PortWord.READY))
        assert scanner.wire.wait_open()
        scanner.scan("bad")
        scanner.scan("good")
        assert [one.raw for one in heard.wait(bool)] == ["good"]
    assert [str(one.exc_value) for one in reported.told] == ["a bug"]


def test_a_bug_in_reading_is_reported_once_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    reported, states = Box[threading.ExceptHookArgs](), Box[PortState]()
    monkeypatch.setattr(threading, "excepthook", reported)

    def no_ears(_port: Port) -> ScanEars:
        raise RuntimeError("a bug")

    quiet = Quiet()
    with Listening("quiet", quiet, no_ears, lambda _event: None, states) as listening:
        states.wait(_is(PortWord.FAULT))
        reported.wait(bool)
        listening._thread.join(5)
        assert not listening.is_alive
    assert quiet.is_closed.is_set()
    assert [str(one.exc_value) for one in reported.told] == ["a bug"]


def test_a_scanner_that_types_has_no_port() -> None:
    with ScannerSimulator() as scanner, pytest.raises(InvalidInput):
        open_scanner(replace(scanner.device, link=DeviceLink.WEDGE, address=""), Box[Any]())


class Quiet(Hanging):
    """A port on which nothing comes; it counts how often it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = Box[int]()

    def read(self) -> bytes:
        self.looks(1)
        return b""


def test_a_quiet_port_is_only_looked_at() -> None:
    quiet, heard, states = Quiet(), Box[object](), Box[PortState]()
    with ScannerSimulator() as scanner:
        device = scanner.device
    with Listening("quiet", quiet, lambda port: ScanEars(device, port), heard, states) as listening:
        quiet.looks.wait(lambda looks: len(looks) > 1000)
    assert not listening.is_alive
    assert heard.told == []
    assert [one.word for one in states.told] == [PortWord.READY]


if sys.platform != "win32":

    def test_a_port_that_another_program_holds_is_said_and_taken_once_it_is_free() -> None:
        import serial

        heard, states = Box[Heard](), Box[PortState]()
        with ScannerSimulator(wire=pty_wire()) as scanner:
            other = serial.Serial(scanner.device.address, exclusive=True)
            with open_scanner(scanner.device, heard, states):
                states.wait(_is(PortWord.BUSY))
                assert "Another program" in states.told[-1].text.render("en")
                other.close()
                states.wait(_is(PortWord.READY))
                scanner.scan("6901234567892")
                heard.wait(bool)

    def test_a_path_that_is_no_port_is_said(tmp_path: os.PathLike[str]) -> None:
        states = Box[PortState]()
        with ScannerSimulator() as scanner:
            wrong = replace(scanner.device, address=str(tmp_path))
        with open_scanner(wrong, Box[Any](), states):
            told = states.wait(bool)
        assert told[0].word in (PortWord.FAULT, PortWord.REFUSED)

"""Scales, probes and HID-POS scanners as simulators over an open port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from core.devices import (
    PROBES,
    SCALES,
    DeviceRow,
    Heard,
    HidScannerSimulator,
    Measured,
    PortState,
    PortWord,
    ProbeSimulator,
    Reading,
    ReadingTrouble,
    ScaleSimulator,
    SocketWire,
    in_kilograms,
    open_probe,
    open_scale,
    open_scanner,
    pty_wire,
)
from core.devices.ports import listening as listening_module
from core.devices.ports.ears import MeasureEars
from core.devices.simulators import SHAPES, Wire
from core.errors import InvalidInput
from tests.core.devices.ports import Box, device_threads

D = Decimal


@pytest.fixture(autouse=True)
def threads_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lost ports are looked for at once, and no thread of a port or simulator is left behind."""
    monkeypatch.setattr(listening_module, "RETRY_SECONDS", 0.02)
    yield
    assert device_threads() == []


def _quick(simulator: ScaleSimulator | ProbeSimulator) -> DeviceRow:
    """Its record, asked twenty times a second."""
    return replace(simulator.device, settings={"poll_ms": 50})


def _is(word: PortWord) -> Callable[[list[PortState]], bool]:
    return lambda states: bool(states) and states[-1].word is word


def _rests_at(kilograms: str) -> Callable[[list[Measured]], bool]:
    return lambda told: bool(told) and told[-1].reading.is_stable and in_kilograms(told[-1].reading) == D(kilograms)


def _trouble(*troubles: ReadingTrouble) -> Callable[[list[Measured]], bool]:
    return lambda told: bool(told) and told[-1].reading.trouble in troubles


@pytest.mark.parametrize("protocol", sorted(SCALES))
def test_a_scale_comes_to_rest_by_every_protocol(protocol: str) -> None:
    told = Box[Measured]()
    with ScaleSimulator(protocol) as scale, open_scale(_quick(scale), told):
        told.wait(_rests_at("0"))
        scale.put(D("1.234"))
        readings = [one.reading for one in told.wait(_rests_at("1.234"))]
        assert any(not one.is_stable for one in readings)
        assert all(one.value is None or isinstance(one.value, Decimal) for one in readings)
        assert {one.source for one in told.told} == {"Simulated scale"}


@pytest.mark.parametrize("make", [SocketWire, pty_wire], ids=["socket", "pty"])
def test_overload_underload_tare_garbage_and_unplugging(make: Callable[[], Wire]) -> None:
    told, states = Box[Measured](), Box[PortState]()
    with ScaleSimulator(wire=make()) as scale, open_scale(_quick(scale), told, states):
        told.wait(_rests_at("0"))
        scale.put(D("31"))
        told.wait(_trouble(ReadingTrouble.OVERLOAD))
        scale.put(D("-1"))
        told.wait(_trouble(ReadingTrouble.UNDERLOAD))
        scale.put(D("0.500"), settling=0)
        told.wait(_rests_at("0.5"))
        scale.tare()
        told.wait(_rests_at("0"))
        scale.send_garbage(500)
        scale.wire.send(b"\r\n")
        scale.put(D("0.750"), settling=0)
        told.wait(_rests_at("0.25"))
        scale.unplug()
        states.wait(_is(PortWord.ABSENT))
        scale.plug()
        states.wait(_is(PortWord.READY))
        scale.put(D("1.500"), settling=0)
        assert told.wait(_rests_at("1"))[-1].reading.value == D("1")


def test_a_reading_is_told_once_while_nothing_changes() -> None:
    told = Box[Measured]()
    with ScaleSimulator("yaohua-frame") as scale, open_scale(_quick(scale), told) as listening:
        told.wait(_rests_at("0"))
        scale.put(D("2"), settling=0)
        told.wait(_rests_at("2"))
        readings = [one.reading for one in told.told]
        assert all(before != after for before, after in pairwise(readings))
        assert listening.latest == told.told[-1]


@pytest.mark.parametrize("protocol", sorted(PROBES))
def test_a_probe_is_read_by_every_protocol(protocol: str) -> None:
    told = Box[Measured]()
    with ProbeSimulator(protocol) as probe, open_probe(_quick(probe), told):
        told.wait(lambda all_: all_[-1].reading == Reading(D("4.2"), "C", True) if all_ else False)
        probe.set(D("-18.5"))
        told.wait(lambda all_: all_[-1].reading.value == D("-18.5"))
        probe.set(None)
        told.wait(_trouble(ReadingTrouble.NO_PROBE))
        probe.set(D("63"))
        assert told.wait(lambda all_: all_[-1].reading.value == D("63.0"))[-1].reading.unit == "C"


def test_a_probe_that_refuses_says_so() -> None:
    told = Box[Measured]()
    with ProbeSimulator("modbus") as probe, open_probe(_quick(probe), told):
        probe.refuse()
        assert told.wait(_trouble(ReadingTrouble.REFUSED))[-1].reading.value is None


def test_a_device_without_a_known_protocol_is_not_opened() -> None:
    with ScaleSimulator() as scale:
        for opening in (open_scale, open_probe):
            with pytest.raises(InvalidInput) as caught:
                opening(replace(scale.device, protocol="telepathy"), Box[Any]())
            assert caught.value.field == "protocol"


def test_silence_and_another_language_are_told_apart() -> None:
    with ScaleSimulator() as scale:
        ears = MeasureEars(scale.device, SCALES["mt-sics"], silent_seconds=2.0)
    assert ears.question(0.0) == b"SI\r\n"
    assert ears.question(0.1) == b""
    assert ears.question(0.3) == b"SI\r\n"
    ears.hear(b"", 0.0)
    assert ears.state(1.9) is None
    silent = ears.state(2.0)
    assert silent is not None and silent.word is PortWord.SILENT and "does not answer" in str(silent.text)
    (first,) = ears.hear(b"S S  1.0 kg\r\n", 2.5)
    assert ears.state(2.6) is None
    assert ears.hear(b"S S  1.0 kg\r\n", 2.7) == []
    ears.hear(b"\xff\xfe\xf0", 4.0)
    strange = ears.state(5.0)
    assert strange is not None and "not as set" in str(strange.text)
    (again,) = ears.hear(b"\r\nS S  1.0 kg\r\n", 5.5)
    assert isinstance(first, Measured) and isinstance(again, Measured) and again.reading == first.reading


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_hid_scanners_of_several_makes_are_heard(shape: str) -> None:
    heard, states = Box[Heard](), Box[PortState]()
    scanner = HidScannerSimulator(shape)
    with open_scanner(scanner.device, heard, states, hid=scanner.library) as listening:
        states.wait(_is(PortWord.READY))
        assert scanner.scan("不锈钢螺丝" * 20)
        assert scanner.scan("0106901234567892", aim="]C1")
        told = heard.wait(lambda scans: len(scans) == 2)
        assert told[0].raw == "不锈钢螺丝" * 20
        assert told[1].raw == ("" if shape == "plain" else "]C1") + "0106901234567892"
        scanner.unplug()
        states.wait(_is(PortWord.ABSENT))
        scanner.plug()
        states.wait(_is(PortWord.READY))
        scanner.send_garbage(b"\x09nonsense")
        scanner.scan("again")
        assert heard.wait(lambda scans: len(scans) > 2)[-1].raw.endswith("again")
    assert not listening.is_alive
    assert not scanner.is_open


def test_a_hid_scanner_that_may_not_be_opened_or_has_no_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    scanner, states = HidScannerSimulator(), Box[PortState]()
    monkeypatch.setattr(scanner, "attach", _refuse)
    with open_scanner(scanner.device, Box[Any](), states, hid=scanner.library):
        states.wait(_is(PortWord.REFUSED))
    monkeypatch.setattr("core.devices.ports.hid_port.hid_library", lambda: None)
    with open_scanner(scanner.device, Box[Any](), states):
        assert states.wait(_is(PortWord.FAULT))[-1].text.render("zh")


def _refuse(_handle: object) -> None:
    raise OSError("open failed")


def test_another_hid_scanner_is_not_taken_for_it() -> None:
    scanner, states = HidScannerSimulator(), Box[PortState]()
    with open_scanner(replace(scanner.device, address="usb:0c2e:0b61:OTHER"), Box[Any](), states, hid=scanner.library):
        states.wait(_is(PortWord.ABSENT))
        assert not scanner.is_open

"""The ports of this PC: open while somebody works, back after they were pulled out, one signal for all scans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core import devices
from core.devices import (
    DeviceEdit,
    Heard,
    HidScannerSimulator,
    ProbeSimulator,
    ScaleSimulator,
    ScannerSimulator,
    WedgeProfile,
    parse_scan,
)
from core.i18n import verbatim
from core.office import Office
from core.words import DeviceKind, DeviceLink
from desktop.context import AppContext
from desktop.devices.hub import PROFILE, DeviceHub
from desktop.devices.light import OF_KEYBOARD, light_of

GS_CODE = "]C1010690123456789210AB12\x1d17261231"


@pytest.fixture
def heard(hub: DeviceHub) -> list[Heard]:
    found: list[Heard] = []
    hub.heard.connect(found.append)
    return found


def is_ready(hub: DeviceHub, device_id: int) -> bool:
    state = hub.state_of(device_id)
    return state is not None and state.is_ready


def test_a_saved_scanner_is_opened_heard_and_comes_back(
    qtbot: QtBot, context: AppContext, office_here: Office, hub: DeviceHub, heard: list[Heard]
) -> None:
    with ScannerSimulator() as scanner:
        scanner.plug()
        edit = DeviceEdit(DeviceKind.SCANNER, "Door", DeviceLink.SERIAL, scanner.device.address)
        device_id = office_here.do(devices.save_device, new=edit)
        qtbot.waitUntil(lambda: is_ready(hub, device_id))
        assert light_of(hub.scanners()).level == "good"
        assert scanner.wire.wait_open()
        scanner.scan(GS_CODE)
        qtbot.waitUntil(lambda: [one.raw for one in heard] == [GS_CODE])
        scanner.unplug()
        qtbot.waitUntil(lambda: not is_ready(hub, device_id))
        assert light_of(hub.scanners()).level == "warn"
        scanner.plug()
        qtbot.waitUntil(lambda: is_ready(hub, device_id))
        assert scanner.wire.wait_open()
        scanner.scan("4711-B")
        qtbot.waitUntil(lambda: [one.raw for one in heard] == [GS_CODE, "4711-B"])
        office_here.do(devices.retire_device, device_id=device_id)
        qtbot.waitUntil(lambda: hub.state_of(device_id) is None)


@pytest.mark.parametrize("simulator", [ScannerSimulator, HidScannerSimulator])
def test_simulated_scanners_are_heard_like_real_ones(
    qtbot: QtBot, hub: DeviceHub, heard: list[Heard], simulator: type[ScannerSimulator]
) -> None:
    made = simulator(name="Training")
    hub.simulate(made)
    qtbot.waitUntil(lambda: hub.simulators()["Training"][1].is_ready)
    if isinstance(made, ScannerSimulator):
        assert made.wire.wait_open()
    made.scan("6901234567892")
    qtbot.waitUntil(lambda: [one.raw.removeprefix("]E0") for one in heard] == ["6901234567892"])
    assert hub.log[-1].source == heard[0].source
    hub.stop_simulator("Training")
    assert hub.simulators() == {}


def test_two_scanners_at_once_are_both_heard(qtbot: QtBot, hub: DeviceHub, heard: list[Heard]) -> None:
    first, second = ScannerSimulator("One"), ScannerSimulator("Two")
    for one in (first, second):
        hub.simulate(one)
    qtbot.waitUntil(lambda: all(state.is_ready for _one, state in hub.simulators().values()))
    assert first.wire.wait_open()
    assert second.wire.wait_open()
    for number in range(5):
        first.scan(f"ONE-{number}")
        second.scan(f"TWO-{number}")
    qtbot.waitUntil(lambda: len(heard) == 10)
    assert sorted(one.raw for one in heard) == sorted(f"{name}-{n}" for name in ("ONE", "TWO") for n in range(5))


def test_scales_and_probes_show_their_readings(qtbot: QtBot, hub: DeviceHub) -> None:
    scale, probe = ScaleSimulator(name="Scale"), ProbeSimulator(name="Probe")
    hub.simulate(scale)
    hub.simulate(probe)
    scale.put(Decimal("1.25"))
    qtbot.waitUntil(lambda: {"Scale", "Probe"} <= set(hub.readings))
    qtbot.waitUntil(lambda: hub.readings["Scale"].reading.value == Decimal("1.250"))
    qtbot.waitUntil(lambda: hub.readings["Scale"].reading.is_stable)


def test_a_measured_scanner_makes_the_filter_listen_its_way(
    qtbot: QtBot, context: AppContext, office_here: Office, hub: DeviceHub
) -> None:
    assert light_of(hub.scanners()) == OF_KEYBOARD
    facts = WedgeProfile(gap_ms=120, pace_ms=100, end="\r", is_measured=True).facts()
    edit = DeviceEdit(DeviceKind.SCANNER, "Old one", DeviceLink.WEDGE, settings={PROFILE: facts})
    office_here.do(devices.save_device, new=edit)
    qtbot.waitUntil(lambda: hub.wedge._rule.gap_ms == 120)
    assert hub.wedge._rule.profiles[0].name == "Old one"


def test_badges_are_not_logged_and_a_hundred_scans_are_kept(hub: DeviceHub) -> None:
    hub.takes_badges = lambda: True
    hub.take_burst(devices.Burst("SECRET-1", "SECRET-1"))
    assert not hub.log
    hub.takes_badges = lambda: False
    for number in range(130):
        hub.take_burst(devices.Burst(f"C{number}", f"C{number}", "\r", 0, 5.0, 9))
    assert [hub.log[0].raw, hub.log[-1].raw, len(hub.log)] == ["C30", "C129", 100]
    hub.note(parse_scan("C129"), verbatim("found"))
    assert str(hub.log[-1].words) == "found"


def test_passwords_and_the_test_code_are_not_taken_early(hub: DeviceHub, qtbot: QtBot) -> None:
    assert not hub.native.is_off()
    hub.wedge.tap = lambda _text, _at, _is_caps: None
    assert hub.native.is_off()
    hub.wedge.tap = None
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert hub.native.is_off()
    hub.takes_badges = lambda: True
    assert not hub.native.is_off()

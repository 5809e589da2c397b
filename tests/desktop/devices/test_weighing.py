"""What the scale shows goes into the quantity: on forms and on the waste screen, when it stands still."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from core.devices import ScaleSimulator
from core.office import Office
from desktop.context import AppContext
from desktop.devices.hub import DeviceHub
from desktop.ops import Ops
from desktop.purchasing.receive.page import ReceivePage
from desktop.shell.weighing import WeighButton
from desktop.stock.entry.waste_page import WastePage
from desktop.widgets import PageBase
from tests.desktop.stock.entry.larder import fill_larder
from tests.helpers.scans import scan_of

D = Decimal


def show(qtbot: QtBot, ops: Ops, page: PageBase) -> None:
    qtbot.addWidget(page)
    page.resize(1270, 640)
    page.show()
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)


def weighs(hub: DeviceHub, kilograms: str) -> bool:
    return any(one.reading.is_stable and one.reading.value == D(kilograms) for one in hub.scales())


def test_a_receipt_takes_the_weight_and_says_why_when_it_cannot(
    qtbot: QtBot, context: AppContext, office_here: Office, ops: Ops, hub: DeviceHub
) -> None:
    fill_larder(office_here)
    page = ReceivePage(context)
    show(qtbot, ops, page)
    page.opening.take_code("EGG-001")
    qtbot.waitUntil(lambda: page.subject_item() is not None and ops.is_idle)
    panel = page.editing.panel()
    assert panel is not None
    weigh, qty = panel.findChildren(WeighButton)[0], panel.form.qty
    assert not weigh.isVisible()
    scale = ScaleSimulator(name="Scale")
    hub.simulate(scale)
    assert weigh.isVisible()
    scale.put(D("3.2"))
    qtbot.waitUntil(lambda: weighs(hub, "3.200"))
    weigh.click()
    assert "kept by weight" in qty.error()
    page.opening.take_code("TOM-001")
    qtbot.waitUntil(lambda: len(page.dock.lines()) == 2 and ops.is_idle)
    weigh.click()
    line = page.dock.current()
    assert line is not None and (line.qty, line.unit, qty.value()) == (D("3.2"), "kg", D("3.2"))
    scale.put(D("0"))
    qtbot.waitUntil(lambda: weighs(hub, "0.000"))
    weigh.click()
    assert "empty" in qty.error()
    hub.stop_simulator("Scale")
    assert not weigh.isVisible()


def test_waste_takes_the_weight(
    qtbot: QtBot, context: AppContext, office_here: Office, ops: Ops, hub: DeviceHub
) -> None:
    fill_larder(office_here)
    page = WastePage(context)
    show(qtbot, ops, page)
    scale = ScaleSimulator(name="Scale")
    hub.simulate(scale)
    scale.put(D("0.75"))
    qtbot.waitUntil(lambda: weighs(hub, "0.750"))
    page.scan(scan_of("TOM-001"))
    qtbot.waitUntil(lambda: page.subject_item() is not None and ops.is_idle)
    page.pad.item.weigh.click()
    assert (page.pad.item.qty(), page.pad.item.unit()) == (D("0.75"), "kg")

"""Items with prices and a simulated label printer, for the label pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core import devices
from core.catalog import NewItem
from core.devices import DeviceEdit, LabelPrinterSimulator
from core.office import Office
from core.words import DeviceKind, DeviceLink
from desktop.context import AppContext
from desktop.labels.runs import LabelRuns
from desktop.widgets import PageBase
from tests.desktop.noting import NotingShell
from tests.factories import make_items


@dataclass(frozen=True)
class Desk:
    """What most tests of these pages need."""

    qtbot: QtBot
    context: AppContext
    runs: LabelRuns
    goods: tuple[int, ...]
    office: Office
    shown: Callable[[PageBase], Any]
    settled: Callable[[], None]
    shell: NotingShell


@pytest.fixture
def desk(request: pytest.FixtureRequest, qtbot: QtBot) -> Desk:
    names = ("context", "runs", "goods", "office_here", "shown", "settled", "shell")
    return Desk(qtbot, *(request.getfixturevalue(name) for name in names))


@pytest.fixture
def goods(office_here: Office) -> tuple[int, ...]:
    """Five items that have all a price tag needs, and one without a price."""
    priced = [
        NewItem(
            f"商品 {n}", "kg", f"S-{n:04d}", name_en=f"Goods {n}", spec="500 g", sale_price=Decimal(n) + Decimal("0.50")
        )
        for n in range(1, 6)
    ]
    return make_items(office_here, [*priced, NewItem("无价", "kg", "S-0006", name_en="Priceless")])


@pytest.fixture
def simulator() -> Iterator[LabelPrinterSimulator]:
    with LabelPrinterSimulator("tspl") as made:
        yield made


@pytest.fixture
def printer(office_here: Office, simulator: LabelPrinterSimulator) -> int:
    """The simulated printer as the only one of this PC."""
    new = DeviceEdit(DeviceKind.PRINTER, "P1", DeviceLink.TCP, simulator.address, "tspl", {"stock": "60x40"})
    made: int = office_here.do(devices.save_device, new=new)
    return made


@pytest.fixture
def runs(qapp: object) -> LabelRuns:
    return LabelRuns()

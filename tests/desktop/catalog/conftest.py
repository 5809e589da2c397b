"""Pages of the catalog on a real office, with a shell that takes notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.catalog import NewBarcode, NewItem, NewSupplier, NewTerm, PackUnit
from core.errors import CoreError
from core.i18n import Text
from core.office import Office
from desktop.context import AppContext, Paper, Posted
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place

D = Decimal
MILK_CODE = "6901234567892"


class NotingShell:
    """Keeps what pages tell the frame; `forbidden` are rights the person lacks."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self.postings: list[Posted] = []
        self.forbidden: set[object] = set()

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def can_go(self, route: str) -> bool:
        return True

    def back(self) -> None: ...

    def may(self, permission: object | None) -> bool:
        return permission not in self.forbidden

    def posted(self, posted: Posted) -> None:
        self.postings.append(posted)

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None: ...

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None: ...

    def run_action(self, action_id: str, **args: object) -> None: ...


@dataclass
class Larder:
    """Ids by code."""

    items: dict[str, int] = field(default_factory=dict)
    supplier: int = 0
    category: int = 0


@pytest.fixture
def larder(office_here: Office) -> Larder:
    """Four items, a supplier, a category; milk has stock, packs, a code and a price."""
    do = office_here.do
    made = Larder()
    made.supplier = do(
        catalog.create_supplier, supplier=NewSupplier("绿源批发", "GS", "Green Spring", "李明", "13800000000")
    )
    made.category = do(catalog.create_category, name="乳品", name_en="Dairy", code_prefix="DAI")
    milk = NewItem(
        "鲜牛奶", "L", "DAI-001", "Fresh milk", category_id=made.category, purchase_unit="箱",
        pack_units=(PackUnit("箱", D(12)),), barcodes=(NewBarcode(MILK_CODE),),
        terms=(NewTerm(made.supplier, "M-1", price=D(96), lead_days=2),), sale_price=D("12.5"),
    )  # fmt: skip
    others = (
        NewItem("番茄", "kg", "VEG-001", "Tomatoes"),
        NewItem("雪花啤酒 500 ml", "瓶", "BEER-1"),
        NewItem("雪花啤酒 500 ml", "瓶", "BEER-2"),
    )
    for item in (milk, *others):
        made.items[item.code] = do(catalog.create_item, item=item)
    line = stock.NewLine(made.items["DAI-001"], D(24), value=D(192))
    do(stock.receive_goods, lines=(line,), supplier_id=made.supplier)
    return made


@pytest.fixture
def shell() -> NotingShell:
    return NotingShell()


@pytest.fixture
def context(qapp: QApplication, office_here: Office, ops: Ops, shell: NotingShell) -> Iterator[AppContext]:
    """What a page is handed; a bug inside a page fails the test."""
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    set_place("Asia/Shanghai", "CNY")
    crashes: list[BaseException] = []
    ops.crashed.connect(crashes.append)
    hub = Hub()
    hub.listen(office_here)
    yield AppContext(office_here, ops, hub, Settings(), "en", shell)
    hub.stop()
    assert not crashes, crashes


@pytest.fixture
def settled(qtbot: QtBot, ops: Ops) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def shown(qtbot: QtBot, ops: Ops) -> Callable[[PageBase], Any]:
    """Show a page as large as it is in the window of a small screen, and wait for its answers."""

    def show(page: PageBase) -> Any:
        qtbot.addWidget(page)
        page.resize(1278, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show

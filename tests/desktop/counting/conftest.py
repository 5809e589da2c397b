"""Pages of counting on a real office with a small store; the shell only takes notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal as D

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core import catalog, counting, stock
from core.catalog import NewBarcode, NewItem, PackUnit
from core.counting import NewCount
from core.errors import CoreError
from core.i18n import Text
from core.office import Office
from core.stock import NewLine, NewLocation
from core.words import CountKind, LocationKind
from desktop.context import AppContext, Paper, Posted
from desktop.counting.count_page import CountPage
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import PageBase, set_place


class NotingShell:
    """Keeps what pages tell the frame."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self.posts: list[Posted] = []
        self.papers: list[Callable[[], Paper]] = []

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def back(self) -> None: ...

    def can_go(self, route: str) -> bool:
        return True

    def may(self, permission: object | None) -> bool:
        return True

    def posted(self, posted: Posted) -> None:
        self.posts.append(posted)

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None: ...

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        self.papers.append(maker)

    def run_action(self, action_id: str, **args: object) -> None: ...


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
def shown(qtbot: QtBot, ops: Ops) -> Callable[[PageBase], PageBase]:
    """Show a page and wait until everything it asked for has been answered."""

    def show(page: PageBase) -> PageBase:
        qtbot.addWidget(page)
        page.resize(1320, 680)
        page.show()
        qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
        return page

    return show


@pytest.fixture
def settled(qtbot: QtBot, ops: Ops) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: ops.is_idle)


@pytest.fixture
def items(office_here: Office) -> dict[str, int]:
    """Oil by the bottle and case, rice by weight, salt: all in the dry store."""
    dry = office_here.do(stock.create_location, new=NewLocation("DRY", "干货仓", "Dry store", kind=LocationKind.AREA))
    made: dict[str, int] = {"DRY": dry}
    barcodes = (NewBarcode("6901234567892"), NewBarcode("16901234567899", "case"))
    for item in (
        NewItem("橄榄油", "bottle", "OIL", "Olive oil", pack_units=(PackUnit("case", D(12)),), barcodes=barcodes),
        NewItem("大米", "kg", "RICE", "Rice"),
        NewItem("盐", "kg", "SALT", "Salt"),
    ):
        made[item.code] = office_here.do(catalog.create_item, item=item, confirmed=frozenset({"new_unit", "new_units"}))
        line = NewLine(made[item.code], D(48), location_id=dry, unit_cost=D(10))
        office_here.do(stock.receive_goods, lines=(line,))
    made["EGG"] = office_here.do(catalog.create_item, item=NewItem("鸡蛋", "each", "EGG", "Egg"))
    return made


@pytest.fixture
def count_id(office_here: Office, items: dict[str, int]) -> int:
    """An open count of the three: rice, oil, salt in the order of their Chinese names."""
    return office_here.do(counting.start_count, new=NewCount(CountKind.FULL, is_blind=False))


@pytest.fixture
def page(context: AppContext, count_id: int, shown: Callable[[PageBase], PageBase]) -> CountPage:
    made = shown(CountPage(context, count_id=count_id))
    assert isinstance(made, CountPage)
    return made

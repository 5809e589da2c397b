"""The list of orders, the board of deliveries, the calendar; orders found by number, words and scan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import purchasing
from core.devices import OwnKind, own_code, parse_scan
from core.documents import write_csv
from core.errors import InvalidInput
from core.i18n import Text
from core.office import Office
from desktop.context import AppContext
from desktop.domains import full_registry
from desktop.purchasing.orders.calendar import DayPanel
from desktop.purchasing.orders.due import DuePanel
from desktop.purchasing.orders.page import OrdersPage
from desktop.purchasing.orders.scans import find_by_scan, find_by_words
from desktop.shell.registry import Hit, Thing
from desktop.widgets import Button
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.ordering import Shop, card_of, make_order, make_shop, send
from tests.helpers.accessibility import nameless_controls

Key = Qt.Key
Open = Callable[..., OrdersPage]


@pytest.fixture
def shop(office_here: Office) -> Shop:
    return make_shop(office_here)


@pytest.fixture
def today(office_here: Office) -> date:
    return office_here.ask(purchasing.list_due_board).today


@pytest.fixture
def three(office_here: Office, shop: Shop, today: date) -> tuple[int, int, int]:
    """One late, one for today, a draft."""
    late = make_order(office_here, shop, "TOM", "ONI", day=today.replace(day=today.day - 1))
    due = make_order(office_here, shop, "RIC", day=today)
    for order_id in (late, due):
        send(office_here, order_id)
    return late, due, make_order(office_here, shop, "SAL")


@pytest.fixture
def opened(context: AppContext, shop: Shop, shown: Shown) -> Open:
    def show(**args: object) -> OrdersPage:
        page: OrdersPage = shown(OrdersPage(context, **args))  # type: ignore[arg-type]
        return page

    return show


def numbers(page: OrdersPage) -> list[int]:
    return [page.table.row_at(at).id for at in range(page.table.total())]  # type: ignore[union-attr]


def test_the_list_says_what_is_under_way(
    opened: Open, three: tuple[int, int, int], shell: NotingShell, settled: Settled
) -> None:
    page = opened()
    assert numbers(page) == [three[2], three[1], three[0]]
    assert page.head._answer.text() == "1 draft · 2 on the way · 1 late"
    assert nameless_controls(page) == []
    page.table.select_row(0)
    QTest.keyClick(page.table, Key.Key_Return)
    assert shell.went == [("purchasing.order", {"order_id": three[2]})]
    page.primary()
    assert shell.went[-1] == ("purchasing.order", {})


def test_chips_and_search_narrow_it(opened: Open, three: tuple[int, int, int], settled: Settled) -> None:
    page = opened()
    page.chips.set_value("state", "draft")
    settled()
    assert numbers(page) == [three[2]]
    page.chips.set_value("state", None)
    page.chips.set_value("overdue", True)
    settled()
    assert numbers(page) == [three[0]]
    page.chips.set_value("overdue", False)
    page._search.setText("rice")
    page._search.returnPressed.emit()
    settled()
    assert numbers(page) == [three[1]]
    page.period.first.set_value(date(2020, 1, 1))
    page.period.last.set_value(date(2020, 1, 2))
    page.period.changed.emit()
    settled()
    assert numbers(page) == [] and page.error_text() == ""


def test_it_is_fresh_when_somebody_orders(
    opened: Open, three: tuple[int, int, int], office_here: Office, shop: Shop, qtbot: QtBot
) -> None:
    page = opened()
    make_order(office_here, shop, "TEA")
    qtbot.waitUntil(lambda: page.table.total() == 4)


def test_without_orders_it_says_how_to_begin(opened: Open, shop: Shop, shell: NotingShell) -> None:
    page = opened()
    assert page._stack.currentWidget() is page._nothing
    page.primary()
    assert shell.went == [("purchasing.order", {})]


def test_a_template_makes_an_order(
    opened: Open, three: tuple[int, int, int], office_here: Office, shell: NotingShell, settled: Settled
) -> None:
    office_here.do(purchasing.save_template_from_order, order_id=three[0], name="Monday")
    page = opened()
    page.show_templates()
    settled()
    panel = page.panel()
    assert panel is not None
    next(button for button in _buttons(panel) if button.text().startswith("Make the order")).click()
    settled()
    route, args = shell.went[-1]
    assert route == "purchasing.order" and [line.code for line in card_of(office_here, int(str(args["order_id"]))).lines] == [
        "TOM", "ONI",
    ]  # fmt: skip


def test_a_failure_is_said_with_a_retry(opened: Open, three: tuple[int, int, int]) -> None:
    page = opened()
    page.table.failed.emit(InvalidInput(Text("The database is away.")))
    assert page.error_text() == "The database is away."


def test_the_board_says_what_to_say_on_the_phone(
    opened: Open, three: tuple[int, int, int], shell: NotingShell, settled: Settled, office_here: Office
) -> None:
    page = opened(part="due")
    table = page.due.table
    assert [table.row_at(at).order_id for at in range(table.total())] == [three[0], three[1]]  # type: ignore[union-attr]
    assert table.words_at(0, "due_on") == "1 day late" and table.words_at(0, "phone") == "555 0101"
    table.select_row(0)
    QTest.keyClick(table, Key.Key_Return)
    settled()
    panel = page.panel()
    assert isinstance(panel, DuePanel)
    number = card_of(office_here, three[0]).row.number
    panel.copy()
    said = QGuiApplication.clipboard().text()
    assert said.startswith(f"我们的订单 {number} 应在 ") and "番茄 2 箱" in said
    remind = next(button for button in _buttons(panel) if button.text().startswith("Remind"))
    remind.click()
    route, args = shell.went[-1]
    assert (route, args["order_id"], args["task"], args["message"]) == ("purchasing.order", three[0], "remind", said)


def _buttons(panel: QWidget) -> list[Button]:
    return list(panel.findChildren(Button))


def test_the_calendar_is_gone_about_by_the_keyboard(
    opened: Open, three: tuple[int, int, int], office_here: Office, shop: Shop, today: date, settled: Settled
) -> None:  # fmt: skip
    send(office_here, make_order(office_here, shop, "OIL", day=today))
    page = opened(part="calendar")
    grid = page.calendar.grid
    assert grid.current_day() is not None and grid.current_day().day == today  # type: ignore[union-attr]
    QTest.keyClick(grid, Key.Key_Return)
    panel = page.panel()
    assert isinstance(panel, DayPanel)
    page.close_panel()
    first = page.calendar.span()[0]
    QTest.keyClick(grid, Key.Key_PageDown)
    settled()
    assert (page.calendar.span()[0] - first).days == 7
    page.calendar.go_to_today()
    page.calendar.month.click()
    settled()
    assert page.calendar.span()[0] <= today.replace(day=1) <= page.calendar.span()[1]
    assert grid.model().rowCount() >= 4


def test_the_file_holds_every_order_the_filters_leave(
    opened: Open, three: tuple[int, int, int], tmp_path: Path, settled: Settled
) -> None:
    page = opened(overdue=True)
    sheet = page.prepare_sheet()()
    rows = list(sheet.rows)
    assert len(rows) == 1 and len(rows[0]) == len(sheet.columns)
    path = tmp_path / "orders.csv"
    with path.open("wb") as file:
        write_csv(page.prepare_sheet()(), "en", file)
    assert path.read_bytes().count(b"\n") == 2


def test_the_chosen_order_is_printed(
    opened: Open, three: tuple[int, int, int], shell: NotingShell, office_here: Office
) -> None:
    page = opened()
    page.table.select_row(0)
    page.print_page()
    assert shell.papers[0].number == card_of(office_here, three[2]).row.number


def test_a_scanned_number_opens_the_order(
    opened: Open, three: tuple[int, int, int], shell: NotingShell, office_here: Office, settled: Settled,
    context: AppContext,
) -> None:  # fmt: skip
    page = opened()
    number = card_of(office_here, three[0]).row.number
    assert page.scan(parse_scan(own_code(OwnKind.DOCUMENT, number)))
    settled()
    assert shell.went == [("purchasing.order", {"order_id": three[0]})]
    assert not page.scan(parse_scan("6901234567892"))
    things: list[Thing] = []
    find_by_scan(context, page, parse_scan(number), things.extend)
    settled()
    assert [(thing.kind, thing.id) for thing in things] == [("order", three[0])]


def test_the_palette_finds_orders_by_number_and_supplier(
    opened: Open, three: tuple[int, int, int], context: AppContext, office_here: Office, settled: Settled,
    shell: NotingShell,
) -> None:  # fmt: skip
    page = opened()
    number = card_of(office_here, three[1]).row.number
    hits: list[Hit] = []
    find_by_words(context, page, number, hits.extend)
    settled()
    assert [hit.title for hit in hits] == [number]
    hits[0].run()
    assert shell.went == [("purchasing.order", {"order_id": three[1]})]
    hits.clear()
    find_by_words(context, page, "Green", hits.extend)
    settled()
    assert len(hits) == 3


def test_actions_open_what_they_say(context: AppContext, shell: NotingShell, shop: Shop) -> None:
    registry = full_registry()
    for action_id, wanted in (
        ("purchasing.new_order", ("purchasing.order", {})),
        ("purchasing.overdue_orders", ("purchasing.orders", {"overdue": True})),
        ("purchasing.due", ("purchasing.orders", {"part": "due"})),
    ):
        registry.action(action_id).run(context)
        assert shell.went[-1] == wanted
    order_it = next(one for one in registry.thing_actions("item") if one.id == "purchasing.order_item")
    order_it.run(context, Thing("item", 7, "Rice"), None)
    assert shell.went[-1] == ("purchasing.order", {"item_id": 7})

"""What is odd, why it may be, and the button that puts it right; from everywhere it is offered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import counting, stock
from core.counting import CountPart
from core.office import Office
from core.stock import NewLine
from core.words import Permission
from desktop.context import AppContext
from desktop.counting.line_panel import LinePanel
from desktop.counting.review_page import ReviewPage
from desktop.detective import ROUTE, register, some_item, some_line
from desktop.detective.case_panel import CasePanel
from desktop.detective.odd_page import OddPage
from desktop.detective.spot_panel import SpotPanel
from desktop.shell.places import standard_registry
from desktop.shell.registry import Thing
from desktop.widgets import Label, PageBase, set_language
from tests.desktop.noting import NotingShell
from tests.helpers.scans import scan_of

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


@pytest.fixture
def mistaken(office_here: Office, count_id: int, items: dict[str, int]) -> int:
    """A complete count: oil entered in cases, rice issued twice by mistake, salt as in the book."""
    for _time in range(2):
        issued = NewLine(items["RICE"], D("6.5"), location_id=items["DRY"])
        office_here.do(stock.issue_goods, lines=(issued,), purpose="厨房")
    for line in office_here.ask(counting.list_count_lines, count_id=count_id):
        qty = {"OIL": "4", "RICE": "41.5", "SALT": "48"}[line.code]
        office_here.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(qty)),))
    office_here.do(counting.complete_count, count_id=count_id)
    return count_id


def line_of(office: Office, count_id: int, code: str) -> int:
    return next(line.id for line in office.ask(counting.list_count_lines, count_id=count_id) if line.code == code)


def case_of(page: OddPage) -> CasePanel:
    panel = page.panel()
    assert isinstance(panel, CasePanel)
    return panel


def words_of(panel: CasePanel) -> str:
    return " | ".join(label.text() for label in panel.findChildren(Label))


def test_the_page_is_offered_by_palette_and_scan(context: AppContext, shell: NotingShell) -> None:
    registry = standard_registry()
    register(registry)
    registry.action(ROUTE).run(context)
    (action,) = registry.thing_actions("item")
    action.run(context, Thing("item", 7, "Rice"), None)
    assert shell.went == [(ROUTE, {}), (ROUTE, {"item_id": 7})]


def test_nothing_odd_says_so(context: AppContext, items: dict[str, int], shown: Shown) -> None:
    page: OddPage = shown(OddPage(context))
    assert page.table.total() == 0
    assert page.panel() is None


def test_enter_says_why_and_the_button_has_it_counted_again(
    context: AppContext, mistaken: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    page: OddPage = shown(OddPage(context))
    assert [page.table.words_at(at, "code") for at in range(page.table.total())] == ["OIL", "RICE"]
    page.table.select_row(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    panel = case_of(page)
    assert "4 counted, 48 in the book" in words_of(panel)
    assert panel.mends[0].text() == "Count it again"
    panel.mends[0].click()
    settled()
    again = [line.code for line in office_here.ask(counting.list_count_lines, count_id=mistaken) if line.needs_recount]
    assert "OIL" in again
    assert shell.said == ["Done: Count it again"]


def test_a_count_s_line_is_looked_into_at_once_and_an_issue_taken_back(
    context: AppContext, mistaken: int, shown: Shown, settled: Settled, items: dict[str, int], qtbot: QtBot
) -> None:
    line_id = line_of(context.office, mistaken, "RICE")
    page: OddPage = shown(OddPage(context, count_line_id=line_id))
    settled()
    panel = case_of(page)
    assert panel.case.facts.difference == D("6.5")
    current = page.table.current_row()
    assert current is not None
    assert current.code == page.detail_title() == "RICE"
    panel.mends[0].click()
    settled()
    held = context.office.ask(stock.list_on_hand, item_id=items["RICE"])
    assert [row.qty for row in held] == [D("41.5")]
    qtbot.waitUntil(lambda: case_of(page).case.facts.difference == 0)


def test_who_may_not_reverse_gets_no_button_but_the_reason(
    context: AppContext, mistaken: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    shell.forbidden.add(Permission.STOCK_REVERSE)
    page: OddPage = shown(OddPage(context, count_line_id=line_of(office_here, mistaken, "RICE")))
    settled()
    assert "posted twice" in words_of(case_of(page))
    assert "Take" not in " ".join(button.text() for button in case_of(page).mends)


def test_a_scanned_item_is_asked_for_its_shelf(
    context: AppContext, items: dict[str, int], shown: Shown, settled: Settled
) -> None:
    page: OddPage = shown(OddPage(context))
    assert page.scan(scan_of("6901234567892"))
    settled()
    panel = page.panel()
    assert isinstance(panel, SpotPanel)
    panel.edits[0].type_text("576")
    QTest.keyClick(panel.edits[0].field(), Qt.Key.Key_Return)
    settled()
    assert "48 in the book" in words_of(case_of(page))


def test_differences_of_a_count_lead_here(
    context: AppContext, mistaken: int, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    page: ReviewPage = shown(ReviewPage(context, count_id=mistaken))
    first = page.table.row_at(0)
    assert first is not None
    page.open_line(first)
    settled()
    panel = page.panel()
    assert isinstance(panel, LinePanel)
    button = next(one for one in panel.findChildren(type(panel._close)) if one.text() == "Trace the difference")
    button.click()
    assert shell.went[-1] == (ROUTE, {"count_line_id": line_of(office_here, mistaken, "OIL")})


def test_pictures_find_something_to_show(office_here: Office, mistaken: int) -> None:
    assert some_line(office_here)["count_line_id"] == line_of(office_here, mistaken, "OIL")
    assert some_item(office_here)["item_id"]


def test_chinese_is_said_in_place(
    context: AppContext, mistaken: int, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: OddPage = shown(OddPage(context, count_line_id=line_of(office_here, mistaken, "OIL")))
    settled()
    set_language("zh")
    assert "是不是数的是" in words_of(case_of(page))

"""The tabs under the top bar mark the page on show, and no other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStyle, QStyleOptionTab
from pytestqt.qtbot import QtBot

from core.i18n import _, verbatim
from core.words import Permission
from desktop.shell import Page, ShellRegistry
from desktop.shell.frame import Frame
from desktop.shell.tabs import PlaceTabs
from tests.desktop.shell.conftest import page_factory


def looks_selected(tabs: PlaceTabs) -> list[bool]:
    """What is drawn of each tab."""
    looks = []
    for at in range(tabs.count()):
        option = QStyleOptionTab()
        tabs.initStyleOption(option, at)
        looks.append(bool(option.state & QStyle.StateFlag.State_Selected))
    return looks


@pytest.fixture
def registry(registry: ShellRegistry) -> ShellRegistry:
    posting = Page("stock.posting", _("Posting"), "stock", Permission.STOCK_VIEW, page_factory(_("Posting")), 70, False)
    registry.add_page(posting)
    return registry


def test_a_page_outside_the_tabs_marks_none(qtbot: QtBot, frame: Frame) -> None:
    frame.go("stock.count")
    assert looks_selected(frame.tabs) == [False, True]
    frame.go("stock.posting")
    assert frame.tabs.isVisible()
    assert frame.tabs.marked() == ""
    assert looks_selected(frame.tabs) == [False, False]
    frame.back()
    assert frame.tabs.marked() == "stock.count"
    assert looks_selected(frame.tabs) == [False, True]


def test_from_outside_the_keys_go_to_the_first_and_the_last_tab(frame: Frame) -> None:
    frame.go("stock.count")
    frame.go("stock.posting")
    assert frame.tabs.neighbour(1) == "stock.on_hand"
    assert frame.tabs.neighbour(-1) == "stock.count"


def many_pages(names: int) -> list[Page]:
    return [
        Page(f"stock.p{at}", verbatim(f"Page number {at}"), "stock", None, page_factory(_("Posting")), at)
        for at in range(names)
    ]


def test_pages_without_room_stand_behind_more(qtbot: QtBot) -> None:
    tabs = PlaceTabs()
    qtbot.addWidget(tabs)
    tabs.resize(500, 34)
    pages = many_pages(12)
    tabs.show_pages(pages, "stock.p0")
    tabs.show()
    assert tabs.tabText(0) == "Page number 0"
    assert tabs.tabText(tabs.count() - 1).startswith("More")
    assert tabs.count() - 1 + len(tabs.hidden_routes()) == 12
    assert tabs.tabRect(tabs.count() - 1).right() < tabs.width()
    tabs.resize(3000, 34)
    assert tabs.count() == 12
    assert tabs.hidden_routes() == []


def test_a_page_behind_more_gives_it_its_name_and_is_chosen_from_its_menu(qtbot: QtBot) -> None:
    tabs = PlaceTabs()
    qtbot.addWidget(tabs)
    tabs.resize(500, 34)
    tabs.show_pages(many_pages(12), "stock.p0")
    tabs.show()
    tabs.more_menu.aboutToShow.emit()
    last = tabs.more_menu.actions()[-1]
    with qtbot.waitSignal(tabs.chosen, check_params_cb=lambda route: bool(route == "stock.p11")):
        last.trigger()
    tabs.show_pages(many_pages(12), "stock.p11")
    assert tabs.tabText(tabs.count() - 1).startswith("Page number 11")
    assert looks_selected(tabs).index(True) == tabs.count() - 1
    assert tabs.neighbour(1) == "stock.p0"
    assert tabs.neighbour(-1) == "stock.p10"

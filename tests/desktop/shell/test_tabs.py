"""The tabs under the top bar mark the page on show, and no other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStyle, QStyleOptionTab
from pytestqt.qtbot import QtBot

from core.i18n import _
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

"""The base of every page: keys, states, panel."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import Unavailable
from core.i18n import _, verbatim
from desktop.context import LoadablePage
from desktop.widgets import ChipSpec, Column, DetailPanel, KeyHint, KeysOverlay, PageBase, RowTable, set_language
from desktop.widgets.states import EmptyState, ErrorState, LoadingState
from tests.desktop.widgets import scenes
from tests.helpers.accessibility import nameless_controls, tree_of


@dataclass(frozen=True)
class Row:
    id: int
    name: str


class Page(PageBase):
    """Notes what it was asked to do."""

    def __init__(self) -> None:
        super().__init__(_("Entry"), "What stands here")
        self.done: list[str] = []
        self.set_primary(_("Open"), lambda: self.done.append("primary"))
        self.add_more(_("Clear"), lambda: self.done.append("clear"), key="Ctrl+E")
        self.table = RowTable([Column("name", "Name", stretch=True)], name="Rows")
        self.set_table(self.table)
        self.set_empty("Nothing yet", "Begin.", [("New", lambda: None), ("Import", lambda: None)])

    def reload(self) -> None:
        self.done.append("reload")

    def print_page(self) -> None:
        self.done.append("print")

    def post(self) -> None:
        self.done.append("post")


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(1280, 640)
    page.show()
    qtbot.waitExposed(page)
    page.setFocus()
    return page


def shows(page: PageBase, kind: type[QWidget]) -> bool:
    return any(one.isVisible() for one in page.findChildren(kind))


@pytest.mark.parametrize(
    ("key", "done"),
    [(Qt.Key.Key_F2, "primary"), (Qt.Key.Key_F5, "reload"), (Qt.Key.Key_F8, "print"), (Qt.Key.Key_F9, "post")],
)
def test_the_same_keys_on_every_page(qtbot: QtBot, page: Page, key: Qt.Key, done: str) -> None:
    page.table.set_rows([Row(1, "a")])
    qtbot.keyClick(page.table, key)
    assert page.done == [done]


def test_a_grey_primary_action_is_not_done(qtbot: QtBot, page: Page) -> None:
    page.head.enable_primary(False)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    assert page.done == []


def test_more_entries_have_their_own_keys_and_all_are_told(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.done == ["clear"]
    assert {key for key, _words in list(page.keys())} == {"F2", "Enter", "Alt+Enter", "Ctrl+C", "Ctrl+E"}


def test_find_goes_to_the_search_and_tells_after_a_pause(qtbot: QtBot, page: Page) -> None:
    heard: list[str] = []
    line = page.add_search(heard.append)
    qtbot.waitUntil(line.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F3)
    assert page.focusWidget() is line
    qtbot.keyClicks(line, "tom")
    qtbot.waitUntil(lambda: heard == ["tom"])


def test_a_list_sees_to_its_own_states(qtbot: QtBot, page: Page) -> None:
    page.start_loading()
    assert not page.is_loaded()
    page.table.set_rows([])
    assert page.is_loaded()
    assert shows(page, EmptyState)
    page.table.set_rows([Row(1, "a"), Row(2, "b")])
    assert page.table.isVisible()
    assert page.head.count_words() == "2 rows"
    page.table.failed.emit(Unavailable(verbatim("The database does not answer.")))
    assert shows(page, ErrorState)
    assert page.error_text() == "The database does not answer."
    page.table.set_rows([Row(1, "a")])
    assert page.error_text() == ""


def test_a_narrowed_list_without_rows_is_not_called_empty(qtbot: QtBot, page: Page) -> None:
    page.chips.add(ChipSpec("low", "Low"))
    page.chips.set_value("low", True)
    page.table.set_rows([])
    assert page.table.isVisible()
    assert page.head.count_words() == "0 rows"


def test_waiting_shows_nothing_at_first_and_a_bar_later(qtbot: QtBot, page: Page) -> None:
    cancelled: list[bool] = []
    page.show_content()
    page.start_loading(cancel=lambda: cancelled.append(True))
    assert not shows(page, LoadingState)
    qtbot.waitUntil(lambda: shows(page, LoadingState))
    page.show_progress(20, 1000)
    page.show_content()
    assert not shows(page, LoadingState)


def test_the_panel_stands_beside_the_list_or_covers_it(qtbot: QtBot, page: Page) -> None:
    page.table.set_rows([Row(1, "a")])
    page.open_panel(DetailPanel("Tomato", "RAW-1"))
    assert page.table.width() < 900
    page.resize(900, 640)
    qtbot.waitUntil(lambda: page.table.width() == 900)
    panel = page.panel()
    assert panel is not None
    assert panel.width() == 900
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.panel() is None
    assert not page.escape()


def test_a_second_panel_takes_the_place_of_the_first_and_its_cross_closes_it(qtbot: QtBot, page: Page) -> None:
    first, second = DetailPanel("a"), DetailPanel("b")
    page.open_panel(first)
    page.open_panel(second)
    assert page.panel() is second
    with qtbot.waitSignal(second.close_requested):
        second.close_requested.emit()
    assert page.panel() is None


def test_the_frame_can_wait_for_a_page(page: Page) -> None:
    assert isinstance(page, LoadablePage)


def test_a_page_says_itself_in_another_language(page: Page) -> None:
    set_language("zh")
    assert page.accessibleName() == "记录"
    assert "打开" in " ".join(tree_of(page))


def test_the_keys_lie_over_the_page_until_a_key(qtbot: QtBot, page: Page) -> None:
    overlay = KeysOverlay(page, [("This page", page.keys()), ("Everywhere", [KeyHint("F5", "Refresh")])])
    overlay.show()
    assert overlay.size() == page.size()
    page.resize(1000, 600)
    qtbot.waitUntil(lambda: overlay.size() == page.size())
    with qtbot.waitSignal(overlay.destroyed):
        qtbot.keyClick(overlay, Qt.Key.Key_A)


@pytest.mark.parametrize("name", scenes.SCENES)
def test_every_control_has_a_name(qtbot: QtBot, name: str) -> None:
    scene = scenes.SCENES[name]()
    qtbot.addWidget(scene)
    scene.resize(1366, 768)
    scene.show()
    assert nameless_controls(scene) == []

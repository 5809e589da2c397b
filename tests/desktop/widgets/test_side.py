"""The panel beside a list: what was typed in it is not lost by Esc or by its cross."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.i18n import _
from desktop.widgets import Button, Choice, DetailPanel, Form, PageBase, TextEdit


@pytest.fixture
def page(qtbot: QtBot) -> PageBase:
    made = PageBase(_("Items"))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def opened(page: PageBase) -> Form:
    """A form in a panel, with a choice the page fills in by itself."""
    form, panel = Form(), DetailPanel(_("Item"))
    form.add("name", _("Name"), TextEdit())
    form.add("unit", _("Unit"), Choice(options=[("kg", "kg"), ("g", "g")]))
    form.editor("unit").set_value("g")
    panel.add_widget(form)
    page.open_panel(panel)
    return form


def press(page: PageBase, words: str) -> None:
    QTest.mouseClick(next(b for b in page.findChildren(Button) if b.text() == words), Qt.MouseButton.LeftButton)


def test_esc_closes_a_panel_in_which_nothing_was_typed(page: PageBase) -> None:
    opened(page)
    assert page.escape()
    assert page.panel() is None


def test_esc_and_the_cross_ask_before_typing_is_lost(page: PageBase) -> None:
    form = opened(page)
    QTest.keyClicks(form.editor("name").field(), "Tomato")
    QTest.keyClick(form.editor("name").field(), Qt.Key.Key_Escape)
    assert page.panel() is not None
    press(page, "Keep editing")
    panel = page.panel()
    assert isinstance(panel, DetailPanel)
    panel.close_requested.emit()
    assert page.panel() is panel
    assert form.read() == {"name": "Tomato", "unit": "g"}
    press(page, "Throw away")
    assert page.panel() is None


def test_esc_twice_goes_on_editing(page: PageBase) -> None:
    form = opened(page)
    QTest.keyClicks(form.editor("name").field(), "Tomato")
    assert page.escape()
    assert page.escape()
    assert page.panel() is not None
    form.mark_unchanged()
    assert page.escape()
    assert page.panel() is None

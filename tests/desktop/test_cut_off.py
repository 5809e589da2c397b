"""What the tour says about words that are cut, widgets beyond their frame and tables that are too wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.cut_off import cut_off
from desktop.theme import apply_theme

LONG = "Words that need a good deal of room to be read"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    yield


def found_with(qtbot: QtBot, widget: QWidget, width: int = 0, height: int = 0) -> list[str]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    widget.setParent(window)
    widget.setGeometry(10, 10, width or widget.sizeHint().width(), height or widget.sizeHint().height())
    window.show()
    qtbot.waitExposed(window)
    return cut_off(window)


@pytest.mark.parametrize("make", [QLabel, QPushButton])
def test_words_with_room_are_whole_and_without_are_told(qtbot: QtBot, make: type[QLabel | QPushButton]) -> None:
    assert found_with(qtbot, make(LONG)) == []
    [finding] = found_with(qtbot, make(LONG), 60)
    assert LONG in finding and make.__name__ in finding


def test_lines_that_do_not_fit_below_each_other(qtbot: QtBot) -> None:
    label = QLabel(LONG)
    label.setWordWrap(True)
    [finding] = found_with(qtbot, label, 80, 24)
    assert finding.startswith("lines cut")


def test_a_squeezed_label(qtbot: QtBot) -> None:
    [finding] = found_with(qtbot, QLabel("Amount"), 200, 5)
    assert finding.startswith("squeezed")


def test_fields_and_choices(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setPlaceholderText(LONG)
    assert any(one.startswith("field cut") for one in found_with(qtbot, field, 80))
    choice = QComboBox()
    choice.addItem(LONG)
    assert any(one.startswith("choice cut") for one in found_with(qtbot, choice, 80))


def test_a_table_too_wide_and_a_heading_cut(qtbot: QtBot) -> None:
    table = QTableWidget(2, 3)
    assert any("wider than its room" in one for one in found_with(qtbot, table, 150, 120))
    table = QTableWidget(2, 1)
    table.setHorizontalHeaderLabels([LONG])
    assert any(one.startswith("heading cut") for one in found_with(qtbot, table, 300, 120))


def test_a_widget_beyond_its_frame(qtbot: QtBot) -> None:
    box = QWidget()
    part = QWidget(box)
    part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    part.setGeometry(0, 0, 150, 40)
    [finding] = found_with(qtbot, box, 100, 60)
    assert finding.startswith("out of its frame by 48")


def test_what_is_not_shown_is_not_looked_at(qtbot: QtBot) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    column.addWidget(QLabel("short"))
    hidden = QLabel(LONG, box)
    hidden.setGeometry(0, 0, 10, 10)
    hidden.hide()
    assert found_with(qtbot, box) == []

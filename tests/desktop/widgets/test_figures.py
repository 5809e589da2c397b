"""Words of numbers, charts, cards, the why of a figure, papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.values import parse_quantity
from desktop.widgets import (
    Bar,
    BarChart,
    BridgeChart,
    BridgeStep,
    FigureCard,
    Notice,
    PdfView,
    Sparkline,
    Tabs,
    Words,
    date_words,
    money_words,
    number_words,
    percent_words,
)
from desktop.widgets.words import Label
from tests.desktop.widgets import scenes


@pytest.mark.parametrize(
    ("number", "words"),
    [(Decimal("1234.500"), "1,234.5"), (Decimal("-0.25"), "−0.25"), (Decimal("1E+3"), "1,000"), (7, "7")],
)
def test_numbers_have_groups_and_a_real_minus(number: Decimal, words: str) -> None:
    assert number_words(number) == words


def test_money_and_shares_and_days() -> None:
    assert money_words(Decimal("-1234.5"), sign=True) == "−¥1,234.50"
    assert money_words(Decimal("0.12345")) == "0.12345"
    assert percent_words(Decimal("0.18")) == "18.0 %"
    assert date_words(date.max) == "∞"


@given(st.decimals(min_value=-999_999, max_value=999_999, places=6, allow_nan=False))
def test_a_quantity_as_shown_is_read_back(number: Decimal) -> None:
    assert parse_quantity(number_words(number).replace(",", "")) == number


def test_a_bridge_closes_whatever_the_steps(qtbot: QtBot) -> None:
    bridge = BridgeChart(
        "Bridge",
        [
            BridgeStep("was", "Before", Decimal("100.00"), True),
            BridgeStep("up", "Price", Decimal("12.34")),
            BridgeStep("down", "Waste", Decimal("-2.04")),
            BridgeStep("is", "Now", is_total=True),
        ],
        shown=money_words,
    )
    qtbot.addWidget(bridge)
    assert [label for _words, label in bridge.labels()] == ["100.00", "+12.34", "−2.04", "110.30"]
    assert "Now 110.30" in bridge.accessibleDescription()


def test_a_bar_is_picked_by_keyboard_and_mouse(qtbot: QtBot) -> None:
    chart = BarChart("Waste", [Bar(n, f"Reason {n}", Decimal(n - 1)) for n in range(3)])
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.picked) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == [1]
    with qtbot.waitSignal(chart.picked) as told:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().center() + chart.rect().bottomRight() / 3)
    assert told.args == [2]
    assert not chart.grab().isNull()


def test_a_trend_with_holes_is_drawn_and_told(qtbot: QtBot) -> None:
    line = Sparkline([Decimal(1), None, Decimal("2.5"), Decimal(2)])
    qtbot.addWidget(line)
    assert line.accessibleName() == "from 1 to 2"
    assert not line.grab().isNull()
    line.set_values([])
    assert not line.grab().isNull()


def test_a_card_is_one_button_that_says_everything(qtbot: QtBot) -> None:
    opened: list[bool] = []
    card = FigureCard("Stock value", lambda: opened.append(True))
    qtbot.addWidget(card)
    card.set_figure("128,430.55", "CNY")
    card.set_note("as at 10:42")
    assert card.accessibleName() == "Stock value, 128,430.55 CNY, as at 10:42"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert opened == [True]


def test_the_why_of_a_figure_adds_up_or_says_that_it_does_not(qtbot: QtBot) -> None:
    right, wrong = scenes.make_why(), scenes.make_why(off="0.5")
    for panel in (right, wrong):
        qtbot.addWidget(panel)
        panel.resize(420, 600)
        panel.show()
    assert right.agrees()
    assert right.findChild(Notice) is None
    assert not wrong.agrees()
    notice = wrong.findChild(Notice)
    assert notice is not None
    assert wrong.sum_words() in notice.text()
    right.table.select_row(2)
    with qtbot.waitSignal(right.entry_activated) as told:
        qtbot.keyClick(right.table, Qt.Key.Key_Return)
    assert told.args[0].id == 3


def test_a_paper_is_shown_page_by_page(qtbot: QtBot) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    view.show_pdf(scenes.sample_pdf())
    view.set_zoom(1.0)
    assert (view.page_count(), view.where_words()) == (3, "Page 1 of 3")
    with qtbot.waitSignal(view.page_changed) as told:
        view.go_to_page(3)
    assert told.args == [3]
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, 250).name() for x in range(0, 600, 2)}
    assert len(colours) > 1
    before = view.zoom()
    qtbot.keyClick(view.focusProxy(), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() > before
    assert view.current_page() == 3
    view.fit_width()
    assert 0.5 < view.zoom() < 2


def test_what_is_no_pdf_is_said_so(qtbot: QtBot) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.show()
    view.show_pdf(b"hello")
    assert not view.is_readable()
    assert "damaged" in view.findChildren(Notice)[0].text()


def test_tabs_keep_their_words(qtbot: QtBot) -> None:
    tabs = Tabs("Parts")
    qtbot.addWidget(tabs)
    words: Words = "Facts"
    at = tabs.add(words, Label("x"))
    tabs.set_words(at, "Facts (3)")
    assert tabs.tabText(0) == "Facts (3)"

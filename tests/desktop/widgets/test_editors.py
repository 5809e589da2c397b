"""Editors: exact values out of what people type, and sentences for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.dates import NEVER
from core.errors import InvalidInput
from core.i18n import _
from desktop.widgets import (
    CheckEdit,
    Choice,
    CodeEdit,
    DateEdit,
    Editor,
    Found,
    MoneyEdit,
    NoteEdit,
    QtyEdit,
    RecordPicker,
    TextEdit,
    set_language,
)

TODAY = date(2026, 11, 21)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("12,000", "12000"),
        ("１２．５", "12.5"),
        ("1/2", "0.5"),
        ("3*12+5", "41"),
        ("3x12", "36"),
        ("2.5kg", "2.5"),
        ("2 case", "2"),
        ("2箱", "2"),
    ],
)
def test_a_quantity_is_read_as_people_write_it(qtbot: QtBot, typed: str, meant: str) -> None:
    edit = QtyEdit("Quantity")
    qtbot.addWidget(edit)
    edit.set_units([("kg", "kg"), ("case", "case"), ("xiang", "箱")])
    edit.type_text(typed)
    assert edit.value() == Decimal(meant)


def test_a_unit_behind_the_number_is_chosen_and_a_sum_becomes_its_result(qtbot: QtBot) -> None:
    edit = QtyEdit("Quantity")
    shown(qtbot, edit)
    edit.set_units([("kg", "kg"), ("case", "case")])
    edit.field().setFocus()
    qtbot.keyClicks(edit.field(), "2*3 case")
    with qtbot.waitSignal(edit.unit_changed):
        qtbot.keyClick(edit.field(), Qt.Key.Key_Return)
    assert (edit.text(), edit.unit(), edit.value()) == ("6", "case", Decimal(6))


def test_an_unknown_unit_and_a_negative_are_refused_and_stay_as_typed(qtbot: QtBot) -> None:
    edit = QtyEdit("Quantity")
    qtbot.addWidget(edit)
    edit.set_units([("kg", "kg"), ("case", "case")])
    edit.type_text("2 boxes")
    assert not edit.check()
    assert edit.error() == "“boxes” is not a unit of this. Possible: kg, case."
    assert edit.text() == "2 boxes"
    edit.type_text("-3")
    assert edit.error() == ""
    assert not edit.check()
    edit.type_text("abc")
    with pytest.raises(InvalidInput):
        edit.value()


def test_money_has_the_currencys_decimals_and_a_unit_price_more(qtbot: QtBot) -> None:
    amount, price = MoneyEdit("Amount"), MoneyEdit("Price", decimals=6)
    for edit in (amount, price):
        qtbot.addWidget(edit)
    amount.type_text("¥1,234.5")
    assert amount.value() == Decimal("1234.50")
    amount.type_text("1.234")
    assert not amount.check()
    price.type_text("1.2345")
    assert price.value() == Decimal("1.2345")
    price.set_value(Decimal("0.123456"))
    assert price.text() == "0.123456"


def test_a_date_takes_shorthand_and_shows_the_day(qtbot: QtBot) -> None:
    edit = DateEdit("Expires", today=lambda: TODAY)
    shown(qtbot, edit)
    edit.field().setFocus()
    qtbot.keyClicks(edit.field(), "+3d")
    qtbot.keyClick(edit.field(), Qt.Key.Key_Return)
    assert edit.text() == "2026-11-24"
    qtbot.keyClick(edit.field(), Qt.Key.Key_Up)
    qtbot.keyClick(edit.field(), Qt.Key.Key_PageUp)
    assert edit.value() == date(2026, 12, 2)
    qtbot.keyClick(edit.field(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert edit.value() == date(2026, 11, 2)


def test_never_is_a_date_only_where_it_may_be(qtbot: QtBot) -> None:
    may, may_not = DateEdit("a", today=lambda: TODAY, never=True), DateEdit("b", today=lambda: TODAY)
    for edit in (may, may_not):
        qtbot.addWidget(edit)
        edit.type_text("x")
    assert may.value() == NEVER
    may.set_value(NEVER)
    assert may.value() == NEVER
    assert not may_not.check()


def test_a_code_keeps_the_input_method_out(qtbot: QtBot) -> None:
    edit = CodeEdit("Code", upper=True)
    qtbot.addWidget(edit)
    assert not edit.field().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    edit.type_text(" ａｂ-００1 ")
    assert edit.value() == "AB-001"


def test_words_have_a_longest_length(qtbot: QtBot) -> None:
    edit, note = TextEdit("Name", most=5), NoteEdit("Remark", most=5)
    for one in (edit, note):
        qtbot.addWidget(one)
    edit.type_text("  abc  ")
    assert edit.value() == "abc"
    edit.type_text("abcdef")
    assert not edit.check()
    note.set_value("abcdef")
    assert not note.check()
    assert note.error() == "At most 5 characters; these are 6."


def test_a_choice_can_be_typed_when_it_is_long(qtbot: QtBot) -> None:
    choice = Choice("Place", [(n, f"Place {n}") for n in range(20)])
    shown(qtbot, choice)
    line = choice.findChild(type(TextEdit("x").field()).__mro__[1])  # the line inside the box
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "place 13")
    assert choice.value() == 13
    line.clear()
    qtbot.keyClicks(line, "nowhere")
    assert not choice.check()
    assert "nowhere" in choice.error()


def test_a_short_choice_keeps_its_value_over_new_options_and_language(qtbot: QtBot) -> None:
    choice = Choice("Kind", [("a", _("Close")), ("b", _("Cancel"))], empty=_("All"))
    qtbot.addWidget(choice)
    assert choice.value() is None
    choice.set_value("b")
    set_language("zh")
    assert choice.value() == "b"
    box = choice.field()
    assert box.property("currentText") == "取消"
    choice.set_options([("b", _("Cancel")), ("c", _("More"))])
    assert choice.value() == "b"
    choice.set_options([("c", _("More"))])
    assert choice.value() is None


class Shelf:
    """Answers a picker, late when told so."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self.waiting: list[Callable[[Sequence[Found]], None]] = []
        self.is_late = False
        self.asked: list[str] = []

    def __call__(self, text: str, then: Callable[[Sequence[Found]], None]) -> None:
        self.asked.append(text)
        if self.is_late:
            self.waiting.append(then)
        else:
            then([one for one in self.found if text.casefold() in one.words().casefold()])


SHELF = (Found(1, "RAW-1", "Tomato", "12 kg"), Found(2, "RAW-2", "Olive oil", "3"))


def test_enter_takes_the_first_that_fits(qtbot: QtBot) -> None:
    picker = RecordPicker("Item", Shelf(SHELF))
    shown(qtbot, picker)
    picker.field().setFocus()
    qtbot.keyClicks(picker.field(), "oil")
    with qtbot.waitSignal(picker.picked) as told:
        qtbot.keyClick(picker.field(), Qt.Key.Key_Return)
    assert told.args == [SHELF[1]]
    assert (picker.value(), picker.text()) == (2, "RAW-2  Olive oil")


def test_typed_words_without_a_record_are_an_error(qtbot: QtBot) -> None:
    picker = RecordPicker("Item", Shelf(SHELF))
    shown(qtbot, picker)
    picker.field().setFocus()
    qtbot.keyClicks(picker.field(), "nothing")
    qtbot.keyClick(picker.field(), Qt.Key.Key_Return)
    assert "nothing" in picker.error()
    assert picker.text() == "nothing"


def test_the_list_drops_down_after_a_pause_and_late_answers_are_dropped(qtbot: QtBot) -> None:
    shelf = Shelf(SHELF)
    shelf.is_late = True
    picker = RecordPicker("Item", shelf)
    shown(qtbot, picker)
    picker.field().setFocus()
    qtbot.keyClicks(picker.field(), "raw")
    qtbot.waitUntil(lambda: shelf.asked == ["raw"])
    qtbot.keyClicks(picker.field(), "-2")
    qtbot.waitUntil(lambda: shelf.asked == ["raw", "raw-2"])
    shelf.waiting[1]([SHELF[1]])
    shelf.waiting[0](SHELF)
    qtbot.keyClick(picker.field(), Qt.Key.Key_Return)
    shelf.waiting[-1]([SHELF[1]])
    assert picker.value() == 2


def test_an_edit_takes_the_error_away_and_tells(qtbot: QtBot) -> None:
    edit = TextEdit("Name")
    shown(qtbot, edit)
    edit.set_error("Taken.")
    assert edit.field().accessibleDescription() == "Taken."
    with qtbot.waitSignal(edit.changed):
        qtbot.keyClicks(edit.field(), "a")
    assert edit.error() == ""


@pytest.mark.parametrize(
    "make",
    [
        lambda: QtyEdit("x"),
        lambda: MoneyEdit("x"),
        lambda: DateEdit("x", today=lambda: TODAY),
        lambda: TextEdit("x"),
        lambda: NoteEdit("x"),
        lambda: CodeEdit("x"),
        lambda: Choice("x", [(1, "one")]),
        lambda: RecordPicker("x", Shelf(SHELF)),
    ],
)
def test_every_editor_is_empty_at_first_named_and_can_be_required(qtbot: QtBot, make: Callable[[], Editor]) -> None:
    edit = make()
    qtbot.addWidget(edit)
    edit.clear()
    assert edit.value() is None
    assert edit.field().accessibleName() == "x"
    assert edit.check()
    edit.set_required(True)
    assert not edit.check()
    assert edit.error() == "Please fill this in."


def test_a_check_box_is_no_or_yes(qtbot: QtBot) -> None:
    box = CheckEdit("Track lots")
    qtbot.addWidget(box)
    assert box.value() is False
    box.set_value(True)
    assert box.value() is True

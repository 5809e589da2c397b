"""Forms: values by key, errors at their field, columns by room."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import InvalidInput
from core.i18n import _, verbatim
from desktop.widgets import Form, Label, Notice, QtyEdit, TextEdit, set_language


def make_form(qtbot: QtBot) -> Form:
    form = Form()
    form.add("name", "Name", TextEdit(), required=True)
    form.add("qty", _("How much"), QtyEdit())
    form.add("note", "Remark", TextEdit(), span=True, hint="For the kitchen")
    qtbot.addWidget(form)
    form.resize(800, 300)
    form.show()
    qtbot.waitExposed(form)
    return form


def test_a_form_gives_its_values_or_goes_to_the_first_wrong_field(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    form.editor("qty").field().setFocus()
    qtbot.keyClicks(form.editor("qty").field(), "twelve")
    assert form.read() is None
    assert form.editor("name").error() == "Please fill this in."
    assert form.editor("qty").error() != ""
    assert form.focusWidget() is form.editor("name").field()
    form.set_values({"name": "Tomato", "qty": Decimal("1.5")})
    assert form.read() == {"name": "Tomato", "qty": Decimal("1.5"), "note": None}


def test_an_error_stands_at_its_field_or_on_top(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    form.show_error(InvalidInput(verbatim("Taken."), field="name"))
    assert form.editor("name").error() == "Taken."
    form.show_error(InvalidInput(verbatim("The place is locked."), field="location"))
    notice = form.findChild(Notice)
    assert notice is not None
    assert (notice.text(), notice.isVisible()) == ("The place is locked.", True)
    form.clear_errors()
    assert not notice.isVisible()
    assert form.editor("name").error() == ""


def test_a_form_knows_whether_it_was_changed(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    form.set_values({"name": "Tomato"})
    assert not form.is_changed()
    form.editor("qty").field().setFocus()
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.editor("qty").field(), "unreadable")
    assert form.is_changed()
    form.clear()
    assert not form.is_changed()


def test_enter_goes_on_and_in_the_last_field_hands_in(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    form.editor("name").field().setFocus()
    qtbot.keyClick(form.editor("name").field(), Qt.Key.Key_Return)
    assert form.focusWidget() is form.editor("qty").field()
    form.editor("note").field().setFocus()
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.editor("note").field(), Qt.Key.Key_Return)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.editor("name").field(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_two_columns_where_there_is_room(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    name, qty = form.editor("name"), form.editor("qty")
    assert name.mapTo(form, name.pos()).y() == qty.mapTo(form, qty.pos()).y()
    form.resize(400, 400)
    qtbot.waitUntil(lambda: qty.mapTo(form, qty.pos()).y() > name.mapTo(form, name.pos()).y())


def test_what_was_typed_outlives_a_switch_of_language(qtbot: QtBot) -> None:
    form = make_form(qtbot)
    name = form.editor("name")
    assert isinstance(name, TextEdit)
    name.type_text("番茄")
    form.editor("qty").set_error(_("Please fill this in."))
    set_language("zh")
    assert form.editor("name").value() == "番茄"
    assert form.editor("qty").error() == "请填写此项。"
    assert form.editor("qty").field().accessibleName() == "数值"
    labels = {label.text() for label in form.findChildren(Label)}
    assert {"Name *", "数值", "For the kitchen"} <= labels

"""A question that needs a yes before work goes on: short words, no blocking of the rest of the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.i18n import Text, _
from desktop.theme import Meaning, icon_pixmap
from desktop.widgets import ui_text


def ask_question(
    owner: QObject,
    question: Text,
    answered: Callable[[bool], object],
    *,
    yes: Text | None = None,
    no: Text | None = None,
    enter_is_yes: bool = False,
) -> QMessageBox:
    """Ask over the owner's window; `answered` gets the answer. Esc and Enter are No, so nothing is done by haste; with
    `enter_is_yes` Enter goes on, where the person has just asked for it and nothing speaks against it."""
    box = QMessageBox(window_of(owner))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(icon_pixmap("question", 32, Meaning.ACCENT))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(ui_text(_("Steward")))
    box.setText(ui_text(question))
    go_on = box.addButton(ui_text(yes or _("Go on")), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(ui_text(no or _("Cancel")), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go_on if enter_is_yes else stop)
    box.setEscapeButton(stop)
    box.finished.connect(lambda _result: answered(box.clickedButton() is go_on))
    box.open()
    return box


def window_of(owner: QObject) -> QWidget | None:
    """The window an object belongs to, else the one in front."""
    place: QObject | None = owner
    while place is not None and not isinstance(place, QWidget):
        place = place.parent()
    return place.window() if isinstance(place, QWidget) else QApplication.activeWindow()

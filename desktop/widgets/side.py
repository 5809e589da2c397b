"""A list with a panel beside it; where there is no room the panel covers the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.i18n import _
from desktop.theme import Meaning, text_px
from desktop.widgets.form import Form
from desktop.widgets.notice import Banner
from desktop.widgets.words import Button

BESIDE_FROM = 1020
LEAST_LIST = 480


class SidePanel(QWidget):
    """Holds the contents and at most one panel. `closed` is emitted when the panel goes."""

    closed = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)
        self._panel: QWidget | None = None
        self._wide = 0
        self._asked = Banner(meaning=Meaning.SOON, parent=self)
        self._asked.add_button(Button(_("Keep editing"), self._keep))
        self._asked.add_button(Button(_("Throw away"), self.close_panel, kind="danger"))
        self._asked.hide()

    def panel(self) -> QWidget | None:
        """The panel that is open."""
        return self._panel

    def is_covering(self) -> bool:
        """Whether the panel lies over the contents."""
        return self._panel is not None and self._content.width() == self.width()

    def open(self, panel: QWidget, wide: int) -> None:
        """Show a panel in the place of the one before."""
        if self._panel is not None and self._panel is not panel:
            self._drop()
        self._panel, self._wide = panel, text_px(wide)
        panel.setParent(self)
        close_requested = getattr(panel, "close_requested", None)
        if close_requested is not None:
            close_requested.connect(self.ask_close, Qt.ConnectionType.UniqueConnection)
        panel.installEventFilter(self)
        self._place()
        panel.show()
        panel.raise_()

    def ask_close(self) -> None:
        """Take the panel away (Esc, its cross); while something typed in it is not saved, ask first. Esc again stays."""
        if self._panel is not None and self._asked.isVisible():
            self._keep()
        elif self._panel is not None and any(form.has_typing() for form in self._panel.findChildren(Form)):
            self._asked.say(_("What was typed here is not saved."), Meaning.SOON)
            self._place()
            self._asked.raise_()
        else:
            self.close_panel()

    def is_asking(self) -> bool:
        """Whether it waits to hear what shall become of what was typed."""
        return self._panel is not None and self._asked.isVisible()

    def _keep(self) -> None:
        self._asked.hide()
        if self._panel is not None:
            self._panel.setFocus()

    def close_panel(self) -> None:
        """Take the panel away."""
        if self._panel is not None:
            self._drop()
            self._place()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self._panel and is_escape and event.type() == QEvent.Type.KeyPress:
            self.ask_close()
            return True
        return False

    def _drop(self) -> None:
        self._asked.hide()
        if self._panel is not None:
            self._panel.removeEventFilter(self)
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None

    def _place(self) -> None:
        room = self.rect()
        if self._panel is None:
            self._content.setGeometry(room)
        elif self.width() >= max(BESIDE_FROM, self._wide + LEAST_LIST):
            edge = room.width() - self._wide
            self._content.setGeometry(QRect(0, 0, edge, room.height()))
            self._panel.setGeometry(QRect(edge, 0, self._wide, room.height()))
        else:
            self._content.setGeometry(room)
            self._panel.setGeometry(room)
        if self._panel is not None:
            over = self._panel.geometry()
            high = max(self._asked.heightForWidth(over.width()), self._asked.sizeHint().height())
            self._asked.setGeometry(over.x(), over.y(), over.width(), high)

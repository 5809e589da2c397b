"""The one window: first start, sign-in, the frame and the lock screen are stages in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.i18n import Text
from desktop.settings import Settings
from desktop.widgets import Label

APP_TITLE = "Steward"
SIZE = (1366, 768)
TITLE_BAR = 48


class WaitStage(QWidget):
    """A line in the middle while something is opened."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.setProperty("role", "page")
        layout = QVBoxLayout(self)
        name = Label(APP_TITLE, "title")
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = Label(words, "muted")
        below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(name)
        layout.addWidget(below)
        layout.addStretch(1)


class MainWindow(QMainWindow):
    """Shows one stage at a time; remembers where it stood."""

    def __init__(self, settings: Settings, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self._settings = settings
        self._may_close = may_close
        self._stages = QStackedWidget()
        self.setCentralWidget(self._stages)
        self.setWindowTitle(APP_TITLE)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))
        geometry = settings.window_geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def show_first(self) -> None:
        """Show the window where it stood last; at first over the whole of a screen that has no room to spare."""
        room = self.screen().availableSize()
        is_narrow = room.width() <= SIZE[0] or room.height() < SIZE[1] + TITLE_BAR
        if is_narrow and self._settings.window_geometry().isEmpty():
            self.showMaximized()
        else:
            self.show()

    def show_stage(self, stage: QWidget, *, keep: QWidget | None = None) -> None:
        """Show a stage; the others are thrown away but `keep`."""
        if self._stages.indexOf(stage) < 0:
            self._stages.addWidget(stage)
        self._stages.setCurrentWidget(stage)
        for number in reversed(range(self._stages.count())):
            other = self._stages.widget(number)
            if other is not stage and other is not keep and other is not None:
                self._stages.removeWidget(other)
                other.deleteLater()

    def stage(self) -> QWidget | None:
        """The stage on show."""
        return self._stages.currentWidget()

    def show_title(self, *parts: str) -> None:
        """Page, site and program in the title."""
        self.setWindowTitle(" · ".join([*(part for part in parts if part), APP_TITLE]))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._settings.remember_window(self.saveGeometry())
        event.accept()

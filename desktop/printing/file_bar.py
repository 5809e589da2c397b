"""How far a file is that is being written: a band at the foot of its page, only when it takes longer than a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from core.i18n import Text
from desktop.widgets import WorkBar
from desktop.widgets.work_bar import Stoppable

PATIENCE_MS = 1000


class FileBar(WorkBar):
    """Lies over the foot of `owner`; takes itself away when the work is over."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self.setParent(owner)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._owner = owner
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._come_up)
        owner.installEventFilter(self)

    def start(self, job: Stoppable, words: Text, stopped: Callable[[], object]) -> None:
        """Begin; nothing is shown within the first second."""
        super().start(job, words, stopped)
        self.hide()
        self._patience.start()

    def finish(self) -> None:
        """It is over."""
        super().finish()
        self._patience.stop()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _come_up(self) -> None:
        if self.is_working:
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        high = self.sizeHint().height()
        self.setGeometry(0, self._owner.height() - high, self._owner.width(), high)

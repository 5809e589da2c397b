"""Passing words: a line that says what was posted, with Undo and Print; a toast over the page that goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.theme import Meaning, theme
from desktop.widgets.language import Words
from desktop.widgets.words import Button, IconLabel, Label

STAYS_MS = 5000
Link = tuple[Words, Callable[[], object]]


class StatusLine(QWidget):
    """One quiet line: an icon, what happened, and links (Undo, Print). It asks nothing and takes no focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("check", Meaning.GOOD, 16)
        self._words = Label("")
        self._links: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words)
        self._row.addStretch(1)
        self._icon.hide()

    def say(self, words: Words, links: Sequence[Link] = (), meaning: Meaning = Meaning.GOOD) -> None:
        """Say what happened; links stand behind it until the next line."""
        self._words.set_words(words)
        self._icon.set_icon("check" if meaning is Meaning.GOOD else "warning", meaning)
        self._icon.setVisible(bool(words))
        for link in self._links:
            link.deleteLater()
        self._links = [Button(label, do, kind="link") for label, do in links]
        for number, link in enumerate(self._links):
            link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.insertWidget(2 + number, link)

    def clear(self) -> None:
        """Say nothing."""
        self.say("")

    def text(self) -> str:
        """What it says."""
        return self._words.text()


class Toast(QWidget):
    """Words on a dark strip at the foot of a window; gone after some seconds or a click."""

    def __init__(self, over: QWidget, words: Words, *, is_error: bool = False, link: Link | None = None) -> None:
        super().__init__(over)
        self._meaning = Meaning.DANGER if is_error else Meaning.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(IconLabel("error" if is_error else "check", self._meaning))
        self._label = Label(words, wrap=False)
        row.addWidget(self._label)
        if link is not None:
            button = Button(link[0], link[1], kind="link")
            button.clicked.connect(self.close)
            row.addWidget(button)
        over.installEventFilter(self)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(STAYS_MS * (2 if is_error else 1))
        self._leave.timeout.connect(self.close)
        self._fit()
        self.show()
        self.raise_()
        self._leave.start()

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        most = max(over.width() - 64, 200)
        self._label.setWordWrap(False)
        if self.sizeHint().width() > most:
            self._label.setWordWrap(True)
            self._label.setMinimumWidth(most - 80)
        self.adjustSize()
        self.move(QPoint((over.width() - self.width()) // 2, over.height() - self.height() - 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.edge))
        painter.setBrush(QColor(t.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


def show_toast(over: QWidget, words: Words, *, is_error: bool = False, link: Link | None = None) -> Toast:
    """Show a passing line over a window; the one before goes."""
    for before in over.findChildren(Toast):
        before.close()
    return Toast(over, words, is_error=is_error, link=link)

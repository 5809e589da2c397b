"""The footer: health at the left, what was saved last at the right with Undo and Print."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from core.i18n import Text, _, verbatim
from desktop.context import Posted
from desktop.shell.registry import LightState
from desktop.theme import Meaning, theme
from desktop.widgets import Button, Label, local_time, restyle

HEIGHT = 32
SCAN_SHOWN_MS = 20_000
_LEVELS = {"good": Meaning.GOOD, "warn": Meaning.SOON, "bad": Meaning.DANGER}


class Lamp(QWidget):
    """A small round lamp; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(12, 12)
        self.level = "off"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        meaning = _LEVELS.get(self.level)
        painter.setBrush(Qt.GlobalColor.transparent if meaning is None else theme().ink(meaning))
        painter.setPen(theme().edge if meaning is None else theme().ink(meaning))
        painter.drawEllipse(1, 2, 9, 9)


class HealthLight(QWidget):
    """A lamp with its words."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._lamp = Lamp()
        self._words = Label(text, "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._lamp)
        layout.addWidget(self._words)

    def show_state(self, state: LightState) -> None:
        """Another level and other words."""
        self._lamp.level = state.level
        self._lamp.update()
        self._words.set_words(state.text)

    @property
    def words(self) -> str:
        """What the light says now."""
        return self._words.text()


class Footer(QFrame):
    """Health and the last saving."""

    undo_pressed = Signal()
    print_pressed = Signal()
    labels_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setFixedHeight(HEIGHT)
        self.database = HealthLight(_("Database"))
        self._saved = Label("", "small")
        self._saved.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._saved.setAccessibleName(" ")
        self._scan = Label("", "small")
        self._scan.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scan.setAccessibleName(" ")
        self._undo = Button(_("Undo"), self.undo_pressed.emit, kind="link")
        self._print = Button(_("Print"), self.print_pressed.emit, kind="link")
        self._labels = Button(_("Labels"), self.labels_pressed.emit, kind="link")
        self._scan_over = QTimer(self)
        self._scan_over.setSingleShot(True)
        self._scan_over.setInterval(SCAN_SHOWN_MS)
        self._scan_over.timeout.connect(self._scan.clear)
        self._lights = QHBoxLayout()
        self._lights.setSpacing(16)
        self._lights.addWidget(self.database)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addLayout(self._lights)
        layout.addWidget(self._scan, 1)
        layout.addWidget(self._saved, 1)
        layout.addWidget(self._undo)
        layout.addWidget(self._print)
        layout.addWidget(self._labels)
        self._hide_links()

    def add_light(self, light: HealthLight) -> None:
        """One more light after the database."""
        self._lights.addWidget(light)

    def show_latency(self, milliseconds: float) -> None:
        """The database answers, in so many milliseconds."""
        shown = f"{milliseconds:.0f}" if milliseconds >= 1 else "<1"
        level = "good" if milliseconds < 250 else "warn"
        self.database.show_state(LightState(level, _("Database {ms} ms", ms=shown)))

    def show_lost(self) -> None:
        """The database does not answer."""
        self.database.show_state(LightState("bad", _("Database not reached")))

    def show_scan(self, text: Text, *, is_refused: bool = False) -> None:
        """Say what the last scan did, or why it did nothing."""
        self._scan.setProperty("role", "error" if is_refused else "small")
        restyle(self._scan)
        self._scan.set_words(text)
        self._scan.setToolTip(self._scan.text())
        self._scan_over.start()

    @property
    def scan_words(self) -> str:
        """What it says of the last scan."""
        return self._scan.text()

    def show_posted(self, posted: Posted, at: datetime) -> None:
        """Say what was saved, with Undo when it can be taken back and Print when it has a paper."""
        time = verbatim(f"{local_time(at):%H:%M}")
        self._saved.set_words(_("Saved {time} · {what}", time=time, what=posted.text))
        self._undo.setVisible(posted.undo is not None)
        self._print.setVisible(posted.print_document is not None)
        self._labels.setVisible(posted.print_labels is not None)

    def show_undone(self, posted: Posted, at: datetime) -> None:
        """Say that it was taken back."""
        time = verbatim(f"{local_time(at):%H:%M}")
        self._saved.set_words(_("Undone {time} · {what}", time=time, what=posted.text))
        self._hide_links()

    def clear(self) -> None:
        """Nothing saved yet."""
        self._saved.set_words("")
        self._hide_links()

    def _hide_links(self) -> None:
        for link in (self._undo, self._print, self._labels):
            link.hide()

    @property
    def saved_words(self) -> str:
        """What the saved line says."""
        return self._saved.text()

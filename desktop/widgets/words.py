"""Labels and buttons that keep their text and say it anew when the language or the theme changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.theme import Meaning, icon, icon_pixmap, theme, themes
from desktop.widgets.language import Spoken, Words, ui_text


class Label(QLabel, Spoken):
    """Words on screen. Roles: title, heading, strong, muted, small, error, figure, label.

    With `elide` it takes what room there is; words without room end in an ellipsis and are said in full by a tip.
    """

    def __init__(
        self,
        words: Words = "",
        role: str = "",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words: Words = words
        self._is_eliding = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.retranslate()

    def set_words(self, words: Words) -> None:
        """Say something else."""
        self._words = words
        self.retranslate()

    def words(self) -> Words:
        """What this label says."""
        return self._words

    def retranslate(self) -> None:
        self.setText(ui_text(self._words))

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        if not self._is_eliding or self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            self.setToolTip("") if self._is_eliding else None
            super().paintEvent(event)
            return
        self.setToolTip(self.text())
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.style().drawItemText(
            painter, room, int(self.alignment()), self.palette(), self.isEnabled(), words, self.foregroundRole()
        )
        painter.end()


class IconLabel(QLabel):
    """One icon in a colour with a meaning; it stands beside words, so a reader is told nothing twice."""

    def __init__(self, name: str, meaning: Meaning = Meaning.PLAIN, size: int = 20) -> None:
        super().__init__()
        self._name, self._meaning, self._size = name, meaning, size
        self.setFixedSize(size, size)
        themes.changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, meaning: Meaning = Meaning.PLAIN) -> None:
        """Show another icon."""
        self._name, self._meaning = name, meaning
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icon_pixmap(self._name, self._size, self._meaning))


class Button(QPushButton, Spoken):
    """A button with words, an icon, and a key that is said behind the words.

    Kinds: plain, primary, danger, quiet, icon (no words shown), link, chip, key, unit, big. `clicked` as usual; `do` is
    connected to it without the checked flag.
    """

    def __init__(
        self,
        words: Words,
        do: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        kind: str = "plain",
        key: str = "",
    ) -> None:
        super().__init__()
        self._words, self._icon_name, self._kind, self._key = words, icon_name, kind, key
        self.setProperty("kind", kind)
        self.setIconSize(QSize(20, 20))
        across = QSizePolicy.Policy.Expanding if kind == "big" else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if do is not None:
            self.clicked.connect(lambda _checked=False: do())
        self.toggled.connect(lambda _on: self._draw())
        themes.changed.connect(self._draw)
        self._draw()
        self.retranslate()

    def set_words(self, words: Words) -> None:
        """Say something else."""
        self._words = words
        self.retranslate()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw()

    def retranslate(self) -> None:
        words = ui_text(self._words)
        key = key_words(self._key)
        is_icon = self._kind == "icon"
        self.setText("" if is_icon else f"{words}  {key}".rstrip())
        self.setToolTip(f"{words} ({key})" if key else words if is_icon else "")
        self.setAccessibleName(words)

    def _draw(self) -> None:
        if self._icon_name:
            self.setIcon(icon(self._icon_name, self._ink()))

    def _ink(self) -> str:
        t = theme()
        if self._kind in ("primary", "big"):
            return t.on_accent
        if self._kind == "danger":
            return t.danger
        return t.accent if self._kind == "link" or self.isChecked() else t.text


def key_words(key: str) -> str:
    """A key as it stands on the keyboard: Qt says Return where the key says Enter."""
    words = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""
    return words.replace("Return", "Enter")


def line(vertical: bool = False) -> QFrame:
    """A hairline between two parts."""
    frame = QFrame()
    frame.setProperty("role", "line")
    if vertical:
        frame.setFixedWidth(1)
    else:
        frame.setFixedHeight(1)
    return frame


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()

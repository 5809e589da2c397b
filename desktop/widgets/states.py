"""What stands in a page's place while its contents do not: waiting, nothing here yet, an error with a retry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.i18n import _
from desktop.theme import Meaning
from desktop.widgets.language import Words, ui_text
from desktop.widgets.words import Button, IconLabel, Label

Start = tuple[Words, Callable[[], object]]
ROOM_FOR_ICON = 190


class _Middle(QWidget):
    """Things in the middle of the room, not wider than a sentence is read."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        inner = QWidget()
        inner.setMaximumWidth(560)
        inner.setMinimumWidth(280)
        inner.setLayout(self.column)
        side = QHBoxLayout()
        side.addStretch(1)
        side.addWidget(inner, 8)
        side.addStretch(1)
        outer.addLayout(side)
        outer.addStretch(3)

    def put(self, widget: QWidget, *, is_centred: bool = True) -> None:
        if isinstance(widget, Label):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(widget)
        else:
            self.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag(0))


def buttons_row(buttons: Sequence[QWidget]) -> QWidget:
    """Buttons side by side."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for button in buttons:
        layout.addWidget(button)
    return row


class LoadingState(_Middle):
    """A bar with a number and Cancel."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(_("Reading…"), "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(ui_text(_("Progress")))
        self._cancel = Button(_("Cancel"))
        self._on_cancel: Callable[[], object] | None = None
        self._cancel.clicked.connect(lambda _checked=False: self._on_cancel and self._on_cancel())
        self.put(self._words)
        self.put(self._bar, is_centred=False)
        self.put(self._cancel)

    def start(self, words: Words, cancel: Callable[[], object] | None) -> None:
        """Begin to wait, for what, and whether it can be stopped."""
        self._words.set_words(words)
        self._bar.setRange(0, 0)
        self._on_cancel = cancel
        self._cancel.setVisible(cancel is not None)

    def progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._words.set_words(_("{done} of {total}", done=f"{done:,}", total=f"{total:,}"))


class EmptyState(_Middle):
    """What belongs here and the ways to begin."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("folder", size=48)
        self._title = Label("", "heading", wrap=True)
        self._words = Label("", "muted", wrap=True)
        self._buttons = QWidget()
        self._is_set_up = False
        self.put(self._icon)
        self.put(self._title)
        self.put(self._words)
        self.put(self._buttons)

    def set_up(self, title: Words, words: Words, starts: Sequence[Start], icon_name: str) -> None:
        """Say what belongs here; the first start is the usual one."""
        self._is_set_up = True
        self._icon.set_icon(icon_name)
        self._title.set_words(title)
        self._words.set_words(words)
        self._words.setVisible(bool(words))
        kinds = ["primary", *["plain"] * len(starts)]
        made = [Button(label, do, kind=kind) for (label, do), kind in zip(starts, kinds, strict=False)]
        fresh = buttons_row(made)
        self.column.replaceWidget(self._buttons, fresh)
        self.column.setAlignment(fresh, Qt.AlignmentFlag.AlignHCenter)
        self._buttons.deleteLater()
        self._buttons = fresh

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, words and buttons have it: the picture goes."""
        super().resizeEvent(event)
        self._icon.setVisible(self.height() >= ROOM_FOR_ICON)

    def is_set_up(self) -> bool:
        """Whether it has anything to say."""
        return self._is_set_up


class ErrorState(_Middle):
    """A sentence and a way to try again."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", wrap=True)
        self._retry = Button(_("Try again"), icon_name="refresh")
        self._on_retry: Callable[[], object] | None = None
        self._retry.clicked.connect(lambda _checked=False: self._on_retry and self._on_retry())
        self.put(IconLabel("error", Meaning.DANGER, 48))
        self.put(self._words)
        self.put(self._retry)

    def say(self, words: Words, retry: Callable[[], object] | None) -> None:
        """Say what happened."""
        self._words.set_words(words)
        self._on_retry = retry
        self._retry.setVisible(retry is not None)

    def text(self) -> str:
        """What it says."""
        return self._words.text()

"""The line that shows longer work: what is done, how far it is, Cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from core.i18n import Text, _
from desktop.widgets.language import ui_text
from desktop.widgets.words import Button, Label

STEPS = 1000


class Stoppable(Protocol):
    """Work that can be cancelled."""

    def cancel(self) -> None: ...


class WorkBar(QWidget):
    """Hidden while nothing is under way. A share below 0 says that nobody knows yet how much there is to do."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Stoppable | None = None
        self._stopped: Callable[[], object] | None = None
        self.words = Label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, STEPS)
        self._bar.setAccessibleName(ui_text(_("Progress")))
        self.cancel = Button(_("Cancel"), self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def is_working(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def start(self, job: Stoppable, words: Text, stopped: Callable[[], object]) -> None:
        """Show that a job is under way; `stopped` is called when the person cancels it."""
        self._job, self._stopped = job, stopped
        self.words.set_words(words)
        self._bar.setRange(0, STEPS)
        self._bar.setValue(0)
        self.show()

    def progress(self, share: float, words: Text | str) -> None:
        """How far it is."""
        self._bar.setRange(0, STEPS if share >= 0 else 0)
        self._bar.setValue(round(share * STEPS))
        if words:
            self.words.set_words(words)

    def finish(self) -> None:
        """It is over."""
        self._job = None
        self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.finish()
            if self._stopped is not None:
                self._stopped()

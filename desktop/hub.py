"""News of what changed, for everybody on screen: this program's own commands, other PCs' and other programs'.

A page that watches a topic asks again while it is visible; a hidden one is marked stale and asks when it is shown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from core.changes import Changes
    from core.office import Office

COALESCE_MS = 60
KEPT_IDS = 500


class Hub(QObject):
    """Takes the news from the listener's thread and tells it on the window's thread, each change once."""

    changed = Signal(object)
    reached = Signal(bool)
    _arrived = Signal(object)
    _reach_arrived = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._reach_arrived.connect(self._on_reach_arrived, Qt.ConnectionType.QueuedConnection)
        self._is_listening = True
        self._told: deque[int] = deque(maxlen=KEPT_IDS)

    def listen(self, office: Office) -> None:
        """Hear what this office tells. It waits for the listener's first look, so call it beside the window."""
        office.subscribe(self._hear, self._hear_reach)

    def stop(self) -> None:
        """Hear nothing more; the office is about to be closed."""
        self._is_listening = False

    def watch(self, widget: QWidget, topics: Iterable[str], reload: Callable[[], None]) -> Watch:
        """Call `reload` when one of the topics changes: now if visible, else when shown."""
        watch = Watch(widget, frozenset(topics), reload)
        self.changed.connect(watch.hear)
        return watch

    def _hear(self, changes: Changes) -> None:
        if self._is_listening:
            self._arrived.emit(changes)

    def _hear_reach(self, answers: bool) -> None:
        if self._is_listening:
            self._reach_arrived.emit(answers)

    def _on_arrived(self, changes: Changes) -> None:
        """Our own changes come twice, at once from the office and later from the listener: the second is passed over."""
        if changes.journal_id in self._told:
            return
        self._told.append(changes.journal_id)
        self.changed.emit(changes)

    def _on_reach_arrived(self, answers: bool) -> None:
        self.reached.emit(answers)


class Watch(QObject):
    """One widget's interest in topics. It lives and dies with the widget; several changes in a row ask once."""

    def __init__(self, widget: QWidget, topics: frozenset[str], reload: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._topics = topics
        self._reload = reload
        self._stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._ask_if_visible)
        widget.installEventFilter(self)

    @property
    def is_stale(self) -> bool:
        """Whether something changed that the widget has not asked for yet."""
        return self._stale

    def hear(self, changes: Changes) -> None:
        """Take note of a change."""
        if self._topics.isdisjoint(changes.topics):
            return
        self._stale = True
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._timer.start()
        return False

    def _ask_if_visible(self) -> None:
        if self._stale and self._widget.isVisible():
            self._stale = False
            self._reload()

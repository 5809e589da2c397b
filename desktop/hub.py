"""News of what changed, for everybody on screen: this program's own commands, other PCs' and other programs'.

A page that watches a topic asks again while it is visible; a hidden one is marked stale and asks when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from core.changes import Changes
    from core.office import Office

COALESCE_MS = 60


class Hub(QObject):
    """Takes the changes from the listener's thread and tells them on the window's thread."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe: Callable[[], object] | None = None

    def listen(self, office: Office) -> None:
        """Hear the changes that this office tells."""
        self.stop()
        self._unsubscribe = office.subscribe(self._arrived.emit)

    def stop(self) -> None:
        """Hear nothing more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def watch(self, widget: QWidget, topics: Iterable[str], reload: Callable[[], None]) -> Watch:
        """Call `reload` when one of the topics changes: at once if `widget` is visible, else when it is shown next."""
        watch = Watch(widget, frozenset(topics), reload)
        self.changed.connect(watch.hear)
        return watch

    def _on_arrived(self, changes: Changes) -> None:
        self.changed.emit(changes)


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

"""Whether the database answers: asked now and then, said in the frame's footer and band."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from core.errors import CoreError
from core.i18n import _
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.shell.frame import Frame

PING_MS = 15_000


class Health(QObject):
    """Tells the frame on show, if there is one, how the database does and what got no other place to be said."""

    def __init__(self, ops: Ops, hub: Hub, frame: Callable[[], Frame | None], parent: QObject) -> None:
        super().__init__(parent)
        self._ops, self._frame = ops, frame
        self._timer = QTimer(self)
        self._timer.setInterval(PING_MS)
        self._timer.timeout.connect(ops.ping)
        ops.timed.connect(self._on_timed)
        ops.available.connect(ops.ping)
        ops.unavailable.connect(self._on_unavailable)
        ops.unheard.connect(self._on_unheard)
        ops.dropped.connect(self._on_dropped)
        hub.reached.connect(lambda _answers: self._ops.ping())

    def start(self) -> None:
        """Ask now and every quarter of a minute."""
        self._timer.start()
        self._ops.ping()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def _on_timed(self, seconds: float) -> None:
        frame = self._frame()
        if frame is not None:
            frame.show_latency(seconds * 1000)

    def _on_unavailable(self, error: CoreError) -> None:
        frame = self._frame()
        if frame is not None:
            frame.show_lost(error.text)

    def _on_unheard(self, error: CoreError) -> None:
        frame = self._frame()
        if frame is not None:
            frame.show_error(error)

    def _on_dropped(self, _job: object) -> None:
        frame = self._frame()
        if frame is not None:
            frame.show_error(
                _("The database was away and the page was closed: the last entry was not saved. Enter it again.")
            )

"""Unused objects are swept away on the window's thread only.

Python looks for circles of unused objects on whichever thread happens to make the next object. When that is a worker and
the circle holds a widget, Qt takes the widget apart on the wrong thread and both threads wait for each other for ever.
So while there are workers the sweeping is done here, by a timer of the window's thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
YOUNG = 5_000
OLDER = 10


class Sweeper(QObject):
    """Takes the sweeping over until it is stopped."""

    _active = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        Sweeper._active += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(EVERY_MS)

    def sweep(self) -> None:
        """Look through the youngest objects, now and then through older ones."""
        young, middle, old = gc.get_count()
        if old > OLDER:
            gc.collect(2)
        elif middle > OLDER:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)

    def stop(self) -> None:
        """Hand the sweeping back once no workers are left."""
        self._timer.stop()
        Sweeper._active -= 1
        if not Sweeper._active:
            gc.enable()

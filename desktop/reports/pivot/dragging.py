"""A field under the mouse: how it is carried from the list to a well and from well to well, and the keys that do the same."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.reports.pivot.layout import Well

MIME = "application/x-steward-pivot-field"
WELL_KEYS = {
    Qt.Key.Key_R: Well.ROWS, Qt.Key.Key_C: Well.COLUMNS, Qt.Key.Key_V: Well.VALUES, Qt.Key.Key_F: Well.FILTERS,
}  # fmt: skip
OUT_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def mime_of(key: str) -> QMimeData:
    """A field as it is carried."""
    data = QMimeData()
    data.setData(MIME, key.encode())
    return data


def carried(data: QMimeData) -> str:
    """The field that is carried; empty where it is something else."""
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else ""


def carry(widget: QWidget, key: str) -> None:
    """Let the mouse carry a field until it is let go."""
    drag = QDrag(widget)
    drag.setMimeData(mime_of(key))
    drag.setPixmap(widget.grab())
    drag.exec(Qt.DropAction.MoveAction)


def meant_well(event: QKeyEvent) -> Well | None:
    """The well a key stands for."""
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return None
    return WELL_KEYS.get(Qt.Key(event.key()))

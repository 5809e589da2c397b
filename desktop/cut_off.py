"""What does not fit on a window: words that are cut, widgets out of their frame, scroll bars too short to be used.

The tour looks with it at every page (`--check`), so that a scale, a language or a longer word cannot cut anything unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

SLACK = 2
"""Pixels that rounding at odd scales may take."""
LEAST_BAR = 48
"""A scroll bar with less room than this, in pixels, cannot be held with a mouse."""
FIELD_EDGE = 4


def cut_off(window: QWidget) -> list[str]:
    """What is cut on a window that is shown, each as a sentence for the engineer; empty when all is whole."""
    found = [words for widget in window.findChildren(QWidget) if _is_seen(widget) for words in _faults(widget)]
    return list(dict.fromkeys(found))


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _faults(widget: QWidget) -> Iterator[str]:
    look = next(one for kind, one in _LOOKS if isinstance(widget, kind))
    for fault in dict.fromkeys((look(widget), _frame(widget))):
        if fault:
            yield f"{fault} in {_place(widget)}"


def _label(label: QLabel) -> str:
    words, room = label.text(), label.contentsRect()
    if not words:
        return ""
    if label.textFormat() is Qt.TextFormat.RichText:
        return f"lines cut: “{words}”" if label.heightForWidth(room.width()) > room.height() + SLACK else ""
    if label.wordWrap():
        box = QRect(0, 0, room.width(), 1)
        flags = int(Qt.TextFlag.TextWordWrap)
        if label.fontMetrics().boundingRect(box, flags, words).height() > room.height() + SLACK:
            return f"lines cut: “{words}”"
    needed = max(label.fontMetrics().horizontalAdvance(one) for one in words.splitlines() or [""])
    if not label.wordWrap() and needed > room.width() + SLACK:
        return f"words cut: “{words}” needs {needed}, has {room.width()}"
    if label.fontMetrics().tightBoundingRect(words).height() > room.height():
        return f"squeezed: “{words}” is {room.height()} high"
    return ""


def _button(button: QAbstractButton) -> str:
    needed, room = button.sizeHint(), button.size()
    if button.text() and (needed.width() > room.width() + SLACK or needed.height() > room.height() + SLACK):
        return (
            f"button cut: “{button.text()}” needs {needed.width()}x{needed.height()},"
            f" has {room.width()}x{room.height()}"
        )
    return ""


def _field(field: QLineEdit) -> str:
    words = field.text() or field.placeholderText()
    needed = field.fontMetrics().horizontalAdvance(words)
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    room = inside.width() - field.textMargins().left() - field.textMargins().right() - FIELD_EDGE
    return f"field cut: “{words}” needs {needed}, has {room}" if words and needed > room + SLACK else ""


def _choice(choice: QComboBox) -> str:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = choice.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, choice).width()
    needed = choice.fontMetrics().horizontalAdvance(choice.currentText())
    return f"choice cut: “{choice.currentText()}” needs {needed}, has {room}" if needed > room + SLACK else ""


def _table(table: QTableView) -> str:
    header = table.horizontalHeader()
    for at in range(header.count() if header.isVisible() else 0):
        needed = header.fontMetrics().horizontalAdvance(str(header.model().headerData(at, Qt.Orientation.Horizontal)))
        if not header.isSectionHidden(at) and needed > header.sectionSize(at):
            title = header.model().headerData(at, Qt.Orientation.Horizontal)
            return f"heading cut: “{title}” needs {needed}, has {header.sectionSize(at)}"
    return _scroll(table)


def _scroll(area: QAbstractScrollArea) -> str:
    across, down = area.horizontalScrollBar(), area.verticalScrollBar()
    if across.maximum() > across.minimum() and not isinstance(area, QHeaderView):
        return f"wider than its room by {across.maximum() - across.minimum()}"
    if down.isVisible() and down.height() < LEAST_BAR:
        return f"a scroll bar of {down.height()} only"
    return ""


def _frame(widget: QWidget) -> str:
    """A widget that a layout put beyond the edge of what it stands in; what scrolls may be longer than its window."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return ""
    out = QRegion(widget.geometry()).subtracted(QRegion(parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)))
    box = out.boundingRect()
    return "" if out.isEmpty() else f"out of its frame by {box.width()}x{box.height()}"


_LOOKS: tuple[tuple[type, Callable[..., str]], ...] = (
    (QLabel, _label),
    (QAbstractButton, _button),
    (QLineEdit, _field),
    (QComboBox, _choice),
    (QTableView, _table),
    (QAbstractScrollArea, _scroll),
    (QWidget, _frame),
)


def _place(widget: QWidget) -> str:
    """Where it stands, in names of classes from the outside in."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 5:
        if type(at) is not QWidget:
            names.append(type(at).__name__)
        at = at.parentWidget()
    return " > ".join(reversed(names))

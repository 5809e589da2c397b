"""Walks a window as a screen reader does: every control that takes the focus must have a name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QWidget,
)


def controls_of(root: QWidget) -> Iterator[QWidget]:
    """Every widget that the keyboard can reach by Tab, below (and with) `root`, shown or not."""
    for widget in [root, *root.findChildren(QWidget)]:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.focusProxy() is None and not _is_part(widget):
            yield widget


def name_of_control(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() or interface.text(QAccessible.Text.Description).strip()


def nameless_controls(root: QWidget) -> list[str]:
    """The controls without a name, each by its class and where it stands; empty is right."""
    QApplication.processEvents()
    return [_where(widget, root) for widget in controls_of(root) if not name_of_control(widget)]


def tree_of(root: QWidget) -> list[str]:
    """The window as a reader tells it: role and name of each node, indented; for text snapshots."""
    return list(_lines(QAccessible.queryAccessibleInterface(root), 0))


def _lines(node: QAccessibleInterface, depth: int) -> Iterator[str]:
    name = node.text(QAccessible.Text.Name)
    yield f"{'  ' * depth}{node.role().name}: {name}".rstrip(": ")
    for at in range(node.childCount()):
        child = node.child(at)
        if child.isValid():
            yield from _lines(child, depth + 1)


def _is_part(widget: QWidget) -> bool:
    """Parts of a compound control are named through it; bare scroll areas only hold others."""
    parent = widget.parentWidget()
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return True
    above = parent
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox):
            return True
        above = above.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()


def _where(widget: QWidget, root: QWidget) -> str:
    steps: list[str] = []
    one: QWidget | None = widget
    while one is not None and one is not root:
        steps.append(one.objectName() or type(one).__name__)
        one = one.parentWidget()
    return " < ".join(steps) or type(root).__name__

"""Small makings of the frame: rows, columns, named bars, and an icon that is sure to exist."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import icon_names

FALLBACK_ICON = "file"
Margins = tuple[int, int, int, int]


def known_icon(name: str) -> str:
    """The icon's name, or a plain sheet when there is no such drawing."""
    return name if name in icon_names() else FALLBACK_ICON


def row(*widgets: QWidget | int, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row; a number is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, widgets, spacing, margins)
    return layout


def column(*widgets: QWidget | int, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column; a number is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, widgets, spacing, margins)
    return layout


def bar(name: str, layout: QLayout, height: int = 0) -> QFrame:
    """A frame named for the style sheet, of fixed height when one is given."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    if height:
        frame.setFixedHeight(height)
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return frame


def _fill(
    layout: QHBoxLayout | QVBoxLayout, widgets: tuple[QWidget | int, ...], spacing: int, margins: Margins
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget)

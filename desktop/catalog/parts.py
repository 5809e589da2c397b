"""Small things the pages of the catalog have in common: a panel that follows the row, clearing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import Text, _
from desktop.widgets import Button, Label, PageBase, RowTable, Words

INDENT = "\N{NO-BREAK SPACE}" * 3


def follow_rows(page: PageBase, table: RowTable, open_row: Callable[[Any], object]) -> None:
    """Call `open_row(row)` for the row clicked or activated; while a card is open also for the row the arrows go to.

    A form or an explained figure stays: a list that is read again goes to its row without anybody having chosen it.
    """
    wait = QTimer(page)
    wait.setSingleShot(True)
    wait.setInterval(80)

    def shows_card() -> bool:
        return bool(getattr(page.panel(), "is_card", False))

    def open_current() -> None:
        row = table.current_row()
        if row is not None and shows_card():
            open_row(row)

    def on_clicked(number: int) -> None:
        row = table.row_at(number)
        if row is not None:
            wait.stop()
            open_row(row)

    wait.timeout.connect(open_current)
    table.row_activated.connect(open_row)
    table.clicked.connect(lambda index: on_clicked(index.row()))
    table.current_changed.connect(lambda row: wait.start() if row is not None and shows_card() else None)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def column_of(*widgets: QWidget, spacing: int = 8, margin: int = 0) -> QWidget:
    """Widgets below each other."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    column = QVBoxLayout(holder)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def upright(widget: QWidget) -> QWidget:
    """Keep a widget as high as what it says; a panel scrolls rather than squeezing it."""
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    widget.setSizePolicy(policy)
    return widget


def settle(widget: QWidget | None) -> None:
    """Lay out everything around a widget that was filled now, so that nobody sees it half done."""
    while widget is not None and not widget.isWindow():
        layout = widget.layout()
        if layout is not None:
            layout.activate()
        widget = widget.parentWidget()


def heading(words: Words, *buttons: Button) -> QWidget:
    """The heading of a part, with what can be done there at its right."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Label(words, "strong"), 1)
    for button in buttons:
        row.addWidget(button)
    return holder


def nothing(words: Text) -> Label:
    """What a part says while it holds nothing."""
    return Label(words, "muted", wrap=True)


def add_button(words: Words, do: Callable[[], object]) -> Button:
    """A small plus with words for a reader."""
    return Button(words, do, icon_name="plus", kind="link")


def title_in(row: Any, language: str) -> str:
    """The name of anything with a name in both languages."""
    return str((row.name_en or row.name) if language == "en" else row.name)


def tree_options(rows: Sequence[Any], language: str) -> list[tuple[int, Words]]:
    """Rows of a tree to choose from, indented by their depth."""
    return [(row.id, f"{INDENT * row.depth}{title_in(row, language)}") for row in rows]


def active_words(is_active: bool) -> Text:
    """Whether it is in use."""
    return _("In use") if is_active else _("Retired")

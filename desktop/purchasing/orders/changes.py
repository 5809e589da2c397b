"""What changed between two sent states of an order, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import Text, _, join, verbatim
from core.purchasing import OrderChange, change_words
from desktop.widgets import Label, date_words, number_words, ui_text

ARROW = "\N{RIGHTWARDS ARROW}"


def value_words(value: Decimal | date | str | bool | None) -> str:
    """A value as it is shown."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return ui_text(_("yes") if value else _("no"))
    if isinstance(value, Decimal):
        return number_words(value)
    return date_words(value) if isinstance(value, date) else value


def change_line(one: OrderChange) -> Text:
    """A change in one line: what, before, after."""
    what = change_words(one)
    if one.before is None and one.after is None:
        return what
    after = value_words(one.after)
    values = after if one.kind == "added" else f"{value_words(one.before)} {ARROW} {after}"
    return join([what, verbatim(values)], ": ")


def changes_box(changes: Iterable[OrderChange]) -> QWidget:
    """All changes under each other."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for one in changes:
        column.addWidget(Label(change_line(one), wrap=True))
    return box

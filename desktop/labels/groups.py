"""Printers and papers of the queue, one line each: how many labels go where, and what to do when nobody said where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import Text, _, _n
from core.labels import QueueRow
from desktop.labels.looks import paper_words
from desktop.theme import Meaning
from desktop.widgets import Button, IconLabel, Label

MOST = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Labels on one paper for one printer; without a printer `device_id` is None."""

    stock: str
    device_id: int | None
    printer: str
    keys: tuple[str, ...]
    labels: int

    def words(self) -> Text:
        """The group in words."""
        count = _n("{n} label", "{n} labels", self.labels)
        if self.device_id is None:
            return _("{paper}: {count}, no printer chosen", paper=paper_words(self.stock), count=count)
        return _("{paper} on {printer}: {count}", paper=paper_words(self.stock), printer=self.printer, count=count)


def groups_of(rows: Sequence[QueueRow], staying: Sequence[str] = ()) -> list[Group]:
    """Rows by printer and paper, in the order they would be printed; those that stay are not counted."""
    counts: Counter[tuple[str, int | None, str]] = Counter()
    keys: dict[tuple[str, int | None, str], list[str]] = {}
    for row in rows:
        if row.key in staying:
            continue
        one = (row.stock, row.device_id, row.printer)
        counts[one] += row.copies
        keys.setdefault(one, []).append(row.key)
    return [Group(*one, tuple(keys[one]), counts[one]) for one in keys]


class GroupBar(QWidget):
    """`print_wanted(group)`, `printer_wanted(group)`, `sheets_wanted(group)`."""

    print_wanted = Signal(object)
    printer_wanted = Signal(object)
    sheets_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 4)
        self._column.setSpacing(4)
        self.groups: list[Group] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        """One line a group."""
        if list(groups) == self.groups:
            return
        self.groups = list(groups)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for group in self.groups[:MOST]:
            self._column.addWidget(self._line(group))
        self.setVisible(bool(self.groups))

    def _line(self, group: Group) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        is_ready = group.device_id is not None
        row.addWidget(IconLabel("print" if is_ready else "question", Meaning.PLAIN if is_ready else Meaning.SOON))
        row.addWidget(Label(group.words(), elide=True), 1)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        if is_ready and len(self.groups) > 1:
            actions.addWidget(Button(_("Print these"), lambda: self.print_wanted.emit(group)))
        actions.addWidget(
            Button(_("Another printer") if is_ready else _("Choose a printer"), lambda: self.printer_wanted.emit(group))
        )
        actions.addWidget(Button(_("On sheets"), lambda: self.sheets_wanted.emit(group)))
        row.addLayout(actions)
        return holder


class PrintBar(QWidget):
    """The button that prints everything due, and in one line what is to be known before."""

    def __init__(self, print_due: Callable[[], None]) -> None:
        super().__init__()
        self.button = Button(_("Print"), print_due, kind="primary", icon_name="print", key="F9")
        self.button.setAutoDefault(True)
        self.said = Label("", "muted", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self.said, 1)

    def show_groups(self, found: Sequence[Group]) -> None:
        """How many labels the button prints: those that have a printer, else all."""
        ready = sum(one.labels for one in found if one.device_id is not None)
        total = sum(one.labels for one in found)
        self.button.set_words(_n("Print {n} label", "Print {n} labels", ready or total))
        self.button.setEnabled(bool(total))

    def say(self, late: int, staying: int) -> None:
        """How many stay for want of a field, or are overdue."""
        if staying:
            words = _n(
                "{n} stays: it lacks what a price tag must say.",
                "{n} stay: they lack what a price tag must say.",
                staying,
            )
        else:
            words = _n("{n} is overdue.", "{n} are overdue.", late) if late else _("Enter or F9 prints all of it.")
        self.said.set_words(words)

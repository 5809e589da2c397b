"""The review by item: found by words, narrowed to a category, sorted by any column; a hundred thousand lines and more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.costing import Review
from core.i18n import _
from desktop.costing.lines import ITEM_COLUMNS, STEP, ReviewLine, category_lines, item_lines
from desktop.widgets import Label, MenuChip, RowTable, Words

Key = Callable[[ReviewLine], Any]


class ItemsTab(QWidget):
    """Lines are made for the rows that are seen only. `asked(line, column)`; `opened(line)` on Enter."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.category = MenuChip(_("Category"), ())
        self.category.chosen.connect(lambda _key: self._narrow())
        self._count = Label("", "small")
        self.table = RowTable(ITEM_COLUMNS, name=_("Monthly cost by item"), key="costing.items")
        self.table.why_requested.connect(self.asked)
        self.table.row_activated.connect(lambda line: self.asked.emit(line, "usage"))
        self.table.sort_requested.connect(lambda _key, _descending: self._narrow())
        self._lines: list[ReviewLine] = []
        self._below: dict[int, set[int]] = {}
        self._text = ""
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.category)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def show_review(self, review: Review, before: Review | None) -> None:
        """Show a period, usage against the one before once that is known."""
        self._lines = item_lines(review, before)
        self._below = _below(review)
        lines = category_lines(review, None)[:-1]
        self.category.set_options([(line.id, _option(line)) for line in lines])
        self._narrow()

    def search(self, text: str) -> None:
        """Keep the items whose code or name holds the text."""
        self._text = text.casefold()
        self._narrow()

    def total(self) -> int:
        """How many items are shown."""
        return self.table.total()

    def _narrow(self) -> None:
        lines = self._in_order([line for line in self._lines if self._fits(line)])
        by_id = {line.id: line for line in lines}

        def fetch(ids: Sequence[int], then: Callable[[Sequence[Any]], None], _failed: object) -> None:
            then([by_id[key] for key in ids])

        self.table.set_ids([line.id for line in lines], fetch)
        self._count.set_words(
            _("{n} of {total} items", n=f"{len(lines):,}", total=f"{len(self._lines):,}")
            if len(lines) < len(self._lines)
            else _("{n} items", n=f"{len(lines):,}")
        )

    def _fits(self, line: ReviewLine) -> bool:
        chosen = self.category.value()
        if chosen is not None and line.row.category_id not in self._below.get(chosen, ()):
            return False
        if not self._text:
            return True
        row = line.row
        return any(self._text in words.casefold() for words in (row.code, row.name, row.name_en))

    def _in_order(self, lines: list[ReviewLine]) -> list[ReviewLine]:
        wanted = self.table.wanted()
        column = next((one for one in ITEM_COLUMNS if one.key == wanted.sort), None)
        if column is None:
            return lines
        known = [(column.of(line), line) for line in lines]
        filled = [(_plain(value), line) for value, line in known if value is not None]
        filled.sort(key=lambda one: one[0], reverse=wanted.descending)
        return [line for _value, line in filled] + [line for value, line in known if value is None]


def _plain(value: object) -> Any:
    return value if isinstance(value, Decimal) else str(value).casefold()


def _option(line: ReviewLine) -> Words:
    title = line.title()
    return STEP * line.depth + title if isinstance(title, str) else title


def _below(review: Review) -> dict[int, set[int]]:
    """Each category with all below it: in the order of the tree these are the deeper ones that follow."""
    found: dict[int, set[int]] = {}
    above: list[tuple[int, int]] = []
    for branch in review.tree:
        key = branch.row.key
        above = [(depth, one) for depth, one in above if depth < branch.depth] + [(branch.depth, key)]
        for _depth, one in above:
            found.setdefault(one, set()).add(key)
    return found

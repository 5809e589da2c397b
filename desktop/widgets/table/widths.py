"""Widths of columns: what is left goes to those that stretch, what the person drags is remembered."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QTableView

from desktop.theme import text_px
from desktop.widgets.table.columns import NUMBERS, Column, Kind

LEAST, MOST, LEAST_STRETCH, MOST_HEADING = 36, 1200, 120, 160
LEAST_SHARE, LEAST_WORDS, LEAST_FIGURE = 60, 72, 48
YIELDING = NUMBERS | {Kind.DATE, Kind.INSTANT, Kind.BADGE}


class LayoutStore(Protocol):
    """Where widths of columns are kept from one start to the next."""

    def load(self, key: str) -> str | None: ...

    def save(self, key: str, state: str) -> None: ...


class _WhileRunning:
    """Keeps widths as long as the program runs, until the shell gives a store that lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def load(self, key: str) -> str | None:
        return self._kept.get(key)

    def save(self, key: str, state: str) -> None:
        self._kept[key] = state


_store: LayoutStore = _WhileRunning()


def set_layout_store(store: LayoutStore) -> None:
    """Where all tables remember their columns."""
    global _store
    _store = store


class ColumnWidths:
    """Sets, fits and remembers the widths of one table. `need(column)` is the room that its cells at hand take."""

    def __init__(
        self, table: QTableView, columns: Sequence[Column], key: str, need: Callable[[int], int] | None = None
    ) -> None:
        self._table, self._columns, self._key = table, columns, key
        self._need = need
        self._is_fitting = False
        self._hidden: set[int] = set()
        self._wide = [text_px(column.width) for column in columns]
        self._restore()
        for at, width in enumerate(self._wide):
            table.setColumnWidth(at, width)
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def fit(self) -> None:
        """Hide what is for wide tables only while it does not fit; give the room that is left to what stretches."""
        if self._is_fitting:
            return
        self._is_fitting = True
        self._hide_what_is_too_much()
        self._squeeze()
        self._stretch()
        self._is_fitting = False

    def _hide_what_is_too_much(self) -> None:
        room = self._table.viewport().width()
        ours = [at for at in range(len(self._columns)) if at in self._hidden or not self._table.isColumnHidden(at)]
        needs = {at: self._least(at) if self._columns[at].stretch else self._wide[at] for at in ours}
        too_much = sum(needs.values()) - room
        self._hidden.clear()
        for at in reversed(ours):
            if self._columns[at].wide_only:
                if too_much > 0:
                    self._hidden.add(at)
                self._table.setColumnHidden(at, too_much > 0)
                too_much -= needs[at] if too_much > 0 else 0

    def _squeeze(self) -> None:
        """What is still too much is taken from columns of words, in equal parts, then from the empty room of figures.

        Figures and dates themselves are never cut.
        """
        # A column that is about to be hidden has no width any more; it must not be given one.
        seen = [at for at in range(len(self._columns)) if self._table.columnWidth(at) > 0]
        wide = {at: self._least(at) if self._columns[at].stretch else self._wide[at] for at in seen}
        for spare_of in (self._spare, self._empty_room):
            too_much = sum(wide.values()) - self._table.viewport().width()
            if too_much > 0:
                spare = {at: spare_of(at) for at in seen}
                share = min(too_much / max(sum(spare.values()), 1), 1)
                wide = {at: wide[at] - math.ceil(spare[at] * share) for at in seen}
        for at in seen:
            if not self._columns[at].stretch:
                self._table.setColumnWidth(at, wide[at])

    def _spare(self, at: int) -> int:
        """How much narrower a column may become before its words cannot be told apart, or its heading is cut."""
        column = self._columns[at]
        if column.stretch or column.kind not in (Kind.TEXT, Kind.UNIT):
            return 0
        return max(self._wide[at] - max(self._wide[at] * LEAST_SHARE // 100, LEAST_WORDS, self._heading(at)), 0)

    def _empty_room(self, at: int) -> int:
        """The room in a column of figures, days or states that neither its heading nor a cell at hand takes."""
        column = self._columns[at]
        if column.stretch or self._need is None or column.kind not in YIELDING:
            return 0
        return max(self._wide[at] - max(self._need(at), self._heading(at), LEAST_FIGURE), 0)

    def _least(self, at: int) -> int:
        """How narrow a column that stretches may become."""
        return max(LEAST_STRETCH, self._columns[at].least, min(self._heading(at), MOST_HEADING))

    def _heading(self, at: int) -> int:
        return self._table.horizontalHeader().sectionSizeFromContents(at).width()

    def _stretch(self) -> None:
        stretching = [at for at, column in enumerate(self._columns) if column.stretch]
        if not stretching:
            return
        header = self._table.horizontalHeader()
        fixed = sum(header.sectionSize(at) for at in range(header.count()) if at not in stretching)
        share = (self._table.viewport().width() - fixed) // len(stretching)
        for at in stretching:
            header.resizeSection(at, max(share, self._least(at)))

    def _on_resized(self, at: int, _before: int, after: int) -> None:
        if self._is_fitting:
            return
        if after > 0:
            self._wide[at] = after
        self.fit()
        if self._key:
            columns = enumerate(self._columns)
            _store.save(self._key, ";".join(f"{column.key}={self._wide[at]}" for at, column in columns))

    def _restore(self) -> None:
        state = _store.load(self._key) if self._key else None
        kept = dict(part.split("=", 1) for part in (state or "").split(";") if "=" in part)
        for at, column in enumerate(self._columns):
            if kept.get(column.key, "").isdigit() and not column.stretch:
                self._wide[at] = min(max(int(kept[column.key]), LEAST), MOST)

"""Widths of columns: what is left goes to those that stretch, what the person drags is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QTableView

from desktop.theme import text_px
from desktop.widgets.table.columns import Column

LEAST, MOST, LEAST_STRETCH = 36, 1200, 120


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
    """Sets, fits and remembers the widths of one table."""

    def __init__(self, table: QTableView, columns: Sequence[Column], key: str) -> None:
        self._table, self._columns, self._key = table, columns, key
        self._is_fitting = False
        self._had: dict[int, int] = {}
        for at, column in enumerate(columns):
            table.setColumnWidth(at, text_px(column.width))
        self._restore()
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def fit(self) -> None:
        """Hide what is for wide tables only while it does not fit; give the room that is left to what stretches."""
        if self._is_fitting:
            return
        self._is_fitting = True
        self._hide_what_is_too_much()
        self._stretch()
        self._is_fitting = False

    def _hide_what_is_too_much(self) -> None:
        room = self._table.viewport().width()
        needs = [LEAST_STRETCH if column.stretch else self._wide(at) for at, column in enumerate(self._columns)]
        too_much = sum(needs) - room
        for at in reversed(range(len(self._columns))):
            if self._columns[at].wide_only:
                self._table.setColumnHidden(at, too_much > 0)
                too_much -= needs[at] if too_much > 0 else 0

    def _wide(self, at: int) -> int:
        """A hidden column has no width of its own; it would take what it had."""
        width = self._table.columnWidth(at)
        if width > 0:
            self._had[at] = width
        return self._had.get(at, text_px(self._columns[at].width))

    def _stretch(self) -> None:
        stretching = [at for at, column in enumerate(self._columns) if column.stretch]
        if not stretching:
            return
        header = self._table.horizontalHeader()
        fixed = sum(header.sectionSize(at) for at in range(header.count()) if at not in stretching)
        share = max((self._table.viewport().width() - fixed) // len(stretching), LEAST_STRETCH)
        for at in stretching:
            header.resizeSection(at, share)

    def _on_resized(self, _at: int, _before: int, _after: int) -> None:
        if self._is_fitting:
            return
        self.fit()
        if self._key:
            columns = enumerate(self._columns)
            _store.save(self._key, ";".join(f"{column.key}={self._wide(at)}" for at, column in columns))

    def _restore(self) -> None:
        state = _store.load(self._key) if self._key else None
        kept = dict(part.split("=", 1) for part in (state or "").split(";") if "=" in part)
        for at, column in enumerate(self._columns):
            if kept.get(column.key, "").isdigit() and not column.stretch:
                self._table.setColumnWidth(at, min(max(int(kept[column.key]), LEAST), MOST))

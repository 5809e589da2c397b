"""What a pivot asks while a person changes it, with the steps back and forth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from core.reports import PivotAsked, PivotFilter, PivotSort, PivotTable, Span
from desktop.reports.pivot.layout import (
    MOST_FIELDS,
    History,
    Well,
    filtered,
    is_measure,
    placed,
    taken_out,
    turned,
)
from desktop.reports.pivot.starting import usual_asked


class Editing(QObject):
    """`changed` whenever something else is asked; `too_many` when a field has no room."""

    changed = Signal()
    too_many = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tables: dict[str, PivotTable] = {}
        self._asked: PivotAsked | None = None
        self._history = History()

    def know(self, tables: Sequence[PivotTable]) -> None:
        """The prepared tables with at least one figure this person may see."""
        self.tables = {one.name: one for one in tables if one.measures}

    def begin(self, asked: PivotAsked) -> None:
        """Begin with this; there is nothing to undo."""
        self._history.clear()
        self._asked = asked

    @property
    def is_begun(self) -> bool:
        """Whether anything is asked yet."""
        return self._asked is not None

    @property
    def asked(self) -> PivotAsked:
        """What is asked now."""
        assert self._asked is not None
        return self._asked

    @property
    def table(self) -> PivotTable:
        """The prepared table it is asked of."""
        return self.tables[self.asked.table]

    def change(self, asked: PivotAsked) -> None:
        """Ask otherwise; what was asked before can be had back."""
        if self._asked is not None and asked != self._asked:
            self._history.keep(self._asked)
            self._asked = asked
            self.changed.emit()

    def renew(self, span: Span) -> None:
        """The same usual period, as it is now: no step to undo."""
        self._asked = replace(self.asked, span=span)

    # --- fields

    def place(self, key: str, well: Well, at: int = -1) -> None:
        """Put a field into a well."""
        wanted = placed(self.asked, key, well, at)
        if len(wanted.rows) + len(wanted.columns) > MOST_FIELDS:
            self.too_many.emit()
        else:
            self.change(wanted)

    def take_out(self, key: str) -> None:
        """Take a field out of its well."""
        self.change(taken_out(self.asked, key, is_figure=is_measure(self.table, key)))

    def limit(self, wanted: PivotFilter) -> None:
        """Limit a field to values."""
        self.change(filtered(self.asked, wanted))

    def without_filters(self) -> None:
        """Nothing is limited but the time."""
        self.change(replace(self.asked, filters=()))

    def turn(self) -> None:
        """What stands down stands across, and the other way about."""
        self.change(turned(self.asked))

    # --- the rest

    def sort(self, wanted: PivotSort | None) -> None:
        """Order the rows by a figure, or by name."""
        self.change(replace(self.asked, sort=wanted))

    def show_first(self, number: int) -> None:
        """Let only so many values stand alone; 0 for all."""
        sort = self.asked.sort
        if number and sort is None and self.asked.measures:
            sort = PivotSort(self.asked.measures[0])
        self.change(replace(self.asked, top=number, sort=sort))

    def take_time(self, span: Span, period: str) -> None:
        """Ask about another time."""
        if self.table.is_of_period:
            self.change(replace(self.asked, span=span, period=period))

    def take_table(self, name: str, span: Span, period: str) -> None:
        """Ask another prepared table, about the same time where it has one."""
        table = self.tables[name]
        if name != self.asked.table:
            self.change(replace(usual_asked(table), span=span if table.is_of_period else Span(), period=period))

    def begin_anew(self) -> None:
        """The table as it is opened first."""
        self.change(replace(usual_asked(self.table), span=self.asked.span, period=self.asked.period))

    def undo(self) -> None:
        """Take the last change back."""
        self._go(self._history.undo(self.asked) if self.is_begun else None)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._go(self._history.redo(self.asked) if self.is_begun else None)

    def _go(self, asked: PivotAsked | None) -> None:
        if asked is not None:
            self._asked = asked
            self.changed.emit()

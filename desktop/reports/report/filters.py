"""The filters of a report as chips and fields: records are searched for, words chosen from a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import catalog, stock
from core.errors import CoreError
from core.reports import Chosen, FilterKind, ReportEntry, ReportFilter
from core.words import LocationKind
from desktop.context import AppContext
from desktop.reports.report.many import ExactChip, ManyChip, OneChip
from desktop.reports.report.records import Answer, RecordsFilter
from desktop.widgets import Found, Label, PageBase, QtyEdit

INDENT = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
MOST_FOUND = 12
FOLD_FROM = 3
"""So many filters are folded where there is little room."""
Filters = tuple[tuple[str, Chosen], ...]
Part = ManyChip | RecordsFilter | QtyEdit


class ReportFilters(QObject):
    """Adds a chip or field for each filter to the page's head; `changed` when the person narrows otherwise."""

    changed = Signal()

    def __init__(self, context: AppContext, page: PageBase, entry: ReportEntry) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._parts: dict[str, Part] = {}
        self._kinds = {one.key: one for one in entry.filters}
        self._text_key = ""
        self._told: Filters = ()
        for one in entry.filters:
            self._add(one)

    def values(self) -> Filters:
        """What narrows the report, as `Asked.filters`."""
        found: list[tuple[str, Chosen]] = []
        for key, part in self._parts.items():
            values = _values(part)
            if values and values != (self._kinds[key].default,):
                found.append((key, values))
        text = self._page.head.search_text() if self._text_key else ""
        return (*found, (self._text_key, (text,))) if text else tuple(found)

    def show(self, filters: Filters) -> None:
        """Show what was asked elsewhere, without telling."""
        chosen = dict(filters)
        for key, part in self._parts.items():
            values = chosen.get(key, ())
            if isinstance(part, QtyEdit):
                default = self._kinds[key].default
                part.set_value(Decimal(values[0]) if values else default)
            else:
                part.set_values(values)
        if self._text_key:
            self._search.setText(str(chosen.get(self._text_key, ("",))[0]))
        self._told = self.values()

    def fold(self, is_folded: bool) -> None:
        """Show only the filters that narrow something, or all there are to choose from."""
        for part in self._parts.values():
            if isinstance(part, RecordsFilter):
                part.picker.setVisible(not is_folded)
                part.setVisible(not is_folded or bool(part.values()))
            elif isinstance(part, ManyChip) and not isinstance(part, ExactChip):
                part.setVisible(not is_folded or bool(part.values()))

    def can_fold(self) -> bool:
        """Whether there are so many that they take rows of their own."""
        return len([one for one in self._parts.values() if not isinstance(one, ExactChip)]) >= FOLD_FROM

    # --- making

    def _add(self, one: ReportFilter) -> None:
        if one.kind is FilterKind.TEXT:
            self._text_key = one.key
            self._search = self._page.add_search(lambda _text: self._tell())
        elif one.kind in (FilterKind.ITEM, FilterKind.SUPPLIER):
            complete = self._find_item if one.kind is FilterKind.ITEM else self._find_supplier
            known = self._known_items if one.kind is FilterKind.ITEM else self._known_suppliers
            records = RecordsFilter(one.title, complete, known)
            records.changed.connect(self._tell)
            self._parts[one.key] = records
            self._page.chips.add_widget(records)
        elif one.kind is FilterKind.NUMBER:
            self._add_number(one)
        else:
            chip = _chip(one)
            chip.chosen.connect(lambda _values: self._tell())
            self._parts[one.key] = chip
            self._page.chips.add_widget(chip)
            self._fill(one, chip)

    def _add_number(self, one: ReportFilter) -> None:
        editor = QtyEdit(one.title)
        editor.set_value(one.default)
        editor.setFixedWidth(104)
        editor.committed.connect(self._tell)
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(Label(one.title, "muted"))
        line.addWidget(editor)
        self._parts[one.key] = editor
        self._page.chips.add_widget(box)

    def _tell(self) -> None:
        values = self.values()
        if values != self._told:
            self._told = values
            self.changed.emit()

    # --- what there is to choose

    def _fill(self, one: ReportFilter, chip: ManyChip) -> None:
        asks: dict[FilterKind, tuple[Callable[..., Any], Callable[[Sequence[Any]], None]]] = {
            FilterKind.CATEGORY: (catalog.list_categories, partial(self._categories, chip)),
            FilterKind.LOCATION: (stock.list_locations, partial(self._places, chip)),
            FilterKind.REASON: (stock.list_waste_reasons, partial(self._reasons, chip)),
        }
        if one.kind in asks:
            query, then = asks[one.kind]
            self._context.ops.ask(self._page, query, then=then, failed=lambda _error: None, key=("filter", one.key))

    def _categories(self, chip: ManyChip, rows: Sequence[Any]) -> None:
        chip.set_options([(row.id, f"{INDENT * row.depth}{self._title(row)}") for row in rows])

    def _places(self, chip: ManyChip, rows: Sequence[Any]) -> None:
        shown = [row for row in rows if row.kind is not LocationKind.TRANSIT]
        chip.set_options([(row.location_id, f"{INDENT * row.depth}{self._title(row)}") for row in shown])

    def _reasons(self, chip: ManyChip, rows: Sequence[Any]) -> None:
        chip.set_options([(row.code, self._title(row)) for row in rows])

    def _title(self, row: Any) -> str:
        return str((row.name_en or row.name) if self._context.language == "en" else row.name)

    def _find_item(self, text: str, answer: Answer) -> None:
        def found(rows: Sequence[Any]) -> None:
            answer([self._found_item(row) for row in rows])

        self._context.ops.ask(self._page, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key="items")

    def _found_item(self, row: Any) -> Found:
        return Found(row.id, row.code, row.title(self._context.language), row.spec, row)

    def _find_supplier(self, text: str, answer: Answer) -> None:
        def found(rows: Sequence[Any]) -> None:
            answer([self._found_supplier(row) for row in rows[:MOST_FOUND]])

        self._context.ops.ask(self._page, catalog.list_suppliers, text=text, then=found, key="suppliers")

    def _found_supplier(self, row: Any) -> Found:
        return Found(row.id, row.code, row.title(self._context.language), "", row)

    def _known_items(self, ids: Sequence[Any], answer: Answer) -> None:
        def known(rows: Sequence[Any]) -> None:
            answer([self._found_item(row) for row in rows])

        self._ask_names(catalog.list_items_page, known, ids=list(ids))

    def _known_suppliers(self, ids: Sequence[Any], answer: Answer) -> None:
        def known(rows: Sequence[Any]) -> None:
            answer([self._found_supplier(row) for row in rows if row.id in ids])

        self._ask_names(catalog.list_suppliers, known, is_active=None)

    def _ask_names(self, query: Callable[..., Any], then: Callable[[Sequence[Any]], None], **asked: Any) -> None:
        ops = self._context.ops
        ops.ask(self._page, query, then=then, failed=lambda _error: None, key=("names", query.__name__), **asked)


def _chip(one: ReportFilter) -> ManyChip:
    if one.kind is FilterKind.EXACT:
        return ExactChip(one.title)
    return (OneChip if one.kind is FilterKind.ONE else ManyChip)(one.title, one.choices)


def _values(part: Part) -> Chosen:
    if not isinstance(part, QtyEdit):
        return part.values()
    try:
        value = part.value()
    except CoreError:
        return ()
    return () if value is None else (value,)

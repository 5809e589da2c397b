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
from core.i18n import _n
from core.reports import Chosen, FilterKind, ReportEntry, ReportFilter
from core.words import LocationKind
from desktop.context import AppContext
from desktop.reports.report.many import ManyChip
from desktop.widgets import Found, Label, PageBase, QtyEdit, RecordPicker

INDENT = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
MOST_FOUND = 12
Filters = tuple[tuple[str, Chosen], ...]
Answer = Callable[[Sequence[Found]], None]


class ReportFilters(QObject):
    """Adds a chip or field for each filter to the page's head; `changed` when the person narrows otherwise."""

    changed = Signal()

    def __init__(self, context: AppContext, page: PageBase, entry: ReportEntry) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._parts: dict[str, ManyChip | RecordPicker | QtyEdit] = {}
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
            if isinstance(part, ManyChip):
                part.set_values(values)
            elif isinstance(part, QtyEdit):
                default = self._kinds[key].default
                part.set_value(Decimal(values[0]) if values else default)
            else:
                self._show_records(key, part, values)
        if self._text_key:
            self._search.setText(str(chosen.get(self._text_key, ("",))[0]))
        self._told = self.values()

    # --- making

    def _add(self, one: ReportFilter) -> None:
        if one.kind is FilterKind.TEXT:
            self._text_key = one.key
            self._search = self._page.add_search(lambda _text: self._tell())
        elif one.kind in (FilterKind.ITEM, FilterKind.SUPPLIER):
            complete = self._find_item if one.kind is FilterKind.ITEM else self._find_supplier
            picker = RecordPicker(one.title, complete, placeholder=one.title)
            picker.setFixedWidth(160)
            picker.committed.connect(self._tell)
            self._put(one.key, picker)
            self._page.chips.add_widget(picker)
        elif one.kind is FilterKind.NUMBER:
            self._add_number(one)
        else:
            chip = ManyChip(one.title, one.choices)
            chip.chosen.connect(lambda _values: self._tell())
            self._put(one.key, chip)
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
        self._put(one.key, editor)
        self._page.chips.add_widget(box)

    def _put(self, key: str, part: ManyChip | RecordPicker | QtyEdit) -> None:
        self._parts[key] = part

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

    def _show_records(self, key: str, picker: RecordPicker, values: Chosen) -> None:
        """One record by its name as soon as that is known; several as their number."""
        if not values:
            picker.set_record(None)
            return
        several = _n("{n} chosen", "{n} chosen", len(values))
        picker.set_record(Found(values if len(values) > 1 else values[0], "", several))
        if len(values) > 1:
            return
        is_item = self._kinds[key].kind is FilterKind.ITEM

        def known(rows: Sequence[Any]) -> None:
            row = next((one for one in rows if one.id == values[0]), None)
            if row is not None and _values(picker) == values:
                picker.set_record(self._found_item(row) if is_item else self._found_supplier(row))

        asked = {"ids": values} if is_item else {"is_active": None}
        query: Callable[..., Any] = catalog.list_items_page if is_item else catalog.list_suppliers
        self._context.ops.ask(self._page, query, then=known, failed=lambda _error: None, key=("name", key), **asked)


def _values(part: ManyChip | RecordPicker | QtyEdit) -> Chosen:
    if isinstance(part, ManyChip):
        return part.values()
    try:
        value = part.value()
    except CoreError:
        return ()
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)

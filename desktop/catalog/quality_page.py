"""Data quality: what is missing on how many items; each is filled in beside the list, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import catalog
from core.catalog import GAP_NAMES, Gap, ItemFilter
from core.documents import Sheet
from core.errors import CoreError
from core.i18n import Text, _, _n
from desktop.catalog.columns import item_columns, item_file_columns, item_file_rows
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import column_of, follow_rows
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.theme import Meaning, text_px
from desktop.widgets import Column, Kind, Label, Notice, RowTable

GAPS_WIDE = 296
# Which form fills a gap, and the field of it. Without a form the card's photo part does.
FIXES: dict[str, tuple[str, str]] = {
    "no_category": ("edit", "category_id"),
    "no_supplier": ("term", ""),
    "no_barcode": ("barcode", ""),
    "no_english": ("edit", "name_en"),
    "no_purchase_unit": ("edit", "purchase_unit"),
    "no_shelf_life": ("edit", "shelf_life_days"),
    "no_policy": ("policy", "minimum"),
    "no_price": ("edit", "sale_price"),
    "no_standard": ("edit", "standard_cost"),
    "no_photo": ("", ""),
}


@dataclass(frozen=True, slots=True)
class GapRow:
    """A line of the list of gaps."""

    id: str
    name: Text
    items: int


class QualityPage(CatalogPage):
    """At the left what is missing, in the middle the items that lack it, at the right the form that fills it."""

    def __init__(self, context: AppContext, *, gap: str = "") -> None:
        super().__init__(context, _("Data quality"), _("What is missing on the items, and where to fill it in."))
        self._gap = gap
        self._ids: list[int] = []
        self._next_id = 0
        self._is_moving_on = False
        self.gaps = RowTable(
            [
                Column("name", _("Missing"), 150, stretch=True, sortable=False),
                Column("items", _("Items"), 64, kind=Kind.QTY, sortable=False),
            ],
            name=_("What is missing"), key="catalog.gaps",
        )  # fmt: skip
        self.gaps.setFixedWidth(text_px(GAPS_WIDE))
        self.gaps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table = RowTable(item_columns(self.known, with_state=False), name=_("Items that lack it"))
        self._all_well = Notice(_("Nothing is missing here."), Meaning.GOOD)
        self._all_well.hide()
        self._head = Label("", "strong")
        self.set_content(self._laid_out())
        self.setFocusProxy(self.gaps)
        self.gaps.current_changed.connect(self._on_gap)
        self.table.loaded.connect(lambda total: self.set_count(total))
        self.table.failed.connect(self.show_error)
        follow_rows(self, self.table, lambda row: self._fix(row.id))
        self.desk.saved.connect(self._on_saved)
        self.add_files()
        self.add_ways((_("Duplicates"), "catalog.duplicates", "copy"), (_("Unused items"), "catalog.unused", "trash"))
        context.hub.watch(self, ("item", "attachment", "supplier"), self.reload)
        self.known.ready.connect(self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again what is missing."""
        if self.known.is_ready:
            self.context.ops.ask(self, catalog.list_gaps, then=self._on_gaps)

    def choose(self, gap: str) -> None:
        """Show the items that lack one thing."""
        self.gaps.select_where(lambda row: row.id == gap)

    def prepare_sheet(self) -> MakeSheet:
        ids, ask, known, gap = list(self._ids), self.context.office.ask, self.known, self._gap

        def make() -> Sheet:
            rows = ask(catalog.list_items_page, ids=ids)
            return Sheet(GAP_NAMES[gap], item_file_columns(known), item_file_rows(rows, known))

        return make

    # --- inside

    def _laid_out(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.gaps)
        self._head.setContentsMargins(8, 8, 0, 0)
        row.addWidget(column_of(self._head, self._all_well, self.table, spacing=4), 1)
        return holder

    def _on_gaps(self, found: list[Gap]) -> None:
        rows = sorted((GapRow(gap.word, GAP_NAMES[gap.word], gap.items) for gap in found), key=lambda row: -row.items)
        self.gaps.set_rows(rows)
        self.show_content()
        total = sum(row.items for row in rows)
        words = _n("{n} gap in all", "{n} gaps in all", total) if total else _("Nothing is missing on any item.")
        self.set_answer(words)
        gap, at = self._gap, self.gaps.current_row()
        if gap and (at is None or at.id != gap):
            self.choose(gap)
        self.gaps.select_first()
        self._ask_items()

    def _on_gap(self, row: GapRow | None) -> None:
        if row is not None and row.id != self._gap:
            self._gap = row.id
            self._ids = []
            self._next_id = 0
            if not self.has_unsaved():
                self.close_panel()
            self._ask_items()

    def _ask_items(self) -> None:
        if self._gap:
            self._head.set_words(GAP_NAMES[self._gap])
            filters = ItemFilter(gap=self._gap)
            self.context.ops.ask(self, catalog.list_item_ids, filters=filters, sort="code", then=self._on_ids)

    def _on_ids(self, ids: list[int]) -> None:
        current = self.table.current_row()
        self._ids = ids
        self._all_well.setVisible(not ids)
        self.table.setVisible(bool(ids))
        self.table.set_ids(ids, self._fetch)
        self.set_count(len(ids))
        if self._is_moving_on:
            self._is_moving_on = False
            self._move_on()
        elif current is not None and current.id in ids:
            self.table.select_row(ids.index(current.id))

    def _fetch(
        self, ids: Sequence[int], then: Callable[[Sequence[Any]], None], failed: Callable[[CoreError], None]
    ) -> None:
        if not ids:
            then([])
            return
        self.context.ops.ask(
            self, catalog.list_items_page, ids=list(ids), key=("page", ids[0]), then=then, failed=failed
        )

    def _fix(self, item_id: int) -> None:
        """Open the form that fills this gap on an item."""
        if self.has_unsaved():
            return
        at = self._ids.index(item_id) if item_id in self._ids else -1
        self._next_id = self._ids[at + 1] if 0 <= at < len(self._ids) - 1 else 0
        kind, field = FIXES[self._gap]
        may_edit = self.desk.may_fix(kind)
        if kind and may_edit:
            self.desk.fix(item_id, kind, field)
        else:
            self.desk.open_item(item_id, "" if kind else "files")

    def _on_saved(self, _item_id: int) -> None:
        """Filled in: the next item that lacks it comes by itself once the list is read again."""
        self._is_moving_on = True
        self.reload()

    def _move_on(self) -> None:
        if self._next_id in self._ids:
            self.table.select_row(self._ids.index(self._next_id))
            self._fix(self._next_id)
        elif not self._ids:
            self.close_panel()

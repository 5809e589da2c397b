"""Items: every one the site knows, found by anything people call it, with its card beside the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from core import catalog
from core.catalog import ItemFilter
from core.devices import OwnKind, Scan
from core.documents import Cell, Sheet
from core.errors import CoreError
from core.i18n import _
from core.words import Permission, StorageKind, word
from desktop.catalog.columns import item_columns, item_file_columns, item_file_rows
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import follow_rows
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.widgets import ChipSpec, KeyHint, MenuChip, RowTable

FILE_PAGE = 1_000


class ItemsPage(CatalogPage):
    """The list of items. `item_id` opens a card, `is_adding` the form of a new one (with the barcode `text`); the others
    narrow the list."""

    def __init__(
        self, context: AppContext, *, item_id: int = 0, is_adding: bool = False, text: str = "", part: str = "",
        supplier_id: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(context, _("Items"), _("Everything that is bought, made, kept and sold here."))
        self._wanted_id, self._wanted_part, self._is_adding = item_id, part, is_adding
        self._barcode = text if is_adding else ""
        self._ids: list[int] = []
        self._shown: tuple[ItemFilter, str, bool] | None = None
        self._sort, self._descending = "", False
        self.table = RowTable(item_columns(self.known), name=_("Items"), key="catalog.items")
        self.set_table(self.table)
        self._add_filters("" if is_adding else text)
        self._supplier_id = supplier_id
        self._add_actions()
        self.table.sort_requested.connect(self._on_sort)
        follow_rows(self, self.table, lambda row: self.desk.follow(row.id))
        context.hub.watch(self, ("item", "supplier"), self.reload)
        self.known.ready.connect(self._on_ready)
        self.known.changed.connect(self._fill_chips)
        self.desk.saved.connect(self._on_saved)
        self.start_loading()

    # --- what is shown

    def filters(self) -> ItemFilter:
        """What the chips and the search say."""
        chosen = self.chips.values()
        return ItemFilter(
            text=self.head.search_text(),
            category_id=chosen["category"],
            supplier_id=self._supplier_id or chosen["supplier"],
            storage_kind=chosen["storage"],
            is_active=None if chosen["retired"] else True,
            lot_tracked=True if chosen["lots"] else None,
            gap=chosen["gap"] or "",
        )

    def reload(self) -> None:
        """Ask again which items there are; then the page that is seen."""
        if not self.known.is_ready:
            return
        wanted = self.filters()
        if self._shown is None:
            self.start_loading()
        sort = self._sort or ("" if wanted.text else "code")
        self.context.ops.ask(
            self, catalog.list_item_ids, filters=wanted, sort=sort, descending=self._descending,
            then=lambda ids: self._on_ids(ids, wanted),
        )  # fmt: skip

    def open_item(self, item_id: int, part: str = "") -> None:
        """Show one item beside the list."""
        self.desk.open_item(item_id, part)

    def scan(self, scan: Scan) -> bool:
        """A scanned item opens beside the list."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is not None:
                if not self.has_unsaved():
                    self.open_item(hit.item.id)
            elif not self.context.unknown_code(scan, lambda: self.scan(scan)):
                self.context.shell.say(_("No item has the code {code}.", code=scan.code[:40]))

        codes = tuple(dict.fromkeys([*([scan.own.value] if scan.own else []), *scan.codes]))
        self.context.ops.ask(self, catalog.find_by_codes, codes=codes, then=found)
        return scan.own is None or scan.own.kind is OwnKind.ITEM

    def print_labels(self) -> None:
        """Labels of the rows that are chosen."""
        ids = tuple(row.id for row in self.table.selected_rows())
        if ids:
            self.context.shell.go("labels", subject="shelf", ids=ids)

    def new_prices(self) -> None:
        """New sale prices of the rows that are chosen, also of those not yet fetched."""
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        ids = tuple(self._ids[number] for number in numbers if number < len(self._ids))
        if ids and not self.has_unsaved():
            self.desk.new_prices(ids)

    def subject_item(self) -> tuple[int, str] | None:
        """The item whose card is open."""
        panel = self.panel()
        card = panel.card if isinstance(panel, ItemPanel) else None
        return None if card is None else (card.id, card.row.title(self.context.language))

    def prepare_sheet(self) -> MakeSheet:
        wanted, descending = self.filters(), self._descending
        sort = self._sort or ("" if wanted.text else "code")
        ask, known = self.context.office.ask, self.known

        def rows(ids: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
            for first in range(0, len(ids), FILE_PAGE):
                yield from item_file_rows(ask(catalog.list_items_page, ids=ids[first : first + FILE_PAGE]), known)

        def make() -> Sheet:
            ids = ask(catalog.list_item_ids, filters=wanted, sort=sort, descending=descending)
            return Sheet(_("Items"), item_file_columns(known), rows(ids), notation=known.notation())

        return make

    def more_keys(self) -> Sequence[KeyHint]:
        return (*super().more_keys(), KeyHint("Ctrl+E", _("Export as Excel")))

    # --- filters and actions

    def _add_filters(self, text: str) -> None:
        search = self.add_search(lambda _text: self.reload(), _("Code, name, pinyin or barcode"))
        search.setText(text)
        chips = self.chips
        chips.add(ChipSpec("category", _("Category"), ()))
        chips.add(ChipSpec("supplier", _("Supplier"), ()))
        chips.add(ChipSpec("storage", _("Storage"), tuple((kind, word(kind)) for kind in StorageKind)))
        chips.add(ChipSpec("gap", _("Missing"), tuple(catalog.GAP_NAMES.items())))
        chips.add(ChipSpec("lots", _("Lot tracking")))
        chips.add(ChipSpec("retired", _("Show retired")))
        chips.changed.connect(self.reload)

    def _fill_chips(self) -> None:
        for key, options in (
            ("category", [(0, _("No category")), *self.known.category_options()]),
            ("supplier", self.known.supplier_options()),
        ):
            chip = self.chips.chip(key)
            if isinstance(chip, MenuChip) and len(options) > 1:
                chip.set_options(options)
        if self._supplier_id is not None and self.known.suppliers:
            supplier_id, self._supplier_id = self._supplier_id, None
            self.chips.set_value("supplier", supplier_id)

    def _add_actions(self) -> None:
        may_edit = self.may(Permission.ITEM_EDIT)
        go = self.context.shell.go
        if may_edit:
            self.set_primary(_("New item"), lambda: self.desk.new_item())
        self.add_ways(
            (_("Data quality"), "catalog.quality", "check"),
            (_("Duplicates"), "catalog.duplicates", "copy"),
            (_("Unused items"), "catalog.unused", "trash"),
            (_("Categories"), "catalog.categories", "folder"),
            (_("Units"), "catalog.units", "scale"),
        )
        if self.context.shell.can_go("labels"):
            self.add_more(_("Print labels of the chosen"), self.print_labels, "barcode", "Ctrl+Shift+L")
        if self.may(Permission.PRICE_EDIT):
            self.add_more(_("New price from… of the chosen"), self.new_prices, "money")
        self.add_files()
        starts = [(_("New item"), lambda: self.desk.new_item())] if may_edit else []
        if self.context.shell.can_go("settings.import"):
            starts.append((_("Import from a file"), lambda: go("settings.import")))
        words = _("Ingredients, goods, prepared dishes, spare parts: each with its units, codes and suppliers.")
        self.say_empty(_("No items yet"), words, starts, "item")

    # --- answers

    def _on_ready(self) -> None:
        self.reload()
        if self._is_adding:
            self._is_adding = False
            self.desk.new_item(self._barcode)

    def _on_ids(self, ids: list[int], wanted: ItemFilter) -> None:
        showing = (wanted, self._sort, self._descending)
        if self._shown == showing and ids == self._ids:
            self.table.reload()
            return
        current = self.table.current_row()
        self._ids, self._shown = ids, showing
        state = next(at for at, column in enumerate(self.table.columns) if column.key == "is_active")
        self.table.setColumnHidden(state, wanted.is_active is True)
        self.table.set_ids(ids, self._fetch)
        if current is not None and current.id in ids:
            self.table.select_row(ids.index(current.id))
        if self._wanted_id:
            item_id, self._wanted_id = self._wanted_id, 0
            self._go_to(item_id)
            self.open_item(item_id, self._wanted_part)

    def _fetch(
        self, ids: Sequence[int], then: Callable[[Sequence[Any]], None], failed: Callable[[CoreError], None]
    ) -> None:
        if not ids:
            then([])
            return
        self.context.ops.ask(
            self, catalog.list_items_page, ids=list(ids), key=("page", ids[0]), then=then, failed=failed
        )

    def _go_to(self, item_id: int) -> None:
        if item_id in self._ids:
            self.table.select_row(self._ids.index(item_id))

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.reload()

    def _on_saved(self, item_id: int) -> None:
        self._wanted_part = ""
        self._go_to(item_id)

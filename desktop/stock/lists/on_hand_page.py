"""On hand: every item with what is there, what may still be promised, what it is worth, and whether it is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import catalog, stock
from core.devices import OwnKind, Scan
from core.errors import CoreError
from core.i18n import _
from core.words import Permission, StorageKind, word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.shell.scans import codes_of
from desktop.stock.entry.handover import Handover
from desktop.stock.lists.as_at import AsAt
from desktop.stock.lists.looks import LEVEL_OPTIONS
from desktop.stock.lists.on_hand_columns import ONLY_NOW, stock_columns
from desktop.stock.lists.on_hand_file import Wanted, stock_sheet
from desktop.stock.lists.on_hand_panel import StockPanel
from desktop.stock.lists.page import StockListPage, band, follow_rows
from desktop.stock.lists.papers import print_stock
from desktop.stock.lists.why import AboutStock, StockWhy
from desktop.widgets import Button, ChipSpec, KeyHint, MenuChip, RowTable, instant_words, money_words

DAYS = (3, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class Start:
    """What the page is opened with: an item to show beside the list, and filters. `as_of` is a moment as ISO text."""

    item_id: int | None = None
    location_id: int | None = None
    text: str = ""
    level: str = ""
    days: int | None = None
    as_of: str = ""


class OnHandPage(StockListPage):
    """The first page of stock; opened with the fields of `Start`."""

    def __init__(self, context: AppContext, handover: Handover, **start: Any) -> None:
        begin = Start(**start)
        is_plain = begin.location_id is None and not begin.as_of
        super().__init__(
            context, _("On hand"), _("What is there, where it lies, and whether it is enough"), names_later=is_plain
        )
        self._handover, self._wanted_id, self._place_id = handover, begin.item_id, begin.location_id
        self._sees_cost = self.may(Permission.COST_VIEW)
        self._ids: list[int] = []
        self._shown: tuple[stock.StockFilter, str, bool] | None = None
        self._sort, self._descending = "code", False
        self._has_names = False
        self._valued: tuple[stock.StockFilter, list[int]] | None = None
        columns = stock_columns(self.known, context.language, sees_cost=self._sees_cost)
        self.table = RowTable(columns, name=_("Stock on hand"), key="stock.on_hand")
        self._past = band("")
        self._past.add_button(Button(_("Back to now"), self._back_to_now, kind="link"))
        self.set_list(self.table, self._past)
        self.why = StockWhy(self, context, self.known)
        self._add_filters(begin)
        self._add_actions()
        self.table.sort_requested.connect(self._on_sort)
        self.table.why_requested.connect(self._on_why)
        follow_rows(self, self.table, lambda row: self.open_item(row.id))
        context.hub.watch(self, ("item", "reservation", "lot", "location"), self.reload)
        context.hub.watch(self, ("stock",), self._on_stock)
        self.known.ready.connect(self.reload)
        self.known.changed.connect(self._on_places)
        self._moment = begin.as_of
        self.start_loading()

    # --- what is shown

    def filters(self) -> stock.StockFilter:
        """What the chips and the search say."""
        chosen = self.chips.values()
        return stock.StockFilter(
            text=self.head.search_text(),
            location_id=chosen["place"],
            category_id=chosen["category"],
            storage_kind=chosen["storage"],
            level=chosen["level"],
            expiring_days=chosen["expiring"],
            with_stock=bool(chosen["with_stock"]),
            as_of=self.as_at.value(),
        )

    def reload(self) -> None:
        """Ask again which items there are; then the page that is seen."""
        if not self.known.is_ready:
            return
        wanted = self.filters()
        if self._shown is None:
            self.start_loading()
        self.context.ops.ask(
            self, stock.list_stock_ids, filters=wanted, sort=self._sort, descending=self._descending,
            then=lambda ids: self._on_ids(ids, wanted),
        )  # fmt: skip
        self._say_moment(wanted.as_of)

    def open_item(self, item_id: int) -> None:
        """Show one item beside the list."""
        panel = StockPanel(self.context, self.known, self._handover, item_id, self.as_at.value())
        panel.why_wanted.connect(lambda row, key: self.why.ask(AboutStock(row, key, as_of=panel.as_of)))
        self.open_panel(panel, 420)

    def scan(self, scan: Scan) -> bool:
        """A scanned item opens beside the list."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is not None:
                self.open_item(hit.item.id)
            elif not self.context.unknown_code(scan, lambda: self.scan(scan)):
                self.context.shell.say(_("No item has the code {code}.", code=scan.code[:40]))

        self.context.ops.ask(self, catalog.find_by_codes, codes=codes_of(scan), then=found)
        return scan.own is None or scan.own.kind is OwnKind.ITEM

    def print_page(self) -> None:
        """F8: the list on paper."""
        print_stock(self.context, self, self.filters())

    def prepare_sheet(self) -> MakeSheet:
        wanted = Wanted(self.filters(), self._sort, self._descending, self._sees_cost)
        return stock_sheet(self.context, self.known, wanted)

    def more_keys(self) -> Sequence[KeyHint]:
        return (*super().more_keys(), KeyHint("F8", _("Print the list")))

    # --- filters and actions

    def _add_filters(self, begin: Start) -> None:
        search = self.add_search(lambda _text: self.reload(), _("Code, name or barcode"))
        search.setText(begin.text)
        chips = self.chips
        chips.add(ChipSpec("with_stock", _("With stock only")))
        chips.add(ChipSpec("level", _("State"), LEVEL_OPTIONS))
        chips.add(ChipSpec("place", _("Place"), ()))
        chips.add(ChipSpec("category", _("Category"), ()))
        storage = tuple((kind, word(kind)) for kind in StorageKind)
        chips.add(ChipSpec("storage", _("Storage"), storage))
        expiring = ((0, _("has expired")), *((day, _("within {n} days", n=day)) for day in DAYS))
        chips.add(ChipSpec("expiring", _("Expiry"), expiring))
        self.as_at = AsAt(self.known)
        self.boxes.append(self.as_at)
        chips.add_widget(self.as_at)
        if begin.level:
            chips.set_value("level", stock.Level(begin.level))
        if begin.days is not None:
            chips.set_value("expiring", begin.days)
        chips.changed.connect(self.reload)
        self.as_at.changed.connect(self.reload)

    def _add_actions(self) -> None:
        if self.may(Permission.STOCK_RECEIVE):
            self.set_primary(_("Receive"), lambda: self.context.shell.go("purchasing.receive"), "receive")
        proposals = lambda: self.context.shell.go("stock.proposals")  # noqa: E731
        self.head.add_button(Button(_("Transfer proposals"), proposals, icon_name="transfer"))
        self.add_more(_("Print the list"), self.print_page, "print", "F8")
        if self.context.shell.can_go("stock.odd"):
            self.add_more(_("Trace a difference"), lambda: self.context.shell.go("stock.odd"), "search")
        self.add_files()
        starts = [(_("Receive goods"), lambda: self.context.shell.go("purchasing.receive"))]
        if self.context.shell.can_go("importing.import"):
            starts.append((_("Import from a file"), lambda: self.context.shell.go("importing.import")))
        self.say_empty(
            _("No items yet"),
            _("Everything that is stocked stands here, with how much of it there is."),
            starts,
            "stock",
        )

    def _on_places(self) -> None:
        chip = self.chips.chip("place")
        if isinstance(chip, MenuChip) and self.known.places:
            chip.set_options(self.known.place_options())
            wanted, self._place_id = self._place_id, None
            if wanted is not None:
                chip.choose(wanted)
        if self._moment and self.known.site is not None:
            moment, self._moment = datetime.fromisoformat(self._moment), ""
            self.as_at.set_moment(moment)

    def _on_categories(self, rows: list[catalog.CategoryRow]) -> None:
        is_english = self.context.language == "en"
        chip = self.chips.chip("category")
        if isinstance(chip, MenuChip):
            indent = "\N{NO-BREAK SPACE}" * 3
            chip.set_options(
                [(row.id, indent * row.depth + ((row.name_en or row.name) if is_english else row.name)) for row in rows]
            )

    # --- answers

    def _on_ids(self, ids: list[int], wanted: stock.StockFilter) -> None:
        if not ids:
            self._after_rows(wanted)
        showing = (wanted, self._sort, self._descending)
        if self._shown == showing and ids == self._ids:
            self.table.reload()
            self._ask_value(wanted)
            return
        current = self.table.current_row()
        self._ids, self._shown = ids, showing
        for at, column in enumerate(self.table.columns):
            if column.key in ONLY_NOW:
                self.table.setColumnHidden(at, wanted.as_of is not None or wanted.location_id is not None)
        self.table.set_ids(ids, lambda part, then, failed: self._fetch(wanted, part, then, failed))
        if current is not None and current.id in ids:
            self.table.select_row(ids.index(current.id))
        if self._wanted_id is not None:
            item_id, self._wanted_id = self._wanted_id, None
            self.open_item(item_id)
            if item_id in ids:
                self.table.select_row(ids.index(item_id))

    def _fetch(
        self, wanted: stock.StockFilter, ids: Sequence[int], then: Callable[[Sequence[Any]], None],
        failed: Callable[[CoreError], None],
    ) -> None:  # fmt: skip
        if not ids:
            then([])
            return

        def arrived(rows: list[stock.StockRow]) -> None:
            then([replace(row, unit=self.known.unit(row.unit)) for row in rows])
            self._after_rows(wanted)

        self.context.ops.ask(
            self, stock.list_stock_page, ids=ids, filters=wanted, key=("page", ids[0]), then=arrived, failed=failed
        )

    def _after_rows(self, wanted: stock.StockFilter) -> None:
        """The rows are there; now what may come a moment later: places and categories to choose from, the sum."""
        if not self._has_names:
            self._has_names = True
            if not self.known.places:
                self.known.load()
            self.context.ops.ask(self, catalog.list_categories, then=self._on_categories, failed=lambda _error: None)
        if self._valued != (wanted, self._ids):
            self._valued = (wanted, self._ids)
            self._ask_value(wanted)

    def _ask_value(self, wanted: stock.StockFilter) -> None:
        if self._sees_cost:
            self.context.ops.ask(
                self, stock.sum_stock_value, filters=wanted, then=self._say_value, failed=lambda _error: None
            )

    def _say_value(self, value: Decimal) -> None:
        self.set_answer(_("Worth {value} together", value=money_words(value, sign=True)))

    def _say_moment(self, moment: datetime | None) -> None:
        if moment is None:
            self._past.hide()
        else:
            self._past.say(_("This is how it was at {time}.", time=instant_words(moment)))

    # --- what happens

    def _back_to_now(self) -> None:
        self.as_at.clear()

    def _on_stock(self) -> None:
        """Something was posted: which items are shown follows from it only under some filters and sorts."""
        wanted = self.filters()
        is_computed = self._sort in {column.key for column in self.table.columns if column.why or column.key == "level"}
        if wanted.asks_stock or is_computed or self._shown is None:
            self.reload()
        else:
            self.table.reload()
            self._ask_value(wanted)

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.reload()

    def _on_why(self, row: stock.StockRow, key: str) -> None:
        wanted = self.filters()
        place = self.known.place_name(wanted.location_id) if wanted.location_id is not None else ""
        self.why.ask(AboutStock(row, key, place, wanted.location_id, wanted.as_of))

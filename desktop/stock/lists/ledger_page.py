"""The stock ledger: every entry, newest first, narrowed by period, kind, item, place, lot, person and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core import stock
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, PostingKind, word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.lists.page import StockListPage
from desktop.stock.lists.period import Period
from desktop.widgets import ChipSpec, Column, Kind, MenuChip, RowsWanted, RowTable

FILE_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Start:
    """What the page is opened with; `first` and `last` are days as ISO text."""

    item_id: int | None = None
    lot_id: int | None = None
    location_id: int | None = None
    text: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""


class LedgerPage(StockListPage):
    """Enter opens the posting of an entry; opened with the fields of `Start`."""

    def __init__(self, context: AppContext, **start: Any) -> None:
        begin = Start(**start)
        super().__init__(
            context, _("Stock ledger"), _("What came and went, when, where and by whom. Nothing is ever deleted.")
        )
        self._item_id, self._lot_id, self._place_id = begin.item_id, begin.lot_id, begin.location_id
        self._sees_cost = self.may(Permission.COST_VIEW)
        self._reasons: dict[str, str] = {}
        self._total: tuple[stock.LedgerFilter, int] | None = None
        self._days = (begin.first, begin.last)
        self.table = RowTable(self._columns(), name=_("Entries of the ledger"), key="stock.ledger")
        self.set_list(self.table)
        self._add_filters(begin)
        self.add_files()
        self.say_empty(
            _("Nothing was posted yet"), _("Every receipt, issue, transfer and count leaves its entries here."),
            [(_("Receive goods"), lambda: context.shell.go("purchasing.receive"))], "history",
        )  # fmt: skip
        self.table.row_activated.connect(self._open)
        context.hub.watch(self, ("stock",), self._on_stock)
        self.known.changed.connect(self._on_places)
        self.known.ready.connect(self._start)
        self.start_loading()

    # --- what is shown

    def filters(self) -> stock.LedgerFilter:
        """What the chips, the period and the search say."""
        chosen = self.chips.values()
        start, end = self.period.span()
        return stock.LedgerFilter(
            start=start,
            end=end,
            item_id=chosen.get("item"),
            lot_id=chosen.get("lot"),
            location_id=chosen["place"],
            kinds=(chosen["kind"],) if chosen["kind"] else (),
            person_id=chosen["person"],
            text=self.head.search_text(),
        )

    def reload(self) -> None:
        """Ask again from the top of what is seen."""
        if self.known.is_ready:
            self._total = None
            self.table.set_filter(self.filters())

    def prepare_sheet(self) -> MakeSheet:
        wanted, ask, sees_cost = self.filters(), self.context.office.ask, self._sees_cost
        known = self.known

        def rows() -> Iterator[tuple[Cell, ...]]:
            offset = 0
            while True:
                page = ask(stock.list_ledger, wanted=wanted, limit=FILE_PAGE, offset=offset, newest_first=True)
                yield from (self._cells(row) for row in page)
                offset += FILE_PAGE
                if len(page) < FILE_PAGE:
                    return

        def make() -> Sheet:
            facts = [Fact(_("From"), wanted.start, "instant")] if wanted.start else []
            facts += [Fact(_("To"), wanted.end, "instant")] if wanted.end else []
            return Sheet(_("Stock ledger"), _file_columns(sees_cost), rows(), tuple(facts), notation=known.notation())

        return make

    # --- columns

    def _columns(self) -> list[Column]:
        columns = [
            Column("at", _("When"), 132, kind=Kind.INSTANT, muted=True, sortable=False),
            Column("number", _("Number"), 124, sortable=False),
            Column("kind", _("Kind"), 124, value=self._kind_words, sortable=False),
            Column("item", _("Item"), 160, stretch=True, value=self.item_name, sortable=False),
            Column("item_code", _("Code"), 92, muted=True, wide_only=True, sortable=False),
            Column("place", _("Place"), 112, value=lambda row: self.known.place_name(row.location_id), sortable=False),
            Column("lot", _("Lot"), 92, wide_only=True, sortable=False),
            Column("qty", _("Quantity"), 108, kind=Kind.QTY, unit="unit", sortable=False),
        ]
        if self._sees_cost:
            columns.append(Column("value", _("Value"), 100, kind=Kind.MONEY, sortable=False))
        columns.append(Column("detail", _("Detail"), 136, muted=True, value=self._detail, sortable=False))
        columns.append(Column("by", _("By"), 80, muted=True, wide_only=True, sortable=False))
        return columns

    @staticmethod
    def _kind_words(row: Any) -> Text:
        return _("{kind}, reversed", kind=word(row.kind)) if row.is_reversal else word(row.kind)

    def _detail(self, row: Any) -> str:
        reason = self._reasons.get(row.reason, row.reason)
        language = self.context.language
        return str(reason or row.purpose_title(language) or row.supplier_title(language) or row.document or row.note)

    def _cells(self, row: stock.EntryRow) -> tuple[Cell, ...]:
        cells: list[Cell] = [
            row.at, row.number, self._kind_words(row), row.item_code, self.item_name(row),
            self.known.place_name(row.location_id), row.lot, row.qty, self.known.unit(row.unit),
        ]  # fmt: skip
        if self._sees_cost:
            cells.append(row.value)
        language = self.context.language
        cells += [self._reasons.get(row.reason, row.reason), row.purpose_title(language)]
        cells += [row.supplier_title(language), row.document, row.note]
        return (*cells, row.by, row.station, row.posted_at)

    # --- filters

    def _add_filters(self, begin: Start) -> None:
        search = self.add_search(lambda _text: self.reload(), _("Number, item or lot"))
        search.setText(begin.text)
        self.period = Period(self.known)
        self.boxes.append(self.period)
        self.chips.add_widget(self.period)
        self.chips.add(ChipSpec("kind", _("Kind"), tuple((one, word(one)) for one in PostingKind)))
        self.chips.add(ChipSpec("place", _("Place"), ()))
        self.chips.add(ChipSpec("person", _("Person"), ()))
        for key, words, wanted in (("item", _("Item"), self._item_id), ("lot", _("Lot"), self._lot_id)):
            if wanted is not None:
                self.chips.add(ChipSpec(key, words, ((wanted, "…"),)))
                self.chips.set_value(key, wanted)
        if begin.kind:
            self.chips.set_value("kind", PostingKind(begin.kind))
        self.chips.changed.connect(self.reload)
        self.period.changed.connect(self.reload)
        ask = self.context.ops.ask
        ask(self, stock.list_posters, then=self._on_people)
        ask(self, stock.list_waste_reasons, then=self._on_reasons)
        if self._item_id is not None:
            ask(self, stock.list_stock_page, ids=[self._item_id], filters=stock.StockFilter(), then=self._on_item)
        if self._lot_id is not None:
            ask(self, stock.trace_lot, lot_id=self._lot_id, then=self._on_lot)

    def _name_chip(self, key: str, value: int, words: str) -> None:
        chip = self.chips.chip(key)
        if isinstance(chip, MenuChip):
            chip.set_options([(value, words)])

    def _on_item(self, rows: list[stock.StockRow]) -> None:
        for row in rows:
            self._name_chip("item", row.id, row.title(self.context.language))

    def _on_lot(self, card: stock.TraceCard) -> None:
        self._name_chip("lot", card.lot.lot_id, card.lot.number)

    def _on_people(self, people: Sequence[tuple[int, str]]) -> None:
        chip = self.chips.chip("person")
        if isinstance(chip, MenuChip):
            chip.set_options(list(people))

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        is_english = self.context.language == "en"
        self._reasons = {row.code: (row.name_en or row.name) if is_english else row.name for row in rows}

    def _on_places(self) -> None:
        chip = self.chips.chip("place")
        if isinstance(chip, MenuChip) and self.known.places:
            chip.set_options(self.known.place_options(in_use=False))
            wanted, self._place_id = self._place_id, None
            if wanted is not None:
                chip.choose(wanted)
            self.table.retranslate()
        first, last = self._days
        if first and last and self.known.site is not None:
            self._days = ("", "")
            self.period.choose_days(date.fromisoformat(first), date.fromisoformat(last))

    # --- answers

    def _start(self) -> None:
        self.table.set_filter(self.filters())
        self.table.set_fetch(self._fetch)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> None:
        filters: stock.LedgerFilter = wanted.filter

        def paged(rows: list[stock.EntryRow]) -> None:
            named = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
            if self._total is not None and self._total[0] == filters:
                then(named, self._total[1])
                return
            if wanted.offset == 0 and len(rows) < wanted.limit:
                self._counted(filters, named, len(rows), then)
                return
            self.context.ops.ask(
                self, stock.count_ledger, wanted=filters, failed=failed, key=("count", wanted.offset),
                then=lambda total: self._counted(filters, named, total, then),
            )  # fmt: skip

        self.context.ops.ask(
            self, stock.list_ledger, wanted=filters, limit=wanted.limit, offset=wanted.offset, newest_first=True,
            key=("page", wanted.offset), then=paged, failed=failed,
        )  # fmt: skip

    def _counted(
        self, filters: stock.LedgerFilter, rows: Sequence[Any], total: int, then: Callable[[Sequence[Any], int], None]
    ) -> None:
        self._total = (filters, total)
        then(rows, total)

    def _on_stock(self) -> None:
        self._total = None
        self.table.reload()

    def _open(self, row: stock.EntryRow) -> None:
        self.context.shell.go("stock.posting", posting_id=row.posting_id)


def _file_columns(sees_cost: bool) -> tuple[FileColumn, ...]:
    columns = [
        FileColumn("at", _("When"), "instant"), FileColumn("number", _("Number")), FileColumn("kind", _("Kind")),
        FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("place", _("Place")),
        FileColumn("lot", _("Lot")), FileColumn("qty", _("Quantity"), "qty"), FileColumn("unit", _("Unit")),
    ]  # fmt: skip
    if sees_cost:
        columns.append(FileColumn("value", _("Value"), "money"))
    columns += [
        FileColumn("reason", _("Reason")), FileColumn("purpose", _("For")), FileColumn("supplier", _("Supplier")),
        FileColumn("document", _("Document")), FileColumn("note", _("Note")), FileColumn("by", _("By")),
        FileColumn("station", _("PC")), FileColumn("posted_at", _("Entered at"), "instant"),
    ]  # fmt: skip
    return tuple(columns)

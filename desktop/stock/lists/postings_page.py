"""Postings: the documents of stock by kind and period, found by their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from core import stock
from core.devices import OwnKind, Scan
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.errors import CoreError
from core.i18n import _
from core.words import Permission, PostingKind, word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.shell.scans import codes_of
from desktop.stock.lists.page import StockListPage
from desktop.stock.lists.period import Period
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, ChipSpec, Column, Kind, RowsWanted, RowTable

FILE_PAGE = 500


class PostingsPage(StockListPage):
    """Enter opens a posting; a scanned or typed number that is one posting's opens it at once with Enter."""

    def __init__(self, context: AppContext, *, kind: str = "", text: str = "") -> None:
        super().__init__(context, _("Postings"), _("Every document of stock with its number; Enter opens it"))
        self._sees_cost = self.may(Permission.COST_VIEW)
        self.table = RowTable(self._columns(), name=_("Postings"), key="stock.postings")
        self.set_list(self.table)
        self._add_filters(kind, text)
        self.add_files()
        self.say_empty(
            _("Nothing was posted yet"), _("Receipts, issues, transfers and all other documents of stock stand here."),
            [(_("Receive goods"), lambda: context.shell.go("purchasing.receive"))], "file",
        )  # fmt: skip
        self.table.row_activated.connect(self._open)
        context.hub.watch(self, ("stock",), self.table.reload)
        self.known.ready.connect(self._start)
        self.start_loading()

    def filters(self) -> dict[str, Any]:
        """What the chips, the period and the search say, as the query takes it."""
        start, end = self.period.span()
        kind = self.chips.values()["kind"]
        return {"kinds": (kind,) if kind else (), "start": start, "end": end, "text": self.head.search_text()}

    def reload(self) -> None:
        """Ask again."""
        if self.known.is_ready:
            self.table.set_filter(self.filters())

    def scan(self, scan: Scan) -> bool:
        """The barcode of a slip opens its posting; goods are looked for elsewhere."""
        if scan.gtin or (scan.own is not None and scan.own.kind is not OwnKind.DOCUMENT):
            return False
        number = next(iter(codes_of(scan)), "")

        def found(posting_id: int | None) -> None:
            if posting_id is None:
                self.context.shell.say(_("There is no posting {number}.", number=number[:40]))
            else:
                self.context.shell.go("stock.posting", posting_id=posting_id)

        self.context.ops.ask(self, stock.find_posting, number=number, then=found)
        return True

    def prepare_sheet(self) -> MakeSheet:
        wanted, ask, known = self.filters(), self.context.office.ask, self.known

        def rows() -> Iterator[tuple[Cell, ...]]:
            offset = 0
            while True:
                page = ask(stock.list_postings, **wanted, limit=FILE_PAGE, offset=offset)
                yield from (self._cells(row) for row in page)
                offset += FILE_PAGE
                if len(page) < FILE_PAGE:
                    return

        return lambda: Sheet(_("Postings"), self._file_columns(), rows(), notation=known.notation())

    def _columns(self) -> list[Column]:
        columns = [
            Column("number", _("Number"), 140, sortable=False),
            Column("kind", _("Kind"), 150, value=lambda row: word(row.kind), sortable=False),
            Column("at", _("When"), 140, kind=Kind.INSTANT, sortable=False),
            Column("who", _("Supplier or purpose"), 180, stretch=True, value=self._who, sortable=False),
            Column("document", _("Document"), 124, muted=True, wide_only=True, sortable=False),
            Column("lines", _("Lines"), 70, kind=Kind.QTY, sortable=False),
        ]
        if self._sees_cost:
            columns.append(Column("value", _("Value"), 112, kind=Kind.MONEY, sortable=False, value=_value))
        columns.append(Column("by", _("By"), 92, muted=True, sortable=False))
        columns.append(Column("state", _("State"), 108, kind=Kind.BADGE, value=_state, sortable=False))
        return columns

    def _file_columns(self) -> tuple[FileColumn, ...]:
        columns = [
            FileColumn("number", _("Number")), FileColumn("kind", _("Kind")), FileColumn("at", _("When"), "instant"),
            FileColumn("supplier", _("Supplier")), FileColumn("purpose", _("For")),
            FileColumn("document", _("Document")), FileColumn("lines", _("Lines"), "number"),
        ]  # fmt: skip
        if self._sees_cost:
            columns.append(FileColumn("value", _("Value"), "money"))
        columns += [
            FileColumn("note", _("Note")), FileColumn("by", _("By")), FileColumn("station", _("PC")),
            FileColumn("ref", _("Belongs to")), FileColumn("reversed_by", _("Reversed by")),
        ]  # fmt: skip
        return tuple(columns)

    def _who(self, row: stock.PostingRow) -> str:
        language = self.context.language
        return row.supplier_title(language) or row.purpose_title(language) or row.note

    def _cells(self, row: stock.PostingRow) -> tuple[Cell, ...]:
        language = self.context.language
        cells: list[Cell] = [
            row.number, word(row.kind), row.at, row.supplier_title(language), row.purpose_title(language), row.document,
            row.lines,
        ]  # fmt: skip
        if self._sees_cost:
            cells.append(row.value)
        return (*cells, row.note, row.by, row.station, row.ref_number, row.reversed_by)

    def _add_filters(self, kind: str, text: str) -> None:
        search = self.add_search(lambda _text: self.reload(), _("Number or supplier"))
        search.setText(text)
        self.period = Period(self.known)
        self.boxes.append(self.period)
        self.chips.add_widget(self.period)
        kinds = tuple((one, word(one)) for one in PostingKind if one is not PostingKind.PRODUCTION_OUT)
        self.chips.add(ChipSpec("kind", _("Kind"), kinds))
        if kind:
            self.chips.set_value("kind", PostingKind(kind))
        self.chips.changed.connect(self.reload)
        self.period.changed.connect(self.reload)

    def _start(self) -> None:
        self.table.set_filter(self.filters())
        self.table.set_fetch(self._fetch)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> None:
        filters: dict[str, Any] = wanted.filter
        ask = self.context.ops.ask

        def paged(rows: list[stock.PostingRow]) -> None:
            if wanted.offset == 0 and len(rows) < wanted.limit:
                then(rows, len(rows))
                return
            ask(
                self, stock.count_postings, **filters, key=("count", wanted.offset), failed=failed,
                then=lambda total: then(rows, total),
            )  # fmt: skip

        ask(
            self, stock.list_postings, **filters, limit=wanted.limit, offset=wanted.offset,
            key=("page", wanted.offset), then=paged, failed=failed,
        )  # fmt: skip

    def _open(self, row: stock.PostingRow) -> None:
        self.context.shell.go("stock.posting", posting_id=row.posting_id)


def _value(row: Any) -> object:
    return None if row.kind is PostingKind.TRANSFER else row.value


def _state(row: Any) -> BadgeLook | None:
    if row.reversed_by:
        return BadgeLook(_("Reversed"), Meaning.DANGER)
    return None

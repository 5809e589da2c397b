"""Returns: back to the supplier from a receipt, and back from a customer or department from an issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from core import stock
from core.devices import Scan
from core.i18n import Text, _, _n
from core.words import PostingKind
from desktop.context import AppContext
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.finder import Finder, Picked
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.entry.page import EntryPage, FormText
from desktop.stock.entry.places import held_by_place, proposed_place
from desktop.theme import Meaning
from desktop.widgets import CodeEdit, Found, RecordPicker, TextEdit, instant_words, language
from desktop.widgets.strip import Strip

TO_SUPPLIER = FormText(
    "return_to_supplier",
    _("Return to supplier"),
    _("Choose the receipt; its goods go back at its own cost"),
    _("Post return"),
    _("Lines of the return"),
)
FROM_CUSTOMER = FormText(
    "return_from_customer",
    _("Take goods back"),
    _("From a customer or department; choose the issue they came from"),
    _("Post return"),
    _("Lines of the return"),
)
LATEST = 30


class ReturnPage(EntryPage):
    """Choosing the document brings its lines with what of each can still go back; take off what stays."""

    kind = PostingKind.RECEIPT

    def __init__(self, context: AppContext, text: FormText, posting_id: int | None = None) -> None:
        fields = Fields(unit="base", place=_("Place"), any_lot=True, note=True, scans_add=False)
        super().__init__(context, text, fields)
        self._asked: list[int] = []
        self._wanted = posting_id
        self.finder.ready.connect(self._open_wanted)

    def make_head(self, strip: Strip) -> None:
        words = _("Receipt") if self.kind is PostingKind.RECEIPT else _("Issue")
        self.origin = RecordPicker(words, self._find_document, placeholder=_("Number, supplier or delivery note"))
        self.origin.picked.connect(lambda found: self._take(found.id))
        strip.add("origin", words, self.origin, share=30)
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=26)

    def scan(self, scan: Scan) -> bool:
        """The slip of a receipt or issue chooses it; an item goes to its line."""
        number = scan.own.value if scan.own is not None else scan.code

        def found(posting_id: int | None) -> None:
            if posting_id is not None:
                self._take(posting_id)
            else:
                self._scan_line(scan)

        self.context.ops.ask(self, stock.find_posting, number=number, then=found, key="scanned")
        return True

    def _scan_line(self, scan: Scan) -> None:
        def answered(answers: Sequence[Found]) -> None:
            picked = answers[0].data if answers else None
            goods = picked.goods if isinstance(picked, Picked) else None
            fitting = [line for line in self.lines() if goods is not None and line.goods.id == goods.id]
            of_lot = [line for line in fitting if scan.batch and line.lot == scan.batch]
            if fitting:
                self.sheet.edit((of_lot or fitting)[0])
            elif goods is None or not self.lines():
                super(ReturnPage, self).scan(scan)
            else:
                name = goods.title(self.context.language)
                self.notice.say(_("{item} is not on this document.", item=name), Meaning.SOON)

        self.finder.by_scan(scan, answered)

    def _open_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._take(wanted)

    def _find_document(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        wanted = text.casefold()

        def found(rows: list[stock.PostingRow]) -> None:
            fitting = [row for row in rows if not row.reversed_by and (not wanted or wanted in _words_of(row))]
            answer([Found(row.posting_id, row.number, _who(row), instant_words(row.at)) for row in fitting[:LATEST]])

        self.context.ops.ask(self, stock.list_postings, kinds=(self.kind,), limit=500, then=found, key="documents")

    def _take(self, posting_id: int) -> None:
        ask = self.context.ops.ask
        ask(self, stock.get_posting, posting_id=posting_id, then=self._on_card)
        ask(self, stock.list_returnable, posting_id=posting_id, then=self._on_returnable)

    def _on_card(self, card: stock.PostingCard) -> None:
        row = card.row
        self.origin.set_record(Found(row.posting_id, row.number, _who(row)))
        self.set_answer(_("{number} of {at}", number=row.number, at=instant_words(row.at)))

    def _on_returnable(self, rows: list[stock.ReturnableRow]) -> None:
        left = [row for row in rows if row.left > 0]
        self._asked = [row.entry_id for row in left]
        if self.kind is PostingKind.RECEIPT and left:
            self._ask_held(left)
        else:
            self._show_left([_line_of(row) for row in left], len(left))

    def _ask_held(self, left: list[stock.ReturnableRow]) -> None:
        """Only what is still there can go back to the supplier."""
        held: dict[int, list[stock.OnHandRow]] = {}
        wanted, asked = {row.item_id for row in left}, self._asked

        def came(item_id: int, rows: list[stock.OnHandRow]) -> None:
            held[item_id] = rows
            if held.keys() == wanted and asked is self._asked:
                self._show_left(_lines_in_stock(self.finder, left, held), len(left))

        for item_id in wanted:
            self.finder.on_hand(item_id, partial(came, item_id), asker=("return", item_id))

    def _show_left(self, lines: list[EntryLine], wanted: int) -> None:
        self.sheet.set_lines(lines)
        self._on_changed()
        gone = wanted - len(lines)
        if not wanted:
            self.notice.say(_("Everything of this document went back already."), Meaning.SOON)
        elif gone:
            words = _n(
                "{n} line of this document is left out: its goods are no longer in stock.",
                "{n} lines of this document are left out: their goods are no longer in stock.",
                gone,
            )
            self.notice.say(words, Meaning.SOON)
        else:
            self.notice.hide()
        if lines:
            self.sheet.table.select_row(0)
            self.sheet.table.setFocus()

    def _draft_body(self) -> dict[str, Any]:
        record = self.origin.record()
        return {**super()._draft_body(), "origin": record.id if record is not None else 0}

    def restore_draft(self, body: Mapping[str, Any]) -> None:
        """The lines as they were, and the document they belong to."""
        super().restore_draft(body)
        if body.get("origin"):
            self.context.ops.ask(self, stock.get_posting, posting_id=body["origin"], then=self._on_card)

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        return {
            "lines": tuple(line.new_line(row) for row, line in enumerate(lines, start=1)),
            "document": head.get("document") or "",
            "note": head.get("note") or "",
        }


class ReturnToSupplierPage(ReturnPage):
    """From a receipt."""

    kind = PostingKind.RECEIPT

    def __init__(self, context: AppContext, posting_id: int | None = None) -> None:
        super().__init__(context, TO_SUPPLIER, posting_id)

    def command(self) -> Callable[..., Any]:
        return stock.return_to_supplier

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Return {number} to the supplier posted", number=posted.number)


class ReturnFromCustomerPage(ReturnPage):
    """From an issue."""

    kind = PostingKind.ISSUE

    def __init__(self, context: AppContext, posting_id: int | None = None) -> None:
        super().__init__(context, FROM_CUSTOMER, posting_id)

    def command(self) -> Callable[..., Any]:
        return stock.return_from_customer

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Return {number} posted", number=posted.number)


def _words_of(row: stock.PostingRow) -> str:
    return f"{row.number} {row.supplier} {row.supplier_en} {row.document} {row.purpose}".casefold()


def _who(row: stock.PostingRow) -> str:
    return row.supplier_title(language()) or row.purpose_title(language()) or row.document


def _lines_in_stock(
    finder: Finder, left: Sequence[stock.ReturnableRow], held: Mapping[int, Sequence[stock.OnHandRow]]
) -> list[EntryLine]:
    """What can go back of each line: no more than lies at one place; the receipt's own, or where most of it is now."""
    lines, taken = [], dict[tuple[int, int, int], Decimal]()
    for row in left:
        places = held_by_place(held[row.item_id], lot_id=row.lot_id)
        for place_id in places:
            places[place_id] -= taken.get((row.item_id, row.lot_id, place_id), Decimal(0))
        place = proposed_place(finder, places, (row.location_id,))
        qty = min(row.left, places.get(place or 0, Decimal(0)))
        if place is not None and qty > 0:
            key = (row.item_id, row.lot_id, place)
            taken[key] = taken.get(key, Decimal(0)) + qty
            lines.append(replace(_line_of(row), qty=qty, place_id=place))
    return lines


def _line_of(row: stock.ReturnableRow) -> EntryLine:
    goods = Goods(row.item_id, row.item_code, row.item_name, row.item_name_en, row.unit)
    return EntryLine(
        0, goods, row.left, row.unit, lot=row.lot, lot_id=row.lot_id or None, expires_on=row.expires_on,
        place_id=row.location_id, link_id=row.entry_id, left=row.left,
    )  # fmt: skip

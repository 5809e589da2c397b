"""Returns: back to the supplier from a receipt, and back from a customer or department from an issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from core import stock
from core.i18n import Text, _
from core.words import PostingKind
from desktop.context import AppContext
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.entry.page import EntryPage, FormText
from desktop.stock.entry.strip import Strip
from desktop.theme import Meaning
from desktop.widgets import CodeEdit, Found, RecordPicker, TextEdit, instant_words

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
        fields = Fields(unit="base", place=_("Place"), note=True, scans_add=False)
        super().__init__(context, text, fields)
        self._supplier_id: int | None = None
        self._wanted = posting_id
        self.finder.ready.connect(self._open_wanted)

    def make_head(self, strip: Strip) -> None:
        words = _("Receipt") if self.kind is PostingKind.RECEIPT else _("Issue")
        self.origin = RecordPicker(words, self._find_document, placeholder=_("Number, supplier or delivery note"))
        self.origin.picked.connect(lambda found: self._take(found.id))
        strip.add("origin", words, self.origin, share=30)
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=26)

    def _open_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._take(wanted)

    def _find_document(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        wanted = text.casefold()

        def found(rows: list[stock.PostingRow]) -> None:
            fitting = [row for row in rows if not row.reversed_by and (not wanted or wanted in _words_of(row))]
            answer(
                [
                    Found(
                        row.posting_id, row.number, row.supplier or row.purpose or row.document, instant_words(row.at)
                    )
                    for row in fitting[:LATEST]
                ]
            )

        self.context.ops.ask(self, stock.list_postings, kinds=(self.kind,), limit=500, then=found, key="documents")

    def _take(self, posting_id: int) -> None:
        ask = self.context.ops.ask
        ask(self, stock.get_posting, posting_id=posting_id, then=self._on_card)
        ask(self, stock.list_returnable, posting_id=posting_id, then=self._on_returnable)

    def _on_card(self, card: stock.PostingCard) -> None:
        row = card.row
        self.origin.set_record(Found(row.posting_id, row.number, row.supplier or row.purpose))
        self.set_answer(_("{number} of {at}", number=row.number, at=instant_words(row.at)))

    def _on_returnable(self, rows: list[stock.ReturnableRow]) -> None:
        left = [row for row in rows if row.left > 0]
        self.sheet.set_lines([_line_of(row) for row in left])
        self._on_changed()
        if left:
            self.notice.hide()
            self.sheet.table.select_row(0)
            self.sheet.table.setFocus()
        else:
            self.notice.say(_("Everything of this document went back already."), Meaning.SOON)

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
    return f"{row.number} {row.supplier} {row.document} {row.purpose}".casefold()


def _line_of(row: stock.ReturnableRow) -> EntryLine:
    goods = Goods(row.item_id, row.item_code, row.item_name, row.item_name_en, row.unit)
    return EntryLine(
        0, goods, Decimal(row.left), row.unit, lot=row.lot, lot_id=row.lot_id or None, expires_on=row.expires_on,
        place_id=row.location_id, link_id=row.entry_id, left=row.left,
    )  # fmt: skip

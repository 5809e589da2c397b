"""One posting: facts, lines, who and when, what belongs to it; reverse it, print it, add freight to a receipt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import stock
from core.errors import CoreError
from core.i18n import _
from core.words import Permission, PostingKind, WasteStage, word
from desktop.context import AppContext, Posted
from desktop.shell.attachments import FilesOf
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.papers import PRINTED, print_slip
from desktop.stock.entry.posting_facts import fact_box
from desktop.widgets import (
    Button,
    CodeEdit,
    Column,
    DetailPanel,
    Form,
    Kind,
    Label,
    MoneyEdit,
    NoteEdit,
    Notice,
    PageBase,
    RowTable,
    Words,
    money_words,
    scrolled,
)

FROM_SUPPLIER = "purchasing.return"
RETURNS = {PostingKind.RECEIPT: "stock.return_to_supplier", PostingKind.ISSUE: "stock.return_from_customer"}
FILES = (PostingKind.RECEIPT, PostingKind.WASTE, PostingKind.RETURN_TO_SUPPLIER, PostingKind.ADJUSTMENT)

SIDE, SIDE_NARROW, WIDE = 320, 248, 960
MAY_BE_IDLE = ("lot", "reason", "note")


class PostingPage(PageBase):
    """Opened by the route `stock.posting` with `posting_id`."""

    def __init__(self, context: AppContext, posting_id: int) -> None:
        super().__init__(_("Posting"), "")
        self.context, self._posting_id = context, posting_id
        self._card: stock.PostingCard | None = None
        self._reasons: dict[str, str] = {}
        self._post: Callable[[], None] | None = None
        self.finder = Finder(context, self)
        self.finder.ready.connect(self._show_again)
        self.notice = Notice()
        self.notice.hide()
        self.table = RowTable(self._columns(), name=_("Lines"), key="stock.posting")
        self._facts = QWidget()
        self._beside_area = scrolled(self._facts)
        self._beside = QVBoxLayout(self._facts)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(12)
        self._total = Label("", "heading")
        self._lay_out()
        self.start_loading()
        self.reload()
        context.hub.watch(self, ("stock",), self.reload)

    def reload(self) -> None:
        """Ask again."""
        ask = self.context.ops.ask
        ask(self, stock.list_waste_reasons, then=self._on_reasons)
        ask(self, stock.get_posting, posting_id=self._posting_id, then=self._on_card, failed=self.show_error)

    def detail_title(self) -> str:
        """The posting's number."""
        return self._card.row.number if self._card else ""

    def print_page(self) -> None:
        """F8: its slip."""
        if self._card is not None and self._card.row.kind in PRINTED:
            print_slip(self.context, self, self._posting_id)

    # --- answers

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        is_english = self.context.language == "en"
        self._reasons = {row.code: (row.name_en or row.name) if is_english else row.name for row in rows}
        self._show_again()

    def _show_again(self) -> None:
        if self._card is not None:
            self._show_card(self._card)

    def _on_card(self, card: stock.PostingCard) -> None:
        self._card = card
        self._show_card(card)
        self.show_content()
        self.title_changed.emit(card.row.number)

    def _show_card(self, card: stock.PostingCard) -> None:
        row = card.row
        self.set_title(row.number, word(row.kind))
        self.table.set_rows(list(card.lines))
        self._hide_idle_columns(card)
        total = _worth(card)
        self._total.set_words("" if total is None else _("Value {amount}", amount=money_words(total, sign=True)))
        while self._beside.count():
            item = self._beside.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._beside.addWidget(fact_box(row, self._link))
        self._beside.addWidget(self._buttons(row))
        if row.kind in FILES:
            self._beside.addWidget(Label(_("Files"), "strong"))
            self._beside.addWidget(FilesOf(self.context, "posting", self._posting_id, may_add=True))
        self._beside.addStretch(1)

    def _hide_idle_columns(self, card: stock.PostingCard) -> None:
        """Columns without a word in them leave their room to the names."""
        is_transfer = card.row.kind is PostingKind.TRANSFER
        for at, column in enumerate(self.table.columns):
            said = {getattr(line, column.key) for line in card.lines} if column.key in MAY_BE_IDLE else set()
            is_idle = column.key in MAY_BE_IDLE and said <= {"", card.row.note}
            self.table.setColumnHidden(at, is_idle or (is_transfer and column.key == "value"))

    def _link(self, number: str) -> Button:
        return Button(number, lambda: self._follow(number), kind="link")

    def _follow(self, number: str) -> None:
        def found(posting_id: int | None) -> None:
            if posting_id is not None:
                self.context.shell.go("stock.posting", posting_id=posting_id)

        self.context.ops.ask(self, stock.find_posting, number=number, then=found)

    def _buttons(self, row: stock.PostingRow) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for button in self._possible(row):
            column.addWidget(button)
        return box

    def _possible(self, row: stock.PostingRow) -> list[Button]:
        may, shell = self.context.shell.may, self.context.shell
        is_standing = not row.reversed_by and row.kind is not PostingKind.REVERSAL
        found: list[Button] = []
        if row.kind in PRINTED:
            found.append(Button(_("Print the slip"), self.print_page, icon_name="print", key="F8"))
        if is_standing and row.kind is PostingKind.RECEIPT and may(Permission.STOCK_RECEIVE):
            found.append(Button(_("Add freight"), self.open_landed_cost, icon_name="money"))
        route = RETURNS.get(row.kind)
        if row.kind is PostingKind.RECEIPT and row.supplier and shell.can_go(FROM_SUPPLIER):
            route = FROM_SUPPLIER
        if is_standing and route and may(Permission.STOCK_RETURN):
            open_return = lambda: shell.go(route, posting_id=row.posting_id)  # noqa: E731
            found.append(Button(_("Return goods"), open_return, icon_name="return"))
        if is_standing and row.kind is not PostingKind.REVALUATION and may(Permission.STOCK_REVERSE):
            found.append(Button(_("Reverse"), self.open_reversal, icon_name="undo", kind="danger"))
        return found

    # --- what can be done

    def open_reversal(self) -> None:
        """Ask for a note, then take it back."""
        if self._card is None:
            return
        panel = DetailPanel(
            _("Reverse {number}", number=self._card.row.number),
            _("Nothing is deleted: counter-entries take it back at its own value."),
        )
        form = Form()
        form.add("note", _("Reason in words"), NoteEdit(_("Reason in words"), lines=3, most=400))
        panel.add_widget(form)
        panel.add_action(
            Button(_("Reverse"), lambda: self._reverse(form), icon_name="undo", kind="danger", key="Ctrl+Return")
        )
        form.submitted.connect(lambda: self._reverse(form))
        self.open_panel(panel, 380)
        form.editor("note").field().setFocus()

    def _reverse(self, form: Form) -> None:
        values = form.read()
        if values is not None:
            self._do(form, stock.reverse_posting, posting_id=self._posting_id, note=values["note"] or "")

    def open_landed_cost(self) -> None:
        """Ask for the amount, then share it over the lines."""
        panel = DetailPanel(
            _("Add freight"), _("Shared over the lines by their value; it belongs to them from the receipt on.")
        )
        form = Form()
        form.add("amount", _("Amount"), MoneyEdit(_("Amount")), required=True)
        form.add("document", _("Document"), CodeEdit(_("Document"), most=60))
        form.add("note", _("Note"), NoteEdit(_("Note"), lines=2, most=400))
        panel.add_widget(form)
        panel.add_action(Button(_("Post"), lambda: self._add_cost(form), icon_name="check", kind="primary", key="F9"))
        form.submitted.connect(lambda: self._add_cost(form))
        self._post = lambda: self._add_cost(form)
        self.open_panel(panel, 380)
        form.editor("amount").field().setFocus()

    def post(self) -> None:
        """F9: what the panel asks for."""
        if self.panel() is not None and self._post is not None:
            self._post()

    def _add_cost(self, form: Form) -> None:
        values = form.read()
        if values is not None:
            self._do(
                form, stock.add_landed_cost, receipt_id=self._posting_id, amount=values["amount"],
                document=values["document"] or "", note=values["note"] or "",
            )  # fmt: skip

    def _do(self, form: Form, command: Any, **arguments: Any) -> None:
        self.context.ops.do(self, command, then=self._on_done, failed=form.show_error, **arguments)

    def _on_done(self, posted: stock.Posted) -> None:
        self.close_panel()
        self._post = None
        undo = None if posted.kind is PostingKind.REVERSAL else {"posting_id": posted.posting_id}
        text = _("{kind} {number} posted", kind=word(posted.kind), number=posted.number)
        self.context.shell.posted(Posted(text, undo))
        self.reload()

    def show_error(self, error: CoreError | Words) -> None:
        """Before the first answer the page says it; afterwards it stands over what is shown."""
        if self._card is None or not isinstance(error, CoreError):
            super().show_error(error)
        else:
            self.notice.say(error.text)

    # --- the table

    def _columns(self) -> list[Column]:
        language = self.context.language
        sees_cost = self.context.shell.may(Permission.COST_VIEW)
        columns = [
            Column("item_code", _("Code"), 104, muted=True, wide_only=True),
            Column(
                "item", _("Item"), 180, stretch=True,
                value=lambda row: (row.item_name_en or row.item_name) if language == "en" else row.item_name,
            ),
            Column("qty", _("Quantity"), 90, kind=Kind.QTY),
            Column("unit", "", 56, kind=Kind.UNIT, value=lambda row: self.finder.unit_word(row.unit), sortable=False),
            Column("lot", _("Lot"), 110),
            Column("place", _("Place"), 150, value=lambda row: self.finder.place_word(row.location_id) or row.location_name),
            Column("reason", _("Reason"), 150, value=self._reason_words),
            Column("note", _("Note"), 120),
        ]  # fmt: skip
        if sees_cost:
            columns.append(Column("value", _("Value"), 110, kind=Kind.MONEY))
        return columns

    def _reason_words(self, row: stock.EntryRow) -> str:
        reason = self._reasons.get(row.reason, row.reason)
        if row.stage in tuple(WasteStage):
            return f"{reason} · {self.context.words(word(WasteStage(row.stage)))}"
        return reason

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.notice)
        left.addWidget(self.table, 1)
        left.addWidget(self._total)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(16, 4, 16, 12)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self._beside_area)
        self.set_content(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside_area.setFixedWidth(SIDE if event.size().width() >= WIDE else SIDE_NARROW)


def _worth(card: stock.PostingCard) -> Decimal | None:
    """What a posting is worth: of a production what was made, of a transfer nothing is said."""
    if card.row.value is None or card.row.kind is PostingKind.TRANSFER:
        return None
    if card.row.kind is PostingKind.PRODUCTION_IN:
        return sum((line.value or Decimal(0) for line in card.lines if line.qty > 0), Decimal(0))
    return card.row.value


__all__ = ["PostingPage"]

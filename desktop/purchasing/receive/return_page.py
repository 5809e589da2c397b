"""Return to supplier: choose the supplier or scan the slip, say how much of which line, F9 posts it with its claim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import purchasing, stock
from core.devices import Scan
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _, _n
from core.purchasing import ReturnableLine, Returned
from core.words import Permission, word
from desktop.context import AppContext, Posted
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.purchasing.receive.papers import claim_slip, return_slip
from desktop.purchasing.receive.return_lines import NONE, REASONS, BackLine, return_columns
from desktop.purchasing.receive.scans import may_be_slip
from desktop.shell.scans import codes_of
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Choice,
    CodeEdit,
    KeyHint,
    Label,
    MoneyEdit,
    Offer,
    PageBase,
    QtyEdit,
    RowTable,
    Strip,
    TextEdit,
    Words,
    above_form,
    line,
    money_words,
    scrolled,
)

NARROW, LEAST_TABLE = 640, 140
KEYS = (KeyHint("F9", _("Post return")), KeyHint("Enter", _("Quantity of this line")))


class BackBar(Strip):
    """What is said of the chosen line."""

    said = Signal(object)

    def __init__(self, *, sees_cost: bool) -> None:
        super().__init__()
        self.add("qty", _("Goes back"), QtyEdit(_("Goes back")), share=14)
        reasons = [(kind, word(kind)) for kind in REASONS]
        self.add("reason", _("Reason"), Choice(_("Reason"), reasons, search=False), share=18)
        self.add("amount", _("Credit asked"), MoneyEdit(_("Credit asked")), share=14)
        self.add("note", _("Note"), TextEdit(_("Note"), most=200), share=26)
        self.show_field("amount", sees_cost)
        self.changed.connect(lambda: self.said.emit({key: self.value(key) for key in self.names()}))

    def is_wanted(self, key: str) -> bool:
        """Enter goes from the quantity to the reason, then on to the list."""
        return key in ("qty", "reason")


class ReturnPage(PageBase):
    """`receipt_id` or `posting_id`: goods of one delivery; `supplier_id`: of all of a supplier that are still here."""

    def __init__(
        self, context: AppContext, *, receipt_id: int = 0, supplier_id: int | None = None, posting_id: int = 0
    ) -> None:
        super().__init__(_("Return to supplier"), _("What came and is still here; its goods go back at their own cost"))
        self.context = context
        self._receipt_id, self._wanted_supplier, self._posting_id = receipt_id, supplier_id, posting_id
        self._number = ""
        self._lines: list[BackLine] = []
        self._is_sending = False
        self.finder = Finder(context, self)
        sees_cost = context.shell.may(Permission.COST_VIEW)
        self.notice = Offer()
        self.head_strip, self.bar = Strip(), BackBar(sees_cost=sees_cost)
        self.supplier = Choice(_("Supplier"), search=True)
        self.table = RowTable(return_columns(self.finder, sees_cost=sees_cost), name=_("Lines of the return"))
        self.table.set_empty(_("Choose a supplier, or scan the slip of a receipt or the goods."))
        self._total = Label("", "heading")
        self.post_button = Button(_("Post return"), self.post, icon_name="check", kind="primary", key="F9")
        self._lay_out()
        self.supplier.changed.connect(self._on_supplier)
        self.table.current_changed.connect(self._show_row)
        self.table.row_activated.connect(lambda _row: self.bar.focus("qty"))
        self.bar.said.connect(self._on_said)
        self.bar.finished.connect(self.table.setFocus)
        self.head_strip.finished.connect(self.table.setFocus)
        self.finder.ready.connect(self._on_ready)
        self.set_primary(_("All of this line"), self.take_all, "check")
        self.start_loading()

    def _lay_out(self) -> None:
        strip = self.head_strip
        strip.add("supplier_id", _("Supplier"), self.supplier, share=30)
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=30)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 12)
        foot.setSpacing(16)
        foot.addStretch(1)
        foot.addWidget(self._total)
        foot.addWidget(self.post_button)
        strip.narrow = self.bar.narrow = NARROW
        self.table.setMinimumHeight(LEAST_TABLE)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        for part in (strip, line(), self.bar):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(above_form(self.notice))
        outer.addWidget(scrolled(content), 1)
        outer.addLayout(foot)
        self.set_content(whole)

    # --- asking

    def _on_ready(self) -> None:
        if self.is_loaded():
            return
        language = self.context.language
        self.supplier.set_options([(row.id, row.title(language)) for row in self.finder.suppliers])
        self.supplier.set_value(self._wanted_supplier)
        self.show_content()
        self.supplier.field().setFocus()
        if self._posting_id:
            self.context.ops.ask(self, stock.get_posting, posting_id=self._posting_id, then=self._on_posting)
        elif self._receipt_id or self._wanted_supplier is not None:
            self.reload()

    def _on_posting(self, card: stock.PostingCard) -> None:
        """A receipt of the ledger, which purchasing may not know: its supplier's goods of this number."""
        self._number = card.row.number
        named = [row.id for row in self.finder.suppliers if row.name == card.row.supplier]
        self.supplier.set_value(named[0] if named else None)
        self.reload()

    def reload(self) -> None:
        """Ask for what can go back; what was said of lines that are still here stays."""
        wanted: dict[str, Any] = {"supplier_id": self.head_strip.value("supplier_id")}
        if self._receipt_id:
            wanted["receipt_id"] = self._receipt_id
        if any(value is not None for value in wanted.values()):
            self.context.ops.ask(
                self, purchasing.list_returnable_lines, then=self._take, key=(id(self), "list"), **wanted
            )

    def _on_supplier(self) -> None:
        self._receipt_id, self._number, self._lines = 0, "", []
        self.reload()

    def _take(self, rows: list[ReturnableLine]) -> None:
        rows = [row for row in rows if self._number in ("", row.number)]
        said = {one.id: one for one in self._lines}
        self._lines = [replace(said.get(row.entry_id, BackLine(row)), known=row) for row in rows]
        if rows and self.head_strip.value("supplier_id") is None:
            self.supplier.set_value(rows[0].supplier_id)
        if not rows:
            self.say(_("Nothing of this is left that could go back."), Meaning.SOON)
        self._show_lines()
        self.table.select_first()
        if rows:
            self.table.setFocus()

    def _show_lines(self) -> None:
        self.table.set_rows(self._lines)
        back = self.going()
        credits = [amount for one in back if (amount := one.credit()) is not None]
        words = _n("{n} line goes back", "{n} lines go back", len(back))
        if credits:
            words = _(
                "{lines}, credit asked {amount}", lines=words, amount=money_words(sum(credits, Decimal(0)), sign=True)
            )
        self._total.set_words(words if back else "")

    def going(self) -> list[BackLine]:
        """The lines of which something goes back."""
        return [one for one in self._lines if one.qty]

    # --- saying

    def _show_row(self, row: BackLine | None) -> None:
        self.bar.setEnabled(row is not None)
        if row is not None:
            qty = self.bar.editor("qty")
            assert isinstance(qty, QtyEdit)
            qty.set_unit_words(self.finder.unit_word(row.known.unit))
            values = {"qty": row.qty or None, "reason": row.reason, "amount": row.amount, "note": row.note}
            self.bar.set_values(values)
            self.bar.clear_errors()

    def _on_said(self, said: dict[str, Any]) -> None:
        row = self.table.current_row()
        if isinstance(row, BackLine):
            self._put(
                replace(
                    row, qty=said["qty"] or NONE, reason=said["reason"] or row.reason, amount=said["amount"],
                    note=said["note"] or "", error=None,
                )
            )  # fmt: skip

    def _put(self, line: BackLine) -> None:
        self._lines = [line if one.id == line.id else one for one in self._lines]
        self._show_lines()

    def take_all(self) -> None:
        """F2: all that is left of the chosen line goes back."""
        row = self.table.current_row()
        if isinstance(row, BackLine):
            fresh = replace(row, qty=row.left, error=None)
            self._put(fresh)
            self._show_row(fresh)
            self.table.setFocus()

    def scan(self, scan: Scan) -> bool:
        """The slip of a receipt shows its goods; goods go to their newest line."""
        if may_be_slip(scan):
            number = next(iter(codes_of(scan)), "")
            self.context.ops.ask(self, purchasing.find_receipt, number=number, then=self._on_receipt, key="slip")
        else:
            self.finder.by_scan(scan, self._on_item)
        return True

    def _on_receipt(self, receipt_id: int | None) -> None:
        if receipt_id is None:
            self.say(_("There is no such receipt."), Meaning.SOON)
            return
        self._receipt_id, self._number, self._lines = receipt_id, "", []
        self.supplier.set_value(None)
        self.reload()

    def _on_item(self, picked: Picked | None) -> None:
        wanted = picked.item.id if picked is not None else 0
        lot = picked.scan.batch if picked is not None and picked.scan is not None else ""
        if self.table.select_where(lambda row: row.known.item_id == wanted and lot in ("", row.known.lot)):
            self.bar.focus("qty")
        else:
            self.say(_("These goods did not come from this supplier, or none are left."), Meaning.SOON)

    # --- posting

    def post(self) -> None:
        """F9: post the return."""
        head = self.head_strip.read()
        back = self.going()
        if head is None or self._is_sending:
            return
        self.notice.hide()
        if not back:
            self.say(_("There is nothing to send back yet. Choose a line and write how much."), Meaning.SOON)
            return
        self._is_sending = True
        self.context.ops.do(
            self, purchasing.return_delivery, lines=tuple(one.new_line() for one in back),
            supplier_id=back[0].known.supplier_id, document=head["document"] or "", note=head["note"] or "",
            then=self._on_posted, failed=lambda error: self._refuse(error, back),
        )  # fmt: skip

    def _refuse(self, error: CoreError, back: list[BackLine]) -> None:
        self._is_sending = False
        row = error.row or 0
        if isinstance(error, NeedsConfirmation):
            return
        if 0 < row <= len(back):
            self._put(replace(back[row - 1], error=error.text))
            self.table.select_where(lambda one: one.id == back[row - 1].id)
            self.bar.show_field_error("qty", error)
        self.say(error.text, Meaning.DANGER)

    def _on_posted(self, returned: Returned) -> None:
        self._is_sending = False
        self._lines = []

        def slip() -> None:
            return_slip(self.context, self, returned.posting_id)

        words = _("Return {number} to the supplier posted", number=returned.number)
        self.context.shell.posted(Posted(words, {"posting_id": returned.posting_id}, slip, self.reload))
        told = _(
            "{number} posted; claim {claim} asks for the credit.", number=returned.number, claim=returned.claim_number
        )
        choices = (
            (_("Return slip"), slip),
            (_("Claim slip"), lambda: claim_slip(self.context, self, returned.claim_id)),
            (_("Claim"), lambda: self.context.shell.go("purchasing.claims", claim_id=returned.claim_id)),
        )
        self.notice.offer(told, choices, Meaning.GOOD)
        self.reload()

    def has_unsaved(self) -> bool:
        return bool(self.going())

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something over the list."""
        self.notice.say(words, meaning)

    def show_error(self, error: CoreError | Words) -> None:
        if not self.is_loaded():
            super().show_error(error)
        else:
            self.say(error.text if isinstance(error, CoreError) else error, Meaning.DANGER)

    def more_keys(self) -> tuple[KeyHint, ...]:
        return KEYS

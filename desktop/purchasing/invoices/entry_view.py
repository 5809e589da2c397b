"""The form of an invoice: its head, the field items are typed into, its lines, and what they come to beside the paper."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import Text, _, _n
from core.purchasing import InvoicePreview
from core.words import word
from desktop.purchasing.invoices.columns import said
from desktop.purchasing.invoices.compare import line_look
from desktop.purchasing.invoices.head import EntryHead
from desktop.purchasing.invoices.lines import EntryLine, Lines
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.head import GoodsField
from desktop.theme import Meaning
from desktop.widgets import (
    Align,
    Badge,
    BadgeLook,
    Button,
    Column,
    Found,
    Kind,
    Label,
    RowTable,
    line,
    money_words,
    number_words,
    scrolled,
    show_toast,
)

LEAST_TABLE = 150


class EntryView(QWidget):
    """`picked(Picked)`: an item was chosen; `edit_asked(line)`; `send_asked`: the button. `is_sure`: it is known
    what waits for this invoice, so that a line nothing waits for can be told."""

    picked = Signal(object)
    edit_asked = Signal(object)
    send_asked = Signal()

    def __init__(self, finder: Finder, lines: Lines) -> None:
        super().__init__()
        self._finder, self._lines = finder, lines
        self._preview: InvoicePreview | None = None
        self.is_sure = False
        self.head = EntryHead(finder)
        self.goods = GoodsField(_("Item or code"), finder.complete)
        self.table = RowTable(self._columns(), name=_("Lines of the invoice"), key="purchasing.invoice_lines")
        self.table.setMinimumHeight(LEAST_TABLE)
        self.table.set_empty(_("No line yet. F6 takes what was received, or type an item and press Enter."))
        self._count = Label("", "strong")
        self._sums = Label("", "muted", elide=True)
        self._total = Label("", "heading")
        self._verdict = Badge(BadgeLook(""))
        self._verdict.hide()
        self.send_button = Button(
            _("Enter and match"), self.send_asked.emit, icon_name="check", kind="primary", key="F9"
        )
        self._lay_out()
        self.table.row_activated.connect(self.edit_asked)
        self.table.current_changed.connect(self._on_row)
        self.goods.picked.connect(self._on_picked)
        self.goods.stepped.connect(lines.step)
        self.goods.left_empty.connect(self._on_left_empty)
        self.head.finished.connect(self.focus_goods)
        self.head.changed.connect(self.say_sums)
        self.head.kind_changed.connect(self.show_lines)
        lines.changed.connect(self.show_lines)
        lines.went_to.connect(self._mark)
        finder.ready.connect(self.show_lines)

    def _columns(self) -> list[Column]:
        language = self._finder.context.language
        word_of = self._finder.unit_word
        return [
            Column("name", _("Item"), 170, stretch=True, sortable=False,
                   value=lambda row: row.title(language) or word(row.kind)),
            Column("receipt", _("Receipt"), 124, muted=True, wide_only=True, sortable=False,
                   value=lambda row: row.expected.receipt if row.expected is not None else
                   "" if row.is_goods else word(row.kind)),
            Column("qty", _("Quantity"), 104, Align.RIGHT, sortable=False,
                   value=lambda row: "" if row.qty is None else f"{number_words(row.qty)} {word_of(row.unit)}"),
            Column("price", _("Unit price"), 96, Align.RIGHT, sortable=False,
                   value=lambda row: "" if row.price is None else number_words(row.price)),
            Column("total", _("Amount"), 104, Align.RIGHT, sortable=False, value=self._amount),
            Column("tax_rate", _("Tax"), 60, Align.RIGHT, muted=True, sortable=False, value=_tax_words),
            Column("look", _("Beside the receipt"), 142, kind=Kind.BADGE, sortable=False, value=self._look),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        label = Label(_("Item or code"), "label")
        label.setBuddy(self.goods.field())
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(line())
        column.addWidget(label)
        column.addWidget(self.goods)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 12)
        foot.setSpacing(16)
        foot.addWidget(self._count)
        foot.addWidget(self._sums, 1)
        foot.addWidget(self._verdict)
        foot.addWidget(self._total)
        foot.addWidget(self.send_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(foot)

    # --- showing

    def show_lines(self) -> None:
        """Show the lines as they are now."""
        lines = self._lines.all()
        self.table.set_rows(lines)
        self._mark(self._lines.current())
        self._count.set_words(_n("{n} line", "{n} lines", len(lines)) if lines else "")
        self.say_sums()

    def show_preview(self, preview: InvoicePreview | None) -> None:
        """What the core reckons of everything that is complete."""
        self._preview = preview
        self.table.set_rows(self._lines.all())
        self._mark(self._lines.current())
        self.say_sums()

    def say_sums(self) -> None:
        """What the lines come to, and whether the paper says the same."""
        preview = self._preview
        if preview is None or not self._lines.all():
            self._sums.set_words("")
            self._total.set_words("")
            self._set_verdict(None)
            return
        self._sums.set_words(
            _("Without tax {net}, tax {tax}", net=money_words(preview.net), tax=money_words(preview.tax))
        )
        self._total.set_words(_("Lines {amount}", amount=said(preview.gross, preview.currency)))
        self._set_verdict(self.sum_look())

    def sum_look(self) -> BadgeLook | None:
        """Whether the lines make what the paper states; None while it states nothing."""
        stated = self.head.stated()
        if self._preview is None or stated is None:
            return None
        off = self._preview.gross - stated
        if not off:
            return self._tax_look() or BadgeLook(_("Agrees with the paper"), Meaning.GOOD)
        amount = money_words(abs(off))
        most = Decimal(max(2, len(self._lines.all()))).scaleb(-self._lines.digits)
        if abs(off) <= most:
            return BadgeLook(_("{amount} rounding", amount=amount), Meaning.WATCH)
        words = _("{amount} more than the paper", amount=amount)
        return BadgeLook(words if off > 0 else _("{amount} less than the paper", amount=amount), Meaning.DANGER)

    def _set_verdict(self, look: BadgeLook | None) -> None:
        self._verdict.setVisible(look is not None)
        if look is not None:
            self._verdict.set_look(look)

    def _tax_look(self) -> BadgeLook | None:
        """The tax that is stated, where it is another than the lines make."""
        stated = self.head.sums.value("tax")
        if self._preview is None or stated is None or stated == self._preview.tax:
            return None
        words = _("Tax {amount} more than the paper", amount=money_words(self._preview.tax - stated))
        if self._preview.tax < stated:
            words = _("Tax {amount} less than the paper", amount=money_words(stated - self._preview.tax))
        return BadgeLook(words, Meaning.SOON)

    def _amount(self, row: EntryLine) -> str:
        total = row.total(self._lines.digits)
        return "" if total is None else money_words(total)

    def _look(self, row: EntryLine) -> BadgeLook | None:
        return line_look(row, self._lines.digits, is_credit=self.head.is_credit(), is_sure=self.is_sure)

    def _mark(self, current: EntryLine | None) -> None:
        if current is not None:
            self.table.select_where(lambda row: row.id == current.id)

    def _on_row(self, row: EntryLine | None) -> None:
        if row is not None:
            self._lines.go_to(row.id)

    # --- keys

    def focus_goods(self) -> None:
        """Put the keyboard where items are typed."""
        self.goods.field().setFocus(Qt.FocusReason.TabFocusReason)

    def _on_picked(self, found: Found) -> None:
        self.goods.set_record(None)
        self.picked.emit(found.data)

    def _on_left_empty(self) -> None:
        """Enter with nothing typed opens the line that is chosen."""
        current = self._lines.current()
        if current is not None:
            self.edit_asked.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and row is not None and self.table.hasFocus():
            self.remove(row)
            return
        super().keyPressEvent(event)

    def remove(self, row: EntryLine) -> None:
        """Take a line off; the toast gives it back."""
        put_back = self._lines.remove(row.id)
        name = row.title(self._finder.context.language) or word(row.kind).render(self._finder.context.language)
        show_toast(self.window(), _("{item} taken off the list.", item=name), link=(_("Undo"), put_back))


def _tax_words(row: EntryLine) -> str:
    rate = row.tax_rate if row.tax_rate is not None else row.made.tax_rate if row.made is not None else None
    return "" if rate is None else f"{number_words(rate)} %"


def incomplete(lines: Sequence[EntryLine], *, is_credit: bool) -> tuple[EntryLine, Text] | None:
    """The first line something is missing of, with what."""
    for one in lines:
        words = one.missing(is_credit=is_credit)
        if words is not None:
            return one, words
    return None

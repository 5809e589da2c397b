"""The delivery: its head, its lines, and what they come to."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import Text, _, _n, join
from core.values import CURRENCY_SIGNS, digits_of
from core.words import Permission, StorageKind
from desktop.context import AppContext
from desktop.purchasing.receive.columns import line_columns
from desktop.purchasing.receive.dock import Dock
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.head import DockHead
from desktop.purchasing.receive.lines import DockLine
from desktop.purchasing.receive.states import summary_of, summary_words
from desktop.widgets import Button, CheckEdit, Label, RowTable, line, money_words, scrolled, show_toast

LEAST_TABLE = 140


class SheetView(QWidget):
    """`edit_asked(line, field)`: the person wants to say something of a line; `post_asked`; `changed`."""

    edit_asked = Signal(object, str)
    post_asked = Signal()

    def __init__(self, context: AppContext, finder: Finder, dock: Dock) -> None:
        super().__init__()
        self._context, self._finder, self._dock = context, finder, dock
        self._is_showing = False
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        self._may_claim = context.shell.may(Permission.CLAIM_EDIT)
        self.head = DockHead(context, finder)
        columns = line_columns(finder, dock, sees_cost=self._sees_cost)
        self.table = RowTable(columns, name=_("Lines of the delivery"), key="purchasing.dock")
        self.table.setMinimumHeight(LEAST_TABLE)
        self.table.set_empty(_("No line yet. Scan goods, or type an item and press Enter."))
        self._said = Label("", "muted", elide=True)
        self._count = Label("", "strong")
        self._total = Label("", "heading")
        self.claims = CheckEdit(_("Claim what is wrong"))
        self.post_button = Button(_("Post receipt"), self.post_asked.emit, icon_name="check", kind="primary", key="F9")
        self._lay_out()
        self.table.row_activated.connect(lambda row: self.edit_asked.emit(row, "qty"))
        self.table.current_changed.connect(self._on_row)
        self.head.stepped.connect(self._dock.step)
        dock.changed.connect(self.show_lines)
        dock.went_to.connect(self._mark)
        finder.ready.connect(self.show_lines)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 12)
        foot.setSpacing(16)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self.claims)
        foot.addWidget(self._total)
        foot.addWidget(self.post_button)
        self.claims.set_value(True)
        self.claims.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(line())
        column.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        said = QHBoxLayout()
        said.setContentsMargins(16, 0, 16, 0)
        said.addWidget(self._said)
        whole.addLayout(said)
        whole.addLayout(foot)

    # --- showing

    def show_lines(self) -> None:
        """Show the lines as they are now, and what they come to."""
        lines = self._dock.lines()
        self._is_showing = True
        self.table.set_rows(lines)
        self._hide_idle_columns(lines)
        self._mark(self._dock.current())
        self._is_showing = False
        kinds = {one.known.storage_kind for one in lines} - {StorageKind.DRY}
        limits = self._dock.sheet.limits if self._dock.sheet is not None else ()
        self.head.temperatures.set_limits(limits, kinds)
        self._say_foot(lines)

    def _hide_idle_columns(self, lines: list[DockLine]) -> None:
        """Columns without a word in them leave their room to the names."""
        needed = {"rejected": any(one.rejected for one in lines), "lot": any(_has_lot(one) for one in lines)}
        for at, column in enumerate(self.table.columns):
            if column.key in needed:
                self.table.setColumnHidden(at, not needed[column.key])

    def _say_foot(self, lines: list[DockLine]) -> None:
        summary = summary_of(lines)
        if summary.expected:
            done = summary.expected - len(summary.waiting)
            self._count.set_words(_("{n} of {total} lines", n=done, total=summary.expected))
        else:
            count = len(self._dock.posted_lines())
            self._count.set_words(_n("{n} line", "{n} lines", count) if count else "")
        said = summary_words(summary, self._context.language, self._finder.unit_word)
        if summary.is_whole and summary.expected:
            said = [_("All as ordered.")]
        is_said = bool(said) and self._dock.has_typing()
        self._said.set_words(join(said, " ") if is_said else "")
        self._said.setVisible(is_said)
        self.claims.setVisible(self._may_claim and any(_is_claimed(one) for one in lines))
        self._total.set_words(self._total_words(lines))

    def wants_claim(self) -> bool:
        """Whether what was refused or priced above the order shall be claimed."""
        return self.claims.isVisibleTo(self) and self.claims.value()

    def _total_words(self, lines: list[DockLine]) -> Text | str:
        sheet = self._dock.sheet
        if not self._sees_cost or sheet is None:
            return ""
        digits = digits_of(sheet.currency)
        amounts = [amount for one in lines if (amount := one.amount(digits)) is not None]
        if not any(not one.is_empty() for one in lines):
            return ""
        total = f"{CURRENCY_SIGNS.get(sheet.currency, sheet.currency)}{money_words(sum(amounts, Decimal(0)))}"
        return _("Total {amount} with tax", amount=total) if sheet.is_tax_incl else _("Total {amount}", amount=total)

    def _mark(self, current: DockLine | None) -> None:
        if current is not None:
            self.table.select_where(lambda row: row.id == current.id)

    def _on_row(self, row: DockLine | None) -> None:
        if row is not None and not self._is_showing:
            self._dock.go_to(row.id)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and row is not None and self.table.hasFocus():
            self.remove(row)
            return
        super().keyPressEvent(event)

    def remove(self, row: DockLine) -> None:
        """Take a line away, or what was said of it; the toast gives it back."""
        put_back = self._dock.remove(row)
        name = row.title(self._context.language)
        show_toast(self.window(), _("{item} taken off the list.", item=name), link=(_("Undo"), put_back))


def _has_lot(line: DockLine) -> bool:
    return bool(line.known.lot_tracked or line.lot)


def _is_claimed(line: DockLine) -> bool:
    """Refused, or dearer than ordered."""
    ordered = line.known.price if line.known.order_line_id is not None else None
    is_dearer = (
        line.price is not None and ordered is not None and line.price * line.known.factor > ordered * line.factor
    )
    return bool(line.rejected) or (is_dearer and not line.is_free and bool(line.qty))

"""What is expected: late deliveries first, then today's, with the supplier's phone. Enter or a scan begins one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.i18n import Text, _, _n
from core.purchasing import ExpectedRow
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.receive.columns import expected_columns
from desktop.purchasing.receive.finding import Finder
from desktop.widgets import ChipSpec, RowTable

DUE = ChipSpec("due", _("Today and late"))


class Board(QWidget):
    """`chosen(order_ids)`: these orders are at the dock; `loaded(rows)`: the list has come."""

    chosen = Signal(object)
    loaded = Signal(object)

    def __init__(self, context: AppContext, finder: Finder) -> None:
        super().__init__()
        self._context, self._finder = context, finder
        self._rows: list[ExpectedRow] = []
        self._text, self._is_due = "", False
        columns = expected_columns(finder, sees_cost=context.shell.may(Permission.COST_VIEW))
        self.table = RowTable(columns, name=_("Expected deliveries"), key="purchasing.expected")
        self.table.set_empty(
            _("Nothing is expected. Scan goods that came, or press F2 to receive goods that were not ordered.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.row_activated.connect(self._open)

    def reload(self) -> None:
        """Ask for what is expected."""
        self._context.ops.ask(self, purchasing.list_expected, then=self._take, key=(id(self), "expected"))

    def rows(self) -> list[ExpectedRow]:
        """Everything expected, oldest due first."""
        return list(self._rows)

    def shown_rows(self) -> list[ExpectedRow]:
        """What the search and the chip leave."""
        return [row for row in self._rows if self._fits(row)]

    def of_supplier(self, supplier_id: int, without: Sequence[int] = ()) -> list[ExpectedRow]:
        """Orders of a supplier that are expected too."""
        return [row for row in self._rows if row.supplier_id == supplier_id and row.order_id not in without]

    def narrow(self, *, text: str | None = None, is_due: bool | None = None) -> None:
        """Show only what fits."""
        self._text = self._text if text is None else text.casefold()
        self._is_due = self._is_due if is_due is None else is_due
        self._show()

    def shown(self) -> tuple[int, int]:
        """How many rows are shown, and of how many."""
        return self.table.total(), len(self._rows)

    def answer(self) -> Text:
        """What is late and due today, in a line."""
        late = sum(1 for row in self._rows if row.is_late)
        today = sum(1 for row in self._rows if row.due_on == self._finder.today())
        if not self._rows:
            return _("Nothing is expected")
        due = _n("{n} delivery due today", "{n} deliveries due today", today)
        return _("{due}, {late}", due=due, late=_n("{n} late", "{n} late", late)) if late else due

    def _take(self, rows: list[ExpectedRow]) -> None:
        self._rows = rows
        self._show()
        self.loaded.emit(rows)

    def _show(self) -> None:
        self.table.set_rows(self.shown_rows())
        self.table.select_first()

    def _fits(self, row: ExpectedRow) -> bool:
        if self._is_due and (row.due_on is None or row.due_on > self._finder.today()):
            return False
        words = f"{row.number} {row.supplier} {row.supplier_en} {row.phone}".casefold()
        return not self._text or self._text in words

    def _open(self, row: ExpectedRow) -> None:
        """The row, with the other chosen ones of the same supplier."""
        chosen = [one for one in self.table.selected_rows() if one.supplier_id == row.supplier_id]
        ids = [one.order_id for one in chosen] if row in chosen else [row.order_id]
        self.chosen.emit(tuple(ids))

"""What a person does with the lines of an order: take one into the bar, take it away, go about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import _
from desktop.purchasing.orders.desk import DeskLine
from desktop.purchasing.orders.received import explain
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage


class Lines:
    """For one page."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page

    def edit(self, line: DeskLine) -> None:
        """Take a line into the bar; where nothing may be changed, say what came of it."""
        page = self._page
        if page.may_edit():
            page.entry.show()
            page.entry.edit(line)
        elif line.stored is not None:
            explain(page, line)

    def enter(self, line: DeskLine) -> None:
        """A line of the bar is complete."""
        self._page.notice.hide()
        self._page.taking.put(line)

    def remove(self) -> None:
        """Take the chosen line away; it can be put back."""
        page, line = self._page, self._page.current_line()
        if line is None or not page.may_edit():
            return
        if line.stored is not None and line.stored.received:
            page.say(_("Goods of this line have come. Close the line instead."), Meaning.SOON)
            return
        if page.entry.is_editing(line.key):
            page.entry.reset()
        put_back = page.desk.remove(line.key)
        words = _("{item} was taken off the order.", item=line.item.name)
        page.offer.offer(words, ((_("Undo"), put_back),), Meaning.ACCENT)

    def go_to(self, number: int) -> None:
        """Show the nth line."""
        self._page.table.select_where(lambda line: line.number == number)

    def step(self, by: int) -> None:
        """From the empty field into the list: its first line, or its last."""
        table = self._page.table
        if table.total():
            table.select_row(0 if by > 0 else table.total() - 1)
            table.setFocus()

    def focus(self) -> None:
        """Put the keyboard into the list."""
        table = self._page.table
        if table.total():
            if self._page.current_line() is None:
                table.select_first()
            table.setFocus()

"""What a person does to the line that is worked at, by key and by menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import _, _n
from desktop.context import AppContext
from desktop.purchasing.receive.head import Times
from desktop.purchasing.receive.lines import NONE
from desktop.widgets import KeyHint

if TYPE_CHECKING:
    from desktop.purchasing.receive.page import ReceivePage

KEYS = (
    KeyHint("F9", _("Post receipt")),
    KeyHint("Enter", _("Open; in the empty field: post")),
    KeyHint("Up", _("Line before")),
    KeyHint("Down", _("Next line")),
    KeyHint("*24", _("Quantity of this line: 24")),
    KeyHint("+2", _("Two more of this line")),
    KeyHint("Del", _("Take the line off")),
    KeyHint("F8", _("Claim slip of the last receipt")),
)


class DockActs:
    """Each leaves the keyboard where the next scan or line is typed."""

    def __init__(self, context: AppContext, page: ReceivePage) -> None:
        self._context, self._page = context, page

    def line_as_ordered(self) -> None:
        """F6: the rest of this line came."""
        line = self._page.dock.current()
        if line is not None and line.known.order_line_id is not None:
            self._page.dock.as_ordered(line)

    def refuse_line(self) -> None:
        """F7: some of this line is refused."""
        line = self._page.dock.current()
        if line is not None:
            self._page.editing.edit(line, "rejected")

    def all_as_ordered(self) -> None:
        """F2: everything nobody spoke of yet came as ordered."""
        count = self._page.dock.all_as_ordered()
        words = _n("{n} line taken as ordered.", "{n} lines taken as ordered.", count)
        self._context.shell.say(words if count else _("Nothing is left to take as ordered."))
        self._page.sheet.head.focus()

    def add_free_goods(self) -> None:
        """A line of the same goods that cost nothing."""
        dock, line = self._page.dock, self._page.dock.current()
        if line is None:
            return
        dock.put(dock.split(line, is_free=True, price=None))
        fresh = dock.current()
        if fresh is not None:
            self._page.editing.edit(fresh, "qty")

    def take_times(self, times: Times) -> None:
        """`*24` and `+2` typed where goods are scanned."""
        line = self._page.dock.current()
        if line is not None:
            qty = times.qty if times.is_set else max(line.qty + times.qty, NONE)
            self._page.dock.change(line.id, qty=qty)

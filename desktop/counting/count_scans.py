"""Scans on a count: jump to the line, or add what is not on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import counting
from core.counting import CountLine, LineHit
from core.i18n import _
from desktop.context import AppContext
from desktop.counting.add_panel import AddPanel
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.counting.count_page import CountPage


class CountScans:
    """Finds the line of a code, first at the place one stands at."""

    def __init__(self, context: AppContext, page: CountPage, count_id: int) -> None:
        self._context, self._page, self._count_id = context, page, count_id

    def find(self, code: str) -> None:
        """Go to the line of a scanned code."""
        self._context.ops.ask(
            self._page,
            counting.find_count_line,
            then=lambda hit: self._found(code, hit),
            count_id=self._count_id,
            code=code,
            location_id=self._place(),
        )

    def add_item(self, hit: LineHit | None) -> None:
        """Open the form for goods that the sheet does not list."""
        panel = AddPanel(self._context, self._count_id, place=self._place(), hit=hit)
        panel.added.connect(self._on_added)
        self._page.open_panel(panel, 400)
        panel.begin()

    def _place(self) -> int | None:
        line = self._page.big.line
        return None if line is None else line.location_id

    def _found(self, code: str, hit: LineHit | None) -> None:
        if hit is None:
            self._page.say(_("Nobody knows the code {code}.", code=code[:40]), Meaning.DANGER)
            return
        line = self._page.find_line(hit.line_ids[0]) if hit.line_ids else None
        if line is not None:
            self._page.show_line(line, hit.unit)
            return
        self._page.say(_("{item} is not on this sheet.", item=hit.name), Meaning.SOON)
        self.add_item(hit)

    def _on_added(self, line_id: int) -> None:
        self._page.close_panel()

        def take(lines: Sequence[CountLine]) -> None:
            self._page.take_lines(lines)
            line = self._page.find_line(line_id)
            if line is not None:
                self._page.show_line(line)

        self._context.ops.ask(self._page, counting.list_count_lines, then=take, count_id=self._count_id)

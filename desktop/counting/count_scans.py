"""Scans on a count: jump to the line, or add what is not on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core import counting
from core.counting import CountLine, LineHit
from core.devices import Scan
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
        self._asked = 0

    def find(self, scan: Scan) -> None:
        """Go to the line of a scan."""
        own = (scan.own.value,) if scan.own is not None else ()
        self._ask(scan, tuple(dict.fromkeys((*own, *scan.codes))))

    def _ask(self, scan: Scan, codes: tuple[str, ...]) -> None:
        """By the best code first, then by the others."""
        if not codes:
            self._say_unknown(scan)
            return

        def found(hit: LineHit | None) -> None:
            if hit is None:
                self._ask(scan, codes[1:])
            else:
                self._found(scan, hit)

        self._asked += 1
        self._context.ops.ask(
            self._page,
            counting.find_count_line,
            then=found,
            key=("scan", self._asked),
            count_id=self._count_id,
            code=codes[0],
            location_id=self._place(),
        )

    def _say_unknown(self, scan: Scan) -> None:
        self._keep_typed()
        self._page.say(_("Nobody knows the code {code}.", code=scan.code[:40]), Meaning.DANGER)
        self._context.unknown_code(scan, lambda: self._page.scan(scan))

    def _keep_typed(self) -> None:
        big = self._page.big
        if big.has_typed() and not big.is_asking():
            big.submit()

    def add_item(self, hit: LineHit | None) -> None:
        """Open the form for goods that the sheet does not list."""
        panel = AddPanel(self._context, self._count_id, place=self._place(), hit=hit)
        panel.added.connect(self._on_added)
        self._page.open_panel(panel, 400)
        panel.begin()

    def _place(self) -> int | None:
        line = self._page.big.line
        return None if line is None else line.location_id

    def _found(self, scan: Scan, hit: LineHit) -> None:
        line = self._line_of(scan, hit)
        big = self._page.big
        counts = hit.is_barcode and line is not None
        if counts and big.line is not None and line is not None and big.line.id == line.id and big.scanned.is_alone():
            big.scanned.add(hit.unit, scan.count)
            return
        self._keep_typed()
        if line is not None:
            self._page.show_line(line, hit.unit)
            if counts:
                big.scanned.add(hit.unit, scan.count)
            return
        self._page.say(_("{item} is not on this sheet.", item=hit.name), Meaning.SOON)
        self.add_item(hit)

    def _line_of(self, scan: Scan, hit: LineHit) -> CountLine | None:
        """The line of the lot that the code names, else the best of the item."""
        lines = [line for line in map(self._page.find_line, hit.line_ids) if line is not None]
        of_lot = [line for line in lines if scan.batch and line.lot == scan.batch]
        return next(iter(of_lot or lines), None)

    def _on_added(self, line_id: int) -> None:
        self._page.close_panel()

        def take(lines: Sequence[CountLine]) -> None:
            self._page.take_lines(lines)
            line = self._page.find_line(line_id)
            if line is not None:
                self._page.show_line(line)

        self._context.ops.ask(self._page, counting.list_count_lines, then=take, count_id=self._count_id)

"""The stock list of 100,000 items over 1,000,000 entries: ids, pages, sorts, the past, and the window's first paint."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from core import stock
from core.office import Office
from core.stock import LedgerFilter, StockFilter
from desktop.context import AppContext
from desktop.hub import Hub
from desktop.ops import Ops, Workers
from desktop.settings import Settings
from desktop.stock.entry.handover import Handover
from desktop.stock.lists.on_hand_page import OnHandPage
from desktop.theme import apply_theme
from desktop.widgets import set_place
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import ledger_of
from tests.bench.quiet_shell import QuietShell

IDS = "select item_id from item_search order by code"
PAGE = (
    "select i.id, i.code, i.name, b.location_id, b.lot_id, b.qty, c.qty, c.value from item i "
    "left join stock_balance b on b.item_id = i.id left join item_cost c on c.item_id = i.id where i.id between 5001 and 5200"
)
SORTED = "select item_id from item_cost order by qty desc"
LEDGER = (
    "select id, at, item_id, location_id, qty, value from stock_entry order by at desc, id desc limit 200 offset 700000"
)
FIRST_PAINT = 300.0
SCROLLS = 40


def run() -> list[Figure]:
    """Each figure against the plain SELECT of its numbers; the first paint against its goal."""
    site = ledger_of(1_000_000)
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        past = office.clock.now() - timedelta(days=350)
        ids = office.ask(stock.list_stock_ids, filters=StockFilter())

        def listed(filters: StockFilter, sort: str = "code") -> Callable[[], object]:
            return lambda: office.ask(stock.list_stock_ids, filters=filters, sort=sort)

        def page(filters: StockFilter) -> Callable[[], object]:
            return lambda: office.ask(stock.list_stock_page, ids=ids[5000:5200], filters=filters)

        def deep() -> object:
            wanted = LedgerFilter()
            return office.ask(stock.list_ledger, wanted=wanted, limit=200, offset=700_000, newest_first=True)

        found = [
            Figure("stock list: ids by code", milliseconds(listed(StockFilter())), _bare(site, IDS)),
            Figure("stock list: a page of 200", milliseconds(page(StockFilter())), _bare(site, PAGE)),
            Figure("stock list: a page, a year ago", milliseconds(page(StockFilter(as_of=past)))),
            Figure(
                "stock list: sorted by quantity", milliseconds(listed(StockFilter(), "on_hand"), 3), _bare(site, SORTED)
            ),
            Figure("stock list: with stock only", milliseconds(listed(StockFilter(with_stock=True)), 3)),
            Figure(
                "stock list: with stock, a year ago", milliseconds(listed(StockFilter(with_stock=True, as_of=past)), 3)
            ),
            Figure("stock list: found by words", milliseconds(listed(StockFilter(text="备件 77")))),
            Figure(
                "stock list: what it is worth",
                milliseconds(lambda: office.ask(stock.sum_stock_value, filters=StockFilter())),
            ),
            Figure("ledger: a page 700,000 entries back", milliseconds(deep, 3), _bare(site, LEDGER)),
        ]
        return [*found, *_painted(office)]


def _painted(office: Office) -> list[Figure]:
    """The page itself, off-screen: from being made until its first rows are painted, then leaps through the list."""
    bench = _Window(office)
    first = min(bench.first_paint() for _number in range(5))
    slowest = max(bench.leap(number * 7919) for number in range(SCROLLS))
    total = bench.page.table.total()
    bench.close()
    return [
        Figure("stock list: first paint of the window", first, goal=FIRST_PAINT, note=f"{total:,} rows"),
        Figure("stock list: a leap while scrolling, the slowest", slowest, goal=16, note=f"{SCROLLS} leaps"),
    ]


class _Window:
    """The application around the page, without a frame."""

    def __init__(self, office: Office) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self._app = QApplication.instance() or QApplication([])
        assert isinstance(self._app, QApplication)
        apply_theme(self._app, "light")
        set_place("Asia/Shanghai", "CNY")
        self._workers = Workers()
        self._ops = Ops(self._workers, office, lambda _owner, _text, answered: answered(False))
        self._context = AppContext(office, self._ops, Hub(), Settings(), "en", QuietShell())
        self.page = OnHandPage(self._context, Handover())

    def first_paint(self) -> float:
        """Milliseconds from nothing until the first rows stand there."""
        self.page.close()
        self.page.deleteLater()
        self._wait(lambda: self._ops.is_idle)
        started = time.perf_counter()
        self.page = OnHandPage(self._context, Handover())
        self.page.resize(1280, 640)
        self.page.show()
        self._wait(lambda: self.page.table.row_at(0) is not None)
        self.page.table.viewport().repaint()
        taken = (time.perf_counter() - started) * 1000
        self._wait(lambda: self._ops.is_idle)
        return taken

    def leap(self, number: int) -> float:
        """Milliseconds the window needs to paint another place of the list, whose rows come afterwards."""
        row = number % self.page.table.total()
        started = time.perf_counter()
        self.page.table.scrollTo(self.page.table.model().index(row, 0))
        self.page.table.viewport().repaint()
        taken = (time.perf_counter() - started) * 1000
        self._wait(lambda: self.page.table.row_at(row) is not None)
        return taken

    def close(self) -> None:
        """End its threads."""
        self.page.close()
        self._workers.stop()

    def _wait(self, is_done: Callable[[], bool]) -> None:
        while not is_done():  # spinning would take the readers' time
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _bare(site: Path, statement: str) -> float:
    with sqlite3.connect(site) as connection:
        return milliseconds(lambda: connection.execute(statement).fetchall(), 3)

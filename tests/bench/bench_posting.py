"""Posting: a single waste entry and a 20-line receipt, against their bare SQL, on a small and on a large ledger."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from core import stock
from core.office import Office
from core.stock import NewLine
from tests.bench.bare import Statement, recorded, replay_sqlite
from tests.bench.figures import Figure
from tests.bench.ledger import ledger_of

TIMES = 60


def run() -> list[Figure]:
    """Figures for 10,000 and 1,000,000 entries."""
    figures: list[Figure] = []
    for entries in (10_000, 1_000_000):
        site = ledger_of(entries)
        figures.append(_measure(site, f"waste entry, {entries:,} entries", _waste))
        figures.append(_measure(site, f"20-line receipt, {entries:,} entries", _receipt))
    return figures


def _waste(office: Office, items: list[int], number: int) -> None:
    line = NewLine(items[number % len(items)], Decimal("0.001"), reason="expired")
    office.do(stock.record_waste, lines=(line,))


def _receipt(office: Office, items: list[int], number: int) -> None:
    chosen = [items[(number * 20 + index) % len(items)] for index in range(20)]
    office.do(stock.receive_goods, lines=tuple(NewLine(item, Decimal(5), unit_cost=Decimal("2.5")) for item in chosen))


def _measure(site: Path, name: str, post: Callable[[Office, list[int], int], None]) -> Figure:
    """The same postings three times from the same file: timed, recorded, and their statements sent by the driver alone."""
    with TemporaryDirectory() as folder:
        timed, copied, bare = (str(Path(folder, file)) for file in ("timed.db", "copied.db", "bare.db"))
        for file in (timed, copied, bare):
            shutil.copyfile(site, file)
        taken, _none = _run(timed, post, is_recorded=False)
        _slower, statements = _run(copied, post, is_recorded=True)
        alone = replay_sqlite(bare, statements)
        return Figure(
            name, taken / TIMES, alone / TIMES, goal=2, note=f"{len(statements) // TIMES} statements; goal is the ratio"
        )


def _run(
    site: str, post: Callable[[Office, list[int], int], None], *, is_recorded: bool
) -> tuple[float, list[Statement]]:
    with sqlite3.connect(site) as connection:
        items = [row[0] for row in connection.execute("select item_id from item_cost where qty > 1000000 limit 2000")]
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        engine = office._writer
        nothing: AbstractContextManager[list[Statement]] = nullcontext([])
        with recorded(engine) if is_recorded else nothing as statements:
            if not is_recorded:
                post(office, items, TIMES)
            started = time.perf_counter()
            for number in range(TIMES):
                post(office, items, number)
            taken = (time.perf_counter() - started) * 1000
    return taken, statements

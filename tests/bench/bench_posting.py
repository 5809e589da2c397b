"""Posting: a single waste entry, a receipt of 20 and of 200 lines, against their bare SQL, on small and large ledgers.

The same postings are made three times from the same site: once recorded, once by the program, once by the driver alone
from the record. The last two take turns, so that what else the PC does falls on both, and the median of the turns counts.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import select

from core import stock
from core.office import Office
from core.stock import NewLine
from db.stock import ItemCost
from tests.bench.bare import Statement, driver_alone, recorded
from tests.bench.figures import Figure
from tests.bench.ledger import ledger_of, make_ledger
from tests.helpers.sites import Postgres, database_of, postgres_server

TURNS = 9


@dataclass(frozen=True, slots=True)
class Case:
    """What is posted: how many lines, and how many postings make a turn."""

    name: str
    lines: int
    postings: int

    def turn(self, items: list[int], number: int) -> list[tuple[NewLine, ...]]:
        """The lines of each posting of a turn; the turns walk through the items."""
        first = number * self.postings * self.lines
        starts = range(first, first + self.postings * self.lines, self.lines)
        return [tuple(self._line(items[(start + line) % len(items)]) for line in range(self.lines)) for start in starts]

    def _line(self, item_id: int) -> NewLine:
        if self.lines == 1:
            return NewLine(item_id, Decimal("0.001"), reason="expired")
        return NewLine(item_id, Decimal(5), unit_cost=Decimal("2.5"))

    def post(self, office: Office, lines: tuple[NewLine, ...]) -> None:
        """One posting by the program."""
        office.do(stock.record_waste if self.lines == 1 else stock.receive_goods, lines=lines)


CASES = (Case("waste entry", 1, 40), Case("20-line receipt", 20, 12), Case("200-line receipt", 200, 3))


def run() -> list[Figure]:
    """Figures for 10,000 and 1,000,000 entries in a file, and for 10,000 on a server."""
    figures: list[Figure] = []
    for entries in (10_000, 1_000_000):
        site = ledger_of(entries)
        figures += [_measure(case, f"{entries:,} entries", _files(site)) for case in CASES]
    with postgres_server() as postgres:
        site_url = postgres.create()
        make_ledger(site_url, 10_000)
        figures += [_measure(case, "10,000 entries, server", _databases(postgres, site_url)) for case in CASES]
    return figures


@contextmanager
def _files(site: Path) -> Iterator[list[str]]:
    """Three copies of a file."""
    with TemporaryDirectory() as folder:
        copies = [str(Path(folder, f"{number}.db")) for number in range(3)]
        for copy in copies:
            shutil.copyfile(site, copy)
        yield copies


@contextmanager
def _databases(postgres: Postgres, site_url: str) -> Iterator[list[str]]:
    """Three copies of a database on its server."""
    copies = [postgres.create(database_of(site_url)) for _number in range(3)]
    yield copies
    for copy in copies:
        postgres.drop(copy)


def _measure(case: Case, where: str, making: AbstractContextManager[list[str]]) -> Figure:
    """The median turn of the program and of the driver alone, for one posting."""
    with making as (copied, timed, bare):
        statements = _record(case, copied)
        ours, theirs = [], []
        with _office(timed) as office, driver_alone(bare) as send:
            items = _items(office)
            for number in range(TURNS + 1):
                ours.append(_post(case, office, case.turn(items, number)))
                theirs.append(send(statements[number]))
    count = sum(len(turn) for turn in statements) // (len(statements) * case.postings)
    return Figure(
        f"{case.name}, {where}",
        median(ours[1:]) / case.postings,
        median(theirs[1:]) / case.postings,
        goal=2,
        note=f"{count} statements; goal is the ratio",
    )


def _record(case: Case, site: str) -> list[list[Statement]]:
    """The statements of every turn; the first warms up."""
    with _office(site) as office:
        items, turns = _items(office), []
        for number in range(TURNS + 1):
            with recorded(office._writer) as statements:
                _post(case, office, case.turn(items, number))
            turns.append(statements)
    return turns


def _post(case: Case, office: Office, postings: list[tuple[NewLine, ...]]) -> float:
    """Milliseconds for one turn."""
    started = time.perf_counter()
    for lines in postings:
        case.post(office, lines)
    return (time.perf_counter() - started) * 1000


@contextmanager
def _office(site: str) -> Iterator[Office]:
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        yield office


def _items(office: Office) -> list[int]:
    """Items that are in stock."""
    chosen = select(ItemCost.item_id).where(ItemCost.qty > 1_000_000).order_by(ItemCost.item_id).limit(2_000)
    with office._writer.connect() as sql:
        return list(sql.execute(chosen).scalars())

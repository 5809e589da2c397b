"""Matching 1,000 invoices of five lines with 1,000 receipts in one go, against its bare SQL, in a file and on a server.

Four invoices in five are as received; of the others one in four is off by more than the tolerance, the rest is booked onto
the goods. The same batch is matched three times from the same site: recorded, by the program, by the driver alone.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from core import purchasing, stock
from core.catalog import NewItem
from core.office import Office
from core.purchasing import NewInvoice, NewInvoiceLine
from core.purchasing.steps.invoices.books import load_books
from core.purchasing.steps.invoices.ready import make_ready
from core.purchasing.steps.invoices.store import insert_invoices
from core.registry import command
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import PostingKind, Verdict
from db.purchasing import PurchaseRules
from tests.bench.bare import driver_alone, recorded
from tests.bench.figures import Figure
from tests.factories import make_items, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD, copy_sqlite, database_of, make_site, postgres_server

INVOICES, LINES, ITEMS, SUPPLIERS = 1_000, 5, 500, 20
GOAL = 5_000
TURNS = 3


@command(None)
def post_receipts_for_bench(uow: UnitOfWork, *, postings: tuple[NewPosting, ...]) -> int:
    """Post receipts for a benchmark."""
    uow.sql.execute(update(PurchaseRules).values(invoices_from=date(2020, 1, 1)))
    return len(stock.post_all(uow, postings))


@command(None)
def enter_for_bench(uow: UnitOfWork, *, invoices: tuple[NewInvoice, ...]) -> tuple[int, ...]:
    """Enter invoices for a benchmark."""
    books = load_books(uow, invoices)
    return tuple(insert_invoices(uow, [make_ready(uow, books, one) for one in invoices]))


def run() -> list[Figure]:
    """One figure for a file and one for a server."""
    with TemporaryDirectory() as folder:
        site = str(Path(folder, "site.db"))
        make_site(site)
        ids = _fill(site)
        copies = [copy_sqlite(Path(site), Path(folder, f"{number}.db")) for number in range(1 + 2 * TURNS)]
        figures = [_measure("file", copies, ids)]
    with postgres_server() as postgres:
        url = postgres.create()
        make_site(url)
        ids = _fill(url)
        copies = [postgres.create(database_of(url)) for _number in range(1 + 2 * TURNS)]
        figures.append(_measure("server", copies, ids))
    return figures


def _fill(site: str) -> tuple[int, ...]:
    with Office.open(site, station="bench") as office:
        office.sign_in(ADMIN, PASSWORD)
        items = make_items(office, [NewItem(code=f"B-{n:04d}", name=f"物料 {n}", base_unit="kg") for n in range(ITEMS)])
        suppliers = [make_supplier(office, f"B{n:02d}") for n in range(SUPPLIERS)]
        receipts, invoices = [], []
        today = office.clock.now().date() - timedelta(days=2)
        for number in range(INVOICES):
            supplier = suppliers[number % SUPPLIERS]
            chosen = [items[(number * 7 + line * 31) % ITEMS] for line in range(LINES)]
            bought = tuple(
                NewLine(item, Decimal(10 + number % 9), value=Decimal(100 + line)) for line, item in enumerate(chosen)
            )
            receipts.append(NewPosting(PostingKind.RECEIPT, bought, supplier_id=supplier))
            asked = tuple(
                NewInvoiceLine(item_id=one.item_id, qty=one.qty, amount=(one.value or 0) * _factor(number))
                for one in bought
            )
            invoices.append(NewInvoice(supplier, f"B-{number}-x", today, asked))
        office.do(post_receipts_for_bench, postings=tuple(receipts))
        return office.do(enter_for_bench, invoices=tuple(invoices))


def _factor(number: int) -> Decimal:
    if number % 5:
        return Decimal(1)
    return Decimal("1.5") if number % 20 == 0 else Decimal("1.01")


def _match(site: str, ids: tuple[int, ...]) -> float:
    with Office.open(site, station="bench") as office:
        office.sign_in(ADMIN, PASSWORD)
        started = time.perf_counter()
        done = office.do(purchasing.match_all, invoice_ids=ids)
        taken = (time.perf_counter() - started) * 1000
        assert (len(done.outcomes), done.matches) == (INVOICES, INVOICES * LINES)
        assert done.count(Verdict.EXCEPTION) == INVOICES // 20
        return taken


def _measure(where: str, copies: list[str], ids: tuple[int, ...]) -> Figure:
    with Office.open(copies[0], station="bench") as office:
        office.sign_in(ADMIN, PASSWORD)
        with recorded(office._writer) as statements:
            office.do(purchasing.match_all, invoice_ids=ids)
    own, bare = [], []
    for turn in range(TURNS):
        own.append(_match(copies[1 + 2 * turn], ids))
        with driver_alone(copies[2 + 2 * turn]) as send:
            bare.append(send(statements))
    note = f"{len(statements)} statements"
    return Figure(f"match {INVOICES:,} invoices, {where}", min(own), min(bare), GOAL, note)

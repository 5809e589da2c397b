"""Receiving: a delivery of 200 lines against an order and without one, against its bare SQL, on a small and a large ledger.

The same deliveries are received three times from the same site: once recorded, once by the program, once by the driver
alone from the record. The last two take turns, so that what else the PC does falls on both, and the median counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sqlalchemy import select, update

from core import catalog, purchasing
from core.catalog import NewSupplier
from core.office import Office
from core.purchasing import NewDelivery, NewDeliveryLine
from core.purchasing.types.orders import NewOrder, NewOrderLine
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import OrderState
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.stock import ItemCost
from tests.bench.bare import Statement, driver_alone, recorded
from tests.bench.bench_posting import _databases, _files
from tests.bench.figures import Figure
from tests.bench.ledger import ledger_of, make_ledger
from tests.helpers.sites import postgres_server

TURNS = 9
LINES = 200


@command(None)
def make_bench_orders(uow: UnitOfWork, *, items: list[int], count: int) -> int:
    """Make orders on their way for a benchmark; answers their supplier."""
    supplier_id = catalog.create_suppliers_bulk(uow, [NewSupplier("Bench supplier", over_tolerance=Decimal(5))])[0]
    for number in range(count):
        mine = [items[(number * LINES + line) % len(items)] for line in range(LINES)]
        lines = tuple(NewOrderLine(item_id, Decimal(5), price=Decimal("2.5")) for item_id in mine)
        purchasing.create_orders(uow, [NewOrder(supplier_id, lines)])
    order = table_of(PurchaseOrder)
    uow.sql.execute(update(order).values(state=str(OrderState.SENT), sent_at=uow.now))
    return supplier_id


@dataclass(frozen=True, slots=True)
class Case:
    """What is received in each turn; `is_ordered` against an order of its own."""

    name: str
    is_ordered: bool


CASES = (Case("200-line delivery, ordered", True), Case("200-line delivery, no order", False))


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


def _measure(case: Case, where: str, making: AbstractContextManager[list[str]]) -> Figure:
    """The median turn of the program and of the driver alone."""
    with making as (copied, timed, bare):
        prepared = [_prepare(site) for site in (copied, timed, bare)]
        statements = _record(case, copied, prepared[0])
        ours, theirs = [], []
        with _office(timed) as office, driver_alone(bare) as send:
            for number in range(TURNS + 1):
                ours.append(_receive(office, _delivery(case, prepared[1], number)))
                theirs.append(send(statements[number]))
    count = sum(len(turn) for turn in statements) // len(statements)
    return Figure(
        f"{case.name}, {where}",
        median(ours[1:]),
        median(theirs[1:]),
        goal=2,
        note=f"{count} statements; goal is the ratio",
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site ready to receive: its supplier, its orders' lines (id, item) by order."""

    supplier_id: int
    orders: list[tuple[int, list[tuple[int, int]]]]


def _prepare(site: str) -> Prepared:
    """Orders to receive against, the same on each copy."""
    with _office(site) as office:
        with office._writer.connect() as sql:
            chosen = select(ItemCost.item_id).where(ItemCost.qty > 1_000_000).order_by(ItemCost.item_id).limit(2_000)
            items = list(sql.execute(chosen).scalars())
        supplier_id = office.do(make_bench_orders, items=items, count=TURNS + 1)
        with office._writer.connect() as sql:
            line = PurchaseOrderLine
            found: dict[int, list[tuple[int, int]]] = {}
            for row in sql.execute(select(line.order_id, line.id, line.item_id).order_by(line.order_id, line.line)):
                found.setdefault(row.order_id, []).append((row.id, row.item_id))
    return Prepared(supplier_id, list(found.items()))


def _delivery(case: Case, site: Prepared, number: int) -> NewDelivery:
    order_id, lines = site.orders[number]
    stated = tuple(
        NewDeliveryLine(item_id, Decimal(5), order_line_id=line_id if case.is_ordered else None, price=Decimal("2.5"))
        for line_id, item_id in lines
    )
    return NewDelivery(stated, site.supplier_id, f"DN-{number}", (order_id,) if case.is_ordered else ())


def _record(case: Case, site: str, prepared: Prepared) -> list[list[Statement]]:
    """The statements of every turn; the first warms up."""
    with _office(site) as office:
        turns = []
        for number in range(TURNS + 1):
            with recorded(office._writer) as statements:
                _receive(office, _delivery(case, prepared, number))
            turns.append(statements)
    return turns


def _receive(office: Office, new: NewDelivery) -> float:
    """Milliseconds for one delivery."""
    started = time.perf_counter()
    office.do(purchasing.receive_delivery, new=new)
    return (time.perf_counter() - started) * 1000


@contextmanager
def _office(site: str) -> Iterator[Office]:
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        yield office

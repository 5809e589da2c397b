"""Orders: the paper of 20 and of 200 lines from the database to the PDF (goal 0.3 s), an order sent with it, and the list
and the due board of a year's orders against their bare rows."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, create_engine, select

from core import catalog, documents, purchasing
from core.catalog import NewItem, NewSupplier
from core.clock import FixedClock
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import OrderState, SendWay
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from tests.bench.figures import Figure, milliseconds
from tests.helpers.sites import ADMIN, PASSWORD, make_site

O, L = table_of(PurchaseOrder), table_of(PurchaseOrderLine)  # noqa: E741
ORDERS, LINES = 5_000, 20
GOAL = 300.0


@command(None)
def make_orders_for_bench(uow: UnitOfWork, *, orders: int, lines: int) -> list[int]:
    """Make items, one supplier and orders of so many lines for a benchmark."""
    new = [NewItem(name=f"物料 {number}", base_unit="kg", code=f"I-{lines}-{number}") for number in range(lines)]
    items = catalog.create_items_bulk(uow, new)
    supplier = catalog.create_suppliers_bulk(
        uow, [NewSupplier(f"供应商 {lines}", f"S-{lines}", email="a@example.com")]
    )[0]
    day = date(2026, 3, 4)
    price, qty = Decimal("3.2"), Decimal("12.5")
    return purchasing.create_orders(
        uow,
        [
            NewOrder(
                supplier,
                tuple(NewOrderLine(item, qty, price=price) for item in items),
                deliver_on=day + timedelta(days=number % 30),
            )
            for number in range(orders)
        ],
    )


@command(None)
def mark_old_for_bench(uow: UnitOfWork, *, but: int) -> None:
    """Close all orders but the newest ones, which are sent, for a benchmark."""
    newest = select(O.c.id).order_by(O.c.id.desc()).limit(but)
    uow.sql.execute(O.update().values(state=str(OrderState.CLOSED), revision=1))
    uow.sql.execute(O.update().where(O.c.id.in_(newest)).values(state=str(OrderState.SENT)))


def run() -> list[Figure]:
    """Papers of 20 and 200 lines; lists of 5,000 orders of 20 lines, 200 of them open."""
    os.environ.setdefault("STEWARD_TEST_HASHES", "1")
    with TemporaryDirectory() as folder:
        site = str(Path(folder, "site.db"))
        make_site(site)
        clock = FixedClock(datetime(2026, 3, 4, 4, tzinfo=UTC))
        with Office.open(site, station="bench", clock=clock) as office:
            office.sign_in(ADMIN, PASSWORD)
            return [*_papers(office), *_lists(office, site)]


def _papers(office: Office) -> list[Figure]:
    found = []
    for lines in (20, 200):
        orders = office.do(make_orders_for_bench, orders=7, lines=lines)
        taken = milliseconds(_paper(office, orders[0]))
        found.append(Figure(f"order paper, {lines} lines", taken, goal=GOAL))
        left = iter(orders)
        sent = milliseconds(lambda left=left: _send(office, next(left)))  # type: ignore[misc]
        found.append(Figure(f"order sent, {lines} lines", sent, note="approved, questions, paper, version, archive"))
    return found


def _paper(office: Office, order_id: int) -> Callable[[], bytes]:
    return lambda: documents.render_pdf(office.ask(purchasing.get_order_paper, order_id=order_id, language="zh"), "zh")


def _send(office: Office, order_id: int) -> None:
    office.do(
        purchasing.send_order,
        order_id=order_id,
        version=1,
        way=SendWay.PHONE,
        confirmed=frozenset({"second_order", "slips"}),
    )


def _lists(office: Office, site: str) -> list[Figure]:
    made = milliseconds(lambda: office.do(make_orders_for_bench, orders=ORDERS, lines=LINES + 1), 1)
    office.do(mark_old_for_bench, but=200)
    engine = create_engine(f"sqlite:///{site}")
    with engine.connect() as bare:
        page = milliseconds(lambda: bare.execute(select(O).order_by(O.c.id.desc()).limit(200)).all())
        board = milliseconds(lambda: _open(bare))
        figures = [
            Figure(f"{ORDERS:,} drafts of {LINES + 1} lines made", made),
            Figure("list of orders, first 200", milliseconds(lambda: office.ask(purchasing.list_orders)), page),
            Figure("board of 200 open orders", milliseconds(lambda: office.ask(purchasing.list_due_board)), board),
        ]
    engine.dispose()
    return figures


def _open(bare: Connection) -> object:
    listed = select(L, O.c.number).join(O, O.c.id == L.c.order_id).where(O.c.state == str(OrderState.SENT))
    return bare.execute(listed).all()

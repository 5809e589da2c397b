"""The sheet of what needs to be ordered: 2,500 items below their levels, 20 suppliers, 28 days of usage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core import catalog, purchasing
from core.catalog import Break, NewItem, NewPolicy, NewPrice, NewSupplier, NewTerm, PackUnit
from core.clock import FixedClock
from core.identity import NewSite
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from core.registry import command
from core.sites import create_site
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import CostMethod
from db.enums import PostingKind as K
from tests.bench.bare import driver_alone, recorded
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import BATCH, FOLDER, PASSWORD, bring_up_to_date, make_bench_postings

ITEMS, SUPPLIERS, DAYS, LINES = 2_500, 20, 28, 50
NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
GOAL = 1_000.0
D = Decimal


@command(None)
def make_bench_market(uow: UnitOfWork) -> None:
    """Suppliers, items with two suppliers each, levels and past prices, for a benchmark."""
    deals = [
        NewSupplier(f"供应商 {n}", code=f"B{n:03d}", delivery_days=0b0101010, cutoff_time="16:00", lead_days=1,
                    minimum_value=D(500), monthly_budget=D(90_000))
        for n in range(SUPPLIERS)
    ]  # fmt: skip
    suppliers = catalog.create_suppliers_bulk(uow, deals)
    items = catalog.create_items_bulk(uow, [_item(n, suppliers) for n in range(ITEMS)])
    past = [
        NewPrice(item, suppliers[n % SUPPLIERS], D("4.5") + D(back) / 10, uow.now - timedelta(days=back), "receipt")
        for n, item in enumerate(items)
        for back in range(8)
    ]
    catalog.record_prices(uow, past)


def _item(n: int, suppliers: list[int]) -> NewItem:
    first, second = suppliers[n % SUPPLIERS], suppliers[(n + 7) % SUPPLIERS]
    return NewItem(
        f"物料 {n}", "kg", code=f"I{n:05d}", name_en=f"Item {n}", pack_units=(PackUnit("箱", D(10)),),
        purchase_unit="箱", policy=NewPolicy(par=D(200), reorder_point=D(190), minimum=D(20), maximum=D(400)),
        terms=(
            NewTerm(first, unit="箱", price=D(50), breaks=(Break(D(50), D(45)),)),
            NewTerm(second, unit="kg", price=D("5.4"), minimum_qty=D(5), rank=2),
        ),
    )  # fmt: skip


def _site() -> Path:
    path = FOLDER / f"needs-{ITEMS}.db"
    if path.exists():
        bring_up_to_date(path)
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    for leftover in FOLDER.glob(f"{fresh.name}*"):
        leftover.unlink()
    print(f"making {path} ...", flush=True)
    create_site(
        str(fresh),
        NewSite("Bench", "CNY", "Asia/Shanghai", "en", CostMethod.FIFO, "Admin", PASSWORD),
        clock=FixedClock(NOW - timedelta(days=DAYS + 2)),
    )
    clock = FixedClock(NOW - timedelta(days=DAYS + 1))
    with Office.open(str(fresh), station="bench", clock=clock) as office:
        office.sign_in_as_system()
        office.do(make_bench_market)
        _post(office, clock)
        drafts = tuple(
            NewOrder(n + 1, tuple(NewOrderLine(item, D(1)) for item in range(n + 1, ITEMS, SUPPLIERS * 10)))
            for n in range(SUPPLIERS)
        )
        office.do(purchasing.make_orders, choices=drafts)
    fresh.replace(path)
    return path


def _post(office: Office, clock: FixedClock) -> None:
    """Goods for a month, then every item issued every day."""
    received = [NewLine(item, D(170), location_id=1, value=D(850)) for item in range(1, ITEMS + 1)]
    batches = [received[start : start + LINES] for start in range(0, ITEMS, LINES)]
    office.do(make_bench_postings, postings=[NewPosting(K.RECEIPT, tuple(few), None, 1) for few in batches])
    for day in range(DAYS):
        clock.advance(days=1)
        issued = [NewLine(item, D(1 + (item + day) % 4), location_id=1) for item in range(1, ITEMS + 1)]
        few = [tuple(issued[start : start + LINES]) for start in range(0, ITEMS, LINES)]
        for start in range(0, len(few), BATCH):
            office.do(make_bench_postings, postings=[NewPosting(K.ISSUE, one) for one in few[start : start + BATCH]])


def run() -> list[Figure]:
    """The whole sheet against the statements it is made of, sent by the driver alone; one line; the orders."""
    site = _site()
    clock = FixedClock(NOW)
    with Office.open(str(site), station="bench", clock=clock) as office:
        office.sign_in_as_system()

        def whole() -> object:
            return office.ask(purchasing.list_suggestions)

        found = office.ask(purchasing.list_suggestions)
        lines = sum(len(group.lines) for group in found.groups)
        taken = milliseconds(whole)
        one = milliseconds(lambda: office.ask(purchasing.get_need_line, item_id=7))
        with recorded(office._reader) as sent:
            whole()
        statements = [one for one in sent if one[0].lstrip().lower().startswith(("select", "with"))]
    with driver_alone(str(site)) as send:
        bare = min(send(statements) for _time in range(5))
    note = f"{lines} lines, {len(statements)} statements"
    return [
        Figure("suggestions: sheet of 2,500 items", taken, bare, GOAL, note),
        Figure("suggestions: one item added", one),
    ]

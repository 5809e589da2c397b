"""Which of 100,000 shelf labels are no longer true, on SQLite and PostgreSQL, and starting the job for 40 of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from core import catalog, devices, labels, stock
from core.catalog import NewBarcode, NewItem
from core.devices import DeviceEdit
from core.identity import NewSite
from core.labels.steps.facts import facts_of
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.records import content_hash, kept_content
from core.labels.steps.truth import shelf_contents, today
from core.office import Office
from core.registry import command
from core.sites import create_site
from core.stock import NewLocation
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.enums import CostMethod, DeviceKind, DeviceLink
from db.labels import ShelfLabel
from db.sql import chunks, refresh_statistics
from db.stock import Location
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import FOLDER, bring_up_to_date
from tests.helpers.postgres import PostgresServer

ITEMS = 100_000
PLACES = 200
GOAL = 1000.0
LAYOUT = "shelf-60x40"
OWN_CODES = 9_000_000_000


@command(None)
def make_bench_shelves(uow: UnitOfWork) -> int:
    """Make items and places for a benchmark."""
    stock.create_locations(uow, [NewLocation(f"R-{n:03d}", f"货架 {n}", f"Rack {n}") for n in range(PLACES)])
    for part in chunks(range(ITEMS), 10_000):
        items = [
            NewItem(
                f"商品 {n} 500 克装", "个", f"S{n:06d}", name_en=f"Article {n}", spec="500 g", origin="四川",
                sale_price=Decimal(n % 500 + 1), barcodes=(NewBarcode(catalog.internal_barcode(OWN_CODES + n)),),
            )
            for n in part
        ]  # fmt: skip
        catalog.create_items_bulk(uow, items)
    return ITEMS


@command(None)
def hang_bench_labels(uow: UnitOfWork) -> int:
    """Hang a label for every item for a benchmark."""
    places = list(uow.sql.execute(select(Location.id).where(Location.code.like("R-%")).order_by(Location.id)).scalars())
    ids = uow.sql.execute(select(Item.id).order_by(Item.id)).scalars()
    layout, day = Layouts(uow).get(LAYOUT), today(uow)
    for part in chunks(ids, 10_000):
        pairs = [(item_id, places[item_id % PLACES]) for item_id in part]
        facts = facts_of(uow, pairs, day)
        rows: list[dict[str, Any]] = []
        for pair, content in shelf_contents(uow, pairs, "zh", day).items():
            kept = kept_content(content, layout)
            rows.append(
                {
                    "item_id": pair[0], "location_id": pair[1], "layout": LAYOUT, "language": "zh", "content": kept,
                    "hash": content_hash(kept, layout), "facts": facts[pair], "true_on": day, "copies": 1,
                    "printed_at": uow.now, "printed_by": uow.actor.person_id,
                }
            )  # fmt: skip
        uow.sql.execute(insert(table_of(ShelfLabel)), rows)
    refresh_statistics(uow.sql, table_of(ShelfLabel), table_of(Item))
    return ITEMS


@command(None)
def change_bench_prices(uow: UnitOfWork, *, every: int) -> int:
    """Change prices for a benchmark."""
    changed = update(Item).where(func.mod(Item.id, every) == 0).values(sale_price=Item.sale_price + 1)
    return int(uow.sql.execute(changed).rowcount)


def _filled(site: str) -> None:
    create_site(site, NewSite("Bench", "CNY", "Asia/Shanghai", "zh", CostMethod.FIFO, "Admin", "bench-bench"))
    with Office.open(site, station="bench") as office:
        office.sign_in_as_system()
        office.do(make_bench_shelves)
        office.do(hang_bench_labels)
        printer = DeviceEdit(DeviceKind.PRINTER, "Bench", DeviceLink.FILE, "bench.prn", "tspl")
        office.do(devices.save_device, new=printer)


@contextmanager
def _sites() -> Iterator[list[tuple[str, str]]]:
    """A copy for this run, since prices change."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "labels-100000.db"
    if not path.exists():
        part = path.with_suffix(".part")
        for leftover in FOLDER.glob(f"{part.name}*"):
            leftover.unlink()
        print(f"making {path} ...", flush=True)
        _filled(str(part))
        part.replace(path)
    bring_up_to_date(path)
    copy = path.with_suffix(".run")
    copy.write_bytes(path.read_bytes())
    server = PostgresServer()
    try:
        url = server.url()
        print("filling PostgreSQL ...", flush=True)
        _filled(url)
        yield [("SQLite", str(copy)), ("PostgreSQL", url)]
    finally:
        server.close()
        for leftover in FOLDER.glob(f"{copy.name}*"):
            leftover.unlink()


def run() -> list[Figure]:
    """Each figure over 100,000 labels that hang."""
    figures: list[Figure] = []
    with _sites() as sites:
        for name, site in sites:
            with Office.open(site, station="bench") as office:
                office.sign_in_as_system()
                figures += _figures(office, name)
    return figures


def _figures(office: Office, name: str) -> list[Figure]:
    def count() -> int:
        return office.ask(labels.count_stale_labels).stale

    none = milliseconds(count)
    assert count() == 0
    office.do(change_bench_prices, every=ITEMS // 40)
    forty = milliseconds(count)
    found = count()
    queue = milliseconds(lambda: office.ask(labels.list_queue))
    start = milliseconds(lambda: office.do(labels.start_due_labels), 1)
    office.do(change_bench_prices, every=10)
    many = milliseconds(count, 2)
    return [
        Figure(f"{name}: stale labels of 100,000, none", none, goal=GOAL),
        Figure(f"{name}: the same, after a few prices changed", forty, goal=GOAL, note=f"{found} stale"),
        Figure(f"{name}: the queue of them, in walk order", queue, goal=GOAL),
        Figure(f"{name}: the job for them started", start, goal=GOAL),
        Figure(f"{name}: stale labels, after a tenth of all prices changed", many, note=f"{count()} stale"),
    ]

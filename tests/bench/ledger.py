"""Sites with ledgers of a known size, made once and kept under build/bench."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core import catalog, stock
from core.catalog import NewItem
from core.clock import FixedClock
from core.identity import NewSite
from core.office import Office
from core.registry import command
from core.sites import create_site
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.engine import open_engine, url_of
from db.enums import CostMethod
from db.enums import PostingKind as K
from db.migrate import latest_version, upgrade
from db.schema import stored_version

FOLDER = Path("build/bench")
PASSWORD = "bench-bench"
LINES = 20
BATCH = 1_000


@command(None)
def make_bench_items(uow: UnitOfWork, *, items: tuple[NewItem, ...]) -> int:
    """Make items for a benchmark."""
    return len(catalog.create_items_bulk(uow, items))


@command(None)
def make_bench_postings(uow: UnitOfWork, *, postings: list[NewPosting]) -> int:
    """Make postings for a benchmark."""
    return len(stock.post_all(uow, postings))


def ledger_of(entries: int) -> Path:
    """A SQLite site with that many ledger entries over 1,000 items for a small and 100,000 for a large ledger."""
    path = FOLDER / f"ledger-{entries}.db"
    if path.exists():
        bring_up_to_date(path)
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    for leftover in FOLDER.glob(f"{fresh.name}*"):
        leftover.unlink()
    print(f"making {path} ...", flush=True)
    make_ledger(str(fresh), entries)
    fresh.replace(path)
    return path


def bring_up_to_date(path: Path) -> None:
    """A site kept from an earlier version gets the tables of this one."""
    engine = open_engine(url_of(str(path)))
    with engine.connect() as connection:
        is_older = (stored_version(connection) or "") < latest_version()
    if is_older:
        upgrade(engine)
    engine.dispose()


def make_ledger(site: str, entries: int) -> None:
    """Fill a new site with that many ledger entries."""
    items = 100_000 if entries >= 1_000_000 else 1_000
    clock = FixedClock(datetime.now(UTC) - timedelta(days=1))
    create_site(site, NewSite("Bench", "CNY", "Asia/Shanghai", "en", CostMethod.FIFO, "Admin", PASSWORD), clock=clock)
    with Office.open(site, station="bench", clock=clock) as office:
        office.sign_in_as_system()
        for first in range(0, items, 10_000):
            several = range(first, min(first + 10_000, items))
            office.do(
                make_bench_items, items=tuple(NewItem(f"备件 {n} Brake pad {n}", "个", f"P{n:06d}") for n in several)
            )
        start = clock.now() - timedelta(days=700)
        count = entries // LINES
        for first in range(0, count, BATCH):
            several = range(first, min(first + BATCH, count))
            office.do(make_bench_postings, postings=[_posting(n, count, items, start) for n in several])


def _posting(number: int, count: int, items: int, start: datetime) -> NewPosting:
    """Receipts, then twice as many issues of the same items, walking through all of them."""
    is_receipt = number % 3 == 0
    first = number // 3 * LINES
    at = start + timedelta(days=700) * number / count
    lines = tuple(
        NewLine(
            (first + index) % items + 1,
            Decimal(30 if is_receipt else 7),
            value=Decimal("75.30") if is_receipt else None,
        )
        for index in range(LINES)
    )
    return NewPosting(K.RECEIPT if is_receipt else K.ISSUE, lines, at)

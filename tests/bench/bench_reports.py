"""Reports over 1,000,000 entries: a page of every report of the catalogue, and the ledger as files."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable

from core import reports
from core.office import Office
from core.reports import Asked
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import ledger_of

GOAL = 3_000.0
TIMES = 2
# The plain statement of the numbers of a report, where one says it all.
BARE = {
    "stock-ledger": "select kind, count(*), sum(value), sum(settled), sum(variance) from stock_entry group by kind",
    "stock-value": "select i.id, i.code, i.name, c.qty, c.value from item i join item_cost c on c.item_id = i.id order by i.code",
    "stock-on-hand": (
        "select i.code, i.name, l.code, b.qty from stock_balance b join item i on i.id = b.item_id "
        "join location l on l.id = b.location_id where b.qty <> 0 order by i.code, l.code"
    ),
    "stock-by-category": "select i.category_id, count(*), sum(c.value) from item_cost c join item i on i.id = c.item_id group by 1",
    "dead-stock": "select item_id + 0, max(at) from stock_entry where kind in ('issue', 'waste') group by 1",
    "stock-age": (
        "select item_id, at, qty, sum(qty) over (partition by item_id order by at desc, id desc) from stock_entry "
        "where qty > 0 and kind <> 'transfer'"
    ),
    "price-history": "select item_id, at, price from price_history",
}
CSV = "select e.at, p.number, i.code, i.name, l.code, e.qty, e.value from stock_entry e join stock_posting p on p.id = e.posting_id join item i on i.id = e.item_id join location l on l.id = e.location_id order by e.at, e.id"  # noqa: E501


def run() -> list[Figure]:
    """Each page against the goal and, where one statement says it, the bare SQL."""
    site = ledger_of(1_000_000)
    with Office.open(str(site), station="bench") as office, sqlite3.connect(f"file:{site}?mode=ro", uri=True) as sql:
        office.sign_in_as_system()

        def page(name: str) -> Callable[[], object]:
            return lambda: office.ask(reports.get_report_page, name=name, limit=200)

        def bare(statement: str) -> float:
            return milliseconds(lambda: sql.execute(statement).fetchall(), TIMES)

        figures = []
        for entry in office.ask(reports.list_reports):
            taken = milliseconds(page(entry.name), TIMES)
            rows = office.ask(reports.get_report_page, name=entry.name, limit=1).count
            plain = bare(BARE[entry.name]) if entry.name in BARE else None
            figures.append(Figure(f"report {entry.name}", taken, plain, GOAL, f"{rows:,} rows"))

        def written() -> object:
            return office.ask(reports.write_report, name="stock-ledger", asked=Asked(), form="csv", target=io.BytesIO())

        figures.append(Figure("stock ledger as CSV", milliseconds(written, 1), bare(CSV), None, "1,000,000 rows"))
    return figures

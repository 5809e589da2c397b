"""Reading a ledger of 1,000,000 entries over 100,000 items: stock, value, review, now and in the past."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from core import costing, reports, stock
from core.office import Office
from core.stock import LedgerFilter
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import ledger_of

NOW = "select item_id, qty from item_cost"
PAST = "select item_id, sum(qty) from stock_entry where at <= {at} group by item_id"
VALUE = "select item_id, sum(value) from stock_entry where at <= {at} group by item_id"
REVIEW = (
    "select item_id, kind, sum(qty), sum(value) from stock_entry where at between {start} and {at} "
    "and kind <> 'transfer' group by item_id, kind"
)


def run() -> list[Figure]:
    """Each figure against the plain SELECT of its numbers, fetched by the driver."""
    site = ledger_of(1_000_000)
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        now = office.clock.now()
        half, month = now - timedelta(days=350), now - timedelta(days=31)
        past = milliseconds(lambda: office.ask(stock.list_quantities, as_of=half))
        value = milliseconds(lambda: office.ask(stock.list_values, as_of=half))
        return [
            Figure(
                "stock of every item, now",
                milliseconds(lambda: office.ask(stock.list_quantities)),
                _bare(site, NOW),
                goal=200,
            ),
            Figure("stock of every item, a year ago", past, _bare(site, PAST, at=half.timestamp()), goal=1000),
            Figure("stock value by item, a year ago", value, _bare(site, VALUE, at=half.timestamp()), goal=1000),
            Figure(
                "month review",
                milliseconds(lambda: office.ask(costing.get_review, start=month, end=now)),
                _bare(site, REVIEW, start=month.timestamp(), at=now.timestamp()),
                goal=2000,
            ),
            Figure("today's figures and work", milliseconds(lambda: office.ask(reports.get_today)), goal=500),
            Figure(
                "a page of the ledger",
                milliseconds(lambda: office.ask(stock.list_ledger, wanted=LedgerFilter(), limit=200)),
            ),
            Figure("on hand, one item", milliseconds(lambda: office.ask(stock.list_on_hand, item_id=500))),
        ]


def _bare(site: Path, statement: str, **moments: float) -> float:
    text = statement.format(**{name: int(at * 1_000_000) for name, at in moments.items()})
    with sqlite3.connect(site) as connection:
        return milliseconds(lambda: connection.execute(text).fetchall(), 3)

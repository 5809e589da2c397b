"""The review of a month on the large sample: 1,000,000 entries over 100,000 items, against the bare SQL of its figures."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from core import costing
from core.costing import Against, Figure, FigureKey
from core.costing.rules.months import Month
from core.office import Office
from db.columns import micros
from tests.bench.figures import Figure as Measured
from tests.bench.figures import milliseconds
from tests.bench.large import large_sample

GOAL = 2000
YEAR = 365 * 86_400_000_000
BARE = (
    "select id, code, name, name_en, base_unit, category_id from item order by code",
    "select item_id, qty, value from item_cost",
    "select item_id, sum(qty), sum(value) from stock_entry where at > {end} group by item_id",
    "select sum(value) from stock_entry where at > {end}",
    "select e.item_id, e.kind, e.location_id, p.purpose, e.reason, count(*), sum(qty), sum(value), sum(settled), "
    "sum(variance) from stock_entry e join stock_posting p on p.id = e.posting_id where e.at between {start} and {end} "
    "and e.kind <> 'transfer' group by 1, 2, 3, 4, 5",
    "select e.item_id, e.kind, e.location_id, p.purpose, e.reason, count(*), sum(qty), sum(value), sum(settled), "
    "sum(variance) from stock_entry e join stock_posting p on p.id = e.posting_id where e.at between {before} and {start} "
    "and e.kind <> 'transfer' group by 1, 2, 3, 4, 5",
    "select item_id + 0, max(at) from stock_entry where at between {end} - {year} and {end} and kind in ('issue', 'waste', "
    "'production_out') and is_reversal = 0 group by 1",
    "select item_id, min(at) from stock_entry where at <= {end} group by item_id having min(at) > {end} - {year}",
    "select p.id, p.number, p.document, p.supplier_id, p.at, sum(e.given) from stock_posting p join stock_entry e on "
    "e.posting_id = p.id where p.kind = 'receipt' and p.at <= {end} and p.supplier_id is not null and e.kind = 'receipt' "
    "and e.is_reversal = 0 group by 1, 2, 3, 4, 5",
)


def run() -> list[Measured]:
    """The review of the last whole month, its figures opened, and the running month."""
    site = large_sample()
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        running = Month.of(office.clock.now().date())
        month = running.before
        spans = [
            costing.period_moments(one.days, office.site.zone, office.site.day_start_hour)
            for one in (month, month.before)
        ]
        bare = _bare(site, spans[0], spans[1][0])
        price = Figure(FigureKey.PRICE, month.text)
        return [
            Measured(f"review of {month.text}", _review(office, month, Against.PREVIOUS), bare, goal=GOAL),
            Measured(f"review of {running.text}, running", _review(office, running, Against.PREVIOUS), goal=GOAL),
            Measured(f"review of {month.text}, a year ago", _review(office, month, Against.LAST_YEAR)),
            Measured("price by item", milliseconds(lambda: office.ask(costing.list_figure_parts, figure=price), 3)),
            Measured(
                "entries of price", milliseconds(lambda: office.ask(costing.list_figure_entries, figure=price), 3)
            ),
            Measured(
                "lines of accruals",
                milliseconds(
                    lambda: office.ask(
                        costing.list_accrual_lines, month=month.text, style=costing.AccrualStyle.ON_INVOICE
                    ),
                    3,
                ),
            ),
        ]


def _review(office: Office, month: Month, against: Against) -> float:
    return milliseconds(lambda: office.ask(costing.get_month_review, month=month.text, against=against), 3)


def _bare(site: Path, span: tuple[datetime, datetime], before: datetime) -> float:
    moments = {"start": micros(span[0]), "end": micros(span[1]), "before": micros(before), "year": YEAR}
    statements = [text.format(**moments) for text in BARE]
    with sqlite3.connect(site) as connection:
        return milliseconds(lambda: [connection.execute(text).fetchall() for text in statements], 3)

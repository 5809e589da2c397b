"""What a view keeps of a usual period, further rows of a page, and groups in the order of the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core import reports
from core.clock import FixedClock
from core.office import Office
from core.reports import Asked, Sort, ViewEdit, run_due, span_of_period
from db.enums import Period, ViewKind
from tests.core.reports.schedules import edit, save
from tests.helpers.stock import issue, make_items, receive

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)


def test_twelve_months_begin_with_a_month() -> None:
    span = span_of_period(Period.LAST_12_MONTHS, NOON, "Asia/Shanghai", 4)
    assert span.start is not None and span.start.isoformat() == "2025-04-01T04:00:00+08:00"
    assert span.end == NOON
    december = span_of_period(Period.LAST_12_MONTHS, datetime(2026, 12, 31, 10, tzinfo=UTC), "UTC", 0)
    assert december.start == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_scheduled_view_is_about_its_period_when_it_is_due(
    office: Office, site_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    items = make_items(site_url, 1)
    receive(office, items)
    issue(office, items)
    folder = tmp_path / "reports"
    folder.mkdir()
    view = ViewEdit(ViewKind.REPORT, "usage-by-item", "This month", Asked(period=Period.MONTH_TO_DATE))
    view_id = office.do(reports.save_view, new=view)
    schedule_id = save(office, edit(folder, report="", view_id=view_id, period=Period.VIEW))
    for days in (0, 40):
        clock.advance(days=days)
        office.do(reports.run_schedule, schedule_id=schedule_id)
        run_due(office)
    said = [path.read_text("utf-8-sig") for path in sorted(folder.iterdir())]
    assert "I-fi-0001" in said[0] and "I-fi-0001" not in said[-1]


@pytest.mark.parametrize("is_descending", [False, True])
def test_groups_stand_as_their_rows_do(office: Office, site_url: str, is_descending: bool) -> None:
    items = make_items(site_url, 3)
    receive(office, items)
    issue(office, items)
    for name, key in (("stock-ledger", "kind"), ("stock-ledger", "item"), ("usage-by-item", "category")):
        asked = Asked(group=key, sort=(Sort(key, is_descending),), language="zh")
        page = office.ask(reports.get_report_page, name=name, asked=asked)
        assert list(page.groups_of) == sorted(page.groups_of), (name, key)
        assert [page.groups_of.count(at) for at in range(len(page.groups))] == [one.count for one in page.groups]


def test_further_rows_are_those_of_the_page(office: Office, site_url: str) -> None:
    items = make_items(site_url, 5)
    receive(office, items)
    whole = None
    for name in ("stock-ledger", "stock-value"):
        whole = office.ask(reports.get_report_page, name=name)
        part = office.ask(reports.list_report_rows, name=name, limit=2, offset=2)
        assert part.rows == whole.rows[2:4] and part.drills == whole.drills[2:4]
    assert whole is not None
    at = [column.key for column in whole.columns].index("value")
    assert sum(Decimal(str(row[at])) for row in whole.rows) == Decimal(500)

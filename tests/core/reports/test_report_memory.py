"""A report's memory does not grow with the ledger: ten times the entries, the same peak."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core import reports, stock
from core.office import Office
from core.registry import command
from core.reports import Asked
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import Permission, PostingKind
from tests.core.catalog.makers import make_item

FEW, MANY = 400, 4_000
READ_AT_ONCE = 100
SLACK = 1.5
FORMS = ("csv", "json", "xlsx", "table")
A_POSTING = 200


@command(Permission.STOCK_ISSUE)
def post_lines_for_test(uow: UnitOfWork, *, item_id: int, count: int) -> int:
    """Receipts of one item, many lines a posting."""
    for at in range(0, count, A_POSTING):
        lines = [NewLine(item_id, Decimal(1), value=Decimal("2.50")) for _one in range(A_POSTING)]
        stock.post(uow, NewPosting(PostingKind.RECEIPT, tuple(lines), at=uow.now - timedelta(minutes=at // A_POSTING)))
    return count


def peak(office: Office, form: str, target: Path) -> int:
    with target.open("wb") as file:
        tracemalloc.start()
        office.ask(reports.write_report, name="stock-ledger", asked=Asked(), form=form, target=file)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


def test_ten_times_the_entries_take_the_memory_of_one(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.reports.steps.engine.selected.READ_AT_ONCE", READ_AT_ONCE)
    item = make_item(office)
    office.do(post_lines_for_test, item_id=item, count=FEW)
    few = {
        form: (peak(office, form, tmp_path / "warm"), peak(office, form, tmp_path / f"few.{form}"))[1] for form in FORMS
    }
    office.do(post_lines_for_test, item_id=item, count=MANY - FEW)
    for form in FORMS:
        many = peak(office, form, tmp_path / f"many.{form}")
        assert (tmp_path / f"many.{form}").stat().st_size > 5 * (tmp_path / f"few.{form}").stat().st_size
        assert many < few[form] * SLACK, (form, few[form], many)

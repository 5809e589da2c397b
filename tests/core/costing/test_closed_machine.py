"""Months of work at random with closing in between: no entry of a closed month ever changes, whatever is posted after."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import costing, stock
from core.clock import FixedClock
from core.costing.rules.months import Month
from core.errors import CoreError
from core.office import Office
from core.stock import NewLine
from db.base import table_of
from db.columns import micros
from db.enums import CostMethod
from db.enums import PostingKind as K
from db.stock import StockEntry
from tests.core.costing.closing import close, stored_entries
from tests.core.costing.house import Room, make_room
from tests.helpers.sites import ADMIN, PASSWORD, copy_sqlite

if TYPE_CHECKING:
    from tests.helpers.sites import Postgres

START = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
QTY = st.decimals(min_value="0.001", max_value="20", places=3)
VALUE = st.decimals(min_value="0", max_value="200", places=2)
BACK = st.sampled_from([0, 0, 1, 10, 35])
ITEM = st.integers(0, 2)
AT = [column.name for column in table_of(StockEntry).columns].index("at")


class Months(RuleBasedStateMachine):
    """Everything that is posted, at any date; months closed and reopened; items merged."""

    make_site: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(START)
        self.office: Office | None = None
        self.kept: dict[int, tuple[Any, ...]] = {}
        self.receipts: list[int] = []
        self.postings: list[int] = []

    @initialize()
    def open(self) -> None:
        self.office = Office.open(type(self).make_site(), station="test", clock=self.clock)
        self.office.sign_in(ADMIN, PASSWORD)
        self.room: Room = make_room(self.office)
        self.items = list(self.room.items[:3])
        for item in self.items:
            self._post(K.RECEIPT, NewLine(item, Decimal(50), location_id=1, value=Decimal(333)), 0)

    def teardown(self) -> None:
        if self.office is not None:
            self.office.close()

    def _do(self, run: Callable[[], Any]) -> Any:
        """Whatever is refused changes nothing; a bug is no CoreError and fails the test."""
        try:
            return run()
        except CoreError:
            return None

    def _post(self, kind: K, line: NewLine, back: int) -> None:
        at = self.clock.now() - timedelta(days=back) if back else None
        made = self._do(lambda: self.room.post(kind, line, at=at))
        if made is not None:
            self.postings.append(made.posting_id)
            if kind is K.RECEIPT:
                self.receipts.append(made.posting_id)

    @rule(days=st.integers(1, 25))
    def time_goes_on(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule(item=ITEM, qty=QTY, value=VALUE, back=BACK)
    def receive(self, item: int, qty: Decimal, value: Decimal, back: int) -> None:
        self._post(K.RECEIPT, NewLine(self.items[item], qty, location_id=1, value=value), back)

    @rule(item=ITEM, qty=QTY, back=BACK, place=st.integers(0, 1), kind=st.sampled_from([K.ISSUE, K.WASTE]))
    def use(self, item: int, qty: Decimal, back: int, place: int, kind: K) -> None:
        line = NewLine(self.items[item], qty, location_id=self.room.places[place], reason="expired")
        self._post(kind, line, back)

    @rule(item=ITEM, qty=QTY, back=BACK)
    def count(self, item: int, qty: Decimal, back: int) -> None:
        self._post(K.COUNT, NewLine(self.items[item], qty, location_id=1), back)

    @rule(which=st.integers(0, 50), amount=VALUE)
    def landed_cost(self, which: int, amount: Decimal) -> None:
        receipt = self.receipts[which % len(self.receipts)]
        self._do(lambda: self._office.do(stock.add_landed_cost, receipt_id=receipt, amount=amount))

    @rule(which=st.integers(0, 50), qty=QTY, back=BACK)
    def send_back(self, which: int, qty: Decimal, back: int) -> None:
        receipt = self._office.ask(stock.get_posting, posting_id=self.receipts[which % len(self.receipts)])
        line = receipt.lines[0]
        self._post(K.RETURN_TO_SUPPLIER, NewLine(line.item_id, qty, location_id=1, link_id=line.entry_id), back)

    @rule(item=ITEM, qty=QTY, less=st.booleans(), back=BACK)
    def adjust(self, item: int, qty: Decimal, less: bool, back: int) -> None:
        value = None if less else Decimal(7)
        line = NewLine(self.items[item], -qty if less else qty, location_id=1, value=value)
        self._post(K.ADJUSTMENT, line, back)

    @rule(item=ITEM, method=st.sampled_from(list(CostMethod)), standard=VALUE, back=BACK)
    def revalue(self, item: int, method: CostMethod, standard: Decimal, back: int) -> None:
        at = self.clock.now() - timedelta(days=back)
        item_id = self.items[item]
        self._do(lambda: self._office.do(stock.revalue_item, item_id=item_id, method=method, standard=standard, at=at))

    @rule(sure=st.integers(0, 5))
    def merge(self, sure: int) -> None:
        if not sure:
            self._do(lambda: self._office.do(stock.merge_items, keep_id=self.items[1], drop_id=self.items[0]))

    @rule(which=st.integers(0, 50))
    def reverse(self, which: int) -> None:
        posting = self.postings[which % len(self.postings)]
        self._do(lambda: self._office.do(stock.reverse_posting, posting_id=posting))

    @rule()
    def close_a_month(self) -> None:
        rows = self._office.ask(costing.list_months)
        following = next((row.month for row in rows if row.is_next), None)
        if following is not None:
            self._do(lambda: close(self._office, following))
            self._keep()

    @rule(sure=st.integers(0, 3))
    def reopen(self, sure: int) -> None:
        if sure:
            return
        rows = [row for row in self._office.ask(costing.list_months) if row.state == "closed"]
        if rows:
            self._office.do(costing.reopen_month, month=rows[0].month, reason="test")
            self._keep()

    @property
    def _office(self) -> Office:
        assert self.office is not None
        return self.office

    def _keep(self) -> None:
        until = self._office.site.closed_until
        stored = self._office.ask(stored_entries)
        self.kept = {} if until is None else {key: row for key, row in stored.items() if row[AT] <= micros(until)}

    @invariant()
    def nothing_closed_changed(self) -> None:
        if self.office is None:
            return
        until = self._office.site.closed_until
        stored = self._office.ask(stored_entries)
        inside = {} if until is None else {key: row for key, row in stored.items() if row[AT] <= micros(until)}
        assert inside == self.kept

    @invariant()
    def closings_hold(self) -> None:
        if self.office is None:
            return
        for row in self._office.ask(costing.list_months):
            if row.state == "closed":
                assert self._office.ask(costing.get_reopened_differences, closing_id=row.closing_id).is_same
        today = Month.of(self.clock.now().date())
        assert self._office.ask(costing.verify_month, month=today.text, thorough=True).level == "good"


def run_machine(make: Callable[[], str], examples: int, steps: int) -> None:
    machine = type("OneMonths", (Months,), {"make_site": staticmethod(make)})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


def test_nothing_of_a_closed_month_changes_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    numbers = itertools.count()
    run_machine(lambda: copy_sqlite(sqlite_template, tmp_path / f"{next(numbers)}.db"), 12, 30)


@pytest.mark.usefixtures("postgres")
def test_nothing_of_a_closed_month_changes_on_postgres(postgres: Postgres, postgres_template: str) -> None:
    made: list[str] = []

    def make() -> str:
        made.append(postgres.create(postgres_template))
        return made[-1]

    try:
        run_machine(make, 3, 25)
    finally:
        for url in made:
            postgres.drop(url)

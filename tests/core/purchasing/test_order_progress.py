"""How far an order has come is what came of it, whatever is received, sent back or taken back, from whichever page."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal as D
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import purchasing, stock
from core.clock import FixedClock
from core.errors import NotFound, Refused
from core.office import Office
from core.purchasing import NewReturnLine
from core.purchasing.types.orders import NewOrderLine
from db.enums import ClaimKind, OrderState
from tests.core.purchasing.dock import came, order, receive, state_of
from tests.core.stock.test_ledger_machine import START
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD

if TYPE_CHECKING:
    from tests.helpers.sites import Postgres

SURE = frozenset({"over_delivery", "qty_times_ten"})
ORDERED = (10, 6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), st.integers(0, 8), st.integers(0, 8)),
        st.tuples(st.just("free"), st.integers(0, 1), st.integers(1, 5)),
        st.tuples(st.just("refuse"), st.integers(0, 1), st.integers(1, 5)),
        st.tuples(st.just("take back"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("reverse"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("send back"), st.integers(0, 9), st.integers(1, 3)),
    ),
    min_size=2,
    max_size=9,
)  # fmt: skip


@dataclass
class Came:
    """A delivery as the model knows it: what of it counts for each line."""

    receipt_id: int
    posting_id: int | None
    counts: tuple[int, int]
    is_undone: bool = False


class Dock:
    """Steps against the office, beside a model in whole numbers."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.items = make_item(office, "A"), make_item(office, "B")
        self.supplier = make_supplier(office, short_tolerance=D(10))
        wanted = (NewOrderLine(item, D(qty), price=D(2)) for item, qty in zip(self.items, ORDERED, strict=True))
        self.order_id, self.lines = order(office, self.supplier, *wanted, deliver_on=None)
        self.came: list[Came] = []

    def step(self, what: str, first: int, second: int) -> None:
        if what == "receive" and first + second:
            self._receive((first, second))
        elif what == "free":
            line = came(self.items[first], str(second), self.lines[first], is_free=True)
            self._book(receive(self.office, self.supplier, line, confirmed=SURE), (0, 0))
        elif what == "refuse":
            line = came(
                self.items[first], "0", self.lines[first], rejected_qty=str(second), reject_reason=ClaimKind.SHORT
            )
            self._book(receive(self.office, self.supplier, line, confirmed=SURE), (0, 0))
        elif self.came and what in ("take back", "reverse"):
            self._undo(self.came[first % len(self.came)], from_ledger=what == "reverse")
        elif self.came and what == "send back":
            self._send_back(self.came[first % len(self.came)], second)

    def _receive(self, counts: tuple[int, int]) -> None:
        stated = zip(self.items, counts, self.lines, strict=True)
        lines = [came(item, str(qty), line) for item, qty, line in stated if qty]
        made = receive(self.office, self.supplier, *lines, order_ids=(self.order_id,), confirmed=SURE)
        self._book(made, counts)

    def _book(self, made: purchasing.Delivery, counts: tuple[int, int]) -> None:
        self.came.append(Came(made.receipt_id, made.posting_id, counts))

    def _undo(self, one: Came, *, from_ledger: bool) -> None:
        try:
            if from_ledger and one.posting_id is not None:
                self.office.do(stock.reverse_posting, posting_id=one.posting_id)
            else:
                self.office.do(purchasing.reverse_delivery, receipt_id=one.receipt_id)
        except Refused:  # undone already, refused as a whole, or some of it was sent back
            return
        assert not one.is_undone
        one.is_undone = True

    def _send_back(self, one: Came, qty: int) -> None:
        line = self.office.ask(purchasing.get_receipt, receipt_id=one.receipt_id).lines[0]
        goes = (NewReturnLine(D(qty), line.id),)
        try:
            self.office.do(purchasing.return_delivery, lines=goes, supplier_id=self.supplier)
        except (Refused, NotFound):  # more than is left, or nothing of it was taken in
            return

    def check(self) -> None:
        standing = [one for one in self.came if not one.is_undone]
        received = [sum(one.counts[place] for one in standing) for place in (0, 1)]
        sheet = self.office.ask(purchasing.get_delivery_sheet, order_ids=(self.order_id,))
        assert [line.received for line in sheet.lines] == received
        left = [max(wanted - got, 0) for wanted, got in zip(ORDERED, received, strict=True)]
        assert [line.outstanding for line in sheet.lines] == left
        is_all = all(got * 10 >= wanted * 9 for got, wanted in zip(received, ORDERED, strict=True))
        expected = OrderState.RECEIVED if is_all else OrderState.PART_RECEIVED if any(received) else OrderState.SENT
        assert state_of(self.office, self.order_id) is expected


def run(make: Callable[[], str], forget: Callable[[str], None], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def holds(steps: list[tuple[str, int, int]]) -> None:
        site = make()
        with Office.open(site, station="test", clock=FixedClock(START)) as office:
            office.sign_in(ADMIN, PASSWORD)
            dock = Dock(office)
            for what, first, second in steps:
                dock.step(what, first, second)
                dock.check()
        forget(site)

    holds()


def test_an_order_has_come_as_far_as_its_deliveries_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    from tests.helpers.sites import copy_sqlite

    numbers = itertools.count(1)
    run(
        lambda: copy_sqlite(sqlite_template, tmp_path / f"{next(numbers)}.db"),
        lambda site: Path(site).unlink(),
        examples=25,
    )


def test_an_order_has_come_as_far_as_its_deliveries_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    run(lambda: postgres.create(postgres_template), postgres.drop, examples=5)

"""A day at the stock room, a thousand times at random: the ledger against a model that keeps only what is obvious.

The model knows moments, quantities and counts of each item and place, nothing of cost. After every step the balances, the
past and the cost of the program must agree with it and with themselves.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import stock
from core.clock import FixedClock
from core.errors import CoreError, Refused
from core.office import Office
from core.registry import command, query
from core.stock import LedgerFilter, NewLine, NewPosting
from core.stock.rules.cost import CostState
from core.stock.steps.desk import replayed
from core.stock.steps.desk.balances import Balances
from core.stock.steps.desk.facts import Facts
from core.uow import UnitOfWork
from core.values import to_micro
from db.enums import CostMethod, PostingKind
from db.stock import CostLayer, ItemCost
from tests.factories import make_item, make_place

if TYPE_CHECKING:
    from tests.helpers.sites import Postgres

START = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
Key = tuple[int, int]
QTY = st.decimals(min_value="0.001", max_value="20", places=3)
VALUE = st.decimals(min_value="0", max_value="200", places=2)
BACK = st.sampled_from([0, 0, 0, 0, 1, 5, 30])


@dataclass
class Event:
    """One change of one item at one place: `delta`, or `counted` when it set the quantity."""

    at: Any
    seq: int
    delta: Decimal = Decimal(0)
    counted: Decimal | None = None


@dataclass
class Model:
    events: dict[Key, list[Event]] = field(default_factory=dict)
    seq: int = 0

    def ordered(self, key: Key) -> list[Event]:
        return sorted(self.events.get(key, []), key=lambda event: (event.at, event.seq))

    def qty(self, key: Key, at: Any = None) -> Decimal:
        run = Decimal(0)
        for event in self.ordered(key):
            if at is None or event.at <= at:
                run = run + event.delta if event.counted is None else event.counted
        return run

    def lowest_after(self, key: Key, at: Any) -> Decimal:
        run = lowest = self.qty(key, at)
        for event in self.ordered(key):
            if event.at <= at:
                continue
            if event.counted is not None:
                break
            run += event.delta
            lowest = min(lowest, run)
        return lowest

    def add(self, key: Key, at: Any, delta: Decimal) -> bool:
        """Take a change in; False (and nothing taken) when it would leave less than nothing."""
        self.seq += 1
        event = Event(at, self.seq, delta)
        self.events.setdefault(key, []).append(event)
        if delta < 0 and self.lowest_after(key, at) < 0:
            self.events[key].remove(event)
            return False
        return True

    def count(self, key: Key, at: Any, counted: Decimal) -> None:
        self.seq += 1
        self.events.setdefault(key, []).append(Event(at, self.seq, counted=counted))

    def is_counted_after(self, key: Key, at: Any) -> bool:
        return any(event.counted is not None and event.at > at for event in self.events.get(key, []))


@command(None)
def post_count_for_test(uow: UnitOfWork, *, lines: tuple[NewLine, ...], at: datetime) -> int:
    """Post a count for a test."""
    return stock.post(uow, NewPosting(PostingKind.COUNT, lines, at)).posting_id


@query(None)
def check_costs(uow: UnitOfWork, *, item_ids: tuple[int, ...], opening: dict[int, tuple[CostMethod, int]]) -> None:
    """Compare what is stored with everything reckoned again from nothing."""
    balances = Balances(uow, Facts())
    balances.load_history(item_ids)
    for item_id in item_ids:
        history = balances.history[item_id]
        if not history:
            continue
        method, standard = opening[item_id]
        outcomes, state = replayed(history, CostState(method, standard))
        stored = {one.entry_id: (one.value, one.settled, one.variance) for one in history if one.entry_id in outcomes}
        assert stored == outcomes
        row = uow.sql.execute(ItemCost.__table__.select().where(ItemCost.item_id == item_id)).one()
        layers = uow.sql.execute(
            CostLayer.__table__.select().where(CostLayer.item_id == item_id).order_by(CostLayer.position)
        ).all()
        assert (
            (row.qty, row.value)
            == (state.qty, state.value)
            == (sum(o.qty for o in history), sum(o.value for o in history))
        )
        assert [(layer.qty, layer.value) for layer in layers] == [(layer.qty, layer.value) for layer in state.layers]
        assert (row.method, row.standard, row.last_value * state.last_qty) == (
            state.method,
            state.standard,
            state.last_value * row.last_qty,
        )
        if row.qty == 0:
            assert row.value == 0


class StockRoom(RuleBasedStateMachine):
    """Receipts, issues, transfers, counts, returns and reversals, also with earlier dates."""

    fresh: Callable[[], str]
    drop: Callable[[str], None]

    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None

    @initialize()
    def open(self) -> None:
        from tests.helpers.sites import ADMIN, PASSWORD

        self.clock = FixedClock(START)
        self.site = type(self).fresh()
        self.office = Office.open(self.site, station="test", clock=self.clock)
        self.office.sign_in(ADMIN, PASSWORD)
        self.items = tuple(
            make_item(self.office, code=f"I-{method}", cost_method=method, standard_cost=Decimal("3.33"))
            for method in CostMethod
        )
        self.opening = {item: (method, 333_000_000) for item, method in zip(self.items, CostMethod, strict=True)}
        self.places = (1, make_place(self.office, "COLD"))
        self.model = Model()
        self.receipts: list[tuple[int, Key, Any, Decimal]] = []
        self.issues: list[tuple[int, Key, Any, Decimal]] = []
        self.open_postings: list[tuple[int, Any, list[tuple[Key, Decimal]]]] = []

    def teardown(self) -> None:
        if self.office is not None:
            self.office.close()
            type(self).drop(self.site)

    def _moment(self, back: int) -> Any:
        self.clock.advance(minutes=1)
        return self.clock.now() - timedelta(minutes=back)

    def _do(self, command: Any, changes: list[tuple[Key, Decimal]], at: Any, **arguments: Any) -> Any:
        """Run it; the model must agree on whether it can be done."""
        assert self.office is not None
        before = {key: list(events) for key, events in self.model.events.items()}
        possible = all(self.model.add(key, at, delta) for key, delta in changes)
        try:
            answer = self.office.do(command, at=at, **arguments)
        except Refused:
            assert not possible
            self.model.events = before
            return None
        assert possible
        self.open_postings.append((answer.posting_id, at, changes))
        return answer

    @rule(item=st.integers(0, 3), place=st.integers(0, 1), qty=QTY, value=VALUE, back=BACK)
    def receive(self, item: int, place: int, qty: Decimal, value: Decimal, back: int) -> None:
        key, at = (self.items[item], self.places[place]), self._moment(back)
        line = NewLine(key[0], qty, location_id=key[1], value=value)
        answer = self._do(stock.receive_goods, [(key, qty)], at, lines=(line,))
        self.receipts.append((answer.posting_id, key, at, qty))

    @rule(item=st.integers(0, 3), place=st.integers(0, 1), qty=QTY, back=BACK)
    def issue(self, item: int, place: int, qty: Decimal, back: int) -> None:
        key, at = (self.items[item], self.places[place]), self._moment(back)
        answer = self._do(stock.issue_goods, [(key, -qty)], at, lines=(NewLine(key[0], qty, location_id=key[1]),))
        if answer is not None:
            self.issues.append((answer.posting_id, key, at, qty))

    @rule(item=st.integers(0, 3), qty=QTY, back=BACK)
    def transfer(self, item: int, qty: Decimal, back: int) -> None:
        at, (here, there) = self._moment(back), self.places
        changes = [((self.items[item], here), -qty), ((self.items[item], there), qty)]
        line = NewLine(self.items[item], qty, location_id=here, to_location_id=there)
        self._do(stock.transfer_goods, changes, at, lines=(line,))

    @rule(item=st.integers(0, 3), qty=st.decimals(min_value="-5", max_value="5", places=2).filter(bool), back=BACK)
    def adjust(self, item: int, qty: Decimal, back: int) -> None:
        key, at = (self.items[item], self.places[0]), self._moment(back)
        self._do(stock.adjust_stock, [(key, qty)], at, lines=(NewLine(key[0], qty, location_id=key[1]),), note="why")

    @rule(
        item=st.integers(0, 3),
        place=st.integers(0, 1),
        counted=st.decimals(min_value=0, max_value=30, places=2),
        back=BACK,
    )
    def count(self, item: int, place: int, counted: Decimal, back: int) -> None:
        assert self.office is not None
        key, at = (self.items[item], self.places[place]), self._moment(back)
        before = list(self.model.events.get(key, []))
        self.model.count(key, at, counted)
        lines = (NewLine(key[0], counted, location_id=key[1]),)
        if self.model.lowest_after(key, at) < 0:  # what left later would have left nothing
            with pytest.raises(Refused):
                self.office.do(post_count_for_test, at=at, lines=lines)
            self.model.events[key] = before
            return
        self.office.do(post_count_for_test, at=at, lines=lines)

    @rule(pick=st.integers(0, 50), share=st.integers(1, 3))
    def return_part_of_a_receipt(self, pick: int, share: int) -> None:
        self._return(self.receipts, stock.return_to_supplier, pick, share, Decimal(-1))

    @rule(pick=st.integers(0, 50), share=st.integers(1, 3))
    def return_part_of_an_issue(self, pick: int, share: int) -> None:
        self._return(self.issues, stock.return_from_customer, pick, share, Decimal(1))

    def _return(self, documents: list[Any], command: Any, pick: int, share: int, sign: Decimal) -> None:
        if not documents:
            return
        assert self.office is not None
        posting_id, key, _at, qty = documents.pop(pick % len(documents))
        part = (qty / share).quantize(Decimal("0.001"))
        entry = self.office.ask(stock.get_posting, posting_id=posting_id).lines[0]
        at = self._moment(0)
        if part <= 0 or any(one[0] == posting_id for one in self.open_postings) is False:
            return
        self._do(
            command,
            [(key, sign * part)],
            at,
            lines=(NewLine(key[0], part, location_id=key[1], link_id=entry.entry_id),),
        )
        self.open_postings = [one for one in self.open_postings if one[0] != posting_id]

    @rule(pick=st.integers(0, 50))
    def reverse(self, pick: int) -> None:
        if not self.open_postings:
            return
        assert self.office is not None
        posting_id, at, changes = self.open_postings.pop(pick % len(self.open_postings))
        self.clock.advance(minutes=1)
        moment = at if any(self.model.is_counted_after(key, at) for key, _delta in changes) else self.clock.now()
        before = {key: list(events) for key, events in self.model.events.items()}
        possible = all(self.model.add(key, moment, -delta) for key, delta in reversed(changes))
        try:
            self.office.do(stock.reverse_posting, posting_id=posting_id)
        except Refused:
            assert not possible
            self.model.events = before
            return
        assert possible

    @rule(pick=st.integers(0, 50), amount=st.decimals(min_value="0.01", max_value="50", places=2))
    def freight(self, pick: int, amount: Decimal) -> None:
        if self.receipts:
            assert self.office is not None
            posting_id = self.receipts[pick % len(self.receipts)][0]
            self.clock.advance(minutes=1)
            self.office.do(stock.add_landed_cost, receipt_id=posting_id, amount=amount)

    @rule(item=st.integers(0, 3), method=st.sampled_from(CostMethod))
    def revalue(self, item: int, method: CostMethod) -> None:
        assert self.office is not None
        self.clock.advance(minutes=1)
        self.office.do(stock.revalue_item, item_id=self.items[item], method=method, standard=Decimal("2.5"))

    @invariant()
    def balances_are_what_the_model_says(self) -> None:
        if self.office is None:
            return
        held = {(row.item_id, row.location_id): row.qty for row in self.office.ask(stock.list_on_hand)}
        assert held == {key: qty for key in self.model.events if (qty := self.model.qty(key))}

    @invariant()
    def the_past_is_what_the_model_says(self) -> None:
        if self.office is None:
            return
        for minutes in (0, 3, 20):
            at = self.clock.now() - timedelta(minutes=minutes)
            held = {(row.item_id, row.location_id): row.qty for row in self.office.ask(stock.list_on_hand, as_of=at)}
            assert held == {key: qty for key in self.model.events if (qty := self.model.qty(key, at))}

    @invariant()
    def costs_are_what_a_full_replay_gives(self) -> None:
        if self.office is not None:
            self.office.ask(check_costs, item_ids=self.items, opening=self.opening)
            values = {row.item_id: row.value for row in self.office.ask(stock.list_values)}
            entries = self.office.ask(stock.list_ledger, wanted=LedgerFilter())
            for item in self.items:
                assert values.get(item, Decimal(0)) == sum(
                    (e.value or Decimal(0) for e in entries if e.item_id == item), Decimal(0)
                )


def run(fresh: Callable[[], str], drop: Callable[[str], None], examples: int) -> None:
    room = type("Room", (StockRoom,), {"fresh": staticmethod(fresh), "drop": staticmethod(drop)})
    examples = int(os.environ.get("STEWARD_EXAMPLES", examples))
    run_state_machine_as_test(room, settings=settings(max_examples=examples, stateful_step_count=25, deadline=None))


def test_random_steps_agree_with_the_model_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    from tests.helpers.sites import copy_sqlite

    numbers = itertools.count(1)
    run(
        lambda: copy_sqlite(sqlite_template, tmp_path / f"{next(numbers)}.db"),
        lambda site: Path(site).unlink(),
        examples=25,
    )


def test_random_steps_agree_with_the_model_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    run(lambda: postgres.create(postgres_template), postgres.drop, examples=8)


def test_what_cannot_be_is_refused_and_leaves_nothing(office: Office) -> None:
    item = make_item(office)
    office.do(stock.receive_goods, lines=(NewLine(item, Decimal(3), value=Decimal(100)),))
    before = office.ask(stock.list_ledger, wanted=LedgerFilter())
    with pytest.raises(CoreError, match=r"Not enough stock: 1 kg .* 2 needed"):
        office.do(stock.issue_goods, lines=(NewLine(item, Decimal(2)), NewLine(item, Decimal(2))))
    assert office.ask(stock.list_ledger, wanted=LedgerFilter()) == before
    assert to_micro(office.ask(stock.list_quantities)[item]) == 3_000_000

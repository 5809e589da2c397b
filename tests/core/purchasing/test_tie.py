"""The money ties, whatever happens in whatever order: orders, receipts, invoices, credits, returns, reversals, differences
accepted, matches taken back. A model in plain decimals reckons what must hold; it shares no code with the program."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP
from decimal import Decimal as D
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import maintenance, purchasing, stock
from core.clock import FixedClock
from core.errors import CoreError, NeedsConfirmation, Refused
from core.office import Office
from core.purchasing import (
    InvoiceFilter,
    NewDelivery,
    NewDeliveryLine,
    NewInvoice,
    NewInvoiceLine,
    NewOrder,
    NewOrderLine,
)
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import CostMethod, InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision
from db.stock import StockEntry
from tests.core.purchasing.books import await_invoices
from tests.core.stock.test_ledger_machine import START, check_costs
from tests.factories import make_item, make_supplier

if TYPE_CHECKING:
    from tests.helpers.sites import Postgres

CENT = D("0.01")
QTY = st.decimals(min_value="0.5", max_value="20", places=2)
VALUE = st.decimals(min_value="1", max_value="300", places=2)
FACTOR = st.sampled_from([D(1), D(1), D("1.013"), D("0.99"), D("1.4"), D("0.6")])
PICK = st.integers(0, 30)
BOOKED = (MatchDecision.SMALL, MatchDecision.ACCEPTED)


def half_up(amount: D) -> D:
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass
class Came:
    """A receipt's line as the model knows it."""

    item: int
    qty: D
    given: D
    posting: int
    returns: dict[int, D] = field(default_factory=dict)
    events: list[tuple[int, D]] = field(default_factory=list)
    is_gone: bool = False

    @property
    def back(self) -> D:
        return sum(self.returns.values(), D(0))

    def send(self, posting: int, qty: D) -> None:
        self.returns[posting] = qty
        self.events.append((posting, qty))

    def fetch(self, posting: int) -> None:
        self.events.append((posting, -self.returns.pop(posting)))

    def share(self, amount: D) -> D:
        """What of an amount belongs to the goods that are back, by their quantity."""
        return half_up(amount * self.back / self.qty)

    def left(self, amount: D) -> D:
        """What of an amount left with the goods, return by return: each took its step of the cumulative share, and one
        that was reversed brought back just what it had taken."""
        gone: dict[int, D] = {}
        run = D(0)
        for posting, qty in self.events:
            if qty > 0:
                gone[posting] = half_up(amount * (run + qty) / self.qty) - half_up(amount * run / self.qty)
            else:
                del gone[posting]
            run += qty
        return sum(gone.values(), D(0))


@query(None)
def read_books_for_test(uow: UnitOfWork) -> dict[int, D]:
    """By receipt's entry: what it, its landed cost, its linked returns and their reversals amount to."""
    e = StockEntry
    rows = uow.sql.execute(select(e.id, e.kind, e.link_id, e.value, e.settled, e.variance)).all()
    links = {row.id: row.link_id for row in rows}
    sums: dict[int, D] = {}
    for row in rows:
        if row.kind not in ("receipt", "landed_cost", "return_to_supplier"):
            continue
        root = row.id
        while links[root] is not None:
            root = links[root]
        sums[root] = sums.get(root, D(0)) + uow.money(row.value + row.settled + row.variance)
    return sums


def spread_of(office: Office, came: dict[int, Came], line: Any) -> dict[int, D]:
    """The parts of a spread charge by entry: each falls on one receipt here, and a receipt has one line."""
    parts: dict[int, D] = {}
    for one in line.charges:
        posting = next(row for row in office.ask(stock.list_postings) if row.number == one.posting)
        for row in office.ask(stock.get_posting, posting_id=posting.id).lines:
            entry = next(key for key, receipt in came.items() if receipt.posting == one.receipt_id)
            book = (row.value or 0) + (row.settled or 0) + (row.variance or 0)
            parts[entry] = parts.get(entry, D(0)) + book
    return parts


class Desk(RuleBasedStateMachine):
    """A week at the desk where invoices are entered."""

    fresh: Callable[[], str]
    drop: Callable[[str], None]

    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None

    @initialize(methods=st.tuples(*[st.sampled_from(list(CostMethod))] * 2))
    def open(self, methods: tuple[CostMethod, CostMethod]) -> None:
        from tests.helpers.sites import ADMIN, PASSWORD

        self.clock = FixedClock(START)
        self.site = type(self).fresh()
        self.office = Office.open(self.site, station="test", clock=self.clock)
        self.office.sign_in(ADMIN, PASSWORD)
        await_invoices(self.office)
        self.items = tuple(
            make_item(self.office, f"I-{n}", cost_method=method, standard_cost=D("7.77"))
            for n, method in enumerate(methods)
        )
        self.opening = {item: (method, 777_000_000) for item, method in zip(self.items, methods, strict=True)}
        self.supplier = make_supplier(self.office)
        self.came: dict[int, Came] = {}
        self.numbers = itertools.count(1)

    def teardown(self) -> None:
        if self.office is not None:
            assert self.office.ask(maintenance.verify_ledger).findings == ()
            self.office.close()
            type(self).drop(self.site)

    def _do(self, command: Any, **arguments: Any) -> Any:
        """Run it and answer every question with yes; None when a rule of the business says no."""
        assert self.office is not None
        self.clock.advance(minutes=1)
        said: set[str] = set()
        while True:
            try:
                return self.office.do(command, confirmed=frozenset(said), **arguments)
            except NeedsConfirmation as asked:
                said.add(asked.key)
            except Refused:
                return None

    def _note(self, posting: int, given: D) -> None:
        assert self.office is not None
        for row in self.office.ask(stock.get_posting, posting_id=posting).lines:
            self.came[row.entry_id] = Came(row.item_id, row.qty, given, posting)

    def _kept(self) -> list[tuple[int, Came]]:
        return [(entry, one) for entry, one in self.came.items() if not one.is_gone]

    @rule(item=st.integers(0, 1), qty=QTY, value=VALUE)
    def receive(self, item: int, qty: D, value: D) -> None:
        posted = self._do(
            stock.receive_goods, lines=(NewLine(self.items[item], qty, value=value, lot=self._lot(item)),),
            supplier_id=self.supplier,
        )  # fmt: skip
        self._note(posted.posting_id, value)

    def _lot(self, item: int) -> str:
        return "L1" if self.opening[self.items[item]][0] is CostMethod.LOT else ""

    @rule(item=st.integers(0, 1), qty=QTY, price=VALUE)
    def order_and_receive(self, item: int, qty: D, price: D) -> None:
        assert self.office is not None
        line = NewOrderLine(self.items[item], qty, price=price)
        order = self._do(purchasing.create_order, order=NewOrder(self.supplier, (line,)))
        self._do(purchasing.approve_order, order_id=order, version=1)
        sheet = self.office.ask(purchasing.get_delivery_sheet, order_ids=(order,))
        arrived = NewDeliveryLine(
            self.items[item], qty, order_line_id=sheet.lines[0].order_line_id, lot=self._lot(item), price_reason="?"
        )
        delivery = self._do(purchasing.receive_delivery, new=NewDelivery((arrived,), self.supplier, order_ids=(order,)))
        if delivery is not None:
            self._note(delivery.posting_id, half_up(qty * price))

    @rule(item=st.integers(0, 1), qty=QTY)
    def use(self, item: int, qty: D) -> None:
        self._do(stock.issue_goods, lines=(NewLine(self.items[item], qty),))

    @rule(pick=PICK, share=st.integers(1, 3))
    def send_back(self, pick: int, share: int) -> None:
        kept = self._kept()
        if not kept:
            return
        entry, one = kept[pick % len(kept)]
        qty = (one.qty / share).quantize(CENT)
        line = NewLine(one.item, qty, link_id=entry, lot=self._lot(self.items.index(one.item)))
        posted = self._do(stock.return_to_supplier, lines=(line,), supplier_id=self.supplier)
        if posted is not None:
            one.send(posted.posting_id, qty)

    @rule(pick=PICK)
    def take_a_return_back(self, pick: int) -> None:
        back = [(one, posting) for _entry, one in self._kept() for posting in one.returns]
        if back:
            one, posting = back[pick % len(back)]
            if self._do(stock.reverse_posting, posting_id=posting) is not None:
                one.fetch(posting)

    @rule(pick=PICK)
    def take_a_receipt_back(self, pick: int) -> None:
        kept = self._kept()
        if kept:
            _entry, one = kept[pick % len(kept)]
            if self._do(stock.reverse_posting, posting_id=one.posting) is not None:
                assert not one.returns
                one.is_gone = True

    @rule(pick=PICK, share=st.integers(1, 3), factor=FACTOR, freight=st.sampled_from([D(0), D(0), D("13.37")]))
    def invoice(self, pick: int, share: int, factor: D, freight: D) -> None:
        kept = self._kept()
        if not kept:
            return
        _entry, one = kept[pick % len(kept)]
        qty = (one.qty / share).quantize(CENT)
        lines = [NewInvoiceLine(item_id=one.item, qty=qty, amount=half_up(one.given * qty / one.qty * factor))]
        if freight:
            lines.append(NewInvoiceLine(kind=InvoiceLineKind.CHARGE, amount=freight))
        self._enter(InvoiceKind.INVOICE, lines)

    @rule(pick=PICK, share=st.integers(1, 2), factor=FACTOR)
    def credit(self, pick: int, share: int, factor: D) -> None:
        back = [(entry, one) for entry, one in self._kept() if one.back]
        if not back:
            return
        _entry, one = back[pick % len(back)]
        qty = (one.back / share).quantize(CENT)
        line = NewInvoiceLine(item_id=one.item, qty=qty, amount=half_up(one.given * qty / one.qty * factor))
        self._enter(InvoiceKind.CREDIT_NOTE, [line])

    @rule(pick=PICK, amount=st.decimals(min_value="0.5", max_value="9", places=2))
    def credit_a_price(self, pick: int, amount: D) -> None:
        assert self.office is not None
        kept = self._kept()
        if not kept:
            return
        entry, one = kept[pick % len(kept)]
        done = self._enter(InvoiceKind.CREDIT_NOTE, [NewInvoiceLine(item_id=one.item, amount=amount)])
        (line,) = self.office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
        self._do(purchasing.match_line, line_id=line.id, entry_id=entry)

    def _enter(self, kind: InvoiceKind, lines: list[NewInvoiceLine]) -> Any:
        number = f"N-{next(self.numbers)}x"
        new = NewInvoice(self.supplier, number, self.clock.now().date(), tuple(lines), kind)
        return self._do(purchasing.enter_invoice, invoice=new)

    def _invoices(self, *states: InvoiceState) -> list[Any]:
        assert self.office is not None
        return self.office.ask(purchasing.list_invoices, wanted=InvoiceFilter(states=states))

    @rule(pick=PICK)
    def accept(self, pick: int) -> None:
        assert self.office is not None
        open_ones = [row for row in self.office.ask(purchasing.list_differences) if row.match_ids]
        if open_ones:
            row = open_ones[pick % len(open_ones)]
            assert self._do(purchasing.accept_difference, match_ids=row.match_ids, reason="ok")

    @rule(pick=PICK)
    def claim(self, pick: int) -> None:
        assert self.office is not None
        rows = [row for row in self.office.ask(purchasing.list_differences) if row.match_ids and row.difference > 0]
        if rows:
            row = rows[pick % len(rows)]
            try:
                self._do(purchasing.claim_difference, invoice_id=row.invoice_id, match_ids=row.match_ids)
            except CoreError:
                return

    @rule(pick=PICK, is_all=st.booleans())
    def unmatch(self, pick: int, is_all: bool) -> None:
        assert self.office is not None
        rows = self._invoices(InvoiceState.MATCHED, InvoiceState.DIFFERENCES, InvoiceState.TO_MATCH)
        if not rows:
            return
        row = rows[pick % len(rows)]
        card = self.office.ask(purchasing.get_invoice, invoice_id=row.id)
        ids = tuple(match.id for line in card.lines for match in line.matches)[:1]
        self._do(purchasing.unmatch_invoice, invoice_id=row.id, match_ids=() if is_all else ids)

    @rule()
    def match_everything(self) -> None:
        self._do(purchasing.match_all)

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        rows = self._invoices(InvoiceState.DIFFERENCES, InvoiceState.TO_MATCH)
        if rows:
            row = rows[pick % len(rows)]
            self._do(purchasing.cancel_invoice, invoice_id=row.id, version=row.version)

    @invariant()
    def money_ties(self) -> None:
        if self.office is None:
            return
        accrued, landed, counted = self._matched()
        owed = {row.entry_id: row for row in self.office.ask(purchasing.list_not_invoiced)}
        books = self.office.ask(read_books_for_test)
        for entry, one in self.came.items():
            mine, costs = accrued.get(entry, D(0)), landed.get(entry, D(0))
            if one.is_gone:
                assert not mine and not costs and entry not in owed
                continue
            waiting = one.given - one.share(one.given) - mine
            assert waiting == (owed[entry].not_invoiced if entry in owed else 0)
            left = one.left(one.given + costs) - one.share(one.given)
            assert books[entry] == waiting + mine + costs - left
        assert set(owed) <= set(self.came)
        assert counted

    def _matched(self) -> tuple[dict[int, D], dict[int, D], bool]:
        """What cards of invoices say is matched and booked, by entry; each line's parts sum to it."""
        assert self.office is not None
        accrued: dict[int, D] = {}
        landed: dict[int, D] = {}
        for row in self._invoices():
            card = self.office.ask(purchasing.get_invoice, invoice_id=row.id)
            for line in card.lines:
                for match in line.matches:
                    assert match.entry_id is not None
                    accrued[match.entry_id] = accrued.get(match.entry_id, D(0)) + match.accrued
                    assert bool(match.posting) == (match.decision in BOOKED and match.difference != 0)
                    if match.decision in BOOKED:
                        landed[match.entry_id] = landed.get(match.entry_id, D(0)) + match.difference
                if line.charges:
                    assert sum(one.amount for one in line.charges) == line.site_amount
                    share = spread_of(self.office, self.came, line)
                    for entry, amount in share.items():
                        landed[entry] = landed.get(entry, D(0)) + amount
                if line.kind is InvoiceLineKind.GOODS and line.qty and not line.open_qty:
                    assert sum(match.invoiced for match in line.matches) == line.site_amount
        return accrued, landed, True

    @invariant()
    def costs_are_what_a_full_replay_gives(self) -> None:
        if self.office is not None:
            self.office.ask(check_costs, item_ids=self.items, opening=self.opening)


def run(fresh: Callable[[], str], drop: Callable[[str], None], examples: int) -> None:
    desk = type("OneDesk", (Desk,), {"fresh": staticmethod(fresh), "drop": staticmethod(drop)})
    examples = int(os.environ.get("STEWARD_EXAMPLES", examples))
    run_state_machine_as_test(desk, settings=settings(max_examples=examples, stateful_step_count=25, deadline=None))


def test_the_money_ties_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    from tests.helpers.sites import copy_sqlite

    numbers = itertools.count(1)
    run(
        lambda: copy_sqlite(sqlite_template, tmp_path / f"{next(numbers)}.db"),
        lambda site: Path(site).unlink(),
        examples=10,
    )


def test_the_money_ties_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    run(lambda: postgres.create(postgres_template), postgres.drop, examples=5)

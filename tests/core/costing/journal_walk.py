"""Months at random: goods in, freight, invoices, differences, returns, credits, counts, closings, reopenings, journals kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

from sqlalchemy import select, update

from core import catalog, costing, purchasing, stock
from core.clock import FixedClock
from core.costing.rules.months import Month
from core.errors import CoreError, NeedsConfirmation
from core.office import Office
from core.purchasing import InvoiceFilter, NewReturnLine
from core.registry import command, query
from core.stock import NewLine
from core.uow import UnitOfWork
from core.words import AccrualStyle, BookGrain
from db.catalog import Item
from db.enums import CostMethod, InvoiceKind, InvoiceState
from db.enums import PostingKind as K
from db.stock import StockEntry, StockPosting
from tests.core.costing.house import post_for_test
from tests.core.costing.walk_reckoning import differences
from tests.core.purchasing.books import await_invoices, charge, goods, new_invoice
from tests.factories import make_item, make_place, make_supplier

E, P = StockEntry, StockPosting
START = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
METHODS = tuple(CostMethod)
MATCHABLE = (InvoiceState.MATCHED, InvoiceState.DIFFERENCES, InvoiceState.TO_MATCH)


@query(None)
def lines_for_test(uow: UnitOfWork, *, kinds: tuple[K, ...]) -> list[Any]:
    """Lines of postings of these kinds."""
    listed = (
        select(E.id, E.posting_id, E.item_id, E.qty, E.location_id, P.supplier_id)
        .join(P, P.id == E.posting_id)
        .where(P.kind.in_(kinds))
        .order_by(E.id)
    )
    return list(uow.sql.execute(listed))


@command(None)
def categories_for_test(uow: UnitOfWork) -> dict[str, int]:
    """Two categories, each with a stock account of its own."""
    return catalog.ensure_categories(uow, ["蔬菜", "乳品"])


@command(None)
def put_for_test(uow: UnitOfWork, *, item_id: int, category_id: int | None) -> None:
    """Put an item into another category."""
    uow.sql.execute(update(Item).where(Item.id == item_id).values(category_id=category_id))


class House:
    """One site and its dice; `log` says what was done, for whoever looks for a difference."""

    def __init__(self, url: str, seed: int) -> None:
        from tests.helpers.sites import ADMIN, PASSWORD

        self.clock = FixedClock(START)
        self.office = Office.open(url, station="walk", clock=self.clock)
        self.office.sign_in(ADMIN, PASSWORD)
        self.dice = random.Random(seed)
        self.log: list[str] = []
        self.number = 0
        from_day = date(2025, 1, 1) if self.dice.random() < 0.75 else date(2026, 3, 20)
        await_invoices(self.office, invoices_from=from_day)
        self.categories = list(self.office.do(categories_for_test).values())
        chosen = [METHODS[(seed + n) % len(METHODS)] for n in range(2)]
        self.items = [
            make_item(self.office, f"W-{n}", cost_method=method, standard_cost=D("7.77"))
            for n, method in enumerate(chosen)
        ]
        self.lots = dict(zip(self.items, ("L1" if one is CostMethod.LOT else "" for one in chosen), strict=True))
        self.place = make_place(self.office, "OPEN", allow_negative=True)
        self.suppliers = [make_supplier(self.office, code=f"S{n}") for n in (1, 2)]
        style = AccrualStyle.MONTH_START if self.dice.random() < 0.3 else AccrualStyle.ON_INVOICE
        grain = BookGrain.DAY if self.dice.random() < 0.2 else BookGrain.MONTH
        self.do(costing.save_book_settings, voucher_word="记", grain=grain, accruals=style, version=0)

    def do(self, command: Any, **arguments: Any) -> Any:
        """Run it and answer every question with yes; None when the site says no."""
        self.clock.advance(minutes=1)
        said: set[str] = set()
        while True:
            try:
                done = self.office.do(command, confirmed=frozenset(said), **arguments)
            except NeedsConfirmation as asked:
                said.add(asked.key)
            except CoreError:
                return None
            else:
                self.log.append(f"{self.clock.now():%m-%d %H:%M} {command.__name__} {arguments}")
                return done

    def ask(self, query: Any, **arguments: Any) -> Any:
        return self.office.ask(query, **arguments)

    def one(self, several: Any) -> Any:
        rows = list(several)
        return self.dice.choice(rows) if rows else None

    def amount(self, low: int = 50, high: int = 30000) -> D:
        return D(self.dice.randint(low, high)).scaleb(-2)

    def back(self) -> datetime | None:
        days = self.dice.choice([0, 0, 0, 0, 1, 6, 20, 40])
        return self.clock.now() - timedelta(days=days) if days else None

    def entry(self, *kinds: K) -> Any:
        """Any line of a posting of these kinds."""
        return self.one(self.ask(lines_for_test, kinds=kinds))


class Walk(House):
    """What happens in it."""

    def receive(self) -> None:
        item = self.one(self.items)
        at, qty = self.back(), self.amount(100, 2000)
        value = self.amount() if self.dice.random() < 0.9 else None
        lines = [NewLine(item, qty, value=value, lot=self.lots[item], location_id=self.one((1, self.place)))]
        if self.dice.random() < 0.3:
            lines.append(NewLine(self.items[0], D(3), value=self.amount(), lot=self.lots[self.items[0]], location_id=1))
        supplier = self.one(self.suppliers) if self.dice.random() < 0.93 else None
        if supplier is None:
            new = stock.NewPosting(K.RECEIPT, tuple(lines), at)
            self.do(post_for_test, new=new)
        else:
            self.do(stock.receive_goods, lines=tuple(lines), supplier_id=supplier, at=at)

    def use(self) -> None:
        item, kind = self.one(self.items), self.one((K.ISSUE, K.ISSUE, K.WASTE, K.COUNT, K.OPENING, K.ADJUSTMENT))
        qty = self.amount(50, 1500)
        value = self.amount() if kind in (K.OPENING, K.ADJUSTMENT) else None
        place = self.place if kind is K.ISSUE and self.dice.random() < 0.6 else 1
        line = NewLine(
            item, qty, value=value, location_id=place, lot=self.lots[item],
            reason="expired" if kind is K.WASTE else "",
        )  # fmt: skip
        self.do(post_for_test, new=stock.NewPosting(kind, (line,), self.back()))

    def customer_brings_back(self) -> None:
        found = self.entry(K.ISSUE)
        if found:
            line = NewLine(found.item_id, D("0.5"), link_id=found.id, location_id=self.place)
            self.do(post_for_test, new=stock.NewPosting(K.RETURN_FROM_CUSTOMER, (line,)))

    def revalue(self) -> None:
        item = self.one(self.items)
        if self.lots[item]:
            return
        method = self.one((None, CostMethod.AVERAGE, CostMethod.FIFO, CostMethod.STANDARD))
        self.do(stock.revalue_item, item_id=item, method=method, standard=self.amount(100, 2000))

    def send_back(self) -> None:
        found = self.entry(K.RECEIPT)
        if not found:
            return
        qty = (D(found.qty).scaleb(-6) / self.dice.randint(1, 4)).quantize(D("0.01"))
        supplier = found.supplier_id or self.suppliers[0]
        way = self.dice.random()
        if way < 0.5:
            back = NewReturnLine(qty, entry_id=found.id)
            self.do(purchasing.return_delivery, lines=(back,), supplier_id=supplier, at=self.back())
        else:
            link = found.id if way < 0.9 else None
            one = NewLine(found.item_id, qty, link_id=link, location_id=found.location_id, lot=self.lots[found.item_id])
            self.do(stock.return_to_supplier, lines=(one,), supplier_id=supplier, at=self.back())

    def freight(self) -> None:
        found = self.entry(K.RECEIPT)
        if found:
            amount = self.amount(50, 2000)
            self.do(stock.add_landed_cost, receipt_id=found.posting_id, amount=amount)

    def reverse(self) -> None:
        kinds = (K.RECEIPT, K.RETURN_TO_SUPPLIER, K.LANDED_COST, K.ISSUE, K.COUNT, K.WASTE)
        found = self.entry(*([K.RETURN_TO_SUPPLIER] if self.dice.random() < 0.4 else kinds))
        if found:
            self.do(stock.reverse_posting, posting_id=found.posting_id)

    def merge(self) -> None:
        if self.dice.random() < 0.1:
            self.do(stock.merge_items, keep_id=self.items[0], drop_id=self.items[1])

    def _number(self) -> str:
        self.number += 1
        return f"N-{self.number}x"

    def _enter(self, supplier: int, *lines: Any, **over: Any) -> Any:
        today = self.clock.now().date()
        new = new_invoice(supplier, self._number(), *lines, invoiced_on=today, **over)
        return self.do(purchasing.enter_invoice, invoice=new)

    def invoice(self) -> None:
        row = self.one(row for row in self.ask(purchasing.list_not_invoiced) if row.open_qty > 0)
        if row is None:
            return
        part = self.one((D(1), D(1), D("0.5"), D("0.33"), D("1.2")))
        qty = (row.open_qty * part).quantize(D("0.01"))
        factor = self.one((D(1), D(1), D("1.01"), D("0.97"), D("1.4"), D("0.7")))
        rate = self.one((D(0), D(13), D(9)))
        amount = (row.accrued * qty / row.qty * factor).quantize(D("0.01"))
        lines = [goods(row.item_id, str(qty), str(amount), tax_rate=rate)]
        if self.dice.random() < 0.3:
            lines.append(charge(str(self.amount(50, 3000)), tax_rate=rate))
        self._enter(row.supplier_id, *lines)

    def carrier(self) -> None:
        """Freight on an invoice of its own, shared over a receipt."""
        found = self.entry(K.RECEIPT)
        made = self._enter(self.suppliers[1], charge(str(self.amount(50, 3000)), tax_rate=D(9)))
        if made is None or not found:
            return
        (line,) = self.ask(purchasing.get_invoice, invoice_id=made.invoice_id).lines
        self.do(purchasing.spread_charge, line_id=line.id, receipt_ids=(found.posting_id,))

    def credit(self) -> None:
        row = self.one(row for row in self.ask(purchasing.list_not_invoiced) if row.returned_qty > 0)
        if row is None:
            return
        qty = (row.returned_qty / self.one((1, 1, 2))).quantize(D("0.01"))
        factor = self.one((D(1), D(1), D("1.01"), D("0.97"), D("1.3"), D("0.5")))
        amount = (row.accrued * qty / row.qty * factor).quantize(D("0.01"))
        self._enter(row.supplier_id, goods(row.item_id, str(qty), str(amount)), kind=InvoiceKind.CREDIT_NOTE)

    def credit_a_price(self) -> None:
        found = self.entry(K.RECEIPT)
        if not found or not found.supplier_id:
            return
        line = goods(found.item_id, None, str(self.amount(50, 900)))
        made = self._enter(found.supplier_id, line, kind=InvoiceKind.CREDIT_NOTE)
        if made is not None:
            (row,) = self.ask(purchasing.get_invoice, invoice_id=made.invoice_id).lines
            self.do(purchasing.match_line, line_id=row.id, entry_id=found.id)

    def settle(self) -> None:
        row = self.one(row for row in self.ask(purchasing.list_differences))
        if row is None:
            return
        if row.match_ids and self.dice.random() < 0.6:
            self.do(purchasing.accept_difference, match_ids=row.match_ids, reason="ok")
        elif row.match_ids:
            self.do(purchasing.claim_difference, invoice_id=row.invoice_id, match_ids=row.match_ids)
        else:
            self.do(purchasing.claim_difference, invoice_id=row.invoice_id, line_id=row.line_id)

    def _some(self, *states: InvoiceState) -> Any:
        return self.one(self.ask(purchasing.list_invoices, wanted=InvoiceFilter(states=states)))

    def unmatch(self) -> None:
        row = self._some(*MATCHABLE)
        if row is not None:
            self.do(purchasing.unmatch_invoice, invoice_id=row.id)
            if self.dice.random() < 0.7:
                self.do(purchasing.match_invoice, invoice_id=row.id)

    def cancel(self) -> None:
        row = self._some(*MATCHABLE)
        if row is not None and self.dice.random() < 0.4:
            self.do(purchasing.cancel_invoice, invoice_id=row.id, version=row.version)

    def approve(self) -> None:
        row = self._some(InvoiceState.MATCHED)
        if row is not None:
            self.do(purchasing.approve_invoices, invoice_ids=(row.id,))

    def withdraw(self) -> None:
        row = self._some(InvoiceState.APPROVED)
        if row is not None:
            self.do(purchasing.withdraw_invoice, invoice_id=row.id, version=row.version, reason="查")

    def pay(self) -> None:
        row = self._some(InvoiceState.APPROVED)
        if row is not None:
            self.do(purchasing.pay_invoice, invoice_id=row.id, amount=self.one((None, D("1.00"))))

    def undo_payment(self) -> None:
        row = self._some(InvoiceState.APPROVED, InvoiceState.PAID)
        paid = None if row is None else self.one(self.ask(purchasing.list_payments, invoice_id=row.id))
        if paid is not None:
            self.do(purchasing.undo_payment, payment_id=paid.id)

    def claims(self) -> None:
        row = self.one(self.ask(purchasing.list_claims))
        if row is None:
            return
        way = self.dice.random()
        if way < 0.3:
            self.do(purchasing.write_off_claim, claim_id=row.id, version=row.version, note="算了")
        elif way < 0.5:
            self.do(purchasing.reopen_claim, claim_id=row.id, version=row.version)
        elif row.asked:
            line = goods(self.items[0], None, str(row.asked))
            made = self._enter(row.supplier_id, line, kind=InvoiceKind.CREDIT_NOTE)
            if made is not None:
                (only,) = self.ask(purchasing.get_invoice, invoice_id=made.invoice_id).lines
                self.do(purchasing.credit_claim, line_id=only.id, claim_id=row.id)

    def close(self) -> None:
        row = next((row for row in self.ask(costing.list_months) if row.is_next), None)
        if row is not None and self.do(costing.close_month, month=row.month) and self.dice.random() < 0.7:
            self.do(costing.keep_journal, month=row.month)

    def keep(self) -> None:
        row = self.one(row for row in self.ask(costing.list_months) if row.state == "closed")
        if row is not None:
            self.do(costing.keep_journal, month=row.month)

    def reopen(self) -> None:
        row = next((row for row in self.ask(costing.list_months) if row.state == "closed"), None)
        if row is not None and self.dice.random() < 0.5:
            self.do(costing.reopen_month, month=row.month, reason="查")

    def to_another_category(self) -> None:
        self.do(put_for_test, item_id=self.one(self.items), category_id=self.one((*self.categories, None)))

    def change_style(self) -> None:
        now = self.ask(costing.get_book_settings)
        style, grain = self.one(AccrualStyle), self.one(BookGrain)
        if self.dice.random() < 0.5:
            self.do(costing.save_book_settings, voucher_word="记", grain=grain, accruals=style, version=now.version)

    def time_goes_on(self) -> None:
        self.clock.advance(days=self.dice.randint(1, 12))

    STEPS: tuple[tuple[Callable[[Walk], None], int], ...] = (
        (receive, 5), (use, 4), (send_back, 4), (freight, 2), (invoice, 5), (carrier, 1), (credit, 3),
        (credit_a_price, 1), (settle, 3), (unmatch, 1), (cancel, 1), (approve, 5), (withdraw, 1), (pay, 1),
        (undo_payment, 1), (claims, 2), (close, 2), (keep, 1), (reopen, 1), (time_goes_on, 4), (reverse, 2),
        (merge, 1), (change_style, 1), (to_another_category, 1), (revalue, 1), (customer_brings_back, 1),
    )  # fmt: skip

    def months(self) -> list[str]:
        """From the month of the books' first entry to the running one."""
        return sorted({row.month for row in self.ask(costing.list_months)} | {Month.of(self.clock.now().date()).text})

    def wrong(self) -> list[str]:
        """What does not tie now."""
        return differences(self.office, self.months())

    def run(self, steps: int, every: int = 1) -> None:
        """So many steps; after each `every` of them, and at the end, everything ties."""
        chosen = [step for step, weight in self.STEPS for _ in range(weight)]
        self.receive()
        for number in range(1, steps + 1):
            self.dice.choice(chosen)(self)
            if number % every == 0 or number == steps:
                wrong = self.wrong()
                assert not wrong, "\n".join([*wrong, *self.log])

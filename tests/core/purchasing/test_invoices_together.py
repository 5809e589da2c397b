"""Invoices where several meet: two people at once, closed periods, rights, many at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal as D

import pytest

from core import purchasing, stock
from core.clock import FixedClock
from core.errors import NotAllowed, Refused
from core.office import Office
from core.purchasing import InvoiceFilter
from core.stock import LedgerFilter, NewLine
from db.enums import InvoiceState, Verdict
from tests.core.purchasing.books import TODAY, await_invoices, goods, invoice, new_invoice, owed, receive, worth
from tests.core.purchasing.people import sign_in_as
from tests.core.stock.test_landed_late import close_for_test, lock_for_test
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD


@pytest.fixture
def two(postgres_site: str, clock: FixedClock) -> Iterator[tuple[Office, Office]]:
    """Two people at one site on a server."""
    with ExitStack() as stack:
        offices = [stack.enter_context(Office.open(postgres_site, station=name, clock=clock)) for name in "ab"]
        for office in offices:
            office.sign_in(ADMIN, PASSWORD)
        await_invoices(offices[0])
        yield offices[0], offices[1]


def test_two_people_cannot_match_the_same_goods(two: tuple[Office, Office]) -> None:
    first, second = two
    supplier = make_supplier(first)
    for turn in range(5):
        item = make_item(first, f"T-{turn}")
        _posting, (entry,) = receive(first, supplier, (item, "10", "100"))
        asked = [new_invoice(supplier, f"{turn}-{name}", goods(item, "10", "100")) for name in "ab"]
        ids = [
            first.do(
                purchasing.enter_invoice, invoice=one, is_matched=False, confirmed=frozenset({"same_amount"})
            ).invoice_id
            for one in asked
        ]
        with ThreadPoolExecutor(2) as pool:
            done = list(
                pool.map(
                    lambda pair: pair[0].do(purchasing.match_invoice, invoice_id=pair[1]), zip(two, ids, strict=True)
                )
            )
        assert sorted(str(one.verdict) for one in done) == ["exception", "pay"]
        assert owed(first, entry) == 0
        assert second.ask(purchasing.list_differences)


def test_two_people_cannot_enter_the_same_invoice(two: tuple[Office, Office]) -> None:
    first, _second = two
    item, supplier = make_item(first), make_supplier(first)

    def enter(office: Office) -> str:
        try:
            office.do(purchasing.enter_invoice, invoice=new_invoice(supplier, "A1", goods(item, "1", "10")))
        except Refused:
            return "refused"
        return "entered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, two)) == ["entered", "refused"]
    assert len(first.ask(purchasing.list_invoices, wanted=InvoiceFilter())) == 1


def test_an_invoice_of_a_closed_period_is_booked_in_the_open_one(office: Office, clock: FixedClock) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    used = office.do(stock.issue_goods, lines=(NewLine(item, D(4)),))
    clock.advance(days=2)
    office.do(close_for_test, until=clock.now() - timedelta(hours=1))
    office.do(lock_for_test)
    done = invoice(office, supplier, "A1", goods(item, "10", "101"), invoiced_on=TODAY)
    assert done.verdict is Verdict.PAY
    assert (owed(office, entry), worth(office, item)) == (D(0), (D(6), D("60.60")))
    rows = office.ask(stock.list_ledger, wanted=LedgerFilter())
    assert next(row for row in rows if row.posting_id == used.posting_id).value == D(-40)
    late = next(row for row in rows if row.kind == "landed_cost")
    assert (late.at, late.value, late.settled) == (clock.now(), D("0.60"), D("0.40"))
    office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id)
    assert (owed(office, entry), worth(office, item)) == (D(100), (D(6), D(60)))


def test_rights_are_needed_to_enter_and_others_to_accept_and_approve(office: Office) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "10", "130"))
    (row,) = office.ask(purchasing.list_differences)
    sign_in_as(office, "Buyer")
    card = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    assert card.row.state is InvoiceState.DIFFERENCES
    for command, arguments in (
        (purchasing.accept_difference, {"match_ids": row.match_ids, "reason": "ok"}),
        (purchasing.approve_invoices, {"invoice_ids": (done.invoice_id,)}),
        (purchasing.withdraw_invoice, {"invoice_id": done.invoice_id, "version": 1, "reason": "x"}),
    ):
        with pytest.raises(NotAllowed):
            office.do(command, **arguments)
    office.sign_in(ADMIN, PASSWORD)
    sign_in_as(office, "Technician")
    with pytest.raises(NotAllowed):
        office.do(purchasing.enter_invoice, invoice=new_invoice(supplier, "A2", goods(item, "1", "1")))
    for query in (purchasing.list_invoices, purchasing.list_differences, purchasing.list_not_invoiced):
        with pytest.raises(NotAllowed):
            office.ask(query)


def test_many_invoices_take_the_same_statements_as_a_few(office: Office) -> None:
    from sqlalchemy import event

    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    counts = []
    for size in (2, 12):
        receive(office, supplier, *[(item, "1", "100")] * size)
        ids = tuple(
            office.do(
                purchasing.enter_invoice,
                invoice=new_invoice(supplier, f"{size}x{number}", goods(item, "1", f"101.{number:02d}")),
                is_matched=False,
                confirmed=frozenset({"same_amount"}),
            ).invoice_id
            for number in range(size)
        )
        said: list[str] = []

        def _heard(
            _connection: object, _cursor: object, statement: str, *_rest: object, said: list[str] = said
        ) -> None:
            said.append(statement)

        event.listen(office._writer, "before_cursor_execute", _heard)
        many = office.do(purchasing.match_all, invoice_ids=ids)
        event.remove(office._writer, "before_cursor_execute", _heard)
        assert (many.count(Verdict.PAY), many.postings) == (size, size)
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_an_invoice_sent_twice_is_entered_once_and_answered_alike(office: Office) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    new = new_invoice(supplier, "A1", goods(item, "10", "130"))
    first = office.do(purchasing.enter_invoice, invoice=new, request_id="r-1")
    again = office.do(purchasing.enter_invoice, invoice=new, request_id="r-1")
    assert first == again
    assert again.findings[0].text.render("zh") == first.findings[0].text.render("zh")
    assert office.do(purchasing.match_all, request_id="r-2") == office.do(purchasing.match_all, request_id="r-2")


def test_goods_of_an_item_that_was_merged_are_still_matched(office: Office) -> None:
    await_invoices(office)
    keep, drop, supplier = make_item(office, "KEEP"), make_item(office, "DROP"), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (drop, "10", "100"))
    early = office.do(
        purchasing.enter_invoice, invoice=new_invoice(supplier, "A1", goods(drop, "4", "40")), is_matched=False
    )
    office.do(stock.merge_items, keep_id=keep, drop_id=drop)
    assert office.do(purchasing.match_invoice, invoice_id=early.invoice_id).verdict is Verdict.PAY
    assert invoice(office, supplier, "A2", goods(keep, "6", "60")).verdict is Verdict.PAY
    assert owed(office, entry) == 0

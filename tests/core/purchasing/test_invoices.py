"""Invoices entered, matched, corrected: what a person may do and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from core import purchasing, stock
from core.catalog import PackUnit
from core.clock import FixedClock
from core.errors import Conflict, CoreError, InvalidInput, NeedsConfirmation, NotFound, Refused
from core.office import Office
from core.purchasing import (
    InvoiceDocument,
    InvoiceFilter,
    NewDelivery,
    NewDeliveryLine,
    NewInvoiceLine,
    NewOrder,
    NewOrderLine,
)
from core.stock import NewLine
from db.enums import InvoiceState, MatchDecision, Verdict
from tests.core.purchasing.books import TODAY, await_invoices, charge, goods, invoice, new_invoice, owed, receive, worth
from tests.factories import make_item, make_supplier


@pytest.fixture(autouse=True)
def _awaited(office: Office) -> None:
    await_invoices(office)


def test_an_invoice_as_received_is_matched_and_to_be_paid(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, payment_days=30)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    assert owed(office, entry) == D(100)
    done = invoice(office, supplier, "INV-7", goods(item, "10", "100"))
    assert (done.state, done.verdict, done.findings) == (InvoiceState.MATCHED, Verdict.PAY, ())
    assert owed(office, entry) == 0
    card = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    assert (card.row.due_on, card.row.gross, card.row.open_amount) == (TODAY + timedelta(days=30), D(100), D(100))
    assert [match.decision for match in card.lines[0].matches] == [MatchDecision.NONE]
    assert office.ask(purchasing.list_invoices)[0].own_number == done.own_number


def test_a_small_difference_is_booked_onto_the_goods(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    office.do(stock.issue_goods, lines=(NewLine(item, D(4)),))
    done = invoice(office, supplier, "INV-7", goods(item, "10", "101"))
    assert done.verdict is Verdict.PAY
    assert worth(office, item) == (D(6), D("60.60"))
    office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id)
    assert worth(office, item) == (D(6), D("60.00"))
    assert office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).row.state is InvoiceState.TO_MATCH


def test_a_large_difference_waits_until_somebody_accepts_it_with_a_reason(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "INV-7", goods(item, "10", "130"))
    assert (done.state, done.verdict) == (InvoiceState.DIFFERENCES, Verdict.EXCEPTION)
    assert done.findings[0].text.render("en") == "30.00 more than the 100.00 of order and receipt."
    (row,) = office.ask(purchasing.list_differences)
    assert (row.difference, row.percent, row.accrued) == (D(30), D(30), D(100))
    assert worth(office, item) == (D(10), D(100))
    with pytest.raises(InvalidInput, match="reason"):
        office.do(purchasing.accept_difference, match_ids=row.match_ids, reason=" ")
    (after,) = office.do(purchasing.accept_difference, match_ids=row.match_ids, reason="涨价已确认")
    assert after.state is InvoiceState.MATCHED
    assert worth(office, item) == (D(10), D(130))
    posting = next(row for row in office.ask(stock.list_postings) if row.kind == "landed_cost")
    assert posting.note == f"{done.own_number} 涨价已确认"
    assert office.ask(purchasing.list_differences) == []
    with pytest.raises(Refused, match="settled already"):
        office.do(purchasing.accept_difference, match_ids=row.match_ids, reason="again")


def test_goods_that_are_still_on_order_make_an_invoice_wait_and_those_that_never_were_an_exception(
    office: Office,
) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "INV-7", goods(item, "12", "120"))
    assert done.state is InvoiceState.DIFFERENCES
    assert "2 of 12 invoiced were neither received" in done.findings[0].text.render("en")


def test_the_same_number_is_refused_until_it_is_cancelled(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    done = invoice(office, supplier, "INV-0042", goods(item, "1", "10"))
    with pytest.raises(Refused, match="entered already") as caught:
        invoice(office, supplier, "inv 42", goods(item, "1", "12"))
    assert caught.value.field == "number"
    office.do(purchasing.cancel_invoice, invoice_id=done.invoice_id, version=done.version, note="写错")
    assert invoice(office, supplier, "inv 42", goods(item, "1", "12")).number == "inv 42"
    other = make_supplier(office, "S2")
    assert invoice(office, other, "INV-0042", goods(item, "1", "10")).number == "INV-0042"


def test_the_same_amount_on_the_same_day_is_asked(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    invoice(office, supplier, "A1", goods(item, "1", "10"))
    with pytest.raises(NeedsConfirmation, match="same amount and day") as caught:
        invoice(office, supplier, "A2", goods(item, "1", "10"))
    assert caught.value.key == "same_amount"
    assert invoice(office, supplier, "A2", goods(item, "1", "10"), confirmed={"same_amount"}).number == "A2"


@pytest.mark.parametrize(
    ("line", "over", "field"),
    [
        (goods(None, "1", "10", order_line_id=99), {}, "order_line_id"),
        (goods(999, "1", "10"), {}, "item"),
        (NewInvoiceLine(qty=D(1), price=D(-1)), {}, "price"),
        (NewInvoiceLine(qty=D(-1), price=D(1)), {}, "qty"),
        (NewInvoiceLine(qty=D(1)), {}, "price"),
        (NewInvoiceLine(amount=D(5)), {}, "qty"),
        (goods(None, "1", "10"), {"invoiced_on": TODAY + timedelta(days=1)}, "invoiced_on"),
        (goods(None, "1", "10"), {"due_on": TODAY - timedelta(days=1)}, "due_on"),
        (goods(None, "1", "10"), {"currency": "XYZ"}, "currency"),
        (goods(None, "1", "10"), {"currency": "EUR"}, "rate"),
        (goods(None, "1", "10"), {"rate": D(2)}, "rate"),
        (goods(None, "1", "10"), {"gross": D(20)}, "gross"),
        (goods(None, "1", "10", tax_rate=D(100)), {}, "tax_rate"),
        (goods(None, "1", "10", note="x" * 201), {}, "note"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    office: Office, line: NewInvoiceLine, over: dict[str, object], field: str
) -> None:
    supplier = make_supplier(office)
    with pytest.raises(CoreError) as caught:
        invoice(office, supplier, "INV-1", line, **over)
    assert caught.value.field == field
    assert office.ask(purchasing.list_invoices) == []
    preview = office.ask(purchasing.preview_invoice, invoice=new_invoice(supplier, "INV-1", line, **over))
    assert [fault.field for fault in preview.faults] == [field]


def test_an_invoice_needs_a_number_lines_and_a_supplier(office: Office) -> None:
    supplier = make_supplier(office)
    with pytest.raises(InvalidInput, match="number"):
        invoice(office, supplier, " - ", goods(None, "1", "10"))
    with pytest.raises(InvalidInput, match="line"):
        invoice(office, supplier, "A")
    with pytest.raises(NotFound):
        invoice(office, 999, "A", goods(None, "1", "10"))


def test_slips_and_other_currencies_are_asked_about(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    for amount, key in (("1000", "price_times_ten.1"), ("0", "price_price_zero.1"), ("10000", "price_times_hundred.1")):
        with pytest.raises(NeedsConfirmation) as caught:
            invoice(office, supplier, "A1", goods(item, "10", amount))
        assert (caught.value.key, caught.value.row) == (key, 1)
    with pytest.raises(NeedsConfirmation) as caught:
        invoice(office, supplier, "A1", goods(item, "10", "13"), currency="EUR", rate=D("7.5"))
    assert caught.value.key == "other_currency"
    with pytest.raises(NeedsConfirmation) as caught:
        invoice(office, supplier, "A1", goods(item, "10", "100"), invoiced_on=date(2024, 3, 1))
    assert caught.value.key == "invoiced_on_long_ago"
    with pytest.raises(NeedsConfirmation) as caught:
        invoice(office, supplier, "A1", goods(item, "10", "100", price=D(11)))
    assert caught.value.key == "line_amount.1"


def test_a_foreign_invoice_is_matched_at_its_rate(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, currency="EUR")
    _posting, (entry,) = receive(office, supplier, (item, "10", "750"))
    done = invoice(office, supplier, "A1", goods(item, "10", "100"), rate=D("7.5"))
    assert done.verdict is Verdict.PAY
    assert owed(office, entry) == 0
    second = invoice(office, supplier, "A2", goods(item, "1", "10"))
    assert office.ask(purchasing.get_invoice, invoice_id=second.invoice_id).rate == D("7.5")


def test_prices_with_tax_leave_the_tax_out_of_stock(office: Office) -> None:
    item, supplier = make_item(office, tax_rate=D(13)), make_supplier(office, prices_incl_tax=True)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "10", "113"), taxes=((D(13), D(13)),))
    card = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    assert (done.verdict, card.row.net, card.row.tax, card.row.gross) == (Verdict.PAY, D(100), D(13), D(113))
    assert [(tax.rate, tax.net, tax.tax, tax.stated) for tax in card.taxes] == [(D(13), D(100), D(13), D(13))]


def test_taxes_that_do_not_add_up_are_seen_by_who_approves(office: Office) -> None:
    item, supplier = make_item(office, tax_rate=D(13)), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "10", "100"), taxes=((D(13), D(9)),))
    assert (done.state, done.verdict) == (InvoiceState.MATCHED, Verdict.EXCEPTION)
    with pytest.raises(NeedsConfirmation) as caught:
        office.do(purchasing.approve_invoices, invoice_ids=(done.invoice_id,))
    assert caught.value.key == "findings"
    assert (
        office.do(purchasing.approve_invoices, invoice_ids=(done.invoice_id,), confirmed=frozenset({"findings"})) == 1
    )


def test_an_approved_invoice_is_withdrawn_before_it_is_changed(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    waiting = invoice(office, supplier, "A0", goods(item, "99", "990"))
    with pytest.raises(Refused, match="not possible"):
        office.do(purchasing.approve_invoices, invoice_ids=(waiting.invoice_id,))
    office.do(purchasing.cancel_invoice, invoice_id=waiting.invoice_id, version=waiting.version)
    done = invoice(office, supplier, "A1", goods(item, "10", "100"))
    with pytest.raises(Refused, match="Take the match back first"):
        office.do(stock.reverse_posting, posting_id=posting)
    assert office.do(purchasing.approve_invoices, invoice_ids=(done.invoice_id,)) == 1
    for command, arguments in (
        (purchasing.unmatch_invoice, {}),
        (purchasing.match_invoice, {}),
        (
            purchasing.update_invoice,
            {"version": done.version + 1, "invoice": new_invoice(supplier, "A1", goods(item, "1", "1"))},
        ),
        (purchasing.cancel_invoice, {"version": done.version + 1}),
    ):
        with pytest.raises(Refused):
            office.do(command, invoice_id=done.invoice_id, **arguments)
    with pytest.raises(InvalidInput, match="reason"):
        office.do(purchasing.withdraw_invoice, invoice_id=done.invoice_id, version=done.version + 1, reason="")
    back = office.do(purchasing.withdraw_invoice, invoice_id=done.invoice_id, version=done.version + 1, reason="查")
    assert back.state is InvoiceState.MATCHED
    with pytest.raises(Refused):
        office.do(purchasing.withdraw_invoice, invoice_id=done.invoice_id, version=back.version, reason="查")
    office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id)
    assert owed(office, entry) == D(100)
    office.do(stock.reverse_posting, posting_id=posting)
    assert owed(office, entry) == 0


def test_a_corrected_invoice_is_matched_anew_and_the_past_is_kept(office: Office, clock: FixedClock) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "6", "60"))
    then = clock.now()
    clock.advance(hours=1)
    draft = office.ask(purchasing.get_invoice_draft, invoice_id=done.invoice_id)
    assert draft.lines[0].qty == D(6)
    with pytest.raises(Conflict):
        office.do(purchasing.update_invoice, invoice_id=done.invoice_id, version=1, invoice=draft)
    fixed = new_invoice(supplier, "A1", goods(item, "10", "100"), charge("8"))
    after = office.do(purchasing.update_invoice, invoice_id=done.invoice_id, version=done.version, invoice=fixed)
    assert (after.state, after.own_number) == (InvoiceState.MATCHED, done.own_number)
    assert owed(office, entry) == 0
    assert worth(office, item) == (D(10), D(108))
    (row,) = office.ask(purchasing.list_not_invoiced, as_of=then)
    assert (row.open_qty, row.not_invoiced) == (D(4), D(40))
    why = office.ask(purchasing.explain_not_invoiced, entry_id=entry, as_of=then)
    assert sum(step.amount for step in why.steps) == why.row.not_invoiced


def test_the_file_is_kept_with_the_invoice_and_lists_find_it(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    done = office.do(
        purchasing.enter_invoice,
        invoice=new_invoice(supplier, "A1", goods(item, "1", "10"), note="冻品"),
        document=InvoiceDocument("a1.pdf", b"%PDF-1.4 x"),
        is_matched=False,
    )
    assert (done.state, done.verdict) == (InvoiceState.TO_MATCH, None)
    assert office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).attachments == 1
    for wanted, count in (
        (InvoiceFilter(text="冻品 a1"), 1),
        (InvoiceFilter(text="nothing"), 0),
        (InvoiceFilter(states=(InvoiceState.TO_MATCH,), supplier_id=supplier, from_on=TODAY, to_on=TODAY), 1),
        (InvoiceFilter(is_overdue=True), 0),
        (InvoiceFilter(verdict=Verdict.PAY), 0),
    ):
        assert len(office.ask(purchasing.list_invoices, wanted=wanted)) == count
    with pytest.raises(NotFound):
        office.ask(purchasing.get_invoice, invoice_id=999)


def test_what_is_typed_is_reckoned_before_it_is_saved(office: Office) -> None:
    item = make_item(office, tax_rate=D(13), pack_units=(PackUnit("box", D(12)),), purchase_unit="box")
    supplier = make_supplier(office, payment_days=30, payment_end_of_month=True)
    receive(office, supplier, (item, "24", "240"))
    typed = new_invoice(supplier, "A1", NewInvoiceLine(item_id=item, qty=D(2), price=D(126)), charge("10"))
    shown = office.ask(purchasing.preview_invoice, invoice=typed)
    assert (shown.net, shown.tax, shown.gross) == (D("262.00"), D("32.76"), D("294.76"))
    assert [(tax.rate, tax.net, tax.tax) for tax in shown.taxes] == [(D(0), D(10), D(0)), (D(13), D(252), D("32.76"))]
    assert (shown.due_on, shown.faults, shown.questions) == (date(2026, 4, 30), (), ())
    first = shown.lines[0]
    assert (first.unit, first.amount, first.usual_price, first.change) == ("box", D(252), D(120), D("5.0"))
    assert office.ask(purchasing.list_invoices) == []
    slip = new_invoice(supplier, "A1", NewInvoiceLine(item_id=item, qty=D(2), price=D(1200)))
    assert "about 10 times" in office.ask(purchasing.preview_invoice, invoice=slip).questions[0].render("en")
    done = office.do(purchasing.enter_invoice, invoice=typed)
    again = office.ask(purchasing.preview_invoice, invoice=typed)
    assert [fault.field for fault in again.faults] == ["number"]
    assert office.ask(purchasing.preview_invoice, invoice=typed, invoice_id=done.invoice_id).faults == ()


def test_an_invoice_is_held_against_its_order_and_waits_for_what_is_still_to_come(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    order = office.do(
        purchasing.create_order, order=NewOrder(supplier, (NewOrderLine(item, D(10), price=D(10), tax_rate=D(0)),))
    )
    office.do(purchasing.approve_order, order_id=order, version=1)
    sheet = office.ask(purchasing.get_delivery_sheet, order_ids=(order,))
    line = sheet.lines[0].order_line_id
    first = NewDelivery((NewDeliveryLine(item, D(6), order_line_id=line),), supplier, order_ids=(order,))
    office.do(purchasing.receive_delivery, new=first)
    done = invoice(office, supplier, "A1", goods(item, "10", "100", order_line_id=line))
    assert (done.state, done.verdict) == (InvoiceState.TO_MATCH, Verdict.WAIT)
    assert done.findings[0].text.render("en") == (
        "4 of 10 invoiced have not arrived yet; the order still waits for them."
    )
    with pytest.raises(Refused):
        office.do(purchasing.approve_invoices, invoice_ids=(done.invoice_id,))
    rest = NewDelivery((NewDeliveryLine(item, D(4), order_line_id=line),), supplier, order_ids=(order,))
    office.do(purchasing.receive_delivery, new=rest)
    after = office.do(purchasing.match_invoice, invoice_id=done.invoice_id)
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    card = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    assert {match.order_number for match in card.lines[0].matches} == {card.lines[0].order_number} != {""}
    with pytest.raises(InvalidInput, match="One document has one currency"):
        invoice(office, supplier, "A2", goods(item, "1", "1", order_line_id=line), currency="EUR", rate=D(7))
    other = make_supplier(office, "S2")
    with pytest.raises(NotFound, match="no such line of an order"):
        invoice(office, other, "A2", goods(item, "1", "1", order_line_id=line))
    with pytest.raises(NeedsConfirmation) as caught:
        invoice(office, supplier, "A3", goods(item, "100", "1000", order_line_id=line))
    assert caught.value.key == "qty_times_ten.1"


def test_a_quantity_within_tolerance_is_paid_for_as_what_came(office: Office) -> None:
    await_invoices(office, qty_percent=D(2))
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "9.9", "99"))
    done = invoice(office, supplier, "A1", goods(item, "10", "100"))
    assert done.verdict is Verdict.PAY
    assert (owed(office, entry), worth(office, item)) == (D(0), (D("9.9"), D(100)))
    assert office.do(purchasing.match_invoice, invoice_id=done.invoice_id).verdict is Verdict.PAY

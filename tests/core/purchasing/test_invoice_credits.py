"""Credit notes, claims, charges, matches by hand: money that comes back and money that is spread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from core import purchasing, stock
from core.errors import InvalidInput, NotFound, Refused
from core.office import Office
from core.purchasing import ClaimFilter, FindingKind, NewOrderLine, NewReturnLine
from core.stock import NewLine
from db.enums import ClaimState, InvoiceState, MatchDecision, SplitBy, Verdict
from tests.core.purchasing.books import (
    await_invoices,
    charge,
    credit,
    goods,
    invoice,
    owed,
    receive,
    send_back,
    worth,
)
from tests.core.purchasing.dock import came, order
from tests.core.purchasing.dock import receive as dock_receive
from tests.factories import make_item, make_supplier


@pytest.fixture(autouse=True)
def _awaited(office: Office) -> None:
    await_invoices(office)


def test_a_credit_for_goods_that_went_back_takes_their_share_of_what_was_booked(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    first = invoice(office, supplier, "A1", goods(item, "10", "120"))
    (row,) = office.ask(purchasing.list_differences)
    office.do(purchasing.accept_difference, match_ids=row.match_ids, reason="涨价")
    send_back(office, supplier, item, "4", entry)
    assert worth(office, item) == (D(6), D(72))
    assert owed(office, entry) == D(-40)
    done = credit(office, supplier, "C1", goods(item, "4", "48"))
    assert (done.state, done.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    (match,) = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines[0].matches
    assert (match.qty, match.accrued, match.invoiced, match.returned) == (D(-4), D(-40), D(-48), D(-8))
    assert (match.difference, match.decision) == (D(0), MatchDecision.NONE)
    assert owed(office, entry) == 0
    assert worth(office, item) == (D(6), D(72))
    assert first.state is InvoiceState.DIFFERENCES


def test_a_credit_for_what_did_not_go_back_waits_for_a_person(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    invoice(office, supplier, "A1", goods(item, "10", "100"))
    done = credit(office, supplier, "C1", goods(item, "2", "20"), goods(item, None, "5"))
    assert [one.kind for one in done.findings] == [FindingKind.NOT_RETURNED, FindingKind.PRICE_CREDIT]
    lines = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
    assert {row.entry_id for row in office.ask(purchasing.list_matchable, line_id=lines[0].id)} == {entry}
    with pytest.raises(Refused, match="can be matched"):
        office.do(purchasing.match_line, line_id=lines[0].id, entry_id=entry, qty=D(2))
    office.do(purchasing.match_line, line_id=lines[0].id, entry_id=entry, qty=D(0))
    with pytest.raises(InvalidInput, match="not so much left"):
        office.do(purchasing.match_line, line_id=lines[1].id, entry_id=entry, amount=D(6))
    after = office.do(purchasing.match_line, line_id=lines[1].id, entry_id=entry)
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    assert worth(office, item) == (D(10), D(75))
    much = credit(office, supplier, "C2", goods(item, None, "80"))
    (line,) = office.ask(purchasing.get_invoice, invoice_id=much.invoice_id).lines
    with pytest.raises(Refused, match=r"costs 75.00 now: it cannot be lowered by 80.00"):
        office.do(purchasing.match_line, line_id=line.id, entry_id=entry)
    office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id)
    assert worth(office, item) == (D(10), D(100))


def test_an_invoice_for_goods_that_went_back_before_it_came_is_matched_by_hand(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    send_back(office, supplier, item, "4", entry)
    done = invoice(office, supplier, "A1", goods(item, "10", "100"))
    assert done.state is InvoiceState.DIFFERENCES
    (line,) = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
    assert line.open_qty == D(4)
    after = office.do(purchasing.match_line, line_id=line.id, entry_id=entry)
    assert after.verdict is Verdict.PAY
    assert owed(office, entry) == D(-40)
    assert credit(office, supplier, "C1", goods(item, "4", "40")).verdict is Verdict.PAY
    assert owed(office, entry) == 0


def test_a_claimed_difference_is_never_booked_and_meets_its_credit(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "12", "156"))
    card = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    ids = tuple(match.id for match in card.lines[0].matches)
    with pytest.raises(InvalidInput, match="Choose a difference"):
        office.do(purchasing.claim_difference, invoice_id=done.invoice_id)
    after = office.do(
        purchasing.claim_difference, invoice_id=done.invoice_id, match_ids=ids, line_id=card.lines[0].id, note="多收"
    )
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    (claim,) = office.ask(purchasing.list_claims, filters=ClaimFilter(supplier_id=supplier))
    assert claim.asked == D(56)
    with pytest.raises(Refused, match="Write that claim off first"):
        office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id)
    note = credit(office, supplier, "C1", goods(item, "2", "56"))
    (line,) = office.ask(purchasing.get_invoice, invoice_id=note.invoice_id).lines
    with pytest.raises(NotFound):
        office.do(purchasing.credit_claim, line_id=line.id, claim_id=999)
    credited = office.do(purchasing.credit_claim, line_id=line.id, claim_id=claim.id)
    assert (credited.state, credited.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    (claim,) = office.ask(purchasing.list_claims, filters=ClaimFilter(supplier_id=supplier))
    assert (claim.state, claim.credited) == (ClaimState.CREDITED, D(56))
    assert worth(office, item) == (D(10), D(100))
    office.do(purchasing.unmatch_invoice, invoice_id=note.invoice_id)
    (claim,) = office.ask(purchasing.list_claims, filters=ClaimFilter(supplier_id=supplier))
    assert (claim.state, claim.credited) == (ClaimState.SENT, D(0))


def test_a_difference_claimed_in_vain_comes_back_to_the_work_list(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "10", "130"))
    (row,) = office.ask(purchasing.list_differences)
    office.do(purchasing.claim_difference, invoice_id=done.invoice_id, match_ids=row.match_ids)
    office.do(purchasing.approve_invoices, invoice_ids=(done.invoice_id,))
    assert office.ask(purchasing.list_differences) == []
    (claim,) = office.ask(purchasing.list_claims, filters=ClaimFilter(supplier_id=supplier))
    office.do(purchasing.write_off_claim, claim_id=claim.id, version=claim.version, note="算了")
    (row,) = office.ask(purchasing.list_differences)
    assert row.difference == D(30)
    assert office.do(purchasing.accept_difference, match_ids=row.match_ids, reason="算了") == ()
    assert worth(office, item) == (D(10), D(130))


def test_freight_is_spread_over_the_goods_of_its_invoice(office: Office) -> None:
    kilos, boxes = make_item(office), make_item(office, "BOX-001", base_unit="pcs")
    supplier = make_supplier(office)
    receive(office, supplier, (kilos, "10", "100"), (boxes, "5", "300"))
    done = invoice(office, supplier, "A1", goods(kilos, "10", "100"), goods(boxes, "5", "300"), charge("40"))
    assert done.verdict is Verdict.PAY
    assert (worth(office, kilos)[1], worth(office, boxes)[1]) == (D(110), D(330))
    line = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines[2]
    assert [one.amount for one in line.charges] == [D(40)]
    office.do(purchasing.take_charge_back, line_id=line.id)
    assert (worth(office, kilos)[1], worth(office, boxes)[1]) == (D(100), D(300))


def test_a_charge_of_its_own_is_spread_over_chosen_receipts_by_quantity_or_weight(office: Office) -> None:
    kilos, boxes = make_item(office), make_item(office, "BOX-001", base_unit="pcs")
    supplier, carrier = make_supplier(office), make_supplier(office, "CAR")
    first, _entries = receive(office, supplier, (kilos, "10", "100"))
    second, _more = receive(office, supplier, (kilos, "30", "100"))
    third, _boxes = receive(office, supplier, (boxes, "5", "300"))
    done = invoice(office, carrier, "F1", charge("40"))
    assert [one.kind for one in done.findings] == [FindingKind.CHARGE]
    (line,) = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
    assert len(office.ask(purchasing.list_chargeable)) == 3
    for receipts, by, match in (
        ((), None, "Choose one"),
        ((999,), None, "Choose one"),
        ((first, third), SplitBy.WEIGHT, "without a weight"),
    ):
        with pytest.raises(InvalidInput, match=match):
            office.do(purchasing.spread_charge, line_id=line.id, receipt_ids=receipts, split_by=by)
    after = office.do(purchasing.spread_charge, line_id=line.id, receipt_ids=(first, second), split_by=SplitBy.WEIGHT)
    assert after.verdict is Verdict.PAY
    assert worth(office, kilos) == (D(40), D(240))
    office.do(purchasing.spread_charge, line_id=line.id, receipt_ids=(third,))
    assert (worth(office, kilos)[1], worth(office, boxes)[1]) == (D(200), D(340))
    with pytest.raises(Refused, match="carries costs of invoice"):
        office.do(stock.reverse_posting, posting_id=third)
    booked = next(row for row in office.ask(stock.list_postings) if row.kind == "landed_cost" and not row.reversed_by)
    with pytest.raises(Refused, match="booked by invoice F1"):
        office.do(stock.reverse_posting, posting_id=booked.id)


def test_a_line_nobody_knew_learns_its_item_and_the_suppliers_code(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    receive(office, supplier, (make_item(office, "B"), "7", "999"))
    done = invoice(office, supplier, "A1", goods(None, "3", "31", supplier_code="X-77", description="番茄"))
    assert [one.kind for one in done.findings] == [FindingKind.MORE_THAN_RECEIVED]
    (line,) = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
    with pytest.raises(InvalidInput, match="no such receipt"):
        office.do(purchasing.match_line, line_id=line.id, entry_id=999)
    with pytest.raises(InvalidInput, match="not so much left"):
        office.do(purchasing.match_line, line_id=line.id, entry_id=entry, qty=D(4))
    after = office.do(purchasing.match_line, line_id=line.id, entry_id=entry)
    assert after.state is InvoiceState.DIFFERENCES
    second = invoice(office, supplier, "A2", goods(None, "7", "70", supplier_code="x-77"))
    assert second.verdict is Verdict.PAY
    assert owed(office, entry) == 0


def test_one_match_is_taken_back_and_many_invoices_are_matched_at_once(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    done = invoice(office, supplier, "A1", goods(item, "4", "40"), goods(item, "6", "60"))
    lines = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines
    one = lines[0].matches[0].id
    after = office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id, match_ids=(one,))
    assert owed(office, entry) == D(40)
    assert after.state is InvoiceState.DIFFERENCES
    with pytest.raises(Refused, match="taken back already"):
        office.do(purchasing.unmatch_invoice, invoice_id=done.invoice_id, match_ids=(one,))
    many = office.do(purchasing.match_all)
    assert (many.count(Verdict.PAY), many.matches) == (1, 1)
    assert office.do(purchasing.match_all).outcomes == ()
    with pytest.raises(NotFound):
        office.do(purchasing.match_all, invoice_ids=(999,))


def test_a_receipt_without_invoices_and_free_goods_wait_for_none(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    office.do(stock.receive_goods, lines=(NewLine(item, D(5), value=D(50)),))
    assert office.ask(purchasing.list_not_invoiced) == []
    await_invoices(office, invoices_from=date(2026, 4, 1))
    receive(office, supplier, (item, "5", "50"))
    assert office.ask(purchasing.list_not_invoiced) == []


def dear_delivery(office: Office) -> tuple[int, int, int, int]:
    """10 kg ordered at 5.00 came at 6.50, one more was refused, both claimed; supplier, item, entry, claim."""
    item, supplier = make_item(office), make_supplier(office, tax_rate=D(9))
    order_id, (line_id,) = order(office, supplier, NewOrderLine(item, D(11), price=D(5)))
    line = came(item, "10", line_id, price="6.5", price_reason="寒潮", rejected_qty="1", reject_reason="damaged")
    done = dock_receive(office, supplier, line, order_ids=(order_id,), claim=True)
    entry = office.ask(purchasing.get_receipt, receipt_id=done.receipt_id).lines[0].entry_id
    assert entry is not None and done.claim_id is not None
    return supplier, item, entry, done.claim_id


def claim_state(office: Office, claim_id: int) -> tuple[ClaimState, D | None]:
    row = office.ask(purchasing.get_claim, claim_id=claim_id).row
    return row.state, row.credited


def test_a_price_claimed_at_the_dock_comes_off_the_cost_when_its_credit_comes(office: Office) -> None:
    supplier, item, entry, claim_id = dear_delivery(office)
    done = invoice(office, supplier, "A1", goods(item, "10", "65"), goods(item, "1", "6.50"))
    refused = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines[1]
    office.do(purchasing.claim_difference, invoice_id=done.invoice_id, line_id=refused.id, claim_id=claim_id)
    assert (worth(office, item), owed(office, entry)) == ((D(10), D(65)), D(0))
    note = credit(office, supplier, "C1", goods(item, None, "21.50"))
    (line,) = office.ask(purchasing.get_invoice, invoice_id=note.invoice_id).lines
    after = office.do(purchasing.credit_claim, line_id=line.id, claim_id=claim_id)
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    assert (worth(office, item), owed(office, entry)) == ((D(10), D(50)), D(0))
    assert claim_state(office, claim_id) == (ClaimState.CREDITED, D("21.50"))
    office.do(purchasing.unmatch_invoice, invoice_id=note.invoice_id)
    assert worth(office, item) == (D(10), D(65))
    assert claim_state(office, claim_id) == (ClaimState.SENT, D(0))


def test_a_credit_put_onto_the_receipt_answers_the_docks_claim_for_no_more_than_was_asked(office: Office) -> None:
    supplier, item, entry, claim_id = dear_delivery(office)
    invoice(office, supplier, "A1", goods(item, "10", "65"))
    note = credit(office, supplier, "C1", goods(item, None, "10"), goods(item, None, "6"), goods(item, None, "5"))
    lines = office.ask(purchasing.get_invoice, invoice_id=note.invoice_id).lines
    for line, credited in zip(lines, (D(10), D(10), D(15)), strict=True):
        office.do(purchasing.match_line, line_id=line.id, entry_id=entry)
        assert claim_state(office, claim_id) == (ClaimState.OPEN, credited)
    assert worth(office, item) == (D(10), D(44))
    office.do(purchasing.cancel_invoice, invoice_id=note.invoice_id, version=office.ask(
        purchasing.get_invoice, invoice_id=note.invoice_id).row.version)  # fmt: skip
    assert worth(office, item) == (D(10), D(65))
    assert claim_state(office, claim_id)[1] == 0


def test_a_credit_for_a_return_settles_the_claim_that_went_with_it(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    invoice(office, supplier, "A1", goods(item, "10", "100"))
    back = office.do(purchasing.return_delivery, lines=(NewReturnLine(D(4), entry_id=entry),), supplier_id=supplier)
    (claim,) = office.ask(purchasing.list_claims)
    assert (claim.return_id, claim.state) == (back.posting_id, ClaimState.OPEN)
    done = credit(office, supplier, "C1", goods(item, "4", "40"))
    assert done.verdict is Verdict.PAY
    (claim,) = office.ask(purchasing.list_claims)
    assert (claim.state, claim.credited, claim.credit_note_id) == (ClaimState.CREDITED, D(40), done.invoice_id)
    (match,) = office.ask(purchasing.get_invoice, invoice_id=done.invoice_id).lines[0].matches
    assert match.claim == claim.number
    office.do(purchasing.cancel_invoice, invoice_id=done.invoice_id, version=done.version)
    (claim,) = office.ask(purchasing.list_claims)
    assert (claim.state, claim.credited) == (ClaimState.SENT, D(0))
    assert owed(office, entry) == D(-40)

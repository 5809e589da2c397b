"""Claims and returns: opened in one action, followed until the credit note, ended when their ground is gone."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import catalog, mail, purchasing, stock
from core.errors import Conflict, InvalidInput, Refused
from core.office import Office
from core.purchasing import ClaimFilter, NewClaim, NewClaimLine, NewReturnLine
from core.purchasing.steps.claims import settle_claim
from core.purchasing.types.orders import NewOrderLine
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ClaimKind, ClaimState, InspectionState, SendWay
from tests.core.purchasing.dock import came, order, receive, worth
from tests.factories import make_item, make_supplier


@command(None)
def credit_for_test(uow: UnitOfWork, *, claim_id: int, amount: int) -> int:
    """A credit note came, as invoices say it."""
    return settle_claim(uow, claim_id, None, amount)


def claimed(office: Office, supplier: int, item: int) -> tuple[int, int]:
    """A delivery of 8 with 2 damaged at 5.00, claimed; its receipt and claim."""
    line = came(item, "8", price="5", rejected_qty="2", reject_reason=ClaimKind.DAMAGED)
    made = receive(office, supplier, line, claim=True)
    assert made.claim_id is not None
    return made.receipt_id, made.claim_id


def test_what_was_refused_is_claimed_in_the_same_action(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    receipt_id, claim_id = claimed(office, supplier, item)
    card = office.ask(purchasing.get_claim, claim_id=claim_id)
    assert (card.row.number, card.row.state, card.row.asked, card.row.expected) == (
        "CL-2026-000001", ClaimState.OPEN, D("10.00"), D("10.00"),
    )  # fmt: skip
    assert [(line.kind, line.qty, line.amount) for line in card.lines] == [(ClaimKind.DAMAGED, D(2), D("10.00"))]
    assert worth(office, item) == (D(8), D("40.00"))
    assert office.ask(purchasing.get_receipt, receipt_id=receipt_id).claims == ((claim_id, "CL-2026-000001"),)
    assert office.ask(purchasing.sum_claims).expected == D("10.00")


def test_a_price_above_the_order_is_claimed(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _order_id, (line,) = order(office, supplier, NewOrderLine(item, D(10), price=D(5)))
    made = receive(office, supplier, came(item, "10", line, price="5.50"), claim=True)
    card = office.ask(purchasing.get_claim, claim_id=made.claim_id)
    assert [(one.kind, one.qty, one.amount) for one in card.lines] == [(ClaimKind.PRICE, D(10), D("5.00"))]


def test_nothing_to_claim_opens_no_claim(office: Office) -> None:
    assert receive(office, make_supplier(office), came(make_item(office), "1", price="5"), claim=True).claim_id is None


def test_a_claim_is_followed_until_all_is_credited(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    _receipt, claim_id = claimed(office, supplier, item)
    version = office.do(credit_for_test, claim_id=claim_id, amount=400)
    row = office.ask(purchasing.get_claim, claim_id=claim_id).row
    assert (row.state, row.credited, row.expected) == (ClaimState.OPEN, D("4.00"), D("6.00"))
    office.do(purchasing.settle_claim, claim_id=claim_id, version=version, amount=D("6.00"))
    row = office.ask(purchasing.get_claim, claim_id=claim_id).row
    assert (row.state, row.expected, row.site_expected) == (ClaimState.CREDITED, D(0), D("0.00"))
    with pytest.raises(Refused):
        office.do(credit_for_test, claim_id=claim_id, amount=1)
    office.do(purchasing.unsettle_claim, claim_id=claim_id, version=row.version)
    assert office.ask(purchasing.get_claim, claim_id=claim_id).row.expected == D("10.00")


def test_less_is_enough_when_it_is_said_so(office: Office) -> None:
    _receipt, claim_id = claimed(office, make_supplier(office), make_item(office))
    office.do(purchasing.settle_claim, claim_id=claim_id, version=1, amount=D(7), note="agreed", is_final=True)
    row = office.ask(purchasing.get_claim, claim_id=claim_id).row
    assert (row.state, row.credited, row.end_note) == (ClaimState.CREDITED, D("7.00"), "agreed")
    assert office.ask(purchasing.list_claims, filters=ClaimFilter(is_waiting=True)) == []


def test_a_claim_is_given_up_with_a_reason_and_opened_again(office: Office) -> None:
    _receipt, claim_id = claimed(office, make_supplier(office), make_item(office))
    with pytest.raises(InvalidInput):
        office.do(purchasing.write_off_claim, claim_id=claim_id, version=1, note=" ")
    with pytest.raises(Conflict):
        office.do(purchasing.write_off_claim, claim_id=claim_id, version=9, note="too old")
    version = office.do(purchasing.write_off_claim, claim_id=claim_id, version=1, note="goodwill")
    office.do(purchasing.reopen_claim, claim_id=claim_id, version=version)
    assert office.ask(purchasing.get_claim, claim_id=claim_id).row.state is ClaimState.OPEN


def test_a_claim_goes_by_mail_once_there_is_an_address_and_a_server(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, email="claims@example.com", language="en")
    _receipt, claim_id = claimed(office, supplier, item)
    with pytest.raises(Refused):
        office.do(purchasing.send_claim, claim_id=claim_id, version=1)
    edit = mail.MailServerEdit("mail.example.com", 587, "starttls", "", "shop@example.com")
    office.do(mail.save_mail_server, version=0, new=edit)
    mail_id = office.do(purchasing.send_claim, claim_id=claim_id, version=1)
    card = office.ask(mail.get_mail, mail_id=mail_id)
    assert "Claim CL-2026-000001" in card.row.subject
    assert office.ask(purchasing.get_claim, claim_id=claim_id).row.state is ClaimState.SENT
    with pytest.raises(Refused):
        office.do(purchasing.send_claim, claim_id=claim_id, version=2)


def test_a_claim_without_an_address_goes_on_paper(office: Office) -> None:
    _receipt, claim_id = claimed(office, make_supplier(office), make_item(office))
    with pytest.raises(InvalidInput, match="no e-mail address"):
        office.do(purchasing.send_claim, claim_id=claim_id, version=1)
    assert office.do(purchasing.send_claim, claim_id=claim_id, version=1, way=SendWay.PAPER) == 0


def test_goods_go_back_at_their_receipts_cost_and_are_claimed(office: Office) -> None:
    item = make_item(office, pack_units=(catalog.PackUnit("箱", D(12)),))
    supplier = make_supplier(office)
    receive(office, supplier, came(item, "12", price="4.50"))
    made = receive(office, supplier, came(item, "2", price="60", unit="箱"))
    (line,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    back = office.do(
        purchasing.return_delivery,
        lines=(NewReturnLine(D(1), line.id, reason=ClaimKind.QUALITY),),
        supplier_id=supplier,
    )
    assert (back.number, back.claim_number, back.value) == ("RS-2026-000001", "CL-2026-000001", D("60.00"))
    card = office.ask(purchasing.get_claim, claim_id=back.claim_id)
    assert (card.row.asked, card.row.return_number) == (D("60.00"), "RS-2026-000001")
    assert worth(office, item) == (D(24), D("114.00"))
    (line,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    assert line.returned == D(1)
    left = {one.receipt_line_id: one.left for one in office.ask(purchasing.list_returnable_lines, item_id=item)}
    assert left[line.id] == D(12)
    with pytest.raises(Refused):
        office.do(purchasing.return_delivery, lines=(NewReturnLine(D(2), line.id),), supplier_id=supplier)


def test_what_was_received_without_purchasing_goes_back_too(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    office.do(stock.receive_goods, lines=(stock.NewLine(item, D(3), value=D("10")),), supplier_id=supplier)
    (row,) = office.ask(purchasing.list_returnable_lines, supplier_id=supplier)
    back = office.do(
        purchasing.return_delivery, lines=(NewReturnLine(D(1), entry_id=row.entry_id),), supplier_id=supplier
    )
    assert office.ask(purchasing.get_claim, claim_id=back.claim_id).row.asked == D("3.33")
    with pytest.raises(Refused, match="another supplier"):
        office.do(
            purchasing.return_delivery, lines=(NewReturnLine(D(1), entry_id=row.entry_id),),
            supplier_id=make_supplier(office, "S2"),
        )  # fmt: skip


def test_a_reversed_return_ends_its_claim(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    made = receive(office, supplier, came(item, "3", price="5"))
    (line,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    back = office.do(purchasing.return_delivery, lines=(NewReturnLine(D(1), line.id),), supplier_id=supplier)
    office.do(stock.reverse_posting, posting_id=back.posting_id)
    row = office.ask(purchasing.get_claim, claim_id=back.claim_id).row
    assert (row.state, row.expected) == (ClaimState.WRITTEN_OFF, D(0))


def test_a_delivery_whose_claim_was_credited_stays(office: Office) -> None:
    receipt_id, claim_id = claimed(office, make_supplier(office), make_item(office))
    office.do(purchasing.settle_claim, claim_id=claim_id, version=1, amount=D(10))
    with pytest.raises(Refused, match="CL-2026-000001"):
        office.do(purchasing.reverse_delivery, receipt_id=receipt_id)
    office.do(purchasing.unsettle_claim, claim_id=claim_id, version=2)
    office.do(purchasing.reverse_delivery, receipt_id=receipt_id)
    assert office.ask(purchasing.get_claim, claim_id=claim_id).row.state is ClaimState.WRITTEN_OFF


def test_goods_in_quarantine_are_released_or_rejected(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    held = came(item, "3", price="5", inspection=InspectionState.QUARANTINE)
    made = receive(office, supplier, held, came(item, "1", price="5", inspection=InspectionState.QUARANTINE))
    first, second = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    assert (first.lot, first.inspection) == ("RC-2026-000001-1", InspectionState.QUARANTINE)
    with pytest.raises(Refused):
        office.do(stock.issue_goods, lines=(stock.NewLine(item, D(1)),))
    assert office.do(purchasing.release_inspection, receipt_line_ids=(first.id,)) == 1
    office.do(stock.issue_goods, lines=(stock.NewLine(item, D(1)),))
    claim_id = office.do(
        purchasing.reject_inspection, receipt_line_ids=(second.id,), reason=ClaimKind.QUALITY, send_back=True
    )
    assert office.ask(purchasing.get_claim, claim_id=claim_id).row.asked == D("5.00")
    assert worth(office, item) == (D(2), D("10.00"))
    with pytest.raises(Refused):
        office.do(purchasing.release_inspection, receipt_line_ids=(second.id,))


def test_rejected_goods_that_stay_are_claimed_and_stay_blocked(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    made = receive(office, supplier, came(item, "3", price="5", inspection=InspectionState.QUARANTINE))
    (line,) = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines
    claim_id = office.do(purchasing.reject_inspection, receipt_line_ids=(line.id,), note="smells")
    card = office.ask(purchasing.get_claim, claim_id=claim_id)
    assert (card.row.asked, card.lines[0].kind) == (D("15.00"), ClaimKind.QUALITY)
    with pytest.raises(Refused):
        office.do(stock.issue_goods, lines=(stock.NewLine(item, D(1)),))


def test_a_claim_is_opened_by_hand(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office, currency="EUR")
    line = NewClaimLine(ClaimKind.QUALITY, item, D(2), D("7.50"))
    with pytest.raises(InvalidInput):
        office.do(purchasing.create_claim, new=NewClaim(supplier, (line,)))
    with pytest.raises(InvalidInput):
        office.do(purchasing.create_claim, new=NewClaim(supplier, ()))
    claim_id = office.do(purchasing.create_claim, new=NewClaim(supplier, (line,), rate=D("7.8")))
    row = office.ask(purchasing.get_claim, claim_id=claim_id).row
    assert (row.asked, row.currency, row.site_expected) == (D("7.50"), "EUR", D("58.50"))
    assert office.ask(purchasing.find_claim, number="cl-2026-000001") == claim_id

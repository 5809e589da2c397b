"""Ten days of buying: from what the kitchen asks for to the paid invoice, by the people whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core import costing, identity, labels, maintenance, purchasing, stock
from core.catalog import NewPolicy, NewTerm, PackUnit
from core.clock import day_starts_at
from core.errors import InvalidInput, NotAllowed
from core.identity import NewPerson, RoleGrant
from core.labels import Amount
from core.office import Office
from core.purchasing import (
    Delivery,
    FindingKind,
    InvoiceOutcome,
    NewDelivery,
    NewDeliveryLine,
    NewInvoice,
    NewInvoiceLine,
    NewRequest,
    NewRequestLine,
    PayableFilter,
)
from core.stock import NewLine
from db.enums import (
    ApprovalSubject,
    ClaimKind,
    ClaimState,
    InvoiceKind,
    InvoiceState,
    LabelReason,
    LabelSubject,
    OrderState,
    ProposalState,
    RequestState,
    SendWay,
    StorageKind,
    Verdict,
)
from tests.factories import make_item, make_place, make_supplier
from tests.helpers.sites import PASSWORD

if TYPE_CHECKING:
    from core.clock import FixedClock

D = Decimal
PEOPLE = {
    "王建国": "Kitchen manager", "李采购": "Buyer", "周海": "Storekeeper", "林晓芸": "Manager", "赵会计": "Cost reviewer",
}  # fmt: skip
CHEF, BUYER, STOREKEEPER, MANAGER, ACCOUNTANT = PEOPLE
PIN = "4711"


def march(day: int) -> date:
    """A day of the story's month."""
    return date(2026, 3, day)


@dataclass
class Shop:
    """The restaurant with one supplier of two things: tomatoes in cases of 10 kg at 50, oil in cans of 5 l at 60."""

    office: Office
    clock: FixedClock
    supplier: int
    tomatoes: int
    oil: int

    def day(self, day: int) -> None:
        """It is that day of March, noon at the site."""
        self.clock.at = datetime(2026, 3, day, 4, tzinfo=UTC)

    def do(self, who: str, command: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody does something."""
        self.office.sign_in(who, PASSWORD)
        return self.office.do(command, **arguments)

    def ask(self, who: str, query: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody looks at something."""
        self.office.sign_in(who, PASSWORD)
        return self.office.ask(query, **arguments)

    def state(self, order: int) -> OrderState:
        """Where the order stands."""
        state: OrderState = self.ask(BUYER, purchasing.get_order, order_id=order).row.state
        return state

    def not_invoiced(self) -> Decimal:
        """What was received and is not invoiced."""
        return sum((row.not_invoiced for row in self.ask(ACCOUNTANT, purchasing.list_not_invoiced)), D(0))

    def owed(self) -> Decimal:
        """What the books say is to be paid."""
        return sum((row.open for row in self.ask(ACCOUNTANT, purchasing.list_payables)), D(0))

    def stock(self) -> Decimal:
        """What the stock is worth."""
        return sum((row.value for row in self.ask(ACCOUNTANT, stock.list_values)), D(0))


@pytest.fixture
def shop(office: Office, clock: FixedClock) -> Shop:
    cold, dry = make_place(office, "COLD-1", walk_order=1), make_place(office, "DRY-1", walk_order=2)
    roles = {one.name_en: one.role_id for one in office.ask(identity.list_roles)}
    for name, role in PEOPLE.items():
        person = NewPerson(name, password=PASSWORD, pin=PIN, roles=(RoleGrant(roles[role]),))
        office.do(identity.add_person, new=person)
    rule: dict[str, Any] = {"limit_amount": D(300), "role_id": roles["Manager"]}
    office.do(identity.set_approval_rule, subject=ApprovalSubject.ORDER, **rule)
    rules = office.ask(purchasing.get_purchase_rules)
    office.do(purchasing.save_purchase_rules, version=rules.version, changes={"invoices_from": march(1)})
    supplier = make_supplier(
        office,
        tax_rate=D(9),
        payment_days=7,
        phone="020-8888",
        bank_account="6222 0210 0101 2345",
        bank_name="工商银行",
    )
    tomatoes = make_item(
        office, "TOM", pack_units=(PackUnit("箱", D(10)),), storage_kind=StorageKind.CHILLED, lot_tracked=True,
        terms=(NewTerm(supplier, unit="箱", price=D(50)),), policy=NewPolicy(location_id=cold, par=D(30)),
    )  # fmt: skip
    oil = make_item(
        office, "OIL", base_unit="L", pack_units=(PackUnit("桶", D(5)),), policy=NewPolicy(location_id=dry),
        terms=(NewTerm(supplier, unit="桶", price=D(60)),),
    )  # fmt: skip
    return Shop(office, clock, supplier, tomatoes, oil)


def what_the_kitchen_asks_for_is_ordered(shop: Shop) -> int:
    """A request, approved; it stands with the tomatoes below par in Need to order; the draft is too large for the buyer."""
    asked = NewRequest((NewRequestLine(shop.oil, D(20)),), "热厨", needed_on=march(6))
    request = shop.do(CHEF, purchasing.create_request, new=asked, is_submitted=True)
    with pytest.raises(NotAllowed):
        shop.do(BUYER, purchasing.approve_request, purchase_request_id=request)
    shop.do(MANAGER, purchasing.approve_request, purchase_request_id=request)
    (group,) = shop.ask(BUYER, purchasing.list_suggestions).groups
    assert {line.item_id: (line.qty, line.value) for line in group.lines} == {
        shop.tomatoes: (D(3), D("150.00")), shop.oil: (D(4), D("240.00")),
    }  # fmt: skip
    wanted = purchasing.need_order(group, group.lines, march(6))
    (made,) = shop.do(BUYER, purchasing.make_orders, choices=(wanted,))
    card = shop.ask(CHEF, purchasing.get_request, purchase_request_id=request)
    assert (card.row.state, card.lines[0].order_number) == (RequestState.ORDERED, made.number)
    assert shop.ask(BUYER, purchasing.list_suggestions).groups == ()
    return int(made.order_id)


def it_is_approved_by_who_stands_in_and_sent(shop: Shop, order: int) -> None:
    """390 is over the limit of 300: the manager comes to the buyer's PC."""
    with pytest.raises(NotAllowed, match="over 300"):
        shop.do(BUYER, purchasing.send_order, order_id=order, version=1, way=SendWay.PHONE)
    sent = {"order_id": order, "version": 1, "way": SendWay.PHONE}
    assert shop.do(BUYER, purchasing.send_order, **sent, stand_in=(MANAGER, PIN)).state is OrderState.SENT
    (approval,) = shop.ask(BUYER, purchasing.get_order, order_id=order).approvals
    assert (approval.by, approval.asked_by, approval.amount) == (MANAGER, BUYER, D("390.00"))


def the_supplier_promises_friday_then_monday(shop: Shop, order: int) -> None:
    """The first promise is kept, the last one counts for who waits."""
    shop.day(5)
    shop.do(BUYER, purchasing.confirm_order, order_id=order, version=2, promised_on=march(6))
    shop.day(6)
    shop.do(BUYER, purchasing.confirm_order, order_id=order, version=3, promised_on=march(9))
    row = shop.ask(BUYER, purchasing.get_order, order_id=order).row
    assert (row.state, row.first_promise, row.last_promise) == (OrderState.CONFIRMED, march(6), march(9))
    (expected,) = shop.ask(STOREKEEPER, purchasing.list_expected)
    assert (expected.due_on, expected.is_late, expected.value) == (march(9), False, None)


def a_case_short_a_case_refused_a_case_dearer(shop: Shop, order: int) -> Delivery:
    """Three cases were ordered: two came, one of them crushed, at 65 instead of 50; of the oil all came."""
    shop.day(9)
    sheet = shop.ask(STOREKEEPER, purchasing.get_delivery_sheet, order_ids=(order,))
    lines = {line.item_id: line for line in sheet.lines}
    crushed: dict[str, Any] = {
        "rejected_qty": D(1), "reject_reason": ClaimKind.DAMAGED, "lot": "T-0309", "expires_on": march(16),
        "order_line_id": lines[shop.tomatoes].order_line_id, "price": D(65),
    }  # fmt: skip
    oil = NewDeliveryLine(shop.oil, D(4), "桶", lines[shop.oil].order_line_id)
    facts: dict[str, Any] = {"supplier_id": shop.supplier, "document": "DN-31", "order_ids": (order,), "claim": True}
    bare = NewDelivery((NewDeliveryLine(shop.tomatoes, D(1), "箱", **crushed), oil), **facts)
    with pytest.raises(InvalidInput) as refused:
        shop.do(STOREKEEPER, purchasing.receive_delivery, new=bare)
    assert (refused.value.field, refused.value.row) == ("price_reason", 1)
    reasoned = NewDeliveryLine(shop.tomatoes, D(1), "箱", **crushed, price_reason="寒潮")
    done = shop.do(STOREKEEPER, purchasing.receive_delivery, new=NewDelivery((reasoned, oil), **facts))
    assert isinstance(done, Delivery)
    assert (done.value, done.orders) == (D("305.00"), ((order, OrderState.PART_RECEIVED),))
    assert shop.not_invoiced() == shop.stock() == D("305.00")
    return done


def the_goods_are_labelled_and_put_away(shop: Shop, done: Delivery) -> None:
    """Lot labels on the queue, a list of what goes where, in walking order."""
    queued = {"posting_id": done.posting_id, "layout": "lot-60x40", "amount": Amount.ONE, "subject": LabelSubject.LOT}
    assert shop.do(STOREKEEPER, labels.queue_receipt, **queued) == 1
    (label,) = shop.ask(STOREKEEPER, labels.list_queue)
    assert (label.reason, label.document, label.code) == (LabelReason.RECEIPT, done.number, "T-0309")
    paper = shop.ask(STOREKEEPER, purchasing.get_put_away_paper, receipt_id=done.receipt_id, language="en")
    assert paper.number == done.number and paper.totals[0].value == 2


def it_is_claimed(shop: Shop, done: Delivery) -> int:
    """65 for the crushed case, 15 for the price of the other; told by phone."""
    card = shop.ask(BUYER, purchasing.get_claim, claim_id=done.claim_id)
    assert [(line.kind, line.amount) for line in card.lines] == [(ClaimKind.DAMAGED, D(65)), (ClaimKind.PRICE, D(15))]
    shop.do(BUYER, purchasing.send_claim, claim_id=card.row.id, version=card.row.version, way=SendWay.PHONE)
    assert shop.ask(ACCOUNTANT, purchasing.sum_claims).expected == D(80)
    return int(card.row.id)


def the_rest_comes_the_next_day(shop: Shop, order: int) -> None:
    """Two cases as ordered; the kitchen takes 4 kg of the dear ones."""
    shop.day(10)
    (rest,) = (line for line in shop.ask(STOREKEEPER, purchasing.get_delivery_sheet, order_ids=(order,)).lines
               if line.item_id == shop.tomatoes)  # fmt: skip
    assert rest.outstanding == D(2)
    line = NewDeliveryLine(shop.tomatoes, D(2), "箱", rest.order_line_id, lot="T-0310", expires_on=march(17))
    new = NewDelivery((line,), shop.supplier, "DN-32", (order,))
    assert shop.do(STOREKEEPER, purchasing.receive_delivery, new=new).orders == ((order, OrderState.RECEIVED),)
    assert shop.not_invoiced() == D("405.00")
    shop.clock.advance(hours=1)
    lot = next(row.lot_id for row in shop.ask(CHEF, stock.list_on_hand) if row.lot == "T-0309")
    shop.do(CHEF, stock.issue_goods, lines=(NewLine(shop.tomatoes, D(4), lot_id=lot),), purpose="kitchen")
    assert shop.stock() == D("379.00")


def the_invoice_bills_what_was_refused_and_two_more_for_a_case(shop: Shop, claim: int) -> InvoiceOutcome:
    """The refused case stands under the claim that was opened for it; the dearer price is accepted; nothing else differs."""
    shop.day(11)
    lines = (
        NewInvoiceLine(item_id=shop.tomatoes, qty=D(1), unit="箱", price=D(65)),
        NewInvoiceLine(item_id=shop.oil, qty=D(4), unit="桶", price=D(60)),
        NewInvoiceLine(item_id=shop.tomatoes, qty=D(2), unit="箱", price=D(52)),
        NewInvoiceLine(item_id=shop.tomatoes, qty=D(1), unit="箱", price=D(65), note="DN-31"),
    )
    new = NewInvoice(shop.supplier, "F-1001", march(11), lines)
    done: InvoiceOutcome = shop.do(BUYER, purchasing.enter_invoice, invoice=new)
    assert (done.state, done.verdict) == (InvoiceState.DIFFERENCES, Verdict.EXCEPTION)
    found = {one.kind: one for one in shop.ask(BUYER, purchasing.list_differences)}
    assert set(found) == {FindingKind.MORE_THAN_RECEIVED, FindingKind.PRICE}
    refused, dearer = found[FindingKind.MORE_THAN_RECEIVED], found[FindingKind.PRICE]
    claimed = {"invoice_id": done.invoice_id, "line_id": refused.line_id, "claim_id": claim}
    shop.do(BUYER, purchasing.claim_difference, **claimed)
    assert dearer.difference == D(4)
    accept: dict[str, Any] = {"match_ids": dearer.match_ids, "reason": "电话确认"}
    with pytest.raises(NotAllowed):
        shop.do(BUYER, purchasing.accept_difference, **accept)
    (after,) = shop.do(ACCOUNTANT, purchasing.accept_difference, **accept)
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    assert shop.not_invoiced() == 0
    assert shop.stock() == D("383.00")
    assert shop.owed() == D("516.66")
    return done


def the_credit_note_ends_the_claim(shop: Shop, claim: int, oldest: int) -> int:
    """The refused case under the claim, 15 off the price of the case that stayed: its cost is what was agreed again."""
    shop.day(12)
    lines = (
        NewInvoiceLine(item_id=shop.tomatoes, qty=D(1), unit="箱", price=D(65)),
        NewInvoiceLine(item_id=shop.tomatoes, amount=D(15)),
    )
    note = NewInvoice(shop.supplier, "C-77", march(12), lines, InvoiceKind.CREDIT_NOTE)
    done = shop.do(BUYER, purchasing.enter_invoice, invoice=note)
    refused, price = shop.ask(BUYER, purchasing.get_invoice, invoice_id=done.invoice_id).lines
    shop.do(BUYER, purchasing.credit_claim, line_id=refused.id, claim_id=claim)
    after = shop.do(BUYER, purchasing.match_line, line_id=price.id, entry_id=oldest)
    assert (after.state, after.verdict) == (InvoiceState.MATCHED, Verdict.PAY)
    card = shop.ask(BUYER, purchasing.get_claim, claim_id=claim)
    assert (card.row.state, card.row.credited, card.row.credit_note) == (ClaimState.CREDITED, D(80), "C-77")
    assert shop.stock() == D("374.00"), "what the kitchen took costs less as well"
    return int(done.invoice_id)


def it_is_paid(shop: Shop, invoices: tuple[int, ...]) -> None:
    """Approved, proposed with the credit taken off, the bank's file, booked."""
    shop.day(13)
    assert shop.do(ACCOUNTANT, purchasing.approve_invoices, invoice_ids=invoices) == 2
    (key,) = shop.do(ACCOUNTANT, purchasing.propose_payments, due_by=march(31), pay_on=march(13))
    made = shop.ask(ACCOUNTANT, purchasing.get_proposal, proposal_id=key)
    assert (made.row.total, [line.amount for line in made.lines], made.faults) == (
        D("429.46"), [D("516.66"), D("-87.20")], (),
    )  # fmt: skip
    version = shop.do(ACCOUNTANT, purchasing.export_proposal, proposal_id=key, version=1, way="csv")
    file = shop.ask(ACCOUNTANT, purchasing.get_payment_file, proposal_id=key)
    assert "429.46" in file.content.decode("utf-8-sig")
    assert shop.owed() == D("429.46")
    shop.do(ACCOUNTANT, purchasing.book_proposal, proposal_id=key, version=version)
    assert shop.ask(ACCOUNTANT, purchasing.get_proposal, proposal_id=key).row.state is ProposalState.PAID
    states = [shop.ask(ACCOUNTANT, purchasing.get_invoice, invoice_id=one).row.state for one in invoices]
    assert states == [InvoiceState.PAID] * 2
    yesterday = PayableFilter(on=march(12))
    assert shop.owed() == 0 and shop.ask(ACCOUNTANT, purchasing.list_payables, filters=yesterday)


def all_figures_say_what_happened(shop: Shop) -> None:
    """The scorecard, what is not invoiced, the claims, the month's review."""
    (row,) = shop.ask(BUYER, purchasing.list_scorecards, start=march(1), end=march(13))
    card = row.card
    shares = [(one.part, one.whole) for one in (card.on_time_first, card.on_time_last, card.in_full, card.rejected)]
    assert shares == [(0, 2), (2, 2), (1, 2), (1, 3)]
    assert card.lead_days is not None and card.lead_days.mean == 5
    assert (row.orders, row.lines, row.overdue, row.claims) == (1, 2, 0, 0)
    assert shop.ask(ACCOUNTANT, purchasing.list_not_invoiced) == []
    assert shop.ask(ACCOUNTANT, purchasing.list_differences) == []
    assert shop.ask(ACCOUNTANT, purchasing.sum_claims).expected == 0
    start = day_starts_at(march(1), "Asia/Shanghai", 4)
    review = shop.ask(ACCOUNTANT, costing.get_review, start=start, end=shop.clock.now() + timedelta(minutes=1))
    assert review.ties and review.total.value("closing") == shop.stock() == D("374.00")
    moved = {name: review.total.value(name) for name in ("opening", "receipts", "usage", "other_in", "other_out")}
    assert moved == {"opening": 0, "receipts": D("394.00"), "usage": D("20.00"), "other_in": 0, "other_out": 0}


def test_ten_days_of_buying(shop: Shop, site_url: str) -> None:
    order = what_the_kitchen_asks_for_is_ordered(shop)
    it_is_approved_by_who_stands_in_and_sent(shop, order)
    the_supplier_promises_friday_then_monday(shop, order)
    delivery = a_case_short_a_case_refused_a_case_dearer(shop, order)
    the_goods_are_labelled_and_put_away(shop, delivery)
    claim = it_is_claimed(shop, delivery)
    the_rest_comes_the_next_day(shop, order)
    invoice = the_invoice_bills_what_was_refused_and_two_more_for_a_case(shop, claim)
    received = shop.ask(STOREKEEPER, purchasing.get_receipt, receipt_id=delivery.receipt_id).lines[0]
    note = the_credit_note_ends_the_claim(shop, claim, received.entry_id)
    it_is_paid(shop, (invoice.invoice_id, note))
    all_figures_say_what_happened(shop)
    assert shop.state(order) is OrderState.RECEIVED
    assert not maintenance.verify_site(site_url).findings

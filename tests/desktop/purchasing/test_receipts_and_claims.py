"""What was received: list, reversal, quarantine, return; and claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from core import purchasing, stock
from core.office import Office
from core.purchasing import Delivery, NewDelivery, NewDeliveryLine
from core.words import ClaimKind, ClaimState, InspectionState, OrderState, SendWay
from desktop.context import AppContext
from desktop.purchasing.claims.page import ClaimsPage
from desktop.purchasing.claims.panel import ClaimPanel
from desktop.purchasing.receive.quarantine_page import QuarantinePage
from desktop.purchasing.receive.receipt_panel import ReceiptPanel
from desktop.purchasing.receive.receipts_page import ReceiptsPage
from desktop.purchasing.receive.return_page import ReturnPage
from desktop.widgets import FormPanel
from tests.core.purchasing.order_makers import get_order_row
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.receiving import Yard, make_yard
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Show = Callable[[Any], Any]
Settled = Callable[[], None]


@pytest.fixture
def yard(office_here: Office) -> Yard:
    return make_yard(office_here, qty="4")


@pytest.fixture
def delivery(office_here: Office, yard: Yard) -> Delivery:
    """Rice with one case refused, milk in quarantine."""
    lines = (
        NewDeliveryLine(
            yard.items["RIC"], D(3), "case", yard.lines["RIC"], rejected_qty=D(1), reject_reason=ClaimKind.DAMAGED
        ),
        NewDeliveryLine(
            yard.items["MLK"], D(2), "case", yard.lines["MLK"], lot="M-7", expires_on=date(2026, 3, 20),
            inspection=InspectionState.QUARANTINE,
        ),
    )  # fmt: skip
    new = NewDelivery(lines, yard.supplier, "DN-5", (yard.order,), claim=True)
    return office_here.do(purchasing.receive_delivery, new=new)


def notes(context: AppContext) -> NotingShell:
    """What pages told the frame."""
    assert isinstance(context.shell, NotingShell)
    return context.shell


def form_of(page: Any) -> FormPanel:
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    return panel


def test_receipts_show_what_came_and_one_is_taken_back(
    context: AppContext, yard: Yard, delivery: Delivery, office_here: Office, shown: Show, settled: Settled
) -> None:
    page: ReceiptsPage = shown(ReceiptsPage(context, receipt_id=delivery.receipt_id))
    settled()
    assert page.table.words_at(0, "number") == delivery.number
    assert page.table.words_at(0, "state") == "1 in quarantine"
    panel = page.panel()
    assert isinstance(panel, ReceiptPanel)
    assert nameless_controls(page) == []
    page.ask_reversal(office_here.ask(purchasing.get_receipt, receipt_id=delivery.receipt_id))
    form_of(page).form.set_values({"note": "wrong supplier"})
    form_of(page).save()
    settled()
    assert page.table.words_at(0, "state") == "Reversed"
    assert OrderState(office_here.ask(get_order_row, order_id=yard.order).state) is OrderState.SENT


def test_a_scanned_slip_shows_its_receipt(
    context: AppContext, delivery: Delivery, shown: Show, settled: Settled
) -> None:
    page: ReceiptsPage = shown(ReceiptsPage(context))
    page.scan(scan_of(delivery.number))
    settled()
    assert isinstance(page.panel(), ReceiptPanel)
    assert not page.scan(scan_of("16900000000014"))


def test_receipts_are_saved_as_a_file(
    context: AppContext, delivery: Delivery, shown: Show, settled: Settled, tmp_path: Any
) -> None:
    page: ReceiptsPage = shown(ReceiptsPage(context))
    page.file.save(tmp_path / "receipts.csv")
    settled()
    text = (tmp_path / "receipts.csv").read_text(encoding="utf-8-sig")
    assert delivery.number in text and "DN-5" in text


def test_quarantine_is_released_by_f2(
    context: AppContext, yard: Yard, delivery: Delivery, office_here: Office, shown: Show, settled: Settled
) -> None:
    page: QuarantinePage = shown(QuarantinePage(context))
    assert page.table.words_at(0, "item") == "Fresh milk"
    page.primary()
    form_of(page).save()
    settled()
    rows = office_here.ask(stock.list_on_hand, item_id=yard.items["MLK"])
    assert not any(row.is_blocked for row in rows)
    assert page.table.total() == 0


def test_quarantine_is_rejected_with_a_claim_and_sent_back(
    context: AppContext, yard: Yard, delivery: Delivery, office_here: Office, shown: Show, settled: Settled
) -> None:
    page: QuarantinePage = shown(QuarantinePage(context))
    page.reject()
    form_of(page).form.set_values({"send_back": True, "note": "smells"})
    form_of(page).save()
    settled()
    rows = office_here.ask(stock.list_on_hand, item_id=yard.items["MLK"])
    assert sum(row.qty for row in rows if row.lot == "M-7") == 0
    claims = office_here.ask(purchasing.list_claims)
    assert [row.asked for row in claims] == [D("276.00"), D("205.00")]
    assert notes(context).papers[-1].pdf.startswith(b"%PDF")


def test_a_claim_is_sent_and_credited(
    context: AppContext, delivery: Delivery, office_here: Office, shown: Show, settled: Settled
) -> None:
    assert delivery.claim_id is not None
    page: ClaimsPage = shown(ClaimsPage(context, claim_id=delivery.claim_id))
    settled()
    assert isinstance(page.panel(), ClaimPanel)
    card = office_here.ask(purchasing.get_claim, claim_id=delivery.claim_id)
    page.acts.send(card)
    form_of(page).form.set_values({"way": SendWay.PHONE})
    form_of(page).save()
    settled()
    card = office_here.ask(purchasing.get_claim, claim_id=delivery.claim_id)
    assert card.row.state is ClaimState.SENT
    page.acts.settle(card)
    form_of(page).form.set_values({"amount": D("100")})
    form_of(page).save()
    settled()
    card = office_here.ask(purchasing.get_claim, claim_id=delivery.claim_id)
    assert (card.row.state, card.row.expected) == (ClaimState.SENT, D("105.00"))
    page.acts.write_off(card)
    form_of(page).save()
    assert form_of(page).form.editor("note").error(), "a word is needed"
    form_of(page).form.set_values({"note": "too little to argue"})
    form_of(page).save()
    settled()
    assert office_here.ask(purchasing.get_claim, claim_id=delivery.claim_id).row.state is ClaimState.WRITTEN_OFF


def test_a_claim_by_hand(context: AppContext, yard: Yard, office_here: Office, shown: Show, settled: Settled) -> None:
    from desktop.purchasing.claims.new_panel import NewClaimPanel

    page: ClaimsPage = shown(ClaimsPage(context))
    page.new_claim()
    panel = page.panel()
    assert isinstance(panel, NewClaimPanel)
    assert nameless_controls(panel) == []
    panel.form.set_values({"supplier_id": yard.supplier})
    found: list[Any] = []
    panel._complete("Jasmine", found.extend)
    settled()
    panel.line_form.editor("item").set_value(found[0])
    panel._on_picked(found[0])
    settled()
    panel.line_form.set_values({"qty": D(2), "amount": D("410")})
    panel.save()
    settled()
    rows = office_here.ask(purchasing.list_claims)
    assert [(row.asked, row.lines, row.supplier_id) for row in rows] == [(D("410.00"), 1, yard.supplier)]


def test_goods_go_back_with_a_claim(
    context: AppContext, yard: Yard, delivery: Delivery, office_here: Office, shown: Show, settled: Settled
) -> None:
    page: ReturnPage = shown(ReturnPage(context, receipt_id=delivery.receipt_id))
    settled()
    assert page.table.total() == 2 and page.head_strip.value("supplier_id") == yard.supplier
    page.table.select_where(lambda row: row.known.item_id == yard.items["RIC"])
    page.bar.editor("qty").type_text("2")  # type: ignore[attr-defined]
    assert page.going()[0].credit() == D("410.00")
    page.post()
    settled()
    rows = office_here.ask(purchasing.list_claims)
    assert rows[0].asked == D("410.00") and rows[0].return_number
    assert "asks for the credit" in page.notice.text()
    assert notes(context).postings[-1].undo is not None
    assert next(one for one in page._lines if one.known.item_id == yard.items["RIC"]).left == D(1)


def test_more_than_came_is_refused_at_its_line(
    context: AppContext, yard: Yard, delivery: Delivery, shown: Show, settled: Settled
) -> None:
    page: ReturnPage = shown(ReturnPage(context, receipt_id=delivery.receipt_id))
    settled()
    page.table.select_where(lambda row: row.known.item_id == yard.items["RIC"])
    page.bar.editor("qty").type_text("9")  # type: ignore[attr-defined]
    page.post()
    settled()
    assert page.going()[0].error is not None and page.bar.editor("qty").error()
    assert nameless_controls(page) == []

"""Orders from approved to closed: who may, what is asked, what the supplier promised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from core import identity, purchasing
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, NotFound, Refused
from core.office import Office
from core.purchasing import NewOrderLine
from db.enums import ApprovalSubject, OrderState
from tests.core.purchasing.order_makers import (
    draft,
    get_order_row,
    list_line_rows,
    receive_for_test,
    take_back_for_test,
)
from tests.core.purchasing.people import sign_in_as
from tests.core.purchasing.test_orders import asked, edits, sent, state, version
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD

S = OrderState


@pytest.fixture
def line(office: Office) -> NewOrderLine:
    """5 kg at 20.00."""
    return NewOrderLine(make_item(office), D(5), price=D(20))


def role(office: Office, name: str) -> int:
    return next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == name)


def test_an_order_is_approved_and_that_is_taken_back(office: Office, line: NewOrderLine) -> None:
    key = draft(office, make_supplier(office), line)
    with pytest.raises(Conflict):
        office.do(purchasing.approve_order, order_id=key, version=7)
    standing = office.do(purchasing.approve_order, order_id=key, version=1, note="fine")
    assert (standing.state, standing.version) == (S.APPROVED, 2)
    with pytest.raises(Refused, match="approving is not possible"):
        office.do(purchasing.approve_order, order_id=key, version=2)
    assert office.do(purchasing.withdraw_approval, order_id=key, version=2).state is S.DRAFT
    card = office.ask(purchasing.get_order, order_id=key)
    assert [(one.is_withdrawn, one.amount, one.note) for one in card.approvals] == [
        (True, D("100.00"), ""), (False, D("100.00"), "fine"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        office.do(purchasing.approve_order, order_id=999, version=1)


def test_an_amount_over_the_limit_needs_the_role_or_somebody_who_stands_in(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office, currency="EUR")
    key = draft(office, supplier, line, rate=D(8))
    office.do(identity.set_own_pin, password=PASSWORD, new_pin="8642")
    limit: dict[str, Any] = {
        "subject": ApprovalSubject.ORDER,
        "limit_amount": D(700),
        "role_id": role(office, "Administrator"),
    }
    office.do(identity.set_approval_rule, **limit)
    sign_in_as(office, "Manager")
    with pytest.raises(NotAllowed, match="over 700"):
        office.do(purchasing.approve_order, order_id=key, version=1)
    office.do(purchasing.approve_order, order_id=key, version=1, stand_in=(ADMIN, "8642"))
    card = office.ask(purchasing.get_order, order_id=key)
    assert [(one.by, one.asked_by, one.amount) for one in card.approvals] == [(ADMIN, "Li Manager", D("800.00"))]


def test_an_approval_is_taken_back_by_who_gave_it_or_who_approves_purchases(office: Office, line: NewOrderLine) -> None:
    key = draft(office, make_supplier(office), line)
    office.do(identity.set_own_pin, password=PASSWORD, new_pin="8642")
    office.do(purchasing.approve_order, order_id=key, version=1)
    sign_in_as(office, "Buyer")
    assert "withdraw" not in office.ask(purchasing.get_order, order_id=key).can
    with pytest.raises(NotAllowed):
        office.do(purchasing.withdraw_approval, order_id=key, version=2)
    office.do(purchasing.withdraw_approval, order_id=key, version=2, stand_in=(ADMIN, "8642"))
    office.do(purchasing.approve_order, order_id=key, version=3)
    assert "withdraw" in office.ask(purchasing.get_order, order_id=key).can
    assert office.do(purchasing.withdraw_approval, order_id=key, version=4).state is S.DRAFT
    office.sign_in(ADMIN, PASSWORD)
    sign_in_as(office, "Storekeeper")
    with pytest.raises(NotAllowed):
        office.do(purchasing.approve_order, order_id=key, version=5)


def test_a_sent_order_that_became_dearer_is_approved_again(office: Office, line: NewOrderLine) -> None:
    from dataclasses import replace

    key = sent(office, make_supplier(office), line)
    office.do(identity.set_own_pin, password=PASSWORD, new_pin="8642")
    limit: dict[str, Any] = {
        "subject": ApprovalSubject.ORDER,
        "limit_amount": D(150),
        "role_id": role(office, "Administrator"),
    }
    office.do(identity.set_approval_rule, **limit)
    sign_in_as(office, "Manager")
    mine = edits(office, key)[0]
    dearer: dict[str, Any] = {"order_id": key, "version": 2, "lines": (replace(mine, qty=D(8)),)}
    with pytest.raises(NotAllowed, match="over 150"):
        office.do(purchasing.update_order, **dearer)
    assert office.do(purchasing.update_order, **dearer, stand_in=(ADMIN, "8642")).state is S.APPROVED
    less = office.do(purchasing.update_order, order_id=key, version=3, lines=(replace(mine, qty=D(7)),))
    assert less.state is S.APPROVED
    with pytest.raises(Refused, match="sent already"):
        office.do(purchasing.withdraw_approval, order_id=key, version=less.version)


def test_the_first_promise_is_kept_and_the_last_one_moves(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line, line)
    first, second = (one.id for one in office.ask(list_line_rows, order_id=key))
    confirm = purchasing.confirm_order
    standing = office.do(confirm, order_id=key, version=2, promised_on=date(2026, 3, 6), supplier_ref=" A-77 ")
    assert standing.state is S.CONFIRMED
    days = ((first, date(2026, 3, 9)), (second, date(2026, 3, 11)))
    office.do(confirm, order_id=key, version=3, line_days=days)
    row = office.ask(get_order_row, order_id=key)
    assert (row.first_promise, row.last_promise, row.supplier_ref) == (date(2026, 3, 6), date(2026, 3, 11), "A-77")
    board = office.ask(purchasing.list_due_board)
    assert [(one.due_on, one.lines, one.is_promised) for one in board.later] == [
        (date(2026, 3, 9), 1, True), (date(2026, 3, 11), 1, True),
    ]  # fmt: skip
    assert asked(office, confirm, order_id=key, version=4, promised_on=date(2026, 3, 1)) == "promised_on_passed"
    with pytest.raises(NotFound, match="not in this order"):
        office.do(confirm, order_id=key, version=5, line_days=((999, None),))
    with pytest.raises(InvalidInput, match="at most 60"):
        office.do(confirm, order_id=key, version=5, supplier_ref="x" * 61)
    unsent = draft(office, make_supplier(office, "S2"), line)
    with pytest.raises(Refused, match="confirming is not possible"):
        office.do(confirm, order_id=unsent, version=1)


def test_a_line_is_closed_and_waited_for_again(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line, line)
    first, second = (one.id for one in office.ask(list_line_rows, order_id=key))
    close: dict[str, Any] = {"order_id": key, "line_id": second}
    with pytest.raises(InvalidInput, match="Say why"):
        office.do(purchasing.close_line, **close, version=2, reason=" ")
    office.do(receive_for_test, order_id=key, came=(D(5), D(0)))
    after = office.do(purchasing.close_line, **close, version=3, reason="Out of season")
    assert after.state is S.RECEIVED and after.version == version(office, key)
    back = office.do(purchasing.reopen_line, **close, version=after.version)
    assert back.state is S.PART_RECEIVED and back.version == version(office, key)
    with pytest.raises(NotFound):
        office.do(purchasing.close_line, order_id=key, line_id=999, version=back.version, reason="x")
    unsent = draft(office, make_supplier(office, "S2"), line)
    with pytest.raises(Refused, match="on its way"):
        office.do(purchasing.close_line, order_id=unsent, line_id=first, version=1, reason="x")


def test_an_order_is_closed_and_opened_again(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line)
    with pytest.raises(InvalidInput, match="Say why"):
        office.do(purchasing.close_order, order_id=key, version=2, reason="")
    office.do(receive_for_test, order_id=key, came=(D(2),))
    assert office.do(purchasing.close_order, order_id=key, version=3, reason="Enough").state is S.CLOSED
    assert office.ask(purchasing.get_order, order_id=key).close_reason == "Enough"
    with pytest.raises(Refused, match="Possible: opening again"):
        office.do(purchasing.close_order, order_id=key, version=4, reason="Again")
    assert office.do(purchasing.reopen_order, order_id=key, version=4).state is S.PART_RECEIVED
    with pytest.raises(Refused, match="opening again is not possible"):
        office.do(purchasing.reopen_order, order_id=key, version=5)


def test_a_closed_order_stays_closed_when_its_receipt_is_taken_back(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line)
    receipt = office.do(receive_for_test, order_id=key, came=(D(2),))
    office.do(purchasing.close_order, order_id=key, version=3, reason="Enough")
    office.do(take_back_for_test, receipt_id=receipt, order_id=key)
    assert state(office, key) == "closed"


def test_an_order_is_cancelled_before_goods_come(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office)
    new, gone, came = draft(office, supplier, line), sent(office, supplier, line), sent(office, supplier, line)
    assert office.do(purchasing.cancel_order, order_id=new, version=1).state is S.CANCELLED
    with pytest.raises(InvalidInput, match="Say why"):
        office.do(purchasing.cancel_order, order_id=gone, version=2)
    assert office.do(purchasing.cancel_order, order_id=gone, version=2, reason="Rain").state is S.CANCELLED
    office.do(receive_for_test, order_id=came, came=(D(2),))
    with pytest.raises(Refused, match=r"cancelling is not possible\. Possible: "):
        office.do(purchasing.cancel_order, order_id=came, version=3, reason="Rain")
    with pytest.raises(Refused):
        office.do(purchasing.reopen_order, order_id=gone, version=3)


def test_what_is_possible_follows_state_and_rights(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office)
    new, gone = draft(office, supplier, line), sent(office, supplier, line)

    def ways(key: int) -> set[str]:
        return set(office.ask(purchasing.get_order, order_id=key).can)

    assert ways(new) == {"approve", "edit", "send", "cancel", "copy"}
    assert ways(gone) == {"send", "confirm", "edit", "receive", "close", "cancel", "copy", "close_line"}
    sign_in_as(office, "Cost reviewer")
    assert ways(new) == ways(gone) == set()
    with pytest.raises(NotAllowed):
        office.do(purchasing.send_order, order_id=new, version=1, way="phone")


def test_a_command_that_is_repeated_does_nothing_twice(office: Office, line: NewOrderLine) -> None:
    key = draft(office, make_supplier(office), line)
    first = office.do(purchasing.approve_order, request_id="one", order_id=key, version=1)
    assert office.do(purchasing.approve_order, request_id="one", order_id=key, version=1) == first
    assert version(office, key) == 2
    with pytest.raises(NeedsConfirmation):
        office.do(purchasing.copy_order, order_id=key, deliver_on=date(2026, 3, 1))

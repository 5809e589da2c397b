"""Orders by hand: made, changed, copied, and what is asked and refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from core import catalog, purchasing
from core.catalog import NewTerm
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotFound, Refused
from core.i18n import Name
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine, OrderLineEdit
from db.enums import OrderState, SendWay
from tests.core.purchasing.order_makers import draft, get_order_row, list_line_rows, receive_for_test
from tests.core.purchasing.test_order_steps import case_item
from tests.factories import make_item, make_supplier

S = OrderState
PHONE = SendWay.PHONE


def edits(office: Office, order_id: int) -> tuple[OrderLineEdit, ...]:
    """The lines as a form shows them."""
    return tuple(
        OrderLineEdit(one.id, one.item_id, one.qty, one.unit, one.price, bool(one.is_free), one.note, one.tax_rate)
        for one in office.ask(list_line_rows, order_id=order_id)
    )


def version(office: Office, order_id: int) -> int:
    return int(office.ask(get_order_row, order_id=order_id).version)


def state(office: Office, order_id: int) -> str:
    return str(office.ask(get_order_row, order_id=order_id).state)


def sent(office: Office, supplier: int, *lines: NewOrderLine, **over: Any) -> int:
    """An order that went by phone."""
    key = draft(office, supplier, *lines, **over)
    office.do(purchasing.send_order, order_id=key, version=1, way=PHONE)
    return key


def asked(office: Office, command: Any, **facts: Any) -> str:
    """The key of the question, then the same call with the answer goes through."""
    with pytest.raises(NeedsConfirmation) as question:
        office.do(command, **facts)
    assert question.value.text.render("zh") != question.value.text.render("en")
    office.do(command, **facts, confirmed=frozenset({question.value.key}))
    return question.value.key


def test_an_order_is_made_from_a_form(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    new = NewOrder(supplier, (NewOrderLine(item, D(5), price=D("3.2")),), deliver_on=date(2026, 3, 6), note=" a ")
    key = office.do(purchasing.create_order, order=new)
    row = office.ask(get_order_row, order_id=key)
    assert (row.state, row.note, row.deliver_on, row.version) == ("draft", "a", date(2026, 3, 6), 1)


def test_slips_are_asked_about(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    line = NewOrderLine(item, D(5), price=D(3))
    sent(office, supplier, line)
    office.do(catalog.save_term, item_id=item, term=NewTerm(supplier, price=D(3)))
    make = purchasing.create_order
    assert asked(office, make, order=NewOrder(supplier, (replace(line, qty=D(50)),))) == "slips"
    assert asked(office, make, order=NewOrder(supplier, (replace(line, price=D(300)),))) == "slips"
    assert asked(office, make, order=NewOrder(supplier, (replace(line, price=D(0)),))) == "slips"
    assert asked(office, make, order=NewOrder(supplier, (line,), deliver_on=date(2026, 3, 1))) == "deliver_on_passed"
    with pytest.raises(NeedsConfirmation) as both:
        office.do(make, order=NewOrder(supplier, (line, replace(line, qty=D(500), price=D(30)))))
    assert both.value.text.render("en") == (
        "Line 2: 30 is about 10 times the usual 3. Is that right?\n"
        "Line 2: 500 is about 100 times the usual 5. Is that right?"
    )
    office.do(make, order=NewOrder(supplier, (line, replace(line, price=D(0), is_free=True))))
    office.do(make, order=NewOrder(supplier, (replace(line, price=D("3.9")),)))


def test_another_currency_than_the_suppliers_is_asked_about(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    new = NewOrder(supplier, (NewOrderLine(item, D(5), price=D(3)),), currency="eur", rate=D("7.8"))
    assert asked(office, purchasing.create_order, order=new) == "other_currency"


def test_wrong_orders_are_refused(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    office.do(catalog.block_supplier, supplier_id=supplier, version=1, note="Late")
    line = NewOrderLine(item, D(1), price=D(1))
    with pytest.raises(Refused, match="blocked"):
        office.do(purchasing.create_order, order=NewOrder(supplier, (line,)))
    other = make_supplier(office, "S2")
    for wrong in (replace(line, price=D(-1)), replace(line, qty=D(-1)), replace(line, tax_rate=D(100))):
        with pytest.raises(InvalidInput):
            office.do(purchasing.create_order, order=NewOrder(other, (wrong,)))
    with pytest.raises(InvalidInput, match="six decimals"):
        office.do(purchasing.create_order, order=NewOrder(other, (replace(line, price=D("0.1234567")),)))


def test_a_draft_is_changed_line_by_line(office: Office) -> None:
    supplier = make_supplier(office)
    item, other = case_item(office, supplier), make_item(office, "ONI-001")
    key = draft(office, supplier, NewOrderLine(item, D(3)), NewOrderLine(other, D(4), price=D(2)))
    first, second = edits(office, key)
    mine = (replace(first, qty=D(4)), OrderLineEdit(None, item, D(24), "kg"))
    standing = office.do(
        purchasing.update_order, order_id=key, version=1, changes={"note": "Back door"}, lines=mine,
    )  # fmt: skip
    assert (standing.state, standing.version) == (S.DRAFT, 2)
    lines = office.ask(list_line_rows, order_id=key)
    assert [(one.line, one.qty, one.unit, one.price, one.amount) for one in lines] == [
        (1, D(4), "case", D(60), 24000), (2, D(24), "kg", D(5), 12000),
    ]  # fmt: skip
    same = office.do(purchasing.update_order, order_id=key, version=2, lines=edits(office, key))
    assert same.version == 2
    with pytest.raises(InvalidInput, match="at least one line"):
        office.do(purchasing.update_order, order_id=key, version=2, lines=())
    with pytest.raises(NotFound):
        office.do(purchasing.update_order, order_id=key, version=2, lines=(replace(second, id=9999),))
    with pytest.raises(InvalidInput, match="no field"):
        office.do(purchasing.update_order, order_id=key, version=2, changes={"state": "sent"})


def test_two_people_change_one_order(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    key = draft(office, supplier, NewOrderLine(item, D(3), price=D(2)), NewOrderLine(item, D(7), price=D(2)))
    base = edits(office, key)
    theirs = (replace(base[0], qty=D(5)), base[1], OrderLineEdit(None, item, D(1), "kg", D(1)))
    office.do(purchasing.update_order, order_id=key, version=1, changes={"note": "x"}, base={"note": ""}, lines=theirs)
    mine = (replace(base[0], price=D(3)), base[1])
    update: dict[str, Any] = {"order_id": key, "version": 1, "base_lines": base}
    office.do(purchasing.update_order, **update, changes={"own_note": "y"}, base={"own_note": ""}, lines=mine)
    row, lines = office.ask(get_order_row, order_id=key), office.ask(list_line_rows, order_id=key)
    assert (row.note, row.own_note, len(lines)) == ("x", "y", 3)
    assert (lines[0].qty, lines[0].price, lines[0].amount) == (D(5), D(3), 1500)
    with pytest.raises(Conflict) as hit:
        office.do(purchasing.update_order, **update, lines=(replace(base[0], qty=D(4)), base[1]))
    field = f"{base[0].id}.qty"
    assert (hit.value.base[field], hit.value.mine[field], hit.value.theirs[field]) == (D(3), D(4), D(5))
    with pytest.raises(Conflict):
        office.do(purchasing.update_order, order_id=key, version=1, changes={"note": "z"}, base={"note": ""})
    office.do(purchasing.update_order, **update, lines=(base[0],))
    assert [one.line for one in office.ask(list_line_rows, order_id=key)] == [1, 3]


def test_an_approved_order_whose_lines_change_is_a_draft_again(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    key = draft(office, supplier, NewOrderLine(item, D(3), price=D(2)))
    office.do(purchasing.approve_order, order_id=key, version=1)
    kept = office.do(purchasing.update_order, order_id=key, version=2, changes={"deliver_on": date(2026, 3, 9)})
    assert kept.state is S.APPROVED
    lines = (replace(edits(office, key)[0], qty=D(4)),)
    assert office.do(purchasing.update_order, order_id=key, version=3, lines=lines).state is S.DRAFT
    card = office.ask(purchasing.get_order, order_id=key)
    assert [(one.is_withdrawn, one.amount) for one in card.approvals] == [(True, D("6.00")), (False, D("6.00"))]


def test_a_sent_order_that_changes_waits_to_be_sent_anew(office: Office) -> None:
    supplier, item = make_supplier(office), make_item(office)
    key = sent(office, supplier, NewOrderLine(item, D(3), price=D(2)))
    office.do(purchasing.confirm_order, order_id=key, version=2, promised_on=date(2026, 3, 6))
    line = edits(office, key)[0]
    assert office.do(purchasing.update_order, order_id=key, version=3, changes={"own_note": "a"}).state is S.CONFIRMED
    after = office.do(purchasing.update_order, order_id=key, version=4, lines=(replace(line, qty=D(2)),))
    assert after.state is S.APPROVED
    card = office.ask(purchasing.get_order, order_id=key)
    assert card.row.is_changed and [(one.before, one.after) for one in card.unsent] == [(D(3), D(2))]
    back = office.do(purchasing.update_order, order_id=key, version=after.version, lines=(line,))
    assert back.state is S.SENT


def test_lines_that_came_stay(office: Office) -> None:
    supplier, item, other = make_supplier(office), make_item(office), make_item(office, "ONI-001")
    key = sent(office, supplier, NewOrderLine(item, D(10), price=D(2)), NewOrderLine(other, D(5), price=D(2)))
    office.do(receive_for_test, order_id=key, came=(D(6), D(5)))
    first, second = edits(office, key)
    now = version(office, key)
    update: dict[str, Any] = {"order_id": key, "version": now}
    with pytest.raises(Refused, match="6 have come already"):
        office.do(purchasing.update_order, **update, lines=(replace(first, qty=D(5)), second))
    with pytest.raises(Refused, match="its line stays"):
        office.do(purchasing.update_order, **update, lines=(second,))
    with pytest.raises(Refused, match="its item stays"):
        office.do(purchasing.update_order, **update, lines=(replace(first, item_id=other, unit="kg"), second))
    after = office.do(purchasing.update_order, **update, lines=(replace(first, qty=D(6)), second))
    assert after.state is S.RECEIVED and after.version == version(office, key)
    with pytest.raises(Refused, match="changing is not possible"):
        office.do(purchasing.update_order, order_id=key, version=after.version, changes={"note": "x"})


def test_an_order_is_copied_with_todays_prices(office: Office) -> None:
    supplier = make_supplier(office)
    item, other, gone = case_item(office, supplier), make_item(office, "ONI-001"), make_item(office, "OLD-001")
    lines = [NewOrderLine(item, D(3), price=D(50)), NewOrderLine(other, D(4), price=D(2)), NewOrderLine(gone, D(1))]
    key = draft(office, supplier, *lines, note="Back door")
    office.do(catalog.retire_item, item_id=gone, version=1)
    copied = office.do(purchasing.copy_order, order_id=key, deliver_on=date(2026, 3, 9))
    row = office.ask(get_order_row, order_id=copied.order_id)
    assert (row.copied_from_id, row.note, row.deliver_on, row.state) == (key, "Back door", date(2026, 3, 9), "draft")
    assert [one.price for one in office.ask(list_line_rows, order_id=copied.order_id)] == [D(60), D(2)]
    assert copied.left_out == (Name("物料 OLD-001"),)
    with pytest.raises(NotFound):
        office.do(purchasing.copy_order, order_id=9999)

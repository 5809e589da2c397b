"""What changed between two sendings, merging two people's lines, requests that an order serves: whatever the lines are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import purchasing
from core.errors import Conflict, Refused
from core.office import Office
from core.purchasing import NewOrderLine, OrderLineEdit
from core.purchasing.rules.order_changes import changes_between, facts_of, is_same
from core.purchasing.rules.orders import line_amount, outstanding, price_in
from core.purchasing.steps.orders.merge import merged_lines
from db.enums import RequestState
from tests.core.purchasing.order_makers import draft, list_line_rows
from tests.core.purchasing.test_orders import edits, sent
from tests.core.purchasing.test_requests import make_request, state_of
from tests.factories import make_item, make_supplier

HEAD = {"deliver_on": None, "place": "", "currency": "CNY", "note": "", "total": 0}
QTY = st.integers(1, 99).map(D)


def stored(line: OrderLineEdit) -> dict[str, Any]:
    return {
        "id": line.id, "line": line.id, "code": f"I{line.item_id}", "name": "x", "name_en": "", "unit": line.unit,
        "note": line.note, "is_free": line.is_free, "is_closed": False, "qty": line.qty, "price": line.price,
        "tax_rate": D(13), "amount": 0,
    }  # fmt: skip


def facts(lines: list[OrderLineEdit]) -> dict[str, Any]:
    return facts_of(HEAD, [stored(line) for line in lines])


LINES = st.lists(
    st.builds(OrderLineEdit, st.integers(1, 6), st.integers(1, 3), QTY, st.just("kg"), st.none() | QTY),
    max_size=5, unique_by=lambda line: line.id,
)  # fmt: skip


@given(before=LINES, after=LINES)
def test_changes_name_every_line_that_differs_and_no_other(
    before: list[OrderLineEdit], after: list[OrderLineEdit]
) -> None:
    old, new = {line.id: line for line in before}, {line.id: line for line in after}
    found = changes_between(facts(before), facts(after))
    by_kind = {kind: {one.line for one in found if one.kind == kind} for kind in ("added", "removed", "changed")}
    assert by_kind["added"] == set(new) - set(old)
    assert by_kind["removed"] == set(old) - set(new)
    assert by_kind["changed"] == {key for key in set(old) & set(new) if old[key] != new[key]}
    assert is_same(facts(before), facts(after)) == (sorted(before, key=repr) == sorted(after, key=repr))
    assert changes_between(None, facts(after)) == ()


@given(lines=LINES, mine=LINES)
def test_a_fresh_form_always_gets_its_way(lines: list[OrderLineEdit], mine: list[OrderLineEdit]) -> None:
    known = {line.id for line in lines}
    wanted = [line for line in mine if line.id in known]
    changed, removed = merged_lines(lines, wanted, None, is_stale=False)
    after = {line.id: replace(line, **changed.get(line.id or 0, {})) for line in lines if line.id not in removed}  # type: ignore[arg-type]
    assert after == {line.id: line for line in wanted}


@given(base=LINES, data=st.data())
def test_fields_only_one_person_touched_are_merged(base: list[OrderLineEdit], data: st.DataObject) -> None:
    theirs = [replace(line, qty=data.draw(QTY)) for line in base]
    mine = [replace(line, note="mine") for line in base]
    changed, removed = merged_lines(theirs, mine, base, is_stale=True)
    assert removed == set()
    assert changed == {line.id: {"note": "mine"} for line in base}
    clash = [replace(line, qty=line.qty + 100) for line in base]
    really = [line for line, other in zip(base, theirs, strict=True) if line != other]
    if really:
        with pytest.raises(Conflict):
            merged_lines(theirs, clash, base, is_stale=True)


@given(ordered=st.integers(0, 10**9), received=st.integers(0, 10**9))
def test_outstanding_is_never_below_zero(ordered: int, received: int) -> None:
    assert outstanding(ordered, received) == max(ordered - received, 0)


def test_amounts_are_rounded_half_up_and_free_goods_cost_nothing() -> None:
    assert line_amount(D(1), D("0.005"), 2) == 1
    assert line_amount(D(3), None, 2) == line_amount(D(3), D(9), 2, is_free=True) == 0
    assert line_amount(D("2.5"), D(3), 0) == 8
    assert price_in(D(100), D(3), D(1)) == D("33.333333")


def test_an_order_serves_requests_until_it_is_cancelled(office: Office) -> None:
    item, supplier = make_item(office), make_supplier(office)
    wanted = [make_request(office, purchasing.NewRequestLine(item, D(2)), is_submitted=True) for _number in range(2)]
    for key in wanted:
        office.do(purchasing.approve_request, purchase_request_id=key)
    lines = [office.ask(purchasing.get_request, purchase_request_id=key).lines[0].id for key in wanted]
    new = NewOrderLine(item, D(2), price=D(3))
    order = sent(
        office, supplier, replace(new, request_line_ids=(lines[0],)), replace(new, request_line_ids=(lines[1],))
    )
    assert [state_of(office, key) for key in wanted] == [RequestState.ORDERED] * 2
    card = office.ask(purchasing.get_request, purchase_request_id=wanted[0])
    assert card.lines[0].order_line_id == office.ask(list_line_rows, order_id=order)[0].id
    with pytest.raises(Refused):
        draft(office, supplier, replace(new, request_line_ids=(lines[0],)))
    office.do(purchasing.update_order, order_id=order, version=2, lines=edits(office, order)[:1])
    assert [state_of(office, key) for key in wanted] == [RequestState.ORDERED, RequestState.APPROVED]
    office.do(purchasing.cancel_order, order_id=order, version=3, reason="Rain")
    assert [state_of(office, key) for key in wanted] == [RequestState.APPROVED] * 2

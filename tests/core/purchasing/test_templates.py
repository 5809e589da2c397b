"""Order templates: saved by hand or from an order, used with today's prices, retired."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core import catalog, purchasing
from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine, NewTemplate, NewTemplateLine
from tests.core.purchasing.test_needs import bought
from tests.factories import make_supplier

D = Decimal


def save(office: Office, item: int, supplier: int, **over: object) -> int:
    new = NewTemplate("周五蔬菜", supplier, (NewTemplateLine(item, D(3)),), note="早上送")
    return office.do(purchasing.save_template, new=replace(new, **over))  # type: ignore[arg-type]


def test_a_template_makes_a_draft_with_the_prices_of_today(office: Office) -> None:
    supplier = make_supplier(office)
    item = bought(office, supplier_id=supplier)
    template = save(office, item, supplier)
    (row,) = office.ask(purchasing.list_templates)
    assert (row.name, row.supplier_id, row.note) == ("周五蔬菜", supplier, "早上送")
    assert [(line.item_id, line.qty, line.unit) for line in row.lines] == [(item, D(3), "箱")]
    made = office.do(purchasing.order_from_template, template_id=template)
    assert (made.lines, made.value, made.supplier_id) == (1, D("150.00"), supplier)


def test_an_order_becomes_a_template(office: Office) -> None:
    supplier = make_supplier(office)
    item = bought(office, supplier_id=supplier)
    order = NewOrder(supplier, (NewOrderLine(item, D(2), price=D(40)), NewOrderLine(item, D(1), is_free=True)))
    (made,) = office.do(purchasing.make_orders, choices=(order,))
    office.do(purchasing.save_template_from_order, order_id=made.order_id, name="  Weekly   order ")
    (row,) = office.ask(purchasing.list_templates, supplier_id=supplier)
    assert row.name == "Weekly order"
    assert [(line.qty, line.unit) for line in row.lines] == [(D(2), "箱")], "free goods are left out"
    with pytest.raises(NotFound):
        office.do(purchasing.save_template_from_order, order_id=999, name="x")


def test_a_template_is_changed_retired_and_offered_again(office: Office) -> None:
    supplier = make_supplier(office)
    item = bought(office, supplier_id=supplier)
    template = save(office, item, supplier)
    new = NewTemplate("周六", supplier, (NewTemplateLine(item, D(30), "kg"),))
    office.do(purchasing.save_template, new=new, template_id=template, version=1)
    with pytest.raises(Conflict):
        office.do(purchasing.save_template, new=new, template_id=template, version=1)
    (row,) = office.ask(purchasing.list_templates)
    assert (row.version, row.lines[0].qty, row.lines[0].unit) == (2, D(30), "kg")
    office.do(purchasing.retire_template, template_id=template)
    assert office.ask(purchasing.list_templates) == []
    assert [one.is_active for one in office.ask(purchasing.list_templates, with_retired=True)] == [False]
    with pytest.raises(Refused):
        office.do(purchasing.order_from_template, template_id=template)
    other = save(office, item, supplier, name="周六")
    with pytest.raises(InvalidInput):
        office.do(purchasing.reactivate_template, template_id=template)
    office.do(purchasing.retire_template, template_id=other)
    office.do(purchasing.reactivate_template, template_id=template)
    assert [one.id for one in office.ask(purchasing.list_templates)] == [template]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"supplier_id": 99}, "supplier"),
        ({"lines": ()}, "lines"),
        ({"lines": (NewTemplateLine(99, D(1)),)}, "item"),
        ({"lines": (NewTemplateLine(1, D(0)),)}, "qty"),
        ({"lines": (NewTemplateLine(1, D(1), "pallet"),)}, "unit"),
    ],
)
def test_what_is_wrong_in_a_template_is_said(office: Office, over: dict[str, object], field: str) -> None:
    supplier = make_supplier(office)
    item = bought(office, supplier_id=supplier)
    with pytest.raises(InvalidInput) as caught:
        save(office, item, supplier, **over)
    assert caught.value.field == field
    assert office.ask(purchasing.list_templates) == []


def test_what_can_no_longer_be_ordered_is_named(office: Office) -> None:
    supplier = make_supplier(office)
    item = bought(office, supplier_id=supplier)
    template = save(office, item, supplier)
    with pytest.raises(InvalidInput):
        save(office, item, supplier)
    office.do(catalog.retire_item, item_id=item, version=1)
    with pytest.raises(Refused) as caught:
        office.do(purchasing.order_from_template, template_id=template)
    assert caught.value.row == 1
    with pytest.raises(NotFound):
        office.do(purchasing.order_from_template, template_id=999)

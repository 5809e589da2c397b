"""Cleaning up: pairs that are not one item, several items retired at once, what one supplier sells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog
from core.catalog import Break, NewTerm
from core.errors import InvalidInput, NotFound
from core.office import Office
from tests.core.catalog.makers import found, make_item, make_supplier, version_of

D = Decimal


def test_a_pair_that_is_no_duplicate_is_not_proposed_again(office: Office) -> None:
    first, second, third = (make_item(office, "雪花啤酒 500 ml", code=f"B-{n}") for n in (1, 2, 3))
    pairs = [(pair.first.id, pair.second.id) for pair in office.ask(catalog.list_duplicates)]
    assert pairs == [(first, second), (first, third), (second, third)]
    for _twice in range(2):
        office.do(catalog.dismiss_duplicate, first_id=second, second_id=first)
    pairs = [(pair.first.id, pair.second.id) for pair in office.ask(catalog.list_duplicates)]
    assert (first, second) not in pairs
    assert (first, third) in pairs
    with pytest.raises(InvalidInput):
        office.do(catalog.dismiss_duplicate, first_id=first, second_id=first)
    with pytest.raises(NotFound):
        office.do(catalog.dismiss_duplicate, first_id=first, second_id=999)


def test_several_items_are_retired_at_once(office: Office) -> None:
    ids = [make_item(office, f"物料{n}", code=f"A-{n}") for n in range(3)]
    office.do(catalog.retire_item, item_id=ids[0], version=1)
    assert office.do(catalog.retire_items, item_ids=ids) == 2
    assert found(office, "物料") == []
    assert [version_of(office, key) for key in ids] == [2, 2, 2]
    assert office.do(catalog.retire_items, item_ids=[]) == 0


def test_what_a_supplier_sells_stands_on_its_card(office: Office) -> None:
    supplier, other = make_supplier(office), make_supplier(office, "别家")
    plain, packed = make_item(office, "盐", code="S"), make_item(office, "番茄", code="T", purchase_unit="kg")
    office.do(catalog.save_term, item_id=plain, term=NewTerm(supplier, price=D("2.5"), lead_days=2))
    office.do(
        catalog.save_term, item_id=packed,
        term=NewTerm(supplier, "FQ", price=D("7"), rank=2, breaks=(Break(D(10), D("6.5")),)),
    )  # fmt: skip
    office.do(catalog.save_term, item_id=plain, term=NewTerm(other, price=D("3")))
    rows = office.ask(catalog.list_supplier_terms, supplier_id=supplier)
    assert [(row.code, row.unit, row.price, row.rank) for row in rows] == [
        ("T", "kg", D(7), 2),
        ("S", "kg", D("2.5"), 1),
    ]
    assert rows[0].supplier_code == "FQ"
    assert rows[1].title("en") == "盐"

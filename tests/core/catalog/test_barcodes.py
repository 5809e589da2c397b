"""Barcodes of items: many for one, each for a unit; codes of our own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import catalog
from core.catalog import NewBarcode, is_gtin
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound
from core.office import Office
from tests.core.catalog.makers import make_item


def test_a_barcode_that_is_taken_names_its_item(office: Office) -> None:
    make_item(office, "可乐", "瓶", code="COLA", barcodes=(NewBarcode("036000291452"),))
    other = make_item(office, "雪碧", "瓶")
    with pytest.raises(InvalidInput) as caught:
        office.do(catalog.add_barcode, item_id=other, barcode=NewBarcode("0036000291452"))
    assert caught.value.field == "barcode"
    assert "COLA 可乐" in str(caught.value)


def test_barcodes_come_and_go(office: Office) -> None:
    item_id = make_item(office, "可乐", "瓶")
    key = office.do(catalog.add_barcode, item_id=item_id, barcode=NewBarcode("6901234567892"))
    assert office.ask(catalog.search_items, text="690123")[0].barcode == "6901234567892"
    office.do(catalog.remove_barcode, barcode_id=key)
    assert office.ask(catalog.search_items, text="690123") == []
    with pytest.raises(NotFound):
        office.do(catalog.remove_barcode, barcode_id=key)
    with pytest.raises(InvalidInput):
        office.do(catalog.add_barcode, item_id=item_id, barcode=NewBarcode("X1", unit="箱"))
    with pytest.raises(NotFound):
        office.do(catalog.add_barcode, item_id=item_id, barcode=NewBarcode("X1", supplier_id=9))


def test_codes_of_our_own_are_made_one_after_the_other(office: Office) -> None:
    item_id = make_item(office, "散装米")
    taken = catalog.internal_barcode(2)
    office.do(catalog.add_barcode, item_id=item_id, barcode=NewBarcode(taken))
    made = [office.do(catalog.make_barcode, item_id=item_id) for _time in range(3)]
    assert len({*made, taken}) == 4
    assert all(is_gtin(code) and code.startswith("29") for code in made)
    card = office.ask(catalog.get_item, item_id=item_id)
    assert [one.is_internal for one in card.barcodes] == [False, True, True, True]
    hit = office.ask(catalog.find_by_barcode, code=made[1])
    assert hit is not None
    assert hit.item.id == item_id


def test_a_barcode_whose_last_day_has_passed_finds_nothing(office: Office, clock: FixedClock) -> None:
    item_id = make_item(office, "限时装", "瓶")
    office.do(catalog.add_barcode, item_id=item_id, barcode=NewBarcode("P1", valid_to=date(2026, 3, 4)))
    assert office.ask(catalog.find_by_barcode, code="P1") is not None
    clock.at += timedelta(days=1)
    assert office.ask(catalog.find_by_barcode, code="P1") is None

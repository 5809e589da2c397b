"""Search as people type and scan (R-12)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog
from core.catalog import ItemFilter, NewBarcode, NewItem, NewTerm, PackUnit
from core.errors import InvalidInput
from core.office import Office
from tests.core.catalog.makers import found, make_item, make_items, make_supplier

D = Decimal


@pytest.fixture
def stocked(office: Office) -> Office:
    farm = make_supplier(office)
    make_items(
        office,
        [
            NewItem("制动片", "个", "BRK-001", "Brake pad", aliases=("刹车片",), spec="前轮", brand="Bosch"),
            NewItem("制动盘", "个", "BRK-002", "Brake disc"),
            NewItem("番茄", "kg", "VEG-001", "Tomato", aliases=("西红柿",), terms=(NewTerm(farm, "F-77"),)),
            NewItem("番茄酱 500g", "瓶", "DRY-001", "Tomato sauce", pack_units=(PackUnit("箱", D(12)),),
                    barcodes=(NewBarcode("6901234567892"), NewBarcode("16901234567899", "箱"))),
            NewItem("100% 橙汁", "瓶", "DRK_1", "Orange juice"),
            NewItem("重庆小面", "包", "DRY-002", "Chongqing noodles"),
            NewItem("Ketchup", "瓶", "ZDP-9", "Ketchup"),
        ],
    )  # fmt: skip
    return office


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("brk-001", ["BRK-001"]),
        ("BRK001", ["BRK-001"]),
        ("ＢＲＫ－００１", ["BRK-001"]),
        ("brk", ["BRK-002", "BRK-001"]),
        ("制动", ["BRK-002", "BRK-001"]),
        ("动片", ["BRK-001"]),
        ("刹车", ["BRK-001"]),
        ("xhs", ["VEG-001"]),
        ("fq", ["VEG-001", "DRY-001"]),
        ("fanqie", ["VEG-001", "DRY-001"]),
        ("FQJ", ["DRY-001"]),
        ("番茄酱500", ["DRY-001"]),
        ("cqxm", ["DRY-002"]),
        ("pad brake", ["BRK-001"]),
        ("BOSCH 前轮", ["BRK-001"]),
        ("sauce tom", ["DRY-001"]),
        ("f-77", ["VEG-001"]),
        ("6901234567892", ["DRY-001"]),
        ("4567892", ["DRY-001"]),
        ("100%", ["DRK_1"]),
        ("k_1", ["DRK_1"]),
        ("%", ["DRK_1"]),
        ("brake 盘", ["BRK-002"]),
        ("nothing", []),
        ("\\", []),
        ("'; drop table item; --", []),
    ],
)
def test_items_are_found_as_people_type(stocked: Office, text: str, codes: list[str]) -> None:
    assert found(stocked, text) == codes


def test_the_best_fit_stands_first(stocked: Office) -> None:
    assert found(stocked, "zdp") == ["ZDP-9", "BRK-002", "BRK-001"]
    make_item(stocked, "炒番茄", code="A-1")
    make_item(stocked, "其他", code="番茄")
    assert found(stocked, "番茄") == ["番茄", "VEG-001", "DRY-001", "A-1"]


def test_an_empty_text_lists_by_name_and_pages_follow(stocked: Office) -> None:
    everything = found(stocked, "")
    assert len(everything) == 7
    assert found(stocked, "", limit=3) + found(stocked, "", limit=50, offset=3) == everything
    assert found(stocked, "brk", limit=1, offset=1) == ["BRK-001"]
    with pytest.raises(InvalidInput):
        found(stocked, "", limit=0)


def test_filters_hold_while_searching(stocked: Office) -> None:
    dry = stocked.do(catalog.create_category, name="干货")
    row = stocked.ask(catalog.search_items, text="fqj")[0]
    version = stocked.ask(catalog.get_item, item_id=row.id).version
    stocked.do(catalog.update_item, item_id=row.id, version=version, changes={"category_id": dry})
    assert found(stocked, "番茄", filters=ItemFilter(category_id=dry)) == ["DRY-001"]
    farm = stocked.ask(catalog.list_suppliers)[0].id
    assert found(stocked, "番茄", filters=ItemFilter(supplier_id=farm)) == ["VEG-001"]
    assert stocked.ask(catalog.list_supplier_items, supplier_id=farm) == [found_id(stocked, "VEG-001")]
    assert stocked.ask(catalog.count_items, filters=ItemFilter(text="番茄", supplier_id=farm)) == 1
    assert stocked.ask(catalog.count_items_by, filters=ItemFilter(text="番茄"), by="supplier") == {str(farm): 1}


def found_id(office: Office, code: str) -> int:
    row = office.ask(catalog.find_item, code=code)
    assert row is not None
    return row.id


def test_a_scan_of_the_case_counts_the_case(stocked: Office) -> None:
    hit = stocked.ask(catalog.find_by_barcode, code="16901234567899")
    assert hit is not None
    assert (hit.item.code, hit.unit, hit.factor) == ("DRY-001", "箱", D(12))
    single = stocked.ask(catalog.find_by_barcode, code="06901234567892")
    assert single is not None
    assert (single.unit, single.factor) == ("瓶", D(1))


def test_a_scan_of_an_item_code_finds_it_too(stocked: Office) -> None:
    for code in ("BRK-001", " brk-001 ", "ｂｒｋ-001"):
        hit = stocked.ask(catalog.find_by_barcode, code=code)
        assert hit is not None
        assert hit.item.code == "BRK-001"
    for code in ("", "   ", "6900000000000", "x" * 5000):
        assert stocked.ask(catalog.find_by_barcode, code=code) is None


def test_a_scan_of_5000_characters_is_only_not_found(stocked: Office) -> None:
    assert found(stocked, "无" * 5000) == []
    assert found(stocked, "qx9 " * 1250) == []


def test_a_scan_is_found_by_the_best_code_that_anybody_knows(stocked: Office) -> None:
    hit = stocked.ask(catalog.find_by_codes, codes=("4006381333931", "16901234567899"))
    assert hit is not None
    assert (hit.item.code, hit.unit, hit.factor) == ("DRY-001", "箱", D(12))
    known = stocked.ask(catalog.find_by_codes, codes=("F-77",))
    assert known is not None and known.item.code == "VEG-001", "the supplier's own code"
    assert stocked.ask(catalog.find_by_codes, codes=("nobody", "x" * 300, "")) is None
    assert stocked.ask(catalog.find_by_codes, codes=()) is None

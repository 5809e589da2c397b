"""Many items at once, what is missing, duplicates, and two items that become one."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest

from core import catalog, documents
from core.catalog import ItemFilter, NewBarcode, NewItem, NewPolicy, NewPrice, NewTerm, PackUnit
from core.errors import InvalidInput, Refused, Rejected
from core.office import Office
from core.uow import UnitOfWork
from tests.core.catalog.makers import found, make_item, make_supplier, run_step

D = Decimal
T = "6901234567892"


def test_many_items_are_made_in_order(office: Office) -> None:
    items = [NewItem(f"物料{n}", "个", pack_units=(PackUnit("箱", D(12)),)) for n in range(1203)]
    ids = run_step(office, lambda uow: catalog.create_items_bulk(uow, items))
    rows = office.ask(catalog.list_items_page, ids=ids)
    assert [row.name for row in rows] == [item.name for item in items]
    assert [rows[n].code for n in (0, 1, 1202)] == ["ITM-001", "ITM-002", "ITM-1203"]
    assert found(office, "wl1202") == ["ITM-1203"]
    assert run_step(office, lambda uow: catalog.create_items_bulk(uow, [])) == []


def test_each_wrong_row_is_named_and_nothing_is_saved(office: Office) -> None:
    make_item(office, "老的", code="OLD", barcodes=(NewBarcode(T),))
    items = [
        NewItem("好的", "kg", "A"),
        NewItem("", "kg", "B"),
        NewItem("同码", "kg", "A"),
        NewItem("旧码", "kg", "OLD"),
        NewItem("条码", "kg", "C", barcodes=(NewBarcode(T),)),
        NewItem("同条码", "kg", "D", barcodes=(NewBarcode("X"), NewBarcode("X"))),
        NewItem("单位", "kg", "E", purchase_unit="车"),
        NewItem("供应商", "kg", "F", terms=(NewTerm(99),)),
    ]
    with pytest.raises(Rejected) as caught:
        run_step(office, lambda uow: catalog.create_items_bulk(uow, items))
    wrong = [(fault.row, fault.field) for fault in caught.value.errors]
    assert wrong == [
        (2, "name"), (3, "code"), (4, "code"), (5, "barcode"), (6, "barcode"), (7, "purchase_unit"), (8, "supplier"),
    ]  # fmt: skip
    assert office.ask(catalog.count_items, filters=ItemFilter(is_active=None)) == 1


def test_units_written_otherwise_measure_the_same(office: Office) -> None:
    items = [NewItem("糖", "KG"), NewItem("盐", "公斤"), NewItem("蛋", "托", pack_units=(PackUnit("大箱", D(12)),))]
    sugar, salt, eggs = run_step(office, lambda uow: catalog.create_items_bulk(uow, items))
    assert office.ask(catalog.list_item_units, item_id=sugar).to_base(D(500), "g") == D("0.5")
    assert office.ask(catalog.list_item_units, item_id=salt).to_base(D(1), "斤") == D("0.5")
    assert office.ask(catalog.list_item_units, item_id=eggs).to_base(D(2), "大箱") == D(24)


def test_categories_and_suppliers_are_made_when_missing(office: Office) -> None:
    paths = ["蔬菜/叶菜", "蔬菜 / 叶菜", "蔬菜", "干货", " "]
    first = run_step(office, lambda uow: catalog.ensure_categories(uow, paths))
    again = run_step(office, lambda uow: catalog.ensure_categories(uow, paths))
    assert first == again
    assert first["蔬菜/叶菜"] == first["蔬菜 / 叶菜"] != first["蔬菜"]
    names = ["绿源", "绿源 ", "海鲜"]
    made = run_step(office, lambda uow: catalog.ensure_suppliers(uow, names))
    assert made["绿源"] == made["绿源 "]
    assert run_step(office, lambda uow: catalog.ensure_suppliers(uow, ["s-001", "海鲜"])) == {
        "s-001": made["绿源"],
        "海鲜": made["海鲜"],
    }


def test_facts_for_postings_come_by_the_list(office: Office) -> None:
    item_id = make_item(office, "米", code="R1", barcodes=(NewBarcode(T),))

    def load(uow: UnitOfWork) -> None:
        facts, units = catalog.load_item_facts(uow, [item_id, 99])
        assert list(facts) == list(units) == [item_id]
        assert (facts[item_id].code, units[item_id].to_micro(D("1.5"))) == ("R1", 1_500_000)
        assert catalog.find_items_by_code(uow, ["R1", T, "0" + T, "?", ""]) == dict.fromkeys(
            ["R1", T, "0" + T], item_id
        )
        assert list(catalog.load_units(uow, [item_id, 99])) == [item_id]
        prices = [NewPrice(item_id, None, D("1.5"), datetime(2026, 3, 1, tzinfo=UTC), "receipt")]
        catalog.record_prices(uow, prices)

    run_step(office, load)
    assert [one.price for one in office.ask(catalog.list_prices, item_id=item_id)] == [D("1.5")]


def test_gaps_are_counted_and_listed(office: Office) -> None:
    farm = make_supplier(office)
    branch = office.do(catalog.create_category, name="菜")
    full = make_item(
        office, "全", name_en="Full", category_id=branch, sale_price=D(1), barcodes=(NewBarcode(T),),
        terms=(NewTerm(farm),), policy=NewPolicy(par=D(1)),
    )  # fmt: skip
    bare = make_item(office, "冰", "个", storage_kind="frozen", sale_price=D(0), pack_units=(PackUnit("箱", D(2)),))
    gaps = {gap.word: gap.items for gap in office.ask(catalog.list_gaps)}
    assert set(gaps) == set(catalog.GAP_NAMES)
    assert gaps.pop("no_photo") == 2
    assert gaps.pop("no_standard") == 0
    assert set(gaps.values()) == {1}
    for word in gaps:
        assert office.ask(catalog.list_item_ids, filters=ItemFilter(gap=word)) == [bare]
    assert office.ask(catalog.get_item, item_id=full).gaps == ("no_photo",)
    with pytest.raises(InvalidInput):
        office.ask(catalog.count_items, filters=ItemFilter(gap="no_colour"))


def test_duplicates_are_found_and_different_sizes_are_not(office: Office) -> None:
    items = [
        NewItem("海天生抽酱油 500ml", "瓶", "A", barcodes=(NewBarcode(T),)),
        NewItem("海天生抽酱油（500ML）", "瓶", "B"),
        NewItem("海天生抽酱油 1900ml", "瓶", "C"),
        NewItem("Front brake pad Toyota", "个", "D"),
        NewItem("Toyota brake pad, front", "个", "E"),
        NewItem("Rear brake shoe Toyota Corolla", "个", "F"),
        NewItem("Rear brake shoes Toyota Corolla", "个", "G"),
        NewItem("别的", "箱", "H", barcodes=(NewBarcode("16901234567899"),)),
        NewItem("全新的", "个", T),
    ]
    run_step(office, lambda uow: catalog.create_items_bulk(uow, items))
    pairs = office.ask(catalog.list_duplicates)
    assert {(pair.first.code, pair.second.code, pair.reason) for pair in pairs} == {
        ("A", T, "same_barcode"),
        ("A", "H", "same_barcode"),
        ("A", "B", "same_name"),
        ("D", "E", "same_name"),
        ("F", "G", "similar_name"),
    }
    assert pairs[0].score == 100
    assert {pair.reason for pair in pairs} == set(catalog.DUPLICATE_REASONS)


def test_two_items_become_one_and_keep_what_both_knew(office: Office) -> None:
    farm, sea = make_supplier(office, "甲"), make_supplier(office, "乙")
    keep = make_item(office, "番茄", code="K", terms=(NewTerm(farm, price=D(3)),), policy=NewPolicy(par=D(5)))
    drop = make_item(
        office, "大番茄", code="D", name_en="Tomato", barcodes=(NewBarcode(T),), pack_units=(PackUnit("箱", D(10)),),
        terms=(NewTerm(farm, price=D(4)), NewTerm(sea, price=D(2), rank=2)), policy=NewPolicy(par=D(9)),
        allergens=("celery",), aliases=("西红柿",),
    )  # fmt: skip
    other = make_item(office, "小番茄", code="O")
    office.do(catalog.add_substitute, item_id=other, substitute_id=drop)
    office.do(catalog.add_substitute, item_id=keep, substitute_id=drop)
    office.do(documents.add_attachment, owner_kind="item", owner_id=drop, name="a.txt", content=b"x")
    run_step(office, lambda uow: catalog.merge_master_data(uow, keep_id=keep, drop_id=drop))
    card, gone = office.ask(catalog.get_item, item_id=keep), office.ask(catalog.get_item, item_id=drop)
    assert (gone.row.is_active, gone.merged_into_id) == (False, keep)
    assert card.values["aliases"] == ("大番茄", "D", "西红柿")
    assert (card.values["name_en"], card.values["allergens"]) == ("Tomato", ("celery",))
    assert [(one.supplier, one.rank, one.price) for one in card.terms] == [("甲", 1, D(3)), ("乙", 3, D(2))]
    assert [one.par for one in card.policies] == [D(5)]
    assert (card.units, card.substitutes) == ((PackUnit("箱", D(10)),), ())
    assert [one.item_id for one in office.ask(catalog.get_item, item_id=other).substitutes] == [keep]
    assert len(office.ask(catalog.list_prices, item_id=keep)) == 3
    assert len(office.ask(documents.list_attachments, owner_kind="item", owner_id=keep)) == 1
    assert found(office, T) == found(office, "大番茄") == ["K"]
    for code in ("D", T):
        hit = office.ask(catalog.find_by_barcode, code=code)
        assert hit is not None
        assert hit.item.id == keep
    with pytest.raises(Refused):
        office.do(catalog.reactivate_item, item_id=drop, version=gone.version)


def test_items_whose_units_disagree_stay_two(office: Office) -> None:
    one = make_item(office, "水", "瓶", pack_units=(PackUnit("箱", D(24)),))
    for unit, packs in (("L", ()), ("瓶", (PackUnit("箱", D(12)),))):
        other = make_item(office, "水", unit, pack_units=packs)
        with pytest.raises(Refused):
            run_step(office, partial(catalog.merge_master_data, keep_id=one, drop_id=other))
    with pytest.raises(InvalidInput):
        run_step(office, lambda uow: catalog.check_mergeable(uow, keep_id=one, drop_id=one))

"""Creating and changing items, on both databases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog
from core.catalog import ItemFilter, NewBarcode, NewItem, NewPolicy, NewTerm, PackUnit
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotFound
from core.office import Office
from db.enums import CostMethod, StorageKind
from tests.core.catalog.makers import change, make_item, make_supplier, version_of

D = Decimal


def test_a_new_item_stands_on_its_card_as_it_was_given(office: Office) -> None:
    farm = make_supplier(office)
    branch = office.do(catalog.create_category, name="蔬菜", name_en="Vegetables", code_prefix="veg")
    item_id = make_item(
        office, "大番茄", name_en="Beef tomato", aliases=("西红柿",), spec="A级", category_id=branch,
        storage_kind=StorageKind.CHILLED, shelf_life_days=7, allergens=("celery",), sale_price=D("9.90"),
        pack_units=(PackUnit("箱", D(10)),), purchase_unit="箱", barcodes=(NewBarcode("6901234567892", "箱"),),
        terms=(NewTerm(farm, "T-1", price=D(45)),), policy=NewPolicy(minimum=D(5), maximum=D(50)),
    )  # fmt: skip
    card = office.ask(catalog.get_item, item_id=item_id)
    assert card.row.code == "VEG-001"
    assert (card.row.category, card.row.category_en, card.row.supplier) == ("蔬菜", "Vegetables", "绿源农场")
    assert card.values["aliases"] == ("西红柿",)
    assert card.values["allergens"] == ("celery",)
    assert card.values["cost_method"] == CostMethod.FIFO
    assert card.units == (PackUnit("箱", D(10)),)
    assert [(one.code, one.unit, one.kind) for one in card.barcodes] == [("6901234567892", "箱", "EAN-13")]
    assert (card.terms[0].supplier_code, card.terms[0].price) == ("T-1", D(45))
    assert card.policies[0].maximum == D(50)
    assert card.gaps == ("no_photo",)
    assert not card.has_entries
    prices = office.ask(catalog.list_prices, item_id=item_id)
    assert [(one.price, one.source) for one in prices] == [(D("4.5"), "term")]
    assert "RICE" not in office.ask(catalog.list_item_units, item_id=item_id).units()


def test_codes_are_proposed_by_category_and_given_in_order(office: Office) -> None:
    parts = office.do(catalog.create_category, name="备件", code_prefix="SP")
    brakes = office.do(catalog.create_category, name="制动", parent_id=parts, code_prefix="BRK")
    discs = office.do(catalog.create_category, name="盘", parent_id=brakes)
    assert office.ask(catalog.propose_code, category_id=discs) == "BRK-001"
    make_item(office, "制动盘", "个", category_id=discs)
    assert office.ask(catalog.propose_code, category_id=brakes) == "BRK-002"
    assert office.ask(catalog.propose_code, category_id=parts) == "SP-001"
    assert office.ask(catalog.propose_code) == "ITM-001"
    assert office.ask(catalog.propose_code, like="BRK-001") == "BRK-001-A"
    make_item(office, "制动盘", "个", code="BRK-001-A")
    assert office.ask(catalog.propose_code, like="BRK-001-A") == "BRK-001-B"


def test_a_code_that_is_taken_names_the_item(office: Office) -> None:
    make_item(office, "番茄", code="A1")
    with pytest.raises(InvalidInput) as caught:
        make_item(office, "黄瓜", code=" Ａ1 ")
    assert caught.value.field == "code"
    assert "番茄" in str(caught.value)


def test_an_unknown_unit_is_asked_about_once(office: Office) -> None:
    with pytest.raises(NeedsConfirmation) as caught:
        make_item(office, "草莓", "篮")
    assert caught.value.key == "new_units"
    item_id = office.do(catalog.create_item, item=NewItem("草莓", "篮"), confirmed=frozenset({"new_units"}))
    assert office.ask(catalog.get_item, item_id=item_id).row.base_unit == "篮"
    assert "篮" in {unit.code for unit in office.ask(catalog.list_units)}


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": " "}, "name"),
        ({"unit": ""}, "base_unit"),
        ({"purchase_unit": "case"}, "purchase_unit"),
        ({"pack_units": (PackUnit("case", D(0)),)}, "pack_units"),
        ({"barcodes": (NewBarcode("6901234567890"),)}, "barcode"),
        ({"barcodes": (NewBarcode("6901234567892", "case"),)}, "unit"),
        ({"cost_method": CostMethod.STANDARD}, "standard_cost"),
        ({"category_id": 99}, "category_id"),
        ({"terms": (NewTerm(99),)}, "supplier"),
        ({"policy": NewPolicy(minimum=D(-1))}, "minimum"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(office: Office, over: dict[str, object], field: str) -> None:
    with pytest.raises((InvalidInput, NotFound)) as caught:
        make_item(office, **over)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert office.ask(catalog.count_items, filters=ItemFilter(is_active=None)) == 0


def test_changes_of_two_people_to_different_fields_are_merged(office: Office) -> None:
    item_id = make_item(office)
    office.do(catalog.update_item, item_id=item_id, version=1, changes={"name_en": "Tomato"}, base={"name_en": ""})
    version = office.do(catalog.update_item, item_id=item_id, version=1, changes={"spec": "A"}, base={"spec": ""})
    card = office.ask(catalog.get_item, item_id=item_id)
    assert (card.version, card.values["name_en"], card.values["spec"]) == (version, "Tomato", "A")


def test_changes_of_two_people_to_one_field_are_asked_about(office: Office) -> None:
    item_id = make_item(office, spec="A")
    office.do(catalog.update_item, item_id=item_id, version=1, changes={"spec": "B"}, base={"spec": "A"})
    with pytest.raises(Conflict) as caught:
        office.do(catalog.update_item, item_id=item_id, version=1, changes={"spec": "C"}, base={"spec": "A"})
    assert (caught.value.base, caught.value.mine, caught.value.theirs) == ({"spec": "A"}, {"spec": "C"}, {"spec": "B"})
    same = office.do(catalog.update_item, item_id=item_id, version=1, changes={"spec": "B"}, base={"spec": "A"})
    assert same == 2


def test_names_and_codes_that_change_are_found_at_once(office: Office) -> None:
    item_id = make_item(office, "番茄", code="A1")
    change(office, item_id, name="制动片", code="BRK-9", aliases=("刹车片",))
    for text in ("zdp", "brk9", "刹车", "scp"):
        assert [row.id for row in office.ask(catalog.search_items, text=text)] == [item_id]
    assert office.ask(catalog.search_items, text="番茄") == []


def test_retired_items_leave_the_lists_and_come_back(office: Office) -> None:
    item_id = make_item(office)
    version = office.do(catalog.retire_item, item_id=item_id, version=1)
    assert office.ask(catalog.search_items, text="番茄") == []
    assert office.ask(catalog.list_item_ids, filters=ItemFilter(is_active=False)) == [item_id]
    with pytest.raises(Conflict):
        office.do(catalog.reactivate_item, item_id=item_id, version=1)
    office.do(catalog.reactivate_item, item_id=item_id, version=version)
    assert [row.id for row in office.ask(catalog.search_items, text="番茄")] == [item_id]


def test_pack_units_are_set_and_used_ones_stay(office: Office) -> None:
    item_id = make_item(office, "啤酒", "瓶", pack_units=(PackUnit("箱", D(24)),), barcodes=(NewBarcode("X1", "箱"),))
    office.do(
        catalog.set_pack_units,
        item_id=item_id,
        version=1,
        units=(PackUnit("箱", D(12)), PackUnit("case", D(24))),
    )
    table = office.ask(catalog.list_item_units, item_id=item_id)
    assert (table.to_base(D(2), "箱"), table.to_base(D(1), "case")) == (D(24), D(24))
    with pytest.raises(Exception, match="used by a barcode"):
        office.do(catalog.set_pack_units, item_id=item_id, version=version_of(office, item_id), units=())


def test_standard_cost_is_needed_for_the_standard_method(office: Office) -> None:
    item_id = make_item(office)
    with pytest.raises(InvalidInput) as caught:
        change(office, item_id, cost_method=CostMethod.STANDARD)
    assert caught.value.field == "standard_cost"
    change(office, item_id, cost_method=CostMethod.STANDARD, standard_cost=D("3.2"))
    assert office.ask(catalog.get_item, item_id=item_id).values["standard_cost"] == D("3.2")


def test_units_of_an_item_follow_its_base_unit(office: Office) -> None:
    item_id = make_item(office, "面粉", "g", issue_unit="kg")
    change(office, item_id, base_unit="kg", issue_unit="g")
    with pytest.raises(InvalidInput) as caught:
        change(office, item_id, count_unit="瓶")
    assert caught.value.field == "count_unit"


def test_lists_are_sorted_filtered_and_counted(office: Office) -> None:
    dry = office.do(catalog.create_category, name="干货", name_en="Dry")
    below = office.do(catalog.create_category, name="米面", parent_id=dry)
    rice = make_item(office, "大米", code="C", category_id=below, sale_price=D(3), name_en="Rice")
    oil = make_item(office, "菜油", "L", code="B", category_id=dry, sale_price=D(20), name_en="Oil")
    fish = make_item(office, "鱼", code="A", storage_kind=StorageKind.FROZEN, name_en="Fish")

    def ids(sort: str, *, descending: bool = False, **filters: object) -> list[int]:
        wanted = ItemFilter(**filters)  # type: ignore[arg-type]
        return office.ask(catalog.list_item_ids, filters=wanted, sort=sort, descending=descending)

    assert ids("name") == [oil, rice, fish]
    assert ids("code") == [fish, oil, rice]
    assert ids("code", descending=True) == [rice, oil, fish]
    assert ids("name_en") == [fish, oil, rice]
    assert ids("sale_price") == [rice, oil, fish]
    assert ids("category") == [oil, rice, fish]
    assert ids("category", descending=True) == [rice, oil, fish]
    assert ids("supplier") == ids("abc_class") == [oil, rice, fish]
    assert ids("base_unit") == [rice, fish, oil]
    assert ids("storage_kind") == [oil, rice, fish]
    assert ids("name", category_id=dry) == [oil, rice]
    assert ids("name", category_id=below) == [rice]
    assert ids("name", category_id=0) == [fish]
    assert ids("name", storage_kind=StorageKind.FROZEN) == [fish]
    assert ids("", text="c") == [rice, oil]
    rows = office.ask(catalog.list_items_page, ids=[fish, 999, rice])
    assert [row.id for row in rows] == [fish, rice]
    assert office.ask(catalog.count_items, filters=ItemFilter(category_id=dry)) == 2
    by = office.ask(catalog.count_items_by, filters=ItemFilter(), by="category")
    assert by == {str(below): 1, str(dry): 1, "": 1}
    assert office.ask(catalog.count_items_by, filters=ItemFilter(), by="storage_kind") == {"dry": 2, "frozen": 1}
    with pytest.raises(InvalidInput):
        ids("colour")

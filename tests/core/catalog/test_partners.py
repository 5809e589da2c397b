"""Suppliers, their terms and prices; policies; substitutes; categories; units."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from core import catalog
from core.catalog import Break, NewPolicy, NewSupplier, NewTerm, PackUnit
from core.clock import FixedClock
from core.errors import Conflict, CoreError, InvalidInput, NeedsConfirmation, NotFound, Refused
from core.office import Office
from tests.core.catalog.makers import found, make_item, make_supplier

D = Decimal


def test_suppliers_get_codes_and_are_found_as_people_type(office: Office) -> None:
    first = make_supplier(office, "绿源农场", name_en="Green Farm", contact="王")
    make_supplier(office, "海鲜批发", code="SEA")
    rows = office.ask(catalog.list_suppliers)
    assert [(row.code, row.name) for row in rows] == [("SEA", "海鲜批发"), ("S-001", "绿源农场")]
    for text in ("lync", "green", "绿源", "s-001", "王 farm"):
        assert [row.id for row in office.ask(catalog.list_suppliers, text=text)] == [first]
    with pytest.raises(NeedsConfirmation):
        make_supplier(office, "绿源农场")
    with pytest.raises(InvalidInput) as caught:
        make_supplier(office, "另一家", code="SEA")
    assert caught.value.field == "code"
    with pytest.raises(InvalidInput):
        office.do(catalog.create_supplier, supplier=NewSupplier(" "))


def test_suppliers_change_retire_and_come_back(office: Office) -> None:
    key = make_supplier(office)
    office.do(catalog.update_supplier, supplier_id=key, version=1, changes={"phone": "1"}, base={"phone": ""})
    with pytest.raises(Conflict):
        office.do(catalog.update_supplier, supplier_id=key, version=1, changes={"phone": "2"}, base={"phone": ""})
    version = office.do(
        catalog.update_supplier, supplier_id=key, version=1, changes={"email": "a@b"}, base={"email": ""}
    )
    assert office.ask(catalog.get_supplier, supplier_id=key).phone == "1"
    version = office.do(catalog.retire_supplier, supplier_id=key, version=version)
    assert office.ask(catalog.list_suppliers) == []
    office.do(catalog.reactivate_supplier, supplier_id=key, version=version)
    assert office.ask(catalog.get_supplier, supplier_id=key).is_active
    with pytest.raises(NotFound):
        office.ask(catalog.get_supplier, supplier_id=99)


def test_terms_rank_suppliers_and_keep_every_price(office: Office, clock: FixedClock) -> None:
    item_id = make_item(office, "大米", pack_units=(PackUnit("袋", D(25)),), purchase_unit="袋")
    main, backup = make_supplier(office, "一号米行"), make_supplier(office, "二号米行")
    breaks = (Break(D(10), D(95)),)
    term_id = office.do(catalog.save_term, item_id=item_id, term=NewTerm(main, "R-25", price=D(100), breaks=breaks))
    office.do(catalog.save_term, item_id=item_id, term=NewTerm(backup, price=D("4.2"), unit="kg", rank=2, lead_days=3))
    clock.at += timedelta(days=1)
    office.do(catalog.save_term, item_id=item_id, term=NewTerm(main, "R-25", price=D(110)), version=1)
    card = office.ask(catalog.get_item, item_id=item_id)
    assert [(one.supplier, one.price, one.rank) for one in card.terms] == [
        ("一号米行", D(110), 1),
        ("二号米行", D("4.2"), 2),
    ]
    assert card.terms[0].breaks == ()
    prices = office.ask(catalog.list_prices, item_id=item_id, supplier_id=main)
    assert [(one.price, one.change) for one in prices] == [(D("4.4"), D("0.1")), (D(4), None)]
    assert found(office, "r-25") == ["ITM-001"]
    with pytest.raises(InvalidInput):
        office.do(catalog.save_term, item_id=item_id, term=NewTerm(main))
    with pytest.raises(Conflict):
        office.do(catalog.save_term, item_id=item_id, term=NewTerm(main), version=1)
    with pytest.raises(InvalidInput):
        office.do(catalog.save_term, item_id=item_id, term=NewTerm(main, unit="箱"), version=2)
    office.do(catalog.remove_term, term_id=term_id)
    assert found(office, "r-25") == []
    assert len(office.ask(catalog.list_prices, item_id=item_id)) == 3


def test_policies_are_kept_by_location(office: Office) -> None:
    item_id = make_item(office)
    key = office.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(minimum=D(2), maximum=D(9)))
    office.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(par=D(4)), version=1)
    card = office.ask(catalog.get_item, item_id=item_id)
    assert [(one.id, one.version, one.par, one.minimum) for one in card.policies] == [(key, 2, D(4), None)]
    wrong: list[tuple[NewPolicy, int | None]] = [
        (NewPolicy(par=D(4)), 1),
        (NewPolicy(), 2),
        (NewPolicy(location_id=999, par=D(1)), None),
        (NewPolicy(par=D(5), maximum=D(4)), 2),
    ]
    for policy, version in wrong:
        with pytest.raises(CoreError):
            office.do(catalog.save_policy, item_id=item_id, policy=policy, version=version)
    office.do(catalog.remove_policy, policy_id=key)
    assert office.ask(catalog.get_item, item_id=item_id).policies == ()
    with pytest.raises(NotFound):
        office.do(catalog.remove_policy, policy_id=key)


def test_substitutes_are_ranked_and_make_sense(office: Office) -> None:
    oil, soy, corn = make_item(office, "菜油", "L"), make_item(office, "豆油", "L"), make_item(office, "玉米油", "L")
    first = office.do(catalog.add_substitute, item_id=oil, substitute_id=soy, factor=D("1.25"), both_ways=True)
    second = office.do(catalog.add_substitute, item_id=oil, substitute_id=corn)
    office.do(catalog.rank_substitutes, item_id=oil, row_ids=(second, first))
    rows = office.ask(catalog.get_item, item_id=oil).substitutes
    assert [(one.item_id, one.rank) for one in rows] == [(corn, 1), (soy, 2)]
    back = office.ask(catalog.get_item, item_id=soy).substitutes
    assert [(one.item_id, one.factor) for one in back] == [(oil, D("0.8"))]
    for item_id, substitute_id in ((oil, oil), (oil, soy), (oil, 99)):
        with pytest.raises(CoreError):
            office.do(catalog.add_substitute, item_id=item_id, substitute_id=substitute_id)
    with pytest.raises(InvalidInput):
        office.do(catalog.add_substitute, item_id=corn, substitute_id=soy, factor=D(0))
    with pytest.raises(InvalidInput):
        office.do(catalog.rank_substitutes, item_id=oil, row_ids=(first,))
    office.do(catalog.remove_substitute, substitute_row_id=first)
    assert len(office.ask(catalog.get_item, item_id=oil).substitutes) == 1


def test_the_category_tree_keeps_its_paths(office: Office) -> None:
    food = office.do(catalog.create_category, name="食材", name_en="Food")
    fresh = office.do(catalog.create_category, name="生鲜", name_en="Fresh", parent_id=food)
    fish = office.do(catalog.create_category, name="鱼", parent_id=fresh)
    make_item(office, "鲈鱼", category_id=fish)
    office.do(catalog.update_category, category_id=food, version=1, changes={"name": "食品", "name_en": "Foods"})
    office.do(catalog.update_category, category_id=fish, version=1, changes={"name_en": "Fish"})
    rows = {row.id: row for row in office.ask(catalog.list_categories)}
    assert (rows[fish].path, rows[fish].path_en, rows[fish].depth) == ("食品/生鲜/鱼", "Foods/Fresh/Fish", 2)
    assert [rows[key].items for key in (food, fresh, fish)] == [1, 1, 1]
    office.do(catalog.update_category, category_id=fresh, version=1, changes={"parent_id": None})
    rows = {row.id: row for row in office.ask(catalog.list_categories)}
    assert (rows[fish].path, rows[fish].path_en) == ("生鲜/鱼", "Fresh/Fish")
    assert [row.name for row in office.ask(catalog.list_categories)] == ["生鲜", "鱼", "食品"]
    with pytest.raises(InvalidInput):
        office.do(catalog.update_category, category_id=fresh, version=2, changes={"parent_id": fish})
    with pytest.raises(InvalidInput):
        office.do(catalog.update_category, category_id=food, version=2, changes={"name": "生鲜"})
    with pytest.raises(InvalidInput):
        office.do(catalog.create_category, name="a/b")
    with pytest.raises(Refused):
        office.do(catalog.remove_category, category_id=fish)
    office.do(catalog.remove_category, category_id=food)
    with pytest.raises(NotFound):
        office.do(catalog.remove_category, category_id=food)


def test_units_are_made_and_renamed(office: Office) -> None:
    office.do(catalog.create_unit, code="lb", name="磅", name_en="pound", dimension="mass", factor=D("453.59237"))
    item_id = make_item(office, "牛肉", "g", pack_units=())
    assert office.ask(catalog.list_item_units, item_id=item_id).to_base(D(2), "lb") == D("907.18474")
    office.do(catalog.update_unit, code="lb", name="英磅", name_en="pound")
    assert {unit.code: unit.name for unit in office.ask(catalog.list_units)}["lb"] == "英磅"
    for over in ({"code": "lb"}, {"code": " "}, {"code": "x", "dimension": "time"}, {"code": "x", "factor": D(0)}):
        given: dict[str, Any] = {"name": "x", "name_en": "x", **over}
        with pytest.raises(InvalidInput):
            office.do(catalog.create_unit, **given)
    with pytest.raises(NotFound):
        office.do(catalog.update_unit, code="nope", name="x", name_en="x")

"""Who may do what with items, items that have entries, and two people at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from decimal import Decimal

import pytest

from core import catalog, documents, identity, stock
from core.catalog import NewBarcode, NewItem, NewTerm
from core.errors import InvalidInput, NotAllowed, Refused
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.stock import NewLine
from db.enums import CostMethod
from tests.core.catalog.makers import change, make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD

D = Decimal


def sign_in_as(office: Office, role: str) -> None:
    """Somebody who holds one role that comes with the program."""
    role_id = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == role)
    new = NewPerson(f"Li {role}", password=PASSWORD, roles=(RoleGrant(role_id),))
    office.do(identity.add_person, new=new)
    office.sign_in(f"Li {role}", PASSWORD)


def test_who_may_not_see_costs_sees_no_prices(office: Office) -> None:
    item_id = make_item(
        office, terms=(NewTerm(make_supplier(office), price=D(3)),), standard_cost=D(2), sale_price=D(5)
    )
    sign_in_as(office, "Storekeeper")
    card = office.ask(catalog.get_item, item_id=item_id)
    assert (card.terms[0].price, card.values["standard_cost"], card.row.sale_price) == (None, None, D(5))
    with pytest.raises(NotAllowed):
        office.ask(catalog.list_prices, item_id=item_id)
    with pytest.raises(NotAllowed):
        change(office, item_id, name="黄瓜")
    with pytest.raises(NotAllowed):
        office.do(documents.add_attachment, owner_kind="item", owner_id=item_id, name="a.txt", content=b"x")


def test_prices_of_an_item_need_a_right_of_their_own(office: Office) -> None:
    item_id, farm = make_item(office, sale_price=D(5)), make_supplier(office)
    sign_in_as(office, "Back-office operator")
    change(office, item_id, name="黄瓜", sale_price=D(5))
    with pytest.raises(NotAllowed):
        change(office, item_id, sale_price=D(6))
    office.do(catalog.save_term, item_id=item_id, term=NewTerm(farm, "X"))
    with pytest.raises(NotAllowed):
        office.do(catalog.save_term, item_id=item_id, term=NewTerm(farm, "X", price=D(1)), version=1)
    office.do(documents.add_attachment, owner_kind="item", owner_id=item_id, name="a.txt", content=b"x")


def test_an_item_with_entries_keeps_its_base_unit_and_cost_method(office: Office) -> None:
    item_id = make_item(office, "大米")
    office.do(stock.receive_goods, lines=(NewLine(item_id, D(5), value=D(20)),))
    assert office.ask(catalog.get_item, item_id=item_id).has_entries
    for field, value in (("base_unit", "g"), ("cost_method", CostMethod.AVERAGE), ("standard_cost", D(4))):
        with pytest.raises(Refused) as caught:
            change(office, item_id, **{field: value})
        assert caught.value.field == field
    change(office, item_id, cost_method=CostMethod.FIFO, name="香米")
    assert [one.source for one in office.ask(catalog.list_prices, item_id=item_id)] == ["receipt"]


def test_two_people_who_make_items_at_once_get_different_codes(site_url: str) -> None:
    made: list[int] = []
    faults: list[BaseException] = []

    def work(name: str) -> None:
        try:
            with Office.open(site_url, station="test") as office:
                office.sign_in(ADMIN, PASSWORD)
                for number in range(6):
                    item_id = make_item(office, f"{name}{number}", "个")
                    office.do(catalog.make_barcode, item_id=item_id)
                    made.append(item_id)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("甲", "乙", "丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Office.open(site_url, station="test") as office:
        office.sign_in(ADMIN, PASSWORD)
        rows = office.ask(catalog.list_items_page, ids=made)
    assert sorted(row.code for row in rows) == [f"ITM-{number:03d}" for number in range(1, 19)]
    assert len({row.barcode for row in rows}) == 18


def test_the_same_barcode_from_two_people_is_refused_once(site_url: str) -> None:
    told: list[str] = []

    def work(name: str) -> None:
        with Office.open(site_url, station="test") as office:
            office.sign_in(ADMIN, PASSWORD)
            try:
                office.do(catalog.create_item, item=NewItem(name, "个", barcodes=(NewBarcode("6901234567892"),)))
                told.append("made")
            except InvalidInput as fault:
                told.append(fault.field or "")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["barcode", "made"]


def test_the_catalog_costs_nothing_at_the_start() -> None:
    """Slow libraries are loaded when they are needed first."""
    check = (
        "import core.catalog, core.documents, sys; print(sorted({'pypinyin', 'PIL', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

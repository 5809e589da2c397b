"""What stands on labels, from the site's own records, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import identity, labels, stock
from core.catalog import NewBarcode, NewItem, NewPolicy, NewTerm, PackUnit
from core.devices import OwnKind, parse_scan
from core.errors import InvalidInput, NotFound
from core.labels import LabelContent, Life
from core.office import Office
from db.enums import LocationKind
from tests.core.labels.samples import EAN
from tests.factories import make_items, make_place, make_supplier

CASE = "16901234567899"


@pytest.fixture
def milk(office: Office) -> int:
    supplier = make_supplier(office, "S1", name="晨光乳业", name_en="Morning Dairy")
    return make_items(
        office,
        [
            NewItem(
                name="全脂牛奶", name_en="Whole milk", base_unit="瓶", code="MLK-1", spec="250 ml", origin="内蒙古",
                sale_price=Decimal("4.805"), allergens=("milk",), shelf_life_days=3, opened_life_days=1,
                pack_units=(PackUnit("箱", Decimal(12)),),
                barcodes=(NewBarcode(EAN), NewBarcode(CASE, "箱")),
                terms=(NewTerm(supplier, "MD-9"),),
                policy=NewPolicy(minimum=Decimal(6), maximum=Decimal("24.5")),
            )
        ],
    )[0]  # fmt: skip


def _one(office: Office, subject: str, thing: int, language: str = "zh", life: Life | None = None) -> LabelContent:
    (found,) = office.ask(labels.label_contents, subject=subject, ids=[thing], language=language, life=life)
    assert isinstance(found, LabelContent)
    assert set(found.fields) >= {field.name for field in labels.fields_for(subject)}
    return found


def test_an_item_label_says_what_the_catalogue_knows(office: Office, milk: int) -> None:
    fields = _one(office, "item", milk).fields
    said = {
        "name": "全脂牛奶", "name_en": "Whole milk", "code": "MLK-1", "spec": "250 ml", "origin": "内蒙古", "price": "4.81",
        "price_text": "¥4.81", "price_whole": "4", "price_cents": "81", "price_unit": "瓶", "unit_price": "¥9.62/500 ml",
        "unit_price_large": "¥19.24/L", "unit_price_small": "¥1.92/100 ml", "barcode": EAN, "case_barcode": CASE,
        "case_text": "1 箱 = 12 瓶", "supplier": "晨光乳业", "supplier_code": "MD-9", "minimum": "6", "maximum": "24.5",
        "storage": "常温", "allergens": "含：乳（含乳糖）", "place": "", "use_by": "",
    }  # fmt: skip
    shown = {name: fields[name] for name in said}
    said["storage"], said["allergens"] = fields["storage"], fields["allergens"]
    assert shown == said
    assert _one(office, "item", milk, "en").fields["name"] == "Whole milk"
    assert _one(office, "item", milk, "en").fields["supplier"] == "Morning Dairy"
    assert _one(office, "item", milk).fields["allergen_words"] in _one(office, "item", milk).fields["allergens"]


def test_an_item_is_shown_where_it_lies_or_where_it_is_to_hang(office: Office, milk: int) -> None:
    cold = make_place(office, "COLD", name="冷藏库", kind=LocationKind.AREA)
    first = make_place(office, "C-1", name="一层", parent="COLD")
    shelf = make_place(office, "A-1", name="A 架 1 层")
    for place in (cold, first):
        line = stock.NewLine(milk, Decimal(5), location_id=place, value=Decimal(10))
        office.do(stock.receive_goods, lines=(line,))
    assert _one(office, "item", milk).fields["place"] == "C-1"
    found = office.ask(labels.label_contents, subject="item", ids=[milk], language="zh", places={milk: shelf})
    assert (found[0].fields["place"], found[0].fields["place_name"]) == ("A-1", "A 架 1 层")


def test_a_barcode_past_its_last_day_is_not_printed(office: Office) -> None:
    old = NewBarcode("4006381333931", valid_to=date(2026, 3, 3))
    (item,) = make_items(office, [NewItem(name="笔", base_unit="支", barcodes=(old,))])
    assert _one(office, "item", item).fields["barcode"] == ""


def test_an_item_by_weight_is_priced_by_weight(office: Office) -> None:
    (pork,) = make_items(office, [NewItem(name="五花肉", base_unit="kg", sale_price=Decimal("39.90"))])
    fields = _one(office, "item", pork).fields
    assert (fields["price_unit"], fields["unit_price"], fields["unit_price_large"]) == (
        "kg",
        "¥19.95/500 g",
        "¥39.90/kg",
    )
    (bolt,) = make_items(office, [NewItem(name="螺丝", base_unit="个", sale_price=Decimal("0.5"))])
    assert _one(office, "item", bolt).fields["unit_price"] == ""


def test_an_item_without_a_price_is_not_printed_on_a_shelf_label(office: Office) -> None:
    (item,) = make_items(office, [NewItem(name="盐", base_unit="袋")])
    page = labels.draw(labels.load_layout("shelf-60x40"), _one(office, "item", item), 203)
    assert not page.is_printable
    assert "零售价" in page.troubles[0].text.render("zh") or "价格" in page.troubles[0].text.render("zh")


def test_a_kitchen_label_is_dated_on_the_sites_clock(office: Office, milk: int) -> None:
    """The clock stands at noon in Shanghai on 4 March 2026."""
    fields = _one(office, "item", milk, life=Life(who="李梅")).fields
    assert (fields["made_at"], fields["use_by"], fields["who"]) == ("2026-03-04 12:00", "2026-03-07 12:00", "李梅")
    assert (fields["use_by_day"], fields["use_by_weekday"]) == ("03-07", "周六")
    assert fields["batch_code"] == f"(01)0{EAN}(17)260307(10)260304"
    opened = Life(opened_at=datetime(2026, 3, 4, 3, tzinfo=UTC), batch="X 1")
    fields = _one(office, "item", milk, life=opened).fields
    assert (fields["opened_at"], fields["use_by"], fields["batch_code"]) == ("2026-03-04 11:00", "2026-03-05 11:00", "")


def test_a_kitchen_label_without_a_last_day_is_refused(office: Office) -> None:
    (soup,) = make_items(office, [NewItem(name="高汤", base_unit="L")])
    page = labels.draw(labels.load_layout("prep-60x40"), _one(office, "item", soup, life=Life()), 203)
    assert not page.is_printable
    dated = labels.draw(labels.load_layout("prep-60x40"), _one(office, "item", soup, life=Life(hours=4)), 203)
    assert dated.is_printable


def test_own_codes_are_found_again_by_a_scan(office: Office, milk: int) -> None:
    place = make_place(office, "A-1")
    me = office.ask(identity.list_people)[0]
    kinds = {
        "item": (milk, "MLK-1"),
        "asset": (milk, "MLK-1"),
        "location": (place, "A-1"),
        "person": (me.person_id, str(me.person_id)),
    }
    for subject, (thing, value) in kinds.items():
        scan = parse_scan(_one(office, subject, thing).fields["own_code"])
        assert scan.own is not None
        assert (scan.own.kind, scan.own.value) == (OwnKind(subject), value)


def test_a_place_says_where_it_lies(office: Office) -> None:
    make_place(office, "COLD", name="冷藏库", name_en="Cold store")
    shelf = make_place(office, "C-1", name="一层", name_en="Shelf 1", parent="COLD")
    fields = _one(office, "location", shelf, "en").fields
    assert (fields["code"], fields["name"]) == ("C-1", "Shelf 1")
    assert fields["path"].endswith("Cold store")


def test_a_badge_holds_nothing_somebody_signs_in_with(office: Office) -> None:
    me = office.ask(identity.list_people)[0]
    content = _one(office, "person", me.person_id)
    assert content.fields["name"] == me.name
    assert content.fields["roles"]
    page = labels.draw(labels.load_layout("badge-86x54"), content, 300)
    assert labels.read_back(page) == []


def test_lots_and_documents_have_labels(sample_office: Office) -> None:
    lot = sample_office.ask(stock.list_lots)[0]
    content = _one(sample_office, "lot", lot.lot_id)
    assert content.fields["code"] == lot.number
    assert content.fields["expires_on"] == (lot.expires_on.isoformat() if isinstance(lot.expires_on, date) else "")
    number = sample_office.ask(stock.list_postings)[0].number
    ids = sample_office.ask(labels.find_labelled, subject="document", codes=[number])
    assert _one(sample_office, "document", ids[0]).fields["code"] == number


def test_labels_come_in_the_order_asked_and_a_missing_thing_is_said(office: Office, milk: int) -> None:
    others = make_items(office, [NewItem(name=f"物料 {n}", base_unit="个", code=f"X-{n}") for n in range(3)])
    wanted = [others[2], milk, others[0]]
    found = office.ask(labels.label_contents, subject="item", ids=wanted, language="zh")
    assert [one.id for one in found] == wanted
    assert office.ask(labels.find_labelled, subject="item", codes=["X-2", EAN, " X-0"]) == wanted
    with pytest.raises(NotFound):
        office.ask(labels.label_contents, subject="item", ids=[999], language="zh")
    with pytest.raises(NotFound, match="NOPE"):
        office.ask(labels.find_labelled, subject="location", codes=["NOPE"])
    with pytest.raises(InvalidInput):
        office.ask(labels.label_contents, subject="dog", ids=[1], language="zh")

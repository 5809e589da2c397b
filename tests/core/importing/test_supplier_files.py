"""Suppliers with their whole deal, and their price lists, from files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core import catalog, importing
from core.catalog import Break, NewSupplier, NewTerm
from core.errors import InvalidInput, NeedsConfirmation, Refused
from core.importing import ImportFile, ImportOptions, Rehearsed
from core.importing.rules.weekdays import clock_of, weekdays_of
from core.office import Office
from db.enums import ImportKind as K
from tests.core.importing.helping import bring_in, faults_of, make_items, places_of

D = Decimal
HEAD = "supplier,item,supplier_code,unit,price,from_qty,minimum_qty,multiple_qty,lead_days,valid_from,valid_to"
SURE = frozenset({"prices.jump", "prices.later"})


def sheet(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


def term(office: Office, code: str = "RICE") -> catalog.TermRow:
    item = office.ask(catalog.find_item, code=code)
    assert item is not None
    return office.ask(catalog.get_item, item_id=item.id).terms[0]


@pytest.fixture
def shop(office: Office) -> Office:
    make_items(office, "RICE,大米,kg,,,bag=25", "OIL,菜油,L,,,")
    office.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS"))
    return office


def test_weekdays_and_times_are_read_as_people_write_them() -> None:
    for text in ("135", "1,3,5", "Mon Wed Fri", "周一三五", "周一、周三、周五", "monday/wednesday/friday", "１３５"):
        assert weekdays_of(text) == 21, text
    assert (weekdays_of(""), weekdays_of("每天"), weekdays_of("周日"), weekdays_of("Sun")) == (0, 0, 64, 64)
    assert (clock_of("0.6875"), clock_of("16:30:00"), clock_of("9:30")) == ("16:30", "16:30", "9:30")
    for text in ("8", "often", "周八", "-"):
        with pytest.raises(InvalidInput):
            weekdays_of(text)


def test_a_supplier_file_may_hold_the_whole_deal(shop: Office) -> None:
    head = "code,name,currency,prices_incl_tax,税率,账期,月结,送货日,截单时间,起订额,超收容差,iban,bic,价格提醒"
    row = "GF,Green Farm,eur,1,23 %,45,是,Mon Thu,1630,150,5%,IE29 AIBK 9311 5212 3456 78,aibkie2d,"
    result = bring_in(shop, K.SUPPLIERS, f"{head}\n{row}\n")
    assert result.ignored_columns == ("价格提醒",)
    known = next(one for one in shop.ask(catalog.list_suppliers) if one.code == "GF")
    values = shop.ask(catalog.get_supplier_card, supplier_id=known.id).values
    assert [values[name] for name in ("currency", "prices_incl_tax", "tax_rate", "payment_days", "delivery_days")] == [
        "EUR", True, D(23), 45, 9,
    ]  # fmt: skip
    assert [values[name] for name in ("cutoff_time", "minimum_value", "over_tolerance", "bic", "price_jump_percent")] == [
        "16:30", D(150), D(5), "AIBKIE2D", D(20),
    ]  # fmt: skip
    assert bring_in(shop, K.SUPPLIERS, f"{head}\n{row}\n").unchanged == 1


def test_a_supplier_file_changes_a_deal_and_gives_it_back(shop: Office) -> None:
    result = bring_in(shop, K.SUPPLIERS, "code,minimum_value,cutoff_time\nGS,200,11:00\n", is_update=True)
    known = shop.ask(catalog.list_suppliers)[0]
    assert shop.ask(catalog.get_supplier_card, supplier_id=known.id).values["minimum_value"] == D(200)
    shop.do(importing.undo_import, run_id=result.run_id)
    values = shop.ask(catalog.get_supplier_card, supplier_id=known.id).values
    assert (values["minimum_value"], values["cutoff_time"]) == (None, None)


def test_wrong_cells_of_a_deal_are_named(shop: Office) -> None:
    head = "code,name,currency,delivery_days,cutoff_time,iban,payment_days,over_tolerance"
    faults = faults_of(shop, K.SUPPLIERS, f"{head}\nX,x,EURO,8,noon,IE00,soon,101\nY,y,EUR,,,,9999,\n")
    wrong = ["currency", "delivery_days", "cutoff_time", "iban", "payment_days"]
    assert sorted(places_of(faults)) == sorted([*((1, name) for name in wrong), (2, "payment_days")])
    assert places_of(faults_of(shop, K.SUPPLIERS, f"{head}\nY,y,EUR,,,,9999,\nZ,z,,,,,,101\n")) == [
        (1, "payment_days"),
        (2, "over_tolerance"),
    ]


def test_a_price_list_makes_terms_with_price_breaks(shop: Office) -> None:
    result = bring_in(
        shop, K.SUPPLIER_PRICES,
        sheet("GS,RICE,R-25,bag,100,,2,1,3,2026-01-01,2026-12-31", "GS,RICE,,,95,10,,,,,", "绿源,OIL,,,9.5,,,,,,"),
    )  # fmt: skip
    assert (result.rows, result.posted, result.changed) == (3, 3, 0)
    rice = term(shop)
    assert (rice.supplier_code, rice.unit, rice.price, rice.minimum_qty, rice.lead_days) == (
        "R-25",
        "bag",
        D(100),
        D(2),
        3,
    )
    assert (rice.breaks, rice.valid_from, rice.valid_to) == (
        (Break(D(10), D(95)),), date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert [row.price for row in shop.ask(catalog.list_prices, item_id=rice.item_id)] == [D(4)]
    assert shop.ask(importing.list_imports)[0].made == 2
    shop.do(importing.undo_import, run_id=result.run_id)
    item = shop.ask(catalog.get_item, item_id=rice.item_id)
    assert item.terms == ()
    assert shop.ask(catalog.list_prices, item_id=rice.item_id) == []


def test_a_new_price_list_changes_what_it_names_and_can_be_undone(shop: Office) -> None:
    item = shop.ask(catalog.find_item, code="RICE")
    assert item is not None
    rice = item.id
    farm = shop.ask(catalog.list_suppliers)[0].id
    old = NewTerm(farm, "R-25", "bag", D(100), minimum_qty=D(2), breaks=(Break(D(10), D(95)),))
    shop.do(catalog.save_term, item_id=rice, term=old)
    plain = "supplier,supplier_code,price\nGS,r-25,110\n"
    result = bring_in(shop, K.SUPPLIER_PRICES, plain)
    assert (result.posted, result.changed, result.unchanged) == (1, 1, 0)
    assert [(one.field, one.before, one.after) for one in result.changes] == [("price", "100", "110")]
    assert (term(shop).price, term(shop).breaks, term(shop).minimum_qty) == (D(110), old.breaks, D(2))
    assert bring_in(shop, K.SUPPLIER_PRICES, plain).unchanged == 1
    shop.do(importing.undo_import, run_id=result.run_id)
    assert (term(shop).price, len(shop.ask(catalog.list_prices, item_id=rice))) == (D(100), 1)
    again = bring_in(shop, K.SUPPLIER_PRICES, sheet("GS,RICE,,,110,,,,,,"))
    assert term(shop).breaks == ()
    shop.do(catalog.save_term, item_id=rice, term=NewTerm(farm, price=D(1), unit="bag"), version=term(shop).version)
    with pytest.raises(Refused):
        shop.do(importing.undo_import, run_id=again.run_id)


def test_slips_and_later_days_are_asked_about(shop: Office) -> None:
    bring_in(shop, K.SUPPLIER_PRICES, sheet("GS,RICE,,,4,,,,,,", "GS,OIL,,,9,,,,,,"))
    slip = sheet("GS,RICE,,,40,,,,,,")
    with pytest.raises(NeedsConfirmation) as asked:
        bring_in(shop, K.SUPPLIER_PRICES, slip)
    assert "RICE from 4 to 40 (+900 %)" in asked.value.text.render("en")
    with pytest.raises(Rehearsed):
        bring_in(shop, K.SUPPLIER_PRICES, slip, is_rehearsal=True)
    assert term(shop).price == D(4)
    bring_in(shop, K.SUPPLIER_PRICES, slip, confirmed=SURE)
    assert term(shop).price == D(40)
    with pytest.raises(NeedsConfirmation) as asked:
        bring_in(shop, K.SUPPLIER_PRICES, sheet("GS,OIL,,,9.2,,,,,2026-03-05,"))
    assert asked.value.key == "prices.later"
    assert term(shop, "OIL").price == D(9)


def test_wrong_rows_of_a_price_list_are_all_named(shop: Office) -> None:
    faults = faults_of(
        shop, K.SUPPLIER_PRICES,
        sheet(
            ",RICE,,,4,,,,,,", "NO,RICE,,,4,,,,,,", "GS,,,,4,,,,,,", "GS,,Z-9,,4,,,,,,", "GS,NO,,,4,,,,,,",
            "GS,RICE,,,,,,,,,", "GS,RICE,,,0,,,,,,", "GS,RICE,,,-1,,,,,,", "GS,OIL,,,9,,,,,,", "GS,OIL,,,9,,,,,,",
            "GS,OIL,,crate,8,5,,,,,", "GS,OIL,,L,7,6,,,,,", "GS,OIL,,,7,-1,,,,,",
        ),
    )  # fmt: skip
    assert sorted(places_of(faults)) == sorted([
        (1, "supplier"), (2, "supplier"), (3, "item"), (4, "supplier_code"), (5, "item"), (6, "price"), (7, "price"),
        (8, "price"), (10, "from_qty"), (12, "unit"), (13, "from_qty"),
    ])  # fmt: skip
    assert places_of(faults_of(shop, K.SUPPLIER_PRICES, sheet("GS,OIL,,,9,,,,,,", "GS,RICE,,crate,9,,,,,,"))) == [
        (2, "unit")
    ]
    backwards = sheet("GS,OIL,,,9,,,,,2026-05-01,2026-04-01")
    assert places_of(faults_of(shop, K.SUPPLIER_PRICES, backwards)) == [(1, "valid_to")]
    assert shop.ask(catalog.list_supplier_terms, supplier_id=shop.ask(catalog.list_suppliers)[0].id) == []


def test_the_columns_of_a_price_list_are_mapped(shop: Office) -> None:
    content = ImportFile("p.csv", "供应商,物料编码,协议价,起量\nGS,RICE,4,\n".encode())
    found = shop.ask(importing.preview_file, kind=K.SUPPLIER_PRICES, content=content)
    assert [one.field for one in found.columns] == ["supplier", "item", "price", "from_qty"]
    options = ImportOptions(columns=((0, "supplier"), (1, "item"), (2, "price")))
    shop.do(importing.import_file, kind=K.SUPPLIER_PRICES, content=content, options=options)
    assert term(shop).price == D(4)

"""Which heading means which field."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput
from core.importing.rules.columns import (
    FIELDS,
    certain_columns,
    check_columns,
    header_row,
    plain_heading,
    proposed_columns,
)
from db.enums import ImportKind as K

CONTRACT = {
    K.ITEMS: "code,name,name_en,category,unit,pack_units,barcodes,cost_method,standard_cost,shelf_life_days,lot_tracked,"
    "sale_price,supplier,min,safety,max,par",
    K.MOVEMENTS: "at,type,item,location,to_location,qty,unit,unit_cost,value,lot,expires_on,reason,supplier,document,ref,note",
    K.OPENING_STOCK: "item,location,qty,unit,value,lot,expires_on",
}


@pytest.mark.parametrize("kind", list(CONTRACT))
def test_the_columns_of_the_contract_are_known_by_their_words(kind: K) -> None:
    header = CONTRACT[kind].split(",")
    found = certain_columns(kind, header)
    assert [found[number] for number in range(len(header))] == header
    check_columns(kind, found)


def test_chinese_headings_mean_the_same() -> None:
    header = ["物料编码", "品名", "分类", "基本单位", "条码", "安全库存", "供应商名称", "保质期（天）"]
    assert list(certain_columns(K.ITEMS, header).values()) == [
        "code", "name", "category", "unit", "barcodes", "safety", "supplier", "shelf_life_days",
    ]  # fmt: skip


def test_marks_blanks_and_brackets_do_not_matter() -> None:
    assert plain_heading(" Expiry_Date * (yyyy-mm-dd)") == "expirydate"
    assert certain_columns(K.OPENING_STOCK, ["Item", "Qty (kg)", "Expiry Date*"]) == {
        0: "item",
        1: "qty",
        2: "expires_on",
    }


def test_a_stable_word_wins_over_another_name_for_the_same_field() -> None:
    assert certain_columns(K.MOVEMENTS, ["type", "price", "unit_cost"]) == {0: "type", 2: "unit_cost"}


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Two columns are called qty"):
        certain_columns(K.MOVEMENTS, ["qty", "item", "qty"])


def test_a_likely_column_is_proposed_but_not_taken() -> None:
    header = ["item", "quantiy", "unit", "expiry dat", "colour"]
    assert certain_columns(K.MOVEMENTS, header) == {0: "item", 2: "unit"}
    assert proposed_columns(K.MOVEMENTS, header) == {0: "item", 2: "unit", 1: "qty", 3: "expires_on"}


def test_a_missing_column_is_named_with_all_that_are_needed() -> None:
    with pytest.raises(InvalidInput, match=r"no column unit.*code, name, unit") as told:
        check_columns(K.ITEMS, {0: "code", 1: "name"})
    assert told.value.field == "unit"


def test_headings_are_found_below_a_title() -> None:
    assert (
        header_row(K.ITEMS, [["Stock list of June", "", ""], ["", "", ""], ["Code", "Name", "Unit"], ["A", "x", "kg"]])
        == 2
    )
    assert header_row(K.ITEMS, [["", ""], ["what", "ever"]]) == 1
    assert header_row(K.ITEMS, [[""], []]) == -1


def test_every_kind_has_fields_with_names_in_both_languages() -> None:
    for kind in K:
        for field in FIELDS[kind]:
            assert field.title.render("zh") != field.title.render("en"), field.key

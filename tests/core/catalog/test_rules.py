"""Pure rules of the catalog: check digits, codes, units, fields, sounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog import (
    ALLERGENS,
    Break,
    NewPolicy,
    NewTerm,
    PackUnit,
    UnitRow,
    barcode_kind,
    check_digit,
    internal_barcode,
    is_gtin,
    normal_barcode,
    price_for,
)
from core.catalog.rules.codes import letters, next_codes, next_variant, normal_code, normal_prefix
from core.catalog.rules.fields import ITEM_FIELDS, aliases_of, cleaned, normal_aliases
from core.catalog.rules.terms import check_policy, check_term
from core.catalog.rules.units import UnitFacts, Units, check_packs, check_packs_fit
from core.errors import InvalidInput
from core.gtin import scanned_form, upc_a_of
from core.pinyin import fold, initials, sort_key, syllables

D = Decimal
KG, G, JIN = (
    UnitRow("kg", "千克", "kilogram", "mass", D(1000)),
    UnitRow("g", "克", "gram", "mass", D(1)),
    UnitRow("斤", "斤", "jin", "mass", D(500)),
)
CASE, EACH, BAG = (
    UnitRow("case", "箱", "case", "", D(1)),
    UnitRow("each", "个", "each", "", D(1)),
    UnitRow("bag", "袋", "bag", "", D(1)),
)
UNITS = Units([KG, G, JIN, CASE, EACH, BAG, UnitRow("L", "升", "litre", "volume", D(1000))])
digits = st.text("0123456789", min_size=7, max_size=13).filter(lambda text: len(text) in (7, 11, 12, 13))


# barcodes


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("6901234567892", "EAN-13"),
        ("16901234567899", "ITF-14"),
        ("036000291452", "UPC-A"),
        ("73513537", "EAN-8"),
        ("04252614", "UPC-E"),
        ("BRK-001", ""),
        ("6901234567890", ""),
    ],
)
def test_a_barcode_is_known_by_its_length_and_check_digit(code: str, kind: str) -> None:
    assert barcode_kind(code) == kind


@given(digits)
def test_a_right_check_digit_is_accepted_and_every_other_refused(body: str) -> None:
    right = body + check_digit(body)
    assert is_gtin(right)
    for digit in "0123456789":
        if body + digit != right:
            assert not is_gtin(body + digit)


@given(digits, st.integers(0, 11))
def test_one_wrong_digit_never_passes(body: str, place: int) -> None:
    code = body + check_digit(body)
    place %= len(code)
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    assert not is_gtin(wrong)


def test_a_wrong_check_digit_is_refused_with_the_right_one() -> None:
    with pytest.raises(InvalidInput) as caught:
        normal_barcode("6901234567890")
    assert caught.value.field == "barcode"
    assert "2" in str(caught.value)


def test_the_same_article_number_has_one_form() -> None:
    assert normal_barcode("036000291452") == normal_barcode("0036000291452") == "0036000291452"
    assert normal_barcode("06901234567892") == normal_barcode("6901234567892")
    assert normal_barcode(" 690-1234-567892 ") == "6901234567892"
    assert normal_barcode("６９０１２３４５６７８９２") == "6901234567892"
    assert normal_barcode("ABC-12") == "ABC-12"


@given(st.text(max_size=90))
def test_any_scan_is_a_code_or_a_sentence(text: str) -> None:
    try:
        code = normal_barcode(text)
    except InvalidInput as fault:
        assert fault.field == "barcode"
    else:
        assert scanned_form(code) == code
        assert 1 <= len(code) <= 80


def test_upc_e_stands_for_a_upc_a() -> None:
    assert upc_a_of("04252614") == "042100005264"
    assert normal_barcode("04252614") == "04252614"
    assert upc_a_of("04252615") == ""


@given(st.integers(0, 10**10 - 1))
def test_codes_of_our_own_are_right_and_in_the_range_for_inside(number: int) -> None:
    code = internal_barcode(number)
    assert barcode_kind(code) == "EAN-13"
    assert 20 <= int(code[:2]) <= 29


# codes


def test_the_next_code_follows_the_highest_and_keeps_its_digits() -> None:
    assert next_codes("BRK", []) == ["BRK-001"]
    assert next_codes("BRK", ["BRK-001", "BRK-007", "BRK-X", "VEG-900"]) == ["BRK-008"]
    assert next_codes("BRK", ["BRK-0041"], 2) == ["BRK-0042", "BRK-0043"]
    assert next_codes("BRK", ["BRK-012-A"]) == ["BRK-013"]
    assert next_codes("BRK", ["BRK-999"]) == ["BRK-1000"]


def test_variants_follow_the_alphabet() -> None:
    assert next_variant("BRK-001", []) == "BRK-001-A"
    assert next_variant("BRK-001-A", ["BRK-001-A", "BRK-001-B"]) == "BRK-001-C"
    assert [letters(number) for number in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]


codes = st.from_regex(r"\A(BRK|VEG)-[0-9]{1,6}(-[A-C])?\Z") | st.from_regex(r"\A[A-Z0-9-]{1,12}\Z")


@given(st.lists(codes), st.integers(1, 20))
def test_a_proposed_code_is_always_free(taken: list[str], number: int) -> None:
    proposed = next_codes("BRK", taken, number)
    assert len(set(proposed)) == number
    assert not set(proposed) & set(taken)
    assert next_variant("BRK-001", taken) not in taken
    assert all(normal_code(code) == code for code in proposed)


def test_codes_and_prefixes_are_written_in_one_piece() -> None:
    assert normal_code(" ＢＲＫ-００１ ") == "BRK-001"
    assert normal_prefix(" brk- ") == "BRK"
    for wrong in ("", "A B", "x" * 41, "a\x00b"):
        with pytest.raises(InvalidInput):
            normal_code(wrong)
    with pytest.raises(InvalidInput):
        normal_prefix("海鲜")


# units


def test_packs_and_physical_units_become_base_units_exactly() -> None:
    table = UNITS.table(UnitFacts(1, "RICE", "kg"), [PackUnit("bag", D("2.5"))])
    assert table.to_base(D(3), "bag") == D("7.5")
    assert table.to_base(D(250), "g") == D("0.25")
    assert table.to_base(D(3), "斤") == D("1.5")
    assert table.to_base(D(3), "市斤") == D("1.5")
    assert table.to_base(D(2), "千克") == table.to_base(D(2), "KG") == table.to_base(D(2)) == D(2)
    assert table.from_base(D(1), "斤") == D(2)
    assert table.price_to_base(D(5), "bag") == D(2)
    assert table.price_from_base(D(2), "bag") == D(5)


def test_a_pack_of_known_weight_opens_its_whole_dimension() -> None:
    table = UNITS.table(UnitFacts(1, "EGG", "each"), [PackUnit("kg", D(16))])
    assert table.to_base(D(500), "g") == D(8)
    assert table.to_base(D(1), "斤") == D(8)


def test_a_unit_the_item_does_not_have_is_refused_with_those_it_has() -> None:
    table = UNITS.table(UnitFacts(1, "RICE", "kg"), [PackUnit("bag", D(25))])
    with pytest.raises(InvalidInput) as caught:
        table.to_base(D(1), "case")
    assert caught.value.field == "unit"
    assert str(caught.value) == "RICE has no unit case. It has: kg, bag, g, 斤."


def test_a_quantity_that_needs_more_than_six_decimals_is_refused() -> None:
    table = UNITS.table(UnitFacts(1, "X", "case"), [PackUnit("each", D("0.083333"))])
    assert table.to_base(D(2), "each") == D("0.166666")
    with pytest.raises(InvalidInput) as caught:
        table.to_base(D("0.5"), "each")
    assert caught.value.field == "qty"


qty = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=6)
factors = st.decimals(min_value=D("0.000001"), max_value=100_000, places=6)


@given(qty, factors)
def test_base_units_are_the_exact_product_or_a_sentence(number: Decimal, factor: Decimal) -> None:
    table = UNITS.table(UnitFacts(1, "X", "each"), [PackUnit("case", factor)])
    exact = Fraction(number) * Fraction(factor)
    try:
        result = table.to_base(number, "case")
    except InvalidInput:
        assert (exact * 10**6).denominator != 1 or abs(exact) >= 10**9
    else:
        assert Fraction(result) == exact
        assert "E" not in str(result)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["kg", "g", "斤"]), st.sampled_from(["kg", "g", "斤"]))
def test_physical_units_go_there_and_back(number: int, base: str, unit: str) -> None:
    table = UNITS.table(UnitFacts(1, "X", base), [])
    weight = D(number) / 1000
    assert table.to_base(table.from_base(weight, unit), unit) == weight


@pytest.mark.parametrize(
    "packs",
    [
        [PackUnit("kg", D(1))],
        [PackUnit("case", D(0))],
        [PackUnit("case", D(-1))],
        [PackUnit("case", D("0.0000001"))],
        [PackUnit("case", D("NaN"))],
        [PackUnit("case", D(2)), PackUnit("case", D(3))],
        [PackUnit(" ", D(2))],
        [PackUnit(f"p{n}", D(2)) for n in range(21)],
    ],
)
def test_packs_that_make_no_sense_are_refused(packs: list[PackUnit]) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_packs("kg", packs)
    assert caught.value.field == "pack_units"


def test_a_physical_unit_cannot_be_given_another_size() -> None:
    check_packs_fit(UnitFacts(1, "X", "kg"), [PackUnit("g", D("0.001"))], UNITS)
    with pytest.raises(InvalidInput):
        check_packs_fit(UnitFacts(1, "X", "kg"), [PackUnit("g", D("0.01"))], UNITS)


# fields, terms, policies


def test_fields_are_kept_clean_and_wrong_ones_refused() -> None:
    kept = cleaned(ITEM_FIELDS, {"name": " 番茄\t大 ", "aliases": ("西红柿", " 西红柿", "")})
    assert kept == {"name": "番茄 大", "aliases": "西红柿"}
    assert aliases_of(normal_aliases(("a", "b"))) == ("a", "b")
    wrong: list[tuple[str, object]] = [
        ("name", "  "), ("name", "x" * 201), ("sale_price", D(-1)), ("sale_price", D("NaN")), ("sale_price", D("0.1234567")),
        ("tax_rate", D(101)), ("shelf_life_days", 0), ("storage_kind", "warm"), ("cost_method", "lifo"),
        ("note", "x" * 10_001),
        ("allergens", ("dust",)), ("abc_class", "D"), ("base_unit", ""), ("aliases", ("x" * 190, "y" * 190, "z" * 190)),
    ]  # fmt: skip
    for field, value in wrong:
        with pytest.raises(InvalidInput) as caught:
            cleaned(ITEM_FIELDS, {field: value})
        assert caught.value.field == field
    with pytest.raises(TypeError):
        cleaned(ITEM_FIELDS, {"colour": "red"})


def test_there_are_fourteen_allergens_and_the_eight_chinese_groups() -> None:
    assert len(ALLERGENS) == 14
    assert sum(allergen.is_gb for allergen in ALLERGENS) == 8
    assert cleaned(ITEM_FIELDS, {"allergens": ("nuts", "gluten", "nuts")}) == {"allergens": ["gluten", "nuts"]}


def test_the_highest_price_break_reached_counts() -> None:
    breaks = (Break(D(10), D("4.5")), Break(D(100), D(4)))
    assert [price_for(D(5), breaks, D(number)) for number in (1, 10, 99, 100)] == [D(5), D("4.5"), D("4.5"), D(4)]
    assert price_for(None, (), D(1)) is None


def test_terms_and_policies_that_make_no_sense_are_refused() -> None:
    check_term(NewTerm(1, price=D(5), multiple_qty=D(6)))
    check_policy(NewPolicy(minimum=D(2), maximum=D(5), par=D(5)))
    for term in (
        NewTerm(1, price=D(-1)),
        NewTerm(1, multiple_qty=D(0)),
        NewTerm(1, rank=0),
        NewTerm(1, breaks=(Break(D(0), D(1)),)),
        NewTerm(1, breaks=(Break(D(2), D(1)), Break(D(2), D(1)))),
    ):
        with pytest.raises(InvalidInput):
            check_term(term)
    with pytest.raises(InvalidInput):
        check_policy(NewPolicy(minimum=D(6), maximum=D(5)))


# sounds


@pytest.mark.parametrize(
    ("name", "first", "whole"),
    [
        ("制动片", "zdp", "zhidongpian"),
        ("番茄", "fq", "fanqie"),
        ("重庆火锅", "cqhg", "chongqinghuoguo"),
        ("重量", "zl", "zhongliang"),
        ("长沙", "cs", "changsha"),
        ("绿豆", "ld", "lvdou"),
        ("银行", "yh", "yinhang"),
        ("可口可乐 Zero 330ml", "kkklz3", "kekoukelezero330ml"),
    ],
)
def test_chinese_names_sound_as_they_are_spoken(name: str, first: str, whole: str) -> None:
    sounds = syllables(fold(name))
    assert initials(sounds) == first
    assert "".join(sounds) == whole


def test_chinese_stands_where_its_sound_is() -> None:
    names = ["制动片", "西安", "先锋", "苹果", "Apple", "番茄", "阿胶"]  # the last is spoken e jiao
    assert sorted(names, key=sort_key) == ["Apple", "阿胶", "番茄", "苹果", "西安", "先锋", "制动片"]


@given(st.text(max_size=60))
def test_any_text_can_be_folded_and_sounded(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(part and " " not in part for part in syllables(folded))
    assert initials(syllables(folded)) is not None
    assert len(sort_key(text)) <= 200

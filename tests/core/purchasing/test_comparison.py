"""Offers side by side by what they cost at the door."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.purchasing.rules.comparison import (
    award_cheapest,
    award_to_one,
    landed_offers,
    price_with_tax,
    supplier_sums,
)
from core.purchasing.types.quotations import AnswerHead, Landed, Offered

D = Decimal


def head(supplier_id: int, freight: str = "0", **over: object) -> AnswerHead:
    facts: dict[str, object] = {"currency": "CNY", "digits": 2, "rate": D(1), "is_tax_incl": False, **over}
    return AnswerHead(supplier_id, freight=D(freight), **facts)  # type: ignore[arg-type]


def offered(line_id: int, supplier_id: int, price: str, **over: object) -> Offered:
    facts: dict[str, object] = {"wanted": D(10), "factor": D(1), **over}
    return Offered(line_id, supplier_id, price=D(price), **facts)  # type: ignore[arg-type]


def landed(*offers: Offered, heads: tuple[AnswerHead, ...], is_recoverable: bool = True) -> tuple[Landed, ...]:
    known = {one.supplier_id: one for one in heads}
    return landed_offers(offers, known, site_digits=2, is_recoverable=is_recoverable)


def test_freight_may_make_the_cheaper_price_dearer() -> None:
    found = landed(offered(1, 7, "10"), offered(1, 8, "10.50"), heads=(head(7, "20"), head(8)))
    assert [(one.supplier_id, one.total, one.rank) for one in found] == [(8, 10500, 1), (7, 12000, 2)]
    assert found[1].more == D("0.1429")


def test_packs_and_minimum_are_bought_whole() -> None:
    found = landed(
        offered(1, 7, "30", factor=D(4)), offered(1, 8, "9", minimum_qty=D(20)), heads=(head(7), head(8))
    )  # fmt: skip
    assert {one.supplier_id: (one.qty, one.total) for one in found} == {7: (D(12), 9000), 8: (D(20), 18000)}
    assert found[0].supplier_id == 7  # 7.50 against 9.00 for one


def test_tax_and_currency_are_taken_out() -> None:
    with_tax = offered(1, 7, "11.30", tax_rate=D(13))
    euro = offered(1, 8, "1.25", tax_rate=D(13))
    heads = (head(7, is_tax_incl=True), head(8, currency="EUR", rate=D(8)))
    assert [one.total for one in landed(with_tax, euro, heads=heads)] == [10000, 10000]
    assert [one.total for one in landed(with_tax, euro, heads=heads, is_recoverable=False)] == [11300, 11304]


def test_awards_suggest_themselves() -> None:
    offers = (
        offered(1, 7, "10"), offered(2, 7, "20"), offered(1, 8, "9"), offered(2, 9, "18"),
    )  # fmt: skip
    found = landed(*offers, heads=(head(7), head(8), head(9)))
    wanted = {1: D(10), 2: D(10)}
    assert {(one.line_id, one.supplier_id) for one in award_to_one(found, wanted)} == {(1, 7), (2, 7)}
    assert {(one.line_id, one.supplier_id) for one in award_cheapest(found, wanted)} == {(1, 8), (2, 9)}
    sums = supplier_sums(found, 2)
    assert [(one.supplier_id, one.is_complete, one.best) for one in sums] == [
        (7, True, 0),
        (8, False, 1),
        (9, False, 1),
    ]
    assert award_to_one([one for one in found if one.supplier_id != 7], wanted) == ()


prices = st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(prices, min_size=1, max_size=6), prices)
def test_freight_is_shared_to_the_cent(several: list[Decimal], freight: Decimal) -> None:
    offers = [Offered(number, 7, D(3), D(1), price) for number, price in enumerate(several, start=1)]
    found = landed(*offers, heads=(head(7, str(freight)),))
    assert sum(one.freight for one in found) == int(freight * 100)
    assert sum(one.goods for one in found) == sum(int(price * 300) for price in several)


@given(prices, st.sampled_from([D(0), D(3), D(9), D(13), D("20.5")]))
def test_a_price_said_with_tax_and_back_is_itself_within_a_millionth(price: Decimal, rate: Decimal) -> None:
    there = price_with_tax(price, rate, False, True)
    assert there >= price
    assert abs(price_with_tax(there, rate, True, False) - price) <= D("0.000001")
    assert price_with_tax(price, rate, True, True) == price

"""Unit prices and use-by dates."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.labels import Life
from core.labels.rules.dates import use_by
from core.labels.rules.dots import to_dots, to_mm
from core.labels.rules.prices import (
    PER_HUNDRED,
    PER_KILO,
    NetContent,
    net_content,
    reference_words,
    unit_price,
    usual_rule,
)

SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("spec", "dimension", "amount"),
    (
        ("330 ml", "volume", 330), ("1 L", "volume", 1000), ("1.5升", "volume", 1500), ("75cl", "volume", 750),
        ("500g", "mass", 500), ("2.5 kg/袋", "mass", 2500), ("6×330ml", "volume", 1980), ("25 × 2 g", "mass", 50),
        ("500 g*12", "mass", 6000), ("250ml×12瓶", "volume", 3000), ("净含量 400克", "mass", 400), ("1斤装", "mass", 500),
        ("330ml 330 ml", "volume", 330),
    ),
)  # fmt: skip
def test_net_content_is_read_from_a_specification(spec: str, dimension: str, amount: int) -> None:
    assert net_content(spec) == NetContent(dimension, Decimal(amount))


@pytest.mark.parametrize("spec", ("", "红色", "57 x 40 mm", "M8×20", "500 g + 330 ml", "0 g", "5 glass", "第 3 代"))
def test_a_specification_that_says_nothing_or_two_things_gives_no_unit_price(spec: str) -> None:
    assert net_content(spec) is None


@given(st.text(max_size=60))
def test_any_specification_is_read_without_a_fault(spec: str) -> None:
    assert net_content(spec) is None or net_content(spec)


@pytest.mark.parametrize(
    ("price", "content", "currency", "expected"),
    (
        ("8.00", NetContent("volume", Decimal(330)), "CNY", "12.12"),
        ("2.40", NetContent("mass", Decimal(400)), "EUR", "6.00"),
        ("0.25", NetContent("mass", Decimal(1000)), "GBP", "0.250"),
        ("1.00", NetContent("mass", Decimal(3000)), "GBP", "0.333"),
        ("10.00", NetContent("mass", Decimal(3000)), "GBP", "3.33"),
        ("0.01", NetContent("mass", Decimal(2000)), "EUR", "0.01"),
    ),
)
def test_unit_prices_are_exact_and_rounded_once_by_the_written_rule(
    price: str, content: NetContent, currency: str, expected: str
) -> None:
    assert str(unit_price(Decimal(price), content, usual_rule(currency), 2)) == expected


@given(st.decimals(min_value=0, max_value=99999, places=2), st.integers(1, 100_000))
def test_a_unit_price_is_within_half_a_cent_of_the_truth(price: Decimal, grams: int) -> None:
    content = NetContent("mass", Decimal(grams))
    for rule in (PER_KILO, PER_HUNDRED):
        shown = unit_price(price, content, rule, 2)
        assert abs(shown * grams - price * rule.mass) * 2 <= Decimal("0.01") * grams


def test_the_unit_of_a_unit_price_is_said() -> None:
    assert reference_words("mass", Decimal(500)) == "500 g"
    assert reference_words("volume", Decimal(1000)) == "L"
    assert reference_words("mass", Decimal(1000)) == "kg"


def _at(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _end(life: Life, made: str, keeps: tuple[int | None, int | None] = (None, None), zone: str = SHANGHAI) -> str:
    found = use_by(life, _at(made, zone), zone, keeps)
    return "" if found is None else found.strftime("%Y-%m-%d %H:%M")


def test_days_are_added_on_the_sites_clock() -> None:
    assert _end(Life(days=3), "2026-11-22 23:50") == "2026-11-25 23:50"
    assert _end(Life(), "2026-11-22 00:10", (3, None)) == "2026-11-25 00:10"
    assert _end(Life(days=1), "2026-12-31 23:59") == "2027-01-01 23:59"
    assert _end(Life(days=1), "2028-02-28 12:00") == "2028-02-29 12:00"
    assert _end(Life(), "2026-11-22 00:10") == ""


def test_the_day_of_making_may_be_day_one() -> None:
    """Food Code 3-501.17: made on 15 October, seven days, to be thrown away after 21 October."""
    assert _end(Life(days=7, is_day_one=True), "2026-10-15 09:00") == "2026-10-21 23:59"
    assert _end(Life(days=1, is_day_one=True), "2026-10-15 23:59") == "2026-10-15 23:59"
    assert _end(Life(is_day_one=True), "2026-10-30 09:00", (3, None)) == "2026-11-01 23:59"


def test_hours_are_real_hours_and_days_are_days_on_the_clock() -> None:
    # The clock goes back in Stockholm on 25 October 2026 at 03:00.
    assert _end(Life(days=1), "2026-10-24 12:00", zone="Europe/Stockholm") == "2026-10-25 12:00"
    assert _end(Life(hours=24), "2026-10-24 12:00", zone="Europe/Stockholm") == "2026-10-25 11:00"
    assert _end(Life(hours=4), "2026-11-22 22:30") == "2026-11-23 02:30"


def test_opened_goods_keep_no_longer_than_closed_ones() -> None:
    opened = Life(opened_at=_at("2026-11-24 08:00"))
    assert _end(opened, "2026-11-20 08:00", (30, 3)) == "2026-11-27 08:00"
    assert _end(opened, "2026-11-20 08:00", (5, 3)) == "2026-11-25 08:00"
    assert _end(Life(opened_at=_at("2026-11-24 08:00"), days=2), "2026-11-20 08:00", (30, 9)) == "2026-11-26 08:00"


@given(st.floats(0, 300), st.sampled_from([180, 203, 300, 600]))
def test_millimetres_and_dots_agree_to_half_a_dot(mm: float, dpi: int) -> None:
    assert to_mm(to_dots(mm, dpi), dpi) == pytest.approx(mm, abs=0.09)
    assert to_dots(to_mm(to_dots(mm, dpi), dpi), dpi) == to_dots(mm, dpi)

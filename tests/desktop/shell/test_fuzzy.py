"""Finding as people type."""

from __future__ import annotations

import pytest

from desktop.shell.fuzzy import pinyin_names, score


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", "Stock"),
        ("sto", "Stock"),
        ("hand on", "On hand"),
        ("oh", "On hand"),
        ("收", "采购收货"),
        ("mthend", "Month-end"),
    ],
)
def test_these_are_found(typed: str, name: str) -> None:
    assert score(typed, [name]) > 0


@pytest.mark.parametrize(("typed", "name"), [("xyz", "Stock"), ("sto xyz", "Stock"), ("kc", "Stock")])
def test_these_are_not(typed: str, name: str) -> None:
    assert score(typed, [name]) == 0


def test_the_closer_the_higher() -> None:
    ranks = [score("stock", [name]) for name in ("Stock", "Stock take", "Opening stock", "Livestock", "sxtxoxcxk")]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)


def test_a_chinese_title_is_found_by_pinyin_and_initials() -> None:
    names = ["收货", *pinyin_names("收货")]
    assert names == ["收货", "shouhuo", "sh"]
    assert score("sh", names) > 0
    assert pinyin_names("Stock") == ()

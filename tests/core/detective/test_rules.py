"""Explanations as pure values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.detective import FindingKind
from core.detective.rules.clues import (
    Awaited,
    Clues,
    Gap,
    Held,
    Move,
    Pack,
    Typed,
    UnderWay,
    distinct,
    moment_of,
    swaps_of,
)
from core.detective.rules.weigh import MOST, weigh
from core.i18n import Name
from core.values import to_micro
from db.enums import CountState
from db.enums import PostingKind as K

PIECE = 1_000_000
DAY = 24 * 3600 * PIECE
AT = 1_772_600_000 * PIECE
CASE = Pack("case", Name("箱", "case"), 12)


def clues(counted: str | None, expected: str, **over: object) -> Clues:
    wanted = None if counted is None else to_micro(D(counted))
    book = to_micro(D(expected))
    here = None if wanted is None else gap(wanted, book)
    facts: dict[str, object] = {
        "item_id": 1,
        "location_id": 1,
        "lot_id": 0,
        "unit": Name("瓶", "bottle"),
        "at": AT,
        **over,
    }
    return Clues(counted=wanted, expected=book, here=here, **facts)  # type: ignore[arg-type]


def gap(counted: int, expected: int, **over: object) -> Gap:
    made = Gap(
        1, 1, "CS-1", CountState.TO_RESOLVE, 1, Name("橄榄油", "Olive oil"), 1, Name("干货仓", "Dry"), 0, "", counted,
        expected, AT, "bottle",
    )  # fmt: skip
    return replace(made, **over)  # type: ignore[arg-type]


def move(number: int, qty: str, kind: K = K.ISSUE, **over: object) -> Move:
    micro = to_micro(D(qty))
    made = Move(number, number, f"IS-{number}", kind, AT - DAY, AT - DAY, 1, 0, micro, "", abs(micro))
    return replace(made, **over)  # type: ignore[arg-type]


def kinds(found: Clues) -> list[FindingKind]:
    return [one.kind for one in weigh(found)]


def test_no_difference_needs_no_explanation() -> None:
    assert kinds(clues("48", "48", packs=(CASE,))) == []


@pytest.mark.parametrize(
    ("counted", "expected", "kind"),
    [
        ("4", "48", FindingKind.PACK),
        ("576", "48", FindingKind.PACK),
        ("8", "41", FindingKind.MIXED_PACK),
        ("480", "48", FindingKind.TEN),
        ("4.8", "48", FindingKind.TEN),
        ("84", "48", FindingKind.SWAPPED),
        ("13.5", "15.3", FindingKind.SWAPPED),
    ],
)
def test_figures_that_were_entered_wrong(counted: str, expected: str, kind: FindingKind) -> None:
    found = weigh(clues(counted, expected, packs=(CASE,)))
    assert found[0].kind is kind
    assert found[0].is_likely


def test_digits_swapped_in_the_unit_that_was_counted_in_are_found() -> None:
    assert kinds(clues("252", "144", packs=(CASE,)))[:1] == [FindingKind.SWAPPED]  # 21 cases for 12


def test_a_part_entered_twice() -> None:
    typed = tuple(Typed(to_micro(D(qty)), "", to_micro(D(qty)), is_replaced=False) for qty in ("30", "18", "18"))
    assert kinds(clues("66", "48", typed=typed))[0] is FindingKind.ENTERED_TWICE


def test_the_same_delivery_note_says_more_than_the_same_quantity() -> None:
    first = move(1, "36", K.RECEIPT, supplier_id=5, document="DN-7")
    second = move(2, "36", K.RECEIPT, supplier_id=5, document="DN-7", posted_at=AT)
    sure = weigh(clues("48", "84", moves=(first, second)))[0]
    assert sure.kind is FindingKind.RECEIPT_TWICE
    other = weigh(clues("48", "84", moves=(first, replace(second, document="DN-8"))))
    assert FindingKind.RECEIPT_TWICE not in [one.kind for one in other]
    unsure = weigh(clues("48", "84", moves=(replace(first, document=""), replace(second, document=""))))[0]
    assert unsure.likelihood < sure.likelihood


def test_what_moves_by_that_much_every_day_is_no_proof() -> None:
    usual = tuple(move(number, "-5", at=AT - number * DAY) for number in range(1, 9))
    found = weigh(clues("53", "48", moves=tuple(reversed(usual))))
    assert not [one for one in found if one.is_likely]


def test_an_order_not_yet_due_is_less_likely_to_have_come() -> None:
    due, later = (Awaited(1, "PO-1", Name("供应商"), to_micro(D(27)), days) for days in (0, 20))
    first = weigh(clues("75", "48", awaited=(due,)))[0]
    second = weigh(clues("75", "48", awaited=(later,)))[0]
    assert first.kind is second.kind is FindingKind.OPEN_ORDER
    assert first.likelihood > second.likelihood


def test_stock_below_zero_is_explained_by_whatever_brings_it_above() -> None:
    held = (
        Held(2, Name("冷库", "Cold"), 0, "", to_micro(D(40))),
        Held(1, Name("干货仓", "Dry"), 7, "L7", to_micro(D(9))),
    )
    arriving = (UnderWay(9, "TR-9", to_micro(D(10)), AT - DAY, is_to_here=True),)
    found = weigh(clues(None, "-6", held=held, under_way=arriving))
    assert [one.kind for one in found] == [FindingKind.ARRIVED, FindingKind.OTHER_LOT, FindingKind.NEIGHBOUR]
    assert all(one.mend is not None for one in found)


def test_what_corrects_a_count_not_posted_yet_is_dated_before_it() -> None:
    pair = (move(1, "-7.5"), move(2, "-7.5", posted_at=AT - DAY + 60 * PIECE))
    found = weigh(clues("55.5", "48", moves=pair, lines={1: 1, 2: 1}))[0]
    assert found.mend is not None
    assert found.mend.args["posting_id"] == 2
    assert found.mend.args["at"] == moment_of(AT - PIECE)
    posted = replace(clues("55.5", "48", moves=pair, lines={1: 1, 2: 1}), here=gap(0, 0, state=CountState.POSTED))
    mend = weigh(posted)[0].mend
    assert mend is not None
    assert "at" not in mend.args
    late = replace(clues("55.5", "48", moves=pair, lines={1: 1, 2: 1}), may_date_back=False)
    mend = weigh(late)[0].mend
    assert mend is not None
    assert mend.page == "stock.posting"


def test_small_figures_say_less() -> None:
    assert [distinct(to_micro(D(qty))) for qty in ("1", "0.8", "37", "4.35", "100")] == [0.5, 0.65, 0.9, 1.0, 0.5]


def test_full_packs_counted_and_the_loose_ones_left_out() -> None:
    assert kinds(clues("7", "93", packs=(CASE,)))[0] is FindingKind.PACK
    assert FindingKind.PACK not in kinds(clues("2", "33", packs=(CASE,))), "two may be any figure"


def test_packs_and_loose_ones_added_up_say_more_than_a_factor_that_nearly_fits() -> None:
    assert kinds(clues("49", "588.5", packs=(CASE,)))[0] is FindingKind.PACK
    assert kinds(clues("59", "697", packs=(CASE,)))[0] is FindingKind.MIXED_PACK


def test_what_was_typed_in_pieces_was_not_entered_in_packs_of_ten() -> None:
    ten = Pack("case", Name("箱", "case"), 10)
    typed = (Typed(5124 * PIECE, "bottle", 5124 * PIECE, is_replaced=False),)
    assert kinds(clues("5124", "512.4", packs=(ten,), typed=typed)) == [FindingKind.TEN]
    assert kinds(clues("5124", "512.4", packs=(ten,)))[0] is FindingKind.PACK


@pytest.mark.parametrize(("counted", "other", "likelihood"), [("88", 12, 90), ("90", 12, 47), ("85", 12, 47)])
def test_the_opposite_gap_next_door_is_told_as_surely_as_it_fits(counted: str, other: int, likelihood: int) -> None:
    next_door = gap((60 + other) * PIECE, 60 * PIECE, location_id=2)
    found = weigh(clues(counted, "100", gaps=(next_door,)))
    assert found[0].kind is FindingKind.NEIGHBOUR
    assert found[0].likelihood == pytest.approx(likelihood, abs=5)


def test_one_piece_more_here_and_one_less_there_accuses_nobody_surely() -> None:
    found = weigh(clues("99", "100", gaps=(gap(61 * PIECE, 60 * PIECE, location_id=2),)))
    assert [one.kind for one in found] == [FindingKind.NEIGHBOUR]
    assert not found[0].is_likely


def test_a_figure_beyond_all_others_was_typed_wrong_though_a_tenth_of_it_is_small() -> None:
    usual = [move(number, f"-{qty}") for number, qty in enumerate((15, 14.5, 18, 12, 16), 1)]
    wrong = move(9, "-45")
    found = weigh(clues("110.5", "70", moves=(*usual, wrong)))
    assert found[0].kind is FindingKind.POSTED_TEN
    assert found[0].is_likely


def test_a_digit_too_many_is_told_though_a_little_more_is_missing() -> None:
    usual = [move(number, "24", K.RECEIPT) for number in range(1, 5)]
    found = weigh(clues("640", "750", moves=(*usual, move(9, "120", K.RECEIPT))))
    ten = next(one for one in found if one.kind is FindingKind.POSTED_TEN)
    assert ten.explains == D(-108)
    assert not ten.is_likely
    assert "nearly" in ten.words.render("en")


def test_what_came_late_is_told_when_it_explains_most() -> None:
    late = move(5, "-8", is_late=True)
    found = weigh(clues("101", "95", moves=(late,)))
    assert [(one.kind, one.explains) for one in found] == [(FindingKind.LATE, D(8))]
    assert not kinds(clues("100", "99", moves=(late,)))


@given(st.integers(1, 10**6))
def test_swapping_twice_comes_back(number: int) -> None:
    for other in swaps_of(number * PIECE):
        assert other != number * PIECE
        assert number * PIECE in swaps_of(other)


@given(
    st.decimals(0, 5000, places=1),
    st.decimals(-50, 5000, places=1),
    st.lists(st.decimals(-200, 200, places=1).filter(bool), max_size=12),
)
def test_findings_explain_the_difference_and_come_best_first(counted: D, expected: D, moved: list[D]) -> None:
    moves = tuple(move(number, str(qty), K.ISSUE if qty < 0 else K.RECEIPT) for number, qty in enumerate(moved, 1))
    seen = clues(str(counted), str(expected), moves=moves, packs=(CASE,))
    found = weigh(seen)
    assert len(found) <= MOST
    assert [one.likelihood for one in found] == sorted((one.likelihood for one in found), reverse=True)
    for one in found:
        assert 0 < one.likelihood <= 100
        explained = to_micro(one.explains)
        assert abs(explained - seen.difference) * 4 <= max(abs(explained), abs(seen.difference), 1)
        assert one.words.render("zh") != one.words.render("en")
